//! One of the program's two outputs.

use std::io::{self, Write};

/// A writer that knows whether colours are wanted on it and whether it is a terminal.
pub(super) struct Stream {
    writer: Box<dyn Write>,
    pub colors: bool,
    pub is_terminal: bool,
}

impl Stream {
    /// A stream onto a writer.
    pub fn new(writer: impl Write + 'static, colors: bool, is_terminal: bool) -> Self {
        Self { writer: Box::new(writer), colors, is_terminal }
    }

    /// The text as it goes out here: with its styles, or without.
    pub fn styled(&self, text: String) -> String {
        if self.colors { text } else { anstream::adapter::strip_str(&text).to_string() }
    }

    /// Writes bytes as they are.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_by(|writer| writer.write_all(bytes))
    }

    /// Writes what a function gives to the writer.
    pub fn write_by(&mut self, give: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        give(&mut self.writer)?;
        self.writer.flush()
    }
}
