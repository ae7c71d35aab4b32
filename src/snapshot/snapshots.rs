//! From the files of a commit, the index or the working tree to a snapshot. What two of them share is read once.

use super::names::{is_kustomization, is_manifest, is_rendering, markers};
use super::objects::{Contents, File, Passed, Snapshot};
use super::{Delivery, Rendering, Role};
use crate::git::{self, BlobId, CommitId, Entry, Filter, RepoPath, Repository, WorkContent, WorkFile};
use crate::manifest::{self, Kustomization};
use crate::yaml::{Dialect, MAX_INPUT};
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::rc::Rc;

/// Makes the snapshots of one repository.
pub struct Snapshots<'r> {
    repository: &'r Repository,
    /// The index to read in place of the repository's own.
    index: Option<PathBuf>,
    contents: HashMap<BlobId, Rc<Contents>>,
}

/// What stands at a path of a state.
enum Source {
    Blob(BlobId),
    Text(Vec<u8>),
    Passed(Passed),
}

type Listed = Vec<(RepoPath, Source)>;

/// How a pointer of Git LFS begins (<https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md>).
const LFS_POINTER: &[u8] = b"version https://git-lfs.github.com/spec/v1\n";

impl<'r> Snapshots<'r> {
    /// Snapshots of a repository. `index` is the index to read in place of its own, as git names it to hooks in
    /// `GIT_INDEX_FILE`: a relative path is one below the root of the working tree.
    pub fn new(repository: &'r Repository, index: Option<PathBuf>) -> Self {
        Snapshots { repository, index, contents: HashMap::new() }
    }

    /// The objects of a commit.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn of_tree(&mut self, commit: CommitId) -> Result<Snapshot, git::Error> {
        let files = self.repository.files(commit, &Filter::named(&is_read).with_submodules())?;
        self.snapshot(files.into_iter().map(listed).collect())
    }

    /// The objects that the next commit will have.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn of_index(&mut self) -> Result<Snapshot, git::Error> {
        let filter = Filter::named(&is_read).with_submodules();
        let index = self.repository.index_files(self.index.as_deref(), &filter)?;
        let conflicts = index.conflicts.into_iter().map(|path| (path, Source::Passed(Passed::Conflict)));
        self.snapshot(index.files.into_iter().map(listed).chain(conflicts).collect())
    }

    /// The objects of the working tree: what the next commit would have if all was added.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn of_work_tree(&mut self) -> Result<Snapshot, git::Error> {
        let filter = Filter::named(&is_read).with_submodules();
        let files = self.repository.work_files(self.index.as_deref(), &filter)?;
        self.snapshot(files.into_iter().map(of_work_tree).collect())
    }

    /// One file of the working tree as git would store it, without reading the others; nothing if it is not there.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn work_tree_text(&self, path: &RepoPath) -> Result<Option<Result<Vec<u8>, Passed>>, git::Error> {
        let Some(content) = self.repository.work_file(self.index.as_deref(), path)? else { return Ok(None) };
        let text = match of_work_tree(WorkFile { path: path.clone(), content }).1 {
            Source::Blob(blob) => self.repository.blob(blob)?,
            Source::Text(text) => text,
            Source::Passed(passed) => return Ok(Some(Err(passed))),
        };
        Ok(Some(if is_lfs_pointer(&text) { Err(Passed::LfsPointer) } else { Ok(text) }))
    }

    /// What a file of the working tree is there. What brings folders to a cluster has to be known; of kustomizations that
    /// nobody has added yet, those above the file are seen.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn work_tree_role(&self, path: &RepoPath, deliveries: &Rc<[Delivery]>) -> Result<Role, git::Error> {
        let index = self.index.as_deref();
        let mut files = self.repository.tracked_work_files(index, &Filter::named(&is_rendering))?;
        for path in markers(path) {
            if !files.iter().any(|file| file.path == path) {
                let content = self.repository.work_file(index, &path)?;
                files.extend(content.map(|content| WorkFile { path, content }));
            }
        }
        let listed: Listed = files.into_iter().map(of_work_tree).collect();
        Ok(self.rendering(&listed)?.delivered(deliveries.clone()).role(path))
    }

    fn snapshot(&mut self, mut listed: Listed) -> Result<Snapshot, git::Error> {
        listed.sort_by(|(one, _), (other, _)| one.cmp(other));
        let rendering = self.rendering(&listed)?;
        self.read(&listed)?;
        let (mut read, mut passed) = (Vec::new(), Vec::new());
        for (path, source) in listed {
            let contents = match source {
                Source::Blob(blob) => self.contents(blob)?,
                Source::Text(text) => of_text(text),
                Source::Passed(why) => Err(why),
            };
            match contents {
                Ok(contents) => read.push((path, contents)),
                Err(why) => passed.push((path, why)),
            }
        }
        let objects = read.iter().flat_map(|(path, of)| of.reading.objects.iter().map(move |object| (path, object)));
        let deliveries: Vec<Delivery> = objects.flat_map(|(path, object)| Delivery::of(path, object)).collect();
        let rendering = Rc::new(rendering.delivered(deliveries.into()));
        let file = |(path, contents)| {
            let role = rendering.role(&path);
            File::new(path, role, contents)
        };
        Ok(Snapshot::new(read.into_iter().map(file).collect(), passed, rendering))
    }

    fn rendering(&self, listed: &Listed) -> Result<Rendering, git::Error> {
        let mut rendering = Rendering::default();
        for (path, source) in listed.iter().filter(|(path, _)| is_rendering(path.name())) {
            let kustomization = match source {
                _ if !is_kustomization(path.name()) => {
                    rendering.add_chart(path);
                    continue;
                }
                Source::Blob(blob) => Kustomization::read(&self.repository.blob(*blob)?),
                Source::Text(text) => Kustomization::read(text),
                // Nobody knows what it says: as one that cannot be read.
                Source::Passed(_) => Kustomization::read(b"["),
            };
            rendering.add(path.clone(), Rc::new(kustomization));
        }
        Ok(rendering)
    }

    /// Reads what may hold objects of the blobs that nobody has read yet, all at once.
    fn read(&mut self, listed: &Listed) -> Result<(), git::Error> {
        let (mut texts, mut met) = (Vec::new(), HashSet::new());
        for (_, source) in listed {
            let Source::Blob(blob) = *source else { continue };
            let is_new = !self.contents.contains_key(&blob) && met.insert(blob);
            if is_new && let Ok(text) = self.repository.blob_within(blob, MAX_INPUT as u64)? {
                texts.push((blob, text));
            }
        }
        texts.retain(|(_, text)| manifest::may_hold_objects(text) && !is_lfs_pointer(text));
        let all: Vec<&[u8]> = texts.iter().map(|(_, text)| &text[..]).collect();
        let readings = manifest::read_together(&all, Dialect::Kubectl);
        for ((blob, text), reading) in texts.into_iter().zip(readings) {
            self.contents.insert(blob, Rc::new(Contents { text, reading }));
        }
        Ok(())
    }

    /// What a blob says, or why it is passed over.
    fn contents(&mut self, blob: BlobId) -> Result<Result<Rc<Contents>, Passed>, git::Error> {
        if let Some(contents) = self.contents.get(&blob) {
            return Ok(Ok(contents.clone()));
        }
        let contents = match self.repository.blob_within(blob, MAX_INPUT as u64)? {
            Ok(text) => of_text(text),
            Err(size) => Err(too_large(size)),
        };
        if let Ok(contents) = &contents {
            self.contents.insert(blob, contents.clone());
        }
        Ok(contents)
    }
}

