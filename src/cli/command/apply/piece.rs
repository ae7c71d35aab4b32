//! What is applied: objects of a commit or of files, with the reason.

use serde_json::Value;

use super::Args;
use crate::cli::context::Context;
use crate::cli::failure::{Failure, Result};
use crate::cli::input::Input;
use crate::cli::live::Namespace;
use crate::cli::place::{self, Place};
use crate::cli::target::Target;
use crate::cli::world::{World, of_git};
use crate::cluster::{Cluster, Resource};
use crate::git::RepoPath;
use crate::kubernetes::Kind;
use crate::manifest::{self, Identity, Object};
use crate::output::ObjectName;
use crate::revision::{Candidate, Revision, Row};
use crate::snapshot::{Role, Snapshots};
use crate::text::Untrusted;
use crate::yaml::Dialect;

/// One object that is applied.
pub(in crate::cli) struct Piece {
    pub object: Object,
    /// All that it says, values of Secrets too.
    pub wire: Value,
    pub namespace: String,
    /// Why, where it is known.
    pub cause: Option<String>,
    /// What stands for it where it is not: the command, as kubectl's `--record` had it.
    pub command: String,
    /// `revision 3`, where it is one.
    pub goal: Option<String>,
    pub path: Untrusted,
}

/// The kinds that others need to be there first.
const FIRST: [Kind; 8] = [
    Kind::Namespace,
    Kind::CustomResourceDefinition,
    Kind::ServiceAccount,
    Kind::ClusterRole,
    Kind::ClusterRoleBinding,
    Kind::Secret,
    Kind::ConfigMap,
    Kind::PersistentVolumeClaim,
];

impl Piece {
    /// What the arguments name, in the order in which it is applied.
    pub fn all(context: &mut Context, args: &Args, cluster: &Cluster) -> Result<Vec<Piece>> {
        let default = cluster.namespace();
        let cause = args.message.clone();
        let mut pieces = match (&args.target[..], &args.files[..]) {
            ([], []) if context.globals.scope.is_some() || !context.globals.paths.is_empty() => {
                of_scope(context, cause, default)?
            }
            ([], []) => {
                let failure = Failure::new("say what to apply: an object, a file with -f, or a --scope");
                return Err(failure.hint("rollbook list shows the workloads of the repository"));
            }
            ([], files) => {
                let namespace = Namespace::of(context, cluster)?.name;
                of_files(context, files, cause, &namespace)?
            }
            (words, _) => vec![Piece::of_target(context, words, cause, default)?],
        };
        pieces.sort_by_key(|piece| {
            let kind = Kind::of(&piece.object.identity.kind);
            let is_workload = kind.is_some_and(Kind::is_workload);
            (FIRST.iter().position(|first| Some(*first) == kind).unwrap_or(FIRST.len()), is_workload)
        });
        Ok(pieces)
    }

    /// The object that is named, as it stands in git: at the revision that is, where there is one.
    pub fn of_target(context: &Context, words: &[String], cause: Option<String>, default: &str) -> Result<Piece> {
        let (target, selection) = Target::parse_with_revision(words)?;
        let world = World::open(context)?;
        let (candidate, _) = place::only(&world, &target)?;
        let place = Place::one(context, &world, &target, selection.as_ref())?;
        let shown = place.path.shown();
        if place.role != Role::Plain {
            let by = place.role.rendered_by().first().map_or(shown.clone(), RepoPath::shown);
            return Err(changed_on_its_way(&by, &shown));
        }
        let text = world.repository.file_text(place.commit, &place.path).map_err(of_git)?.unwrap_or_default();
        let objects = manifest::read(&text, Dialect::Kubectl).objects;
        let of = |identity: &Identity| (identity.kind.clone(), identity.name.clone());
        let object = objects.into_iter().rfind(|object| of(&object.identity) == of(&candidate.identity));
        let object = object.ok_or_else(|| Failure::new(format!("`{}` does not have it any more", shown.as_str())))?;
        let goal = place.revision.map(|number| format!("revision {number}"));
        let cause = match (cause, &selection) {
            (Some(cause), _) => Some(cause),
            // A commit off the line has a line of its own.
            (None, Some(_)) if place.revision.is_none() => {
                let there = World::at(context, place.commit, world.reference.as_str())?;
                own_cause(&there, &place::only(&there, &target)?.0, None)?
            }
            (None, _) => own_cause(&world, &candidate, place.revision)?,
        };
        Ok(Piece {
            wire: object.wire(&text),
            namespace: namespace(&world, &object, &place.path, default),
            command: command(&object),
            object,
            cause,
            goal,
            path: shown,
        })
    }

    /// `deployment.apps/web`
    pub fn name(&self) -> String {
        ObjectName::from(&self.object.identity).qualified().terminal().to_string()
    }
}

