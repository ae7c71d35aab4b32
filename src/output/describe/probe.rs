//! Probes on one line, the addresses of HTTP probes written as Go's net/url writes them.

use std::fmt;

use serde_json::Value;

use super::structs::Struct;

/// A probe, shown as `http-get http://:8080/ready delay=0s timeout=1s period=10s #success=1 #failure=3`
/// (`DescribeProbe`).
pub(super) struct Probe<'a>(pub(super) Struct<'a>);

impl fmt::Display for Probe<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(probe) = *self;
        write_handler(f, probe)?;
        let (delay, timeout) = (probe.number("initialDelaySeconds"), probe.number("timeoutSeconds"));
        write!(f, " delay={delay}s timeout={timeout}s period={}s", probe.number("periodSeconds"))?;
        write!(f, " #success={} #failure={}", probe.number("successThreshold"), probe.number("failureThreshold"))
    }
}

fn write_handler(f: &mut fmt::Formatter<'_>, probe: Struct<'_>) -> fmt::Result {
    if let Some(exec) = probe.pointer("exec") {
        write!(f, "exec [{}]", exec.texts("command").join(" "))
    } else if let Some(get) = probe.pointer("httpGet") {
        write!(f, "http-get {}", address(get))
    } else if let Some(socket) = probe.pointer("tcpSocket") {
        write!(f, "tcp-socket {}:{}", socket.text("host"), port(socket))
    } else if let Some(call) = probe.pointer("grpc") {
        write!(f, "grpc <pod>:{} {}", call.number("port"), call.text("service"))
    } else {
        f.write_str("unknown")
    }
}

/// A port's number or name.
fn port(action: Struct<'_>) -> String {
    match action.value("port") {
        Some(Value::String(name)) => name.clone(),
        _ => action.number("port").to_string(),
    }
}

/// The address that is asked, as `url.URL.String` composes it.
fn address(get: Struct<'_>) -> String {
    let (scheme, path) = (get.text("scheme").to_lowercase(), get.text("path"));
    let host = host_and_port(get.text("host"), &port(get));
    let mut address = if scheme.is_empty() { scheme } else { scheme + ":" };
    if !host.is_empty() || (!address.is_empty() && !path.is_empty()) {
        address += "//";
    }
    address += &percent_encoded(&host, "-_.~!$&'()*+,;=:[]<>\"");
    if !path.is_empty() && !path.starts_with('/') && !host.is_empty() {
        address += "/";
    }
    // A lone star is the one path that url.URL.EscapedPath leaves alone.
    address + &if path == "*" { path.to_owned() } else { percent_encoded(path, "-_.~$&+,/:;=@") }
}

/// As `net.JoinHostPort` does it; without a port the host stays as it is.
fn host_and_port(host: &str, port: &str) -> String {
    match (host.contains(':'), port.is_empty()) {
        (_, true) => host.to_owned(),
        (true, false) => format!("[{host}]:{port}"),
        (false, false) => format!("{host}:{port}"),
    }
}

/// Escapes every byte that is neither a letter or a digit of ASCII nor one of `kept`.
fn percent_encoded(text: &str, kept: &str) -> String {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || kept.as_bytes().contains(&byte);
    text.bytes().map(|byte| if kept(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn shown(probe: &Value) -> String {
        let text = Probe(Struct::new(probe)).to_string();
        text.strip_suffix(" delay=0s timeout=0s period=0s #success=0 #failure=0").expect("no numbers").to_owned()
    }

    #[test]
    fn each_way_of_probing_has_its_words() {
        for (probe, text) in [
            (json!({"exec": {"command": ["cat", "/tmp/a b"]}}), "exec [cat /tmp/a b]"),
            (json!({"exec": {}}), "exec []"),
            (json!({"tcpSocket": {"port": "db"}}), "tcp-socket :db"),
            (json!({"grpc": {"port": 9000, "service": ""}}), "grpc <pod>:9000 "),
            (json!({"grpc": {"port": 9000, "service": "live"}}), "grpc <pod>:9000 live"),
            (json!({}), "unknown"),
        ] {
            assert_eq!(shown(&probe), text);
        }
    }

    #[test]
    fn addresses_are_escaped_as_urls() {
        for (host, port, path, text) in [
            ("", json!(80), "/", "http://:80/"),
            ("", json!("web"), "ready", "http://:web/ready"),
            ("fe80::1%eth0", json!(80), "", "http://[fe80::1%25eth0]:80"),
            ("a/b@c", json!(80), "/a b?c#d%*(é)", "http://a%2Fb%40c:80/a%20b%3Fc%23d%25%2A%28%C3%A9%29"),
            ("h", json!(1), "*", "http://h:1/*"),
            ("", json!(""), "x", "http://x"),
        ] {
            let get = json!({"httpGet": {"scheme": "HTTP", "host": host, "port": port, "path": path}});
            assert_eq!(shown(&get), format!("http-get {text}"));
        }
    }
}
