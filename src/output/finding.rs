//! `Findings`: what a check found.

mod junit;
mod sarif;
mod table;
mod text;

pub use junit::Junit;
pub use sarif::Sarif;
pub use table::FindingsTable;
pub use text::FindingsText;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Annotation, DocumentKind, Excerpt, Item, Level, ObjectName};
use crate::check::{Reported, Severity, When};
use crate::text::Untrusted;
use crate::yaml::LineIndex;

/// Something that a rule found.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FindingItem {
    /// The rule's name: `rollbook check --explain RULE` tells what it means.
    pub rule: &'static str,
    pub severity: Severity,
    /// The object that it is about, if it is about one.
    pub object: Option<ObjectName>,
    pub path: Untrusted,
    /// Where it stands, from 1, columns in characters; null where the whole file is meant.
    pub line: Option<u32>,
    pub column: Option<u32>,
    pub end_line: Option<u32>,
    pub end_column: Option<u32>,
    /// Whether the place is one of the old state: what it is about is gone.
    pub gone: bool,
    pub message: Untrusted,
    pub help: Option<Untrusted>,
    /// Whether the old state did not have it.
    pub introduced: bool,
    /// Whether a comment in the manifest allows it.
    pub allowed: bool,
    /// The same for the same finding in later states, whatever lines come and go above it.
    pub fingerprint: String,
    /// The line that it stands on.
    #[serde(skip)]
    excerpt: Option<Excerpt>,
}

impl FindingItem {
    /// The finding as data.
    pub fn of(reported: &Reported) -> FindingItem {
        let at = &reported.finding.at;
        let path = at.path.shown();
        let mut item = FindingItem {
            rule: reported.rule.name,
            severity: reported.severity,
            object: at.object.map(|object| ObjectName::from(&object.identity)),
            path,
            line: None,
            column: None,
            end_line: None,
            end_column: None,
            gone: at.when == When::Before,
            message: reported.finding.message.clone(),
            help: reported.finding.help.clone(),
            introduced: reported.introduced,
            allowed: reported.allowed,
            fingerprint: reported.fingerprint.clone(),
            excerpt: None,
        };
        if let Some((file, span)) = at.file.zip(at.span) {
            let lines = LineIndex::new(&file.contents.text);
            let [start, end] = [span.start, span.end.max(span.start)].map(|at| lines.position(at as usize));
            (item.line, item.column) = (Some(start.line), Some(start.column));
            (item.end_line, item.end_column) = (Some(end.line), Some(end.column));
            let (line, column) = (start.line as usize, start.column as usize);
            item.excerpt = Some(match std::str::from_utf8(&file.contents.text) {
                Ok(text) if !file.contents.reading.may_hold_secret => {
                    Excerpt::with_line(item.path.clone(), text, line, column)
                }
                _ => Excerpt::place(item.path.clone(), line, column),
            });
        }
        item
    }

    /// `deployment.apps/web`, or the file where no object is meant.
    fn subject(&self) -> Untrusted {
        self.object.as_ref().map_or_else(|| self.path.clone(), ObjectName::qualified)
    }

    /// `k8s/web.yaml:12:3`.
    fn place(&self) -> Untrusted {
        let path = self.path.as_str();
        match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{path}:{line}:{column}").into(),
            _ => self.path.clone(),
        }
    }

    /// The same for GitHub: of what is gone, the file has no line.
    pub fn annotation(&self) -> Annotation {
        let level = match self.severity {
            Severity::Info => Level::Notice,
            Severity::Warning => Level::Warning,
            Severity::Error => Level::Error,
        };
        let lines = self.line.zip(self.end_line).filter(|_| !self.gone);
        let help = self.help.iter().map(|help| format!("\n{}", help.as_str()));
        Annotation {
            level,
            path: self.path.clone(),
            lines: lines.map(|(first, last)| (first as usize, last as usize)),
            title: format!("{}: {}", self.rule, self.subject().as_str()).into(),
            message: (self.message.as_str().to_owned() + &help.collect::<String>()).into(),
        }
    }
}

impl Item for FindingItem {
    const KIND: DocumentKind = DocumentKind::Findings;

    fn name(&self) -> Option<Untrusted> {
        Some(self.subject())
    }
}
