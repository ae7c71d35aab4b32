//! What the tables look like: the screens of a small history, as a user sees them.

use rollbook::diff::Rolls;
use rollbook::kubernetes::Version;
use rollbook::output::{
    Author, Cell, Document, HashItem, HashesTable, History, HistoryTable, Meaning, NameOf, Note, ObjectName, Row,
    Screen, Time, Unreadable,
};
use rollbook::revision::{Cause, CauseSource, Change};

fn web() -> ObjectName {
    ObjectName {
        api_version: "apps/v1".into(),
        kind: "Deployment".into(),
        namespace: Some("shop".into()),
        name: "web".into(),
    }
}

fn row(revision: Option<u64>, day: u32, change: &[Change], hash: &str, image: &str, cause: &str) -> Row {
    Row {
        revision,
        change: change.to_vec(),
        rolls: if revision.is_some() { Rolls::Yes } else { Rolls::No },
        reason: "so it is".into(),
        remark: None,
        changes: None,
        hash: (!hash.is_empty()).then(|| hash.to_owned()),
        name: (!hash.is_empty()).then(|| format!("web-{hash}").into()),
        as_new: None,
        commit: format!("{:08x}{:032x}", 0x3f2a_9c10 + day * 0x1111_1111, day),
        time: Time::new(1_790_838_000 + i64::from(day) * 86_400, 120),
        author: Author { name: "Ada Lovelace".into(), email: "ada@shop.example".into() },
        path: "k8s/web.yaml".into(),
        images: vec![format!("ghcr.io/shop/{image}").into()],
        replicas: Some(3),
        revert_of: None,
        cause: Some(Cause { text: cause.into(), source: CauseSource::Subject }),
        stale_annotation: None,
        rendering: vec![],
        live: None,
        error: None,
    }
}

fn history() -> History {
    use Change::{Added, Removed, Rolls, Scales};
    let unreadable = Row {
        images: vec![],
        error: Some(Unreadable { message: "conflict marker `<<<<<<<`".into(), line: Some(12), column: Some(1) }),
        ..row(None, 2, &[Change::Unreadable], "", "", "Merge branch 'main'")
    };
    let removed = Row { images: vec![], ..row(None, 4, &[Removed], "", "", "Move the shop away for good") };
    let returned = Row {
        revert_of: Some(1),
        stale_annotation: Some("first".into()),
        ..row(Some(3), 5, &[Added, Rolls], "6c5f67b5f7", "web:1.3", "Revert \"Faster checkout\"")
    };
    let first = row(Some(1), 0, &[Added], "6c5f67b5f7", "web:1.3", "First release");
    let second =
        row(Some(2), 1, &[Rolls], "7d9f8bcb56", "web:1.4", "Faster checkout for customers with many addresses");
    let scaled = row(None, 3, &[Scales], "", "web:1.4", "Scale up for the sale \x1b[31mnow\u{202e}");
    History {
        object: web(),
        path: "k8s/web.yaml".into(),
        reference: "HEAD".into(),
        kube_version: "1.34".into(),
        exact: true,
        rendered_by: vec![],
        revisions: vec![first, second, unreadable, scaled, removed, returned],
        live_only: None,
    }
}

fn working_tree() -> Cell {
    Cell::new().words("working tree: rolls to ", Meaning::Plain).text(&"web-59d8c5d9f7".into(), Meaning::Hash)
}

fn plain(shown: impl std::fmt::Display) -> String {
    anstream::adapter::strip_str(&shown.to_string()).to_string()
}

#[test]
fn history_on_a_terminal_of_80_columns() {
    let history = history();
    insta::assert_snapshot!(plain(HistoryTable::new(&history, Screen::Terminal(80)).footer(working_tree())));
}

#[test]
fn history_in_a_pipe_is_not_cut() {
    let history = history();
    insta::assert_snapshot!(plain(HistoryTable::new(&history, Screen::Pipe(80)).version_not_configured()));
}

#[test]
fn history_on_a_terminal_of_120_columns() {
    let history = history();
    let table = HistoryTable::new(&history, Screen::Terminal(120)).version_not_configured().with_path();
    insta::assert_snapshot!(plain(table));
}

