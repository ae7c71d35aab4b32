//! rollbook against Kubernetes' own code, in one run on one machine: `tests/oracle/run.sh bench DIR`, which builds that code
//! and names the program in `ROLLBOOK_ORACLE_PROGRAM`. Without it only rollbook is measured: `cargo bench --bench kubernetes`.
//!
//! The stages are the same for both, and so are the names that come out of them: from a file's bytes to the name, and from
//! the decoded template to the name.

mod oracle;

use oracle::best;
use rollbook::kubernetes::{Kind, Version};
use rollbook::manifest;
use rollbook::template::{Controller, Template};
use rollbook::yaml::Dialect;
use std::hint::black_box;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Of every kind and size, each a file of one object.
const MANIFESTS: [&str; 6] = [
    "d01-minimal.yaml",
    "d29-volumes-full.yaml",
    "d65-realistic.yaml",
    "d69-explicit-defaults.yaml",
    "s02-daemonset-agent.yaml",
    "t02-statefulset-db.yaml",
];

fn main() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/manifests");
    let files: Vec<String> = MANIFESTS.iter().map(|name| format!("{folder}/{name}")).collect();
    let kubernetes = oracle::times(&files);
    let version = kubernetes.as_ref().map_or(Version::NEWEST, |times| times[0].version.parse().expect("a version"));
    println!(
        "the best of some rounds, in µs, for Kubernetes {version}; Kubernetes' own code behind it, by how much it is slower\n"
    );
    println!("{:28} {:>25} {:>25} {:>25}", "", "bytes to name", "… the server left out", "template to name");
    for (place, file) in files.iter().enumerate() {
        let ours = measure(file, version);
        let row = match kubernetes.as_ref().map(|times| &times[place]) {
            None => [cell(ours.bytes, None), String::new(), cell(ours.template, None)],
            Some(theirs) => {
                assert_eq!(ours.name, theirs.name, "{file}: both sides give the same name");
                [
                    cell(ours.bytes, Some(theirs.stored)),
                    cell(ours.bytes, Some(theirs.defaulted)),
                    cell(ours.template, Some(theirs.template)),
                ]
            }
        };
        println!("{:28} {:>25} {:>25} {:>25}", MANIFESTS[place], row[0], row[1], row[2]);
    }
}

fn cell(ours: f64, theirs: Option<f64>) -> String {
    let us = |nanoseconds: f64| nanoseconds / 1e3;
    match theirs {
        None => format!("{:.1}", us(ours)),
        Some(theirs) => format!("{:.1} {:.0} {:.1} x", us(ours), us(theirs), theirs / ours),
    }
}

struct Ours {
    name: String,
    bytes: f64,
    template: f64,
}

fn measure(file: &str, version: Version) -> Ours {
    let text = std::fs::read(file).expect("a manifest");
    let object = manifest::read(&text, Dialect::Kubectl).objects.remove(0);
    let controller = Kind::of(&object.identity.kind).and_then(Controller::of).expect("a kind with revisions");
    let template = Template::decode(object.node());
    let workload = &object.identity.name;
    Ours {
        name: name(controller, workload, &template, version),
        bytes: best(|| {
            let object = manifest::read(black_box(&text), Dialect::Kubectl).objects.remove(0);
            name(controller, &object.identity.name, &Template::decode(object.node()), version)
        }),
        template: best(|| name(controller, workload, black_box(&template), version)),
    }
}

/// As the oracle gives it: of a StatefulSet the whole name, else the hash.
fn name(controller: Controller, workload: &str, template: &Template, version: Version) -> String {
    let hash = controller.hash(template.view(version), None).expect("the manifest is whole");
    match controller {
        Controller::StatefulSet => controller.name(workload, hash, version),
        _ => hash.to_string(),
    }
}
