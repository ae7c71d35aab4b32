//! Images as people say them.

use crate::text::Untrusted;

/// The images in one line: short (`web:1.4,proxy:2`), or as the manifest writes them.
pub(super) fn line(images: &[Untrusted], whole: bool) -> Untrusted {
    let names: Vec<String> =
        images.iter().map(|image| if whole { image.as_str().to_owned() } else { short(image.as_str()) }).collect();
    names.join(",").into()
}

/// Paths, or other names, in one line.
pub(super) fn joined(names: &[Untrusted]) -> Untrusted {
    line(names, true)
}

/// `registry.example:5000/shop/web:1.4@sha256:…` as `web:1.4`; without a tag, the digest's first digits.
fn short(image: &str) -> String {
    let (name, digest) = match image.split_once('@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (image, None),
    };
    let name = name.rsplit('/').next().unwrap_or(name);
    match digest {
        Some(digest) if !name.contains(':') => {
            let hex: String = digest.rsplit(':').next().unwrap_or(digest).chars().take(7).collect();
            format!("{name}@{hex}")
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn an_image_is_shortened_to_what_differs() {
        for (image, expected) in [
            ("nginx", "nginx"),
            ("nginx:1.14.2", "nginx:1.14.2"),
            ("registry.example:5000/shop/web:1.4", "web:1.4"),
            ("registry.example:5000/shop/web", "web"),
            ("ghcr.io/shop/web@sha256:0123456789abcdef", "web@0123456"),
            ("ghcr.io/shop/web:1.4@sha256:0123456789abcdef", "web:1.4"),
            ("", ""),
            ("@", "@"),
        ] {
            assert_eq!(short(image), expected, "{image}");
        }
    }
}
