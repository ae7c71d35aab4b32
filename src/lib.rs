//! The rollout history of Kubernetes workloads, read from git.
//!
//! Data flows one way:
//!
//! ```text
//! blob bytes → yaml::Stream → manifest::Object → template::Template → template::View (one version) → revision::Lineage → output
//! ```
//!
//! The library has no clock, no environment, no home folder and no terminal: only [`cli`] has.

pub mod check;
pub mod cli;
pub mod cluster;
pub mod diff;
pub mod git;
pub mod kubernetes;
pub mod manifest;
pub mod output;
pub mod revert;
pub mod revision;
pub mod snapshot;
pub mod template;
pub mod text;
pub mod yaml;
