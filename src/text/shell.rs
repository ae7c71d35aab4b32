//! Words for a shell, in commands that are there to be pasted.

/// The word as a shell takes it: in quotes where it holds more than letters, digits and harmless signs.
///
/// ```
/// use rollbook::text::shell_word;
/// assert_eq!(shell_word("k8s/web.yaml"), "k8s/web.yaml");
/// assert_eq!(shell_word("my web's"), r"'my web'\''s'");
/// ```
pub fn shell_word(word: &str) -> String {
    let plain = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || "/._-+:@".contains(c));
    if plain { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
