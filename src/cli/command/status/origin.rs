//! The revisions in git that live ReplicaSets and ControllerRevisions are of.

use std::collections::HashMap;

use crate::cli::command::whence::search::Search;
use crate::cli::context::Context;
use crate::cli::failure::Result;
use crate::cli::world::World;
use crate::kubernetes::Kind;
use crate::output::{Note, Origin, WhenceItem};
use crate::revision::Clue;

/// What git knows of names on the cluster: the newest revision that has the name.
#[derive(Default)]
pub(super) struct Origins(HashMap<(Kind, String), Vec<WhenceItem>>);

/// The name of something live, and of the workload that it belongs to.
pub(super) struct Live {
    pub kind: Kind,
    pub workload: String,
    pub name: String,
}

impl Origins {
    /// Looks all of them up at once. Outside of a repository nothing is known, which a note says.
    ///
    /// # Errors
    /// What git cannot read; settings that contradict each other.
    pub fn find(context: &Context, live: &[Live]) -> Result<(Origins, Vec<Note>)> {
        let world = match World::open(context) {
            Ok(world) => world,
            // Where one was named, it has to be there.
            Err(failure) if context.globals.directory.is_some() || context.globals.reference.is_some() => {
                return Err(failure);
            }
            Err(failure) => {
                let note = format!("commits and causes are not known: {}", failure.what());
                return Ok((Origins::default(), vec![Note::new(note)]));
            }
        };
        let clues: Vec<Clue> = live.iter().filter_map(|live| Clue::name(&live.name)).collect();
        let mut search = Search::new(&clues);
        search.look(context, &world)?;
        let mut found = HashMap::<_, Vec<WhenceItem>>::new();
        for item in search.items() {
            let of_it = |live: &&Live| {
                item.hash.is_some()
                    && item.query.as_str() == live.name
                    && item.object.name.as_str() == live.workload
                    && Kind::of(item.object.kind.as_str()) == Some(live.kind)
            };
            if let Some(live) = live.iter().find(of_it) {
                found.entry((live.kind, live.name.clone())).or_default().push(item);
            }
        }
        let origins = Origins(found);
        let notes = live.iter().filter_map(|live| origins.remark(live, &world)).collect();
        Ok((origins, notes))
    }

    /// Where the thing of that name comes from. Of a template that was gone back to, it is the last time.
    pub fn of(&self, kind: Kind, name: &str) -> Option<Origin> {
        let item = self.0.get(&(kind, name.to_owned()))?.iter().min_by_key(|item| item.only_as_new)?;
        Some(Origin {
            revision: item.revision,
            commit: item.commit.clone(),
            time: item.time,
            author: item.author.clone(),
            cause: item.cause.clone(),
            path: item.path.clone(),
        })
    }

    fn remark(&self, live: &Live, world: &World) -> Option<Note> {
        let reference = world.reference.as_str();
        let Some(items) = self.0.get(&(live.kind, live.name.clone())) else {
            let text = format!(
                "`{}` is of no revision at `{reference}`: its template was changed on the cluster, comes from another \
                 branch, or is rendered",
                live.name
            );
            return Some(Note::new(text));
        };
        let mut paths: Vec<&str> = items.iter().map(|item| item.path.as_str()).collect();
        paths.sort_unstable();
        paths.dedup();
        let [first, .., last] = paths[..] else { return None };
        let text = format!("`{}` may come from `{first}` or `{last}`: --path says which is meant", live.name);
        Some(Note::new(text))
    }
}
