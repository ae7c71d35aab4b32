//! Whether a text is worth parsing.

use memchr::memmem;

/// Whether a text may hold an object of that kind and name: never wrongly `false`.
///
/// A kind and a name stand in the text as they are, unless an escape spells them: where a backslash, or a byte that is
/// not ASCII, could do so, the answer is `true`.
///
/// ```
/// use rollbook::manifest::may_contain;
///
/// assert!(may_contain(b"kind: Deployment\nmetadata:\n  name: web\n", "Deployment", "web"));
/// assert!(!may_contain(b"kind: Service\nmetadata:\n  name: web\n", "Deployment", "web"));
/// ```
pub fn may_contain(text: &[u8], kind: &str, name: &str) -> bool {
    let has = |word: &str| memmem::find(text, word.as_bytes()).is_some();
    (has(name) && has(kind)) || memchr::memchr(b'\\', text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spelled_with_escapes_may_be_anything() {
        assert!(may_contain(br#"{"kind": "\u0044eployment", "metadata": {"name": "web"}}"#, "Deployment", "web"));
        assert!(may_contain(b"kind: Deployment\nmetadata: {name: web}", "Deployment", "web"));
        assert!(!may_contain(b"kind: Deployment\nmetadata: {name: db}", "Deployment", "web"));
    }
}
