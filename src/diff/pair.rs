//! Which objects of two states are one.

use super::fingerprint::Fingerprints;
use crate::kubernetes::Kind;
use crate::manifest::{Identity, Object};
use crate::template::{Digest, Template};
use crate::yaml::Node;
use foldhash::HashMap;
use std::hash::Hash;

/// An object and the file that it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    pub path: &'a str,
    pub object: &'a Object,
}

/// One object in two states, or in one of them.
#[derive(Clone, Copy, Debug)]
pub enum Pair<'a> {
    Both { old: Placed<'a>, new: Placed<'a>, bond: Bond },
    Removed(Placed<'a>),
    Added(Placed<'a>),
}

impl<'a> Pair<'a> {
    /// The object in the old state, if it has it.
    pub fn before(&self) -> Option<Placed<'a>> {
        match *self {
            Pair::Both { old, .. } | Pair::Removed(old) => Some(old),
            Pair::Added(_) => None,
        }
    }

    /// The object in the new state, if it has it.
    pub fn after(&self) -> Option<Placed<'a>> {
        match *self {
            Pair::Both { new, .. } | Pair::Added(new) => Some(new),
            Pair::Removed(_) => None,
        }
    }
}

/// By what two objects are held for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bond {
    /// The same identity in the same file. The API's group and version do not matter, nor a namespace that only one says.
    Identity,
    /// The same identity in another file.
    Moved,
    /// A workload of another name, with the same pod template, or the same containers but for tags and settings.
    Renamed,
}

/// Pairs the objects of two states, in the order of their paths. What could be paired in more than one way is not, but
/// where one way leaves the object as it was. Of one object that is given more often in a file, the last ones are paired.
///
/// ```
/// use rollbook::{diff::{Bond, Pair, Placed, pair}, manifest::read, yaml::Dialect};
/// let objects = read(b"{apiVersion: v1, kind: Service, metadata: {name: web}}", Dialect::Kubectl).objects;
/// let old = [Placed { path: "web.yaml", object: &objects[0] }];
/// let new = [Placed { path: "k8s/web.yaml", object: &objects[0] }];
/// assert!(matches!(pair(&old, &new)[..], [Pair::Both { bond: Bond::Moved, .. }]));
/// ```
pub fn pair<'a>(old: &[Placed<'a>], new: &[Placed<'a>]) -> Vec<Pair<'a>> {
    let mut pairing = Pairing { old: Side::new(old), new: Side::new(new), partner: vec![None; new.len()] };
    pairing.by(Bond::Identity, |one| Some((one.placed.path, group(one.identity()), one.name(), one.nth_from_last)));
    pairing.by(Bond::Identity, |one| Some((one.placed.path, one.name(), one.nth_from_last)));
    pairing.by_namespace_of_one();
    pairing.by(Bond::Identity, |one| {
        one.placed.object.is_generated().then(|| (one.placed.path, one.identity().kind.as_str()))
    });
    pairing.by(Bond::Moved, |one| Some(one.name()));
    pairing.by(Bond::Moved, |one| Some((one.name(), one.body())));
    pairing.by(Bond::Renamed, |one| one.workload().map(|kind| (kind, one.body())));
    pairing.by(Bond::Renamed, |one| {
        one.workload().map(|kind| (kind, one.containers())).filter(|(_, containers)| !containers.is_empty())
    });
    pairing.finish()
}

/// An object that waits for its other half.
struct One<'a> {
    placed: Placed<'a>,
    /// How often the same object comes after it in the file.
    nth_from_last: usize,
}

struct Side<'a> {
    all: Vec<One<'a>>,
    paired: Vec<bool>,
}

