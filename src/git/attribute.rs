//! What `.gitattributes` say of a file in the work tree.

use git2::{AttrCheckFlags, AttrValue, ObjectType, Oid};
use std::path::PathBuf;

use super::program::Git;
use super::repository::Source;
use super::{RepoPath, Repository};

/// An attribute of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Unspecified,
    Set,
    Unset,
    Value(String),
}

/// The attributes of one path.
pub(super) enum Attributes<'r> {
    Library(&'r git2::Repository, PathBuf),
    Program(Git, PathBuf),
}

impl Repository {
    /// The attributes of a path, `place` on the disk, when it is added: of each folder those of the work tree, or else
    /// those of the index (`attr.c: read_attr`). Where a folder has both, libgit2 takes the index's for what the work
    /// tree's do not name, so the program git is asked if they differ.
    pub(super) fn attributes(&self, path: &RepoPath, place: PathBuf) -> Attributes<'_> {
        match &self.source {
            Source::Library(library) if path.folders().iter().all(|folder| is_settled(library, folder)) => {
                Attributes::Library(library, place)
            }
            _ => Attributes::Program(Git::at(&self.place()), place),
        }
    }
}

/// Whether a folder's attributes in the work tree are no others than those of the index.
fn is_settled(library: &git2::Repository, folder: &RepoPath) -> bool {
    let Some(file) = folder.join(b".gitattributes").to_file_system() else { return true };
    let staged = library.index().ok().and_then(|index| index.get_path(&file, 0)).map(|entry| entry.id);
    let there = library.workdir().and_then(|root| Oid::hash_file(ObjectType::Blob, root.join(file)).ok());
    staged.is_none() || there.is_none() || staged == there
}

impl Attributes<'_> {
    pub fn get(&self, name: &str) -> Attribute {
        match self {
            Attributes::Library(library, path) => {
                let value = library.get_attr(path, name, AttrCheckFlags::FILE_THEN_INDEX).ok().flatten();
                match AttrValue::from_string(value) {
                    AttrValue::True => Attribute::Set,
                    AttrValue::False => Attribute::Unset,
                    AttrValue::String(value) => Attribute::Value(value.to_owned()),
                    AttrValue::Bytes(_) | AttrValue::Unspecified => Attribute::Unspecified,
                }
            }
            Attributes::Program(git, path) => match git.attribute(path, name).as_deref() {
                Some("set") => Attribute::Set,
                Some("unset") => Attribute::Unset,
                None | Some("unspecified") => Attribute::Unspecified,
                Some(value) => Attribute::Value(value.to_owned()),
            },
        }
    }
}
