//! A history out of a seed: what people do to manifests, in an order that they would not.

use super::dice::Dice;
use super::manifests::{Damage, Document, File, Tree, Workload};

pub const NAMES: [&str; 2] = ["web", "api"];
const PATHS: [&str; 7] =
    ["web.yaml", "k8s/web.yaml", "k8s/all.yml", "dev/web.yaml", "prod/web.yaml", "prod/shop/web.yaml", "web.yaml.bak"];
const NAMESPACES: [Option<&str>; 3] = [None, Some("shop"), Some("blue")];
const DAMAGES: [Damage; 3] = [Damage::ConflictAtTheTop, Damage::ConflictAtTheEnd, Damage::HelmBraces];

/// A commit of a history; its parents are numbers of commits before it.
pub struct Commit {
    pub parents: Vec<usize>,
    pub tree: Tree,
}

/// Places of workloads: a file, and the number of a document in it.
type Spot = (String, usize);

pub struct Generator {
    dice: Dice,
    commits: Vec<Commit>,
    /// What was removed, and from where: it may come back.
    removed: Vec<(String, Workload)>,
}

impl Generator {
    /// The commits of a history, parents before children; the last is the tip.
    pub fn history(seed: u64) -> Vec<Commit> {
        let mut generator = Generator { dice: Dice::new(seed), commits: Vec::new(), removed: Vec::new() };
        generator.grow();
        generator.commits
    }

    fn grow(&mut self) {
        let mut tree = Tree::new();
        tree.insert(PATHS[0].to_owned(), File::of(Document::Workload(Workload::new(NAMES[0]))));
        let mut tip = self.commit(vec![], tree);
        for _ in 0..10 + self.dice.roll(16) {
            tip = if self.dice.chance(12) { self.merge(tip) } else { self.edit(tip) };
        }
    }

    fn commit(&mut self, parents: Vec<usize>, tree: Tree) -> usize {
        self.commits.push(Commit { parents, tree });
        self.commits.len() - 1
    }

    /// One commit with one to three changes.
    fn edit(&mut self, parent: usize) -> usize {
        let mut tree = self.commits[parent].tree.clone();
        for _ in 0..1 + self.dice.roll(2) + self.dice.roll(2) {
            self.change(&mut tree);
        }
        tree.retain(|_, file| !file.documents.is_empty());
        self.commit(vec![parent], tree)
    }

    /// A branch of some commits, perhaps one on main meanwhile, and the merge.
    fn merge(&mut self, base: usize) -> usize {
        let mut side = base;
        for _ in 0..1 + self.dice.roll(3) {
            side = self.edit(side);
        }
        let main = if self.dice.chance(50) { self.edit(base) } else { base };
        let mut tree = self.commits[main].tree.clone();
        let (old, new) = (&self.commits[base].tree, &self.commits[side].tree);
        for path in old.keys().chain(new.keys()) {
            let [before, after] = [old, new].map(|tree| tree.get(path).map(File::text));
            match (before == after, new.get(path)) {
                (true, _) => None,
                (false, Some(file)) => tree.insert(path.clone(), file.clone()),
                (false, None) => tree.remove(path),
            };
        }
        self.commit(vec![main, side], tree)
    }

    fn change(&mut self, tree: &mut Tree) {
        match self.dice.roll(24) {
            0..=8 => self.rewrite(tree),
            9 => self.change_service(tree),
            10..=12 => self.move_file(tree),
            13 => self.move_document(tree),
            14 => self.remove(tree),
            15 | 16 => self.bring_back(tree),
            17 => self.copy(tree, 1),
            18 => self.split(tree),
            19 => self.merge_workloads(tree),
            20 => self.damage(tree),
            21 | 22 => self.repair(tree),
            _ => self.add(tree),
        }
    }

    fn spots(tree: &Tree) -> Vec<Spot> {
        let workloads = |file: &File| {
            let is_workload = |(_, document): &(usize, &Document)| matches!(document, Document::Workload(_));
            file.documents.iter().enumerate().filter(is_workload).map(|(index, _)| index).collect::<Vec<_>>()
        };
        tree.iter()
            .flat_map(|(path, file)| workloads(file).into_iter().map(move |index| (path.clone(), index)))
            .collect()
    }

    fn take(&mut self, tree: &mut Tree) -> Option<(String, Workload)> {
        let (path, index) = self.dice.pick(&Self::spots(tree))?;
        match tree.get_mut(&path)?.documents.remove(index) {
            Document::Workload(workload) => Some((path, workload)),
            Document::Service(_) => None,
        }
    }

