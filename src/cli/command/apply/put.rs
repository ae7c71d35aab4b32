//! One object on its way to the cluster.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::Value;

use super::piece::Piece;
use super::would;
use crate::cli::cluster::{deleted, while_written};
use crate::cli::context::Context;
use crate::cli::counterpart::is_one;
use crate::cli::failure::{Failure, Result};
use crate::cli::live::{Namespace, Workload};
use crate::cli::look::Look;
use crate::cli::onward::Next;
use crate::cli::stuck::{Stuck, help_past};
use crate::cli::watching::Since;
use crate::cluster::{
    Cluster, Error, MANAGER, NoRollout, Patch, Progress, Resource, Rollout, WasLive, annotate, body, deployed_by,
    taken_over, template,
};
use crate::kubernetes::{CHANGE_CAUSE, CLIENT_SIDE_APPLY, Kind};
use crate::output::{Diagnostic, ObjectName};
use crate::text::Untrusted;

/// An object, and what the cluster has of it before.
pub(in crate::cli) struct Put<'c> {
    pub cluster: &'c Cluster,
    pub piece: &'c Piece,
    pub resource: Resource,
    pub before: Option<Value>,
}

impl<'c> Put<'c> {
    /// Looks at what is there.
    pub fn new(cluster: &'c Cluster, piece: &'c Piece) -> Result<Put<'c>> {
        let identity = &piece.object.identity;
        let resource = cluster.resource(&identity.api_version, &identity.kind)?;
        let resource = resource.ok_or_else(|| {
            let what = format!("the cluster does not serve `{}` of `{}`", identity.kind, identity.api_version);
            Failure::new(what)
                .hint(format!("kubectl api-resources shows what it serves; it stands in {}", piece.path.as_str()))
        })?;
        let before = cluster.get(&resource, Some(&piece.namespace), &identity.name)?;
        Ok(Put { cluster, piece, resource, before })
    }

    /// `deployment.apps/web`
    pub fn name(&self) -> String {
        self.piece.name()
    }

    /// A command for what it applies.
    pub fn next(&self, command: &'static str, rest: &'static str) -> Next {
        let target = ObjectName::from(&self.piece.object.identity).target();
        Next::new(command, target.terminal().to_string(), rest).in_namespace(&self.piece.namespace)
    }

    /// What is sent.
    pub fn body(&self) -> Value {
        self.body_with(self.piece.cause.as_deref())
    }

    fn body_with(&self, cause: Option<&str>) -> Value {
        let is_workload = self.kind().is_some_and(Kind::is_workload);
        body(self.piece.wire.clone(), cause.filter(|_| is_workload), self.before.as_ref())
    }

    /// Asks the user where something else deploys the object; without a terminal that is an error.
    pub fn may_be_changed(&self) -> Result<()> {
        let Some((tool, source)) = self.before.as_ref().and_then(deployed_by) else { return Ok(()) };
        let source = Untrusted::from(source);
        let what =
            format!("{} is deployed by {tool} (`{}`), which may take the change back", self.name(), source.terminal());
        let refused = || Failure::new(what.clone()).hint("commit it and let that deploy it, or go on with --yes");
        if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
            return Err(refused());
        }
        let _ = write!(std::io::stderr(), "{what}\napply it all the same? [y/N] ");
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer)?;
        if answer.trim().eq_ignore_ascii_case("y") { Ok(()) } else { Err(refused()) }
    }

    /// Applies it, says so in kubectl's words, and gives it as it is then.
    pub fn apply(&self, context: &mut Context, force: bool) -> Result<Value> {
        let takes_over = !force && self.takes_over();
        let cause = match takes_over || self.may_be_stale() {
            // Nothing is taken over for an apply that then meets a conflict.
            true => self.would_be(force)?.1,
            false => self.piece.cause.as_deref(),
        };
        self.take_over()?;
        let after = self.settle(&[MANAGER], |force| self.try_send(self.body_with(cause), force, false), force)?;
        let goal = self.piece.goal.as_ref().map(|goal| format!(" to {goal}")).unwrap_or_default();
        context.write_bytes(format!("{} serverside-applied{goal}\n", self.name()).as_bytes())?;
        if self.kind().is_some_and(Kind::has_revisions) {
            // It is done, also where nobody can tell what that does.
            match would::told(context, self, &after) {
                Ok(rolls) => context.write_bytes(rolls.as_bytes())?,
                Err(failure) => {
                    let what = format!("what that does to the pods is not known: {}", failure.what());
                    context.warn(&Diagnostic::warning(what))?;
                }
            }
        }
        Ok(after)
    }

    /// What the server would make of it, and the cause that it gets.
    ///
    /// # Errors
    /// Others than this tool set some of its fields; the server refuses it, or gives no answer.
    pub fn would_be(&self, force: bool) -> Result<(Value, Option<&str>)> {
        let ours = [MANAGER, CLIENT_SIDE_APPLY];
        let ours = if self.takes_over() { &ours[..] } else { &ours[..1] };
        let mut would = self.settle(ours, |force| self.try_send(self.body(), force, true), force)?;
        let cause = self.piece.cause.as_deref().or_else(|| self.command_for(&would));
        let is_workload = self.kind().is_some_and(Kind::is_workload);
        annotate(&mut would, CHANGE_CAUSE, cause.filter(|_| is_workload).map(str::to_owned));
        Ok((would, cause))
    }

    /// Whether kubectl applied it in its old way, which is taken over first.
    fn takes_over(&self) -> bool {
        self.before.as_ref().is_some_and(|live| taken_over(live, MANAGER).is_some())
    }

    /// Whether the cause of what runs may be left on what takes its place.
    fn may_be_stale(&self) -> bool {
        let is_told = |live: &Value| live["metadata"]["annotations"][CHANGE_CAUSE].is_string();
        self.piece.cause.is_none()
            && self.kind().is_some_and(Kind::has_revisions)
            && self.before.as_ref().is_some_and(is_told)
    }

    /// The command in place of a cause that is of another template.
    fn command_for(&self, would: &Value) -> Option<&str> {
        let before = self.before.as_ref().filter(|_| self.may_be_stale())?;
        let cause = |object: &Value| object["metadata"]["annotations"][CHANGE_CAUSE].clone();
        let is_stale = !has_template_of(before, would) && cause(before) == cause(would);
        is_stale.then_some(self.piece.command.as_str())
    }

    /// Sends it once more, with force, where what is in the way is this tool's own: an undo on the cluster alone wrote it.
    fn settle(
        &self,
        ours: &[&str],
        send: impl Fn(bool) -> std::result::Result<Value, Error>,
        force: bool,
    ) -> Result<Value> {
        let done = match send(force) {
            Err(Error::Conflict { message, .. }) if is_among(&message, ours) => send(true),
            done => done,
        };
        Ok(done?)
    }

    /// Takes over what kubectl applied in its old way. A controller may write to the object meanwhile: then once more.
    fn take_over(&self) -> Result<()> {
        while_written(|tried| {
            let live = if tried == 0 { self.before.clone() } else { self.live()? };
            let Some(patch) = live.as_ref().and_then(|live| taken_over(live, MANAGER)) else { return Ok(Ok(())) };
            let (name, namespace) = (&self.piece.object.identity.name, Some(self.piece.namespace.as_str()));
            Ok(match self.cluster.patch(&self.resource, namespace, name, &Patch::Merge(patch), false) {
                // What was deleted meanwhile is made anew.
                Err(Error::NotFound { .. }) => Ok(()),
                done => done.map(drop),
            })
        })
    }

    /// What is there now.
    fn live(&self) -> Result<Option<Value>> {
        let name = &self.piece.object.identity.name;
        Ok(self.cluster.get(&self.resource, Some(&self.piece.namespace), name)?)
    }

    fn try_send(&self, object: Value, force: bool, dry_run: bool) -> std::result::Result<Value, Error> {
        let name = &self.piece.object.identity.name;
        let patch = Patch::Apply { object, force };
        self.cluster.patch(&self.resource, Some(&self.piece.namespace), name, &patch, dry_run)
    }

    /// Its kind, if that is one of Kubernetes' own.
    fn kind(&self) -> Option<Kind> {
        let identity = &self.piece.object.identity;
        Kind::of(&identity.kind).filter(|kind| is_one(&identity.kind, &identity.api_version, kind.group()))
    }

    /// Whether the rollout of what was applied completes in time; what is not rolled out is complete. With `patience`, one
    /// whose pods cannot be started for so long does not.
    ///
    /// # Errors
    /// The cluster gives no answer; the object was deleted, or somebody gave it another pod template meanwhile.
    pub fn is_complete(
        &self,
        context: &mut Context,
        applied: &Value,
        end: Option<Instant>,
        patience: Option<Duration>,
    ) -> Result<bool> {
        let Some(kind) = self.kind().filter(|kind| kind.has_revisions()) else { return Ok(true) };
        if let Err(NoRollout::NotRolling) = Rollout::of(kind, applied) {
            let what = format!("{} replaces its pods when somebody deletes them: nothing is waited for", self.name());
            context.warn(&Diagnostic::warning(what))?;
            return Ok(true);
        }
        self.cluster.end_by(end);
        let namespace = Namespace::at(context, self.cluster, &self.piece.namespace);
        let left = end.map(|end| end.saturating_duration_since(Instant::now()));
        let look = Look { namespace: &namespace, wanted: None };
        let workload = Workload { kind, name: self.piece.object.identity.name.clone(), object: applied.clone() };
        let seen = look.watch(&workload, Since::Change { patience }, left, |line, now| match line {
            _ if !has_template_of(&now.workload, applied) => Err(self.changed_meanwhile()),
            Some(line) => context.page(&format!("{}\n", Untrusted::from(line).terminal())),
            None => Ok(()),
        })?;
        seen.notes.iter().map(Diagnostic::from).try_for_each(|note| context.warn(&note))?;
        if seen.late || seen.stuck || seen.rollout.progress == Progress::Failed {
            let line = match () {
                () if seen.late => "timed out waiting for the condition".to_owned(),
                () if seen.stuck => format!("the new pods of {} cannot be started", self.name()),
                () => seen.rollout.line.clone(),
            };
            context.report(&seen.why(Timestamp::now()).into_iter().fold(Diagnostic::error(line), Diagnostic::cause))?;
        }
        Ok(!seen.late && seen.rollout.progress == Progress::Complete)
    }

    /// That somebody else's rollout is under way now.
    fn changed_meanwhile(&self) -> Failure {
        let what = format!("{} was changed meanwhile: its pod template is not the one that was applied", self.name());
        Failure::not_found(anyhow::anyhow!(what)).next(self.next("status", " shows what is rolled out"))
    }

    /// Puts back the template that was live before in place of what was applied, with its cause, and waits for it. Pods that a
    /// StatefulSet's controller waits for are deleted.
    pub fn back(&self, context: &mut Context, applied: &Value, end: Option<Instant>, patience: Duration) -> Result<()> {
        self.cluster.end_by(end);
        let Some(before) = &self.before else {
            let what = format!("{} was not there before: it stays as it is", self.name());
            return context.warn(&Diagnostic::warning(what));
        };
        let unknown = |what: String| {
            let next = self.next("undo --live", " goes back to the revision before this one");
            Err(Failure::not_found(anyhow::anyhow!("{what}: what was live then is not known")).next(next))
        };
        // Each change of what is wanted counts one.
        let generation = |object: &Value| object["metadata"]["generation"].as_i64().unwrap_or_default();
        if generation(applied) > generation(before) + 1 {
            return unknown(format!("{} was changed just before it was applied", self.name()));
        }
        let Some(kind) = self.kind() else { return Ok(()) };
        let namespace = Namespace::at(context, self.cluster, &self.piece.namespace);
        let workload =
            |object: &Value| Workload { kind, name: self.piece.object.identity.name.clone(), object: object.clone() };
        let (situation, notes) = Look { namespace: &namespace, wanted: None }.situation(&workload(applied))?;
        let (was_live, template) = match WasLive::of(kind, before, &situation) {
            WasLive::Itself => (before, before["spec"]["template"].clone()),
            WasLive::Revision(revision) => (revision, template(kind, revision)),
            WasLive::Unknown => {
                notes.iter().map(Diagnostic::from).try_for_each(|note| context.warn(&note))?;
                return unknown(format!("{} was being rolled out when it was applied", self.name()));
            }
        };
        if template == applied["spec"]["template"] {
            let what = format!("{} had that pod template before: there is nothing to go back to", self.name());
            return context.warn(&Diagnostic::warning(what));
        }
        let cause = was_live["metadata"]["annotations"][CHANGE_CAUSE].as_str();
        let mut object = self.piece.wire.clone();
        object["spec"]["template"] = template;
        if let Some(annotations) = object.pointer_mut("/metadata/annotations").and_then(Value::as_object_mut) {
            annotations.shift_remove(CHANGE_CAUSE);
        }
        let object = body(object, cause, Some(before));
        let live = self.send_in_place_of(applied, object)?;
        context.write_bytes(format!("{} rolled back\n", self.name()).as_bytes())?;
        help_past(context, &namespace, &workload(&live), Stuck::Delete)?;
        match self.is_complete(context, &live, end, Some(patience))? {
            true => Ok(()),
            false => Err(Failure::not_found(anyhow::anyhow!("what was live before does not come back either"))),
        }
    }

    /// Applies an object while the cluster has what was applied, and nobody else's change of the template. It is applied, not
    /// patched: what the new template has more goes.
    fn send_in_place_of(&self, applied: &Value, mut object: Value) -> Result<Value> {
        while_written(|tried| {
            let is_it = |live: &Value| live["metadata"]["uid"] == applied["metadata"]["uid"];
            let live = self.live()?.filter(is_it).ok_or_else(deleted)?;
            // The answer may have been lost.
            if tried > 0 && has_template_of(&live, &object) {
                return Ok(Ok(live));
            }
            if !has_template_of(&live, applied) {
                return Err(self.changed_meanwhile());
            }
            // An autoscaler may have changed them meanwhile.
            if let Some(replicas) = object.pointer_mut("/spec/replicas") {
                *replicas = live["spec"]["replicas"].clone();
            }
            ["uid", "resourceVersion"].iter().for_each(|key| object["metadata"][key] = live["metadata"][key].clone());
            Ok(self.try_send(object.clone(), true, false))
        })
    }
}

