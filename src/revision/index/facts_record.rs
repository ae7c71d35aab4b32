//! What a blob holds, as bytes.

use crate::diff::Hold;
use crate::git::BlobId;
use crate::manifest::Identity;
use crate::revision::facts::Facts;
use crate::revision::library::Known;
use crate::revision::state::{Body, Canonical, State, Unreadable};
use crate::template::{Digest, ImageList, Unhosted, Unpolicied, Unwritten};
use crate::text::Untrusted;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// What a blob holds.
#[derive(Serialize, Deserialize)]
pub(super) struct FactsRecord<'a> {
    #[serde(borrow)]
    states: Vec<StateRecord<'a>>,
    error: Option<ErrorRecord<'a>>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct ErrorRecord<'a> {
    #[serde(borrow)]
    message: Cow<'a, str>,
    line: u32,
    column: u32,
}

impl<'a> ErrorRecord<'a> {
    pub fn of(error: &'a Unreadable) -> Self {
        ErrorRecord { message: error.message.as_str().into(), line: error.line, column: error.column }
    }

    pub fn read(self) -> Unreadable {
        Unreadable { message: self.message.into(), line: self.line, column: self.column }
    }
}

#[derive(Serialize, Deserialize)]
struct PortRecord<'a> {
    list: ImageList,
    index: u32,
    name: Cow<'a, str>,
    port: u32,
    number: i64,
    protocol: Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct IdentityRecord<'a> {
    #[serde(borrow)]
    api_version: Cow<'a, str>,
    kind: Cow<'a, str>,
    namespace: Option<Cow<'a, str>>,
    name: Cow<'a, str>,
}

impl<'a> IdentityRecord<'a> {
    pub fn of(identity: &'a Identity) -> Self {
        let Identity { api_version, kind, namespace, name } = identity;
        IdentityRecord {
            api_version: api_version.into(),
            kind: kind.into(),
            namespace: namespace.as_deref().map(Cow::Borrowed),
            name: name.into(),
        }
    }

