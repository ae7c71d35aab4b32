//! No panic on what nobody would write: golden inputs and manifests, with bytes flipped, spliced, doubled and deleted.
//! `ROLLBOOK_MUTATIONS` says how many; the same number gives the same inputs.

use rollbook::kubernetes::Version;
use rollbook::manifest;
use rollbook::template::Template;
use rollbook::yaml::{Dialect, LineIndex, Node, Stream, Versions, line_text};
use std::fs;

const DEFAULT: usize = 20_000;

const MANIFESTS: &[&str] = &[
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  annotations: {kubernetes.io/change-cause: new}\nspec:\n  replicas: 3\n  selector: &labels\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web} # c\n    spec:\n      containers:\n      - name: web\n        image: nginx:1.27\n        resources: {limits: {cpu: 1_000m, memory: 1Gi}}\n        command: [\"/bin/sh\", '-c', \"a\\tb\"]\n        args:\n        - |\n          one\n            two\n        - >-\n          folded\n          text\n",
    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {}\ndata: {a: aGVsbG8=}\nstringData:\n  b: !!binary aGVsbG8=\n---\napiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: p}}\n...\nrest\n",
    "{\"apiVersion\": \"batch/v1\", \"kind\": \"CronJob\", \"metadata\": {\"name\": \"c\"}, \"spec\": {\"jobTemplate\": {\"spec\": {\"template\": {\"spec\": {\"containers\": [{\"image\": \"a\\u0041\", \"name\": \"\\ud83d\\ude00\"}]}}}}}}\n{\"a\": 1e3}\n",
    "x: &x {a: 1, b: [1, 2]}\ny:\n  <<: [*x, {c: 2026-11-22}]\n? complex\n: - - nested\n  - ? k\n    : v\n",
];

const INDICATORS: &[u8] = b"\t\n\r :-?#&*!|>'\"%@`{}[],\\~0<.";

/// Vigna's xorshift64*.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let next = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d);
        usize::try_from(next >> 33).expect("31 bits fit") % bound.max(1)
    }

    fn span(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..(start + self.below(24)).min(length)
    }
}

fn corpus() -> Vec<Vec<u8>> {
    let vectors = [include_str!("golden/yaml/kubectl.jsonl"), include_str!("golden/yaml/kustomize.jsonl")];
    let inputs = vectors.iter().flat_map(|text| text.lines()).map(|line| {
        let vector = Stream::parse(line.as_bytes(), Dialect::Kubectl).documents.remove(0).root;
        vector.get("input").and_then(Node::as_str).expect("a vector has an input").as_bytes().to_vec()
    });
    let manifests = || MANIFESTS.iter().map(|text| text.as_bytes().to_vec());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/manifests");
    let mut paths: Vec<_> = fs::read_dir(folder).expect(folder).map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let golden = paths.iter().map(|path| fs::read(path).expect("a manifest"));
    let deployments: Vec<Vec<u8>> = golden.collect();
    let deployments = (0..8).flat_map(|_| deployments.clone()).collect::<Vec<_>>();
    inputs.chain((0..100).flat_map(|_| manifests())).chain(deployments).collect()
}

