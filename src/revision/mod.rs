//! One workload through the history: the first-parent walk gives the states of its file, states give changes, changes
//! of the template get numbers, and each has a cause. Numbers are counted from the oldest and rest on the canonical
//! template alone, so no version, cluster or revert moves them.

mod applied;
mod book;
mod cause;
mod change;
mod chronicle;
mod clue;
mod contents;
mod exchange;
mod facts;
mod find;
mod holdings;
mod hydrator;
mod index;
mod journal;
mod library;
mod line;
mod lineage;
mod message;
mod name;
mod namespaces;
mod number;
mod part;
mod past;
mod pending;
mod rendered_rows;
mod rerender;
mod row;
mod scribe;
mod shelf;
mod state;
mod threads;
mod walk;
mod whence;

pub use applied::Applied;
pub use book::{Book, BookLineage, Window};
pub use cause::{Cause, CauseSource};
pub use change::Change;
pub use clue::{By, Clue};
pub use find::{Candidate, Found, Nearby, Wanted, find, find_gone, is_named, nearby};
pub use index::{Index, Stat};
pub use lineage::{Lineage, state_at};
pub use name::{Namer, Unnamed, name};
pub use namespaces::Namespaces;
pub use number::Revision;
pub use past::{Earlier, Past};
pub use pending::Pending;
pub use row::{Event, Row};
pub use state::{State, Unreadable};
pub use whence::{Match, Suspect, Tried, Whence, whence};
