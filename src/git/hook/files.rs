//! The file of the hook, and the one that was there before.

use super::script::{self, Maker};
use super::{HookRefusal, place};
use crate::git::{Error, Repository};
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// How the name of a file begins and ends that is not whole yet.
const UNFINISHED: (&str, &str) = ("pre-commit.", ".unfinished");

/// The hook that git runs before a commit in a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreCommitHook {
    file: PathBuf,
    earlier: PathBuf,
}

/// What [`PreCommitHook::install`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Installed {
    /// It was there already.
    Before,
    Now,
    /// In place of one that another version of rollbook made.
    Anew,
}

/// What [`PreCommitHook::uninstall`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uninstalled {
    /// There was nothing to remove.
    Nothing,
    Removed,
    /// The hook from before is in its place again.
    Restored,
}

impl Repository {
    /// The hook before a commit, in the folder where git looks for it.
    ///
    /// # Errors
    /// A bare repository; a folder that other repositories share; no program git.
    pub fn pre_commit_hook(&self) -> Result<PreCommitHook, Error> {
        Ok(PreCommitHook::in_folder(&place::folder(self)?))
    }
}

impl PreCommitHook {
    fn in_folder(folder: &Path) -> Self {
        Self { file: folder.join("pre-commit"), earlier: folder.join("pre-commit.before-rollbook") }
    }

    /// The file that git runs.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// The hook that was there before, where one was; and whether it can be run.
    pub fn earlier(&self) -> Option<(&Path, bool)> {
        self.earlier.symlink_metadata().ok()?;
        Some((&self.earlier, is_executable(&self.earlier)))
    }

    /// Writes the hook. One that is there is kept under another name, and run first. Twice is as once.
    ///
    /// # Errors
    /// A hook of ours that was edited, two older hooks, a folder that cannot be written.
    pub fn install(&self) -> Result<Installed, Error> {
        let maker = self.maker()?;
        match maker {
            Some(Maker::Ours) if is_executable(&self.file) => return Ok(Installed::Before),
            Some(Maker::Edited) => return Err(self.edited()),
            Some(Maker::Other) => self.keep()?,
            Some(Maker::Ours | Maker::OurOwnOfOld) | None => {}
        }
        self.write().map_err(|error| written(&self.file, error))?;
        Ok(if maker == Some(Maker::OurOwnOfOld) { Installed::Anew } else { Installed::Now })
    }

    /// Removes the hook, and puts the one from before in its place.
    ///
    /// # Errors
    /// A hook of ours that was edited, or exchanged for another; a folder that cannot be written.
    pub fn uninstall(&self) -> Result<Uninstalled, Error> {
        self.sweep();
        let has_earlier = self.earlier().is_some();
        let (done, step) = match self.maker()? {
            Some(Maker::Edited) => return Err(self.edited()),
            Some(Maker::Other) if !has_earlier => return Ok(Uninstalled::Nothing),
            // An install that was killed half-way.
            Some(Maker::Other) if is_same(&self.file, &self.earlier) => {
                (Uninstalled::Nothing, fs::remove_file(&self.earlier))
            }
            Some(Maker::Other) => {
                let (file, earlier) = (self.file.clone(), self.earlier.clone());
                return Err(Error::Hook(HookRefusal::Exchanged { file, earlier }));
            }
            None if !has_earlier => return Ok(Uninstalled::Nothing),
            _ if has_earlier => (Uninstalled::Restored, fs::rename(&self.earlier, &self.file)),
            _ => (Uninstalled::Removed, fs::remove_file(&self.file)),
        };
        step.map_err(|error| written(&self.file, error))?;
        Ok(done)
    }

    /// Whose hook is there, if one is. A link is never ours.
    fn maker(&self) -> Result<Option<Maker>, Error> {
        match self.file.symlink_metadata() {
            Ok(metadata) if metadata.is_symlink() => Ok(Some(Maker::Other)),
            Ok(_) => {
                let read = fs::read(&self.file);
                let path = || self.file.display().to_string().into();
                read.map(|text| Some(script::maker(&text))).map_err(|source| Error::Read { path: path(), source })
            }
            Err(_) => Ok(None),
        }
    }

