//! The text as a whole: whose template it is, the template, an empty line.

use serde_json::Value;

use super::page::Page;
use super::structs::Struct;
use super::template;
use crate::text::Untrusted;

/// One revision's template, to be described as `kubectl rollout history TARGET --revision=N` does.
///
/// ```
/// use rollbook::output::describe::Described;
///
/// let template = serde_json::json!({
///     "metadata": {"labels": {"app": "web"}},
///     "spec": {"containers": [{"name": "web", "image": "nginx:1.27"}]},
/// });
/// let described = Described {
///     name: "deployment.apps/web",
///     revision: Some(3),
///     hash: Some("6c5f67b5f7"),
///     change_cause: None,
///     template: &template,
/// };
/// let text = "deployment.apps/web with revision #3\nPod Template:\n  Labels:\tapp=web\n\tpod-template-hash=6c5f67b5f7\n";
/// assert!(described.terminal().starts_with(text));
/// assert_eq!(described.pipe(), described.terminal().into_bytes());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Described<'a> {
    /// The workload as kubectl names it: `deployment.apps/web`.
    pub name: &'a str,
    /// The revision's number, if the state has one: off the first-parent line it has none.
    pub revision: Option<u64>,
    /// The hash, which a Deployment's controller puts on the ReplicaSet's template as the label `pod-template-hash`
    /// (pkg/controller/deployment: `getNewReplicaSet`); the other kinds have none.
    pub hash: Option<&'a str>,
    /// The cause, which kubectl shows among the template's annotations (`DeploymentHistoryViewer.ViewHistory`); an
    /// empty one is none.
    pub change_cause: Option<&'a str>,
    /// The defaulted template, as the JSON of `v1.PodTemplateSpec`: quantities are canonical strings.
    pub template: &'a Value,
}

impl Described<'_> {
    /// The text byte for byte as kubectl writes it to a pipe or a file. It need not be UTF-8: kubectl cuts a long
    /// line of an annotation by bytes.
    pub fn pipe(&self) -> Vec<u8> {
        self.page().into_escaped()
    }

    /// The text for a terminal: no control character but line breaks and tabs gets through.
    pub fn terminal(&self) -> String {
        Untrusted::from(self.page().into_string()).terminal_lines().to_string()
    }

    fn page(&self) -> Page {
        let mut page = Page::default();
        match self.revision {
            Some(number) => page.put(0, format_args!("{} with revision #{number}\n", self.name)),
            None => page.put(0, format_args!("{} without a revision number\n", self.name)),
        }
        template::write(&mut page, self, Struct::new(self.template));
        page.put(0, format_args!("\n"));
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_empty_template_has_its_sections() {
        let described = Described {
            name: "daemonset.apps/a",
            revision: Some(1),
            hash: None,
            change_cause: Some(""),
            template: &json!({}),
        };
        assert_eq!(
            described.terminal(),
            "daemonset.apps/a with revision #1\nPod Template:\n  Labels:\t<none>\n  Containers: <none>\n  \
             Volumes:\t<none>\n  Node-Selectors:\t<none>\n  Tolerations:\t<none>\n\n"
        );
    }

    #[test]
    fn a_terminal_gets_no_control_character() {
        let template = json!({"metadata": {"annotations": {"a": "\u{9b}1m\x1b[1m\x07\r"}}});
        let described = Described {
            name: "deployment.apps/a",
            revision: Some(1),
            hash: None,
            change_cause: None,
            template: &template,
        };
        assert!(described.terminal().contains("  Annotations:\ta: \\x9b1m\\x1b[1m\\x07\\r\n"));
    }
}
