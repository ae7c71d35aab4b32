//! The check before a commit: [`check`] looks at a [`Review`] of two states and tells what the new one introduces. Each
//! [`Rule`] is a file in `rules`, with its page beside it; [`Settings`] say which count, and for how much; comments in the
//! manifests allow single findings. What linters find in one state is theirs, unless it is new.

mod allow;
mod engine;
mod finding;
mod page;
mod review;
mod rule;
mod rules;
mod settings;
mod state;
mod subject;

pub use engine::{Reported, check};
pub use finding::{Finding, Severity, Spot, When};
pub use page::{Example, Page};
pub use review::{Compared, Review};
pub use rule::{Rule, UnknownRule};
pub use settings::{Level, Settings};
pub use state::{Looks, Setting, State};
pub use subject::Subject;
