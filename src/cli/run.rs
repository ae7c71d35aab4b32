//! From the program's arguments to its exit code.

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use jiff::Timestamp;

use super::args::{Args, Command};
#[cfg(feature = "cluster")]
use super::command::{apply, drift, pause, restart, resume, status};
use super::command::{
    blame, cache, check, completions, demo, diff, hash, history, hook, list, log, man, show, undo, whence,
};
use super::context::Context;
use super::environment::Environment;
use super::failure::{Exit, Failure, Result};
#[cfg(feature = "cluster")]
use crate::git::Repository;
use crate::text::Untrusted;

/// Runs the program on its arguments, its environment and its streams.
pub fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    match Args::read(&arguments) {
        Ok(args) => run(args).into(),
        Err(error) => {
            report_usage(&error, &arguments);
            usage_exit(&error).into()
        }
    }
}

/// Says what is wrong with the arguments. A message echoes them, so it is made again of arguments without control
/// characters: what stays are its own styles.
fn report_usage(error: &clap::Error, arguments: &[OsString]) {
    let escaped = |argument: &OsString| Untrusted::from(argument.to_string_lossy()).terminal().to_string().into();
    let escaped: Vec<OsString> = arguments.iter().map(escaped).collect();
    // Nobody is left to tell if this fails: the reader has closed the pipe.
    let _ = match Args::read(&escaped) {
        Err(harmless) => harmless.print(),
        // The characters themselves were the mistake.
        Ok(_) => write!(io::stderr(), "{}", Untrusted::from(error.render().to_string()).terminal_lines()),
    };
}

/// `--help` and `--version` come as errors too.
fn usage_exit(error: &clap::Error) -> Exit {
    if error.use_stderr() { Exit::Failed } else { Exit::Done }
}

fn run(args: Args) -> Exit {
    let mut context = Context::new(args.globals, &Environment::read(), Timestamp::now());
    match dispatch(&mut context, &args.command) {
        Ok(exit) => exit,
        Err(failure) => {
            if !failure.is_closed_pipe() {
                // The exit code tells it where stderr cannot.
                let _ = context.fail(&failure);
            }
            failure.exit()
        }
    }
}

/// Whether there is a branch or a tag that may be meant in place of what the cluster runs.
#[cfg(feature = "cluster")]
fn has_ref_live(context: &Context) -> bool {
    let is_there = |repository: Repository| {
        ["refs/heads/live", "refs/tags/live"].iter().any(|name| repository.resolve(name).is_ok())
    };
    Repository::open(context.directory()).is_ok_and(is_there)
}

/// Runs one command.
pub(super) fn dispatch(context: &mut Context, command: &Command) -> Result<Exit> {
    let (form, name) = (context.globals.output, context.globals.command.as_str());
    if !form.only_of().is_empty() && !form.only_of().contains(&name) {
        let commands: Vec<String> = form.only_of().iter().map(|command| format!("`rollbook {command}`")).collect();
        let (have, form) = (if commands.len() == 1 { "has" } else { "have" }, form.word());
        return Err(Failure::new(format!("only {} {have} an answer in the form `{form}`", commands.join(" and "))));
    }
    #[cfg(feature = "cluster")]
    if !command.asks_cluster() {
        context.globals.cluster.refuse_for(name)?;
    }
    #[cfg(feature = "cluster")]
    if command.selects_live() {
        // Names are as the cluster gives them whose revision is meant.
        super::cluster::connect_for_names(context).map_err(|failure| match has_ref_live(context) {
            true => failure.hint("the branch or tag of the name is commit:live"),
            false => failure,
        })?;
    }
    match command {
        Command::List(args) => list::run(context, args),
        Command::History(args) => history::run(context, args),
        Command::Log(args) => log::run(context, args),
        Command::Show(args) => show::run(context, args),
        Command::Hash(args) => hash::run(context, args),
        Command::Whence(args) => whence::run(context, args),
        Command::Diff(args) => diff::run(context, args),
        Command::Blame(args) => blame::run(context, args),
        Command::Check(args) => check::run(context, args),
        Command::Hook(args) => hook::run(context, args),
        Command::Undo(args) => undo::run(context, args),
        #[cfg(feature = "cluster")]
        Command::Status(args) => status::run(context, args),
        #[cfg(feature = "cluster")]
        Command::Drift(args) => drift::run(context, args),
        #[cfg(feature = "cluster")]
        Command::Apply(args) => apply::run(context, args),
        #[cfg(feature = "cluster")]
        Command::Pause(args) => pause::run(context, args),
        #[cfg(feature = "cluster")]
        Command::Resume(args) => resume::run(context, args),
        #[cfg(feature = "cluster")]
        Command::Restart(args) => restart::run(context, args),
        Command::Demo(args) => demo::run(context, args),
        Command::Cache(args) => cache::run(context, args),
        Command::Completions(args) => completions::run(context, args),
        Command::Man(args) => man::run(context, args),
    }
}
