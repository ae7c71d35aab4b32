//! What is different, for people.

use std::fmt;

use super::cells::SHORT;
use super::diff_change::{self, MARGIN};
use super::window::Window;
use super::{At, Cell, Consumer, DiffItem, FieldChange, Lines, Meaning, Revisions, Screen, Verdict};
use crate::diff::Rolls;
use crate::text::Untrusted;

/// The differences of objects, place by place.
///
/// ```text
/// deployment.apps/web  k8s/web.yaml  rolls, scales
///   rolls: yes, the pods get another template
///       web-7797476c48 → web-75848f7785  (1.37)
///   ~ spec.replicas: 2 → 3
///       5 | spec:
///     + 6 |   replicas: 3
///       7 |   selector: {matchLabels: {app: web}}
///   + spec.template.spec.containers[name=log]
///       name: log
///       image: log:1.0
/// ```
pub struct DiffText<'a> {
    items: &'a [DiffItem],
    screen: Screen,
    configured: bool,
    /// The lines of each item in both states, and how many around a change are shown.
    files: Vec<[Option<Lines<'a>>; 2]>,
    around: usize,
}

/// Where nothing cuts the lines of a file, they are cut here: one can be megabytes long.
const WIDEST: usize = 200;

impl<'a> DiffText<'a> {
    /// The differences on a screen.
    pub fn new(items: &'a [DiffItem], screen: Screen) -> Self {
        Self { items, screen, configured: true, files: Vec::new(), around: 0 }
    }

    /// The same, where nobody chose the version that names hold for.
    pub fn version_not_configured(self) -> Self {
        Self { configured: false, ..self }
    }

