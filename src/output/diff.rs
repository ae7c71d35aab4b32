//! `Diff`: what is different between two states.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{Cell, Consumer, DocumentKind, Item, Meaning, ObjectName};
use crate::diff::{self, Bond, Delivery, Equality, Op, Pair, Path, Placed, Reason, Rolls, Running};
use crate::manifest::{Object, to_json};
use crate::revision::Change;
use crate::template::{Controller, Name, Server};
use crate::text::Untrusted;
use crate::yaml::{self, Span};

/// An object that is not the same in both states.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DiffItem {
    /// As the new state has it; what was removed, as the old one had it.
    pub object: ObjectName,
    pub path: Untrusted,
    /// Only where the old state has it in another file, or under another name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
    /// Only where two revisions of one object are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revisions: Option<Revisions>,
    pub change: Vec<Change>,
    /// What it does to pods.
    pub verdict: Verdict,
    /// Empty where the whole object was added or removed, and where only comments, quotes or the order of keys changed.
    pub changes: Vec<FieldChange>,
}

/// One of the two states that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Old,
    New,
}

/// What an object was before.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Before {
    pub object: ObjectName,
    pub path: Untrusted,
}

/// The two ends of a comparison of revisions.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Revisions {
    /// Null where the new end is the first revision, or one after the object was gone.
    pub from: Option<At>,
    /// Null for the working tree.
    pub to: Option<At>,
}

/// A point in the history of an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct At {
    /// The revision that was current; null in a shallow clone, or off the first-parent line.
    pub revision: Option<u64>,
    /// The commit, 40 or 64 hexadecimal digits.
    pub commit: String,
}

/// An earlier revision that a change returns to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reused {
    #[serde(flatten)]
    pub at: At,
    /// What its name ends in, and that of what runs after the change.
    pub hash: String,
}

/// What a difference does to pods, as one whole state replaces the other.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// Whether it replaces pods, or starts the first.
    pub rolls: Rolls,
    /// The hash before; null if there was none, or if unknowable.
    pub from: Option<String>,
    /// The hash after, that before where nothing rolls; null if there is none, or if unknowable.
    pub to: Option<String>,
    /// Why, in words.
    pub reason: Untrusted,
    /// The newest earlier revision that made what runs after the change: its ReplicaSet or ControllerRevision is used
    /// again if it is still there. Null if there is none, or no history to look in.
    pub reuses: Option<Reused>,
    /// The Kubernetes that it holds for: `1.34`.
    pub kube_version: String,
    /// The workloads that use the object, or that it selects or scales.
    pub workloads: Vec<Consumer>,
    /// The names with the hashes, for people.
    #[serde(skip)]
    pub names: [Option<Untrusted>; 2],
    /// The reason for people, without what stands in lines below it.
    #[serde(skip)]
    pub why: Cell,
    /// What there is to say beside it.
    #[serde(skip)]
    pub remarks: Vec<Untrusted>,
    /// What the names are of, for people.
    #[serde(skip)]
    pub made: &'static str,
    /// Whether the API server refuses the change.
    #[serde(skip)]
    pub refused: bool,
    /// Whether somebody who reads wants to see it: of a kind that has no pods there is nothing to say.
    #[serde(skip)]
    pub has_pods: bool,
}

/// What is different at one place of an object.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct FieldChange {
    /// `spec.template.spec.containers[name=web].image`
    pub path: Untrusted,
    pub op: Op,
    /// The value before, null if it was added; the place among the items of the list, if it moved.
    pub from: Value,
    /// The value now, null if it was removed; the place among the items of the list, if it moved.
    pub to: Value,
    /// Why both mean the same in spite of it; null where they do not, or it is not known.
    pub equality: Option<Equality>,
    /// Whether the values are a Secret's: then they say `hidden`.
    pub hidden: bool,
    /// Where it begins in the file, from 1: of the new state, or of the old one if it was removed.
    pub line: Option<usize>,
    /// The bytes of the file, of the same state.
    #[serde(skip)]
    pub span: Option<Span>,
    /// The first and the last line.
    #[serde(skip)]
    pub lines: Option<(usize, usize)>,
}

impl Item for DiffItem {
    const KIND: DocumentKind = DocumentKind::Diff;

    fn name(&self) -> Option<Untrusted> {
        Some(self.object.qualified())
    }
}

impl DiffItem {
    /// Finds the lines of the changes: `lines` tells those of bytes of the old or the new file.
    pub fn find_lines(&mut self, lines: impl Fn(State, Span) -> Option<(usize, usize)>) {
        for change in &mut self.changes {
            let state = if change.is_gone() { State::Old } else { State::New };
            change.lines = change.span.and_then(|span| lines(state, span));
            change.line = change.lines.map(|(first, _)| first);
        }
    }

    /// What is different between the halves of a pair, if anything is; `rewritten` tells whether their texts are. The
    /// verdict is that of an API server, on what runs there.
    pub fn of(pair: &Pair, rewritten: bool, server: Server, delivery: Delivery, running: &Running) -> Option<DiffItem> {
        let verdict =
            |changes: &[diff::Change]| Verdict::from(&diff::Verdict::over(pair, changes, server, delivery, running));
        match pair {
            Pair::Added(one) | Pair::Removed(one) if matches!(delivery, Delivery::Unreadable) => {
                Some(Self::whole(*one, Change::Unreadable, verdict(&[])))
            }
            Pair::Added(new) => Some(Self::whole(*new, Change::Added, verdict(&[]))),
            Pair::Removed(old) => Some(Self::whole(*old, Change::Removed, verdict(&[]))),
            Pair::Both { old, new, bond } => {
                let changes = diff::diff(old.object, new.object);
                let differs = !changes.is_empty() || rewritten || old.path != new.path;
                let rendered = matches!(delivery, Delivery::Rerendered(_)) && new.object.template().is_some();
                let mut item =
                    (differs || rendered).then(|| Self::between(*old, *new, *bond, &changes, verdict(&changes)))?;
                if rendered {
                    item.change.retain(|change| differs || *change != Change::Cosmetic);
                    item.change.push(Change::Rendering);
                }
                Some(item)
            }
        }
    }

