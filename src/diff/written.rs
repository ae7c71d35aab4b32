//! Who put on a live object what git does not set: what deploys git, before git gave it up; somebody's hand; or the API server
//! and controllers, whose it stays.

use std::collections::HashSet;

use serde_json::Value as Json;

use super::hand::{is_no_controller, is_tool};
use super::managed::owners;
use super::path::{Path, Step};
use super::places;
use crate::kubernetes::{Kind, LAST_APPLIED, RESTARTED_AT};
use crate::manifest::{Object, read};
use crate::yaml::Dialect;

/// How a rollout is held and begun anew: what `rollbook pause` and `restart` write is no state of git's.
pub(super) const OF_A_ROLLOUT: &[&[&str]] =
    &[&["spec", "paused"], &["spec", "template", "metadata", "annotations", RESTARTED_AT]];

/// What is git's of a workload whose defaults are all known.
const SPEC: &[&str] = &["spec"];

/// How many pods are wanted: autoscalers of any name count them.
const REPLICAS: &[&str] = &["spec", "replicas"];

/// The writers of one live object.
///
/// What git does not set was put there by hand where nobody but hands wrote it, and a hand is:
///
/// - In the pod template of a workload, and in the whole `spec` of a Deployment, StatefulSet and DaemonSet, whoever is no
///   controller and no tool that applies git: hardly anything else writes there, since injectors write to pods, and the schema
///   knows what the API server fills in.
/// - Everywhere else, and for the number of pods, a tool that people work with: a manager of another name may well be a
///   controller, and whoever made the object wrote the defaults too.
///
/// What was applied (`Apply`) under a name of its own belongs to that. Labels and annotations of the object itself, `paused` and
/// `restartedAt` of a rollout, and what no manager has are put there by nobody.
#[derive(Default)]
pub struct Written<'l> {
    managed: Option<&'l Json>,
    /// The managers that applied what git sets.
    deployers: Vec<&'l str>,
    /// The places of what a client applied last: its manager owns what the API server filled in, too.
    applied: HashSet<String>,
    /// Where whoever is no controller is a hand.
    of_git: Option<&'static [&'static str]>,
}

