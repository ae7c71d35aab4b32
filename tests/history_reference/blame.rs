//! Which commit gave each field its value: going forward over all states, by what the generator's manifests mean.

use super::lineages::{Life, Lineages};
use rollbook::diff::places;
use rollbook::git::{CommitId, Repository};
use rollbook::manifest::Identity;
use rollbook::revision::{Book, Index, Lineage, Origin, Window, Written, blame};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// The fields of a lineage, each with the commit that it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blamed {
    name: String,
    path: String,
    namespace: Option<String>,
    fields: BTreeMap<String, String>,
}

/// What the fields of an object mean, with the commit since which they do.
#[derive(Clone, Default)]
pub struct Values {
    since: BTreeMap<String, (Value, String)>,
    /// The fields that are written.
    written: Vec<String>,
}

impl Values {
    /// Takes the next state of it, or the first.
    pub fn take(&mut self, commit: &str, object: &Value, is_first: bool) {
        if is_first {
            self.since.clear();
        }
        let mut written = BTreeMap::new();
        flatten(object, String::new(), &mut written);
        self.written = written.keys().cloned().collect();
        let mut meant = written;
        for (path, value) in defaults() {
            meant.entry(path.to_owned()).or_insert(value);
        }
        self.since.retain(|path, _| meant.contains_key(path));
        for (path, value) in meant {
            let value = canonical(value);
            match self.since.get(&path) {
                Some((same, _)) if *same == value => {}
                _ => drop(self.since.insert(path, (value, commit.to_owned()))),
            }
        }
    }

    fn fields(&self) -> BTreeMap<String, String> {
        self.written.iter().map(|path| (path.clone(), self.since[path].1.clone())).collect()
    }
}

/// What the API server fills in, of what the generator leaves out.
fn defaults() -> [(&'static str, Value); 4] {
    [
        ("spec.replicas", json!(1)),
        ("spec.revisionHistoryLimit", json!(10)),
        ("spec.template.spec.restartPolicy", json!("Always")),
        ("spec.template.spec.terminationGracePeriodSeconds", json!(30)),
    ]
}

/// One spelling of an amount of processors.
fn canonical(value: Value) -> Value {
    let thousands = |text: &str| text.strip_suffix("000m")?.parse::<u64>().ok();
    value.as_str().and_then(thousands).map_or(value, |whole| json!(whole))
}

fn flatten(value: &Value, path: String, fields: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let plain = key.chars().all(|c| c.is_ascii_alphanumeric());
                let step = if plain { format!(".{key}") } else { format!("[\"{key}\"]") };
                flatten(value, format!("{path}{step}").trim_start_matches('.').to_owned(), fields);
            }
        }
        Value::Array(items) => {
            for item in items {
                let name = item["name"].as_str().expect("the generator's lists are of named items");
                flatten(item, format!("{path}[name={name}]"), fields);
            }
        }
        scalar => drop(fields.insert(path, scalar.clone())),
    }
}

/// What rollbook tells of every Deployment that stands at the tip.
pub fn all(repository: &Path, index: &Index) -> Vec<Blamed> {
    let repository = Repository::open(repository).expect("it was just made");
    let tip = repository.head().expect("it has a commit");
    let keep = |identity: &Identity| identity.kind == "Deployment";
    let book = Book::read(&repository, index, tip, &keep, || {}).expect("git can read it");
    let lineages = book.lineages().map(|lineage| lineage.rows(&Window::default()).expect("git can read it"));
    lineages.filter_map(|lineage| blamed(&repository, tip, &lineage)).collect()
}

fn blamed(repository: &Repository, tip: CommitId, lineage: &Lineage) -> Option<Blamed> {
    let written = Written::read(repository, tip, lineage).expect("git can read it")?;
    let places = places(&written.object);
    let found = blame(repository, lineage, &written, &places).expect("git can read it");
    let fields = places.iter().zip(&found.origins).filter(|(place, _)| place.is_field()).map(|(place, origin)| {
        let Some(Origin::Row(row)) = origin else { panic!("the clone is whole") };
        (place.path.shown().as_str().to_owned(), lineage.rows[*row].commit.id.to_string())
    });
    Some(Blamed {
        name: lineage.identity.name.clone(),
        path: lineage.path.shown().as_str().to_owned(),
        namespace: written.object.identity.namespace.clone(),
        fields: fields.collect(),
    })
}

/// Compares those of a name.
pub fn agree(name: &str, lineages: &Lineages, told: &[Blamed]) -> Result<(), String> {
    for lineage in lineages.all.iter().filter(|lineage| lineage.life == Life::Here) {
        let expected = Blamed {
            name: name.to_owned(),
            path: lineage.path.clone(),
            namespace: lineage.namespace.clone(),
            fields: lineage.values.fields(),
        };
        let same =
            |of: &&Blamed| (&of.name, &of.path, &of.namespace) == (&expected.name, &expected.path, &expected.namespace);
        let found: Vec<&Blamed> = told.iter().filter(same).collect();
        if found != [&expected] {
            return Err(format!("blame of deployment/{name}\nthe reference: {expected:#?}\nrollbook: {found:#?}"));
        }
    }
    Ok(())
}