fn mutate(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut text = corpus[random.below(corpus.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(text.len() + 1);
        match random.below(5) {
            0 if at < text.len() => text[at] ^= 1 << random.below(8),
            1 => drop(text.drain(random.span(text.len()))),
            2 => {
                let copied = text[random.span(text.len())].to_vec();
                text.splice(at..at, copied);
            }
            3 => {
                let other = &corpus[random.below(corpus.len())];
                text.splice(at..at, other[random.span(other.len())].to_vec());
            }
            _ => text.insert(at, INDICATORS[random.below(INDICATORS.len())]),
        }
    }
    text
}

/// What reads a text: each must come back, whatever the text.
const READERS: &[fn(&[u8])] = &[
    |text| whole_places(text, Dialect::Kubectl),
    |text| whole_places(text, Dialect::Kustomize),
    templates,
    |text| drop(manifest::read(text, Dialect::Kustomize)),
];

/// Decodes the template of each object, and sees it as every version does.
fn templates(text: &[u8]) {
    for object in manifest::read(text, Dialect::Kubectl).objects {
        let template = Template::decode(object.node());
        let _ = (template.canonical(), object.to_json());
        for version in Version::all() {
            let view = template.view(version);
            if let Ok(hash) = view.hash(Some(1)) {
                let name = hash.replica_set_name(&object.identity.name, version);
                assert!(name.ends_with(&hash.to_string()));
                assert!(view.dump().is_ok() && view.explain().is_ok());
            }
        }
        for finding in template.findings() {
            assert!(text.get(finding.span.range()).is_some(), "{finding}");
        }
    }
}

/// Reads, and looks at every place that came of it.
fn whole_places(text: &[u8], dialect: Dialect) {
    let stream = Stream::parse(text, dialect);
    let index = LineIndex::new(text);
    let errors = stream.error.iter().map(|error| error.at);
    let documents = stream.documents.iter().flat_map(|document| [document.span, document.root.span]);
    let places = errors.chain(stream.warnings.iter().map(|warning| warning.at)).chain(documents);
    for place in places.chain(stream.comments.iter().copied()) {
        assert!(place.start <= place.end && text.get(place.range()).is_some(), "{place:?} of {} bytes", text.len());
        let position = index.position(place.start as usize);
        assert_eq!(index.line(position.line), Some(line_text(text, place.start as usize)));
    }
    if let Ok(text) = std::str::from_utf8(text) {
        assert!(stream.comments.iter().all(|comment| text[comment.range()].starts_with('#')));
    }
}

/// What a scalar may become, harmless and not.
const WORDS: &[&str] = &[
    "a",
    "1",
    "1.28.0",
    "web:1.27",
    "registry.example.org:5000/web@sha256:0f",
    "--log-level=debug",
    "two words",
    "a,b",
    "yes",
    "no",
    "true",
    "null",
    "~",
    "0644",
    "1e3",
    ".5",
    ".inf",
    "1_000",
    "2026-11-22",
    "2026-11-22T10:00:00Z",
    "<<",
    "",
    " ",
    "-",
    "- a",
    "---",
    "...",
    "--- a",
    "a: b",
    "a:",
    ": a",
    ":a",
    "a #b",
    "a#b",
    "#",
    "*x",
    "&x a",
    "!!int 1",
    "!!str",
    "|",
    ">-",
    "[a]",
    "{a: b}",
    "a]",
    "a}",
    "'a'",
    "'it''s'",
    "\"a\"",
    "\"\\u0041\"",
    "\"",
    "'",
    "\\",
    "é",
    "\u{2028}",
    "a\tb",
    "\ta",
    "a\n b",
    "a\nb: c",
    "a\r",
    "%YAML 1.2",
    "@a",
    "`a`",
    "?",
    "? a",
    "a?",
    "=",
];

/// Words exchanged for others, and single bytes changed: what people do to a manifest, and a little more.
fn edit(text: &[u8], random: &mut Random) -> Vec<u8> {
    let mut text = text.to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(text.len() + 1);
        let ends = |byte: &u8| !byte.is_ascii_alphanumeric();
        let end = text[at..].iter().position(ends).map_or(text.len(), |length| at + length);
        let start = text[..at].iter().rposition(ends).map_or(0, |before| before + 1);
        match random.below(8) {
            0 => text.insert(at, INDICATORS[random.below(INDICATORS.len())]),
            1 if at < text.len() => drop(text.remove(at)),
            2 => text.insert(at, b'7'),
            3 if at < text.len() => text[at] = b'0',
            _ if start < end => drop(text.splice(start..end, WORDS[random.below(WORDS.len())].bytes())),
            _ => {}
        }
    }
    text
}

/// A text and nine more, each made of the one before or of one of the corpus.
fn versions(corpus: &[Vec<u8>], random: &mut Random) -> Vec<Vec<u8>> {
    let mut texts = vec![corpus[random.below(corpus.len())].clone()];
    while texts.len() < 10 {
        let whole =
            texts.iter().rfind(|text| Stream::parse(text, Dialect::Kubectl).error.is_none()).unwrap_or(&texts[0]);
        let next = match random.below(20) {
            0 => mutate(corpus, random),
            _ => edit(whole, random),
        };
        texts.push(next);
    }
    texts
}

#[test]
fn versions_are_read_as_each_by_itself() {
    let count = std::env::var("ROLLBOOK_MUTATIONS").map_or(DEFAULT, |count| count.parse().expect("a number"));
    let corpus = corpus();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..count / 40 {
        let texts = versions(&corpus, &mut random);
        for dialect in [Dialect::Kubectl, Dialect::Kustomize] {
            let mut versions = Versions::new(dialect);
            for (number, text) in texts.iter().enumerate() {
                let (next, by_itself) =
                    (format!("{:?}", versions.parse(text)), format!("{:?}", Stream::parse(text, dialect)));
                let shown = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
                let before = number.checked_sub(1).map(|before| shown(&texts[before])).unwrap_or_default();
                assert!(next == by_itself, "{dialect:?}\n{before:?}\n{:?}\n{next}\n{by_itself}", shown(text));
            }
        }
    }
}

#[test]
fn no_mutation_makes_a_reader_panic() {
    let count = std::env::var("ROLLBOOK_MUTATIONS").map_or(DEFAULT, |count| count.parse().expect("a number"));
    let corpus = corpus();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for _ in 0..count {
        let text = mutate(&corpus, &mut random);
        let read = std::panic::catch_unwind(|| READERS.iter().for_each(|read| read(&text)));
        assert!(read.is_ok(), "a reader panics on {:?}", String::from_utf8_lossy(&text));
    }
}
