//! What is sent to apply an object, and what of the live one has to be known before: whether kubectl applied it in the old way,
//! and whether something else deploys it.

use serde_json::{Map, Value, json};

use crate::kubernetes::{CHANGE_CAUSE, CLIENT_SIDE_APPLY, LAST_APPLIED};

/// What the API server keeps by itself.
const OF_THE_SERVER: [&str; 7] =
    ["creationTimestamp", "deletionTimestamp", "generation", "managedFields", "resourceVersion", "selfLink", "uid"];

/// The annotations and labels by which tools mark what they deploy.
const MARKS: [(&str, &str, &str); 5] = [
    ("annotations", "argocd.argoproj.io/tracking-id", "Argo CD"),
    ("labels", "argocd.argoproj.io/instance", "Argo CD"),
    ("labels", "kustomize.toolkit.fluxcd.io/name", "Flux"),
    ("labels", "helm.toolkit.fluxcd.io/name", "Flux"),
    ("labels", "fluxcd.io/sync-gc-mark", "Flux"),
];

/// The field managers under which they write, whatever marks they are told to leave. Argo's mark in its versions before 3.0 is a
/// label that others write too.
const MANAGERS: [(&str, &str); 4] = [
    ("argocd-controller", "Argo CD"),
    ("argocd-application-controller", "Argo CD"),
    ("kustomize-controller", "Flux"),
    ("helm-controller", "Flux"),
];

/// By which Argo CD told its applications apart before 3.0, and anybody else the instances of a program.
const INSTANCE: &str = "app.kubernetes.io/instance";

/// The object as it is sent: what a manifest says, less what the server keeps, with the cause of the change where there is one
/// to tell. Where kubectl keeps what it applied, that is kept true: its next apply compares with it.
pub fn body(mut object: Value, cause: Option<&str>, live: Option<&Value>) -> Value {
    if let Some(object) = object.as_object_mut() {
        object.shift_remove("status");
    }
    if let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) {
        OF_THE_SERVER.iter().for_each(|key| _ = metadata.shift_remove(*key));
    }
    annotate(&mut object, CHANGE_CAUSE, cause.map(str::to_owned));
    annotate_less(&mut object, LAST_APPLIED);
    let is_kept = live.is_some_and(|live| live["metadata"]["annotations"][LAST_APPLIED].is_string());
    let applied = is_kept.then(|| format!("{object}\n"));
    annotate(&mut object, LAST_APPLIED, applied);
    object
}

/// Gives an object an annotation, where there is one to give, and it can have any.
pub fn annotate(object: &mut Value, key: &str, text: Option<String>) {
    let Some(text) = text else { return };
    let Some(metadata) = object.get_mut("metadata").and_then(Value::as_object_mut) else { return };
    let annotations = metadata.entry("annotations").or_insert_with(|| json!({}));
    if annotations.is_null() {
        *annotations = json!({});
    }
    if let Some(annotations) = annotations.as_object_mut() {
        annotations.insert(key.to_owned(), Value::String(text));
    }
}

fn annotate_less(object: &mut Value, key: &str) {
    let annotations = object.get_mut("metadata").and_then(|metadata| metadata.get_mut("annotations"));
    if let Some(annotations) = annotations.and_then(Value::as_object_mut) {
        annotations.shift_remove(key);
    }
}

/// The merge patch by which this tool takes over what kubectl's client-side apply set, so that what git removes goes from the
/// cluster too (client-go `util/csaupgrade`); none where kubectl set nothing so. It holds for the state that is given only.
pub fn taken_over(live: &Value, manager: &str) -> Option<Value> {
    let entries = live["metadata"]["managedFields"].as_array()?;
    let is_client_side = |entry: &&Value| {
        entry["manager"] == CLIENT_SIDE_APPLY
            && entry["operation"] == "Update"
            && entry["subresource"].as_str().is_none_or(str::is_empty)
    };
    let is_ours = |entry: &&Value| entry["manager"] == manager && entry["operation"] == "Apply";
    let mut fields = json!({});
    let theirs: Vec<&Value> = entries.iter().filter(is_client_side).collect();
    let newest = theirs.last()?;
    for entry in theirs.iter().copied().chain(entries.iter().filter(is_ours)) {
        unite(&mut fields, &entry["fieldsV1"]);
    }
    let ours = json!({
        "manager": manager, "operation": "Apply", "apiVersion": newest["apiVersion"], "time": newest["time"],
        "fieldsType": "FieldsV1", "fieldsV1": fields,
    });
    let others = entries.iter().filter(|entry| !is_client_side(entry) && !is_ours(entry)).cloned();
    let all: Vec<Value> = std::iter::once(ours).chain(others).collect();
    Some(json!({"metadata": {"managedFields": all, "resourceVersion": live["metadata"]["resourceVersion"]}}))
}

