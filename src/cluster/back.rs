//! The way back to a revision that the cluster still holds: what kubectl rollout undo does, less its faults. The other
//! annotations of a Deployment stay as they are, the reason is this one's, and what kubectl keeps of its last apply is true
//! afterwards.
//!
//! Source: kubectl `pkg/polymorphichelpers/rollback.go`.

use serde_json::{Map, Value, json};

use super::rollout::{Progress, Rollout};
use super::situation::Situation;
use crate::kubernetes::{CHANGE_CAUSE, Kind, LAST_APPLIED};

/// The label that the controller adds to the templates of ReplicaSets.
const HASH: &str = "pod-template-hash";

/// The merge patch that gives a workload the pod template of one of its ReplicaSets or ControllerRevisions; none where it has
/// that already. It holds for the state that is given only.
pub fn way_back(kind: Kind, workload: &Value, revision: &Value, cause: &str) -> Option<Value> {
    let template = template(kind, revision);
    let now = &workload["spec"]["template"];
    if template == *now {
        return None;
    }
    let mut annotations = json!({CHANGE_CAUSE: cause});
    let applied = workload["metadata"]["annotations"][LAST_APPLIED].as_str();
    let applied = applied.and_then(|text| serde_json::from_str::<Value>(text).ok());
    if let Some(text) = applied.and_then(|applied| with_template(applied, template.clone())) {
        annotations[LAST_APPLIED] = Value::String(text);
    }
    let version = &workload["metadata"]["resourceVersion"];
    Some(json!({
        "metadata": {"annotations": annotations, "resourceVersion": version},
        "spec": {"template": merged(now, &template)},
    }))
}

/// The revision that was live where another was rolling in when the workload was as `before`; none where what `before` wants
/// was live itself, or no other revision has pods.
pub fn live_beside<'h>(kind: Kind, before: &Value, situation: &'h Situation) -> Option<&'h Value> {
    let rollout = Rollout::of(kind, before).ok()?;
    if rollout.progress == Progress::Complete || before["spec"]["paused"] == true {
        return None;
    }
    if kind == Kind::StatefulSet {
        let revision = |which: &str| before["status"][which].as_str();
        return situation.revision(
            revision("currentRevision").filter(|_| revision("currentRevision") != revision("updateRevision"))?,
        );
    }
    let is_other = |revision: &&Value| {
        let template = template(kind, revision);
        [before, &situation.workload].iter().all(|workload| workload["spec"]["template"] != template)
    };
    let held = situation.held(kind)?;
    held.iter()
        .filter(|held| held.pods.is_some_and(|pods| pods.all > 0))
        .filter_map(|held| situation.revision(&held.name))
        .find(is_other)
}

/// What kubectl applied last, as if it had applied this template; nothing of what is no workload: anybody can write there.
fn with_template(mut applied: Value, template: Value) -> Option<String> {
    applied.get_mut("spec")?.as_object_mut()?.insert("template".to_owned(), template);
    Some(format!("{applied}\n"))
}

/// The pod template that a revision keeps.
pub fn template(kind: Kind, revision: &Value) -> Value {
    let mut template = match kind {
        Kind::Deployment => revision["spec"]["template"].clone(),
        _ => revision["data"]["spec"]["template"].clone(),
    };
    if let Some(template) = template.as_object_mut() {
        template.shift_remove("$patch");
    }
    if let Some(labels) = template.pointer_mut("/metadata/labels").and_then(Value::as_object_mut) {
        labels.shift_remove(HASH);
    }
    template
}

/// The merge patch (RFC 7396) that makes one value of another: what is not there any more is null.
fn merged(now: &Value, then: &Value) -> Value {
    match (now, then) {
        (Value::Object(now), Value::Object(then)) => {
            let gone = now.keys().filter(|key| !then.contains_key(*key)).map(|key| (key.clone(), Value::Null));
            let kept = then.iter().map(|(key, then)| (key.clone(), merged(now.get(key).unwrap_or(&Value::Null), then)));
            gone.chain(kept).collect::<Map<_, _>>().into()
        }
        (_, then) => then.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_goes_back_and_the_reason_is_its_own() {
        let template =
            |image: &str| json!({"metadata": {"labels": {"app": "web"}}, "spec": {"containers": [{"image": image}]}});
        let mut live = template("web:2");
        live["spec"]["hostPID"] = json!(true);
        let applied = json!({"spec": {"template": live}}).to_string();
        let workload = json!({
            "metadata": {"resourceVersion": "7", "annotations": {"mine": "stays", LAST_APPLIED: applied}},
            "spec": {"template": live},
        });
        let mut kept = template("web:1");
        kept["metadata"]["labels"][HASH] = json!("abc");
        let replica_set = json!({"spec": {"template": kept}});
        let patch = way_back(Kind::Deployment, &workload, &replica_set, "why").unwrap();
        assert_eq!(patch["spec"]["template"]["spec"], json!({"hostPID": null, "containers": [{"image": "web:1"}]}));
        assert_eq!(patch["metadata"]["annotations"][CHANGE_CAUSE], "why");
        let applied: Value =
            serde_json::from_str(patch["metadata"]["annotations"][LAST_APPLIED].as_str().unwrap()).unwrap();
        assert_eq!(applied["spec"]["template"], template("web:1"));
        for strange in ["[]", "5", r#"{"spec": 5}"#, "{", "{}"] {
            let mut workload = workload.clone();
            workload["metadata"]["annotations"][LAST_APPLIED] = json!(strange);
            let patch = way_back(Kind::Deployment, &workload, &replica_set, "why").unwrap();
            assert_eq!(patch["metadata"]["annotations"], json!({CHANGE_CAUSE: "why"}), "{strange}");
        }
        let workload = json!({"spec": {"template": template("web:1")}});
        assert_eq!(way_back(Kind::Deployment, &workload, &replica_set, "why"), None);
    }

    #[test]
    fn a_controller_revision_is_a_patch_itself() {
        let revision = json!({"data": {"spec": {"template": {"$patch": "replace", "spec": {"a": 1}}}}});
        let workload = json!({"spec": {"template": {"spec": {"b": 1}}}});
        let patch = way_back(Kind::StatefulSet, &workload, &revision, "why").unwrap();
        assert_eq!(patch["spec"]["template"], json!({"spec": {"b": null, "a": 1}}));
    }
}
