//! The two states that are looked at, with the objects of both paired.

use super::finding::When;
use super::state::{Looks, Setting, State};
use super::subject::Subject;
use crate::diff::{Bond, Change, Delivery, Pair, Placed, Rolls, Verdict, diff, pair};
use crate::git::RepoPath;
use crate::manifest::{Object, Problem};
use crate::snapshot::{Delta, File};
use crate::yaml::{Entry, Node};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;

/// What a change makes of a state.
pub struct Review<'s> {
    pub delta: &'s Delta,
    pub old: State<'s>,
    pub new: State<'s>,
    compared: Vec<Compared<'s>>,
    of_object: HashMap<*const Object, usize>,
}

/// An object of one or both states, of which something is different.
pub struct Compared<'s> {
    pub pair: Pair<'s>,
    pub old: Option<Rc<Subject<'s>>>,
    pub new: Option<Rc<Subject<'s>>>,
    setting: Setting,
    changes: OnceCell<Vec<Change<'s>>>,
    verdict: OnceCell<Verdict>,
}

impl<'s> Review<'s> {
    /// Two states, as far as they are looked at. `settings` tells what holds for a file.
    pub fn new(delta: &'s Delta, looks: &Looks, settings: &'s dyn Fn(&RepoPath) -> Setting) -> Self {
        let state = |when, snapshot| State::new(when, snapshot, looks, settings);
        let (old, new) = (state(When::Before, &delta.old), state(When::After, &delta.new));
        let mut review = Review { delta, old, new, compared: Vec::new(), of_object: HashMap::new() };
        review.compare();
        review
    }

    fn compare(&mut self) {
        let [old, new] = [&self.old, &self.new].map(|state| {
            let of = |subject: &Rc<Subject<'s>>| (std::ptr::from_ref(subject.object), subject.clone());
            state.subjects().map(of).collect::<HashMap<_, _>>()
        });
        let pairs = pair(&placed(&self.old), &placed(&self.new));
        for pair in pairs {
            let subject = |side: Option<Placed<'s>>, of: &HashMap<*const Object, Rc<Subject<'s>>>| {
                side.and_then(|side| of.get(&std::ptr::from_ref(side.object)).cloned())
            };
            let (old, new) = (subject(pair.before(), &old), subject(pair.after(), &new));
            let is_same = old.as_ref().zip(new.as_ref()).is_some_and(|(old, new)| is_same(old, new));
            let Some(last) = new.as_ref().or(old.as_ref()).filter(|_| !is_same) else { continue };
            let setting = if new.is_some() { self.new.setting(last) } else { self.old.setting(last) };
            for side in [&old, &new].into_iter().flatten() {
                self.of_object.insert(std::ptr::from_ref(side.object), self.compared.len());
            }
            let (changes, verdict) = Default::default();
            self.compared.push(Compared { pair, old, new, setting, changes, verdict });
        }
    }

    /// The objects of which something is different, by the path that they have now.
    pub fn compared(&self) -> impl Iterator<Item = &Compared<'s>> {
        self.compared.iter()
    }

    /// Those that both states have.
    pub fn updated(&self) -> impl Iterator<Item = (&Compared<'s>, &Rc<Subject<'s>>, &Rc<Subject<'s>>)> {
        self.compared.iter().filter_map(|of| Some((of, of.old.as_ref()?, of.new.as_ref()?)))
    }

    /// What is different of an object, if anything is.
    pub fn of(&self, object: &Object) -> Option<&Compared<'s>> {
        self.of_object.get(&std::ptr::from_ref(object)).map(|at| &self.compared[*at])
    }

    /// What an object of the old state is in the new one.
    pub(super) fn successor(&self, old: &'s Object) -> &'s Object {
        let pair = self.of(old).map(|compared| compared.pair);
        pair.and_then(|pair| pair.after()).map_or(old, |new| new.object)
    }

    /// Whether a change replaces the pods of a workload of the new state, which need not be looked at.
    pub fn rolls(&self, workload: &Subject) -> Rolls {
        match self.of(workload.object) {
            Some(compared) => compared.verdict(self.delta).rolls(),
            None if self.delta.shaping([&workload.file.path; 2]).changed => Rolls::Unknown,
            None => Rolls::No,
        }
    }

    /// The files that can be read and whose old state cannot, so that nothing in them is known to be new.
    pub fn unreadable_before(&self) -> impl Iterator<Item = &'s File> {
        let was_broken = |file: &&File| self.delta.old.file_at(&file.path).is_some_and(is_broken);
        self.new.files.iter().copied().filter(was_broken).filter(|file| !is_broken(file))
    }

    /// Whether an object that one state has and the other has not may be there all the same: in a file that cannot be
    /// read to its end, or is nothing but an input of something else now.
    pub fn may_be_in(&self, when: When, path: &RepoPath) -> bool {
        let state = if when == When::Before { &self.delta.old } else { &self.delta.new };
        let file = state.file_at(path);
        file.is_some_and(|file| !file.role.is_object() || is_broken(file))
            || state.passed.iter().any(|(passed, _)| passed == path)
    }
}