/// Puts the fields of one set into another.
fn unite(into: &mut Value, from: &Value) {
    let (Some(into), Some(from)) = (into.as_object_mut(), from.as_object()) else { return };
    for (field, below) in from {
        unite(into.entry(field.clone()).or_insert_with(|| Value::Object(Map::new())), below);
    }
}

/// What deploys an object from git already and would take a change back: the tool, and what it calls the object's source, or
/// under which name it writes.
pub fn deployed_by(live: &Value) -> Option<(&'static str, &str)> {
    let metadata = &live["metadata"];
    let marked = MARKS.iter().find_map(|(place, mark, tool)| Some((*tool, metadata[*place][*mark].as_str()?)));
    let written = || {
        let entries = metadata["managedFields"].as_array().into_iter().flatten();
        entries.filter_map(|entry| entry["manager"].as_str()).find_map(of_manager)
    };
    marked.or_else(|| {
        let (tool, manager) = written()?;
        let application = metadata["labels"][INSTANCE].as_str().filter(|_| tool == "Argo CD");
        Some((tool, application.unwrap_or(manager)))
    })
}

fn of_manager(name: &str) -> Option<(&'static str, &str)> {
    MANAGERS.iter().find(|(manager, _)| *manager == name).map(|(_, tool)| (*tool, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sent_is_what_git_says_with_the_cause() {
        let object = json!({"kind": "A", "metadata": {"name": "a", "uid": "x", "annotations": null}, "status": {}});
        let sent = body(object.clone(), Some("why"), None);
        assert_eq!(
            sent.to_string(),
            r#"{"kind":"A","metadata":{"name":"a","annotations":{"kubernetes.io/change-cause":"why"}}}"#
        );
        let live = json!({"metadata": {"annotations": {LAST_APPLIED: "{}"}}});
        let sent = body(object, None, Some(&live));
        assert_eq!(
            sent["metadata"]["annotations"][LAST_APPLIED],
            "{\"kind\":\"A\",\"metadata\":{\"name\":\"a\",\"annotations\":null}}\n"
        );
    }

    #[test]
    fn fields_of_client_side_apply_are_taken_over() {
        let entry = |manager: &str, operation: &str, fields: Value| json!({"manager": manager, "operation": operation, "apiVersion": "v1", "time": "t", "fieldsType": "FieldsV1", "fieldsV1": fields});
        let live = json!({"metadata": {"resourceVersion": "7", "managedFields": [
            entry(CLIENT_SIDE_APPLY, "Update", json!({"f:spec": {"f:a": {}, "f:b": {}}})),
            entry("rollbook", "Apply", json!({"f:spec": {"f:c": {}}})),
            entry("kubectl-edit", "Update", json!({"f:spec": {"f:d": {}}})),
        ]}});
        let patch = taken_over(&live, "rollbook").unwrap();
        assert_eq!(patch["metadata"]["resourceVersion"], "7");
        let entries = patch["metadata"]["managedFields"].as_array().unwrap();
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0]["fieldsV1"], json!({"f:spec": {"f:a": {}, "f:b": {}, "f:c": {}}}));
        assert_eq!(entries[1]["manager"], "kubectl-edit");
        let without = json!({"metadata": {"managedFields": [entry("rollbook", "Apply", json!({}))]}});
        assert_eq!(taken_over(&without, "rollbook"), None);
    }

    #[test]
    fn a_tool_that_deploys_it_is_known_by_its_mark() {
        let flux = json!({"metadata": {"labels": {"kustomize.toolkit.fluxcd.io/name": "apps"}}});
        assert_eq!(deployed_by(&flux), Some(("Flux", "apps")));
        assert_eq!(deployed_by(&json!({"metadata": {"labels": {"app": "web"}}})), None);
        let written = |manager: &str| json!({"metadata": {"labels": {INSTANCE: "shop"}, "managedFields": [{"manager": manager, "operation": "Update"}]}});
        for (manager, by) in [
            ("argocd-controller", Some(("Argo CD", "shop"))),
            ("kustomize-controller", Some(("Flux", "kustomize-controller"))),
            ("helm-controller", Some(("Flux", "helm-controller"))),
            // Charts write that label too.
            ("helm", None),
            ("kube-controller-manager", None),
        ] {
            assert_eq!(deployed_by(&written(manager)), by, "{manager}");
        }
    }
}