impl<'l> Written<'l> {
    /// Those of an object as the API server gives it, of which git sets this.
    pub fn of(live: &'l Json, set: &Object) -> Written<'l> {
        let metadata = &live["metadata"];
        let managed = &metadata["managedFields"];
        let fields = places(set);
        let fields = fields.iter().filter(|place| place.is_field() && !is_metadata(&place.path));
        let of_fields = fields.flat_map(|place| owners(&place.path, managed));
        let mut deployers: Vec<&str> =
            of_fields.filter(|of| of["operation"] == "Apply").filter_map(|of| of["manager"].as_str()).collect();
        deployers.sort_unstable();
        deployers.dedup();
        let applied = metadata["annotations"][LAST_APPLIED].as_str().unwrap_or_default();
        let applied = read(applied.as_bytes(), Dialect::Kubectl).objects;
        let applied = applied.first().map(places).unwrap_or_default();
        let applied = applied.iter().map(|place| place.path.shown().as_str().to_owned()).collect();
        let has_revisions = Kind::of(&set.identity.kind).is_some_and(Kind::has_revisions);
        let of_git = if has_revisions { Some(SPEC) } else { set.template_path() };
        Written { managed: Some(managed), deployers, applied, of_git }
    }

    /// Whether what only the live object has is there since git set it once, or somebody put it there by hand: nobody else
    /// wrote it.
    pub(super) fn is_left(&self, path: &Path) -> bool {
        let Some(managed) = self.managed else { return false };
        let mut owners = owners(path, managed).peekable();
        let may_be_by_hand = !is_metadata(path) && !OF_A_ROLLOUT.iter().any(|keys| path.within(keys));
        let is_of_git = self.of_git.is_some_and(|keys| path.within(keys)) && !path.within(REPLICAS);
        let is_hand = |of: &Json| {
            let name = of["manager"].as_str().unwrap_or_default();
            is_tool(name) || is_of_git && of["operation"] == "Update" && is_no_controller(name)
        };
        let is_deployer =
            |of: &Json| of["operation"] == "Apply" && self.deployers.iter().any(|one| of["manager"] == *one);
        // What was applied last was set by git, whichever client did it.
        let is_given_up = self.applied.contains(path.shown().as_str());
        owners.peek().is_some() && owners.all(|of| is_given_up || is_deployer(of) || (is_hand(of) && may_be_by_hand))
    }
}

fn is_metadata(path: &Path) -> bool {
    matches!(path.steps()[..], [Step::Key("metadata"), ..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::drift;
    use crate::kubernetes::{CHANGE_CAUSE, CLIENT_SIDE_APPLY};
    use serde_json::json;

    /// What is told of a live env variable `LEFT` and of an annotation, which somebody wrote beside what others did; git has
    /// those annotations.
    fn told(manager: &str, operation: &str, last_applied: &Json, own: &Json) -> Vec<String> {
        let object = |env: Json, metadata: Json| {
            json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": {"template": {"spec": {
                "containers": [{"name": "web", "image": "web:1", "env": env}]}}}})
        };
        let mine = |field: &str| {
            json!({"f:spec": {"f:template": {"f:spec": {"f:containers": {r#"k:{"name":"web"}"#: {
            ".": {}, "f:image": {}, "f:env": {field: {}}}}}}}})
        };
        let left = json!({
            "f:metadata": {"f:annotations": {"f:left": {}, format!("f:{CHANGE_CAUSE}"): {}}},
            "f:spec": {"f:template": {"f:spec": {"f:containers": {r#"k:{"name":"web"}"#: {"f:env": {r#"k:{"name":"LEFT"}"#: {}}}}}}},
        });
        let managed = json!([
            {"manager": "flux", "operation": "Apply", "fieldsV1": mine(r#"k:{"name":"OWN"}"#)},
            {"manager": manager, "operation": operation, "fieldsV1": left},
        ]);
        let annotations = json!({
            "left": "a", LAST_APPLIED: last_applied.to_string(), CHANGE_CAUSE: "why",
            "deprecated.daemonset.template.generation": "1",
        });
        let metadata = json!({"name": "a", "managedFields": managed, "annotations": annotations});
        let live = object(json!([{"name": "OWN", "value": "a"}, {"name": "LEFT", "value": "b"}]), metadata);
        let mut of_git = own.clone();
        of_git["name"] = json!("a");
        let set = object(json!([{"name": "OWN", "value": "a"}]), of_git);
        let read = |value: &Json| read(value.to_string().as_bytes(), Dialect::Kubectl).objects.remove(0);
        let changes = drift(&read(&set), &read(&live), &Written::of(&live, &read(&set)))
            .iter()
            .map(|change| change.path.shown().as_str().to_owned())
            .collect::<Vec<_>>();
        changes.into_iter().filter(|path| path != "metadata.annotations.own").collect()
    }

    #[test]
    fn what_git_gave_up_and_what_a_hand_wrote_is_told_from_what_others_keep_there() {
        let [env, annotation] = ["spec.template.spec.containers[name=web].env[name=LEFT]", "metadata.annotations.left"];
        let applied = json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}, "spec": {"template": {
            "spec": {"containers": [{"name": "web", "env": [{"name": "LEFT", "value": "b"}]}]}}}});
        for (manager, operation, last_applied, paths) in [
            ("flux", "Apply", &Json::Null, vec![annotation, env]),
            ("operator", "Apply", &Json::Null, vec![]),
            ("operator", "Update", &Json::Null, vec![]),
            ("argocd-controller", "Update", &applied, vec![env]),
            ("kubectl-edit", "Update", &Json::Null, vec![env]),
            ("kubectl-rollout", "Update", &Json::Null, vec![env]),
            ("kubectl-replace", "Update", &Json::Null, vec![env]),
            ("python-requests", "Update", &Json::Null, vec![env]),
            ("kubectl", "Apply", &Json::Null, vec![env]),
            ("rollbook", "Update", &Json::Null, vec![env]),
            (CLIENT_SIDE_APPLY, "Update", &Json::Null, vec![]),
            (CLIENT_SIDE_APPLY, "Update", &applied, vec![env]),
        ] {
            for own in [json!({"annotations": {"own": "a"}}), json!({"annotations": null}), json!({})] {
                assert_eq!(told(manager, operation, last_applied, &own), paths, "{manager} {operation} {own}");
            }
        }
    }

    #[test]
    fn a_hand_is_told_beside_what_others_keep_in_the_same_place() {
        let object = |spec: Json, managed: &Json| json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a", "managedFields": managed}, "spec": spec});
        let with = |env: Json| json!({"strategy": env["strategy"], "template": {"spec": {"containers": [{"name": "web", "env": env["env"]}]}}});
        let set = object(json!({"template": {"spec": {"containers": [{"name": "web"}]}}}), &Json::Null);
        let live = with(json!({
            "env": [{"name": "HASH", "value": "a"}, {"name": "MINE", "value": "b"}],
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "50%", "maxUnavailable": "25%"}},
        }));
        let wrote = |manager: &str, env: &str, strategy: Json| {
            let container =
                json!({"f:env": {format!(r#"k:{{"name":"{env}"}}"#): {".": {}, "f:name": {}, "f:value": {}}}});
            let template = json!({"f:spec": {"f:containers": {r#"k:{"name":"web"}"#: container}}});
            json!({"manager": manager, "operation": "Update", "fieldsV1": {"f:spec": {"f:strategy": strategy, "f:template": template}}})
        };
        let others = json!({"f:type": {}, "f:rollingUpdate": {".": {}, "f:maxSurge": {}}});
        let managed = json!([
            wrote("Reloader", "HASH", others),
            wrote("k9s", "MINE", json!({"f:rollingUpdate": {"f:maxUnavailable": {}}})),
        ]);
        let live = object(live, &managed);
        let read = |value: &Json| read(value.to_string().as_bytes(), Dialect::Kubectl).objects.remove(0);
        let (of_git, of_cluster) = (read(&set), read(&live));
        let changes = drift(&of_git, &of_cluster, &Written::of(&live, &of_git));
        let shown: Vec<_> = changes.iter().map(|change| change.path.shown().as_str().to_owned()).collect();
        // What k9s left at its default says nothing.
        assert_eq!(shown, ["spec.template.spec.containers[name=web].env[name=MINE]"]);
    }
}
