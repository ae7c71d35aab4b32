//! The plan carried out: the files, the commit, and a look at what came out.

use super::back::{Back, short};
use super::onto::Onto;
use super::planned::Planned;
use super::rewrite::{FileChange, Lying};
use crate::cli::failure::{Failure, Result};
use crate::cli::world::{World, of_git};
use crate::git::{Branch, CommitId, NotCommitted, RepoPath};
use crate::text::shell_word;
use crate::yaml::{Dialect, Stream};

/// What came of it.
pub(super) enum Outcome {
    Staged,
    Committed(CommitId),
}

/// Writes the files and commits them. Where git refuses, all is as it was.
pub(super) fn write(
    world: &World,
    onto: &Onto,
    back: &Back,
    planned: &Planned,
    message: &str,
    stage: bool,
) -> Result<Outcome> {
    let Some(_lock) = world.repository.lock().map_err(of_git)? else {
        return Err(Failure::new("another `rollbook undo` is at work in this repository"));
    };
    let commit = match onto {
        Onto::Branch(branch) => by_plumbing(world, branch, planned, message)?,
        Onto::WorkTree => match in_work_tree(world, planned, message, stage)? {
            Some(commit) => commit,
            None => return Ok(Outcome::Staged),
        },
    };
    planned.files.iter().try_for_each(|file| verified(world, back, file, commit))?;
    Ok(Outcome::Committed(commit))
}

fn by_plumbing(world: &World, branch: &Branch, planned: &Planned, message: &str) -> Result<CommitId> {
    let files: Vec<(&RepoPath, &[u8])> = planned.changed().map(|file| (&file.path, &file.text[..])).collect();
    let done = world.repository.commit_to(branch, world.tip, &files, message);
    done.map_err(|error| refused(&error, "the branch is where it was"))
}

/// The commit; none where it is left to the user.
fn in_work_tree(world: &World, planned: &Planned, message: &str, stage: bool) -> Result<Option<CommitId>> {
    let repository = &world.repository;
    let mut written = Vec::new();
    for file in planned.changed() {
        written.push(file);
        let done = match &file.lying {
            Lying::Settled => Ok(()),
            Lying::Replaced { next, .. } => repository.replace_file(&file.path, next),
            Lying::New => repository.bring_file(&file.path, &file.text),
        };
        if let Err(error) = done {
            taken_back(world, &written);
            return Err(of_git(error));
        }
    }
    let all: Vec<RepoPath> = planned.changed().map(|file| file.path.clone()).collect();
    // Git commits no file that it does not know.
    let new: Vec<RepoPath> =
        planned.changed().filter(|file| file.before.is_none()).map(|file| file.path.clone()).collect();
    let done = match (stage, &new[..]) {
        (true, _) => repository.stage(&all),
        (false, []) => repository.commit_only(&all, message),
        (false, new) => repository.stage(new).and_then(|()| repository.commit_only(&all, message)),
    };
    if let Err(error) = done {
        return Err(refused(&error, taken_back(world, &written)));
    }
    if stage {
        return Ok(None);
    }
    let (commit, parent) = repository.head_and_parent().map_err(of_git)?;
    if parent != Some(world.tip) {
        let what = format!("`HEAD` moved meanwhile: {} is not the commit that was asked for", short(world, commit));
        return Err(Failure::new(what).hint("git log -3"));
    }
    Ok(Some(commit))
}

/// Puts the files back as they were before, and says how it went.
fn taken_back(world: &World, written: &[&FileChange]) -> &'static str {
    let repository = &world.repository;
    let moved = repository.resolve("HEAD").is_ok_and(|head| head != world.tip);
    let is_back = |file: &&FileChange| {
        let lies = |next: &[u8]| repository.raw_file(&file.path).is_ok_and(|raw| raw.as_deref() == Some(next));
        match &file.lying {
            Lying::Settled => false,
            Lying::Replaced { before, .. } if lies(before) => true,
            Lying::Replaced { before, next } => lies(next) && repository.replace_file(&file.path, before).is_ok(),
            Lying::New => repository.drop_brought_file(&file.path).is_ok(),
        }
    };
    match (moved, written) {
        (false, [one]) if is_back(one) => "the file is as it was",
        (false, several) if several.len() > 1 && several.iter().all(is_back) => "the files are as they were",
        (_, [_]) => "the file is changed and not committed",
        _ => "files are changed and not committed",
    }
}

/// What git said, and how things stand.
fn refused(error: &NotCommitted, state: &str) -> Failure {
    let said = match error {
        NotCommitted::Refused(words) => words.as_str().to_owned(),
        NotCommitted::NotRun(error) => error.to_string(),
    };
    let mut lines = said.lines().rev().map(str::to_owned);
    let last = anyhow::Error::msg(lines.next().unwrap_or_default());
    let words = lines.fold(last, |below, line| below.context(line));
    let failure = Failure::from(words.context(format!("{error}, and {state}")));
    match said.contains(".lock") {
        true => failure.hint("another git is at work, or one has died: when none is, remove the file that git names"),
        false => failure,
    }
}

/// Hooks may change what they are given: what was asked for has to be what is there.
fn verified(world: &World, back: &Back, file: &FileChange, commit: CommitId) -> Result<()> {
    let path = &file.path;
    let text = world.repository.file_text(commit, path).map_err(of_git)?.unwrap_or_default();
    let template = |text: &[u8]| back.object(text).and_then(|object| object.template().cloned());
    let is_asked_for = match *path == back.candidate.path {
        true => template(&text).is_some() && template(&text) == template(&file.text),
        false => Stream::parse(&text, Dialect::Kubectl)
            .documents
            .iter()
            .map(|document| &document.root)
            .eq(Stream::parse(&file.text, Dialect::Kubectl).documents.iter().map(|document| &document.root)),
    };
    if text == file.text || is_asked_for {
        return Ok(());
    }
    let what = format!(
        "a hook has changed `{}` in {}: it is not what was asked for",
        path.shown().as_str(),
        short(world, commit)
    );
    Err(Failure::new(what).hint(format!("git show {} -- {}", short(world, commit), shell_word(path.shown().as_str()))))
}
