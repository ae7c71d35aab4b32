//! From items to nodes: aliases are filled in, merge keys merged, words given their meaning, keys made strings.

use super::keys::Keys;
use super::node::{Entry, Node, Span, Style, Value};
use super::scalar::{self, Meaning, Tag};
use super::syntax::{Item, Kind, after};
use super::{Dialect, Error, MAX_DEPTH, Notice, Problem, Warning};

/// The node that the items of a document make; none where there is no item.
pub(super) fn compose(items: &[Item<'_>], dialect: Dialect, warnings: &mut Vec<Warning>) -> Read<Option<Node>> {
    match items.is_empty() {
        true => Ok(None),
        false => compose_item(items, 0, dialect, warnings).map(Some),
    }
}

/// The node that one of the items makes.
pub(super) fn compose_item(items: &[Item<'_>], at: usize, dialect: Dialect, warnings: &mut Vec<Warning>) -> Read<Node> {
    Composer { items, dialect, warnings, alias: None, depth: 0, nodes: 0, from_aliases: 0 }.node(at)
}

type Read<T> = Result<T, Error>;

struct Composer<'a> {
    items: &'a [Item<'a>],
    dialect: Dialect,
    warnings: &'a mut Vec<Warning>,
    /// The place of the outermost alias that is being filled in.
    alias: Option<Span>,
    /// How many collections are around what is read.
    depth: usize,
    nodes: u32,
    from_aliases: u32,
}

