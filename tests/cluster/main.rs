//! What asks a cluster, run against a real control plane (`tests/controlplane`).

#![cfg(feature = "cluster")]

mod api;
mod apply;
mod build;
mod client;
mod drift;
mod faults;
mod fixture;
mod golden;
mod history;
mod manifests;
mod operations;
mod rbac;
mod status;
mod undo;
#[path = "../world/mod.rs"]
mod world;
