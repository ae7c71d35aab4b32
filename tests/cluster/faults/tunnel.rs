//! Proxies on the way to the server, as the environment and the kubeconfig name them: the connection to the server goes through
//! as it is.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::shop::released;
use crate::fixture::Shop;
use crate::manifests::deployment;
use crate::world::Output;

/// An address that the server's certificate has too. Nobody is there.
const ELSEWHERE: &str = "10.0.0.1";

/// A proxy that makes tunnels, all of which lead to one server.
struct Tunnels {
    url: String,
    /// The first line of each request.
    asked: Arc<Mutex<Vec<String>>>,
    open: Arc<Mutex<Vec<TcpStream>>>,
}

impl Tunnels {
    /// With an answer of its own, in place of a tunnel.
    fn to(server: &str, refusal: Option<&'static str>) -> Tunnels {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let open = Arc::new(Mutex::new(Vec::new()));
        let (heard, opened) = (asked.clone(), open.clone());
        let to = server.trim_start_matches("https://").to_owned();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (mut stream, to, heard, opened) = (stream.unwrap(), to.clone(), heard.clone(), opened.clone());
                std::thread::spawn(move || {
                    heard.lock().unwrap().push(asked_for(&stream));
                    if let Some(refusal) = refusal {
                        return stream.write_all(format!("HTTP/1.1 {refusal}\r\nContent-Length: 0\r\n\r\n").as_bytes());
                    }
                    let server = TcpStream::connect(to)?;
                    stream.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
                    opened.lock().unwrap().push(stream.try_clone()?);
                    let (from, back) = (stream.try_clone()?, server.try_clone()?);
                    std::thread::spawn(move || copy(&from, &back));
                    copy(&server, &stream);
                    Ok(())
                });
            }
        });
        Tunnels { url, asked, open }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// Cuts all tunnels, once so many have been made since the last cut.
    fn cut(&self, count: usize) {
        let end = Instant::now() + Duration::from_secs(60);
        while self.open.lock().unwrap().len() < count {
            assert!(Instant::now() < end, "{} of {count} tunnels were made again", self.open.lock().unwrap().len());
            std::thread::sleep(Duration::from_millis(20));
        }
        for tunnel in self.open.lock().unwrap().drain(..) {
            let _ = tunnel.shutdown(Shutdown::Both);
        }
    }
}

/// The first line of a request, of which the rest is read too.
fn asked_for(stream: &TcpStream) -> String {
    let lines: Vec<String> =
        BufReader::new(stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    lines.first().cloned().unwrap_or_default()
}

fn copy(mut from: &TcpStream, mut to: &TcpStream) {
    let _ = std::io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Both);
}

/// The administrator's kubeconfig, for a server elsewhere.
fn kubeconfig(shop: &Shop, proxy: Option<&str>) -> PathBuf {
    let text = std::fs::read_to_string(&shop.plane.kubeconfigs["admin"]).unwrap();
    let server = shop.plane.server.replace("127.0.0.1", ELSEWHERE);
    let own = proxy.map(|url| format!("\n    proxy-url: {url}")).unwrap_or_default();
    let text = text.replace(&shop.plane.server, &format!("{server}{own}"));
    let path = shop.world.beside("elsewhere.kubeconfig");
    std::fs::write(&path, text).unwrap();
    path
}

fn rollbook(shop: &Shop, variables: &[(&str, &str)], args: &[&str]) -> Output {
    let args = [args, &["-n", &shop.namespace]].concat();
    shop.world.rollbook_with(variables, &args)
}

#[test]
fn a_server_on_this_machine_needs_no_proxy() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:1", 1, 60));
    let kubeconfig = shop.plane.kubeconfigs["admin"].display().to_string();
    // kube itself would take the proxy.
    let variables =
        [("KUBECONFIG", kubeconfig.as_str()), ("HTTPS_PROXY", "http://127.0.0.1:1"), ("NO_PROXY", "example.com,")];
    let run = rollbook(&shop, &variables, &["status", "web", "-o", "name"]);
    assert_eq!(run.stdout, "deployment.apps/web\n", "{}", run.stderr);
}

