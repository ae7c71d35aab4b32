//! The text of the hook, and how it is known again.

use sha2::{Digest as _, Sha256};

/// What stands before the digest of what comes after it. Hooks of other versions begin so too.
const MARK: &str = "#!/bin/sh\n# Made by `rollbook hook install`, and removed by `rollbook hook uninstall` as long as nobody edits it: ";

/// What the hook does.
const BODY: &str = include_str!("pre-commit.sh");

/// Whose hook a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Maker {
    /// It is the one that would be written now.
    Ours,
    /// Another version of rollbook wrote it.
    OurOwnOfOld,
    /// It was written by rollbook, and somebody changed it.
    Edited,
    Other,
}

/// The whole text.
pub(super) fn text() -> String {
    format!("{MARK}{}\n{BODY}", digest(BODY.as_bytes()))
}

/// Whose it is.
pub(super) fn maker(hook: &[u8]) -> Maker {
    if hook == text().as_bytes() {
        return Maker::Ours;
    }
    let Some(rest) = hook.strip_prefix(MARK.as_bytes()) else { return Maker::Other };
    let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
    let (of_body, body) = (&rest[..end], rest.get(end + 1..).unwrap_or_default());
    if digest(body).as_bytes() == of_body { Maker::OurOwnOfOld } else { Maker::Edited }
}

fn digest(body: &[u8]) -> String {
    Sha256::digest(body).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hook_is_known_again() {
        let old = format!("{MARK}{}\n\nrollbook check\n", digest(b"\nrollbook check\n"));
        for (hook, expected) in [
            (text(), Maker::Ours),
            (old.clone(), Maker::OurOwnOfOld),
            (old + "make lint\n", Maker::Edited),
            (text().replace("exit 0", "exit 1"), Maker::Edited),
            (MARK.to_owned(), Maker::Edited),
            ("#!/bin/sh\nrollbook check --staged\n".to_owned(), Maker::Other),
            (String::new(), Maker::Other),
        ] {
            assert_eq!(maker(hook.as_bytes()), expected, "{hook}");
        }
        assert_eq!(maker(b"\x7fELF\xff"), Maker::Other);
    }
}
