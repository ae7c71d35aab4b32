//! A few lines of a file around what changed on them.

use super::{FieldChange, Lines, Meaning};

/// Lines of an object in one of its states.
pub(super) struct Window<'f> {
    file: &'f Lines<'f>,
    /// The first and the last line, counted in the file from 1.
    first: usize,
    last: usize,
    /// What changed of them.
    changed: Vec<(usize, usize)>,
    /// Whether the file is that of the old state.
    is_old: bool,
}

impl<'f> Window<'f> {
    /// So many lines around a change, of the state that has it; nothing, where that state may not be shown.
    pub fn around(change: &FieldChange, [old, new]: &'f [Option<Lines<'f>>; 2], around: usize) -> Option<Self> {
        let file = if change.is_gone() { old } else { new }.as_ref()?;
        let (from, to) = change.lines?;
        let (begin, end) = (file.before + 1, file.before + file.text.lines().count());
        let (first, last) = (from.saturating_sub(around).max(begin), (to + around).min(end));
        let window = Window { file, first, last, changed: vec![(from, to)], is_old: change.is_gone() };
        (window.first <= window.last).then_some(window)
    }

    /// Whether no line lies between them.
    pub fn meets(&self, next: &Window) -> bool {
        std::ptr::eq(self.file, next.file) && next.first <= self.last + 1 && self.first <= next.last + 1
    }

    /// Grows over another one.
    pub fn take(&mut self, next: &Window) {
        (self.first, self.last) = (self.first.min(next.first), self.last.max(next.last));
        self.changed.extend(&next.changed);
    }

    /// What stands before a line: whether it is one of those that came or went.
    pub fn sign(&self, line: usize) -> (&'static str, Meaning) {
        match self.changed.iter().any(|(first, last)| (*first..=*last).contains(&line)) {
            true if self.is_old => ("-", Meaning::Removed),
            true => ("+", Meaning::Added),
            false => (" ", Meaning::Dim),
        }
    }

    pub fn last(&self) -> usize {
        self.last
    }

    /// The lines with their numbers.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let skipped = self.first - self.file.before - 1;
        let lines = self.file.text.lines().skip(skipped).take(self.last - self.first + 1);
        lines.enumerate().map(|(at, line)| (self.first + at, line))
    }
}
