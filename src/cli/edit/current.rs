//! The workload that changes, as it is in the newest commit.

use crate::cli::context::Context;
use crate::cli::everything::with_renderings;
use crate::cli::failure::{Failure, Result};
use crate::cli::place;
use crate::cli::target::Target;
use crate::cli::world::{World, of_git};
use crate::kubernetes::Kind;
use crate::manifest::{self, Identity, Object};
use crate::output::{Note, ObjectName};
use crate::revision::{Candidate, Lineage, Past};
use crate::yaml::Dialect;

/// A workload, and the file that it stands in.
pub(in crate::cli) struct Current {
    pub candidate: Candidate,
    pub lineage: Lineage,
    /// The file as the newest commit has it.
    pub today: Vec<u8>,
    pub notes: Vec<Note>,
}

impl Current {
    /// The one workload that is meant.
    ///
    /// # Errors
    /// There is none, or several; its file cannot be read; it has no pod template.
    pub fn find(context: &Context, world: &World, target: &Target) -> Result<Current> {
        let (candidate, notes) = place::only(world, target)?;
        if let Some(error) = &candidate.unreadable {
            return Err(place::unreadable(&candidate.path, error));
        }
        if Kind::of(&candidate.identity.kind).is_none_or(|kind| !kind.is_workload()) {
            let name = ObjectName::from(&candidate.identity).qualified();
            return Err(Failure::new(format!("`{}` has no pod template", name.as_str())));
        }
        let today = world.repository.file_text(world.tip, &candidate.path).map_err(of_git)?;
        let today = today.ok_or_else(|| place::gone(world, &candidate))?;
        let lineage = with_renderings(context, world, &candidate)?;
        let current = Current { candidate, lineage, today, notes };
        match current.object(&current.today) {
            Some(_) => Ok(current),
            None => Err(place::gone(world, &current.candidate)),
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
        ObjectName::from(self.identity()).target().terminal().to_string()
    }

    /// The object in a text of today's file: of several of one identity the last, which counts.
    pub fn object(&self, text: &[u8]) -> Option<Object> {
        let objects = manifest::read(text, Dialect::Kubectl).objects;
        objects.into_iter().rfind(|object| object.identity == *self.identity())
    }

    /// What was applied up to the newest commit.
    pub fn past(&self) -> Past {
        Past::of_rows(&self.lineage.rows, self.lineage.shallow)
    }
}
