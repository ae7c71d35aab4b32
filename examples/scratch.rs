use rollbook::git::Repository;
use rollbook::kubernetes::Kind;
use rollbook::revision::{Book, Index, Window};
use std::time::Instant;
fn main() {
    let dir = std::env::args().nth(1).unwrap();
    let repository = Repository::open(std::path::Path::new(&dir)).unwrap();
    let tip = repository.head().unwrap();
    let start = Instant::now();
    let keep = |identity: &rollbook::manifest::Identity| Kind::of(&identity.kind).is_some_and(Kind::is_workload);
    let folder = std::env::args().nth(2);
    let index = folder.map_or_else(Index::none, |f| Index::open(std::path::Path::new(&f)));
    eprintln!("open {:?} {:?}", start.elapsed(), index.stat());
    let book = Book::read(&repository, &index, tip, &keep, || {}).unwrap();
    eprintln!("read {:?}", start.elapsed());
    for lineage in book.lineages() {
        let l = lineage.newest().unwrap();
        println!(
            "{} {}/{} {} rev {:?}",
            if lineage.stands() { "+" } else { "-" },
            l.identity.kind,
            l.identity.name,
            l.path.shown().as_str(),
            l.rows.last().and_then(|r| r.during)
        );
    }
    eprintln!("newest {:?}", start.elapsed());
    let rows: usize = book.lineages().map(|l| l.rows(&Window::default()).unwrap().rows.len()).sum();
    eprintln!("rows {rows} {:?}", start.elapsed());
    index.save().unwrap();
    eprintln!("saved {:?}", start.elapsed());
}
