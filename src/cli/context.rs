//! What a command gets: its global options, its streams, the time.

#[cfg(feature = "cluster")]
use std::cell::OnceCell;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
#[cfg(feature = "cluster")]
use std::rc::Rc;

use anyhow::Context as _;
use jiff::{Timestamp, tz::TimeZone};

use super::args::{Format, Globals};
use super::config::{self, Config};
use super::differ::Differ;
use super::environment::Environment;
use super::failure::{Failure, Result};
use super::onward::Onward;
use super::pager::Pager;
use super::progress::Progress;
use super::stream::Stream;
use crate::output::{Diagnostic, Document, Item, Note, Screen, markdown_sources};
use crate::text::Untrusted;

/// The world of one command.
pub(super) struct Context {
    pub globals: Globals,
    /// When the command began.
    pub now: Timestamp,
    /// The folder for caches of the user.
    pub cache: Option<PathBuf>,
    /// The two states that pre-commit tells its hooks of.
    pub pre_commit: Option<[String; 2]>,
    /// The index to read in place of the repository's own.
    pub index_file: Option<PathBuf>,
    /// What shows differences in place of the table.
    pub differ: Option<Differ>,
    #[cfg(feature = "cluster")]
    pub reach: super::reach::Reach,
    /// The cluster that was asked already.
    #[cfg(feature = "cluster")]
    pub cluster: OnceCell<Rc<crate::cluster::Cluster>>,
    stdout: Stream,
    stderr: Stream,
    screen: Screen,
    /// The lines of the terminal and the pager for what is longer.
    pager: Option<(usize, Pager)>,
}

/// No manifest is larger; what is would fill the memory.
const LARGEST_INPUT: u64 = crate::yaml::MAX_INPUT as u64;

impl Context {
    /// The context on the program's own streams.
    pub fn new(globals: Globals, environment: &Environment, now: Timestamp) -> Self {
        let colors = |is_terminal| environment.colors(globals.color, is_terminal);
        let pager = if globals.no_pager { None } else { Pager::from_variable(environment.pager.as_deref()) };
        let (out, err) = (environment.stdout_is_terminal, environment.stderr_is_terminal);
        Self {
            now,
            cache: environment.cache.clone(),
            pre_commit: environment.pre_commit.clone(),
            index_file: environment.index_file.clone(),
            differ: Differ::from_variable(environment.external_diff.as_deref()),
            #[cfg(feature = "cluster")]
            reach: environment.reach.clone(),
            #[cfg(feature = "cluster")]
            cluster: OnceCell::new(),
            stdout: Stream::new(io::stdout(), colors(out), out),
            stderr: Stream::new(io::stderr(), colors(err), err),
            screen: if globals.output == Format::Wide { Screen::Unlimited } else { environment.screen() },
            pager: environment.lines().zip(pager),
            globals,
        }
    }

    /// The folder that the repository is looked for in.
    pub fn directory(&self) -> &Path {
        self.globals.directory.as_deref().unwrap_or(Path::new("."))
    }

    /// The git revision that walks begin at.
    pub fn reference(&self) -> &str {
        self.globals.reference.as_deref().unwrap_or("HEAD")
    }

    /// The settings: of `--config`, else of the repository whose root is given, if it has any.
    pub fn config(&self, root: Option<&Path>) -> Result<Config> {
        let named = self.globals.config.clone();
        let in_root = root.map(|root| root.join(config::FILE_NAME)).filter(|path| path.is_file());
        match named.or(in_root) {
            Some(path) => read_config(&path),
            None => Ok(Config::default()),
        }
    }

    /// Reads what `-f` names: a file, or standard input for `-`.
    pub fn read_input(&self, file: &str) -> Result<Vec<u8>> {
        match file {
            "-" => read_bounded(io::stdin().lock(), "standard input"),
            path => {
                let opened = File::open(path).with_context(|| format!("cannot open `{path}`"))?;
                read_bounded(opened, path)
            }
        }
    }

