//! `rollbook undo --apply`: what was committed goes to the cluster too.

use super::Args;
use super::back::Back;
use super::live::may_go_back;
use crate::cli::command::apply::{Piece, Put, namespace};
use crate::cli::context::Context;
use crate::cli::edit::Planned;
use crate::cli::failure::{Failure, Result};
use crate::cli::onward::Next;
use crate::cli::world::World;
use crate::cluster::{Cluster, Error};
use crate::manifest::{self, Object};
use crate::yaml::Dialect;
use std::rc::Rc;

/// The cluster, and what it gets.
pub(super) struct Deploy {
    cluster: Rc<Cluster>,
    pieces: Vec<Piece>,
    yes: bool,
}

impl Deploy {
    /// Asks the cluster before anything is written: whether it can be reached, and whether it may go back.
    pub fn ready(
        cluster: Rc<Cluster>,
        (world, back, planned): (&World, &Back, &Planned),
        cause: &str,
        yes: bool,
    ) -> Result<Deploy> {
        if let Some(by) = back.candidate.role.rendered_by().first() {
            let what = format!("`{}` changes it on its way to the cluster: --apply cannot", by.shown().as_str());
            return Err(
                Failure::new(what).hint("undo it without --apply, then kustomize build . | rollbook apply -f -")
            );
        }
        let mut pieces = Vec::new();
        for file in planned.changed() {
            let read = |text: &[u8]| manifest::read(text, Dialect::Kubectl).objects;
            let before = file.before.as_deref().map(read).unwrap_or_default();
            let is_new = |object: &Object| {
                !before.iter().any(|old| old.identity == object.identity && old.node() == object.node())
            };
            pieces.extend(read(&file.text).into_iter().filter(is_new).map(|object| Piece {
                wire: object.wire(&file.text),
                namespace: namespace(world, &object, &file.path, cluster.namespace()),
                cause: Some(cause.to_owned()),
                command: String::new(),
                goal: None,
                path: file.path.shown(),
                object,
            }));
        }
        // What the pods need goes first.
        pieces.sort_by_key(|piece| piece.object.identity.is_workload());
        Deploy::of(cluster, pieces, yes)
    }

    /// The same where git is back already: what it says.
    pub fn newest(context: &Context, cluster: Rc<Cluster>, args: &Args) -> Result<Deploy> {
        let piece = Piece::of_target(context, &args.target, args.message.clone(), cluster.namespace())?;
        Deploy::of(cluster, vec![piece], args.yes)
    }

    fn of(cluster: Rc<Cluster>, pieces: Vec<Piece>, yes: bool) -> Result<Deploy> {
        for piece in &pieces {
            let put = Put::new(&cluster, piece)?;
            if !yes {
                put.may_be_changed()?;
            }
            if let Some(live) = &put.before {
                may_go_back(live, put.next("resume", ""))?;
            }
        }
        Ok(Deploy { cluster, pieces, yes })
    }

    /// Applies it.
    pub fn apply(&self, context: &mut Context) -> Result<()> {
        for (at, piece) in self.pieces.iter().enumerate() {
            let applied = Put::new(&self.cluster, piece).and_then(|put| put.apply(context, false));
            applied.map_err(|failure| {
                let yes = if self.yes { " --yes" } else { "" };
                let rest = match failure.of_cluster() {
                    Some(Error::Conflict { .. }) => " --force-conflicts takes these fields over",
                    _ => " tries it once more",
                };
                let again = Next::new("apply", piece.name(), format!("{yes}{rest}")).after("git is back already");
                let next = |piece: &Piece| Next::new("apply", piece.name(), yes).after("and what comes after it");
                self.pieces[at + 1..].iter().map(next).fold(failure.next(again), Failure::next)
            })?;
        }
        Ok(())
    }
}
