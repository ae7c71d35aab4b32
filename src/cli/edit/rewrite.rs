//! A file with what it gets.

use super::onto::Onto;
use crate::cli::failure::{Failure, Result};
use crate::cli::world::{World, of_git};
use crate::git::RepoPath;
use crate::manifest::Identity;
use crate::output::{Note, ObjectName};
use crate::revert::{Plan, Refused, with_document};
use crate::snapshot::Snapshots;
use crate::text::{Untrusted, shell_word};
use std::path::PathBuf;

/// What becomes of one file, whatever its text is today.
#[derive(Clone)]
pub(in crate::cli) struct Rewrite {
    pub path: RepoPath,
    pub steps: Vec<Step>,
}

/// One thing that a file gets.
#[derive(Clone)]
pub(in crate::cli) struct Step {
    pub what: What,
    /// The text of the file that it stood in, where it is of an older state.
    pub old: Vec<u8>,
}

/// What it is.
#[derive(Clone)]
pub(in crate::cli) enum What {
    /// The pod template of a workload, and maybe the number of replicas, with the cause of the new revision.
    Template { of: Identity, replicas: bool, cause: String },
    /// All of a workload, with the cause.
    Whole { of: Identity, cause: String },
    /// All of an object that has no cause.
    Object(Identity),
    /// An object that is gone.
    Document(Identity),
    /// A kustomization's entry for the image of that name.
    Image(String),
    /// The time of a restart in the template of a workload, with the cause.
    #[cfg(feature = "cluster")]
    Restart { of: Identity, at: String, cause: String },
}

/// A file as the commit is to have it.
pub(in crate::cli) struct FileChange {
    pub path: RepoPath,
    /// As the newest commit has it; none if it is not there.
    pub before: Option<Vec<u8>>,
    pub text: Vec<u8>,
    pub lying: Lying,
    pub notes: Vec<Note>,
}

/// What has to happen in the work tree.
pub(in crate::cli) enum Lying {
    /// Nothing: it is another branch's, or lies there as it should and is only not committed.
    Settled,
    Replaced {
        before: Vec<u8>,
        next: Vec<u8>,
    },
    /// It comes back.
    New,
}

impl FileChange {
    /// Whether there is nothing to change.
    pub fn is_same(&self) -> bool {
        self.before.as_deref() == Some(&self.text[..])
    }
}

impl Rewrite {
    /// The file as it will be. `index` is the index to read in place of the repository's own.
    pub fn change(&self, index: Option<PathBuf>, world: &World, onto: &Onto) -> Result<FileChange> {
        let path = &self.path;
        let before = world.repository.file_text(world.tip, path).map_err(of_git)?;
        let (text, notes) = self.applied(before.as_deref().unwrap_or_default())?;
        let lying = match onto {
            Onto::Branch(_) => Lying::Settled,
            Onto::WorkTree => self.lying(index, world, before.as_deref(), &text)?,
        };
        let notes = notes.into_iter().map(|note| Note::on(path.shown(), note)).collect();
        Ok(FileChange { path: path.clone(), before, text, lying, notes })
    }

    fn lying(&self, index: Option<PathBuf>, world: &World, before: Option<&[u8]>, text: &[u8]) -> Result<Lying> {
        let path = &self.path;
        let raw = world.repository.raw_file(path).map_err(of_git)?;
        let uncommitted = world.repository.uncommitted(std::slice::from_ref(path)).map_err(of_git)?;
        match (before, raw) {
            (None, None) if uncommitted.is_empty() => Ok(Lying::New),
            (Some(_), None) if uncommitted.is_empty() => {
                let what = format!("`{}` is not in the work tree", path.shown().as_str());
                Err(Failure::new(what).hint("git sparse-checkout list shows what is"))
            }
            (Some(before), Some(raw)) if uncommitted.is_empty() => {
                // Git may store it otherwise than it lies there.
                let next = if raw == before { text.to_vec() } else { self.applied(&raw)?.0 };
                Ok(Lying::Replaced { before: raw, next })
            }
            _ => {
                let stored = Snapshots::new(&world.repository, index).work_tree_text(path).map_err(of_git)?;
                match stored.and_then(std::result::Result::ok).as_deref() == Some(text) {
                    true => Ok(Lying::Settled),
                    false => Err(uncommitted_changes(path)),
                }
            }
        }
    }

