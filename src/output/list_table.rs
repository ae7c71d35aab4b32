//! The table of `list`.

use std::fmt;

use super::hash_column::HashColumn;
use super::{Cell, Column, ListItem, Meaning, Need, Screen, StatusRevision, Table, cells, images, twins};
use crate::cluster::Role;

/// The workloads of a commit as a table.
///
/// ```text
/// NAME        REVISION  HASH (1.34)  IMAGES   DATE        CHANGE-CAUSE
/// deploy/api  4         7d9f8bcb56   api:2.0  2026-10-02  api 2.0
/// deploy/web  12        6c5f67b5f7   web:1.4  2026-10-01  faster checkout
/// ```
pub struct ListTable<'a> {
    items: &'a [ListItem],
    screen: Screen,
    configured: bool,
}

impl<'a> ListTable<'a> {
    /// The table on a screen; `configured` tells whether anybody chose the version.
    pub fn new(items: &'a [ListItem], screen: Screen, configured: bool) -> Self {
        Self { items, screen, configured }
    }

    fn table(&self, hashes: &HashColumn<'_>) -> Table {
        let namespaces = match self.items.iter().any(|item| item.object.namespace.is_some()) {
            true if twins::in_namespaces(self.items.iter().map(|item| &item.object)) => Need::Always,
            true => Need::Room(1),
            false => Need::Wide,
        };
        let twins = twins::exist(self.items.iter().map(|item| (&item.object, &item.path)));
        let has_images = self.items.iter().any(|item| !item.images.is_empty());
        let mut table = Table::new(vec![
            Column::new("NAMESPACE", namespaces),
            Column::new("NAME", Need::Always),
            Column::new("PATH", if twins { Need::Always } else { Need::Wide }),
            Column::new("REVISION", Need::Always),
            Column::new(
                "LIVE",
                if self.items.iter().any(|item| item.live.is_some()) { Need::Always } else { Need::Never },
            ),
            Column::headed(hashes.head("HASH"), if self.has_names() { Need::Always } else { Need::Never }),
            Column::new("IMAGES", if has_images { Need::Room(2) } else { Need::Never }),
            Column::new("DATE", Need::Room(0)),
            Column::new("CHANGE", Need::Wide),
            Column::new("AUTHOR", Need::Room(3)),
            Column::new("RENDERED-BY", Need::Wide),
            Column::new("CHANGE-CAUSE", Need::Always),
        ]);
        self.items.iter().for_each(|item| table.push(self.row(item, hashes)));
        table
    }

    fn has_names(&self) -> bool {
        self.items.iter().any(|item| item.object.has_named_revisions())
    }

    fn row(&self, item: &ListItem, hashes: &HashColumn<'_>) -> Vec<Cell> {
        let wide = self.screen.width().is_none();
        let text = |text: &_| Cell::new().text(text, Meaning::Plain);
        vec![
            cells::namespace(item.object.namespace.as_ref()),
            text(&if wide { item.object.qualified() } else { item.object.short() }),
            twins::place(&item.path, self.screen),
            cells::revision(item.revision),
            item.live.as_ref().map_or_else(cells::nothing, |held| live(held.as_deref())),
            hashes.cell(item.hash.as_ref(), &item.kube_version),
            text(&images::line(&item.images, wide)),
            match wide {
                true => Cell::new().computed(item.last.time, Meaning::Plain),
                false => Cell::new().computed(item.last.time.day(), Meaning::Plain),
            },
            cells::changes(&item.last.change),
            text(&item.last.author.name),
            text(&images::joined(&item.rendered_by)),
            cause(item),
        ]
    }
}

/// What the cluster runs of it, if that may be read: `2 3/3`, or `2 rolling out 3/3, 3 rolling in 0/1`.
fn live(held: Option<&[StatusRevision]>) -> Cell {
    let held = match held {
        None => return Cell::new().words("unknown", Meaning::Warning),
        Some([]) => return Cell::new().words("not there", Meaning::Warning),
        Some(held) => held,
    };
    held.iter().rev().enumerate().fold(Cell::new(), |cell, (at, held)| {
        let cell = if at == 0 { cell } else { cell.words(", ", Meaning::Dim) };
        let cell = match held.origin.as_ref().map(|origin| origin.revision) {
            Some(number) => cell.and(cells::revision(number)),
            None => cell.words("not in git", Meaning::Warning),
        };
        let cell = match held.role {
            Role::Live => cell,
            role => cell.words(" ", Meaning::Plain).words(role.word(), Meaning::Warning),
        };
        cell.and(cells::pods(" ", held.ready, held.pods))
    })
}

fn cause(item: &ListItem) -> Cell {
    match (&item.error, &item.last.cause) {
        (Some(error), _) => cells::unreadable(error, &item.path),
        (None, Some(cause)) => Cell::new().text(&cause.text, Meaning::Cause),
        (None, None) => Cell::new().words("<none>", Meaning::Dim),
    }
}

impl fmt::Display for ListTable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.items.is_empty() {
            return Ok(());
        }
        let versions = self.items.iter().map(|item| &item.kube_version);
        let hashes = HashColumn::over(versions, self.configured, self.screen);
        write!(f, "{}", self.table(&hashes).on(self.screen))?;
        match hashes.footer().filter(|_| self.has_names()) {
            Some(footer) => write!(f, "\n{}", self.screen.line(&footer)),
            None => Ok(()),
        }
    }
}
