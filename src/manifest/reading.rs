//! From a text to its objects.

use super::{Error, Identity, Object, Problem, seal, unread};
use crate::yaml::{self, Dialect, Document, Node, Span, Stream, Value, Versions, Warning};

/// What a text holds. What is wrong with one document does not keep the others from being given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    pub objects: Vec<Object>,
    /// Objects that get their name when they are created: the beginning of it, `metadata.generateName`, stands for it. Each
    /// is an error too, for whoever needs names.
    pub generated: Vec<Object>,
    pub warnings: Vec<Warning>,
    /// Documents that are no objects, and last why the text cannot be read to its end, if so.
    pub errors: Vec<Error>,
    /// Whether a Secret may be anywhere in the text, so that no line of it may be shown.
    pub may_hold_secret: bool,
}

/// With what git marks where a conflict begins.
const CONFLICT: &[u8] = b"<<<<<<< ";

impl Reading {
    /// Why the text cannot be read to its end, if it cannot.
    pub fn unreadable(&self) -> Option<&Error> {
        self.errors.iter().find(|error| matches!(error.problem, Problem::Unreadable(_)))
    }

    /// The same for whoever needs no names: what gets one when it is created is an object as any other.
    #[must_use]
    pub fn with_generated(mut self) -> Reading {
        self.objects.append(&mut self.generated);
        self.objects.sort_by_key(|object| object.span.start);
        self.errors.retain(|error| error.problem != Problem::GenerateName);
        self
    }
}

/// Reads the objects of a text, those in lists too.
///
/// ```
/// use rollbook::manifest::read;
/// use rollbook::yaml::Dialect;
///
/// let reading = read(b"{apiVersion: v1, kind: Pod, metadata: {name: web}}", Dialect::Kubectl);
/// assert_eq!(reading.objects[0].identity.name, "web");
/// ```
pub fn read(text: &[u8], dialect: Dialect) -> Reading {
    Reading::of(text, Stream::parse(text, dialect))
}

/// Reads the objects of the next version of a file, as [`read`] does.
pub fn read_next(text: &[u8], versions: &mut Versions) -> Reading {
    Reading::of(text, versions.parse(text))
}

impl Reading {
    fn of(text: &[u8], mut stream: Stream) -> Reading {
        let error = stream.error.take();
        Self::of_documents(text, stream).ended(text, error)
    }

    /// What the documents of a stream hold.
    pub(super) fn of_documents(text: &[u8], stream: Stream) -> Reading {
        let mut reading = Reading { warnings: stream.warnings, ..Reading::default() };
        for Document { root, span } in stream.documents {
            reading.take(text, root, span, false);
        }
        reading
    }

    /// The same, where this is why no more of the text is read.
    pub(super) fn ended(mut self, text: &[u8], error: Option<yaml::Error>) -> Reading {
        self.errors
            .extend(error.map(|yaml::Error { problem, at }| Error { problem: Problem::Unreadable(problem), at }));
        let is_read = self.unreadable().is_none() && self.warnings.is_empty();
        self.may_hold_secret |= !is_read && unread::may_hold_secret(text);
        self
    }

    /// An object, or a list whose items are taken (kubectl flattens them: `resource.FlattenListVisitor`).
    fn take(&mut self, text: &[u8], mut node: Node, span: Span, of_secret_list: bool) {
        if is_list(&node) {
            return self.take_items(text, node, of_secret_list);
        }
        let has_secret = seal::seal(&mut node, text, of_secret_list);
        self.may_hold_secret |= has_secret;
        match identity(&node) {
            Ok(identity) => self.objects.push(Object::new(identity, node, span, has_secret)),
            // YAML takes the marker for a string where a comment follows it, and kubectl nothing of the file.
            Err((Problem::NotAMapping(_), at)) if text[at.range()].starts_with(CONFLICT) => {
                self.errors.push(Error { problem: Problem::Unreadable(yaml::Problem::ConflictMarker), at });
            }
            Err((problem, at)) => {
                if let Some(identity) = Identity::generated(&node).filter(|_| problem == Problem::GenerateName) {
                    self.generated.push(Object::new(identity, node, span, has_secret));
                }
                self.errors.push(Error { problem, at });
            }
        }
    }

    /// The items of a `SecretList` need not say that they are Secrets.
    fn take_items(&mut self, text: &[u8], mut list: Node, of_secret_list: bool) {
        let kind = list.get("kind").and_then(Node::as_str);
        let of_secret_list = of_secret_list || kind.is_some_and(|kind| kind.eq_ignore_ascii_case("SecretList"));
        self.may_hold_secret |= of_secret_list;
        let Some(items) = list.get_mut("items") else { return };
        match std::mem::replace(&mut items.value, Value::Null) {
            Value::Sequence(items) => {
                let secret = seal::values(&items, of_secret_list);
                for mut item in items {
                    if !secret.is_empty() {
                        seal::seal_aliases(&mut item, text, &secret);
                    }
                    let span = item.span;
                    self.take(text, item, span, of_secret_list);
                }
            }
            Value::Null => {}
            value => {
                let at = items.span;
                self.may_hold_secret |= seal::seal(&mut Node { value, ..items.clone() }, text, of_secret_list);
                self.errors.push(Error { problem: Problem::Items, at });
            }
        }
    }
}

