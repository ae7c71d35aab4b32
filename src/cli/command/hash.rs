//! `rollbook hash`

use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::input::Input;
use crate::cli::place::Place;
use crate::cli::target::Target;
use crate::cli::world::{Settled, World, say_version, version_for_files};
use crate::kubernetes::{Kind, Version};
use crate::manifest::Identity;
use crate::output::{Diagnostic, Document, HashItem, HashesTable, NameOf, Note, ObjectName, Unreadable, yaml_block};
use crate::snapshot::Role;
use crate::template::{Finding, Problem, Template, refusals};
use crate::text::Untrusted;
use crate::yaml::Span;

/// Compute the name that a cluster will give to a Deployment's ReplicaSet
///
/// The name depends on the version of Kubernetes, which is always said beside it. A file needs no repository: the name
/// is that of a new object.
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

    /// Print the text that Kubernetes hashes, byte for byte
    #[arg(long, conflicts_with = "explain")]
    pub dump: bool,

    /// Print the pod template with the defaults that the API server fills in
    #[arg(long)]
    pub explain: bool,

    /// Compute the name with this collision count, which the Deployment's status carries after a collision
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(0..))]
    pub collision: Option<i32>,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let gathered = if args.files.is_empty() { of_target(context, args)? } else { of_files(context, args)? };
    match (args.dump, args.explain) {
        (true, _) => print(context, &gathered, |subject| subject.template.view(gathered.version.version).dump()),
        (_, true) => print(context, &gathered, |subject| {
            subject.template.view(gathered.version.version).explain().map(|template| yaml_block(&template))
        }),
        _ => names(context, args, gathered),
    }
}

/// The workloads whose names are asked for.
struct Gathered {
    subjects: Vec<Subject>,
    notes: Vec<Note>,
    version: Settled,
    /// Whether all that was given could be read.
    whole: bool,
}

/// One workload.
struct Subject {
    identity: Identity,
    path: Untrusted,
    template: Template,
    /// False where something changes it on its way to the cluster.
    exact: bool,
    /// Where a finding stands, and what the file shows there.
    input: Option<std::rc::Rc<Input>>,
}

impl Subject {
    /// What a finding is, with its line and column where the file is at hand.
    fn unreadable(&self, finding: &Finding) -> Unreadable {
        match &self.input {
            Some(input) => input.unreadable(finding.span, finding.to_string()),
            None => Unreadable { message: finding.to_string().into(), line: None, column: None },
        }
    }

    fn report(&self, context: &mut Context, finding: &Finding, version: Version) -> Result<()> {
        let name = ObjectName::from(&self.identity).qualified();
        let what = format!("{} has no name in Kubernetes {version}: {finding}", name.as_str());
        context.report(&self.placed(Diagnostic::error(what), finding.span))
    }

    /// Says what the API server of the versions cannot decode, would refuse, or drops.
    fn remarks(&self, context: &mut Context, versions: &[Version]) -> Result<()> {
        for finding in self.template.findings() {
            match versions.iter().find(|&&version| finding.is_error(version)) {
                Some(&version) => self.report(context, finding, version)?,
                None if matches!(finding.problem, Problem::UnknownField { .. }) => {
                    let warning = Diagnostic::warning(format!("{finding}: the API server drops it"));
                    context.warn(&self.placed(warning, finding.span))?;
                }
                None => {}
            }
        }
        let object = self.input.as_ref().and_then(|input| input.object(&self.identity));
        let refused = |version| object.map(|object| refusals(object, &self.template, version)).unwrap_or_default();
        let mut said = Vec::new();
        for (refusal, version) in
            versions.iter().flat_map(|&version| refused(version).into_iter().map(move |r| (r, version)))
        {
            if !said.contains(&refusal) {
                let warning = Diagnostic::warning(format!("Kubernetes {version} would refuse it: {refusal}"));
                context.warn(&self.placed(warning, refusal.span))?;
                said.push(refusal);
            }
        }
        Ok(())
    }

    fn placed(&self, diagnostic: Diagnostic, at: Span) -> Diagnostic {
        match &self.input {
            Some(input) => diagnostic.at(input.excerpt(at)),
            None => diagnostic,
        }
    }

