//! Where `src/template/schema/tables.rs` comes from: tables read off Kubernetes' own types, gates and defaults
//! (`tests/schema/*.tsv`). The test fails when the committed file is not what they give; `ROLLBOOK_BLESS=1` writes it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;

const OLDEST: u8 = 29;
const NEWEST: u8 = 37;
const ROOT: &str = "core.PodTemplateSpec";
/// `WIDEST` of `src/template/slot.rs`.
const WIDEST: usize = 64;

/// What crosses fields, or fits no table: the field and the rule that is written in `src/template/rules.rs`.
const RULES: [(&str, &str, &str); 14] = [
    ("core.Container", "imagePullPolicy", "PullPolicy"),
    ("core.EphemeralContainerCommon", "imagePullPolicy", "PullPolicy"),
    ("core.ImageVolumeSource", "pullPolicy", "PullPolicy"),
    ("core.PodSpec", "serviceAccountName", "ServiceAccount"),
    ("core.PodSpec", "serviceAccount", "ServiceAccount"),
    ("core.PodSpec", "volumes", "ImageVolumes"),
    ("core.Container", "volumeMounts", "ImageMounts"),
    ("core.EphemeralContainerCommon", "volumeMounts", "ImageMounts"),
    ("core.Container", "lifecycle", "EmptiedLifecycle"),
    ("core.EphemeralContainerCommon", "lifecycle", "EmptiedLifecycle"),
    ("core.SecurityContext", "procMount", "ForcedProcMount"),
    ("core.Container", "restartPolicy", "SidecarRestart"),
    ("core.VolumeSource", "emptyDir", "EmptyDirIfNone"),
    ("meta.ObjectMeta", "annotations", "InitContainerAnnotations"),
];

#[derive(Clone, Debug)]
struct Row {
    go: String,
    go_type: String,
    json: String,
    inline: bool,
    first: u8,
    last: Option<u8>,
}

struct Schema {
    types: BTreeMap<String, Vec<Row>>,
    strings: BTreeSet<String>,
    counts: BTreeMap<(String, String), BTreeSet<u8>>,
    defaults: BTreeMap<(String, String), String>,
    merge_keys: BTreeMap<(String, String), Vec<&'static str>>,
}

#[test]
fn tables_are_what_the_facts_give() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/template/schema/tables.rs");
    let expected = Schema::read().rust();
    if std::env::var_os("ROLLBOOK_BLESS").is_some() {
        std::fs::write(path, &expected).expect("the table can be written");
    }
    let committed = std::fs::read_to_string(path).expect("the table is there");
    assert!(
        committed == expected,
        "src/template/schema/tables.rs is stale: run ROLLBOOK_BLESS=1 cargo test --test schema"
    );
}

fn minor(text: &str) -> Option<u8> {
    text.strip_prefix("1.").map(|minor| minor.parse().expect("a minor"))
}

fn lines(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| line.split('\t').collect())
}

impl Schema {
    fn read() -> Schema {
        let mut schema = Schema {
            types: BTreeMap::new(),
            strings: BTreeSet::new(),
            counts: BTreeMap::new(),
            defaults: BTreeMap::new(),
            merge_keys: BTreeMap::new(),
        };
        schema.read_types();
        schema.read_gates();
        schema.read_defaults();
        schema.read_merge_keys();
        schema
    }

    fn read_types(&mut self) {
        for cells in lines(include_str!("schema/types.tsv")) {
            match cells[..] {
                [name, "=", "string"] => _ = self.strings.insert(name.into()),
                [_, "=", "map[ResourceName]resource.Quantity"] => {}
                [name, go, go_type, json, embedded, ref first @ ..] => {
                    let row = Row {
                        go: go.into(),
                        go_type: go_type.into(),
                        json: json.into(),
                        inline: embedded == "embedded" && json.is_empty(),
                        first: first.first().and_then(|first| minor(first)).unwrap_or(0),
                        last: first.get(1).and_then(|last| minor(last)),
                    };
                    if row.last.is_none_or(|last| last >= OLDEST) {
                        self.types.entry(name.into()).or_default().push(row);
                    }
                }
                _ => panic!("a row of types that is not known: {cells:?}"),
            }
        }
    }

    fn read_gates(&mut self) {
        for cells in lines(include_str!("schema/gates.tsv")) {
            let states = &cells[5..5 + usize::from(NEWEST - OLDEST) + 1];
            let counts: BTreeSet<u8> =
                (OLDEST..).zip(states).filter(|(_, state)| **state == "counts").map(|(minor, _)| minor).collect();
            for key in self.places(cells[0]) {
                let known = self.counts.entry(key.clone()).or_insert_with(|| counts.clone());
                assert_eq!(*known, counts, "{key:?} counts differently in different places");
            }
        }
    }

