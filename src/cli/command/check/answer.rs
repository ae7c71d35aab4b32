//! What was found, in the form that was asked for.

use super::Args;
use super::states::Words;
use crate::check::{Reported, Severity};
use crate::cli::args::Format;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Result};
use crate::output::{Diagnostic, Document, FindingItem, FindingsTable, FindingsText, Junit, Note, Sarif, Screen};

/// What was looked at.
pub(super) struct Looked {
    pub words: Words,
    /// How many objects were checked.
    pub objects: usize,
    /// How many files with objects were looked into.
    pub files: usize,
    /// From which findings on the check fails.
    pub fail_on: Severity,
}

/// Prints it; the exit code tells whether there is anything bad enough.
pub(super) fn answer(
    context: &mut Context,
    args: &Args,
    found: &[Reported],
    looked: &Looked,
    mut notes: Vec<Note>,
) -> Result<Exit> {
    let is_told = |of: &&Reported| args.all_findings || of.introduced;
    let (allowed, told): (Vec<&Reported>, Vec<&Reported>) = found.iter().filter(is_told).partition(|of| of.allowed);
    let fails = told.iter().any(|of| of.introduced && of.severity >= looked.fail_on);
    let items: Vec<FindingItem> = told.into_iter().map(FindingItem::of).collect();
    let summary = summary(&items, allowed.len(), looked);
    let form = context.globals.output;
    if looked.is_nothing() && !matches!(form, Format::Table | Format::Wide | Format::Markdown) {
        notes.push(Note::new(looked.words.nothing()));
    }
    match form {
        Format::Sarif => {
            let all: Vec<FindingItem> = items.into_iter().chain(allowed.into_iter().map(FindingItem::of)).collect();
            plain(context, &Sarif::new(&all).json(), &notes)?;
        }
        Format::Junit => plain(context, &Junit::new(&items, looked.fail_on).to_string(), &notes)?,
        Format::Github => {
            let lines: String = items.iter().map(|item| format!("{}\n", item.annotation())).collect();
            plain(context, &lines, &notes)?;
        }
        _ => {
            let document = Document::new(items, notes);
            context.answer(&document, |screen| match screen {
                Screen::Markdown if document.items.is_empty() => format!("{summary}\n"),
                Screen::Markdown => format!("{summary}\n\n{}", FindingsTable::new(&document.items, screen)),
                _ => format!("{}{summary}\n", FindingsText::new(&document.items)),
            })?;
        }
    }
    Ok(if fails { Exit::Found } else { Exit::Done })
}

/// A form that has no place for notes leaves them to stderr.
fn plain(context: &mut Context, text: &str, notes: &[Note]) -> Result<()> {
    context.write_bytes(text.as_bytes())?;
    notes.iter().try_for_each(|note| context.warn(&Diagnostic::from(note)))
}

/// All of it in a line.
fn summary(items: &[FindingItem], allowed: usize, looked: &Looked) -> String {
    if looked.is_nothing() {
        return looked.words.nothing().to_owned();
    }
    let count = |severity| items.iter().filter(|item| item.severity == severity).count();
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "info")];
    let counted = counts.map(|(severity, word)| match (count(severity), word) {
        (0, _) => None,
        (number, "info") => Some(format!("{number} info")),
        (number, word) => Some(number_of(number, word)),
    });
    let found: Vec<String> = counted.into_iter().flatten().collect();
    let found = if found.is_empty() { "no findings".to_owned() } else { found.join(", ") };
    let allowed = if allowed == 0 { String::new() } else { format!(", {allowed} allowed by comments") };
    match looked.objects {
        0 => format!("{found}{allowed}: no value is different"),
        objects => format!("{found}{allowed}: {} checked", number_of(objects, "object")),
    }
}

fn number_of(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

impl Looked {
    fn is_nothing(&self) -> bool {
        self.objects == 0 && self.files == 0
    }
}
