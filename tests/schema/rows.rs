//! The rows of `tests/schema/*.tsv`.

use crate::minors::{Minors, NEWEST, OLDEST, minor};
use std::collections::{BTreeMap, BTreeSet};

/// A field of a Go type.
#[derive(Clone, Debug)]
pub struct Row {
    pub go: String,
    pub go_type: String,
    pub json: String,
    /// Whether it is an embedded struct without a name of its own in JSON.
    pub inline: bool,
    pub present: Minors,
}

/// A field by its type and its name in JSON.
pub type Key = (String, String);

/// Gates that had another name in the versions before.
/// Source: `pkg/features/kube_features.go`; UserNamespacesStatelessPodsSupport up to 1.27.
const RENAMED: [(&str, u8); 1] = [("UserNamespacesSupport", 28)];

/// What an unset field becomes, as JSON; empty for nothing.
#[derive(Clone, Debug)]
pub struct Default {
    now: String,
    /// The last minor in which it was something else, and what.
    before: Option<(u8, String)>,
}

impl Default {
    pub fn at(&self, minor: u8) -> &str {
        match &self.before {
            Some((last, before)) if minor <= *last => before,
            _ => &self.now,
        }
    }

    pub fn before(&self) -> Option<(u8, &str)> {
        self.before.as_ref().map(|(last, before)| (*last, before.as_str()))
    }
}

pub struct Rows {
    /// The types of the API, by qualified name, from `types.tsv`.
    pub types: BTreeMap<String, Vec<Row>>,
    /// The types that are hashed up to 1.5, from `internal.tsv`.
    pub internal: BTreeMap<String, Vec<Row>>,
    /// Named strings.
    pub strings: BTreeSet<String>,
    /// The versions that drop a field.
    pub dropped: BTreeMap<Key, Minors>,
    /// The gate that decides over a field, where it has a name.
    pub gates: BTreeMap<Key, String>,
    /// By type and Go's name of the field: the versions whose JSON has it though it is empty.
    pub written: BTreeMap<Key, Minors>,
    pub defaults: BTreeMap<Key, Default>,
    /// By which of their fields the items of a list are told apart.
    pub merge_keys: BTreeMap<Key, Vec<String>>,
}

impl Rows {
    /// The gates by name, each from the first version on that has a field behind it turned off.
    pub fn gates_since(&self) -> BTreeMap<&str, u8> {
        let mut since = BTreeMap::new();
        for (key, gate) in &self.gates {
            let first =
                Minors::all().find(|&minor| self.dropped[key].has(minor)).expect("a gate drops its field somewhere");
            let first = RENAMED.iter().find(|(name, _)| name == gate).map_or(first, |(_, since)| *since);
            since.entry(gate.as_str()).and_modify(|since: &mut u8| *since = first.min(*since)).or_insert(first);
        }
        since
    }

    pub fn read() -> Rows {
        Rows::of(&Texts::read())
    }

    pub fn of(texts: &Texts) -> Rows {
        let mut strings = BTreeSet::new();
        let types = types(&texts.types, &mut strings);
        Rows {
            internal: types_of(&texts.internal),
            dropped: dropped(&texts.gates),
            gates: gates(&texts.gates),
            written: written(&texts.json),
            defaults: defaults(&texts.defaults),
            merge_keys: merge_keys(&texts.merge_keys, &types),
            types,
            strings,
        }
    }
}

/// The files as they are.
#[derive(Clone)]
pub struct Texts {
    pub types: String,
    pub gates: String,
    pub json: String,
    pub defaults: String,
    pub internal: String,
    pub merge_keys: String,
}

impl Texts {
    pub fn read() -> Texts {
        let text = |name: &str| std::fs::read_to_string(path(name)).expect(name);
        let (types, gates, json) = (text("types.tsv"), text("gates.tsv"), text("json.tsv"));
        let (defaults, internal, merge_keys) = (text("defaults.tsv"), text("internal.tsv"), text("merge-keys.tsv"));
        Texts { types, gates, json, defaults, internal, merge_keys }
    }

    /// Those that Kubernetes' own code tells, by their names.
    pub fn told(&self) -> [(&'static str, &str); 4] {
        [
            ("types.tsv", &self.types),
            ("gates.tsv", &self.gates),
            ("json.tsv", &self.json),
            ("defaults.tsv", &self.defaults),
        ]
    }
}

/// Where a table is.
pub fn path(name: &str) -> std::path::PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/schema", name].iter().collect()
}

