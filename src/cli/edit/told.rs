//! What is said of a change: in the message of its commit, and to the user.

use super::onto::Onto;
use crate::cli::world::World;
use crate::git::{Branch, CommitId};
use crate::output::DiffItem;
use crate::text::{Untrusted, shell_word};

/// A text of the repository as one line without control characters: it cannot make a trailer of its own.
pub(in crate::cli) fn line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    Untrusted::from(words.join(" ")).terminal().to_string()
}

/// The first digits of a commit.
pub(in crate::cli) fn short(world: &World, commit: CommitId) -> String {
    world.repository.short_id(commit).unwrap_or_else(|_| commit.to_string())
}

/// `Rolls: yes, web-6c5f67b5f7 → web-7d4b8c9f6d (Kubernetes 1.37)`, for a message.
pub(in crate::cli) fn verdict(item: &DiffItem) -> String {
    let verdict = &item.verdict;
    match names(item) {
        Some(names) => format!("Rolls: {}, {names} (Kubernetes {})", verdict.rolls.word(), verdict.kube_version),
        None => format!("Rolls: {}, {}", verdict.rolls.word(), verdict.why.plain()),
    }
}

/// `rolls: yes, the pods get another template: web-6c5f67b5f7 → web-7d4b8c9f6d (1.37)`, for the user.
pub(in crate::cli) fn rolls(item: &DiffItem) -> String {
    let verdict = &item.verdict;
    let names = names(item).map_or_else(String::new, |names| format!(": {names} ({})", verdict.kube_version));
    format!("rolls: {}, {}{names}\n", verdict.rolls.word(), verdict.why.plain())
}

fn names(item: &DiffItem) -> Option<String> {
    match &item.verdict.names {
        [Some(from), Some(to)] if from != to => Some(format!("{} → {}", line(from.as_str()), line(to.as_str()))),
        [None, Some(to)] => Some(line(to.as_str())),
        _ => None,
    }
}

/// The message of a commit that is not made.
pub(in crate::cli) fn preview(message: &str) -> String {
    let lines = message.lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n");
    format!("the commit:\n\n{}", lines.collect::<String>())
}

/// Which commit it is, how to take it back, and what makes it live.
pub(in crate::cli) fn next(world: &World, onto: &Onto, commit: CommitId) -> String {
    let id = short(world, commit);
    match onto {
        Onto::WorkTree => {
            let on = match world.repository.branch("HEAD") {
                Ok(None) => "to keep it, as `HEAD` is on no branch: git switch -c NAME",
                _ => "to have it deployed: git push",
            };
            format!("committed as {id}\nto take it back: git revert {id}\n{on}\n")
        }
        Onto::Branch(branch) => on_branch(world, branch, &id),
    }
}

fn on_branch(world: &World, branch: &Branch, id: &str) -> String {
    let word = |name: &Untrusted| shell_word(&name.terminal().to_string());
    let full = word(&branch.full_name());
    let name = word(&branch.name());
    let take_back = match branch.at() {
        None => format!("git branch -D {name}"),
        Some(at) => format!("git update-ref {full} {} {id}", short(world, at)),
    };
    let mut next =
        format!("committed as {id} on the branch {name}; hooks of commits did not run\nto take it back: {take_back}\n");
    if let Some(remote) = world.repository.remote() {
        let why = if branch.at().is_none() { "have it reviewed" } else { "have it deployed" };
        next.push_str(&format!("to {why}: git push {} {name}\n", word(&remote)));
    }
    next
}
