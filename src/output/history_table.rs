//! The table of `history`.

use std::fmt;

use super::hash_column::HashColumn;
use super::{Cell, Column, History, LiveRevision, Meaning, Need, Row, Screen, Table, Unreadable, cells, images};
use crate::cluster::Role;
use crate::diff::Rolls;
use crate::revision::Change;

/// The revisions of one lineage as a table: kubectl's first line, REVISION first and CHANGE-CAUSE last, and between
/// them what the screen has room for.
///
/// ```text
/// deployment.apps/web
/// REVISION  HASH (1.34)  COMMIT   DATE        IMAGES   CHANGE-CAUSE
/// 1         6c5f67b5f7   3f2a9c1  2026-10-01  web:1.3  first release
/// 2         7d9f8bcb56   a81c0de  2026-10-02  web:1.4  faster checkout
///
/// working tree: rolls to web-59d8c5d9f7
/// ```
pub struct HistoryTable<'a> {
    history: &'a History,
    screen: Screen,
    configured: bool,
    with_path: bool,
    footer: Vec<Cell>,
}

impl<'a> HistoryTable<'a> {
    /// The table of a history on a screen.
    pub fn new(history: &'a History, screen: Screen) -> Self {
        Self { history, screen, configured: true, with_path: false, footer: Vec::new() }
    }

    /// Says that nobody chose the version: it is only the newest one known.
    pub fn version_not_configured(mut self) -> Self {
        self.configured = false;
        self
    }

    /// Shows the path beside the name, for when several lineages have the same one.
    pub fn with_path(mut self) -> Self {
        self.with_path = true;
        self
    }

    /// Adds a line below the table.
    pub fn footer(mut self, line: Cell) -> Self {
        self.footer.push(line);
        self
    }

    fn title(&self) -> Cell {
        let title = Cell::new().text(&self.history.object.qualified(), Meaning::Heading);
        if self.with_path { title.words("  ", Meaning::Plain).text(&self.history.path, Meaning::Dim) } else { title }
    }

    fn hashes(&self) -> HashColumn<'a> {
        HashColumn::over(std::iter::once(&self.history.kube_version), self.configured, self.screen)
    }

    fn table(&self) -> Table {
        let hashes = self.hashes();
        let has_names = self.history.object.has_named_revisions();
        let has_images = self.history.revisions.iter().any(|row| !row.images.is_empty());
        // That every revision rolls goes without saying.
        let rolls = match self.history.revisions.iter().all(|row| row.rolls == Rolls::Yes) {
            _ if !has_names => Need::Never,
            true => Need::Wide,
            false => Need::Room(4),
        };
        let asked = self.history.live_only.is_some();
        let mut table = Table::new(vec![
            Column::new("REVISION", Need::Always),
            Column::new("LIVE", if asked { Need::Always } else { Need::Never }),
            Column::new("CLUSTER-REVISION", if asked { Need::Wide } else { Need::Never }),
            Column::headed(hashes.head("HASH"), if has_names { Need::Always } else { Need::Never }),
            Column::new("COMMIT", Need::Room(0)),
            Column::new("DATE", Need::Room(1)),
            Column::new("AUTHOR", Need::Room(3)),
            Column::new("IMAGES", if has_images { Need::Room(2) } else { Need::Never }),
            Column::new("CHANGE", if has_names { Need::Wide } else { Need::Room(2) }),
            Column::new("ROLLS", rolls),
            Column::new("WHY", if has_names { Need::Wide } else { Need::Never }),
            Column::new("PATH", Need::Wide),
            Column::new("CHANGE-CAUSE", Need::Always),
        ]);
        for row in &self.history.revisions {
            table.push(self.row(row, &hashes));
            table.push_below(cells::changes_below(row.changes.as_deref().unwrap_or_default(), self.screen));
        }
        table
    }

    fn is_wide(&self) -> bool {
        self.screen.width().is_none()
    }

    fn row(&self, row: &Row, hashes: &HashColumn<'_>) -> Vec<Cell> {
        vec![
            cells::revision(row.revision),
            live(row.live.as_deref().unwrap_or_default()),
            cluster_revisions(row.live.as_deref().unwrap_or_default()),
            hashes.cell(row.hash.as_ref(), &self.history.kube_version),
            cells::commit(&row.commit, self.screen),
            self.date(row),
            Cell::new().text(&row.author.name, Meaning::Plain),
            Cell::new().text(&images::line(&row.images, self.is_wide()), Meaning::Plain),
            cells::changes(&row.change),
            cells::rolls(row.rolls),
            Cell::new().text(&row.reason, Meaning::Plain),
            Cell::new().text(&row.path, Meaning::Plain),
            self.cause(row),
        ]
    }

    fn date(&self, row: &Row) -> Cell {
        match (self.is_wide(), cells::is_roomy(self.screen)) {
            (true, _) => Cell::new().computed(row.time, Meaning::Plain),
            (false, true) => Cell::new().computed(row.time.minute(), Meaning::Plain),
            (false, false) => Cell::new().computed(row.time.day(), Meaning::Plain),
        }
    }

    /// A revision's cause; for a row that is none, what happened before the reason for it.
    fn cause(&self, row: &Row) -> Cell {
        let cell = match (&row.error, row.revision, row.change.first()) {
            (Some(error), ..) => return self.unreadable(row, error),
            (None, None, Some(Change::Removed)) => Cell::new().words("removed: ", Meaning::Error),
            (None, None, Some(change)) => Cell::new().words(change.word(), Meaning::Dim).words(": ", Meaning::Dim),
            _ => Cell::new(),
        };
        let cell = cell.and(cells::remark(row.remark.as_ref()));
        let cell = match &row.cause {
            Some(cause) => cell.text(&cause.text, Meaning::Cause),
            None => cell.words("<none>", Meaning::Dim),
        };
        self.remarks(row, cells::rendering(cell, &row.rendering))
    }

    /// Where the cell may be cut, the folder goes first, so that line and column stay.
    fn unreadable(&self, row: &Row, error: &Unreadable) -> Cell {
        let path = row.path.as_str();
        let file = path.rsplit('/').next().filter(|_| self.screen.cut().is_some()).unwrap_or(path);
        cells::unreadable(error, &file.into())
    }

    fn remarks(&self, row: &Row, mut cell: Cell) -> Cell {
        if let Some(earlier) = row.revert_of {
            cell = cell.words(" ↩ ", Meaning::Dim).computed(earlier, Meaning::Dim);
        }
        match &row.stale_annotation {
            Some(stale) if self.is_wide() => {
                cell.words(" (stale annotation: ", Meaning::Dim).text(stale, Meaning::Dim).words(")", Meaning::Dim)
            }
            _ => cell,
        }
    }

    fn footers(&self) -> Vec<Cell> {
        let mut lines: Vec<Cell> = self.history.live_only.iter().flatten().map(live_only).collect();
        lines.extend(self.footer.clone());
        lines.extend(self.hashes().footer().filter(|_| self.history.object.has_named_revisions()));
        lines
    }
}

