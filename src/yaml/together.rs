//! Several texts at once, such as two states of the same manifests: a chunk that stands in more than one of them is read
//! once, and all cores read.

use super::{Dialect, Error, Span, Stream, json, split};
use std::collections::HashMap;
use std::thread;

/// So few chunks are read before a thread would have started.
const FEW: usize = 16;

/// The chunks of a text, up to what keeps it from being cut.
struct Cut {
    /// Where each begins, and which of all chunks it is.
    chunks: Vec<(u32, usize)>,
    error: Option<Error>,
}

/// Reads texts, each as [`Stream::parse`] does by itself.
///
/// ```
/// use rollbook::yaml::{Dialect, Stream, parse_together};
///
/// let texts = [&b"a: 1\n---\nb: 2\n"[..], b"a: 1\n---\nb: 3\n"];
/// assert_eq!(parse_together(&texts, Dialect::Kubectl), texts.map(|text| Stream::parse(text, Dialect::Kubectl)));
/// ```
pub fn parse_together(texts: &[&[u8]], dialect: Dialect) -> Vec<Stream> {
    let mut distinct: Vec<(&str, u32)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    let mut uses: Vec<usize> = Vec::new();
    let cuts: Vec<Option<Cut>> = texts
        .iter()
        .map(|text| {
            let text = std::str::from_utf8(text).ok().filter(|text| is_yaml(text, dialect))?;
            Some(cut(text, dialect, |chunk, start| {
                let at = *known.entry(chunk).or_insert_with(|| {
                    distinct.push((chunk, start));
                    uses.push(0);
                    distinct.len() - 1
                });
                uses[at] += 1;
                at
            }))
        })
        .collect();
    let mut pieces: Vec<Stream> = read(&distinct, dialect);
    let mut take = |at: usize, start: u32| {
        uses[at] -= 1;
        let mut piece = if uses[at] == 0 { std::mem::take(&mut pieces[at]) } else { pieces[at].clone() };
        let (_, first) = distinct[at];
        // What does not change its length leaves all behind it in place.
        if start != first {
            piece.move_by(start.wrapping_sub(first));
        }
        piece
    };
    let streams = texts.iter().zip(cuts);
    streams
        .map(|(text, cut)| cut.map_or_else(|| Stream::parse(text, dialect), |cut| joined(cut, dialect, &mut take)))
        .collect()
}

/// Whether a text is cut into chunks of YAML, and may be read.
fn is_yaml(text: &str, dialect: Dialect) -> bool {
    text.len() <= super::MAX_INPUT && !(dialect == Dialect::Kubectl && json::begins(text))
}

fn cut<'t>(text: &'t str, dialect: Dialect, mut place: impl FnMut(&'t str, u32) -> usize) -> Cut {
    let mut cut = Cut { chunks: Vec::new(), error: None };
    for chunk in split::chunks(text, 0, dialect) {
        match chunk {
            Ok(span) => cut.chunks.push((span.start, place(&text[span.range()], span.start))),
            Err(error) => cut.error = Some(error),
        }
    }
    cut
}

/// What each chunk says, where it stands first.
fn read(chunks: &[(&str, u32)], dialect: Dialect) -> Vec<Stream> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = chunks.len().div_ceil(threads).max(FEW);
    let of_chunk = move |&(chunk, start): &(&str, u32)| {
        let mut stream = Stream::of_chunk(chunk, dialect);
        stream.move_by(start);
        stream
    };
    let read = move |part: &[(&str, u32)]| part.iter().map(of_chunk).collect::<Vec<_>>();
    if chunks.len() <= share {
        return read(chunks);
    }
    thread::scope(|scope| {
        let parts: Vec<_> = chunks.chunks(share).map(|part| scope.spawn(move || read(part))).collect();
        parts.into_iter().flat_map(|part| part.join().expect("reading does not panic")).collect()
    })
}

/// The stream of a text, up to the first chunk that cannot be read.
fn joined(cut: Cut, dialect: Dialect, take: &mut impl FnMut(usize, u32) -> Stream) -> Stream {
    let mut stream = Stream::default();
    for (start, chunk) in cut.chunks {
        let piece = take(chunk, start);
        // A chunk behind one that cannot be read is not, but is taken from those that are left.
        if stream.error.is_none() {
            stream.append(piece);
        }
    }
    stream.error = stream.error.or(cut.error);
    if stream.error.is_some() && dialect == Dialect::Kustomize {
        stream.documents.clear();
    }
    stream
}

impl Span {
    /// The same bytes in a text with so many more before them; fewer are that many less than none.
    pub(super) fn moved_by(self, bytes: u32) -> Span {
        Span { start: self.start.wrapping_add(bytes), end: self.end.wrapping_add(bytes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that is read, with its places: nodes are equal wherever they stand.
    fn shown(stream: &Stream) -> String {
        format!("{stream:?}")
    }

    #[test]
    fn texts_are_read_as_each_is_by_itself() {
        let chunks = [
            "a: 1 # c\nb: [1, {c: d}]\n",
            "\n# only a comment\n",
            "a: &x {b: 1}\nc: *x\n",
            "a: 1\na: 2\n",
            "a: 1\n...\nb: 2\n",
            "é: 'x\n  y'\n",
            "a: [\n",
            "<<<<<<< HEAD\na: 1\n",
            "a: {{ b }}: 1\n",
            "a: \u{1}\n",
            "",
            "kind: List\nitems:\n- {a: |+\n- b\n",
        ];
        let many = (0..40).map(|number| format!("n: {number}\n")).collect::<Vec<_>>().join("---\n");
        let mut texts: Vec<String> =
            vec![many.clone(), format!("{{\"a\": 1}}\n---\n{many}"), "a: 1\n---x\nb: 1\n".to_owned()];
        for first in chunks {
            for second in chunks {
                texts.push(format!("{first}---\n{second}--- # next\n{first}"));
                texts.push(format!("---\n{second}---"));
            }
        }
        let texts: Vec<&[u8]> = texts.iter().map(String::as_bytes).chain([&b"a: \xff"[..]]).collect();
        for dialect in [Dialect::Kubectl, Dialect::Kustomize] {
            for (text, stream) in texts.iter().zip(parse_together(&texts, dialect)) {
                let expected = Stream::parse(text, dialect);
                assert_eq!(shown(&stream), shown(&expected), "{:?}", String::from_utf8_lossy(text));
            }
        }
    }
}
