//! Who uses the files and folders of one state: its kustomizations turned round.

use crate::git::RepoPath;
use crate::manifest::Kustomization;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

/// Those of a state by their folders, each with its file.
pub(super) type Kustomizations = BTreeMap<RepoPath, (RepoPath, Rc<Kustomization>)>;

/// Who uses a file or a folder.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses {
    /// The folders of the kustomizations that take a path in.
    pub taken_by: HashMap<RepoPath, Vec<RepoPath>>,
    /// The folders of the kustomizations that a component's folder is one of.
    pub component_of: HashMap<RepoPath, Vec<RepoPath>>,
    /// The folder of the kustomization that works with a path, and the field.
    pub input_of: HashMap<RepoPath, (RepoPath, &'static str)>,
    /// The folders whose kustomization cannot be read: it may take in anything below.
    pub unreadable: Vec<RepoPath>,
    /// The folders whose kustomization, or a component of it, may change templates.
    pub touching: HashSet<RepoPath>,
}

impl Uses {
    /// Who uses what, of all these.
    pub fn of(kustomizations: &Kustomizations) -> Uses {
        let mut uses = Uses::default();
        for (folder, (_, kustomization)) in kustomizations {
            uses.take(folder, kustomization);
        }
        let mut touching = BTreeSet::new();
        let is_touching = |(folder, (_, of)): &(&RepoPath, &(RepoPath, Rc<Kustomization>))| {
            of.touches() || has_lost(kustomizations, folder, of)
        };
        for (folder, _) in kustomizations.iter().filter(is_touching) {
            climb(folder.clone(), |folder| uses.component_of.get(folder), &mut touching);
        }
        uses.touching = touching.into_iter().collect();
        uses
    }

    fn take(&mut self, folder: &RepoPath, kustomization: &Kustomization) {
        let resolved = |path: &String| resolve(folder, path);
        for taken in kustomization.resources.iter().chain(&kustomization.components).filter_map(resolved) {
            self.taken_by.entry(taken).or_default().push(folder.clone());
        }
        for component in kustomization.components.iter().filter_map(resolved) {
            self.component_of.entry(component).or_default().push(folder.clone());
        }
        for input in &kustomization.inputs {
            let path = resolve(folder, &input.path);
            path.and_then(|path| self.input_of.insert(path, (folder.clone(), input.field)));
        }
        if kustomization.unreadable {
            self.unreadable.push(folder.clone());
        }
    }
}

/// Whether a component of it is not here, so that nobody knows what it changes.
fn has_lost(kustomizations: &Kustomizations, folder: &RepoPath, kustomization: &Kustomization) -> bool {
    let is_here = |path: &String| resolve(folder, path).is_some_and(|path| kustomizations.contains_key(&path));
    !kustomization.components.iter().all(is_here)
}

/// Follows the users of a folder up, and their users; what is in `met` was followed already.
pub(super) fn climb<'u>(
    folder: RepoPath,
    users: impl Fn(&RepoPath) -> Option<&'u Vec<RepoPath>>,
    met: &mut BTreeSet<RepoPath>,
) {
    let mut todo = vec![folder];
    while let Some(folder) = todo.pop() {
        if met.insert(folder.clone()) {
            todo.extend(users(&folder).into_iter().flatten().cloned());
        }
    }
}

/// A path as a kustomization writes it, from the root of the repository; none for an address or one outside.
pub(super) fn resolve(folder: &RepoPath, relative: &str) -> Option<RepoPath> {
    if relative.contains("://") || relative.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&[u8]> = folder.parts().collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part.as_bytes()),
        }
    }
    Some(RepoPath::new(&parts.join(&b'/')))
}
