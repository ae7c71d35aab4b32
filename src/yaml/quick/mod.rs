//! The YAML that most manifests are written in, read in one go: mappings and sequences in block style, of words and
//! strings that each stand on one line, literal blocks, and small collections in brackets. A chunk that has anything else
//! in it is left to the parser (`syntax`), so what is read here is read the same there: the test below holds it.

mod block;
mod brackets;
mod literal;
mod reader;
mod words;

#[cfg(test)]
mod laws;

pub(super) use reader::read;
