//! What a hydrator tells of the commit that it rendered. Argo CD's source hydrator writes a file `hydrator.metadata` at
//! the root of the branch and in each folder that it renders to (`commitserver/commit/hydratorhelper.go`).

use super::message;
use crate::git::RepoPath;
use serde::Deserialize;

const FILE: &str = "hydrator.metadata";

/// Whether a file of that name is a hydrator's.
pub(super) fn is_metadata(name: &[u8]) -> bool {
    name == FILE.as_bytes()
}

/// The files that may tell of a manifest, the nearest first.
pub(super) fn metadata_paths(path: &RepoPath) -> Vec<RepoPath> {
    path.folders().iter().rev().map(|folder| folder.join(FILE.as_bytes())).collect()
}

/// The commit that was rendered, as far as it is of use here. The rest is passed over.
#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    subject: String,
    #[serde(default)]
    body: String,
}

/// Why the rendered commit was made: its trailer, else its subject; nothing if the file tells neither.
pub(super) fn cause(text: &[u8]) -> Option<String> {
    let metadata: Metadata = serde_json::from_slice(text).ok()?;
    let subject = metadata.subject.trim();
    message::trailer(&metadata.body).or(Some(subject)).filter(|text| !text.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rendered_commit_tells_the_cause() {
        for (text, expected) in [
            (
                r#"{"repoURL": "https://example.org/dry", "drySha": "abc", "subject": "web 1.5", "body": "b"}"#,
                Some("web 1.5"),
            ),
            (r#"{"subject": "web 1.5", "body": "x\nChange-Cause: faster checkout\n"}"#, Some("faster checkout")),
            (r#"{"drySha": "abc", "commands": ["helm template ."]}"#, None),
            (r#"{"subject": 1}"#, None),
            ("[", None),
        ] {
            assert_eq!(cause(text.as_bytes()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_nearest_file_is_the_first() {
        let paths = metadata_paths(&RepoPath::from("apps/web/manifest.yaml"));
        let shown: Vec<String> = paths.iter().map(|path| path.shown().as_str().to_owned()).collect();
        assert_eq!(shown, ["apps/web/hydrator.metadata", "apps/hydrator.metadata", "hydrator.metadata"]);
    }
}
