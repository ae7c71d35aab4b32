//! From the bytes of the work tree to those that git stores, as `convert.c: convert_to_git` does it: encoding, line
//! ends, `$Id$`. Programs that the configuration names are not run.

use super::attribute::Attribute;
use super::repository::Source;
use super::{BlobId, Error, RepoPath, Repository};

/// What git would store of a file.
pub(super) enum Stored {
    Text(Vec<u8>),
    /// A program of that name would make it.
    Program(String),
    /// Git would refuse it, for that reason.
    Refused(String),
}

/// What becomes of line ends (`enum convert_crlf_action`, less what only a checkout asks for).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineEnds {
    Kept,
    /// Those of a text.
    Converted,
    /// The same if it looks like a text, and if the index has none of them.
    Guessed,
}

impl Repository {
    /// What git would store of a file; `known` is what the index has of it.
    pub(super) fn stored(
        &self,
        path: &RepoPath,
        bytes: Vec<u8>,
        known: &dyn Fn() -> Result<Option<BlobId>, Error>,
    ) -> Result<Stored, Error> {
        let Some(place) = path.to_file_system() else { return Ok(Stored::Text(bytes)) };
        let attributes = self.attributes(path, place);
        let attribute = |name: &str| attributes.get(name);
        if let Attribute::Value(driver) = attribute("filter")
            && self.has_program(&driver)
        {
            return Ok(Stored::Program(driver));
        }
        let bytes = match attribute("working-tree-encoding") {
            Attribute::Value(encoding) => match decoded(bytes, &encoding) {
                Ok(bytes) => bytes,
                Err(why) => return Ok(Stored::Refused(why)),
            },
            _ => bytes,
        };
        let ends = line_ends(&attribute("text"), &attribute("crlf"), &attribute("eol"), self.autocrlf());
        let has_ends = || match known()? {
            Some(blob) => self
                .blob(blob)
                .map(|staged| looks_like_text(&staged) && memchr::memmem::find(&staged, b"\r\n").is_some()),
            None => Ok(false),
        };
        let bytes = match ends {
            LineEnds::Kept => bytes,
            _ if memchr::memchr(b'\r', &bytes).is_none() => bytes,
            LineEnds::Guessed if !looks_like_text(&bytes) || has_ends()? => bytes,
            _ => without_carriage_returns(bytes),
        };
        Ok(Stored::Text(if attribute("ident") == Attribute::Set { without_ident(&bytes) } else { bytes }))
    }

    /// Whether the configuration says which program a filter is: without one it does nothing.
    fn has_program(&self, driver: &str) -> bool {
        let says = |key: &str| self.setting(&format!("filter.{driver}.{key}")).is_some_and(|value| !value.is_empty());
        says("clean") || says("process")
    }

    /// `core.autocrlf`: what holds for a file of which no attribute tells.
    fn autocrlf(&self) -> bool {
        let is_true =
            |value: &str| ["true", "yes", "on", "1", "input"].iter().any(|word| value.eq_ignore_ascii_case(word));
        self.setting("core.autocrlf").is_some_and(|value| is_true(&value))
    }

    /// The text of a setting; `true` of a key without a value.
    fn setting(&self, key: &str) -> Option<String> {
        match &self.source {
            Source::Library(library) => {
                let config = library.config().and_then(|mut config| config.snapshot()).ok()?;
                let text = config.get_str(key).map(str::to_owned);
                text.ok().or_else(|| config.get_bool(key).ok().map(|value| value.to_string()))
            }
            Source::Plumbing(plumbing) => plumbing.line(&["config", "--get", key]),
        }
    }
}

/// `convert.c: convert_attrs`.
fn line_ends(text: &Attribute, crlf: &Attribute, eol: &Attribute, autocrlf: bool) -> LineEnds {
    let of = |attribute: &Attribute| match attribute {
        Attribute::Set => Some(LineEnds::Converted),
        Attribute::Unset => Some(LineEnds::Kept),
        Attribute::Value(value) if value == "input" => Some(LineEnds::Converted),
        Attribute::Value(value) if value == "auto" => Some(LineEnds::Guessed),
        _ => None,
    };
    let by_eol = matches!(eol, Attribute::Value(eol) if eol == "lf" || eol == "crlf").then_some(LineEnds::Converted);
    let default = if autocrlf { LineEnds::Guessed } else { LineEnds::Kept };
    of(text).or_else(|| of(crlf)).or(by_eol).unwrap_or(default)
}

/// `convert.c: gather_stats` and `convert_is_binary`.
fn looks_like_text(bytes: &[u8]) -> bool {
    let (mut printable, mut other) = (0_usize, 0_usize);
    let mut rest = bytes;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'\r' => match after.split_first() {
                Some((b'\n', after)) => rest = after,
                _ => return false,
            },
            b'\n' => {}
            0 => return false,
            0x08 | b'\t' | 0x0c | 0x1b => printable += 1,
            0x01..=0x1f | 0x7f => other += 1,
            _ => printable += 1,
        }
    }
    // The end of a file in DOS.
    let other = other - usize::from(bytes.last() == Some(&0x1a));
    printable >> 7 >= other
}

fn without_carriage_returns(bytes: Vec<u8>) -> Vec<u8> {
    let is_kept = |at: usize| bytes[at] != b'\r' || bytes.get(at + 1) != Some(&b'\n');
    (0..bytes.len()).filter(|at| is_kept(*at)).map(|at| bytes[at]).collect()
}

