//! The YAML room against what kubectl and kustomize have answered, and the limits it keeps.

use std::time::{Duration, Instant};

use rollbook::manifest::to_json;
use rollbook::yaml::{Dialect, MAX_DEPTH, Problem, Stream};
use serde_json::{Value, json};

/// One vector: an input, and what the tool made of it.
#[derive(serde::Deserialize)]
struct Vector {
    id: String,
    input: String,
    docs: Vec<Value>,
    error: Option<String>,
}

/// Vectors in which this reader differs from the tool, by id, each with its reason: at most ten a dialect.
const EXCEPTIONS: &[(Dialect, &str, &str)] = &[];

/// serde_json stops at a depth of 128, and a vector is deeper.
fn vectors(text: &str) -> Vec<Vector> {
    let vector = |line: &str| {
        let line = Stream::parse(line.as_bytes(), Dialect::Kubectl).documents.remove(0).root;
        serde_json::from_value(to_json(&line)).expect("a vector has an id, an input and documents")
    };
    text.lines().map(vector).collect()
}

/// Numbers are equal by value: the tool's `1` is `1.0` here where it was a float, and 64 bits are a float64's.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

fn documents(stream: &Stream) -> Vec<Value> {
    stream.documents.iter().map(|document| to_json(&document.root)).collect()
}

fn disagreement(vector: &Vector, dialect: Dialect) -> Option<String> {
    let stream = Stream::parse(vector.input.as_bytes(), dialect);
    let read = Value::Array(documents(&stream));
    let agrees = stream.error.is_some() == vector.error.is_some() && same(&read, &Value::Array(vector.docs.clone()));
    let Vector { id, input, docs, error } = vector;
    (!agrees).then(|| format!("{id}: {input:?}\n  tool: {docs:?} {error:?}\n  here: {read} {:?}", stream.error))
}

fn agrees_with(text: &str, dialect: Dialect) {
    let excepted = |vector: &&Vector| EXCEPTIONS.iter().any(|(d, id, _)| *d == dialect && *id == vector.id);
    let vectors = vectors(text);
    let wrong: Vec<_> =
        vectors.iter().filter(|vector| !excepted(vector)).filter_map(|vector| disagreement(vector, dialect)).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), vectors.len(), wrong.join("\n"));
    assert!(vectors.iter().filter(excepted).all(|vector| disagreement(vector, dialect).is_some()));
}

#[test]
fn every_vector_of_kubectl_agrees() {
    agrees_with(include_str!("golden/yaml/kubectl.jsonl"), Dialect::Kubectl);
}

#[test]
fn every_vector_of_kustomize_agrees() {
    agrees_with(include_str!("golden/yaml/kustomize.jsonl"), Dialect::Kustomize);
}

