//! The plan carried out: the files, the commit, and a look at what came out.

use super::TRAILER;
use super::current::Current;
use super::interrupt;
use super::onto::Onto;
use super::planned::Planned;
use super::rewrite::{FileChange, Lying};
use super::told::short;
use crate::cli::context::Context;
use crate::cli::failure::{Failure, Result};
use crate::cli::world::{World, of_git};
use crate::git::{Branch, CommitId, NotCommitted, RepoPath, Written};
use crate::output::{Diagnostic, Note};
use crate::text::shell_word;
use crate::yaml::{Dialect, Stream};

/// What came of it.
pub(in crate::cli) enum Outcome {
    Staged,
    Committed(CommitId),
}

/// Writes the files and commits them. Where git refuses, all is as it was.
pub(in crate::cli) fn write(
    world: &World,
    onto: &Onto,
    current: &Current,
    planned: &Planned,
    message: &str,
    stage: bool,
) -> Result<Outcome> {
    let Some(_lock) = world.repository.lock().map_err(of_git)? else {
        return Err(Failure::new("another rollbook is at work in this repository"));
    };
    let commit = match onto {
        Onto::Branch(branch) => by_plumbing(world, branch, planned, message)?,
        Onto::WorkTree => match in_work_tree(world, planned, message, stage)? {
            Some(commit) => commit,
            None => return Ok(Outcome::Staged),
        },
    };
    planned.files.iter().try_for_each(|file| verified(world, current, file, commit))?;
    Ok(Outcome::Committed(commit))
}

/// Brings the index along where a commit of this tool is there and git died before it did: it says for which files that had
/// to be.
pub(in crate::cli) fn finish(context: &mut Context, world: &World) -> Result<()> {
    let newest = world.repository.commit(world.tip).map_err(of_git)?;
    if !newest.message.as_str().contains(&format!("\n{TRAILER}")) {
        return Ok(());
    }
    let behind = world.repository.behind().map_err(of_git)?;
    if behind.is_empty() {
        return Ok(());
    }
    if let Err(error) = world.repository.stage(&behind) {
        let what = format!("it is committed as {}, and not in the index", short(world, world.tip));
        return Err(explained(world, what, &error).hint(restore_staged(&behind)));
    }
    for path in behind {
        let what = format!("`{}` is staged as it is committed: git had died before it did", path.shown().as_str());
        context.warn(&Diagnostic::from(&Note::new(what)))?;
    }
    Ok(())
}

fn by_plumbing(world: &World, branch: &Branch, planned: &Planned, message: &str) -> Result<CommitId> {
    let files: Vec<(&RepoPath, &[u8])> = planned.changed().map(|file| (&file.path, &file.text[..])).collect();
    let done = world.repository.commit_to(branch, world.tip, &files, message);
    done.map_err(|error| explained(world, format!("{error}, and the branch is where it was"), &error))
}

/// The commit; none where it is left to the user.
fn in_work_tree(world: &World, planned: &Planned, message: &str, stage: bool) -> Result<Option<CommitId>> {
    let repository = &world.repository;
    if repository.resolve("HEAD").map_err(of_git)? != world.tip {
        return Err(Failure::new("`HEAD` has moved meanwhile, and nothing is written").hint("git log -3"));
    }
    interrupt::outlive();
    let mut written = Vec::new();
    for file in planned.changed() {
        match put(world, file) {
            Ok(new) => written.extend(new),
            Err(error) => {
                let are_left = written.len() > put_back(world, written);
                return Err(if are_left { error.hint(FILES_ARE_LEFT) } else { error });
            }
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
        return Err(ended_early(world, planned, written, &error));
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

/// A file written as it is to be, unless somebody has written to it since it was looked at.
fn put(world: &World, file: &FileChange) -> Result<Option<Written>> {
    let repository = &world.repository;
    let (before, written) = match &file.lying {
        Lying::Settled => return Ok(None),
        Lying::Replaced { before, next } => (Some(before), repository.replace_file(&file.path, next)),
        Lying::New => (None, repository.bring_file(&file.path, &file.text)),
    };
    let written = written.map_err(of_git)?;
    if written.old().as_ref() == before {
        return Ok(Some(written));
    }
    repository.put_back(written).map_err(of_git)?;
    Err(Failure::new(format!("`{}` was written to meanwhile, and is as it was", file.path.shown().as_str())))
}

/// Puts files back as they were before: how many are.
fn put_back(world: &World, written: Vec<Written>) -> usize {
    written.into_iter().map(|file| world.repository.put_back(file).unwrap_or(false)).filter(|is_back| *is_back).count()
}

/// Why git did not come to its end, and how things stand: all as it was before, unless the commit is there.
fn ended_early(world: &World, planned: &Planned, written: Vec<Written>, error: &NotCommitted) -> Failure {
    let head = world.repository.resolve("HEAD").ok().filter(|head| *head != world.tip);
    let is_in = |commit, file: &FileChange| {
        world.repository.file_text(commit, &file.path).is_ok_and(|text| text.as_ref() == Some(&file.text))
    };
    if let Some(commit) = head.filter(|commit| planned.changed().all(|file| is_in(*commit, file))) {
        let paths: Vec<RepoPath> = planned.changed().map(|file| file.path.clone()).collect();
        let what = format!("committed as {}, but git did not come to its end", short(world, commit));
        return explained(world, what, error).hint(restore_staged(&paths));
    }
    let all = planned.changed().count();
    let are_back = put_back(world, written) == all;
    let state = match (all, are_back) {
        (1, true) => "the file is as it was",
        (_, true) => "the files are as they were",
        (1, false) => "the file is changed and not committed",
        (_, false) => "files are changed and not committed",
    };
    let failure = explained(world, format!("{error}, and {state}"), error);
    if are_back { failure } else { failure.hint(FILES_ARE_LEFT) }
}

const FILES_ARE_LEFT: &str =
    "git status shows what is changed and not committed: commit it, or git restore takes it back";

fn restore_staged(paths: &[RepoPath]) -> String {
    let words: Vec<String> = paths.iter().map(|path| shell_word(path.shown().as_str())).collect();
    format!("git restore --staged -- {}", words.join(" "))
}

/// What git said of it, and what to do where a lock lies in its way.
fn explained(world: &World, what: String, error: &NotCommitted) -> Failure {
    let said = match error {
        NotCommitted::Refused(words) => words.as_str().to_owned(),
        NotCommitted::NotRun(error) | NotCommitted::NoMessage(error) => error.to_string(),
    };
    let mut lines = said.lines().rev().map(str::to_owned);
    let last = anyhow::Error::msg(lines.next().unwrap_or_default());
    let words = lines.fold(last, |below, line| below.context(line));
    let failure = Failure::from(words.context(what));
    let Some(lock) = world.repository.lock_of_git(&said) else { return failure };
    let lock = shell_word(&lock.display().to_string());
    failure.hint(format!("another git is at work, or one has died: when none is, rm {lock}"))
}

/// Hooks may change what they are given: what was asked for has to be what is there.
fn verified(world: &World, current: &Current, file: &FileChange, commit: CommitId) -> Result<()> {
    let path = &file.path;
    let text = world.repository.file_text(commit, path).map_err(of_git)?.unwrap_or_default();
    let template = |text: &[u8]| current.object(text).and_then(|object| object.template().cloned());
    let is_asked_for = match *path == current.candidate.path {
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