    /// Prints a document in the form that was asked for. The table is made only if it is what is printed; the notes
    /// are in the other forms, or stand on stderr.
    pub fn answer<T: Item>(&mut self, document: &Document<T>, table: impl FnOnce(Screen) -> String) -> Result<()> {
        match self.globals.output {
            Format::Json => self.stdout.write_by(|out| document.write_json(out))?,
            Format::Yaml => self.write_bytes(document.yaml().as_bytes())?,
            Format::Name => self.write_bytes(document.names().as_bytes())?,
            Format::Markdown => self.write_bytes(document.markdown(&table(Screen::Markdown)).as_bytes())?,
            Format::Table | Format::Wide | Format::Unified | Format::Github | Format::Sarif | Format::Junit => {
                self.page(&table(self.screen))?
            }
        }
        if !matches!(self.globals.output, Format::Json | Format::Yaml | Format::Markdown) {
            document.notes.iter().try_for_each(|note| self.warn(&Diagnostic::from(note)))?;
        }
        Ok(())
    }

    /// The user's time zone, read where it is asked for: most commands do not.
    pub fn zone(&self) -> TimeZone {
        TimeZone::system()
    }

    /// Counts work on stderr, where that is a terminal and it takes long.
    pub fn progress(&self, what: &'static str) -> Progress {
        Progress::new(what, self.stderr.is_terminal && !self.globals.quiet)
    }

    /// Shows how far a rollout is on stderr, where that is a terminal.
    #[cfg(feature = "cluster")]
    pub fn bar(&self) -> super::bar::Bar {
        super::bar::Bar::new(self.stderr.is_terminal && !self.globals.quiet && !self.globals.verbose)
    }

    /// Prints styled text: in a pager where it is longer than the terminal.
    pub fn page(&mut self, text: &str) -> Result<()> {
        let text = self.stdout.styled(text.to_owned());
        let paged = match &self.pager {
            Some((lines, pager)) if text.lines().count() >= *lines => pager.show(&text)?,
            _ => false,
        };
        if !paged {
            self.stdout.write(text.as_bytes())?;
        }
        Ok(())
    }

    /// Prints a text of the repository: byte for byte into a pipe, without its control characters on a terminal.
    pub fn source(&mut self, text: &[u8]) -> Result<()> {
        if !self.stdout.is_terminal {
            return self.write_bytes(text);
        }
        let text = Untrusted::from(String::from_utf8_lossy(text));
        self.page(&text.terminal_lines().to_string())
    }

    /// Prints texts of the repository one after another, with something between them: in Markdown each as a block of a
    /// language, the notes below; else the notes stand on stderr.
    pub fn sources(&mut self, texts: &[String], language: &str, between: &str, notes: &[Note]) -> Result<()> {
        if self.globals.output == Format::Markdown {
            return self.write_bytes(markdown_sources(texts, language, notes).as_bytes());
        }
        self.source(texts.join(between).as_bytes())?;
        notes.iter().try_for_each(|note| self.warn(&Diagnostic::from(note)))
    }

    /// The room that there is for tables.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// Whether standard output is a terminal, so that no control character may reach it.
    pub fn is_terminal(&self) -> bool {
        self.stdout.is_terminal
    }

    /// Prints bytes of the tool's own making as they are.
    pub fn write_bytes(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.stdout.write(bytes)?)
    }

    /// Says something on stderr that is no error, unless `-q`.
    pub fn warn(&mut self, diagnostic: &Diagnostic) -> Result<()> {
        if self.globals.quiet { Ok(()) } else { self.report(diagnostic) }
    }

    /// Says on stderr that something failed, and what to try.
    pub fn fail(&mut self, failure: &Failure) -> Result<()> {
        self.report(&failure.diagnostic(&Onward::of(&self.globals)))
    }

    /// Says on stderr what went wrong with a part of the answer.
    pub fn report(&mut self, diagnostic: &Diagnostic) -> Result<()> {
        let text = self.stderr.styled(diagnostic.to_string());
        Ok(self.stderr.write(text.as_bytes())?)
    }
}

