//! The new bytes of a manifest, read again before anybody gets them.

use std::fmt;
use std::ops::Range;

use super::note::Note;
use super::place::Place;
use super::refused::{Refused, Side};
use super::scalar::{flow, like, quoted};
use super::source::{Source, laid};
use super::splice::{Edit, spliced};
use super::state::State;
use crate::kubernetes::CHANGE_CAUSE;
use crate::manifest::Identity;
use crate::yaml::{Dialect, Node, Stream, Value};

/// The annotation's way in an object.
const CAUSE: &[&str] = &["metadata", "annotations", CHANGE_CAUSE];

/// A manifest as it would be with something of an older state in it. All else has its bytes, and means what it meant.
#[derive(Clone)]
pub struct Plan<'t> {
    pub(super) today: State<'t>,
    /// What each change is for: the path, and the value that is read there.
    values: Vec<(&'static [&'static str], Node)>,
    edits: Vec<Edit>,
    /// What the edits say of themselves.
    told: Vec<Note>,
    text: String,
    notes: Vec<Note>,
}

/// Without the text: there may be a Secret in it.
impl fmt::Debug for Plan<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan").field("notes", &self.notes).finish_non_exhaustive()
    }
}

impl<'t> Plan<'t> {
    /// The pod template of an older state in the place of today's: its source as it was written then, comments and
    /// style, indented to fit. `old` is the text of the file in which the workload stood.
    ///
    /// ```
    /// use rollbook::{manifest, revert::Plan, yaml::Dialect};
    ///
    /// let old = "kind: Job\napiVersion: batch/v1\nmetadata: {name: a}\nspec:\n  template: {spec: {}} # plain\n";
    /// let today = "kind: Job\napiVersion: batch/v1\nmetadata: {name: a} # mine\nspec: # all\n    template:\n        spec:\n            hostPID: true\n";
    /// let identity = manifest::read(today.as_bytes(), Dialect::Kubectl).objects.remove(0).identity;
    ///
    /// let plan = Plan::template(today.as_bytes(), old.as_bytes(), &identity)?;
    /// let expected = "kind: Job\napiVersion: batch/v1\nmetadata: {name: a} # mine\nspec: # all\n    template: {spec: {}} # plain\n";
    /// assert_eq!(plan.bytes(), expected.as_bytes());
    /// # Ok::<(), rollbook::revert::Refused>(())
    /// ```
    ///
    /// # Errors
    /// A text that cannot be read or does not have the workload, a template that is not written where it could be
    /// replaced, and a result that would not mean what it should.
    pub fn template(today: &'t [u8], old: &[u8], identity: &Identity) -> Result<Self, Refused> {
        let (today, older) = read(today, old, identity)?;
        let none = || Refused::Missing { side: Side::Today, field: "pod template".into() };
        let path = today.template_path().ok_or_else(none)?;
        Self::restored(today, &older, path)
    }

    /// The number of replicas of an older state in the place of today's, where both say one; otherwise as
    /// [`Plan::template`].
    ///
    /// # Errors
    /// The same, and [`Refused::Missing`] where one does not say it.
    pub fn replicas(today: &'t [u8], old: &[u8], identity: &Identity) -> Result<Self, Refused> {
        let (today, older) = read(today, old, identity)?;
        Self::restored(today, &older, &["spec", "replicas"])
    }

    /// All of the object as it was, in the place of today's; otherwise as [`Plan::template`]. Comments before it stay.
    ///
    /// # Errors
    /// The same.
    pub fn whole(today: &'t [u8], old: &[u8], identity: &Identity) -> Result<Self, Refused> {
        let (today, older) = read(today, old, identity)?;
        Self::restored(today, &older, &[])
    }

    /// The entry of a kustomization's `images` for an image with that name as it was, in the place of today's; otherwise
    /// as [`Plan::template`].
    ///
    /// ```
    /// use rollbook::revert::Plan;
    ///
    /// let old = b"images:\n- name: web\n  newTag: 1.5.0 # the last good one\n";
    /// let today = b"namespace: shop\nimages:\n  - name: web\n    newTag: 1.6.0\n";
    /// let plan = Plan::image(today, old, "web")?;
    /// assert_eq!(plan.bytes(), b"namespace: shop\nimages:\n  - name: web\n    newTag: 1.5.0 # the last good one\n");
    /// # Ok::<(), rollbook::revert::Refused>(())
    /// ```
    ///
    /// # Errors
    /// The same, and [`Refused::Missing`] where one has no such entry.
    pub fn image(today: &'t [u8], old: &[u8], name: &str) -> Result<Self, Refused> {
        let (today, older) = (State::of_image(today, name, Side::Today)?, State::of_image(old, name, Side::Older)?);
        Self::restored(today, &older, &[])
    }

