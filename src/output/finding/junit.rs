//! Findings as JUnit's XML, which most CI systems show.

use std::fmt;

use super::FindingItem;
use crate::check::Severity;
use crate::text::Untrusted;

/// A test case for each finding: it fails where the finding is bad enough. Where there is none, one that passes, since a
/// report without a case looks like a run that has not taken place.
pub struct Junit<'a> {
    items: &'a [FindingItem],
    fail_on: Severity,
}

impl<'a> Junit<'a> {
    /// The report; findings at or over `fail_on` are failures.
    pub fn new(items: &'a [FindingItem], fail_on: Severity) -> Self {
        Self { items, fail_on }
    }
}

const NAME: &str = "rollbook check";

impl fmt::Display for Junit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let failures = self.items.iter().filter(|item| item.severity >= self.fail_on).count();
        let counts = format!("tests=\"{}\" failures=\"{failures}\"", self.items.len().max(1));
        writeln!(f, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(f, "<testsuites name=\"{NAME}\" {counts}>")?;
        writeln!(f, "  <testsuite name=\"{NAME}\" {counts}>")?;
        if self.items.is_empty() {
            writeln!(f, "    <testcase name=\"{NAME}\" classname=\"rollbook\"/>")?;
        }
        self.items.iter().try_for_each(|item| self.case(f, item))?;
        writeln!(f, "  </testsuite>\n</testsuites>")
    }
}

impl Junit<'_> {
    fn case(&self, f: &mut fmt::Formatter<'_>, item: &FindingItem) -> fmt::Result {
        let name = format!("{}: {}", item.rule, item.subject().as_str());
        write!(f, "    <testcase name=\"{}\" classname=\"{}\"", escaped(&name), escaped(item.path.as_str()))?;
        write!(f, " file=\"{}\"", escaped(item.path.as_str()))?;
        item.line.iter().try_for_each(|line| write!(f, " line=\"{line}\""))?;
        let message = escaped(item.message.as_str());
        let mut text = format!("{}\n{}", item.place().as_str(), item.message.as_str());
        item.help.iter().for_each(|help| text.push_str(&format!("\n{}", help.as_str())));
        let (word, text) = (item.severity.word(), escaped_lines(&text));
        match item.severity >= self.fail_on {
            true => {
                writeln!(f, ">\n      <failure type=\"{word}\" message=\"{message}\">{text}</failure>\n    </testcase>")
            }
            false => writeln!(f, ">\n      <system-out>{word}: {text}</system-out>\n    </testcase>"),
        }
    }
}

/// A text for an attribute or an element: XML has no way to write most control characters.
fn escaped(text: &str) -> String {
    let text = Untrusted::from(text).terminal().to_string();
    let noncharacters = |c: char| matches!(c, '\u{fffe}' | '\u{ffff}');
    text.replace(noncharacters, "\u{fffd}")
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn escaped_lines(text: &str) -> String {
    text.lines().map(escaped).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_element() {
        assert_eq!(escaped("</a>\"&\x1b\n\u{ffff}"), "&lt;/a&gt;&quot;&amp;\\x1b\\n\u{fffd}");
    }
}
