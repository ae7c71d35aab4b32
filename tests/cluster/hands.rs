//! `rollbook drift`: what somebody added by hand, whatever the tool was called, and what looks so and is not.

use serde_json::{Value, json};

use crate::fixture::Shop;
use crate::manifests::{daemon_set, deployment};

/// A Deployment with much that the API server fills in something for.
const RICH: &str = "apiVersion: apps/v1
kind: Deployment
metadata: {name: rich}
spec:
  selector: {matchLabels: {app: rich}}
  strategy: {type: RollingUpdate}
  template:
    metadata: {labels: {app: rich}}
    spec:
      hostNetwork: true
      serviceAccountName: default
      securityContext: {fsGroup: 1}
      topologySpreadConstraints:
      - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}
      initContainers:
      - {name: first, image: a:1, restartPolicy: Always}
      containers:
      - name: rich
        image: rich
        ports: [{containerPort: 80}]
        env:
        - {name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
        - {name: B, value: ''}
        livenessProbe: {httpGet: {port: 80}}
        readinessProbe: {tcpSocket: {port: 80}}
        startupProbe: {grpc: {port: 80}}
        lifecycle: {preStop: {httpGet: {port: 80}}}
        resources: {limits: {cpu: 1000m, memory: 1024Mi}}
        securityContext: {privileged: true}
      volumes:
      - {name: settings, configMap: {name: settings}}
      - {name: login, secret: {secretName: login}}
      - {name: empty}
      - {name: host, hostPath: {path: /a}}
      - name: many
        projected: {sources: [{downwardAPI: {items: [{path: a, fieldRef: {fieldPath: metadata.name}}]}}, {serviceAccountToken: {path: b}}]}
      - name: own
        ephemeral: {volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}}
";

/// A StatefulSet whose pods have volumes.
const CLAIMS: &str = "apiVersion: apps/v1
kind: StatefulSet
metadata: {name: claims}
spec:
  replicas: 0
  serviceName: claims
  selector: {matchLabels: {app: claims}}
  template:
    metadata: {labels: {app: claims}}
    spec: {containers: [{name: a, image: a}]}
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
";

/// Other kinds, each with the path of its list.
const OTHERS: [(&str, &str); 8] = [
    (
        "apis/batch/v1/jobs",
        "{apiVersion: batch/v1, kind: Job, metadata: {name: job}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}",
    ),
    (
        "apis/batch/v1/cronjobs",
        "{apiVersion: batch/v1, kind: CronJob, metadata: {name: cron}, spec: {schedule: '0 0 1 1 *', jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}}}",
    ),
    (
        "api/v1/services",
        "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}",
    ),
    ("api/v1/configmaps", "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {level: info}}"),
    ("api/v1/secrets", "{apiVersion: v1, kind: Secret, metadata: {name: login}, stringData: {password: hunter2}}"),
    (
        "api/v1/persistentvolumeclaims",
        "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}",
    ),
    (
        "apis/policy/v1/poddisruptionbudgets",
        "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web}, spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}}",
    ),
    (
        "apis/networking.k8s.io/v1/ingresses",
        "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}, spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}}",
    ),
];

/// The path of a list in the namespace.
fn list(shop: &Shop, path: &str) -> String {
    let (root, plural) = path.rsplit_once('/').unwrap();
    format!("/{root}/namespaces/{}/{plural}", shop.namespace)
}

/// Makes an object of a manifest as `kubectl create` and other clients do: whoever makes it owns all that is filled in.
fn create(shop: &Shop, path: &str, manifest: &str, manager: &str) {
    let object: Value = serde_yaml::from_str(manifest).unwrap();
    shop.plane.api.post(&format!("{}?fieldManager={manager}", list(shop, path)), &object);
}

#[test]
fn what_was_filled_in_for_who_made_the_object_is_no_hand() {
    let Some(shop) = Shop::open() else { return };
    let workloads = [
        ("apis/apps/v1/deployments", RICH.to_owned()),
        ("apis/apps/v1/deployments", deployment("web:1", 2, 600)),
        ("apis/apps/v1/statefulsets", CLAIMS.to_owned()),
        ("apis/apps/v1/daemonsets", daemon_set("agent:1")),
    ];
    let all = workloads.iter().map(|(path, text)| (*path, text.as_str())).chain(OTHERS);
    for (at, (path, manifest)) in all.enumerate() {
        shop.world.write(&format!("k8s/{at}.yaml"), manifest);
        create(&shop, path, manifest, "kubectl-create");
    }
    shop.world.commit("all that there is");
    assert_eq!(shop.screen(&["drift"]), "$ rollbook drift\n12 objects, all the same\n");
    // As kubectl scales, restarts and pauses.
    for patch in [
        json!({"spec": {"paused": true}}),
        json!({"spec": {"template": {"metadata": {"annotations": {"kubectl.kubernetes.io/restartedAt": "2026-10-01T12:00:00Z"}}}}}),
    ] {
        shop.plane.api.merge(&format!("{}?fieldManager=kubectl-rollout", shop.path("Deployment", "web")), &patch);
    }
    assert_eq!(shop.rollbook(&["drift"]).code, 0);
}

