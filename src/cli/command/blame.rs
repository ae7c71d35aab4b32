//! `rollbook blame`

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::lookup;
use crate::cli::onward::Next;
use crate::cli::place::{gone, unreadable};
use crate::cli::target::Target;
use crate::cli::world::{World, of_git};
use crate::diff::{Fit, Place, places};
use crate::output::{BlameItem, BlameTable, Document, Note, ObjectName, UNNUMBERED};
use crate::revision::{Blame, Candidate, Lineage, Origin, Row, Written, blame};
use crate::snapshot::Role;
use crate::text::closest;

/// Show since when each field of an object has its value: the revision, the commit, and who changed it
///
/// Beside the lines of the manifest as it stands at --ref stand the commits that changed the values in them last. Comments,
/// spelling (1000m is 1), defaults that are written out, the order of keys and of the items of lists, moves to other files
/// and API groups are no changes. Lines that hold others are of the commit that added them, comments of none. What is not
/// committed yet is not looked at.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook blame deployment/web                 every line of it
  rollbook blame web image                      only the image, where there is one
  rollbook blame web containers[web].resources
  rollbook blame web .spec.replicas -o json
  rollbook blame configmap/settings --ref v1.4.0")]
pub(in crate::cli) struct Args {
    /// The object, of any kind: deployment/web, deploy web, configmap/settings; and the field, as diff writes it, or the
    /// end of it: spec.template.spec.containers[name=web].image, containers[web].image
    #[arg(value_name = "TARGET [FIELD]", num_args = 1..=3, required = true)]
    pub target: Vec<String>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let (target, field) = Target::parse_with(&args.target)?;
    let world = World::open(context)?;
    let (candidates, mut notes) = lookup::places(&world, &target)?;
    notes.extend(world.notes());
    let mut items = Vec::new();
    let mut failures = Vec::new();
    for candidate in &candidates {
        match of_candidate(&world, candidate, field.map(String::as_str)) {
            Ok((item, more)) => {
                items.push(item);
                notes.extend(more);
            }
            Err(failure) => failures.push((candidate, failure)),
        }
    }
    if items.is_empty()
        && let Some((_, failure)) = failures.pop()
    {
        return Err(failure);
    }
    // Where it stands in several places, some of them may have an answer.
    notes.extend(failures.iter().map(|(candidate, failure)| Note::on(candidate.path.shown(), failure.what())));
    let document = Document::new(items, notes);
    context.answer(&document, |screen| {
        let tables = document.items.iter().map(|item| BlameTable::new(item, screen).to_string());
        tables.collect::<Vec<_>>().join("\n")
    })?;
    Ok(Exit::Done)
}

fn of_candidate(world: &World, candidate: &Candidate, field: Option<&str>) -> Result<(BlameItem, Vec<Note>)> {
    if let Some(error) = &candidate.unreadable {
        return Err(unreadable(&candidate.path, error));
    }
    let lineage = Lineage::walk(&world.repository, &world.index, world.tip, candidate).map_err(of_git)?;
    let Some(written) = Written::read(&world.repository, world.tip, &lineage).map_err(of_git)? else {
        return Err(gone(world, candidate));
    };
    let all = places(&written.object);
    let asked = match field {
        Some(field) => asked(&all, field, candidate)?,
        None => &all,
    };
    let found = blame(&world.repository, &lineage, &written, asked).map_err(of_git)?;
    let item = BlameItem::of(&lineage, &written, asked, &found, world.reference.clone());
    Ok((item, notes(&lineage, &found)))
}

/// The place that is meant, with all in it.
fn asked<'p, 'a>(all: &'p [Place<'a>], field: &str, candidate: &Candidate) -> Result<&'p [Place<'a>]> {
    let fits = |wanted: Fit| (0..all.len()).filter(move |&at| all[at].path.fits(field) == Some(wanted));
    let mut meant: Vec<usize> = fits(Fit::Whole).collect();
    if meant.is_empty() {
        meant.extend(fits(Fit::End));
    }
    match meant[..] {
        [at] => {
            let within = all[at + 1..].iter().take_while(|place| place.depth > all[at].depth).count();
            Ok(&all[at..=at + within])
        }
        [] => Err(no_field(all, field, candidate)),
        _ => Err(several(all, &meant, field)),
    }
}

/// How many fields a message names at the most.
const MOST_NAMED: usize = 5;

fn several(all: &[Place<'_>], meant: &[usize], field: &str) -> Failure {
    let what = format!("`{}` could mean {} fields", field.escape_debug(), meant.len());
    let paths = meant.iter().take(MOST_NAMED).map(|&at| all[at].path.shown().as_str().to_owned());
    paths.fold(Failure::not_found(anyhow::anyhow!(what)), Failure::hint)
}

fn no_field(all: &[Place<'_>], field: &str, candidate: &Candidate) -> Failure {
    let name = ObjectName::from(&candidate.identity).qualified();
    let failure = Failure::not_found(anyhow::anyhow!("{} has no field `{}`", name.as_str(), field.escape_debug()));
    let shown: Vec<_> = all.iter().map(|place| place.path.shown()).collect();
    // The path as a whole, else the end of it from any step on.
    let paths = || shown.iter().map(|path| path.as_str());
    let ends = shown.iter().flat_map(|path| path.as_str().match_indices('.').map(|(at, _)| &path.as_str()[at + 1..]));
    let typed = field.trim_start_matches('.');
    match closest(typed, paths().filter(|path| !path.is_empty())).or_else(|| closest(typed, ends)) {
        Some(near) => {
            let whole = paths().find(|path| path.ends_with(near)).unwrap_or(near);
            failure.hint(format!("did you mean `{whole}`?"))
        }
        None => failure.next(Next::new("blame", name.as_str(), " -o name").after("its fields")),
    }
}

fn notes(lineage: &Lineage, found: &Blame) -> Vec<Note> {
    let note = |text: String| Note::on(lineage.path.shown(), text);
    let mut notes = Vec::new();
    if lineage.shallow {
        notes.push(note(UNNUMBERED.to_owned()));
    }
    let cut = found.origins.iter().flatten().find(|origin| matches!(origin, Origin::AtOrBefore(_)));
    if let Some(cut) = cut {
        let end = short(&lineage.rows[cut.row()]);
        notes.push(note(format!("the clone ends at `{end}`: what is marked `^{end}` may be older")));
    }
    if let Role::Rendered(by) = &lineage.role {
        let by: Vec<String> = by.iter().map(|path| format!("`{}`", path.shown().as_str())).collect();
        let by = by.join(" and ");
        notes.push(note(format!("{by} may change the pod template on its way to the cluster: this is of the file")));
    }
    let unread: Vec<String> = found.unread.iter().map(|&row| format!("`{}`", short(&lineage.rows[row]))).collect();
    if !unread.is_empty() {
        let text =
            format!("cannot be read at {}: what that may have changed is told of the next commit", unread.join(", "));
        notes.push(note(text));
    }
    notes
}

fn short(row: &Row) -> String {
    row.commit.id.to_string().chars().take(SHORT).collect()
}

/// The digits of a commit that git shows.
const SHORT: usize = 7;
