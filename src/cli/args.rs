//! The arguments that every command takes, and the list of the commands.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

#[cfg(feature = "cluster")]
use super::command::{apply, drift, pause, restart, resume, status};
use super::command::{
    blame, cache, check, completions, demo, diff, hash, history, hook, list, log, man, show, undo, whence,
};
#[cfg(feature = "cluster")]
use super::{range::Range, selection::Selection, target::Target};

/// The rollout history of Kubernetes workloads, read from git: what changed, when, by whom and why, with the exact
/// ReplicaSet names.
#[derive(Debug, Parser)]
#[command(name = "rollbook", version, max_term_width = 80, subcommand_required = true, arg_required_else_help = true)]
#[command(disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(flatten)]
    pub globals: Globals,
    #[command(subcommand)]
    pub command: Command,
}

/// What rollbook can do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    List(list::Args),
    History(history::Args),
    Log(log::Args),
    Show(show::Args),
    Hash(hash::Args),
    Whence(whence::Args),
    Diff(diff::Args),
    Blame(blame::Args),
    Check(check::Args),
    Hook(hook::Args),
    Undo(undo::Args),
    #[cfg(feature = "cluster")]
    Status(status::Args),
    #[cfg(feature = "cluster")]
    Drift(drift::Args),
    #[cfg(feature = "cluster")]
    Apply(apply::Args),
    #[cfg(feature = "cluster")]
    Pause(pause::Args),
    #[cfg(feature = "cluster")]
    Resume(resume::Args),
    #[cfg(feature = "cluster")]
    Restart(restart::Args),
    Demo(demo::Args),
    Cache(cache::Args),
    Completions(completions::Args),
    Man(man::Args),
}

#[cfg(feature = "cluster")]
impl Command {
    /// Whether it asks a cluster.
    pub fn asks_cluster(&self) -> bool {
        match self {
            _ if self.selects_live() => true,
            Self::List(args) => args.live,
            Self::History(args) => args.live,
            Self::Diff(args) => args.live,
            Self::Undo(args) => args.live || args.apply,
            Self::Status(_) | Self::Drift(_) | Self::Apply(_) => true,
            Self::Pause(_) | Self::Resume(_) => true,
            Self::Restart(args) => !args.git,
            _ => false,
        }
    }

    /// Whether one of its revisions is that which the cluster runs.
    pub fn selects_live(&self) -> bool {
        match self {
            Self::History(args) => args.revision.as_ref().is_some_and(Selection::is_live),
            Self::Show(args) => is_live(&args.target),
            Self::Diff(args) => args.revision.as_ref().is_some_and(Range::is_live),
            Self::Undo(args) => args.to_revision.is_live(),
            Self::Apply(args) => is_live(&args.target),
            _ => false,
        }
    }
}

/// Whether the revision behind a target is that which the cluster runs.
#[cfg(feature = "cluster")]
fn is_live(target: &[String]) -> bool {
    let parsed = Target::parse_with_revision(target);
    parsed.is_ok_and(|(_, revision)| revision.is_some_and(|revision| revision.is_live()))
}

/// Options that stand before or after the command.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Globals {
    /// Look at the repository in DIR, not in the current folder: a work tree, a folder in one, or a bare repository
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub directory: Option<PathBuf>,

    /// Begin at this commit, branch or tag [default: HEAD]
    #[arg(long = "ref", value_name = "REF", global = true)]
    pub reference: Option<String>,

    /// Look only at this file, or at all files in this folder, from the root of the repository; can be repeated
    #[arg(long = "path", value_name = "PATH")]
    pub paths: Vec<String>,

    /// Look only at the paths of this scope of .rollbook.toml, with its settings; --path narrows further
    #[arg(long, value_name = "NAME", global = true)]
    pub scope: Option<String>,

    /// Compute names for this version of Kubernetes, such as 1.34 or v1.33.4-gke.1200
    #[arg(long, value_name = "V", global = true)]
    pub kube_version: Option<String>,

    /// Print the answer as this
    #[arg(short = 'o', long, value_name = "FORMAT", global = true, value_enum, default_value_t)]
    pub output: Format,

    /// Use colours
    #[arg(long, value_name = "WHEN", global = true, value_enum, default_value_t)]
    pub color: Color,

    /// Never show the answer in a pager
    #[arg(long, global = true)]
    pub no_pager: bool,

    /// Print no warnings and notes
    #[arg(short = 'q', long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Say more: with history and log, what each change changed, field by field; with hash, which fields the version of
    /// Kubernetes drops; where a cluster is asked, each request
    #[arg(short = 'v', long, global = true)]
    pub verbose: bool,

    /// Read the configuration from FILE, not from .rollbook.toml at the root of the repository
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,

    /// The name of the command that they are for, for hints
    #[arg(skip)]
    pub command: String,

    /// Only objects in this namespace, or in none
    #[arg(short = 'n', long, value_name = "NAMESPACE", global = true)]
    pub namespace: Option<String>,

    #[cfg(feature = "cluster")]
    #[command(flatten)]
    pub cluster: super::cluster::ClusterArgs,
}

