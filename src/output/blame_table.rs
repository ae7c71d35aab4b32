//! The table of `blame`.

use std::fmt;

use super::{BlameItem, BlameLine, Cell, Column, Meaning, Need, Screen, Since, Table, cells};

/// The lines of an object beside the commits that changed them last, as `git blame` shows them.
///
/// ```text
/// deployment.apps/web
/// REV  COMMIT   DATE        AUTHOR        LINE  k8s/web.yaml
/// 1    c4f24d4  2026-09-01  Ada Lovelace     1  apiVersion: apps/v1
/// 3    5f786e5  2026-09-10  Grace Hopper     2  spec: {replicas: 3}
/// ```
pub struct BlameTable<'a> {
    item: &'a BlameItem,
    screen: Screen,
}

/// The room for an author where there is little.
const AUTHOR: usize = 14;

impl<'a> BlameTable<'a> {
    /// The table of an object on a screen.
    pub fn new(item: &'a BlameItem, screen: Screen) -> Self {
        Self { item, screen }
    }

    fn table(&self) -> Table {
        let mut table = Table::new(vec![
            Column::new("REV", Need::Always),
            Column::new("COMMIT", Need::Always),
            Column::new("DATE", Need::Always),
            Column::new("AUTHOR", Need::Always),
            Column::new("CHANGE-CAUSE", Need::Wide),
            Column::new("LINE", Need::Always),
            Column::headed(Cell::new().text(&self.item.path, Meaning::Heading), Need::Always),
        ]);
        self.item.lines.iter().for_each(|line| table.push(self.row(line)));
        table
    }

    fn row(&self, line: &BlameLine) -> Vec<Cell> {
        let since = line.since.as_ref();
        vec![
            since.map_or_else(Cell::new, |since| cells::revision(since.revision)),
            since.map_or_else(Cell::new, |since| self.commit(since)),
            since.map_or_else(Cell::new, |since| self.date(since)),
            since.map_or_else(Cell::new, |since| self.author(since)),
            since.map_or_else(Cell::new, Self::cause),
            self.number(line.number),
            Cell::new().text(&line.text, Meaning::Plain),
        ]
    }

    /// One below the other, up to 9,999 lines.
    fn number(&self, line: u32) -> Cell {
        let width = if self.screen == Screen::Markdown { 0 } else { 4 };
        Cell::new().computed(format_args!("{line:>width$}"), Meaning::Dim)
    }

    fn commit(&self, since: &Since) -> Cell {
        match (&since.commit, &since.at_or_before) {
            (Some(commit), _) => cells::commit(commit, self.screen),
            // As git marks a boundary.
            (None, Some(end)) => Cell::new().words("^", Meaning::Dim).and(cells::commit(end, self.screen)),
            (None, None) => cells::nothing(),
        }
    }

    fn date(&self, since: &Since) -> Cell {
        let Some(time) = since.time else { return cells::nothing() };
        match (self.screen.width().is_none(), cells::is_roomy(self.screen)) {
            (true, _) => Cell::new().computed(time, Meaning::Plain),
            (false, true) => Cell::new().computed(time.minute(), Meaning::Plain),
            (false, false) => Cell::new().computed(time.day(), Meaning::Plain),
        }
    }

    fn author(&self, since: &Since) -> Cell {
        let Some(author) = &since.author else { return cells::nothing() };
        let author = Cell::new().text(&author.name, Meaning::Plain);
        if cells::is_roomy(self.screen) { author } else { author.cut_to(AUTHOR) }
    }

    fn cause(since: &Since) -> Cell {
        since.cause.as_ref().map_or_else(cells::nothing, |cause| Cell::new().text(&cause.text, Meaning::Cause))
    }
}

impl fmt::Display for BlameTable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = Cell::new().text(&self.item.object.qualified(), Meaning::Heading);
        f.write_str(&self.screen.line(&title))?;
        if self.screen == Screen::Markdown {
            writeln!(f)?;
        }
        write!(f, "{}", self.table().on(self.screen))
    }
}
