//! One type of all versions' types: where a field's type or name changed, its successions are one field.

use crate::minors::Minors;
use crate::rows::{Key, Row, Rows, target};
use std::collections::BTreeMap;

pub const ROOT: &str = "core.PodTemplateSpec";

/// A field of all versions.
#[derive(Clone, Debug)]
pub struct Field {
    /// As the newest version that has it declares it.
    pub row: Row,
    /// The type that declares that.
    pub holder: String,
    pub present: Minors,
    /// How versions declare it that do it otherwise.
    pub older: Vec<(Minors, String, Row)>,
}

impl Field {
    fn new(holder: &str, row: &Row, present: Minors) -> Field {
        Field { row: row.clone(), holder: holder.into(), present, older: Vec::new() }
    }

    /// The name of the struct that it holds.
    pub fn target(&self) -> String {
        target(&self.holder, &self.row.go_type)
    }

    /// The fields of Go types that this one is.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        let older = self.older.iter().map(|(_, holder, row)| (holder.clone(), row.json.clone()));
        std::iter::once((self.holder.clone(), self.row.json.clone())).chain(older)
    }
}

pub struct Union {
    pub types: BTreeMap<String, Vec<Field>>,
    /// The versions that reach a type.
    pub reach: BTreeMap<String, Minors>,
}

impl Union {
    pub fn of(rows: &Rows) -> Union {
        let mut union = Union { types: BTreeMap::new(), reach: BTreeMap::new() };
        for (name, fields) in &rows.types {
            union.types.insert(name.clone(), succeeded(name, fields));
        }
        for (newest, older, when) in union.successions() {
            let earlier = union.types[&older].clone();
            let fields = union.types.get_mut(&newest).expect("a type that is succeeded to");
            merge(fields, earlier, when);
        }
        union.spread(ROOT, Minors::ALL);
        union
    }

    /// The types that stand where others stood: the newest, the older one, and when.
    fn successions(&self) -> Vec<(String, String, Minors)> {
        let mut found = Vec::new();
        for field in self.types.values().flatten() {
            for (when, holder, row) in &field.older {
                let older = target(holder, &row.go_type);
                if older != field.target() && self.types.contains_key(&older) {
                    found.push((field.target(), older, *when));
                }
            }
        }
        found
    }

    fn spread(&mut self, name: &str, versions: Minors) {
        let known = self.reach.entry(name.to_owned()).or_default();
        if known.or(versions) == *known {
            return;
        }
        *known = known.or(versions);
        for field in self.types.get(name).cloned().unwrap_or_default() {
            let there = field.present.and(versions);
            if self.types.contains_key(&field.target()) && !there.is_empty() {
                self.spread(&field.target(), there);
            }
        }
    }
}

/// The fields of a type, those that follow each other as one.
fn succeeded(holder: &str, rows: &[Row]) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for row in rows {
        let follows = |field: &Field| {
            let same = if row.inline { field.row.inline } else { !field.row.inline && field.row.json == row.json };
            same && field.present.and(row.present).is_empty()
        };
        match fields.iter().position(follows) {
            None => fields.push(Field::new(holder, row, row.present)),
            Some(index) => {
                let mut before = fields.remove(index);
                before.older.push((before.present, before.holder.clone(), before.row.clone()));
                fields.push(Field {
                    row: row.clone(),
                    holder: holder.into(),
                    present: before.present.or(row.present),
                    older: before.older,
                });
            }
        }
    }
    for minor in Minors::all() {
        let merged = fields.iter().filter(|field| field.present.has(minor)).map(|field| &field.row.json);
        let declared = rows.iter().filter(|row| row.present.has(minor)).map(|row| &row.json);
        assert!(merged.eq(declared), "{holder} has another order at 1.{minor}");
    }
    fields
}

/// Puts an earlier type's fields into its successor, present only `when` the earlier one was there.
fn merge(fields: &mut Vec<Field>, earlier: Vec<Field>, when: Minors) {
    let mut place = 0;
    for field in earlier {
        let present = field.present.and(when);
        match fields.iter().position(|known| known.row.json == field.row.json) {
            Some(index) => {
                let known = &fields[index].row;
                assert!(index >= place, "{} stands elsewhere in its successor", field.row.go);
                assert_eq!((&known.go, &known.go_type), (&field.row.go, &field.row.go_type), "another type");
                fields[index].present = fields[index].present.or(present);
                place = index + 1;
            }
            None if present.is_empty() => {}
            None => {
                fields.insert(place, Field { present, ..field });
                place += 1;
            }
        }
    }
}
