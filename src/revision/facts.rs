//! What one blob holds: its objects, and where it stops to be readable. It never changes, so it is found out once.

use super::state::{State, Unreadable};
use crate::git::BlobId;
use crate::manifest::{self, Identity, Reading};
use crate::yaml::{Dialect, Versions};
use std::sync::Arc;

/// The objects of a blob.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// In the order of the text.
    pub states: Vec<Arc<State>>,
    /// Why more may be in it than can be read.
    pub error: Option<Unreadable>,
}

impl Facts {
    /// The same without the templates, which are read again from the blob where they are asked for.
    pub fn in_blob(self, blob: BlobId) -> Facts {
        let states = self.states.into_iter().map(|state| Arc::new(Arc::unwrap_or_clone(state).in_blob(blob)));
        Facts { states: states.collect(), error: self.error }
    }

    /// Reads the objects that `keep` takes.
    pub fn read(text: &[u8], keep: impl Fn(&Identity) -> bool) -> Facts {
        Facts::of(text, &manifest::read(text, Dialect::Kubectl), keep)
    }

    /// The same of the next version of a file.
    pub fn read_next(text: &[u8], versions: &mut Versions, keep: impl Fn(&Identity) -> bool) -> Facts {
        Facts::of(text, &manifest::read_next(text, versions), keep)
    }

    fn of(text: &[u8], reading: &Reading, keep: impl Fn(&Identity) -> bool) -> Facts {
        let error = reading.unreadable();
        let mut facts = Facts {
            states: Vec::new(),
            error: error.map(|error| Unreadable::at(text, error.at.start, &error.message())),
        };
        for object in reading.objects.iter().filter(|object| keep(&object.identity)) {
            let repeated = facts.states.iter().any(|state| is_same(&state.identity, &object.identity));
            facts.states.push(Arc::new(State::of(object, text, repeated)));
        }
        facts
    }
}

/// The objects of one file, each once: of those that are the same, the last counts.
pub(super) fn distinct<'i>(identities: impl Iterator<Item = &'i Identity>) -> Vec<Identity> {
    let mut distinct: Vec<Identity> = Vec::new();
    for identity in identities {
        match distinct.iter_mut().find(|known| is_same(known, identity)) {
            Some(known) => known.clone_from(identity),
            None => distinct.push(identity.clone()),
        }
    }
    distinct
}

/// Whether two objects of one file are the same: API groups do not matter.
pub(super) fn is_same(one: &Identity, other: &Identity) -> bool {
    one.kind == other.kind && one.name == other.name && one.namespace == other.namespace
}
