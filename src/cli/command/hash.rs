//! `rollbook hash`

use crate::cli::args::Format;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::input::Input;
use crate::cli::place::Place;
use crate::cli::settings::Used;
use crate::cli::subject::Subject;
use crate::cli::target::Target;
use crate::cli::world::{Outside, World, of_git, version_notes};
use crate::kubernetes::{Kind, Version};
use crate::output::{Diagnostic, Document, HashesTable, Note, ObjectName, yaml_block};
use crate::revision::Unnamed;
use crate::snapshot::Role;
use crate::template::{Finding, Template, View};
use std::rc::Rc;

/// Compute the name that a cluster will give to the ReplicaSet or ControllerRevision of a workload
///
/// A Deployment makes ReplicaSets; a StatefulSet or DaemonSet makes ControllerRevisions. The name depends on the version
/// of Kubernetes, which is always said beside it. A file needs no repository: the name is that of a new object. That of a
/// target holds for a cluster to which all of its history was applied; where a new object gets another, both are shown.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook hash deployment/web                  as it stands at HEAD
  rollbook hash -f web.yaml --kube-version 1.33
  rollbook hash -f web.yaml --all-versions      where the name changes
  kustomize build . | rollbook hash -f -        of what is really applied
  rollbook hash -f web.yaml --dump              the text that is hashed")]
pub(in crate::cli) struct Args {
    /// The workload: deployment/web, deploy web, or a name alone where only one has it
    #[arg(value_name = "TARGET", num_args = 1..=2, required_unless_present = "files")]
    pub target: Vec<String>,

    /// Read objects from FILE, or from standard input if it is -; can be repeated
    #[arg(short = 'f', long = "filename", value_name = "FILE", conflicts_with = "target")]
    pub files: Vec<String>,

    /// Compute the name for every version of Kubernetes that is known
    #[arg(long, conflicts_with_all = ["dump", "explain"])]
    pub all_versions: bool,

    /// Print the text that Kubernetes hashes, and a line break: of a StatefulSet the JSON of its ControllerRevision
    #[arg(long, conflicts_with = "explain")]
    pub dump: bool,

    /// Print the pod template with the defaults that the API server fills in, and those that stay from before
    #[arg(long)]
    pub explain: bool,

    /// Compute the name with this collision count, which the workload's status carries after a collision
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(0..))]
    pub collision: Option<i32>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let gathered = if args.files.is_empty() { of_target(context, args)? } else { of_files(context, args)? };
    match (args.dump, args.explain) {
        (true, _) => print(context, args, &gathered, |subject, view| match subject.controller() {
            Some(controller) => controller.hashed(view),
            None => view.dump(),
        }),
        (_, true) => {
            let format = context.globals.output;
            print(context, args, &gathered, |_, view| {
                let template = view.explain()?;
                Ok(if format == Format::Json { format!("{template:#}") } else { yaml_block(&template) })
            })
        }
        _ => names(context, args, gathered),
    }
}

/// The workloads whose names are asked for.
struct Gathered {
    subjects: Vec<Subject>,
    notes: Vec<Note>,
    /// Whether all that was given could be read.
    whole: bool,
}

fn of_files(context: &mut Context, args: &Args) -> Result<Gathered> {
    let outside = Outside::read(context)?;
    let mut gathered = Gathered { subjects: Vec::new(), notes: Vec::new(), whole: true };
    let mut used = Used::default();
    for file in &args.files {
        let settings = used.with(outside.at(file)?);
        let input = Rc::new(Input::read(context, file)?);
        gathered.whole &= input.whole;
        gathered.notes.extend(input.notes.iter().cloned());
        for (position, object) in input.objects.iter().enumerate() {
            if !Kind::of(&object.identity.kind).is_some_and(Kind::has_revisions) {
                let name = ObjectName::from(&object.identity).qualified();
                gathered.notes.push(Note::on(
                    file.as_str().into(),
                    format!("{} is passed over: it has no revisions", name.as_str()),
                ));
                continue;
            }
            gathered.subjects.push(Subject {
                identity: object.identity.clone(),
                path: file.as_str().into(),
                template: Template::decode(object.node()),
                live: None,
                role: Role::Plain,
                settings: settings.clone(),
                input: Some(input.clone()),
                position,
            });
        }
    }
    gathered.notes.extend(used.notes());
    Ok(gathered)
}

