//! The manifests of a file, or of all files in a folder, with the texts that they stand in.

use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use foldhash::HashMap;

use super::context::Context;
use super::failure::{Failure, Result};
use super::input::Input;
use crate::diff::Placed;
use crate::git::RepoPath;
use crate::manifest::{self, Object, Reading, may_hold_objects};
#[cfg(feature = "cluster")]
use crate::output::yaml_block;
use crate::output::{Lines, Note};
use crate::snapshot::{self, Contents, Snapshot};
use crate::yaml::{Dialect, LineCounts, Span};

/// One state: what was read.
pub(super) struct Sources {
    files: Vec<File>,
    /// The paths of what was passed over: nobody knows what is in it.
    passed: Vec<String>,
    /// The file of each object, by the object's address.
    file_of: HashMap<*const Object, usize>,
}

struct File {
    /// By which it is paired: of a folder's files, from the folder.
    path: String,
    /// As people know it: the path from the folder, or the file as it was given.
    shown: String,
    input: Input,
    lines: OnceCell<LineCounts>,
}

impl File {
    /// How many of its lines end before a byte.
    fn lines_before(&self, at: usize) -> usize {
        let text = &self.input.text;
        self.lines.get_or_init(|| LineCounts::new(text)).before(text, at)
    }
}

/// A file of which nothing but the text is known.
struct Unread {
    path: String,
    shown: String,
    /// As it is opened.
    name: String,
    text: Vec<u8>,
}

/// What manifests end in.
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

impl Sources {
    /// Reads two files, or two folders.
    pub fn read_two(context: &mut Context, old: &str, new: &str) -> Result<[Sources; 2]> {
        let [before, after] = match (Path::new(old).is_dir(), Path::new(new).is_dir()) {
            (true, true) => [Self::in_folder(context, old)?, Self::in_folder(context, new)?],
            (false, false) => [Self::alone(context, old)?, Self::alone(context, new)?],
            (old_is_folder, _) => {
                let (folder, file) = if old_is_folder { (old, new) } else { (new, old) };
                return Err(Failure::new(format!("`{folder}` is a folder and `{file}` is none")));
            }
        };
        let texts: Vec<&[u8]> = before.iter().chain(&after).map(|unread| &unread.text[..]).collect();
        let mut readings = manifest::read_together(&texts, Dialect::Kubectl);
        let of_new = readings.split_off(before.len());
        Ok([Self::read(context, before, readings)?, Self::read(context, after, of_new)?])
    }

    /// Whatever the names of two files, they are paired as one.
    fn alone(context: &Context, file: &str) -> Result<Vec<Unread>> {
        let text = context.read_input(file)?;
        Ok(vec![Unread { path: String::new(), shown: file.to_owned(), name: file.to_owned(), text }])
    }

    /// The manifests in a folder and all below it, in the order of their paths. Links are not followed.
    fn in_folder(context: &Context, folder: &str) -> Result<Vec<Unread>> {
        let mut files = Vec::new();
        for path in manifests(Path::new(folder))? {
            let name = path.to_string_lossy().into_owned();
            let text = context.read_input(&name)?;
            if may_hold_objects(&text) {
                let shown = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.push(Unread { path: shown.clone(), shown, name, text });
            }
        }
        Ok(files)
    }

    fn read(context: &mut Context, files: Vec<Unread>, readings: Vec<Reading>) -> Result<Self> {
        let mut read = Vec::with_capacity(files.len());
        for (Unread { path, shown, name, text }, reading) in files.into_iter().zip(readings) {
            read.push((path, shown, Input::of_reading(context, &name, text, reading.with_generated())?));
        }
        Ok(Self::new(read, &|_, object| is_asked_for(context, object)))
    }

    /// Files of a snapshot, as far as their objects are wanted.
    pub fn of_files<'f>(
        context: &mut Context,
        files: impl Iterator<Item = (&'f snapshot::File, Reading)>,
        passed: impl Iterator<Item = &'f RepoPath>,
        keep: &dyn Fn(&str, &Object) -> bool,
    ) -> Result<Self> {
        let mut read = Vec::new();
        for (file, reading) in files {
            let path = file.shown.clone();
            let input = Input::of_reading(context, &path, file.contents.text.clone(), reading.with_generated())?;
            read.push((path.clone(), path, input));
        }
        let passed = passed.map(|path| path.shown().as_str().to_owned()).collect();
        Ok(Sources { passed, ..Self::new(read, keep) })
    }

    /// One object of a text, without a word on what else is in it; nothing, if there is none.
    pub fn of_object(context: &mut Context, object: Option<(&RepoPath, &[u8], &Object)>) -> Result<Self> {
        let Some((path, text, object)) = object else { return Ok(Self::new(Vec::new(), &|_, _| true)) };
        let path = path.shown().as_str().to_owned();
        let reading = Reading { objects: vec![object.clone()], ..Reading::default() };
        let input = Input::of_reading(context, &path, text.to_owned(), reading)?;
        Ok(Self::new(vec![(path.clone(), path, input)], &|_, _| true))
    }

    /// Objects that no file has as they are, each with the path of the one that it belongs to.
    #[cfg(feature = "cluster")]
    pub fn of_objects(context: &mut Context, objects: Vec<(RepoPath, Object)>) -> Result<Self> {
        let mut read = Vec::new();
        for (path, mut object) in objects {
            let (path, text) = (path.shown().as_str().to_owned(), yaml_block(&object.to_json()).into_bytes());
            object.span = Span::new(0, text.len());
            let reading = Reading { objects: vec![object], ..Reading::default() };
            read.push((path.clone(), path.clone(), Input::of_reading(context, &path, text, reading)?));
        }
        Ok(Self::new(read, &|_, _| true))
    }

