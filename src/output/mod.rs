//! Answers as data and as text: the versioned JSON [`Document`]s with their schemas, [`Table`]s that fit a
//! [`Screen`], and [`Diagnostic`]s. A leaf: values in, text out. Text of a repository comes in as `Untrusted` and
//! goes out through an escape; colours stand for a [`Meaning`] and are taken off at the edge where not wanted.

pub mod describe;

mod cell;
mod cells;
mod diagnostic;
mod diff;
mod diff_stat;
mod diff_summary;
mod diff_text;
mod document;
mod event;
mod excerpt;
mod hash_column;
mod hashes;
mod hashes_table;
mod history;
mod history_table;
mod images;
mod json;
mod lineage;
mod list;
mod list_table;
mod log;
mod log_table;
mod manifests;
mod markdown;
mod meaning;
mod object;
mod schema;
mod screen;
mod table;
mod time;
mod twins;
mod unified;
mod yaml;

pub use cell::Cell;
pub use diagnostic::{Diagnostic, Severity};
pub use diff::{Before, DiffItem, FieldChange, Verdict};
pub use diff_stat::DiffStat;
pub use diff_summary::DiffSummary;
pub use diff_text::DiffText;
pub use document::{Document, DocumentKind, Item, Note, SchemaVersion};
pub use event::{list_item, log_item};
pub use excerpt::Excerpt;
pub use hashes::{HashItem, NameOf};
pub use hashes_table::HashesTable;
pub use history::{History, Row};
pub use history_table::HistoryTable;
pub use lineage::{Names, UNNUMBERED, history};
pub use list::{LastChange, ListItem};
pub use list_table::ListTable;
pub use log::LogItem;
pub use log_table::LogTable;
pub use manifests::ManifestItem;
pub use markdown::sources as markdown_sources;
pub use meaning::Meaning;
pub use object::{Author, ObjectName, Unreadable};
pub use schema::schemas;
pub use screen::Screen;
pub use table::{Column, Need, Table};
pub use time::Time;
pub use unified::{Lines, unified};
pub use yaml::block as yaml_block;
