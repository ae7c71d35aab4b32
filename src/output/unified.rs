//! What is different, as a unified diff of the texts.

use std::borrow::Cow;

use super::{DiffItem, FieldChange};
use crate::diff::unified_at;
use crate::text::{Sensitive, Untrusted};

/// The lines that an object stands on.
#[derive(Debug, Clone, Default)]
pub struct Lines<'t> {
    pub path: &'t str,
    pub text: Cow<'t, str>,
    /// How many lines its file has before them.
    pub before: usize,
}

/// The unified diff of one object, the lines counted as in their files, with so many around what changed; neither side for
/// what is not there. Where one of them is a Secret's, whose text nobody may see, the places that changed.
pub fn unified(item: &DiffItem, [old, new]: [Option<Lines>; 2], has_secret: bool, context: usize) -> Untrusted {
    let header = |side: &Option<Lines>, prefix: &str| match side {
        Some(lines) => format!("{prefix}/{}", lines.path.escape_debug()),
        None => "/dev/null".to_owned(),
    };
    let mut text = format!("--- {}\n+++ {}\n", header(&old, "a"), header(&new, "b"));
    if has_secret {
        text.push_str(&format!("# {}: {}\n", item.object.qualified().as_str().escape_debug(), Sensitive::HIDDEN));
        item.changes.iter().for_each(|change| text.push_str(&place(change)));
        return text.into();
    }
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    text.push_str(&unified_at(&old.text, &new.text, (old.before, new.before), context));
    text.into()
}

/// A change as a comment, which no tool that applies patches takes for a part of one.
fn place(change: &FieldChange) -> String {
    format!("# {} {}\n", change.op.word(), change.path.as_str().escape_debug())
}
