//! Random manifests, made by reflection over Kubernetes' own types, and the names that Kubernetes' own code gives them:
//! see `tests/oracle`. `ROLLBOOK_VECTORS=DIR` compares with others that `tests/oracle/vectors` wrote there.

use flate2::read::GzDecoder;
use rollbook::kubernetes::{Kind, Version};
use rollbook::manifest;
use rollbook::template::{Controller, Template};
use rollbook::yaml::Dialect;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

/// A file of the vectors: the committed one is compressed.
fn text(name: &str) -> String {
    if let Some(folder) = std::env::var_os("ROLLBOOK_VECTORS") {
        return fs::read_to_string(Path::new(&folder).join(name)).expect(name);
    }
    let path = format!("{}/tests/golden/{name}.gz", env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    GzDecoder::new(File::open(path).expect(name)).read_to_string(&mut text).expect(name);
    text
}

/// The names that differ, and how many agree.
fn compare(versions: &[Version], rows: &[(&str, &str)]) -> (Vec<String>, usize) {
    let (mut wrong, mut agree) = (Vec::new(), 0);
    for (manifest, names) in rows {
        let object = manifest::read(manifest.as_bytes(), Dialect::Kubectl).objects.remove(0);
        let controller = Kind::of(&object.identity.kind).and_then(Controller::of).expect("a kind with revisions");
        let template = Template::decode(object.node());
        for (version, name) in versions.iter().zip(names.split('\t')) {
            let hash = controller.hash(template.view(*version), None).ok();
            // Of a StatefulSet the vectors have the whole name.
            let named = hash.map(|hash| match controller {
                Controller::StatefulSet => controller.name(&object.identity.name, hash, *version),
                _ => hash.to_string(),
            });
            match named.as_deref().unwrap_or("-") {
                found if found == name => agree += 1,
                found => wrong.push(format!("{version}: {found} and not {name}: {manifest}")),
            }
        }
    }
    (wrong, agree)
}

#[test]
fn ten_thousand_random_manifests_have_the_names_that_kubernetes_gives() {
    let (manifests, names) = (text("vectors.jsonl"), text("vectors.tsv"));
    let (head, names) = names.split_once('\n').expect("a line of versions");
    let versions: Vec<Version> = head[2..].split('\t').map(|minor| minor.parse().expect("a version")).collect();
    let rows: Vec<(&str, &str)> = manifests.lines().zip(names.lines()).collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let parts: Vec<_> = std::thread::scope(|scope| {
        let parts = rows.chunks(rows.len().div_ceil(threads)).map(|part| scope.spawn(|| compare(&versions, part)));
        let parts: Vec<_> = parts.collect();
        parts.into_iter().map(|part| part.join().expect("no panic")).collect()
    });
    let wrong: Vec<&String> = parts.iter().flat_map(|(wrong, _)| wrong).collect();
    assert!(wrong.is_empty(), "{} differ, such as {}", wrong.len(), wrong[0]);
    let agree: usize = parts.iter().map(|(_, agree)| agree).sum();
    assert!(agree > rows.len(), "only {agree} names were compared");
}
