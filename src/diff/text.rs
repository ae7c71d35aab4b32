//! What is different inside of a string.

use super::sequence::{Budget, align, shifted};
use crate::text::Untrusted;
use similar::udiff::UnifiedHunkHeader;
use similar::{DiffOp, DiffTag, group_diff_ops};
use std::fmt::Write as _;

/// What is different inside of a string that was replaced by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inside<'a> {
    /// Of one line: its words, in order.
    Words(Vec<Piece<'a>>),
    /// Of several lines: the hunks of a unified diff, with three lines of context.
    Lines(Untrusted),
}

/// A run of words of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Same(&'a str),
    Removed(&'a str),
    Added(&'a str),
}

impl<'a> Inside<'a> {
    /// What is different between two strings.
    ///
    /// ```
    /// use rollbook::diff::{Inside, Piece};
    /// let words = Inside::of("web:1.4.0", "web:1.5.0");
    /// assert_eq!(words, Inside::Words(vec![Piece::Same("web:"), Piece::Removed("1.4.0"), Piece::Added("1.5.0")]));
    /// assert_eq!(Inside::of("a\nb\n", "a\nc\n"), Inside::Lines("@@ -1,2 +1,2 @@\n a\n-b\n+c\n".into()));
    /// ```
    pub fn of(old: &'a str, new: &'a str) -> Self {
        if old.contains('\n') || new.contains('\n') { Inside::Lines(unified(old, new).into()) } else { words(old, new) }
    }
}

fn words<'a>(old: &'a str, new: &'a str) -> Inside<'a> {
    let (before, after) = (cut(old), cut(new));
    let texts = |cuts: &[(usize, &'a str)]| cuts.iter().map(|cut| cut.1).collect::<Vec<_>>();
    let run = |text: &'a str, cuts: &[(usize, &'a str)], range: std::ops::Range<usize>| {
        let start = cuts.get(range.start).map_or(text.len(), |cut| cut.0);
        &text[start..cuts.get(range.end).map_or(text.len(), |cut| cut.0)]
    };
    let mut pieces = Vec::new();
    for op in align(&texts(&before), &texts(&after), &mut Budget::of_text()) {
        let (removed, added) = (run(old, &before, op.old_range()), run(new, &after, op.new_range()));
        match op.tag() {
            DiffTag::Equal => pieces.push(Piece::Same(added)),
            _ => {
                pieces.extend((!removed.is_empty()).then_some(Piece::Removed(removed)));
                pieces.extend((!added.is_empty()).then_some(Piece::Added(added)));
            }
        }
    }
    Inside::Words(pieces)
}

/// The words of a line with where they begin: runs of letters, digits and points, such as `1.4.0`; any other character is
/// one for itself.
fn cut(line: &str) -> Vec<(usize, &str)> {
    let within = |c: char| c.is_alphanumeric() || c == '.';
    let mut words = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let end = match within(first) {
            true => rest.find(|c| !within(c)).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        words.push((line.len() - rest.len(), &rest[..end]));
        rest = &rest[end..];
    }
    words
}

fn unified(old: &str, new: &str) -> String {
    const CONTEXT: usize = 3;
    unified_at(old, new, (0, 0), CONTEXT)
}

/// The hunks of a unified diff of texts before which so many lines stand in their files, with so many around each change.
pub(crate) fn unified_at(old: &str, new: &str, before: (usize, usize), context: usize) -> String {
    let (old_before, new_before) = before;
    let (before, after): (Vec<_>, Vec<_>) = (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let ops = align(&before, &after, &mut Budget::of_text());
    let mut out = String::new();
    for hunk in group_diff_ops(ops, context) {
        let in_files: Vec<_> = hunk.iter().map(|&op| shifted(op, old_before, new_before)).collect();
        writeln!(out, "{}", UnifiedHunkHeader::new(&in_files)).expect("a String takes all");
        hunk.iter().for_each(|op| lines(op, &before, &after, &mut out));
    }
    out
}

fn lines(op: &DiffOp, before: &[&str], after: &[&str], out: &mut String) {
    let mut write = |sign: char, lines: &[&str]| {
        for line in lines {
            out.push(sign);
            out.push_str(line);
            if !line.ends_with('\n') {
                out.push_str("\n\\ No newline at end of file\n");
            }
        }
    };
    match op.tag() {
        DiffTag::Equal => write(' ', &before[op.old_range()]),
        _ => {
            write('-', &before[op.old_range()]);
            write('+', &after[op.new_range()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_people_read_as_one() {
        let words = |old, new| match Inside::of(old, new) {
            Inside::Words(pieces) => pieces
                .into_iter()
                .map(|piece| match piece {
                    Piece::Same(text) => text.to_owned(),
                    Piece::Removed(text) => format!("[-{text}-]"),
                    Piece::Added(text) => format!("{{+{text}+}}"),
                })
                .collect::<String>(),
            Inside::Lines(_) => panic!("one line"),
        };
        for (old, new, shown) in [
            ("example.com/web:1.4.0", "example.com/web:1.5.0", "example.com/web:[-1.4.0-]{+1.5.0+}"),
            ("--level=info --json", "--level=debug --json", "--level=[-info-]{+debug+} --json"),
            ("", "a b", "{+a b+}"),
            ("a", "", "[-a-]"),
            ("žluť 漢字", "žluť 漢", "žluť [-漢字-]{+漢+}"),
        ] {
            assert_eq!(words(old, new), shown);
        }
    }

    #[test]
    fn several_lines_are_a_unified_diff() {
        let old: String = (1..=20).map(|n| format!("line {n}\n")).collect();
        let new = old.replace("line 2\n", "second\n").replace("line 20\n", "line 20");
        let Inside::Lines(shown) = Inside::of(&old, &new) else { panic!("several lines") };
        insta::assert_snapshot!(shown.as_str(), @r"
        @@ -1,5 +1,5 @@
         line 1
        -line 2
        +second
         line 3
         line 4
         line 5
        @@ -17,4 +17,4 @@
         line 17
         line 18
         line 19
        -line 20
        +line 20
        \ No newline at end of file
        ");
    }
}