    fn item(&self, version: Version, collision: Option<i32>) -> HashItem {
        let is_deployment = Kind::of(&self.identity.kind) == Some(Kind::Deployment);
        let view = self.template.view(version);
        let hash = if is_deployment && self.exact { Some(view.hash(collision)) } else { None };
        let named = hash.and_then(std::result::Result::ok);
        HashItem {
            object: ObjectName::from(&self.identity),
            path: self.path.clone(),
            kube_version: version.to_string(),
            collision,
            hash: named.map(|hash| hash.to_string()),
            name: named.map(|hash| hash.replica_set_name(&self.identity.name, version).into()),
            name_of: if is_deployment { NameOf::ReplicaSet } else { NameOf::ControllerRevision },
            exact: self.exact,
            error: view.errors().next().map(|finding| self.unreadable(finding)),
        }
    }
}

fn of_files(context: &mut Context, args: &Args) -> Result<Gathered> {
    let version = version_for_files(context)?;
    let mut gathered = Gathered { subjects: Vec::new(), notes: Vec::new(), version, whole: true };
    for file in &args.files {
        let input = std::rc::Rc::new(Input::read(context, file)?);
        gathered.whole &= input.whole;
        gathered.notes.extend(input.notes.iter().cloned());
        for object in &input.objects {
            if !has_revisions(&object.identity) {
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
                exact: true,
                input: Some(input.clone()),
            });
        }
    }
    Ok(gathered)
}

fn of_target(context: &mut Context, args: &Args) -> Result<Gathered> {
    let world = World::open(context)?;
    let place = Place::one(context, &world, &Target::parse_one(&args.target)?, None)?;
    let mut notes = place.notes;
    if let Role::Rendered(by) = &place.role {
        let by: Vec<String> = by.iter().map(|path| format!("`{}`", path.shown().as_str())).collect();
        notes.push(Note::on(
            place.path.shown(),
            format!("the name is not known: {} may change the pod template", by.join(" and ")),
        ));
    }
    let subject = Subject {
        identity: place.state.identity.clone(),
        path: place.path.shown(),
        template: place.state.template.clone(),
        exact: place.role == Role::Plain,
        input: None,
    };
    Ok(Gathered { subjects: vec![subject], notes, version: world.version, whole: true })
}

fn has_revisions(identity: &Identity) -> bool {
    matches!(Kind::of(&identity.kind), Some(Kind::Deployment | Kind::StatefulSet | Kind::DaemonSet))
}

fn names(context: &mut Context, args: &Args, mut gathered: Gathered) -> Result<Exit> {
    let versions: Vec<Version> = match args.all_versions {
        true => Version::all().collect(),
        false => vec![gathered.version.version],
    };
    let mut items = Vec::new();
    for subject in &gathered.subjects {
        if Kind::of(&subject.identity.kind) != Some(Kind::Deployment) {
            let text = format!("names of a {}'s revisions are not computed by this release", subject.identity.kind);
            gathered.notes.push(Note::on(subject.path.clone(), text));
        }
        items.extend(versions.iter().map(|&version| subject.item(version, args.collision)));
        subject.remarks(context, &versions)?;
    }
    let failed = !gathered.whole || items.iter().any(|item| item.error.is_some());
    if items.is_empty() && gathered.whole {
        return Err(nothing_to_name(&gathered));
    }
    let document = Document::new(items, gathered.notes);
    let configured = gathered.version.configured || args.all_versions;
    context.answer(&document, |screen| {
        let table = HashesTable::new(&document.items, screen);
        if configured { table.to_string() } else { table.version_not_configured().to_string() }
    })?;
    Ok(if failed { Exit::Failed } else { Exit::Done })
}

fn nothing_to_name(gathered: &Gathered) -> Failure {
    let others = gathered.notes.len();
    let what = match others {
        0 => "no object was given".to_owned(),
        _ => format!("no Deployment among the {others} objects given"),
    };
    Failure::not_found(anyhow::anyhow!(what)).hint("rollbook hash -f web.yaml")
}

/// Prints a text of each workload, the version on stderr.
fn print<'g>(
    context: &mut Context,
    gathered: &'g Gathered,
    text: impl Fn(&'g Subject) -> std::result::Result<String, &'g Finding>,
) -> Result<Exit> {
    let mut failed = !gathered.whole;
    if gathered.subjects.is_empty() && !failed {
        return Err(nothing_to_name(gathered));
    }
    say_version(context, gathered.version)?;
    for subject in &gathered.subjects {
        match text(subject) {
            Ok(text) if text.ends_with('\n') => context.source(text.as_bytes())?,
            Ok(text) => context.source(format!("{text}\n").as_bytes())?,
            Err(finding) => {
                failed = true;
                subject.report(context, finding, gathered.version.version)?;
            }
        }
    }
    gathered.notes.iter().try_for_each(|note| context.warn(&note.into()))?;
    Ok(if failed { Exit::Failed } else { Exit::Done })
}
