//! What is different at one place of an object, for people.

use super::{Cell, FieldChange, Meaning, Screen, yaml};
use crate::diff::{Inside, Op, Piece};
use crate::text::{Sensitive, Untrusted};
use serde_json::Value;

/// The lines of a value that was added or removed, beyond which it is only counted: all of it is in the JSON.
const LONGEST: usize = 40;
/// What stands before a line of a value.
pub(super) const MARGIN: &str = "      ";

/// A change in lines: at least the one of its place.
pub(super) fn lines(change: &FieldChange, screen: Screen) -> Vec<Cell> {
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
        Op::Replace => replaced(head, &change.from, &change.to, screen),
    };
    if let (Some(equality), Some(first)) = (change.equality, lines.first_mut()) {
        *first = std::mem::take(first)
            .words("  (", Meaning::Dim)
            .words(equality.word(), Meaning::Dim)
            .words(" only)", Meaning::Dim);
    }
    lines
}

/// Whether the lines of a change have so little in them that the file around it is worth a look.
pub(super) fn is_short(change: &FieldChange) -> bool {
    change.op == Op::Move || [&change.from, &change.to].into_iter().all(|value| scalar(value).is_some())
}

/// On one line if there is room for both.
fn replaced(head: Cell, old: &Value, new: &Value, screen: Screen) -> Vec<Cell> {
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
    if screen.width().is_none_or(|room| width <= room) {
        let head = head.words(": ", Meaning::Plain).and(before).words(" → ", Meaning::Dim).and(after);
        return vec![head];
    }
    let line = |sign, meaning| Cell::new().words(MARGIN, Meaning::Plain).words(sign, meaning);
    vec![head, line("- ", Meaning::Removed).and(before), line("+ ", Meaning::Added).and(after)]
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
pub(super) fn outcome(op: Op) -> &'static str {
    match op {
        Op::Add => ", added",
        Op::Remove => ", removed",
        Op::Replace | Op::Move => ", changed",
    }
}

pub(super) fn moved(head: Cell, change: &FieldChange) -> Cell {
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
pub(super) fn block(value: &Value) -> Vec<Untrusted> {
    let text = yaml::block(value);
    let mut lines: Vec<Untrusted> = text.lines().take(LONGEST).map(Untrusted::from).collect();
    let left = text.lines().count() - lines.len();
    if left > 0 {
        lines.push(format!("… {left} more lines").into());
    }
    lines
}

/// A value that fits on a line.
pub(super) fn scalar(value: &Value) -> Option<Untrusted> {
    let holds = match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::String(text) => text.contains('\n'),
        _ => false,
    };
    (!holds).then(|| yaml::block(value).trim_end().into())
}

/// Two values that fit on a line each: two strings without quotes, where nobody can take them for something else.
pub(super) fn scalars(old: &Value, new: &Value) -> Option<(Untrusted, Untrusted)> {
    let stands_alone = |text: &String| !text.is_empty() && text.trim() == text && !text.contains('\n');
    match (old, new) {
        (Value::String(old), Value::String(new)) if stands_alone(old) && stands_alone(new) => {
            Some((old.as_str().into(), new.as_str().into()))
        }
        _ => Some((scalar(old)?, scalar(new)?)),
    }
}

/// One side of a scalar that was replaced, what is different in it marked.
fn pieces(old: &Value, new: &Value, side: Meaning) -> Option<Cell> {
    let (before, after) = scalars(old, new)?;
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
