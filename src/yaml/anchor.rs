//! Anchors and their aliases, for whoever changes a text: nodes have them filled in.

use std::collections::HashMap;

use super::compose::compose_item;
use super::syntax::{Kind, Read};
use super::{Dialect, Node, Span, Stream};

/// An anchor, what it is set on, and where that stands again.
#[derive(Clone)]
pub(crate) struct Anchor {
    pub name: String,
    /// The place of `&name`.
    pub at: Span,
    pub value: Node,
    /// The places of `*name`, in the order of the text.
    pub aliases: Vec<Span>,
}

/// The anchors of a text, document by document; of one that cannot be read, as far as it was.
pub(crate) fn anchors(text: &[u8], dialect: Dialect) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    Stream::parse_with(text, dialect, |_, read| anchors.extend(of_chunk(text, &read, dialect)));
    anchors
}

fn of_chunk(text: &[u8], read: &Read<'_>, dialect: Dialect) -> Vec<Anchor> {
    let mut aliases: HashMap<usize, Vec<Span>> = HashMap::new();
    for item in &read.items {
        if let Kind::Alias(target) = item.kind {
            aliases.entry(target).or_default().push(item.span);
        }
    }
    let anchor = |&(item, at): &(usize, Span)| {
        Some(Anchor {
            name: String::from_utf8_lossy(&text[at.range()]).trim_start_matches('&').to_owned(),
            at,
            value: compose_item(&read.items, item, dialect, &mut Vec::new()).ok()?,
            aliases: aliases.remove(&item).unwrap_or_default(),
        })
    };
    read.anchors.iter().filter_map(anchor).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::json_text;

    #[test]
    fn an_anchor_has_its_value_and_its_aliases() {
        let text =
            "a: &x !!map # c\n  b: &y 1\nc: *x\nd: [*y, &x 'e', *x]\n&k f: *k\n--- \ng: &x {h: i}\nj:\n  <<: *x\n";
        let found = anchors(text.as_bytes(), Dialect::Kubectl);
        let shown = |anchor: &Anchor| {
            let aliases: Vec<_> = anchor.aliases.iter().map(|alias| alias.start).collect();
            (anchor.name.clone(), text[anchor.at.range()].to_owned(), json_text(&anchor.value), aliases)
        };
        let expected = [
            ("x", "&x", "{\"b\":1}", &["*x\nd"][..]),
            ("y", "&y", "1", &["*y"]),
            ("x", "&x", "\"e\"", &["*x]"]),
            ("k", "&k", "\"f\"", &["*k"]),
            ("x", "&x", "{\"h\":\"i\"}", &["*x\n"]),
        ];
        for (index, (anchor, (name, at, value, aliases))) in found.iter().zip(expected).enumerate() {
            let from = if index == 4 { text.find("<<").unwrap() } else { 0 };
            let places = aliases.iter().map(|alias| u32::try_from(from + text[from..].find(alias).unwrap()).unwrap());
            assert_eq!(shown(anchor), (name.to_owned(), at.to_owned(), value.to_owned(), places.collect()));
        }
        assert_eq!(found.len(), 5);
    }
}
