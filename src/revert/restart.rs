//! The time of a restart, as `kubectl rollout restart` writes it, in the text of a manifest.

use super::place::Place;
use super::plan::Plan;
use super::refused::{Refused, Side};
use super::scalar::{flow, quoted};
use super::source::has_crlf;
use super::splice::Edit;
use super::state::State;
use crate::kubernetes::RESTARTED_AT;
use crate::manifest::Identity;
use crate::yaml::{Entry, Node, Span, Style, Value};

/// The annotation's way in a workload that is rolled out.
const WAY: &[&str] = &["spec", "template", "metadata", "annotations", RESTARTED_AT];

/// How many of these keys lead to the pod template.
const TEMPLATE: usize = 2;

/// By how much a key is deeper than the one above it, where the text does not show it.
const STEP: usize = 2;

impl<'t> Plan<'t> {
    /// The time of a restart in the pod template of a workload: its controller makes new pods for it.
    ///
    /// ```
    /// use rollbook::{manifest, revert::Plan, yaml::Dialect};
    ///
    /// let today = "kind: DaemonSet\napiVersion: apps/v1\nmetadata: {name: a}\nspec:\n  template:\n    spec: {} # plain\n";
    /// let identity = manifest::read(today.as_bytes(), Dialect::Kubectl).objects.remove(0).identity;
    ///
    /// let plan = Plan::restarted(today.as_bytes(), &identity, "2026-10-01T09:00:00Z")?;
    /// let added = "    metadata:\n      annotations:\n        kubectl.kubernetes.io/restartedAt: \"2026-10-01T09:00:00Z\"\n";
    /// assert_eq!(plan.bytes(), today.replace("    spec: {}", &format!("{added}    spec: {{}}")).as_bytes());
    /// # Ok::<(), rollbook::revert::Refused>(())
    /// ```
    ///
    /// # Errors
    /// A text that cannot be read or does not have the workload, a template that is not written where something could be put
    /// into it, and a result that would not mean what it should.
    pub fn restarted(today: &'t [u8], identity: &Identity, at: &str) -> Result<Self, Refused> {
        let today = State::read(today, identity, Side::Today)?;
        let is_here = today.template_path() == Some(&WAY[..TEMPLATE]) && today.node().at(&WAY[..TEMPLATE]).is_some();
        if !is_here {
            return Err(Refused::Missing { side: Side::Today, field: "pod template".into() });
        }
        let depth = (TEMPLATE..=WAY.len()).rfind(|&depth| today.node().at(&WAY[..depth]).is_some()).unwrap_or(TEMPLATE);
        let there = today.node().at(&WAY[..depth]).expect("it was found");
        let field = || format!("`{}`", WAY[..depth].join("."));
        let not_own = Refused::NotOwn { field: field(), line: today.line(there.span.start as usize) };
        let is_empty = there.is_null() || matches!(&there.value, Value::Mapping(entries) if entries.is_empty());
        let place = match is_empty || depth == WAY.len() {
            true => today.place(&WAY[..depth]),
            false => None,
        };
        let plan = Plan::unchanged(today);
        let made = match place {
            Some(place) if depth == WAY.len() => plan.with_text(WAY, place, at),
            Some(place) => plan.filled(depth, place, at),
            None if is_empty || depth == WAY.len() => return Err(not_own),
            None => plan.inserted(depth, at, not_own)?,
        };
        made.ok_or_else(|| Refused::Differs { field: field() })
    }

    /// The rest of the way where nothing stands at the end of what there is of it.
    fn filled(self, depth: usize, place: Place, at: &str) -> Option<Self> {
        let value = rest(depth, at);
        let blank = if place.value.is_empty() { " " } else { "" };
        let text = format!("{blank}{}", flow(&value));
        self.changed(&WAY[..depth], value, Edit { at: place.value, text }, Vec::new())
    }

    /// The rest of the way before the first key of what there is of it.
    fn inserted(self, depth: usize, at: &str, not_own: Refused) -> Result<Option<Self>, Refused> {
        let today = &self.today;
        let mapping = today.node().at(&WAY[..depth]).expect("it was found");
        let own = |entry: &Entry| Some((entry.key_span.range().start, Place::of(today.text, mapping, &entry.key)?));
        let Some((start, beside)) = mapping.entries().iter().find_map(own) else { return Err(not_own) };
        let text = match beside.in_flow {
            true => {
                let (key, value) = (quoted(WAY[depth]), flow(&rest(depth + 1, at)));
                let opened = mapping.span.range().start + 1;
                let between = today.text.get(opened..start).filter(|text| text.trim().is_empty()).unwrap_or_default();
                format!("{key}: {value},{}", if between.is_empty() { " " } else { between })
            }
            false => {
                let outer = today.place(&WAY[..depth]).map_or(0, |place| place.margin.len());
                let step = beside.margin.len().checked_sub(outer).filter(|step| (1..=8).contains(step)).unwrap_or(STEP);
                let end = if has_crlf(today.text, &(start..start)) { "\r\n" } else { "\n" };
                block(depth, at, &beside.margin, step, end)
            }
        };
        let Value::Mapping(mut entries) = mapping.value.clone() else { return Err(not_own) };
        entries.push(Entry { key: WAY[depth].to_owned(), key_span: Span::default(), value: rest(depth + 1, at) });
        let value = Node { value: Value::Mapping(entries), ..*mapping };
        Ok(self.changed(&WAY[..depth], value, Edit { at: start..start, text }, Vec::new()))
    }
}