/// Whether two states have one pod template.
fn has_template_of(one: &Value, other: &Value) -> bool {
    one["spec"]["template"] == other["spec"]["template"]
}

/// Whether all fields in a conflict are of these managers, written in another way than by an apply.
fn is_among(message: &str, ours: &[&str]) -> bool {
    let mut managers = message.split("with \"").skip(1).filter_map(|rest| rest.split('"').next()).peekable();
    managers.peek().is_some() && managers.all(|manager| ours.contains(&manager))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conflict_with_itself_is_told_from_one_with_others() {
        let of_kubectl =
            "Apply failed with 1 conflict: conflict with \"kubectl-client-side-apply\" using apps/v1: .spec.replicas";
        for (message, ours, is) in [
            (
                "Apply failed with 1 conflict: conflict with \"rollbook\" using apps/v1: .spec.replicas",
                &[MANAGER][..],
                true,
            ),
            (
                "Apply failed with 2 conflicts: conflicts with \"rollbook\" using apps/v1:\n- .a\nconflicts with \"kubectl-edit\":\n- .b",
                &[MANAGER],
                false,
            ),
            ("the object has been modified", &[MANAGER], false),
            (of_kubectl, &[MANAGER], false),
            (of_kubectl, &[MANAGER, CLIENT_SIDE_APPLY], true),
        ] {
            assert_eq!(is_among(message, ours), is, "{message}");
        }
    }
}
