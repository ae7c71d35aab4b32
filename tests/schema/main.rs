//! Where `src/template/schema/tables.rs` comes from: tables read off Kubernetes' own types, gates and defaults
//! (`tests/schema/*.tsv`). The test fails when the committed file is not what they give; `ROLLBOOK_BLESS=1` writes it.

mod internal;
mod minors;
mod oracle;
mod rows;
mod rust;
mod union;

use oracle::Said;
use rows::Rows;
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

/// `tests/oracle/run.sh` runs it, with a file for each version in the folder `ROLLBOOK_ORACLE`.
#[test]
#[ignore = "needs what tests/oracle prints"]
fn the_facts_are_what_kubernetes_own_code_says() {
    let folder = std::env::var_os("ROLLBOOK_ORACLE").expect("ROLLBOOK_ORACLE is a folder");
    let rows = Rows::read();
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("an entry").path();
        let Some(version) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".schema")) else { continue };
        let said = Said::read(version, &std::fs::read_to_string(&path).expect("a file"));
        for line in said.differences(&rows) {
            println!("{version}: {line}");
            count += 1;
        }
    }
    assert_eq!(count, 0, "rows of tests/schema that are not what Kubernetes' code says");
}
