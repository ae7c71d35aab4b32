//! What the rows of a lineage do to pods, each over what ran before it.
//!
//! ```text
//!   names equal ────────────────────────────────► nothing happens
//!   images differ, or bytes of a StatefulSet ───► pods are replaced
//!   anything else of the template ──────────────► its controller compares both
//!   other fields of the spec, or a value that might be refused ──► both objects, read again (`diff::Verdict`)
//! ```

use super::applied::Applied;
use super::change::Change;
use super::name::Namer;
use super::pending::Pending;
use super::row::Event;
use super::state::{State, not_there};
use crate::diff::{self, Bond, Delivery, Pair, Placed, Reason, Refused, Rolls, Verdict};
use crate::git::{self, BlobId, RepoPath};
use crate::kubernetes::Kind;
use crate::manifest::{self, Object};
use crate::snapshot::Role;
use crate::template::{Controller, Sticky, Template, Update};
use crate::text::Untrusted;
use crate::yaml::Dialect;
use std::fmt;

/// Whether a change replaces pods, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// As where one whole state replaces another.
    Whole(Reason),
    /// It does not, since what runs has it already: defaults of older states.
    Stays(Vec<Sticky>),
    /// It does, since defaults of older states end.
    Ends(Vec<Sticky>),
    /// What was before is beyond the end of a shallow clone.
    Cut,
    /// The file cannot be read.
    Unreadable,
    /// What kustomize or Helm made of the state before is not known.
    RenderedBefore,
    /// Git cannot read one of the states any more.
    Unread(String),
}

impl Outcome {
    /// Whether it replaces pods.
    pub fn rolls(&self) -> Rolls {
        match self {
            Outcome::Whole(reason) => reason.rolls(),
            Outcome::Stays(_) => Rolls::No,
            Outcome::Ends(_) => Rolls::Yes,
            Outcome::Cut | Outcome::Unreadable | Outcome::RenderedBefore | Outcome::Unread(_) => Rolls::Unknown,
        }
    }

    /// In a few words, what nobody would expect who sees what changed.
    pub fn remark(&self) -> Option<String> {
        match self {
            Outcome::Whole(Reason::Waits(hold)) => Some(format!("waits: {}", hold.word())),
            Outcome::Whole(Reason::Refused(Refused::Immutable(field))) => {
                Some(format!("refused: {} cannot be changed", field.as_str()))
            }
            Outcome::Whole(Reason::Refused(Refused::Selector | Refused::Invalid(_))) => Some("refused".to_owned()),
            Outcome::Whole(Reason::SameTemplate(version)) => Some(format!("no difference to Kubernetes {version}")),
            Outcome::Whole(Reason::Recorded) => Some("rolls nothing: only spelling".to_owned()),
            Outcome::Whole(Reason::Released(hold)) => Some(format!("goes on: {}", hold.field())),
            Outcome::Stays(_) => Some("rolls nothing: an older default stays".to_owned()),
            Outcome::Ends(_) => Some("rolls: an older default ends".to_owned()),
            _ => None,
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Outcome::Whole(reason) => write!(f, "{reason}"),
            Outcome::Stays(kept) => write!(f, "what runs has it already: {}, by an older default", fields(kept)),
            Outcome::Ends(kept) => write!(f, "an older default ends: {} until then", fields(kept)),
            Outcome::Cut => f.write_str("what was before is not in this shallow clone"),
            Outcome::Unreadable => f.write_str("the file cannot be read"),
            Outcome::RenderedBefore => f.write_str("what ran before is not known: kustomize or Helm made it"),
            Outcome::Unread(error) => write!(f, "git cannot read it: {error}"),
        }
    }
}

fn fields(kept: &[Sticky]) -> String {
    let told = |sticky: &Sticky| format!("`{}` is `{}`", sticky.field(), sticky.value().escape_debug());
    kept.iter().map(told).collect::<Vec<_>>().join(", ")
}

/// A state that takes the place of another.
struct Step<'e> {
    before: (&'e State, Option<BlobId>),
    after: (&'e State, Text<'e>),
    /// What ran, and what runs then, where git can know it.
    ran: Option<&'e Applied>,
    runs: Option<&'e Applied>,
    role: &'e Role,
}

/// Where the text of a state is.
enum Text<'e> {
    Blob(Option<BlobId>),
    Here(&'e [u8]),
}