/// The forms of an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A table that fits the terminal
    #[default]
    Table,
    /// A table with all columns
    Wide,
    /// JSON, for scripts: its shapes are versioned
    Json,
    /// The same as YAML
    Yaml,
    /// Names only, one a line
    Name,
    /// GitHub Flavored Markdown, for a comment: at most 65,536 characters
    Markdown,
    /// A unified diff: of diff only
    Unified,
    /// Workflow commands that annotate the files of a GitHub pull request: of diff and check
    Github,
    /// SARIF 2.1.0, for code scanning: of check only
    Sarif,
    /// JUnit's XML, for the reports of CI systems: of check only
    Junit,
}

impl Format {
    /// The commands that have an answer in this form, where not all have.
    pub fn only_of(self) -> &'static [&'static str] {
        match self {
            Self::Unified => &["diff"],
            Self::Github => &["diff", "check"],
            Self::Sarif | Self::Junit => &["check"],
            Self::Table | Self::Wide | Self::Json | Self::Yaml | Self::Name | Self::Markdown => &[],
        }
    }

    /// As the command line writes it.
    pub fn word(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// When to use colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    /// What the arguments ask for, before it is known whether they can be read: for the help and their errors.
    fn asked(arguments: &[OsString]) -> Self {
        let words: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
        let given = words.iter().enumerate().rev().find_map(|(at, word)| match word.strip_prefix("--color")? {
            "" => words.get(at + 1).map(AsRef::as_ref),
            value => value.strip_prefix('='),
        });
        given.and_then(|value| Self::from_str(value, false).ok()).unwrap_or_default()
    }
}

impl From<Color> for clap::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

/// The definition of the command line, from which help, manual, completions and `docs/commands` come.
pub fn definition() -> clap::Command {
    let definition = Args::command();
    // Not global for clap, which lets an option after the command replace the same one before it: paths add up.
    let paths = definition.get_arguments().find(|arg| arg.get_id() == PATHS).cloned();
    let definition = definition.mut_subcommands(|command| command.args(paths.clone()));
    #[cfg(feature = "cluster")]
    let definition = super::cluster::with_options(definition);
    definition
}

/// The field of [`Globals`] that both the program and the command have.
const PATHS: &str = "paths";

/// The name under which kubectl finds a plugin.
const PLUGIN: &str = "kubectl-rollbook";

impl Args {
    /// Reads the arguments, of which the first is the name that the program was called by.
    pub fn read(arguments: &[OsString]) -> Result<Self, clap::Error> {
        let program = arguments.first().map(|program| program.to_string_lossy()).unwrap_or_default();
        let matches = definition_for(&program).color(Color::asked(arguments).into()).try_get_matches_from(arguments)?;
        let mut args = Self::from_arg_matches(&matches)?;
        if let Some((name, matches)) = matches.subcommand() {
            args.globals.command = name.to_owned();
            args.globals.paths.extend(matches.get_many::<String>(PATHS).into_iter().flatten().cloned());
            #[cfg(feature = "cluster")]
            args.globals.cluster.take(matches);
        }
        Ok(args)
    }
}

/// The definition under the name that the program was called by: `kubectl rollbook` where kubectl called it.
fn definition_for(program: &str) -> clap::Command {
    let stem = program.rsplit(['/', '\\']).next().unwrap_or(program);
    match stem.strip_suffix(".exe").unwrap_or(stem) {
        PLUGIN => definition().bin_name("kubectl rollbook"),
        _ => definition(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Args {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        Args::read(&words).unwrap()
    }

    #[test]
    fn the_definition_holds() {
        definition().debug_assert();
    }

    #[test]
    fn global_options_stand_before_and_after_the_command() {
        for line in ["rollbook -o json -n shop history web", "rollbook history web -o json -n shop"] {
            let args = read(line);
            assert_eq!((args.globals.output, args.globals.namespace.as_deref()), (Format::Json, Some("shop")));
        }
    }

    #[test]
    fn repeated_paths_are_a_union() {
        for line in [
            "rollbook history web --path a --path b",
            "rollbook --path a --path b history web",
            "rollbook --path a history web --path b",
        ] {
            let args = read(line);
            assert_eq!(args.globals.paths, ["a", "b"], "{line}");
        }
    }

    #[test]
    fn kubectl_sees_its_own_name_in_the_help() {
        let help = definition_for("/usr/local/bin/kubectl-rollbook").render_help().to_string();
        assert!(help.contains("Usage: kubectl rollbook "), "{help}");
        assert!(definition_for("rollbook").render_help().to_string().contains("Usage: rollbook "));
    }
}
