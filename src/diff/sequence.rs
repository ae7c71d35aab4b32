//! Items that nothing but their order tells apart: by the longest common subsequence, and between what that leaves by
//! likeness.

use super::fingerprint::Fingerprints;
use crate::yaml::{Node, Value};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;
use std::ops::Range;

/// How many items may still be aligned. A subsequence of very long lists takes long to find: what is over the limit is
/// paired by its place.
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Budget(200_000)
    }
}

impl Budget {
    /// That of one text's lines or words.
    pub fn of_text() -> Self {
        Budget(20_000)
    }

    fn allows(&mut self, items: usize) -> bool {
        let rest = self.0.checked_sub(items);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }
}

/// A run of old items that became a run of new ones.
type Gap = (Range<usize>, Range<usize>);

/// For each new item the old one that it is.
pub(super) fn pairs(
    old: &[Node],
    new: &[Node],
    fingerprints: &mut Fingerprints,
    budget: &mut Budget,
) -> Vec<Option<usize>> {
    let before: Vec<u64> = old.iter().map(|node| fingerprints.of(node)).collect();
    let after: Vec<u64> = new.iter().map(|node| fingerprints.of(node)).collect();
    let mut pairs = vec![None; new.len()];
    let mut gaps = Vec::new();
    for op in align(&before, &after, budget) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                (0..len).for_each(|n| pairs[new_index + n] = Some(old_index + n));
            }
            other => gaps.push((other.old_range(), other.new_range())),
        }
    }
    let gaps = joined(gaps);
    let taken = pair_unique(&gaps, &before, &after, &mut pairs);
    for (old_range, new_range) in gaps {
        let old_rest: Vec<usize> = old_range.filter(|at| !taken[*at]).collect();
        let new_rest: Vec<usize> = new_range.filter(|at| pairs[*at].is_none()).collect();
        let alike = |a: usize, b: usize| likeness(&old[old_rest[a]], &new[new_rest[b]]);
        for (a, b) in pair_alike(old_rest.len(), new_rest.len(), alike) {
            pairs[new_rest[b]] = Some(old_rest[a]);
        }
    }
    pairs
}

/// The longest common subsequence as runs, between the common beginning and the common end.
pub(super) fn align<T: Eq + std::hash::Hash + Ord>(old: &[T], new: &[T], budget: &mut Budget) -> Vec<DiffOp> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let equal = |old_index, new_index, len| DiffOp::Equal { old_index, new_index, len };
    let middle = match (a.len(), b.len()) {
        (0, 0) => Vec::new(),
        (old_len, new_len) if old_len == 0 || new_len == 0 || !budget.allows(old_len + new_len) => {
            vec![DiffOp::Replace { old_index: 0, old_len, new_index: 0, new_len }]
        }
        _ => capture_diff_slices(Algorithm::Myers, a, b),
    };
    let mut ops = vec![equal(0, 0, head)];
    ops.extend(middle.into_iter().map(|op| shifted(op, head, head)));
    ops.push(equal(old.len() - tail, new.len() - tail, tail));
    ops.retain(|op| !op.old_range().is_empty() || !op.new_range().is_empty());
    ops
}

/// The same so many items later in both lists.
pub(super) fn shifted(op: DiffOp, old_by: usize, new_by: usize) -> DiffOp {
    let (old, new) = (op.old_range(), op.new_range());
    let (old_index, new_index) = (old.start + old_by, new.start + new_by);
    match op {
        DiffOp::Equal { len, .. } => DiffOp::Equal { old_index, new_index, len },
        DiffOp::Delete { old_len, .. } => DiffOp::Delete { old_index, old_len, new_index },
        DiffOp::Insert { new_len, .. } => DiffOp::Insert { old_index, new_index, new_len },
        DiffOp::Replace { old_len, new_len, .. } => DiffOp::Replace { old_index, old_len, new_index, new_len },
    }
}

