//! The types that are hashed up to 1.5: each field finds the field of the union that has its value.

use crate::rows::{Row, Rows, target};
use crate::union::{Field, ROOT, Union};
use std::collections::BTreeMap;

const INTERNAL_ROOT: &str = "api.PodTemplateSpec";

/// A field, with the place and the field in the union; none for what a rule takes from elsewhere.
type Placed = (Row, Option<(usize, Field)>);

pub struct Internal {
    pub types: BTreeMap<String, Vec<Placed>>,
}

impl Internal {
    pub fn of(rows: &Rows, union: &Union) -> Internal {
        let mut internal = Internal { types: BTreeMap::new() };
        internal.place(rows, union, INTERNAL_ROOT, ROOT);
        internal
    }

    /// Pairs a type with one of the union, and what their fields hold.
    fn place(&mut self, rows: &Rows, union: &Union, name: &str, other: &str) {
        let fields = &union.types[other];
        let place = |row: &Row| {
            let same = |field: &Field| match row.inline {
                true => field.row.inline,
                false => field.row.json == row.json && !field.row.inline,
            };
            fields.iter().position(same).map(|index| (index, fields[index].clone()))
        };
        let placed: Vec<Placed> = rows.internal[name].iter().map(|row| (row.clone(), place(row))).collect();
        if let Some(known) = self.types.get(name) {
            let slots =
                |placed: &[Placed]| placed.iter().map(|(_, field)| field.as_ref().map(|(slot, _)| *slot)).collect();
            let (known, new): (Vec<_>, Vec<_>) = (slots(known), slots(&placed));
            return assert_eq!(known, new, "{name} stands for types whose fields have other places");
        }
        self.types.insert(name.to_owned(), placed.clone());
        for (row, field) in placed {
            let inner = target(name, &row.go_type);
            if let (true, Some((_, field))) = (rows.internal.contains_key(&inner), field) {
                self.place(rows, union, &inner, &field.target());
            }
        }
    }
}
