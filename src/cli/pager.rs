//! Long answers in a pager.

use std::io::{self, Write};
use std::process::{Command, Stdio};

/// The pager of those who have chosen none: colours kept, no clearing, gone when the text fits.
const DEFAULT: &str = "less -FRX";

/// The command that shows long answers, if any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pager {
    words: Vec<String>,
}

impl Pager {
    /// From the variable PAGER. An empty one and `cat` mean none.
    pub fn from_variable(pager: Option<&str>) -> Option<Self> {
        let words: Vec<String> = pager.unwrap_or(DEFAULT).split_whitespace().map(str::to_owned).collect();
        (!matches!(words.as_slice(), [] | [_]) || words.first().is_some_and(|word| word != "cat"))
            .then_some(Self { words })
    }

    /// Shows the text and waits until the user has seen it. False if the pager cannot be started.
    pub fn show(&self, text: &str) -> io::Result<bool> {
        let [program, arguments @ ..] = self.words.as_slice() else { return Ok(false) };
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped());
        if std::env::var_os("LESS").is_none() {
            // As git does, so that a bare `less` shows colours.
            command.env("LESS", "FRX");
        }
        let Ok(mut child) = command.spawn() else { return Ok(false) };
        let written = child.stdin.take().map_or(Ok(()), |mut input| input.write_all(text.as_bytes()));
        child.wait()?;
        match written {
            // Who leaves the pager early has read enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(true),
            written => written.map(|()| true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_chooses_the_pager() {
        for (variable, words) in [
            (None, Some(vec!["less", "-FRX"])),
            (Some("most -s"), Some(vec!["most", "-s"])),
            (Some("more"), Some(vec!["more"])),
            (Some(""), None),
            (Some("  "), None),
            (Some("cat"), None),
        ] {
            let words = words.map(|words| words.into_iter().map(str::to_owned).collect());
            assert_eq!(Pager::from_variable(variable).map(|pager| pager.words), words, "{variable:?}");
        }
    }

    #[test]
    fn a_pager_that_is_not_there_shows_nothing() {
        let pager = Pager::from_variable(Some("/nowhere/pager")).unwrap();
        assert!(!pager.show("text").unwrap());
    }

    #[test]
    fn a_pager_may_be_left_early() {
        let pager = Pager::from_variable(Some("true")).unwrap();
        assert!(pager.show(&"text\n".repeat(100_000)).unwrap());
    }
}
