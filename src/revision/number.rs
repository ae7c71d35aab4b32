//! Numbers of revisions.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::num::NonZeroU32;

/// The number of a state of a template: 1 is the oldest. A return to an earlier template counts anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Revision(NonZeroU32);

impl Revision {
    /// The first revision, or the one after another.
    pub fn after(newest: Option<Revision>) -> Revision {
        Revision(newest.map_or(NonZeroU32::MIN, |Revision(number)| number.saturating_add(1)))
    }

    /// The number.
    pub fn get(self) -> u32 {
        self.0.get()
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
