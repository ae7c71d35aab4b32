//! The row of a lineage that a selection means.

#[cfg(feature = "cluster")]
mod live;

use super::context::Context;
use super::failure::{Failure, Result};
use super::onward::Next;
use super::selection::Selection;
use super::world::World;
use crate::git::Error;
use crate::kubernetes::Version;
use crate::output::{Note, ObjectName, Time};
use crate::revision::{Lineage, Namer, Revision, Row};
use crate::template::Server;
use crate::text::Untrusted;

/// What a selection means in a lineage.
pub(super) enum Selected<'l> {
    Row(&'l Row, Vec<Note>),
    /// A commit, whose state may be off the line.
    Commit(String),
}

/// Finds what is meant; what could be meant in two ways is an error that lists them.
pub(super) fn select<'l>(
    context: &Context,
    world: &World,
    lineage: &'l Lineage,
    selection: &Selection,
) -> Result<Selected<'l>> {
    let row = |found: Result<(&'l Row, Vec<Note>)>| found.map(|(row, notes)| Selected::Row(row, notes));
    match selection {
        Selection::Digits(number) => match branch_or_tag(world, &number.to_string()) {
            true => Err(two_ways(&number.to_string(), [format!("rev:{number}"), format!("commit:{number}")])),
            false => row(numbered(lineage, *number)),
        },
        Selection::Number(number) => row(numbered(lineage, *number)),
        Selection::Hash(hash) => row(hashed(world, lineage, hash)),
        Selection::Image(image) => row(with_image(lineage, image)),
        Selection::Date(when) => {
            let at = when.end(context.now, &context.zone()).as_second();
            row(current_at(lineage, at))
        }
        Selection::Commit(rev) => Ok(Selected::Commit(rev.clone())),
        #[cfg(feature = "cluster")]
        Selection::Live => row(live::row(context, world, lineage)),
        #[cfg(feature = "cluster")]
        Selection::Word(word) if selection.is_live() => match branch_or_tag(world, word) {
            true => Err(two_ways(word, [format!("rev:{word}"), format!("commit:{word}")])),
            false => row(live::row(context, world, lineage)),
        },
        Selection::Word(word) => match (as_name(world, lineage, word), world.repository.resolve(word).is_ok()) {
            (Some(hash), true) => Err(two_ways(word, [format!("hash:{hash}"), format!("commit:{word}")])),
            (Some(hash), false) => row(hashed(world, lineage, &hash)),
            (None, false) if is_like_name(lineage, word) => Err(never_ran(lineage, word)),
            (None, _) => Ok(Selected::Commit(word.clone())),
        },
    }
}

/// A word that is no commit, and looks like the name of a ReplicaSet that never was.
fn never_ran(lineage: &Lineage, word: &str) -> Failure {
    let range = format!("{} to {}", Version::OLDEST, Version::NEWEST);
    not_there(lineage, format!("`{word}` is the name of no ReplicaSet in Kubernetes {range}, and of no commit"))
}

fn two_ways(word: &str, readings: [String; 2]) -> Failure {
    let failure = Failure::new(format!("`{word}` could mean two things"));
    readings.into_iter().fold(failure, Failure::hint)
}

/// Digits are a number unless somebody gave a branch or tag that very name.
fn branch_or_tag(world: &World, name: &str) -> bool {
    ["refs/heads/", "refs/tags/"].iter().any(|folder| {
        !matches!(world.repository.resolve(&format!("{folder}{name}")), Err(Error::UnknownRevision { .. }))
    })
}

fn is_like_name(lineage: &Lineage, word: &str) -> bool {
    word.strip_prefix(lineage.identity.name.as_str()).is_some_and(|rest| rest.starts_with('-'))
}

/// The hash at the end of `web-6c5f67b5f7`, if that is how a ReplicaSet of the workload would be called.
fn as_name(world: &World, lineage: &Lineage, word: &str) -> Option<String> {
    let hash = word.strip_prefix(lineage.identity.name.as_str())?.strip_prefix('-')?;
    let is_hash = !hash.is_empty() && hash.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let settings = world.settings(&lineage.path).ok()?;
    let known = || Version::all().any(|version| !rows_of(world, lineage, hash, settings.server_at(version)).is_empty());
    (is_hash && known()).then(|| hash.to_owned())
}

fn revisions(lineage: &Lineage) -> impl DoubleEndedIterator<Item = (Revision, &Row)> {
    lineage.rows.iter().filter_map(|row| row.event.revision.map(|revision| (revision, row)))
}

fn numbered(lineage: &Lineage, number: u64) -> Result<(&Row, Vec<Note>)> {
    if lineage.shallow {
        let what = "the clone is shallow, so its revisions have no numbers";
        return Err(Failure::not_found(anyhow::anyhow!(what)).hint("git fetch --unshallow"));
    }
    let found = match number {
        0 => revisions(lineage).rev().nth(1), // kubectl's word for the one before the last
        number => revisions(lineage).find(|(revision, _)| u64::from(revision.get()) == number),
    };
    match found {
        Some((_, row)) => Ok((row, Vec::new())),
        // kubectl's words (pkg/polymorphichelpers/history.go).
        None => Err(not_there(lineage, "unable to find the specified revision".to_owned())),
    }
}

