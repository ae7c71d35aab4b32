//! One object, in git and in the cluster.

use serde_json::Value;

use crate::cli::context::Context;
use crate::cli::counterpart::{Answer, Wanted};
use crate::cli::failure::Result;
use crate::cli::live::read;
use crate::cli::place;
use crate::cli::world::{World, of_git};
use crate::diff::{Change, Op, Written, diff, drift, manager};
use crate::git::{CommitId, Repository};
use crate::kubernetes::RESTARTED_AT;
use crate::manifest::Object;
use crate::output::{DriftField, DriftItem, DriftState, FieldChange, ObjectName, Origin};
use crate::revision::{Candidate, Row};
use crate::snapshot::Snapshot;
use crate::text::Untrusted;
use crate::yaml::{self, Span};

/// Where `kubectl rollout restart` writes the time.
const RESTARTED: &[&str] = &["metadata", "annotations", RESTARTED_AT];

/// How many pods are wanted.
const REPLICAS: &[&str] = &["spec", "replicas"];

/// Looks at the objects one by one.
pub(super) struct Look<'w> {
    world: &'w World,
    snapshot: &'w Snapshot,
    /// Commits behind the one that is looked at, where the cluster may be.
    newer: Vec<CommitId>,
}

impl<'w> Look<'w> {
    /// Also where the cluster may be ahead: at `HEAD`, or at what was fetched last.
    pub fn new(context: &Context, world: &'w World, snapshot: &'w Snapshot) -> Result<Look<'w>> {
        let reference = context.globals.reference.as_deref();
        let mut newer = Vec::new();
        for rev in ["HEAD", "@{upstream}"].into_iter().filter(|rev| Some(*rev) != reference) {
            // A branch need not have an upstream.
            let Ok(commit) = world.repository.resolve(rev) else { continue };
            let mut line = world.repository.first_parents(commit).map_err(of_git)?;
            if commit != world.tip && !newer.contains(&commit) && line.any(|id| id.is_ok_and(|id| id == world.tip)) {
                newer.push(commit);
            }
        }
        Ok(Look { world, snapshot, newer })
    }

    /// How an object of the cluster differs from what git sets.
    pub fn see<'s>(&self, wanted: &'s Wanted<'s>, answer: Answer<'s>) -> Seen<'s> {
        let name = ObjectName::from(&wanted.object.identity);
        let name = ObjectName { namespace: Some(wanted.namespace.as_str().into()), ..name };
        let mut item = DriftItem::of(name, Some(wanted.file.path.shown()));
        let unknown = |reason: Untrusted| (DriftState::Unknown, Some(reason));
        let (state, reason) = match (wanted.unknown(), answer) {
            (Some(why), _) => unknown(why.into()),
            (None, Answer::Missing) => (DriftState::Missing, None),
            (None, Answer::Unknown(reason)) => unknown(reason.clone()),
            (None, Answer::There(live)) => match read(live) {
                None => unknown("what the cluster has of it cannot be read".into()),
                Some(object) => {
                    item.object.namespace.take_if(|_| live["metadata"]["namespace"].is_null());
                    let set = wanted.object.stored();
                    let written = Written::of(live, &set);
                    item.fields = fields(wanted, [&set, &object], &written, &live["metadata"]["managedFields"]);
                    item.restarted = restarted(wanted.object, &object);
                    return Seen { wanted, item, live: Some((object, written)) };
                }
            },
        };
        Seen { wanted, item: DriftItem { state, reason, ..item }, live: None }
    }

    /// Finds the commit that says what is in the cluster, where it is not this one; where there is none, somebody changed it by
    /// hand.
    pub fn judged(&self, seen: Seen<'_>) -> Result<DriftItem> {
        let Seen { wanted, mut item, live } = seen;
        let Some((live, written)) = live.filter(|_| !item.fields.is_empty()) else { return Ok(item) };
        let candidate = Candidate::standing(&wanted.object.identity, &wanted.file.path, self.snapshot);
        let today = wanted.object.stored();
        let drifted = drift(&today, &live, &written);
        let compared = Compared { repository: &self.world.repository, live: &live, written: &written, drifted };
        let lineage = place::walk(self.world, self.world.tip, &candidate)?;
        item.revision = lineage.rows.last().and_then(|row| row.event.during).map(|number| number.get().into());
        item.live = compared.with(&lineage.rows)?;
        if item.live.is_some() {
            return Ok(DriftItem { state: DriftState::Behind, ..item });
        }
        for commit in &self.newer {
            let later = place::walk(self.world, *commit, &candidate)?;
            item.live = compared.with(&later.rows[lineage.rows.len().min(later.rows.len())..])?;
            if item.live.is_some() {
                return Ok(DriftItem { state: DriftState::Ahead, ..item });
            }
        }
        Ok(DriftItem { state: DriftState::Changed, ..item })
    }
}

