//! The vectors that Kubernetes' own code gave: names, refusals, quantities, dumps.

use flate2::read::GzDecoder;
use rollbook::kubernetes::{Kind, Version};
use rollbook::manifest::{self, Object};
use rollbook::template::{Controller, Finding, Template, refusals};
use rollbook::yaml::Dialect;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Read as _;

fn golden(name: &str) -> String {
    let path = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut text = String::new();
    match name.ends_with(".gz") {
        true => _ = GzDecoder::new(File::open(&path).expect(name)).read_to_string(&mut text).expect(name),
        false => text = fs::read_to_string(&path).expect(name),
    }
    text
}

fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

fn version(minor: &str) -> Version {
    minor.parse().expect("a version")
}

/// What a row of vectors has: the hash, or of a StatefulSet the whole name.
fn named<'t>(
    kind: &str,
    name: &str,
    template: &'t Template,
    at: (Version, Option<i32>),
) -> Result<String, &'t Finding> {
    let controller = Kind::of(kind).and_then(Controller::of).expect("a kind with revisions");
    assert!(controller.has_names(at.0), "{kind} at {}", at.0);
    let hash = controller.hash(template.view(at.0), at.1)?;
    Ok(match controller {
        Controller::StatefulSet => controller.name(name, hash, at.0),
        _ => hash.to_string(),
    })
}

/// The objects of the manifests, by file.
struct Manifests(HashMap<String, Vec<Object>>);

impl Manifests {
    fn read() -> Manifests {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/manifests");
        let files = fs::read_dir(folder).expect("the manifests").map(|entry| entry.expect("an entry"));
        Manifests(
            files
                .map(|file| {
                    let text = fs::read(file.path()).expect("a manifest");
                    let name = file.file_name().into_string().expect("a name in UTF-8");
                    (name, manifest::read(&text, Dialect::Kubectl).objects)
                })
                .collect(),
        )
    }

    /// The object of a row, which begins with its file, kind, namespace and name.
    fn object(&self, row: &[&str]) -> &Object {
        let [file, kind, namespace, name, ..] = row else { panic!("a row that names no object: {row:?}") };
        let object = self.0[*file].iter().find(|object| {
            let identity = &object.identity;
            identity.kind == *kind
                && identity.name == *name
                && identity.namespace.as_deref().unwrap_or_default() == *namespace
        });
        object.unwrap_or_else(|| panic!("{file}: no {kind} {namespace}/{name}"))
    }

    fn template(&self, row: &[&str]) -> Template {
        Template::decode(self.object(row).node())
    }
}

