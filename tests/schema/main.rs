//! Where `src/template/schema/tables.rs` comes from: tables read off Kubernetes' own types, gates and defaults
//! (`tests/schema/*.tsv`). The test fails when the committed file is not what they give; `ROLLBOOK_BLESS=1` writes it.

mod internal;
mod minors;
mod oracle;
mod rewrite;
mod rows;
mod rust;
mod union;

use oracle::Said;
use rows::{Rows, Texts, path};
use union::Union;

#[test]
fn tables_are_what_the_facts_give() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/template/schema/tables.rs");
    let rows = Rows::read();
    let union = Union::of(&rows);
    let expected = rust::tables(&rows, &union);
    if std::env::var_os("ROLLBOOK_BLESS").is_some() {
        std::fs::write(path, &expected).expect("the table can be written");
    }
    let committed = std::fs::read_to_string(path).expect("the table is there");
    assert!(
        committed == expected,
        "src/template/schema/tables.rs is stale: run ROLLBOOK_BLESS=1 cargo test --test schema"
    );
}

/// What each version said, the oldest first: a file for each in the folder `ROLLBOOK_ORACLE`.
fn said() -> Vec<Said> {
    let folder = std::env::var_os("ROLLBOOK_ORACLE").expect("ROLLBOOK_ORACLE is a folder");
    let paths = std::fs::read_dir(folder).expect("the folder can be read").map(|entry| entry.expect("an entry").path());
    let read = |path: std::path::PathBuf| {
        let version = path.file_name()?.to_str()?.strip_suffix(".schema")?;
        Some(Said::read(version, &std::fs::read_to_string(&path).expect("a file")))
    };
    let mut said: Vec<Said> = paths.filter_map(read).collect();
    said.sort_by_key(|said| said.minor);
    said
}

/// `tests/oracle/run.sh` runs it. A shape that the engine does not know stops it before anything is written.
#[test]
#[ignore = "needs what tests/oracle prints"]
fn the_facts_become_what_kubernetes_own_code_says() {
    let (said, old) = (said(), Texts::read());
    let (new, open) = rewrite::rewritten(&old, &said);
    let rows = Rows::of(&new);
    rust::tables(&rows, &Union::of(&rows));
    let mut wrong = Vec::new();
    for said in &said {
        wrong.extend(said.differences(&rows).into_iter().map(|line| format!("1.{}: {line}", said.minor)));
    }
    assert!(wrong.is_empty(), "what the rows cannot say:\n{}", wrong.join("\n"));
    for ((name, new), (_, old)) in new.told().into_iter().zip(old.told()) {
        rewrite::changes(name, old, new).iter().for_each(|line| println!("{line}"));
        std::fs::write(path(name), new).expect("the table can be written");
    }
    open.iter().for_each(|question| println!("to be looked up: {question}"));
}
