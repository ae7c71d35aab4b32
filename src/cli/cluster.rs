//! The cluster that a command asks: its options, the way to it, its errors with their hints.

use std::io::Write as _;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use clap::ArgMatches;

use super::context::Context;
use super::duration::Wait;
use super::failure::{Failure, Result};
use crate::cluster::{Cluster, Error, Exchange, Options, Trace};
use crate::kubernetes::Version;
use crate::output::{Diagnostic, Note};
use crate::text::Untrusted;

/// Options of the commands that ask a cluster.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Cluster options")]
pub(super) struct ClusterArgs {
    /// Ask the cluster of this context of the kubeconfig, not of the current one
    #[arg(long, value_name = "NAME")]
    pub context: Option<String>,

    /// Read the kubeconfig FILE, not those that KUBECONFIG names or ~/.kube/config
    #[arg(long, value_name = "FILE")]
    pub kubeconfig: Option<PathBuf>,

    /// Wait so long for each answer, such as 5s or 2m; 0 for ever [default: 30s]
    #[arg(long, value_name = "TIME")]
    pub request_timeout: Option<Wait>,

    /// Ask as this user, where you may
    #[arg(long = "as", id = "as", value_name = "USER")]
    pub user: Option<String>,
}

/// The commands that ask a cluster.
pub(super) const COMMANDS: [&str; 11] =
    ["apply", "diff", "drift", "list", "history", "show", "status", "pause", "resume", "restart", "undo"];

/// The ids of [`ClusterArgs`].
const IDS: [&str; 4] = ["context", "kubeconfig", "request_timeout", "as"];

/// How long an answer may take, where nothing else is said.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The options stand before the command too, but only those that ask a cluster have them behind it: so no command has
/// options that do nothing.
pub(super) fn with_options(definition: clap::Command) -> clap::Command {
    let options: Vec<clap::Arg> =
        definition.get_arguments().filter(|arg| IDS.contains(&arg.get_id().as_str())).cloned().collect();
    definition.mut_subcommands(|command| match COMMANDS.contains(&command.get_name()) {
        true => command.args(options.clone()),
        false => command,
    })
}

impl ClusterArgs {
    /// Takes over what stands behind the command.
    pub fn take(&mut self, matches: &ArgMatches) {
        fn given<T: Clone + Send + Sync + 'static>(matches: &ArgMatches, id: &str) -> Option<T> {
            matches.try_get_one::<T>(id).ok().flatten().cloned()
        }
        self.context = given(matches, "context").or(self.context.take());
        self.kubeconfig = given(matches, "kubeconfig").or(self.kubeconfig.take());
        self.request_timeout = given(matches, "request_timeout").or(self.request_timeout.take());
        self.user = given(matches, "as").or(self.user.take());
    }

    /// Refuses them for a command that asks no cluster.
    pub fn refuse_for(&self, command: &str) -> Result<()> {
        let given = [
            ("--context", self.context.is_some()),
            ("--kubeconfig", self.kubeconfig.is_some()),
            ("--request-timeout", self.request_timeout.is_some()),
            ("--as", self.user.is_some()),
        ];
        match given.iter().find(|(_, is_given)| *is_given) {
            Some((option, _)) => {
                let only = match command {
                    "restart" => "asks no cluster with --git",
                    "undo" => "asks a cluster only with --live, with --apply or for the revision `live`",
                    "diff" | "history" => "asks a cluster only with --live or for the revision `live`",
                    "show" => "asks a cluster only for the revision `live`",
                    command if COMMANDS.contains(&command) => "asks a cluster only with --live",
                    _ => "asks no cluster",
                };
                Err(Failure::new(format!("`{option}` does nothing here: `rollbook {command}` {only}")))
            }
            None => Ok(()),
        }
    }
}

/// The cluster that is meant, ready to be asked: a plugin that gives credentials runs once.
///
/// # Errors
/// Nothing says which, or with which credentials.
pub(super) fn connect(context: &Context) -> Result<Rc<Cluster>> {
    if let Some(cluster) = context.cluster.get() {
        return Ok(cluster.clone());
    }
    let (args, reach) = (&context.globals.cluster, &context.reach);
    let options = Options {
        kubeconfigs: args.kubeconfig.clone().map_or_else(|| reach.kubeconfigs.clone(), |named| vec![named]),
        named: args.kubeconfig.is_some(),
        in_pod: reach.in_pod,
        context: args.context.clone(),
        user: args.user.clone(),
        timeout: args.request_timeout.map_or(Some(TIMEOUT), |wait| wait.0),
        proxy: reach.proxy.clone(),
        trace: context.globals.verbose.then(|| Arc::new(tell) as Trace),
    };
    let cluster = Rc::new(Cluster::connect(&options)?);
    Ok(context.cluster.get_or_init(|| cluster).clone())
}

/// The same, for what names revisions: as this cluster names them, unless another version is asked for.
///
/// # Errors
/// As of [`connect`]; and it does not tell its version.
pub(super) fn connect_for_names(context: &mut Context) -> Result<Rc<Cluster>> {
    let cluster = connect(context)?;
    if context.globals.kube_version.is_none() {
        let told = cluster.version()?;
        let version =
            Version::of_server(&told).map_err(|error| Failure::from(error).hint("--kube-version V says it"))?;
        if version == Version::NEWEST && told.parse::<Version>().is_err() {
            let what =
                format!("the cluster is of Kubernetes {told}: names are those of {version}, the newest known here");
            context.warn(&Diagnostic::from(&Note::new(what)))?;
        }
        context.globals.kube_version = Some(version.to_string());
    }
    Ok(cluster)
}

/// A line for a request, on stderr.
fn tell(exchange: &Exchange) {
    let status = exchange.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
    let (path, millis) = (Untrusted::from(exchange.path.as_str()), exchange.took.as_millis());
    // Nobody misses it where it cannot be written.
    let _ = writeln!(std::io::stderr(), "{} {} {status} {millis}ms", exchange.method, path.terminal());
}

/// So often a change is tried.
const ATTEMPTS: u32 = 10;

/// Tries a change until nobody else writes to the object at the same time; `change` is told how often it was tried.
///
/// # Errors
/// What `change` fails with, before it or in it.
pub(super) fn while_written<T>(mut change: impl FnMut(u32) -> Result<std::result::Result<T, Error>>) -> Result<T> {
    let mut tried = 0;
    loop {
        match change(tried)? {
            Err(Error::Conflict { .. }) if tried + 1 < ATTEMPTS => tried += 1,
            done => return done.map_err(of_change),
        }
    }
}

/// An error of a change. What is not there any more is told in kubectl's words.
pub(super) fn of_change(error: Error) -> Failure {
    if error.is_of_deleted() { deleted() } else { error.into() }
}

/// That the object was deleted meanwhile; another of its name is another object.
pub(super) fn deleted() -> Failure {
    Failure::not_found(anyhow::anyhow!("object has been deleted"))
}