#[test]
fn a_server_elsewhere_is_reached_through_the_proxy() {
    let Some(shop) = released(&["web:1", "web:2"]) else { return };
    let tunnels = Tunnels::to(&shop.plane.server, None);
    let path = kubeconfig(&shop, None).display().to_string();
    let of_environment = [("KUBECONFIG", path.as_str()), ("HTTPS_PROXY", &tunnels.url), ("NO_PROXY", "example.com")];
    let run = rollbook(&shop, &of_environment, &["apply", "web", "--wait", "--timeout", "60s"]);
    assert_eq!((run.code, run.stdout.ends_with("successfully rolled out\n")), (0, true), "{run:?}");
    let port = shop.plane.server.rsplit(':').next().unwrap();
    let expected = format!("CONNECT {ELSEWHERE}:{port} HTTP/1.1");
    assert!(
        !tunnels.asked().is_empty() && tunnels.asked().iter().all(|asked| *asked == expected),
        "{:?}",
        tunnels.asked()
    );
    // The kubeconfig's own wins, whatever the environment says.
    let path = kubeconfig(&shop, Some(&tunnels.url)).display().to_string();
    let before = tunnels.asked().len();
    let variables = [("KUBECONFIG", path.as_str()), ("HTTPS_PROXY", "http://127.0.0.1:1"), ("NO_PROXY", "*")];
    assert_eq!(rollbook(&shop, &variables, &["status", "web"]).code, 0);
    assert!(tunnels.asked().len() > before);
}

#[test]
fn a_server_that_is_exempt_is_not_asked_through_the_proxy() {
    let Some(shop) = Shop::open() else { return };
    let tunnels = Tunnels::to(&shop.plane.server, None);
    let path = kubeconfig(&shop, None).display().to_string();
    let variables = [("KUBECONFIG", path.as_str()), ("HTTPS_PROXY", &tunnels.url), ("NO_PROXY", "10.0.0.0/8")];
    let run = rollbook(&shop, &variables, &["status", "web", "--request-timeout", "300ms"]);
    assert_eq!((run.code, tunnels.asked()), (2, vec![]), "{run:?}");
}

#[test]
fn a_tunnel_that_is_cut_is_made_again() {
    let Some(shop) = Shop::open() else { return };
    shop.apply(&deployment("web:unready", 1, 600));
    let tunnels = Tunnels::to(&shop.plane.server, None);
    let path = kubeconfig(&shop, Some(&tunnels.url));
    let mut started = shop.start_at(&path, &["status", "web", "--watch", "--timeout", "60s"]);
    started.wait_for("Waiting for deployment ");
    // One for each list that is watched: its workload, its ReplicaSets and its pods.
    (0..3).for_each(|_| tunnels.cut(3));
    shop.apply(&deployment("web:2", 1, 600));
    let run = started.finish_within(Duration::from_secs(40));
    assert_eq!((run.code, run.stdout.contains("successfully rolled out\n")), (0, true), "{run:?}");
}

#[test]
fn a_proxy_that_does_not_let_through_is_named_without_its_password() {
    let Some(shop) = Shop::open() else { return };
    let path = kubeconfig(&shop, None).display().to_string();
    let server = shop.plane.server.replace("127.0.0.1", ELSEWHERE);
    for (refusal, why) in [
        (Some("407 Proxy Authentication Required"), "it asks for a user and a password"),
        (Some("502 Bad Gateway"), "it refuses to connect to the server"),
        (None, "connection refused"),
    ] {
        let tunnels = Tunnels::to(&shop.plane.server, refusal);
        let address = if refusal.is_some() { tunnels.url.trim_start_matches("http://") } else { "127.0.0.1:1" };
        let url = format!("http://ada:c4n4ry@{address}");
        let run = rollbook(&shop, &[("KUBECONFIG", path.as_str()), ("HTTPS_PROXY", &url)], &["status", "web", "-v"]);
        let expected =
            format!("error: cannot reach the API server `{server}` through the proxy `http://{address}`: {why}\n");
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains(&expected), "{expected}{}", run.stderr);
        assert!(!format!("{run:?}").contains("c4n4ry"), "{run:?}");
    }
}
