//! The verdict on a pair of objects of one kind, step by step: what is refused, what the controller sees, what is left.

use super::hold::Hold;
use super::immutable::immutable;
use super::reason::{Reason, Refused};
use super::running::Half;
use super::verdict::{Delivery, Verdict, objects};
use super::{Bond, Change, Equality, Pair};
use crate::kubernetes::Kind;
use crate::manifest::Object;
use crate::template::{Controller, Name, Server, Update, is_floating, refusals};
use crate::text::Untrusted;

fn is_renamed(pair: &Pair) -> bool {
    matches!(pair, Pair::Both { bond: Bond::Renamed, .. })
}

/// What a verdict on objects of one kind rests on.
pub(super) struct Judge<'a> {
    kind: Kind,
    server: Server,
    delivery: Delivery<'a>,
    renamed: bool,
    /// See [`Running::past`](super::Running::past).
    past: bool,
}

/// What of a Pod is started again if it changes, and may.
const CONTAINERS: [&[&str]; 2] = [&["spec", "containers"], &["spec", "initContainers"]];

type Judged = (Reason, Option<Name>, Option<Name>);

impl<'a> Judge<'a> {
    /// Of an object of a kind that is not known there is nothing to judge, but a reason.
    pub fn of(pair: &Pair, changes: &[Change], server: Server, delivery: Delivery<'a>) -> Result<Self, Reason> {
        let [old, new] = objects(pair);
        let of_kind = |object: &Object| Kind::of(&object.identity.kind);
        if let Some(kind) = old.or(new).and_then(of_kind) {
            return Ok(Judge { kind, server, delivery, renamed: is_renamed(pair), past: false });
        }
        let kind = old.or(new).map_or("", |object| &object.identity.kind);
        let is_same = old.is_some() && new.is_some() && changes.is_empty();
        Err(if is_same { Reason::Cosmetic } else { Reason::Kind(kind.into()) })
    }

    /// The same where both states may be of a history.
    pub fn in_past(self, past: bool) -> Self {
        Judge { past, ..self }
    }

    pub fn verdict(&self, old: Option<&Half>, new: Option<&Half>, changes: &[Change]) -> Verdict {
        let (reason, from, to) = match (old, new) {
            (Some(old), Some(new)) => self.both(old, new, changes),
            (Some(old), None) if self.is_unreadable() => (self.alone(Reason::Unreadable), self.name(old), None),
            (None, Some(new)) if self.is_unreadable() => (self.alone(Reason::Unreadable), None, self.name(new)),
            (Some(old), None) if old.object.is_generated() => (self.alone(Reason::Generated), None, None),
            (Some(old), None) => (self.alone(Reason::Removed), self.name(old), None),
            (None, new) => (self.added(), None, new.and_then(|new| self.name(new))),
        };
        let floating = new.and_then(|new| self.floating(&reason, new.object));
        let made = Controller::of(self.kind);
        Verdict { reason, from, to, version: self.server.version, made, floating, apart: None }
    }

    fn is_unreadable(&self) -> bool {
        matches!(self.delivery, Delivery::Unreadable)
    }

    /// The image behind which another one may be, where somebody may think that it makes new pods.
    fn floating(&self, reason: &Reason, new: &Object) -> Option<Untrusted> {
        let stays = matches!(
            reason,
            Reason::Metadata
                | Reason::Config
                | Reason::Spelling
                | Reason::Defaults
                | Reason::Cosmetic
                | Reason::SameTemplate(_)
        );
        let images = if stays && Controller::of(self.kind).is_some() { new.all_images() } else { Vec::new() };
        images.into_iter().find(|image| is_floating(image)).map(Untrusted::from)
    }

    /// Of an object that one of the states does not have.
    fn alone(&self, reason: Reason) -> Reason {
        let has_pods = self.kind.is_workload() || self.kind == Kind::Pod;
        if has_pods { reason } else { Reason::NoPods(self.kind) }
    }

    /// What is new may be left out, or have no replicas, where something works on it on its way.
    fn added(&self) -> Reason {
        match (self.alone(Reason::Added), self.delivery) {
            (Reason::Added, Delivery::Rendered(by) | Delivery::Rerendered(by)) => Reason::Rendered(by.to_vec()),
            (reason, _) => reason,
        }
    }

    /// The name of what runs, if it can be known.
    fn name(&self, half: &Half) -> Option<Name> {
        let controller = Controller::of(self.kind).filter(|of| of.has_names(self.server.version))?;
        if !matches!(self.delivery, Delivery::Plain | Delivery::Unreadable) || half.object.is_generated() {
            return None;
        }
        let hash = controller.hash(half.running().view(self.server), None).ok()?;
        Some(controller.named(&half.object.identity.name, hash, self.server.version))
    }

    /// What is refused or cannot be decoded as it stands in a file may be mended on its way to the cluster.
    fn both(&self, old: &Half, new: &Half, changes: &[Change]) -> Judged {
        let judged = self.as_delivered(old, new, changes);
        match (&judged.0, self.delivery) {
            (Reason::Refused(_) | Reason::Undecodable(_), Delivery::Rendered(by) | Delivery::Rerendered(by)) => {
                (Reason::Rendered(by.to_vec()), None, None)
            }
            _ => judged,
        }
    }

