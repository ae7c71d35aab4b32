//! The way from an object to a place in it, in both its states.

use super::key::ItemKey;
use crate::text::Untrusted;
use crate::yaml::{Entry, Node, Span};
use std::cell::OnceCell;
use std::fmt::Write as _;
use std::sync::Arc;

/// Where something changed: `spec.template.spec.containers[name=web].image`. Paths into the same mapping or list share
/// the way to it.
#[derive(Clone, Debug)]
pub struct Path<'a> {
    link: Arc<Link<'a>>,
    /// Whether old and new have changed places.
    swapped: bool,
}

/// The most steps that are shown, and the most characters of one: a label's key has 317.
const STEPS: usize = 64;
const CHARACTERS: usize = 320;

/// How a text names a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// It is the whole path.
    Whole,
    /// It is the end of the path: others may end so too.
    End,
}

/// What stands at a place in one of the two states.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    pub node: &'a Node,
    /// The key that it stands under, where it is in a mapping.
    pub key: Option<Span>,
    /// Its place among the items of a list, where it is in one.
    pub index: Option<usize>,
}

impl Side<'_> {
    /// Where it is written, the key included.
    pub fn span(&self) -> Span {
        Span { start: self.key.map_or(self.node.span.start, |key| key.start), end: self.node.span.end }
    }
}

#[derive(Debug)]
struct Link<'a> {
    parent: Option<Arc<Link<'a>>>,
    /// How many steps lead to it.
    depth: usize,
    step: Step<'a>,
    old: Option<Side<'a>>,
    new: Option<Side<'a>>,
}

/// One step of a path.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    Root,
    Key(&'a str),
    /// An item of a list that is known by its keys, or else by its place.
    Item(Option<ItemKey<'a>>),
}

impl<'a> Path<'a> {
    /// The path as text. Keys stand after a point, items of lists in brackets: `[name=web]` by their keys, `[2]` by their
    /// place in the new list (of what is removed, in the old one). What is more than letters, digits and harmless signs
    /// is in quotes, as in JSON: `metadata.labels["app.kubernetes.io/name"]`. The whole object is the empty path. `…` is
    /// in place of what is longer than any manifest has it: many changes can have the same beginning.
    pub fn shown(&self) -> Untrusted {
        let mut links: Vec<_> = self.links().collect();
        links.reverse();
        let mut text = String::new();
        let (head, tail) = links.split_at(links.len().min(STEPS / 2));
        head.iter().for_each(|link| link.write(self.swapped, &mut text));
        let left_out = tail.len().saturating_sub(STEPS / 2);
        text.push_str(if left_out > 0 { "…" } else { "" });
        tail[left_out..].iter().for_each(|link| link.write(self.swapped, &mut text));
        text.into()
    }

    /// Whether the place is what these keys lead to, or in it. `*` leads to any item of a list.
    pub fn within(&self, keys: &[&str]) -> bool {
        let steps = self.steps();
        steps.len() >= keys.len() && meet(&steps, keys)
    }

    /// Whether the place is in what these keys lead to, or that in it.
    pub fn meets(&self, keys: &[&str]) -> bool {
        meet(&self.steps(), keys)
    }

    /// Whether somebody who writes this means the place: its path, or the end of it. Where nothing can be mistaken, less
    /// is enough than [`Path::shown`] writes: `containers[web]`, `containers[0]`, `labels.app.kubernetes.io/name`.
    pub fn fits(&self, text: &str) -> Option<Fit> {
        let text = if text.starts_with(['.', '[']) { text.to_owned() } else { format!(".{text}") };
        let mut rest = text.as_str();
        for link in self.links().filter(|link| link.parent.is_some()) {
            if rest.is_empty() {
                return Some(Fit::End);
            }
            rest = link.spellings(self.swapped).iter().find_map(|spelling| rest.strip_suffix(spelling.as_str()))?;
        }
        rest.is_empty().then_some(Fit::Whole)
    }

    /// How many steps lead to it.
    pub fn depth(&self) -> usize {
        self.link.depth
    }

    /// The steps after the root.
    pub(super) fn steps(&self) -> Vec<Step<'a>> {
        let mut steps: Vec<_> = self.links().map(|link| link.step).collect();
        steps.pop();
        steps.reverse();
        steps
    }

    /// The way from the place to the root.
    fn links(&self) -> impl Iterator<Item = &Arc<Link<'a>>> {
        std::iter::successors(Some(&self.link), |link| link.parent.as_ref())
    }

    /// What stands there in the old state; nothing, if it was added.
    pub(super) fn old_side(&self) -> Option<Side<'a>> {
        if self.swapped { self.link.new } else { self.link.old }
    }

    /// What stands there in the new state; nothing, if it was removed.
    pub(super) fn new_side(&self) -> Option<Side<'a>> {
        if self.swapped { self.link.old } else { self.link.new }
    }

    pub(super) fn swapped(self) -> Self {
        Path { swapped: !self.swapped, ..self }
    }

    /// The last step.
    pub(super) fn step(&self) -> Step<'a> {
        self.link.step
    }

    /// Where the place is; none of the whole object.
    pub(super) fn parent(&self) -> Option<Path<'a>> {
        Some(Path { link: self.link.parent.clone()?, swapped: self.swapped })
    }

    /// The place of an entry of the mapping here, which only the new state has.
    pub(super) fn added(&self, entry: &'a Entry) -> Path<'a> {
        self.only_new(Step::Key(&entry.key), Side { node: &entry.value, key: Some(entry.key_span), index: None })
    }

    /// The place of an item of the list here, which only the new state has.
    pub(super) fn added_item(&self, key: ItemKey<'a>, item: &'a Node, index: usize) -> Path<'a> {
        self.only_new(Step::Item(Some(key)), Side { node: item, key: None, index: Some(index) })
    }

    fn only_new(&self, step: Step<'a>, new: Side<'a>) -> Path<'a> {
        let (parent, depth) = (Some(self.link.clone()), self.link.depth + 1);
        Path { link: Arc::new(Link { parent, depth, step, old: None, new: Some(new) }), swapped: false }
    }

    /// Equal for the same place of one comparison, and for no two others while it is there.
    pub(super) fn address(&self) -> usize {
        Arc::as_ptr(&self.link).addr()
    }
}

