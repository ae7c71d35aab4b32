//! Cells that several tables have.

use super::{Cell, Meaning, Screen, Unreadable};
use crate::revision::Change;
use crate::text::Untrusted;

/// From this width on there is room for the time of day and the long head.
const ROOMY: usize = 110;
/// The digits of a commit that git shows.
pub(super) const SHORT: usize = 7;

pub(super) fn is_roomy(screen: Screen) -> bool {
    screen.width().is_none_or(|width| width >= ROOMY)
}

pub(super) fn nothing() -> Cell {
    Cell::new().words("-", Meaning::Dim)
}

/// The number of a revision, if it is known.
pub(super) fn revision(number: Option<u64>) -> Cell {
    number.map_or_else(nothing, |number| Cell::new().computed(number, Meaning::Revision))
}

/// A commit: its first digits, or all where nothing is cut.
pub(super) fn commit(id: &str, screen: Screen) -> Cell {
    let short = screen.width().and_then(|_| id.get(..SHORT)).unwrap_or(id);
    Cell::new().computed(short, Meaning::Dim)
}

/// The namespace that the manifest names, if it does.
pub(super) fn namespace(namespace: Option<&Untrusted>) -> Cell {
    namespace.map_or_else(nothing, |namespace| Cell::new().text(namespace, Meaning::Plain))
}

pub(super) fn changes(changes: &[Change]) -> Cell {
    let words: Vec<&str> = changes.iter().map(|change| change.word()).collect();
    Cell::new().text(&Untrusted::from(words.join(",")), Meaning::Plain)
}

/// The files that changed how something is rendered, behind what the cell says.
pub(super) fn rendering(cell: Cell, files: &[Untrusted]) -> Cell {
    let Some((first, more)) = files.split_first() else { return cell };
    let by = if cell.width() > 0 { " (by " } else { "(by " };
    let cell = cell.words(by, Meaning::Dim).text(first, Meaning::Dim);
    let cell =
        if more.is_empty() { cell } else { cell.words(" and ", Meaning::Dim).computed(more.len(), Meaning::Dim) };
    cell.words(if more.is_empty() { ")" } else { " more)" }, Meaning::Dim)
}

/// Why a file cannot be read, and where.
pub(super) fn unreadable(error: &Unreadable, file: &Untrusted) -> Cell {
    let cell = Cell::new().words("unreadable: ", Meaning::Error).text(&error.place(file), Meaning::Plain);
    cell.words(": ", Meaning::Plain).text(&error.message, Meaning::Plain)
}