/// `$Id: … $` on one line is stored as `$Id$`.
fn without_ident(bytes: &[u8]) -> Vec<u8> {
    let (mut stored, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    while let Some(at) = memchr::memmem::find(rest, b"$Id:") {
        let (before, ident) = rest.split_at(at);
        stored.extend_from_slice(before);
        let end = ident[4..].iter().position(|byte| matches!(byte, b'$' | b'\n')).map(|end| end + 4);
        match end.filter(|end| ident[*end] == b'$') {
            Some(end) => {
                stored.extend_from_slice(b"$Id$");
                rest = &ident[end + 1..];
            }
            None => {
                stored.extend_from_slice(&ident[..4]);
                rest = &ident[4..];
            }
        }
    }
    stored.extend_from_slice(rest);
    stored
}

/// The text in UTF-8, which is how git stores it.
fn decoded(bytes: Vec<u8>, encoding: &str) -> Result<Vec<u8>, String> {
    let name = encoding.to_ascii_uppercase();
    let (little, rest) = match (name.as_str(), &bytes[..]) {
        ("UTF-8" | "UTF8", _) => return Ok(bytes),
        ("UTF-16", [0xff, 0xfe, rest @ ..]) | ("UTF-16LE-BOM", [0xff, 0xfe, rest @ ..]) => (true, rest),
        ("UTF-16", [0xfe, 0xff, rest @ ..]) => (false, rest),
        ("UTF-16LE", rest) => (true, rest),
        ("UTF-16BE", rest) => (false, rest),
        ("UTF-16" | "UTF-16LE-BOM", _) => return Err(format!("it does not begin as `{encoding}` does")),
        _ => return Err(format!("its encoding `{encoding}` is not known here")),
    };
    let pairs = rest.chunks_exact(2).map(|pair| [pair[0], pair[1]]);
    let units = pairs.map(|pair| if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) });
    match char::decode_utf16(units).collect::<Result<String, _>>() {
        Ok(text) if rest.len() % 2 == 0 => Ok(text.into_bytes()),
        _ => Err(format!("it is not encoded as `{encoding}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_win_over_the_configuration() {
        use Attribute::{Set, Unset, Unspecified as None, Value};
        let value = |text: &str| Value(text.to_owned());
        for (text, crlf, eol, autocrlf, ends) in [
            (None, None, None, false, LineEnds::Kept),
            (None, None, None, true, LineEnds::Guessed),
            (Set, None, None, false, LineEnds::Converted),
            (Unset, None, value("lf"), true, LineEnds::Kept),
            (value("auto"), None, None, false, LineEnds::Guessed),
            (value("auto"), None, value("crlf"), false, LineEnds::Guessed),
            (None, None, value("crlf"), false, LineEnds::Converted),
            (None, Set, None, false, LineEnds::Converted),
            (None, Unset, None, true, LineEnds::Kept),
            (None, value("input"), None, false, LineEnds::Converted),
            (value("what"), None, None, true, LineEnds::Guessed),
        ] {
            assert_eq!(line_ends(&text, &crlf, &eol, autocrlf), ends, "{text:?} {crlf:?} {eol:?} {autocrlf}");
        }
    }

    #[test]
    fn a_text_is_told_from_other_bytes() {
        let long = [&[b'a'; 200][..], b"\x01"].concat();
        for (bytes, is_text) in [
            (&b"a: b\r\n"[..], true),
            (b"", true),
            (b"a\rb", false),
            (b"a\0b", false),
            (b"a\x01", false),
            (b"a\x1a", true),
            (&long, true),
        ] {
            assert_eq!(looks_like_text(bytes), is_text, "{bytes:?}");
        }
    }

    #[test]
    fn only_line_ends_lose_their_carriage_return() {
        assert_eq!(without_carriage_returns(b"a\r\nb\rc\r\r\n".to_vec()), b"a\nb\rc\r\n");
    }

    #[test]
    fn an_id_is_stored_empty() {
        for (bytes, stored) in
            [(&b"# $Id: 557db03 $ x"[..], &b"# $Id$ x"[..]), (b"$Id$ $Id: a\n$ $Id:", b"$Id$ $Id: a\n$ $Id:")]
        {
            assert_eq!(without_ident(bytes), stored, "{bytes:?}");
        }
    }

    #[test]
    fn other_encodings_become_utf_8() {
        for (bytes, encoding, text) in [
            (&b"\xff\xfea\0\xe4\0"[..], "UTF-16", Some("a\u{e4}")),
            (b"\xfe\xff\0a", "utf-16", Some("a")),
            (b"a\0", "UTF-16LE", Some("a")),
            (b"\xff\xfea\0", "UTF-16LE-BOM", Some("a")),
            (b"\0a", "UTF-16BE", Some("a")),
            (b"a", "UTF-8", Some("a")),
            (b"a\0", "UTF-16", None),
            (b"a", "UTF-16LE", None),
            (b"a", "KOI8-R", None),
        ] {
            let decoded = decoded(bytes.to_vec(), encoding).ok().map(|text| String::from_utf8(text).unwrap());
            assert_eq!(decoded.as_deref(), text, "{encoding}");
        }
    }
}
