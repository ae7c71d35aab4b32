//! The two reasons why a file in a repository mostly is no YAML: a merge that is not finished, and a template.

use super::{Error, Problem, Span};

/// The error itself, or what is behind it where the text shows that.
pub(super) fn explained(text: &str, chunk: Span, error: Error) -> Error {
    if !matches!(error.problem, Problem::Syntax(_) | Problem::Key(_) | Problem::Json(_) | Problem::Separator) {
        return error;
    }
    conflict(text, chunk).or_else(|| template(text, chunk, &error)).unwrap_or(error)
}

/// A line that begins with seven `<`, `=` or `>`, as git leaves them; `=======` has nothing after it.
fn conflict(text: &str, chunk: Span) -> Option<Error> {
    lines(text, chunk).find_map(|(start, line)| {
        let marker = line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") || line.trim_end() == "=======";
        marker.then(|| Error::new(Problem::ConflictMarker, Span::new(start, start + 7)))
    })
}

/// Braces on the line of the error or the one before, or else on any line that begins with them.
fn template(text: &str, chunk: Span, error: &Error) -> Option<Error> {
    let place = error.at.start as usize;
    let mut braces = lines(text, chunk).filter_map(|(start, line)| {
        let opened = line.find("{{").or_else(|| line.find("{%"))?;
        let near = start <= place && text[start + line.len()..place.max(start + line.len())].matches('\n').count() <= 1;
        let leads = line[..opened].trim().is_empty();
        (near || leads).then_some(start + opened)
    });
    braces.next().map(|at| Error::new(Problem::Template, Span::new(at, at + 2)))
}

fn lines(text: &str, chunk: Span) -> impl Iterator<Item = (usize, &str)> {
    let base = chunk.start as usize;
    let mut at = base;
    text[chunk.range()].split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line)
    })
}
