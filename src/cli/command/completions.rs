//! `rollbook completions`

use clap_complete::Shell;

use crate::cli::args::definition;
use crate::cli::context::Context;
use crate::cli::failure::{Exit, Result};

/// Print the completions for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  rollbook completions bash > ~/.local/share/bash-completion/completions/rollbook
  rollbook completions zsh > ~/.zfunc/_rollbook
  rollbook completions fish > ~/.config/fish/completions/rollbook.fish")]
pub(in crate::cli) struct Args {
    /// The shell that will read them
    #[arg(value_enum)]
    shell: Shell,
}

pub(in crate::cli) fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut definition(), "rollbook", &mut script);
    context.write_bytes(&script)?;
    Ok(Exit::Done)
}
