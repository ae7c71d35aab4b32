//! A cluster that is asked: what is in it, and what changes there. Answers are values as the API server gives them, so that
//! no field is lost that this crate does not know. The only room that names kube.
//!
//! What it tells of values alone ([`Rollout`], [`Reason`]) needs no cluster, and is there without the feature `cluster`.

mod applied;
mod back;
#[cfg(feature = "cluster")]
mod client;
#[cfg(feature = "cluster")]
mod config;
#[cfg(feature = "cluster")]
mod connection;
#[cfg(feature = "cluster")]
mod error;
mod held;
#[cfg(feature = "cluster")]
mod options;
#[cfg(test)]
mod pod_cases;
mod pods;
#[cfg(feature = "cluster")]
mod refusal;
#[cfg(all(test, feature = "cluster"))]
mod refusal_cases;
#[cfg(feature = "cluster")]
mod request;
#[cfg(feature = "cluster")]
mod resource;
#[cfg(feature = "cluster")]
mod retry;
mod rollout;
mod situation;
#[cfg(test)]
mod situation_cases;
#[cfg(feature = "cluster")]
mod trace;
#[cfg(feature = "cluster")]
mod watch;

pub use applied::{annotate, body, deployed_by, taken_over};
pub use back::{WasLive, template, way_back};
#[cfg(feature = "cluster")]
pub use client::{Cluster, MANAGER};
#[cfg(feature = "cluster")]
pub use error::Error;
pub use held::{Held, Pods, Role};
#[cfg(feature = "cluster")]
pub use options::{Options, Proxy};
pub use pods::{Reason, Trouble};
#[cfg(feature = "cluster")]
pub use request::{Ask, List, Patch, Verb};
#[cfg(feature = "cluster")]
pub use resource::Resource;
pub use rollout::{NoRollout, Progress, Rollout, condition, exceeded, is_observed, is_ready};
pub use situation::{Ailing, Replicas, Situation, running_revision, selector};
#[cfg(feature = "cluster")]
pub use trace::{Exchange, Trace};
#[cfg(feature = "cluster")]
pub use watch::Objects;
