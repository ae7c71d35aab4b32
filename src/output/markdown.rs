//! Pages of GitHub Flavored Markdown that fit into a comment.

use super::Note;
use super::cell::Cell;
use super::meaning::Meaning;

/// GitHub takes no longer comment.
const MOST: usize = 65_536;
/// What the sentence about the rest may take.
const SPARE: usize = 100;

/// A page of a text with tables and its notes. Where it is too long, rows give way: the first ones of the first table
/// where the newest stand last, else the last ones.
pub fn page(text: &str, notes: &[Note], newest_last: bool) -> String {
    let notes: Vec<String> = notes.iter().map(item).collect();
    let room = MOST - SPARE;
    let notes = bounded(&notes, room / 2, false, "notes");
    let lines: Vec<String> = text.lines().map(|line| format!("{line}\n")).collect();
    let body = bounded(&lines, room - notes.chars().count(), newest_last, "rows");
    if notes.is_empty() { body } else { format!("{body}\n{notes}") }
}

fn item(note: &Note) -> String {
    let cell = match &note.path {
        Some(path) => Cell::new().text(path, Meaning::Plain).words(": ", Meaning::Plain),
        None => Cell::new(),
    };
    format!("- {}\n", cell.text(&note.message, Meaning::Plain).markdown())
}

/// The lines that fit, with a sentence on what was left out.
fn bounded(lines: &[String], room: usize, newest_last: bool, what: &str) -> String {
    let total: usize = lines.iter().map(|line| line.chars().count()).sum();
    if total <= room {
        return lines.concat();
    }
    let is_row = |line: &&String| line.starts_with("| ") && !line.starts_with("| ---");
    // The head of a table looks like a row: with the line below it, it stays.
    let first = lines.iter().position(|line| line.starts_with("| ---")).map_or(0, |rule| rule + 1);
    let last = first + lines[first..].iter().take_while(is_row).count();
    let (mut over, mut left_out) = (total - room, 0);
    let mut taken: Vec<bool> = vec![true; lines.len()];
    let order: Vec<usize> = if newest_last {
        (first..last).chain(last..lines.len()).collect()
    } else {
        (first..lines.len()).rev().collect()
    };
    for place in order {
        if over == 0 {
            break;
        }
        over = over.saturating_sub(lines[place].chars().count());
        taken[place] = false;
        left_out += 1;
    }
    let kept: String = lines.iter().zip(taken).filter(|(_, taken)| *taken).map(|(line, _)| line.as_str()).collect();
    format!("{kept}\n… {left_out} {what} left out: a comment has room for {MOST} characters\n")
}

/// Backticks, at least so many, that no run of them in the text ends.
pub(super) fn fence(text: &str, least: usize) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(least.max(longest + 1))
}

/// A page of sources, each in a fence that it cannot end, and notes. What does not fit gives way: the end of a source,
/// and those after it.
pub fn sources(sources: &[String], language: &str, notes: &[Note]) -> String {
    let notes: Vec<String> = notes.iter().map(item).collect();
    let notes = bounded(&notes, (MOST - SPARE) / 2, false, "notes");
    let mut room = MOST - SPARE - notes.chars().count();
    let (mut pieces, mut left_out) = (Vec::new(), 0);
    for source in sources {
        let piece = fenced(source, language, if left_out == 0 { room } else { 0 });
        room -= piece.text.chars().count().min(room);
        left_out += piece.left_out;
        pieces.extend((!piece.text.is_empty()).then_some(piece.text));
    }
    if left_out > 0 {
        pieces.push(format!("… {left_out} lines left out: a comment has room for {MOST} characters\n"));
    }
    pieces.extend((!notes.is_empty()).then_some(notes));
    pieces.join("\n")
}

/// A piece of a page that opens when it is clicked.
pub struct Fold {
    /// What is seen of it while it is closed, as HTML.
    pub summary: String,
    /// What is written above the source, as Markdown.
    pub prose: String,
    /// The lines of the source, with no line break in them.
    pub source: Vec<String>,
    pub language: &'static str,
}

/// A page of folds and notes. What does not fit gives way: the end of a source, and the folds after it.
pub fn folds(head: &str, folds: &[Fold], what: &str, notes: &[Note]) -> String {
    let notes: Vec<String> = notes.iter().map(item).collect();
    let notes = bounded(&notes, (MOST - SPARE) / 2, false, "notes");
    let mut page = head.to_owned();
    let mut room = MOST - 2 * SPARE - head.chars().count() - notes.chars().count();
    for (at, fold) in folds.iter().enumerate() {
        let Some(text) = folded(fold, room) else {
            let left_out = folds.len() - at;
            page.push_str(&format!("\n… {left_out} {what} left out: a comment has room for {MOST} characters\n"));
            break;
        };
        room -= text.chars().count();
        page.push_str(&text);
    }
    if !notes.is_empty() {
        page.push_str(&format!("\n{notes}"));
    }
    page
}

