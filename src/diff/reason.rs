//! Why a change replaces pods, or does not, in words.

use super::hold::Hold;
use crate::kubernetes::{Kind, Version};
use crate::text::Untrusted;
use schemars::JsonSchema;
use serde::Serialize;
use std::fmt;

/// Whether a change starts new pods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Rolls {
    Yes,
    No,
    /// Git alone cannot tell.
    Unknown,
}

impl Rolls {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Rolls::Yes => "yes",
            Rolls::No => "no",
            Rolls::Unknown => "unknown",
        }
    }
}

/// What a change does to pods. Each reason belongs to one of the three answers: [`Reason::rolls`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The controller sees another template.
    Template,
    /// It sees another template, and waits before it replaces pods.
    Waits(Hold),
    /// It was not there before: its first pods start.
    Added,
    /// Another object takes its place.
    Renamed,
    /// A Pod's containers are started again with other images.
    InPlace,
    /// A new ControllerRevision, whose pods would be the same.
    Recorded,
    /// It is gone, and its pods with it.
    Removed,
    /// Another number of pods.
    Scales {
        from: i64,
        to: i64,
    },
    /// What changed of the template is nothing to this version.
    SameTemplate(Version),
    /// What runs has the new template already, since it kept a default of an older one.
    Runs,
    /// Only fields of the spec that are not in the template.
    Config,
    /// Its template stays; what an older one left waiting, if anything, goes on.
    Released(Hold),
    Metadata,
    /// Only other spellings of the same values.
    Spelling,
    /// Only defaults that are written out, and maybe spellings.
    Defaults,
    /// Only comments, quotes, the order of keys, or the file.
    Cosmetic,
    /// Only pods that are made later have the template.
    LaterPods(Kind),
    /// The object gets its name when it is created: those that were created stay as they are.
    Generated,
    /// The kind has no pods of its own.
    NoPods(Kind),
    /// The API server takes nothing of the change.
    Refused(Refused),
    /// What changes templates on their way to the cluster: these files.
    Rendered(Vec<Untrusted>),
    /// The API server would take neither state: something completes them on their way, as kustomize does with patches.
    Incomplete(Refused),
    /// The old state cannot be decoded.
    Undecodable(String),
    /// The version does not know objects of that API version.
    NotServed {
        api_version: Untrusted,
        version: Version,
    },
    /// The version's controllers of that kind are not known.
    TooOld {
        kind: Kind,
        version: Version,
    },
    /// One of the states has a file that cannot be read where the object may stand.
    Unreadable,
    /// A kind that the tool does not know.
    Kind(Untrusted),
}

/// Why the API server refuses a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The field cannot be changed.
    Immutable(Untrusted),
    /// The selector does not select the pods of the template.
    Selector,
    /// The new state is wrong by itself.
    Invalid(String),
}

impl Reason {
    /// The answer that it is a reason for.
    pub fn rolls(&self) -> Rolls {
        match self {
            Reason::Template | Reason::Waits(_) | Reason::Added | Reason::Renamed | Reason::InPlace => Rolls::Yes,
            Reason::Recorded
            | Reason::Removed
            | Reason::Scales { .. }
            | Reason::SameTemplate(_)
            | Reason::Runs
            | Reason::Config
            | Reason::Released(_)
            | Reason::Metadata
            | Reason::Spelling
            | Reason::Defaults
            | Reason::Cosmetic
            | Reason::LaterPods(_)
            | Reason::Generated
            | Reason::NoPods(_)
            | Reason::Refused(_) => Rolls::No,
            Reason::Rendered(_)
            | Reason::Incomplete(_)
            | Reason::Undecodable(_)
            | Reason::NotServed { .. }
            | Reason::TooOld { .. }
            | Reason::Unreadable
            | Reason::Kind(_) => Rolls::Unknown,
        }
    }
}

