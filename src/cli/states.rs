//! Two states of a repository: the files of them that differ, and what stands between these and a cluster.

use super::context::Context;
use super::failure::{Failure, Result};
use super::sources::Sources;
use super::world::{World, of_git};
use crate::git::{self, CommitId, RepoPath};
use crate::manifest::{self, Object, Problem, Reading, may_hold_objects};
use crate::output::Note;
use crate::snapshot::{Contents, File, Passed, Role, Snapshot, Snapshots, is_manifest};
use crate::text::{Untrusted, shell_word};
use crate::yaml::Dialect;
use std::collections::BTreeSet;
use std::rc::Rc;

/// One end of a comparison.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    Commit(CommitId),
    /// What the next commit will have.
    Index,
    WorkTree,
}

/// Two states of a repository.
pub(super) struct States {
    old: Snapshot,
    new: Snapshot,
    /// The files that are not the same in both.
    changed: BTreeSet<RepoPath>,
}

/// What changes the templates of a file on their way to the cluster.
#[derive(Clone, Default)]
pub(super) struct Shaping {
    /// The kustomizations that do.
    pub by: Vec<Untrusted>,
    /// Whether what they make may be another thing in the new state, of equal files too.
    pub changed: bool,
}

impl States {
    /// Reads both.
    pub fn read(context: &Context, world: &World, [old, new]: [End; 2]) -> Result<States> {
        let mut snapshots = Snapshots::new(&world.repository, context.index_file.clone());
        let mut read = |end| match end {
            End::Commit(commit) => snapshots.of_tree(commit),
            End::Index => snapshots.of_index(),
            End::WorkTree => snapshots.of_work_tree(),
        };
        let (old, new) = (read(old).map_err(of_git)?, read(new).map_err(of_git)?);
        let changed = changed(&old, &new).chain(changed(&new, &old)).collect();
        Ok(States { old, new, changed })
    }

    /// The objects of the files that differ, or that may be rendered otherwise, as far as they are looked at.
    pub fn sources(&self, context: &mut Context, world: &World) -> Result<[Sources; 2]> {
        let is_looked_at = |path: &RepoPath| world.paths.is_empty() || world.paths.iter().any(|of| path.is_under(of));
        let keep = |path: &str, object: &Object| world.namespaces.has(&object.identity, &RepoPath::from(path));
        let matters = |file: &&File| file.role.is_object() && is_looked_at(&file.path) && self.may_differ(&file.path);
        let mut sources = |of: &Snapshot, other: &Snapshot| {
            let passed = of.passed.iter().map(|(path, _)| path);
            let files = of.files.iter().filter(matters).map(|file| (file, reading(file, other.file_at(&file.path))));
            Sources::of_files(context, files, passed, &keep)
        };
        Ok([sources(&self.old, &self.new)?, sources(&self.new, &self.old)?])
    }

    /// Whether what a file brings to a cluster may be another thing.
    pub fn may_differ(&self, path: &RepoPath) -> bool {
        self.changed.contains(path) || self.shaping([path, path]).changed
    }

    /// What changes the templates of a file, by its paths in both states.
    pub fn shaping(&self, [old, new]: [&RepoPath; 2]) -> Shaping {
        let sides = [(&self.old, old), (&self.new, new)];
        let roles = sides.map(|(of, path)| of.file_at(path).map(|file| &file.role));
        let by: BTreeSet<&RepoPath> = roles.iter().flatten().flat_map(|role| role.rendered_by()).collect();
        if by.is_empty() {
            return Shaping::default();
        }
        let [before, after] = sides.map(|(of, path)| {
            of.rendering.shapers(path).into_iter().map(|(file, _)| file.clone()).collect::<BTreeSet<RepoPath>>()
        });
        let works_with = |of: &Snapshot, shapers: &BTreeSet<RepoPath>| {
            let inputs = of.rendering.inputs();
            // Of what is no manifest, the snapshots do not tell whether it changed.
            let matters = |input: &RepoPath| self.changed.contains(input) || !is_manifest(input.name());
            let is_theirs =
                |input: &RepoPath| of.rendering.shaped_with(input).is_some_and(|(file, _)| shapers.contains(&file));
            inputs.iter().any(|input| matters(input) && is_theirs(input))
        };
        let changed = roles[0] != roles[1] && roles.iter().all(Option::is_some)
            || before != after
            || before.iter().any(|file| self.changed.contains(file))
            || works_with(&self.old, &before)
            || works_with(&self.new, &after);
        Shaping { by: by.into_iter().map(RepoPath::shown).collect(), changed }
    }

    /// All of both.
    pub fn snapshots(&self) -> [&Snapshot; 2] {
        [&self.old, &self.new]
    }

    /// What was passed over in one of them and not in the other, and the charts that have changed.
    pub fn notes(&self) -> Vec<Note> {
        let only = |of: &&(RepoPath, Passed)| !self.old.passed.contains(of);
        let passed = self.new.passed.iter().filter(only).map(|(path, why)| Note::on(path.shown(), why.message()));
        let role = |path: &RepoPath| self.new.file_at(path).or(self.old.file_at(path)).map(|file| &file.role);
        let chart = |path: &RepoPath| match role(path) {
            Some(Role::Chart(folder)) => Some(folder.clone()),
            _ => None,
        };
        let charts: BTreeSet<RepoPath> = self.changed.iter().filter_map(chart).collect();
        let changed = |folder: RepoPath| {
            Note::on(folder.shown(), "a file of this Helm chart is different: what the chart renders now is not known")
        };
        passed.chain(charts.into_iter().map(changed)).collect()
    }
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

/// The files of one state that the other does not have so: the same text can be a patch here and an object there.
fn changed<'s>(one: &'s Snapshot, other: &'s Snapshot) -> impl Iterator<Item = RepoPath> + 's {
    let is_same = |file: &File| {
        other.file_at(&file.path).is_some_and(|same| {
            (Rc::ptr_eq(&same.contents, &file.contents) || same.contents.text == file.contents.text)
                && same.role.is_object() == file.role.is_object()
        })
    };
    one.files.iter().filter(move |file| !is_same(file)).map(|file| file.path.clone())
}

/// The commit that two ends went apart from.
pub(super) fn base(world: &World, from: (&str, CommitId), to: (&str, CommitId)) -> Result<CommitId> {
    if let Some(base) = world.repository.merge_base(from.1, to.1).map_err(of_git)? {
        return Ok(base);
    }
    let (from, to) = (from.0.escape_debug(), to.0.escape_debug());
    let failure = match world.repository.is_shallow() {
        true => {
            Failure::new(format!("this shallow clone does not have the commit where `{from}` and `{to}` went apart"))
                .hint("git fetch --unshallow")
        }
        false => Failure::new(format!("`{from}` and `{to}` have no commit in common")),
    };
    Err(failure.hint("--direct compares the two ends as they are"))
}

/// A commit that cannot be found: a shallow clone may get it, an ancestor of one that it has or a branch.
pub(super) fn not_here(world: &World, rev: &str, error: git::Error) -> Failure {
    if !world.repository.is_shallow() {
        return of_git(error);
    }
    let (known, steps) = rev.split_at(rev.find(['^', '~']).unwrap_or(rev.len()));
    if !steps.is_empty() && world.repository.resolve(known).is_ok() {
        return Failure::from(error).hint(format!("git fetch --deepen={}", generations(steps)));
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
