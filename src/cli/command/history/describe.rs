//! `rollbook history --revision`: the pod template of one revision, as kubectl describes it.

use super::has_names;
use crate::cli::args::Format;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::onward::Next;
use crate::cli::place::Place;
use crate::cli::selection::Selection;
use crate::cli::target::Target;
use crate::cli::world::{World, of_git, version_notes};
use crate::kubernetes::Kind;
use crate::output::describe::Described;
use crate::output::{Document, ManifestItem, Note, ObjectName};
use crate::revision::Unnamed;

/// Describes the same revision of each target. Nothing else stands on standard output.
pub(super) fn run(context: &mut Context, world: &World, targets: &[Target], selection: &Selection) -> Result<Exit> {
    let descriptions = targets.iter().map(|target| Description::of(context, world, target, selection));
    let descriptions: Vec<Description> = descriptions.collect::<Result<_>>()?;
    let notes: Vec<Note> = descriptions.iter().flat_map(|description| description.notes.clone()).collect();
    match context.globals.output {
        Format::Table | Format::Wide | Format::Unified | Format::Github | Format::Sarif | Format::Junit => {
            for description in &descriptions {
                match context.is_terminal() {
                    true => context.page(&description.terminal)?,
                    false => context.write_bytes(&description.pipe)?,
                }
            }
            notes.iter().try_for_each(|note| context.warn(&note.into()))?;
        }
        Format::Markdown => {
            let texts: Vec<String> = descriptions.into_iter().map(|description| description.terminal).collect();
            context.sources(&texts, "", "", &notes)?;
        }
        Format::Json | Format::Yaml | Format::Name => {
            let items = descriptions.into_iter().map(|description| description.item).collect();
            context.answer(&Document::new(items, notes), |_| String::new())?;
        }
    }
    Ok(Exit::Done)
}

/// The template of a revision, and what is to be said of it.
struct Description {
    terminal: String,
    pipe: Vec<u8>,
    item: ManifestItem,
    notes: Vec<Note>,
}

impl Description {
    fn of(context: &Context, world: &World, target: &Target, selection: &Selection) -> Result<Description> {
        let mut place = Place::one(context, world, target, Some(selection))?;
        let state = place.state.clone();
        let (object, version) = (ObjectName::from(&state.identity), place.settings.version.version);
        let name = object.qualified();
        if !state.is_workload() {
            let failure = Failure::new(format!("a {} has no pod template to describe", state.identity.kind));
            return Err(failure.next(Next::new("show", name.as_str(), " REVISION").after("its manifest")));
        }
        // kubectl describes the template that runs, with all that it has from older ones.
        let live = place.live(world)?;
        let template = live.template(&world.repository).map_err(of_git)?;
        let template = template.view(place.settings.server()).explain();
        let template =
            template.map_err(|finding| Failure::new(format!("Kubernetes {version} cannot decode it: {finding}")))?;
        let named = place.name(world, &live);
        // kubectl adds the cause to a Deployment's template alone, which alone has a label with the hash.
        let is_deployment = Kind::of(&state.identity.kind) == Some(Kind::Deployment);
        let hash = named.as_ref().ok().filter(|_| is_deployment).map(|named| named.hash.to_string());
        let described = Described {
            name: name.as_str(),
            revision: place.revision.map(|revision| revision.get().into()),
            hash: hash.as_deref(),
            change_cause: state.change_cause.as_ref().map(|cause| cause.as_str()).filter(|_| is_deployment),
            template: &template,
        };
        let (terminal, pipe) = (described.terminal(), described.pipe());
        let notes = notes(&place, named.err());
        Ok(Description {
            terminal,
            pipe,
            item: ManifestItem { object, path: place.path.shown(), manifest: template },
            notes,
        })
    }
}

/// The version that it is described for, and why there is no name where there could be one.
fn notes(place: &Place, unnamed: Option<Unnamed>) -> Vec<Note> {
    let (path, version) = (place.path.shown(), place.settings.version);
    let mut notes = match has_names(&place.state.identity) {
        true => version_notes([(&path, version)]),
        false => vec![Note::new(format!("described for Kubernetes {}", version.words()))],
    };
    let unnamed = unnamed.filter(|_| has_names(&place.state.identity));
    notes.extend(unnamed.map(|unnamed| Note::on(path, unnamed.to_string())));
    notes.extend(place.notes.iter().cloned());
    notes
}
