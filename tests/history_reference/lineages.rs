//! The lineages of the Deployments of one name, by going forward over every commit and every file.
//!
//! For each commit: what lives on in its file (with the same namespace, or where one appears or goes), then what is
//! left over: lost by a file, or gained by one. Lost and gained are paired over the files; a gain that finds nothing
//! goes on where the last of its namespace died at the same path, or begins.

use super::blame::Values;
use super::contents::{Contents, Deployment, Namespace};
use rollbook::template::Digest;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A row as `rollbook history -o json` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub commit: String,
    pub path: String,
    pub change: Vec<String>,
    pub revision: Option<u64>,
    pub hash: Option<String>,
    pub images: Vec<String>,
    pub replicas: Option<i64>,
    pub revert_of: Option<u64>,
    pub error: Option<(u64, u64)>,
}

#[derive(Clone)]
pub struct Lineage {
    pub path: String,
    pub namespace: Namespace,
    pub life: Life,
    pub rows: Vec<Row>,
    pub values: Values,
    /// The commit at which it was gone, or could not be seen any more.
    out_of_sight: Option<usize>,
    last: Arc<Deployment>,
    templates: Vec<Digest>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    Here,
    /// Its file cannot be read.
    InDoubt,
    /// Since the commit of that number.
    Gone(usize),
}

/// A commit that is being looked at: its number, its id, the readable names of its manifests with what they hold.
pub struct Commit<'c> {
    pub number: usize,
    pub id: &'c str,
    pub files: BTreeMap<&'c str, (&'c str, &'c Contents)>,
}

pub struct Lineages<'n> {
    name: &'n str,
    pub all: Vec<Lineage>,
    /// Who was the last at a path with a namespace.
    occupants: HashMap<(String, Namespace), usize>,
    /// Since when nothing that is known of a path and a namespace counts: the last moved away then.
    left: HashMap<(String, Namespace), usize>,
    /// Commits at which a path could not be read and may have held the Deployment.
    doubts: HashMap<String, Vec<(usize, Row)>>,
    /// Whether a file of the last commit may hold it and cannot be read.
    doubtful: bool,
    before: BTreeMap<String, String>,
}

struct Gain {
    path: String,
    namespace: Namespace,
    deployment: Arc<Deployment>,
}

/// What a commit leaves over when all that lives on in its file is taken away.
#[derive(Default)]
struct Remainder {
    lost: Vec<usize>,
    gained: Vec<Gain>,
}

impl<'n> Lineages<'n> {
    pub fn new(name: &'n str) -> Self {
        let (occupants, left, doubts) = Default::default();
        Lineages { name, all: Vec::new(), occupants, left, doubts, doubtful: false, before: BTreeMap::new() }
    }

    /// The one that is gone and was the last to be seen, where no file of the tip may hold it; with the commits at which
    /// its path could not be read since.
    pub fn last_gone(&self) -> Option<Lineage> {
        let last = self.all.iter().filter_map(|lineage| lineage.out_of_sight).max()?;
        let last: Vec<&Lineage> = self.all.iter().filter(|lineage| lineage.out_of_sight == Some(last)).collect();
        let [one] = last[..] else { return None };
        let Life::Gone(since) = one.life else { return None };
        let doubts = self.doubts.get(&one.path).into_iter().flatten().filter(|(number, _)| *number > since);
        let rows = one.rows.iter().chain(doubts.map(|(_, row)| row)).cloned().collect();
        (!self.doubtful).then(|| Lineage { rows, ..one.clone() })
    }

    pub fn take(&mut self, commit: &Commit) {
        let mut remainder = Remainder::default();
        let after: BTreeMap<String, String> =
            commit.files.iter().map(|(path, (blob, _))| ((*path).to_owned(), (*blob).to_owned())).collect();
        let paths: BTreeSet<String> = self.before.keys().chain(after.keys()).cloned().collect();
        let before = std::mem::replace(&mut self.before, after.clone());
        for path in paths.into_iter().filter(|path| before.get(path) != after.get(path)) {
            let contents = commit.files.get(path.as_str()).map(|(_, contents)| *contents);
            self.live_on(commit, &path, contents, &mut remainder);
        }
        self.cross_files(commit, remainder);
        self.doubtful = commit.files.values().any(|(_, contents)| contents.may_hold(self.name));
    }