fn of_target(context: &mut Context, args: &Args) -> Result<Gathered> {
    let world = World::open(context)?;
    let target = Target::parse_one(&args.target)?;
    target.with_names()?;
    let mut place = Place::one(context, &world, &target, None)?;
    let live = place.live(&world)?;
    let is_new = live.is_new(Some(&place.state));
    let subject = Subject {
        identity: place.state.identity.clone(),
        path: place.path.shown(),
        template: place.state.template(&world.repository).map_err(of_git)?.into_owned(),
        live: (!is_new).then(|| live.template(&world.repository)).transpose().map_err(of_git)?,
        role: place.role,
        settings: place.settings,
        input: None,
        position: 0,
    };
    Ok(Gathered { subjects: vec![subject], notes: place.notes, whole: true })
}

fn names(context: &mut Context, args: &Args, mut gathered: Gathered) -> Result<Exit> {
    let mut items = Vec::new();
    for subject in &gathered.subjects {
        let versions: Vec<Version> = if args.all_versions { Version::all().collect() } else { vec![subject.version()] };
        let unnamed = |&version: &Version| subject.unnamed(version);
        if let Some(unnamed) = versions.iter().find_map(unnamed) {
            gathered.notes.push(Note::on(subject.path.clone(), unnamed.to_string()));
        }
        if let Some(note) = subject.not_served(&versions) {
            gathered.notes.push(note);
        }
        items.extend(versions.iter().map(|&version| subject.item(version, args.collision)));
        subject.remarks(context, &versions)?;
    }
    let failed = !gathered.whole || items.iter().any(|item| item.error.is_some());
    let nothing = items.is_empty();
    gathered.notes.extend(match (context.globals.output, args.all_versions) {
        (Format::Name, false) => version_notes(gathered.subjects.iter().map(Subject::settled)),
        (Format::Name, true) => {
            let range = format!("{} to {}", Version::OLDEST, Version::NEWEST);
            vec![Note::new(format!("a name of each workload a line for Kubernetes {range}, the oldest first"))]
        }
        _ => Vec::new(),
    });
    let configured = args.all_versions || gathered.subjects.iter().all(|subject| subject.settings.version.configured);
    let document = Document::new(items, gathered.notes);
    context.answer(&document, |screen| {
        let table = HashesTable::new(&document.items, screen);
        if configured { table.to_string() } else { table.version_not_configured().to_string() }
    })?;
    match (failed, nothing) {
        (true, _) => Ok(Exit::Failed),
        (false, true) => Err(nothing_to_name(args)),
        (false, false) => Ok(Exit::Done),
    }
}

fn nothing_to_name(args: &Args) -> Failure {
    let files = args.files.join(", ");
    Failure::not_found(anyhow::anyhow!("no Deployment, StatefulSet or DaemonSet in {files}"))
}

/// Prints a text of each workload, with the version in a note.
fn print<'g>(
    context: &mut Context,
    args: &Args,
    gathered: &'g Gathered,
    text: impl Fn(&Subject, View<'g>) -> std::result::Result<String, &'g Finding>,
) -> Result<Exit> {
    if gathered.subjects.is_empty() && gathered.whole {
        return Err(nothing_to_name(args));
    }
    let mut texts = Vec::new();
    for subject in &gathered.subjects {
        let unnamed = subject.unnamed(subject.version()).filter(|_| args.dump);
        if let Some(unnamed @ Unnamed::TooOld(_)) = unnamed {
            context.report(&Diagnostic::error(format!("{}: {unnamed}", subject.shown_name())))?;
            continue;
        }
        match text(subject, subject.view()) {
            Ok(text) => texts.push(format!("{}\n", text.trim_end_matches('\n'))),
            Err(finding) => context.report(&subject.remark(finding, &[subject.version()]).1)?,
        }
    }
    let failed = !gathered.whole || texts.len() < gathered.subjects.len();
    let notes = [version_notes(gathered.subjects.iter().map(Subject::settled)), gathered.notes.clone()].concat();
    let (language, between) = match (args.dump, context.globals.output) {
        (true, _) => ("go", ""),
        (false, Format::Json) => ("json", ""),
        (false, _) => ("yaml", "---\n"),
    };
    context.sources(&texts, language, between, &notes)?;
    Ok(if failed { Exit::Failed } else { Exit::Done })
}
