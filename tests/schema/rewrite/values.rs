//! What becomes of fields: their gates, defaults, and whether JSON has them though they are empty.

use super::{Places, rows};
use crate::minors::{Minors, minor};
use crate::oracle::{Declared, Said};
use crate::rows::{Key, options};
use std::collections::BTreeSet;

/// Whether a version drops a field; nothing where it was not asked.
fn drops(said: &Said, key: &Key) -> Option<bool> {
    let is_dropped = said.dropped.contains(key);
    (is_dropped || said.kept.contains(key)).then_some(is_dropped)
}

/// The table of gates.
pub fn gates(table: &str, said: &[Said], places: &Places, open: &mut Vec<String>) -> String {
    let asked = |key: &Key, known: Minors| {
        let told = said.iter().filter_map(|said| Some((said.minor, drops(said, key)?)));
        told.fold(known, |versions, (minor, is_dropped)| versions.with(minor, is_dropped))
    };
    let mut kept = Vec::new();
    let mut known = BTreeSet::new();
    for (key, row) in rows(table) {
        let Some(key) = key else {
            kept.push(row.to_owned());
            continue;
        };
        let cells: Vec<&str> = row.split('\t').collect();
        let versions = Minors::parse(cells[3]);
        let asked = asked(&key, versions);
        match asked == versions {
            true => kept.push(row.to_owned()),
            false if asked.is_empty() => {}
            false => kept.push(format!("{}\t{}", cells[..3].join("\t"), asked.text())),
        }
        known.insert(key);
    }
    let dropped: BTreeSet<&Key> =
        said.iter().flat_map(|said| &said.dropped).filter(|key| !known.contains(key)).collect();
    let mut more = Vec::new();
    for key in dropped {
        open.push(format!("gates.tsv: the gate of {} {}, if clusters can turn it on", key.0, key.1));
        more.push(format!("{}\t{}\t\t{}", key.0, key.1, asked(key, Minors::default()).text()));
    }
    places.table(kept, more)
}

/// How JSON has a field.
fn option(field: &Declared) -> &'static str {
    match &*field.options {
        told if told.contains("inline") => "inline",
        told if told.contains("omitzero") => "omitempty,omitzero",
        told if told.contains("omitempty") => "omitempty",
        _ => "always written",
    }
}

/// The table of what JSON has though it is empty: of fields of which that is so in some version, or has changed.
pub fn json(table: &str, said: &[Said], places: &Places) -> String {
    let told = |key: &Key| -> Vec<(u8, &'static str)> {
        let is_it = |field: &&Declared| field.holder == key.0 && field.go == key.1;
        said.iter().filter_map(|said| Some((said.minor, option(said.declared.iter().find(is_it)?)))).collect()
    };
    let mut kept = Vec::new();
    let mut known = BTreeSet::new();
    for (key, row) in rows(table) {
        let Some(key) = key else {
            kept.push(row.to_owned());
            continue;
        };
        let cells: Vec<&str> = row.split('\t').collect();
        let (written, told) = (options(cells[3]), told(&key));
        let at = |minor| written.iter().rfind(|(since, _)| *since <= minor).unwrap_or(&written[0]).1;
        match told.last() {
            Some((last, _)) if told.iter().any(|(minor, option)| at(*minor) != *option) => {
                let (first, option) = written[0];
                let is_first = told.iter().all(|(minor, told)| *minor >= first || *told == option);
                let all = if is_first { first } else { told[0].0 }..=*last;
                let asked = |minor| told.iter().find(|(asked, _)| *asked == minor).map(|(_, option)| *option);
                let now = changes(all.map(|minor| (minor, asked(minor).unwrap_or_else(|| at(minor)))));
                kept.push(format!("{}\t{now}", cells[..3].join("\t")));
            }
            _ => kept.push(row.to_owned()),
        }
        known.insert(key);
    }
    let mut more = Vec::new();
    for field in said.iter().rev().flat_map(|said| &said.declared) {
        let key = (field.holder.clone(), field.go.clone());
        let is_new = known.insert(key.clone());
        let told = told(&key);
        if is_new && told.iter().any(|(_, option)| *option == "always written" || *option != told[0].1) {
            more.push(format!("{}\t{}\t{}\t{}", key.0, key.1, field.go_type, changes(told)));
        }
    }
    places.table(kept, more)
}

/// `1.16: omitempty; 1.34: omitempty,omitzero`
fn changes<'o>(options: impl IntoIterator<Item = (u8, &'o str)>) -> String {
    let mut changes: Vec<(u8, &str)> = Vec::new();
    for (minor, option) in options {
        if changes.last().is_none_or(|(_, last)| *last != option) {
            changes.push((minor, option));
        }
    }
    changes.iter().map(|(minor, option)| format!("1.{minor}: {option}")).collect::<Vec<_>>().join("; ")
}

/// What a version fills in; nothing where it was not asked.
fn filled_in<'s>(said: &'s Said, key: &Key) -> Option<&'s str> {
    match said.defaults.get(key) {
        Some(value) => Some(value),
        None => said.kept.contains(key).then_some(""),
    }
}

/// The table of defaults.
pub fn defaults(table: &str, said: &[Said], places: &Places) -> String {
    let told = |key: &Key, known: &dyn Fn(u8) -> Option<String>| -> Vec<(u8, String)> {
        let asked = |minor| said.iter().find(|said| said.minor == minor).and_then(|said| filled_in(said, key));
        Minors::all()
            .filter_map(|minor| Some((minor, asked(minor).map(str::to_owned).or_else(|| known(minor))?)))
            .collect()
    };
    let mut kept = Vec::new();
    let mut known = BTreeSet::new();
    for (key, row) in rows(table) {
        let Some(key) = key else {
            kept.push(row.to_owned());
            continue;
        };
        let cells: Vec<&str> = row.split('\t').collect();
        let before = |at: u8| cells.get(3).is_some_and(|last| at <= minor(last));
        let at = |at: u8| if before(at) { cells[4] } else { cells[2] }.trim_start_matches('-').to_owned();
        let told = told(&key, &|minor| Some(at(minor)));
        match told.iter().all(|(minor, value)| at(*minor) == *value) {
            true => kept.push(row.to_owned()),
            false => kept.push(default(&key, &told)),
        }
        known.insert(key);
    }
    let mut more = Vec::new();
    for (key, _) in said.iter().rev().flat_map(Said::plain_defaults) {
        if known.insert(key.clone()) {
            more.push(default(key, &told(key, &|_| None)));
        }
    }
    places.table(kept, more)
}

/// The row of a default that changed once, or never.
fn default((name, json): &Key, told: &[(u8, String)]) -> String {
    let value = |value: &str| if value.is_empty() { "-".to_owned() } else { value.to_owned() };
    let mut changes: Vec<(u8, &str)> = Vec::new();
    for (minor, now) in told {
        if changes.last().is_none_or(|(_, last)| last != now) {
            changes.push((*minor, now));
        }
    }
    match changes[..] {
        [(_, now)] => format!("{name}\t{json}\t{}", value(now)),
        [(_, before), (since, now)] => format!("{name}\t{json}\t{}\t1.{}\t{before}", value(now), since - 1),
        _ => panic!("a default that changed more than once: {name} {json} {changes:?}"),
    }
}