impl<'a> Side<'a> {
    fn new(objects: &[Placed<'a>]) -> Self {
        let mut seen: HashMap<_, usize> = HashMap::default();
        let mut all: Vec<_> = objects
            .iter()
            .rev()
            .map(|&placed| {
                let count = seen.entry((placed.path, &placed.object.identity)).or_default();
                *count += 1;
                One { placed, nth_from_last: *count }
            })
            .collect();
        all.reverse();
        Side { paired: vec![false; all.len()], all }
    }

    /// The objects that wait, by a key that no other of them has.
    fn unique<K: Hash + Eq>(&self, key: impl Fn(&One<'a>) -> Option<K>) -> HashMap<K, usize> {
        let mut known: HashMap<K, Option<usize>> = HashMap::default();
        for (at, one) in self.all.iter().enumerate().filter(|(at, _)| !self.paired[*at]) {
            if let Some(key) = key(one) {
                known.entry(key).and_modify(|known| *known = None).or_insert(Some(at));
            }
        }
        known.into_iter().filter_map(|(key, at)| Some((key, at?))).collect()
    }
}

struct Pairing<'a> {
    old: Side<'a>,
    new: Side<'a>,
    /// For each new object the old one.
    partner: Vec<Option<(usize, Bond)>>,
}

impl<'a> Pairing<'a> {
    /// Pairs those that have a key in common with one object of the other state, and with no other.
    fn by<K: Hash + Eq>(&mut self, bond: Bond, key: impl Fn(&One<'a>) -> Option<K>) {
        if self.old.paired.iter().all(|&paired| paired) || self.new.paired.iter().all(|&paired| paired) {
            return;
        }
        let mut old = self.old.unique(&key);
        for (key, new) in self.new.unique(&key) {
            if let Some(old) = old.remove(&key) {
                self.join(old, new, bond);
            }
        }
    }

    fn join(&mut self, old: usize, new: usize, bond: Bond) {
        self.partner[new] = Some((old, bond));
        self.old.paired[old] = true;
        self.new.paired[new] = true;
    }

    /// A `namespace:` that appears or goes does not make another object of it.
    fn by_namespace_of_one(&mut self) {
        let key = |one: &One<'a>| Some((one.placed.path, one.identity().kind.as_str(), one.identity().name.as_str()));
        let mut old = self.old.unique(key);
        for (key, new) in self.new.unique(key) {
            if let Some(old) = old.remove(&key)
                && (self.old.all[old].namespace().is_none() || self.new.all[new].namespace().is_none())
            {
                self.join(old, new, Bond::Identity);
            }
        }
    }

    fn finish(self) -> Vec<Pair<'a>> {
        let removed = self.old.all.iter().zip(&self.old.paired).filter(|(_, paired)| !**paired);
        let mut pairs: Vec<Pair> = removed.map(|(one, _)| Pair::Removed(one.placed)).collect();
        pairs.extend(self.new.all.iter().zip(&self.partner).map(|(one, partner)| match *partner {
            Some((old, bond)) => Pair::Both { old: self.old.all[old].placed, new: one.placed, bond },
            None => Pair::Added(one.placed),
        }));
        pairs.sort_by_key(|pair| match pair {
            Pair::Both { new: placed, .. } | Pair::Removed(placed) | Pair::Added(placed) => placed.path,
        });
        pairs
    }
}

/// What an object is made of, for whoever compares it with one of another name or another file.
#[derive(PartialEq, Eq, Hash)]
enum Body {
    Template(Digest),
    Object(u64),
}

impl<'a> One<'a> {
    fn identity(&self) -> &'a Identity {
        &self.placed.object.identity
    }

    fn namespace(&self) -> Option<&'a str> {
        self.identity().namespace.as_deref()
    }

    /// Its identity but for the group.
    fn name(&self) -> (&'a str, Option<&'a str>, &'a str) {
        (&self.identity().kind, self.namespace(), &self.identity().name)
    }

    fn workload(&self) -> Option<Kind> {
        Kind::of(&self.identity().kind).filter(|kind| kind.is_workload())
    }

    fn body(&self) -> Body {
        match self.workload() {
            Some(_) => Body::Template(Template::decode(self.placed.object.template_holder()).canonical()),
            None => Body::Object(Fingerprints::default().of(self.placed.object.node())),
        }
    }

    /// What its containers are: their names, what they run, and their images without tag and digest.
    fn containers(&self) -> Vec<(&'a str, &'a str, [Option<u64>; 2])> {
        let containers = self.placed.object.template().and_then(|template| template.at(&["spec", "containers"]));
        containers.into_iter().flat_map(Node::items).filter_map(container).collect()
    }
}

fn container(node: &Node) -> Option<(&str, &str, [Option<u64>; 2])> {
    let runs = ["command", "args"].map(|key| Some(Fingerprints::default().of(node.get(key)?)));
    Some((node.get("name")?.as_str()?, repository(node.get("image")?.as_str()?), runs))
}

