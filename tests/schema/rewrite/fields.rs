//! Which fields there are, in which versions.

use crate::minors::{Minors, NEWEST, OLDEST, minor};
use crate::oracle::{Declared, Said, is_told};

/// A row but for its versions: type, field, Go type, JSON name, embedded.
type Cells = [String; 5];

struct Field {
    cells: Cells,
    versions: Minors,
}

/// The table of types.
pub fn types(table: &str, said: &[Said], open: &mut Vec<String>) -> String {
    let (mut fields, mut named, mut comments) = (Vec::new(), Vec::new(), [String::new(), String::new()]);
    for row in table.lines() {
        match row.split('\t').collect::<Vec<_>>()[..] {
            // Of the fields, and of the named types behind them.
            _ if row.starts_with('#') => comments[usize::from(!fields.is_empty())] += &format!("{row}\n"),
            [name, "=", under] => named.push((name.to_owned(), under.to_owned())),
            [name, go, go_type, json, embedded, first, last] => {
                let bound = |text: &str, open| if text.is_empty() { open } else { minor(text) };
                let versions = Minors::range(bound(first, OLDEST), bound(last, NEWEST));
                let cells = [name, go, go_type, json, embedded].map(str::to_owned);
                fields.push(Field { cells, versions });
            }
            _ => panic!("a row of types that is not known: {row}"),
        }
    }
    let declared: Vec<(u8, Vec<Cells>)> = said.iter().map(|said| (said.minor, cells(said))).collect();
    let rows: Vec<Cells> = fields.iter().map(|field: &Field| field.cells.clone()).collect();
    add(&mut fields, &declared, open);
    said.iter().rev().for_each(|said| add_named(&mut named, said));
    fields.iter_mut().filter(|field| is_told(&field.cells[0])).for_each(|field| field.ask(&declared));
    let fields = in_order(fields, &rows, &declared);
    let [of_fields, of_named] = comments;
    let named = named.iter().map(|(name, under)| format!("{name}\t=\t{under}\n"));
    of_fields + &fields.iter().flat_map(Field::rows).collect::<String>() + &of_named + &named.collect::<String>()
}

fn cells(said: &Said) -> Vec<Cells> {
    let cells = |field: &Declared| {
        let go_type = go_type(said, &field.holder, &field.go_type);
        [field.holder.clone(), field.go.clone(), go_type, field.json.clone(), field.embedded.clone()]
    };
    said.declared.iter().map(cells).collect()
}

/// A type as the tables write it: `v1` is one of two packages, and that of the holder is left out.
fn go_type(said: &Said, holder: &str, go_type: &str) -> String {
    let bare = go_type.trim_start_matches(['*', '[', ']']);
    let prefix = &go_type[..go_type.len() - bare.len()];
    let own = holder.split('.').next().unwrap_or_default();
    let Some(name) = bare.strip_prefix("v1.") else {
        return if bare == "uint8" { format!("{prefix}byte") } else { go_type.replace("v1.", "") };
    };
    let is_in = |package: &str| said.names.contains(&format!("{package}.{name}"));
    match (is_in("core"), is_in("meta")) {
        (true, false) if own == "core" => format!("{prefix}{name}"),
        (false, true) if own == "meta" => format!("{prefix}{name}"),
        (false, true) => format!("{prefix}metav1.{name}"),
        _ => panic!("a type that is in no package, or in two: {go_type} in {holder}"),
    }
}

/// Adds the fields that have no row; those of a type that has none behind the type before.
fn add(fields: &mut Vec<Field>, declared: &[(u8, Vec<Cells>)], open: &mut Vec<String>) {
    let oldest = declared.first().map_or(OLDEST, |(minor, _)| *minor);
    for (_, of_version) in declared.iter().rev() {
        for (at, cells) in of_version.iter().enumerate() {
            if fields.iter().any(|field| field.cells == *cells) {
                continue;
            }
            let end = |name: &str| fields.iter().rposition(|field| field.cells[0] == name).map(|last| last + 1);
            let before = at.checked_sub(1).and_then(|before| end(&of_version[before][0]));
            let place = end(&cells[0]).or(before).unwrap_or(fields.len());
            fields.insert(place, Field { cells: cells.clone(), versions: between(declared, cells) });
            if oldest > OLDEST && fields[place].versions.has(oldest) {
                open.push(format!("types.tsv: since when {} has {}: 1.{oldest} does", cells[0], cells[1]));
            }
        }
    }
}

