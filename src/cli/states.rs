//! Two states of a repository: the files of them that differ, and what stands between these and a cluster.

use super::context::Context;
use super::failure::{Failure, Result};
use super::sources::Sources;
use super::world::{World, of_git};
use crate::git::{self, CommitId, RepoPath, Repository};
use crate::manifest::{self, Object, Problem, Reading, may_hold_objects};
use crate::output::Note;
use crate::snapshot::{Contents, Delta, File, Snapshot, Snapshots};
use crate::text::shell_word;
use crate::yaml::Dialect;

/// One end of a comparison.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    Commit(CommitId),
    /// What the next commit will have.
    Index,
    WorkTree,
}

/// Reads two states of a repository.
pub(super) fn read(context: &Context, repository: &Repository, [old, new]: [End; 2]) -> Result<Delta> {
    let mut snapshots = Snapshots::new(repository, context.index_file.clone());
    Ok(Delta::between(read_one(&mut snapshots, old)?, read_one(&mut snapshots, new)?))
}

/// Reads a state before which there is none.
pub(super) fn read_first(context: &Context, repository: &Repository, end: End) -> Result<Delta> {
    let mut snapshots = Snapshots::new(repository, context.index_file.clone());
    Ok(Delta::between(Snapshot::default(), read_one(&mut snapshots, end)?))
}

fn read_one(snapshots: &mut Snapshots, end: End) -> Result<Snapshot> {
    let read = match end {
        End::Commit(commit) => snapshots.of_tree(commit),
        End::Index => snapshots.of_index(),
        End::WorkTree => snapshots.of_work_tree(),
    };
    read.map_err(of_git)
}

/// The objects of the files that differ, or that may be rendered otherwise, as far as they are looked at.
pub(super) fn sources(context: &mut Context, world: &World, delta: &Delta) -> Result<[Sources; 2]> {
    let keep = |path: &str, object: &Object| world.namespaces.has(&object.identity, &RepoPath::from(path));
    let matters =
        |file: &&File| file.role.is_object() && file.path.is_under_any(&world.paths) && delta.may_differ(&file.path);
    let mut sources = |of: &Snapshot, other: &Snapshot| {
        let passed = of.passed.iter().map(|(path, _)| path);
        let files = of.files.iter().filter(matters).map(|file| (file, reading(file, other.file_at(&file.path))));
        Sources::of_files(context, files, passed, &keep)
    };
    Ok([sources(&delta.old, &delta.new)?, sources(&delta.new, &delta.old)?])
}

/// What was passed over in one of them and not in the other, and the charts that have changed.
pub(super) fn notes(delta: &Delta) -> Vec<Note> {
    let passed = delta.newly_passed().map(|(path, why)| Note::on(path.shown(), why.message()));
    let changed = |folder: &RepoPath| {
        Note::on(folder.shown(), "a file of this Helm chart is different: what the chart renders now is not known")
    };
    passed.chain(delta.changed_charts().into_iter().map(changed)).collect()
}

/// What a file says. One that has the words of no object is not read, as long as there was none in it: what cannot be read
/// to its end has not lost what it held.
fn reading(file: &File, other: Option<&File>) -> Reading {
    let Contents { text, reading } = &*file.contents;
    if may_hold_objects(text) || other.is_none_or(|other| other.contents.reading.objects.is_empty()) {
        return reading.clone();
    }
    let mut reading = manifest::read(text, Dialect::Kubectl);
    reading.errors.retain(|error| matches!(error.problem, Problem::Unreadable(_)));
    reading
}

/// Two commits: the second, and where it went apart from the first, or that itself.
pub(super) fn between(
    repository: &Repository,
    from: &str,
    (to, new): (&str, CommitId),
    direct: bool,
) -> Result<[End; 2]> {
    let old = repository.resolve(from).map_err(|error| not_here(repository, from, error))?;
    let old = if direct { old } else { base(repository, (from, old), (to, new))? };
    Ok([End::Commit(old), End::Commit(new)])
}

/// The commit that two ends went apart from.
fn base(repository: &Repository, from: (&str, CommitId), to: (&str, CommitId)) -> Result<CommitId> {
    if let Some(base) = repository.merge_base(from.1, to.1).map_err(of_git)? {
        return Ok(base);
    }
    let (from, to) = (from.0.escape_debug(), to.0.escape_debug());
    let failure = match repository.is_shallow() {
        true => {
            Failure::new(format!("this shallow clone does not have the commit where `{from}` and `{to}` went apart"))
                .hint("git fetch --unshallow")
        }
        false => Failure::new(format!("`{from}` and `{to}` have no commit in common")),
    };
    Err(failure.hint("--direct compares the two ends as they are"))
}

/// Git shows no fewer digits of an id by itself.
const SHORTEST_ID: usize = 7;

/// A commit that cannot be found: a shallow clone may get it, an ancestor of one that it has or a branch.
pub(super) fn not_here(repository: &Repository, rev: &str, error: git::Error) -> Failure {
    if !repository.is_shallow() {
        return of_git(error);
    }
    let (known, steps) = rev.split_at(rev.find(['^', '~']).unwrap_or(rev.len()));
    if !steps.is_empty() && repository.resolve(known).is_ok() {
        return Failure::from(error).hint(format!("git fetch --deepen={}", generations(steps)));
    }
    // An id has no branch to ask for.
    if rev.len() >= SHORTEST_ID && rev.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return of_git(error).hint("git fetch --unshallow");
    }
    let (remote, branch) = rev.split_once('/').unwrap_or(("origin", rev));
    let refspec = shell_word(&format!("+refs/heads/{branch}:refs/remotes/{remote}/{branch}"));
    of_git(error).hint(format!("git fetch --unshallow {} {refspec}", shell_word(remote)))
}

/// How far back `^`, `^2` and `~20` lead, one after another.
fn generations(steps: &str) -> u64 {
    let starts = steps.match_indices(['^', '~']);
    let far = starts.map(|(at, sign)| {
        let rest = &steps[at + 1..];
        let number = &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())];
        if sign == "~" { number.parse().unwrap_or(1) } else { 1 }
    });
    far.fold(0, u64::saturating_add).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_back_are_added_up() {
        for (steps, far) in [("^", 1), ("^2", 1), ("~", 1), ("~20", 20), ("^^", 2), ("~3^2~2", 6), ("^0", 1), ("~0", 1)]
        {
            assert_eq!(generations(steps), far, "{steps}");
        }
    }
}
