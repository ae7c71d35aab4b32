//! What is different, as a page of Markdown: a fold for each object, for a comment on a pull request.

use super::diff_change::{block, moved, outcome, scalar, scalars};
use super::markdown::{Fold, folds};
use super::{Cell, DiffItem, FieldChange, Meaning, Note, Verdict, diff_text};
use crate::diff::{Inside, Op, Rolls};
use crate::text::{Sensitive, Untrusted};
use serde_json::Value;

/// The page: a line that counts, the folds, the notes. What does not fit into a comment is counted.
///
/// ```text
/// **2 objects are different**: 1 replaces pods, 1 does not
///
/// <details><summary><b>rolls: yes</b> <code>deployment.apps/web</code> in <code>k8s/web.yaml</code></summary>
///
/// …
/// </details>
/// ```
pub fn diff_page(items: &[DiffItem], notes: &[Note], configured: bool) -> String {
    if items.is_empty() {
        return folds("nothing is different\n", &[], "objects", notes);
    }
    let pages: Vec<Fold> = items.iter().map(|item| fold(item, configured)).collect();
    folds(&format!("{}\n", head(items)), &pages, "objects", notes)
}

/// How many there are, by what they do to pods.
fn head(items: &[DiffItem]) -> String {
    let count = |is: &dyn Fn(&Verdict) -> bool| items.iter().filter(|item| is(&item.verdict)).count();
    let counted = |count: usize, one: &str, more: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {more}")),
    };
    let parts = [
        counted(count(&|verdict| verdict.rolls == Rolls::Yes), "replaces or starts pods", "replace or start pods"),
        counted(count(&|verdict| verdict.rolls == Rolls::Unknown), "may replace pods", "may replace pods"),
        counted(count(&|verdict| verdict.rolls == Rolls::No), "does not", "do not"),
    ];
    let all = if items.len() == 1 { "1 object is".to_owned() } else { format!("{} objects are", items.len()) };
    format!("**{all} different**: {}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

fn fold(item: &DiffItem, configured: bool) -> Fold {
    let verdict = diff_text::explained(item, configured);
    let words: Vec<&str> = item.change.iter().map(|change| change.word()).collect();
    let mut summary = format!("{} in {}: {}", code(&item.object.qualified()), code(&item.path), words.join(", "));
    if item.verdict.has_pods {
        summary.insert_str(0, &format!("<b>rolls: {}</b> ", item.verdict.rolls.word()));
    }
    let prose = verdict.iter().map(|cell| format!("- {}\n", cell.markdown().trim_start())).collect();
    Fold { summary, prose, source: item.changes.iter().flat_map(lines).collect(), language: "diff" }
}

/// Text as HTML shows it.
fn code(text: &Untrusted) -> String {
    let text = text.terminal().to_string();
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<code>{escaped}</code>")
}

/// A change, what went and what came with a sign before it, which colours the line on the page.
fn lines(change: &FieldChange) -> Vec<String> {
    let head = |sign: &str| Cell::new().computed(sign, Meaning::Plain).text(&change.path, Meaning::Plain);
    match change.op {
        _ if change.hidden => vec![format!("{}: {}{}", head("! ").plain(), Sensitive::HIDDEN, outcome(change.op))],
        Op::Move => vec![moved(head("! "), change).plain()],
        Op::Add => whole('+', &head("+ "), &change.to),
        Op::Remove => whole('-', &head("- "), &change.from),
        Op::Replace => replaced(change, &head("! ")),
    }
}

fn whole(sign: char, head: &Cell, value: &Value) -> Vec<String> {
    match scalar(value) {
        Some(text) => vec![format!("{}: {}", head.plain(), text.terminal())],
        None => std::iter::once(head.plain()).chain(signed(sign, &block(value))).collect(),
    }
}

fn signed(sign: char, lines: &[Untrusted]) -> Vec<String> {
    lines.iter().map(|line| format!("{sign}     {}", line.terminal())).collect()
}

fn replaced(change: &FieldChange, head: &Cell) -> Vec<String> {
    let line = |sign, text: &Untrusted| signed(sign, std::slice::from_ref(text));
    match (scalars(&change.from, &change.to), change.equality) {
        (Some((from, to)), Some(equality)) => {
            let path = change.path.terminal();
            vec![format!("  {path}: {} → {}  ({} only)", from.terminal(), to.terminal(), equality.word())]
        }
        (Some((from, to)), None) => {
            std::iter::once(head.plain()).chain(line('-', &from)).chain(line('+', &to)).collect()
        }
        (None, _) => std::iter::once(head.plain()).chain(inside(&change.from, &change.to)).collect(),
    }
}

/// What is different in values of several lines.
fn inside(old: &Value, new: &Value) -> Vec<String> {
    if let (Value::String(old), Value::String(new)) = (old, new)
        && let Inside::Lines(hunks) = Inside::of(old, new)
    {
        return hunks.as_str().lines().map(|line| Untrusted::from(line).terminal().to_string()).collect();
    }
    signed('-', &block(old)).into_iter().chain(signed('+', &block(new))).collect()
}
