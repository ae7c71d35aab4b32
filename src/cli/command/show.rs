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
use crate::yaml::{Dialect, Node, Span, Style};

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
    /// The workload, and the revision: a number, 0 for the one before the last, hash:6c5f67b5f7, image:web:1.4,
    /// date:2026-10-01T14:00, commit:3f2a9c1 or any git revision, live for the one that the cluster runs
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
        if shown.is_empty() && whole {
            return Err(Failure::not_found(anyhow::anyhow!("nothing that was given has a pod template")));
        }
    }
    print(context, args, shown, notes)?;
    Ok(if whole { Exit::Done } else { Exit::Failed })
}

/// An object as it is shown.
struct Shown {
    item: ManifestItem,
    /// Its own text, or of a Secret what may be seen of it.
    text: String,
    /// The same of the pod template.
    template: Option<(serde_json::Value, String)>,
}

impl Shown {
    fn of(object: &Object, file: &[u8], path: Untrusted) -> Shown {
        let manifest = object.to_json();
        // Anything in a Secret's text may be a value of it, comments and anchors too.
        let text = |span, style, json: &serde_json::Value| match source(file, span, style) {
            Some(source) if !object.has_secret() => source,
            _ => yaml_block(json),
        };
        let template = |node: &Node| {
            let json = manifest::to_json(node);
            let text = text(node.span, node.style, &json);
            (json, text)
        };
        Shown {
            text: text(object.span, object.node().style, &manifest),
            template: object.template().map(template),
            item: ManifestItem { object: ObjectName::from(&object.identity), path, manifest },
        }
    }
}

/// The text of a document or a part of one, its lines moved to the left margin; none of what an alias stands for, since
/// its text is elsewhere.
fn source(file: &[u8], span: Span, style: Style) -> Option<String> {
    let text = file.get(span.range()).filter(|text| !text.starts_with(b"*"))?;
    let before = &file[..span.start as usize];
    let before = &before[memchr::memrchr(b'\n', before).map_or(0, |end| end + 1)..];
    let margin = match style {
        // Beside a dash, the other lines of an item stand under its first word.
        Style::Block => before.len(),
        _ => before.iter().take_while(|&&byte| byte == b' ').count(),
    };
    let outdented = |line: &str| line[line.bytes().take(margin).take_while(|&byte| byte == b' ').count()..].to_owned();
    let text = String::from_utf8_lossy(text);
    let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
    let lines = std::iter::once(first.to_owned()).chain(rest.split('\n').map(outdented));
    Some(lines.collect::<Vec<_>>().join("\n"))
}

fn of_target(context: &mut Context, args: &Args) -> Result<(Shown, Vec<Note>)> {
    let world = World::open(context)?;
    let (target, selection) = Target::parse_with_revision(&args.target)?;
    let place = Place::one(context, &world, &target, selection.as_ref())?;
    let text = world.repository.file_text(place.commit, &place.path).map_err(of_git)?.unwrap_or_default();
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
    let text = |piece: Shown| match piece.template {
        Some((_, text)) if args.template => ended(text),
        _ => ended(piece.text),
    };
    let texts: Vec<String> = shown.into_iter().map(text).collect();
    context.sources(&texts, "yaml", "---\n", &notes)
}

/// A text that ends its last line.
fn ended(text: String) -> String {
    format!("{}\n", text.trim_end_matches('\n'))
}
