//! A container: image, ports, command, resources, probes, environment, mounts.

use std::collections::BTreeMap;
use std::fmt;

use super::environment;
use super::page::{NONE, Page};
use super::probe::Probe;
use super::structs::Struct;

const PROBES: [(&str, &str); 3] =
    [("Liveness", "livenessProbe"), ("Readiness", "readinessProbe"), ("Startup", "startupProbe")];

/// Writes a list of containers under its title (`describeContainers`).
pub(super) fn write_all(page: &mut Page, title: &str, containers: &[Struct<'_>]) {
    let none = if containers.is_empty() { " <none>" } else { "" };
    page.put(1, format_args!("{title}:{none}\n"));
    for container in containers {
        write(page, *container);
    }
}

fn write(page: &mut Page, container: Struct<'_>) {
    page.put(1, format_args!(" {}:\n", container.text("name")));
    page.put(2, format_args!("Image:\t{}\n", container.text("image")));
    let ports = container.list("ports");
    write_ports(page, "Port", "containerPort", &ports);
    write_ports(page, "Host Port", "hostPort", &ports);
    write_seccomp(page, container.part("securityContext"));
    write_command(page, "Command", &container.texts("command"));
    write_command(page, "Args", &container.texts("args"));
    write_quantities(page, "Limits", &container.part("resources").map("limits"));
    write_quantities(page, "Requests", &container.part("resources").map("requests"));
    for (title, field) in PROBES {
        if let Some(probe) = container.pointer(field) {
            page.put(2, format_args!("{title}:\t{}\n", Probe(probe)));
        }
    }
    environment::write(page, container);
    write_mounts(page, container);
}

fn write_ports(page: &mut Page, title: &str, field: &str, ports: &[Struct<'_>]) {
    let number = |port: &Struct<'_>| format!("{}/{}", port.number(field), port.text("protocol"));
    let numbers = ports.iter().map(number).collect::<Vec<_>>().join(", ");
    // kubectl counts by the comma, so that a protocol with one in it makes a plural.
    let plural = if numbers.contains(',') { "s" } else { "" };
    page.put(2, format_args!("{title}{plural}:\t{}\n", if numbers.is_empty() { NONE } else { &numbers }));
}

fn write_seccomp(page: &mut Page, context: Struct<'_>) {
    let Some(profile) = context.pointer("seccompProfile") else { return };
    page.put(2, format_args!("SeccompProfile:\t{}\n", profile.text("type")));
    if profile.text("type") == "Localhost" {
        page.put(3, format_args!("LocalhostProfile:\t{}\n", profile.text("localhostProfile")));
    }
}

fn write_command(page: &mut Page, title: &str, words: &[&str]) {
    if words.is_empty() {
        return;
    }
    page.put(2, format_args!("{title}:\n"));
    for line in words.iter().flat_map(|word| word.split('\n')) {
        page.put(3, format_args!("{line}\n"));
    }
}

fn write_quantities(page: &mut Page, title: &str, quantities: &BTreeMap<&str, &str>) {
    if !quantities.is_empty() {
        page.put(2, format_args!("{title}:\n"));
    }
    for (resource, quantity) in quantities {
        page.put(3, format_args!("{resource}:\t{quantity}\n"));
    }
}

fn write_mounts(page: &mut Page, container: Struct<'_>) {
    let mounts = container.list_by("volumeMounts", "mountPath");
    let none = if mounts.is_empty() { "\t<none>" } else { "" };
    page.put(2, format_args!("Mounts:{none}\n"));
    for mount in mounts {
        let access = if mount.flag("readOnly") { "ro" } else { "rw" };
        page.put(3, format_args!("{} from {} ({access}", mount.text("mountPath"), mount.text("name")));
        match mount.text("subPath") {
            "" => page.put(0, format_args!(")\n")),
            path => page.put(0, format_args!(",path={})\n", Quoted(path))),
        }
    }
    let devices = container.list_by("volumeDevices", "devicePath");
    if !devices.is_empty() {
        // kubectl's slip: whether it writes `<none>` here depends on the mounts.
        page.put(2, format_args!("Devices:{none}\n"));
    }
    for device in devices {
        page.put(3, format_args!("{} from {}\n", device.text("devicePath"), device.text("name")));
    }
}

/// Text as a literal of Go (`strconv.Quote`).
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for c in self.0.chars() {
            match c {
                '"' | '\\' => write!(f, "\\{c}")?,
                '\x07' => f.write_str("\\a")?,
                '\x08' => f.write_str("\\b")?,
                '\x0c' => f.write_str("\\f")?,
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                '\x0b' => f.write_str("\\v")?,
                c if is_printable(c) => write!(f, "{c}")?,
                '\0'..' ' | '\x7f' => write!(f, "\\x{:02x}", u32::from(c))?,
                '\u{80}'..='\u{ffff}' => write!(f, "\\u{:04x}", u32::from(c))?,
                c => write!(f, "\\U{:08x}", u32::from(c))?,
            }
        }
        f.write_str("\"")
    }
}

/// Letters, marks, numbers, punctuation, symbols and the plain space, as in Go's `unicode.IsPrint`: what Rust's debug
/// form leaves alone too, if the character does not stand at the start.
fn is_printable(c: char) -> bool {
    matches!(c, '\'' | '"' | '\\') || ['a', c].iter().collect::<String>().escape_debug().nth(1) == Some(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sub_path_is_quoted_as_go_does() {
        for (text, quoted) in [
            ("a/b", r#""a/b""#),
            ("it's \"q\" \\", r#""it's \"q\" \\""#),
            ("\0\x07\x08\x0c\n\r\t\x0b\x1b\x7f", r#""\x00\a\b\f\n\r\t\v\x1b\x7f""#),
            ("\u{85}\u{a0}\u{ad}\u{200b}\u{2028}\u{3000}\u{fffd}", r#""\u0085\u00a0\u00ad\u200b\u2028\u3000"#),
            ("é漢🚀\u{301}a\u{301}", "\"é漢🚀\u{301}a\u{301}\""),
            ("\u{e000}\u{10ffff}", r#""\ue000\U0010ffff""#),
        ] {
            assert!(Quoted(text).to_string().starts_with(quoted), "{} is not {quoted}", Quoted(text));
        }
    }
}
