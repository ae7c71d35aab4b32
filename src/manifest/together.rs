//! The objects of several texts at once: those of a chunk that more than one of them has are made once.

use super::reading::read;
use super::{Error, Object, Reading};
use crate::yaml::{self, Cut, Dialect, Stream, Warning};

/// Reads the objects of several texts at once, of each as [`read`] does: faster where they have much in common.
pub fn read_together(texts: &[&[u8]], dialect: Dialect) -> Vec<Reading> {
    let (pieces, cuts) = yaml::read_chunks(texts, dialect, Piece::of);
    let reading = |(text, cut): (&&[u8], Option<Cut>)| {
        let joined = cut.and_then(|cut| joined(text, cut, &pieces, dialect));
        joined.unwrap_or_else(|| read(text, dialect))
    };
    texts.iter().zip(cuts).map(reading).collect()
}

/// What a chunk holds.
struct Piece {
    reading: Reading,
    error: Option<yaml::Error>,
}

impl Piece {
    fn of(text: &[u8], mut stream: Stream) -> Piece {
        let error = stream.error.take();
        Piece { reading: Reading::of_documents(text, stream), error }
    }
}

/// What a text holds, up to the first chunk that cannot be read; nothing where it has to be read as a whole: kustomize
/// gives no documents before an error.
fn joined(text: &[u8], cut: Cut, pieces: &[Piece], dialect: Dialect) -> Option<Reading> {
    let mut reading = Reading::default();
    let mut error = None;
    for cutting in cut.chunks {
        let piece = &pieces[cutting.chunk];
        reading.append(&piece.reading, cutting.moved);
        if let Some(yaml::Error { problem, at }) = piece.error.clone() {
            error = Some(yaml::Error { problem, at: at.moved_by(cutting.moved) });
            break;
        }
    }
    let error = error.or(cut.error);
    (error.is_none() || dialect == Dialect::Kubectl).then(|| reading.ended(text, error))
}

impl Reading {
    /// Adds what comes behind it, with so many more bytes before it than where it was read.
    fn append(&mut self, next: &Reading, bytes: u32) {
        let Reading { objects, generated, warnings, errors, may_hold_secret } = next;
        let moved = |object: &Object| object.moved_by(bytes);
        self.objects.extend(objects.iter().map(moved));
        self.generated.extend(generated.iter().map(moved));
        let warning = |Warning { notice, at }: &Warning| Warning { notice: notice.clone(), at: at.moved_by(bytes) };
        self.warnings.extend(warnings.iter().map(warning));
        let error = |Error { problem, at }: &Error| Error { problem: problem.clone(), at: at.moved_by(bytes) };
        self.errors.extend(errors.iter().map(error));
        self.may_hold_secret |= may_hold_secret;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that is read, with its places: nodes are equal wherever they stand.
    fn shown(reading: &Reading) -> String {
        format!("{reading:?}")
    }

    #[test]
    fn texts_are_read_as_each_is_by_itself() {
        let named =
            |name: &str| format!("apiVersion: v1\nkind: Pod\nmetadata:\n  name: {name} # c\nspec: [1, {{c: d}}]\n");
        let pod = named("a");
        let chunks = [
            &*pod,
            "\n# only a comment\n",
            "kind: &x {b: 1}\nc: *x\n",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nmetadata: {name: b}\n",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n...\nb: 2\n",
            "é: 'x\n  y'\n",
            "a: [\n",
            "<<<<<<< HEAD\na: 1\n",
            "<<<<<<< HEAD\n# one\nkind: Pod\n",
            "a: {{ b }}: 1\n",
            "a: \u{1}\n",
            "",
            "apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}\n",
            "apiVersion: v1\nkind: Secret\nmetadata: {name: s, labels: &d {pw: hunter2}}\ndata: *d\n",
            "kind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n- {a: |+\n- b\n",
            "kind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n- {kind: Secret, data: {a: b}}\n",
        ];
        let many = (0..40).map(|number| named(&format!("a{number}"))).collect::<Vec<_>>().join("---\n");
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
            for (text, reading) in texts.iter().zip(read_together(&texts, dialect)) {
                let expected = read(text, dialect);
                assert_eq!(shown(&reading), shown(&expected), "{:?}", String::from_utf8_lossy(text));
                assert_eq!(reading, expected);
            }
        }
    }
}