    fn read_defaults(&mut self) {
        for cells in lines(include_str!("schema/defaults.tsv")) {
            let place = match cells[0] {
                "BASE" if cells[1].starts_with(".spec.containers") || cells[1].starts_with(".metadata") => continue,
                "BASE" => cells[1].trim_start_matches('.').to_owned(),
                holder => format!("{holder}{}", cells[1]),
            };
            for key in self.places(&place) {
                let (pointer, _) = pointer(&self.row(&key).go_type);
                let zero = matches!(cells[2], "\"\"" | "\"0\"" | "{}") && !pointer;
                if zero || RULES.iter().any(|(name, json, _)| key == ((*name).into(), (*json).into())) {
                    continue;
                }
                let known = self.defaults.entry(key.clone()).or_insert_with(|| cells[2].into());
                assert_eq!(known, cells[2], "{key:?} has different defaults in different places");
            }
        }
    }

    fn read_merge_keys(&mut self) {
        for cells in lines(include_str!("schema/merge-keys.tsv")) {
            let [holder, json, keys] = cells[..] else { panic!("a row of merge keys that is not known: {cells:?}") };
            let place = (holder.to_owned(), json.to_owned());
            let item = self.target(holder, &self.row(&place).go_type);
            let keys: Vec<_> = keys.split(',').collect();
            for key in &keys {
                assert!(self.find(&item, key).is_some(), "{item} has no {key} to tell it by");
            }
            assert!(self.merge_keys.insert(place, keys).is_none(), "{holder}.{json} has two rows");
        }
    }

    fn row(&self, (name, json): &(String, String)) -> &Row {
        self.types[name].iter().find(|row| row.json == *json).expect("the field of a place")
    }

    /// The fields, as type and JSON name, that a path such as `spec.*Containers[].env[].valueFrom` ends in.
    fn places(&self, path: &str) -> BTreeSet<(String, String)> {
        const CONTAINERS: [&str; 3] = ["containers", "initContainers", "ephemeralContainers"];
        for all in ["{containers,initContainers,ephemeralContainers}", "*Containers"] {
            if path.contains(all) {
                return CONTAINERS.iter().flat_map(|one| self.places(&path.replace(all, one))).collect();
            }
        }
        let mut holder = ROOT.to_owned();
        let mut place = None;
        for step in path.split('.') {
            let json = step.trim_end_matches("[]");
            let (found, row) = self.find(&holder, json).unwrap_or_else(|| panic!("{path}: no {json} in {holder}"));
            holder = self.target(&found, &row.go_type);
            place = Some((found, json.to_owned()));
        }
        place.into_iter().collect()
    }

    /// A field by its JSON name, in a type or in what is embedded there.
    fn find(&self, name: &str, json: &str) -> Option<(String, Row)> {
        let rows = self.types.get(name)?;
        if let Some(row) = rows.iter().find(|row| row.json == json && !row.inline) {
            return Some((name.into(), row.clone()));
        }
        rows.iter().filter(|row| row.inline).find_map(|row| self.find(&self.target(name, &row.go_type), json))
    }

    /// The qualified name of the type that a field holds, without pointers and lists.
    fn target(&self, holder: &str, go_type: &str) -> String {
        let bare = go_type.trim_start_matches(['*', '[', ']']);
        match bare.split_once('.') {
            Some(("metav1", name)) => format!("meta.{name}"),
            Some(_) => bare.into(),
            None => format!("{}.{bare}", holder.split('.').next().expect("a package")),
        }
    }

    fn rust(&self) -> String {
        let mut out = String::from(
            "//! Generated from `tests/schema/*.tsv` by `tests/schema.rs`: not to be edited.\n\
             //! Every type that a pod template reaches, its fields in the order in which they are hashed.\n\n\
             use super::Default::{Bool as IsBool, Empty, Int as IsInt, Text as IsText};\n\
             use super::Type::{Bool, Int32, Int64, IntOrString, List, Map, Quantity, RawJson, Text, Time};\n\
             use super::{Field, Rule, Struct, Type};\nuse crate::kubernetes::Minors;\n",
        );
        let mut queue = VecDeque::from([ROOT.to_owned()]);
        let mut seen = BTreeSet::from([ROOT.to_owned()]);
        while let Some(name) = queue.pop_front() {
            let short = name.split_once('.').expect("qualified").1;
            let rows = &self.types[&name];
            assert!(rows.len() <= WIDEST, "{name} has more fields than a struct that is not written has slots");
            writeln!(out, "\npub(in crate::template) static {}: Struct = Struct {{\n    fields: &[", shout(short))
                .unwrap();
            for row in rows {
                let same = rows.iter().filter(|other| other.json == row.json && !other.inline).count();
                assert!(row.inline || same == 1, "{name}.{} is there twice", row.json);
                writeln!(out, "        {},", self.field(&name, row)).unwrap();
                let target = self.target(&name, &row.go_type);
                if self.types.contains_key(&target) && !BUILT_IN.contains(&&*target) && seen.insert(target.clone()) {
                    queue.push_back(target);
                }
            }
            out.push_str("    ],\n};\n");
        }
        out
    }

