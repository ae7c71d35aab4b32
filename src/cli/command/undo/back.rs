//! What is gone back to, and from what.

use crate::cli::context::Context;
use crate::cli::failure::{Failure, Result};
use crate::cli::place::{self, Place};
use crate::cli::selection::Selection;
use crate::cli::target::Target;
use crate::cli::world::{World, of_git};
use crate::kubernetes::Kind;
use crate::manifest::{self, Identity, Object};
use crate::output::{Note, ObjectName};
use crate::revision::{Candidate, Lineage, Past, Row};
use crate::snapshot::Role;
use crate::text::Untrusted;
use crate::yaml::Dialect;

/// A workload as it is in the newest commit, and the older state of it that is wanted.
pub(super) struct Back {
    pub candidate: Candidate,
    pub lineage: Lineage,
    /// The older state.
    pub to: Place,
    /// The text of the file that it stood in.
    pub old: Vec<u8>,
    /// Today's file, as git has it.
    pub today: Vec<u8>,
    pub notes: Vec<Note>,
}

impl Back {
    /// Finds both.
    pub fn find(context: &Context, world: &World, target: &Target, selection: &Selection) -> Result<Back> {
        let (candidate, notes) = place::only(world, target)?;
        if let Some(error) = &candidate.unreadable {
            return Err(place::unreadable(&candidate.path, error));
        }
        let kind = Kind::of(&candidate.identity.kind).filter(|kind| kind.is_workload());
        let name = ObjectName::from(&candidate.identity).qualified();
        if kind.is_none() {
            return Err(Failure::new(format!("`{}` has no pod template to take back", name.as_str())));
        }
        exact(&candidate.role, &format!("`{}`", candidate.path.shown().as_str()))?;
        let lineage = place::walk(world, world.tip, &candidate)?;
        let to = Place::one(context, world, target, Some(selection))?;
        exact(&to.role, "the older state")?;
        let text = |commit, path| world.repository.file_text(commit, path).map_err(of_git);
        let today = text(world.tip, &candidate.path)?.ok_or_else(|| place::gone(world, &candidate))?;
        let old = text(to.commit, &to.path)?.ok_or_else(|| Failure::new("that revision has no file"))?;
        let back = Back { candidate, lineage, to, old, today, notes };
        match back.object(&back.today) {
            Some(_) => Ok(back),
            None => Err(place::gone(world, &back.candidate)),
        }
    }

    pub fn identity(&self) -> &Identity {
        &self.candidate.identity
    }

    /// `deployment.apps/web`, for a terminal.
    pub fn name(&self) -> String {
        ObjectName::from(self.identity()).qualified().terminal().to_string()
    }

    /// `deployment/web`, as commands take it, on one line whatever the name has in it.
    pub fn target(&self) -> String {
        let target = format!("{}/{}", self.identity().kind.to_lowercase(), self.identity().name);
        Untrusted::from(target).terminal().to_string()
    }

    /// `revision 3`, or the commit of what has no number.
    pub fn goal(&self, world: &World) -> String {
        match self.to.revision {
            Some(number) => format!("revision {number}"),
            None => format!("commit {}", short(world, self.to.commit)),
        }
    }

    /// The object in a text of today's file: of several of one identity the last, which counts.
    pub fn object(&self, text: &[u8]) -> Option<Object> {
        let objects = manifest::read(text, Dialect::Kubectl).objects;
        objects.into_iter().rfind(|object| object.identity == *self.identity())
    }

    /// The row that made the older state, where it is on the line.
    pub fn row(&self) -> Option<&Row> {
        let number = self.to.revision?;
        self.lineage.rows.iter().find(|row| row.event.revision == Some(number))
    }

    /// The revisions that came after it: what they changed is undone with it.
    pub fn undone(&self) -> impl Iterator<Item = &Row> {
        let number = self.to.revision;
        self.lineage.rows.iter().filter(move |row| number.is_some() && row.event.revision > number)
    }

    /// What was applied up to the newest commit.
    pub fn past(&self) -> Past {
        Past::of_rows(&self.lineage.rows, self.lineage.shallow)
    }
}

/// The first digits of a commit.
pub(super) fn short(world: &World, commit: crate::git::CommitId) -> String {
    world.repository.short_id(commit).unwrap_or_else(|_| commit.to_string())
}

/// Refuses what something works on before it reaches the cluster: what comes of the file is not what stands in it.
fn exact(role: &Role, what: &str) -> Result<()> {
    let Some(first) = role.rendered_by().first() else { return Ok(()) };
    let first = first.shown();
    let failure = Failure::new(format!("`{}` works on {what}: its image may come from there", first.as_str()));
    Err(failure.hint(format!("git log -p -- {}", crate::text::shell_word(first.as_str()))))
}
