//! Which items of two lists belong together, and which of them moved.

use super::fingerprint::Fingerprints;
use super::key::ItemKey;
use super::sequence::{self, Budget};
use crate::template::Shape;
use crate::yaml::Node;
use std::collections::HashMap;

/// An item of both lists, or of one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matched<'a> {
    pub key: Option<ItemKey<'a>>,
    pub old: Option<usize>,
    pub new: Option<usize>,
    /// Whether it left its place among those that stayed in order.
    pub moved: bool,
}

/// The items of both lists in the order of the new one; what is removed stands where it stood.
pub(super) fn matches<'a>(
    old: &'a [Node],
    new: &'a [Node],
    shape: Shape,
    fingerprints: &mut Fingerprints,
    budget: &mut Budget,
) -> Vec<Matched<'a>> {
    let by_keys =
        [shape.merge_keys(), &["name"]].into_iter().find_map(|keys| Keyed::of(old, new, keys, shape.element()));
    match by_keys {
        Some(keyed) => {
            let pairs = keyed.pairs();
            let moved = moved(&pairs);
            ordered(&pairs, &moved, old.len(), |old, new| new.map(|at| keyed.new[at]).or(old.map(|at| keyed.old[at])))
        }
        None => {
            let mut pairs = sequence::pairs(old, new, fingerprints, budget);
            let moved = moved(&pairs);
            // What moved and changed too is not known to be the same.
            for (at, pair) in pairs.iter_mut().enumerate().filter(|(at, _)| moved[*at]) {
                *pair = pair.filter(|&before| fingerprints.of(&old[before]) == fingerprints.of(&new[at]));
            }
            ordered(&pairs, &moved, old.len(), |_, _| None)
        }
    }
}

/// The keys of all items of a list, if there are some that tell them apart.
pub(super) fn item_keys<'a>(items: &'a [Node], shape: Shape) -> Option<Vec<ItemKey<'a>>> {
    let of = |keys| Keyed::of(&[], items, keys, shape.element());
    [shape.merge_keys(), &["name"]].into_iter().find_map(of).map(|keyed| keyed.new)
}

/// The keys of all items, which tell them apart in both lists.
struct Keyed<'a> {
    old: Vec<ItemKey<'a>>,
    new: Vec<ItemKey<'a>>,
}

impl<'a> Keyed<'a> {
    fn of(old: &'a [Node], new: &'a [Node], keys: &[&'static str], item: Shape) -> Option<Self> {
        let of = |items: &'a [Node]| -> Option<Vec<_>> {
            let found: Vec<_> = items.iter().map(|node| ItemKey::of(node, keys, item)).collect::<Option<_>>()?;
            let different = found.iter().collect::<std::collections::HashSet<_>>().len();
            (different == found.len()).then_some(found)
        };
        if keys.is_empty() {
            return None;
        }
        Some(Keyed { old: of(old)?, new: of(new)? })
    }

    /// For each new item the old one.
    fn pairs(&self) -> Vec<Option<usize>> {
        let old: HashMap<_, _> = self.old.iter().enumerate().map(|(at, key)| (key, at)).collect();
        self.new.iter().map(|key| old.get(key).copied()).collect()
    }
}

/// Which new items moved: all that are not among the most that have kept their order. `pairs` gives the old place of each.
fn moved(pairs: &[Option<usize>]) -> Vec<bool> {
    // `ends[n]` is the new place of the item, as early in the old list as there is one, that n others can stand before.
    let (mut ends, mut before) = (Vec::<usize>::new(), vec![None; pairs.len()]);
    let place = |at: usize| pairs[at].unwrap_or_default();
    for (at, old) in pairs.iter().enumerate().filter_map(|(at, old)| old.map(|old| (at, old))) {
        let length = ends.partition_point(|&end| place(end) < old);
        before[at] = length.checked_sub(1).map(|last| ends[last]);
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut moved: Vec<bool> = pairs.iter().map(Option::is_some).collect();
    let mut kept = ends.last().copied();
    while let Some(at) = kept {
        moved[at] = false;
        kept = before[at];
    }
    moved
}

fn ordered<'a>(
    pairs: &[Option<usize>],
    moved: &[bool],
    old_length: usize,
    key: impl Fn(Option<usize>, Option<usize>) -> Option<ItemKey<'a>>,
) -> Vec<Matched<'a>> {
    let matched = |old, new, moved| Matched { key: key(old, new), old, new, moved };
    let mut stays = vec![false; old_length];
    pairs.iter().flatten().for_each(|&old| stays[old] = true);
    let (mut all, mut next) = (Vec::with_capacity(pairs.len()), 0);
    let removed = |range: std::ops::Range<usize>| range.filter(|&old| !stays[old]).collect::<Vec<_>>();
    for (new, &old) in pairs.iter().enumerate() {
        let moved = moved[new] && old.is_some();
        if let Some(old) = old.filter(|_| !moved) {
            all.extend(removed(next..old).into_iter().map(|old| matched(Some(old), None, false)));
            next = next.max(old + 1);
        }
        all.push(matched(old, Some(new), moved));
    }
    all.extend(removed(next..old_length).into_iter().map(|old| matched(Some(old), None, false)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_few_items_move_as_can() {
        for (pairs, moves) in [
            (&[0, 1, 2][..], &[][..]),
            (&[2, 0, 1], &[0]),
            (&[1, 2, 3, 0], &[3]),
            (&[3, 2, 1, 0], &[0, 1, 2]),
            (&[1, 0, 3, 2], &[0, 2]),
        ] {
            let pairs: Vec<_> = pairs.iter().copied().map(Some).collect();
            let moved = moved(&pairs);
            let moved: Vec<_> = (0..pairs.len()).filter(|&at| moved[at]).collect();
            assert_eq!(moved, moves, "{pairs:?}");
        }
    }
}
