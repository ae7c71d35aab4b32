//! What is read in one go is what the parser reads: of what is written by hand, of manifests, and of mutated ones.

use super::read;
use crate::yaml::syntax::parsed;
use crate::yaml::{Dialect, Span};
use std::fs;

fn whole(text: &str) -> Span {
    Span::new(0, text.len())
}

/// Holds what is read here against what the parser reads.
fn is_read(text: &str) -> bool {
    let Some(read) = read(text, whole(text)) else { return false };
    for dialect in [Dialect::Kubectl, Dialect::Kustomize] {
        match parsed(text, whole(text), dialect) {
            Ok(parsed) => {
                let both = [format!("{:?}", read.comments), format!("{:?}", parsed.comments)];
                assert_eq!(both[0], both[1], "{text:?}");
                for (one, other) in read.items.iter().zip(&parsed.items) {
                    assert_eq!(format!("{one:?}"), format!("{other:?}"), "{text:?}");
                }
                assert_eq!(read.items.len(), parsed.items.len(), "{text:?}");
                assert!(parsed.dropped.is_none() && !parsed.masked, "{text:?}");
            }
            Err(error) => panic!("{text:?}: {error:?}"),
        }
    }
    true
}

#[test]
fn what_is_usual_is_read() {
    for text in [
        "a: 1\n",
        "a: 1",
        "# c\n\na: b # d\n  # e\nf:\n  g: h\n",
        "---\na: b\n",
        "a:\n- b\n- c: d\n  e: f\n-\n  g: h\n- - i\n  - j\nk: l\n",
        "'a b': \"c: #\"\n\"d\": 'it''s'\ne: \"\\\"x\\\" \\\\ \\n\"\n",
        "a: []\nb: {}\nc: [1, 'x, y', {d: e:f}]\nd: { a: b, c: [--d=1, -e] }  # f\n",
        "a: |\n  b\n   c\n\n  d\n\n\ne: |-\n  f\n\ng: |+\n h\n\n",
        "args:\n- |\n  one\n    two\n- three: |\n    four\n# five\n",
        "é: ü # ß\n",
        "a: nginx:1.27@sha256:ab\nb: -c\nd: a#b\ne: x - y, {z}\n",
        "# nothing\n",
        "",
    ] {
        assert!(is_read(text), "{text:?}");
    }
}

#[test]
fn what_is_unusual_is_left_to_the_parser() {
    for text in [
        "a:\nb: 1\n",
        "a: &b c\n",
        "a: !!str 1\n",
        "? a\n: b\n",
        "a: b\n  c\n",
        "a: >\n  b\n",
        "a: |2\n  b\n",
        "a\n",
        "- a\n b: c\n",
        "a: b: c\n",
        "a: \"b\n  c\"\n",
        "a: [b,\n  c]\n",
        "a: 'b'c\n",
        "a : b\n",
        "a:\tb\n",
        "a: b\r\n",
        "---\n",
        "a: b\n...\n",
        "a: {b}\n",
        "a: *b\n",
        "a: {\"b\":1}\n",
        "a: {{ b }}\n",
        "  a: b\nc: d\n",
        "a: \"\\u0041\"\n",
        "a: |\n\n  b\n",
        "a: |\n    b\n  c\n",
        "%YAML 1.1\n---\na: b\n",
    ] {
        assert!(!is_read(text), "{text:?}");
    }
}

const MUTATIONS: usize = 10_000;
const INDICATORS: &[u8] = b"\n\n  :-?#&*!|>'\"%@`{}[],\\~0<.a";

/// Vigna's xorshift64*, as in `tests/mutations.rs`.
fn below(state: &mut u64, bound: usize) -> usize {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    usize::try_from(state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).expect("31 bits fit") % bound.max(1)
}

#[test]
fn whatever_is_read_is_read_as_by_the_parser() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/manifests");
    let mut paths: Vec<_> = fs::read_dir(folder).expect(folder).map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let texts: Vec<String> = paths.iter().map(|path| fs::read_to_string(path).expect("a manifest")).collect();
    let chunk = |text: &String| text.split("\n---").next().map_or_else(String::new, |text| format!("{text}\n"));
    let texts: Vec<String> = texts.iter().map(chunk).collect();
    let plain = texts.iter().filter(|text| is_read(text)).count();
    assert!(plain * 3 > texts.len(), "only {plain} of {} are read", texts.len());
    let mut random = 0x9e37_79b9_7f4a_7c15;
    let mut read = 0;
    for _ in 0..MUTATIONS {
        let lines: Vec<&str> = texts[below(&mut random, texts.len())].split_inclusive('\n').collect();
        let first = below(&mut random, lines.len());
        let mut text = lines[first..(first + 1 + below(&mut random, 12)).min(lines.len())].concat();
        for _ in 0..below(&mut random, 3) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let at = places[below(&mut random, places.len())];
            match below(&mut random, 3) {
                0 if at < text.len() => drop(text.remove(at)),
                1 => {
                    let end = places[below(&mut random, places.len())];
                    let copied = text[at.min(end)..at.max(end)].to_owned();
                    text.insert_str(at, &copied);
                }
                _ => text.insert(at, char::from(INDICATORS[below(&mut random, INDICATORS.len())])),
            }
        }
        // The splitter would cut there.
        if !text.contains("\n---") {
            read += usize::from(is_read(&text));
        }
    }
    assert!(read * 10 > MUTATIONS, "only {read} of {MUTATIONS} are read");
}
