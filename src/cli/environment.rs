//! What the program was given beside its arguments, read once.

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use super::args::Color;
use crate::output::Screen;

/// The variables and terminals that the command line looks at.
#[derive(Debug, Clone, Default)]
pub(super) struct Environment {
    pub no_color: bool,
    pub color_forced: bool,
    pub dumb: bool,
    /// COLUMNS, which wins over what the terminal says.
    pub columns: Option<usize>,
    pub pager: Option<String>,
    /// The command that shows differences.
    pub external_diff: Option<String>,
    /// The folder for caches of the user who runs the program.
    pub cache: Option<PathBuf>,
    /// The commits that pre-commit tells its hooks to compare.
    pub pre_commit: Option<[String; 2]>,
    /// The index that git names to hooks.
    pub index_file: Option<PathBuf>,
    /// The way to a cluster.
    #[cfg(feature = "cluster")]
    pub reach: super::reach::Reach,
    pub stdout_is_terminal: bool,
    pub stderr_is_terminal: bool,
    /// The terminal's columns and lines.
    pub size: Option<(usize, usize)>,
}

impl Environment {
    /// Reads it.
    pub fn read() -> Self {
        let size = terminal_size::terminal_size();
        Self {
            no_color: variable("NO_COLOR").is_some_and(|value| !value.is_empty()),
            color_forced: variable("CLICOLOR_FORCE").is_some_and(|value| !matches!(value.as_str(), "" | "0")),
            dumb: variable("TERM").is_some_and(|value| value == "dumb"),
            columns: variable("COLUMNS").and_then(|value| value.parse().ok()).filter(|columns| *columns > 0),
            pager: variable("PAGER"),
            external_diff: variable("ROLLBOOK_EXTERNAL_DIFF"),
            cache: cache_home(),
            pre_commit: variable("PRE_COMMIT_FROM_REF").zip(variable("PRE_COMMIT_TO_REF")).map(<[String; 2]>::from),
            index_file: env::var_os("GIT_INDEX_FILE").filter(|file| !file.is_empty()).map(PathBuf::from),
            #[cfg(feature = "cluster")]
            reach: super::reach::Reach::read(),
            stdout_is_terminal: io::stdout().is_terminal(),
            stderr_is_terminal: io::stderr().is_terminal(),
            size: size.map(|(columns, lines)| (columns.0.into(), lines.0.into())),
        }
    }

    /// Whether to use colours on a stream. A flag wins over the variables (<https://no-color.org>), a refusal over a
    /// wish.
    pub fn colors(&self, wanted: Color, is_terminal: bool) -> bool {
        match wanted {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => !self.no_color && (self.color_forced || (is_terminal && !self.dumb)),
        }
    }

    /// The room that tables on standard output have.
    pub fn screen(&self) -> Screen {
        if !self.stdout_is_terminal {
            return Screen::Pipe(Screen::DEFAULT_WIDTH);
        }
        let width = self.columns.or(self.size.map(|(columns, _)| columns)).filter(|columns| *columns > 0);
        Screen::Terminal(width.unwrap_or(Screen::DEFAULT_WIDTH))
    }

    /// The lines that fit on the terminal, if standard output is one.
    pub fn lines(&self) -> Option<usize> {
        self.size.filter(|_| self.stdout_is_terminal).map(|(_, lines)| lines)
    }
}

/// <https://specifications.freedesktop.org/basedir-spec/latest/>: a relative path is none.
fn cache_home() -> Option<PathBuf> {
    let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CACHE_HOME").or_else(|| Some(absolute("HOME")?.join(".cache")))
}

/// Whether a folder belongs to the user who runs the program.
pub(super) fn is_own(folder: &Path) -> bool {
    #[cfg(unix)]
    return std::fs::metadata(folder)
        .is_ok_and(|metadata| std::os::unix::fs::MetadataExt::uid(&metadata) == rustix::process::geteuid().as_raw());
    #[cfg(not(unix))]
    return folder.is_dir();
}

pub(super) fn variable(name: &str) -> Option<String> {
    env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_used_where_wanted() {
        let plain = Environment::default();
        let no_color = Environment { no_color: true, color_forced: true, ..Environment::default() };
        let forced = Environment { color_forced: true, ..Environment::default() };
        let dumb = Environment { dumb: true, ..Environment::default() };
        for (environment, wanted, terminal, expected) in [
            (&plain, Color::Auto, true, true),
            (&plain, Color::Auto, false, false),
            (&plain, Color::Always, false, true),
            (&plain, Color::Never, true, false),
            (&no_color, Color::Auto, true, false),
            (&no_color, Color::Always, true, true),
            (&forced, Color::Auto, false, true),
            (&dumb, Color::Auto, true, false),
        ] {
            assert_eq!(environment.colors(wanted, terminal), expected, "{environment:?} {wanted:?}");
        }
    }

    #[test]
    fn a_table_has_the_terminals_width() {
        let terminal = Environment { stdout_is_terminal: true, size: Some((120, 40)), ..Environment::default() };
        assert_eq!(terminal.screen(), Screen::Terminal(120));
        assert_eq!(Environment { columns: Some(60), ..terminal.clone() }.screen(), Screen::Terminal(60));
        assert_eq!(Environment { stdout_is_terminal: false, ..terminal }.screen(), Screen::Pipe(80));
    }
}
