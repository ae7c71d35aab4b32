//! The door that writes: enough for the demo's repository, and nothing that touches one that is there.

use std::fs;
use std::path::Path;

use git2::{IndexAddOption, RepositoryInitOptions};

use super::{CommitId, Error, RepoPath, Repository, Signature, Time};

/// Makes a repository with a work tree and the branch `main` in a folder that has none.
pub fn init(dir: &Path) -> Result<Repository, Error> {
    let mut options = RepositoryInitOptions::new();
    options.initial_head("main").no_reinit(true).external_template(false);
    let made = git2::Repository::init_opts(dir, &options).and_then(|repository| {
        // The files are written as they are committed, whatever the user's settings.
        let mut config = repository.config()?;
        config.set_bool("core.autocrlf", false)?;
        // Whoever tries it needs no name and no key.
        config.set_str("user.name", "Cleo Example")?;
        config.set_str("user.email", "cleo@example.com")?;
        config.set_bool("commit.gpgSign", false)
    });
    made.map_err(|error| Error::git("make a repository", &error))?;
    Repository::open(dir)
}

/// Writes files (`None` removes one) to the work tree and commits them to the branch that is checked out.
///
/// ```
/// use rollbook::git::{RepoPath, Signature, Time, commit_files, init};
///
/// let dir = tempfile::tempdir()?;
/// let repository = init(dir.path())?;
/// let author = Signature { name: "Ada".into(), email: "ada@example.org".into() };
/// let time = Time { seconds: 1_790_000_000, offset_minutes: 120 };
/// let files = [(RepoPath::from("web.yaml"), Some("kind: Deployment\n"))];
/// let id = commit_files(&repository, &files, &author, time, "web: first release\n")?;
/// assert_eq!(repository.head()?, id);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn commit_files(
    repository: &Repository,
    files: &[(RepoPath, Option<&str>)],
    author: &Signature,
    time: Time,
    message: &str,
) -> Result<CommitId, Error> {
    for (path, text) in files {
        write_file(repository, path, *text)?;
    }
    commit_all(repository.library("write commits")?, author, time, message)
        .map_err(|error| Error::git("commit", &error))
}

fn write_file(repository: &Repository, path: &RepoPath, text: Option<&str>) -> Result<(), Error> {
    let (Some(root), Some(relative)) = (repository.work_dir(), path.to_file_system()) else { return Ok(()) };
    let file = root.join(relative);
    let folder = file.parent().unwrap_or(root);
    let written = match text {
        Some(text) => fs::create_dir_all(folder).and_then(|()| fs::write(&file, text)),
        None => fs::remove_file(&file),
    };
    written.map_err(|source| Error::Write { path: path.shown(), source })
}

fn commit_all(
    repository: &git2::Repository,
    author: &Signature,
    time: Time,
    message: &str,
) -> Result<CommitId, git2::Error> {
    let time = git2::Time::new(time.seconds, time.offset_minutes);
    let author = git2::Signature::new(author.name.as_str(), author.email.as_str(), &time)?;
    let mut index = repository.index()?;
    index.add_all(["*"], IndexAddOption::FORCE, None)?;
    index.update_all(["*"], None)?;
    index.write()?;
    let tree = repository.find_tree(index.write_tree()?)?;
    let parent = repository.head().and_then(|head| head.peel_to_commit()).ok();
    let parents: Vec<_> = parent.iter().collect();
    repository.commit(Some("HEAD"), &author, &author, message, &tree, &parents).map(|id| CommitId(id.into()))
}