fn not_there(lineage: &Lineage, what: String) -> Failure {
    let there = match revisions(lineage).next_back() {
        Some((newest, _)) if newest.get() == 1 => "its only revision is 1".to_owned(),
        Some((newest, _)) => format!("its revisions are 1 to {newest}"),
        None => "it has no revision".to_owned(),
    };
    let name = ObjectName::from(&lineage.identity).qualified();
    Failure::not_found(anyhow::anyhow!(what)).next(Next::new("history", name.as_str(), "").after(there))
}

fn rows_of<'l>(world: &World, lineage: &'l Lineage, hash: &str, server: Server) -> Vec<&'l Row> {
    let namer = Namer::new(&world.repository, &world.index, server);
    let is_it = |row: &&Row| {
        let live = namer.after(&row.event).and_then(std::result::Result::ok);
        let new = row.event.state.as_ref().and_then(|state| namer.as_new(state, &row.event.role).ok());
        live.into_iter().chain(new).any(|name| name.hash.to_string() == hash)
    };
    lineage.rows.iter().filter(is_it).collect()
}

/// The newest revision of that hash: those of one hash are one template.
fn hashed<'l>(world: &World, lineage: &'l Lineage, hash: &str) -> Result<(&'l Row, Vec<Note>)> {
    let settings = world.settings(&lineage.path)?;
    let version = settings.version.version;
    let rows = rows_of(world, lineage, hash, settings.server());
    let made: Vec<&Row> = rows.iter().copied().filter(|row| row.event.revision.is_some()).collect();
    if let Some(row) = made.last().or(rows.last()) {
        let numbers: Vec<String> =
            made.iter().filter_map(|row| row.event.revision.map(|number| number.to_string())).collect();
        let text = || format!("revisions {} have this hash: the newest is taken", numbers.join(", "));
        return Ok((row, (numbers.len() > 1).then(|| Note::new(text())).into_iter().collect()));
    }
    let others: Vec<String> = Version::all()
        .filter(|version| !rows_of(world, lineage, hash, settings.server_at(*version)).is_empty())
        .map(|version| version.to_string())
        .collect();
    let failure = not_there(lineage, format!("no revision has the hash `{hash}` in Kubernetes {version}"));
    Err(match others.first() {
        Some(first) => failure.hint(format!("it has it in {}: --kube-version {first}", others.join(", "))),
        None => failure,
    })
}

/// The revision with that image; of several, if they do not mean the same, none.
fn with_image<'l>(lineage: &'l Lineage, image: &str) -> Result<(&'l Row, Vec<Note>)> {
    let has = |row: &&Row| {
        let state = row.event.state.as_ref().filter(|_| row.event.revision.is_some() || lineage.shallow);
        state.is_some_and(|state| state.images.iter().any(|full| is_image(full, image)))
    };
    let rows: Vec<&Row> = lineage.rows.iter().filter(has).collect();
    let Some(newest) = rows.last() else {
        return Err(not_there(lineage, format!("no revision has the image `{image}`")));
    };
    match rows.iter().all(|row| same_meaning(row, newest)) {
        true => Ok((newest, Vec::new())),
        false => {
            let failure = Failure::new(format!("{} revisions have the image `{image}`", rows.len()));
            Err(rows.into_iter().map(reading).fold(failure, Failure::hint))
        }
    }
}

fn same_meaning(one: &Row, other: &Row) -> bool {
    one.event.state.as_ref().zip(other.event.state.as_ref()).is_some_and(|(one, other)| one.means_the_same(other))
}

/// The image as it is written, or the end of it after a slash.
fn is_image(full: &Untrusted, wanted: &str) -> bool {
    let full = full.as_str();
    full == wanted || full.strip_suffix(wanted).is_some_and(|rest| rest.ends_with('/'))
}

fn reading(row: &Row) -> String {
    let day = Time::from(row).day().to_string();
    let id = row.commit.id.to_string();
    let name = row.event.revision.map_or_else(|| format!("commit:{}", &id[..12]), |number| format!("rev:{number}"));
    format!("{name}  ({} of {day}: {})", &id[..7], row.commit.subject().terminal())
}

/// The state that was current at a second.
fn current_at(lineage: &Lineage, second: i64) -> Result<(&Row, Vec<Note>)> {
    let before: Vec<&Row> = lineage.rows.iter().take_while(|row| row.commit.time.seconds <= second).collect();
    let known = before.iter().rposition(|row| row.event.revision.is_some());
    let known = known.or_else(|| before.iter().rposition(|row| lineage.shallow && row.event.state.is_some()));
    match known.map(|place| before[place]) {
        Some(row) => Ok((row, Vec::new())),
        None => Err(not_there(lineage, "it was not there yet, or nothing is known of it, at that time".to_owned())),
    }
}
