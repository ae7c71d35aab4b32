//! Findings as SARIF 2.1.0, which code scanning reads: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>.

use serde_json::{Value, json};

use super::FindingItem;
use crate::check::{Rule, Severity};

/// A log of one run, with all rules and their pages. What comments allow is in it, as suppressed.
pub struct Sarif<'a> {
    items: &'a [FindingItem],
}

impl<'a> Sarif<'a> {
    /// The log of these.
    pub fn new(items: &'a [FindingItem]) -> Self {
        Self { items }
    }

    /// It as JSON, with a line break at its end.
    pub fn json(&self) -> String {
        let rules: Vec<Value> = Rule::all().map(rule).collect();
        let results: Vec<Value> = self.items.iter().map(result).collect();
        let log = json!({
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "rollbook",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                }},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        });
        format!("{log:#}\n")
    }
}

fn rule(rule: &Rule) -> Value {
    let page = rule.page();
    json!({
        "id": rule.name,
        "shortDescription": { "text": page.summary },
        "help": { "text": page.text, "markdown": page.text },
        "defaultConfiguration": { "level": level(rule.severity), "enabled": rule.on },
    })
}

fn result(item: &FindingItem) -> Value {
    let help = item.help.iter().map(|help| format!("\n{}", help.as_str()));
    let text = format!("{}: {}{}", item.subject().as_str(), item.message.as_str(), help.collect::<String>());
    let mut place = json!({ "artifactLocation": { "uri": uri(item.path.as_str()), "uriBaseId": "%SRCROOT%" } });
    // The lines of what is gone are not there.
    if let (Some(line), Some(column), Some(end_line), Some(end_column), false) =
        (item.line, item.column, item.end_line, item.end_column, item.gone)
    {
        place["region"] =
            json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column });
    }
    let mut result = json!({
        "ruleId": item.rule,
        "ruleIndex": Rule::all().position(|rule| rule.name == item.rule),
        "level": level(item.severity),
        "message": { "text": text },
        "locations": [{ "physicalLocation": place }],
        "partialFingerprints": { "rollbook/v1": item.fingerprint },
        "baselineState": if item.introduced { "new" } else { "unchanged" },
    });
    if item.allowed {
        result["suppressions"] = json!([{ "kind": "inSource" }]);
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// A path as a relative URI: <https://www.rfc-editor.org/rfc/rfc3986#section-2.3>.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_uri() {
        assert_eq!(uri("k8s/a b:c.yaml"), "k8s/a%20b%3Ac.yaml");
        assert_eq!(uri("é#?"), "%C3%A9%23%3F");
    }
}
