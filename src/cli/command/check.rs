//! `rollbook check`

mod answer;
mod explain;
mod states;

use self::answer::{Looked, answer};
use self::states::Compared;
use crate::check::{Review, Setting, Severity, check};
use crate::cli::context::Context;
use crate::cli::ends::Ends;
use crate::cli::failure::{Exit, Result};
use crate::cli::settings::Used;
use crate::git::RepoPath;
use crate::manifest::Identity;
use crate::output::Note;
use crate::snapshot::File;
use std::collections::HashMap;

/// Check what a change to manifests introduces: before the commit, or of a pull request
///
/// Without options, what the working tree has that HEAD has not. It knows both states, and so what only a change can do
/// wrong: a field that cannot be changed, a ConfigMap that no pod will read again, a change-cause of long ago. What was
/// there before is not told of.
///
/// Each finding has a rule, whose page --explain shows. A rule is set in .rollbook.toml; a comment on the line, or above
/// the object, allows one finding: `# rollbook: allow(RULE) the reason`.
///
/// Exits with 1 if there is a finding of --fail-on or worse.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook check                              what is not committed yet
  rollbook check --staged                     what the commit will have, as a hook
  rollbook check --from origin/main           what this branch introduces
  rollbook check --from HEAD^1 -o github      notes on the files of a pull request
  rollbook check --from origin/main -o sarif  for code scanning
  rollbook check --all-findings               what was there before too
  rollbook check --explain immutable-field    what a rule is for
  rollbook check --explain                    all rules")]
pub(in crate::cli) struct Args {
    #[command(flatten)]
    pub ends: Ends,

    /// Tell of what the old state has too, and look into files that did not change
    #[arg(long)]
    pub all_findings: bool,

    /// Exit with 1 from these findings on [default: error, or what .rollbook.toml says]
    #[arg(long, value_name = "SEVERITY", value_parser = severity)]
    pub fail_on: Option<Severity>,

    /// Show what a rule is for; without RULE, all there are
    #[arg(long, value_name = "RULE", num_args = 0..=1, default_missing_value = "")]
    #[arg(conflicts_with_all = ["staged", "from", "all_findings", "fail_on"])]
    pub explain: Option<String>,
}

fn severity(word: &str) -> std::result::Result<Severity, String> {
    Severity::named(word).ok_or_else(|| "it is error, warning or info".to_owned())
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    if let Some(rule) = &args.explain {
        return explain::run(context, rule);
    }
    let Compared { ground, delta, words, mut notes } = states::read(context, args)?;
    let is_looked_at =
        |path: &RepoPath| path.is_under_any(&ground.paths) && (args.all_findings || delta.changed.contains(path));
    let mut settings: HashMap<&RepoPath, Setting> = HashMap::new();
    let mut used = Used::default();
    let files: Vec<&File> = delta.states().into_iter().flat_map(|state| &state.files).collect();
    for file in files.into_iter().filter(|file| file.role.is_object()) {
        let of_file = ground.settings(&file.path)?;
        let of_file = if is_looked_at(&file.path) { used.with(of_file) } else { of_file };
        let setting = Setting { server: of_file.server(), configured: of_file.version.configured };
        settings.insert(&file.path, setting);
    }
    let setting = |path: &RepoPath| settings[path];
    let looks = |path: &RepoPath, identity: Option<&Identity>| {
        is_looked_at(path) && identity.is_none_or(|identity| ground.namespaces.has(identity, path))
    };
    let review = Review::new(&delta, &looks, &setting);
    let found = check(&review, &ground.config.check.rules);
    notes.extend(review.unreadable_before().map(|file| {
        let text = "the old state of it cannot be read: what is wrong with the new one may be old, and is not told of";
        Note::on(file.path.shown(), text)
    }));
    notes.extend(used.notes());
    let looked = Looked {
        words,
        objects: if args.all_findings { review.new.subjects().count() } else { review.compared().count() },
        files: review.new.files.len(),
        fail_on: args.fail_on.or(ground.config.check.fail_on).unwrap_or(Severity::Error),
    };
    answer(context, args, &found, &looked, notes)
}
