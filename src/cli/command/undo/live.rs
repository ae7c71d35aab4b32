//! `rollbook undo --live`: back on the cluster alone, for an emergency.

use super::Args;
use super::message::rollback;
use crate::cli::cluster::{connect_for_names, deleted, while_written};
use crate::cli::context::Context;
use crate::cli::edit::line;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::live::{Namespace, Workload};
use crate::cli::look::Look;
use crate::cli::onward::{Next, Onward};
use crate::cli::origin::Live;
use crate::cli::place::Place;
use crate::cli::selection::Selection;
use crate::cli::stuck::{Stuck, help_past};
use crate::cli::target::Target;
use crate::cli::world::{World, of_git};
use crate::cluster::{Cluster, Held, Patch, Resource, Situation, is_observed, way_back};
use crate::kubernetes::{CHANGE_CAUSE, Kind};
use crate::output::Diagnostic;
use crate::text::Untrusted;
use serde_json::Value;

/// Gives the workload the template of a revision that the cluster holds.
pub(super) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let target = Target::parse_one(&args.target)?;
    let cluster = connect_for_names(context)?;
    let namespace = Namespace::of(context, &cluster)?;
    let workload = namespace.named(&[target])?.remove(0);
    let look = Look { namespace: &namespace, wanted: None };
    // Pods that are to be deleted have to be known before anything is changed.
    let (situation, notes) = match args.delete_stuck_pods && workload.kind == Kind::StatefulSet {
        true => look.situation_with_both(&workload)?,
        false => look.situation_with_revisions(&workload)?,
    };
    let held = situation.held(workload.kind).unwrap_or_default();
    let of = Of { namespace: &namespace, workload: &workload, situation: &situation, held: &held };
    let chosen = of.chosen(context, args)?;
    let revision = situation.revision(&chosen.name).ok_or_else(|| unknown(chosen.number))?;
    may_go_back(&workload.object, Next::new("resume", workload.target(), ""))?;
    let goal = format!("revision {}", chosen.number);
    let own = revision["metadata"]["annotations"][CHANGE_CAUSE].as_str().map(line).unwrap_or_default();
    let cause = args.message.as_deref().map_or_else(|| rollback(&goal, &own), line);
    let way = Way { cluster: &cluster, namespace: &namespace, workload: &workload, revision, cause: &cause };
    let text = match way.go(args.dry_run)? {
        false => format!("skipped rollback (current template already matches {goal})\n"),
        true => {
            let suffix = if args.dry_run { " (server dry run)" } else { "" };
            let name = format!("{}/{}", workload.kind.qualified(), Untrusted::from(workload.name.as_str()).terminal());
            let drift = Next::new("drift", workload.target(), " compares the two").after("git is not changed");
            let drift = Untrusted::from(Onward::of(&context.globals).line(&drift));
            let (of, drift) = (line(&chosen.name), drift.terminal());
            format!("{name} rolled back{suffix}\nto {goal} of the cluster: {of}\n{drift}\n")
        }
    };
    context.write_bytes(text.as_bytes())?;
    notes.iter().map(Diagnostic::from).try_for_each(|note| context.warn(&note))?;
    if !args.dry_run {
        let stuck = if args.delete_stuck_pods { Stuck::Delete } else { Stuck::Tell };
        help_past(context, &namespace, &workload, stuck)?;
    }
    Ok(Exit::Done)
}

/// From what is live to a revision.
struct Way<'w> {
    cluster: &'w Cluster,
    namespace: &'w Namespace<'w>,
    workload: &'w Workload,
    revision: &'w Value,
    cause: &'w str,
}

impl Way<'_> {
    /// Goes there; says whether there was anything to change.
    fn go(&self, dry_run: bool) -> Result<bool> {
        let (kind, name, namespace) = (self.workload.kind, &self.workload.name, Some(self.namespace.name.as_str()));
        let (resource, first) = (Resource::of(kind), &self.workload.object);
        while_written(|tried| {
            let live = match tried {
                0 => first.clone(),
                _ => {
                    let again = self.cluster.get(&resource, namespace, name)?;
                    // Another of the same name is another workload.
                    let is_it = |again: &Value| again["metadata"]["uid"] == first["metadata"]["uid"];
                    let again = again.filter(is_it).ok_or_else(deleted)?;
                    may_go_back(&again, Next::new("resume", self.workload.target(), ""))?;
                    again
                }
            };
            let Some(patch) = way_back(kind, &live, self.revision, self.cause) else { return Ok(Ok(tried > 0)) };
            Ok(self.cluster.patch(&resource, namespace, name, &Patch::Merge(patch), dry_run).map(|_| true))
        })
    }
}

/// Refuses what is paused, in kubectl's words.
pub(super) fn may_go_back(live: &Value, resume: Next) -> Result<()> {
    if live["spec"]["paused"] != true {
        return Ok(());
    }
    let what = "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again";
    Err(Failure::not_found(anyhow::anyhow!(what)).next(resume))
}

/// kubectl's words.
fn unknown(number: i64) -> Failure {
    Failure::not_found(anyhow::anyhow!("unable to find specified revision {number} in history"))
}

/// A workload, and the revisions that the cluster holds of it: the newest first.
struct Of<'w> {
    namespace: &'w Namespace<'w>,
    workload: &'w Workload,
    situation: &'w Situation,
    held: &'w [Held],
}

