//! What one file has of the workloads of one kind and name: at most one for each namespace.
//!
//! A file that cannot be read to its end is taken to hold what it held before, and what can be read of it on top: broken
//! YAML is applied by nobody, so it removes nothing.

use super::facts::Facts;
use super::state::{State, Unreadable};
use crate::manifest::{self, Identity};
use crate::yaml::{Dialect, Versions};
use std::sync::Arc;

/// The namespace that a manifest names, if it names one.
pub(super) type Namespace = Option<String>;

#[derive(Debug, Default)]
pub(super) struct Contents {
    /// What can be read in it.
    seen: Vec<Arc<State>>,
    /// What it held when it could be read, and was not seen since.
    held: Vec<Arc<State>>,
    /// Why more may be in the file than can be read.
    error: Option<Unreadable>,
    /// Whether the file has the words for one.
    names_it: bool,
}

/// How much is done for a file that does not have the words for the workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Care {
    /// Nothing: it has none.
    Prefilter,
    /// It is read, because a file that cannot be read still holds what it held.
    Thorough,
}

/// What a file has of one workload.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Absent,
    Here(Arc<State>),
    /// The file held it, or has the words for it, and cannot be read.
    Unreadable(Unreadable),
}

fn is_wanted(identity: &Identity, wanted: &Identity) -> bool {
    identity.kind == wanted.kind && identity.name == wanted.name
}

impl Contents {
    /// Reads a file's bytes for the workloads of a kind and a name.
    pub fn read(text: &[u8], wanted: &Identity, care: Care) -> Contents {
        Contents::read_next(text, &mut Versions::new(Dialect::Kubectl), wanted, care)
    }

    /// The same of the next version of a file.
    pub fn read_next(text: &[u8], versions: &mut Versions, wanted: &Identity, care: Care) -> Contents {
        let names_it = manifest::may_contain(text, Some(&wanted.kind), &wanted.name);
        if !names_it && care == Care::Prefilter {
            return Contents::default();
        }
        Contents::of_facts(&Facts::read_next(text, versions, |identity| is_wanted(identity, wanted)), wanted, names_it)
    }

    /// What a file whose facts are known has of the workloads of a kind and a name.
    pub fn of_facts(facts: &Facts, wanted: &Identity, names_it: bool) -> Contents {
        let mut contents = Contents { error: facts.error.clone(), names_it, ..Contents::default() };
        for state in facts.states.iter().filter(|state| is_wanted(&state.identity, wanted)) {
            // Of several in one namespace, the last counts.
            contents.seen.retain(|other| other.identity.namespace != state.identity.namespace);
            contents.seen.push(state.clone());
        }
        contents
    }

    /// A file that has this one.
    pub fn of(state: Arc<State>) -> Contents {
        Contents { seen: vec![state], ..Contents::default() }
    }

    /// A file of which nothing can be read.
    pub fn unreadable(error: Unreadable) -> Contents {
        Contents { error: Some(error), names_it: true, ..Contents::default() }
    }

    /// Whether it cannot be read to its end.
    pub fn is_unreadable(&self) -> bool {
        self.error.is_some()
    }

    /// This file, which cannot be read to its end, as it follows an older state of it.
    pub fn over(&self, older: &Contents) -> Contents {
        let unseen = older.states().filter(|state| self.state(&state.identity.namespace).is_none());
        let (seen, held, error) = (self.seen.clone(), unseen.cloned().collect(), self.error.clone());
        Contents { seen, held, error, names_it: self.names_it }
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.states().next().is_none()
    }

    fn states(&self) -> impl Iterator<Item = &Arc<State>> {
        self.seen.iter().chain(&self.held)
    }

    /// The workload of exactly that namespace, seen or held.
    pub fn state(&self, namespace: &Namespace) -> Option<&Arc<State>> {
        self.states().find(|state| state.identity.namespace == *namespace)
    }

    /// The same, or the only one there is, if one of the two names no namespace.
    pub fn state_like(&self, namespace: &Namespace) -> Option<&Arc<State>> {
        let mut states = self.states();
        let only = states.next().filter(|_| states.next().is_none());
        self.state(namespace).or(only.filter(|only| namespace.is_none() || only.identity.namespace.is_none()))
    }

    /// What can be said of a workload that the file holds, or of one that it does not.
    pub fn content(&self, state: Option<&Arc<State>>) -> Content {
        let seen = state.filter(|state| self.seen.iter().any(|seen| Arc::ptr_eq(seen, state)));
        match (seen, &self.error) {
            (Some(state), _) => Content::Here(state.clone()),
            (None, Some(error)) if self.names_it || state.is_some() => Content::Unreadable(error.clone()),
            (None, _) => Content::Absent,
        }
    }

    /// What the workload that `after` has in a namespace was here, before: one of the same namespace; else, where a
    /// namespace appears or goes, the one left over here, if nothing else can be meant.
    pub fn before(&self, after: &Contents, namespace: &Namespace) -> Option<&Arc<State>> {
        let exact = self.state(namespace);
        if exact.is_some() {
            return exact;
        }
        let mut gone = self.gone(after);
        let new = after.states().filter(|state| self.state(&state.identity.namespace).is_none());
        match namespace {
            Some(_) if new.count() == 1 => gone.find(|state| state.identity.namespace.is_none()),
            Some(_) => None,
            None => gone.next().filter(|_| gone.next().is_none()),
        }
    }

    /// What has no counterpart of its namespace in `after`.
    fn gone<'c, 'a>(&'c self, after: &'a Contents) -> impl Iterator<Item = &'c Arc<State>> + use<'c, 'a> {
        self.states().filter(|state| after.state(&state.identity.namespace).is_none())
    }

    /// What is not in `after` any more.
    pub fn lost<'c>(&'c self, after: &'c Contents) -> impl Iterator<Item = &'c Arc<State>> {
        self.gone(after).filter(|state| !self.takes_another_namespace(state, after))
    }

    /// What lives on in `after` in another namespace: one appeared or went.
    pub fn renamed<'c>(&'c self, after: &'c Contents) -> impl Iterator<Item = &'c Arc<State>> {
        self.gone(after).filter(|state| self.takes_another_namespace(state, after))
    }

    fn takes_another_namespace(&self, state: &Arc<State>, after: &Contents) -> bool {
        let mut origins = after.states().filter_map(|new| self.before(after, &new.identity.namespace));
        origins.any(|origin| Arc::ptr_eq(origin, state))
    }

    /// What is in `after` and was not here.
    pub fn gained<'c>(&'c self, after: &'c Contents) -> impl Iterator<Item = &'c Arc<State>> {
        after.states().filter(|new| self.before(after, &new.identity.namespace).is_none())
    }
}
