//! The stream: limits first, then JSON or YAML, chunk by chunk until one cannot be read.

use super::compose::compose;
use super::explain::explained;
use super::syntax::{Item, Read};
use super::{Error, Node, Notice, Problem, Span, Warning, json, split, syntax};

/// The longest text that is read, in bytes. The API server takes 3 MiB a request, etcd 1.5 MiB an object.
pub const MAX_INPUT: usize = 16 << 20;

/// The deepest nesting that is read. kubectl goes to 10,000; here a reader, a comparison and the release of a value
/// must fit on a thread's stack of 2 MiB, and no manifest comes near.
pub const MAX_DEPTH: usize = 1000;

/// Whose reading is followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// go-yaml v2 through sigs.k8s.io/yaml, as `kubectl apply` and the API server have it.
    #[default]
    Kubectl,
    /// go-yaml v3 through kyaml, as `kustomize build`, `kubectl apply -k` and Flux have it.
    Kustomize,
}

/// A value of the stream, with the place of its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub root: Node,
    pub span: Span,
}

/// What a tool reads from a text. Documents that are null are left out, as the tools do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stream {
    pub documents: Vec<Document>,
    pub warnings: Vec<Warning>,
    /// The comments, `#` included, in the order of the text.
    pub comments: Vec<Span>,
    /// Why reading ended early: kubectl has sent the documents before, kustomize gives none.
    pub error: Option<Error>,
}

impl Stream {
    /// Reads a text to its end, or to the first thing that the tool refuses.
    ///
    /// ```
    /// use rollbook::yaml::{Dialect, Stream, Value};
    ///
    /// let stream = Stream::parse(b"tls: yes\n---\ntls: 'yes'\n", Dialect::Kubectl);
    /// assert_eq!(stream.documents[0].root.get("tls").unwrap().value, Value::Bool(true));
    /// assert_eq!(stream.documents[1].root.get("tls").unwrap().as_str(), Some("yes"));
    /// ```
    pub fn parse(text: &[u8], dialect: Dialect) -> Self {
        Self::parse_with(text, dialect, |_, _| ())
    }

    /// The same, with what was read of each chunk of YAML.
    pub(super) fn parse_with(text: &[u8], dialect: Dialect, keep: impl FnMut(Span, Read<'_>)) -> Self {
        let mut stream = Self::default();
        stream.error = decoded(text).and_then(|text| stream.read(text, dialect, keep)).err();
        if stream.error.is_some() && dialect == Dialect::Kustomize {
            stream.documents.clear();
        }
        stream
    }

    /// Reads one chunk of YAML by itself.
    pub(super) fn of_chunk(text: &str, chunk: Span, dialect: Dialect) -> Self {
        let mut stream = Self::default();
        let read = stream.read_chunk(text, chunk, dialect).map(drop);
        stream.error = read.err().map(|error| explained(text, chunk, error));
        stream
    }

    fn read(&mut self, text: &str, dialect: Dialect, mut keep: impl FnMut(Span, Read<'_>)) -> Result<(), Error> {
        let json = dialect == Dialect::Kubectl && json::begins(text);
        let (from, not_json) = match if json { self.read_json(text)? } else { Rest::Yaml(0, None) } {
            Rest::Nothing => return Ok(()),
            Rest::Yaml(from, not_json) => (from, not_json),
        };
        for (index, chunk) in split::chunks(text, from, dialect).enumerate() {
            let chunk = chunk?;
            let read = self.read_chunk(text, chunk, dialect).map_err(|error| match &not_json {
                Some(json) if index == 0 && json.at.start > error.at.start => json.clone(),
                _ => explained(text, chunk, error),
            })?;
            keep(chunk, read);
        }
        Ok(())
    }

    /// Reads JSON values one after another. apimachinery's `YAMLOrJSONDecoder` turns to YAML if the text stops being
    /// JSON before a second value has been read; of the two errors, the one that is further on says more.
    fn read_json(&mut self, text: &str) -> Result<Rest, Error> {
        let mut reader = json::Reader::new(text);
        for read in 0.. {
            let consumed = reader.offset();
            match reader.next_value() {
                Ok(Some(root)) => {
                    self.warnings.append(&mut reader.warnings);
                    self.push(root.span, root);
                }
                Ok(None) => break,
                Err(error) if read > 1 || !matches!(error.problem, Problem::Json(_)) => return Err(error),
                Err(error) => match json::yaml_after(text, consumed) {
                    Some(from) => return Ok(Rest::Yaml(from, Some(error))),
                    None => return Err(error),
                },
            }
        }
        Ok(Rest::Nothing)
    }

    fn read_chunk<'t>(&mut self, text: &'t str, chunk: Span, dialect: Dialect) -> Result<Read<'t>, Error> {
        let read = syntax::read(text, chunk, dialect)?;
        self.warnings.extend(read.dropped.map(|at| Warning { notice: Notice::Dropped, at }));
        let end = read.dropped.map_or(chunk.end, |dropped| dropped.start);
        self.take(Span { end, ..chunk }, &read.items, &read.comments, dialect)?;
        Ok(read)
    }