#[test]
fn names_of_the_manifests_agree() {
    let manifests = Manifests::read();
    let text = golden("hashes.tsv");
    let (mut agree, mut wrong) = (0, Vec::new());
    for row in rows(&text) {
        let version = version(row[4]);
        let collision = (row[5] != "none").then(|| row[5].parse().expect("a count"));
        let template = manifests.template(&row);
        match named(row[1], row[3], &template, (version, collision)) {
            Ok(name) if name == row[6] => agree += 1,
            other => wrong.push(format!("{} {}: {} and not {other:?}", row[0], row[4], row[6])),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(agree, 4_033, "rows");
}

#[test]
fn what_a_server_refuses_has_its_hash_or_an_error_with_its_place() {
    let manifests = Manifests::read();
    let text = golden("rejected.tsv");
    let (mut hashed, mut refused) = (0, 0);
    for row in rows(&text) {
        let version = version(row[4]);
        let template = manifests.template(&row);
        match (row[5], named(row[1], row[3], &template, (version, None))) {
            ("", Err(finding)) => {
                assert!(finding.path.starts_with("spec.template.spec.containers[0]."), "{finding}");
                assert!(finding.span.end > finding.span.start, "{finding}");
                refused += 1;
            }
            (expected, Ok(name)) => {
                assert_eq!(name, expected, "{} at {}", row[0], row[4]);
                hashed += 1;
            }
            (expected, Err(finding)) => panic!("{} at {}: {finding}, not {expected}", row[0], row[4]),
        }
    }
    assert_eq!((hashed, refused), (276, 62));
}

#[test]
fn what_a_server_refuses_is_warned_of_and_what_it_takes_is_not() {
    let manifests = Manifests::read();
    let warned = |row: &[&str], version| {
        let object = manifests.object(row);
        let refusals = refusals(object.node(), &Template::decode(object.node()), version);
        refusals.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    for (file, refused) in [("hashes.tsv", false), ("rejected.tsv", true)] {
        let text = golden(file);
        for row in rows(&text).filter(|row| !refused || !row[5].is_empty()) {
            let version = version(row[4]);
            let warnings = warned(&row, version);
            assert_eq!(!warnings.is_empty(), refused, "{} at {version}: {warnings:?}", row[0]);
        }
    }
}

#[test]
fn random_manifests_agree() {
    let (manifests, expected) = (golden("random.jsonl.gz"), golden("random.tsv.gz"));
    let expected: HashMap<(&str, &str), &str> = rows(&expected).map(|row| ((row[0], row[4]), row[5])).collect();
    let mut agree = 0;
    for line in manifests.lines() {
        let (id, json) = identified(line);
        let objects = manifest::read(json.as_bytes(), Dialect::Kubectl).objects;
        let object = objects.first().expect("one object a line");
        let (kind, name) = (&object.identity.kind, &object.identity.name);
        let template = Template::decode(object.node());
        for version in Version::all().filter(|version| version.minor() >= 29) {
            let named = named(kind, name, &template, (version, None)).expect("a name");
            assert_eq!(named, expected[&(id, &*version.to_string())], "{id} at {version}");
            agree += 1;
        }
    }
    assert_eq!(agree, 900 * 9);
}

/// The id and the manifest's own text, so that it is read as it is written.
fn identified(line: &str) -> (&str, &str) {
    let id = line.split('"').nth(3).expect("an id");
    let start = line.find("\"manifest\":").expect("a manifest") + "\"manifest\":".len();
    (id, line[start..].strip_suffix('}').expect("the end of the row"))
}

#[test]
fn quantities_agree() {
    let text = golden("quantities.tsv.gz");
    let mut agree = 0;
    for row in rows(&text) {
        let (pod, before) = match row[1] {
            "list" => (format!("overhead: {{cpu: \"{}\"}}", row[0]), "Overhead:(v1.ResourceList)map[cpu:"),
            _ => {
                let volume = format!("volumes: [{{name: v, emptyDir: {{sizeLimit: \"{}\"}}}}]", row[0]);
                (volume, "SizeLimit:(*resource.Quantity)")
            }
        };
        let manifest = format!(
            "{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: q}}, spec: {{template: {{spec: {{{pod}}}}}}}}}"
        );
        // A text that begins with a brace would be read as JSON.
        let objects = manifest::read(format!("---\n{manifest}").as_bytes(), Dialect::Kubectl).objects;
        let template = Template::decode(objects.first().unwrap_or_else(|| panic!("unreadable: {manifest}")).node());
        for version in [version("1.29"), Version::NEWEST] {
            match template.view(version).dump() {
                Ok(dump) => {
                    let start = dump.find(before).expect("the field") + before.len();
                    assert!(dump[start..].starts_with(row[2]), "{row:?}\n{}", &dump[start..start + 200]);
                }
                Err(finding) => assert_eq!(row[2], "error", "{finding}"),
            }
        }
        agree += 1;
    }
    assert_eq!(agree, 5_568);
}

/// The names of the documentation's Deployment that clusters of their time gave.
const NGINX: [(&str, &[(&str, &str)]); 2] = [
    (
        "nginx:1.7.9",
        &[
            ("1.6", "4234284026"),
            ("1.7", "431080787"),
            ("1.8", "569477d6d8"),
            ("1.9", "6c54bd5869"),
            ("1.10", "75675f5897"),
            ("1.11", "67594d6bf6"),
            ("1.12", "5c689d88bb"),
            ("1.13", "76bf4969df"),
            ("1.14", "6dd86d77d"),
            ("1.15", "5754944d6c"),
        ],
    ),
    (
        "nginx:1.14.2",
        &[
            ("1.16", "574b87c764"),
            ("1.17", "574b87c764"),
            ("1.18", "6b474476c4"),
            ("1.19", "66b6c48dd5"),
            ("1.20", "66b6c48dd5"),
            ("1.21", "66b6c48dd5"),
            ("1.22", "66b6c48dd5"),
            ("1.23", "9456bbbf9"),
            ("1.24", "6595874d85"),
            ("1.25", "7fb96c846b"),
            ("1.26", "85996f8dbd"),
            ("1.27", "cbdccf466"),
            ("1.28", "86dcfdf4c6"),
            ("1.29", "86dcfdf4c6"),
            ("1.30", "77d8468669"),
            ("1.31", "d556bf558"),
            ("1.32", "647677fc66"),
            ("1.33", "647677fc66"),
            ("1.34", "bf744486c"),
            ("1.35", "77bc6bd484"),
            ("1.36", "6c5f67b5f7"),
            ("1.37", "54fd4d6d4c"),
        ],
    ),
];

#[test]
fn the_documentations_nginx_has_the_names_that_clusters_gave_it() {
    let text = golden("nginx.yaml");
    for (image, names) in NGINX {
        let text = text.replace("nginx:1.14.2", image);
        let objects = manifest::read(text.as_bytes(), Dialect::Kubectl).objects;
        let template = Template::decode(objects[0].node());
        for (minor, name) in names {
            let hash = template.view(version(minor)).hash(None).expect("a name").to_string();
            assert_eq!(hash, *name, "{image} at {minor}");
        }
    }
}

#[test]
fn the_documentations_nginx_has_the_dump_that_is_hashed() {
    let text = golden("nginx.yaml");
    let objects = manifest::read(text.as_bytes(), Dialect::Kubectl).objects;
    let template = Template::decode(objects[0].node());
    assert_eq!(template.view(version("1.36")).dump().expect("a dump"), golden("nginx-1.36.dump").trim_end());
}

#[test]
fn names_that_old_articles_print_agree() {
    let text = golden("articles/names.tsv");
    for row in rows(&text) {
        let manifest = golden(&format!("articles/{}", row[0]));
        let object = manifest::read(manifest.as_bytes(), Dialect::Kubectl).objects.remove(0);
        let version = version(row[3]);
        let hash = Template::decode(object.node()).view(version).hash(None).expect("a name");
        assert_eq!(hash.replica_set_name(row[2], version), row[4], "{} at {version}", row[0]);
    }
    assert_eq!(rows(&text).count(), 4);
}

/// As Go prints and writes `v1.Fields` of apimachinery 0.15.12, once it has been over the wire.
#[test]
fn sets_of_fields_were_maps_before_they_were_bytes() {
    let fields = r#"{"f:spec": {"f:x": {}, "f:a<b": null}, ".": {}}"#;
    let text = format!(
        "---\n{{apiVersion: apps/v1, kind: StatefulSet, metadata: {{name: x}}, spec: {{template: {{metadata: {{managedFields: [{{fields: {fields}}}]}}}}}}}}"
    );
    let template = Template::decode(manifest::read(text.as_bytes(), Dialect::Kubectl).objects[0].node());
    let empty = "{Map:(map[string]v1.Fields)<nil>}";
    for (minor, is_there) in [("1.13", false), ("1.14", true), ("1.15", true), ("1.16", false)] {
        let view = template.view(version(minor));
        let dump = view.dump().expect("a dump");
        let dumped = format!(
            "Fields:(*v1.Fields){{Map:(map[string]v1.Fields)map[.:{empty} \
             f:spec:{{Map:(map[string]v1.Fields)map[f:a<b:{empty} f:x:{empty}]}}]}}"
        );
        assert_eq!(dump.contains(&dumped), is_there, "{minor}: {dump}");
        let patch = view.patch().expect("a patch");
        let written = r#"{"fields":{".":null,"f:spec":{"f:a\u003cb":null,"f:x":null}}}"#;
        assert_eq!(patch.contains(written), is_there, "{minor}: {patch}");
    }
}

#[test]
fn what_is_nested_very_deep_has_no_name_where_it_counts() {
    let deep = |depth: usize| format!("{}1{}", "{a: ".repeat(depth), "}".repeat(depth));
    for (depth, is_read) in [(90, true), (120, false), (900, false)] {
        let text = format!(
            "---\n{{apiVersion: apps/v1, kind: StatefulSet, metadata: {{name: x}}, spec: {{template: {{metadata: {{managedFields: [{{fieldsV1: {}}}]}}}}}}}}",
            deep(depth)
        );
        let template = Template::decode(manifest::read(text.as_bytes(), Dialect::Kubectl).objects[0].node());
        let patch = template.view(version("1.30")).patch();
        assert_eq!(patch.as_ref().is_ok_and(|patch| patch.contains(r#"{"a":{"a":"#)), is_read, "{depth}");
        assert_eq!(patch.is_ok(), is_read, "{depth}");
        assert!(template.view(version("1.13")).patch().is_ok(), "1.13 has no such field");
    }
}

#[test]
fn old_versions_held_some_things_in_other_forms() {
    let dump = |pod: &str, minor: &str| {
        let text = format!(
            "---\n{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: x}}, spec: {{template: {{spec: {{{pod}}}}}}}}}"
        );
        let objects = manifest::read(text.as_bytes(), Dialect::Kubectl).objects;
        Template::decode(objects[0].node()).view(version(minor)).dump().expect("a dump")
    };
    for (pod, minor, part) in [
        (
            "hostNetwork: true",
            "1.5",
            "SecurityContext:(*api.PodSecurityContext){HostNetwork:(bool)true HostPID:(bool)false",
        ),
        ("serviceAccount: robot", "1.5", "ServiceAccountName:(string)robot NodeName:"),
        ("containers: [{ports: [{containerPort: 80}]}]", "1.2", "HostPort:(int)0 ContainerPort:(int)80"),
        ("containers: [{ports: [{containerPort: 80}]}]", "1.3", "HostPort:(int32)0 ContainerPort:(int32)80"),
        (
            "containers: [{resources: {limits: {cpu: 250m}}}]",
            "1.2",
            "map[cpu:{Amount:(*inf.Dec){unscaled:(big.Int){neg:(bool)false abs:(big.nat)[250]} scale:(inf.Scale)3} \
             Format:(resource.Format)DecimalSI}]",
        ),
        ("initContainers: [{name: i}]", "1.5", "InitContainers:([]api.Container)<nil>"),
        ("initContainers: [{name: i}]", "1.6", r#"init-containers:[{"name":"i","image":"","resources":{},"#),
        ("volumes: [{azureDisk: {}}]", "1.6", "CachingMode:(*v1.AzureDataDiskCachingMode)None"),
        ("volumes: [{azureDisk: {}}]", "1.7", "CachingMode:(*v1.AzureDataDiskCachingMode)ReadWrite"),
        ("containers: [{imagepullpolicy: Never}]", "1.11", "ImagePullPolicy:(v1.PullPolicy)Never"),
        ("containers: [{imagepullpolicy: Never}]", "1.12", "ImagePullPolicy:(v1.PullPolicy)IfNotPresent"),
        ("hostNetwork: true, containers: [{ports: [{containerPort: 80}]}]", "1.27", "HostPort:(int32)80"),
        ("hostNetwork: true, containers: [{ports: [{containerPort: 80}]}]", "1.28", "HostPort:(int32)0"),
    ] {
        let dump = dump(pod, minor);
        assert!(dump.contains(part), "{pod} at {minor}: {dump}");
    }
}