/// A removal and an addition at one place are one gap.
fn joined(gaps: Vec<Gap>) -> Vec<Gap> {
    let mut joined: Vec<Gap> = Vec::with_capacity(gaps.len());
    for (old, new) in gaps {
        match joined.last_mut() {
            Some(last) if last.0.end == old.start && last.1.end == new.start => {
                last.0.end = old.end;
                last.1.end = new.end;
            }
            _ => joined.push((old, new)),
        }
    }
    joined
}

/// Pairs what is removed once and added once: it moved. Gives which old items are paired so.
fn pair_unique(gaps: &[Gap], before: &[u64], after: &[u64], pairs: &mut [Option<usize>]) -> Vec<bool> {
    const MANY: usize = usize::MAX;
    let once = |places: Vec<usize>, of: &[u64]| {
        let mut once = HashMap::with_capacity(places.len());
        places.into_iter().for_each(|at| _ = once.entry(of[at]).and_modify(|known| *known = MANY).or_insert(at));
        once
    };
    let removed = once(gaps.iter().flat_map(|gap| gap.0.clone()).collect(), before);
    let added = once(gaps.iter().flat_map(|gap| gap.1.clone()).collect(), after);
    let mut taken = vec![false; before.len()];
    for (fingerprint, at) in added.into_iter().filter(|(_, at)| *at != MANY) {
        if let Some(&old) = removed.get(&fingerprint).filter(|&&old| old != MANY) {
            pairs[at] = Some(old);
            taken[old] = true;
        }
    }
    taken
}

/// Pairs in order, so that the likeness of all is the greatest; runs too long for that by their place.
fn pair_alike(old: usize, new: usize, likeness: impl Fn(usize, usize) -> usize) -> Vec<(usize, usize)> {
    const LARGEST: usize = 1024;
    if old * new > LARGEST {
        return (0..old.min(new)).map(|at| (at, at)).filter(|&(a, b)| likeness(a, b) > 0).collect();
    }
    let score: Vec<Vec<usize>> = (0..old).map(|a| (0..new).map(|b| likeness(a, b)).collect()).collect();
    // `best[a][b]`: what can be had of the old items from a on and the new ones from b on.
    let mut best = vec![vec![0; new + 1]; old + 1];
    for a in (0..old).rev() {
        for b in (0..new).rev() {
            let paired = if score[a][b] > 0 { score[a][b] + best[a + 1][b + 1] } else { 0 };
            best[a][b] = paired.max(best[a + 1][b]).max(best[a][b + 1]);
        }
    }
    let (mut pairs, mut a, mut b) = (Vec::new(), 0, 0);
    while a < old && b < new {
        if score[a][b] > 0 && best[a][b] == score[a][b] + best[a + 1][b + 1] {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if best[a][b] == best[a + 1][b] {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}

/// How much two items have in common; nothing, if one cannot have become the other.
fn likeness(old: &Node, new: &Node) -> usize {
    const ENTRIES: usize = 32;
    match (&old.value, &new.value) {
        (Value::Mapping(a), Value::Mapping(b)) => {
            let b = &b[..b.len().min(ENTRIES)];
            let shared = a.iter().take(ENTRIES).filter_map(|a| Some((a, b.iter().find(|b| a.key == b.key)?)));
            shared.map(|(a, b)| 1 + scalars_in_common(&a.value, &b.value)).sum()
        }
        (Value::Sequence(_), Value::Sequence(_)) => 1,
        (Value::Mapping(_) | Value::Sequence(_), _) | (_, Value::Mapping(_) | Value::Sequence(_)) => 0,
        _ => 1 + scalars_in_common(old, new),
    }
}

fn scalars_in_common(old: &Node, new: &Node) -> usize {
    const LONGEST: usize = 64;
    match (&old.value, &new.value) {
        (Value::String(a), Value::String(b)) => {
            a.bytes().zip(b.bytes()).take(LONGEST).take_while(|(a, b)| a == b).count()
        }
        (Value::Mapping(_) | Value::Sequence(_), _) => 0,
        (a, b) => {
            if a == b {
                LONGEST
            } else {
                0
            }
        }
    }
}
