//! A repository that git itself reads: its format, or objects that stand for others, are beyond libgit2.

use std::path::{Path, PathBuf};

use super::batch::{Answer, Batch};
use super::error::Need;
use super::id::Id;
use super::path::native;
use super::program::{Git, Refusal};
use super::repository::Layout;
use super::{Error, Lack};

/// What is read through git's plumbing commands. Two of them stay running.
pub(super) struct Plumbing {
    pub git: Git,
    need: Need,
    objects: Batch,
    headers: Batch,
}

impl Plumbing {
    /// The repository that `dir` is in, if git opens it.
    pub fn open(dir: &Path, need: Need) -> Result<(Self, Layout), Error> {
        let git = Git::at(dir);
        let layout = layout(&git).map_err(|refusal| refused(dir, refusal, &need))?;
        Ok((Self { git, need, objects: Batch::of_objects(), headers: Batch::of_headers() }, layout))
    }

    /// The error for what can only be done through libgit2.
    pub fn cannot(&self, what: &'static str, dir: PathBuf) -> Error {
        Error::NotByProgram { dir, what, need: self.need.clone() }
    }

    /// The bytes of an object of that kind.
    pub fn read(&self, id: Id, kind: &'static str, lack: Lack) -> Result<Vec<u8>, Error> {
        let (answer, bytes) = self.objects.read(&self.git, &id.to_string()).map_err(not_run)?;
        expect(&answer, id, kind, lack).map(|_| bytes)
    }

    /// How many bytes an object of that kind has.
    pub fn size(&self, id: Id, kind: &'static str, lack: Lack) -> Result<u64, Error> {
        expect(&self.ask(&id.to_string())?, id, kind, lack)
    }

    /// What a revision names. None has a line's end in it.
    pub fn ask(&self, rev: &str) -> Result<Answer, Error> {
        match rev.contains(['\n', '\0']) {
            true => Ok(Answer::Missing),
            false => self.headers.ask(&self.git, rev).map_err(not_run),
        }
    }

    /// Whether the beginning of an id is that one's and no other's.
    pub fn names(&self, beginning: &str, id: Id) -> Result<bool, Error> {
        Ok(matches!(self.ask(beginning)?, Answer::Object { id: found, .. } if found == id))
    }

    /// The branch that is checked out, born or not; nothing where none is.
    pub fn branch(&self) -> Option<String> {
        self.line(&["symbolic-ref", "--quiet", "HEAD"])
    }

    /// What `HEAD` holds, whether there is such an object or not.
    pub fn head(&self) -> Option<Id> {
        Id::from_hex(self.line(&["rev-parse", "--verify", "--quiet", "HEAD"])?.as_bytes())
    }

    /// The one line that a command prints, if it does.
    pub fn line(&self, args: &[&str]) -> Option<String> {
        let printed = self.git.run(args).ok()?;
        let line = String::from_utf8_lossy(printed.trim_ascii_end()).into_owned();
        Some(line).filter(|line| !line.is_empty())
    }

    /// The whole names of all references.
    pub fn references(&self) -> Vec<String> {
        let names = self.git.run(&["for-each-ref", "--format=%(refname)"]).unwrap_or_default();
        String::from_utf8_lossy(&names).lines().map(str::to_owned).collect()
    }

    /// Whether objects stand for others.
    pub fn has_replacements(&self) -> bool {
        self.git.run(&["for-each-ref", "--count=1", "refs/replace/"]).is_ok_and(|names| !names.is_empty())
    }

    /// The values of a setting's keys, which are a regular expression.
    pub fn settings(&self, keys: &str) -> Vec<String> {
        let values = self.git.run(&["config", "--null", "--get-regexp", keys]).unwrap_or_default();
        let values = String::from_utf8_lossy(&values);
        let value = |row: &str| row.split_once('\n').map_or_else(String::new, |(_, value)| value.to_owned());
        values.split_terminator('\0').map(value).collect()
    }

    /// The commits that some reach and another does not, newest first, at most so many.
    pub fn reachable(&self, from: &[Id], not_from: Id, most: usize) -> Result<Vec<Id>, Error> {
        let commits = from.iter().map(Id::to_string).chain([format!("^{not_from}")]);
        let options = ["rev-list".to_owned(), "--date-order".to_owned(), format!("--max-count={most}")];
        let args: Vec<String> = options.into_iter().chain(commits).chain(["--".to_owned()]).collect();
        let listed = self.git.answer("list the commits of a merge", &args)?;
        Ok(listed.split(|byte| *byte == b'\n').filter_map(Id::from_hex).collect())
    }
}

fn expect(answer: &Answer, id: Id, kind: &'static str, lack: Lack) -> Result<u64, Error> {
    match answer {
        Answer::Object { kind: found, size, .. } if *found == kind => Ok(*size),
        Answer::Missing => Err(Error::Missing { kind, id: id.to_string(), lack }),
        // An older git ends where it may not fetch what a partial clone lacks.
        Answer::Died if lack == Lack::Partial => Err(Error::Missing { kind, id: id.to_string(), lack }),
        _ => Err(Error::Malformed { kind, id: id.to_string() }),
    }
}

fn not_run(error: std::io::Error) -> Error {
    Error::Git { action: "read the objects", reason: Refusal::NotRun(error).to_string().into() }
}

/// Where the parts of the repository are. (`--path-format=absolute` would be simpler, but git before 2.31 takes it for
/// something to print.)
fn layout(git: &Git) -> Result<Layout, Refusal> {
    let path = |name| {
        let printed = git.run(&["rev-parse", name])?;
        let place = native(printed.strip_suffix(b"\n").unwrap_or(&printed));
        // A path that is relative is so to where git was run.
        place
            .map(|place| git.dir().join(place))
            .ok_or_else(|| Refusal::Said("the name of its folder is no text".into()))
    };
    let (git_dir, common_dir) = (path("--absolute-git-dir")?, path("--git-common-dir")?);
    let work_dir = match &*git.run(&["rev-parse", "--is-bare-repository", "--is-inside-work-tree"])? {
        b"false\ntrue\n" => Some(path("--show-toplevel")?),
        // Inside of `.git` no work tree is told.
        b"false\nfalse\n" => git_dir.parent().filter(|_| git_dir.ends_with(".git")).map(Path::to_owned),
        _ => None,
    };
    Ok(Layout { git_dir, common_dir, work_dir })
}

/// Why git does not open the repository.
fn refused(dir: &Path, refusal: Refusal, need: &Need) -> Error {
    let dir = dir.to_owned();
    let words = match refusal {
        Refusal::NotRun(source) => return Error::NoProgram { dir, need: need.clone(), source },
        Refusal::Said(words) => words,
    };
    match words.strip_prefix("detected dubious ownership in repository at '") {
        Some(rest) => Error::NotOwned { dir: rest.split_once('\'').map_or(dir, |(place, _)| PathBuf::from(place)) },
        None => Error::Unsupported { dir, reason: words.into() },
    }
}
