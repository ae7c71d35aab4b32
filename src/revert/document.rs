//! An object that is gone: its document as it was written, behind what a file has.

use super::refused::{Refused, Side};
use super::source::has_crlf;
use super::state::{State, is_json};
use crate::manifest::Identity;
use crate::yaml::{Dialect, Stream};

/// Today's text, which does not have the object, with the older document of it at the end. The text may be empty: then
/// the file comes back, with that document alone, or with all bytes of an older file that had nothing else.
///
/// ```
/// use rollbook::{manifest, revert::with_document, yaml::Dialect};
///
/// let old = b"# Settings.\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: web}\n---\nkind: B\n";
/// let identity = manifest::read(old, Dialect::Kubectl).objects.remove(0).identity;
/// let today = with_document(b"kind: A\n", old, &identity)?;
/// assert_eq!(today, b"kind: A\n---\n# Settings.\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: web}\n");
/// # Ok::<(), rollbook::revert::Refused>(())
/// ```
///
/// # Errors
/// An older text that cannot be read or does not have the object, or has it in a list; a file in which it would not mean
/// what it meant, as one of JSON.
pub fn with_document(today: &[u8], old: &[u8], identity: &Identity) -> Result<Vec<u8>, Refused> {
    let older = State::read(old, identity, Side::Older)?;
    if !older.is_document() {
        return Err(Refused::OfList);
    }
    let differs = || Refused::Differs { field: "document".into() };
    let document = match &older.documents[..] {
        [_] if today.is_empty() => older.text,
        _ => own_lines(&older),
    };
    let today = std::str::from_utf8(today).map_err(|_| differs())?;
    let text = joined(today, document);
    let [read, before] = [text.as_bytes(), today.as_bytes()].map(|text| Stream::parse(text, Dialect::Kubectl));
    let expected = before.documents.iter().map(|document| &document.root).chain([older.node()]);
    // Readers that take a file for JSON by how it begins see no document behind the first.
    let is_right =
        !is_json(today) && read.error.is_none() && read.documents.iter().map(|document| &document.root).eq(expected);
    if is_right { Ok(text.into_bytes()) } else { Err(differs()) }
}

/// The lines between the marks of documents that the object is in, comments too.
fn own_lines<'t>(older: &State<'t>) -> &'t str {
    let start_of_value = older.node().span.range().start;
    let (before, from) = older.text.split_at(start_of_value);
    let mark = before.rfind("\n---").map(|at| at + 1).or(before.starts_with("---").then_some(0));
    let start = match mark {
        // What stands on the line of the mark is the document itself.
        Some(mark) => before[mark..].find('\n').map_or(start_of_value, |line_end| mark + line_end + 1),
        None => 0,
    };
    let end = ["\n---", "\n..."].iter().filter_map(|mark| from.find(mark)).min();
    &older.text[start..end.map_or(older.text.len(), |end| start_of_value + end + 1)]
}

fn joined(today: &str, document: &str) -> String {
    if today.is_empty() {
        return document.to_owned();
    }
    let is_crlf = has_crlf(today, &(today.len()..today.len()));
    let line_end = if today.ends_with('\n') { "" } else { "\n" };
    let added = format!("{line_end}---\n{}", document.trim_start_matches('\u{feff}').replace("\r\n", "\n"));
    format!("{today}{}", if is_crlf { added.replace('\n', "\r\n") } else { added })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest;

    fn settings(old: &str) -> Identity {
        let objects = manifest::read(old.as_bytes(), Dialect::Kubectl).objects;
        objects.into_iter().find(|object| object.identity.name == "web").expect("it is there").identity
    }

    fn back(today: &str, old: &str) -> Result<String, Refused> {
        let text = with_document(today.as_bytes(), old.as_bytes(), &settings(old))?;
        Ok(String::from_utf8(text).expect("both are UTF-8"))
    }

    const WEB: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\n";
    const A: &str = "apiVersion: v1\nkind: A\nmetadata: {name: a}\n";

    #[test]
    fn its_lines_come_and_no_others() {
        for (today, old, expected) in [
            (String::new(), format!("# Alone.\n{WEB}# Below.\n"), format!("# Alone.\n{WEB}# Below.\n")),
            (String::new(), format!("{A}---\n# Mine.\n{WEB}---\n{A}"), format!("# Mine.\n{WEB}")),
            (A.into(), format!("---\n{WEB}...\n---\n{A}"), format!("{A}---\n{WEB}")),
            (A.trim_end().into(), WEB.into(), format!("{A}---\n{WEB}")),
            (A.into(), format!("{A}--- # the next\n{WEB}"), format!("{A}---\n{WEB}")),
            (A.replace('\n', "\r\n"), WEB.into(), format!("{A}---\n{WEB}").replace('\n', "\r\n")),
            ("# nothing yet\n".into(), WEB.into(), format!("# nothing yet\n---\n{WEB}")),
        ] {
            assert_eq!(back(&today, &old), Ok(expected), "{today:?} {old:?}");
        }
    }

    #[test]
    fn what_would_be_another_thing_is_refused() {
        let list = format!("apiVersion: v1\nkind: List\nitems:\n- {}\n", WEB.trim_end().replace('\n', "\n  "));
        assert_eq!(back("", &list), Err(Refused::OfList));
        let json = "{\"apiVersion\": \"v1\", \"kind\": \"A\"}";
        assert_eq!(back(json, WEB), Err(Refused::Differs { field: "document".into() }));
        assert_eq!(back("a: [\n", WEB), Err(Refused::Differs { field: "document".into() }));
    }
}
