//! From a document's bytes to a name, stage by stage.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rollbook::kubernetes::Version;
use rollbook::manifest;
use rollbook::template::Template;
use rollbook::yaml::Dialect;
use std::hint::black_box;

const MANIFEST: &[u8] = include_bytes!("../tests/golden/manifests/d65-realistic.yaml");

fn stages(criterion: &mut Criterion) {
    let object = manifest::read(MANIFEST, Dialect::Kubectl).objects.remove(0);
    let template = Template::decode(object.node());
    let view = template.view(Version::NEWEST);
    let dump = view.dump().expect("the manifest is whole");
    let mut group = criterion.benchmark_group("template");
    group.throughput(Throughput::Bytes(MANIFEST.len() as u64));
    group.bench_function("bytes to name", |b| {
        b.iter(|| {
            let object = manifest::read(black_box(MANIFEST), Dialect::Kubectl).objects.remove(0);
            Template::decode(object.node()).view(Version::NEWEST).hash(None).map(|hash| hash.to_string()).ok()
        });
    });
    group.bench_function("decode", |b| b.iter(|| Template::decode(black_box(object.node()))));
    group.bench_function("canonical digest", |b| b.iter(|| black_box(&template).canonical()));
    group.throughput(Throughput::Bytes(dump.len() as u64));
    group.bench_function("hash", |b| b.iter(|| black_box(view).hash(None).ok()));
    group.bench_function("dump", |b| b.iter(|| black_box(view).dump().ok()));
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
