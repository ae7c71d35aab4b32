//! Which pods an object selects by their labels.

use super::Object;
use crate::kubernetes::Kind;
use crate::yaml::Node;

/// A label selector (`apimachinery: labels.Requirement.Matches`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    requirements: Vec<Requirement>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Requirement {
    key: String,
    operator: Operator,
    values: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
    /// One that the API server refuses: it matches nothing.
    Unknown,
}

/// What a HorizontalPodAutoscaler scales.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScaleTarget<'o> {
    pub kind: &'o str,
    pub name: &'o str,
}

impl Object {
    /// The pods that a Service, a PodDisruptionBudget, a NetworkPolicy or a workload selects; none if it selects none.
    pub fn selector(&self) -> Option<Selector> {
        let kind = Kind::of(&self.identity.kind)?;
        let at = |path: &[&str]| self.node().at(path).filter(|node| !node.is_null());
        match kind {
            // Without labels it has endpoints that somebody else writes.
            Kind::Service | Kind::ReplicationController => {
                at(&["spec", "selector"]).map(Selector::of_labels).filter(|selector| !selector.requirements.is_empty())
            }
            Kind::NetworkPolicy => at(&["spec", "podSelector"]).map(Selector::of),
            Kind::PodDisruptionBudget => at(&["spec", "selector"]).map(Selector::of),
            kind if kind.is_workload() && kind != Kind::CronJob => at(&["spec", "selector"]).map(Selector::of),
            _ => None,
        }
    }

    /// The labels of a workload's pods.
    pub fn pod_labels(&self) -> Vec<(&str, &str)> {
        let labels = self.template().and_then(|template| template.at(&["metadata", "labels"]));
        let entries = labels.map(Node::entries).unwrap_or_default().iter();
        entries.filter_map(|entry| Some((entry.key.as_str(), entry.value.as_str()?))).collect()
    }

    /// Whether a workload selects the pods that it makes, if it selects any.
    pub fn selects_own_pods(&self) -> bool {
        self.selector().is_none_or(|selector| selector.matches(&self.pod_labels()))
    }

    /// What a HorizontalPodAutoscaler scales.
    pub fn scale_target(&self) -> Option<ScaleTarget<'_>> {
        let target = self.node().at(&["spec", "scaleTargetRef"])?;
        let is_autoscaler = Kind::of(&self.identity.kind) == Some(Kind::HorizontalPodAutoscaler);
        let text = |field| target.get(field).and_then(Node::as_str);
        is_autoscaler.then_some(ScaleTarget { kind: text("kind")?, name: text("name")? })
    }
}

impl Selector {
    fn of(node: &Node) -> Selector {
        let mut selector = node.get("matchLabels").map(Selector::of_labels).unwrap_or_default();
        let expressions = node.get("matchExpressions").map(Node::items).unwrap_or_default();
        selector.requirements.extend(expressions.iter().map(|expression| {
            let text = |field| expression.get(field).and_then(Node::as_str).unwrap_or_default();
            let values = expression.get("values").map(Node::items).unwrap_or_default();
            Requirement {
                key: text("key").to_owned(),
                operator: Operator::of(text("operator")),
                values: values.iter().filter_map(Node::as_str).map(str::to_owned).collect(),
            }
        }));
        selector
    }

    fn of_labels(node: &Node) -> Selector {
        let requirement = |key: &String, value: &Node| {
            let values = vec![value.as_str().unwrap_or_default().to_owned()];
            Requirement { key: key.clone(), operator: Operator::In, values }
        };
        Selector { requirements: node.entries().iter().map(|entry| requirement(&entry.key, &entry.value)).collect() }
    }

    /// Whether pods with these labels are selected.
    pub fn matches(&self, labels: &[(&str, &str)]) -> bool {
        self.requirements.iter().all(|requirement| requirement.matches(labels))
    }
}

impl Operator {
    fn of(word: &str) -> Operator {
        match word {
            "In" => Operator::In,
            "NotIn" => Operator::NotIn,
            "Exists" => Operator::Exists,
            "DoesNotExist" => Operator::DoesNotExist,
            _ => Operator::Unknown,
        }
    }
}

impl Requirement {
    fn matches(&self, labels: &[(&str, &str)]) -> bool {
        let value = labels.iter().find(|(key, _)| *key == self.key).map(|(_, value)| *value);
        let is_one = value.is_some_and(|value| self.values.iter().any(|wanted| wanted == value));
        match self.operator {
            Operator::In => is_one,
            Operator::NotIn => !is_one,
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
            Operator::Unknown => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::read;
    use crate::yaml::Dialect;

    fn object(kind: &str, spec: &str) -> Object {
        let text = format!("{{apiVersion: v1, kind: {kind}, metadata: {{name: a}}, spec: {spec}}}");
        read(text.as_bytes(), Dialect::Kubectl).objects.remove(0)
    }

    #[test]
    fn an_object_selects_pods_by_their_labels() {
        let web = object("Deployment", "{template: {metadata: {labels: {app: web, tier: front}}}}");
        for (kind, spec, selects) in [
            ("Service", "{selector: {app: web}}", Some(true)),
            ("Service", "{selector: {app: web, tier: back}}", Some(false)),
            ("Service", "{selector: {}}", None),
            ("Service", "{}", None),
            ("PodDisruptionBudget", "{selector: {matchLabels: {app: web}}}", Some(true)),
            ("PodDisruptionBudget", "{selector: {}}", Some(true)),
            ("PodDisruptionBudget", "{}", None),
            (
                "PodDisruptionBudget",
                "{selector: {matchExpressions: [{key: tier, operator: In, values: [front, back]}]}}",
                Some(true),
            ),
            (
                "PodDisruptionBudget",
                "{selector: {matchExpressions: [{key: tier, operator: NotIn, values: [front]}]}}",
                Some(false),
            ),
            (
                "PodDisruptionBudget",
                "{selector: {matchExpressions: [{key: x, operator: NotIn, values: [front]}]}}",
                Some(true),
            ),
            ("PodDisruptionBudget", "{selector: {matchExpressions: [{key: app, operator: Exists}]}}", Some(true)),
            (
                "PodDisruptionBudget",
                "{selector: {matchExpressions: [{key: app, operator: DoesNotExist}]}}",
                Some(false),
            ),
            ("PodDisruptionBudget", "{selector: {matchExpressions: [{key: app, operator: Is}]}}", Some(false)),
            ("NetworkPolicy", "{podSelector: {matchLabels: {app: web}}}", Some(true)),
            ("Deployment", "{selector: {matchLabels: {app: api}}}", Some(false)),
            ("ConfigMap", "{selector: {app: web}}", None),
        ] {
            let selector = object(kind, spec).selector();
            assert_eq!(selector.map(|selector| selector.matches(&web.pod_labels())), selects, "{kind} {spec}");
        }
    }

    #[test]
    fn an_autoscaler_names_what_it_scales() {
        let spec = "{scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}";
        let target = ScaleTarget { kind: "Deployment", name: "web" };
        assert_eq!(object("HorizontalPodAutoscaler", spec).scale_target(), Some(target));
        assert_eq!(object("Deployment", spec).scale_target(), None);
    }
}
