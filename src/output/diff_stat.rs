//! How much is different.

use std::fmt;

use super::{Cell, Column, DiffItem, Meaning, Need, Screen, Table, cells};
use crate::diff::Op;

/// The objects that are different, a line each, with how many of their places are.
///
/// ```text
/// OBJECT               CHANGE  ADDED  REMOVED  REPLACED  MOVED  PATH
/// deployment.apps/web  rolls   1               2                k8s/web.yaml
/// ```
pub struct DiffStat<'a> {
    items: &'a [DiffItem],
    screen: Screen,
}

impl<'a> DiffStat<'a> {
    /// The table on a screen.
    pub fn new(items: &'a [DiffItem], screen: Screen) -> Self {
        Self { items, screen }
    }
}

fn row(item: &DiffItem) -> Vec<Cell> {
    let mut row = vec![Cell::new().text(&item.object.qualified(), Meaning::Plain), cells::changes(&item.change)];
    for (op, meaning) in [
        (Op::Add, Meaning::Added),
        (Op::Remove, Meaning::Removed),
        (Op::Replace, Meaning::Plain),
        (Op::Move, Meaning::Plain),
    ] {
        row.push(match item.changes.iter().filter(|change| change.op == op).count() {
            0 => Cell::new(),
            count => Cell::new().computed(count, meaning),
        });
    }
    row.push(Cell::new().text(&item.path, Meaning::Plain));
    row
}

impl fmt::Display for DiffStat<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.items.is_empty() {
            return Ok(());
        }
        let heads = ["OBJECT", "CHANGE", "ADDED", "REMOVED", "REPLACED", "MOVED", "PATH"];
        let mut table = Table::new(heads.into_iter().map(|head| Column::new(head, Need::Always)).collect());
        self.items.iter().for_each(|item| table.push(row(item)));
        write!(f, "{}", table.on(self.screen))
    }
}
