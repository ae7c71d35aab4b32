//! The command that a user has chosen to show differences.

use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus};

/// A program that compares two folders, with its first arguments. Only the user's environment names one: a repository
/// cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Differ {
    words: Vec<String>,
}

impl Differ {
    /// From the variable ROLLBOOK_EXTERNAL_DIFF: a command and its arguments, all of them, split at spaces. An empty one
    /// means none.
    pub fn from_variable(command: Option<&str>) -> Option<Self> {
        let words: Vec<String> = command?.split_whitespace().map(str::to_owned).collect();
        (!words.is_empty()).then_some(Self { words })
    }

    /// The command as it was given.
    pub fn shown(&self) -> String {
        self.words.join(" ")
    }

    /// Runs it in a folder that has the two folders `old` and `new`, on the program's own streams.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn run(&self, folder: &Path, [old, new]: [&str; 2]) -> io::Result<ExitStatus> {
        let program = Path::new(&self.words[0]);
        // It runs in another folder, from which a relative path would lead elsewhere.
        let program = match program.components().count() {
            1 => program.to_owned(),
            _ => std::path::absolute(program)?,
        };
        Command::new(program).args(&self.words[1..]).args([old, new]).current_dir(folder).status()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_names_a_command_with_its_arguments() {
        for (variable, words) in [
            (None, None),
            (Some(""), None),
            (Some("  "), None),
            (Some("difft"), Some(vec!["difft"])),
            (Some("diff  -u -N --label=a:b -I^#"), Some(vec!["diff", "-u", "-N", "--label=a:b", "-I^#"])),
        ] {
            let words = words.map(|words| words.into_iter().map(str::to_owned).collect());
            assert_eq!(Differ::from_variable(variable).map(|differ| differ.words), words, "{variable:?}");
        }
    }
}
