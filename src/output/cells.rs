//! Cells that several tables have.

use super::{Cell, FieldChange, Meaning, Screen, Unreadable, diff_change};
use crate::diff::Rolls;
use crate::revision::Change;
use crate::text::Untrusted;

/// From this width on there is room for the time of day and the long head.
const ROOMY: usize = 110;
/// The digits of a commit that git shows.
pub(super) const SHORT: usize = 7;
/// What stands before the changes of a row.
const MARGIN: &str = "  ";

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

/// How many of the pods are ready, behind what leads to that; nothing where they are not known.
pub(super) fn pods(lead: &str, ready: Option<usize>, pods: Option<usize>) -> Cell {
    let known = ready.zip(pods);
    known.map_or_else(Cell::new, |(ready, pods)| Cell::new().computed(format!("{lead}{ready}/{pods}"), Meaning::Plain))
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

/// Whether pods are replaced.
pub(super) fn rolls(rolls: Rolls) -> Cell {
    let meaning = match rolls {
        Rolls::Yes => Meaning::Warning,
        Rolls::No => Meaning::Dim,
        Rolls::Unknown => Meaning::Error,
    };
    Cell::new().words(rolls.word(), meaning)
}

/// What a change does to pods, before its cause, where nobody would expect it.
pub(super) fn remark(remark: Option<&Untrusted>) -> Cell {
    let cell =
        |remark| Cell::new().words("(", Meaning::Warning).text(remark, Meaning::Warning).words(") ", Meaning::Warning);
    remark.map_or_else(Cell::new, cell)
}

/// The changes of a row, as lines below it.
pub(super) fn changes_below(changes: &[FieldChange], screen: Screen) -> Vec<Cell> {
    let room = |width: usize| width.saturating_sub(MARGIN.len());
    let inside = match screen {
        Screen::Terminal(width) => Screen::Terminal(room(width)),
        Screen::Pipe(width) => Screen::Pipe(room(width)),
        screen => screen,
    };
    let lines = changes.iter().flat_map(|change| diff_change::lines(change, inside));
    lines.map(|line| Cell::new().words(MARGIN, Meaning::Plain).and(line)).collect()
}

/// The changes of rows, which each have a name and a commit, as a list on a page of Markdown; nothing if there is none.
pub(super) fn changes_listed<'r>(rows: impl Iterator<Item = (Cell, &'r String, Option<&'r [FieldChange]>)>) -> String {
    let mut list = String::new();
    for (name, id, changes) in rows {
        let lines = changes_below(changes.unwrap_or_default(), Screen::Markdown);
        if !lines.is_empty() {
            let head = name.words(" ", Meaning::Plain).and(commit(id, Screen::Markdown));
            list.push_str(&format!("- {}\n", head.markdown()));
            lines.iter().for_each(|line| list.push_str(&format!("  - {}\n", line.markdown().trim_start())));
        }
    }
    if list.is_empty() { list } else { format!("\n{list}") }
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