impl Reason {
    /// Whether its words have some from the repository among them, so that a page may not take them for its own.
    pub fn quotes(&self) -> bool {
        match self {
            Reason::Refused(_)
            | Reason::Rendered(_)
            | Reason::Incomplete(_)
            | Reason::Undecodable(_)
            | Reason::NotServed { .. }
            | Reason::Kind(_) => true,
            Reason::Template
            | Reason::Waits(_)
            | Reason::Added
            | Reason::Renamed
            | Reason::InPlace
            | Reason::Recorded
            | Reason::Removed
            | Reason::Scales { .. }
            | Reason::SameTemplate(_)
            | Reason::Runs
            | Reason::Config
            | Reason::Released(_)
            | Reason::Metadata
            | Reason::Spelling
            | Reason::Defaults
            | Reason::Cosmetic
            | Reason::LaterPods(_)
            | Reason::Generated
            | Reason::NoPods(_)
            | Reason::TooOld { .. }
            | Reason::Unreadable => false,
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Template => f.write_str("the pods get another template"),
            Reason::Waits(hold) => write!(f, "{hold}"),
            Reason::Added => f.write_str("it is new, and starts its first pods"),
            Reason::Renamed => f.write_str("another name is another object: its pods take the place of the old ones"),
            Reason::InPlace => f.write_str("its containers are started again, in the same pod"),
            Reason::Recorded => {
                f.write_str("a new ControllerRevision that only spells values otherwise: the pods stay")
            }
            Reason::Removed => f.write_str("it is gone, and its pods with it"),
            Reason::Scales { from, to } => write!(f, "it only scales, {from} to {to}"),
            Reason::SameTemplate(version) => {
                write!(f, "what changed in the template makes no difference to Kubernetes {version}")
            }
            Reason::Runs => f.write_str("what runs has this template already"),
            Reason::Config => f.write_str("only fields outside of the pod template changed"),
            Reason::Metadata => f.write_str("only metadata changed"),
            Reason::Spelling => f.write_str("only the spelling of values changed"),
            Reason::Defaults => f.write_str("only defaults were written out or left out"),
            Reason::Cosmetic => f.write_str("no value changed"),
            Reason::LaterPods(kind) => write!(f, "{} that runs keeps its pods: later ones differ", a(*kind)),
            Reason::Generated => {
                f.write_str("each `kubectl create` makes another object of it: those there are keep their pods")
            }
            Reason::NoPods(kind) => write!(f, "{} has no pods of its own", a(*kind)),
            Reason::Refused(refused) => write!(f, "the API server refuses it: {refused}"),
            Reason::Rendered(by) => write!(f, "{} may change the pod template on its way to the cluster", files(by)),
            Reason::Released(hold) => write!(f, "the template stays, but what waited for `{}` goes on", hold.field()),
            Reason::Incomplete(refused) => write!(f, "both states are not whole: {refused}"),
            Reason::Undecodable(finding) => write!(f, "the old state cannot be decoded: {finding}"),
            Reason::NotServed { api_version, version } => {
                write!(f, "Kubernetes {version} does not serve `{}`", api_version.as_str().escape_debug())
            }
            Reason::TooOld { kind, version } => {
                write!(f, "what Kubernetes {version} does to {} is not known", a(*kind))
            }
            Reason::Unreadable => f.write_str("its file cannot be read in one of the states"),
            Reason::Kind(kind) => {
                write!(f, "what a change of `{}` does to pods is not known", kind.as_str().escape_debug())
            }
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Immutable(field) => write!(f, "`{}` cannot be changed", field.as_str().escape_debug()),
            Refused::Selector => f.write_str("`spec.selector` does not select the labels of the template"),
            Refused::Invalid(why) => f.write_str(why),
        }
    }
}

/// One or two files; of more the first.
fn files(paths: &[Untrusted]) -> String {
    let shown = |path: &Untrusted| format!("`{}`", path.as_str().escape_debug());
    match paths {
        [one] => shown(one),
        [one, other] => format!("{} and {}", shown(one), shown(other)),
        [first, others @ ..] => format!("{} and {} others", shown(first), others.len()),
        [] => "something".to_owned(),
    }
}

/// A kind with its article.
fn a(kind: Kind) -> String {
    let name = kind.name();
    let article = if name.starts_with(['A', 'E', 'I', 'O']) || name.starts_with("HP") { "an" } else { "a" };
    format!("{article} {name}")
}
