//! `Blame`: since when the fields of an object are what they are.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::lineage::rendered_by;
use super::{Author, DocumentKind, Item, ObjectName, Time, yaml};
use crate::diff::Place;
use crate::manifest::to_json;
use crate::revision::{Blame, Cause, Lineage, Origin, Written};
use crate::text::Untrusted;
use crate::yaml::{LineIndex, Span, Value as Yaml};

/// An object with since when each of its fields has its value.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct BlameItem {
    pub object: ObjectName,
    pub path: Untrusted,
    /// The git revision that it is looked at.
    #[serde(rename = "ref")]
    pub reference: Untrusted,
    /// The kustomizations that change it on its way to the cluster.
    pub rendered_by: Vec<Untrusted>,
    /// In the order of the text.
    pub fields: Vec<FieldBlame>,
    /// The lines of the file that it stands in, for people.
    #[serde(skip)]
    pub lines: Vec<BlameLine>,
}

/// A field, and since when it has its value.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct FieldBlame {
    /// `spec.template.spec.containers[name=web].image`
    pub path: Untrusted,
    pub value: Value,
    /// Whether the value is a Secret's: then it says `hidden`.
    pub hidden: bool,
    /// Where it begins in the file, from 1.
    pub line: u32,
    /// Where it ends.
    pub end_line: u32,
    #[serde(flatten)]
    pub since: Since,
}

/// The commit that changed a value last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Since {
    /// The revision that was current after the commit; null if unknowable.
    pub revision: Option<u64>,
    /// The commit, 40 or 64 hexadecimal digits; null if it is not in a shallow clone.
    pub commit: Option<String>,
    /// The commit that a shallow clone ends at, where the value is of it or of an older one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_or_before: Option<String>,
    /// When it was committed.
    pub time: Option<Time>,
    pub author: Option<Author>,
    pub cause: Option<Cause>,
}

/// A line of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct BlameLine {
    /// From 1.
    pub number: u32,
    pub text: Untrusted,
    /// That of the newest value in it; none of a comment.
    pub since: Option<Since>,
}

impl Item for BlameItem {
    const KIND: DocumentKind = DocumentKind::Blame;

    fn name(&self) -> Option<Untrusted> {
        Some(self.object.qualified())
    }

    /// The paths of the fields, as they can be asked about.
    fn names(&self) -> Vec<Untrusted> {
        self.fields.iter().map(|field| field.path.clone()).collect()
    }
}

impl BlameItem {
    /// The places that were asked about, the first of which holds the others, with what was found out of them.
    pub fn of(
        lineage: &Lineage,
        written: &Written,
        places: &[Place<'_>],
        blame: &Blame,
        reference: Untrusted,
    ) -> BlameItem {
        let index = LineIndex::new(&written.text);
        let spots: Vec<Spot> = places
            .iter()
            .zip(&blame.origins)
            .map(|(place, origin)| Spot::of(place, *origin, &written.text, &index))
            .collect();
        let fields: Vec<FieldBlame> = places
            .iter()
            .zip(&spots)
            .filter(|(place, _)| place.is_field())
            .filter_map(|(place, spot)| spot.field(place, lineage))
            .collect();
        let lines = match written.object.has_secret() {
            // Anything in a Secret's text may be a value of it.
            true => fields.iter().map(FieldBlame::line).collect(),
            false => lines(lineage, written, places, &spots, &index),
        };
        BlameItem {
            object: ObjectName::from(&written.object.identity),
            path: lineage.path.shown(),
            reference,
            rendered_by: rendered_by(&lineage.role),
            fields,
            lines,
        }
    }
}

/// Where a place stands, and since when it is what it is.
struct Spot {
    line: u32,
    end_line: u32,
    origin: Option<Origin>,
}

impl Spot {
    fn of(place: &Place<'_>, origin: Option<Origin>, text: &[u8], index: &LineIndex<'_>) -> Spot {
        let (line, end_line) = range(place.span, text, index);
        Spot { line, end_line, origin }
    }