/// apimachinery's `UnstructuredJSONScheme` takes whatever has a field `items` for a list; here its kind must say so
/// too, so that a custom resource with such a field is read as one.
fn is_list(node: &Node) -> bool {
    let kind = node.get("kind").and_then(Node::as_str);
    kind.is_some_and(|kind| kind.ends_with("List")) && node.get("items").is_some()
}

fn identity(node: &Node) -> Result<Identity, (Problem, Span)> {
    let what = match &node.value {
        Value::Mapping(_) => return Identity::of(node),
        Value::Sequence(_) => "a sequence",
        Value::String(_) | Value::Sealed(_) => "a string",
        Value::Int(_) | Value::Float(_) => "a number",
        Value::Bool(_) => "a boolean",
        Value::Null => "null",
    };
    Err((Problem::NotAMapping(what), node.span))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(reading: &Reading) -> Vec<&str> {
        reading.objects.iter().map(|object| object.identity.name.as_str()).collect()
    }

    #[test]
    fn lists_are_taken_apart_and_each_item_has_its_place() {
        let text = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n- kind: PodList\n  \
                    items:\n  - {apiVersion: v1, kind: Pod, metadata: {name: b}}\n- {kind: Pod}\n---\nkind: DeploymentList\nitems: null\n";
        let reading = read(text.as_bytes(), Dialect::Kubectl);
        assert_eq!(names(&reading), ["a", "b"]);
        let sources: Vec<_> = reading.objects.iter().map(|object| &text[object.span.range()]).collect();
        assert_eq!(sources[1], "{apiVersion: v1, kind: Pod, metadata: {name: b}}");
        assert_eq!(reading.errors.len(), 1);
        assert_eq!(reading.errors[0].problem, Problem::Missing("apiVersion"));
        assert_eq!(&text[reading.errors[0].at.range()], "{kind: Pod}");
    }

    #[test]
    fn what_is_no_object_is_told_and_the_others_are_given() {
        let text = "a: 1\n---\n- 2\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\nb: [\n";
        let reading = read(text.as_bytes(), Dialect::Kubectl);
        let problems: Vec<_> = reading.errors.iter().map(|error| &error.problem).collect();
        assert_eq!(names(&reading), ["a"]);
        assert_eq!(problems[..2], [&Problem::Missing("apiVersion"), &Problem::NotAMapping("a sequence")]);
        assert_eq!(reading.unreadable(), Some(&reading.errors[2]));
    }

    #[test]
    fn a_conflict_is_unreadable_where_a_comment_makes_yaml_of_it_too() {
        for (text, is_conflict) in [
            ("<<<<<<< HEAD\n# one\nkind: Pod\n", true),
            ("kind: Pod\n---\n<<<<<<< HEAD\n# one\n", true),
            ("<<<<<<< HEAD\nkind: Pod\n", true),
            ("'<<<<<<< HEAD'\n", false),
            ("words\n", false),
        ] {
            let reading = read(text.as_bytes(), Dialect::Kubectl);
            let found = reading.unreadable().map(|error| &error.problem);
            assert_eq!(found, is_conflict.then_some(&Problem::Unreadable(yaml::Problem::ConflictMarker)), "{text}");
        }
    }

    #[test]
    fn an_alias_of_a_secrets_value_is_sealed_in_the_other_items_of_a_list() {
        let text = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {pw: \
                    &p hunter2, d: &d {n: 4711}}}\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: *p, b: \
                    *d, c: open}}\n";
        let shown =
            read(text.as_bytes(), Dialect::Kubectl).objects.iter().map(|o| o.to_json().to_string()).collect::<String>();
        assert!(!shown.contains("hunter2") && !shown.contains("4711"), "{shown}");
        assert!(shown.contains("open"), "{shown}");
    }

    #[test]
    fn a_text_that_may_hold_a_secret_is_marked() {
        let of_list = "kind: SecretList\napiVersion: v1\nitems:\n- data: {pw: hunter2}\n- {}\n";
        for (text, may_hold_secret) in [
            ("kind: Secret\nstringData: {a: hunter2}", true),
            ("kind: \"\\u0053ecret\"\nstringData: {a: hunter2}", true),
            ("kind: !!binary U2VjcmV0\ntoken: hunter2", true),
            ("kind: secret\ntoken: hunter2", true),
            ("Kind: Secret\ntoken: hunter2", true),
            ("kind: Secret\ndata: [", true),
            (of_list, true),
            ("kind: SecretList\nitems: {data: {pw: hunter2}}", true),
            ("kind: List\nitems:\n- metadata: {name: s}\n  data: {pw: hunter2}\n", true),
            ("items:\n- data: {pw: hunter2}\n", true),
            ("- data: {pw: hunter2}\n", true),
            ("metadata: {name: s}\ndata: {pw: hunter2}", true),
            ("secretGenerator: [{literals: [pw=hunter2]}]", true),
            ("kind: Pod\n---\nkind: Secret\n", true),
            ("kind: Pod\nspec: {a: 1, a: 2}\n...\nkind: Secret\n", true),
            ("kind: SealedSecret\nspec: {encryptedData: {pw: AgBy}}", false),
            ("kind: ConfigMap\ndata: {a: b}", false),
            ("kind: Pod\nspec: {imagePullSecrets: [{name: a}], volumes: [{secret: {secretName: a}}]}", false),
            ("kind: Pod\ndata: [", false),
        ] {
            let reading = read(text.as_bytes(), Dialect::Kubectl);
            assert_eq!(reading.may_hold_secret, may_hold_secret, "{text}");
            assert!(reading.errors.iter().all(|error| !error.message().contains("hunter2")));
        }
    }

    #[test]
    fn no_value_of_a_secret_is_shown() {
        let secret = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  annotations:\n    a: shown\n    \
                      kubectl.kubernetes.io/last-applied-configuration: '{hunter2}'\ndata: {k: hunter2}\nstringData: \
                      {k: [hunter2, {o: hunter2}], m: 7}\n";
        let list = format!("kind: List\nitems:\n- {}", secret.replace('\n', "\n  "));
        for text in [secret, &list] {
            let reading = read(text.as_bytes(), Dialect::Kubectl);
            let object = &reading.objects[0];
            let shown = format!("{object:?} {} {:?}", object.to_json(), reading.errors);
            assert!(!shown.contains("hunter2") && !shown.contains("Int(7)"), "{shown}");
            assert_eq!(
                object.to_json()["stringData"],
                serde_json::json!({"k": ["hidden", {"o": "hidden"}], "m": "hidden"})
            );
            assert_eq!(object.annotation("a"), Some("shown"));
        }
    }

    #[test]
    fn what_is_not_known_to_be_harmless_is_sealed() {
        let secret = |rest: &str| format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\n{rest}\n");
        let metadata = |rest: &str, data: &str| {
            format!("apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  {rest}\ndata: {data}\n")
        };
        let nested =
            "apiVersion: x/v1\nkind: Object\nmetadata: {name: s}\nspec: {a: [{kind: Secret, data: {pw: hunter2}}]}";
        let generated =
            "apiVersion: x/v1\nkind: Kustomization\nmetadata: {name: s}\nsecretGenerator: [{literals: [pw=hunter2]}]";
        for text in [
            secret("stringdata: {pw: hunter2}"),
            secret("Data: hunter2\nother: [hunter2]"),
            secret("type: {pw: hunter2}"),
            secret("x: &d {pw: hunter2}\ndata: *d"),
            secret("x: &d {pw: hunter2}\n<<: *d"),
            secret("stringData: {pw: hunter2}").replace("Secret", "secret"),
            secret("stringData: {pw: hunter2}").replace("Secret", "'Secret '"),
            secret("stringData: {pw: hunter2}").replace("Secret", "Sceret"),
            secret("pw: hunter2").replace("Secret", "!!binary U2VjcmV0"),
            metadata("labels: &d {pw: hunter2}", "*d"),
            metadata("annotations: {a: &d hunter2}", "{pw: *d}"),
            metadata("annotations: {kapp.k14s.io/original: hunter2}", "{}"),
            metadata("stringData: {pw: hunter2}", "{}"),
            "kind: SecretList\nitems: [{apiVersion: v1, kind: S, metadata: {name: s}, pw: hunter2}]".to_owned(),
            nested.to_owned(),
            generated.to_owned(),
        ] {
            let reading = read(text.as_bytes(), Dialect::Kubectl);
            let [object] = &reading.objects[..] else { panic!("{text}: {:?}", reading.errors) };
            let shown = format!("{object:?} {}", object.to_json());
            assert!(!shown.contains("hunter2") && shown.contains("hidden"), "{text}\n{shown}");
            assert!(object.has_secret() && object.identity.name == "s", "{text}");
        }
    }

    #[test]
    fn a_reference_to_a_secret_is_none() {
        let text =
            "apiVersion: x/v1\nkind: HelmRelease\nmetadata: {name: h}\nspec: {valuesFrom: [{kind: Secret, name: v}]}";
        let reading = read(text.as_bytes(), Dialect::Kubectl);
        assert!(!reading.may_hold_secret && !reading.objects[0].has_secret());
        assert!(reading.objects[0].to_json().to_string().contains("{\"kind\":\"Secret\",\"name\":\"v\"}"));
    }

    #[test]
    fn sealed_values_are_equal_as_they_were() {
        let data = |value: &str| {
            let text = format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\ndata: {{k: {value}}}\n");
            read(text.as_bytes(), Dialect::Kubectl).objects[0].node().get("data").cloned()
        };
        assert_eq!(data("a"), data("'a'"));
        assert_ne!(data("a"), data("b"));
        assert_ne!(data("1"), data("'1'"));
    }
}