    fn edited(&self) -> Error {
        let earlier = self.earlier().map(|(path, _)| path.to_owned());
        Error::Hook(HookRefusal::Edited { file: self.file.clone(), earlier })
    }

    /// Gives the hook that is there a second name.
    fn keep(&self) -> Result<(), Error> {
        let kept = match fs::hard_link(&self.file, &self.earlier) {
            // An install that was killed half-way.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && is_same(&self.file, &self.earlier) => Ok(()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let (file, earlier) = (self.file.clone(), self.earlier.clone());
                return Err(Error::Hook(HookRefusal::InTheWay { file, earlier }));
            }
            // Not all file systems have such links, nor does each user get them to files of another.
            Err(_) => self.copy(),
            Ok(()) => Ok(()),
        };
        kept.map_err(|error| written(&self.earlier, error))
    }

    fn copy(&self) -> io::Result<()> {
        #[cfg(unix)]
        if let Ok(target) = fs::read_link(&self.file) {
            return std::os::unix::fs::symlink(target, &self.earlier);
        }
        let mut unfinished = self.unfinished()?;
        unfinished.write_all(&fs::read(&self.file)?)?;
        fs::set_permissions(unfinished.path(), self.file.metadata()?.permissions())?;
        unfinished.as_file().sync_all()?;
        unfinished.persist(&self.earlier).map(|_| ()).map_err(io::Error::from)
    }

    fn write(&self) -> io::Result<()> {
        let mut unfinished = self.unfinished()?;
        unfinished.write_all(script::text().as_bytes())?;
        unfinished.as_file().sync_all()?;
        unfinished.persist(&self.file).map(|_| ()).map_err(io::Error::from)
    }

    /// Removes what an install that was killed did not finish. What cannot be removed harms nobody.
    fn sweep(&self) {
        let files = self.file.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
        let is_unfinished = |name: &str| name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1);
        let unfinished = files.filter(|file| file.file_name().to_str().is_some_and(is_unfinished));
        unfinished.for_each(|file| _ = fs::remove_file(file.path()));
    }

    /// A file in the same folder that can be run by whom the user lets run files.
    fn unfinished(&self) -> io::Result<tempfile::NamedTempFile> {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(UNFINISHED.0).suffix(UNFINISHED.1);
        #[cfg(unix)]
        builder.permissions(<fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o777));
        builder.tempfile_in(folder)
    }
}

/// Whether git runs it. Where files have no such bit, it runs all.
fn is_executable(file: &Path) -> bool {
    let Ok(metadata) = file.metadata() else { return false };
    #[cfg(unix)]
    return metadata.is_file() && std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o111 != 0;
    #[cfg(not(unix))]
    return metadata.is_file();
}

/// Whether two names are of one hook.
fn is_same(file: &Path, earlier: &Path) -> bool {
    match (fs::read_link(file), fs::read_link(earlier)) {
        (Ok(file), Ok(earlier)) => file == earlier,
        (Err(_), Err(_)) => {
            fs::read(file).ok().zip(fs::read(earlier).ok()).is_some_and(|(file, earlier)| file == earlier)
        }
        _ => false,
    }
}

fn written(path: &Path, source: io::Error) -> Error {
    Error::Write { path: path.display().to_string().into(), source }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    #[test]
    fn where_a_file_cannot_have_two_names_it_is_copied() {
        let dir = tempfile::tempdir().unwrap();
        let hook = PreCommitHook::in_folder(dir.path());
        for mode in [0o755, 0o644] {
            fs::write(&hook.file, b"\x7fELF\xff").unwrap();
            fs::set_permissions(&hook.file, fs::Permissions::from_mode(mode)).unwrap();
            hook.copy().unwrap();
            assert_eq!(fs::read(&hook.earlier).unwrap(), b"\x7fELF\xff");
            assert_eq!(hook.earlier.metadata().unwrap().permissions().mode() & 0o777, mode);
            assert!(is_same(&hook.file, &hook.earlier));
        }
        fs::remove_file(&hook.file).unwrap();
        fs::remove_file(&hook.earlier).unwrap();
        symlink("../scripts/lint", &hook.file).unwrap();
        hook.copy().unwrap();
        assert_eq!(fs::read_link(&hook.earlier).unwrap(), Path::new("../scripts/lint"));
        assert!(is_same(&hook.file, &hook.earlier));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }
}
