//! One change, as it is found and as it is asked for.

use super::path::{Path, Side};
use super::text::Inside;
use crate::yaml::{Span, Value};
use schemars::JsonSchema;
use serde::Serialize;

/// What is different at one place.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// The place. Changes inside of a list's item that moved too have the item's path before them.
    pub path: Path<'a>,
    pub op: Op,
    /// Why both states mean the same in spite of it; none where they do not, or it is not known.
    pub equality: Option<Equality>,
}

/// What was done at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    Add,
    Remove,
    Replace,
    /// An item of a list stands at another place among those that stayed in order.
    Move,
}

impl Op {
    /// The word for it: `add`.
    pub fn word(self) -> &'static str {
        match self {
            Op::Add => "add",
            Op::Remove => "remove",
            Op::Replace => "replace",
            Op::Move => "move",
        }
    }
}

/// How two different ways of writing mean the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Equality {
    /// Two spellings of one value: `1000m` and `1`.
    Spelling,
    /// What the API server fills in where nothing is written.
    Default,
}

impl Equality {
    /// The word for it: `spelling`.
    pub fn word(self) -> &'static str {
        match self {
            Equality::Spelling => "spelling",
            Equality::Default => "default",
        }
    }
}

impl<'a> Change<'a> {
    /// What stood there before; nothing, if it was added.
    pub fn from(&self) -> Option<Side<'a>> {
        self.path.old_side()
    }

    /// What stands there now; nothing, if it was removed.
    pub fn to(&self) -> Option<Side<'a>> {
        self.path.new_side()
    }

    /// Where it stands in the new state; of what was removed, the nearest thing around it that is still there.
    pub fn place(&self) -> Span {
        let around = |path: &Path<'a>| path.parent();
        let there = std::iter::successors(Some(self.path.clone()), around).find_map(|path| path.new_side());
        there.map_or(Span::default(), |side| side.key.unwrap_or(side.node.span))
    }

    /// What is different inside of a string that was replaced by another; nothing of anything else, a Secret's values
    /// among it.
    pub fn inside(&self) -> Option<Inside<'a>> {
        if self.op != Op::Replace {
            return None;
        }
        match (&self.from()?.node.value, &self.to()?.node.value) {
            (Value::String(old), Value::String(new)) => Some(Inside::of(old, new)),
            _ => None,
        }
    }

    /// The change that takes this one back.
    ///
    /// ```
    /// use rollbook::{diff::{Op, apply, diff}, manifest::read, yaml::Dialect};
    /// let objects = read(b"
    /// {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {key: old}}
    /// ---
    /// {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {}}
    /// ", Dialect::Kubectl).objects;
    /// let back: Vec<_> = diff(&objects[0], &objects[1]).into_iter().map(|change| change.swapped()).collect();
    /// assert_eq!(back[0].op, Op::Add);
    /// assert_eq!(&apply(&back, objects[1].node()).unwrap(), objects[0].node());
    /// ```
    #[must_use]
    pub fn swapped(self) -> Self {
        let op = match self.op {
            Op::Add => Op::Remove,
            Op::Remove => Op::Add,
            op => op,
        };
        Change { path: self.path.swapped(), op, ..self }
    }
}
