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

/// What was live before a change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WasLive<'s> {
    /// What was wanted then.
    Itself,
    /// This revision, while another was rolling in.
    Revision(&'s Value),
    /// It may not be read, or is gone.
    Unknown,
}

impl<'s> WasLive<'s> {
    /// What was live when the workload was as `before`, by what the cluster holds of it now.
    pub fn of(kind: Kind, before: &Value, situation: &'s Situation) -> WasLive<'s> {
        let is_under_way = Rollout::of(kind, before).is_ok_and(|rollout| rollout.progress != Progress::Complete);
        if !is_under_way || before["spec"]["paused"] == true {
            return Self::Itself;
        }
        if kind == Kind::StatefulSet {
            let [current, update] = ["currentRevision", "updateRevision"].map(|which| before["status"][which].as_str());
            return match current.filter(|_| current != update) {
                Some(current) => situation.revision(current).map_or(Self::Unknown, Self::Revision),
                None => Self::Itself,
            };
        }
        let Some(held) = situation.held(kind).filter(|_| situation.knows_pods(kind)) else { return Self::Unknown };
        let is_other = |revision: &&Value| {
            let template = template(kind, revision);
            [before, &situation.workload].iter().all(|workload| workload["spec"]["template"] != template)
        };
        let with_pods = held.iter().filter(|held| held.pods.is_some_and(|pods| pods.all > 0));
        let revision = with_pods.filter_map(|held| situation.revision(&held.name)).find(is_other);
        revision.map_or(Self::Itself, Self::Revision)
    }
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

    #[test]
    fn what_was_live_is_what_has_pods_beside_what_was_rolling_in() {
        let template = |image: &str| json!({"spec": {"containers": [{"image": image}]}});
        let web = |image: &str, status: Value| json!({"metadata": {"name": "web", "uid": "w", "generation": 1}, "spec": {"replicas": 1, "template": template(image)}, "status": status});
        let under_way = json!({"observedGeneration": 1, "replicas": 2, "updatedReplicas": 1, "availableReplicas": 1});
        let done = json!({"observedGeneration": 1, "replicas": 1, "updatedReplicas": 1, "availableReplicas": 1});
        let owned = |name: &str, by: &str| json!({"metadata": {"name": name, "uid": name, "ownerReferences": [{"controller": true, "uid": by}]}});
        let set = |name: &str, image: &str| {
            let mut set = owned(name, "w");
            set["spec"]["template"] = template(image);
            set
        };
        let sets = vec![set("one", "web:1"), set("two", "web:2"), set("three", "web:3")];
        let pods = |of: &[&str]| of.iter().map(|of| owned(&format!("{of}-x"), of)).collect::<Vec<_>>();
        let situation = |pods: Option<Vec<Value>>| {
            Situation::new(web("web:3", under_way.clone()), Some(sets.clone()), pods, Vec::new())
        };
        let all = situation(Some(pods(&["one", "two", "three"])));
        let of = |before: &Value, situation: &Situation| match WasLive::of(Kind::Deployment, before, situation) {
            WasLive::Revision(revision) => revision["metadata"]["name"].as_str().unwrap().to_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(of(&web("web:2", done.clone()), &all), "Itself");
        assert_eq!(of(&web("web:2", under_way.clone()), &all), "one");
        assert_eq!(of(&web("web:2", under_way.clone()), &situation(Some(pods(&["two", "three"])))), "Itself");
        assert_eq!(of(&web("web:2", under_way.clone()), &situation(None)), "Unknown");
        let mut paused = web("web:2", under_way.clone());
        paused["spec"]["paused"] = json!(true);
        assert_eq!(of(&paused, &all), "Itself");
    }
}
