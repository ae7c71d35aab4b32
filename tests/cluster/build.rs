//! The control plane's binary: built once for each version of its sources, and kept under `target`.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

/// The versions of Kubernetes that there are, each with its `go.mod`.
const VERSIONS: [(&str, &str); 2] = [("1.37", "go.mod"), ("1.30", "1.30.mod")];

/// Which of them the suite runs against.
pub fn version() -> String {
    let asked = std::env::var("ROLLBOOK_CLUSTER_VERSION").unwrap_or_else(|_| VERSIONS[0].0.to_owned());
    assert!(VERSIONS.iter().any(|(version, _)| *version == asked), "ROLLBOOK_CLUSTER_VERSION: no fixture of {asked}");
    asked
}

/// The binary of the version, built if it is not there; none where there is no Go, which is said.
///
/// # Panics
/// It cannot be built, or there is no Go although `ROLLBOOK_REQUIRE_CLUSTER` asks for the suite.
pub fn control_plane() -> Option<PathBuf> {
    let Some(go) = go_version() else {
        let required = std::env::var_os("ROLLBOOK_REQUIRE_CLUSTER").is_some_and(|value| value == "1");
        assert!(!required, "there is no Go on PATH, so the cluster suite cannot run: install Go 1.26 or newer");
        say("THE CLUSTER SUITE WAS NOT RUN: there is no Go on PATH (1.26 or newer)");
        return None;
    };
    let version = version();
    let (_, module) = VERSIONS.iter().find(|(of, _)| *of == version).expect("it was looked up");
    let flags = flags(module);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("controlplane");
    fs::create_dir_all(&folder).expect("target can be written");
    let lock = File::create(folder.join(format!("{version}.lock"))).expect("target can be written");
    lock.lock().expect("a file can be locked");
    let binary = folder.join(format!("{version}-{}", key(module, &go, &flags)));
    if !binary.exists() {
        say(&format!("building the control plane of Kubernetes {version}: once, some minutes"));
        remove_older(&folder, &version);
        build(&flags, &binary);
    }
    Some(binary)
}

/// Says something that the test harness does not swallow.
pub fn say(what: &str) {
    let _ = writeln!(io::stderr(), "\n==> {what}\n");
}

fn sources() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/controlplane")
}

fn go_version() -> Option<String> {
    let output = Command::new("go").arg("version").current_dir(sources()).output().ok()?;
    assert!(output.status.success(), "go version: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What Go is called with. The version is stamped in: without it `kubectl version` fails.
fn flags(module: &str) -> Vec<String> {
    let text = fs::read_to_string(sources().join(module)).expect("the module is there");
    let release = text.lines().find_map(|line| line.trim().strip_prefix("k8s.io/kubernetes v"));
    let release = release.expect("the module requires Kubernetes").trim();
    let [major, minor, _] = release.split('.').collect::<Vec<_>>()[..] else { panic!("{release} is no version") };
    let stamps = [
        ("gitVersion", format!("v{release}")),
        ("gitMajor", major.to_owned()),
        ("gitMinor", minor.to_owned()),
        ("gitTreeState", "clean".to_owned()),
        ("gitCommit", "0".repeat(40)),
        ("buildDate", "2026-01-01T00:00:00Z".to_owned()),
    ];
    let mut linker = "-s -w".to_owned();
    for package in ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"] {
        stamps.iter().for_each(|(name, value)| linker.push_str(&format!(" -X {package}.{name}={value}")));
    }
    ["build", "-trimpath", "-modfile", module, "-ldflags", &linker].map(str::to_owned).to_vec()
}

/// What the binary depends on, in a word.
fn key(module: &str, go: &str, flags: &[String]) -> String {
    let is_input = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.ends_with(".go") || name == module || name == module.replace(".mod", ".sum")
    };
    let mut inputs: Vec<PathBuf> = fs::read_dir(sources()).unwrap().map(|entry| entry.unwrap().path()).collect();
    inputs.retain(is_input);
    inputs.sort();
    let mut hash = Sha256::new();
    for input in inputs {
        hash.update(input.file_name().unwrap().as_encoded_bytes());
        hash.update(fs::read(&input).unwrap());
    }
    hash.update(go);
    hash.update(flags.join(" "));
    hash.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn remove_older(folder: &Path, version: &str) {
    let of_version = format!("{version}-");
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.file_name().to_string_lossy().starts_with(&of_version) {
            fs::remove_file(entry.path()).unwrap();
        }
    }
}

/// Builds it under another name first, so that what is there is whole.
fn build(flags: &[String], binary: &Path) {
    let unfinished = binary.with_extension("unfinished");
    let mut go = Command::new("go");
    go.args(flags).arg("-o").arg(&unfinished).arg(".").current_dir(sources()).env("CGO_ENABLED", "0");
    let output = go.output().expect("go was there a moment ago");
    assert!(output.status.success(), "go build: {}", String::from_utf8_lossy(&output.stderr));
    fs::rename(&unfinished, binary).expect("it is in the same folder");
}
