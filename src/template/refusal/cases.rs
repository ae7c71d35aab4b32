use super::*;
use crate::kubernetes::Version;
use crate::yaml::{Dialect, Stream};
use std::io::Read as _;

/// The vectors are updates of workloads as people and machines write them, wrong ones among them.
#[test]
fn what_is_not_suspect_is_refused_by_no_version() {
    let packed = include_bytes!("../../../tests/golden/pairs.jsonl.gz");
    let mut text = String::new();
    flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut text).unwrap();
    let (mut refused, mut plain) = (0, 0);
    for line in text.lines() {
        let stream = Stream::parse(line.as_bytes(), Dialect::Kubectl);
        for side in ["a", "b"] {
            let object = stream.documents[0].root.get(side).unwrap();
            let template = Template::decode(object);
            let kind = object.get("kind").and_then(Node::as_str).and_then(Kind::of).unwrap();
            let of = |version: Version| examined(kind, object, &template, version.into());
            let found: Vec<Refusal> = Version::all().flat_map(of).collect();
            let is_suspect = may_be_refused(object, &template);
            assert!(is_suspect || found.is_empty(), "{} of {line}", found[0]);
            refused += usize::from(!found.is_empty());
            plain += usize::from(!is_suspect);
        }
    }
    assert!(refused > 20 && plain > 20, "{refused} are refused, {plain} are plain");
}
