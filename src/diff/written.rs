//! Who put on a live object what git does not set: what deploys git, before git gave it up; somebody's hand; or the API server
//! and controllers, whose it stays.

use std::collections::HashSet;

use serde_json::Value as Json;

use super::managed::owners;
use super::path::{Path, Step};
use super::places;
use crate::kubernetes::{LAST_APPLIED, RESTARTED_AT};
use crate::manifest::{Object, read};
use crate::yaml::Dialect;

/// The managers under which people write with kubectl, and this tool where it changes the cluster alone.
const HANDS: [&str; 5] = ["kubectl", "kubectl-edit", "kubectl-patch", "kubectl-set", "rollbook"];

/// How a rollout is held and begun anew: what `rollbook pause` and `restart` write is no state of git's.
pub(super) const OF_A_ROLLOUT: &[&[&str]] =
    &[&["spec", "paused"], &["spec", "template", "metadata", "annotations", RESTARTED_AT]];

/// The writers of one live object.
#[derive(Default)]
pub struct Written<'l> {
    managed: Option<&'l Json>,
    /// The managers that applied what git sets.
    deployers: Vec<&'l str>,
    /// The places of what a client applied last: its manager owns what the API server filled in, too.
    applied: HashSet<String>,
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
        Written { managed: Some(managed), deployers, applied }
    }

    /// Whether what only the live object has is there since git set it once, or somebody put it there by hand: nobody else
    /// wrote it.
    pub(super) fn is_left(&self, path: &Path) -> bool {
        let Some(managed) = self.managed else { return false };
        let mut owners = owners(path, managed).peekable();
        let may_be_by_hand = !is_metadata(path) && !OF_A_ROLLOUT.iter().any(|keys| path.within(keys));
        let is_hand = |of: &Json| of["operation"] == "Update" && HANDS.iter().any(|hand| of["manager"] == *hand);
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
            ("kubectl-rollout", "Update", &Json::Null, vec![]),
            ("rollbook", "Update", &Json::Null, vec![env]),
            (CLIENT_SIDE_APPLY, "Update", &Json::Null, vec![]),
            (CLIENT_SIDE_APPLY, "Update", &applied, vec![env]),
        ] {
            for own in [json!({"annotations": {"own": "a"}}), json!({"annotations": null}), json!({})] {
                assert_eq!(told(manager, operation, last_applied, &own), paths, "{manager} {operation} {own}");
            }
        }
    }
}