    fn new(files: Vec<(String, String, Input)>, keep: &dyn Fn(&str, &Object) -> bool) -> Self {
        let file = |(path, shown, input)| File { path, shown, input, lines: OnceCell::new() };
        let mut files: Vec<File> = files.into_iter().map(file).collect();
        files.iter_mut().for_each(|file| file.input.objects.retain(|object| keep(&file.path, object)));
        let addresses = |(at, file): (usize, &File)| {
            file.input.objects.iter().map(move |object| (std::ptr::from_ref(object), at)).collect::<Vec<_>>()
        };
        Sources { file_of: files.iter().enumerate().flat_map(addresses).collect(), files, passed: Vec::new() }
    }

    /// The objects, in the order of the files.
    pub fn placed(&self) -> Vec<Placed<'_>> {
        let mut placed = Vec::with_capacity(self.file_of.len());
        for file in &self.files {
            placed.extend(file.input.objects.iter().map(|object| Placed { path: &file.path, object }));
        }
        placed
    }

    /// The same as a snapshot, for who uses what.
    pub fn snapshot(&self) -> Snapshot {
        let contents = |file: &File| {
            let reading = Reading { objects: file.input.objects.clone(), ..Reading::default() };
            Contents { text: Vec::new(), reading }
        };
        Snapshot::of_files(self.files.iter().map(|file| (RepoPath::from(file.path.as_str()), contents(file))))
    }

    /// Whether all of it could be read.
    pub fn whole(&self) -> bool {
        self.files.iter().all(|file| file.input.whole)
    }

    /// Whether there is a file under that path of which something could not be read, so that what it has is not known.
    pub fn is_broken(&self, path: &str) -> bool {
        let file = self.files.iter().find(|file| file.path == path);
        file.is_some_and(|file| !file.input.whole) || self.passed.iter().any(|passed| passed == path)
    }

    /// What could not be read, for scripts.
    pub fn notes(&self) -> impl Iterator<Item = &Note> {
        self.files.iter().flat_map(|file| &file.input.notes)
    }

    /// The file of one of the objects, as people know it.
    pub fn path(&self, object: &Object) -> &str {
        &self.file_of(object).shown
    }

    /// The file of one of the objects, as the disk has it.
    pub fn disk_path(&self, object: &Object) -> &str {
        &self.file_of(object).input.path
    }

    /// The text of the file of one of the objects.
    pub fn whole_text(&self, object: &Object) -> &[u8] {
        &self.file_of(object).input.text
    }

    /// The text of one of the objects.
    pub fn text(&self, object: &Object) -> &[u8] {
        self.file_of(object).input.text.get(object.span.range()).unwrap_or_default()
    }

    /// The lines that an object stands on; of the first and the last only what is its own, since a Secret may stand beside
    /// it in a list that is written on one line.
    pub fn lines(&self, object: &Object) -> Lines<'_> {
        let file = self.file_of(object);
        let text = &file.input.text[..];
        let (start, end) = (object.span.start as usize, (object.span.end as usize).min(text.len()));
        let before = file.lines_before(start);
        let line = text.get(..start).and_then(|text| memchr::memrchr(b'\n', text)).map_or(0, |at| at + 1);
        let margin = text.get(line..start).unwrap_or_default();
        let first = if margin.iter().all(|byte| matches!(byte, b' ' | b'-')) { line } else { start };
        let rest = &text[end..];
        let blank = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\r')).count();
        let last = if rest.get(blank) == Some(&b'\n') { end + blank + 1 } else { end };
        let own = if text[..end].ends_with(b"\n") { end } else { last };
        Lines { path: &file.shown, text: String::from_utf8_lossy(text.get(first..own).unwrap_or_default()), before }
    }

    /// The first and the last line of bytes in the file of one of the objects, from 1; nothing of bytes that are not there.
    pub fn line_range(&self, object: &Object, span: Span) -> Option<(usize, usize)> {
        let file = self.file_of(object);
        let text = file.input.text.get(span.range()).filter(|text| !text.is_empty())?;
        let line = |at: usize| 1 + file.lines_before(at);
        let (start, end) = (span.start as usize, span.start as usize + text.trim_ascii_end().len().max(1));
        Some((line(start), line(end - 1)))
    }

    fn file_of(&self, object: &Object) -> &File {
        &self.files[self.file_of[&std::ptr::from_ref(object)]]
    }
}

/// Whether an object is in the namespace that was asked for, or may be.
fn is_asked_for(context: &Context, object: &Object) -> bool {
    let asked = context.globals.namespace.as_ref();
    asked.is_none_or(|asked| object.identity.namespace.as_ref().is_none_or(|namespace| namespace == asked))
}

/// The files in a folder that end as manifests do.
fn manifests(folder: &Path) -> Result<Vec<PathBuf>> {
    let (mut folders, mut files) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = folders.pop() {
        let unreadable = || format!("cannot read the folder `{}`", folder.display());
        for entry in fs::read_dir(&folder).with_context(unreadable)? {
            let entry = entry.with_context(unreadable)?;
            let (kind, path) = (entry.file_type().with_context(unreadable)?, entry.path());
            if kind.is_dir() && entry.file_name() != ".git" {
                folders.push(path);
            } else if kind.is_file() && path.extension().is_some_and(|ending| ENDINGS.iter().any(|one| ending == *one))
            {
                files.push(path);
            }
        }
    }
    files.sort_by_cached_key(|path| path.to_string_lossy().replace('\\', "/"));
    Ok(files)
}
