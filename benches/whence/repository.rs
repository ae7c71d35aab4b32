//! The repositories that are measured: workloads of one realistic template, whose tags change.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const MANIFEST: &str = include_str!("../../tests/golden/manifests/d65-realistic.yaml");
const START: usize = 1_700_000_000;

/// A repository under `target/whence` with so many workloads, the first commit of all and others that change some each.
pub fn make(workloads: usize, commits: usize, changes: usize) -> PathBuf {
    let name = format!("{workloads}-{commits}-{changes}.git");
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("whence").join(name);
    if dir.join("made").exists() {
        return dir;
    }
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).expect("the target folder can be written");
    git(&dir, &["init", "-q", "--bare", "--initial-branch=main"], "");
    let mut stream = String::new();
    for commit in 0..commits {
        let message = format!("release {commit}");
        stream += &format!("commit refs/heads/main\ncommitter Ada <ada@example.org> {} +0000\n", START + commit * 60);
        stream += &format!("data {}\n{message}\n", message.len());
        let changed =
            (0..if commit == 0 { workloads } else { changes }).map(|change| (commit * changes + change) % workloads);
        for workload in changed {
            let manifest = manifest(workload, commit);
            stream += &format!("M 100644 inline apps/w{workload}.yaml\ndata {}\n{manifest}\n", manifest.len());
        }
    }
    git(&dir, &["fast-import", "--quiet"], &stream);
    fs::write(dir.join("made"), "").expect("the target folder can be written");
    dir
}

fn manifest(workload: usize, release: usize) -> String {
    let (name, tag) = (format!("name: realistic-{workload}"), format!("nginx:1.{release}.{workload}"));
    let manifest = MANIFEST.replacen("name: realistic", &name, 1).replace("registry.example.org/team/app:2.7.1", &tag);
    assert!(manifest.contains(&name) && manifest.contains(&tag));
    manifest
}

fn git(dir: &Path, args: &[&str], input: &str) {
    let mut command = Command::new("git");
    let mut child = command.args(args).current_dir(dir).stdin(Stdio::piped()).spawn().expect("git is installed");
    child.stdin.take().expect("stdin is piped").write_all(input.as_bytes()).expect("git reads");
    assert!(child.wait().expect("git ends").success(), "git {args:?}");
}
