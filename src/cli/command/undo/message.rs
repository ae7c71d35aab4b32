//! The message of the commit that goes back.

use super::back::Back;
use super::together::Together;
use crate::cli::edit::{Planned, TRAILER, line, short, verdict};
use crate::cli::world::World;
use crate::revision::Row;
use crate::text::Untrusted;

/// How a cause begins that says what was gone back to.
const ROLLBACK: &str = "rollback to ";

/// Why: what the user says, else the older revision's own cause. One that went back itself is not told again.
pub(super) fn cause(back: &Back, world: &World, given: Option<&str>) -> String {
    if let Some(given) = given.map(line).filter(|given| !given.is_empty()) {
        return given;
    }
    let own = back.row().map(|row| line(row.cause.text.as_str())).unwrap_or_default();
    rollback(&back.goal(world), &own)
}

/// `rollback to revision 3: web 1.5`
pub(super) fn rollback(goal: &str, own: &str) -> String {
    let own = match own.strip_prefix(ROLLBACK).and_then(|rest| rest.split_once(": ")) {
        Some((goal, cause)) if is_goal(goal) => cause.to_owned(),
        _ => own.to_owned(),
    };
    match own.is_empty() {
        true => format!("{ROLLBACK}{goal}"),
        false => format!("{ROLLBACK}{goal}: {own}"),
    }
}

/// `revision 3`, `commit 3c1f0b2`
fn is_goal(text: &str) -> bool {
    match text.split_once(' ') {
        Some(("revision", number)) => number.bytes().all(|byte| byte.is_ascii_digit()),
        Some(("commit", id)) => id.bytes().all(|byte| byte.is_ascii_hexdigit()),
        _ => false,
    }
}

/// The whole message, as people and `rollbook history` read it.
pub(super) fn message(back: &Back, world: &World, planned: &Planned, together: &Together, cause: &str) -> String {
    let mut message = format!("Roll back {} to {}\n\n", back.target(), back.goal(world));
    if let Some(item) = &planned.item {
        images(back).into_iter().chain([verdict(item)]).for_each(|text| message.push_str(&format!("{text}\n")));
    }
    let undone: Vec<&Row> = back.undone().collect();
    if !undone.is_empty() {
        message.push_str("\nUndone with it:\n");
        for row in undone {
            message.push_str(&format!("- {}\n", revision(world, row)));
        }
    }
    if !together.lines.is_empty() {
        message.push_str("\nTaken back with it:\n");
        together.lines.iter().for_each(|line| message.push_str(&format!("- {line}\n")));
    }
    let hash = planned.item.as_ref().and_then(|item| item.verdict.goes_to()).map(|hash| format!(" ({hash})"));
    message.push_str(&format!("\nChange-Cause: {cause}\n"));
    let (target, commit) = (back.target(), back.to.commit);
    message.push_str(&format!("{TRAILER}Undo: {target} to {commit}{}\n", hash.unwrap_or_default()));
    message
}

/// `revision 4: web 1.6`, or with the commit of what has no number.
pub(super) fn revision(world: &World, row: &Row) -> String {
    let cause = line(row.cause.text.as_str());
    match row.event.revision {
        Some(number) => format!("revision {number}: {cause}"),
        None => format!("commit {}: {cause}", short(world, row.commit.id)),
    }
}

/// `Image: web:1.6 → web:1.5`; nothing where they are the same.
fn images(back: &Back) -> Option<String> {
    let of = |images: &[Untrusted]| images.iter().map(|image| line(image.as_str())).collect::<Vec<_>>().join(", ");
    let (_, today) = back.lineage.current()?;
    let (from, to) = (of(&today.images), of(&back.to.state.images));
    (from != to).then(|| format!("Images: {from} → {to}"))
}
