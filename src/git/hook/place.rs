//! Where git looks for hooks.

use super::HookRefusal;
use crate::git::path::native;
use crate::git::program::Git;
use crate::git::{Error, Repository};
use std::path::{Component, Path, PathBuf};

/// The folder that git takes a repository's hooks from, whether it is there or not.
pub(super) fn folder(repository: &Repository) -> Result<PathBuf, Error> {
    let Some(root) = repository.work_dir() else {
        return Err(Error::Hook(HookRefusal::Bare { dir: repository.place() }));
    };
    let action = "find the folder of hooks";
    let printed = Git::at(&repository.place()).with_hooks().answer(action, &["rev-parse", "--git-path", "hooks"])?;
    let printed = printed.strip_suffix(b"\n").unwrap_or(&printed);
    let path = native(printed).ok_or_else(|| Error::Git { action, reason: "its name is no text".into() })?;
    // Git writes so where the setting is empty, and runs no hook then.
    if printed == b"./" {
        return Err(Error::Hook(HookRefusal::NoFolder { path: PathBuf::new() }));
    }
    let folder = root.join(path);
    if folder.exists() && !folder.is_dir() {
        return Err(Error::Hook(HookRefusal::NoFolder { path: folder }));
    }
    match real(&folder) {
        Some(place) if is_inside(repository, root, &place) => Ok(folder.components().collect()),
        place => Err(Error::Hook(HookRefusal::Outside { folder: place.unwrap_or(folder) })),
    }
}

/// Whether a folder belongs to the repository: to this work tree, to the main one, or to git's own folder.
fn is_inside(repository: &Repository, root: &Path, folder: &Path) -> bool {
    let common = repository.common_dir();
    let main = common.parent().filter(|_| common.ends_with(".git"));
    let mut owned = [Some(root), Some(common), main].into_iter().flatten().filter_map(real);
    owned.any(|owned| folder.starts_with(owned))
}

/// Where a path leads, also if its last folders are not there yet; nothing if that cannot be told.
fn real(path: &Path) -> Option<PathBuf> {
    let known = path.ancestors().find_map(|ancestor| Some((ancestor, ancestor.canonicalize().ok()?)));
    let (ancestor, place) = known?;
    let rest = path.strip_prefix(ancestor).ok()?;
    let only_down = rest.components().all(|part| matches!(part, Component::Normal(_)));
    only_down.then(|| place.join(rest))
}
