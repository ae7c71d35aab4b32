//! Short values that stand for nodes where many are compared with many.

use crate::yaml::{Node, Value};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Hashes of nodes, equal where the nodes are, whatever the order of their keys. Unequal nodes may share one, if somebody
/// takes the trouble: what is paired by it is compared all the same.
#[derive(Default)]
pub(super) struct Fingerprints {
    /// Of mappings and lists by their address, so that no node is hashed twice however deep it is.
    known: HashMap<*const Node, u64>,
}

impl Fingerprints {
    /// The hash of a node, which must not move while these are kept.
    pub fn of(&mut self, node: &Node) -> u64 {
        let holder = matches!(node.value, Value::Sequence(_) | Value::Mapping(_));
        if holder && let Some(&known) = self.known.get(&std::ptr::from_ref(node)) {
            return known;
        }
        let hash = self.compute(node);
        if holder {
            self.known.insert(node, hash);
        }
        hash
    }

    fn compute(&mut self, node: &Node) -> u64 {
        match &node.value {
            Value::Null => hash(0, ()),
            Value::Bool(value) => hash(1, value),
            Value::Int(number) => hash(2, number),
            // Zero has two signs, which are equal.
            Value::Float(number) => hash(3, if *number == 0.0 { 0 } else { number.to_bits() }),
            Value::String(text) => hash(4, text),
            Value::Sealed(secret) => hash(5, secret),
            Value::Sequence(items) => {
                let hashes = items.iter().map(|item| self.of(item));
                hash(6, hashes.collect::<Vec<_>>())
            }
            Value::Mapping(entries) => {
                let entries = entries.iter().map(|entry| hash(7, (&entry.key, self.of(&entry.value))));
                hash(8, entries.fold(0, u64::wrapping_add))
            }
        }
    }
}

fn hash(kind: u8, value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, value).hash(&mut hasher);
    hasher.finish()
}
