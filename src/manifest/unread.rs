//! Whether a Secret may be in what was not read: behind an error, in a key given twice, after the end of a document.

use super::prefilter::may_be_spelled_otherwise;

/// Whether a text may hold a Secret, by its words alone.
pub(super) fn may_hold_secret(text: &[u8]) -> bool {
    match std::str::from_utf8(text) {
        Ok(words) if !may_be_spelled_otherwise(text) => {
            let lines = words.to_ascii_lowercase().replace('\r', "\n").replace("\n...", "\n---");
            lines.split("\n---").any(document_may_be_secret)
        }
        _ => true,
    }
}

/// A Secret has its kind, or a field that only it has, or values and no kind: no object, but meant for one.
fn document_may_be_secret(text: &str) -> bool {
    let has = |wanted: &str| words(text).any(|(word, _)| word == wanted);
    let says_secret = words(text).any(|(word, rest)| matches!(word, "secret" | "secretlist") && !is_key(rest));
    let without_kind = || !has("kind") || has("items");
    says_secret || text.contains("stringdata") || text.contains("secretgenerator") || (has("data") && without_kind())
}

/// Each word with what follows it.
fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let word = rest.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
        let end = word.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(word.len());
        rest = &word[end..];
        (end > 0).then(|| (&word[..end], rest))
    })
}

/// The key `secret` of a volume is not the kind of an object.
fn is_key(rest: &str) -> bool {
    rest.trim_start_matches(['"', '\'']).trim_start_matches(' ').starts_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_the_words_of_a_secret_may_hold_one() {
        for (text, may) in [
            ("kind: Secret\ndata: [", true),
            ("kind: 'secret' # x", true),
            ("{\"kind\":\"SecretList\"", true),
            ("kind: \"\\u0053ecret\"", true),
            ("kind: !!binary U2VjcmV0", true),
            ("StringData: {", true),
            ("data: {pw: [", true),
            ("kind: Pod\n---\ndata: {pw: [", true),
            ("kind: Pod\n...\ndata: {pw: x}", true),
            ("kind: Pod\r---\rdata: {pw: x}", true),
            ("kind: List\nitems:\n- data: {pw: [", true),
            ("kind: Pod\ndata: [", false),
            ("kind: Deployment\nspec: {volumes: [{secret: {secretName: a}}], imagePullSecrets: [", false),
            ("kind: SealedSecret\nspec: [", false),
            ("", false),
        ] {
            assert_eq!(may_hold_secret(text.as_bytes()), may, "{text}");
        }
        assert!(may_hold_secret(b"\xff"));
    }
}
