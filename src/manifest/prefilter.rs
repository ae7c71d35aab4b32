//! Whether a text is worth parsing.

use memchr::memmem;

/// Whether a text may hold an object of that name, and of that kind if one is given, as kubectl reads it: never wrongly
/// `false`.
///
/// A word stands in a text as it is, unless an escape or a tag spells it, or it has a character that YAML writes in
/// another way, as a blank for a line break: then the answer is `true`.
///
/// ```
/// use rollbook::manifest::may_contain;
///
/// let web = b"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n";
/// assert!(may_contain(web, Some("Deployment"), "web"));
/// assert!(!may_contain(web, Some("Service"), "web"));
/// assert!(may_contain(web, None, "web"));
/// ```
pub fn may_contain(text: &[u8], kind: Option<&str>, name: &str) -> bool {
    let has = |word: &str| !stands_as_it_is(word) || has_word(text, word.as_bytes());
    (has(name) && kind.is_none_or(has) && has("apiVersion")) || may_be_spelled_otherwise(text)
}

/// Whether a text may hold any object: never wrongly `false`.
pub fn may_hold_objects(text: &[u8]) -> bool {
    let has = |word: &str| memmem::find(text, word.as_bytes()).is_some();
    (has("apiVersion") && has("kind")) || may_be_spelled_otherwise(text)
}

/// Whether a word stands in a text by itself: `api` does not in `apiVersion`. What is no ASCII may be a line break.
pub fn has_word(text: &[u8], word: &[u8]) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte));
    memmem::find_iter(text, word)
        .any(|at| !is_part(at.checked_sub(1).map(|before| &text[before])) && !is_part(text.get(at + word.len())))
}

/// Blanks and line breaks come from folded lines, `'` from `''`, and the others have escapes of their own.
fn stands_as_it_is(word: &str) -> bool {
    word.chars().all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '\'' | '"' | '\\' | '/'))
}

/// Whether a word of the text may be other than its characters there: by an escape that spells any character
/// (`\u0077eb`) or takes a line break away, or by the tag `!!binary`, which can be written in full as `!<…>`, and under
/// any name after a `%TAG`.
pub(super) fn may_be_spelled_otherwise(text: &[u8]) -> bool {
    let spells =
        |at: usize| text.get(at + 1).is_some_and(|next| matches!(next, b'x' | b'u' | b'U' | b'\r' | b'\n' | 0x80..));
    memchr::memchr_iter(b'\\', text).any(spells)
        || [&b"!!"[..], b"!<", b"%TAG"].iter().any(|tag| memmem::find(text, tag).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;
    use crate::yaml::Dialect;

    #[test]
    fn a_text_without_the_words_is_passed_over() {
        for (text, kind, may) in [
            ("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}", Some("Deployment"), true),
            ("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: db}", Some("Deployment"), false),
            ("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: db}", None, false),
            ("apiVersion: v1\nkind: Service\nmetadata: {name: web}", Some("Deployment"), false),
            ("kind: Deployment\nmetadata: {name: web}", Some("Deployment"), false),
            ("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web-2}", Some("Deployment"), false),
            ("apiVersion: apps/v1\nkind: Deployment\nmetadata: {\"name\":web}", Some("Deployment"), true),
            (r#"{"apiVersion": "v1", "kind": "Pod", "a": "\d\n", "metadata": {"name": "db"}}"#, None, false),
        ] {
            assert_eq!(may_contain(text.as_bytes(), kind, "web"), may, "{text}");
        }
        assert!(!may_hold_objects(br#"{"name": "a package", "kind": "module"}"#));
    }

    #[test]
    fn an_object_that_is_read_is_never_passed_over() {
        for kind_and_name in [
            r#""kind": "\u0044eployment", "metadata": {"name": "\u0077eb"}"#,
            "kind: !!binary RGVwbG95bWVudA==, metadata: {name: !!binary d2Vi}",
            "kind: !!%62inary RGVwbG95bWVudA==, metadata: {name: !<tag:yaml.org,2002:binary> d2Vi}",
            "kind: Deployment, metadata: {name: \"my\n  web\"}",
            "kind: Deployment, metadata: {name: 'my\n\n  web'}",
            "kind: Deployment, metadata: {name: my\n  web}",
            "kind: Deployment, metadata: {name: 'it''s'}",
            "kind: Deployment, metadata: {name: \"my\\\n  web\"}",
            "kind: Deployment, metadata: {name: \"my\\\"web\\\\\"}",
        ] {
            found(&format!("{{apiVersion: apps/v1, {kind_and_name}}}"));
        }
        found(r#"{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "my\/web"}}"#);
        found("%TAG !b! tag:yaml.org,2002:bin\r---\rapiVersion: v1\rkind: !b!ary UG9k\rmetadata: {name: web}\r");
        found("apiVersion: v1\nkind: Pod\nmetadata:\n  name: >-\n    my\n    web\n");
        found("apiVersion: v1\nkind: Pod\nmetadata:\n  name: |\n    my\n    web\n");
    }

    fn found(text: &str) {
        let reading = read(text.as_bytes(), Dialect::Kubectl);
        let [object] = &reading.objects[..] else { panic!("{text}: {:?}", reading.errors) };
        let (kind, name) = (&object.identity.kind, &object.identity.name);
        assert!(may_contain(text.as_bytes(), Some(kind), name), "{kind} {name:?} in {text}");
        assert!(may_hold_objects(text.as_bytes()), "{text}");
    }
}
