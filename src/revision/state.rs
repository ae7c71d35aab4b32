//! One object as one file has it.

use super::part;
use crate::diff::Hold;
use crate::git::{self, BlobId, Repository};
use crate::kubernetes::Kind;
use crate::manifest::{self, Identity, Object};
use crate::template::{Digest, Template, Unwritten, may_be_refused};
use crate::text::Untrusted;
use crate::yaml::{self, Dialect, Node};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;

/// An object as it stood in one file: what is needed to number it, to name it and to show it in a row.
#[derive(Clone, Debug)]
pub struct State {
    pub identity: Identity,
    pub images: Vec<Untrusted>,
    pub replicas: Option<i64>,
    /// The annotation `kubernetes.io/change-cause`.
    pub change_cause: Option<Untrusted>,
    /// Whether the same object is given more than once in the file: the last one counts.
    pub repeated: bool,
    /// What it leaves to defaults that would stay in a cluster over an apply.
    pub unwritten: Unwritten,
    /// What makes its controller wait before it replaces pods.
    pub(super) hold: Option<Hold>,
    /// Whether no version of the API server can refuse what it says of pods.
    pub(super) sound: bool,
    pub(super) canonical: Canonical,
    /// What a Deployment's template means without a label `pod-template-hash` that somebody wrote.
    pub(super) unlabelled: Option<Digest>,
    pub(super) config: [u8; 32],
    pub(super) metadata: [u8; 32],
    pub(super) document: [u8; 32],
    pub(super) body: Body,
}

/// By what a state gets its number: equal for states that mean the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Canonical {
    /// A workload's pod template.
    Template(Digest),
    /// The whole of another object.
    Object([u8; 32]),
}

/// Where the pod template is.
#[derive(Clone, Debug)]
pub(super) enum Body {
    /// It has none.
    Without,
    Here(Box<Template>),
    /// In the file: it is read again when it is asked for, since the templates of a whole history fill the memory.
    Blob(BlobId),
}

/// Why a file that names a workload cannot be read, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub message: Untrusted,
    pub line: u32,
    pub column: u32,
}

/// The largest manifest that is read.
const LARGEST: u64 = yaml::MAX_INPUT as u64;

impl Unreadable {
    /// Why a blob is not read at all, if it is too large.
    ///
    /// # Errors
    /// A blob that is not there.
    pub(super) fn by_size(repository: &Repository, blob: BlobId) -> Result<Option<Unreadable>, git::Error> {
        let size = repository.blob_size(blob)?;
        let message = || format!("the file has {size} bytes, more than the {LARGEST} that are read");
        Ok((size > LARGEST).then(|| Unreadable::at(b"", 0, &message())))
    }

    /// Why a manifest cannot be read to its end, if it cannot.
    pub fn of(text: &[u8]) -> Option<Unreadable> {
        let reading = manifest::read(text, Dialect::Kubectl);
        reading.unreadable().map(|error| Unreadable::at(text, error.at.start, &error.message()))
    }

    pub(super) fn at(text: &[u8], offset: u32, message: &str) -> Self {
        let position = yaml::position(text, offset as usize);
        Unreadable { message: message.into(), line: position.line, column: position.column }
    }
}

impl State {
    /// The state of an object that stands in `text`.
    pub(super) fn of(object: &Object, text: &[u8], repeated: bool) -> State {
        let node = object.node();
        let (config, metadata) = (part::config(object), part::metadata(node));
        let mut state = State {
            identity: object.identity.clone(),
            images: object.images().into_iter().map(Untrusted::from).collect(),
            replicas: object.replicas(),
            change_cause: object.change_cause().map(Untrusted::from),
            repeated,
            unwritten: Unwritten::default(),
            hold: None,
            sound: false,
            canonical: Canonical::Object(Sha256::new().chain_update(config).chain_update(metadata).finalize().into()),
            unlabelled: None,
            config,
            metadata,
            document: document(text.get(object.span.range()).unwrap_or_default(), node),
            body: Body::Without,
        };
        if let Some(kind) = Kind::of(&object.identity.kind).filter(|kind| kind.is_workload()) {
            let template = Template::decode(object.template_holder());
            state.hold = Hold::of(kind, object);
            state.sound = !may_be_refused(node, &template) && object.selects_own_pods();
            state.unwritten = template.unwritten();
            state.canonical = Canonical::Template(template.canonical());
            state.unlabelled = template.canonical_without_hash();
            state.body = Body::Here(template.into());
        }
        state
    }

