use super::*;

/// A state with these kustomizations and charts, by folder.
fn rendering(files: &[(&str, &str)]) -> Rendering {
    let mut rendering = Rendering::default();
    for (path, text) in files {
        match path.ends_with(CHART) {
            true => rendering.add_chart(&RepoPath::from(*path)),
            false => rendering.add(RepoPath::from(*path), Rc::new(Kustomization::read(text.as_bytes()))),
        }
    }
    rendering
}

fn shown(role: Role) -> String {
    match role {
        Role::Plain => "plain".into(),
        Role::Rendered(by) => {
            by.iter().map(|path| format!("by {} ", path.shown().as_str())).collect::<String>().trim().into()
        }
        Role::Kustomization => "kustomization".into(),
        Role::Input { of, field } => format!("{field} of {}", of.shown().as_str()),
        Role::Chart(folder) => format!("chart {}", folder.shown().as_str()),
    }
}

#[test]
fn each_file_has_its_role() {
    let shop = &[
        ("base/kustomization.yaml", "resources: [web.yaml, db.yaml, ./crds/../job.yaml]"),
        ("dev/kustomization.yaml", "resources: [../base, gone.yaml]\nnamespace: dev"),
        ("prod/kustomization.yml", "bases: [../base/]\ncomponents: [../tags]\npatches: [{path: memory.yaml}]"),
        ("tags/Kustomization", "kind: Component\nresources: [collector.yaml]\nimages: [{name: web, newTag: '2'}]"),
        ("plain/kustomization.yaml", "resources: [a.yaml]\ncomponents: [../quiet]"),
        ("quiet/kustomization.yaml", "kind: Component\nresources: [b.yaml]"),
        ("lost/kustomization.yaml", "resources: [a.yaml]\ncomponents: [../nowhere]"),
        (
            "far/kustomization.yaml",
            "resources: [a.yaml, 'https://example.org/x//y?ref=1', /etc/b.yaml, ../../out.yaml]",
        ),
        ("gen/kustomization.yaml", "configMapGenerator: [{name: c, files: [key=settings.yaml], envs: [a.env]}]"),
        ("broken/kustomization.yaml", "resources: ["),
        ("broken/chart/Chart.yaml", ""),
        ("plug/kustomization.yaml", "resources: [a.yaml]\ntransformers: [../xf]"),
        ("xf/kustomization.yaml", "resources: [patch.yaml]"),
        ("both/kustomization.yaml", "resources: [crd.yaml]\ncrds: [crd.yaml]"),
        ("loop/a/kustomization.yaml", "resources: [../b, x.yaml]"),
        ("loop/b/kustomization.yaml", "components: [../a]\nnamePrefix: x-"),
    ];
    let rendering = rendering(shop);
    for (path, role) in [
        ("base/web.yaml", "by prod/kustomization.yml"),
        ("base/job.yaml", "by prod/kustomization.yml"),
        ("base/other.yaml", "plain"),
        ("dev/gone.yaml", "plain"),
        ("base/kustomization.yaml", "kustomization"),
        ("elsewhere/Kustomization", "kustomization"),
        ("prod/memory.yaml", "patches of prod/kustomization.yml"),
        ("tags/collector.yaml", "by prod/kustomization.yml by tags/Kustomization"),
        ("plain/a.yaml", "plain"),
        ("quiet/b.yaml", "plain"),
        ("lost/a.yaml", "by lost/kustomization.yaml"),
        ("far/a.yaml", "plain"),
        ("gen/settings.yaml", "configMapGenerator of gen/kustomization.yaml"),
        ("gen/a.env", "configMapGenerator of gen/kustomization.yaml"),
        ("broken/a.yaml", "by broken/kustomization.yaml"),
        ("broken/deep/a.yaml", "by broken/kustomization.yaml"),
        ("broken/chart/templates/a.yaml", "chart broken/chart"),
        ("plug/a.yaml", "by plug/kustomization.yaml"),
        ("xf/patch.yaml", "transformers of plug/kustomization.yaml"),
        ("both/crd.yaml", "plain"),
        ("loop/a/x.yaml", "by loop/b/kustomization.yaml"),
    ] {
        assert_eq!(shown(rendering.role(&RepoPath::from(path))), role, "{path}");
    }
}

#[test]
fn what_a_folder_is_brought_with_renders_it_too() {
    let delivery = |folder: &str| Delivery { file: "flux.yaml".into(), folder: folder.into() };
    let all =
        &[("base/kustomization.yaml", "resources: [web.yaml]"), ("prod/kustomization.yaml", "resources: [../base]")];
    let rendering = rendering(all).delivered([delivery("prod"), delivery("raw")].into());
    for (path, role) in [
        ("base/web.yaml", "by flux.yaml"),
        ("prod/other.yaml", "plain"),
        ("raw/deep/a.yaml", "by flux.yaml"),
        ("else/a.yaml", "plain"),
    ] {
        assert_eq!(shown(rendering.role(&RepoPath::from(path))), role, "{path}");
    }
}

#[test]
fn a_chart_has_templates_values_and_charts_and_its_other_files_are_objects() {
    let rendering = rendering(&[
        ("shop/Chart.yaml", ""),
        ("shop/kustomization.yaml", "resources: [all.yaml, templates/plain.yaml]\npatches: [overlays/web.yaml]"),
    ]);
    for (path, role) in [
        ("shop/templates/web.yaml", "chart shop"),
        ("shop/templates/deep/web.yaml", "chart shop"),
        ("shop/charts/db/templates/db.yaml", "chart shop"),
        ("shop/values.yaml", "chart shop"),
        ("shop/values-prod.yaml", "chart shop"),
        ("shop/Chart.yaml", "chart shop"),
        ("shop/crds/thing.yaml", "plain"),
        ("shop/all.yaml", "by shop/kustomization.yaml"),
        ("shop/templates/plain.yaml", "by shop/kustomization.yaml"),
        ("shop/overlays/web.yaml", "patches of shop/kustomization.yaml"),
        ("shop/other.yaml", "plain"),
        ("templates/web.yaml", "plain"),
    ] {
        assert_eq!(shown(rendering.role(&RepoPath::from(path))), role, "{path}");
    }
}

#[test]
fn a_change_of_a_kustomization_concerns_what_it_and_its_users_take_in() {
    let rendering = rendering(&[
        ("base/kustomization.yaml", "resources: [web.yaml]"),
        ("other/kustomization.yaml", "resources: [db.yaml]"),
        ("prod/kustomization.yaml", "resources: [../base, ../other]\ncomponents: [../tags]"),
        ("tags/kustomization.yaml", "kind: Component\nimages: [{name: web, newTag: '2'}]"),
    ]);
    let files = |path: &str| {
        let shaped = rendering.shaped(&RepoPath::from(path));
        let files = shaped.iter().filter(|path| path.name().ends_with(b".yaml"));
        files.map(|path| path.shown().as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(files("base/kustomization.yaml"), ["base/web.yaml"]);
    assert_eq!(files("prod/kustomization.yaml"), ["base/web.yaml", "other/db.yaml"]);
    assert_eq!(files("tags/kustomization.yaml"), ["base/web.yaml", "other/db.yaml"]);
    let shapers = rendering.shapers(&RepoPath::from("base/web.yaml"));
    let shapers: Vec<_> = shapers.iter().map(|(path, _)| path.shown().as_str().to_owned()).collect();
    assert_eq!(shapers, ["base/kustomization.yaml", "prod/kustomization.yaml", "tags/kustomization.yaml"]);
}
