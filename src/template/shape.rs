//! What the schema knows of a place in an object, for whoever compares objects: how the items of a list are told apart,
//! and whether two ways of writing a field mean the same.

use super::canonical::{Canonical, Digest, digest_of};
use super::decode;
use super::schema::{Default, Field, Index, Struct, Type, object};
use super::walk::{Region, Walk};
use crate::yaml::{Node, Value, json_text};

/// A place in objects of one kind, such as `spec.template.spec.containers`, with what the schema has to say of it;
/// nothing, where it does not know the place.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shape {
    ty: Option<&'static Type>,
    merge_keys: &'static [&'static str],
}

impl Shape {
    /// Objects of a kind, as manifests write it.
    ///
    /// ```
    /// use rollbook::template::Shape;
    /// let ports = Shape::of("Service").field("spec").field("ports");
    /// assert_eq!(ports.merge_keys(), ["port", "protocol"]);
    /// assert_eq!(ports.element().default_text("protocol"), Some("TCP"));
    /// ```
    pub fn of(kind: &str) -> Shape {
        Shape::typed(object(kind))
    }

    /// The value under a key.
    pub fn field(self, key: &str) -> Shape {
        match self.ty {
            Some(Type::Struct(shape)) => shape.find(key).map_or(Shape::default(), |place| {
                let field = shape.at(place);
                Shape { ty: Some(&field.ty), merge_keys: field.merge_keys }
            }),
            Some(Type::Map(element)) => Shape::typed(element),
            _ => Shape::default(),
        }
    }

    /// An item of the list.
    pub fn element(self) -> Shape {
        match self.ty {
            Some(Type::List(element)) => Shape::typed(element),
            _ => Shape::default(),
        }
    }

    /// By which fields the items of the list are told apart, a path of keys each (`metadata.name`).
    pub fn merge_keys(self) -> &'static [&'static str] {
        self.merge_keys
    }

    /// The text that a field becomes where it is not written.
    pub fn default_text(self, key: &str) -> Option<&'static str> {
        let Some(Type::Struct(shape)) = self.ty else { return None };
        match shape.at(shape.find(key)?).default {
            Default::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether two values that are written differently mean the same: `1000m` and 1, where a quantity is wanted. What
    /// the schema does not know means what its JSON says. Values of Secrets mean the same only if they are equal.
    pub fn same(self, old: &Node, new: &Node) -> bool {
        if holds_sealed(old) || holds_sealed(new) {
            return old == new;
        }
        match self.ty {
            Some(ty) => of_value(ty, old) == of_value(ty, new),
            None => json_text(old) == json_text(new),
        }
    }

    /// Whether the schema says of a mapping that it has this field.
    pub fn has_field(self, key: &str) -> bool {
        matches!(self.ty, Some(Type::Struct(shape)) if shape.find(key).is_some())
    }

    /// Whether two mappings mean the same by one of their fields, which one of them may not have: the API server fills
    /// in what is not written, for some fields by what stands in others. The mappings come with their values of it.
    pub fn same_field(self, key: &str, old: (&Node, Option<&Node>), new: (&Node, Option<&Node>)) -> bool {
        let place = match self.ty {
            Some(Type::Struct(shape)) => shape.find(key).map(|place| (*shape, place)),
            _ => None,
        };
        match (place, old.1, new.1) {
            (Some(_), a, b) if [a, b].into_iter().flatten().any(holds_sealed) => a == b,
            (Some((shape, place)), ..) => of_field(shape, place, key, old.0) == of_field(shape, place, key, new.0),
            (None, Some(old), Some(new)) => self.field(key).same(old, new),
            _ => false,
        }
    }

    fn typed(ty: &'static Type) -> Shape {
        Shape { ty: Some(ty), merge_keys: &[] }
    }
}

fn of_value(ty: &'static Type, node: &Node) -> Digest {
    let (slot, extras) = decode::value(ty, node);
    digest_of(Canonical::new(None), &extras, |sink| Walk::within().value(ty, &slot, Region::Elsewhere, sink))
}

/// The meaning of one field of a mapping. Its neighbours are looked at only where a rule asks for them.
fn of_field(shape: &'static Struct, place: Index, key: &str, mapping: &Node) -> Digest {
    let whole = shape.at(place).rule.is_some();
    let entries = mapping.entries().iter().filter(|entry| whole || entry.key == key);
    let (slot, mut extras) = decode::part(shape, entries);
    extras
        .retain(|(path, _)| path.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '['])));
    digest_of(Canonical::new(None), &extras, |sink| match place.inline.map(|outer| (outer, &shape.fields[outer].ty)) {
        Some((outer, Type::Struct(inner))) => {
            let slots = slot.fields()[outer].fields();
            let field = (&inner.fields[place.index], &slots[place.index]);
            Walk::within().slot(inner, slots, field, Region::Elsewhere, sink);
        }
        _ => {
            let field = (&shape.fields[place.index], &slot.fields()[place.index]);
            Walk::within().slot(shape, slot.fields(), field, Region::Elsewhere, sink);
        }
    })
}

