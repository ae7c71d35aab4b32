//! What is different, for people.

use std::fmt;

use serde_json::Value;

use super::{Cell, Consumer, DiffItem, FieldChange, Meaning, Screen, Verdict, markdown_sources, yaml};
use crate::diff::{Inside, Op, Piece, Rolls};
use crate::text::{Sensitive, Untrusted};

/// The differences of objects, place by place.
///
/// ```text
/// deployment.apps/web  k8s/web.yaml  rolls, scales
///   rolls: yes, the pods get another template
///       web-7797476c48 → web-75848f7785  (1.37)
///   ~ spec.replicas: 2 → 3
///   + spec.template.spec.containers[name=log]
///       name: log
///       image: log:1.0
/// ```
pub struct DiffText<'a> {
    items: &'a [DiffItem],
    screen: Screen,
    configured: bool,
}

/// The lines of a value that was added or removed, beyond which it is only counted: all of it is in the JSON.
const LONGEST: usize = 40;
/// What stands before a line of a value.
const MARGIN: &str = "      ";

impl<'a> DiffText<'a> {
    /// The differences on a screen.
    pub fn new(items: &'a [DiffItem], screen: Screen) -> Self {
        Self { items, screen, configured: true }
    }

    /// The same, where nobody chose the version that names hold for.
    pub fn version_not_configured(self) -> Self {
        Self { configured: false, ..self }
    }

    fn item(&self, item: &DiffItem) -> Vec<Cell> {
        let mut head = Cell::new()
            .text(&item.object.qualified(), Meaning::Heading)
            .words("  ", Meaning::Plain)
            .text(&item.path, Meaning::Dim)
            .words("  ", Meaning::Plain);
        head = item.change.iter().enumerate().fold(head, |head, (at, change)| {
            head.words(if at == 0 { "" } else { ", " }, Meaning::Plain).words(change.word(), Meaning::Plain)
        });
        if let Some(before) = &item.before {
            head = head.words("  was ", Meaning::Dim).text(&before.object.qualified(), Meaning::Dim);
            head = head.words(" in ", Meaning::Dim).text(&before.path, Meaning::Dim);
        }
        let verdict = Some(&item.verdict).filter(|verdict| verdict.has_pods);
        let verdict = verdict.into_iter().flat_map(|verdict| self.verdict(verdict));
        let consumers = item.verdict.workloads.iter().map(consumer);
        let changes = item.changes.iter().flat_map(|change| self.change(change));
        std::iter::once(head).chain(verdict).chain(consumers).chain(changes).collect()
    }

    /// The answer, and below it the names where they are known and differ.
    fn verdict(&self, verdict: &Verdict) -> Vec<Cell> {
        let answer = Cell::new().words("  rolls: ", Meaning::Dim).words(verdict.rolls.word(), verdict.meaning());
        let answer = answer.words(", ", Meaning::Dim).text(&verdict.reason, Meaning::Plain);
        let [from, to] = &verdict.names;
        if from == to {
            return vec![answer];
        }
        let name = |name: &Option<Untrusted>| match name {
            Some(name) => Cell::new().text(name, Meaning::Plain),
            None => Cell::new().words("-", Meaning::Dim),
        };
        let names = Cell::new().words(MARGIN, Meaning::Plain).and(name(from)).words(" → ", Meaning::Dim);
        let version = if self.configured { ")" } else { ", not configured)" };
        let names = names.and(name(to)).words("  (", Meaning::Dim).computed(&verdict.kube_version, Meaning::Dim);
        vec![answer, names.words(version, Meaning::Dim)]
    }

    /// The lines of one change.
    pub(super) fn change(&self, change: &FieldChange) -> Vec<Cell> {
        let (sign, meaning) = sign(change.op);
        let mut head = Cell::new().words("  ", Meaning::Plain).words(sign, meaning).words(" ", Meaning::Plain);
        head = head.text(&change.path, Meaning::Plain);
        let mut lines = match change.op {
            Op::Move => return vec![moved(head, change)],
            _ if change.hidden => {
                return vec![
                    head.words(": ", Meaning::Plain)
                        .words(Sensitive::HIDDEN, Meaning::Dim)
                        .words(outcome(change.op), Meaning::Dim),
                ];
            }
            Op::Add => value(head, &change.to, Meaning::Added),
            Op::Remove => value(head, &change.from, Meaning::Removed),
            Op::Replace => self.replaced(head, &change.from, &change.to),
        };
        if let (Some(equality), Some(first)) = (change.equality, lines.first_mut()) {
            *first = std::mem::take(first)
                .words("  (", Meaning::Dim)
                .words(equality.word(), Meaning::Dim)
                .words(" only)", Meaning::Dim);
        }
        lines
    }

    /// On one line if there is room for both.
    fn replaced(&self, head: Cell, old: &Value, new: &Value) -> Vec<Cell> {
        if let (Value::String(old), Value::String(new)) = (old, new)
            && let Inside::Lines(hunks) = Inside::of(old, new)
        {
            return std::iter::once(head).chain(hunks.as_str().lines().map(hunk_line)).collect();
        }
        let (before, after) = (pieces(old, new, Meaning::Removed), pieces(old, new, Meaning::Added));
        let (Some(before), Some(after)) = (before, after) else {
            let removed = block(old).into_iter().map(|line| signed("- ", &line, Meaning::Removed));
            let added = block(new).into_iter().map(|line| signed("+ ", &line, Meaning::Added));
            return std::iter::once(head).chain(removed).chain(added).collect();
        };
        let width = head.width() + before.width() + after.width() + ":  → ".chars().count();
        if self.screen.width().is_none_or(|room| width <= room) {
            let head = head.words(": ", Meaning::Plain).and(before).words(" → ", Meaning::Dim).and(after);
            return vec![head];
        }
        let line = |sign, meaning| Cell::new().words(MARGIN, Meaning::Plain).words(sign, meaning);
        vec![head, line("- ", Meaning::Removed).and(before), line("+ ", Meaning::Added).and(after)]
    }
}