    pub fn read(self) -> Identity {
        Identity {
            api_version: self.api_version.into_owned(),
            kind: self.kind.into_owned(),
            namespace: self.namespace.map(Cow::into_owned),
            name: self.name.into_owned(),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct StateRecord<'a> {
    #[serde(borrow)]
    identity: IdentityRecord<'a>,
    images: Vec<Cow<'a, str>>,
    replicas: Option<i64>,
    change_cause: Option<Cow<'a, str>>,
    repeated: bool,
    images_without_policy: Vec<(ImageList, u32, Cow<'a, str>, bool)>,
    accounts: [Option<Cow<'a, str>>; 2],
    hold: Option<Hold>,
    sound: bool,
    #[serde(borrow)]
    ports_without_host: Vec<PortRecord<'a>>,
    host_network: bool,
    /// Whether it is the template's.
    is_template: bool,
    canonical: &'a [u8],
    unlabelled: Option<&'a [u8]>,
    config: &'a [u8],
    metadata: &'a [u8],
    document: &'a [u8],
}

impl<'a> FactsRecord<'a> {
    pub fn of(facts: &'a Facts) -> Self {
        let error = facts.error.as_ref().map(ErrorRecord::of);
        FactsRecord { states: facts.states.iter().map(|state| StateRecord::of(state)).collect(), error }
    }

    /// The facts of that blob; nothing if a digest is none.
    pub fn read(self, blob: BlobId) -> Option<Known> {
        let states = self.states.into_iter().map(|state| Some(Arc::new(state.read(blob)?))).collect::<Option<_>>()?;
        Some(Known::Facts(Arc::new(Facts { states, error: self.error.map(ErrorRecord::read) })))
    }
}

impl<'a> StateRecord<'a> {
    fn of(state: &'a State) -> Self {
        let (is_template, canonical) = match &state.canonical {
            Canonical::Template(digest) => (true, digest.bytes()),
            Canonical::Object(digest) => (false, digest),
        };
        let text = |text: &'a Untrusted| Cow::Borrowed(text.as_str());
        let image = |of: &'a Unpolicied| (of.list, of.index, of.name.as_str().into(), of.latest);
        let port = |of: &'a Unhosted| PortRecord {
            list: of.list,
            index: of.index,
            name: of.name.as_str().into(),
            port: of.port,
            number: of.number,
            protocol: of.protocol.as_str().into(),
        };
        StateRecord {
            identity: IdentityRecord::of(&state.identity),
            images: state.images.iter().map(text).collect(),
            replicas: state.replicas,
            change_cause: state.change_cause.as_ref().map(text),
            repeated: state.repeated,
            images_without_policy: state.unwritten.images.iter().map(image).collect(),
            accounts: state.unwritten.accounts.each_ref().map(|account| account.as_deref().map(Cow::Borrowed)),
            hold: state.hold.clone(),
            sound: state.sound,
            ports_without_host: state.unwritten.ports.iter().map(port).collect(),
            host_network: state.unwritten.host_network,
            is_template,
            canonical,
            unlabelled: state.unlabelled.as_ref().map(|digest| &digest.bytes()[..]),
            config: &state.config,
            metadata: &state.metadata,
            document: &state.document,
        }
    }

    fn read(self, blob: BlobId) -> Option<State> {
        let digest = |bytes: &[u8]| <[u8; 32]>::try_from(bytes).ok();
        let image = |(list, index, name, latest): (_, _, Cow<'_, str>, _)| Unpolicied {
            list,
            index,
            name: name.into_owned(),
            latest,
        };
        let port = |of: PortRecord<'_>| Unhosted {
            list: of.list,
            index: of.index,
            name: of.name.into_owned(),
            port: of.port,
            number: of.number,
            protocol: of.protocol.into_owned(),
        };
        Some(State {
            identity: self.identity.read(),
            images: self.images.into_iter().map(Untrusted::from).collect(),
            replicas: self.replicas,
            change_cause: self.change_cause.map(Untrusted::from),
            repeated: self.repeated,
            unwritten: Unwritten {
                images: self.images_without_policy.into_iter().map(image).collect(),
                accounts: self.accounts.map(|account| account.map(Cow::into_owned)),
                ports: self.ports_without_host.into_iter().map(port).collect(),
                host_network: self.host_network,
            },
            hold: self.hold,
            sound: self.sound,
            canonical: match self.is_template {
                true => Canonical::Template(Digest::of(digest(self.canonical)?)),
                false => Canonical::Object(digest(self.canonical)?),
            },
            unlabelled: match self.unlabelled {
                Some(bytes) => Some(Digest::of(digest(bytes)?)),
                None => None,
            },
            config: digest(self.config)?,
            metadata: digest(self.metadata)?,
            document: digest(self.document)?,
            body: if self.is_template { Body::Blob(blob) } else { Body::Without },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::segment::FORMAT;
    use super::*;
    use crate::kubernetes::Version;
    use crate::manifest;
    use crate::template::Template;
    use crate::yaml::Dialect;
    use sha2::{Digest as _, Sha256};
    use std::fmt::Write as _;

    /// What is found out of the golden manifests, by the format. Where this differs, count `FORMAT` up and write the new
    /// digest beside it: an index of the older program would go on telling the older facts.
    const FOUND_OUT: (u32, &str) = (10, "1f8ed143a2577926a6a959c0a013ca59efa101d180608b9c8e3a6478a75e6676");

    #[test]
    fn the_format_is_counted_up_when_facts_come_to_mean_something_else() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/manifests");
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert!(!files.is_empty());
        let mut digest = Sha256::new();
        for file in files {
            let text = std::fs::read(file).unwrap();
            let facts = Facts::read(&text, |_| true).in_blob(BlobId::from_bytes(&[1; 20]).unwrap());
            digest.update(postcard::to_allocvec(&FactsRecord::of(&facts)).unwrap());
            digest.update(hashes(&text));
        }
        let found = digest.finalize().iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").unwrap();
            hex
        });
        assert_eq!((FORMAT, found.as_str()), FOUND_OUT);
    }

    /// The hashes of a file's templates in all versions, which are kept too.
    fn hashes(text: &[u8]) -> String {
        let objects = manifest::read(text, Dialect::Kubectl).objects;
        let templates = objects.iter().filter(|object| object.template().is_some());
        let templates: Vec<Template> = templates.map(|object| Template::decode(object.template_holder())).collect();
        let all =
            templates.iter().flat_map(|template| Version::all().map(|version| template.view(version).hash(None).ok()));
        all.map(|hash| hash.map_or_else(|| "-".to_owned(), |hash| hash.to_string()) + "\n").collect()
    }
}