    /// The same without its template, which is read again from the blob where it is asked for.
    pub(super) fn in_blob(self, blob: BlobId) -> State {
        match self.body {
            Body::Without => self,
            _ => State { body: Body::Blob(blob), ..self },
        }
    }

    /// Whether it is the same text.
    pub(super) fn is_written_as(&self, other: &State) -> bool {
        self.document == other.document
    }

    /// Whether it means the same: of a workload, the same pod template.
    pub fn means_the_same(&self, other: &State) -> bool {
        self.canonical == other.canonical
    }

    /// Whether it has a pod template, whose changes make its revisions.
    pub fn is_workload(&self) -> bool {
        matches!(self.canonical, Canonical::Template(_))
    }

    /// The pod template; of an object that has none an empty one.
    ///
    /// # Errors
    /// A blob that git cannot read any more.
    pub fn template(&self, repository: &Repository) -> Result<Cow<'_, Template>, git::Error> {
        Ok(match self.source(repository)? {
            Source::Template(template) => Cow::Borrowed(template),
            source => Cow::Owned(source.template(self)?.into_owned()),
        })
    }

    /// What the pod template is read from.
    ///
    /// # Errors
    /// A blob that git cannot read any more.
    pub(super) fn source(&self, repository: &Repository) -> Result<Source<'_>, git::Error> {
        Ok(match &self.body {
            Body::Without => Source::Nothing,
            Body::Here(template) => Source::Template(template),
            Body::Blob(blob) => Source::Text(repository.blob(*blob)?),
        })
    }

    /// The object that it is of, among those of its file.
    pub(super) fn object(&self, objects: Vec<Object>) -> Option<Object> {
        objects.into_iter().rev().find(|object| object.identity == self.identity)
    }

    /// The same, read again from the file that it was read from.
    ///
    /// # Errors
    /// What git cannot read.
    pub(super) fn object_in(&self, repository: &Repository, blob: Option<BlobId>) -> Result<Object, git::Error> {
        let text = repository.blob(blob.ok_or_else(not_there)?)?;
        self.object(manifest::read(&text, Dialect::Kubectl).objects).ok_or_else(not_there)
    }
}

/// What the pod template of a state is read from.
pub(super) enum Source<'s> {
    Nothing,
    Template(&'s Template),
    /// The whole file.
    Text(Vec<u8>),
}

impl Source<'_> {
    /// The pod template of the state whose source it is.
    ///
    /// # Errors
    /// A file that does not have the object.
    pub fn template(&self, state: &State) -> Result<Cow<'_, Template>, git::Error> {
        let text = match self {
            Source::Nothing => return Ok(Cow::Owned(Template::default())),
            Source::Template(template) => return Ok(Cow::Borrowed(template)),
            Source::Text(text) => text,
        };
        let object = state.object(manifest::read(text, Dialect::Kubectl).objects).ok_or_else(not_there)?;
        Ok(Cow::Owned(Template::decode(object.template_holder())))
    }
}

/// An object is not where it was found: only a cache that somebody else wrote can tell so.
pub(super) fn not_there() -> git::Error {
    git::Error::Git {
        action: "find an object again",
        reason: "the cache does not fit the repository: rollbook cache clear".into(),
    }
}

/// The digest of what is written. What an alias stands for may be written elsewhere.
fn document(text: &[u8], node: &Node) -> [u8; 32] {
    let digest = Sha256::new().chain_update(text);
    match memchr::memchr(b'*', text) {
        Some(_) => digest.chain_update(yaml::json_text(node)).finalize().into(),
        None => digest.finalize().into(),
    }
}
