//! "did you mean": the nearest of the words that would have been right.

/// The candidate nearest to what was typed, if it is near enough to have been meant. Of equals, the first.
///
/// ```
/// use rollbook::text::closest;
/// assert_eq!(closest("deploymnt", ["daemonset", "deployment"]), Some("deployment"));
/// assert_eq!(closest("frontend", ["daemonset", "deployment"]), None);
/// ```
pub fn closest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = typed.chars().count();
    if length > LONGEST {
        return None;
    }
    let typed = typed.to_lowercase();
    let near = |candidate: &&'a str| candidate.len() <= 4 * LONGEST;
    let measured = candidates.into_iter().filter(near).map(|candidate| {
        let distance = strsim::damerau_levenshtein(&typed, &candidate.to_lowercase());
        (distance, candidate)
    });
    let (distance, candidate) = measured.min_by_key(|(distance, _)| *distance)?;
    (distance <= (length / 3).max(1)).then_some(candidate)
}

/// The distance costs the product of the lengths: what is longer is no typing error.
const LONGEST: usize = 253;

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn only_a_near_word_is_suggested() {
        for (typed, expected) in [
            ("kube-verison", Some("kube-version")),
            ("KUBE-VERSION", Some("kube-version")),
            ("kube", None),
            ("scop", Some("scope")),
            ("", None),
            (&"x".repeat(100_000), None),
        ] {
            assert_eq!(closest(typed, ["kube-version", "scope", "check"]), expected, "{typed:.20}");
        }
    }
}