impl Link<'_> {
    fn write(&self, swapped: bool, out: &mut String) {
        match self.step {
            Step::Root => {}
            Step::Key(key) if is_plain(key, "_-/") && key.len() <= CHARACTERS => {
                out.push_str(if out.is_empty() { "" } else { "." });
                out.push_str(key);
            }
            Step::Key(key) => {
                out.push('[');
                quoted(key, out);
                out.push(']');
            }
            Step::Item(Some(key)) => key.write(out),
            Step::Item(None) => write!(out, "[{}]", self.index(swapped)).expect("a String takes all"),
        }
    }

    /// The place among the items of a list.
    fn index(&self, swapped: bool) -> usize {
        let (first, second) = if swapped { (self.old, self.new) } else { (self.new, self.old) };
        first.or(second).and_then(|side| side.index).unwrap_or_default()
    }

    /// The ways in which people write the step.
    fn spellings(&self, swapped: bool) -> Vec<String> {
        match self.step {
            Step::Root => Vec::new(),
            Step::Key(key) => {
                vec![format!(".{key}"), format!("[{}]", serde_json::Value::from(key)), format!("['{key}']")]
            }
            Step::Item(None) => vec![format!("[{}]", self.index(swapped))],
            Step::Item(Some(key)) => {
                let mut shown = String::new();
                key.write(&mut shown);
                vec![shown, format!("[{}]", key.values()), format!("[{}]", self.index(swapped))]
            }
        }
    }
}

/// Whether one of both ways is the beginning of the other.
fn meet(steps: &[Step], keys: &[&str]) -> bool {
    steps.iter().zip(keys).all(|(step, key)| match step {
        Step::Key(name) => name == key,
        Step::Item(_) => *key == "*",
        Step::Root => false,
    })
}

/// Whether a word stands in a path without quotes: letters, digits and these signs.
pub(super) fn is_plain(word: &str, signs: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c))
}

/// A word in quotes, as in JSON, or the beginning of a long one.
pub(super) fn quoted(word: &str, out: &mut String) {
    match word.char_indices().nth(CHARACTERS) {
        None => out.push_str(&serde_json::Value::from(word).to_string()),
        Some((end, _)) => {
            out.push_str(&serde_json::Value::from(&word[..end]).to_string());
            out.push('…');
        }
    }
}

/// A place that the comparison is at, on its stack: a path is made of it only where something changed.
pub(super) struct Here<'s, 'a> {
    pub parent: Option<&'s Here<'s, 'a>>,
    pub step: Step<'a>,
    pub old: Option<Side<'a>>,
    pub new: Option<Side<'a>>,
    link: OnceCell<Arc<Link<'a>>>,
}

impl<'s, 'a> Here<'s, 'a> {
    pub fn root(old: &'a Node, new: &'a Node) -> Self {
        let side = |node| Some(Side { node, key: None, index: None });
        Here { parent: None, step: Step::Root, old: side(old), new: side(new), link: OnceCell::new() }
    }

    pub fn then(&'s self, step: Step<'a>, old: Option<Side<'a>>, new: Option<Side<'a>>) -> Here<'s, 'a> {
        Here { parent: Some(self), step, old, new, link: OnceCell::new() }
    }

    pub fn path(&self) -> Path<'a> {
        Path { link: self.link().clone(), swapped: false }
    }

    fn link(&self) -> &Arc<Link<'a>> {
        self.link.get_or_init(|| {
            let parent = self.parent.map(|parent| parent.link().clone());
            let depth = parent.as_ref().map_or(0, |parent: &Arc<Link>| parent.depth + 1);
            Arc::new(Link { parent, depth, step: self.step, old: self.old, new: self.new })
        })
    }
}
