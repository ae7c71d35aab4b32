//! The table of `whence`.

use std::fmt;

use super::{Cell, Column, Meaning, Need, Screen, Table, WhenceItem, cells, images, twins};
use crate::revision::By;

/// The revisions that names are of, as a table: of one workload under its name.
///
/// ```text
/// deployment.apps/web in k8s/web.yaml
/// REVISION  COMMIT   DATE        KUBERNETES  AUTHOR        CHANGE-CAUSE
/// 3         5f786e5  2026-09-10  1.26-1.33   Grace Hopper  web 1.6.0, memory limit 48Mi
///
/// OF                    NAME        REVISION  COMMIT   DATE        KUBERNETES  CHANGE-CAUSE
/// web-6c5f67b5f7-x7k2p  deploy/web  3         5f786e5  2026-09-10  1.26-1.33   web 1.6.0, memory limit 48Mi
/// db-7f565fc5bc         sts/db      1         c4f24d4  2026-09-01  1.34-1.37   a database
/// ```
pub struct WhenceTable<'a> {
    items: &'a [WhenceItem],
    screen: Screen,
}

impl<'a> WhenceTable<'a> {
    /// The table on a screen.
    pub fn new(items: &'a [WhenceItem], screen: Screen) -> Self {
        Self { items, screen }
    }

    fn table(&self) -> Table {
        let one = self.is_of_one_workload();
        let need = |always: bool, else_: Need| if always { Need::Always } else { else_ };
        let any = |is: fn(&WhenceItem) -> bool| self.items.iter().any(is);
        let (first, twins) = (&self.items[0], twins::exist(self.items.iter().map(|item| (&item.object, &item.path))));
        let several = self.items.iter().any(|item| item.query != first.query);
        let elsewhere = self.items.iter().any(|item| item.reference != first.reference);
        let mut table = Table::new(vec![
            Column::new("OF", need(several, Need::Wide)),
            Column::new(
                "NAMESPACE",
                if !one && any(|item| item.object.namespace.is_some()) { Need::Room(1) } else { Need::Wide },
            ),
            Column::new("NAME", need(!one, Need::Wide)),
            Column::new("PATH", need(twins, Need::Wide)),
            Column::new("REF", need(elsewhere, Need::Wide)),
            Column::new("REVISION", Need::Always),
            Column::new("COMMIT", Need::Always),
            Column::new("DATE", need(!several, Need::Room(0))),
            Column::new("KUBERNETES", need(any(|item| !item.kube_versions.is_empty()), Need::Never)),
            Column::new("BY", need(any(|item| item.by > By::Hash), Need::Wide)),
            Column::new("COLLISION", need(any(|item| item.collision.is_some()), Need::Never)),
            Column::new("IMAGES", Need::Wide),
            Column::new("AUTHOR", need(one, Need::Room(2))),
            Column::new("CHANGE-CAUSE", Need::Always),
        ]);
        self.items.iter().for_each(|item| table.push(self.row(item)));
        table
    }

    /// Whether one name was asked for, and is of one workload: the table then stands under its name.
    fn is_of_one_workload(&self) -> bool {
        let what = |item: &'a WhenceItem| (&item.query, &item.object, &item.path, &item.reference);
        self.items.windows(2).all(|pair| what(&pair[0]) == what(&pair[1]))
    }

    fn title(&self) -> Cell {
        let item = &self.items[0];
        let title = Cell::new().text(&item.object.qualified(), Meaning::Heading);
        let title = title.words(" in ", Meaning::Dim).text(&item.path, Meaning::Dim);
        match &item.object.namespace {
            Some(namespace) => title.words(", namespace ", Meaning::Dim).text(namespace, Meaning::Dim),
            None => title,
        }
    }

    fn row(&self, item: &WhenceItem) -> Vec<Cell> {
        let wide = self.screen.width().is_none();
        let text = |text: &_| Cell::new().text(text, Meaning::Plain);
        vec![
            text(&item.query),
            cells::namespace(item.object.namespace.as_ref()),
            text(&if wide { item.object.qualified() } else { item.object.short() }),
            twins::place(&item.path, self.screen),
            text(&item.reference),
            cells::revision(item.revision),
            cells::commit(&item.commit, self.screen),
            match wide {
                true => Cell::new().computed(item.time, Meaning::Plain),
                false => Cell::new().computed(item.time.day(), Meaning::Plain),
            },
            versions(&item.kube_versions),
            Cell::new().words(word(item.by), Meaning::Plain),
            item.collision.map_or_else(cells::nothing, |count| Cell::new().number(count, Meaning::Plain)),
            text(&images::line(&item.images, wide)),
            text(&item.author.name),
            item.cause.as_ref().map_or_else(cells::nothing, |cause| Cell::new().text(&cause.text, Meaning::Cause)),
        ]
    }
}

fn word(by: By) -> &'static str {
    match by {
        By::Name => "name",
        By::Hash => "hash",
        By::Prefix => "part of the hash",
        By::Image => "images only",
        By::Workload => "workload only",
    }
}

/// Versions that follow one another as a run: `1.26-1.33,1.35`.
fn versions(versions: &[String]) -> Cell {
    let minor = |version: &String| version.rsplit_once('.').and_then(|(_, minor)| minor.parse::<u32>().ok());
    let follows = |a: &String, b: &String| minor(a).zip(minor(b)).is_some_and(|(a, b)| a + 1 == b);
    let runs = versions.chunk_by(follows).map(|run| match run {
        [first, .., last] => format!("{first}-{last}"),
        run => run.concat(),
    });
    let runs: Vec<String> = runs.collect();
    if runs.is_empty() { cells::nothing() } else { Cell::new().computed(runs.join(","), Meaning::Plain) }
}

impl fmt::Display for WhenceTable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.items.is_empty() {
            return Ok(());
        }
        if self.is_of_one_workload() {
            f.write_str(&self.screen.line(&self.title()))?;
            f.write_str(if self.screen == Screen::Markdown { "\n" } else { "" })?;
        }
        write!(f, "{}", self.table().on(self.screen))
    }
}
