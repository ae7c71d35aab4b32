//! The renderings of one commit after another.

use super::rendering::CHART;
use super::{Delivery, Rendering, Role, is_rendering};
use crate::git::{self, BlobId, CommitId, NamedFiles, PathsAndBlobs, RepoPath, Repository};
use crate::manifest::Kustomization;
use std::collections::HashMap;
use std::rc::Rc;

/// The renderings of one commit after another. What has not changed is not read again.
pub struct Renderings<'r> {
    repository: &'r Repository,
    files: NamedFiles<'r>,
    deliveries: Rc<[Delivery]>,
    read: HashMap<BlobId, Rc<Kustomization>>,
    last: Option<(PathsAndBlobs, Rc<Rendering>)>,
    role: Option<(Rc<Rendering>, RepoPath, Role)>,
}

impl<'r> Renderings<'r> {
    /// Looks into no commit yet.
    ///
    /// # Errors
    /// A repository that cannot be read.
    pub fn new(repository: &'r Repository) -> Result<Self, git::Error> {
        Ok(Renderings {
            repository,
            files: repository.named_files(is_rendering)?,
            deliveries: Rc::default(),
            read: HashMap::new(),
            last: None,
            role: None,
        })
    }

    /// The same where these objects bring folders to a cluster, at all commits: they are looked for at one only.
    pub fn delivered(self, deliveries: Rc<[Delivery]>) -> Self {
        Renderings { deliveries, ..self }
    }

    /// What there is before the first commit.
    pub fn nothing(&self) -> Rendering {
        Rendering::default().delivered(self.deliveries.clone())
    }

    /// The kustomizations and charts of a commit.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn at(&mut self, commit: CommitId) -> Result<Rc<Rendering>, git::Error> {
        let files = self.files.at(commit)?;
        if let Some((_, rendering)) = self.last.as_ref().filter(|(last, _)| *last == files) {
            return Ok(rendering.clone());
        }
        let mut rendering = Rendering::default();
        for (path, blob) in files.iter() {
            match path.name() == CHART.as_bytes() {
                true => rendering.add_chart(path),
                false => rendering.add(path.clone(), self.kustomization(*blob)?),
            }
        }
        let rendering = Rc::new(rendering.delivered(self.deliveries.clone()));
        self.last = Some((files, rendering.clone()));
        Ok(rendering)
    }

    /// What the file at a path of a commit is.
    ///
    /// # Errors
    /// What git cannot read.
    pub fn role(&mut self, commit: CommitId, path: &RepoPath) -> Result<Role, git::Error> {
        let rendering = self.at(commit)?;
        if let Some((last, of, role)) = &self.role
            && Rc::ptr_eq(last, &rendering)
            && of == path
        {
            return Ok(role.clone());
        }
        let role = rendering.role(path);
        self.role = Some((rendering, path.clone(), role.clone()));
        Ok(role)
    }

    /// The kustomization of a blob.
    ///
    /// # Errors
    /// A blob that is not there.
    pub fn kustomization(&mut self, blob: BlobId) -> Result<Rc<Kustomization>, git::Error> {
        if let Some(read) = self.read.get(&blob) {
            return Ok(read.clone());
        }
        let read = Rc::new(Kustomization::read(&self.repository.blob(blob)?));
        self.read.insert(blob, read.clone());
        Ok(read)
    }
}
