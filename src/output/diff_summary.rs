//! What differences do to pods, a line an object.

use std::fmt;

use super::{Cell, Column, DiffItem, Meaning, Need, Screen, Table, Verdict, cells, twins};

/// The objects that are different, a line each, with their verdicts; with their folders, if one stands in several files.
///
/// ```text
/// OBJECT      ROLLS  CHANGE  WHY
/// deploy/web  yes    rolls   the pods get another template
/// ```
pub struct DiffSummary<'a> {
    items: &'a [DiffItem],
    screen: Screen,
}

impl<'a> DiffSummary<'a> {
    /// The table on a screen.
    pub fn new(items: &'a [DiffItem], screen: Screen) -> Self {
        Self { items, screen }
    }

    fn row(&self, item: &DiffItem) -> Vec<Cell> {
        let verdict = &item.verdict;
        vec![
            Cell::new().text(&item.object.short(), Meaning::Plain),
            twins::place(&item.path, self.screen),
            Cell::new().words(verdict.rolls.word(), verdict.meaning()),
            cells::changes(&item.change),
            why(verdict),
        ]
    }
}

/// The reason, and the revision that it goes back to.
fn why(verdict: &Verdict) -> Cell {
    let cell = verdict.why.clone();
    match verdict.reuses.as_ref().and_then(|reused| reused.at.revision) {
        Some(number) => cell.words(" ↩ ", Meaning::Dim).computed(number, Meaning::Revision),
        None => cell,
    }
}

impl fmt::Display for DiffSummary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.items.is_empty() {
            return Ok(());
        }
        let twins = twins::exist(self.items.iter().map(|item| (&item.object, &item.path)));
        let columns = [
            Column::new("OBJECT", Need::Always),
            Column::new("PATH", if twins { Need::Always } else { Need::Wide }),
            Column::new("ROLLS", Need::Always),
            Column::new("CHANGE", Need::Always),
            Column::new("WHY", Need::Always),
        ];
        let mut table = Table::new(columns.into());
        self.items.iter().for_each(|item| table.push(self.row(item)));
        write!(f, "{}", table.on(self.screen))
    }
}
