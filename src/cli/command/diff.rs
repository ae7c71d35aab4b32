//! `rollbook diff`

use crate::cli::args::Format;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::settings::Used;
use crate::cli::sources::Sources;
use crate::cli::world::Outside;
use crate::diff::{Delivery, Pair, pair};
use crate::manifest::Object;
use crate::output::{DiffItem, DiffStat, DiffText, Document, unified};

/// Show what is different between two states of manifests, place by place, and whether it replaces pods
///
/// Of each object it says whether its pods are replaced: yes, no or unknown, and why, as if the second state replaced the
/// first in a cluster.
///
/// Lists are compared by what tells their items apart, such as the name of a container. Another spelling of a value that
/// means the same and a default that is written out are shown as that. Objects that are equal are left out. Exits with 1
/// if anything is different.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook diff --no-index old.yaml new.yaml
  rollbook diff --no-index before/ after/ --stat       how much is different
  rollbook diff --no-index before/ after/ -o unified   as a unified diff
  kustomize build . | rollbook diff --no-index live.yaml -")]
pub(in crate::cli) struct Args {
    /// Compare two files, or all manifests of two folders, without a repository; - is standard input
    #[arg(long, num_args = 2, value_names = ["A", "B"], required = true)]
    pub no_index: Vec<String>,

    /// In a table, show only how many places of each object are different
    #[arg(long)]
    pub stat: bool,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let [old, new] = Sources::read_two(context, &args.no_index[0], &args.no_index[1])?;
    let pairs = pair(&old.placed(), &new.placed()).into_iter().filter(|pair| is_known(&old, &new, pair));
    let outside = Outside::read(context)?;
    let mut used = Used::default();
    let mut found: Vec<(DiffItem, Pair)> = Vec::new();
    for pair in pairs {
        let settings = outside.at(file_of(&old, &new, &pair))?;
        let server = settings.server();
        if let Some(mut item) = DiffItem::of(&pair, rewritten(&old, &new, &pair), server, Delivery::Plain) {
            used.with(settings);
            item.path = shown_path(&old, &new, &pair).into();
            found.push((item, pair));
        }
    }
    let exit = match (old.whole() && new.whole(), found.is_empty()) {
        (false, _) => Exit::Failed,
        (true, false) => Exit::Found,
        (true, true) => Exit::Done,
    };
    if context.globals.output == Format::Unified {
        if args.stat {
            return Err(Failure::new("--stat has no answer in the form `unified`"));
        }
        let texts = found.iter().map(|(item, pair)| text(&old, &new, item, pair));
        context.source(texts.collect::<String>().as_bytes())?;
        return Ok(exit);
    }
    let items = found.into_iter().map(|(item, _)| item).collect();
    let notes = old.notes().chain(new.notes()).cloned().chain(used.notes());
    let document = Document::new(items, notes.collect());
    context.answer(&document, |screen| match args.stat {
        true => DiffStat::new(&document.items, screen).to_string(),
        false if used.configured() => DiffText::new(&document.items, screen).to_string(),
        false => DiffText::new(&document.items, screen).version_not_configured().to_string(),
    })?;
    Ok(exit)
}

/// What is missing in a file that cannot be read is not known to be gone.
fn is_known(old: &Sources, new: &Sources, pair: &Pair) -> bool {
    match pair {
        Pair::Both { .. } => true,
        Pair::Removed(placed) => !new.is_broken(placed.path),
        Pair::Added(placed) => !old.is_broken(placed.path),
    }
}

fn shown_path<'s>(old: &'s Sources, new: &'s Sources, pair: &Pair) -> &'s str {
    match pair {
        Pair::Removed(placed) => old.path(placed.object),
        Pair::Both { new: placed, .. } | Pair::Added(placed) => new.path(placed.object),
    }
}

/// The file on the disk, whose settings decide.
fn file_of<'s>(old: &'s Sources, new: &'s Sources, pair: &Pair) -> &'s str {
    match pair {
        Pair::Removed(placed) => old.disk_path(placed.object),
        Pair::Both { new: placed, .. } | Pair::Added(placed) => new.disk_path(placed.object),
    }
}

/// Whether the text of an object is another one.
fn rewritten(old: &Sources, new: &Sources, pair: &Pair) -> bool {
    match pair {
        Pair::Both { old: a, new: b, .. } => old.text(a.object) != new.text(b.object),
        Pair::Removed(_) | Pair::Added(_) => true,
    }
}

fn text(old: &Sources, new: &Sources, item: &DiffItem, pair: &Pair) -> String {
    let (a, b) = match pair {
        Pair::Both { old, new, .. } => (Some(old.object), Some(new.object)),
        Pair::Removed(old) => (Some(old.object), None),
        Pair::Added(new) => (None, Some(new.object)),
    };
    let has_secret = a.into_iter().chain(b).any(Object::has_secret);
    let (a, b) = (a.map(|object| old.lines(object)), b.map(|object| new.lines(object)));
    unified(item, a, b, has_secret).as_str().to_owned()
}
