//! The repository that is measured: made once, the same everywhere, by `git fast-import`.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub const COMMITS: usize = 30_000;
/// How many of them change the watched manifest, its first commit and its move among them.
pub const CHANGES: usize = 1_600;
pub const MANIFEST: &str = "apps/team-07/svc-042.yaml";
pub const OLD_MANIFEST: &str = "services/svc-042.yaml";

const SERVICES: usize = 300;
const TEAMS: usize = 12;
const WATCHED: usize = 42;
/// The change of the watched manifest that moves it.
const MOVE: usize = 600;
const START: usize = 1_700_000_000;
/// Counted up when what is made changes, so that an older one is made anew.
const LAYOUT: u32 = 1;

/// Where everything is that is compared.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("compare")
}

/// The repository's folder, under `target/compare`.
pub fn make() -> PathBuf {
    let dir = folder().join(format!("v{LAYOUT}.git"));
    if dir.join("made").exists() {
        return dir;
    }
    eprintln!("making {COMMITS} commits in {}", dir.display());
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).expect("the target folder can be written");
    git(&dir, &["init", "-q", "--bare", "--initial-branch=main"]);
    import(&dir).expect("git takes the stream");
    git(&dir, &["-c", "pack.threads=1", "repack", "-adfq"]);
    fs::write(dir.join("made"), "").expect("the target folder can be written");
    dir
}

pub fn forget_commit_graph(dir: &Path) {
    let _ = fs::remove_file(dir.join("objects/info/commit-graph"));
}

fn git(dir: &Path, args: &[&str]) {
    let status = Command::new("git").args(args).current_dir(dir).status().expect("git is installed");
    assert!(status.success(), "git {args:?}");
}

fn import(dir: &Path) -> io::Result<()> {
    let mut command = Command::new("git");
    command.args(["fast-import", "--quiet"]).current_dir(dir).stdin(Stdio::piped());
    let mut child = command.spawn()?;
    let mut stream = BufWriter::new(child.stdin.take().expect("stdin is piped"));
    History::default().write(&mut stream)?;
    stream.flush()?;
    drop(stream);
    assert!(child.wait()?.success(), "git fast-import");
    Ok(())
}

/// How often each service was released up to now.
struct History {
    releases: Vec<usize>,
    random: u64,
}

impl Default for History {
    fn default() -> Self {
        Self { releases: vec![0; SERVICES], random: 42 }
    }
}

impl History {
    fn write(&mut self, stream: &mut impl Write) -> io::Result<()> {
        self.commit(stream, 0, "import all services")?;
        for service in 0..SERVICES {
            self.file(stream, service)?;
        }
        for number in 1..COMMITS {
            let due = number * CHANGES / COMMITS > (number - 1) * CHANGES / COMMITS;
            let service = self.next(SERVICES);
            match (due, service, self.next(4)) {
                (true, ..) => self.release(stream, number, WATCHED)?,
                (false, WATCHED, _) | (false, _, 0) => self.other_file(stream, number)?,
                (false, service, _) => self.release(stream, number, service)?,
            }
        }
        Ok(())
    }

    fn release(&mut self, stream: &mut impl Write, number: usize, service: usize) -> io::Result<()> {
        self.releases[service] += 1;
        let release = self.releases[service];
        self.commit(stream, number, &format!("svc-{service:03}: roll out 1.{release}.0"))?;
        if (service, release) == (WATCHED, MOVE) {
            writeln!(stream, "D {OLD_MANIFEST}")?;
        }
        self.file(stream, service)
    }

    fn other_file(&mut self, stream: &mut impl Write, number: usize) -> io::Result<()> {
        self.commit(stream, number, &format!("docs: note {number}"))?;
        let path = format!("docs/area-{:02}/page-{:02}.md", self.next(20), self.next(30));
        inline(stream, &path, &format!("# Page\n\nChanged at {number}.\n"))
    }

    fn commit(&self, stream: &mut impl Write, number: usize, subject: &str) -> io::Result<()> {
        let time = START + number * 900;
        let person = format!("Developer {0} <dev-{0}@example.org> {time} +0100", number % 40);
        let message = format!("{subject}\n\nReviewed in the team's channel.\nTicket: OPS-{number}\n");
        writeln!(stream, "commit refs/heads/main\nauthor {person}\ncommitter {person}")?;
        writeln!(stream, "data {}\n{message}", message.len())
    }

    fn file(&self, stream: &mut impl Write, service: usize) -> io::Result<()> {
        let release = self.releases[service];
        let team = service % TEAMS + 1;
        let path = match service {
            WATCHED if release < MOVE => OLD_MANIFEST.to_owned(),
            _ => format!("apps/team-{team:02}/svc-{service:03}.yaml"),
        };
        inline(stream, &path, &manifest(service, team, release))
    }

    /// A linear congruential generator: the same repository on every machine.
    fn next(&mut self, below: usize) -> usize {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.random >> 33) as usize % below
    }
}

fn inline(stream: &mut impl Write, path: &str, text: &str) -> io::Result<()> {
    writeln!(stream, "M 644 inline {path}\ndata {}\n{text}", text.len())
}

pub fn manifest(service: usize, team: usize, release: usize) -> String {
    let mut env = String::new();
    for variable in 0..4 + service % 12 {
        let value = service * 31 + variable * 7;
        write!(env, "\n            - name: SETTING_{variable}\n              value: \"{value}\"")
            .expect("a String takes all");
    }
    format!(
        include_str!("manifest.yaml"),
        name = format_args!("svc-{service:03}"),
        replicas = 2 + service % 5,
        team = team,
        release = release,
        env = env
    )
}
