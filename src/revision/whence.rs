//! From the name of a pod, a ReplicaSet or a ControllerRevision back to the revision that made it.
//!
//! A hash cannot be turned around, so the templates of all lineages that may have the name are hashed and compared: as
//! they run and as new objects, first for the version that is configured, then for every other, then with the counts that
//! follow after a collision. What is found is looked at in every version again, so that none is left out.

mod file;

use self::file::{File, made_at, newest, with_images};
use super::book::BookLineage;
use super::clue::{By, Clue};
use super::hashes::{Hashes, Wanted};
use super::index::Index;
use crate::git::{self, Repository};
use crate::kubernetes::Version;
use crate::manifest::Identity;
use crate::template::{Hash, Server};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The counts that are tried: none, and those after up to three collisions. A StatefulSet's count from 0.
const COLLISIONS: [Option<i32>; 4] = [None, Some(1), Some(2), Some(3)];
/// How many workloads are named to say what was tried.
const MOST_NAMED: usize = 3;

/// A lineage that a name may come from.
pub struct Suspect<'b> {
    pub lineage: BookLineage<'b>,
    /// The API server that is configured for it.
    pub server: Server,
    /// Where it is, if that is known.
    pub namespace: Option<String>,
}

/// A revision that a name is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Which of the clues.
    pub clue: usize,
    /// Which of the suspects.
    pub suspect: usize,
    /// The event that made it, of those of the lineage.
    pub event: usize,
    pub by: By,
    /// None where it was not found by a hash, as are the versions.
    pub hash: Option<Hash>,
    /// All versions that give it.
    pub versions: Vec<Version>,
    /// The count of collisions that gives it.
    pub collision: Option<i32>,
    /// Whether only a new object gets it, and not one that is applied over what ran before.
    pub as_new: bool,
}

/// What was looked at for one clue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    /// How many lineages it may be of.
    pub lineages: usize,
    /// The first of them.
    pub some: Vec<Identity>,
    /// How many templates were hashed.
    pub templates: usize,
    /// How many of the lineages something renders on their way to the cluster.
    pub rendered: usize,
}

/// What came of a search: the matches in the order of the clues, the newest revision of a lineage first; and what was tried
/// for each clue.
#[derive(Clone, Debug, Default)]
pub struct Whence {
    pub matches: Vec<Match>,
    pub tried: Vec<Tried>,
}

/// Looks for the revisions that some names are of.
///
/// # Errors
/// A blob that git cannot read any more.
pub fn whence(
    repository: &Repository,
    index: &Index,
    suspects: &[Suspect<'_>],
    clues: &[Clue],
) -> Result<Whence, git::Error> {
    let files = suspects.iter().enumerate().filter_map(|(place, suspect)| File::of(place, suspect, clues).transpose());
    let files = files.collect::<Result<_, _>>()?;
    let search = Search { repository, index, files, clues, asked: Asked::of(clues) };
    let mut hits = search.as_configured()?;
    let missed = |hits: &[Hit]| -> BTreeSet<usize> {
        let hit: HashSet<usize> = hits.iter().map(|hit| hit.clue).collect();
        (0..clues.len()).filter(|clue| !hit.contains(clue)).collect()
    };
    hits.extend(search.in_any_version(&missed(&hits))?);
    let mut met = HashSet::new();
    hits.retain(|hit| met.insert(*hit));
    let mut matches = search.matches(&hits)?;
    matches.extend(search.without_hash(&missed(&hits)));
    matches.sort_by_key(|found| (found.clue, found.by, found.suspect, std::cmp::Reverse(found.event)));
    Ok(Whence { matches, tried: (0..clues.len()).map(|clue| search.tried(clue)).collect() })
}

/// A hash that fits a clue.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Hit {
    clue: usize,
    file: usize,
    making: usize,
    hash: Hash,
    collision: Option<i32>,
}

struct Search<'s> {
    repository: &'s Repository,
    index: &'s Index,
    files: Vec<File<'s>>,
    clues: &'s [Clue],
    asked: Asked,
}

/// The clues by what they ask for, so that thousands cost no more than one.
struct Asked {
    by_hash: HashMap<Hash, Vec<usize>>,
    cut: Vec<usize>,
}

impl Asked {
    fn of(clues: &[Clue]) -> Asked {
        let mut by_hash = HashMap::<Hash, Vec<usize>>::new();
        for (place, clue) in clues.iter().enumerate() {
            clue.hashes().for_each(|hash| by_hash.entry(hash).or_default().push(place));
        }
        Asked { by_hash, cut: (0..clues.len()).filter(|&clue| clues[clue].may_be_cut()).collect() }
    }

    fn may_be(&self, hash: Hash) -> impl Iterator<Item = usize> {
        self.by_hash.get(&hash).into_iter().flatten().chain(&self.cut).copied()
    }
}

