//! The plan carried out: the file, the commit, and a look at what came out.

use super::back::{Back, short};
use super::planned::Planned;
use crate::cli::failure::{Failure, Result};
use crate::cli::world::{World, of_git};
use crate::git::{CommitId, NotCommitted};
use crate::text::shell_word;

/// What came of it.
pub(super) enum Outcome {
    Staged,
    Committed(CommitId),
}

/// Writes the file and commits it. Where git refuses, the file is as it was.
pub(super) fn write(world: &World, back: &Back, planned: &Planned, message: &str, stage: bool) -> Result<Outcome> {
    let repository = &world.repository;
    let Some(_lock) = repository.lock().map_err(of_git)? else {
        return Err(Failure::new("another `rollbook undo` is at work in this repository"));
    };
    let paths = std::slice::from_ref(&back.candidate.path);
    if let Some([_, next]) = &planned.work_tree {
        repository.replace_file(&paths[0], next).map_err(of_git)?;
    }
    let done = if stage { repository.stage(paths) } else { repository.commit_only(paths, message) };
    if let Err(error) = done {
        return Err(taken_back(world, back, planned, error));
    }
    if stage {
        return Ok(Outcome::Staged);
    }
    let (commit, parent) = repository.head_and_parent().map_err(of_git)?;
    if parent != Some(world.tip) {
        let what = format!("`HEAD` moved meanwhile: {} is not the commit that was asked for", short(world, commit));
        return Err(Failure::new(what).hint("git log -3"));
    }
    verified(world, back, planned, commit)?;
    Ok(Outcome::Committed(commit))
}

/// The file as it was before, and why.
fn taken_back(world: &World, back: &Back, planned: &Planned, error: NotCommitted) -> Failure {
    let path = &back.candidate.path;
    let moved = world.repository.resolve("HEAD").is_ok_and(|head| head != world.tip);
    let is_ours = |next: &[u8]| world.repository.raw_file(path).is_ok_and(|raw| raw.as_deref() == Some(next));
    let said = match &error {
        NotCommitted::Refused(words) => words.as_str().to_owned(),
        NotCommitted::NotRun(error) => error.to_string(),
    };
    let state = match &planned.work_tree {
        Some([before, next]) if !moved && is_ours(next) => match world.repository.replace_file(path, before) {
            Ok(()) => "the file is as it was".to_owned(),
            Err(error) => format!("the file is changed and not committed: {error}"),
        },
        _ => "the file is changed and not committed".to_owned(),
    };
    let mut lines = said.lines().rev().map(str::to_owned);
    let last = anyhow::Error::msg(lines.next().unwrap_or_default());
    let words = lines.fold(last, |below, line| below.context(line));
    let failure = Failure::from(words.context(format!("{error}, and {state}")));
    match said.contains("index.lock") {
        true => failure.hint("another git is at work, or one has died: when none is, remove the file that git names"),
        false => failure,
    }
}

/// Hooks may change what they are given: what was asked for has to be what is there.
fn verified(world: &World, back: &Back, planned: &Planned, commit: CommitId) -> Result<()> {
    let path = &back.candidate.path;
    let text = world.repository.file_text(commit, path).map_err(of_git)?.unwrap_or_default();
    let template = |text: &[u8]| back.object(text).and_then(|object| object.template().cloned());
    if text == planned.text || template(&text).is_some() && template(&text) == template(&planned.text) {
        return Ok(());
    }
    let what = format!(
        "a hook has changed `{}` in {}: it is not what was asked for",
        path.shown().as_str(),
        short(world, commit)
    );
    Err(Failure::new(what).hint(format!("git show {} -- {}", short(world, commit), shell_word(path.shown().as_str()))))
}
