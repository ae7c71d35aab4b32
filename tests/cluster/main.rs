//! What asks a cluster, run against a real control plane (`tests/controlplane`).

#![cfg(feature = "cluster")]

mod api;
mod build;
mod client;
mod fixture;
mod manifests;
#[path = "../world/mod.rs"]
mod world;