fn read_config(path: &PathBuf) -> Result<Config> {
    let name = path.display().to_string();
    let bytes = read_bounded(File::open(path).with_context(|| format!("cannot open `{name}`"))?, &name)?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::new(format!("`{name}` is not UTF-8")))?;
    Config::parse(&text, &name).map_err(|error| error.into_failure(&text))
}

fn read_bounded(input: impl Read, name: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(LARGEST_INPUT + 1).read_to_end(&mut bytes).with_context(|| format!("cannot read `{name}`"))?;
    if bytes.len() as u64 > LARGEST_INPUT {
        return Err(Failure::new(format!("`{name}` is larger than {} MiB", LARGEST_INPUT >> 20)));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::rc::Rc;

    use super::*;
    use crate::output::{ManifestItem, ObjectName};

    fn context(globals: Globals) -> Context {
        Context::new(globals, &Environment::default(), Timestamp::UNIX_EPOCH)
    }

    /// What a command wrote, to look at after it.
    #[derive(Clone, Default)]
    struct Written(Rc<RefCell<Vec<u8>>>);

    impl io::Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Written {
        fn text(&self) -> String {
            String::from_utf8(self.0.borrow().clone()).unwrap()
        }
    }

    /// What a document of one manifest and one note looks like on both streams.
    fn answered(output: Format, quiet: bool) -> (String, String) {
        let (out, err) = (Written::default(), Written::default());
        let mut context = context(Globals { output, quiet, ..Globals::default() });
        context.stdout = Stream::new(out.clone(), false, false);
        context.stderr = Stream::new(err.clone(), false, false);
        let name = |text: &str| Untrusted::from(text);
        let object = ObjectName { api_version: name("v1"), kind: name("Pod"), namespace: None, name: name("web") };
        let item = ManifestItem { object, path: name("web.yaml"), manifest: serde_json::json!({}) };
        let document = Document::new(vec![item], vec![Note::new("one was skipped")]);
        context.answer(&document, |_| "\x1b[1mTABLE\x1b[0m\n".to_owned()).unwrap();
        (out.text(), err.text())
    }

    #[test]
    fn an_answer_has_the_form_that_was_asked_for() {
        let note = "note: one was skipped\n";
        assert_eq!(answered(Format::Table, false), ("TABLE\n".to_owned(), note.to_owned()));
        assert_eq!(answered(Format::Table, true), ("TABLE\n".to_owned(), String::new()));
        assert_eq!(answered(Format::Name, false), ("pod/web\n".to_owned(), note.to_owned()));
        for (format, begins) in
            [(Format::Json, "{\n  \"schema\": \"rollbook/v1\","), (Format::Yaml, "schema: rollbook/v1\n")]
        {
            let (out, err) = answered(format, false);
            assert!(out.starts_with(begins) && out.contains("one was skipped") && err.is_empty(), "{out}{err}");
        }
    }

    #[test]
    fn the_configuration_is_that_of_the_root_or_the_one_named() {
        let folder = tempfile::tempdir().unwrap();
        let root = Some(folder.path());
        assert_eq!(context(Globals::default()).config(root).unwrap(), Config::default());
        std::fs::write(folder.path().join(config::FILE_NAME), "kube-version = \"1.31\"").unwrap();
        let other = folder.path().join("other.toml");
        std::fs::write(&other, "kube-version = \"1.32\"").unwrap();
        let version = |globals, root| context(globals).config(root).unwrap().kube_version.unwrap();
        assert_eq!(version(Globals::default(), root).to_string(), "1.31");
        assert_eq!(version(Globals { config: Some(other), ..Globals::default() }, root).to_string(), "1.32");
        let missing = Globals { config: Some("/nowhere.toml".into()), ..Globals::default() };
        let shown = context(missing).config(None).unwrap_err().diagnostic(&Onward::default()).to_string();
        assert!(shown.contains("cannot open `/nowhere.toml`"), "{shown}");
    }

    #[test]
    fn an_input_without_end_is_refused() {
        let failure = read_bounded(io::repeat(b'x'), "big.yaml").unwrap_err();
        assert!(failure.diagnostic(&Onward::default()).to_string().contains("`big.yaml` is larger than 16 MiB"));
    }
}
