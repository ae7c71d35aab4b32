//! Every kind of repository that git makes: the answers are those that a plain clone of the same history gives, or the
//! tool says what it lacks.

#[path = "../world/mod.rs"]
mod world;

mod edited;
mod foxtrot;
mod history;
mod hostile;
mod incomplete;
mod plain;
mod program;
