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

/// Counted up when a fact, or what it is found out from, comes to mean something else: older files are then not read.
/// A test of `facts_record` holds it against what is found out of the golden manifests.
pub(super) const FORMAT: u32 = 9;

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
        let (mut low, mut high) = self.around(key);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.row(middle).0.cmp(key.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return self.fact(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The rows that a key can be among. Keys are digests, so each stands about where its first bytes say.
    fn around(&self, key: &Key) -> (usize, usize) {
        let first = key.as_bytes().first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
        let guess = (u128::from(first) * self.count as u128) >> u64::BITS;
        let (guess, mut reach) = (usize::try_from(guess).unwrap_or(0), 32);
        loop {
            let (low, high) = (guess.saturating_sub(reach), (guess + reach).min(self.count));
            let is_above = low == 0 || self.row(low).0 <= key.as_bytes();
            if is_above && (high == self.count || self.row(high).0 > key.as_bytes()) {
                return (low, high);
            }
            reach *= 8;
        }
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
