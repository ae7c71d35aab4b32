//! Described templates against what kubectl prints.
//!
//! `tests/golden/describe` holds the text of `rollout history --revision=1` (kubectl 1.33 on a 1.37 server) for
//! manifests made to reach every corner, with their defaulted templates; and 300 random templates, 200 that a 1.37
//! server accepts and 100 bent beyond that, with the text that kubectl's own package (k8s.io/kubectl 0.33) gives.

mod world;

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use rollbook::output::describe::Described;
use serde_json::Value;
use world::World;

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/describe").join(name)
}

fn unpacked(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let file = File::open(golden(name)).expect("the golden file is there");
    GzDecoder::new(file).read_to_end(&mut bytes).expect("the golden file is whole");
    bytes
}

fn json_lines(text: &[u8]) -> Vec<Value> {
    let lines = text.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).expect("each line is JSON")).collect()
}

/// Compares as text, so that a failure can be read; then as bytes.
fn assert_same(described: &[u8], expected: &[u8], what: &str) {
    assert_eq!(String::from_utf8_lossy(described), String::from_utf8_lossy(expected), "{what}");
    assert_eq!(described, expected, "{what}");
}

#[test]
fn the_text_is_what_kubectl_printed() {
    let rows = json_lines(&fs::read(golden("templates.jsonl")).expect("the golden file is there"));
    for row in &rows {
        let vector = row["vector"].as_str().expect("a name");
        let mut parts = vector.splitn(3, '.').skip(1);
        let (kind, name) = (parts.next().expect("a kind"), parts.next().expect("a name"));
        let described = Described {
            name: &format!("{kind}.apps/{name}"),
            revision: Some(1),
            hash: row["hash"].as_str(),
            change_cause: None,
            template: &row["template"],
        };
        let expected = fs::read(golden(&format!("{vector}.txt"))).expect("each vector has its text");
        assert_same(&described.pipe(), &expected, vector);
    }
    assert_eq!(rows.len(), 66);
}

/// The whole way: from the manifest in a commit to what a pipe gets.
#[test]
fn history_describes_each_workload_as_kubectl_does() {
    let world = World::new();
    let manifests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/manifests");
    for entry in fs::read_dir(manifests).expect("the manifests are there") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        world.write(&name, fs::read(&path).expect("a manifest"));
    }
    world.commit("All of them");
    let mut described = 0;
    for entry in fs::read_dir(golden("")).expect("the texts are there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|ending| ending != "txt") {
            continue;
        }
        let vector = path.file_stem().and_then(|name| name.to_str()).expect("a name");
        let [file, kind, name] = vector.splitn(3, '.').collect::<Vec<_>>()[..] else { panic!("{vector}") };
        let ending = if file.ends_with("json") { "json" } else { "yaml" };
        let (target, path_flag) = (format!("{kind}/{name}"), format!("--path={file}.{ending}"));
        let output = world.rollbook(&["history", &target, "--revision", "1", "--kube-version", "1.37", &path_flag]);
        assert_eq!(output.code, 0, "{vector}: {}", output.stderr);
        let expected = fs::read(&path).expect("each vector has its text");
        assert_same(output.stdout.as_bytes(), String::from_utf8_lossy(&expected).as_bytes(), vector);
        described += 1;
    }
    assert_eq!(described, 66);
}

/// A row is a template and the length of its text; the texts stand one after the other in a file of their own, since
/// not all of them are UTF-8.
#[test]
fn random_templates_are_described_as_kubectl_does() {
    let (rows, texts) = (json_lines(&unpacked("random.jsonl.gz")), unpacked("random.txt.gz"));
    let mut rest = texts.as_slice();
    for (i, row) in rows.iter().enumerate() {
        let (expected, more) = rest.split_at(row["length"].as_u64().expect("a length") as usize);
        rest = more;
        let described =
            Described { name: "", revision: Some(1), hash: None, change_cause: None, template: &row["template"] }
                .pipe();
        let body = described.strip_prefix(b" with revision #1\n").and_then(|text| text.strip_suffix(b"\n"));
        assert_same(body.expect("a first line and a last"), expected, &format!("random template {i}"));
    }
    assert!(rest.is_empty() && rows.len() == 300);
}
