//! What was found different as two folders of files, for the differ of the user.

use super::comparison::Found;
use crate::cli::differ::Differ;
use crate::cli::failure::{Failure, Result};
use crate::cli::sources::Sources;
use crate::manifest::{Object, masked};
use crate::output::yaml_block;
use anyhow::Context as _;
use std::collections::HashSet;
use std::fs;
use std::path::Path;

/// The names of the folders, as they stand in what differs print.
const FOLDERS: [&str; 2] = ["old", "new"];
/// The longest name that a file gets: file systems take 255 bytes.
const LONGEST: usize = 200;

/// Has the differ show what was found. The files are gone afterwards.
pub(super) fn show(differ: &Differ, [old, new]: [&Sources; 2], found: &Found) -> Result<()> {
    if found.items.is_empty() {
        return Ok(());
    }
    // Nobody but the user can look into it.
    let folder = tempfile::tempdir().context("cannot make a temporary folder")?;
    for name in FOLDERS {
        fs::create_dir(folder.path().join(name)).with_context(|| format!("cannot make the folder `{name}`"))?;
    }
    let mut names = HashSet::new();
    for (_, pair) in &found.items {
        let [before, after] = [pair.before(), pair.after()].map(|side| side.map(|side| side.object));
        let texts =
            [before.map(|object| text(old, object, after, 0)), after.map(|object| text(new, object, before, 1))];
        let name = before.or(after).map_or_else(String::new, |object| file_name(object, &mut names));
        for (folder_name, text) in FOLDERS.iter().zip(texts) {
            let Some(text) = text else { continue };
            let path = folder.path().join(folder_name).join(&name);
            fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
        }
    }
    run(differ, folder.path())
}

fn run(differ: &Differ, folder: &Path) -> Result<()> {
    let shown = differ.shown();
    let why = match differ.run(folder, FOLDERS).map(|status| status.code()) {
        // That there are differences is known.
        Ok(Some(0 | 1)) => return Ok(()),
        Ok(Some(code)) => Failure::new(format!("`{shown}` failed with exit code {code}")),
        Ok(None) => Failure::new(format!("`{shown}` was ended by a signal")),
        Err(error) => Failure::from(anyhow::Error::new(error).context(format!("cannot run `{shown}`"))),
    };
    Err(why.hint("ROLLBOOK_EXTERNAL_DIFF= rollbook diff"))
}

/// The text of an object, of one with a Secret in it what may be seen, with a mark on what the other state has otherwise.
fn text(sources: &Sources, object: &Object, other: Option<&Object>, state: usize) -> String {
    if object.has_secret() || other.is_some_and(Object::has_secret) {
        return yaml_block(&masked(object.node(), other.map(Object::node), FOLDERS[state]));
    }
    sources.lines(object).text.into_owned()
}

/// As `kubectl diff` names them, `apps.v1.Deployment.shop.web`, where nothing else has that name.
fn file_name(object: &Object, taken: &mut HashSet<String>) -> String {
    let identity = &object.identity;
    let api_version = identity.api_version.replace('/', ".");
    let namespace = identity.namespace.as_deref().unwrap_or_default();
    let words = format!("{api_version}.{}.{namespace}.{}", identity.kind, identity.name);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let plain: String = words.chars().map(|c| if is_plain(c) { c } else { '_' }).take(LONGEST).collect();
    let mut names = std::iter::once(plain.clone()).chain((2..).map(|number| format!("{plain}.{number}")));
    let name = names.find(|name| !taken.contains(name)).unwrap_or(plain);
    taken.insert(name.clone());
    name
}
