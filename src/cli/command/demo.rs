//! `rollbook demo`

mod story;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Parser as _;

use crate::cli::args::Args as Line;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Failure, Result};
use crate::cli::run::dispatch;
use crate::cli::world::of_git;
use crate::git;
use crate::text::shell_word;

/// Make a small repository and tour the commands on it
///
/// The repository holds a web shop's Deployment and a handful of commits. Every command of the tour is printed with its
/// output, so that it can be tried again in the folder.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook demo                                 in a temporary folder
  rollbook demo shop                            in the new folder shop")]
pub(in crate::cli) struct Args {
    /// Make the repository in DIR, which must not exist or be empty
    #[arg(value_name = "DIR")]
    pub directory: Option<PathBuf>,
}

/// What the tour says before a command, and the command.
const TOUR: [(&str, &str); 8] = [
    ("Which changes restarted the pods, when, by whom and why? Each has a number for good:", "rollbook history web"),
    ("What happened between them, the changes that rolled nothing?", "rollbook history web --all"),
    ("The names depend on the version of Kubernetes:", "rollbook hash web --all-versions"),
    ("What did revision 3 run?", "rollbook history web --revision 3 --kube-version 1.34"),
    ("Since when is the memory limit what it is, and who set it?", "rollbook blame web limits.memory"),
    (
        "The last release restarts every minute. Take it back, on a branch of its own:",
        "rollbook undo web --branch undo-web",
    ),
    ("The reason is on record, and the number is a new one:", "rollbook history web --limit 2 --ref undo-web"),
    ("The image is edited now, and not committed. What would it do?", "rollbook history web --limit 2"),
];
/// The command of the tour that comes after the edit.
const AFTER_EDIT: usize = 7;

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let dir = match &args.directory {
        Some(dir) => empty(dir)?,
        None => temporary()?,
    };
    let repository = git::init(&dir).map_err(of_git)?;
    for step in story::steps() {
        step.commit(&repository).map_err(of_git)?;
    }
    say(context, &format!("# A web shop's repository, in {}", dir.display()))?;
    for (index, (question, command)) in TOUR.iter().enumerate() {
        if index == AFTER_EDIT {
            edit(&dir)?;
        }
        say(context, &format!("\n# {question}\n$ {command}"))?;
        step(context, command, &dir)?;
    }
    say(context, &format!("\n# Try more of it:\n$ cd {}\n$ rollbook --help", shell_word(&dir.display().to_string())))?;
    Ok(Exit::Done)
}

/// Runs one command of the tour as if it were typed in the repository's folder.
fn step(context: &Context, command: &str, dir: &Path) -> Result<()> {
    let mut line = Line::try_parse_from(command.split(' '))?;
    line.globals.directory = Some(dir.to_owned());
    line.globals.color = context.globals.color;
    line.globals.no_pager = true;
    let mut context = Context::new(line.globals, &crate::cli::environment::Environment::read(), context.now);
    dispatch(&mut context, &line.command).map(|_| ())
}

fn say(context: &mut Context, text: &str) -> Result<()> {
    context.source(format!("{text}\n").as_bytes())
}

/// Sets a new image in the working tree.
fn edit(dir: &Path) -> Result<()> {
    let path = dir.join(story::PATH);
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let edited = text.replace(story::LAST_IMAGE, story::NEXT_IMAGE);
    fs::write(&path, edited).with_context(|| format!("cannot write `{}`", path.display()))?;
    Ok(())
}

/// The folder, made if need be. Nothing that is there is touched.
fn empty(dir: &Path) -> Result<PathBuf> {
    fs::create_dir_all(dir).with_context(|| format!("cannot make the folder `{}`", dir.display()))?;
    let mut entries = fs::read_dir(dir).with_context(|| format!("cannot read the folder `{}`", dir.display()))?;
    match entries.next() {
        None => Ok(dir.to_owned()),
        Some(_) => Err(Failure::new(format!("`{}` is not empty", dir.display())).hint("rollbook demo")),
    }
}

/// A new folder among the temporary ones.
fn temporary() -> Result<PathBuf> {
    let parent = std::env::temp_dir();
    for number in 1..1_000 {
        let dir = parent.join(format!("rollbook-demo-{number}"));
        match fs::create_dir(&dir) {
            Ok(()) => return Ok(dir),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => {
                let what = format!("cannot make the folder `{}`", dir.display());
                return Err(anyhow::Error::from(error).context(what).into());
            }
        }
    }
    Err(Failure::new(format!("`{}` is full of older demos", parent.display())).hint("rollbook demo DIR"))
}
