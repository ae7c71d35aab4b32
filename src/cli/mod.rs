//! The terminal: arguments to checked values, one file a command under `command/`, and what only a program has:
//! streams, a width, a pager, a clock, the environment. Answers are made by the rooms below and shown by
//! [`output`](crate::output); errors are presented in one place, here.

mod args;
#[cfg(feature = "cluster")]
mod cluster;
mod command;
mod config;
mod context;
mod differ;
#[cfg(feature = "cluster")]
mod duration;
mod ends;
mod environment;
mod everything;
mod failure;
mod filter;
mod input;
#[cfg(feature = "cluster")]
mod live;
mod lookup;
#[cfg(feature = "cluster")]
mod operation;
mod pager;
mod place;
mod progress;
mod range;
mod run;
mod selected;
mod selection;
mod settings;
mod sources;
mod standing;
mod states;
mod stream;
mod subject;
mod target;
mod when;
mod world;

pub use args::definition;
pub use run::main;
