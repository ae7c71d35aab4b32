//! One row of a lineage, as bytes.

use super::facts_record::ErrorRecord;
use super::role_record::RoleRecord;
use crate::git::{self, BlobId, CommitId, RepoPath};
use crate::revision::applied::Applied;
use crate::revision::change::Change;
use crate::revision::library::Library;
use crate::revision::number::Revision;
use crate::revision::row::{Event, Mark};
use crate::revision::state::{State, not_there};
use crate::revision::track::{Spot, Spots};
use crate::template::Sticky;
use crate::text::Untrusted;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// Where a state stands: the blob, and the place in that.
pub(super) type SpotRecord<'a> = (&'a [u8], usize);

/// Where states stand; nothing if an id is none.
pub(super) fn spots(records: Vec<SpotRecord<'_>>) -> Option<Vec<Spot>> {
    records.into_iter().map(|(blob, place)| Some((BlobId::from_bytes(blob)?, place))).collect()
}

/// A row without its commit and its file.
#[derive(Serialize, Deserialize)]
pub(super) struct RowRecord<'a> {
    #[serde(borrow)]
    annotation: Option<Cow<'a, str>>,
    hydrator: Option<&'a [u8]>,
    blob: Option<&'a [u8]>,
    blob_before: Option<&'a [u8]>,
    change: Vec<Change>,
    revision: Option<Revision>,
    during: Option<Revision>,
    before: Option<usize>,
    state: Option<usize>,
    ran: Option<(usize, Cow<'a, [Sticky]>)>,
    runs: Option<(usize, Cow<'a, [Sticky]>)>,
    role: RoleRecord<'a>,
    error: Option<ErrorRecord<'a>>,
    stale_annotation: Option<Cow<'a, str>>,
    revert_of: Option<Revision>,
}

impl RowRecord<'_> {
    /// The mark, which is of that commit and file.
    ///
    /// # Errors
    /// A blob that git cannot read, or what only an index that somebody else wrote can say.
    pub fn mark(
        self,
        commit: CommitId,
        path: &RepoPath,
        states: &[Spot],
        library: &Library<'_>,
    ) -> Result<Mark, git::Error> {
        let blob = |id: Option<&[u8]>| id.map(|id| BlobId::from_bytes(id).ok_or_else(not_there)).transpose();
        let spot = |place: usize| library.state(*states.get(place).ok_or_else(not_there)?);
        let state = |place: Option<usize>| place.map(spot).transpose();
        let applied = |of: Option<(usize, Cow<'_, [Sticky]>)>| {
            of.map(|(place, kept)| Ok(Applied { state: spot(place)?, kept: kept.into_owned() })).transpose()
        };
        Ok(Mark {
            commit,
            annotation: self.annotation.map(Untrusted::from),
            hydrator: blob(self.hydrator)?,
            event: Event {
                path: path.clone(),
                blob: blob(self.blob)?,
                blob_before: blob(self.blob_before)?,
                change: self.change,
                revision: self.revision,
                during: self.during,
                before: state(self.before)?,
                state: state(self.state)?,
                ran: applied(self.ran)?,
                runs: applied(self.runs)?,
                role: self.role.read(),
                error: self.error.map(ErrorRecord::read),
                rendering: Vec::new(),
                stale_annotation: self.stale_annotation.map(Untrusted::from),
                revert_of: self.revert_of,
            },
        })
    }
}

/// What the rows of a lineage name by its place.
pub(super) struct Lists<'a> {
    spots: &'a Spots,
    pub paths: Vec<&'a [u8]>,
    pub states: Vec<SpotRecord<'a>>,
    /// The places of the latter, by address.
    placed: HashMap<*const State, usize>,
}

impl<'a> Lists<'a> {
    /// Lists of nothing yet, for states that stand there.
    pub fn new(spots: &'a Spots) -> Self {
        Lists { spots, paths: Vec::new(), states: Vec::new(), placed: HashMap::new() }
    }

    /// The row of a mark; nothing if a state of it stands nowhere.
    pub fn row(&mut self, mark: &'a Mark) -> Option<RowRecord<'a>> {
        let event = &mark.event;
        let text = |text: &'a Option<Untrusted>| text.as_ref().map(|text| Cow::Borrowed(text.as_str()));
        Some(RowRecord {
            annotation: text(&mark.annotation),
            hydrator: mark.hydrator.as_ref().map(BlobId::as_bytes),
            blob: event.blob.as_ref().map(BlobId::as_bytes),
            blob_before: event.blob_before.as_ref().map(BlobId::as_bytes),
            change: event.change.clone(),
            revision: event.revision,
            during: event.during,
            before: self.place_of(event.before.as_ref())?,
            state: self.place_of(event.state.as_ref())?,
            ran: self.applied(event.ran.as_ref())?,
            runs: self.applied(event.runs.as_ref())?,
            role: RoleRecord::of(&event.role),
            error: event.error.as_ref().map(ErrorRecord::of),
            stale_annotation: text(&event.stale_annotation),
            revert_of: event.revert_of,
        })
    }

    /// The place of a file.
    pub fn path(&mut self, path: &'a RepoPath) -> usize {
        let path = path.as_bytes();
        self.paths.iter().rposition(|other| *other == path).unwrap_or_else(|| {
            self.paths.push(path);
            self.paths.len() - 1
        })
    }

    /// The place of a state, if there is a state; nothing if it stands nowhere.
    fn place_of(&mut self, state: Option<&Arc<State>>) -> Option<Option<usize>> {
        let Some(state) = state.map(Arc::as_ptr) else { return Some(None) };
        if let Some(place) = self.placed.get(&state) {
            return Some(Some(*place));
        }
        let (blob, place) = self.spots.get(&state)?;
        self.states.push((blob.as_bytes(), *place));
        self.placed.insert(state, self.states.len() - 1);
        Some(Some(self.states.len() - 1))
    }

    fn applied(&mut self, applied: Option<&'a Applied>) -> Option<Option<(usize, Cow<'a, [Sticky]>)>> {
        let Some(applied) = applied else { return Some(None) };
        Some(self.place_of(Some(&applied.state))?.map(|state| (state, Cow::Borrowed(&applied.kept[..]))))
    }
}
