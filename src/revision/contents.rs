//! What one file has of the workloads of one kind and name: at most one for each namespace.

use super::facts::Facts;
use super::state::{State, Unreadable};
use crate::manifest::{self, Identity};
use std::sync::Arc;

/// The namespace that a manifest names, if it names one.
pub(super) type Namespace = Option<String>;

#[derive(Debug, Default)]
pub(super) struct Contents {
    states: Vec<Arc<State>>,
    /// Why more of them may be in the file than can be read.
    error: Option<Unreadable>,
    /// Whether the file has the words for one.
    names_it: bool,
}

fn is_wanted(identity: &Identity, wanted: &Identity) -> bool {
    identity.kind == wanted.kind && identity.name == wanted.name
}

/// How much is done for a file that does not have the words for the workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Care {
    /// Nothing: it has none.
    Prefilter,
    /// It is read, because a file that cannot be read may still have had one.
    Thorough,
}

/// What a file has of one workload.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Absent,
    Here(Arc<State>),
    Unreadable { error: Unreadable, names_it: bool },
}

impl Contents {
    /// Reads a file's bytes for the workloads of a kind and a name.
    pub fn read(text: &[u8], wanted: &Identity, care: Care) -> Contents {
        let names_it = manifest::may_contain(text, Some(&wanted.kind), &wanted.name);
        if !names_it && care == Care::Prefilter {
            return Contents::default();
        }
        Contents::of_facts(&Facts::read(text, |identity| is_wanted(identity, wanted)), wanted, names_it)
    }

    /// What a file whose facts are known has of the workloads of a kind and a name.
    pub fn of_facts(facts: &Facts, wanted: &Identity, names_it: bool) -> Contents {
        let mut contents = Contents { error: facts.error.clone(), names_it, ..Contents::default() };
        let named = facts.states.iter().filter(|state| is_wanted(&state.identity, wanted));
        named.for_each(|state| contents.put(state.clone()));
        contents
    }

    /// A file that has these, of which no two have one namespace.
    pub fn of(states: Vec<Arc<State>>) -> Contents {
        Contents { states, ..Contents::default() }
    }

    /// A file of which nothing can be read.
    pub fn unreadable(error: Unreadable) -> Contents {
        Contents { states: Vec::new(), error: Some(error), names_it: true }
    }

    /// Of several in one namespace, the last counts.
    fn put(&mut self, state: Arc<State>) {
        self.states.retain(|other| other.identity.namespace != state.identity.namespace);
        self.states.push(state);
    }

    pub fn states(&self) -> &[Arc<State>] {
        &self.states
    }

    /// Whether it cannot be read to its end.
    pub fn is_unreadable(&self) -> bool {
        self.error.is_some()
    }

    /// Whether what cannot be read of it has the words for one.
    pub fn may_have_more(&self) -> bool {
        self.error.is_some() && self.names_it
    }

    /// The workload of exactly that namespace.
    pub fn state(&self, namespace: &Namespace) -> Option<&Arc<State>> {
        self.states.iter().find(|state| state.identity.namespace == *namespace)
    }

    /// The same, or the only one there is, if one of the two names no namespace.
    pub fn state_like(&self, namespace: &Namespace) -> Option<&Arc<State>> {
        let only = match &self.states[..] {
            [only] if namespace.is_none() || only.identity.namespace.is_none() => Some(only),
            _ => None,
        };
        self.state(namespace).or(only)
    }

    pub fn content(&self, state: Option<&Arc<State>>) -> Content {
        match (state, &self.error) {
            (Some(state), _) => Content::Here(state.clone()),
            (None, Some(error)) => Content::Unreadable { error: error.clone(), names_it: self.names_it },
            (None, None) => Content::Absent,
        }
    }

    /// What the workload that `after` has in a namespace was here, before: one of the same namespace; else, where a
    /// namespace appears or goes, the one left over here, if nothing else can be meant and all of `after` is seen.
    pub fn before(&self, after: &Contents, namespace: &Namespace) -> Option<&Arc<State>> {
        let exact = self.state(namespace);
        if exact.is_some() || after.is_unreadable() {
            return exact;
        }
        let mut gone = self.states.iter().filter(|state| after.state(&state.identity.namespace).is_none());
        let new = after.states.iter().filter(|state| self.state(&state.identity.namespace).is_none());
        match namespace {
            Some(_) if new.count() == 1 => gone.find(|state| state.identity.namespace.is_none()),
            Some(_) => None,
            None => gone.next().filter(|_| gone.next().is_none()),
        }
    }

    /// What is not in `after` any more, for certain.
    pub fn lost<'c>(&'c self, after: &'c Contents) -> impl Iterator<Item = &'c Arc<State>> {
        let known = !after.is_unreadable();
        let gone = self.states.iter().filter(|state| after.state(&state.identity.namespace).is_none());
        gone.filter(move |state| known && !self.takes_another_namespace(state, after))
    }

    /// What lives on in `after` in another namespace: one appeared or went.
    pub fn renamed<'c>(&'c self, after: &'c Contents) -> impl Iterator<Item = &'c Arc<State>> {
        let gone = self.states.iter().filter(|state| after.state(&state.identity.namespace).is_none());
        gone.filter(move |state| self.takes_another_namespace(state, after))
    }

    fn takes_another_namespace(&self, state: &Arc<State>, after: &Contents) -> bool {
        let mut origins = after.states.iter().filter_map(|new| self.before(after, &new.identity.namespace));
        origins.any(|origin| Arc::ptr_eq(origin, state))
    }

    /// What is in `after` and was not here.
    pub fn gained<'c>(&'c self, after: &'c Contents) -> impl Iterator<Item = &'c Arc<State>> {
        after.states.iter().filter(|new| self.before(after, &new.identity.namespace).is_none())
    }

    /// What is known of the file where an older state of it could be read to its end: that, but for what is seen here.
    pub fn or_as_in(&self, older: &Contents) -> Contents {
        let mut known = Contents { states: older.states.clone(), ..Contents::default() };
        self.states.iter().for_each(|state| known.put(state.clone()));
        known
    }
}
