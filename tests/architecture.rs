//! The rooms and the direction between them, held by looking at every path in `src/`.

use std::fs;
use std::path::{Path, PathBuf};

/// What each room may name of the others. Nothing else is allowed, in tests either.
const MAY_USE: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("yaml", &["text"]),
    ("kubernetes", &["text"]),
    ("manifest", &["kubernetes", "yaml", "text"]),
    ("template", &["kubernetes", "yaml", "text"]),
    ("git", &["text"]),
    ("snapshot", &["git", "manifest", "kubernetes", "yaml", "text"]),
    ("diff", &["template", "manifest", "kubernetes", "yaml", "text"]),
    ("revert", &["diff", "template", "manifest", "kubernetes", "yaml", "text"]),
    ("revision", &["diff", "snapshot", "git", "template", "manifest", "kubernetes", "yaml", "text"]),
    ("check", &["snapshot", "diff", "git", "template", "manifest", "kubernetes", "yaml", "text"]),
    ("cluster", &["kubernetes", "text"]),
    (
        "output",
        &[
            "check",
            "cluster",
            "revert",
            "revision",
            "diff",
            "snapshot",
            "template",
            "manifest",
            "kubernetes",
            "yaml",
            "text",
        ],
    ),
    (
        "cli",
        &[
            "output",
            "check",
            "cluster",
            "revert",
            "revision",
            "diff",
            "snapshot",
            "git",
            "template",
            "manifest",
            "kubernetes",
            "yaml",
            "text",
        ],
    ),
];

/// What only these rooms may name: the rest of the library takes values, so that it can be used and tested anywhere.
const ONLY_IN: &[(&[&str], &[&str])] = &[
    (&["git"], &["git2"]),
    (&["cluster"], &["kube::", "k8s_openapi", "tokio", "tower", "hyper_util", "futures::", "http::"]),
    (&["git", "cli"], &["std::process"]),
    (&["cli"], &["std::env", "io::stdout", "io::stderr", "io::stdin", "terminal_size", "clap", "anyhow"]),
    (&["cli"], &["SystemTime", "Timestamp::now", "Zoned::now"]),
    (&["cli"], &["println!", "eprintln!", "print!", "eprint!", "dbg!"]),
];

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    for (room, allowed) in MAY_USE {
        for file in sources(room) {
            let used = rooms_named(&code(&file)).into_iter();
            let used = used.filter(|used| used != room && !allowed.contains(&used.as_str()));
            wrong.extend(used.map(|used| format!("{} names `{used}`", file.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_belongs_to_some_rooms_stays_in_them() {
    let mut wrong = Vec::new();
    for (owners, words) in ONLY_IN {
        for file in MAY_USE.iter().filter(|(room, _)| !owners.contains(room)).flat_map(|(room, _)| sources(room)) {
            let text = code(&file);
            let named = words.iter().filter(|word| names(&text, word));
            wrong.extend(named.map(|word| format!("{} names `{word}`", file.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_is_in_the_table() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(root).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir()) {
        let name = entry.file_name().into_string().unwrap();
        assert!(MAY_USE.iter().any(|(room, _)| *room == name), "src/{name} has no row in MAY_USE");
    }
}

#[test]
fn paths_are_found_in_every_spelling() {
    let code = "use crate::text::A;\nuse crate::{git::Id, yaml, revision::{self, output}};\nfn f() -> crate::cli::X {}";
    assert_eq!(rooms_named(code), ["text", "git", "yaml", "revision", "cli"]);
    assert!(names("use git2::Oid;", "git2"));
    assert!(!names("let digit2 = 1;", "git2"));
    assert!(!names("eprintln!()", "println!"));
    assert!(names("use kube::Api;", "kube::"));
    assert!(!names("let kube = 1;", "kube::"));
}

/// The Rust files of a room.
fn sources(room: &str) -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The text of a file without the lines that are comments.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).map(|line| format!("{line}\n")).collect()
}

/// The rooms after each `crate::`, alone or in braces.
fn rooms_named(code: &str) -> Vec<String> {
    let is_room = |name: &String| MAY_USE.iter().any(|(room, _)| room == name);
    code.split("crate::").skip(1).flat_map(first_names).filter(is_room).collect()
}

fn first_names(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else { return vec![identifier(rest)] };
    let mut names = vec![identifier(group)];
    let mut depth = 1;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 1 => break,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(identifier(&group[at + 1..])),
            _ => {}
        }
    }
    names
}

fn identifier(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Whether the code names a word, and not only a longer one that contains it.
fn names(code: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + word.len()..].chars().next();
        !before.is_some_and(part_of_word) && (!word.ends_with(part_of_word) || !after.is_some_and(part_of_word))
    })
}
