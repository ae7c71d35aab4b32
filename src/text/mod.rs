//! Text that must be handled with care, as types: [`Untrusted`] (from a repository; each sink has its
//! escape) and [`Sensitive`] (of a Secret; no sink shows it); and [`closest`], for "did you mean". The leaf that
//! every room may use.

mod sensitive;
mod shell;
mod suggestion;
mod untrusted;

pub use sensitive::Sensitive;
pub use shell::shell_word;
pub use suggestion::closest;
pub use untrusted::Untrusted;
pub(crate) use untrusted::commands_terminal;