impl Search<'_> {
    fn hashes(&self) -> Hashes<'_> {
        Hashes { repository: self.repository, index: self.index }
    }

    /// The makings of the files that are asked for, each with its place.
    fn makings(&self, is_asked: impl Fn(&File<'_>) -> bool) -> Vec<(usize, usize, Wanted<'_>)> {
        let files = self.files.iter().enumerate().filter(|(_, file)| is_asked(file));
        files.flat_map(|(place, file)| (0..file.makings.len()).map(move |at| (place, at, file.wanted(at)))).collect()
    }

    /// What fits in the versions that are configured. The index knows most of these names.
    fn as_configured(&self) -> Result<Vec<Hit>, git::Error> {
        let asked = self.makings(|_| true);
        let wanted: Vec<Wanted<'_>> = asked.iter().map(|(_, _, wanted)| *wanted).collect();
        let mut hits = Vec::new();
        for ((place, making, wanted), hash) in asked.iter().zip(self.hashes().configured(&wanted)?) {
            let (file, Some(hash)) = (&self.files[*place], hash) else { continue };
            let hit = |(clue, _)| Hit { clue, file: *place, making: *making, hash, collision: None };
            hits.extend(self.known(file, hash, wanted.server.version).map(hit));
        }
        Ok(hits)
    }

    /// The clues that a hash of a lineage fits.
    fn known(&self, file: &File<'_>, hash: Hash, version: Version) -> impl Iterator<Item = (usize, By)> {
        let clues = self.asked.may_be(hash).filter(|clue| file.clues.binary_search(clue).is_ok());
        clues.filter_map(move |clue| {
            Some((clue, self.clues[clue].by(file.controller?, file.workload(), hash, version)?))
        })
    }

    /// What fits in any version, for some clues; with a count of collisions only where nothing fits without.
    fn in_any_version(&self, wanted: &BTreeSet<usize>) -> Result<Vec<Hit>, git::Error> {
        let asked = self.makings(|file| file.clues.iter().any(|clue| wanted.contains(clue)));
        let all: Vec<Wanted<'_>> = asked.iter().map(|(_, _, wanted)| *wanted).collect();
        let mut hits = HashSet::new();
        for ((place, making, _), hashes) in asked.iter().zip(self.hashes().in_all_versions(&all)?) {
            let file = &self.files[*place];
            for ((version, hash), collision) in
                hashes.into_iter().flat_map(|found| COLLISIONS.map(|count| (found, count)))
            {
                let hash = file.counted(hash, collision, version);
                let is_hit =
                    |(clue, by): &(usize, By)| wanted.contains(clue) && (*by != By::Prefix || collision.is_none());
                let hit = |(clue, _)| Hit { clue, file: *place, making: *making, hash, collision };
                hits.extend(self.known(file, hash, version).filter(is_hit).map(hit));
            }
        }
        let first: HashSet<usize> = hits.iter().filter(|hit| hit.collision.is_none()).map(|hit| hit.clue).collect();
        Ok(hits.into_iter().filter(|hit| hit.collision.is_none() || !first.contains(&hit.clue)).collect())
    }

    fn matches(&self, hits: &[Hit]) -> Result<Vec<Match>, git::Error> {
        let mut matches = Vec::new();
        for hit in hits {
            let file = &self.files[hit.file];
            let (Some(controller), making) = (file.controller, &file.makings[hit.making]) else { continue };
            let hashes = self.hashes().in_all_versions(&[file.wanted(hit.making)])?;
            let (mut versions, mut surest) = (Vec::new(), By::Workload);
            for (version, hash) in hashes.into_iter().flatten() {
                let by = self.clues[hit.clue].by(controller, file.workload(), hit.hash, version);
                let by = by.filter(|_| file.counted(hash, hit.collision, version) == hit.hash);
                versions.extend(by.map(|_| version));
                surest = surest.min(by.unwrap_or(surest));
            }
            matches.extend(made_at(file, making).map(|(event, as_new)| Match {
                clue: hit.clue,
                suspect: file.place,
                event,
                by: surest,
                hash: Some(hit.hash),
                versions: versions.clone(),
                collision: hit.collision,
                as_new,
            }));
        }
        Ok(matches)
    }

    /// What the images of a pod tell; of a name alone no more than the workload.
    fn without_hash(&self, wanted: &BTreeSet<usize>) -> Vec<Match> {
        let mut matches = Vec::new();
        for file in &self.files {
            let belongs =
                |clue: &&usize| wanted.contains(clue) && self.clues[**clue].belongs(file.suspect.lineage.identity());
            for &clue in file.clues.iter().filter(belongs) {
                let images = &self.clues[clue].images;
                let (by, events) = match images.is_empty() {
                    true => (By::Workload, newest(file).into_iter().collect()),
                    false => (By::Image, with_images(file, images)),
                };
                matches.extend(events.into_iter().map(|event| Match {
                    clue,
                    suspect: file.place,
                    event,
                    by,
                    hash: None,
                    versions: Vec::new(),
                    collision: None,
                    as_new: false,
                }));
            }
        }
        matches
    }

    fn tried(&self, clue: usize) -> Tried {
        let mut tried = Tried::default();
        for file in self.files.iter().filter(|file| file.clues.contains(&clue)) {
            tried.lineages += 1;
            tried.templates += file.makings.len();
            tried.rendered += usize::from(file.is_rendered());
            if tried.some.len() < MOST_NAMED {
                tried.some.push(file.suspect.lineage.identity().clone());
            }
        }
        tried
    }
}
