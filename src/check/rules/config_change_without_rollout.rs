use crate::check::subject::called;
use crate::check::{Finding, Review, Rule, Severity, Subject};
use crate::diff::Rolls;
use crate::kubernetes::Kind;
use crate::manifest::How;
use crate::snapshot::Use;
use crate::yaml::Node;
use std::collections::BTreeSet;

pub(super) static RULE: Rule =
    Rule::new("config-change-without-rollout", Severity::Warning, include_str!("config_change_without_rollout.md"))
        .of_change(find);

fn find<'s>(review: &Review<'s>) -> Vec<Finding<'s>> {
    let mut found = Vec::new();
    for (_, old, new) in review.updated() {
        if !matches!(new.kind(), Some(Kind::ConfigMap | Kind::Secret)) {
            continue;
        }
        let keys = changed_keys(old, new);
        let users = users(review, new, &keys);
        let Some((field, key)) = keys.first().filter(|_| !users.is_empty()) else { continue };
        let is_read_once = users.iter().any(|user| user.reads_once);
        let of_sort = users.iter().filter(|user| user.reads_once == is_read_once);
        let names: BTreeSet<&str> = of_sort.map(|user| user.name.as_str()).collect();
        let finding = new.find(&[field, key], message(&names, is_read_once)).help(format!(
            "change the template in the same commit, such as an annotation with a checksum of the {}",
            new.identity().kind
        ));
        found.push(if is_read_once { finding } else { finding.as_bad_as(Severity::Info) });
    }
    found
}

/// A workload that is not restarted.
struct User {
    name: String,
    /// Whether its pods keep what they read when they started.
    reads_once: bool,
}

fn message(names: &BTreeSet<&str>, reads_once: bool) -> String {
    let shown: Vec<String> = names.iter().take(3).map(|name| format!("`{name}`")).collect();
    let more = names.len() - shown.len();
    let shown = if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") };
    match reads_once {
        true => format!("{shown} will go on with the old value: no pod is replaced"),
        false => format!("{shown} gets another file, and no pod is replaced: the program has to read it again"),
    }
}

/// The keys whose values are not the same, each with its field.
fn changed_keys<'s>(old: &Subject<'s>, new: &Subject<'s>) -> Vec<(&'static str, &'s str)> {
    let of = |field: &'static str| {
        let before = old.at(&[field]);
        let entries = new.at(&[field]).map(Node::entries).unwrap_or_default().iter();
        let differs = move |key: &str, value: &Node| before.and_then(|before| before.get(key)) != Some(value);
        entries.filter(move |entry| differs(&entry.key, &entry.value)).map(move |entry| (field, entry.key.as_str()))
    };
    ["data", "binaryData", "stringData"].into_iter().flat_map(of).collect()
}

/// The workloads that use one of the keys and are not restarted.
fn users(review: &Review, of: &Subject, keys: &[(&str, &str)]) -> Vec<User> {
    let uses = review.new.snapshot.workloads_of(of.place);
    let user = |used: Use| {
        let reference = used.reference?;
        let uses_one =
            reference.keys.is_empty() || keys.iter().any(|(_, key)| reference.keys.iter().any(|of| of == key));
        let reads_once = match reference.how {
            How::Env | How::EnvFrom | How::SubPath => true,
            How::Volume | How::Projected => false,
            How::ImagePullSecrets | How::ServiceAccount | How::Claim => return None,
        };
        let workload = review.new.any(used.workload);
        let keeps_pods = workload.revisioned().is_some() && review.rolls(&workload) == Rolls::No;
        (uses_one && keeps_pods).then(|| User { name: called(workload.identity()), reads_once })
    };
    uses.into_iter().filter_map(user).collect()
}