    fn as_delivered(&self, old: &Half, new: &Half, changes: &[Change]) -> Judged {
        let version = self.server.version;
        if new.object.is_generated() {
            return (self.generated(old.object, new.object, changes), None, None);
        }
        if self.renamed {
            return (Reason::Renamed, self.name(old), self.name(new));
        }
        if let (false, Some(reason)) = (self.past, self.not_served(new.object)) {
            return (reason, self.name(old), self.name(new));
        }
        if let Some(refused) = self.refused(old.object, new.object, changes) {
            let stays = self.name(old);
            return (refused, stays.clone(), stays);
        }
        match Controller::of(self.kind) {
            Some(controller) if !controller.has_names(version) => {
                (Reason::TooOld { kind: self.kind, version }, None, None)
            }
            Some(controller) => self.controlled(controller, old, new, changes),
            None => (self.uncontrolled(old.object, new.object, changes), None, None),
        }
    }

    /// Of an object that is another one each time it is created, nothing is replaced.
    fn generated(&self, old: &Object, new: &Object, changes: &[Change]) -> Reason {
        match changes.iter().any(|change| change.equality.is_none()) {
            true => self.alone(Reason::Generated),
            false => self.without_pods(old, new, changes),
        }
    }

    /// A server of another version may know it: nobody has to have chosen this one.
    fn not_served(&self, new: &Object) -> Option<Reason> {
        let api_version = new.identity.api_version.as_str();
        let served = self.kind.served(api_version).filter(|_| self.kind.is_workload())?;
        let version = self.server.version;
        (!served.has(version)).then(|| Reason::NotServed { api_version: api_version.into(), version })
    }

    fn refused(&self, old: &Object, new: &Object, changes: &[Change]) -> Option<Reason> {
        let field = immutable(old, new, changes, self.server.version).next()?.path.shown();
        Some(Reason::Refused(Refused::Immutable(field)))
    }

    fn controlled(&self, controller: Controller, old: &Half, new: &Half, changes: &[Change]) -> Judged {
        if let Some(finding) = new.written().view(self.server).errors().next() {
            let refused = Reason::Refused(Refused::Invalid(finding.to_string()));
            return (refused, self.name(old), self.name(old));
        }
        let [before, after] = [old, new].map(|half| half.running().view(self.server));
        let update = match controller.update(before, after) {
            Ok(update) => update,
            Err(finding) => return (Reason::Undecodable(finding.to_string()), None, self.name(new)),
        };
        if update != Update::Nothing
            && let Some(refused) = self.invalid(new)
        {
            return match self.invalid(old) {
                Some(same) if same == refused => (Reason::Incomplete(refused), None, None),
                _ => (Reason::Refused(refused), self.name(old), self.name(old)),
            };
        }
        let reason = self.after_update(update, old.object, new.object, changes);
        let from = self.name(old);
        let to = if update.keeps_name() { from.clone() } else { self.name(new) };
        (reason, from, to)
    }

    fn after_update(&self, update: Update, old: &Object, new: &Object, changes: &[Change]) -> Reason {
        let (held, holds) = (Hold::of(self.kind, old), Hold::of(self.kind, new));
        match (update, self.delivery) {
            (_, Delivery::Rerendered(by)) => Reason::Rendered(by.to_vec()),
            (Update::Rolled | Update::Recorded, Delivery::Rendered(by)) => Reason::Rendered(by.to_vec()),
            (Update::Rolled, Delivery::Plain | Delivery::Unreadable) => holds.map_or(Reason::Template, Reason::Waits),
            (Update::Recorded, Delivery::Plain | Delivery::Unreadable) => Reason::Recorded,
            (Update::Nothing, _) => match held {
                Some(held) if held.lets_go(holds.as_ref()) => Reason::Released(held),
                _ => self.without_pods(old, new, changes),
            },
        }
    }

    /// What the API server finds wrong with a state by itself.
    fn invalid(&self, half: &Half) -> Option<Refused> {
        if !half.object.selects_own_pods() {
            return Some(Refused::Selector);
        }
        let found = refusals(half.object.node(), half.written(), self.server).into_iter().next();
        found.map(|refusal| Refused::Invalid(refusal.to_string()))
    }

    /// Of kinds whose controllers replace no pods, or that have none.
    fn uncontrolled(&self, old: &Object, new: &Object, changes: &[Change]) -> Reason {
        let changed = |keys: &[&str]| changes.iter().any(|change| change.equality.is_none() && change.path.meets(keys));
        match new.template_path() {
            Some(template) if changed(template) => Reason::LaterPods(self.kind),
            Some(_) => self.without_pods(old, new, changes),
            None if self.kind == Kind::Pod && CONTAINERS.iter().any(|keys| changed(keys)) => Reason::InPlace,
            None if self.kind == Kind::Pod => self.without_pods(old, new, changes),
            None => Reason::NoPods(self.kind),
        }
    }

    /// Why a change does nothing to pods: by the most that it changes.
    fn without_pods(&self, old: &Object, new: &Object, changes: &[Change]) -> Reason {
        let mut real = changes.iter().filter(|change| change.equality.is_none()).peekable();
        if real.peek().is_none() {
            let defaults = changes.iter().any(|change| change.equality == Some(Equality::Default));
            return match (changes.is_empty(), defaults) {
                (true, _) => Reason::Cosmetic,
                (false, true) => Reason::Defaults,
                (false, false) => Reason::Spelling,
            };
        }
        let [from, to] = [old, new].map(|object| object.replicas().unwrap_or(1));
        let real: Vec<&Change> = real.collect();
        let any = |keys: &[&str]| real.iter().any(|change| change.path.meets(keys));
        let is_metadata =
            |change: &&Change| ["metadata", "apiVersion", "kind"].iter().any(|key| change.path.within(&[key]));
        match new.template_path() {
            Some(_) if from != to => Reason::Scales { from, to },
            Some(template) if any(template) => Reason::SameTemplate(self.server.version),
            _ if real.iter().all(is_metadata) => Reason::Metadata,
            _ => Reason::Config,
        }
    }
}