impl Composer<'_> {
    fn node(&mut self, at: usize) -> Read<Node> {
        let item = &self.items[at];
        let span = self.alias.unwrap_or(item.span);
        self.count(span)?;
        let value = match &item.kind {
            Kind::Alias(target) => return self.filled_in(*target, span, Self::node),
            Kind::Scalar(text) => self.scalar(item, text)?,
            Kind::Sequence(end) => Value::Sequence(self.deeper(span, |composer| composer.sequence(at + 1, *end))?),
            Kind::Mapping(end) => Value::Mapping(self.deeper(span, |composer| composer.mapping(at + 1, *end))?),
        };
        Ok(Node { value, span, style: item.style })
    }

    /// Aliases and merges can nest deeper than the text does.
    fn deeper<T>(&mut self, at: Span, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth == MAX_DEPTH {
            return Err(Error::new(Problem::TooDeep, at));
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    /// Reads an anchor's item in the place of an alias.
    fn filled_in<T>(&mut self, target: usize, span: Span, read: impl FnOnce(&mut Self, usize) -> Read<T>) -> Read<T> {
        let outer = self.alias.replace(span);
        let value = read(self, target);
        self.alias = outer;
        value
    }

    /// go-yaml's guard against a small text that grows by its aliases (`allowedAliasRatio` in decode.go).
    fn count(&mut self, at: Span) -> Read<()> {
        self.nodes += 1;
        self.from_aliases += u32::from(self.alias.is_some());
        if self.from_aliases <= 100 || self.nodes <= 1000 {
            return Ok(());
        }
        let nodes = f64::from(self.nodes);
        let allowed = 0.99 - 0.89 * ((nodes - 400_000.0) / 3_600_000.0).clamp(0.0, 1.0);
        match f64::from(self.from_aliases) / nodes > allowed {
            true => Err(Error::new(Problem::TooManyAliases, at)),
            false => Ok(()),
        }
    }

    fn scalar(&self, item: &Item<'_>, text: &str) -> Read<Value> {
        self.meaning(item, text)
            .and_then(|meaning| scalar::value(meaning, || text.to_owned()))
            .map_err(|problem| Error::new(problem, self.alias.unwrap_or(item.span)))
    }

    /// kyaml writes what it has read and reads that again. Inside brackets its emitter puts nothing, and a plain word
    /// with `:`, in quotes, so null and a time there come out as strings.
    fn meaning(&self, item: &Item<'_>, text: &str) -> Result<Meaning, Problem> {
        let quoted = self.dialect == Dialect::Kustomize && item.in_flow && (text.is_empty() || text.contains(':'));
        let style = if quoted { Style::DoubleQuoted } else { item.style };
        scalar::resolve(text, style, item.tag, self.dialect)
    }

    fn sequence(&mut self, mut at: usize, end: usize) -> Read<Vec<Node>> {
        let mut nodes = Vec::new();
        while at < end {
            nodes.push(self.node(at)?);
            at = self.after(at);
        }
        Ok(nodes)
    }

    fn mapping(&mut self, at: usize, end: usize) -> Read<Vec<Entry>> {
        let mut keys = Keys::default();
        match self.dialect {
            Dialect::Kubectl => self.overlay(at, end, &mut keys)?,
            Dialect::Kustomize => self.underlay(at, end, &mut keys)?,
        }
        Ok(keys.into_entries())
    }

    /// go-yaml v2: entries and merges in the order of the text, the later replaces the earlier.
    fn overlay(&mut self, mut at: usize, end: usize, keys: &mut Keys) -> Read<()> {
        while at < end {
            let value = self.after(at);
            if self.is_merge(at) {
                self.merge(value, keys)?;
            } else {
                let entry = self.entry(at, value)?;
                let place = entry.key_span;
                if let Some(before) = keys.put(entry) {
                    self.warn(Notice::DuplicateKey(before.key), place);
                }
            }
            at = self.after(value);
        }
        Ok(())
    }

    /// go-yaml v2, `decoder.merge`: of several mappings the earlier wins, so they are laid over from the last.
    fn merge(&mut self, value: usize, keys: &mut Keys) -> Read<()> {
        for source in self.sources(value)?.into_iter().rev() {
            let mut merged = Keys::default();
            self.take_from(source, |composer, at, end| composer.overlay(at, end, &mut merged))?;
            for entry in merged.into_entries() {
                let place = entry.key_span;
                if let Some(before) = keys.put(entry) {
                    self.warn(Notice::MergeReplaces(before.key), place);
                }
            }
        }
        Ok(())
    }

    /// kyaml's `mergeAll`: what is written stands, merged keys come behind it; no key and no `<<` twice.
    fn underlay(&mut self, start: usize, end: usize, keys: &mut Keys) -> Read<()> {
        let mut merges = None;
        let mut at = start;
        while at < end {
            let value = self.after(at);
            if self.is_merge(at) {
                if merges.replace(value).is_some() {
                    return Err(Error::new(Problem::DuplicateKey("<<".into()), self.place(at)));
                }
            } else {
                let entry = self.entry(at, value)?;
                let place = entry.key_span;
                if let Some(before) = keys.put(entry) {
                    return Err(Error::new(Problem::DuplicateKey(before.key), place));
                }
            }
            at = self.after(value);
        }
        let sources = merges.map_or(Ok(Vec::new()), |value| self.sources(value))?;
        for source in sources {
            let mut merged = Keys::default();
            self.take_from(source, |composer, at, end| composer.underlay(at, end, &mut merged))?;
            merged.into_entries().into_iter().for_each(|entry| keys.put_new(entry));
        }
        Ok(())
    }

    /// The items that a merge takes from: mappings, or aliases of them.
    fn sources(&self, value: usize) -> Read<Vec<usize>> {
        let listed = match self.items[value].kind {
            Kind::Sequence(end) => {
                let first = Some(value + 1).filter(|&at| at < end);
                std::iter::successors(first, |&at| Some(self.after(at)).filter(|&next| next < end)).collect()
            }
            _ => vec![value],
        };
        match listed.iter().find(|&&source| !self.is_mapping(source)) {
            Some(&source) => Err(Error::new(Problem::Merge, self.place(source))),
            None => Ok(listed),
        }
    }

    fn take_from(&mut self, source: usize, read: impl FnOnce(&mut Self, usize, usize) -> Read<()>) -> Read<()> {
        let place = self.place(source);
        self.count(place)?;
        match self.items[source].kind {
            Kind::Alias(target) => self.filled_in(target, place, |composer, target| composer.take_from(target, read)),
            Kind::Mapping(end) => self.deeper(place, |composer| read(composer, source + 1, end)),
            _ => Err(Error::new(Problem::Merge, place)),
        }
    }

    fn is_mapping(&self, at: usize) -> bool {
        match self.items[at].kind {
            Kind::Alias(target) => self.is_mapping(target),
            Kind::Mapping(_) => true,
            _ => false,
        }
    }

    fn is_merge(&self, at: usize) -> bool {
        let item = &self.items[at];
        let Kind::Scalar(text) = &item.kind else { return false };
        let plain = item.style == Style::Plain && matches!(item.tag, Tag::None | Tag::NonSpecific);
        text == "<<" && (plain || item.tag == Tag::Merge)
    }

    fn entry(&mut self, key: usize, value: usize) -> Read<Entry> {
        Ok(Entry { key: self.key(key)?, key_span: self.place(key), value: self.node(value)? })
    }

    fn key(&mut self, at: usize) -> Read<String> {
        let item = &self.items[at];
        let place = self.place(at);
        self.count(place)?;
        match &item.kind {
            Kind::Alias(target) => self.filled_in(*target, place, Self::key),
            Kind::Scalar(text) => self.scalar_key(item, text).map_err(|problem| Error::new(problem, place)),
            Kind::Sequence(_) => Err(Error::new(Problem::Key("a sequence"), place)),
            Kind::Mapping(_) => Err(Error::new(Problem::Key("a mapping"), place)),
        }
    }

    /// kyaml reads the outermost mapping with keys that are strings, whatever they look like.
    fn scalar_key(&self, item: &Item<'_>, text: &str) -> Result<String, Problem> {
        if text.is_empty() && item.style == Style::Plain && item.tag == Tag::None {
            return Err(Problem::Key("null"));
        }
        match self.meaning(item, text)? {
            Meaning::Bool(_) | Meaning::Number(_) | Meaning::Decoded(_)
                if self.dialect == Dialect::Kustomize && self.depth == 1 =>
            {
                Ok(text.to_owned())
            }
            meaning => scalar::key(meaning, || text.to_owned(), self.dialect),
        }
    }

    /// The item that follows an item and all that is in it.
    fn after(&self, at: usize) -> usize {
        after(self.items, at)
    }

    fn place(&self, at: usize) -> Span {
        self.alias.unwrap_or(self.items[at].span)
    }

    /// What is read again for an alias has been warned of where it is written.
    fn warn(&mut self, notice: Notice, at: Span) {
        if self.alias.is_none() || matches!(notice, Notice::MergeReplaces(_)) {
            self.warnings.push(Warning { notice, at });
        }
    }
}
