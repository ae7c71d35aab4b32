//! What the API server refuses of DaemonSets and StatefulSets: the Deployments of the golden manifests as other kinds, which
//! Kubernetes' own code was asked about.

use rollbook::kubernetes::Version;
use rollbook::manifest;
use rollbook::template::{Template, refusals};
use rollbook::yaml::Dialect;
use std::collections::HashSet;
use std::fs;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");

/// The warnings for the object of a text at a version, if the server can decode it.
fn warnings(text: &str, version: Version) -> Option<Vec<String>> {
    let object = manifest::read(text.as_bytes(), Dialect::Kubectl).objects.pop()?;
    let template = Template::decode(object.node());
    template.view(version).dump().ok()?;
    Some(refusals(object.node(), &template, version).iter().map(ToString::to_string).collect())
}

#[test]
fn what_a_server_refuses_of_other_kinds_is_warned_of_and_what_it_takes_is_not() {
    let table = fs::read_to_string(format!("{GOLDEN}/refused.tsv")).expect("the table");
    let rows = || table.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let asked = rows().find(|row| row[0] == "# asked at").expect("the versions");
    let refused: HashSet<String> =
        rows().filter(|row| !row[0].starts_with('#')).map(|row| row[..3].join(" ")).collect();
    let mut found = 0;
    let mut files: Vec<_> = fs::read_dir(format!("{GOLDEN}/manifests")).expect("the manifests").collect();
    files.sort_by_key(|file| file.as_ref().map(fs::DirEntry::file_name).ok());
    for file in files.iter().map(|file| file.as_ref().expect("an entry")) {
        let (name, text) = (file.file_name(), fs::read_to_string(file.path()).expect("a manifest"));
        // One that holds several would need a row for each.
        if text.contains("kind: List") || !text.contains("Deployment") {
            continue;
        }
        for kind in ["DaemonSet", "StatefulSet"] {
            let text = text
                .replace("kind: Deployment", &format!("kind: {kind}"))
                .replace("\"Deployment\"", &format!("\"{kind}\""));
            for minor in &asked[1..] {
                let is_refused = refused.contains(&format!("{} {kind} {minor}", name.display()));
                if let Some(warnings) = warnings(&text, minor.parse().expect("a version")) {
                    assert_eq!(!warnings.is_empty(), is_refused, "{name:?} as {kind} at {minor}: {warnings:?}");
                    found += usize::from(is_refused);
                }
            }
        }
    }
    assert_eq!(found, refused.len(), "rows of no manifest");
}
