//! The host ports that stay: up to 1.27 `hostNetwork: true` gives each port of a template its own number on the host, and
//! nobody takes it away when the network goes.
//!
//! Source: `pkg/apis/core/v1/defaults.go` SetDefaults_PodSpec, and the gate DefaultHostNetworkHostPortsInPodTemplates, with
//! which 1.28 ended it.

use super::slot::Slot;
use super::sticky::{ImageList, Sticky};
use super::walk::Typed;
use crate::kubernetes::Minors;
use std::collections::BTreeSet;

/// The versions that fill host ports in.
pub(super) const FILLED_IN: Minors = Minors::range(2, 27);

/// A port of a container without a host port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unhosted {
    pub list: ImageList,
    /// The place of the container in the list.
    pub index: u32,
    /// The name of the container, by which an apply finds it again.
    pub name: String,
    /// The place of the port among the container's.
    pub port: u32,
    /// Its number and protocol, by which an apply finds it again.
    pub number: i64,
    pub protocol: String,
}

/// The ports of a pod without host ports.
pub(super) fn unhosted(spec: Typed<'_>) -> Vec<Unhosted> {
    let mut found = Vec::new();
    for list in [ImageList::InitContainers, ImageList::Containers] {
        for (index, container) in spec.field(list.field()).elements().enumerate() {
            for (port, element) in container.field("ports").elements().enumerate() {
                let Slot::Int(number) = element.field("containerPort").slot else { continue };
                let protocol = element.field("protocol").slot.text();
                let unhosted = || Unhosted {
                    list,
                    index: u32::try_from(index).unwrap_or(u32::MAX),
                    name: container.field("name").slot.text().to_owned(),
                    port: u32::try_from(port).unwrap_or(u32::MAX),
                    number: *number,
                    protocol: if protocol.is_empty() { "TCP" } else { protocol }.to_owned(),
                };
                let is_written = !matches!(element.field("hostPort").slot, Slot::Absent | Slot::Int(0));
                found.extend((!is_written).then(unhosted));
            }
        }
    }
    found
}

/// The ports of a live object that have a host port which no manifest wrote.
#[derive(Clone, Debug, Default)]
pub(super) struct Filled(BTreeSet<(ImageList, String, i64, String)>);

impl Filled {
    /// Applies the next template; gives what it has from an older one.
    pub fn apply(&mut self, ports: &[Unhosted], host_network: bool) -> Vec<Sticky> {
        let key = |port: &Unhosted| (port.list, port.name.clone(), port.number, port.protocol.clone());
        let has = |port: &&Unhosted| host_network || self.0.contains(&key(port));
        let filled: Vec<&Unhosted> = ports.iter().filter(has).collect();
        let next = filled.iter().map(|port| key(port)).collect();
        let sticky = |port: &Unhosted| Sticky::HostPort {
            list: port.list,
            index: port.index,
            port: port.port,
            number: port.number.to_string(),
        };
        let kept = if host_network { Vec::new() } else { filled.into_iter().map(sticky).collect() };
        self.0 = next;
        kept
    }
}

#[cfg(test)]
mod tests {
    use crate::kubernetes::Version;
    use crate::template::{Live, Sticky, Template};
    use crate::yaml::{Dialect, Stream};

    fn template(pod: &str) -> Template {
        let text = format!("spec: {{template: {{spec: {{{pod}}}}}}}");
        Template::decode(&Stream::parse(text.as_bytes(), Dialect::Kubectl).documents[0].root)
    }

    fn pod(network: &str, port: &str) -> Template {
        template(&format!("{network}containers: [{{name: web, image: 'web:1', ports: [{{{port}}}]}}]"))
    }

    #[test]
    fn a_host_port_stays_when_the_hosts_network_goes() {
        let (host, plain) = ("hostNetwork: true, ", "");
        for (pods, expected) in [
            (&[(host, "containerPort: 80"), (plain, "containerPort: 80")][..], Some("80")),
            (
                &[
                    (host, "containerPort: 80"),
                    (plain, "containerPort: 80"),
                    (plain, "containerPort: 80, protocol: TCP"),
                ],
                Some("80"),
            ),
            (&[(plain, "containerPort: 80"), (plain, "containerPort: 80")], None),
            (&[(host, "containerPort: 80"), (host, "containerPort: 80")], None), // as a new object has it
            (&[(host, "containerPort: 80"), (plain, "containerPort: 81")], None), // another port
            (&[(host, "containerPort: 80"), (plain, "containerPort: 80, hostPort: 8080")], None),
            (&[(host, "containerPort: 80, hostPort: 80"), (plain, "containerPort: 80")], None), // written, and so removed
        ] {
            let mut live = Live::default();
            let kept = pods.iter().map(|(network, port)| live.apply(&pod(network, port).unwritten())).last().unwrap();
            assert_eq!(kept.first().map(Sticky::value), expected, "{pods:?}");
        }
    }

    #[test]
    fn it_counts_in_the_versions_that_filled_it_in() {
        let kept = {
            let mut live = Live::default();
            live.apply(&pod("hostNetwork: true, ", "containerPort: 80").unwritten());
            live.apply(&pod("", "containerPort: 80").unwritten())
        };
        assert_eq!(kept[0].field(), "spec.template.spec.containers[0].ports[0].hostPort");
        let (plain, written) = (pod("", "containerPort: 80"), pod("", "containerPort: 80, hostPort: 80"));
        let live = plain.with(&kept);
        for version in Version::all() {
            let dump = |template: &Template| template.view(version).dump().unwrap();
            let expected = if kept[0].holds_at(version) { &written } else { &plain };
            assert_eq!(dump(&live), dump(expected), "{version}");
            assert_eq!(kept[0].holds_at(version), version.minor() <= 27, "{version}");
        }
    }
}
