//! Several texts at once, such as two states of the same manifests: a chunk that stands in more than one of them is read
//! once, and all cores read.

use super::{Dialect, Error, Span, Stream, json, split};
use foldhash::HashMap;
use std::thread;

/// So few chunks are read before a thread would have started.
const FEW: usize = 16;

/// The chunks of a text, up to what keeps it from being cut.
pub(crate) struct Cut {
    pub chunks: Vec<Cutting>,
    pub error: Option<Error>,
}

/// A chunk of a text.
pub(crate) struct Cutting {
    /// Which of all chunks it is.
    pub chunk: usize,
    /// How many more bytes are before it than where it is read; fewer are that many less than none.
    pub moved: u32,
}

/// Reads the chunks of texts, each by itself and once, and gives what is made of them; and how each text is cut into them,
/// if it is one that YAML is read of. What is made has the places of the chunk in the text where it is read.
pub(crate) fn read_chunks<'t, T: Send>(
    texts: &[&'t [u8]],
    dialect: Dialect,
    make: impl Fn(&[u8], Stream) -> T + Sync,
) -> (Vec<T>, Vec<Option<Cut>>) {
    let mut chunks: Vec<(&str, Span)> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::default();
    let cut = |text: &&'t [u8]| {
        let text = std::str::from_utf8(text).ok().filter(|text| is_yaml(text, dialect))?;
        Some(cut(text, dialect, |span| {
            let chunk = *known.entry(&text[span.range()]).or_insert_with(|| {
                chunks.push((text, span));
                chunks.len() - 1
            });
            Cutting { chunk, moved: span.start.wrapping_sub(chunks[chunk].1.start) }
        }))
    };
    let cuts = texts.iter().map(cut).collect();
    (read(&chunks, |text, span| make(text.as_bytes(), Stream::of_chunk(text, span, dialect))), cuts)
}

/// Whether a text is cut into chunks of YAML, and may be read.
fn is_yaml(text: &str, dialect: Dialect) -> bool {
    text.len() <= super::MAX_INPUT && !(dialect == Dialect::Kubectl && json::begins(text))
}

fn cut(text: &str, dialect: Dialect, mut place: impl FnMut(Span) -> Cutting) -> Cut {
    let mut cut = Cut { chunks: Vec::new(), error: None };
    for chunk in split::chunks(text, 0, dialect) {
        match chunk {
            Ok(span) => cut.chunks.push(place(span)),
            Err(error) => cut.error = Some(error),
        }
    }
    cut
}

/// What is made of each chunk.
fn read<T: Send>(chunks: &[(&str, Span)], make: impl Fn(&str, Span) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = chunks.len().div_ceil(threads).max(FEW);
    let read = |part: &[(&str, Span)]| part.iter().map(|&(text, span)| make(text, span)).collect::<Vec<_>>();
    let (own, others) = chunks.split_at(share.min(chunks.len()));
    thread::scope(|scope| {
        let others: Vec<_> = others.chunks(share).map(|part| scope.spawn(|| read(part))).collect();
        let mut made = read(own);
        made.extend(others.into_iter().flat_map(|part| part.join().expect("reading does not panic")));
        made
    })
}

impl Span {
    /// The same bytes in a text with so many more before them; fewer are that many less than none.
    pub(crate) fn moved_by(self, bytes: u32) -> Span {
        Span { start: self.start.wrapping_add(bytes), end: self.end.wrapping_add(bytes) }
    }
}
