//! Where the objects of a name stand, as bytes.

use super::facts_record::{ErrorRecord, IdentityRecord};
use super::role_record::RoleRecord;
use crate::git::RepoPath;
use crate::revision::find::Candidate;
use crate::snapshot::Delivery;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// The places of a workload, and what brings folders to a cluster.
pub(in crate::revision) type Places = (Vec<Candidate>, Vec<Delivery>);

#[derive(Serialize, Deserialize)]
pub(super) struct PlacesRecord<'a> {
    #[serde(borrow)]
    places: Vec<PlaceRecord<'a>>,
    /// The file and the folder of each.
    deliveries: Vec<(&'a [u8], &'a [u8])>,
}

impl<'a> PlacesRecord<'a> {
    pub fn of((places, deliveries): &'a Places) -> Self {
        PlacesRecord {
            places: places.iter().map(PlaceRecord::of).collect(),
            deliveries: deliveries.iter().map(|of| (of.file.as_bytes(), of.folder.as_bytes())).collect(),
        }
    }

    pub fn read(self) -> Places {
        let delivery = |(file, folder)| Delivery { file: RepoPath::new(file), folder: RepoPath::new(folder) };
        let deliveries = self.deliveries.into_iter().map(delivery).collect();
        (self.places.into_iter().map(PlaceRecord::read).collect(), deliveries)
    }
}

#[derive(Serialize, Deserialize)]
struct PlaceRecord<'a> {
    #[serde(borrow)]
    path: &'a [u8],
    identity: IdentityRecord<'a>,
    role: RoleRecord<'a>,
    unreadable: Option<ErrorRecord<'a>>,
}

impl<'a> PlaceRecord<'a> {
    fn of(candidate: &'a Candidate) -> Self {
        PlaceRecord {
            path: candidate.path.as_bytes(),
            identity: IdentityRecord::of(&candidate.identity),
            role: RoleRecord::of(&candidate.role),
            unreadable: candidate.unreadable.as_ref().map(ErrorRecord::of),
        }
    }

    fn read(self) -> Candidate {
        Candidate {
            identity: self.identity.read(),
            path: RepoPath::new(self.path),
            role: self.role.read(),
            deliveries: Rc::default(),
            unreadable: self.unreadable.map(ErrorRecord::read),
        }
    }
}
