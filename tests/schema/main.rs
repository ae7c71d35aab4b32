//! Where `src/template/schema/tables.rs` comes from: tables read off Kubernetes' own types, gates and defaults
//! (`tests/schema/*.tsv`). The test fails when the committed file is not what they give; `ROLLBOOK_BLESS=1` writes it.

mod internal;
mod minors;
mod rows;
mod rust;
mod union;

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
