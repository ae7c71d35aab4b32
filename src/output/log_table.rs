//! The table of `log`.

use std::fmt;

use jiff::tz::TimeZone;

use super::hash_column::HashColumn;
use super::{Cell, Column, LogItem, Meaning, Need, Screen, Table, cells, images, twins};

/// What happened, the newest first, in the reader's time zone. A commit's date and cause stand on its first row.
///
/// ```text
/// DATE              COMMIT   NAME        ROLLS  REVISION  CHANGE  CHANGE-CAUSE
/// 2026-10-02 10:00  a81c0de  deploy/web  yes    12        rolls   faster checkout
///                            deploy/api  no     -         scales
/// ```
pub struct LogTable<'a> {
    items: &'a [LogItem],
    screen: Screen,
    configured: bool,
    zone: &'a TimeZone,
}

impl<'a> LogTable<'a> {
    /// The table on a screen; `configured` tells whether anybody chose the version.
    pub fn new(items: &'a [LogItem], screen: Screen, configured: bool, zone: &'a TimeZone) -> Self {
        Self { items, screen, configured, zone }
    }

    /// They are shown only where there is room for all that is to say of them.
    fn hashes(&self) -> HashColumn<'a> {
        HashColumn::over(self.items.iter().map(|item| &item.kube_version), self.configured, Screen::Unlimited)
    }

    fn table(&self, hashes: &HashColumn<'_>) -> Table {
        let has_namespace = self.items.iter().any(|item| item.object.namespace.is_some());
        let twins = twins::exist(self.items.iter().map(|item| (&item.object, &item.path)));
        let mut table = Table::new(vec![
            Column::new("DATE", Need::Always),
            Column::new("COMMIT", Need::Room(2)),
            Column::new("NAMESPACE", if has_namespace { Need::Room(4) } else { Need::Wide }),
            Column::new("NAME", Need::Always),
            Column::new("PATH", if twins { Need::Always } else { Need::Wide }),
            Column::new("ROLLS", Need::Always),
            Column::new("WHY", Need::Wide),
            Column::new("REVISION", Need::Room(3)),
            Column::headed(hashes.head("FROM"), Need::Room(7)),
            Column::headed(hashes.head("TO"), Need::Room(6)),
            Column::new("CHANGE", Need::Room(1)),
            Column::new("IMAGES", Need::Room(5)),
            Column::new("AUTHOR", Need::Room(4)),
            Column::new("CHANGE-CAUSE", Need::Always),
        ]);
        let mut before: Option<&LogItem> = None;
        for item in self.items {
            let same = before.is_some_and(|before| before.commit == item.commit);
            table.push(self.row(item, hashes, same && self.screen.width().is_some()));
            table.push_below(cells::changes_below(item.changes.as_deref().unwrap_or_default(), self.screen));
            before = Some(item);
        }
        table
    }

    fn row(&self, item: &LogItem, hashes: &HashColumn<'_>, again: bool) -> Vec<Cell> {
        let wide = self.screen.width().is_none();
        let text = |text: &_| Cell::new().text(text, Meaning::Plain);
        let once = |cell: Cell| if again { Cell::new() } else { cell };
        vec![
            once(Cell::new().computed(item.time.minute_in(self.zone), Meaning::Plain)),
            once(cells::commit(&item.commit, self.screen)),
            cells::namespace(item.object.namespace.as_ref()),
            text(&if wide { item.object.qualified() } else { item.object.short() }),
            twins::place(&item.path, self.screen),
            cells::rolls(item.rolls),
            text(&item.reason),
            cells::revision(item.revision),
            hashes.cell(item.from.as_ref(), &item.kube_version),
            hashes.cell(item.to.as_ref(), &item.kube_version),
            cells::changes(&item.change),
            text(&images::line(&item.images, wide)),
            once(text(&item.author.name)),
            self.cause(item, again),
        ]
    }

    fn cause(&self, item: &LogItem, again: bool) -> Cell {
        match (&item.error, &item.cause) {
            (Some(error), _) => {
                let place = Cell::new().text(&error.place(&item.path), Meaning::Plain);
                place.words(": ", Meaning::Plain).text(&error.message, Meaning::Plain)
            }
            (None, Some(cause)) if !again => {
                let cause = cells::remark(item.remark.as_ref()).text(&cause.text, Meaning::Cause);
                cells::rendering(cause, &item.rendering)
            }
            _ => cells::rendering(cells::remark(item.remark.as_ref()), &item.rendering),
        }
    }
}

impl fmt::Display for LogTable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.items.is_empty() {
            return Ok(());
        }
        let hashes = self.hashes();
        write!(f, "{}", self.table(&hashes).on(self.screen))?;
        if self.screen == Screen::Markdown {
            let of = |item: &LogItem| Cell::new().text(&item.object.short(), Meaning::Plain);
            let told = self.items.iter().map(|item| (of(item), &item.commit, item.changes.as_deref()));
            f.write_str(&cells::changes_listed(told))?;
        }
        match hashes.footer().filter(|_| cells::is_roomy(self.screen)) {
            Some(footer) => write!(f, "\n{}", self.screen.line(&footer)),
            None => Ok(()),
        }
    }
}
