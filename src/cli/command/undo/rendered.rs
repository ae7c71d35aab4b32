//! A workload that kustomizations work on: its image may stand in a line of theirs, which then is what has to go back.

use super::back::Back;
use super::together::Together;
use crate::cli::edit::{Rewrite, Step, What, line, short};
use crate::cli::failure::{Failure, Result};
use crate::cli::world::World;
use crate::git::RepoPath;
use crate::manifest::image_entries;
use crate::snapshot::{Delta, Snapshot};
use crate::text::shell_word;
use crate::yaml::{self, Dialect, Node, Span, Stream};

/// Finds the lines for images by which alone the kustomizations make another thing of the workload than then. More than
/// that, or a line that is not asked for, would not be what it was: that is refused.
pub(super) fn find(
    world: &World,
    back: &Back,
    delta: &Delta,
    with_references: bool,
    together: &mut Together,
) -> Result<()> {
    let paths = [&back.to.path, &back.candidate.path];
    let by = delta.shaping(paths).by;
    let (Some(first), Some(today)) = (by.first(), back.object(&back.today)) else { return Ok(()) };
    let Some(apart) = delta.images_apart(paths, back.identity(), &today.all_images()) else {
        let goal = back.goal(world);
        let what = format!("`{}` changes {} in another way than at {goal}", first.as_str(), back.name());
        let range = format!("{}..", short(world, back.to.commit));
        return Err(Failure::new(what).hint(format!("git diff {range} -- {}", shell_word(first.as_str()))));
    };
    for (path, name) in apart {
        let [then, now] = delta.states().map(|state| Entry::find(state, &path, &name));
        let (Some(then), Some(now)) = (then, now) else {
            let what =
                format!("`{}` has got or lost its entry for the image `{}` since", path.shown().as_str(), line(&name));
            return Err(Failure::new(what).hint(format!("git log -p -- {}", shell_word(path.shown().as_str()))));
        };
        let shown = path.shown();
        let (at, says) = (now.line_of_difference(&then), now.difference(&then));
        if !with_references {
            let what = format!(
                "the image `{}` comes from `{}:{at}`, which is not as it was at {} ({says})",
                line(&name),
                shown.as_str(),
                back.goal(world)
            );
            return Err(Failure::new(what).hint("rollbook undo … --with-references takes that line back"));
        }
        together.lines.push(format!("{}:{at}: {says}", line(shown.as_str())));
        together.kustomizations.push(path.shown());
        let step = Step { what: What::Image(name), old: then.text };
        together.rewrites.push(Rewrite { path, steps: vec![step] });
    }
    Ok(())
}

/// What a kustomization says of an image.
struct Entry {
    /// Each field with its value and its line, from 1.
    fields: Vec<(String, String, u32)>,
    /// The line of the entry.
    line: u32,
    /// The whole file.
    text: Vec<u8>,
}

impl Entry {
    fn find(state: &Snapshot, path: &RepoPath, name: &str) -> Option<Entry> {
        let text = &state.file_at(path)?.contents.text;
        let documents = Stream::parse(text, Dialect::Kustomize).documents;
        let is_its = |entry: &&Node| entry.get("name").and_then(Node::as_str) == Some(name);
        let entry = documents.iter().flat_map(|document| image_entries(&document.root)).find(is_its)?;
        let at = |span: Span| yaml::position(text, span.start as usize).line;
        let field = |field: &yaml::Entry| (line(&field.key), line(&said(text, &field.value)), at(field.key_span));
        Some(Entry { fields: entry.entries().iter().map(field).collect(), line: at(entry.span), text: text.clone() })
    }

    fn value(&self, key: &str) -> Option<&str> {
        self.fields.iter().find(|(of, ..)| of == key).map(|(_, value, _)| value.as_str())
    }

    /// `newTag: 1.6.0 → 1.5.0`: what it says, and what the other one does.
    fn difference(&self, then: &Entry) -> String {
        let own = self.fields.iter().map(|(key, ..)| key);
        let gone = then.fields.iter().map(|(key, ..)| key).filter(|key| self.value(key).is_none());
        let differs = |key: &&String| self.value(key) != then.value(key);
        let said = |of: &Entry, key: &str| of.value(key).unwrap_or("none").to_owned();
        let shown = |key: &String| format!("{key}: {} → {}", said(self, key), said(then, key));
        own.chain(gone).filter(differs).map(shown).collect::<Vec<_>>().join(", ")
    }

    /// The first line that says something else than the other one.
    fn line_of_difference(&self, then: &Entry) -> u32 {
        let differs = |(key, value, _): &&(String, String, u32)| then.value(key) != Some(value);
        self.fields.iter().find(differs).map_or(self.line, |(.., line)| *line)
    }
}

/// A value as it is written.
fn said(text: &[u8], value: &Node) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => String::from_utf8_lossy(&text[value.span.range()]).into_owned(),
    }
}