    /// A text of the file with what goes back in it, and what could not stay as it was written.
    fn applied(&self, today: &[u8]) -> Result<(Vec<u8>, Vec<String>)> {
        let mut written = Written { text: today.to_vec(), notes: Vec::new() };
        self.steps.iter().try_for_each(|step| step.apply(&mut written))?;
        Ok((written.text, written.notes))
    }
}

fn uncommitted_changes(path: &RepoPath) -> Failure {
    let shown = path.shown();
    let failure = Failure::new(format!("`{}` has changes that are not committed", shown.as_str()));
    failure.hint(format!("git diff HEAD -- {}", shell_word(shown.as_str())))
}

impl Step {
    fn apply(&self, written: &mut Written) -> Result<()> {
        let old = &self.old[..];
        let done = match &self.what {
            What::Template { of, replicas, cause } => {
                let before = written.text.clone();
                let template = written.take(|text| Plan::template(text, old, of));
                let replicas = template.and_then(|()| match replicas {
                    true => written.take(|text| Plan::replicas(text, old, of)),
                    false => Ok(()),
                });
                replicas.and_then(|()| written.give_cause(cause, of, old, &before))
            }
            What::Whole { of, cause } => {
                let before = written.text.clone();
                let whole = written.take(|text| Plan::whole(text, old, of));
                whole.and_then(|()| written.give_cause(cause, of, old, &before))
            }
            What::Object(of) => written.take(|text| Plan::whole(text, old, of)),
            What::Image(name) => written.take(|text| Plan::image(text, old, name)),
            What::Document(of) => with_document(&written.text, old, of).map(|text| written.text = text),
            #[cfg(feature = "cluster")]
            What::Restart { of, at, cause } => {
                written.take(|text| Plan::restarted(text, of, at).and_then(|plan| plan.with_cause(cause)))
            }
        };
        done.map_err(|why| Failure::new(format!("{} cannot be {}: {why}", self.what.shown(), self.what.verb())))
    }
}

impl What {
    fn shown(&self) -> String {
        let object = |of| format!("`{}`", ObjectName::from(of).qualified().terminal());
        match self {
            What::Template { of, .. } | What::Whole { of, .. } | What::Object(of) | What::Document(of) => object(of),
            #[cfg(feature = "cluster")]
            What::Restart { of, .. } => object(of),
            What::Image(name) => format!("the image `{}`", Untrusted::from(name.as_str()).terminal()),
        }
    }

    fn verb(&self) -> &'static str {
        match self {
            #[cfg(feature = "cluster")]
            What::Restart { .. } => "restarted",
            _ => "taken back",
        }
    }
}

/// A text on its way through several plans.
struct Written {
    text: Vec<u8>,
    notes: Vec<String>,
}

impl Written {
    fn take(
        &mut self,
        plan: impl FnOnce(&[u8]) -> std::result::Result<Plan<'_>, Refused>,
    ) -> std::result::Result<(), Refused> {
        let plan = plan(&self.text)?;
        let (text, notes) = (plan.bytes().to_vec(), plan.notes().iter().map(ToString::to_string).collect::<Vec<_>>());
        self.text = text;
        self.notes.extend(notes);
        Ok(())
    }

    /// What does not go back has no new reason either.
    fn give_cause(
        &mut self,
        cause: &str,
        of: &Identity,
        old: &[u8],
        before: &[u8],
    ) -> std::result::Result<(), Refused> {
        match self.text == before {
            true => Ok(()),
            false => self.take(|text| Plan::template(text, old, of)?.with_cause(cause)),
        }
    }
}
