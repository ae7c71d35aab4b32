//! `rollbook show`

use crate::cli::args::Format;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::input::Input;
use crate::cli::place::Place;
use crate::cli::target::Target;
use crate::cli::world::{World, of_git};
use crate::manifest::{self, Object};
use crate::output::{Document, ManifestItem, Note, ObjectName, yaml_block};
use crate::text::Untrusted;
use crate::yaml::{Dialect, Node};

/// Show the manifest of a workload as it stood at a revision, comments kept
///
/// Without a revision, as it stands at --ref. With -o json or -o yaml, as kubectl reads it. The values of Secrets are
/// always hidden.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook show deployment/web                  as it stands at HEAD
  rollbook show deployment/web 3                as it stood at revision 3
  rollbook show web v1.4.0 --template           its pod template at v1.4.0
  rollbook show -f web.yaml -o json             as kubectl would send it
  kustomize build . | rollbook show -f - -o json")]
pub(in crate::cli) struct Args {
    /// The workload, and the revision: a number, 0 for the one before the last, or a git revision
    #[arg(value_name = "TARGET [REVISION]", num_args = 1..=3, required_unless_present = "files")]
    pub target: Vec<String>,

    /// Read objects from FILE, or from standard input if it is -; can be repeated
    #[arg(short = 'f', long = "filename", value_name = "FILE", conflicts_with = "target")]
    pub files: Vec<String>,

    /// Show only the pod template
    #[arg(long)]
    pub template: bool,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let mut whole = true;
    let (mut shown, mut notes) = (Vec::new(), Vec::new());
    if args.files.is_empty() {
        let (piece, more) = of_target(context, args)?;
        shown.push(piece);
        notes = more;
    }
    for file in &args.files {
        let input = Input::read(context, file)?;
        whole &= input.whole;
        notes.extend(input.notes.iter().cloned());
        shown.extend(input.objects.iter().map(|object| Shown::of(object, &input.text, file.as_str().into())));
    }
    if args.template {
        shown.retain(|piece| piece.template.is_some());
    }
    print(context, args, shown, notes)?;
    Ok(if whole { Exit::Done } else { Exit::Failed })
}

/// An object as it is shown.
struct Shown {
    item: ManifestItem,
    /// The document's text, or of a Secret what may be seen of it.
    text: String,
    /// The same of the pod template.
    template: Option<(serde_json::Value, String)>,
}

impl Shown {
    fn of(object: &Object, file: &[u8], path: Untrusted) -> Shown {
        let manifest = object.to_json();
        let text = match object.has_secret() {
            // Anything in a Secret's text may be a value of it, comments and anchors too.
            true => yaml_block(&manifest),
            false => String::from_utf8_lossy(file.get(object.span.range()).unwrap_or_default()).into_owned(),
        };
        Shown {
            template: object.template().map(|node| (manifest::to_json(node), lines(file, node))),
            item: ManifestItem { object: ObjectName::from(&object.identity), path, manifest },
            text,
        }
    }
}

/// The text of a node, its lines moved to the left margin.
fn lines(file: &[u8], node: &Node) -> String {
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    let line_start = file[..start].iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    let indent = file[line_start..start].iter().take_while(|&&byte| byte == b' ').count();
    let text = String::from_utf8_lossy(&file[start..end.max(start)]).into_owned();
    let outdent = |line: &str| line.strip_prefix(&" ".repeat(indent)).unwrap_or(line.trim_start()).to_owned();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.iter_mut().skip(1).for_each(|line| *line = outdent(line));
    lines.join("\n")
}

fn of_target(context: &mut Context, args: &Args) -> Result<(Shown, Vec<Note>)> {
    let world = World::open(context)?;
    let (target, selection) = Target::parse_with_revision(&args.target)?;
    let place = Place::one(context, &world, &target, selection.as_ref())?;
    let blob = world.repository.file(place.commit, &place.path).map_err(of_git)?;
    let text = match blob {
        Some(blob) => world.repository.blob(blob).map_err(of_git)?,
        None => Vec::new(),
    };
    let objects = manifest::read(&text, Dialect::Kubectl).objects;
    let object = objects.iter().rev().find(|object| object.identity == place.state.identity);
    let shown = object.map(|object| Shown::of(object, &text, place.path.shown()));
    let missing = || Failure::new(format!("`{}` is not in the file any more", target.name));
    Ok((shown.ok_or_else(missing)?, place.notes))
}

fn print(context: &mut Context, args: &Args, shown: Vec<Shown>, notes: Vec<Note>) -> Result<()> {
    let format = context.globals.output;
    if matches!(format, Format::Json | Format::Yaml | Format::Name) {
        let items = shown.into_iter().map(|piece| match piece.template {
            Some((template, _)) if args.template => ManifestItem { manifest: template, ..piece.item },
            _ => piece.item,
        });
        return context.answer(&Document::new(items.collect(), notes), |_| String::new());
    }
    let texts: Vec<String> = shown
        .into_iter()
        .map(|piece| match piece.template {
            Some((_, text)) if args.template => ended(text),
            _ => ended(piece.text),
        })
        .collect();
    context.source(texts.join("---\n").as_bytes())?;
    notes.iter().try_for_each(|note| context.warn(&note.into()))
}

/// A text that ends its last line.
fn ended(text: String) -> String {
    format!("{}\n", text.trim_end_matches('\n'))
}
