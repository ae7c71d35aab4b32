//! The screen of `drift`.

use std::fmt;

use super::{Cell, Column, DriftField, DriftItem, DriftState, Meaning, Need, Screen, Table, cells, diff_change, twins};

/// What a cluster has otherwise than git says, and at the end how much is the same.
///
/// ```text
/// NAME          STATE            GIT  LIVE  COMMIT   DATE        CHANGE-CAUSE
/// deploy/api    behind           5    4     8c4ba27  2026-09-03  api 1.5.0
///   ~ spec.template.spec.containers[name=api].image: api:1.6.0 → api:1.5.0
/// deploy/web    changed by hand
///   ~ spec.template.spec.containers[name=web].image: web:1.6 → web:1.7
///       kubectl-edit, 2026-09-10T12:00:00Z
/// cm/settings   missing
/// 9 objects are the same
/// ```
pub struct DriftTable<'a> {
    items: &'a [DriftItem],
    screen: Screen,
}

impl<'a> DriftTable<'a> {
    /// The screen of these objects.
    pub fn new(items: &'a [DriftItem], screen: Screen) -> Self {
        Self { items, screen }
    }

    fn is_shown(&self, item: &DriftItem) -> bool {
        let has_more = item.restarted.is_some() || item.replicas.is_some();
        item.state != DriftState::Same || self.screen == Screen::Unlimited || has_more
    }

    fn table(&self) -> Table {
        let shown = || self.items.iter().filter(|item| self.is_shown(item));
        let has_live = shown().any(|item| item.live.is_some());
        let where_live = |need: Need| if has_live { need } else { Need::Never };
        let mut names = shown().map(|item| &item.object.namespace);
        let first = names.next();
        let namespaces = match names.any(|name| Some(name) != first) {
            true if twins::in_namespaces(shown().map(|item| &item.object)) => Need::Always,
            true => Need::Room(1),
            false => Need::Wide,
        };
        let mut table = Table::new(vec![
            Column::new("NAMESPACE", namespaces),
            Column::new("NAME", Need::Always),
            Column::new("STATE", Need::Always),
            Column::new("GIT", where_live(Need::Always)),
            Column::new("LIVE", where_live(Need::Always)),
            Column::new("COMMIT", where_live(Need::Always)),
            Column::new("DATE", where_live(Need::Room(0))),
            Column::new("CHANGE-CAUSE", where_live(Need::Always)),
            Column::new("PATH", Need::Wide),
        ]);
        for item in shown() {
            table.push(self.row(item));
            let below = self.below(item);
            if !below.is_empty() {
                table.push_below(below);
            }
        }
        table
    }

    fn row(&self, item: &DriftItem) -> Vec<Cell> {
        let live = item.live.as_ref();
        let cause = live.and_then(|live| live.cause.as_ref());
        let blank = Cell::new;
        vec![
            cells::namespace(item.object.namespace.as_ref()),
            Cell::new().text(&item.object.short(), Meaning::Plain),
            Cell::new().words(item.state.word(), meaning(item.state)),
            live.map_or_else(blank, |_| cells::revision(item.revision)),
            live.map_or_else(blank, |live| cells::revision(live.revision)),
            live.map_or_else(blank, |live| cells::commit(&live.commit, self.screen)),
            live.map_or_else(blank, |live| Cell::new().computed(live.time.day(), Meaning::Plain)),
            cause.map_or_else(blank, |cause| Cell::new().text(&cause.text, Meaning::Cause)),
            item.path.as_ref().map_or_else(blank, |path| Cell::new().text(path, Meaning::Plain)),
        ]
    }

    /// The fields, and what there is to say besides.
    fn below(&self, item: &DriftItem) -> Vec<Cell> {
        let indented = || Cell::new().words("  ", Meaning::Plain);
        let by_hand = item.state == DriftState::Changed;
        let mut lines: Vec<Cell> = item.fields.iter().flat_map(|field| self.field(field, by_hand)).collect();
        if let Some(reason) = &item.reason {
            lines.push(indented().text(reason, Meaning::Plain));
        }
        if let Some(replicas) = &item.replicas {
            let cell = indented()
                .computed(&replicas.live, Meaning::Plain)
                .words(" replicas, as the autoscaler ", Meaning::Plain);
            let cell = cell.text(&replicas.autoscaler, Meaning::Plain).words(" counts them, not ", Meaning::Plain);
            lines.push(cell.computed(&replicas.git, Meaning::Plain));
        }
        if let Some(time) = &item.restarted {
            lines.push(indented().words("restarted by hand, ", Meaning::Plain).text(time, Meaning::Plain));
        }
        lines
    }

    /// What differs, and who wrote it: what git had said was written by whoever applied it.
    fn field(&self, field: &DriftField, by_hand: bool) -> Vec<Cell> {
        let mut lines = diff_change::lines(&field.change, self.screen);
        if let Some(by) = field.by.as_ref().filter(|_| by_hand) {
            let mut cell = Cell::new().words(diff_change::MARGIN, Meaning::Plain).text(&by.name, Meaning::Dim);
            if let Some(subresource) = &by.subresource {
                cell = cell.words(" by ", Meaning::Dim).text(subresource, Meaning::Dim);
            }
            if let Some(time) = &by.time {
                cell = cell.words(", ", Meaning::Dim).text(time, Meaning::Dim);
            }
            lines.push(cell);
        }
        lines
    }

    /// How much is the same, and how much nobody knows of; nothing where that is none.
    fn summary(&self) -> Option<Cell> {
        let same = self.items.iter().filter(|item| item.state == DriftState::Same).count();
        let unknown = self.items.iter().filter(|item| item.state == DriftState::Unknown).count();
        let number = |count: usize| Cell::new().number(i64::try_from(count).unwrap_or(i64::MAX), Meaning::Plain);
        if same == 0 && unknown == 0 {
            return None;
        }
        let cell = match (same, self.items.len()) {
            (1, 1) => Cell::new().words("the object is the same", Meaning::Plain),
            (same, all) if same == all => number(all).words(" objects, all the same", Meaning::Plain),
            (1, _) => Cell::new().words("1 object is the same", Meaning::Plain),
            (same, _) => number(same).words(" objects are the same", Meaning::Plain),
        };
        Some(match unknown {
            0 => cell,
            unknown => cell.words("; not compared: ", Meaning::Warning).and(number(unknown)),
        })
    }
}

fn meaning(state: DriftState) -> Meaning {
    match state {
        DriftState::Same => Meaning::Added,
        DriftState::Behind | DriftState::Ahead | DriftState::Unknown => Meaning::Warning,
        DriftState::Changed | DriftState::Missing | DriftState::Extra => Meaning::Error,
    }
}

impl fmt::Display for DriftTable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.items.iter().any(|item| self.is_shown(item)) {
            write!(f, "{}", self.table().on(self.screen))?;
        }
        // A paragraph of its own in Markdown.
        let break_ = if self.screen == Screen::Markdown { "\n" } else { "" };
        self.summary().iter().try_for_each(|summary| write!(f, "{}{break_}", self.screen.line(summary)))
    }
}
