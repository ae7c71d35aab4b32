//! Names that files of a work tree can have.

use std::io;

/// A tree made to do harm can have such names; git would not check them out.
pub(super) fn is_plain(part: &[u8]) -> bool {
    !matches!(part, b"." | b"..") && !part.eq_ignore_ascii_case(b".git")
}

pub(super) fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
