//! The hashes of many templates: kept ones from the index, the others made on all cores.

use super::applied::Applied;
use super::index::Index;
use super::name::{namer_of, with, world};
use super::state::Source;
use super::threads::on_all_cores;
use crate::git::{self, Repository};
use crate::kubernetes::{Kind, Version};
use crate::snapshot::Role;
use crate::template::{Controller, Hash, Server, Template};

/// So many texts are in memory at a time.
const AT_ONCE: usize = 512;

/// A template, and the API server whose names for it are wanted.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub applied: &'a Applied,
    pub server: Server,
}

/// Where templates are read from and hashes are kept.
#[derive(Clone, Copy)]
pub(super) struct Hashes<'r> {
    pub repository: &'r Repository,
    pub index: &'r Index,
}

impl Wanted<'_> {
    fn world(&self, version: Version) -> [u8; 32] {
        with(world(Server { version, ..self.server }), &self.applied.kept)
    }

    fn document(&self) -> [u8; 32] {
        self.applied.state.document
    }

    fn controller(&self) -> Option<Controller> {
        Kind::of(&self.applied.state.identity.kind).and_then(Controller::of)
    }

    fn hash(&self, controller: Controller, template: &Template, version: Version) -> Option<Hash> {
        controller.hash(template.view(Server { version, ..self.server }), None).ok()
    }

    fn versions(controller: Controller) -> impl Iterator<Item = Version> {
        Version::all().filter(move |version| controller.has_names(*version))
    }
}

impl Hashes<'_> {
    /// Of each the hash in the version of its server, if it has one there.
    ///
    /// # Errors
    /// A blob that git cannot read any more.
    pub fn configured(&self, wanted: &[Wanted<'_>]) -> Result<Vec<Option<Hash>>, git::Error> {
        let known = |wanted: &Wanted<'_>| {
            let version = wanted.server.version;
            match namer_of(&wanted.applied.state.identity, &Role::Plain, version) {
                Ok(_) => self.index.hash(wanted.document(), wanted.world(version)).map(Some),
                Err(_) => Some(None),
            }
        };
        let make = |wanted: &Wanted<'_>, template: &Template| {
            wanted.controller().and_then(|controller| wanted.hash(controller, template, wanted.server.version))
        };
        let learn = |wanted: &Wanted<'_>, hash: &Option<Hash>| {
            hash.iter()
                .for_each(|hash| self.index.learn_hash(wanted.document(), wanted.world(wanted.server.version), *hash));
        };
        self.each(wanted, known, make, learn)
    }

    /// Of each the hashes in all versions that give one, with the gates of its server.
    ///
    /// # Errors
    /// A blob that git cannot read any more.
    pub fn in_all_versions(&self, wanted: &[Wanted<'_>]) -> Result<Vec<Vec<(Version, Hash)>>, git::Error> {
        // Another newest version makes it another world.
        let known = |wanted: &Wanted<'_>| match wanted.controller() {
            Some(_) => self.index.hashes(wanted.document(), wanted.world(Version::NEWEST)),
            None => Some(Vec::new()),
        };
        let make = |wanted: &Wanted<'_>, template: &Template| match wanted.controller() {
            Some(controller) => Wanted::versions(controller).map(|v| wanted.hash(controller, template, v)).collect(),
            None => Vec::new(),
        };
        let learn = |wanted: &Wanted<'_>, hashes: &Vec<Option<Hash>>| {
            self.index.learn_hashes(wanted.document(), wanted.world(Version::NEWEST), hashes);
        };
        let hashes = self.each(wanted, known, make, learn)?;
        let named = wanted.iter().zip(hashes).map(|(wanted, hashes)| {
            let versions = wanted.controller().into_iter().flat_map(Wanted::versions);
            versions.zip(hashes).filter_map(|(version, hash)| Some((version, hash?))).collect()
        });
        Ok(named.collect())
    }

    fn each<T: Send>(
        &self,
        wanted: &[Wanted<'_>],
        known: impl Fn(&Wanted<'_>) -> Option<T>,
        make: impl Fn(&Wanted<'_>, &Template) -> T + Sync,
        learn: impl Fn(&Wanted<'_>, &T),
    ) -> Result<Vec<T>, git::Error> {
        let mut all: Vec<Option<T>> = wanted.iter().map(known).collect();
        let missing: Vec<usize> = (0..all.len()).filter(|&place| all[place].is_none()).collect();
        for part in missing.chunks(AT_ONCE) {
            // Git lets only one thread into its packs at a time.
            let texts =
                part.iter().map(|&place| Ok((&wanted[place], wanted[place].applied.state.source(self.repository)?)));
            let texts: Vec<(&Wanted<'_>, Source<'_>)> = texts.collect::<Result<_, git::Error>>()?;
            let made = on_all_cores(&texts, |(wanted, source)| {
                let template = source.template(&wanted.applied.state)?;
                Ok(make(wanted, &template.with(&wanted.applied.kept)))
            });
            for (&place, made) in part.iter().zip(made) {
                let made = made?;
                learn(&wanted[place], &made);
                all[place] = Some(made);
            }
        }
        Ok(all.into_iter().flatten().collect())
    }
}
