//! Findings as people read them.

use std::fmt;

use super::FindingItem;
use crate::check::Severity;
use crate::output::Meaning;

/// Each finding with its line of the file.
///
/// ```text
/// error[immutable-field]: deployment.apps/web: the API server refuses this change of `spec.selector`
///  --> k8s/web.yaml:7:3
///   |
/// 7 |   selector:
///   |   ^
/// help: keep the old value, or delete the object in the cluster and have it created anew
/// ```
pub struct FindingsText<'a> {
    items: &'a [FindingItem],
}

impl<'a> FindingsText<'a> {
    /// The text of these.
    pub fn new(items: &'a [FindingItem]) -> Self {
        Self { items }
    }
}

impl Severity {
    pub(super) fn meaning(self) -> Meaning {
        match self {
            Severity::Info => Meaning::Hint,
            Severity::Warning => Meaning::Warning,
            Severity::Error => Meaning::Error,
        }
    }
}

impl fmt::Display for FindingsText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for item in self.items {
            let (style, hint) = (item.severity.meaning().style(), Meaning::Hint.style());
            write!(f, "{style}{}[{}]:{style:#} ", item.severity.word(), item.rule)?;
            if let Some(object) = &item.object {
                write!(f, "{}: ", object.qualified().terminal())?;
            }
            writeln!(f, "{}{}", item.message.terminal(), if item.introduced { "" } else { " (not new)" })?;
            match &item.excerpt {
                Some(excerpt) => write!(f, "{excerpt}")?,
                None => writeln!(f, " --> {}", item.path.terminal())?,
            }
            if item.gone {
                writeln!(f, "  this was its place")?;
            }
            if let Some(help) = &item.help {
                writeln!(f, "{hint}help:{hint:#} {}", help.terminal())?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
