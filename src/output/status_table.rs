//! The screen of `status`.

use std::fmt;

use super::{Cell, Column, Meaning, Need, Origin, Screen, StatusItem, StatusPod, StatusRevision, Table, cells};
use crate::cluster::{Progress, Role};

/// How far a rollout is, and what is in its way.
///
/// ```text
/// Waiting for deployment "web" rollout to finish: 1 out of 3 new replicas have been updated...
/// REVISION  STATE        READY  COMMIT   DATE        CHANGE-CAUSE
/// 3         rolling in   0/1    5f786e5  2026-09-10  web 1.6.0, memory limit 48Mi
/// 2         rolling out  3/3    8c4ba27  2026-09-03  web 1.5.0, search by category
/// web-5d8c7f8f5b-x7k2p: cannot pull the image `example.com/web:1.6.0` (ImagePullBackOff)
/// progress deadline: in 9m12s
/// ```
pub struct StatusTable<'a> {
    item: &'a StatusItem,
    screen: Screen,
    with_line: bool,
}

impl<'a> StatusTable<'a> {
    /// The screen of one workload.
    pub fn new(item: &'a StatusItem, screen: Screen) -> Self {
        Self { item, screen, with_line: true }
    }

    /// Without kubectl's line, which stands above already.
    pub fn without_line(self) -> Self {
        Self { with_line: false, ..self }
    }

    fn revisions(&self) -> Table {
        let known = self.item.revisions.iter().flatten().any(|revision| revision.origin.is_some());
        let where_known = |need: Need| if known { need } else { Need::Never };
        let mut table = Table::new(vec![
            Column::new("REVISION", where_known(Need::Always)),
            Column::new("STATE", Need::Always),
            Column::new("READY", Need::Always),
            Column::new("CLUSTER-REVISION", Need::Wide),
            Column::new("NAME", if known { Need::Wide } else { Need::Always }),
            Column::new("COMMIT", where_known(Need::Always)),
            Column::new("DATE", where_known(Need::Room(0))),
            Column::new("AUTHOR", where_known(Need::Wide)),
            Column::new("CHANGE-CAUSE", where_known(Need::Always)),
        ]);
        self.item.revisions.iter().flatten().for_each(|revision| table.push(self.row(revision)));
        table
    }

    fn row(&self, revision: &StatusRevision) -> Vec<Cell> {
        let origin = revision.origin.as_ref();
        let cause = origin.and_then(|origin| origin.cause.as_ref());
        let unknown = || match origin {
            Some(_) => cells::nothing(),
            None => Cell::new().words("not in git: ", Meaning::Warning).text(&revision.name, Meaning::Plain),
        };
        vec![
            cells::revision(origin.and_then(|origin| origin.revision)),
            Cell::new().words(revision.role.word(), meaning(revision.role)),
            match revision.pods {
                Some(_) => cells::pods("", revision.ready, revision.pods),
                None => Cell::new().words("unknown", Meaning::Warning),
            },
            Cell::new().number(revision.cluster_revision, Meaning::Dim),
            Cell::new().text(&revision.name, Meaning::Hash),
            origin.map_or_else(cells::nothing, |origin| cells::commit(&origin.commit, self.screen)),
            origin.map_or_else(cells::nothing, |origin| Cell::new().computed(origin.time.day(), Meaning::Plain)),
            origin.map_or_else(cells::nothing, |origin| Cell::new().text(&origin.author.name, Meaning::Plain)),
            restarted(origin, cause.map_or_else(unknown, |cause| Cell::new().text(&cause.text, Meaning::Cause))),
        ]
    }

    /// What is in the way of it, a line each.
    fn troubles(&self) -> Vec<Cell> {
        let item = self.item;
        let mut lines: Vec<Cell> = Vec::new();
        if item.paused {
            lines.push(Cell::new().words("it is paused, so its controller waits", Meaning::Warning));
        }
        if let Some(refusal) = &item.refusal {
            lines.push(Cell::new().words("no pods can be made: ", Meaning::Error).text(refusal, Meaning::Plain));
        }
        let pods_of = item.pods.as_deref().unwrap_or_default();
        let alike = pods_of.chunk_by(|a, b| a.reason.text == b.reason.text);
        lines.extend(alike.map(pods));
        if let Some(seconds) = item.deadline_seconds.filter(|_| item.progress == Progress::Waiting) {
            let words = if seconds < 0 { "progress deadline: over since " } else { "progress deadline: in " };
            lines.push(Cell::new().words(words, Meaning::Plain).computed(time(seconds.abs()), Meaning::Plain));
        }
        lines
    }
}

/// The cause, and that somebody had the pods made anew since.
fn restarted(origin: Option<&Origin>, cause: Cell) -> Cell {
    match origin.and_then(|origin| origin.restarted.as_ref()) {
        Some(at) => cause.words(" (restarted ", Meaning::Dim).text(at, Meaning::Dim).words(")", Meaning::Dim),
        None => cause,
    }
}

fn meaning(role: Role) -> Meaning {
    match role {
        Role::Live => Meaning::Added,
        Role::RollingIn | Role::Unknown => Meaning::Warning,
        Role::RollingOut | Role::Kept => Meaning::Dim,
    }
}

/// Pods that have the same trouble.
fn pods(alike: &[StatusPod]) -> Cell {
    let first = &alike[0];
    let cell = Cell::new().text(&first.name, Meaning::Plain);
    let cell = match alike.len() {
        1 => cell,
        count => {
            cell.words(" and ", Meaning::Plain).number(count as i64 - 1, Meaning::Plain).words(" more", Meaning::Plain)
        }
    };
    let meaning = if first.reason.what.lasts() { Meaning::Error } else { Meaning::Plain };
    cell.words(": ", Meaning::Plain).text(&first.reason.text, meaning)
}

/// `45s`, `9m12s`, `2h3m`.
fn time(seconds: i64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds}s"),
        (0, minutes, 0) => format!("{minutes}m"),
        (0, minutes, seconds) => format!("{minutes}m{seconds}s"),
        (hours, 0, _) => format!("{hours}h"),
        (hours, minutes, _) => format!("{hours}h{minutes}m"),
    }
}

impl fmt::Display for StatusTable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let break_ = if self.screen == Screen::Markdown { "\n" } else { "" };
        if self.with_line {
            let line = Cell::new().text(&self.item.line, Meaning::Heading);
            write!(f, "{}{break_}", self.screen.line(&line))?;
        }
        if self.item.revisions.as_ref().is_some_and(|revisions| !revisions.is_empty()) {
            write!(f, "{}{break_}", self.revisions().on(self.screen))?;
        }
        for line in self.troubles() {
            write!(f, "{}{break_}", self.screen.line(&line))?;
        }
        for help in &self.item.help {
            let line = Cell::new().words("hint: ", Meaning::Hint).text(&help.command, Meaning::Plain);
            let line = line.words("  ", Meaning::Plain).text(&help.what, Meaning::Dim);
            write!(f, "{}{break_}", self.screen.line(&line))?;
        }
        Ok(())
    }
}