impl Struct {
    /// The field at a place that [`Struct::find`] gave.
    fn at(&self, place: Index) -> &Field {
        match place.inline.map(|outer| &self.fields[outer].ty) {
            Some(Type::Struct(inner)) => &inner.fields[place.index],
            _ => &self.fields[place.index],
        }
    }
}

fn holds_sealed(node: &Node) -> bool {
    match &node.value {
        Value::Sealed(_) => true,
        Value::Sequence(items) => items.iter().any(holds_sealed),
        Value::Mapping(entries) => entries.iter().any(|entry| holds_sealed(&entry.value)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Dialect, Stream};

    fn node(text: &str) -> Node {
        Stream::parse(text.as_bytes(), Dialect::Kubectl).documents.remove(0).root
    }

    /// The place that a path of keys leads to; `*` is any item of a list.
    fn at(kind: &str, path: &str) -> Shape {
        path.split('.').filter(|step| !step.is_empty()).fold(Shape::of(kind), |shape, step| match step {
            "*" => shape.element(),
            key => shape.field(key),
        })
    }

    const CONTAINER: &str = "spec.template.spec.containers.*";

    #[test]
    fn values_are_equal_by_their_type() {
        for (path, old, new, same) in [
            ("resources.limits.cpu", "1000m", "1", true),
            ("resources.limits.cpu", "1", "'1'", true),
            ("resources.limits.cpu", "1000m", "2", false),
            ("ports.*.containerPort", "80", "80.0", true),
            ("ports.*.containerPort", "80", "'80'", false),
            ("livenessProbe.httpGet.port", "80", "'80'", false),
            ("nobody.knows", "1.0", "1", true),
            ("nobody.knows", "1000m", "1", false),
            ("nobody.knows", "~", "''", false),
        ] {
            let shape = at("Deployment", &format!("{CONTAINER}.{path}"));
            let value = |text: &str| node(&format!("[{text}]")).items()[0].clone();
            assert_eq!(shape.same(&value(old), &value(new)), same, "{path}: {old} {new}");
        }
    }

    #[test]
    fn a_field_that_is_not_written_means_its_default() {
        for (kind, path, key, old, new, same) in [
            (
                "Deployment",
                CONTAINER,
                "imagePullPolicy",
                "{image: 'web:1'}",
                "{image: 'web:1', imagePullPolicy: IfNotPresent}",
                true,
            ),
            (
                "Deployment",
                CONTAINER,
                "imagePullPolicy",
                "{image: web}",
                "{image: web, imagePullPolicy: IfNotPresent}",
                false,
            ),
            ("Deployment", CONTAINER, "resources", "{}", "{resources: {limits: {}}}", true),
            ("Deployment", CONTAINER, "securityContext", "{}", "{securityContext: {}}", false),
            ("Deployment", CONTAINER, "nobody", "{}", "{nobody: ~}", false),
            ("Deployment", "spec.template.spec", "securityContext", "{}", "{securityContext: {}}", true),
            ("Deployment", "spec.template.spec", "hostNetwork", "{hostNetwork: false}", "{}", true),
            (
                "Deployment",
                "spec.template.spec",
                "serviceAccount",
                "{serviceAccountName: a}",
                "{serviceAccount: a}",
                true,
            ),
            ("Deployment", "spec.template.spec.volumes.*", "emptyDir", "{name: v}", "{name: v, emptyDir: {}}", true),
            (
                "Deployment",
                "spec.template.spec.volumes.*",
                "emptyDir",
                "{name: v}",
                "{name: v, emptyDir: {medium: Memory}}",
                false,
            ),
            ("Deployment", "spec", "strategy", "{}", "{strategy: {rollingUpdate: {maxSurge: 25%}}}", true),
            ("Deployment", "spec", "strategy", "{}", "{strategy: {type: Recreate}}", false),
            ("StatefulSet", "spec", "updateStrategy", "{}", "{updateStrategy: {type: RollingUpdate}}", true),
            ("Service", "spec.ports.*", "targetPort", "{port: 80}", "{port: 80, targetPort: 80}", true),
            ("Service", "spec.ports.*", "targetPort", "{port: 80}", "{port: 80, targetPort: '80'}", false),
            ("Whatever", "metadata", "creationTimestamp", "{}", "{creationTimestamp: ~}", true),
            ("ConfigMap", "data", "a", "{}", "{a: ''}", false),
        ] {
            let (old, new) = (node(old), node(new));
            let found = at(kind, path).same_field(key, (&old, old.get(key)), (&new, new.get(key)));
            assert_eq!(found, same, "{kind} {path}.{key}: {} {}", json_text(&old), json_text(&new));
        }
    }

    #[test]
    fn neighbours_that_nobody_knows_do_not_count() {
        let (old, new) = (node("{image: 'a:1', x: 1}"), node("{image: 'a:1', x: 2, imagePullPolicy: IfNotPresent}"));
        let key = "imagePullPolicy";
        assert!(at("Deployment", CONTAINER).same_field(key, (&old, None), (&new, new.get(key))));
    }
}