#[test]
fn what_any_tool_added_to_a_workload_is_told() {
    let Some(shop) = Shop::open() else { return };
    shop.world.set_columns(100);
    for (name, path) in [("web", "k8s/web.yaml"), ("api", "k8s/api.yaml"), ("shop", "k8s/shop.yaml")] {
        let manifest = deployment("web:1", 1, 600).replace("name: web\nspec", &format!("name: {name}\nspec"));
        shop.world.write(path, &manifest);
        shop.apply(&manifest);
    }
    shop.world.commit("three of a kind");
    let add = |name: &str, manager: &str, spec: Value| {
        let patch = json!({"spec": {"template": {"spec": spec}}});
        shop.plane.api.strategic(&format!("{}?fieldManager={manager}", shop.path("Deployment", name)), &patch);
    };
    let env = |name: &str| json!({"containers": [{"name": "web", "env": [{"name": name, "value": "yes"}]}]});
    // Whoever is known to keep what is its own there.
    for manager in ["Reloader", "kube-controller-manager", "argocd-controller", "sidecar-operator"] {
        add("shop", manager, env(&manager.replace('-', "_")));
    }
    assert_eq!(shop.rollbook(&["drift"]).code, 0);
    add("web", "curl", json!({"hostNetwork": true}));
    let privileged = json!({"name": "web", "securityContext": {"privileged": true}});
    add("web", "OpenAPI-Generator", json!({"containers": [privileged]}));
    let path = shop.path("Deployment", "api");
    let mut api = shop.plane.api.get(&path);
    api["spec"]["template"]["spec"]["containers"][0]["env"] = json!([{"name": "DEBUG", "value": "yes"}]);
    api["metadata"]["managedFields"] = Value::Null;
    shop.plane.api.put(&format!("{path}?fieldManager=kubectl-replace"), &api);
    add("shop", "k9s", env("MINE"));
    insta::assert_snapshot!(crate::drift::timeless(&shop.screen(&["drift"])));
}

#[test]
fn a_kind_of_another_group_is_another_kind() {
    let Some(shop) = Shop::open() else { return };
    shop.world.set_columns(100);
    let core =
        "{apiVersion: v1, kind: Service, metadata: {name: web, labels: {app: web}}, spec: {ports: [{port: 80}]}}";
    shop.apply(core);
    let template = json!({"spec": {"containers": [{"image": "web:1"}]}});
    let knative = json!({"apiVersion": "serving.knative.dev/v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"template": template}});
    shop.world.write("k8s/web.json", knative.to_string());
    shop.world.commit("web: first release");
    let there = shop.screen(&["drift", "--extra", "app=web"]);
    shop.plane.api.delete(&shop.path("Service", "web"));
    insta::assert_snapshot!(there + &shop.screen(&["drift"]));
}

#[test]
fn one_name_in_two_namespaces_is_told_apart_where_there_is_little_room() {
    let Some(shop) = Shop::open() else { return };
    shop.world.set_columns(60);
    for namespace in ["first-of-two-long-namespaces", "second-of-two-long-namespaces"] {
        let manifest = deployment("web:1", 1, 600)
            .replace("name: web\nspec", &format!("name: web\n  namespace: {namespace}\nspec"));
        shop.world.write(&format!("k8s/{namespace}.yaml"), manifest);
    }
    shop.world.commit("web: in two places");
    let kubeconfig = shop.plane.kubeconfigs["admin"].display().to_string();
    for command in [&["drift"][..], &["list", "--live"]] {
        let screen = shop.world.rollbook_with(&[("KUBECONFIG", &kubeconfig)], command).stdout;
        let has = |namespace: &str| screen.lines().any(|line| line.starts_with(namespace));
        assert!(has("first-of-two") && has("second-of-two"), "{screen}");
    }
}
