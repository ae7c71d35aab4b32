//! Image references, as far as the pull policy's default asks: is the tag `latest`?
//! Source: kubernetes `pkg/util/parsers` ParseImageName, `github.com/distribution/reference` ParseNormalizedNamed.

use crate::kubernetes::Version;

/// The longest name that a repository may have.
const LONGEST_NAME: usize = 255;
/// The longest tag.
const LONGEST_TAG: usize = 128;
/// Digests that Go's registry of algorithms has, and their length in hexadecimal digits.
const ALGORITHMS: [(&str, usize); 3] = [("sha256", 64), ("sha384", 96), ("sha512", 128)];

/// Whether the image has the tag `latest`, or neither a tag nor a digest. What is no reference has no tag.
pub(super) fn is_latest(image: &str, version: Option<Version>) -> bool {
    let parsed = Reading::of(version).parse(image);
    parsed.is_some_and(|(tag, digest)| tag == Some("latest") || (tag.is_none() && digest.is_none()))
}

/// Whether an image can be another one tomorrow under the same name, as far as its name tells: it has the tag `latest`, or
/// neither a tag nor a digest.
pub fn is_floating(image: &str) -> bool {
    is_latest(image, None)
}

/// How a version reads a reference: it depends on the `distribution/reference` that it was built with.
struct Reading {
    /// As it stands: without the registry that is meant, and even if it may be an image's ID (`ParseNamed`).
    plain: bool,
    /// Whether a registry may be an IPv6 address, or one in upper case without a dot.
    any_registry: bool,
    /// Whether the registry counts for the length of the name.
    whole_name: bool,
}

impl Reading {
    fn of(version: Option<Version>) -> Reading {
        const PLAIN_UNTIL: u8 = 7;
        const ANY_REGISTRY_SINCE: u8 = 29;
        const WHOLE_NAME_UNTIL: u8 = 31;
        let minor = version.map_or(u8::MAX, Version::minor);
        Reading {
            plain: minor <= PLAIN_UNTIL,
            any_registry: minor >= ANY_REGISTRY_SINCE,
            whole_name: minor <= WHOLE_NAME_UNTIL,
        }
    }

    /// The tag and the digest of a reference.
    fn parse<'i>(&self, image: &'i str) -> Option<(Option<&'i str>, Option<&'i str>)> {
        if !self.plain && image.len() == 64 && image.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return None; // an image's ID, which would be ambiguous
        }
        let (domain, rest) = self.split_domain(image);
        let path_end = rest.find([':', '@']).unwrap_or(rest.len());
        let (path, suffix) = rest.split_at(path_end);
        let (tagged, digest) = suffix.split_once('@').map_or((suffix, None), |(tag, digest)| (tag, Some(digest)));
        let tag = tagged.strip_prefix(':');
        let before_colon = rest.split(':').next().unwrap_or(rest);
        let fits = before_colon.chars().all(|c| !c.is_uppercase())
            && self.is_name(domain, path)
            && tag.is_none_or(is_tag)
            && digest.is_none_or(is_digest);
        fits.then_some((tag, digest))
    }

    /// What stands before the first slash is a registry if it looks like one.
    fn split_domain<'i>(&self, image: &'i str) -> (&'i str, &'i str) {
        match image.split_once('/') {
            Some((domain, rest))
                if self.plain
                    || domain.contains(['.', ':'])
                    || domain == "localhost"
                    || (self.any_registry && domain.chars().any(char::is_uppercase)) =>
            {
                (domain, rest)
            }
            _ => (if self.plain { "" } else { "docker.io" }, image),
        }
    }

    /// A registry with a path; or, since the grammar allows it, all of it a path (`my_registry.io/app`).
    fn is_name(&self, domain: &str, path: &str) -> bool {
        if !path.split('/').all(is_path_component) {
            return false;
        }
        if domain.is_empty() {
            return path.len() <= LONGEST_NAME;
        }
        let domain = if domain == "index.docker.io" { "docker.io" } else { domain };
        // `docker.io/app` is completed to `docker.io/library/app`, which counts for the length.
        let official = if !self.plain && domain == "docker.io" && !path.contains('/') { "library/".len() } else { 0 };
        let registry = if self.whole_name || !is_domain(domain) { domain.len() + "/".len() } else { 0 };
        (is_domain(domain) && (self.any_registry || !domain.starts_with('[')) || is_path_component(domain))
            && registry + official + path.len() <= LONGEST_NAME
    }
}

/// Lower-case letters and digits, parted by `.`, `_`, `__` or any number of `-`.
fn is_path_component(text: &str) -> bool {
    let alphanumeric = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let inside = |text: &str| matches!(text, "" | "." | "_" | "__") || text.bytes().all(|b| b == b'-');
    text.bytes().next().is_some_and(alphanumeric)
        && text.bytes().next_back().is_some_and(alphanumeric)
        && text.split(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit()).all(inside)
}

fn is_domain(text: &str) -> bool {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((address, port)) => {
                return !address.is_empty()
                    && address.bytes().all(|b| b.is_ascii_hexdigit() || b == b':')
                    && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
            }
            None => return false,
        },
        None => text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port))),
    };
    port.is_none_or(is_port) && host.split('.').all(is_domain_component)
}

fn is_port(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_domain_component(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

fn is_tag(text: &str) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    text.len() <= LONGEST_TAG
        && text.bytes().next().is_some_and(word)
        && text.bytes().all(|b| word(b) || b == b'.' || b == b'-')
}

/// A digest of a known algorithm and its length.
fn is_digest(text: &str) -> bool {
    let Some((algorithm, digits)) = text.split_once(':') else {
        return false;
    };
    ALGORITHMS.contains(&(algorithm, digits.len())) && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn latest_is_written_or_meant() {
        for image in [
            "app",
            "app:latest",
            "registry.example.org:5000/team/app",
            "[2001:db8::1]:5000/app",
            "a_b--c.d/e__f",
            "x/y/z",
            "localhost/app",
        ] {
            assert!(is_latest(image, None), "{image}");
        }
        assert!(is_latest(&format!("app:latest@{DIGEST}"), None));
    }

    #[test]
    fn a_registry_counts_for_the_length_up_to_1_31() {
        let image = format!("registry.example.org/{}", "a".repeat(250));
        for (version, latest) in [("1.31", false), ("1.32", true)] {
            assert_eq!(is_latest(&image, version.parse().ok()), latest, "{version}");
        }
    }

    #[test]
    fn older_versions_know_fewer_registries_and_no_ids() {
        let id = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        for (image, version, latest) in [
            ("[2001:db8::1]:5000/app", "1.28", false),
            ("[2001:db8::1]:5000/app", "1.29", true),
            ("UPPER/app", "1.7", true),
            ("UPPER/app", "1.28", false),
            ("UPPER/app", "1.29", true),
            (id, "1.7", true),
            (id, "1.8", false),
            ("app", "1.7", true),
            ("team/app:1", "1.7", false),
        ] {
            assert_eq!(is_latest(image, version.parse().ok()), latest, "{image} at {version}");
        }
    }

    #[test]
    fn a_tag_a_digest_or_no_reference_at_all_is_not() {
        let id = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        for image in
            ["app:1", "app:Latest", "UPPER/Case", "app:", "${IMAGE}", "", "a..b", "-a", "app@sha256:abc", "a___b", id]
        {
            assert!(!is_latest(image, None), "{image}");
        }
        assert!(!is_latest(&format!("app@{DIGEST}"), None));
        assert!(!is_latest(&format!("app:1@{DIGEST}"), None));
    }
}
