//! Findings as a table, for a comment on a pull request.

use std::fmt;

use super::FindingItem;
use crate::output::{Cell, Column, Meaning, Need, Screen, Table};

/// A row for each finding.
///
/// ```text
/// | SEVERITY | RULE | NAME | PLACE | FINDING |
/// ```
pub struct FindingsTable<'a> {
    items: &'a [FindingItem],
    screen: Screen,
}

impl<'a> FindingsTable<'a> {
    /// The table on a screen.
    pub fn new(items: &'a [FindingItem], screen: Screen) -> Self {
        Self { items, screen }
    }
}

impl fmt::Display for FindingsTable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heads = ["SEVERITY", "RULE", "NAME", "PLACE", "FINDING"];
        let mut table = Table::new(heads.map(|head| Column::new(head, Need::Always)).into());
        for item in self.items {
            let name = item.object.as_ref().map(|object| object.short()).unwrap_or_default();
            table.push(vec![
                Cell::new().words(item.severity.word(), item.severity.meaning()),
                Cell::new().words(item.rule, Meaning::Plain),
                Cell::new().text(&name, Meaning::Plain),
                Cell::new().text(&item.place(), Meaning::Plain),
                Cell::new().text(&item.message, Meaning::Plain),
            ]);
        }
        write!(f, "{}", table.on(self.screen))
    }
}