    fn restored(today: State<'t>, older: &State<'_>, path: &'static [&'static str]) -> Result<Self, Refused> {
        let field = || if path.is_empty() { "the object".into() } else { format!("`{}`", path.join(".")) };
        let missing = |side| Refused::Missing { side, field: field() };
        let was = today.node().at(path).ok_or_else(|| missing(Side::Today))?;
        let value = older.node().at(path).ok_or_else(|| missing(Side::Older))?;
        let line = today.line(was.span.start as usize);
        let to = today.place(path).ok_or_else(|| Refused::NotOwn { field: field(), line })?;
        let from = older.place(path);
        let is_same = was == value
            && from.as_ref().is_some_and(|from| {
                let source = laid(&older.text[from.whole.clone()], (older, from), (&today, &to));
                source == today.text[to.whole.clone()]
            });
        let plan = Self::unchanged(today);
        if is_same {
            return Ok(plan);
        }
        let kept = from.and_then(|from| Source::of(older, &from, &plan.today, &to));
        let joined = kept.as_ref().map(Source::joined);
        let sources = kept.into_iter().chain(joined).chain([Source::rewritten(value, &to)]);
        let changed = |Source { text, notes }| {
            let edit = Edit { at: to.whole.clone(), text };
            plan.clone().changed(path, value.clone(), edit, notes)
        };
        sources.into_iter().find_map(changed).ok_or_else(|| Refused::Differs { field: field() })
    }

    pub(super) fn unchanged(today: State<'t>) -> Self {
        let text = today.text.to_owned();
        Self { today, values: Vec::new(), edits: Vec::new(), told: Vec::new(), text, notes: Vec::new() }
    }

    /// The same with another value for the annotation `kubernetes.io/change-cause`, where today's object has it. An
    /// object without it gets none, and one that is restored as a whole keeps the one that it had then.
    ///
    /// # Errors
    /// [`Refused::Differs`] where the file would not mean what it should.
    pub fn with_cause(mut self, cause: &str) -> Result<Self, Refused> {
        let Some(was) = self.today.node().at(CAUSE) else { return Ok(self) };
        if was.as_str() == Some(cause) {
            return Ok(self);
        }
        let Some(place) = self.today.place(CAUSE) else {
            let note = Note::CauseKept { line: self.today.line(was.span.start as usize) };
            self.told.push(note);
            self.notes.push(note);
            return Ok(self);
        };
        if self.edits.iter().any(|edit| edit.at.contains(&place.value.start)) {
            return Ok(self);
        }
        let field = || format!("`{}`", CAUSE.join("."));
        self.with_text(CAUSE, place, cause).ok_or_else(|| Refused::Differs { field: field() })
    }

    /// The plan with another text in the place of the one at the end of a path; none where the result does not read as it
    /// should.
    pub(super) fn with_text(self, path: &'static [&'static str], place: Place, text: &str) -> Option<Self> {
        let value = Node { value: Value::String(text.to_owned()), ..self.today.node().at(path)?.clone() };
        let mut text = if self.today.is_json() { quoted(text) } else { like(text, place.style, place.in_flow) };
        if place.value.is_empty() {
            text.insert(0, ' ');
        }
        self.changed(path, value, Edit { at: place.value, text }, Vec::new())
    }

    /// The new text of the file.
    pub fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// What is not written as it was.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Whether today's file is as it would be.
    pub fn is_same(&self) -> bool {
        self.text == self.today.text
    }

    /// The plan with one more change; none where the result does not read as it should.
    pub(super) fn changed(
        mut self,
        path: &'static [&'static str],
        value: Node,
        edit: Edit,
        notes: Vec<Note>,
    ) -> Option<Self> {
        self.values.push((path, value));
        self.edits.push(edit);
        self.told.extend(notes);
        let (detached, notes) = self.detached();
        let edits = self.edits.iter().cloned().chain(detached).collect();
        self.text = spliced(self.today.text, 0..self.today.text.len(), edits);
        self.notes = self.told.iter().copied().chain(notes).collect();
        let read = Stream::parse(self.text.as_bytes(), Dialect::Kubectl);
        let expected = self.today.with(&self.values);
        let is_right = read.error.is_none()
            && read.documents.len() == expected.len()
            && read.documents.iter().zip(&expected).all(|(read, expected)| read.root == expected.root);
        is_right.then_some(self)
    }

    /// Aliases of what changes keep the value that they had.
    fn detached(&self) -> (Vec<Edit>, Vec<Note>) {
        let (mut edits, mut notes) = (Vec::new(), Vec::new());
        let changes = |at: &Range<usize>| self.edits.iter().any(|edit| edit.at.contains(&at.start));
        for anchor in &self.today.anchors {
            let value = anchor.value.span.range();
            let around = self.edits.iter().any(|edit| value.start <= edit.at.start && edit.at.end <= value.end);
            if !around && !changes(&anchor.at.range()) {
                continue;
            }
            for at in anchor.aliases.iter().map(|alias| alias.range()).filter(|at| !changes(at)) {
                notes.push(Note::Detached { line: self.today.line(at.start) });
                edits.push(Edit { at, text: flow(&anchor.value) });
            }
        }
        notes.sort_unstable();
        notes.dedup();
        (edits, notes)
    }
}

fn read<'t, 'o>(today: &'t [u8], old: &'o [u8], identity: &Identity) -> Result<(State<'t>, State<'o>), Refused> {
    Ok((State::read(today, identity, Side::Today)?, State::read(old, identity, Side::Older)?))
}
