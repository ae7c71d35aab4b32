//! Objects of the files that `-f` names: read, and what is wrong with them reported with its place.

use super::args::Format;
use super::context::Context;
use super::failure::Result;
use crate::manifest::{self, Object, Reading};
use crate::output::{Diagnostic, Excerpt, Note, Unreadable};
use crate::yaml::{self, Dialect, Span};

/// A file as it was given, with the objects in it.
pub(super) struct Input {
    /// `-` for standard input.
    pub path: String,
    pub text: Vec<u8>,
    pub objects: Vec<Object>,
    /// Whether all of it could be read.
    pub whole: bool,
    /// What could not be, for scripts: people read it on stderr.
    pub notes: Vec<Note>,
    /// Whether a line of it may be shown: not where one may be a Secret's.
    may_show: bool,
}

impl Input {
    /// Reads a file; says on stderr what is lost or cannot be read.
    pub fn read(context: &mut Context, file: &str) -> Result<Input> {
        match context.read_input(file) {
            Ok(text) => Self::of(context, file, text),
            Err(failure) => {
                context.fail(&failure)?;
                let mut input = Self::of(context, file, Vec::new())?;
                input.lose(context, "cannot read the file".to_owned());
                Ok(input)
            }
        }
    }

    /// The same of a text that was read already.
    pub fn of(context: &mut Context, file: &str, text: Vec<u8>) -> Result<Input> {
        let reading = manifest::read(&text, Dialect::Kubectl);
        Self::of_reading(context, file, text, reading)
    }

    /// The same of a text and what it says.
    pub fn of_reading(context: &mut Context, file: &str, text: Vec<u8>, reading: Reading) -> Result<Input> {
        let (objects, may_show) = (reading.objects, !reading.may_hold_secret);
        let mut input = Input { path: file.to_owned(), text, objects, whole: true, notes: Vec::new(), may_show };
        for warning in &reading.warnings {
            context.warn(&Diagnostic::warning(warning.message()).at(input.excerpt(warning.at)))?;
        }
        for error in &reading.errors {
            let what = format!("cannot read `{file}`: {}", error.message());
            context.report(&Diagnostic::error(what).at(input.excerpt(error.at)))?;
            let at = yaml::position(&input.text, error.at.start as usize);
            let message = format!("cannot read line {}, column {}: {}", at.line, at.column, error.message());
            input.lose(context, message);
        }
        Ok(input)
    }

    /// Something of the file could not be read.
    fn lose(&mut self, context: &Context, message: String) {
        self.whole = false;
        if matches!(context.globals.output, Format::Json | Format::Yaml) {
            self.notes.push(Note::on(self.path.as_str().into(), message));
        }
    }

    /// A place in the file, with its line where that may be shown.
    pub fn excerpt(&self, at: Span) -> Excerpt {
        let position = yaml::position(&self.text, at.start as usize);
        let (line, column) = (position.line as usize, position.column as usize);
        match std::str::from_utf8(&self.text) {
            Ok(text) if self.may_show => Excerpt::with_line(self.path.as_str(), text, line, column),
            _ => Excerpt::place(self.path.as_str(), line, column),
        }
    }

    /// What is wrong at a place, for a document.
    pub fn unreadable(&self, at: Span, message: String) -> Unreadable {
        let position = yaml::position(&self.text, at.start as usize);
        let (line, column) = (Some(position.line as usize), Some(position.column as usize));
        Unreadable { message: message.into(), line, column }
    }
}