impl Namer<'_> {
    /// What an event does to pods, on the server that the names hold for.
    pub fn outcome(&self, event: &Event) -> Outcome {
        let has = |change: Change| event.change.contains(&change);
        let seen = event.state.as_deref().or(event.before.as_deref());
        match (&event.before, &event.state) {
            _ if event.change.is_empty() => Outcome::Cut,
            _ if event.error.is_some() => Outcome::Unreadable,
            _ if has(Change::Rendering) => Outcome::Whole(Reason::Rendered(shown(&event.rendering))),
            (Some(before), Some(state)) => self.over(&Step {
                before: (before, event.blob_before),
                after: (state, Text::Blob(event.blob)),
                ran: event.ran.as_ref(),
                runs: event.runs.as_ref(),
                role: &event.role,
            }),
            (_, None) => alone(seen, Reason::Removed),
            (None, Some(_)) => added(seen, &event.role),
        }
    }

    /// What the working tree would do, over the last event of the lineage.
    pub fn outcome_of_pending(&self, last: Option<&Event>, pending: &Pending) -> Option<Outcome> {
        let Pending::Changed { change, state, applied, role, text } = pending else { return None };
        let Some((before, blob)) = last.and_then(Event::stands).filter(|_| !change.contains(&Change::Added)) else {
            return Some(added(Some(state), role));
        };
        let (api_version, version) = (state.identity.api_version.as_str(), self.server.version);
        let served = Kind::of(&state.identity.kind).and_then(|kind| kind.served(api_version));
        if served.is_some_and(|versions| !versions.has(version)) {
            return Some(Outcome::Whole(Reason::NotServed { api_version: api_version.into(), version }));
        }
        Some(self.over(&Step {
            before: (before, blob),
            after: (state, Text::Here(text)),
            ran: last.and_then(|last| last.runs.as_ref().or(last.ran.as_ref().filter(|_| last.error.is_some()))),
            runs: Some(applied).filter(|_| *role == Role::Plain),
            role,
        }))
    }

    fn over(&self, step: &Step) -> Outcome {
        let Some(kind) = Kind::of(&step.after.0.identity.kind) else {
            return Outcome::Whole(Reason::Kind(step.after.0.identity.kind.as_str().into()));
        };
        let reason = match self.at_a_glance(kind, step) {
            Ok(Some(reason)) => Ok(reason),
            Ok(None) => self.of_objects(kind, step),
            Err(error) => Err(error),
        };
        match reason {
            Ok(reason) if Controller::of(kind).is_some() => self.over_defaults(step, reason),
            Ok(reason) => Outcome::Whole(reason),
            Err(error) => Outcome::Unread(error.to_string()),
        }
    }

    /// What can be told without reading the objects again; nothing, if it cannot.
    fn at_a_glance(&self, kind: Kind, step: &Step) -> Result<Option<Reason>, git::Error> {
        let (before, after, version) = (step.before.0, step.after.0, self.server.version);
        let Some(controller) = Controller::of(kind).filter(|of| of.has_names(version)) else {
            return Ok(None);
        };
        // What cannot be changed is not in the template, and what may be refused needs a closer look.
        if before.config != after.config || !after.sound {
            return Ok(None);
        }
        let update = match (step.role, step.ran, step.runs) {
            (Role::Plain, Some(ran), Some(runs)) => self.update(controller, ran, runs)?,
            (Role::Rendered(by), None, _) if before.images != after.images => {
                return Ok(Some(Reason::Rendered(shown(by))));
            }
            _ => None,
        };
        let [from, to] = [before, after].map(|state| state.replicas.unwrap_or(1));
        Ok(match update {
            Some(Update::Rolled) => Some(after.hold.clone().map_or(Reason::Template, Reason::Waits)),
            Some(Update::Recorded) => Some(Reason::Recorded),
            Some(Update::Nothing) if from != to => Some(Reason::Scales { from, to }),
            Some(Update::Nothing) if before.canonical != after.canonical => Some(Reason::SameTemplate(version)),
            Some(Update::Nothing) if before.metadata != after.metadata => Some(Reason::Metadata),
            // Which kind of spelling it is, only a comparison tells.
            _ => None,
        })
    }

    /// What the controller does; nothing, where a template cannot be decoded.
    fn update(&self, controller: Controller, ran: &Applied, runs: &Applied) -> Result<Option<Update>, git::Error> {
        let hash = |applied: &Applied| self.hash(controller, &applied.state, &applied.kept);
        let (Ok(from), Ok(to)) = (hash(ran), hash(runs)) else { return Ok(None) };
        if from == to {
            return Ok(Some(Update::Nothing));
        }
        // Each version has images, and each controller looks at them.
        if controller == Controller::StatefulSet || ran.state.images != runs.state.images {
            return Ok(Some(Update::Rolled));
        }
        let (ran, runs) = (ran.template(self.repository)?, runs.template(self.repository)?);
        Ok(controller.update(ran.view(self.server), runs.view(self.server)).ok())
    }

    /// What the objects tell, over the defaults of what runs.
    fn of_objects(&self, kind: Kind, step: &Step) -> Result<Reason, git::Error> {
        let old = self.object(step.before.0, &Text::Blob(step.before.1))?;
        let new = self.object(step.after.0, &step.after.1)?;
        let place = |object| Placed { path: "", object };
        let pair = Pair::Both { old: place(&old), new: place(&new), bond: Bond::Identity };
        let live = match (step.ran, step.runs) {
            (Some(ran), Some(runs)) if Controller::of(kind).is_some() => {
                [ran.template(self.repository)?, runs.template(self.repository)?]
            }
            _ => [&old, &new].map(|object| Template::decode(object.template_holder())),
        };
        let by: Vec<Untrusted> = match step.role {
            Role::Rendered(by) => shown(by),
            _ => Vec::new(),
        };
        let delivery = match (step.role, step.ran) {
            (Role::Plain, _) => Delivery::Plain,
            (_, None) => Delivery::Rendered(&by),
            (_, Some(_)) => Delivery::Rerendered(&by),
        };
        let changes = diff::diff(&old, &new);
        Ok(Verdict::in_history(&pair, &changes, self.server, delivery, live.each_ref()))
    }

    fn object(&self, state: &State, text: &Text) -> Result<Object, git::Error> {
        match text {
            Text::Blob(blob) => state.object_in(self.repository, *blob),
            Text::Here(text) => state.object(manifest::read(text, Dialect::Kubectl).objects).ok_or_else(not_there),
        }
    }

    /// Where what runs makes it another thing than the states by themselves, says so.
    fn over_defaults(&self, step: &Step, reason: Reason) -> Outcome {
        let (before, after) = (step.before.0, step.after.0);
        let kept = |applied: Option<&Applied>| applied.map(|applied| applied.kept.clone()).unwrap_or_default();
        let (ran, runs) = (kept(step.ran), kept(step.runs));
        match reason {
            Reason::SameTemplate(_) if !runs.is_empty() && self.differ_as_new(before, after) => Outcome::Stays(runs),
            Reason::SameTemplate(_) if !ran.is_empty() && self.differ_as_new(before, after) => Outcome::Stays(ran),
            Reason::Template if before.canonical == after.canonical && !ran.is_empty() => Outcome::Ends(ran),
            _ if *step.role == Role::Plain && step.ran.is_none() => Outcome::RenderedBefore,
            reason => Outcome::Whole(reason),
        }
    }

    fn differ_as_new(&self, before: &State, after: &State) -> bool {
        let name = |state| self.as_new(state, &Role::Plain).ok();
        name(before) != name(after)
    }
}

/// Of an object that was not there before: what renders it may leave it out.
fn added(state: Option<&State>, role: &Role) -> Outcome {
    match (alone(state, Reason::Added), role) {
        (Outcome::Whole(Reason::Added), Role::Rendered(by)) => Outcome::Whole(Reason::Rendered(shown(by))),
        (outcome, _) => outcome,
    }
}

fn shown(by: &[RepoPath]) -> Vec<Untrusted> {
    by.iter().map(RepoPath::shown).collect()
}

/// Of an object that was not there before, or is not after.
fn alone(state: Option<&State>, reason: Reason) -> Outcome {
    let kind = state.and_then(|state| Kind::of(&state.identity.kind));
    Outcome::Whole(match (kind, state) {
        (Some(kind), _) if kind.is_workload() || kind == Kind::Pod => reason,
        (Some(kind), _) => Reason::NoPods(kind),
        (None, state) => Reason::Kind(state.map_or("", |state| &state.identity.kind).into()),
    })
}
