//! The table of `hash`.

use std::fmt;

use super::{Cell, Column, HashItem, Meaning, Need, Screen, Table};
use crate::kubernetes::Version;

/// The names of objects as a table: one line for a run of versions that give the same.
///
/// ```text
/// OBJECT               KUBERNETES  HASH        NAME
/// deployment.apps/web  1.29-1.33   6c5f67b5f7  web-6c5f67b5f7
/// deployment.apps/web  1.34-1.37   7d9f8bcb56  web-7d9f8bcb56
/// ```
pub struct HashesTable<'a> {
    items: &'a [HashItem],
    screen: Screen,
    configured: bool,
}

impl<'a> HashesTable<'a> {
    /// The table of some hashes on a screen.
    pub fn new(items: &'a [HashItem], screen: Screen) -> Self {
        Self { items, screen, configured: true }
    }

    /// Says that nobody chose the version: it is only the newest one known.
    pub fn version_not_configured(mut self) -> Self {
        self.configured = false;
        self
    }

    fn row(&self, run: &[HashItem]) -> Option<Vec<Cell>> {
        let (first, last) = (run.first()?, run.last()?);
        let hash = match &first.hash {
            Some(hash) => Cell::new().computed(hash, Meaning::Hash),
            None => Cell::new().words("-", Meaning::Dim),
        };
        Some(vec![
            Cell::new().text(&first.object.qualified(), Meaning::Plain),
            self.versions(first, last),
            first.collision.map_or_else(Cell::new, |count| Cell::new().number(count, Meaning::Plain)),
            hash,
            first.as_new.as_ref().map_or_else(Cell::new, |hash| Cell::new().computed(hash, Meaning::Hash)),
            Cell::new().text(&first.path, Meaning::Plain),
            outcome(first),
        ])
    }

    fn versions(&self, first: &HashItem, last: &HashItem) -> Cell {
        let cell = Cell::new().computed(&first.kube_version, Meaning::Plain);
        let cell = if first.kube_version == last.kube_version {
            cell
        } else {
            cell.words("-", Meaning::Plain).computed(&last.kube_version, Meaning::Plain)
        };
        // Nobody can have another version than the newest without choosing it.
        let is_chosen = self.configured || first.kube_version != Version::NEWEST.to_string();
        if is_chosen { cell } else { cell.words(" (not configured)", Meaning::Dim) }
    }
}

/// The name, or why there is none.
fn outcome(item: &HashItem) -> Cell {
    match (&item.name, &item.error) {
        (Some(name), _) => Cell::new().text(name, Meaning::Plain),
        (None, Some(error)) => {
            let cell = Cell::new().words("error: ", Meaning::Error).text(&error.place(&item.path), Meaning::Plain);
            cell.words(": ", Meaning::Plain).text(&error.message, Meaning::Plain)
        }
        (None, None) => Cell::new().words("-", Meaning::Dim),
    }
}

/// Whether two neighbours differ in nothing but the version.
fn same_but_version(a: &HashItem, b: &HashItem) -> bool {
    let other = HashItem { kube_version: a.kube_version.clone(), ..b.clone() };
    *a == other && a.kube_version != b.kube_version
}

impl fmt::Display for HashesTable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.items.is_empty() {
            return Ok(());
        }
        let with_collision = self.items.iter().any(|item| item.collision.is_some());
        let with_as_new = self.items.iter().any(|item| item.as_new.is_some());
        let mut table = Table::new(vec![
            Column::new("OBJECT", Need::Always),
            Column::new("KUBERNETES", Need::Always),
            Column::new("COLLISION", if with_collision { Need::Always } else { Need::Wide }),
            Column::new("HASH", Need::Always),
            Column::new("AS NEW", if with_as_new { Need::Always } else { Need::Wide }),
            Column::new("PATH", Need::Wide),
            Column::new("NAME", Need::Always),
        ]);
        self.items.chunk_by(same_but_version).filter_map(|run| self.row(run)).for_each(|row| table.push(row));
        write!(f, "{}", table.on(self.screen))
    }
}
