//! Where a file stands in a tree: bytes, as git has them.

use std::path::{Path, PathBuf};

use crate::text::Untrusted;

/// A path relative to the root of the repository, with `/` between its parts. Git's paths are bytes, which need not be
/// UTF-8: they are kept as they are, and only shown lossily.
///
/// ```
/// use rollbook::git::RepoPath;
///
/// let path = RepoPath::from("./apps//web.yaml");
/// assert_eq!(path.as_bytes(), b"apps/web.yaml");
/// assert_eq!(path.name(), b"web.yaml");
/// assert!(path.is_under(&RepoPath::from("apps")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(Vec<u8>);

impl RepoPath {
    /// The path as git has it; empty parts and `.` are left out.
    pub fn new(bytes: &[u8]) -> Self {
        let parts = bytes.split(|byte| *byte == b'/').filter(|part| !part.is_empty() && *part != b".");
        Self(parts.collect::<Vec<_>>().join(&b'/'))
    }

    /// The bytes as they are.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The last part: the file's name.
    pub fn name(&self) -> &[u8] {
        self.0.rsplit(|byte| *byte == b'/').next().expect("a split has at least one part")
    }

    /// The parts between the slashes; none for the root.
    pub fn parts(&self) -> impl Iterator<Item = &[u8]> {
        self.0.split(|byte| *byte == b'/').filter(|part| !part.is_empty())
    }

    /// Whether this is `folder`, or stands in it or deeper. All stands under the root.
    pub fn is_under(&self, folder: &RepoPath) -> bool {
        match self.0.strip_prefix(folder.as_bytes()) {
            Some(rest) => folder.0.is_empty() || rest.first().is_none_or(|byte| *byte == b'/'),
            None => false,
        }
    }

    /// Whether this is under one of the paths; under none it is everywhere.
    pub fn is_under_any(&self, paths: &[RepoPath]) -> bool {
        paths.is_empty() || paths.iter().any(|path| self.is_under(path))
    }

    /// This path with one more part.
    pub fn join(&self, part: &[u8]) -> Self {
        if self.0.is_empty() {
            return Self(part.to_vec());
        }
        Self([self.as_bytes(), part].join(&b'/'))
    }

    /// The folders that this stands in, from the root down.
    pub fn folders(&self) -> Vec<RepoPath> {
        let mut folders = vec![RepoPath::new(b"")];
        for part in self.parts() {
            folders.push(folders.last().expect("the root is there").join(part));
        }
        folders.pop();
        folders
    }

    /// The folder that this stands in; the root's is the root.
    pub fn folder(&self) -> RepoPath {
        let end = self.0.iter().rposition(|byte| *byte == b'/').unwrap_or(0);
        Self(self.0[..end].to_vec())
    }

    /// For an output; bytes that are no UTF-8 become `�`.
    pub fn shown(&self) -> Untrusted {
        String::from_utf8_lossy(&self.0).into_owned().into()
    }

    /// The same path for the file system, if it can say it.
    pub(super) fn to_file_system(&self) -> Option<PathBuf> {
        native(&self.0).map(Path::to_owned)
    }
}

/// The bytes as a path of the file system, if it can say it.
pub(super) fn native(bytes: &[u8]) -> Option<&Path> {
    #[cfg(unix)]
    let path = Some(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes));
    #[cfg(not(unix))]
    let path = std::str::from_utf8(bytes).ok();
    path.map(Path::new)
}

impl From<&str> for RepoPath {
    fn from(path: &str) -> Self {
        Self::new(path.as_bytes())
    }
}

impl serde::Serialize for RepoPath {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shown().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stands_under_its_folders_only() {
        for (path, folder, under) in [
            ("apps/web.yaml", "", true),
            ("apps/web.yaml", "apps", true),
            ("apps/web.yaml", "apps/", true),
            ("apps/web.yaml", "apps/web.yaml", true),
            ("apps/web.yaml", "app", false),
            ("apps-b/web.yaml", "apps", false),
            ("apps", "apps/web.yaml", false),
        ] {
            assert_eq!(RepoPath::from(path).is_under(&folder.into()), under, "{path} under {folder}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_kept() {
        let path = RepoPath::new(b"caf\xe9/web.yaml");
        assert_eq!(path.as_bytes(), b"caf\xe9/web.yaml");
        assert_eq!(path.shown().as_str(), "caf\u{fffd}/web.yaml");
        assert_eq!(path.parts().collect::<Vec<_>>(), [&b"caf\xe9"[..], b"web.yaml"]);
        assert_eq!(RepoPath::from("").join(b"a").join(b"b"), RepoPath::from("a/b"));
        for (path, folder) in [("a/b/c", "a/b"), ("a", ""), ("", "")] {
            assert_eq!(RepoPath::from(path).folder(), RepoPath::from(folder));
        }
    }
}