pub fn lines(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

fn types(text: &str, strings: &mut BTreeSet<String>) -> BTreeMap<String, Vec<Row>> {
    for cells in lines(text) {
        match cells[..] {
            [name, "=", "string"] => _ = strings.insert(name.into()),
            [_, "=", "map[ResourceName]resource.Quantity"] | [_, _, _, _, _, ..] => {}
            _ => panic!("a row of types that is not known: {cells:?}"),
        }
    }
    types_of(text)
}

fn types_of(text: &str) -> BTreeMap<String, Vec<Row>> {
    let mut types: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for cells in lines(text) {
        let [name, go, go_type, json, embedded, ref range @ ..] = cells[..] else { continue };
        let bound = |index: usize| range.get(index).filter(|text| !text.is_empty()).map(|text| minor(text));
        types.entry(name.into()).or_default().push(Row {
            go: go.into(),
            go_type: go_type.into(),
            json: json.into(),
            inline: embedded == "embedded" && json.is_empty(),
            present: Minors::range(bound(0).unwrap_or(OLDEST), bound(1).unwrap_or(NEWEST)),
        });
    }
    types
}

fn dropped(text: &str) -> BTreeMap<Key, Minors> {
    let rows = lines(text);
    rows.map(|cells| ((cells[0].into(), cells[1].into()), Minors::parse(cells[3]))).collect()
}

fn gates(text: &str) -> BTreeMap<Key, String> {
    let rows = lines(text).filter(|cells| !cells[2].is_empty());
    rows.map(|cells| ((cells[0].into(), cells[1].into()), cells[2].into())).collect()
}

fn merge_keys(text: &str, types: &BTreeMap<String, Vec<Row>>) -> BTreeMap<Key, Vec<String>> {
    let mut merge_keys = BTreeMap::new();
    for cells in lines(text) {
        let [holder, json, keys] = cells[..] else { panic!("a row of merge keys that is not known: {cells:?}") };
        let row = types[holder].iter().find(|row| row.json == json).expect("the field of a row");
        let item = &types[&target(holder, &row.go_type)];
        let keys: Vec<String> = keys.split(',').map(str::to_owned).collect();
        for key in &keys {
            let is_there = item.iter().any(|row| row.json == *key || row.inline);
            assert!(is_there, "{holder}.{json} has items without a {key} to tell them by");
        }
        assert!(merge_keys.insert((holder.into(), json.into()), keys).is_none(), "{holder}.{json} has two rows");
    }
    merge_keys
}

/// From which minor on JSON has a field how.
pub fn options(cell: &str) -> Vec<(u8, &str)> {
    let since = |text| str::split_once(text, ": ").map(|(from, option)| (minor(from), option));
    cell.split("; ").map(|text| since(text).expect("a minor and its option")).collect()
}

/// Before the first version that is told of, it was as in that.
fn written(text: &str) -> BTreeMap<Key, Minors> {
    let mut written = BTreeMap::new();
    for cells in lines(text) {
        let options = options(cells[3]);
        let versions = match options[..] {
            [(_, "always written")] => Minors::ALL,
            [(_, "omitempty"), (since, "always written")] => Minors::range(since, NEWEST),
            [(_, "always written"), (since, "omitempty")] | [(_, "omitempty"), (since, "omitempty,omitzero")] => {
                Minors::range(OLDEST, since - 1)
            }
            // Of an embedded struct the fields are written, each by its own option.
            [(_, "inline"), (_, "always written")] => continue,
            _ => panic!("JSON options that are not known: {cells:?}"),
        };
        written.insert((cells[0].into(), cells[1].into()), versions);
    }
    written
}

fn defaults(text: &str) -> BTreeMap<Key, Default> {
    let default = |cells: &[&str]| match *cells {
        [now] => Default { now: now.into(), before: None },
        [now, last, before] => {
            let now = if now == "-" { "" } else { now };
            Default { now: now.into(), before: Some((minor(last), before.into())) }
        }
        _ => panic!("a row of defaults that is not known: {cells:?}"),
    };
    let rows = lines(text);
    rows.map(|cells| ((cells[0].into(), cells[1].into()), default(&cells[2..]))).collect()
}

/// The qualified name of the type that a field holds, without pointers and lists.
pub fn target(holder: &str, go_type: &str) -> String {
    let bare = go_type.trim_start_matches(['*', '[', ']']);
    match bare.split_once('.') {
        Some(("metav1", name)) => format!("meta.{name}"),
        Some(_) => bare.into(),
        None => format!("{}.{bare}", holder.split('.').next().expect("a package")),
    }
}
