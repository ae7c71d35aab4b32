//! Facts as bytes.

use crate::git::{BlobId, Change, CommitId, RepoPath};
use crate::manifest::Identity;
use crate::revision::facts::Facts;
use crate::revision::journal::Entry;
use crate::revision::library::Known;
use crate::revision::state::{Body, Canonical, State, Unreadable};
use crate::template::{Digest, ImageList, Unpolicied, Unwritten};
use crate::text::Untrusted;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// An entry of the journal, with the commit before it.
#[derive(Serialize, Deserialize)]
pub(super) struct EntryRecord<'a> {
    #[serde(borrow)]
    commit: &'a [u8],
    parent: Option<&'a [u8]>,
    time: i64,
    changes: Vec<ChangeRecord<'a>>,
}

#[derive(Serialize, Deserialize)]
struct ChangeRecord<'a> {
    #[serde(borrow)]
    path: &'a [u8],
    before: Option<&'a [u8]>,
    after: Option<&'a [u8]>,
}

impl<'a> EntryRecord<'a> {
    pub fn of(entry: &'a Entry, parent: Option<&'a CommitId>) -> Self {
        let change = |change: &'a Change| ChangeRecord {
            path: change.path.as_bytes(),
            before: change.before.as_ref().map(BlobId::as_bytes),
            after: change.after.as_ref().map(BlobId::as_bytes),
        };
        EntryRecord {
            commit: entry.commit.as_bytes(),
            parent: parent.map(CommitId::as_bytes),
            time: entry.time,
            changes: entry.changes.iter().map(change).collect(),
        }
    }

    /// The entry and the commit before; nothing if an id is none.
    pub fn read(&self) -> Option<(Entry, Option<CommitId>)> {
        let blob = |id: Option<&[u8]>| id.map_or(Some(None), |id| BlobId::from_bytes(id).map(Some));
        let change = |change: &ChangeRecord<'_>| {
            let (before, after) = (blob(change.before)?, blob(change.after)?);
            Some(Change { path: RepoPath::new(change.path), before, after })
        };
        let changes = self.changes.iter().map(change).collect::<Option<Vec<_>>>()?;
        let parent = self.parent.map_or(Some(None), |id| CommitId::from_bytes(id).map(Some))?;
        Some((Entry { commit: CommitId::from_bytes(self.commit)?, time: self.time, cut: false, changes }, parent))
    }
}

/// What a blob holds.
#[derive(Serialize, Deserialize)]
pub(super) struct FactsRecord<'a> {
    #[serde(borrow)]
    states: Vec<StateRecord<'a>>,
    error: Option<ErrorRecord<'a>>,
}

#[derive(Serialize, Deserialize)]
struct ErrorRecord<'a> {
    #[serde(borrow)]
    message: Cow<'a, str>,
    line: u32,
    column: u32,
}

#[derive(Serialize, Deserialize)]
struct StateRecord<'a> {
    #[serde(borrow)]
    api_version: Cow<'a, str>,
    kind: Cow<'a, str>,
    namespace: Option<Cow<'a, str>>,
    name: Cow<'a, str>,
    images: Vec<Cow<'a, str>>,
    replicas: Option<i64>,
    change_cause: Option<Cow<'a, str>>,
    repeated: bool,
    images_without_policy: Vec<(ImageList, u32, Cow<'a, str>, bool)>,
    accounts: [Option<Cow<'a, str>>; 2],
    /// Whether it is the template's.
    is_template: bool,
    canonical: [u8; 32],
    unlabelled: Option<[u8; 32]>,
    config: [u8; 32],
    metadata: [u8; 32],
    document: [u8; 32],
}

impl<'a> FactsRecord<'a> {
    pub fn of(facts: &'a Facts) -> Self {
        let error = facts.error.as_ref().map(|error| ErrorRecord {
            message: error.message.as_str().into(),
            line: error.line,
            column: error.column,
        });
        FactsRecord { states: facts.states.iter().map(|state| StateRecord::of(state)).collect(), error }
    }

    /// The facts of that blob.
    pub fn read(self, blob: BlobId) -> Known {
        let states = self.states.into_iter().map(|state| Arc::new(state.read(blob))).collect();
        let error = self.error.map(|error| Unreadable {
            message: error.message.into(),
            line: error.line,
            column: error.column,
        });
        Known::Facts(Arc::new(Facts { states, error }))
    }
}

impl<'a> StateRecord<'a> {
    fn of(state: &'a State) -> Self {
        let (is_template, canonical) = match &state.canonical {
            Canonical::Template(digest) => (true, digest.bytes()),
            Canonical::Object(digest) => (false, *digest),
        };
        let text = |text: &'a Untrusted| Cow::Borrowed(text.as_str());
        let image = |of: &'a Unpolicied| (of.list, of.index, of.name.as_str().into(), of.latest);
        StateRecord {
            api_version: state.identity.api_version.as_str().into(),
            kind: state.identity.kind.as_str().into(),
            namespace: state.identity.namespace.as_deref().map(Cow::Borrowed),
            name: state.identity.name.as_str().into(),
            images: state.images.iter().map(text).collect(),
            replicas: state.replicas,
            change_cause: state.change_cause.as_ref().map(text),
            repeated: state.repeated,
            images_without_policy: state.unwritten.images.iter().map(image).collect(),
            accounts: state.unwritten.accounts.each_ref().map(|account| account.as_deref().map(Cow::Borrowed)),
            is_template,
            canonical,
            unlabelled: state.unlabelled.map(Digest::bytes),
            config: state.config,
            metadata: state.metadata,
            document: state.document,
        }
    }

    fn read(self, blob: BlobId) -> State {
        let image = |(list, index, name, latest): (_, _, Cow<'_, str>, _)| Unpolicied {
            list,
            index,
            name: name.into_owned(),
            latest,
        };
        State {
            identity: Identity {
                api_version: self.api_version.into_owned(),
                kind: self.kind.into_owned(),
                namespace: self.namespace.map(Cow::into_owned),
                name: self.name.into_owned(),
            },
            images: self.images.into_iter().map(Untrusted::from).collect(),
            replicas: self.replicas,
            change_cause: self.change_cause.map(Untrusted::from),
            repeated: self.repeated,
            unwritten: Unwritten {
                images: self.images_without_policy.into_iter().map(image).collect(),
                accounts: self.accounts.map(|account| account.map(Cow::into_owned)),
            },
            canonical: match self.is_template {
                true => Canonical::Template(Digest::of(self.canonical)),
                false => Canonical::Object(self.canonical),
            },
            unlabelled: self.unlabelled.map(Digest::of),
            config: self.config,
            metadata: self.metadata,
            document: self.document,
            body: if self.is_template { Body::Blob(blob) } else { Body::Without },
        }
    }
}
