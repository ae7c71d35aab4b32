//! What a patch of a kustomization is for: which workloads, and whether it may give them other images.

use super::kustomization::is_empty;
use super::touch::Named;
use crate::kubernetes::Kind;
use crate::yaml::{Dialect, Node, Stream};

/// Whether a patch may be one of a workload: it is not if its target, or it itself, is of another kind.
pub(super) fn may_patch_workload(patch: &Node) -> bool {
    let text = patch_text(patch);
    let target = patch.at(&["target", "kind"]).and_then(Node::as_str).filter(|kind| !kind.is_empty());
    match (target, text) {
        (Some(kind), _) => may_be_workload(kind),
        (None, Some(text)) => inline_may_patch_workload(text),
        (None, None) => true,
    }
}

/// The patch, if it stands in the kustomization.
pub(super) fn patch_text(patch: &Node) -> Option<&str> {
    patch.as_str().or_else(|| patch.get("patch").and_then(Node::as_str)).filter(|text| text.contains([':', '{']))
}

/// Whether a patch may give a container another image: never wrongly `false`.
pub fn may_set_image(patch: &str) -> bool {
    patch.contains("image") || patch.contains('\\') || patch.contains("!!")
}

/// The objects that a patch is for, if it says so by their names: in its target, or as a part of the object.
pub(super) fn patched(patch: &Node) -> Option<Vec<Named>> {
    let named = |kind: Option<&Node>, name: Option<&Node>| {
        let [kind, name] = [kind, name].map(|node| node.and_then(Node::as_str).filter(|text| is_word(text)));
        Some((kind?.to_owned(), name?.to_owned()))
    };
    if patch.get("options").is_some() {
        return None;
    }
    if let Some(target) = patch.get("target").filter(|target| !is_empty(target)) {
        return named(target.get("kind"), target.get("name")).map(|named| vec![named]);
    }
    let stream = Stream::parse(patch_text(patch)?.as_bytes(), Dialect::Kustomize);
    let roots = stream.documents.iter().map(|document| &document.root);
    let all = roots.map(|root| named(root.get("kind"), root.at(&["metadata", "name"]))).collect();
    if stream.error.is_none() { all } else { None }
}

/// Whether a regular expression means itself alone.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The kind of a target is a regular expression (`types.Selector`).
fn may_be_workload(kind: &str) -> bool {
    !is_word(kind) || Kind::of(kind).is_some_and(Kind::is_workload)
}

/// A patch that stands in the kustomization; a path of a file is not looked into.
fn inline_may_patch_workload(text: &str) -> bool {
    let stream = Stream::parse(text.as_bytes(), Dialect::Kustomize);
    let kinds: Option<Vec<&str>> =
        stream.documents.iter().map(|document| document.root.get("kind").and_then(Node::as_str)).collect();
    match kinds {
        Some(kinds) if stream.error.is_none() && !kinds.is_empty() => {
            kinds.into_iter().any(|kind| Kind::of(kind).is_some_and(Kind::is_workload))
        }
        _ => true,
    }
}
