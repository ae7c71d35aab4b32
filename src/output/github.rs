//! GitHub's workflow commands: lines on standard output that become annotations of a run and of the changed files.
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use super::{DiffItem, Verdict};
use crate::diff::Rolls;
use crate::text::Untrusted;
use std::fmt;

/// How an annotation looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Notice,
    Warning,
    Error,
}

/// Something to say of a line of a file.
///
/// ```
/// use rollbook::output::{Annotation, Level};
/// let annotation = Annotation {
///     level: Level::Notice,
///     path: "k8s/a,b.yaml".into(),
///     lines: Some((12, 12)),
///     title: "deployment.apps/web".into(),
///     message: "100%\nsure".into(),
/// };
/// let line = "::notice file=k8s/a%2Cb.yaml,line=12,endLine=12,title=deployment.apps/web::100%25%0Asure";
/// assert_eq!(annotation.to_string(), line);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    pub level: Level,
    pub path: Untrusted,
    /// The first and the last line, from 1.
    pub lines: Option<(usize, usize)>,
    pub title: Untrusted,
    pub message: Untrusted,
}

impl Annotation {
    /// What a difference does to pods, at the first place that changed; `at` are the lines of the object, where the new
    /// state has it.
    pub fn of(item: &DiffItem, at: Option<(usize, usize)>) -> Annotation {
        let first = item.changes.iter().find(|change| !change.is_gone()).and_then(|change| change.lines);
        let words: Vec<&str> = item.change.iter().map(|change| change.word()).collect();
        Annotation {
            level: level(&item.verdict),
            path: item.path.clone(),
            lines: first.or(at.map(|(first, _)| (first, first))),
            title: format!("{}: {}", item.object.qualified().as_str(), words.join(", ")).into(),
            message: message(&item.verdict).into(),
        }
    }
}

/// A warning is what somebody has to look at: what cannot be known, what is refused, pods that keep what they read once.
fn level(verdict: &Verdict) -> Level {
    let keeps = verdict.workloads.iter().any(|workload| workload.keeps_old_values());
    if verdict.rolls == Rolls::Unknown || verdict.refused || keeps { Level::Warning } else { Level::Notice }
}

fn message(verdict: &Verdict) -> String {
    let mut lines = Vec::new();
    if verdict.has_pods || verdict.workloads.is_empty() {
        lines.push(format!("rolls: {}, {}", verdict.rolls.word(), verdict.reason.as_str()));
    }
    if let [Some(from), Some(to)] = &verdict.names
        && from != to
    {
        lines.push(format!("{} → {} (Kubernetes {})", from.as_str(), to.as_str(), verdict.kube_version));
    }
    lines.extend(verdict.workloads.iter().map(|workload| workload.to_string()));
    lines.join("\n")
}

impl fmt::Display for Annotation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Notice => "notice",
            Level::Warning => "warning",
            Level::Error => "error",
        };
        write!(f, "::{level} file={}", property(&self.path))?;
        if let Some((first, last)) = self.lines {
            write!(f, ",line={first},endLine={last}")?;
        }
        write!(f, ",title={}::{}", property(&self.title), data(&self.message))
    }
}

/// Source: actions/toolkit `packages/core/src/command.ts` escapeData. What is left of control characters is shown as on a
/// terminal, where the log of a run is read too.
fn data(text: &Untrusted) -> String {
    let lines: Vec<String> = text
        .as_str()
        .split('\n')
        .map(|line| Untrusted::from(line).terminal().to_string().replace('%', "%25"))
        .collect();
    lines.join("%0A")
}

/// Source: actions/toolkit `packages/core/src/command.ts` escapeProperty.
fn property(text: &Untrusted) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_command_or_begins_another() {
        for text in ["a\n::error::b", "a\r::stop-commands::x", "::a", "%0A::error::b", "a,line=1", "a::b"] {
            let annotation = Annotation {
                level: Level::Warning,
                path: text.into(),
                lines: None,
                title: text.into(),
                message: text.into(),
            };
            let line = annotation.to_string();
            let (head, message) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")).expect("a command");
            assert!(!line.contains(['\n', '\r']) && head.split(',').count() == 2, "{line}");
            let unescaped = message.replace("%0A", "\n").replace("%25", "%");
            assert_eq!(unescaped.replace("\\r", "\r"), text, "{line}");
        }
    }
}
