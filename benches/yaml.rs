//! Reading YAML: a stream of many Deployments, the same as JSON, and the objects of it.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use rollbook::manifest::{may_contain, read, to_json};
use rollbook::yaml::{Dialect, Stream};

fn deployments(count: usize) -> String {
    let deployment = |n| {
        format!(
            "# web shop\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web-{n}\n  labels: {{app: web-{n}}}\n\
             spec:\n  replicas: 3\n  selector:\n    matchLabels:\n      app: web-{n}\n  template:\n    metadata:\n      \
             labels:\n        app: web-{n}\n    spec:\n      containers:\n      - name: web\n        image: \
             \"registry.example.org/web:1.{n}\"\n        ports:\n        - containerPort: 8080\n        env:\n        - \
             name: LOG_LEVEL\n          value: info\n        resources:\n          limits: {{cpu: 500m, memory: \
             256Mi}}\n        args: [--port, '8080']\n---\n"
        )
    };
    (0..count).map(deployment).collect()
}

fn yaml(criterion: &mut Criterion) {
    let text = deployments(1000);
    let stream = Stream::parse(text.as_bytes(), Dialect::Kubectl);
    let json: String = stream.documents.iter().map(|document| to_json(&document.root).to_string()).collect();

    let mut group = criterion.benchmark_group("yaml");
    group.throughput(Throughput::Bytes(text.len() as u64));
    for dialect in [Dialect::Kubectl, Dialect::Kustomize] {
        let name = format!("parse {dialect:?}");
        group.bench_function(name, |b| b.iter(|| Stream::parse(black_box(text.as_bytes()), dialect)));
    }
    group.bench_function("objects", |b| b.iter(|| read(black_box(text.as_bytes()), Dialect::Kubectl)));
    let absent = || may_contain(black_box(text.as_bytes()), Some("Deployment"), "absent");
    group.bench_function("prefilter", |b| b.iter(absent));
    group.throughput(Throughput::Bytes(json.len() as u64));
    group.bench_function("parse JSON", |b| b.iter(|| Stream::parse(black_box(json.as_bytes()), Dialect::Kubectl)));
    group.finish();
}

criterion_group!(benches, yaml);
criterion_main!(benches);
