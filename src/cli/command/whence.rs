//! `rollbook whence`

mod asked;
mod remarks;
pub(in crate::cli) mod search;

use crate::cli::args::Format;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Result};
use crate::cli::world::World;
use crate::output::{Document, Note, WhenceTable};
use asked::Asked;
use search::Search;

/// Find the revision that a pod, a ReplicaSet or a ControllerRevision is of: the commit, when, by whom and why
///
/// A name is compared with those that all revisions get: as they run and as new objects, for the version of Kubernetes
/// that is configured, else for every version, else with the count that follows after a collision. The pods of a
/// DaemonSet or a StatefulSet have no hash in their names, but in a label: give their JSON.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook whence web-6c5f67b5f7-x7k2p          of a pod
  rollbook whence rs/web-6c5f67b5f7             of a ReplicaSet
  rollbook whence 6c5f67b5f7                    of the label pod-template-hash
  kubectl get pods -o name | rollbook whence -
  kubectl get pod fluentd-x7k2p -o json | rollbook whence -
  rollbook whence web-6c5f67b5f7 --all-branches")]
pub(in crate::cli) struct Args {
    /// The name of a pod, a ReplicaSet or a ControllerRevision, or a hash; - reads names, one a line, or JSON or YAML of
    /// kubectl from standard input
    #[arg(value_name = "NAME", required = true)]
    pub names: Vec<String>,

    /// Look at the other branches too for what is not found
    #[arg(long)]
    pub all_branches: bool,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let Asked { clues, no_names, mut notes, whole } = Asked::read(context, &args.names)?;
    let world = World::open(context)?;
    let mut search = Search::new(&clues);
    search.look(context, &world)?;
    if args.all_branches {
        search.look_elsewhere(context, &world)?;
    }
    let mut missing: Vec<_> = no_names.iter().map(|text| remarks::no_name(text)).collect();
    missing.extend(search.missing().map(|(clue, searched)| remarks::missing(clue, searched, args.all_branches)));
    notes.extend(world.notes());
    notes.extend(search.notes());
    if matches!(context.globals.output, Format::Json | Format::Yaml) {
        notes.extend(missing.iter().map(|missing| Note::new(missing.what.as_str())));
    }
    let document = Document::new(search.items(), notes);
    context.answer(&document, |screen| WhenceTable::new(&document.items, screen).to_string())?;
    for diagnostic in remarks::several(&missing) {
        context.report(&diagnostic)?;
    }
    Ok(match (whole, missing.is_empty()) {
        (false, _) => Exit::Failed,
        (true, false) => Exit::Found,
        (true, true) => Exit::Done,
    })
}
