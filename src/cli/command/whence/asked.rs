//! The names that are asked for: arguments, lines of standard input, or objects as kubectl prints them.

use crate::cli::context::Context;
use crate::cli::failure::{Failure, Result};
use crate::cli::input::Input;
use crate::output::Note;
use crate::revision::Clue;
use std::collections::HashSet;

/// More than all pods of most clusters; each is compared with all revisions of its workload.
const MOST: usize = 10_000;

/// What is asked for.
#[derive(Default)]
pub(super) struct Asked {
    pub clues: Vec<Clue>,
    /// Words that no object can have for a name.
    pub no_names: Vec<String>,
    pub notes: Vec<Note>,
    /// Whether all that was given could be read.
    pub whole: bool,
}

impl Asked {
    /// Reads the names; those that `-` stands for are on standard input.
    ///
    /// # Errors
    /// Standard input that cannot be read, or more names than can be looked for.
    pub fn read(context: &mut Context, names: &[String]) -> Result<Asked> {
        let mut asked = Asked { whole: true, ..Asked::default() };
        for name in names {
            match name.as_str() {
                "-" => asked.read_input(context)?,
                name => asked.name(name),
            }
        }
        let (mut words, mut clues) = (HashSet::new(), HashSet::new());
        asked.no_names.retain(|text| words.insert(text.clone()));
        asked.clues.retain(|clue| clues.insert(clue.key()));
        if asked.clues.len() + asked.no_names.len() > MOST {
            return Err(Failure::new(format!("more than {MOST} names: that is more than are looked for at once")));
        }
        Ok(asked)
    }

    fn name(&mut self, text: &str) {
        match Clue::name(text) {
            Some(clue) => self.clues.push(clue),
            None => self.no_names.push(text.to_owned()),
        }
    }

    fn read_input(&mut self, context: &mut Context) -> Result<()> {
        let text = context.read_input("-")?;
        if is_manifest(&text) {
            let input = Input::of(context, "-", text)?;
            self.whole &= input.whole;
            self.take_objects(&input);
            self.notes.extend(input.notes);
            return Ok(());
        }
        // Of a table the first column, whose head is no name.
        let text = String::from_utf8_lossy(&text);
        let words = text.lines().filter_map(|line| line.split_whitespace().next());
        words.filter(|word| *word != "NAME").for_each(|word| self.name(word));
        Ok(())
    }

    fn take_objects(&mut self, input: &Input) {
        for object in &input.objects {
            match Clue::object(object) {
                Some(clue) => self.clues.push(clue),
                None => {
                    let (kind, name) = (&object.identity.kind, &object.identity.name);
                    let text = format!(
                        "{kind} `{name}` was passed over: no pod, ReplicaSet or ControllerRevision, or no name of one"
                    );
                    self.notes.push(Note::new(text));
                }
            }
        }
    }
}

/// Whether a text is what kubectl prints with `-o json` or `-o yaml`.
fn is_manifest(text: &[u8]) -> bool {
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    let mut lines = text.split(|&byte| byte == b'\n');
    first == Some(&b'{') || lines.any(|line| line.starts_with(b"apiVersion:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_are_told_from_lists_of_names() {
        for (text, expected) in [
            ("{\"kind\": \"Pod\"}", true),
            ("\n  {", true),
            ("apiVersion: v1\nkind: Pod\n", true),
            ("---\napiVersion: v1\n", true),
            ("web-6c5f67b5f7-x7k2p\n", false),
            ("NAME  READY\nweb-6c5f67b5f7-x7k2p  1/1\n", false),
            ("", false),
        ] {
            assert_eq!(is_manifest(text.as_bytes()), expected, "{text}");
        }
    }
}
