//! Text that must be handled with care, as types: [`Untrusted`] (from a repository; each sink has its
//! escape) and [`Sensitive`] (of a Secret; no sink shows it). The leaf that every room may use.

mod sensitive;
mod untrusted;

pub use sensitive::Sensitive;
pub use untrusted::Untrusted;
