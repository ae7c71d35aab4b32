//! The entries of a mapping while it is read: no key twice, in the order in which the keys first stand.

use std::collections::HashMap;

use super::node::Entry;

/// From so many keys on they are looked up by hash.
const MANY: usize = 16;

#[derive(Default)]
pub(super) struct Keys {
    entries: Vec<Entry>,
    /// The place of each key, once there are many.
    places: HashMap<String, usize>,
}

impl Keys {
    /// Puts an entry in, in the place of one with the same key if there is one, and gives that.
    pub(super) fn put(&mut self, entry: Entry) -> Option<Entry> {
        if let Some(place) = self.place(&entry.key) {
            return Some(std::mem::replace(&mut self.entries[place], entry));
        }
        self.add(entry);
        None
    }

    /// Puts an entry in unless its key is there already.
    pub(super) fn put_new(&mut self, entry: Entry) {
        if self.place(&entry.key).is_none() {
            self.add(entry);
        }
    }

    pub(super) fn into_entries(self) -> Vec<Entry> {
        self.entries
    }

    fn place(&self, key: &str) -> Option<usize> {
        match self.places.is_empty() {
            true => self.entries.iter().position(|entry| entry.key == key),
            false => self.places.get(key).copied(),
        }
    }

    fn add(&mut self, entry: Entry) {
        self.entries.push(entry);
        let new = match self.entries.len() {
            ..MANY => return,
            MANY => 0,
            count => count - 1,
        };
        let places = self.entries.iter().enumerate().skip(new).map(|(place, entry)| (entry.key.clone(), place));
        self.places.extend(places);
    }
}