    /// What happens within one file.
    fn live_on(&mut self, commit: &Commit, path: &str, contents: Option<&Contents>, remainder: &mut Remainder) {
        let mut left: Vec<usize> = (0..self.all.len())
            .filter(|&index| self.all[index].path == path && !matches!(self.all[index].life, Life::Gone(_)))
            .collect();
        let mut new = contents.map(|contents| contents.named(self.name)).unwrap_or_default();
        left.retain(|&index| match new.remove(&self.all[index].namespace) {
            Some(deployment) => {
                self.all[index].lives_on(commit, path, deployment, false);
                false
            }
            None => true,
        });
        let all_is_seen = contents.is_none_or(|contents| contents.error.is_none());
        if let Some((index, namespace)) = self.namespace_appears_or_goes(&left, &new).filter(|_| all_is_seen) {
            let deployment = new.remove(&namespace).expect("it is one of these");
            left.retain(|&other| other != index);
            self.leave(commit, index);
            self.all[index].namespace = namespace.clone();
            self.all[index].lives_on(commit, path, deployment, false);
            self.occupants.insert((path.to_owned(), namespace), index);
        }
        remainder.gained.extend(new.into_iter().map(|(namespace, deployment)| Gain {
            path: path.to_owned(),
            namespace,
            deployment,
        }));
        let Some(contents) = contents.filter(|contents| contents.error.is_some()) else {
            return remainder.lost.extend(left);
        };
        for &index in &left {
            self.all[index].falls_in_doubt(commit, path, contents);
        }
        if contents.may_hold(self.name) {
            let row = unreadable(commit, path, contents);
            self.doubts.entry(path.to_owned()).or_default().push((commit.number, row));
        }
    }

    /// The one of a file whose namespace appears or goes.
    fn namespace_appears_or_goes(
        &self,
        left: &[usize],
        new: &BTreeMap<Namespace, Arc<Deployment>>,
    ) -> Option<(usize, Namespace)> {
        let bare = left.iter().find(|&&index| self.all[index].namespace.is_none());
        if let Some(&bare) = bare {
            return if new.len() == 1 { Some((bare, new.keys().next()?.clone())) } else { None };
        }
        match left {
            [one] if new.contains_key(&None) => Some((*one, None)),
            _ => None,
        }
    }

    /// What goes from one file to another, ends and begins.
    fn cross_files(&mut self, commit: &Commit, remainder: Remainder) {
        let Remainder { mut lost, gained } = remainder;
        let origins: Vec<Option<usize>> = gained.iter().map(|gain| self.origin(gain, &lost, &gained)).collect();
        for (gain, origin) in gained.iter().zip(origins) {
            match origin {
                Some(index) => {
                    lost.retain(|&other| other != index);
                    self.leave(commit, index);
                    let lineage = &mut self.all[index];
                    lineage.path.clone_from(&gain.path);
                    lineage.lives_on(commit, &gain.path, gain.deployment.clone(), true);
                    self.occupants.insert((gain.path.clone(), gain.namespace.clone()), index);
                }
                None => self.begin(commit, gain),
            }
        }
        for index in lost {
            let path = self.all[index].path.clone();
            self.all[index].life = Life::Gone(commit.number);
            self.all[index].out_of_sight.get_or_insert(commit.number);
            self.all[index].rows.push(removed(commit, &path));
            let namespace = self.all[index].namespace.clone();
            self.occupants.insert((path, namespace), index);
        }
    }

    /// Rules 2 and 3: the only one lost where only this is gained; of several, the only one with an equal template.
    fn origin(&self, gain: &Gain, lost: &[usize], gained: &[Gain]) -> Option<usize> {
        let lost: Vec<usize> =
            lost.iter().copied().filter(|&index| self.all[index].namespace == gain.namespace).collect();
        let gained: Vec<&Gain> = gained.iter().filter(|other| other.namespace == gain.namespace).collect();
        if let ([only], [_]) = (&lost[..], &gained[..]) {
            return Some(*only);
        }
        let equal = |deployment: &Deployment| deployment.template == gain.deployment.template;
        let lost: Vec<usize> = lost.into_iter().filter(|&index| equal(&self.all[index].last)).collect();
        match (&lost[..], gained.into_iter().filter(|other| equal(&other.deployment)).count()) {
            ([only], 1) => Some(*only),
            _ => None,
        }
    }

