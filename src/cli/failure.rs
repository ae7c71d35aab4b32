//! How a command ends, and how an error gets its exit code and its hints.

use std::io;

use super::onward::{Next, Onward};
use crate::output::{Diagnostic, Excerpt};

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// Done; nothing found to object to.
    Done = 0,
    /// Differences, findings, or nothing of that name.
    Found = 1,
    /// Usage, configuration, input, environment or git.
    Failed = 2,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What a command returns.
pub(super) type Result<T> = std::result::Result<T, Failure>;

/// An error with what only the command line adds to it: the exit code, the place in a source, what to try. Any error
/// becomes one by `?`, and then ends the command with [`Exit::Failed`].
#[derive(Debug)]
pub(super) struct Failure {
    error: anyhow::Error,
    exit: Exit,
    excerpt: Option<Excerpt>,
    hints: Vec<Hint>,
}

/// What to try.
#[derive(Debug)]
enum Hint {
    Words(String),
    Next(Next),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self { error: error.into(), exit: Exit::Failed, excerpt: None, hints: Vec::new() }
    }
}

impl Failure {
    /// What cannot be done: exit code 2.
    pub fn new(what: impl Into<String>) -> Self {
        anyhow::Error::msg(what.into()).into()
    }

    /// What was asked for is not there: exit code 1.
    pub fn not_found(error: impl Into<anyhow::Error>) -> Self {
        Self { exit: Exit::Found, ..error.into().into() }
    }

    /// Where it is.
    pub fn at(mut self, excerpt: Excerpt) -> Self {
        self.excerpt = Some(excerpt);
        self
    }

    /// What to try: a command that can be pasted.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(Hint::Words(hint.into()));
        self
    }

    /// What to try: another command of this tool.
    pub fn next(mut self, next: Next) -> Self {
        self.hints.push(Hint::Next(next));
        self
    }

    /// What went wrong, without causes and hints.
    pub fn what(&self) -> String {
        self.error.to_string()
    }

    /// The code that the program ends with. Whoever closed the pipe has read enough.
    pub fn exit(&self) -> Exit {
        if self.is_closed_pipe() { Exit::Done } else { self.exit }
    }

    /// Whether there is nobody left to print to.
    pub fn is_closed_pipe(&self) -> bool {
        let io = self.error.chain().filter_map(|error| error.downcast_ref::<io::Error>());
        io.into_iter().any(|error| error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// As it is shown. What a cluster's errors hint at comes before what was added.
    pub fn diagnostic(&self, onward: &Onward) -> Diagnostic {
        let mut diagnostic = Diagnostic::error(self.error.to_string());
        for cause in self.error.chain().skip(1) {
            diagnostic = diagnostic.cause(cause.to_string());
        }
        if let Some(excerpt) = &self.excerpt {
            diagnostic = diagnostic.at(excerpt.clone());
        }
        let hints = self.hints.iter().map(|hint| match hint {
            Hint::Words(words) => words.clone(),
            Hint::Next(next) => onward.line(next),
        });
        self.hint_of_cluster(onward).into_iter().chain(hints).fold(diagnostic, Diagnostic::hint)
    }

    /// What a cluster answered, if it is that.
    #[cfg(feature = "cluster")]
    pub fn of_cluster(&self) -> Option<&crate::cluster::Error> {
        self.error.chain().find_map(|error| error.downcast_ref())
    }

    #[cfg(feature = "cluster")]
    fn hint_of_cluster(&self, onward: &Onward) -> Option<String> {
        self.of_cluster()?.hint(onward.kubectl())
    }

    #[cfg(not(feature = "cluster"))]
    fn hint_of_cluster(&self, _: &Onward) -> Option<String> {
        None
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;

    #[test]
    fn any_error_ends_with_2_and_what_is_not_there_with_1() {
        assert_eq!(Failure::from(io::Error::other("x")).exit(), Exit::Failed);
        assert_eq!(Failure::not_found(anyhow::anyhow!("x")).hint("y").exit(), Exit::Found);
    }

    #[test]
    fn a_closed_pipe_ends_quietly_however_deep() {
        let error = Err::<(), _>(io::Error::from(io::ErrorKind::BrokenPipe)).context("cannot print").unwrap_err();
        let failure = Failure::from(error);
        assert!(failure.is_closed_pipe());
        assert_eq!(failure.exit(), Exit::Done);
    }

    #[test]
    fn causes_and_hints_are_shown() {
        let error = Err::<(), _>(io::Error::other("disk on fire")).context("cannot read `a`").unwrap_err();
        let shown = Failure::from(error).hint("ls -l a").diagnostic(&Onward::default()).to_string();
        let shown = anstream::adapter::strip_str(&shown).to_string();
        assert_eq!(shown, "error: cannot read `a`\n  cause: disk on fire\nhint: ls -l a\n");
    }
}