/// A revision of git, and what the cluster holds of it.
struct InGit {
    /// Its name on the cluster.
    name: String,
    held: Option<Held>,
}

impl Of<'_> {
    /// The revision that is meant.
    fn chosen(&self, context: &Context, args: &Args) -> Result<Held> {
        let numbered = |number: i64| self.held.iter().find(|held| held.number == number).cloned();
        if let Some(number) = args.live_revision {
            return numbered(number).ok_or_else(|| unknown(number));
        }
        let number = match (&args.git_revision, &args.to_revision) {
            (None, Selection::Digits(0)) => return previous(self.workload, self.situation, self.held),
            (None, Selection::Digits(number) | Selection::Number(number)) => i64::try_from(*number).unwrap_or(i64::MAX),
            (Some(selection), _) | (None, selection) => {
                let InGit { name, held } = self.in_git(context, selection)?;
                return held.ok_or_else(|| self.gone(&name));
            }
        };
        // The same number may be another revision to git.
        let live = numbered(number);
        let of_git = self.in_git(context, &args.to_revision).ok();
        match (live, of_git) {
            (Some(live), Some(git)) if git.held.as_ref() != Some(&live) => {
                let of_git = git.held.map_or(git.name, |held| held.name);
                let what = format!(
                    "revision {number} is `{}` to the cluster and `{}` to git: say which is meant",
                    line(&live.name),
                    line(&of_git)
                );
                let failure = Failure::new(what).hint(format!("--live-revision {number}"));
                Err(failure.hint(format!("--git-revision {number}")))
            }
            (Some(live), _) => Ok(live),
            (None, Some(git)) => git.held.ok_or_else(|| self.gone(&git.name)),
            (None, None) => Err(unknown(number)),
        }
    }

    /// What the cluster holds of a revision of git: by the name, else by the template, since a cluster keeps names over its
    /// upgrades.
    fn in_git(&self, context: &Context, selection: &Selection) -> Result<InGit> {
        let world = World::open(context)?;
        let target = Target { kind: Some(self.workload.kind), name: self.workload.name.clone() };
        let mut place = Place::one(context, &world, &target, Some(selection))?;
        let runs = place.live(&world)?;
        let name = place.name(&world, &runs);
        let name = name.map_err(|unnamed| Failure::new(format!("git cannot tell its name: {unnamed}")))?.name;
        if let Some(held) = self.held.iter().find(|held| held.name == name) {
            return Ok(InGit { name, held: Some(held.clone()) });
        }
        let template = runs.template(&world.repository).map_err(of_git)?;
        let version = self.namespace.version();
        let is_it = |held: &&Held| {
            let live = self.situation.revision(&held.name).map(|object| Live {
                kind: self.workload.kind,
                workload: self.workload.name.clone(),
                name: held.name.clone(),
                object,
                path: None,
            });
            live.zip(version).is_some_and(|(live, version)| live.has(&template, version))
        };
        Ok(InGit { held: self.held.iter().find(is_it).cloned(), name })
    }

    fn gone(&self, name: &str) -> Failure {
        let what = format!("the cluster does not hold `{}` any more", line(name));
        let next = Next::new("apply", self.workload.target(), " REVISION puts it there anew");
        Failure::not_found(anyhow::anyhow!(what)).next(next)
    }
}

/// The one before the last, in kubectl's words where there is none. Where the last is so new that its controller has not made a
/// revision of it yet, the newest that there is stands before it.
fn previous(workload: &Workload, situation: &Situation, held: &[Held]) -> Result<Held> {
    let newest = held.first().and_then(|held| situation.revision(&held.name));
    let is_other = |newest| way_back(workload.kind, &workload.object, newest, "").is_some();
    let is_newer = !is_observed(&workload.object) && newest.is_some_and(is_other);
    held.get(if is_newer { 0 } else { 1 }).cloned().ok_or_else(|| {
        let what = match workload.kind {
            Kind::Deployment => format!("no rollout history found for deployment \"{}\"", line(&workload.name)),
            _ => "no last revision to roll back to".to_owned(),
        };
        Failure::not_found(anyhow::anyhow!(what))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_one_before_the_last_is_of_what_is_wanted_now() {
        let template = |image: &str| json!({"spec": {"containers": [{"image": image}]}});
        let set = |number: i64, image: &str| {
            let annotations = json!({"deployment.kubernetes.io/revision": number.to_string()});
            let owners = json!([{"controller": true, "uid": "1"}]);
            json!({
                "metadata": {"name": format!("web-{number}"), "annotations": annotations, "ownerReferences": owners},
                "spec": {"template": template(image)},
            })
        };
        for (image, observed, name) in [("web:2", 2, "web-1"), ("web:3", 1, "web-2"), ("web:2", 1, "web-1")] {
            let object = json!({
                "metadata": {"name": "web", "uid": "1", "generation": 2}, "spec": {"template": template(image)},
                "status": {"observedGeneration": observed},
            });
            let sets = vec![set(1, "web:1"), set(2, "web:2")];
            let situation = Situation::new(object.clone(), Some(sets), None, Vec::new());
            let workload = Workload { kind: Kind::Deployment, name: "web".to_owned(), object };
            let held = situation.held(Kind::Deployment).unwrap();
            assert_eq!(previous(&workload, &situation, &held).unwrap().name, name, "{image} {observed}");
        }
    }
}
