//! Facts about a repository that never change, kept on disk so that they are found out once: what a commit changed, what
//! a blob holds, what a template hashes to. Each is addressed by content, so branches share them, and neither a rewrite
//! nor a force-push makes one wrong. The folder may be removed, damaged or full at any time: then the facts are found out
//! again.

mod ask;
mod book_record;
mod facts_record;
mod key;
mod line_record;
mod lineage_record;
mod places_record;
mod role_record;
mod row_record;
mod segment;
mod store;

pub(super) use book_record::Outlines;
pub use store::{Index, Stat};
