//! What commit messages tell: trailers, and the pull requests that forges write into merges.

/// The trailer's key, in any case.
const TRAILER: &str = "change-cause";

/// The text behind the last `Change-Cause:` that begins a line. Squash merges bury trailers in the middle of a
/// message, so any line counts.
pub(super) fn trailer(message: &str) -> Option<&str> {
    memchr::memrchr_iter(b':', message.as_bytes()).find_map(|colon| {
        let (before, text) = (&message[..colon], &message[colon + 1..]);
        let (rest, key) = before.split_at_checked(colon.checked_sub(TRAILER.len())?)?;
        let begins_line = rest.is_empty() || rest.ends_with('\n');
        let text = text.lines().next().unwrap_or_default().trim();
        (begins_line && key.eq_ignore_ascii_case(TRAILER) && !text.is_empty()).then_some(text)
    })
}

/// The title of the pull request that a merge commit brought in.
pub(super) fn pull_request(message: &str) -> Option<&str> {
    let subject = message.lines().next()?;
    let title = || message.lines().skip(1).map(str::trim).find(|line| !line.is_empty());
    let numbered = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    if let Some(rest) = subject.strip_prefix("Merged PR ") {
        return rest.split_once(": ").filter(|(number, _)| numbered(number)).map(|(_, title)| title.trim());
    }
    let merge = subject.strip_prefix("Merge pull request #").is_some_and(numbered)
        || (subject.starts_with("Merged in ") && subject.contains("(pull request #"))
        || (subject.starts_with("Merge branch '")
            && message.lines().any(|line| line.starts_with("See merge request ")));
    if merge { title().filter(|title| !title.starts_with("See merge request ")) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trailer_begins_a_line_anywhere() {
        for (message, cause) in [
            ("Release 1.2\n\nChange-Cause: a new logo\n", Some("a new logo")),
            ("Squashed\n\n* one\nchange-cause: buried\n* two\n\nSigned-off-by: A", Some("buried")),
            ("Change-Cause: one\nChange-Cause: two", Some("two")),
            ("Change-Cause: one: two\r\nchange-cause:\r\n:", Some("one: two")),
            ("say Change-Cause: not at the beginning", None),
            ("Change-Cause:   \n", None),
            ("Chänge-Cause: x", None),
            ("", None),
        ] {
            assert_eq!(trailer(message), cause, "{message}");
        }
    }

    #[test]
    fn forges_write_the_title_of_a_pull_request_into_the_merge() {
        for (message, title) in [
            ("Merge pull request #12 from org/branch\n\nAdd a probe", Some("Add a probe")),
            ("Merge branch 'x' into 'main'\n\nAdd a probe\n\nSee merge request org/shop!7", Some("Add a probe")),
            ("Merge branch 'x' into 'main'\n\nSee merge request org/shop!7", None),
            ("Merged in fix (pull request #3)\n\nAdd a probe", Some("Add a probe")),
            ("Merged PR 118: Add a probe", Some("Add a probe")),
            ("Merge branch 'main' into x", None),
            ("Add a probe (#12)", None),
            ("Merged PR", None),
        ] {
            assert_eq!(pull_request(message), title, "{message}");
        }
    }
}
