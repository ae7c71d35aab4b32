//! What was found different, in the form that was asked for.

use super::Args;
use super::comparison::Found;
use super::external;
use crate::cli::args::Format;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::sources::Sources;
use crate::diff::Pair;
use crate::manifest::Object;
use crate::output::{
    Annotation, Diagnostic, DiffItem, DiffStat, DiffSummary, DiffText, Document, Lines, Note, diff_page, unified,
};

/// The lines around a change, where nobody says how many.
const AROUND: usize = 1;
/// The same of a unified diff.
const CONTEXT: usize = 3;

/// Prints it; the exit code tells whether there is anything.
pub(super) fn answer(
    context: &mut Context,
    args: &Args,
    sources: [&Sources; 2],
    found: Found,
    notes: Vec<Note>,
) -> Result<Exit> {
    let exit = match (sources.iter().all(|of| of.whole()), found.items.is_empty()) {
        (false, _) => Exit::Failed,
        (true, false) => Exit::Found,
        (true, true) => Exit::Done,
    };
    let is_table = args.stat || args.summary;
    let notes = sources[0].notes().chain(sources[1].notes()).cloned().chain(notes).chain(found.notes.clone());
    let notes: Vec<Note> = notes.collect();
    match context.globals.output {
        Format::Unified | Format::Github if is_table => return Err(no_table(context, args)),
        Format::Unified => {
            let lines = args.unified.unwrap_or(CONTEXT);
            let text: String = found.items.iter().map(|(item, pair)| text(sources, item, pair, lines)).collect();
            context.source(text.as_bytes())?;
            warn(context, &notes)?;
        }
        Format::Github => {
            let at = |pair: &Pair| pair.after().map(|new| sources[1].line_range(new.object, new.object.span));
            let lines =
                found.items.iter().map(|(item, pair)| format!("{}\n", Annotation::of(item, at(pair).flatten())));
            context.write_bytes(lines.collect::<String>().as_bytes())?;
            warn(context, &notes)?;
        }
        Format::Markdown if !is_table => {
            let items: Vec<DiffItem> = found.items.into_iter().map(|(item, _)| item).collect();
            context.write_bytes(diff_page(&items, &notes, found.configured).as_bytes())?;
        }
        Format::Table | Format::Wide if !is_table && context.differ.is_some() => {
            context.differ.iter().try_for_each(|differ| external::show(differ, sources, &found))?;
            warn(context, &notes)?;
        }
        _ => print(context, args, sources, found, notes)?,
    }
    Ok(exit)
}

/// A document, or a table of it.
fn print(context: &mut Context, args: &Args, sources: [&Sources; 2], found: Found, notes: Vec<Note>) -> Result<()> {
    let (items, pairs): (Vec<DiffItem>, Vec<Pair>) = found.items.into_iter().unzip();
    let document = Document::new(items, notes);
    context.answer(&document, |screen| {
        if args.stat {
            return DiffStat::new(&document.items, screen).to_string();
        }
        if args.summary {
            return DiffSummary::new(&document.items, screen).to_string();
        }
        let files = pairs.iter().map(|pair| if has_secret(pair) { [None, None] } else { both(sources, pair) });
        let text = DiffText::new(&document.items, screen);
        let text = text.in_files(files.collect(), args.unified.unwrap_or(AROUND));
        if found.configured { text.to_string() } else { text.version_not_configured().to_string() }
    })
}

fn no_table(context: &Context, args: &Args) -> Failure {
    let option = if args.stat { "--stat" } else { "--summary" };
    let form = context.globals.output.word();
    Failure::new(format!("{option} has no answer in the form `{form}`"))
}

/// What a form that has no place for notes leaves to stderr.
fn warn(context: &mut Context, notes: &[Note]) -> Result<()> {
    notes.iter().try_for_each(|note| context.warn(&Diagnostic::from(note)))
}

fn text(sources: [&Sources; 2], item: &DiffItem, pair: &Pair, context: usize) -> String {
    unified(item, both(sources, pair), has_secret(pair), context).as_str().to_owned()
}

fn has_secret(pair: &Pair) -> bool {
    [pair.before(), pair.after()].into_iter().flatten().any(|side| Object::has_secret(side.object))
}

/// The lines of a pair in both files.
fn both<'s>([old, new]: [&'s Sources; 2], pair: &Pair) -> [Option<Lines<'s>>; 2] {
    [pair.before().map(|side| old.lines(side.object)), pair.after().map(|side| new.lines(side.object))]
}
