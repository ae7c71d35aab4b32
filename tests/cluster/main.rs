//! What asks a cluster, run against a real control plane (`tests/controlplane`).

#![cfg(feature = "cluster")]

mod api;
mod apply;
mod build;
mod causes;
mod client;
mod diff;
mod drift;
mod faults;
mod fixture;
mod golden;
mod hands;
mod history;
mod kubectl;
mod manifests;
mod moments;
mod namespaces;
mod operations;
mod rbac;
mod rbac_options;
mod rollback;
mod selected;
mod status;
mod story;
mod undo;
mod unread;
#[path = "../world/mod.rs"]
mod world;