    /// The same, with so many lines of the files around what changed on a line; `files` has both states of each item, as
    /// far as they may be shown.
    pub fn in_files(self, files: Vec<[Option<Lines<'a>>; 2]>, around: usize) -> Self {
        Self { files, around, ..self }
    }

    fn item(&self, at: usize, item: &DiffItem) -> Vec<Cell> {
        let mut head = Cell::new()
            .text(&item.object.qualified(), Meaning::Heading)
            .words("  ", Meaning::Plain)
            .text(&item.path, Meaning::Dim)
            .words("  ", Meaning::Plain);
        head = item.change.iter().enumerate().fold(head, |head, (at, change)| {
            head.words(if at == 0 { "" } else { ", " }, Meaning::Plain).words(change.word(), Meaning::Plain)
        });
        if let Some(before) = &item.before {
            head = head.words("  was", Meaning::Dim);
            if before.object.qualified() != item.object.qualified() {
                head = head.words(" ", Meaning::Dim).text(&before.object.qualified(), Meaning::Dim);
            }
            if before.path != item.path {
                head = head.words(" in ", Meaning::Dim).text(&before.path, Meaning::Dim);
            }
        }
        let explained = explained(item, self.configured);
        let changes = self.changes(&item.changes, self.files.get(at).filter(|_| self.around > 0));
        std::iter::once(head).chain(explained).chain(changes).collect()
    }

    /// The changes, those on lines near each other with one excerpt of the file.
    fn changes(&self, changes: &[FieldChange], files: Option<&[Option<Lines>; 2]>) -> Vec<Cell> {
        let mut cells = Vec::new();
        let mut open: Option<Window> = None;
        for change in changes {
            let files = files.filter(|_| diff_change::is_short(change));
            let next = files.and_then(|files| Window::around(change, files, self.around));
            match (&mut open, &next) {
                (Some(open), Some(next)) if open.meets(next) => open.take(next),
                _ => {
                    cells.extend(open.take().into_iter().flat_map(|window| self.excerpt(&window)));
                    open = next;
                }
            }
            cells.extend(diff_change::lines(change, self.screen));
        }
        cells.extend(open.into_iter().flat_map(|window| self.excerpt(&window)));
        cells
    }

    fn excerpt(&self, window: &Window) -> Vec<Cell> {
        let width = window.last().to_string().len();
        let most = self.screen.cut().unwrap_or(WIDEST);
        let line = |(number, text): (usize, &str)| {
            let (sign, meaning) = window.sign(number);
            let cell = Cell::new().words("    ", Meaning::Plain).words(sign, meaning).words(" ", Meaning::Plain);
            let cell = cell.computed(format!("{number:width$} | "), Meaning::Dim);
            cell.text(&text.into(), if meaning == Meaning::Dim { Meaning::Dim } else { Meaning::Plain }).cut_to(most)
        };
        window.lines().map(line).collect()
    }
}

/// What is said of an object beside its changes: the revisions, the verdict, the workloads that it concerns.
pub(super) fn explained(item: &DiffItem, configured: bool) -> Vec<Cell> {
    let revisions = item.revisions.iter().map(revisions);
    let verdict = Some(&item.verdict).filter(|verdict| verdict.has_pods);
    let verdict = verdict.into_iter().flat_map(|verdict| judged(verdict, configured));
    revisions.chain(verdict).chain(item.verdict.workloads.iter().map(consumer)).collect()
}

/// The answer, and below it the names where they are known and differ.
fn judged(verdict: &Verdict, configured: bool) -> Vec<Cell> {
    let answer = Cell::new().words("  rolls: ", Meaning::Dim).words(verdict.rolls.word(), verdict.meaning());
    let answer = answer.words(", ", Meaning::Dim).and(verdict.why.clone());
    let line = |text| Cell::new().words(MARGIN, Meaning::Plain).text(text, Meaning::Dim);
    let answer = std::iter::once(answer).chain(verdict.remarks.iter().map(line));
    let [from, to] = &verdict.names;
    if from == to {
        return answer.collect();
    }
    let again = verdict.reuses.as_ref().map(|reused| {
        let cell = Cell::new().words(MARGIN, Meaning::Plain).words("back to ", Meaning::Plain).and(point(&reused.at));
        cell.words(", whose ", Meaning::Dim)
            .words(verdict.made, Meaning::Dim)
            .words(" is reused if it is there", Meaning::Dim)
    });
    let name = |name: &Option<Untrusted>| match name {
        Some(name) => Cell::new().text(name, Meaning::Plain),
        None if verdict.rolls == Rolls::Unknown => Cell::new().words("not known", Meaning::Dim),
        None => Cell::new().words("none", Meaning::Dim),
    };
    let names = Cell::new().words(MARGIN, Meaning::Plain).and(name(from)).words(" → ", Meaning::Dim);
    let version = if configured { ")" } else { ", not configured)" };
    let names = names.and(name(to)).words("  (", Meaning::Dim).computed(&verdict.kube_version, Meaning::Dim);
    answer.chain([names.words(version, Meaning::Dim)]).chain(again).collect()
}

/// The two ends, where they are revisions: `revision 2 (8c4ba27) → 3 (a605ad2)`.
fn revisions(of: &Revisions) -> Cell {
    let to = of.to.as_ref().map_or_else(|| Cell::new().words("the working tree", Meaning::Plain), point);
    let cell = Cell::new().words("  ", Meaning::Plain);
    match &of.from {
        Some(from) => cell.and(point(from)).words(" → ", Meaning::Dim).and(to),
        None => cell.and(to),
    }
}

fn point(at: &At) -> Cell {
    let commit = at.commit.get(..SHORT).unwrap_or(&at.commit);
    match at.revision {
        Some(number) => Cell::new()
            .words("revision ", Meaning::Plain)
            .computed(number, Meaning::Revision)
            .words(" (", Meaning::Dim)
            .computed(commit, Meaning::Dim)
            .words(")", Meaning::Dim),
        None => Cell::new().words("commit ", Meaning::Plain).computed(commit, Meaning::Plain),
    }
}

/// A workload that uses the object, and what its pods have of the change.
fn consumer(of: &Consumer) -> Cell {
    let cell = Cell::new().words("  concerns ", Meaning::Dim).text(&of.object.short(), Meaning::Plain);
    let meaning = if of.keeps_old_values() { Meaning::Warning } else { Meaning::Dim };
    cell.computed(of.use_of_it(), Meaning::Dim).words(": ", Meaning::Dim).words(of.outcome(), meaning)
}

impl fmt::Display for DiffText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, item) in self.items.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { "\n" })?;
            self.item(at, item).iter().try_for_each(|line| f.write_str(&self.screen.line(line)))?;
        }
        Ok(())
    }
}