fn is_read(name: &[u8]) -> bool {
    is_manifest(name) || is_rendering(name)
}

fn listed(file: git::File) -> (RepoPath, Source) {
    let source = match file.entry {
        Entry::File(blob) => Source::Blob(blob),
        Entry::Symlink(_) => Source::Passed(Passed::Symlink),
        Entry::Submodule(_) => Source::Passed(Passed::Submodule),
    };
    (file.path, source)
}

fn of_work_tree(file: WorkFile) -> (RepoPath, Source) {
    let source = match file.content {
        WorkContent::Staged(blob) => Source::Blob(blob),
        WorkContent::Text(text) => Source::Text(text),
        WorkContent::Symlink => Source::Passed(Passed::Symlink),
        WorkContent::Submodule => Source::Passed(Passed::Submodule),
        WorkContent::Program(driver) => Source::Passed(Passed::Program(driver.into())),
        WorkContent::Unreadable(why) => Source::Passed(Passed::Unreadable(why.into())),
    };
    (file.path, source)
}

fn of_text(text: Vec<u8>) -> Result<Rc<Contents>, Passed> {
    if text.len() > MAX_INPUT {
        return Err(too_large(text.len() as u64));
    }
    if is_lfs_pointer(&text) {
        return Err(Passed::LfsPointer);
    }
    let reading = match manifest::may_hold_objects(&text) {
        true => manifest::read(&text, Dialect::Kubectl),
        false => manifest::Reading::default(),
    };
    Ok(Rc::new(Contents { text, reading }))
}

fn too_large(size: u64) -> Passed {
    Passed::Unreadable(format!("the file has {size} bytes, more than the {MAX_INPUT} that are read").into())
}

fn is_lfs_pointer(text: &[u8]) -> bool {
    text.starts_with(LFS_POINTER)
}
