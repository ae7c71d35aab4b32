//! Files of the work tree replaced as a whole, so that another program sees the old one or the new one, and put back without
//! needing a byte of space: the old one is kept beside git's own files meanwhile. And files that come back.
//!
//! What a kill leaves there, the next undo removes.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::commit_only::{answered, fed, words};
use super::{Error, RepoPath, Repository};

/// How that is named which is there only meanwhile.
const MEANWHILE: (&str, &str) = ("rollbook-undo.", ".unfinished");

/// A file of the work tree as it was written. Dropped, what was there before is gone for good.
#[derive(Debug)]
pub struct Written {
    path: RepoPath,
    file: PathBuf,
    bytes: Vec<u8>,
    /// What was there before, if anything was.
    old: Option<TempPath>,
}

impl Written {
    /// The bytes of what was there before; none if nothing was.
    pub fn old(&self) -> Option<Vec<u8>> {
        fs::read(self.old.as_ref()?).ok()
    }
}

impl Repository {
    /// Replaces a file; its permissions stay.
    ///
    /// # Errors
    /// A folder or a file that cannot be written: then nothing is changed.
    pub fn replace_file(&self, path: &RepoPath, bytes: &[u8]) -> Result<Written, Error> {
        self.written(path, bytes, |file, folder| {
            let permissions = fs::metadata(file)?.permissions();
            if permissions.readonly() {
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
            }
            let old = kept(file, folder)?;
            let next = filled(bytes, folder, Some(permissions))?;
            next.persist(file).map_err(|error| error.error)?;
            Ok(Some(old))
        })
    }

    /// Puts a file where none is, as git would check it out.
    ///
    /// # Errors
    /// A folder that cannot be written, something that lies there, an answer that git does not give: then nothing is
    /// changed.
    pub fn bring_file(&self, path: &RepoPath, bytes: &[u8]) -> Result<Written, Error> {
        let bytes = self.checked_out(path, bytes)?;
        self.written(path, &bytes, |file, folder| {
            file.parent().map(fs::create_dir_all).transpose()?;
            let next = filled(&bytes, folder, None)?;
            next.persist_noclobber(file).map_err(|error| error.error)?;
            Ok(None)
        })
    }

    /// Puts a file back as it was before; one that came back goes, with the folders that were made for it. False where
    /// somebody else has written to it since: then it stays.
    ///
    /// # Errors
    /// A folder that cannot be written; git, which still has the index.
    pub fn put_back(&self, written: Written) -> Result<bool, Error> {
        let Written { path, file, bytes, old } = written;
        if self.raw_file(&path)?.as_ref() != Some(&bytes) {
            return Ok(false);
        }
        let Some(old) = old else { return self.forget(&path, &file).map(|()| true) };
        let put = old.persist(&file).map_err(|error| Error::Write { path: path.shown(), source: error.error });
        put.map(|()| true)
    }

    /// Keeps other undos out until the value is dropped, or the program ends in any way; none where another is at work.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn lock(&self) -> Result<Option<File>, Error> {
        let place = self.git_dir().join("rollbook-undo");
        let file = File::options().create(true).append(true).open(&place);
        let file = file.map_err(|source| Error::Write { path: place.display().to_string().into(), source })?;
        match file.try_lock() {
            Ok(()) => {
                // Nobody else is here, so what lies there is of one that was killed.
                left(self.git_dir()).iter().for_each(|place| match place.is_dir() {
                    true => drop(fs::remove_dir_all(place)),
                    false => drop(fs::remove_file(place)),
                });
                Ok(Some(file))
            }
            Err(fs::TryLockError::WouldBlock) => Ok(None),
            Err(fs::TryLockError::Error(source)) => {
                Err(Error::Write { path: place.display().to_string().into(), source })
            }
        }
    }

    /// Writes a file by what is in a folder meanwhile: git's own, where nothing is in anybody's way. That can be on another
    /// disk, as for a linked work tree; then it is the file's.
    fn written(
        &self,
        path: &RepoPath,
        bytes: &[u8],
        write: impl Fn(&Path, &Path) -> io::Result<Option<TempPath>>,
    ) -> Result<Written, Error> {
        let written = self.place_of(path).ok_or_else(|| io::Error::other("its name is none here")).and_then(|file| {
            let old = match (write(&file, self.git_dir()), file.parent()) {
                (Err(error), Some(folder)) if error.kind() == io::ErrorKind::CrossesDevices => write(&file, folder),
                (old, _) => old,
            };
            Ok(Written { path: path.clone(), bytes: bytes.to_vec(), old: old?, file })
        });
        written.map_err(|source| Error::Write { path: path.shown(), source })
    }

    /// The bytes of a file as git would write them to the work tree.
    fn checked_out(&self, path: &RepoPath, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        let action = "check a file out";
        let git = |args: &[&OsStr], input: &[u8]| {
            let output = fed(self.user_git().args(args), input);
            let output = output.map_err(|error| Error::Git { action, reason: error.to_string().into() })?;
            match output.status.success() {
                true => Ok(output.stdout),
                false => Err(Error::Git { action, reason: words(&output.stderr) }),
            }
        };
        let blob = git(&["hash-object", "-w", "--stdin"].map(OsStr::new), bytes)?;
        let blob = OsString::from(String::from_utf8_lossy(&blob).trim());
        let mut of = OsString::from("--path=");
        of.push(path.to_file_system().unwrap_or_default());
        git(&[OsStr::new("cat-file"), OsStr::new("--filters"), &of, &blob], b"")
    }

    /// Takes a file out of the index and away, and the folders that are empty then.
    fn forget(&self, path: &RepoPath, file: &Path) -> Result<(), Error> {
        let mut command = self.user_git();
        command.args(["--literal-pathspecs", "rm", "--cached", "--quiet", "--ignore-unmatch", "--force", "--"]);
        answered(command.args(path.to_file_system()), "forget a file")?;
        fs::remove_file(file).map_err(|source| Error::Write { path: path.shown(), source })?;
        let inside = |folder: &&Path| self.work_dir().is_some_and(|root| *folder != root && folder.starts_with(root));
        // A folder that has something else in it stays.
        let mut folders = file.ancestors().skip(1).take_while(inside);
        let _ = folders.try_for_each(fs::remove_dir);
        Ok(())
    }
}

/// What is there only meanwhile, in a folder.
pub(super) fn meanwhile() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(MEANWHILE.0).suffix(MEANWHILE.1);
    builder
}

/// A file with these bytes on disk; without others, with the permissions that new files get.
fn filled(bytes: &[u8], folder: &Path, permissions: Option<Permissions>) -> io::Result<NamedTempFile> {
    let mut file = meanwhile().make_in(folder, |place| File::create_new(place))?;
    file.write_all(bytes)?;
    permissions.map(|permissions| file.as_file().set_permissions(permissions)).transpose()?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Another name of a file; a copy where there are no two names for one.
fn kept(file: &Path, folder: &Path) -> io::Result<TempPath> {
    match meanwhile().make_in(folder, |name| fs::hard_link(file, name)) {
        Ok(linked) => Ok(linked.into_temp_path()),
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => Err(error),
        Err(_) => {
            let copy = filled(&fs::read(file)?, folder, Some(fs::metadata(file)?.permissions()))?;
            Ok(copy.into_temp_path())
        }
    }
}

fn left(folder: &Path) -> Vec<PathBuf> {
    let is_ours = |name: &str| name.starts_with(MEANWHILE.0) && name.ends_with(MEANWHILE.1);
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.filter(|entry| entry.file_name().to_str().is_some_and(is_ours)).map(|entry| entry.path()).collect()
}