    /// Makes the document that has these items.
    pub(super) fn take(
        &mut self,
        span: Span,
        items: &[Item<'_>],
        comments: &[Span],
        dialect: Dialect,
    ) -> Result<(), Error> {
        self.comments.extend(comments);
        if let Some(root) = compose(items, dialect, &mut self.warnings)? {
            self.push(span, root);
        }
        Ok(())
    }

    fn push(&mut self, span: Span, root: Node) {
        if !root.is_null() {
            self.documents.push(Document { root, span });
        }
    }
}

/// What JSON leaves to be read.
enum Rest {
    Nothing,
    /// YAML from there on, and why it is not JSON.
    Yaml(usize, Option<Error>),
}

fn decoded(text: &[u8]) -> Result<&str, Error> {
    if text.len() > MAX_INPUT {
        return Err(Error::new(Problem::TooLarge(text.len()), Span::default()));
    }
    std::str::from_utf8(text).map_err(|error| {
        let at = error.valid_up_to();
        Error::new(Problem::NotUtf8(at), Span::new(at, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::position;

    fn place(text: &str, at: Span) -> (u32, u32) {
        let position = position(text.as_bytes(), at.start as usize);
        (position.line, position.column)
    }

    #[test]
    fn what_kubectl_loses_is_told_with_its_place() {
        for (text, notice, at) in [
            ("a: 1\nb: 2\na: 3\n", Notice::DuplicateKey("a".into()), (3, 1)),
            ("{\"a\": 1,\n \"a\": 2}", Notice::DuplicateKey("a".into()), (2, 2)),
            ("x: &x {c: 1}\nv:\n  c: 2\n  <<: *x\n", Notice::MergeReplaces("c".into()), (4, 7)),
            ("a: 1\n...\nb: 2\n", Notice::Dropped, (3, 1)),
            ("{\"a\": 1}\n--- \nb: 1\n...\nc: 2\n", Notice::Dropped, (5, 1)),
        ] {
            let stream = Stream::parse(text.as_bytes(), Dialect::Kubectl);
            let [warning] = &stream.warnings[..] else { panic!("{text:?}: {:?}", stream.warnings) };
            assert_eq!((&warning.notice, place(text, warning.at)), (&notice, at), "{text:?}");
        }
    }

    #[test]
    fn what_is_dropped_is_no_part_of_the_document() {
        let text = "a: 1\n...\nb: 2\n---\nc: 3\n";
        let stream = Stream::parse(text.as_bytes(), Dialect::Kubectl);
        let sources: Vec<_> = stream.documents.iter().map(|document| &text[document.span.range()]).collect();
        assert_eq!(sources, ["a: 1\n...\n", "c: 3\n"]);
    }

    #[test]
    fn an_error_names_the_cause_and_the_place() {
        let braces = "kind: Pod\nspec:\n  image: {{ .Values.image }}:1\n";
        let lead = "a: 1\n{{- if .Values.b }}\nb: 2\n{{- end }}\n";
        let conflict = "a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> other\n";
        let map_braces = "metadata:\n  name: {{ name }}\n";
        for (text, problem, at) in [
            (braces, Problem::Template, (3, 10)),
            (lead, Problem::Template, (2, 1)),
            (map_braces, Problem::Template, (2, 9)),
            (conflict, Problem::ConflictMarker, (2, 1)),
            ("a: 1\n---x\n", Problem::Separator, (2, 1)),
            ("a: \u{1}\n", Problem::ControlCharacter(1), (1, 4)),
            ("a: *b\n", Problem::UnknownAnchor, (1, 4)),
            ("a: &b [*b]\n", Problem::AnchorInItself, (1, 8)),
            ("a: !!int x\n", Problem::Tag("!!int"), (1, 10)),
            ("? [a]\n: b\n", Problem::Key("a sequence"), (1, 3)),
            ("a: .inf\n", Problem::NotFinite, (1, 4)),
            ("a: 1\n<<: 2\n", Problem::Merge, (2, 5)),
        ] {
            let error = Stream::parse(text.as_bytes(), Dialect::Kubectl).error.expect(text);
            assert_eq!((&error.problem, place(text, error.at)), (&problem, at), "{text:?}");
        }
        let error = Stream::parse(b"a: \xff", Dialect::Kubectl).error.expect("bytes that are no text");
        assert_eq!(error.message(), "byte 3 is not UTF-8 text");
    }

    #[test]
    fn nodes_have_the_place_of_their_source() {
        let text = "# é\na: &x [1, 'b']\nc: *x\nd: |+ # c\n  e\n\nf: {g: h}\ni:\n  - j\n";
        let stream = Stream::parse(text.as_bytes(), Dialect::Kubectl);
        let root = &stream.documents[0].root;
        let source = |path: &[&str]| root.at(path).map(|node| &text[node.span.range()]);
        for (path, expected) in [
            (&["a"][..], "[1, 'b']"),
            (&["c"], "*x"),
            (&["d"], "|+ # c\n  e\n\n"),
            (&["f"], "{g: h}"),
            (&["f", "g"], "h"),
            (&["i"], "- j"),
        ] {
            assert_eq!(source(path), Some(expected));
        }
        assert_eq!(
            root.get("c").and_then(|items| items.items().last()).map(|item| &text[item.span.range()]),
            Some("*x")
        );
        let comments: Vec<_> = stream.comments.iter().map(|comment| &text[comment.range()]).collect();
        assert_eq!(comments, ["# é", "# c"]);
    }
}
