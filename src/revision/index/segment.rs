//! One file of the index: a table of keys, then what is kept under them.
//!
//! ```text
//! head     which program wrote it, and how many rows there are
//! rows     for each fact, in the order of their keys: the key, where it begins, how long it is
//! sum      a checksum of both
//! facts    each with a checksum of its own
//! ```
//!
//! A fact is found by bisection and read where it stands: to open a file costs the same whatever is in it.

use super::key::Key;
use std::cmp::Ordering;

/// Counted up when a fact, or what it is found out from, comes to mean something else: older files are then not read.
/// A test of `facts_record` holds it against what is found out of the golden manifests.
pub(super) const FORMAT: u32 = 10;

const MAGIC: &[u8] = b"rollbook index\n";
const HEAD: usize = MAGIC.len() + 8;
const ROW: usize = Key::LENGTH + 8;
const SUM: usize = 4;
/// Places in a file have four bytes.
pub(super) const LARGEST: usize = u32::MAX as usize;

/// A file that was read whole.
pub(super) struct Segment {
    bytes: Vec<u8>,
    count: usize,
}

impl Segment {
    /// The bytes of a file with these facts, in the order of their keys.
    pub fn bytes<'f>(facts: impl ExactSizeIterator<Item = (&'f Key, &'f [u8])> + Clone) -> Vec<u8> {
        let count = facts.len();
        let mut bytes = [MAGIC, &FORMAT.to_le_bytes(), &number(count)].concat();
        let mut at = HEAD + count * ROW + SUM;
        for (key, fact) in facts.clone() {
            bytes.extend([key.as_bytes(), &number(at), &number(fact.len())].concat());
            at += fact.len() + SUM;
        }
        bytes.extend(sum(&bytes));
        for (_, fact) in facts {
            bytes.extend(fact);
            bytes.extend(sum(fact));
        }
        bytes
    }

    /// The file; nothing if its table is damaged, or was written by a program that finds out otherwise.
    pub fn read(bytes: Vec<u8>) -> Option<Segment> {
        let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(&FORMAT.to_le_bytes())?;
        let count = u32::from_le_bytes(*rest.first_chunk()?) as usize;
        let table = bytes.get(..HEAD.checked_add(count.checked_mul(ROW)?)?)?;
        let is_whole = bytes.get(table.len()..table.len() + SUM)? == sum(table);
        is_whole.then_some(Segment { count, bytes })
    }

    /// How many bytes it has.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// What is kept under a key, if it is here and whole.
    pub fn get(&self, key: &Key) -> Option<&[u8]> {
        // Keys are digests, so each stands about as far between two others as its first bytes say. A file that somebody
        // else wrote may have others: then halving ends it.
        const GUESSES: usize = 16;
        let wanted = first(key.as_bytes());
        let (mut low, mut high) = ((0, 0), (self.count, u32::MAX.into()));
        for step in 0.. {
            let rows = high.0 - low.0;
            if rows == 0 {
                break;
            }
            let ahead = if step < GUESSES { part(rows, wanted - low.1, high.1 - low.1) } else { rows / 2 };
            let middle = low.0 + ahead;
            let row = self.row(middle).0;
            match row.cmp(key.as_bytes()) {
                Ordering::Less => low = (middle + 1, first(row)),
                Ordering::Equal => return self.fact(middle),
                Ordering::Greater => high = (middle, first(row)),
            }
        }
        None
    }

    /// All that is here and whole, in the order of the keys.
    pub fn facts(&self) -> impl Iterator<Item = (Key, &[u8])> {
        (0..self.count).filter_map(|place| Some((Key::from_bytes(self.row(place).0)?, self.fact(place)?)))
    }

    fn row(&self, place: usize) -> (&[u8], &[u8]) {
        self.bytes[HEAD + place * ROW..][..ROW].split_at(Key::LENGTH)
    }

    fn fact(&self, place: usize) -> Option<&[u8]> {
        let (start, length) = self.row(place).1.split_at(4);
        let [start, length] = [start, length].map(|number| number.try_into().ok().map(u32::from_le_bytes));
        let (start, length) = (start? as usize, length? as usize);
        let fact = self.bytes.get(start..start.checked_add(length)?)?;
        (self.bytes.get(start + length..start + length + SUM)? == sum(fact)).then_some(fact)
    }
}

/// The first bytes of a key, which come in the order of the keys.
fn first(key: &[u8]) -> u64 {
    key.first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes).into())
}

/// That part of so many rows which `wanted` is of `all`: always one of them.
fn part(rows: usize, wanted: u64, all: u64) -> usize {
    usize::try_from(wanted * rows as u64 / (all + 1)).unwrap_or(0)
}

fn number(number: usize) -> [u8; 4] {
    u32::try_from(number).expect("a file is not larger than its places can say").to_le_bytes()
}

fn sum(bytes: &[u8]) -> [u8; SUM] {
    crc32fast::hash(bytes).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::key::Fact;
    use super::*;

    fn keys() -> Vec<Key> {
        let mut keys: Vec<Key> = (0..100_u8).map(|number| Key::new(Fact::Facts, &[&[number]])).collect();
        keys.sort();
        keys
    }

    fn file(keys: &[Key]) -> Vec<u8> {
        Segment::bytes(keys.iter().map(|key| (key, &key.as_bytes()[..9])))
    }

    #[test]
    fn what_was_written_is_found_and_nothing_else() {
        let keys = keys();
        let segment = Segment::read(file(&keys)).unwrap();
        assert!(keys.iter().all(|key| segment.get(key) == Some(&key.as_bytes()[..9])));
        assert_eq!(segment.get(&Key::new(Fact::Words, &[&[1]])), None);
        assert_eq!(segment.facts().map(|(key, _)| key).collect::<Vec<_>>(), keys);
    }

    #[test]
    fn keys_that_are_no_digests_are_found_too() {
        let key = |first: u64, last: u8| Key::from_bytes(&[&first.to_be_bytes()[..], &[last; 24]].concat()).unwrap();
        let near = (0..100).map(|last| key(7, last));
        let keys: Vec<Key> = near.chain((8..40).map(|bit| key(1 << bit, 0))).chain([key(u64::MAX, 255)]).collect();
        let segment = Segment::read(file(&keys)).unwrap();
        assert!(keys.iter().all(|key| segment.get(key) == Some(&key.as_bytes()[..9])));
        assert!([key(0, 0), key(7, 100), key(9, 0), key(u64::MAX, 254)].iter().all(|key| segment.get(key).is_none()));
    }

    #[test]
    fn damage_hides_facts_and_makes_none() {
        let keys = keys();
        let whole = file(&keys);
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x10;
            let Some(segment) = Segment::read(damaged) else { continue };
            let told: Vec<bool> =
                keys.iter().filter_map(|key| segment.get(key).map(|fact| fact == &key.as_bytes()[..9])).collect();
            assert!(told.iter().all(|right| *right) && told.len() == keys.len() - 1, "{at}");
        }
        for length in 0..whole.len() {
            let Some(segment) = Segment::read(whole[..length].to_vec()) else { continue };
            assert!(keys.iter().filter_map(|key| segment.get(key)).count() < keys.len(), "{length}");
        }
    }
}
