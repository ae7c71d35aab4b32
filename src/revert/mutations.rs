//! Real manifests, changed at random: whatever can be read gives a plan that holds, or a reason.

use super::Plan;
use crate::manifest::{self, Object};
use crate::template::Template;
use crate::yaml::{Dialect, Document, Node, Stream};
use std::fs;

const MUTATIONS: usize = 3_000;
const PIECES: &[&str] = &[
    "\n", "  ", " ", "- ", ": ", "#", "&x ", "*x", "*x\n", "|+\n", ">\n", "'", "\"", "{", "}", "[", "]", ",", "\r\n",
    "é", "\t",
];

/// Vigna's xorshift64*, as in `tests/mutations.rs`.
fn below(state: &mut u64, bound: usize) -> usize {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    usize::try_from(state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).expect("31 bits fit") % bound.max(1)
}

fn mutated(text: &str, random: &mut u64) -> String {
    let mut text = text.to_owned();
    for _ in 0..below(random, 4) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let at = places[below(random, places.len())];
        match below(random, 4) {
            0 if at < text.len() => drop(text.remove(at)),
            1 => {
                let end =
                    places[(below(random, 60) + places.partition_point(|&place| place < at)).min(places.len() - 1)];
                let copied = text[at..end].to_owned();
                text.insert_str(places[below(random, places.len())], &copied);
            }
            _ => text.insert_str(at, PIECES[below(random, PIECES.len())]),
        }
    }
    text
}

fn workloads(text: &str) -> Vec<Object> {
    let objects = manifest::read(text.as_bytes(), Dialect::Kubectl).objects;
    objects.into_iter().filter(|object| object.template().is_some()).collect()
}

#[test]
fn whatever_can_be_read_gives_a_plan_that_holds_or_a_reason() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/manifests");
    let mut paths: Vec<_> = fs::read_dir(folder).expect(folder).map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let texts = paths.iter().map(|path| fs::read_to_string(path).expect("a manifest"));
    let texts: Vec<String> = texts.filter(|text| text.len() < 20_000 && !workloads(text).is_empty()).collect();
    let mut random = 0x9e37_79b9_7f4a_7c15;
    let (mut plans, mut refusals) = (0, 0);
    for _ in 0..MUTATIONS {
        let text = &texts[below(&mut random, texts.len())];
        let (today, old) = (mutated(text, &mut random), mutated(text, &mut random));
        let olds = workloads(&old);
        for Object { identity, .. } in workloads(&today) {
            let Some(old_object) = olds.iter().rev().find(|object| object.identity == identity) else { continue };
            let Ok(plan) = Plan::template(today.as_bytes(), old.as_bytes(), &identity) else {
                refusals += 1;
                continue;
            };
            plans += 1;
            let canonical = |object: &Object| Template::decode(object.template_holder()).canonical();
            let objects = manifest::read(plan.bytes(), Dialect::Kubectl).objects;
            let new = objects.into_iter().rev().find(|object| object.identity == identity);
            let new = new.unwrap_or_else(|| panic!("{identity:?} is gone\n{today}\n=====\n{old}"));
            assert!(canonical(&new) == canonical(old_object), "{today}\n=====\n{old}");
            let again = Plan::template(plan.bytes(), today.as_bytes(), &identity);
            if let Ok(again) = again
                && plan.notes().is_empty()
                && again.notes().is_empty()
            {
                assert!(again.bytes() == today.as_bytes(), "{today}\n=====\n{old}");
            }
        }
    }
    assert!(plans > 9 * refusals && plans > MUTATIONS / 10, "{plans} plans, {refusals} refusals");
}

/// Overlays with images as people write them.
const OVERLAYS: &[&str] = &[
    "resources: [../base]\nimages:\n- name: web\n  newTag: 1.5.0 # good\n- name: db\n  newTag: '3'\n",
    "images:\n  - {name: web, newName: example.com/web, digest: 'sha256:ab'}\n  - {name: db, newTag: \"3\"}\nnamePrefix: a-\n",
    "x: &tag 1.6.0\nimages:\r\n    -   newTag: *tag\r\n        name: web\r\n    - name: db\r\n      newTag: *tag\r\n",
    "{\"images\": [{\"name\": \"web\", \"newTag\": \"2\"}, {\"name\": \"db\"}]}",
    "# Only one.\nimages:\n# the front end\n- name: web\n\n  newTag: >-\n    2.0.0\n",
    "imageTags:\n- name: web\n  newTag: 1\n",
];

#[test]
fn an_entry_of_images_goes_back_alone_or_there_is_a_reason() {
    let mut random = 0x2545_f491_4f6c_dd1d;
    let (mut plans, mut refusals) = (0, 0);
    for _ in 0..MUTATIONS {
        let [today, old] = [(); 2].map(|()| mutated(OVERLAYS[below(&mut random, OVERLAYS.len())], &mut random));
        let Ok(plan) = Plan::image(today.as_bytes(), old.as_bytes(), "web") else {
            refusals += 1;
            continue;
        };
        plans += 1;
        let read = |text: &[u8]| Stream::parse(text, Dialect::Kubectl).documents;
        let [before, then, after] = [today.as_bytes(), old.as_bytes(), plan.bytes()].map(read);
        let entry = |documents: &[Document], name: &str| {
            let lists =
                documents.iter().flat_map(|document| ["images", "imageTags"].map(|list| document.root.get(list)));
            let is_its = |entry: &&Node| entry.get("name").and_then(Node::as_str) == Some(name);
            lists.flatten().flat_map(Node::items).find(is_its).cloned()
        };
        assert_eq!(entry(&after, "web"), entry(&then, "web"), "{today}\n=====\n{old}");
        assert_eq!(entry(&after, "db"), entry(&before, "db"), "{today}\n=====\n{old}");
        assert_eq!(after.len(), before.len());
    }
    assert!(plans > MUTATIONS / 10, "{plans} plans, {refusals} refusals");
}
