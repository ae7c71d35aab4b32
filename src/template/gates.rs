//! Feature gates: switches of an API server that decide whether it keeps a field.

use super::schema::GATES;
use crate::kubernetes::{Minors, Version};
use crate::text::closest;
use std::fmt;
use std::str::FromStr;

/// A gate that a field of a pod template depends on, by its name in Kubernetes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gate(u8);

/// A row of the table of gates.
#[derive(Debug)]
pub(super) struct GateRow {
    pub name: &'static str,
    /// The versions that know it.
    pub known: Minors,
}

impl Gate {
    pub(super) const fn at(index: u8) -> Gate {
        Gate(index)
    }

    /// All of them, by name.
    pub fn all() -> impl Iterator<Item = Gate> {
        (0..u8::try_from(GATES.len()).unwrap_or(u8::MAX)).map(Gate)
    }

    /// As `--feature-gates` writes it: `ImageVolume`.
    pub fn name(self) -> &'static str {
        GATES[usize::from(self.0)].name
    }

    /// Whether an API server of the version knows it.
    pub fn is_known_to(self, version: Version) -> bool {
        GATES[usize::from(self.0)].known.has(version)
    }
}

impl fmt::Display for Gate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word that is no gate on which a pod template depends.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is no feature gate that a pod template depends on", .given.escape_debug())]
pub struct UnknownGate {
    given: String,
    /// The gate that may have been meant.
    pub suggestion: Option<&'static str>,
}

impl FromStr for Gate {
    type Err = UnknownGate;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let place = GATES.iter().position(|row| row.name == name).and_then(|place| u8::try_from(place).ok());
        let suggestion = || closest(name, GATES.iter().map(|row| row.name));
        place.map(Gate).ok_or_else(|| UnknownGate { given: name.to_owned(), suggestion: suggestion() })
    }
}

/// Which gates an API server was told to turn on or off; the others are as its version has them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Gates {
    told: u64,
    on: u64,
}

impl Gates {
    /// The same with one more.
    pub fn with(self, gate: Gate, on: bool) -> Gates {
        let bit = 1 << gate.0;
        Gates { told: self.told | bit, on: if on { self.on | bit } else { self.on & !bit } }
    }

    /// The same, but what `other` tells as it tells it.
    pub fn and(self, other: Gates) -> Gates {
        Gates { told: self.told | other.told, on: (self.on & !other.told) | other.on }
    }

    /// The gates that were told of, in the order of their names, each with whether it is on.
    pub fn told(self) -> impl Iterator<Item = (Gate, bool)> {
        Gate::all().filter_map(move |gate| Some((gate, self.setting(gate)?)))
    }

    /// Whether a gate was told to be on; nothing where it was not told of.
    pub(super) fn setting(self, gate: Gate) -> Option<bool> {
        (self.told >> gate.0 & 1 == 1).then_some(self.on >> gate.0 & 1 == 1)
    }
}

/// An API server, as far as it decides what a template becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Server {
    pub version: Version,
    pub gates: Gates,
}

impl From<Version> for Server {
    fn from(version: Version) -> Self {
        Server { version, gates: Gates::default() }
    }
}

impl Server {
    /// Whether a gate was told to be on or off, if the version knows it.
    pub(super) fn setting(self, gate: Option<Gate>) -> Option<bool> {
        gate.filter(|gate| gate.is_known_to(self.version)).and_then(|gate| self.gates.setting(gate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::Template;
    use crate::yaml::{Dialect, Stream};

    fn gates(told: &[(&str, bool)]) -> Gates {
        told.iter().fold(Gates::default(), |gates, (name, on)| gates.with(name.parse().unwrap(), *on))
    }

    #[test]
    fn every_gate_has_its_bit_and_its_name() {
        assert!(GATES.len() <= 64 && GATES.is_sorted_by(|one, other| one.name < other.name));
        let all = GATES.iter().map(|row| row.name.parse::<Gate>().unwrap().name());
        assert!(all.eq(GATES.iter().map(|row| row.name)));
        assert_eq!("ImageVolumes".parse::<Gate>().unwrap_err().suggestion, Some("ImageVolume"));
    }

    #[test]
    fn a_scope_overrides_what_holds_in_general() {
        let general = gates(&[("ImageVolume", true), ("EnvFiles", true)]);
        let told = |gates: Gates| gates.told().map(|(gate, on)| (gate.name(), on)).collect::<Vec<_>>();
        let scope = gates(&[("EnvFiles", false), ("ProcMountType", true)]);
        assert_eq!(told(general.and(scope)), [("EnvFiles", false), ("ImageVolume", true), ("ProcMountType", true)]);
    }

    /// With the gate of a field turned to what a newer or older version has it, the template is that of a cluster where
    /// the field counts, or where it is not written.
    #[test]
    fn a_gate_decides_whether_a_field_counts() {
        let pod = |with: &str| {
            let text = format!("spec: {{template: {{spec: {{{with}containers: [{{name: web, image: web}}]}}}}}}");
            Template::decode(&Stream::parse(text.as_bytes(), Dialect::Kubectl).documents[0].root)
        };
        for (field, gate, off_in, on_in) in [
            // Its gate had another name up to 1.27.
            ("hostUsers: false, ", "UserNamespacesSupport", "1.32", "1.33"),
            ("hostnameOverride: web, ", "HostnameOverride", "1.34", "1.35"),
            ("volumes: [{name: a, image: {reference: a}}], ", "ImageVolume", "1.34", "1.35"),
            ("securityContext: {supplementalGroupsPolicy: Strict}, ", "SupplementalGroupsPolicy", "1.32", "1.33"),
        ] {
            let (with, without) =
                (pod(field), pod(if field.starts_with("sec") { "securityContext: {}, " } else { "" }));
            let dump = |template: &Template, version: &str, told: &[(&str, bool)]| {
                template.view(Server { version: version.parse().unwrap(), gates: gates(told) }).dump().unwrap()
            };
            assert_eq!(dump(&with, off_in, &[]), dump(&without, off_in, &[]), "{field}");
            assert_ne!(dump(&with, off_in, &[(gate, true)]), dump(&without, off_in, &[]), "{field}");
            assert_ne!(dump(&with, on_in, &[]), dump(&without, on_in, &[]), "{field}");
            assert_eq!(dump(&with, on_in, &[(gate, false)]), dump(&without, on_in, &[]), "{field}");
            assert_eq!(dump(&with, "1.27", &[(gate, true)]), dump(&with, "1.27", &[]), "{field}: not known yet");
        }
    }
}
