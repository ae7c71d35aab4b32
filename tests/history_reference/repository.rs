//! A repository made, and read back, by git's command line alone.

use super::generator::Commit;
use super::manifests::{File, Tree};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub struct Repository {
    pub dir: PathBuf,
}

/// The files of a commit: path to blob.
pub type Listing = BTreeMap<String, String>;

impl Repository {
    /// Makes a bare repository of the commits by one `git fast-import`.
    pub fn make(dir: &Path, commits: &[Commit]) -> Repository {
        let repository = Repository { dir: dir.join("repository.git") };
        std::fs::create_dir_all(&repository.dir).expect("the folder is ours");
        std::fs::write(repository.stream_path(), stream(commits)).expect("the folder is ours");
        repository.git(&["init", "-q", "--bare", "-b", "main"], b"");
        let stream = std::fs::read(repository.stream_path()).expect("it was just written");
        repository.git(&["fast-import", "--quiet"], &stream);
        repository
    }

    /// What made the repository, to make it again where a comparison fails.
    pub fn stream_path(&self) -> PathBuf {
        self.dir.with_file_name("stream")
    }

    /// The commits of the first-parent line with their files, the oldest first.
    pub fn first_parents(&self) -> Vec<(String, Listing)> {
        let ids = self.git(&["rev-list", "--first-parent", "--reverse", "main"], b"");
        let ids = String::from_utf8(ids).expect("ids are ASCII");
        ids.lines().map(|id| (id.to_owned(), self.listing(id))).collect()
    }

    fn listing(&self, commit: &str) -> Listing {
        let lines = String::from_utf8(self.git(&["ls-tree", "-r", commit], b"")).expect("the paths are ASCII");
        let file = |line: &str| {
            let (entry, path) = line.split_once('\t')?;
            Some((path.to_owned(), entry.split(' ').nth(2)?.to_owned()))
        };
        lines.lines().filter_map(file).collect()
    }

    /// The bytes of all blobs of the listings.
    pub fn blobs(&self, history: &[(String, Listing)]) -> HashMap<String, Vec<u8>> {
        let ids: HashSet<&String> = history.iter().flat_map(|(_, files)| files.values()).collect();
        let asked: String = ids.iter().map(|id| format!("{id}\n")).collect();
        let answer = self.git(&["cat-file", "--batch"], asked.as_bytes());
        let (mut blobs, mut rest) = (HashMap::new(), &answer[..]);
        while let Some(end) = rest.iter().position(|&byte| byte == b'\n') {
            let head = std::str::from_utf8(&rest[..end]).expect("the head is ASCII");
            let mut words = head.split(' ');
            let (id, size) = (words.next().expect("an id"), words.nth(1).expect("a size"));
            let size: usize = size.parse().expect("a number");
            blobs.insert(id.to_owned(), rest[end + 1..end + 1 + size].to_vec());
            rest = &rest[end + 2 + size..];
        }
        blobs
    }

    fn git(&self, args: &[&str], input: &[u8]) -> Vec<u8> {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(&self.dir)
            .args(args)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("git is installed");
        let mut stdin = child.stdin.take().expect("it is piped");
        let output = std::thread::scope(|scope| {
            scope.spawn(move || stdin.write_all(input).expect("git reads its input"));
            child.wait_with_output().expect("git ends")
        });
        assert!(output.status.success(), "git {args:?} in {}", self.dir.display());
        output.stdout
    }
}

/// All commits as `git fast-import` reads them: each the difference to its first parent.
fn stream(commits: &[Commit]) -> String {
    let mut text = String::new();
    for (number, commit) in commits.iter().enumerate() {
        let time = 1_790_845_200 + number * 3_600;
        // The last commit on the branch is what it points to.
        write!(text, "commit refs/heads/main\nmark :{}\ncommitter Ada <ada@example.org> {time} +0000\n", number + 1)
            .expect("a String takes all");
        let message = format!("commit {number}");
        writeln!(text, "data {}\n{message}", message.len()).expect("a String takes all");
        for (place, parent) in commit.parents.iter().enumerate() {
            writeln!(text, "{} :{}", if place == 0 { "from" } else { "merge" }, parent + 1)
                .expect("a String takes all");
        }
        let empty = Tree::new();
        let before = commit.parents.first().map_or(&empty, |&parent| &commits[parent].tree);
        changes(&mut text, before, &commit.tree);
    }
    text
}

fn changes(stream: &mut String, before: &Tree, after: &Tree) {
    for path in before.keys().filter(|path| !after.contains_key(*path)) {
        writeln!(stream, "D {path}").expect("a String takes all");
    }
    for (path, file) in after {
        let text = file.text();
        if before.get(path).map(File::text).as_ref() != Some(&text) {
            write!(stream, "M 100644 inline {path}\ndata {}\n{text}\n", text.len()).expect("a String takes all");
        }
    }
    stream.push('\n');
}
