//! Numbers of revisions.

use std::fmt;
use std::num::NonZeroU32;

/// The number of a state of a template: 1 is the oldest. A return to an earlier template counts anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(NonZeroU32);

impl Revision {
    /// The number as one of a lineage's, if it is at least 1.
    pub fn new(number: u32) -> Option<Revision> {
        NonZeroU32::new(number).map(Revision)
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
