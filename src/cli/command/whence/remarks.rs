//! What is said beside the answer: why a match is a weaker one, and of what is not found, what was tried.

use super::search::Searched;
use crate::cli::settings::Settled;
use crate::kubernetes::Version;
use crate::output::{Diagnostic, Note, ObjectName, WhenceItem};
use crate::revision::{By, Clue, Match};
use crate::text::Untrusted;

/// How many names that are not found are told of one by one.
const MOST_TOLD: usize = 10;

/// Why a match tells less than it seems to.
pub(super) fn on(clue: &Clue, found: &Match, item: &WhenceItem, version: Settled) -> Vec<Note> {
    let name = clue.text();
    let weaker = match found.by {
        By::Name | By::Hash => None,
        By::Prefix => Some(format!(
            "the API server cut the name `{name}`, which is too long: it is matched by what is left of the hash"
        )),
        By::Image => {
            Some(format!("`{name}` is matched by its images only: no hash of it fits, so more than one revision may"))
        }
        By::Workload => Some(format!(
            "the name `{name}` holds no hash: it tells the workload, whose newest revision is shown; what the pod runs: \
             kubectl get pod {name} -o json | rollbook whence -"
        )),
    };
    let other = (version.configured && !found.versions.is_empty() && !found.versions.contains(&version.version))
        .then(|| format!("`{name}` is not a name of Kubernetes {}, which is configured", version.version));
    let collided = found.collision.map(|count| {
        format!("`{name}` has the collision count {count}: another template had the name that it would have had")
    });
    let as_new = found.as_new.then(|| {
        let revision = item.revision.map_or_else(|| item.commit.clone(), |number| format!("revision {number}"));
        format!("`{name}` is what a new object of {revision} gets: one that is applied over older ones keeps defaults of them")
    });
    weaker.into_iter().chain(other).chain(collided).chain(as_new).map(Note::new).collect()
}

/// That a name is of another branch.
pub(super) fn elsewhere(clue: &Clue, searched: &Searched, reference: &Untrusted) -> Option<Note> {
    let (name, first) = (clue.text(), searched.reference.as_str());
    (!first.is_empty())
        .then(|| Note::new(format!("`{name}` is of `{}`: `{first}` does not have it", reference.as_str())))
}

/// A name that was not found.
pub(super) struct Missing {
    pub what: String,
    causes: Vec<String>,
    hints: Vec<String>,
}

/// That no object has such a name.
pub(super) fn no_name(text: &str) -> Missing {
    let shown: String = text.chars().take(63).collect();
    let what = format!("`{shown}` is not found: no pod, ReplicaSet or ControllerRevision can have such a name");
    Missing { what, causes: Vec::new(), hints: Vec::new() }
}

/// What was tried for a name.
pub(super) fn missing(clue: &Clue, searched: &Searched, all_branches: bool) -> Missing {
    let (name, tried) = (clue.text(), &searched.tried);
    let place = place(searched);
    if tried.lineages == 0 {
        let what = format!("`{name}` is not found: no workload {place}, now or before, can have given that name");
        let hints = vec![
            "`--ref` looks at another commit, `-C` at another repository; rollbook list shows what there is".into(),
        ];
        return Missing {
            what,
            causes: Vec::new(),
            hints: other_branches(name, all_branches).into_iter().chain(hints).collect(),
        };
    }
    let what = format!("`{name}` is not found among the revisions of {} {place}", workloads(searched));
    let mut causes = vec![format!(
        "tried {}, as applied and as new, on Kubernetes {} to {}, without and with up to 3 collisions",
        counted(tried.templates, "template"),
        Version::OLDEST,
        Version::NEWEST
    )];
    causes.extend((tried.rendered > 0).then(|| {
        format!(
            "{} rendered by kustomize or Helm, whose templates are not known here",
            are(tried.rendered, tried.lineages)
        )
    }));
    let mut hints: Vec<String> = other_branches(name, all_branches).into_iter().collect();
    hints.push("what is not committed has a name too: rollbook history, last line; or rollbook hash -f FILE".into());
    hints.push(
        "`kubectl rollout restart`, `kubectl edit`, mutating webhooks and what renders manifests on their way change \
         templates, and git does not have these"
            .into(),
    );
    Missing { what, causes, hints }
}

/// The diagnostics for some missing names: what to try stands below the last one once.
pub(super) fn several(missing: &[Missing]) -> Vec<Diagnostic> {
    let told = &missing[..missing.len().min(MOST_TOLD)];
    let mut diagnostics: Vec<Diagnostic> = told
        .iter()
        .map(|missing| {
            missing.causes.iter().fold(Diagnostic::error(missing.what.as_str()), |one, cause| one.cause(cause.as_str()))
        })
        .collect();
    let more = missing.len() - told.len();
    diagnostics.extend((more > 0).then(|| Diagnostic::error(format!("{more} more names are not found"))));
    let hints =
        missing.iter().rev().find(|missing| !missing.hints.is_empty()).map_or(&[][..], |missing| &missing.hints);
    if let Some(last) = diagnostics.pop() {
        diagnostics.push(hints.iter().fold(last, |last, hint| last.hint(hint.as_str())));
    }
    diagnostics
}

fn other_branches(name: &str, all_branches: bool) -> Option<String> {
    (!all_branches).then(|| format!("another branch may have it: rollbook whence {name} --all-branches"))
}

fn place(searched: &Searched) -> String {
    let reference = searched.reference.as_str();
    match searched.others {
        0 => format!("at `{reference}`"),
        others => format!("at `{reference}` and {}", counted(others, "other tip")),
    }
}

/// The workloads that were looked at: by name, where they are few.
fn workloads(searched: &Searched) -> String {
    let tried = &searched.tried;
    let mut names: Vec<String> =
        tried.some.iter().map(|identity| ObjectName::from(identity).short().as_str().to_owned()).collect();
    names.sort();
    names.dedup();
    match tried.lineages > tried.some.len() {
        true => format!("{} workloads", tried.lineages),
        false => names.join(" and "),
    }
}

fn are(some: usize, all: usize) -> String {
    match (some, all) {
        (1, 1) => "it is".to_owned(),
        (1, _) => "one of them is".to_owned(),
        (some, all) if some == all => "they are".to_owned(),
        (some, _) => format!("{some} of them are"),
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
