//! What a change does to the pods of a cluster: whether it replaces them, and why.

use super::judge::Judge;
use super::reason::{Reason, Rolls};
use super::running::{Apart, Half, Running};
use super::{Change, Pair};
use crate::kubernetes::Version;
use crate::manifest::Object;
use crate::template::{Controller, Name, Server, Template};
use crate::text::Untrusted;
use std::fmt;

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
    /// Who makes what the names are of.
    pub made: Option<Controller>,
    /// An image of the template that is as it was, though its tag may name another one by now.
    pub floating: Option<Untrusted>,
    /// What the two states by themselves say, where what runs says something else.
    pub apart: Option<Apart>,
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
    /// The object was in a file that the state which does not have it may still have: nobody can read it there.
    Unreadable,
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
        Self::over(pair, changes, server, delivery, &Running::default())
    }

    /// The same, where the states were applied over what came before: names and pods are those of what runs.
    pub fn over(pair: &Pair, changes: &[Change], server: Server, delivery: Delivery, running: &Running) -> Verdict {
        let judge = match Judge::of(pair, changes, server, delivery) {
            Ok(judge) => judge.in_past(running.past),
            Err(reason) => {
                let (from, to, made, floating, apart) = Default::default();
                return Verdict { reason, from, to, version: server.version, made, floating, apart };
            }
        };
        let [old, new] = objects(pair);
        let old = old.map(|object| Half::new(object, running.before.as_ref()));
        let new = new.map(|object| Half::new(object, running.after.as_ref()));
        let verdict = judge.verdict(old.as_ref(), new.as_ref(), changes);
        if running.before.is_none() && running.after.is_none() {
            return verdict;
        }
        let [old, new] = [old, new].map(|half| half.map(|half| half.alone()));
        let alone = judge.verdict(old.as_ref(), new.as_ref(), changes);
        let apart = Apart::between(&alone, &verdict, running);
        match verdict.reason {
            // Another template is written, and an older default had made the one that runs the same.
            Reason::SameTemplate(_) if alone.rolls() == Rolls::Yes => {
                Verdict { reason: Reason::Runs, apart, ..verdict }
            }
            _ => Verdict { apart, ..verdict },
        }
    }

    /// The reason in a history, with the templates that ran before and after. The API versions are of their time, which
    /// the version need not serve any more.
    pub fn in_history(
        pair: &Pair,
        changes: &[Change],
        server: Server,
        delivery: Delivery,
        [before, after]: [&Template; 2],
    ) -> Reason {
        let judge = match Judge::of(pair, changes, server, delivery) {
            Ok(judge) => judge.in_past(true),
            Err(reason) => return reason,
        };
        let [old, new] = objects(pair);
        let old = old.map(|object| Half::new(object, Some(before)));
        let new = new.map(|object| Half::new(object, Some(after)));
        judge.verdict(old.as_ref(), new.as_ref(), changes).reason
    }

    /// Whether it replaces pods.
    pub fn rolls(&self) -> Rolls {
        self.reason.rolls()
    }
}

pub(super) fn objects<'o>(pair: &Pair<'o>) -> [Option<&'o Object>; 2] {
    [pair.before(), pair.after()].map(|side| side.map(|side| side.object))
}

/// What is said of an image whose tag may name another one by now.
const FLOATING: &str = "did not change: for another image behind its tag no pod is replaced";

impl Verdict {
    /// What there is to say beside the reason, in lines.
    pub fn remarks(&self) -> Vec<Untrusted> {
        let floating = self.floating.iter().map(|image| format!("`{}` {FLOATING}", image.as_str().escape_debug()));
        let apart = self.apart.iter().flat_map(|apart| [apart.cause() + ":", apart.consequence()]);
        floating.chain(apart).map(Untrusted::from).collect()
    }
}

impl fmt::Display for Verdict {
    /// The reason, and where it is another than that on the two states by themselves.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.reason)?;
        if let Some(image) = &self.floating {
            write!(f, "; `{}` {FLOATING}", image.as_str().escape_debug())?;
        }
        self.apart.iter().try_for_each(|apart| write!(f, "; {apart}"))
    }
}
