//! Errors, warnings and notes as people read them on stderr.

use std::fmt;

use super::{Excerpt, Meaning, Note};
use crate::text::Untrusted;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    Error,
    Warning,
    Note,
}

impl Severity {
    fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    fn meaning(self) -> Meaning {
        match self {
            Self::Error => Meaning::Error,
            Self::Warning => Meaning::Warning,
            Self::Note => Meaning::Hint,
        }
    }
}

/// What happened, why, where, and what to try. Each part is one line whatever is in it, so that text of a repository
/// cannot write a line of its own.
///
/// ```
/// use rollbook::output::Diagnostic;
/// let error = Diagnostic::error("no commit is named `mian`").hint("git branch --all");
/// let shown = anstream::adapter::strip_str(&error.to_string()).to_string();
/// assert_eq!(shown, "error: no commit is named `mian`\nhint: git branch --all\n");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    severity: Severity,
    what: Untrusted,
    causes: Vec<Untrusted>,
    excerpt: Option<Excerpt>,
    hints: Vec<Untrusted>,
}

impl Diagnostic {
    /// What is said with that severity.
    pub fn new(severity: Severity, what: impl Into<Untrusted>) -> Self {
        Self { severity, what: what.into(), causes: Vec::new(), excerpt: None, hints: Vec::new() }
    }

    /// What stopped the command, or a part of its answer.
    pub fn error(what: impl Into<Untrusted>) -> Self {
        Self::new(Severity::Error, what)
    }

    /// What the user should know although there is an answer.
    pub fn warning(what: impl Into<Untrusted>) -> Self {
        Self::new(Severity::Warning, what)
    }

    /// What led to it, the nearest cause first.
    pub fn cause(mut self, cause: impl Into<Untrusted>) -> Self {
        self.causes.push(cause.into());
        self
    }

    /// Where it is.
    pub fn at(mut self, excerpt: Excerpt) -> Self {
        self.excerpt = Some(excerpt);
        self
    }

    /// What to try: a command that can be pasted.
    pub fn hint(mut self, hint: impl Into<Untrusted>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl From<&Note> for Diagnostic {
    fn from(note: &Note) -> Self {
        let message = note.message.as_str();
        match &note.path {
            Some(path) => Self::new(Severity::Note, format!("{}: {message}", path.as_str())),
            None => Self::new(Severity::Note, message),
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let style = self.severity.meaning().style();
        writeln!(f, "{style}{}:{style:#} {}", self.severity.word(), self.what.terminal())?;
        for cause in &self.causes {
            writeln!(f, "  cause: {}", cause.terminal())?;
        }
        if let Some(excerpt) = &self.excerpt {
            write!(f, "{excerpt}")?;
        }
        let style = Meaning::Hint.style();
        self.hints.iter().try_for_each(|hint| writeln!(f, "{style}hint:{style:#} {}", hint.terminal()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_parts_stand_in_their_order() {
        let text = "kind: Deployment\nspec: {{ x }}\n";
        let error = Diagnostic::error("cannot read `k8s/web.yaml`")
            .cause("a flow mapping cannot be a key")
            .at(Excerpt::with_line("k8s/web.yaml", text, 2, 7))
            .hint("helm template . | rollbook hash -f -");
        insta::assert_snapshot!(anstream::adapter::strip_str(&error.to_string()), @r"
        error: cannot read `k8s/web.yaml`
          cause: a flow mapping cannot be a key
         --> k8s/web.yaml:2:7
          |
        2 | spec: {{ x }}
          |       ^
        hint: helm template . | rollbook hash -f -
        ");
    }

    #[test]
    fn text_of_a_repository_writes_no_line_of_its_own() {
        let error = Diagnostic::warning("cannot read `a\nhint: rm -rf /\x1b[2J`").to_string();
        assert_eq!(error.lines().count(), 1);
        assert!(!error.contains("\x1b[2J"));
    }
}
