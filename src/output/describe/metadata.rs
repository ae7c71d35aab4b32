//! Labels and annotations, an entry a line.

use std::collections::BTreeMap;

use super::page::{NONE, Page};
use crate::kubernetes::LAST_APPLIED;

/// kubectl writes an annotation of more bytes than this below its key, and cuts its lines.
pub(super) const LONGEST: usize = 140;

/// Writes `key=value` lines under a title that brings its own indentation (`printLabelsMultiline`).
pub(super) fn write_labels(page: &mut Page, title: &str, labels: &BTreeMap<&str, &str>) {
    page.put(0, format_args!("{title}:\t"));
    if labels.is_empty() {
        page.put(0, format_args!("{NONE}\n"));
    }
    for (i, (key, value)) in labels.iter().enumerate() {
        if i > 0 {
            // Two pieces in kubectl: within a claim each is indented.
            page.put(0, format_args!(""));
            page.put(0, format_args!("\t"));
        }
        page.put(0, format_args!("{key}={value}\n"));
    }
}

/// Writes `key: value` lines, long and multi-line values below their key (`printAnnotationsMultiline`).
pub(super) fn write_annotations(page: &mut Page, title: &str, mut annotations: BTreeMap<&str, &str>) {
    // All of the manifest is in it.
    annotations.remove(LAST_APPLIED);
    page.put(0, format_args!("{title}:\t"));
    if annotations.is_empty() {
        page.put(0, format_args!("{NONE}\n"));
    }
    for (i, (key, value)) in annotations.into_iter().enumerate() {
        if i > 0 {
            page.put(0, format_args!("\t"));
        }
        write_annotation(page, key, value.strip_suffix('\n').unwrap_or(value));
    }
}

fn write_annotation(page: &mut Page, key: &str, value: &str) {
    if key.len() + value.len() + 2 <= LONGEST && !value.contains('\n') {
        return page.put(0, format_args!("{key}: {value}\n"));
    }
    page.put(0, format_args!("{key}:\n"));
    for line in value.split('\n') {
        page.put(0, format_args!("\t  "));
        write_cut(page, line, LONGEST - 2);
    }
}

/// Writes a line, or so many of its bytes and three dots.
pub(super) fn write_cut(page: &mut Page, line: &str, longest: usize) {
    let cut = line.as_bytes().get(..longest).filter(|cut| cut.len() < line.len());
    page.put_bytes(cut.unwrap_or(line.as_bytes()));
    page.put_bytes(if cut.is_some() { b"...\n" } else { b"\n" });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn annotation(value: &str) -> String {
        let mut page = Page::default();
        write_annotations(&mut page, "A", [("k", value), (LAST_APPLIED, "{}")].into());
        page.into_string()
    }

    #[test]
    fn annotations_go_below_their_key_from_141_bytes_on() {
        assert_eq!(annotation(&"x".repeat(137)), format!("A:\tk: {}\n", "x".repeat(137)));
        assert_eq!(annotation(&"x".repeat(138)), format!("A:\tk:\n\t  {}\n", "x".repeat(138)));
        assert_eq!(annotation(&"x".repeat(139)), format!("A:\tk:\n\t  {}...\n", "x".repeat(138)));
    }

    #[test]
    fn one_line_break_at_the_end_does_not_count() {
        assert_eq!(annotation("a\n"), "A:\tk: a\n");
        assert_eq!(annotation("a\nb\n"), "A:\tk:\n\t  a\n\t  b\n");
        assert_eq!(annotation("a\n\n"), "A:\tk:\n\t  a\n\t  \n");
    }

    #[test]
    fn a_character_can_be_cut_in_two() {
        let mut page = Page::default();
        write_cut(&mut page, "aé", 2);
        assert_eq!(page.into_escaped(), b"a\xc3...\n");
    }

    #[test]
    fn last_applied_alone_is_none() {
        let mut page = Page::default();
        write_annotations(&mut page, "A", [(LAST_APPLIED, "{}")].into());
        assert_eq!(page.into_string(), "A:\t<none>\n");
    }
}