/// All fields in their order, type by type. Types that nothing was added to stay as they are.
fn in_order(fields: Vec<Field>, rows: &[Cells], declared: &[(u8, Vec<Cells>)]) -> Vec<Field> {
    let mut types: Vec<Vec<Field>> = Vec::new();
    for field in fields {
        match types.last_mut().filter(|last| last[0].cells[0] == field.cells[0]) {
            Some(last) => last.push(field),
            None => types.push(vec![field]),
        }
    }
    let is_old = |of_type: &[Field]| of_type.iter().all(|field| rows.contains(&field.cells));
    let ordered = |of_type: Vec<Field>| if is_old(&of_type) { of_type } else { ordered(of_type, rows, declared) };
    types.into_iter().flat_map(ordered).collect()
}

/// The fields of one type in an order that is that of each version, and that of the rows that were there: of those that
/// can come next, the one that is there for longest.
fn ordered(fields: Vec<Field>, rows: &[Cells], declared: &[(u8, Vec<Cells>)]) -> Vec<Field> {
    let is_here = |cells: &&Cells| fields.iter().any(|field| field.cells == **cells);
    let orders = declared.iter().map(|(_, of_version)| of_version.as_slice()).chain([rows]);
    let orders: Vec<Vec<&Cells>> = orders.map(|order| order.iter().filter(is_here).collect()).collect();
    let (mut left, mut done) = ((0..fields.len()).collect::<Vec<_>>(), Vec::new());
    while !left.is_empty() {
        let is_next = |at: &usize| {
            let waits = |other: &usize, order: &Vec<&Cells>| {
                let place = |at: usize| order.iter().position(|cells| **cells == fields[at].cells);
                place(*other).zip(place(*at)).is_some_and(|(other, own)| other < own)
            };
            !left.iter().any(|other| orders.iter().any(|order| waits(other, order)))
        };
        let next = left.iter().copied().filter(is_next).min_by_key(|at| fields[*at].versions.runs().first().copied());
        let next =
            next.unwrap_or_else(|| panic!("two versions have the fields of {} in two orders", fields[0].cells[0]));
        left.retain(|at| *at != next);
        done.push(next);
    }
    let mut fields: Vec<Option<Field>> = fields.into_iter().map(Some).collect();
    done.into_iter().filter_map(|at| fields[at].take()).collect()
}

/// The versions from the first to the last that declare a field, as far as none in between does not.
fn between(declared: &[(u8, Vec<Cells>)], cells: &Cells) -> Minors {
    let mut versions = Minors::default();
    let mut last = None;
    for (minor, of_version) in declared {
        let is_there = of_version.contains(cells);
        if let (true, Some(last)) = (is_there, last) {
            versions = versions.or(Minors::range(last, *minor));
        }
        versions = versions.with(*minor, is_there);
        last = is_there.then_some(*minor);
    }
    last.map_or(versions, |last| versions.or(Minors::range(last, NEWEST)))
}

impl Field {
    fn ask(&mut self, declared: &[(u8, Vec<Cells>)]) {
        for (minor, of_version) in declared {
            self.versions = self.versions.with(*minor, of_version.contains(&self.cells));
        }
    }

    /// A row for each time that the field was there.
    fn rows(&self) -> Vec<String> {
        let bound = |minor: u8, open: u8| if minor == open { String::new() } else { format!("1.{minor}") };
        let row =
            |(first, last)| format!("{}\t{}\t{}\n", self.cells.join("\t"), bound(first, OLDEST), bound(last, NEWEST));
        self.versions.runs().into_iter().map(row).collect()
    }
}

/// Adds the types that are no structs and have no row, each behind the one that the version names before.
fn add_named(named: &mut Vec<(String, String)>, said: &Said) {
    let mut behind = None;
    for (name, under) in said.named.iter().filter(|(name, _)| is_told(name)) {
        let place = named.iter().position(|(known, _)| known == name);
        let place = place.unwrap_or_else(|| {
            let place = behind.map_or(named.len(), |before: usize| before + 1);
            named.insert(place, (name.clone(), under.clone()));
            place
        });
        behind = Some(place);
    }
}