fn group(identity: &Identity) -> &str {
    identity.api_version.split_once('/').map_or("", |(group, _)| group)
}

/// An image without its tag and its digest.
fn repository(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    let name = image.rfind('/').map_or(0, |slash| slash + 1);
    image[name..].find(':').map_or(image, |colon| &image[..name + colon])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest;
    use crate::yaml::Dialect;

    /// Objects as `path kind namespace/name images`, `-` for no namespace.
    fn objects(lines: &str) -> Vec<(String, Object)> {
        let object = |line: &str| {
            let words: Vec<&str> = line.split(' ').collect();
            let (api_version, kind) = words[1].rsplit_once('/').unwrap_or(("v1", words[1]));
            let (namespace, name) = words[2].split_once('/').unwrap();
            let namespace = if namespace == "-" { "~".to_owned() } else { format!("'{namespace}'") };
            let images = words[3..].iter().enumerate().map(|(at, image)| format!("{{name: c{at}, image: '{image}'}}"));
            let text = format!(
                "{{apiVersion: {api_version}, kind: {kind}, metadata: {{name: '{name}', namespace: {namespace}}}, \
                 spec: {{template: {{spec: {{containers: [{}]}}}}}}}}",
                images.collect::<Vec<_>>().join(", ")
            );
            (words[0].to_owned(), manifest::read(text.as_bytes(), Dialect::Kubectl).objects.remove(0))
        };
        lines.split("; ").filter(|line| !line.is_empty()).map(object).collect()
    }

    fn placed(objects: &[(String, Object)]) -> Vec<Placed<'_>> {
        objects.iter().map(|(path, object)| Placed { path, object }).collect()
    }

    fn shown(old: &str, new: &str) -> String {
        let (old, new) = (objects(old), objects(new));
        let short = |placed: Placed| {
            let at = |objects: &[(String, Object)]| objects.iter().position(|one| std::ptr::eq(&one.1, placed.object));
            format!("{}{}", placed.path, at(&old).or_else(|| at(&new)).unwrap())
        };
        let pairs = pair(&placed(&old), &placed(&new));
        let line = |pair: &Pair| match *pair {
            Pair::Both { old, new, bond } => format!("{}={} {bond:?}", short(old), short(new)),
            Pair::Removed(old) => format!("-{}", short(old)),
            Pair::Added(new) => format!("+{}", short(new)),
        };
        pairs.iter().map(line).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn objects_are_paired_by_file_identity_and_content() {
        for (old, new, pairs) in [
            ("a Service -/w", "a Service -/w", "a0=a0 Identity"),
            ("a extensions/v1beta1/Deployment -/w i", "a apps/v1/Deployment -/w i", "a0=a0 Identity"),
            (
                "a Service -/w; a s/v1/Service -/w",
                "a s/v1/Service -/w; a Service -/w",
                "a1=a0 Identity, a0=a1 Identity",
            ),
            ("a Service -/w", "a Service n/w", "a0=a0 Identity"),
            ("a Service m/w", "a Service n/w", "-a0, +a0"),
            ("a Service -/w", "b Service -/w", "a0=b0 Moved"),
            ("a Service -/w", "b Service -/w; c Service -/w", "-a0, +b0, +c1"),
            ("a Deployment -/w i:1", "b Deployment -/w i:2; c Deployment -/w i:1", "+b0, a0=c1 Moved"),
            ("a Deployment -/w i:1", "a Deployment -/x i:1", "a0=a0 Renamed"),
            ("a Deployment -/w r.io:5000/i:1", "b Deployment -/x r.io:5000/i@sha256:0", "a0=b0 Renamed"),
            ("a Deployment -/w i:1", "a Deployment -/x j:1", "-a0, +a0"),
            ("a Deployment -/w i:1", "a StatefulSet -/x i:1", "-a0, +a0"),
            ("a Service -/w", "a Service -/x", "-a0, +a0"),
            ("a Service -/w; a Service -/w", "a Service -/w", "-a0, a1=a0 Identity"),
            ("a Deployment -/w i:1", "a Deployment -/x i:1; a Deployment -/z i:1", "-a0, +a0, +a1"),
            ("", "a Service -/w", "+a0"),
        ] {
            assert_eq!(shown(old, new), pairs, "{old} → {new}");
        }
    }
}