/// What a cluster holds of a revision: `live 3/3`, `kept`.
fn live(held: &[LiveRevision]) -> Cell {
    held.iter().enumerate().fold(Cell::new(), |cell, (at, held)| {
        let cell = if at == 0 { cell } else { cell.words(", ", Meaning::Dim) };
        cell.and(pods(held))
    })
}

fn pods(held: &LiveRevision) -> Cell {
    let meaning = match held.role {
        Role::Live => Meaning::Added,
        Role::RollingIn | Role::Unknown => Meaning::Warning,
        Role::RollingOut | Role::Kept => Meaning::Dim,
    };
    let cell = Cell::new().words(held.role.word(), meaning);
    match held.role {
        Role::Kept => cell,
        _ => cell.and(cells::pods(" ", held.ready, held.pods)),
    }
}

fn cluster_revisions(held: &[LiveRevision]) -> Cell {
    let numbers: Vec<String> = held.iter().map(|held| held.cluster_revision.to_string()).collect();
    if numbers.is_empty() { cells::nothing() } else { Cell::new().computed(numbers.join(", "), Meaning::Dim) }
}

/// What is on the cluster, and was never in git.
fn live_only(held: &LiveRevision) -> Cell {
    let cell = Cell::new().words("not in git: ", Meaning::Warning).text(&held.name, Meaning::Hash);
    let cell = cell.words("  ", Meaning::Plain).and(pods(held));
    cell.words(", the cluster's revision ", Meaning::Dim).number(held.cluster_revision, Meaning::Dim)
}

impl fmt::Display for HistoryTable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.screen.line(&self.title()))?;
        if self.screen == Screen::Markdown {
            writeln!(f)?;
        }
        if self.history.revisions.is_empty() {
            // kubectl's words (pkg/polymorphichelpers/history.go).
            writeln!(f, "No rollout history found.")?;
        } else {
            write!(f, "{}", self.table().on(self.screen))?;
        }
        if self.screen == Screen::Markdown {
            let rows = self.history.revisions.iter();
            let told = rows.map(|row| (cells::revision(row.revision), &row.commit, row.changes.as_deref()));
            f.write_str(&cells::changes_listed(told))?;
        }
        let footers = self.footers();
        if !footers.is_empty() {
            writeln!(f)?;
        }
        footers.iter().try_for_each(|line| f.write_str(&self.screen.line(line)))
    }
}