/// The keys from a depth on as lines before another key with the same margin, each so much deeper than the one above.
fn block(depth: usize, at: &str, margin: &str, step: usize, end: &str) -> String {
    let keys = &WAY[depth..];
    let lines = keys.iter().enumerate().map(|(level, key)| {
        let value = if level + 1 == keys.len() { format!(" {}", quoted(at)) } else { String::new() };
        let margin = if level == 0 { String::new() } else { format!("{margin}{:1$}", "", level * step) };
        format!("{margin}{key}:{value}{end}")
    });
    lines.collect::<String>() + margin
}

/// What stands at the end of so many keys of the way.
fn rest(depth: usize, at: &str) -> Node {
    let node = |value, style| Node { value, span: Span::default(), style };
    WAY[depth..].iter().rev().fold(node(Value::String(at.to_owned()), Style::DoubleQuoted), |value, key| {
        let entry = Entry { key: (*key).to_owned(), key_span: Span::default(), value };
        node(Value::Mapping(vec![entry]), Style::Flow)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;
    use crate::yaml::Dialect;

    const AT: &str = "2026-10-01T09:00:00Z";

    fn restarted(text: &str) -> Result<String, Refused> {
        let identity = read(text.as_bytes(), Dialect::Kubectl).objects.remove(0).identity;
        let plan = Plan::restarted(text.as_bytes(), &identity, AT)?;
        Ok(String::from_utf8(plan.bytes().to_vec()).unwrap())
    }

    /// A Deployment with this template, and what it becomes.
    fn becomes(template: &str, expected: &str) {
        for (end, step) in [("\n", "  "), ("\r\n", "    ")] {
            let whole = |template: &str| {
                let text = format!(
                    "# mine\nkind: Deployment\napiVersion: apps/v1\nmetadata: {{name: a}}\nspec:\n  template:{template}  replicas: 1\n---\n# end\n"
                );
                text.replace("  ", step).replace('\n', end)
            };
            let after = restarted(&whole(template)).unwrap();
            assert_eq!(after, whole(expected), "{template}");
            assert_eq!(restarted(&after).unwrap(), after);
        }
    }

    #[test]
    fn the_time_goes_where_there_is_room_for_it() {
        let key = "kubectl.kubernetes.io/restartedAt";
        becomes(
            "\n    spec: {} # a\n",
            &format!("\n    metadata:\n      annotations:\n        {key}: \"{AT}\"\n    spec: {{}} # a\n"),
        );
        becomes(
            " # a\n    # b\n    metadata:\n      # c\n      labels: {a: b}\n    spec: {}\n",
            &format!(
                " # a\n    # b\n    metadata:\n      # c\n      annotations:\n        {key}: \"{AT}\"\n      labels: {{a: b}}\n    spec: {{}}\n"
            ),
        );
        becomes(
            "\n    metadata:\n      annotations:\n        b: c # d\n    spec: {}\n",
            &format!(
                "\n    metadata:\n      annotations:\n        {key}: \"{AT}\"\n        b: c # d\n    spec: {{}}\n"
            ),
        );
        becomes(
            &format!(
                "\n    metadata:\n      annotations:\n        b: c\n        {key}: '2025-01-01T00:00:00Z' # last\n    spec: {{}}\n"
            ),
            &format!(
                "\n    metadata:\n      annotations:\n        b: c\n        {key}: '{AT}' # last\n    spec: {{}}\n"
            ),
        );
        becomes(
            "\n    metadata:\n      annotations: {} # none\n    spec: {}\n",
            &format!("\n    metadata:\n      annotations: {{\"{key}\": \"{AT}\"}} # none\n    spec: {{}}\n"),
        );
        becomes(
            "\n    metadata:\n      annotations:\n    spec: {}\n",
            &format!("\n    metadata:\n      annotations: {{\"{key}\": \"{AT}\"}}\n    spec: {{}}\n"),
        );
        becomes(
            " {spec: {}}\n",
            &format!(" {{\"metadata\": {{\"annotations\": {{\"{key}\": \"{AT}\"}}}}, spec: {{}}}}\n"),
        );
    }

    #[test]
    fn json_stays_json() {
        let text = "{\n  \"kind\": \"DaemonSet\",\n  \"apiVersion\": \"apps/v1\",\n  \"metadata\": {\"name\": \"a\"},\n  \"spec\": {\"template\": {\n    \"metadata\": {},\n    \"spec\": {}\n  }}\n}\n";
        let after = restarted(text).unwrap();
        let value: serde_json::Value = serde_json::from_str(&after).unwrap();
        assert_eq!(value["spec"]["template"]["metadata"]["annotations"][RESTARTED_AT], AT);
        let text = text.replace("    \"metadata\": {},\n", "");
        let after = restarted(&text).unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&after).is_ok(), "{after}");
        assert!(after.contains("{\n    \"metadata\": {\"annotations\""), "{after}");
    }

    #[test]
    fn what_comes_from_elsewhere_is_refused_and_what_shares_it_keeps_its_value() {
        let head =
            "kind: Deployment\napiVersion: apps/v1\nmetadata: {name: a, labels: &l {a: b}, annotations: {}}\nspec:\n";
        let refused = restarted(&format!("{head}  template: {{metadata: {{annotations: *l}}}}\n"));
        assert!(matches!(refused, Err(Refused::NotOwn { line: 5, .. })), "{refused:?}");
        let none = restarted(&format!("{head}  replicas: 1\n"));
        assert!(matches!(none, Err(Refused::Missing { .. })), "{none:?}");
        // Another object's template is the same node.
        let shared = restarted(&format!("{head}  template: &t\n    spec: {{}}\n---\nkind: List\nitems: []\n"));
        assert!(shared.unwrap().contains("annotations:\n        kubectl"));
    }
}
