//! Objects that only their files, or only their namespaces, tell apart.

use super::{Cell, Meaning, ObjectName, Screen};
use crate::text::Untrusted;
use std::collections::{HashMap, HashSet};

/// The room that a folder has in a table that has little.
const MOST: usize = 24;

/// Whether one object stands in several files.
pub(super) fn exist<'o>(items: impl Iterator<Item = (&'o ObjectName, &'o Untrusted)>) -> bool {
    let mut paths: HashMap<_, HashSet<&Untrusted>> = HashMap::new();
    for (object, path) in items {
        paths.entry((object.short(), object.namespace.as_ref())).or_default().insert(path);
    }
    paths.values().any(|paths| paths.len() > 1)
}

/// Whether objects of one name are in several namespaces.
pub(super) fn in_namespaces<'o>(objects: impl Iterator<Item = &'o ObjectName>) -> bool {
    let mut first: HashMap<_, Option<&Untrusted>> = HashMap::new();
    let mut all = objects.map(|object| (object.short(), object.namespace.as_ref()));
    all.any(|(name, namespace)| *first.entry(name).or_insert(namespace) != namespace)
}

/// What tells a file from the others: its path, or where there is little room the end of its folder.
pub(super) fn place(path: &Untrusted, screen: Screen) -> Cell {
    if screen.width().is_none() || screen == Screen::Markdown {
        return Cell::new().text(path, Meaning::Plain);
    }
    let folder = path.as_str().rsplit_once('/').map_or(".", |(folder, _)| folder);
    let length = folder.chars().count();
    if length <= MOST {
        return Cell::new().text(&folder.into(), Meaning::Plain);
    }
    let end: String = folder.chars().skip(length + 1 - MOST).collect();
    Cell::new().words("…", Meaning::Dim).text(&end.into(), Meaning::Plain)
}