    fn field(&self, holder: &str, row: &Row) -> String {
        let (is_pointer, bare) = pointer(&row.go_type);
        let mut text = format!(
            "Field::new(\"{}\", \"{}:({})\", {})",
            row.json,
            row.go,
            self.dumped(holder, &row.go_type),
            self.rust_type(holder, bare)
        );
        if is_pointer {
            text += ".pointer()";
        }
        if row.inline {
            text += ".inline()";
        }
        if row.first > OLDEST || row.last.is_some() {
            text += &match row.last {
                None => format!(".present(Minors::since({}))", row.first),
                Some(last) => format!(".present(Minors::range({}, {last}))", row.first.max(OLDEST)),
            };
        }
        let key = (holder.to_owned(), row.json.clone());
        if let Some(counts) = self.counts.get(&key) {
            text += &format!(".counts({})", minors(counts));
        }
        if let Some(default) = self.defaults.get(&key) {
            text += &format!(".or({})", default_value(default));
        }
        if let Some(keys) = self.merge_keys.get(&key) {
            text += &format!(".merge(&{keys:?})");
        }
        if let Some((_, _, rule)) = RULES.iter().find(|(name, json, _)| *name == holder && *json == row.json) {
            text += &format!(".rule(Rule::{rule})");
        }
        text
    }

    /// A Go type as `%#v` prints it: core and meta are both `v1`.
    fn dumped(&self, holder: &str, go_type: &str) -> String {
        let bare = go_type.trim_start_matches(['*', '[', ']']);
        let prefix = &go_type[..go_type.len() - bare.len()];
        let printed = match bare {
            "byte" => "uint8".into(),
            "string" | "bool" | "int32" | "int64" | "map[string]string" => bare.to_owned(),
            _ => match self.target(holder, bare).split_once('.').expect("qualified") {
                ("core" | "meta", name) => format!("v1.{name}"),
                (package, name) => format!("{package}.{name}"),
            },
        };
        format!("{prefix}{printed}")
    }

    fn rust_type(&self, holder: &str, go_type: &str) -> String {
        if let Some(element) = go_type.strip_prefix("[]") {
            return format!("List(&{})", self.rust_type(holder, element));
        }
        match go_type {
            "string" | "types.UID" => return "Text".into(),
            "bool" => return "Bool".into(),
            "int32" => return "Int32".into(),
            "int64" => return "Int64".into(),
            "map[string]string" => return "Map(&Text)".into(),
            "resource.Quantity" => return "Quantity { in_list: false }".into(),
            "intstr.IntOrString" => return "IntOrString".into(),
            _ => {}
        }
        let target = self.target(holder, go_type);
        match &*target {
            "core.ResourceList" => "Map(&Quantity { in_list: true })".into(),
            "meta.Time" => "Time".into(),
            "meta.FieldsV1" => "RawJson".into(),
            name if self.strings.contains(name) => "Text".into(),
            name if self.types.contains_key(name) => {
                format!("Type::Struct(&{})", shout(name.split_once('.').expect("qualified").1))
            }
            _ => panic!("a type that the engine does not know: {go_type} in {holder}"),
        }
    }
}

/// Types that the engine holds as one value.
const BUILT_IN: [&str; 2] = ["meta.Time", "meta.FieldsV1"];

fn pointer(go_type: &str) -> (bool, &str) {
    go_type.strip_prefix('*').map_or((false, go_type), |bare| (true, bare))
}

/// A set as runs: `Minors::range(29, 33).or(Minors::since(35))`.
fn minors(set: &BTreeSet<u8>) -> String {
    let mut runs: Vec<(u8, u8)> = Vec::new();
    for &minor in set {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == minor => *last = minor,
            _ => runs.push((minor, minor)),
        }
    }
    let run = |(first, last): &(u8, u8)| match *last {
        NEWEST => format!("Minors::since({first})"),
        last => format!("Minors::range({first}, {last})"),
    };
    match &runs[..] {
        [] => "Minors::NONE".into(),
        [first, rest @ ..] => rest.iter().fold(run(first), |text, next| format!("{text}.or({})", run(next))),
    }
}

fn default_value(json: &str) -> String {
    match json {
        "{}" => "Empty".into(),
        "true" | "false" => format!("IsBool({json})"),
        text if text.starts_with('"') => format!("IsText({text})"),
        number => format!("IsInt({number})"),
    }
}

/// `ISCSIVolumeSource` → `ISCSI_VOLUME_SOURCE`.
fn shout(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (i, c) in letters.iter().enumerate() {
        let after_lower = i > 0 && !letters[i - 1].is_uppercase();
        let before_lower = i > 0 && letters.get(i + 1).is_some_and(|next| next.is_lowercase());
        if c.is_uppercase() && (after_lower || before_lower) {
            out.push('_');
        }
        out.extend(c.to_uppercase());
    }
    out
}
