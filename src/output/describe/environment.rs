//! The environment of a container: variables, where their values come from, and whole sources.

use super::amount::Amount;
use super::page::Page;
use super::structs::Struct;

/// Writes both sections; that of the sources only where there are any.
pub(super) fn write(page: &mut Page, container: Struct<'_>) {
    let sources = container.list("envFrom");
    if !sources.is_empty() {
        page.put(2, format_args!("Environment Variables from:\n"));
    }
    for source in sources {
        write_source(page, source);
    }
    let variables = container.list("env");
    page.put(2, format_args!("Environment:{}\n", if variables.is_empty() { "\t<none>" } else { "" }));
    for variable in variables {
        write_variable(page, variable, container);
    }
}

fn write_source(page: &mut Page, source: Struct<'_>) {
    let of = |field, kind| source.pointer(field).map(|reference| (kind, reference));
    let (kind, name, optional) = match of("configMapRef", "ConfigMap").or_else(|| of("secretRef", "Secret")) {
        Some((kind, reference)) => (kind, reference.text("name"), reference.flag("optional")),
        None => ("", "", false),
    };
    match source.text("prefix") {
        "" => page.put(3, format_args!("{name}\t{kind}\tOptional: {optional}\n")),
        prefix => page.put(3, format_args!("{name}\t{kind} with prefix '{prefix}'\tOptional: {optional}\n")),
    }
}

fn write_variable(page: &mut Page, variable: Struct<'_>, container: Struct<'_>) {
    let name = variable.text("name");
    let Some(from) = variable.pointer("valueFrom") else {
        return write_value(page, name, variable.text("value"));
    };
    if let Some(field) = from.pointer("fieldRef") {
        let (version, path) = (field.text("apiVersion"), field.text("fieldPath"));
        page.put(3, format_args!("{name}:\t ({version}:{path})\n"));
    } else if let Some(reference) = from.pointer("resourceFieldRef") {
        let value = resource_value(reference, container.part("resources")).unwrap_or_default();
        page.put(3, format_args!("{name}:\t{value} ({})\n", reference.text("resource")));
    } else if let Some(key) = from.pointer("secretKeyRef") {
        write_key(page, name, "in secret", key);
    } else if let Some(key) = from.pointer("configMapKeyRef") {
        write_key(page, name, "of config map", key);
    }
}

fn write_value(page: &mut Page, name: &str, value: &str) {
    let mut lines = value.split('\n');
    page.put(3, format_args!("{name}:\t{}\n", lines.next().unwrap_or_default()));
    for line in lines {
        page.put(3, format_args!("\t{line}\n"));
    }
}

fn write_key(page: &mut Page, variable: &str, holder: &str, key: Struct<'_>) {
    let (key, name, optional) = (key.text("key"), key.text("name"), key.flag("optional"));
    page.put(3, format_args!("{variable}:\t<set to the key '{key}' {holder} '{name}'>\tOptional: {optional}\n"));
}

/// What a reference such as `limits.cpu` gives, in its divisor's units, rounded up
/// (k8s.io/kubectl/pkg/util/resource: `ExtractContainerResourceValue`).
fn resource_value(reference: Struct<'_>, resources: Struct<'_>) -> Option<String> {
    let (list, name) = reference.text("resource").split_once('.').filter(|(list, _)| is_list(list))?;
    let value = resources.map(list).get(name).and_then(|text| Amount::parse(text)).unwrap_or_default();
    let divisor = Amount::parse(reference.text("divisor")).filter(|d| !d.is_zero()).unwrap_or(Amount::ONE);
    let (value, divisor) = match name {
        "cpu" => (value.millis(), divisor.millis()),
        "memory" | "ephemeral-storage" => (value.units(), divisor.units()),
        name if name.starts_with("hugepages-") => (value.units(), divisor.units()),
        _ => return None,
    };
    match whole(value as f64 / divisor as f64) {
        0 if list == "limits" && matches!(name, "cpu" | "memory") => Some("node allocatable".to_owned()),
        count => Some(count.to_string()),
    }
}

/// The ratio rounded up, as Go has it on amd64: what no `int64` can hold is the least of them.
fn whole(ratio: f64) -> i64 {
    const BEYOND: f64 = (1u64 << 63) as f64;
    let whole = ratio.ceil();
    if (-BEYOND..BEYOND).contains(&whole) { whole as i64 } else { i64::MIN }
}

fn is_list(name: &str) -> bool {
    matches!(name, "limits" | "requests")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn resources_are_counted_in_the_divisor_rounded_up() {
        let resources = json!({
            "limits": {"cpu": "1500m", "memory": "100Mi", "hugepages-2Mi": "4Mi", "hugepages-1Gi": "9223372036854775807"},
            "requests": {"ephemeral-storage": "1G"},
        });
        for (resource, divisor, value) in [
            ("limits.cpu", "0", Some("2")),
            ("limits.cpu", "1m", Some("1500")),
            ("limits.memory", "1Mi", Some("100")),
            ("limits.memory", "1M", Some("105")),
            ("limits.hugepages-2Mi", "1Ki", Some("4096")),
            ("requests.ephemeral-storage", "1Gi", Some("1")),
            ("requests.cpu", "1", Some("0")),
            ("limits.hugepages-1Gi", "1", Some("-9223372036854775808")),
            ("limits.nvidia.com/gpu", "1", None),
            ("memory", "1", None),
        ] {
            let reference = json!({"resource": resource, "divisor": divisor});
            let found = resource_value(Struct::new(&reference), Struct::new(&resources));
            assert_eq!(found.as_deref(), value, "{resource} by {divisor}");
        }
    }

    #[test]
    fn without_a_limit_it_is_the_nodes() {
        let reference = json!({"resource": "limits.cpu", "divisor": "1"});
        let value = resource_value(Struct::new(&reference), Struct::new(&json!({})));
        assert_eq!(value.as_deref(), Some("node allocatable"));
    }
}