impl<'s> Compared<'s> {
    /// What is different, place by place; nothing of what only one state has.
    pub fn changes(&self) -> &[Change<'s>] {
        self.changes.get_or_init(|| match self.pair {
            Pair::Both { old, new, .. } => diff(old.object, new.object),
            Pair::Removed(_) | Pair::Added(_) => Vec::new(),
        })
    }

    /// Those that change the meaning.
    pub fn real_changes(&self) -> impl Iterator<Item = &Change<'s>> {
        self.changes().iter().filter(|change| change.equality.is_none())
    }

    /// What it does to pods.
    pub fn verdict(&self, delta: &Delta) -> &Verdict {
        self.verdict.get_or_init(|| {
            let sides = [&self.old, &self.new].map(|side| side.as_ref().map(|side| &side.file.path));
            let [old, new] = [sides[0].or(sides[1]), sides[1].or(sides[0])];
            let shaping = old.zip(new).map(|(old, new)| delta.shaping([old, new])).unwrap_or_default();
            let delivery = match (&shaping.by[..], shaping.changed) {
                ([], _) => Delivery::Plain,
                (by, false) => Delivery::Rendered(by),
                (by, true) => Delivery::Rerendered(by),
            };
            Verdict::of(&self.pair, self.changes(), self.setting.server, delivery)
        })
    }

    /// Whether anything outside of the pod template is different: of most changes nothing is.
    pub fn changes_more_than_template(&self) -> bool {
        let Some((old, new)) = self.old.as_ref().zip(self.new.as_ref()) else { return true };
        let path = new.object.template_path().unwrap_or_default();
        !is_same_but(old.object.node(), new.object.node(), path)
    }

    /// Whether the pod template means another thing.
    pub fn changes_template(&self) -> bool {
        let sides = self.old.as_ref().zip(self.new.as_ref());
        sides.is_some_and(|(old, new)| old.template().canonical() != new.template().canonical())
    }

    /// By what both are held for one object.
    pub fn bond(&self) -> Option<Bond> {
        match self.pair {
            Pair::Both { bond, .. } => Some(bond),
            Pair::Removed(_) | Pair::Added(_) => None,
        }
    }
}

/// Whether a file may have objects that could not be read.
fn is_broken(file: &File) -> bool {
    file.contents.reading.errors.iter().any(|error| error.problem != Problem::GenerateName)
}

fn placed<'s>(state: &State<'s>) -> Vec<Placed<'s>> {
    state.subjects().map(|subject| Placed { path: &subject.file.shown, object: subject.object }).collect()
}

/// Whether two nodes are equal but for what a path of keys leads to.
fn is_same_but(old: &Node, new: &Node, path: &[&str]) -> bool {
    let Some((key, path)) = path.split_first() else { return false };
    let is_same = |entry: &Entry| match new.get(&entry.key) {
        Some(other) if entry.key == *key && !path.is_empty() => is_same_but(&entry.value, other, path),
        other => entry.key == *key || other == Some(&entry.value),
    };
    old.entries().len() == new.entries().len() && old.entries().iter().all(is_same)
}

/// Whether both states have an object alike, in the same file: the order of keys never matters.
fn is_same(old: &Subject, new: &Subject) -> bool {
    old.file.path == new.file.path && old.object.node() == new.object.node()
}