    fn whole(placed: Placed, change: Change, verdict: Verdict) -> DiffItem {
        let object = ObjectName::from(&placed.object.identity);
        let path = placed.path.into();
        let change = vec![change];
        DiffItem { object, path, before: None, revisions: None, change, verdict, changes: Vec::new() }
    }

    fn between(old: Placed, new: Placed, bond: Bond, changes: &[diff::Change], verdict: Verdict) -> DiffItem {
        let before = || Before { object: ObjectName::from(&old.object.identity), path: old.path.into() };
        let elsewhere = old.path != new.path || bond != Bond::Identity;
        DiffItem {
            before: elsewhere.then(before),
            change: parts(new.object, changes, old.path != new.path),
            changes: changes.iter().map(FieldChange::of).collect(),
            ..Self::whole(new, Change::Cosmetic, verdict)
        }
    }
}

impl Verdict {
    /// The hash of what runs after a change, where it is another than before.
    pub fn goes_to(&self) -> Option<&str> {
        self.to.as_deref().filter(|to| self.from.as_deref() != Some(to))
    }

    /// The same where nobody can know the names.
    #[must_use]
    pub fn unnamed(self) -> Verdict {
        Verdict { from: None, to: None, reuses: None, names: [None, None], ..self }
    }

    /// How the answer is marked.
    pub(super) fn meaning(&self) -> Meaning {
        match self.rolls {
            Rolls::Yes => Meaning::Warning,
            Rolls::No => Meaning::Dim,
            Rolls::Unknown => Meaning::Error,
        }
    }
}

impl From<&diff::Verdict> for Verdict {
    fn from(verdict: &diff::Verdict) -> Self {
        let hash = |name: &Option<Name>| name.as_ref().map(|name| name.hash.to_string());
        Verdict {
            rolls: verdict.rolls(),
            from: hash(&verdict.from),
            to: hash(&verdict.to),
            reason: verdict.to_string().into(),
            why: why(&verdict.reason),
            remarks: verdict.remarks(),
            reuses: None,
            kube_version: verdict.version.to_string(),
            workloads: Vec::new(),
            names: [&verdict.from, &verdict.to].map(|name| name.as_ref().map(|name| name.name.as_str().into())),
            made: verdict.made.map_or("", Controller::makes),
            refused: matches!(verdict.reason, Reason::Refused(_)),
            has_pods: !matches!(verdict.reason, Reason::NoPods(_)),
        }
    }
}

fn why(reason: &Reason) -> Cell {
    match reason.quotes() {
        true => Cell::new().text(&reason.to_string().into(), Meaning::Plain),
        false => Cell::new().computed(reason, Meaning::Plain),
    }
}

impl FieldChange {
    /// What is different between two states of an object.
    pub fn between(old: &Object, new: &Object) -> Vec<FieldChange> {
        diff::diff(old, new).iter().map(FieldChange::of).collect()
    }

    /// A change as it is shown.
    pub fn of(change: &diff::Change) -> FieldChange {
        let (from, to) = (change.from(), change.to());
        let value = |side: Option<diff::Side>| match (change.op, side) {
            (Op::Move, Some(side)) => side.index.into(),
            (_, side) => side.map_or(Value::Null, |side| to_json(side.node)),
        };
        let sealed = |side: diff::Side| matches!(side.node.value, yaml::Value::Sealed(_));
        FieldChange {
            path: change.path.shown(),
            op: change.op,
            from: value(from),
            to: value(to),
            equality: change.equality,
            hidden: [from, to].into_iter().flatten().any(sealed),
            line: None,
            span: to.or(from).map(|side| side.span()),
            lines: None,
        }
    }

    /// Whether only the old state has it.
    pub fn is_gone(&self) -> bool {
        self.op == Op::Remove
    }
}

/// Which parts of an object have another meaning now.
fn parts(object: &Object, changes: &[diff::Change], moved: bool) -> Vec<Change> {
    const REPLICAS: &[&str] = &["spec", "replicas"];
    let template = object.template_path();
    let of_workload = |keys: &'static [&'static str]| template.map(|_| keys);
    let metadata = |path: &Path| ["metadata", "apiVersion", "kind"].iter().any(|key| path.within(&[key]));
    let elsewhere = |path: &Path| {
        let within = |keys: Option<&[&str]>| keys.is_some_and(|keys| path.within(keys));
        !metadata(path) && !within(template) && !within(of_workload(REPLICAS))
    };
    let any = |is: &dyn Fn(&Path) -> bool| {
        changes.iter().filter(|change| change.equality.is_none()).any(|change| is(&change.path))
    };
    let meets = |keys: Option<&'static [&'static str]>| any(&|path| keys.is_some_and(|keys| path.meets(keys)));
    let found = [
        (Change::Rolls, meets(template)),
        (Change::Scales, meets(of_workload(REPLICAS))),
        (Change::Config, any(&elsewhere)),
        (Change::Metadata, any(&metadata)),
    ];
    let mut found: Vec<Change> = found.iter().filter(|(_, found)| *found).map(|(change, _)| *change).collect();
    match (moved, found.is_empty()) {
        (true, _) => found.push(Change::Moved),
        (false, true) => found.push(Change::Cosmetic),
        (false, false) => {}
    }
    found
}
