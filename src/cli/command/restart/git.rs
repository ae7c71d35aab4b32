//! `rollbook restart --git`: by a commit, so that what deploys from git does it, and keeps it.

use super::Args;
use crate::cli::context::Context;
use crate::cli::edit::{
    Current, Destination, Onto, Outcome, Planned, Rewrite, Step, TRAILER, What, finish, line, next, preview, rolls,
    verdict, write,
};
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::operation::{PAUSED, restart_time, too_soon};
use crate::cli::target::Target;
use crate::cli::world::World;
use crate::cluster::Resource;
use crate::kubernetes::Kind;
use crate::output::{Diagnostic, DiffText};
use crate::yaml::Value;

/// Why, where nobody says it.
const CAUSE: &str = "restart";

/// Writes the time into the pod template, and commits that.
pub(super) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let target = Target::parse_one(&args.targets)?;
    let world = World::open(context)?;
    let onto = Onto::find(context, &world, Destination { branch: args.branch.as_deref(), commits: true })?;
    let current = Current::find(context, &world, &target)?;
    may_restart(&current)?;
    if !args.dry_run && matches!(onto, Onto::WorkTree) {
        finish(context, &world)?;
    }
    let at = restart_time(&context.now.to_zoned(context.zone()));
    let cause = args.message.as_deref().map(line).filter(|cause| !cause.is_empty()).unwrap_or_else(|| CAUSE.to_owned());
    let what = What::Restart { of: current.identity().clone(), at: at.clone(), cause: cause.clone() };
    let rewrite = Rewrite { path: current.candidate.path.clone(), steps: vec![Step { what, old: Vec::new() }] };
    let planned = Planned::of(context.index_file.as_ref(), &world, &onto, &current, &[], &[rewrite])?;
    if planned.changed().next().is_none() {
        return Err(Failure::not_found(anyhow::anyhow!(too_soon(&current.identity().name))));
    }
    let message = message(&current, &planned, &at, &cause);
    let name = current.name();
    let facts: String = planned.item.iter().map(rolls).collect();
    if args.dry_run {
        let diff = DiffText::new(planned.item.as_slice(), context.screen());
        context.page(&format!("{name} would be restarted\n{facts}\n{diff}\n{}", preview(&message)))?;
    } else if let Outcome::Committed(commit) = write(&world, &onto, &current, &planned, &message, false)? {
        context.page(&format!("{name} restarted\n{facts}{}", next(&world, &onto, commit)))?;
    }
    let notes = current.notes.iter().chain(&planned.notes).map(Diagnostic::from);
    notes.into_iter().try_for_each(|note| context.warn(&note))?;
    Ok(Exit::Done)
}

/// Refuses what kubectl refuses, in its words.
fn may_restart(current: &Current) -> Result<()> {
    let identity = current.identity();
    let kind = Kind::of(&identity.kind);
    let refused = |why: &str| {
        let resource = kind.map(Resource::of).map_or_else(|| identity.kind.clone(), |resource| resource.to_string());
        Failure::not_found(anyhow::anyhow!("{resource} \"{}\" {why}", line(&identity.name)))
    };
    if kind.is_none_or(|kind| !kind.has_revisions()) {
        return Err(refused("restarting is not supported"));
    }
    let object = current.object(&current.today);
    let paused = object.as_ref().and_then(|object| object.node().at(&["spec", "paused"]));
    match paused.map(|node| &node.value) {
        Some(Value::Bool(true)) => Err(refused(PAUSED)),
        _ => Ok(()),
    }
}

/// The message of the commit.
fn message(current: &Current, planned: &Planned, at: &str, cause: &str) -> String {
    let target = current.target();
    let rolls = planned.item.as_ref().map(verdict).unwrap_or_default();
    format!("Restart {target}\n\n{rolls}\n\nChange-Cause: {cause}\n{TRAILER}Restart: {target} at {at}\n")
}