#[test]
fn history_on_a_narrow_terminal() {
    let history = history();
    insta::assert_snapshot!(plain(HistoryTable::new(&history, Screen::Terminal(40))));
}

#[test]
fn history_wide() {
    let history = history();
    insta::assert_snapshot!(plain(HistoryTable::new(&history, Screen::Unlimited).version_not_configured()));
}

#[test]
fn history_in_colour() {
    let mut history = history();
    history.revisions.truncate(3);
    let shown = HistoryTable::new(&history, Screen::Terminal(80)).footer(working_tree()).to_string();
    insta::assert_snapshot!(shown.replace('\x1b', "^"));
}

#[test]
fn history_without_revisions_has_kubectls_words() {
    let history = History { revisions: vec![], ..history() };
    let shown = plain(HistoryTable::new(&history, Screen::Pipe(80)));
    assert_eq!(shown, "deployment.apps/web\nNo rollout history found.\n");
}

#[test]
fn no_table_lets_a_control_character_out() {
    let history = history();
    for screen in [Screen::Terminal(80), Screen::Pipe(80), Screen::Unlimited] {
        let shown = plain(HistoryTable::new(&history, screen));
        assert!(!shown.contains(|c: char| c != '\n' && c.is_control() || c == '\u{202e}'), "{shown:?}");
    }
}

/// Lines below a table are sentences: a narrow terminal wraps them.
const LONGEST_FOOTER: usize = 80;

#[test]
fn a_terminal_is_never_overrun() {
    let history = history();
    for width in 40..160 {
        let table = HistoryTable::new(&history, Screen::Terminal(width)).version_not_configured();
        let shown = plain(table.footer(working_tree()));
        let longest = shown.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(width.max(LONGEST_FOOTER)), "{width}:\n{shown}");
    }
}

#[test]
fn history_as_json_has_the_documented_shape() {
    let mut history = history();
    history.revisions = vec![history.revisions.remove(0), history.revisions.remove(1)];
    let notes = vec![Note::new("a note"), Note::on("a.yaml".into(), "skipped")];
    insta::assert_snapshot!(Document::new(vec![history], notes).json());
}

#[test]
fn history_as_yaml_is_the_same_document() {
    let document = Document::new(vec![history()], vec![Note::new("on")]);
    let from_yaml: serde_json::Value = serde_yaml::from_str(&document.yaml()).unwrap();
    let from_json: serde_json::Value = serde_json::from_str(&document.json()).unwrap();
    assert_eq!(from_yaml, from_json);
}

#[test]
fn names_are_kubectls() {
    assert_eq!(Document::new(vec![history()], vec![]).names(), "deployment.apps/web\n");
    assert_eq!(Document::new(hashes().split_off(2), vec![]).names(), "replicaset.apps/web-7d9f8bcb56\n");
}

fn hashes() -> Vec<HashItem> {
    let item = |version: &str, hash: Option<&str>| HashItem {
        object: web(),
        path: "web.yaml".into(),
        kube_version: version.to_owned(),
        collision: None,
        hash: hash.map(str::to_owned),
        name: hash.map(|hash| format!("web-{hash}").into()),
        as_new: None,
        name_of: NameOf::ReplicaSet,
        exact: true,
        error: None,
    };
    let error = Unreadable { message: "`containerPort` is no number".into(), line: Some(7), column: Some(13) };
    vec![
        item("1.32", Some("6c5f67b5f7")),
        item("1.33", Some("6c5f67b5f7")),
        item("1.34", Some("7d9f8bcb56")),
        HashItem { path: "bad.yaml".into(), error: Some(error), ..item("1.34", None) },
    ]
}

#[test]
fn hashes_join_the_versions_that_agree() {
    insta::assert_snapshot!(plain(HashesTable::new(&hashes(), Screen::Terminal(80))));
}

#[test]
fn hashes_say_that_nobody_chose_the_version() {
    let items = vec![HashItem { collision: Some(0), kube_version: Version::NEWEST.to_string(), ..hashes().remove(2) }];
    insta::assert_snapshot!(plain(HashesTable::new(&items, Screen::Pipe(80)).version_not_configured()));
}

#[test]
fn hashes_as_json_have_the_documented_shape() {
    insta::assert_snapshot!(Document::new(hashes().split_off(2), vec![]).json());
}
