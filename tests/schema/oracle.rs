//! The tables against what Kubernetes' own code says of one version (`tests/oracle`): what differs is a row to write.

use crate::minors::minor;
use crate::rows::{Key, Rows, target};
use crate::rust::{BUILT_IN, RULES, dumped};
use crate::union::ROOT;
use std::collections::{BTreeMap, BTreeSet};

/// What one version says.
#[derive(Default)]
pub struct Said {
    pub minor: u8,
    /// The fields of the types that the tables tell of, in the order of their declaration.
    pub declared: Vec<Declared>,
    /// The types that are no structs, with what is under them.
    pub named: Vec<(String, String)>,
    /// All types that have a name.
    pub names: BTreeSet<String>,
    /// Fields with what stands before their values in the dump.
    fields: BTreeSet<(Key, String)>,
    /// Fields, by Go's name, that JSON leaves out when they are empty.
    omitted: BTreeSet<Key>,
    pub dropped: BTreeSet<Key>,
    pub kept: BTreeSet<Key>,
    pub defaults: BTreeMap<Key, String>,
}

/// A field as a version declares it.
pub struct Declared {
    pub holder: String,
    pub go: String,
    /// With `v1` for each of the API's packages.
    pub go_type: String,
    pub json: String,
    pub embedded: String,
    /// What the tag says behind the name.
    pub options: String,
}

impl Said {
    /// Of the lines that the oracle prints with `-types` and `-probes`.
    pub fn read(version: &str, text: &str) -> Said {
        let mut said = Said { minor: minor(version), ..Said::default() };
        for line in text.lines() {
            let key = |name: &str, field: &str| (name.to_owned(), field.to_owned());
            match line.split('\t').collect::<Vec<_>>()[..] {
                ["field", name, go, go_type, json, embedded, options] if is_told(name) => {
                    said.declared.push(Declared {
                        holder: name.into(),
                        go: go.into(),
                        go_type: go_type.into(),
                        json: json.into(),
                        embedded: embedded.into(),
                        options: options.into(),
                    });
                    said.names.insert(name.to_owned());
                    said.fields.insert((key(name, json), format!("{go}:({go_type})")));
                    if options.contains("omitempty") || options.contains("inline") || json.is_empty() {
                        said.omitted.insert(key(name, go));
                    }
                }
                ["gate", name, json, "counts"] => _ = said.kept.insert(key(name, json)),
                ["gate", name, json, "dropped" | "forced"] => _ = said.dropped.insert(key(name, json)),
                ["default", name, json, value] => _ = said.defaults.insert(key(name, json), value.to_owned()),
                ["named", name, under] => {
                    said.names.insert(name.to_owned());
                    said.named.push((name.to_owned(), under.to_owned()));
                }
                ["field", name, ..] => _ = said.names.insert(name.to_owned()),
                _ => panic!("a line that is not known: {line}"),
            }
        }
        assert!(!said.fields.is_empty(), "{version} says nothing");
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
        for (key, value) in self.plain_defaults() {
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

impl Said {
    /// The defaults that are rows: of no rule, and not what the fields in a struct default to.
    pub fn plain_defaults(&self) -> impl Iterator<Item = (&Key, &String)> {
        let ruled = |(name, json): &Key| RULES.iter().any(|(n, j, _)| name == n && json == j);
        let holds_more = |value: &str| value.len() > 2 && value.starts_with(['{', '[']);
        self.defaults.iter().filter(move |(key, value)| !ruled(key) && !holds_more(value))
    }
}

/// Whether the tables tell of the fields of a type.
pub fn is_told(name: &str) -> bool {
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
