//! The tables anew, where Kubernetes' own code says something else: of a version that was asked its word counts, of any
//! other what the tables say. What stays as it was keeps its place and its words.

mod fields;
mod values;

use crate::oracle::Said;
use crate::rows::{Texts, lines};
use std::collections::BTreeMap;

/// The tables that several versions, the oldest first, make of these; and what they leave open.
pub fn rewritten(texts: &Texts, said: &[Said]) -> (Texts, Vec<String>) {
    let mut open = Vec::new();
    let types = fields::types(&texts.types, said, &mut open);
    let places = Places::of(&types);
    let gates = values::gates(&texts.gates, said, &places, &mut open);
    let json = values::json(&texts.json, said, &places);
    let defaults = values::defaults(&texts.defaults, said, &places);
    (Texts { types, gates, json, defaults, ..texts.clone() }, open)
}

/// Where each field stands in the table of types, by its holder and either of its names.
struct Places(BTreeMap<(String, String), usize>);

impl Places {
    fn of(types: &str) -> Places {
        let mut places = BTreeMap::new();
        for (place, cells) in lines(types).enumerate().filter(|(_, cells)| cells.len() > 3) {
            for name in [cells[1], cells[3]] {
                places.entry((cells[0].to_owned(), name.to_owned())).or_insert(place);
            }
        }
        Places(places)
    }

    fn of_row(&self, row: &str) -> Option<usize> {
        let mut cells = row.split('\t').map(str::to_owned);
        self.0.get(&(cells.next()?, cells.next()?)).copied()
    }

    /// A table whose rows are in the order of the fields, with rows more: each behind those of fields before its own.
    fn table(&self, mut rows: Vec<String>, more: Vec<String>) -> String {
        for row in more {
            let own = self.of_row(&row).expect("the field of a row");
            let before =
                rows.iter().rposition(|row| row.starts_with('#') || self.of_row(row).is_some_and(|at| at < own));
            rows.insert(before.map_or(0, |at| at + 1), row);
        }
        rows.iter().map(|row| format!("{row}\n")).collect()
    }
}

/// The rows of a table, each with its first two cells; those of the head have none.
fn rows(table: &str) -> impl Iterator<Item = (Option<(String, String)>, &str)> {
    table.lines().map(|row| {
        let mut cells = row.split('\t').map(str::to_owned);
        let key = if row.starts_with('#') { None } else { cells.next().zip(cells.next()) };
        (key, row)
    })
}

/// What differs between two tables, a line each.
pub fn changes(name: &str, old: &str, new: &str) -> Vec<String> {
    let diff = similar::TextDiff::from_lines(old, new);
    let changes = diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
    changes.map(|change| format!("{name}: {} {}", change.tag(), change.value().trim_end())).collect()
}