/// A workload that uses the object, and what its pods have of the change.
fn consumer(of: &Consumer) -> Cell {
    let outcome = match of.restarts {
        Rolls::Yes => "its pods are replaced",
        Rolls::Unknown => "whether its pods are replaced is unknown",
        Rolls::No if of.keeps_old_values() => "its pods are not replaced, and keep what they read at their start",
        Rolls::No => "its pods are not replaced",
    };
    let cell = Cell::new().words("  concerns ", Meaning::Dim).text(&of.object.short(), Meaning::Plain);
    let how = if of.how.is_empty() { String::new() } else { format!(" ({})", of.how.join(", ")) };
    let meaning = if of.keeps_old_values() { Meaning::Warning } else { Meaning::Dim };
    cell.text(&how.into(), Meaning::Dim).words(": ", Meaning::Dim).words(outcome, meaning)
}

fn sign(op: Op) -> (&'static str, Meaning) {
    match op {
        Op::Add => ("+", Meaning::Added),
        Op::Remove => ("-", Meaning::Removed),
        Op::Replace => ("~", Meaning::Warning),
        Op::Move => (">", Meaning::Warning),
    }
}

/// What is said of a value that nobody may see.
fn outcome(op: Op) -> &'static str {
    match op {
        Op::Add => ", added",
        Op::Remove => ", removed",
        Op::Replace | Op::Move => ", changed",
    }
}

fn moved(head: Cell, change: &FieldChange) -> Cell {
    let place = |value: &Value| value.as_i64().unwrap_or_default();
    head.words(": place ", Meaning::Plain)
        .number(place(&change.from), Meaning::Removed)
        .words(" → ", Meaning::Dim)
        .number(place(&change.to), Meaning::Added)
}

/// A value that is all new or all gone: a scalar beside its place, anything else under it.
fn value(head: Cell, value: &Value, meaning: Meaning) -> Vec<Cell> {
    if let Some(text) = scalar(value) {
        return vec![head.words(": ", Meaning::Plain).text(&text, meaning)];
    }
    std::iter::once(head).chain(block(value).iter().map(|line| signed("", line, meaning))).collect()
}

fn signed(sign: &'static str, line: &Untrusted, meaning: Meaning) -> Cell {
    Cell::new().words(MARGIN, Meaning::Plain).words(sign, meaning).text(line, meaning)
}

/// The lines of a value as YAML.
fn block(value: &Value) -> Vec<Untrusted> {
    let text = yaml::block(value);
    let mut lines: Vec<Untrusted> = text.lines().take(LONGEST).map(Untrusted::from).collect();
    let left = text.lines().count() - lines.len();
    if left > 0 {
        lines.push(format!("… {left} more lines").into());
    }
    lines
}

/// A value that fits on a line.
fn scalar(value: &Value) -> Option<Untrusted> {
    let holds = match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::String(text) => text.contains('\n'),
        _ => false,
    };
    (!holds).then(|| yaml::block(value).trim_end().into())
}

/// One side of a scalar that was replaced, what is different in it marked.
fn pieces(old: &Value, new: &Value, side: Meaning) -> Option<Cell> {
    let stands_alone = |text: &String| !text.is_empty() && text.trim() == text;
    let (before, after) = match (old, new) {
        (Value::String(old), Value::String(new)) if stands_alone(old) && stands_alone(new) => {
            (old.as_str().into(), new.as_str().into())
        }
        _ => (scalar(old)?, scalar(new)?),
    };
    let Inside::Words(pieces) = Inside::of(before.as_str(), after.as_str()) else { return None };
    Some(pieces.into_iter().fold(Cell::new(), |cell, piece| match (piece, side) {
        (Piece::Same(text), _) => cell.text(&text.into(), Meaning::Plain),
        (Piece::Removed(text), Meaning::Removed) | (Piece::Added(text), Meaning::Added) => {
            cell.text(&text.into(), side)
        }
        _ => cell,
    }))
}

fn hunk_line(line: &str) -> Cell {
    let meaning = match line.as_bytes().first() {
        Some(b'+') => Meaning::Added,
        Some(b'-') => Meaning::Removed,
        Some(b'@') => Meaning::Dim,
        _ => Meaning::Plain,
    };
    signed("", &line.into(), meaning)
}

impl fmt::Display for DiffText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        for (at, item) in self.items.iter().enumerate() {
            text.push_str(if at == 0 { "" } else { "\n" });
            for line in self.item(item) {
                match self.screen {
                    Screen::Markdown => text.push_str(&(line.plain() + "\n")),
                    screen => text.push_str(&screen.line(&line)),
                }
            }
        }
        if self.screen == Screen::Markdown && !text.is_empty() {
            f.write_str(&markdown_sources(&[text], "yaml", &[]))
        } else {
            f.write_str(&text)
        }
    }
}