/// An object that was looked at.
pub(super) struct Seen<'s> {
    pub wanted: &'s Wanted<'s>,
    pub item: DriftItem,
    /// As it is compared, and who wrote it.
    live: Option<(Object, Written<'s>)>,
}

/// What the cluster has, and how it differs from what git sets today.
struct Compared<'c> {
    repository: &'c Repository,
    live: &'c Object,
    written: &'c Written<'c>,
    drifted: Vec<Change<'c>>,
}

impl Compared<'_> {
    /// The newest of some rows whose state the cluster has. How many replicas run is another question, where more than
    /// they differ: somebody scales, and the revision is the same.
    fn with(&self, rows: &[Row]) -> Result<Option<Origin>> {
        let mut scaled = None;
        for row in rows.iter().rev() {
            let Some(state) = row.event.object(self.repository).map_err(of_git)? else { continue };
            let state = state.stored();
            let apart = drift(&state, self.live, self.written);
            if !are_replicas(&apart) || !self.was_set_by(&state) {
                continue;
            }
            if apart.is_empty() {
                return Ok(Some(Origin::from(row)));
            }
            scaled.get_or_insert(row);
        }
        Ok(scaled.filter(|_| !are_replicas(&self.drifted)).map(Origin::from))
    }

    /// Whether a state set what differs from today's: what it did not set, somebody else wrote.
    fn was_set_by(&self, state: &Object) -> bool {
        let changes = diff(state, self.live);
        let added: Vec<Untrusted> =
            changes.iter().filter(|change| change.op == Op::Add).map(|change| change.path.shown()).collect();
        let is_in = |place: &str, around: &str| {
            place.strip_prefix(around).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let replaced = self.drifted.iter().filter(|change| change.op == Op::Replace).map(|change| change.path.shown());
        replaced.into_iter().all(|place| !added.iter().any(|around| is_in(place.as_str(), around.as_str())))
    }
}

/// Whether nothing but the number of pods differs.
fn are_replicas(changes: &[Change<'_>]) -> bool {
    changes.iter().all(|change| change.path.within(REPLICAS))
}

fn fields(wanted: &Wanted<'_>, [set, live]: [&Object; 2], written: &Written<'_>, managed: &Value) -> Vec<DriftField> {
    let line = |span: Span| yaml::position(&wanted.file.contents.text, span.start as usize).line as usize;
    let field = |change: &Change<'_>| DriftField {
        by: manager(&change.path, managed).map(Into::into),
        change: FieldChange { line: change.from().map(|side| line(side.span())), ..FieldChange::of(change) },
    };
    drift(set, live, written).iter().map(field).collect()
}

/// When somebody restarted the pods, where git does not say so.
fn restarted(set: &Object, live: &Object) -> Option<Untrusted> {
    let time = |object: &Object| object.template()?.at(RESTARTED)?.as_str().map(str::to_owned);
    time(live).filter(|time_live| time(set).as_ref() != Some(time_live)).map(Untrusted::from)
}
