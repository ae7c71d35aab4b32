//! The union as `src/template/schema/tables.rs`.

use crate::internal::Internal;
use crate::minors::{Minors, NEWEST};
use crate::rows::{Default, Key, Row, Rows, target};
use crate::union::{Field, ROOT, Union};
use std::collections::{BTreeSet, VecDeque};
use std::fmt::Write as _;

/// `WIDEST` of `src/template/slot.rs`.
const WIDEST: usize = 64;
/// Types that the engine holds as one value.
pub const BUILT_IN: [&str; 3] = ["meta.Time", "meta.FieldsV1", "meta.Fields"];

/// What crosses fields, or fits no table: the field and the rule that is written in `src/template/rules.rs`.
pub const RULES: [(&str, &str, &str); 21] = [
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
    ("core.EmptyDirVolumeSource", "sizeLimit", "SizeLimit"),
    ("core.ContainerPort", "hostPort", "HostPort"),
    ("core.Probe", "terminationGracePeriodSeconds", "ReadinessGrace"),
    ("meta.ObjectMeta", "annotations", "InitContainerAnnotations"),
    ("api.PodSpec", "initContainers", "AnnotatedInitContainers"),
    ("api.PodSecurityContext", "hostNetwork", "HostNamespace"),
    ("api.PodSecurityContext", "hostPID", "HostNamespace"),
    ("api.PodSecurityContext", "hostIPC", "HostNamespace"),
];

/// The whole file.
pub fn tables(rows: &Rows, union: &Union) -> String {
    let mut out = String::from(
        "//! Generated from `tests/schema/*.tsv` by `tests/schema`: not to be edited.\n\
         //! Every type that a pod template reaches, its fields in the order in which they are hashed; and behind them, as\n\
         //! `API_…`, the types that are hashed up to 1.5.\n\n\
         use super::Default::{Bool as IsBool, Empty, Int as IsInt, Text as IsText, TextChanged};\n\
         use super::Type::{Bool, Int32, Int64, IntOrString, List, Map, Quantity, RawJson, Text, Time, Trie};\n\
         use super::{Field, GateRow, Rule, Struct, Type};\nuse crate::kubernetes::Minors;\n",
    );
    out.push_str("\n/// By name.\npub(in crate::template) static GATES: &[GateRow] = &[\n");
    for (gate, since) in rows.gates_since() {
        writeln!(out, "    GateRow {{ name: \"{gate}\", known: Minors::since({since}) }},").unwrap();
    }
    out.push_str("];\n");
    let table = Table { rows, union };
    let mut queue = VecDeque::from([ROOT.to_owned()]);
    let mut seen = BTreeSet::from([ROOT.to_owned()]);
    while let Some(name) = queue.pop_front() {
        let fields = &union.types[&name];
        write_struct(&mut out, &name, fields.iter().map(|field| table.field(&name, field)));
        for field in fields {
            let target = field.target();
            if union.types.contains_key(&target) && !BUILT_IN.contains(&&*target) && seen.insert(target.clone()) {
                queue.push_back(target);
            }
        }
    }
    for (name, fields) in &Internal::of(rows, union).types {
        write_struct(&mut out, name, fields.iter().map(|field| table.internal(name, field)));
    }
    out
}

fn write_struct(out: &mut String, name: &str, fields: impl ExactSizeIterator<Item = String>) {
    assert!(fields.len() <= WIDEST, "{name} has more fields than a struct that is not written has slots");
    writeln!(out, "\npub(in crate::template) static {}: Struct = Struct {{\n    fields: &[", constant(name)).unwrap();
    fields.for_each(|field| writeln!(out, "        {field},").unwrap());
    out.push_str("    ],\n};\n");
}

struct Table<'a> {
    rows: &'a Rows,
    union: &'a Union,
}

