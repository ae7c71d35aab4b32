//! What the history knows of the objects of a comparison: what of them runs, since each state is applied over those before.

use super::context::Context;
use super::everything;
use super::failure::Result;
use super::sources::Sources;
use super::states::End;
use super::world::{World, of_git};
use crate::diff::{Bond, Pair, Placed, Running};
use crate::git::{self, CommitId, RepoPath};
use crate::kubernetes::Kind;
use crate::manifest::{Identity, Object};
use crate::output::Note;
use crate::revision::{Applied, Book, Candidate, Lineage, Past};
use crate::snapshot::{Delta, Snapshot};
use crate::template::Controller;
use std::collections::HashSet;

/// What the history knows of one object in a comparison.
#[derive(Default)]
pub(super) struct Standing {
    pub running: Running,
    /// What came before the change.
    pub past: Option<Past>,
    /// That something of it could not be read.
    pub note: Option<Note>,
}

/// What the history knows of all of them.
pub(super) struct Standings<'w> {
    world: &'w World,
    old: Histories<'w>,
    /// Where the new state comes after the old one on its line, so that what lies between was applied too.
    new: Option<Histories<'w>>,
}

/// The histories of some objects up to a commit.
struct Histories<'w> {
    world: &'w World,
    tip: CommitId,
    objects: &'w Snapshot,
    all: All<'w>,
}

/// For few objects it takes less time to walk the history for each, for more to read it once.
enum All<'w> {
    Walked,
    Read(Box<Book<'w>>),
    /// Git has not got all of it.
    Missing(String),
}

/// So many objects are few.
const FEW: usize = 3;

/// What runs before and after a change.
pub(super) fn running(world: &World, before: Option<&Applied>, after: Option<&Applied>) -> Result<Running> {
    let template = |applied: Option<&Applied>| applied.map(|applied| applied.template(&world.repository)).transpose();
    let kept = |applied: Option<&Applied>| applied.map(|applied| applied.kept.clone()).unwrap_or_default();
    let after_keeps = kept(after);
    Ok(Running {
        before: template(before).map_err(of_git)?,
        after: template(after).map_err(of_git)?,
        kept: if after_keeps.is_empty() { kept(before) } else { after_keeps },
        past: false,
    })
}

/// Whether what an object makes has a name that can be known, so that it matters what came before.
pub(super) fn has_names(object: &Object) -> bool {
    Kind::of(&object.identity.kind).and_then(Controller::of).is_some() && !object.is_generated()
}

impl<'w> Standings<'w> {
    /// Reads the histories of the objects of these pairs, as far as it matters what came before.
    pub fn read(
        context: &Context,
        world: &'w World,
        delta: &'w Delta,
        [old, new]: [End; 2],
        pairs: &[&Pair],
    ) -> Result<Standings<'w>> {
        let [before, after] = delta.states();
        let old = match old {
            End::Commit(commit) => commit,
            End::Index | End::WorkTree => world.tip,
        };
        let identities = |sides: Vec<Option<Placed>>| {
            let named = sides.into_iter().flatten().map(|side| side.object).filter(|object| has_names(object));
            named.map(|object| object.identity.clone()).collect::<HashSet<Identity>>()
        };
        let of_old = identities(pairs.iter().map(|pair| pair.before()).collect());
        let of_new = identities(pairs.iter().map(|pair| pair.after()).collect());
        let is_after = |new: CommitId| -> Result<bool> {
            let mut line = world.repository.first_parents(new).map_err(of_git)?;
            Ok(!of_new.is_empty() && line.any(|commit| commit.is_ok_and(|commit| commit == old)))
        };
        let new = match new {
            End::Commit(new) if is_after(new)? => Some(Histories::read(context, world, new, after, &of_new)?),
            _ => None,
        };
        Ok(Standings { world, old: Histories::read(context, world, old, before, &of_old)?, new })
    }

    /// What is known of one of the pairs, the new half of which stands in one of the sources.
    pub fn of(&self, pair: &Pair, sources: &Sources) -> Result<Standing> {
        let [old, new] = [pair.before(), pair.after()].map(|side| side.filter(|side| has_names(side.object)));
        let is_one = matches!(pair, Pair::Both { bond, .. } if *bond != Bond::Renamed);
        let (past, missing) = self.old.past(old)?;
        let before = past.as_ref().and_then(Past::runs);
        let after = match (&self.new, new) {
            (Some(histories), Some(new)) => histories.past(Some(new))?.0.and_then(|past| past.runs().cloned()),
            // What is rendered on its way is not known.
            (None, Some(new)) if is_one => {
                before.and(past.as_ref()).map(|past| past.then(new.object, sources.whole_text(new.object)))
            }
            _ => None,
        };
        let running = running(self.world, before, after.as_ref())?;
        Ok(Standing { running, past: past.filter(|_| is_one), note: missing })
    }
}

impl<'w> Histories<'w> {
    fn read(
        context: &Context,
        world: &'w World,
        tip: CommitId,
        objects: &'w Snapshot,
        wanted: &HashSet<Identity>,
    ) -> Result<Histories<'w>> {
        let keep = |identity: &Identity| {
            wanted.iter().any(|wanted| wanted.kind == identity.kind && wanted.name == identity.name)
        };
        let all = if wanted.len() <= FEW {
            All::Walked
        } else {
            match everything::read_at(context, world, tip, &keep) {
                Ok(book) => All::Read(Box::new(book)),
                Err(error @ git::Error::Missing { .. }) => All::Missing(error.to_string()),
                Err(error) => return Err(of_git(error)),
            }
        };
        Ok(Histories { world, tip, objects, all })
    }

    /// What was applied to an object up to the commit; a note, where git has not got all of it.
    fn past(&self, placed: Option<Placed>) -> Result<(Option<Past>, Option<Note>)> {
        let Some(Placed { path, object }) = placed else { return Ok((None, None)) };
        let unknown = |error: &str| {
            let note = Note::on(path.into(), format!("taken for a new object: {error}"));
            (None, Some(note))
        };
        let file = RepoPath::from(path);
        match &self.all {
            All::Walked => match self.walk(&object.identity, file) {
                Ok(lineage) => Ok((Some(lineage.into()), None)),
                Err(error @ git::Error::Missing { .. }) => Ok(unknown(&error.to_string())),
                Err(error) => Err(of_git(error)),
            },
            All::Read(book) => {
                let mut lineages = book.lineages().filter(|lineage| lineage.stands());
                let found = lineages.find(|lineage| *lineage.path() == file && *lineage.identity() == object.identity);
                Ok((found.map(Past::try_from).transpose().map_err(of_git)?, None))
            }
            All::Missing(error) => Ok(unknown(error)),
        }
    }

    fn walk(&self, identity: &Identity, path: RepoPath) -> std::result::Result<Lineage, git::Error> {
        let candidate = Candidate::standing(identity, &path, self.objects);
        Lineage::walk(&self.world.repository, &self.world.index, self.tip, &candidate)
    }
}
