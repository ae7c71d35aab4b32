//! `rollbook status`

mod answer;

use std::time::Instant;

use crate::cli::args::Format;
use crate::cli::cluster::connect;
use crate::cli::context::Context;
use crate::cli::duration::Wait;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::live::{Namespace, Workload};
use crate::cli::look::{Look, Seen, no_rollout};
use crate::cli::target::Target;
use crate::cli::watching::Since;
use crate::cluster::{Progress, Rollout};
use crate::output::{Diagnostic, Document, Note, StatusTable};
use crate::text::Untrusted;

/// Show how far the rollout of a workload is on a cluster, and what is in its way
///
/// It says what kubectl rollout status says, and what that leaves out: which revision and commit is live and which is
/// rolling in, why each pod is not ready, how long it is until the progress deadline; and where it fails, the commands
/// that show what brought it and take it back. Outside of a repository it tells what the cluster knows.
///
/// Nothing is changed. It ends with 0 where the rollout is complete, with 1 where it is not, or has failed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook status deployment/web                how far it is
  rollbook status web --watch --timeout 5m      until it is complete, or has failed
  rollbook status deploy/web sts/db -n shop     of several
  rollbook status --all                         of all in the namespace
  rollbook status web -o json                   for a script")]
pub(in crate::cli) struct Args {
    /// The workload: a Deployment, a DaemonSet or a StatefulSet, as deployment/web, or web where only one has the name
    #[arg(value_name = "TARGET", required_unless_present = "all")]
    pub targets: Vec<String>,

    /// Of all Deployments, DaemonSets and StatefulSets of the namespace
    #[arg(long, conflicts_with = "targets")]
    pub all: bool,

    /// Watch it until it is complete, or has failed
    #[arg(short = 'w', long)]
    pub watch: bool,

    /// Stop watching after this time, such as 90s or 5m; 0 never does
    #[arg(long, value_name = "TIME", requires = "watch", default_value = "0")]
    pub timeout: Wait,

    /// Fail unless this is the revision that runs, by the cluster's own number, as kubectl rollout history shows it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub revision: Option<u32>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let cluster = connect(context)?;
    let namespace = Namespace::of(context, &cluster)?;
    let (found, passed) = match args.all {
        true => rolled_out(namespace.all()?)?,
        false => (namespace.named(&Target::parse(&args.targets)?)?, Vec::new()),
    };
    let look = Look { namespace: &namespace, wanted: args.revision.map(i64::from) };
    let end = args.timeout.0.map(|timeout| Instant::now() + timeout);
    cluster.end_by(end);
    let seen = match (args.watch, args.all) {
        (true, _) => found.iter().map(|workload| watch(context, &look, workload, end)).collect::<Result<Vec<_>>>()?,
        (false, true) => look.all(found)?,
        (false, false) => found.iter().map(|workload| look.once(workload)).collect::<Result<_>>()?,
    };
    let (items, mut notes) = answer::items(context, &namespace, &seen)?;
    notes.extend(passed);
    let exit = if items.iter().all(|item| item.progress == Progress::Complete) { Exit::Done } else { Exit::Found };
    let document = Document::new(items, notes);
    context.answer(&document, |screen| {
        let screens = document.items.iter().map(|item| {
            let table = StatusTable::new(item, screen);
            // While it is watched, its lines are shown as they come; what failed is told as an error.
            if args.watch || item.progress == Progress::Failed { table.without_line() } else { table }.to_string()
        });
        screens.collect::<Vec<_>>().join("\n")
    })?;
    for item in document.items.iter().filter(|item| item.progress == Progress::Failed) {
        context.report(&Diagnostic::error(item.line.clone()))?;
    }
    if seen.iter().any(|one| one.late) {
        return Err(Failure::not_found(anyhow::anyhow!("timed out waiting for the condition")));
    }
    Ok(exit)
}

/// Of all workloads those that their controllers roll out, with a note on each other one.
///
/// # Errors
/// None of them is rolled out.
fn rolled_out(all: Vec<Workload>) -> Result<(Vec<Workload>, Vec<Note>)> {
    let (mut found, mut failures) = (Vec::new(), Vec::new());
    for workload in all {
        match Rollout::of(workload.kind, &workload.object) {
            Ok(_) => found.push(workload),
            Err(error) => failures.push(no_rollout(workload.kind, &workload.object, error)),
        }
    }
    if found.is_empty() && !failures.is_empty() {
        return Err(failures.remove(0));
    }
    Ok((found, failures.iter().map(|failure| Note::new(failure.what())).collect()))
}

/// Watches one workload, and shows each of its lines once.
fn watch(context: &mut Context, look: &Look<'_>, workload: &Workload, end: Option<Instant>) -> Result<Seen> {
    let shows = matches!(context.globals.output, Format::Table | Format::Wide);
    let left = end.map(|end| end.saturating_duration_since(Instant::now()));
    let mut bar = context.bar();
    look.watch(workload, Since::Whenever, left, |line, now| {
        if let Some(line) = line.filter(|_| shows) {
            bar.clear();
            context.page(&format!("{}\n", Untrusted::from(line).terminal()))?;
        }
        bar.show(now.replicas(workload.kind));
        Ok(())
    })
}
