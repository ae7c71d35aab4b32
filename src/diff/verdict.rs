//! What a change does to the pods of a cluster: whether it replaces them, and why.

use super::hold::{Hold, is_true};
use super::immutable;
use super::reason::{Reason, Refused, Rolls};
use super::{Bond, Change, Equality, Pair};
use crate::kubernetes::{Kind, Version};
use crate::manifest::Object;
use crate::template::{Controller, Name, Server, Template, Update, refusals};
use crate::text::Untrusted;
use std::borrow::Cow;

/// What becomes of the pods of an object, as one whole state replaces another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub reason: Reason,
    /// The ReplicaSet or ControllerRevision before; none if there was none, or its name is not known.
    pub from: Option<Name>,
    /// The same after: the one from before, where it stays.
    pub to: Option<Name>,
    /// The version that it holds for.
    pub version: Version,
}

/// What stands between the files and the cluster.
#[derive(Clone, Copy, Debug, Default)]
pub enum Delivery<'a> {
    /// Nothing, as far as anybody knows.
    #[default]
    Plain,
    /// These files change pod templates, and have not changed themselves.
    Rendered(&'a [Untrusted]),
    /// These files change pod templates, or did before, and have changed.
    Rerendered(&'a [Untrusted]),
}

impl Verdict {
    /// The verdict on a pair of objects, between which these are the [changes](super::diff).
    ///
    /// ```
    /// use rollbook::diff::{Delivery, Placed, Rolls, Verdict, diff, pair};
    /// use rollbook::{manifest::read, template::Server, yaml::Dialect};
    /// let objects = |image: &str| read(format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: web}}, spec: {{
    ///     selector: {{matchLabels: {{app: web}}}}, template: {{metadata: {{labels: {{app: web}}}}, spec: {{containers: [
    ///     {{name: web, image: '{image}'}}]}}}}}}}}").as_bytes(), Dialect::Kubectl).objects;
    /// let (old, new) = (objects("web:1.4"), objects("web:1.5"));
    /// let place = |objects| Placed { path: "web.yaml", object: objects };
    /// let pairs = pair(&[place(&old[0])], &[place(&new[0])]);
    /// let server = Server::from("1.36".parse::<rollbook::kubernetes::Version>().unwrap());
    /// let verdict = Verdict::of(&pairs[0], &diff(&old[0], &new[0]), server, Delivery::Plain);
    /// assert_eq!(verdict.rolls(), Rolls::Yes);
    /// assert!(verdict.to.unwrap().name.starts_with("web-"));
    /// ```
    pub fn of(pair: &Pair, changes: &[Change], server: Server, delivery: Delivery) -> Verdict {
        Verdict::with(pair, changes, server, delivery, None)
    }

    /// The same in a history, with the templates that a cluster has before and after: some defaults of older ones stay in
    /// them. The API versions are of their time, which the version need not serve any more.
    pub fn with(
        pair: &Pair,
        changes: &[Change],
        server: Server,
        delivery: Delivery,
        live: Option<[&Template; 2]>,
    ) -> Verdict {
        let (old, new) = match pair {
            Pair::Both { old, new, .. } => (Some(old.object), Some(new.object)),
            Pair::Removed(old) => (Some(old.object), None),
            Pair::Added(new) => (None, Some(new.object)),
        };
        let of_kind = |object: &Object| Kind::of(&object.identity.kind);
        let Some(kind) = old.or(new).and_then(of_kind) else {
            let kind = old.or(new).map_or("", |object| &object.identity.kind);
            let is_same = old.is_some() && new.is_some() && changes.is_empty();
            let reason = if is_same { Reason::Cosmetic } else { Reason::Kind(kind.into()) };
            return Verdict { reason, from: None, to: None, version: server.version };
        };
        let judge = Judge { kind, server, delivery, live, renamed: is_renamed(pair) };
        let (reason, from, to) = match (old, new) {
            (Some(old), Some(new)) => judge.both(old, new, changes),
            (Some(old), None) => (judge.alone(Reason::Removed), judge.name(old), None),
            (None, new) => (judge.added(), None, new.and_then(|new| judge.name(new))),
        };
        Verdict { reason, from, to, version: server.version }
    }

    /// Whether it replaces pods.
    pub fn rolls(&self) -> Rolls {
        self.reason.rolls()
    }
}

fn is_renamed(pair: &Pair) -> bool {
    matches!(pair, Pair::Both { bond: Bond::Renamed, .. })
}

/// What a verdict on objects of one kind rests on.
struct Judge<'a> {
    kind: Kind,
    server: Server,
    delivery: Delivery<'a>,
    live: Option<[&'a Template; 2]>,
    renamed: bool,
}

/// What of a Pod is started again if it changes, and may.
const CONTAINERS: [&[&str]; 2] = [&["spec", "containers"], &["spec", "initContainers"]];

type Judged = (Reason, Option<Name>, Option<Name>);

impl Judge<'_> {
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

    /// The name of what a new object makes, if it can be known.
    fn name(&self, object: &Object) -> Option<Name> {
        let controller = Controller::of(self.kind).filter(|of| of.has_names(self.server.version))?;
        if !matches!(self.delivery, Delivery::Plain) {
            return None;
        }
        let hash = controller.hash(Template::decode(object.node()).view(self.server), None).ok()?;
        Some(controller.named(&object.identity.name, hash, self.server.version))
    }

    /// What is refused or cannot be decoded as it stands in a file may be mended on its way to the cluster.
    fn both(&self, old: &Object, new: &Object, changes: &[Change]) -> Judged {
        let judged = self.as_written(old, new, changes);
        match (&judged.0, self.delivery) {
            (Reason::Refused(_) | Reason::Undecodable(_), Delivery::Rendered(by) | Delivery::Rerendered(by)) => {
                (Reason::Rendered(by.to_vec()), None, None)
            }
            _ => judged,
        }
    }

    fn as_written(&self, old: &Object, new: &Object, changes: &[Change]) -> Judged {
        let version = self.server.version;
        if self.renamed {
            return (Reason::Renamed, self.name(old), self.name(new));
        }
        // What ran was taken by a server of its time, and so was what followed it.
        if let (None, Some(reason)) = (self.live, self.not_served(new)) {
            return (reason, self.name(old), None);
        }
        if let Some(refused) = self.refused(old, new, changes) {
            let stays = self.name(old);
            return (refused, stays.clone(), stays);
        }
        match Controller::of(self.kind) {
            Some(controller) if !controller.has_names(version) => {
                (Reason::TooOld { kind: self.kind, version }, None, None)
            }
            Some(controller) => self.controlled(controller, old, new, changes),
            None => (self.uncontrolled(old, new, changes), None, None),
        }
    }

    /// A server of another version may know it: nobody has to have chosen this one.
    fn not_served(&self, new: &Object) -> Option<Reason> {
        let api_version = new.identity.api_version.as_str();
        let served = self.kind.served(api_version)?;
        let version = self.server.version;
        (!served.has(version)).then(|| Reason::NotServed { api_version: api_version.into(), version })
    }

    fn refused(&self, old: &Object, new: &Object, changes: &[Change]) -> Option<Reason> {
        let field = immutable::refused(self.kind, old, new, changes, self.server.version)?;
        let suspended = || old.node().at(&["spec", "suspend"]).is_some_and(is_true);
        if self.kind == Kind::Job && field.as_str().starts_with("spec.template") && suspended() {
            return Some(Reason::Suspended);
        }
        Some(Reason::Refused(Refused::Immutable(field)))
    }

    fn controlled(&self, controller: Controller, old: &Object, new: &Object, changes: &[Change]) -> Judged {
        let [before, after] = match self.live {
            Some(live) => live.map(Cow::Borrowed),
            None => [old, new].map(|object| Cow::Owned(Template::decode(object.node()))),
        };
        let (a, b) = (before.view(self.server), after.view(self.server));
        let name = |object: &Object| self.name(object);
        if let Some(finding) = b.errors().next() {
            let refused = Reason::Refused(Refused::Invalid(finding.to_string()));
            return (refused, name(old), name(old));
        }
        let update = match controller.update(a, b) {
            Ok(update) => update,
            Err(finding) => return (Reason::Undecodable(finding.to_string()), None, name(new)),
        };
        if update != Update::Nothing
            && let Some(refused) = self.invalid(new, &after)
        {
            return match self.invalid(old, &before) {
                Some(same) if same == refused => (Reason::Incomplete(refused), None, None),
                _ => (Reason::Refused(refused), name(old), name(old)),
            };
        }
        let reason = self.after_update(update, old, new, changes);
        let from = name(old);
        let to = if update.keeps_name() { from.clone() } else { name(new) };
        (reason, from, to)
    }

    fn after_update(&self, update: Update, old: &Object, new: &Object, changes: &[Change]) -> Reason {
        let (held, holds) = (Hold::of(self.kind, old), Hold::of(self.kind, new));
        match (update, self.delivery) {
            (_, Delivery::Rerendered(by)) => Reason::Rendered(by.to_vec()),
            (Update::Rolled | Update::Recorded, Delivery::Rendered(by)) => Reason::Rendered(by.to_vec()),
            (Update::Rolled, Delivery::Plain) => holds.map_or(Reason::Template, Reason::Waits),
            (Update::Recorded, Delivery::Plain) => Reason::Recorded,
            (Update::Nothing, _) => match held {
                Some(held) if held.lets_go(holds.as_ref()) => Reason::Released(held),
                _ => self.without_pods(old, new, changes),
            },
        }
    }

    /// What the API server finds wrong with the new state by itself.
    fn invalid(&self, new: &Object, template: &Template) -> Option<Refused> {
        if !new.selects_own_pods() {
            return Some(Refused::Selector);
        }
        let found = refusals(new.node(), template, self.server).into_iter().next();
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
