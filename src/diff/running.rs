//! What runs where a state was applied over others, beside what the state itself says.

use super::reason::Rolls;
use super::verdict::Verdict;
use crate::manifest::Object;
use crate::template::{Name, Sticky, Template};
use std::cell::OnceCell;
use std::fmt;

/// The templates that run before and after a change, where it is known what was applied before.
#[derive(Clone, Debug, Default)]
pub struct Running {
    pub before: Option<Template>,
    pub after: Option<Template>,
    /// The defaults of older states that they carry: of the one after, else of the one before.
    pub kept: Vec<Sticky>,
    /// Whether both states are of a history: a server of their time took what ran, and so what followed it.
    pub past: bool,
}

/// How a verdict on two states by themselves is another than that on what runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// Whether new objects of the states would have other pods, where what runs has not, or the other way round.
    pub rolls: Option<Rolls>,
    /// The name of a new object of the old state, where it is another.
    pub from: Option<Name>,
    /// The name of a new object of the new state, where it is another.
    pub to: Option<Name>,
    /// Why: the defaults that an apply leaves as they were; none where what runs was only spelled in another way.
    pub kept: Vec<Sticky>,
}

/// One of the two states of an object.
pub(super) struct Half<'a> {
    pub object: &'a Object,
    running: Option<&'a Template>,
    written: OnceCell<Template>,
}

impl<'a> Half<'a> {
    pub fn new(object: &'a Object, running: Option<&'a Template>) -> Self {
        Half { object, running, written: OnceCell::new() }
    }

    /// The template as the state writes it.
    pub fn written(&self) -> &Template {
        self.written.get_or_init(|| Template::decode(self.object.template_holder()))
    }

    /// The template that runs: as it is written, where nothing else is known.
    pub fn running(&self) -> &Template {
        self.running.unwrap_or_else(|| self.written())
    }

    /// The same, were it a new object.
    pub fn alone(self) -> Self {
        Half { running: None, ..self }
    }
}

impl Apart {
    /// What the verdict on what is written says else than that on what runs.
    pub(super) fn between(written: &Verdict, live: &Verdict, running: &Running) -> Option<Apart> {
        let other = |written: &Option<Name>, live: &Option<Name>| written.clone().filter(|_| written != live);
        let (rolls, from, to) = (written.rolls(), other(&written.from, &live.from), other(&written.to, &live.to));
        let (differs, are_named) = (rolls != live.rolls(), from.is_some() || to.is_some());
        let apart = Apart { rolls: differs.then_some(rolls), from, to, kept: running.kept.clone() };
        // Where nothing rolls in either, names are no news.
        (differs || are_named && rolls != Rolls::No).then_some(apart)
    }
}

impl Apart {
    /// Why what runs is another.
    pub fn cause(&self) -> String {
        let Some((first, more)) = self.kept.split_first() else {
            return "what runs was made of another spelling".to_owned();
        };
        let cause = format!("`{}` stays `{}`, an older default", first.field(), first.value());
        if more.is_empty() { cause } else { format!("{cause}, and {} more", more.len()) }
    }

    /// What the two states would do as new objects.
    pub fn consequence(&self) -> String {
        let alone = self.rolls.map(|rolls| match rolls {
            Rolls::Yes => "the two states alone would roll",
            Rolls::No => "the two states alone would not roll",
            Rolls::Unknown => "of the two states alone it is not known",
        });
        let names = match (&self.from, &self.to) {
            (Some(from), Some(to)) if from != to => Some(format!("new objects would be {} and {}", from.name, to.name)),
            (Some(one), _) | (None, Some(one)) => Some(format!("a new object would be {}", one.name)),
            (None, None) => None,
        };
        alone.map(str::to_owned).into_iter().chain(names).collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for Apart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.cause(), self.consequence())
    }
}