/// The command for an object of git.
fn command(object: &Object) -> String {
    format!("rollbook apply {}", ObjectName::from(&object.identity).qualified().as_str())
}

/// That what is written is not what the cluster would get.
fn changed_on_its_way(by: &Untrusted, path: &Untrusted) -> Failure {
    let what = format!("`{}` may change `{}` on its way to the cluster", by.as_str(), path.as_str());
    Failure::new(what).hint("kustomize build . | rollbook apply -f -")
}

/// The cause of a revision, of the newest where none is meant; none of what has no pods.
fn own_cause(world: &World, candidate: &Candidate, revision: Option<Revision>) -> Result<Option<String>> {
    if !candidate.identity.is_workload() {
        return Ok(None);
    }
    let lineage = place::walk(world, world.tip, candidate)?;
    let is_meant = |row: &&Row| match (row.event.revision, revision) {
        (None, _) => false,
        (number, Some(_)) => number == revision,
        (Some(_), None) => true,
    };
    Ok(lineage.rows.iter().rfind(is_meant).map(|row| row.cause.text.as_str().to_owned()))
}

/// Where an object goes: `default` where nothing says it.
pub(in crate::cli) fn namespace(world: &World, object: &Object, path: &RepoPath, default: &str) -> String {
    world.namespaces.of(object.identity.namespace.as_deref(), path).unwrap_or(default).to_owned()
}

fn of_files(context: &mut Context, files: &[String], cause: Option<String>, default: &str) -> Result<Vec<Piece>> {
    let mut pieces = Vec::new();
    for file in files {
        let input = Input::read(context, file)?;
        if !input.whole {
            return Err(Failure::new(format!("`{file}` cannot be read to its end, so nothing is applied")));
        }
        let asked = context.globals.namespace.clone();
        input.objects.iter().try_for_each(|object| is_where_asked(&object.identity, asked.as_deref()))?;
        pieces.extend(input.objects.iter().map(|object| Piece {
            wire: object.wire(&input.text),
            namespace: object.identity.namespace.clone().unwrap_or_else(|| default.to_owned()),
            cause: cause.clone().or_else(|| object.change_cause().map(str::to_owned)),
            command: format!("rollbook apply -f {file}"),
            goal: None,
            path: file.as_str().into(),
            object: object.clone(),
        }));
    }
    match pieces.is_empty() {
        true => Err(Failure::not_found(anyhow::anyhow!("there is no object to apply in what was given"))),
        false => Ok(pieces),
    }
}

/// That an object does not say another namespace than the one that is asked for, in kubectl's words.
///
/// Source: `k8s.io/cli-runtime`, `pkg/resource/visitor.go`, `RequireNamespace`.
fn is_where_asked(identity: &Identity, asked: Option<&str>) -> Result<()> {
    let has_namespace = Kind::of(&identity.kind).is_none_or(|kind| Resource::of(kind).namespaced);
    let own = identity.namespace.as_deref().filter(|_| has_namespace);
    let Some((own, asked)) = own.zip(asked).filter(|(own, asked)| own != asked) else { return Ok(()) };
    let own = Untrusted::from(own);
    let own = own.terminal();
    Err(Failure::new(format!(
        "the namespace from the provided object \"{own}\" does not match the namespace \"{asked}\". You must pass \
         '--namespace={own}' to perform this operation."
    )))
}

fn of_scope(context: &Context, cause: Option<String>, default: &str) -> Result<Vec<Piece>> {
    let world = World::open(context)?;
    let snapshot = Snapshots::new(&world.repository, None).of_tree(world.tip).map_err(of_git)?;
    let mut pieces = Vec::new();
    for (place, object) in snapshot.objects() {
        let file = snapshot.file(place);
        if !file.path.is_under_any(&world.paths) || !world.namespaces.has(&object.identity, &file.path) {
            continue;
        }
        if let Some(by) = file.role.rendered_by().first() {
            return Err(changed_on_its_way(&by.shown(), &file.path.shown()));
        }
        let cause = match &cause {
            Some(cause) => Some(cause.clone()),
            None => {
                let candidate = Candidate::standing(&object.identity, &file.path, &snapshot);
                own_cause(&world, &candidate, None)?
            }
        };
        pieces.push(Piece {
            wire: object.wire(&file.contents.text),
            namespace: namespace(&world, object, &file.path, default),
            cause,
            command: command(object),
            goal: None,
            path: file.path.shown(),
            object: object.clone(),
        });
    }
    match pieces.is_empty() {
        true => {
            Err(Failure::not_found(anyhow::anyhow!("nothing stands in those paths at `{}`", world.reference.as_str())))
        }
        false => Ok(pieces),
    }
}
