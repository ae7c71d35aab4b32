//! The tables against what Kubernetes' own code says of one version (`tests/oracle`): what differs is a row to write.

use crate::minors::minor;
use crate::rows::{Key, Rows, target};
use crate::rust::{BUILT_IN, RULES, dumped};
use crate::union::ROOT;
use std::collections::{BTreeMap, BTreeSet};

/// What one version says.
#[derive(Default)]
pub struct Said {
    minor: u8,
    /// Fields with what stands before their values in the dump.
    fields: BTreeSet<(Key, String)>,
    /// Fields, by Go's name, that JSON leaves out when they are empty.
    omitted: BTreeSet<Key>,
    dropped: BTreeSet<Key>,
    kept: BTreeSet<Key>,
    defaults: BTreeMap<Key, String>,
}

impl Said {
    /// Of the lines that the oracle prints with `-types` and `-probes`.
    pub fn read(version: &str, text: &str) -> Said {
        let mut said = Said { minor: minor(version), ..Said::default() };
        for line in text.lines() {
            let key = |name: &str, field: &str| (name.to_owned(), field.to_owned());
            match line.split('\t').collect::<Vec<_>>()[..] {
                ["field", name, go, go_type, json, _, options] if is_told(name) => {
                    said.fields.insert((key(name, json), format!("{go}:({go_type})")));
                    if options.contains("omitempty") || options.contains("inline") || json.is_empty() {
                        said.omitted.insert(key(name, go));
                    }
                }
                ["gate", name, json, "counts"] => _ = said.kept.insert(key(name, json)),
                ["gate", name, json, "dropped" | "forced"] => _ = said.dropped.insert(key(name, json)),
                ["default", name, json, value] => _ = said.defaults.insert(key(name, json), value.to_owned()),
                ["field" | "named", ..] => {}
                _ => panic!("a line that is not known: {line}"),
            }
        }
        assert!(!said.fields.is_empty() && !said.kept.is_empty(), "{version} says nothing");
        said
    }

    /// How the tables differ from what the version says, a line each.
    pub fn differences(&self, rows: &Rows) -> Vec<String> {
        let mut lines = Vec::new();
        self.compare_fields(rows, &mut lines);
        self.compare_gates(rows, &mut lines);
        self.compare_defaults(rows, &mut lines);
        lines
    }

    fn compare_fields(&self, rows: &Rows, lines: &mut Vec<String>) {
        let (mut known, mut written) = (BTreeSet::new(), BTreeSet::new());
        for name in reached(rows, self.minor) {
            for row in rows.types[&name].iter().filter(|row| row.present.has(self.minor)) {
                known.insert(((name.clone(), row.json.clone()), dumped(&name, row)));
                let key = (name.clone(), row.go.clone());
                if rows.written.get(&key).is_some_and(|versions| versions.has(self.minor)) {
                    written.insert(key);
                }
            }
        }
        let line = |sign, ((name, json), dump): &(Key, String)| format!("types.tsv: {sign} {name} {json} {dump}");
        lines.extend(self.fields.difference(&known).map(|field| line("+", field)));
        lines.extend(known.difference(&self.fields).map(|field| line("-", field)));
        // An empty struct is written all the same: `creationTimestamp`.
        let times = |key: &&Key| key.1.ends_with("Timestamp");
        let wrong = written.intersection(&self.omitted).filter(|key| !times(key));
        lines.extend(wrong.map(|(name, go)| format!("json.tsv: {name} {go} is left out when empty")));
    }

    fn compare_gates(&self, rows: &Rows, lines: &mut Vec<String>) {
        let drops = |key: &Key| rows.dropped.get(key).is_some_and(|versions| versions.has(self.minor));
        let line = |(name, json): &Key, what| format!("gates.tsv: {name} {json} {what}");
        lines.extend(self.dropped.iter().filter(|key| !drops(key)).map(|key| line(key, "is dropped")));
        let kept = self.kept.difference(&self.dropped).filter(|key| drops(key));
        lines.extend(kept.map(|key| line(key, "counts")));
    }

    fn compare_defaults(&self, rows: &Rows, lines: &mut Vec<String>) {
        let ruled = |(name, json): &Key| RULES.iter().any(|(n, j, _)| name == n && json == j);
        let holds_more = |value: &str| value.len() > 2 && value.starts_with(['{', '[']);
        for (key, value) in self.defaults.iter().filter(|(key, value)| !ruled(key) && !holds_more(value)) {
            if rows.defaults.get(key).is_none_or(|known| known.at(self.minor) != value) {
                lines.push(format!("defaults.tsv: {} {} is {value}", key.0, key.1));
            }
        }
        for (key, default) in rows.defaults.iter().filter(|(key, _)| self.kept.contains(key)) {
            let value = default.at(self.minor);
            if !value.is_empty() && !self.defaults.contains_key(key) {
                lines.push(format!("defaults.tsv: {} {} is not {value}", key.0, key.1));
            }
        }
    }
}

/// Whether the tables tell of the fields of a type.
fn is_told(name: &str) -> bool {
    (name.starts_with("core.") || name.starts_with("meta.")) && !BUILT_IN.contains(&name)
}

/// The types that a version reaches.
fn reached(rows: &Rows, minor: u8) -> BTreeSet<String> {
    let mut queue = vec![ROOT.to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(name) = queue.pop() {
        if !is_told(&name) || !rows.types.contains_key(&name) || !seen.insert(name.clone()) {
            continue;
        }
        let there = rows.types[&name].iter().filter(|row| row.present.has(minor));
        queue.extend(there.map(|row| target(&name, &row.go_type)));
    }
    seen
}
