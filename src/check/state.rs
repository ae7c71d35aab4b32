//! One of the two states, as rules see it.

use super::finding::{Finding, Spot, When};
use super::subject::Subject;
use crate::git::RepoPath;
use crate::manifest::Identity;
use crate::snapshot::{File, Place, Snapshot};
use crate::template::Server;
use crate::text::Untrusted;
use crate::yaml::{Span, Warning};
use std::collections::HashMap;
use std::rc::Rc;

/// What holds for the objects of a file.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The API server that they go to.
    pub server: Server,
    /// Whether anybody chose its version.
    pub configured: bool,
}

impl Setting {
    /// `Kubernetes 1.34`, or `Kubernetes 1.37 (not configured)`.
    pub fn words(self) -> String {
        let note = if self.configured { "" } else { " (not configured)" };
        format!("Kubernetes {}{note}", self.server.version)
    }
}

/// Whether a file is looked at, and an object in it.
pub type Looks<'l> = dyn Fn(&RepoPath, Option<&Identity>) -> bool + 'l;

/// A state with the files that are looked at: those that the other state does not have so, or all.
pub struct State<'s> {
    pub when: When,
    pub snapshot: &'s Snapshot,
    /// The files that are looked at and have objects, by path.
    pub files: Vec<&'s File>,
    subjects: HashMap<Place, Rc<Subject<'s>>>,
    order: Vec<Place>,
    settings: &'s dyn Fn(&RepoPath) -> Setting,
}

impl<'s> State<'s> {
    pub(super) fn new(
        when: When,
        snapshot: &'s Snapshot,
        looks: &Looks,
        settings: &'s dyn Fn(&RepoPath) -> Setting,
    ) -> Self {
        let of_file = |file: &&File| file.role.is_object() && looks(&file.path, None);
        let files: Vec<&File> = snapshot.files.iter().filter(of_file).collect();
        let (mut subjects, mut order) = (HashMap::new(), Vec::new());
        for (place, object) in snapshot.objects() {
            let file = snapshot.file(place);
            if looks(&file.path, Some(&object.identity)) {
                subjects.insert(place, Rc::new(Subject::new(when, file, place, object)));
                order.push(place);
            }
        }
        State { when, snapshot, files, subjects, order, settings }
    }

    /// The objects that are looked at, by file and in the order of the text.
    pub fn subjects(&self) -> impl Iterator<Item = &Rc<Subject<'s>>> {
        self.order.iter().map(|place| &self.subjects[place])
    }

    /// The object at a place, if it is looked at.
    pub fn subject(&self, place: Place) -> Option<&Rc<Subject<'s>>> {
        self.subjects.get(&place)
    }

    /// The object at a place, looked at or not.
    pub fn any(&self, place: Place) -> Rc<Subject<'s>> {
        let fresh = || Subject::new(self.when, self.snapshot.file(place), place, self.snapshot.object(place));
        self.subject(place).cloned().unwrap_or_else(|| Rc::new(fresh()))
    }

    /// What reading the files lost without a word.
    pub fn warnings(&self) -> impl Iterator<Item = (&'s File, &'s Warning)> {
        self.files.iter().flat_map(|file| file.contents.reading.warnings.iter().map(move |warning| (*file, warning)))
    }

    /// A finding at bytes of a file, which may be in an object or between two.
    pub fn find_in(&self, file: &'s File, span: Span, message: impl Into<Untrusted>) -> Finding<'s> {
        let object = file.contents.object_at(span);
        let at = Spot { when: self.when, path: &file.path, file: Some(file), object, span: Some(span) };
        Finding::new(at, message)
    }

    /// What holds for an object.
    pub fn setting(&self, subject: &Subject) -> Setting {
        (self.settings)(&subject.file.path)
    }
}