    fn put(&mut self, tree: &mut Tree, path: &str, workload: Workload) {
        let documents = &mut tree.entry(path.to_owned()).or_default().documents;
        let index = self.dice.roll(documents.len() + 1);
        documents.insert(index, Document::Workload(workload));
    }

    fn path(&mut self) -> String {
        PATHS[self.dice.roll(PATHS.len())].to_owned()
    }

    fn rewrite(&mut self, tree: &mut Tree) {
        let Some((path, index)) = self.dice.pick(&Self::spots(tree)) else { return };
        let file = tree.get_mut(&path).expect("the spot is in the tree");
        if self.dice.chance(6) {
            file.is_list = !file.is_list;
        }
        if let Document::Workload(workload) = &mut file.documents[index] {
            self.rewrite_workload(workload);
        }
    }

    fn rewrite_workload(&mut self, workload: &mut Workload) {
        let style = &mut workload.style;
        match self.dice.roll(18) {
            0..=3 => workload.tag = 1 + self.dice.roll(4),
            4 => workload.cpu = 1 + self.dice.roll(2),
            5 => workload.replicas = [None, Some(1), Some(2), Some(3)][self.dice.roll(4)],
            6 => workload.label = self.dice.roll(3),
            7 => workload.cause = self.dice.roll(4),
            8 => workload.history_limit = [10, 5][self.dice.roll(2)],
            9 => style.comment = self.dice.roll(4),
            10 => style.spec_first = !style.spec_first,
            11 => style.defaults_spelled_out = !style.defaults_spelled_out,
            12 => style.cpu_in_millis = !style.cpu_in_millis,
            13 => style.image_first = !style.image_first,
            14 | 15 => workload.log = self.dice.roll(3),
            16 => workload.is_old = !workload.is_old,
            _ => workload.namespace = NAMESPACES[self.dice.roll(3)],
        }
    }

    fn change_service(&mut self, tree: &mut Tree) {
        let path = if self.dice.chance(50) { "service.yaml".to_owned() } else { self.path() };
        let documents = &mut tree.entry(path).or_default().documents;
        documents.retain(|document| matches!(document, Document::Workload(_)));
        documents.insert(0, Document::Service(self.dice.roll(100)));
    }

    /// Over another file, too: that one's workloads are gone then.
    fn move_file(&mut self, tree: &mut Tree) {
        let paths: Vec<String> = tree.keys().cloned().collect();
        let Some(from) = self.dice.pick(&paths) else { return };
        let file = tree.remove(&from).expect("the path is the tree's");
        let to = self.path();
        tree.insert(to, file);
    }

    fn move_document(&mut self, tree: &mut Tree) {
        let Some((_, workload)) = self.take(tree) else { return };
        let to = self.path();
        self.put(tree, &to, workload);
    }

    fn remove(&mut self, tree: &mut Tree) {
        let taken = self.take(tree);
        self.removed.extend(taken);
    }

    fn bring_back(&mut self, tree: &mut Tree) {
        let Some((path, workload)) = self.dice.pick(&self.removed) else { return };
        let path = if self.dice.chance(75) { path } else { self.path() };
        self.put(tree, &path, workload);
    }

    fn copy(&mut self, tree: &mut Tree, times: usize) {
        let Some((path, index)) = self.dice.pick(&Self::spots(tree)) else { return };
        let Document::Workload(workload) = tree[&path].documents[index].clone() else { return };
        for _ in 0..times {
            let (to, mut copy) = (self.path(), workload.clone());
            if self.dice.chance(50) {
                self.rewrite_workload(&mut copy);
            }
            self.put(tree, &to, copy);
        }
    }

    /// One goes, two of its name come.
    fn split(&mut self, tree: &mut Tree) {
        self.copy(tree, 2);
        self.remove(tree);
    }

    /// Two go, one comes.
    fn merge_workloads(&mut self, tree: &mut Tree) {
        self.remove(tree);
        self.move_document(tree);
    }

    fn damage(&mut self, tree: &mut Tree) {
        let Some((path, _)) = self.dice.pick(&Self::spots(tree)) else { return };
        let damage = DAMAGES[self.dice.roll(DAMAGES.len())];
        tree.get_mut(&path).expect("the spot is in the tree").damage = Some(damage);
    }

    fn repair(&mut self, tree: &mut Tree) {
        let damaged: Vec<String> =
            tree.iter().filter(|(_, file)| file.damage.is_some()).map(|(path, _)| path.clone()).collect();
        if let Some(path) = self.dice.pick(&damaged) {
            tree.get_mut(&path).expect("the path is the tree's").damage = None;
        }
    }

    fn add(&mut self, tree: &mut Tree) {
        let (path, name) = (self.path(), NAMES[self.dice.roll(NAMES.len())]);
        self.put(tree, &path, Workload::new(name));
    }
}
