//! Comments that allow a finding: `# rollbook: allow(immutable-field) the Job is created anew`.

use super::finding::{Finding, Spot, When};
use super::rule::{Rule, UnknownRule};
use super::state::State;
use crate::manifest::Object;
use crate::snapshot::File;
use crate::yaml::{Dialect, LineIndex, Span, Stream};
use memchr::memmem;
use std::cell::Cell;
use std::collections::HashMap;

/// The beginning of such a comment, behind its `#`.
const WORD: &str = "rollbook:";

/// The comments of some files of a state that allow findings.
pub(super) struct Allows<'s> {
    of_file: HashMap<*const File, Vec<Allow<'s>>>,
    when: When,
}

/// One rule that a comment allows.
struct Allow<'s> {
    file: &'s File,
    span: Span,
    rule: Result<&'static Rule, Useless>,
    /// The line that it is for.
    line: u32,
    /// The object that it stands above, if it does.
    object: Option<&'s Object>,
    used: Cell<bool>,
}

/// Why a comment allows nothing, whatever is found.
enum Useless {
    NoRule,
    NoReason(&'static str),
    Unknown(UnknownRule),
}

impl<'s> Allows<'s> {
    /// Those of the files that are looked at.
    pub fn of(state: &State<'s>) -> Allows<'s> {
        let files = state.files.iter().filter(|file| memmem::find(&file.contents.text, WORD.as_bytes()).is_some());
        let of_file = files.map(|file| (std::ptr::from_ref(*file), allows(file))).collect();
        Allows { of_file, when: state.when }
    }

    /// Whether a finding of a rule is allowed.
    pub fn allow(&self, rule: &Rule, at: &Spot<'s>) -> bool {
        let Some((file, span)) = at.file.zip(at.span).filter(|_| at.when == self.when) else { return false };
        let Some(allows) = self.of_file.get(&std::ptr::from_ref(file)) else { return false };
        let line = LineIndex::new(&file.contents.text).position(span.start as usize).line;
        let is_meant = |allow: &&Allow| {
            let is_rule = allow.rule.as_ref().is_ok_and(|allowed| allowed.name == rule.name);
            let is_object = || allow.object.zip(at.object).is_some_and(|(one, other)| std::ptr::eq(one, other));
            is_rule && (allow.line == line || is_object())
        };
        allows.iter().find(is_meant).is_some_and(|allow| {
            allow.used.set(true);
            true
        })
    }

    /// The comments that have allowed nothing.
    pub fn useless(&self) -> Vec<Finding<'s>> {
        let mut useless: Vec<&Allow> = self.of_file.values().flatten().filter(|allow| !allow.used.get()).collect();
        useless.sort_by_key(|allow| (&allow.file.path, allow.span.start));
        useless.into_iter().map(|allow| allow.useless(self.when)).collect()
    }
}

impl<'s> Allow<'s> {
    fn useless(&self, when: When) -> Finding<'s> {
        let object = self.object.or_else(|| self.file.contents.object_at(self.span));
        let at = Spot { when, path: &self.file.path, file: Some(self.file), object, span: Some(self.span) };
        let (key, message, help) = match &self.rule {
            Ok(rule) => (rule.name, format!("`{}` finds nothing here", rule.name), "remove the comment".to_owned()),
            Err(Useless::NoRule) => {
                ("", "the comment names no rule".to_owned(), "# rollbook: allow(RULE) the reason".to_owned())
            }
            Err(Useless::NoReason(rule)) => (
                *rule,
                format!("`{rule}` is not allowed without a reason"),
                format!("# rollbook: allow({rule}) the reason"),
            ),
            Err(Useless::Unknown(unknown)) => {
                let help = match unknown.suggestion {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => "rollbook check --explain lists the rules".to_owned(),
                };
                (unknown.given.as_str(), unknown.to_string(), help)
            }
        };
        Finding::new(at, message).key(key).help(help)
    }
}

/// The comments of a file, in its order.
fn allows(file: &File) -> Vec<Allow<'_>> {
    let text = &file.contents.text[..];
    let lines = LineIndex::new(text);
    let line_of = |at: u32| lines.position(at as usize).line;
    let starts: HashMap<u32, &Object> =
        file.contents.reading.objects.iter().map(|object| (line_of(object.node().span.start), object)).collect();
    let mut found = Vec::new();
    for comment in Stream::parse(text, Dialect::Kubectl).comments {
        let words = String::from_utf8_lossy(&text[comment.range()]);
        let Some(words) = words.trim_start_matches('#').trim_start().strip_prefix(WORD) else { continue };
        let own = line_of(comment.start);
        let is_alone = lines.line(own).is_some_and(|line| line.trim_ascii_start().starts_with(b"#"));
        let line = if is_alone { next_line(&lines, own) } else { own };
        let object = starts.get(&line).copied().filter(|_| is_alone);
        let allow = |rule| Allow { file, span: comment, rule, line, object, used: Cell::new(false) };
        found.extend(rules(words).into_iter().map(allow));
    }
    found
}

/// The first line after one that is neither empty nor a comment nor the mark between two documents.
fn next_line(lines: &LineIndex, own: u32) -> u32 {
    let is_passed = |line: &[u8]| {
        let line = line.trim_ascii();
        line.is_empty() || line.starts_with(b"#") || line == b"---"
    };
    let mut next = own + 1;
    while lines.line(next).is_some_and(is_passed) {
        next += 1;
    }
    next
}

/// `allow(a, b) reason`: each rule that is meant, or why there is none.
fn rules(words: &str) -> Vec<Result<&'static Rule, Useless>> {
    let named = words.trim_start().strip_prefix("allow(").and_then(|rest| rest.split_once(')'));
    let Some((names, reason)) = named else { return vec![Err(Useless::NoRule)] };
    let rule = |name: &str| match name.trim().parse::<&'static Rule>() {
        Ok(rule) if reason.trim().is_empty() => Err(Useless::NoReason(rule.name)),
        Ok(rule) => Ok(rule),
        Err(unknown) => Err(Useless::Unknown(unknown)),
    };
    names.split(',').map(rule).collect()
}