impl Table<'_> {
    /// A field of the union, under the name that a type has there.
    fn field(&self, holder: &str, field: &Field) -> String {
        let mut text = self.bare(&field.holder, &field.row);
        for (when, older_holder, older) in &field.older {
            let dump = dumped(older_holder, older);
            if dump != dumped(&field.holder, &field.row) {
                text += &format!(".older(&[({}, \"{dump}\")])", when.rust());
            }
        }
        let reach = self.union.reach[holder];
        if field.present.and(reach) != reach {
            text += &format!(".present({})", field.present.rust());
        }
        text + &self.additions(field) + &self.written(field)
    }

    /// Go leaves out of JSON what is empty, and holds no struct for empty.
    fn written(&self, field: &Field) -> String {
        let (is_pointer, go_type) = pointer(&field.row.go_type);
        let ty = self.rust_type(&field.holder, go_type);
        let is_struct =
            ty.starts_with("Type::Struct") || ["Quantity { in_list: false }", "IntOrString"].contains(&&*ty);
        let key = (field.holder.clone(), field.row.go.clone());
        match self.rows.written.get(&key) {
            Some(versions) => format!(".written({})", versions.rust()),
            None if is_struct && !is_pointer && !field.row.inline => ".written(Minors::ALL)".into(),
            None => String::new(),
        }
    }

    /// A field of the types that are hashed up to 1.5: it has the slot of the union's.
    fn internal(&self, holder: &str, (row, slot): &(Row, Option<(usize, Field)>)) -> String {
        let mut text = self.bare(holder, row);
        if let Some((slot, field)) = slot {
            text += &format!(".slot({slot})");
            text += &self.additions(field);
        }
        if row.present != Minors::ALL {
            text += &format!(".present({})", row.present.rust());
        }
        text + &rule(&(holder.to_owned(), row.json.clone())).unwrap_or_default()
    }

    fn bare(&self, holder: &str, row: &Row) -> String {
        let (is_pointer, go_type) = pointer(&row.go_type);
        let ty = self.rust_type(holder, go_type);
        let mut text = format!("field!(\"{}\", \"{}\", {ty})", row.json, dumped(holder, row));
        if is_pointer {
            text += ".pointer()";
        }
        if row.inline {
            text += ".inline()";
        }
        text
    }

    /// Gates, defaults and rules.
    fn additions(&self, field: &Field) -> String {
        let mut text = String::new();
        let dropped = field.keys().filter_map(|key| self.rows.dropped.get(&key));
        if let Some(dropped) = dropped.copied().reduce(Minors::or) {
            text += &format!(".dropped({})", dropped.rust());
        }
        if let Some(gate) = field.keys().find_map(|key| self.rows.gates.get(&key)) {
            let place = self.rows.gates_since().keys().position(|name| name == gate).expect("a gate of the rows");
            text += &format!(".gate({place})");
        }
        if let Some(default) = field.keys().find_map(|key| self.rows.defaults.get(&key)) {
            text += &format!(".or({})", default_value(default));
        }
        if let Some(keys) = field.keys().find_map(|key| self.rows.merge_keys.get(&key)) {
            text += &format!(".merge(&{keys:?})");
        }
        text + &field.keys().find_map(|key| rule(&key)).unwrap_or_default()
    }

    fn rust_type(&self, holder: &str, go_type: &str) -> String {
        if let Some(element) = go_type.strip_prefix("[]") {
            return format!("List(&{})", self.rust_type(holder, element));
        }
        match go_type {
            "string" | "types.UID" => return "Text".into(),
            "bool" => return "Bool".into(),
            "int" | "int32" => return "Int32".into(),
            "int64" => return "Int64".into(),
            "map[string]string" => return "Map(&Text)".into(),
            "resource.Quantity" => return "Quantity { in_list: false }".into(),
            "intstr.IntOrString" => return "IntOrString".into(),
            _ => {}
        }
        let target = target(holder, go_type);
        let named = target.strip_prefix("api.").map_or(target.clone(), |name| format!("core.{name}"));
        match &*target {
            "core.ResourceList" | "api.ResourceList" => "Map(&Quantity { in_list: true })".into(),
            "meta.Time" | "unversioned.Time" => "Time".into(),
            "meta.FieldsV1" => "RawJson".into(),
            "meta.Fields" => "Trie".into(),
            _ if self.rows.strings.contains(&named) => "Text".into(),
            name if self.rows.types.contains_key(name) || self.rows.internal.contains_key(name) => {
                format!("Type::Struct(&{})", constant(name))
            }
            _ => panic!("a type that the engine does not know: {go_type} in {holder}"),
        }
    }
}

fn rule(key: &Key) -> Option<String> {
    let found = RULES.iter().find(|(name, json, _)| key.0 == *name && key.1 == *json);
    found.map(|(_, _, rule)| format!(".rule(Rule::{rule})"))
}

/// What stands before a value in the dump: the name and the type as `%#v` prints it, core and meta both as `v1`.
pub fn dumped(holder: &str, row: &Row) -> String {
    let bare = row.go_type.trim_start_matches(['*', '[', ']']);
    let prefix = &row.go_type[..row.go_type.len() - bare.len()];
    let printed = match bare {
        "byte" => "uint8".into(),
        "string" | "bool" | "int" | "int32" | "int64" | "map[string]string" => bare.to_owned(),
        _ => match target(holder, bare).split_once('.').expect("qualified") {
            ("core" | "meta", name) => format!("v1.{name}"),
            (package, name) => format!("{package}.{name}"),
        },
    };
    format!("{}:({prefix}{printed})", row.go)
}

fn pointer(go_type: &str) -> (bool, &str) {
    go_type.strip_prefix('*').map_or((false, go_type), |bare| (true, bare))
}

fn default_value(default: &Default) -> String {
    let quoted = |text: &str| if text.is_empty() { "\"\"".to_owned() } else { text.to_owned() };
    match (default.at(NEWEST), default.before()) {
        (now, Some((last, before))) if before.starts_with('"') => {
            format!("TextChanged({last}, {before}, {})", quoted(now))
        }
        (_, Some((_, before))) => panic!("a default that changed and is no text: {before}"),
        ("{}", None) => "Empty".into(),
        (value @ ("true" | "false"), None) => format!("IsBool({value})"),
        (text, None) if text.starts_with('"') => format!("IsText({text})"),
        (number, None) => format!("IsInt({number})"),
    }
}

/// `core.ISCSIVolumeSource` → `ISCSI_VOLUME_SOURCE`, `api.Pod` → `API_POD`.
fn constant(name: &str) -> String {
    let (package, name) = name.split_once('.').expect("qualified");
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::from(if package == "api" { "API_" } else { "" });
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
