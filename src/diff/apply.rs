//! Changes back onto the object that they were found in: the proof that they tell all.

use super::path::{Path, Step};
use super::{Change, Op};
use crate::yaml::{Entry, Node, Value};
use std::collections::HashMap;

/// A change that does not fit the object.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not as the change at it says", path.escape_debug())]
pub struct Mismatch {
    /// The place, as [`Path::shown`] tells it.
    pub path: String,
}

impl Mismatch {
    fn at(path: &Path) -> Self {
        Mismatch { path: path.shown().as_str().to_owned() }
    }
}

/// Makes of the old node what the new one was, all but the order of keys. `changes` are all that one comparison gave.
///
/// # Errors
/// A change whose place is not there.
pub fn apply(changes: &[Change], old: &Node) -> Result<Node, Mismatch> {
    let mut plan = Plan::default();
    changes.iter().for_each(|change| plan.take(change));
    match plan.root {
        Some(root) => plan.node(root, old),
        None => Ok(old.clone()),
    }
}

/// The changes as a tree, by the addresses of their places.
#[derive(Default)]
struct Plan<'c, 'a> {
    root: Option<usize>,
    places: HashMap<usize, Place<'c, 'a>>,
}

struct Place<'c, 'a> {
    path: Path<'a>,
    changes: Vec<&'c Change<'a>>,
    /// The addresses of the places in it, in the order of the changes.
    within: Vec<usize>,
}

impl<'c, 'a> Plan<'c, 'a> {
    fn take(&mut self, change: &'c Change<'a>) {
        let mut path = change.path.clone();
        let mut known = self.places.contains_key(&path.address());
        self.place(&path).changes.push(change);
        // Up to what is known already.
        while let (false, Some(parent)) = (known, path.parent()) {
            known = self.places.contains_key(&parent.address());
            self.place(&parent).within.push(path.address());
            path = parent;
        }
        if !known {
            self.root = Some(path.address());
        }
    }

    fn place(&mut self, path: &Path<'a>) -> &mut Place<'c, 'a> {
        self.places.entry(path.address()).or_insert_with(|| Place {
            path: path.clone(),
            changes: Vec::new(),
            within: Vec::new(),
        })
    }

    /// What becomes of a node that stays.
    fn node(&self, address: usize, old: &Node) -> Result<Node, Mismatch> {
        let place = &self.places[&address];
        if place.changes.iter().any(|change| change.op == Op::Replace) {
            let new = place.path.new_side().ok_or_else(|| Mismatch::at(&place.path))?;
            return Ok(new.node.clone());
        }
        if place.within.is_empty() {
            return Ok(old.clone());
        }
        let value = match &old.value {
            Value::Mapping(entries) => Value::Mapping(self.mapping(place, entries)?),
            Value::Sequence(items) => Value::Sequence(self.list(place, items)?),
            _ => return Err(Mismatch::at(&place.path)),
        };
        Ok(Node { value, ..*old })
    }

    fn mapping(&self, place: &Place, old: &[Entry]) -> Result<Vec<Entry>, Mismatch> {
        let by_key = |&address: &usize| match self.places[&address].path.step() {
            Step::Key(key) => Ok((key, address)),
            _ => Err(Mismatch::at(&self.places[&address].path)),
        };
        let mut changed: HashMap<&str, usize> = place.within.iter().map(by_key).collect::<Result<_, _>>()?;
        let mut entries = Vec::with_capacity(old.len());
        for entry in old {
            match changed.remove(entry.key.as_str()) {
                None => entries.push(entry.clone()),
                Some(address) if self.is(address, Op::Remove) => {}
                Some(address) => entries.push(Entry { value: self.node(address, &entry.value)?, ..entry.clone() }),
            }
        }
        for address in &place.within {
            let path = &self.places[address].path;
            let Step::Key(key) = path.step() else { continue };
            if changed.remove(key).is_none() {
                continue;
            }
            let new = path.new_side().filter(|_| self.is(*address, Op::Add)).ok_or_else(|| Mismatch::at(path))?;
            let key_span = new.key.unwrap_or_default();
            entries.push(Entry { key: key.to_owned(), key_span, value: new.node.clone() });
        }
        Ok(entries)
    }

    /// What is added or moved goes to its new place; all else keeps its order around it.
    fn list(&self, place: &Place, old: &[Node]) -> Result<Vec<Node>, Mismatch> {
        let mut stays: Vec<Option<Node>> = old.iter().cloned().map(Some).collect();
        let mut placed: HashMap<usize, Node> = HashMap::new();
        for &address in &place.within {
            let path = &self.places[&address].path;
            let wrong = || Mismatch::at(path);
            let before = path.old_side().and_then(|side| side.index);
            let item = match before {
                Some(index) if !self.is(address, Op::Add) => {
                    let item = stays.get_mut(index).and_then(Option::take).ok_or_else(wrong)?;
                    if self.is(address, Op::Remove) {
                        continue;
                    }
                    let item = self.node(address, &item)?;
                    if !self.is(address, Op::Move) {
                        stays[index] = Some(item);
                        continue;
                    }
                    item
                }
                _ => path.new_side().filter(|_| self.is(address, Op::Add)).ok_or_else(wrong)?.node.clone(),
            };
            let after = path.new_side().and_then(|side| side.index).ok_or_else(wrong)?;
            placed.insert(after, item);
        }
        let stays: Vec<Node> = stays.into_iter().flatten().collect();
        let (length, mut stays) = (placed.len() + stays.len(), stays.into_iter());
        (0..length)
            .map(|at| placed.remove(&at).or_else(|| stays.next()).ok_or_else(|| Mismatch::at(&place.path)))
            .collect()
    }

    fn is(&self, address: usize, op: Op) -> bool {
        self.places[&address].changes.iter().any(|change| change.op == op)
    }
}
