//! Where the objects of a name stand, as bytes.

use super::facts_record::ErrorRecord;
use crate::git::RepoPath;
use crate::manifest::Identity;
use crate::revision::find::Candidate;
use crate::snapshot::Role;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

#[derive(Serialize, Deserialize)]
pub(super) struct PlaceRecord<'a> {
    #[serde(borrow)]
    path: &'a [u8],
    api_version: Cow<'a, str>,
    kind: Cow<'a, str>,
    namespace: Option<Cow<'a, str>>,
    name: Cow<'a, str>,
    unreadable: Option<ErrorRecord<'a>>,
}

impl<'a> PlaceRecord<'a> {
    pub fn of(candidate: &'a Candidate) -> Self {
        let Identity { api_version, kind, namespace, name } = &candidate.identity;
        PlaceRecord {
            path: candidate.path.as_bytes(),
            api_version: api_version.into(),
            kind: kind.into(),
            namespace: namespace.as_deref().map(Cow::Borrowed),
            name: name.into(),
            unreadable: candidate.unreadable.as_ref().map(ErrorRecord::of),
        }
    }

    /// The place, its role not yet asked for.
    pub fn read(self) -> Candidate {
        Candidate {
            identity: Identity {
                api_version: self.api_version.into_owned(),
                kind: self.kind.into_owned(),
                namespace: self.namespace.map(Cow::into_owned),
                name: self.name.into_owned(),
            },
            path: RepoPath::new(self.path),
            role: Role::Plain,
            unreadable: self.unreadable.map(ErrorRecord::read),
        }
    }
}
