//! Parts of a text exchanged for others.

use std::ops::Range;

/// What comes in the place of a range of bytes.
#[derive(Clone)]
pub(super) struct Edit {
    pub at: Range<usize>,
    pub text: String,
}

/// A part of a text with the edits made that are in it. They do not overlap.
pub(super) fn spliced(text: &str, part: Range<usize>, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.at.start);
    let (mut out, mut from) = (String::with_capacity(part.len()), part.start);
    for edit in edits {
        out.push_str(&text[from..edit.at.start]);
        out.push_str(&edit.text);
        from = edit.at.end;
    }
    out.push_str(&text[from..part.end]);
    out
}