/// A fold in at most so many characters, if there is room for more than its frame.
fn folded(fold: &Fold, room: usize) -> Option<String> {
    let frame = format!("\n<details><summary>{}</summary>\n\n{}\n\n</details>\n", fold.summary, fold.prose);
    let room = room.checked_sub(frame.chars().count() + SPARE)?;
    let source = fold.source.join("\n");
    let source = if source.is_empty() {
        Fenced { text: String::new(), left_out: 0 }
    } else {
        fenced(&source, fold.language, room)
    };
    if source.left_out == fold.source.len() && source.left_out > 0 {
        return None;
    }
    let mut text = format!("\n<details><summary>{}</summary>\n", fold.summary);
    for part in [&fold.prose, &source.text].into_iter().filter(|part| !part.is_empty()) {
        text.push_str(&format!("\n{part}"));
    }
    if source.left_out > 0 {
        text.push_str(&format!("\n… {} lines left out\n", source.left_out));
    }
    text.push_str("\n</details>\n");
    Some(text)
}

struct Fenced {
    text: String,
    left_out: usize,
}

/// The lines of a source that fit into so many characters, in their fence.
fn fenced(source: &str, language: &str, room: usize) -> Fenced {
    let fence = fence(source, 3);
    let shown = crate::text::Untrusted::from(source).terminal_lines().to_string();
    let lines: Vec<&str> = shown.trim_end_matches('\n').split('\n').collect();
    // Both fences, their line breaks and the empty line before the next piece.
    let mut taken = 2 * fence.chars().count() + language.chars().count() + 3;
    let fits = |line: &&&str| {
        taken += line.chars().count() + 1;
        taken <= room
    };
    let kept: Vec<&str> = lines.iter().take_while(fits).copied().collect();
    let left_out = lines.len() - kept.len();
    let text =
        if kept.is_empty() { String::new() } else { format!("{fence}{language}\n{}\n{fence}\n", kept.join("\n")) };
    Fenced { text, left_out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_page_that_is_too_long_says_what_it_left_out() {
        let rows: String = (0..5_000).map(|row| format!("| {row} | web:1.{row} |\n")).collect();
        let text = format!("web\n\n| REVISION | IMAGES |\n| --- | --- |\n{rows}");
        for (newest_last, kept, gone) in [(true, "| 4999 |", "| 0 |"), (false, "| 0 |", "| 4999 |")] {
            let page = page(&text, &[], newest_last);
            assert!(page.chars().count() <= MOST && page.contains(kept) && !page.contains(gone));
            assert!(page.starts_with("web\n\n| REVISION") && page.contains(" rows left out"), "{}", &page[..80]);
        }
    }

    #[test]
    fn a_source_cannot_end_its_fence() {
        let text = "a: |\n  ```\n".to_owned();
        assert_eq!(sources(&[text], "yaml", &[]), "````yaml\na: |\n  ```\n````\n");
    }

    #[test]
    fn sources_that_are_too_long_end_early_and_say_so() {
        let long: String = (0..9_000).map(|line| format!("line: {line}\n")).collect();
        let page = sources(&["a: 1\n".to_owned(), long, "b: 2\n".to_owned()], "yaml", &[Note::new("a note")]);
        assert!(page.chars().count() <= MOST && page.starts_with("```yaml\na: 1\n```\n\n```yaml\nline: 0\n"));
        let (_, end) = page.split_once("\n```\n\n… ").unwrap();
        assert!(end.contains(" lines left out") && end.ends_with("\n- `a note`\n") && !end.contains("b: 2"), "{end}");
    }

    #[test]
    fn folds_that_are_too_long_say_what_is_left_out() {
        let fold = |number: usize, lines: usize| Fold {
            summary: format!("<code>object {number}</code>"),
            prose: "- rolls: no\n".to_owned(),
            source: (0..lines).map(|line| format!("+ line {line}")).collect(),
            language: "diff",
        };
        let few = folds("two\n", &[fold(0, 1), fold(1, 0)], "objects", &[Note::new("a note")]);
        let object = |number| format!("\n<details><summary><code>object {number}</code></summary>\n\n- rolls: no\n");
        let first = format!("{}\n```diff\n+ line 0\n```\n\n</details>\n", object(0));
        assert_eq!(few, format!("two\n{first}{}\n</details>\n\n- `a note`\n", object(1)));
        let many: Vec<Fold> = (0..3).map(|number| fold(number, 4_000)).collect();
        let page = folds("three\n", &many, "objects", &[Note::new("a note")]);
        assert!(page.chars().count() <= MOST, "{}", page.chars().count());
        assert!(
            page.contains("object 1") && !page.contains("object 2") && page.contains(" lines left out\n\n</details>")
        );
        assert!(
            page.ends_with(&format!(
                "\n… 1 objects left out: a comment has room for {MOST} characters\n\n- `a note`\n"
            ))
        );
    }

    proptest! {
        #[test]
        fn text_of_others_stays_in_its_cell(text in ".*") {
            let cell = Cell::new().words("removed: ", Meaning::Plain).text(&text.as_str().into(), Meaning::Plain).markdown();
            prop_assert!(!cell.contains('\n'));
            let unescaped = cell.replace("\\\\", "").replace("\\|", "");
            prop_assert!(!unescaped.contains('|'), "{cell}");
        }
    }
}
