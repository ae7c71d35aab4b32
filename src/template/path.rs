//! Where in a manifest decoding is.

use std::fmt::Write as _;

/// The way from the root to a node, on the stack: it is written out only for a finding.
pub(super) struct Path<'a> {
    pub parent: Option<&'a Path<'a>>,
    pub step: Step<'a>,
}

#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl Path<'_> {
    pub fn then<'a>(&'a self, step: Step<'a>) -> Path<'a> {
        Path { parent: Some(self), step }
    }

    pub fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) {
        if let Some(parent) = self.parent {
            parent.write(out);
        }
        match self.step {
            Step::Key("") if self.parent.is_none() => {}
            Step::Key(key) if out.is_empty() => out.push_str(shortened(key)),
            Step::Key(key) => write!(out, ".{}", shortened(key)).expect("a String takes all"),
            Step::Index(index) => write!(out, "[{index}]").expect("a String takes all"),
        }
    }
}

/// The beginning of a key that is longer than any field's.
fn shortened(key: &str) -> &str {
    const LONGEST: usize = 100;
    key.char_indices().nth(LONGEST).map_or(key, |(end, _)| &key[..end])
}