/// What a text is in each dialect; `None` is an error.
type Row = (&'static str, Option<Value>, Option<Value>);

fn one(text: &str, dialect: Dialect) -> Option<Value> {
    let stream = Stream::parse(text.as_bytes(), dialect);
    match stream.error {
        Some(_) => None,
        None => Some(documents(&stream).pop().unwrap_or(Value::Null)),
    }
}

fn both(value: Value) -> [Option<Value>; 2] {
    [Some(value.clone()), Some(value)]
}

fn row(text: &'static str, [kubectl, kustomize]: [Option<Value>; 2]) -> Row {
    (text, kubectl, kustomize)
}

#[test]
fn the_dialects_differ_where_the_tools_do() {
    let bool_or = |word: &str, value: bool| [Some(json!({"v": {"a": value}})), Some(json!({"v": {"a": word}}))];
    let string_or = |word: &str, other: Value| [Some(json!({"v": {"a": word}})), Some(json!({"v": {"a": other}}))];
    let kubectl_only = |value: Value| [Some(value), None];
    let rows = [
        row("v: {a: yes}", bool_or("yes", true)),
        row("v: {a: no}", bool_or("no", false)),
        row("v: {a: on}", bool_or("on", true)),
        row("v: {a: off}", bool_or("off", false)),
        row("v: {a: y}", bool_or("y", true)),
        row("v: {a: n}", bool_or("n", false)),
        row("v: {y: 1}", [Some(json!({"v": {"true": 1}})), Some(json!({"v": {"y": 1}}))]),
        row("v: {on: 1}", [Some(json!({"v": {"true": 1}})), Some(json!({"v": {"on": 1}}))]),
        row("v: {a: 0644}", both(json!({"v": {"a": 420}}))),
        row("v: {a: [0o17, 0x1F, 0b101]}", both(json!({"v": {"a": [15, 31, 5]}}))),
        row("v: {a: 1_000}", both(json!({"v": {"a": 1000}}))),
        row("v: {a: 08}", both(json!({"v": {"a": 8}}))),
        row("v: {a: 1:30}", both(json!({"v": {"a": "1:30"}}))),
        row("v: {a: 2026-11-22}", string_or("2026-11-22", json!("2026-11-22T00:00:00Z"))),
        row("v: {1: x}", kubectl_only(json!({"v": {"1": "x"}}))),
        row("v: {1.5: x}", kubectl_only(json!({"v": {"1.5": "x"}}))),
        row("2: x", both(json!({"2": "x"}))),
        row("v: {true: x}", kubectl_only(json!({"v": {"true": "x"}}))),
        row("v: {2026-11-22: x}", kubectl_only(json!({"v": {"2026-11-22": "x"}}))),
        row("v: {.inf: x}", kubectl_only(json!({"v": {".inf": "x"}}))),
        row("v: {a: ! 12}", string_or("12", json!(12))),
        row("v: {a: !!bool yes}", kubectl_only(json!({"v": {"a": true}}))),
        row("x: &x {c: 1}\nv: {<<: *x}", both(json!({"x": {"c": 1}, "v": {"c": 1}}))),
        row(
            "x: &x {c: 1}\nv: {c: 2, <<: *x}",
            [Some(json!({"x": {"c": 1}, "v": {"c": 1}})), Some(json!({"x": {"c": 1}, "v": {"c": 2}}))],
        ),
        row("v: {a: 1, a: 2}", kubectl_only(json!({"v": {"a": 2}}))),
        row("v: {a: 18446744073709551616}", both(json!({"v": {"a": 18446744073709551616.0}}))),
        row("v: {a: [1E400, 12e03456]}", both(json!({"v": {"a": ["1E400", "12e03456"]}}))),
        row("v:\n  a: [NULL, Null, ~]", both(json!({"v": {"a": [null, null, null]}}))),
        row("v:\n  a:\t1", both(json!({"v": {"a": 1}}))),
        row("--- {a: 1}", [None, Some(json!({"a": 1}))]),
        row("--- !tag\na: 1", [None, Some(json!({"a": 1}))]),
        row("a: 1\n...\nb: 2", both(json!({"a": 1}))),
        row("a: 1\n---\n---\n", both(json!({"a": 1}))),
        row("\u{feff}a: 1", both(json!({"a": 1}))),
        row("a: 1\n---\n\u{feff}b: 2", both(json!({"b": 2}))),
        row("v: {~: 1}", [None, None]),
        row("v: {a: .nan}", [None, None]),
        row("{\"v\": \"\\/\"}", both(json!({"v": "/"}))),
        row("- \"\\/\"", [None, Some(json!(["/"]))]),
    ];
    for (text, kubectl, kustomize) in rows {
        for (dialect, expected) in [(Dialect::Kubectl, kubectl), (Dialect::Kustomize, kustomize)] {
            let read = one(text, dialect);
            let agrees = match (&read, &expected) {
                (Some(read), Some(expected)) => same(read, expected),
                (None, None) => true,
                _ => false,
            };
            assert!(agrees, "{dialect:?} {text:?}: {read:?}, expected {expected:?}");
        }
    }
}

fn problem(text: &[u8]) -> Option<Problem> {
    Stream::parse(text, Dialect::Kubectl).error.map(|error| error.problem)
}

#[test]
fn a_hostile_text_ends_in_a_clear_error_at_once() {
    let laughs: String =
        (1..20).map(|n| format!("l{n}: &l{n} [{}]\n", vec![format!("*l{}", n - 1); 10].join(", "))).collect();
    let started = Instant::now();
    assert_eq!(problem(format!("l0: &l0 x\n{laughs}").as_bytes()), Some(Problem::TooManyAliases));
    for opening in ["[", "{\"a\":", "{a: ", "- "] {
        assert_eq!(problem(opening.repeat(100_000).as_bytes()), Some(Problem::TooDeep), "{opening}");
    }
    let indented: String = (0..2000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_eq!(problem(indented.as_bytes()), Some(Problem::TooDeep));
    let nested = |n| format!("l{n}: &l{n} {}*l{}{}\n", "[".repeat(600), n - 1, "]".repeat(600));
    let chained: String = (1..100).map(nested).collect();
    assert_eq!(problem(format!("l0: &l0 x\n{chained}").as_bytes()), Some(Problem::TooDeep));
    let merged: String = (1..3000).map(|n| format!("l{n}: &l{n} {{<<: *l{}}}\n", n - 1)).collect();
    assert!(problem(format!("l0: &l0 {{a: 1}}\n{merged}").as_bytes()).is_some());
    let huge = vec![b'a'; 200 << 20];
    assert_eq!(problem(&huge), Some(Problem::TooLarge(200 << 20)));
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[test]
fn the_deepest_value_fits_on_a_small_stack() {
    let text = format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
    let deep = std::thread::Builder::new().stack_size(2 << 20).spawn(move || {
        let stream = Stream::parse(text.as_bytes(), Dialect::Kubectl);
        assert_eq!(stream.error, None);
        assert_eq!(stream, stream.clone());
        assert!(format!("{stream:?}").len() > MAX_DEPTH && documents(&stream).len() == 1);
    });
    deep.expect("a thread").join().expect("no overflow");
}

#[test]
fn many_keys_cost_no_more_than_their_number() {
    let text: String = (0..200_000).map(|n| format!("key{n}: {n}\n")).collect();
    let started = Instant::now();
    let stream = Stream::parse(text.as_bytes(), Dialect::Kubectl);
    let turned: String = (0..200_000).rev().map(|n| format!("key{n}: {n}\n")).collect();
    assert!(stream.documents[0].root == Stream::parse(turned.as_bytes(), Dialect::Kubectl).documents[0].root);
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}
