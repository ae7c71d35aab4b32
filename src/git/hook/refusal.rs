//! Why a hook is not installed, or not removed.

use crate::text::shell_word;
use std::path::{Path, PathBuf};

/// What is in the way of a hook.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HookRefusal {
    #[error("the repository at `{}` is bare: nobody commits in it, so git runs no pre-commit hook there", dir.display())]
    Bare { dir: PathBuf },

    #[error("git runs no hooks here: `core.hooksPath` is `{}`, which is no folder", path.display())]
    NoFolder { path: PathBuf },

    #[error("the hooks of this repository are outside of it, in `{}`: one there may run in others too", folder.display())]
    Outside { folder: PathBuf },

    #[error("`{}` was edited after rollbook made it, so it stays as it is", file.display())]
    Edited { file: PathBuf, earlier: Option<PathBuf> },

    #[error("there are two hooks from before, `{}` and `{}`, and only one can be kept", file.display(), earlier.display())]
    InTheWay { file: PathBuf, earlier: PathBuf },

    #[error("`{}` is not the hook that rollbook made, and the one from before is still at `{}`", file.display(), earlier.display())]
    Exchanged { file: PathBuf, earlier: PathBuf },
}

impl HookRefusal {
    /// The command that helps, to be pasted.
    pub fn hint(&self) -> String {
        match self {
            Self::Bare { .. } => "install it in a clone: rollbook -C DIR hook install".into(),
            Self::NoFolder { .. } => "git config --show-origin core.hooksPath shows who says so".into(),
            Self::Outside { folder } => {
                let file = word(&folder.join("pre-commit"));
                format!(
                    "git config --show-origin core.hooksPath shows who says so; or let {file} run rollbook check --staged"
                )
            }
            Self::Edited { file, earlier: None } => format!("rm {} removes it", word(file)),
            Self::Edited { file, earlier: Some(earlier) } | Self::Exchanged { file, earlier } => {
                format!("mv {} {} puts the one from before in its place", word(earlier), word(file))
            }
            Self::InTheWay { earlier, .. } => format!("rm {} removes the older one", word(earlier)),
        }
    }
}

fn word(path: &Path) -> String {
    shell_word(&path.display().to_string())
}