    fn leave(&mut self, commit: &Commit, index: usize) {
        let place = (self.all[index].path.clone(), self.all[index].namespace.clone());
        self.occupants.remove(&place);
        self.left.insert(place, commit.number);
    }

    /// An object without an origin: one that returns to its path, or a new one.
    fn begin(&mut self, commit: &Commit, gain: &Gain) {
        let place = (gain.path.clone(), gain.namespace.clone());
        let returns = self.occupants.get(&place).copied().filter(|&index| {
            let lineage = &self.all[index];
            matches!(lineage.life, Life::Gone(_)) && lineage.path == gain.path && lineage.namespace == gain.namespace
        });
        let since = match returns.map(|index| self.all[index].life) {
            Some(Life::Gone(since)) => Some(since),
            _ => self.left.get(&place).copied(),
        };
        let doubts = self.doubts.get(&gain.path).into_iter().flatten();
        let doubts = doubts.filter(|(number, _)| *number < commit.number && since.is_none_or(|since| *number > since));
        let doubts: Vec<Row> = doubts.map(|(_, row)| row.clone()).collect();
        let index = returns.unwrap_or(self.all.len());
        if returns.is_none() {
            self.all.push(Lineage {
                path: gain.path.clone(),
                namespace: gain.namespace.clone(),
                life: Life::Here,
                rows: Vec::new(),
                values: Values::default(),
                out_of_sight: None,
                last: gain.deployment.clone(),
                templates: Vec::new(),
            });
        }
        self.all[index].rows.extend(doubts);
        self.all[index].begins(commit, gain.deployment.clone());
        self.occupants.insert(place, index);
    }
}

impl Lineage {
    fn lives_on(&mut self, commit: &Commit, path: &str, deployment: Arc<Deployment>, moved: bool) {
        let change = self.last.changes(&deployment, moved);
        (self.life, self.out_of_sight) = (Life::Here, None);
        self.last = deployment;
        if !change.is_empty() {
            self.push(commit, path, &change);
        }
    }

    fn begins(&mut self, commit: &Commit, deployment: Arc<Deployment>) {
        (self.life, self.out_of_sight) = (Life::Here, None);
        self.last = deployment;
        let path = self.path.clone();
        self.push(commit, &path, &["added"]);
    }

    fn falls_in_doubt(&mut self, commit: &Commit, path: &str, contents: &Contents) {
        self.life = Life::InDoubt;
        self.out_of_sight.get_or_insert(commit.number);
        self.rows.push(unreadable(commit, path, contents));
    }

    fn push(&mut self, commit: &Commit, path: &str, change: &[&str]) {
        let is_revision = change.iter().any(|word| matches!(*word, "added" | "rolls"));
        self.values.take(commit.id, &self.last.json, change.contains(&"added"));
        let earlier = self.templates.iter().rposition(|template| *template == self.last.template);
        if is_revision {
            self.templates.push(self.last.template);
        }
        self.rows.push(Row {
            change: change.iter().map(|word| (*word).to_owned()).collect(),
            revision: is_revision.then_some(self.templates.len() as u64),
            hash: Some(self.last.hash.clone()),
            images: self.last.images.clone(),
            replicas: self.last.replicas,
            revert_of: earlier.filter(|_| is_revision).map(|index| index as u64 + 1),
            ..removed(commit, path)
        });
    }
}

fn removed(commit: &Commit, path: &str) -> Row {
    Row {
        commit: commit.id.to_owned(),
        path: path.to_owned(),
        change: vec!["removed".to_owned()],
        revision: None,
        hash: None,
        images: Vec::new(),
        replicas: None,
        revert_of: None,
        error: None,
    }
}

fn unreadable(commit: &Commit, path: &str, contents: &Contents) -> Row {
    Row { change: vec!["unreadable".to_owned()], error: contents.error, ..removed(commit, path) }
}