    fn field(&self, place: &Place<'_>, lineage: &Lineage) -> Option<FieldBlame> {
        Some(FieldBlame {
            path: place.path.shown(),
            value: to_json(place.node),
            hidden: matches!(place.node.value, Yaml::Sealed(_)),
            line: self.line,
            end_line: self.end_line,
            since: Since::of(lineage, self.origin?),
        })
    }
}

/// The first and the last line of a span, less the white space at its end.
fn range(span: Span, text: &[u8], index: &LineIndex<'_>) -> (u32, u32) {
    let length = text.get(span.range()).map_or(0, |bytes| bytes.trim_ascii_end().len());
    let start = span.start as usize;
    (index.position(start).line, index.position(start + length.saturating_sub(1)).line)
}

impl Since {
    fn of(lineage: &Lineage, origin: Origin) -> Since {
        let row = &lineage.rows[origin.row()];
        let commit = row.commit.id.to_string();
        match origin {
            Origin::AtOrBefore(_) => Since {
                revision: None,
                commit: None,
                at_or_before: Some(commit),
                time: None,
                author: None,
                cause: None,
            },
            Origin::Row(_) => Since {
                revision: row.event.during.map(|number| number.get().into()),
                commit: Some(commit),
                at_or_before: None,
                time: Some(Time::from(row)),
                author: Some(Author::from(row)),
                cause: Some(row.cause.clone()),
            },
        }
    }
}

impl FieldBlame {
    /// In place of its line in the file.
    fn line(&self) -> BlameLine {
        let text = format!("{}: {}", self.path.as_str(), yaml::block(&self.value).trim_end());
        BlameLine { number: self.line, text: text.into(), since: Some(self.since.clone()) }
    }
}

/// The lines that the first of the places takes, comments and empty ones among them.
fn lines(
    lineage: &Lineage,
    written: &Written,
    places: &[Place<'_>],
    spots: &[Spot],
    index: &LineIndex<'_>,
) -> Vec<BlameLine> {
    let Some(first) = places.first() else { return Vec::new() };
    let whole = written.object.span;
    let (from, to) = range(if first.depth == 0 { whole } else { first.span }, &written.text, index);
    let origins = origins(places, spots, (from, to));
    let line = |(number, origin): (u32, Option<Origin>)| BlameLine {
        number,
        text: String::from_utf8_lossy(&line_within(whole, number, &written.text, index)).into_owned().into(),
        since: origin.map(|origin| Since::of(lineage, origin)),
    };
    (from..=to).zip(origins).map(line).collect()
}

/// Of each line the newest origin of what begins there; where nothing does, that of the text which goes on there.
fn origins(places: &[Place<'_>], spots: &[Spot], (from, to): (u32, u32)) -> Vec<Option<Origin>> {
    let mut origins: Vec<Option<Origin>> = vec![None; (to - from + 1) as usize];
    let place = |line: u32| line.checked_sub(from).map_or(usize::MAX, |line| line as usize);
    for spot in spots {
        if let Some(line) = origins.get_mut(place(spot.line)) {
            *line = spot.origin.into_iter().chain(*line).max_by_key(|origin| origin.row());
        }
    }
    for (_, spot) in places.iter().zip(spots).filter(|(place, _)| place.is_field()) {
        for line in spot.line + 1..=spot.end_line {
            if let Some(line) = origins.get_mut(place(line)) {
                *line = line.or(spot.origin);
            }
        }
    }
    origins
}

/// A line of the file, without what stands on it outside of the object: that may be a Secret's.
fn line_within(whole: Span, number: u32, text: &[u8], index: &LineIndex<'_>) -> Vec<u8> {
    let line = index.line(number).unwrap_or_default();
    let start = line.as_ptr().addr() - text.as_ptr().addr();
    let before = whole.range().start.saturating_sub(start).min(line.len());
    let end = whole.range().end.saturating_sub(start).clamp(before, line.len());
    let margin = line[..before].iter().map(|_| b' ');
    margin.chain(line[before..end].iter().copied()).collect()
}
