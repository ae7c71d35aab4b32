//! The terminal: arguments to checked values, one file a command under `command/`, and what only a program has:
//! streams, a width, a pager, a clock, the environment. Answers are made by the rooms below and shown by
//! [`output`](crate::output); errors are presented in one place, here.

mod args;
#[cfg(feature = "cluster")]
mod bar;
#[cfg(feature = "cluster")]
mod cluster;
mod command;
mod config;
mod context;
#[cfg(feature = "cluster")]
mod counterpart;
mod differ;
#[cfg(feature = "cluster")]
mod duration;
mod edit;
mod ends;
mod environment;
mod everything;
mod failure;
mod filter;
mod input;
#[cfg(feature = "cluster")]
mod live;
#[cfg(feature = "cluster")]
mod look;
mod lookup;
mod onward;
#[cfg(feature = "cluster")]
mod operation;
#[cfg(feature = "cluster")]
mod origin;
mod pager;
mod place;
mod progress;
mod range;
#[cfg(feature = "cluster")]
mod reach;
mod run;
mod selected;
mod selection;
mod settings;
mod sources;
mod standing;
mod states;
mod stream;
#[cfg(feature = "cluster")]
mod stuck;
mod subject;
mod target;
#[cfg(feature = "cluster")]
mod watching;
mod when;
mod world;

pub use args::definition;
pub use run::main;
