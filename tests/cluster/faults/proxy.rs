//! A proxy between rollbook and the real API server, which does to some requests what networks, load balancers and busy servers
//! do. It speaks plain HTTP to rollbook, and to the server as its administrator.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use super::script::kubeconfig_of;
use super::upstream::Upstream;
use crate::fixture::ControlPlane;

/// What is done to a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deed {
    /// Nothing, but later.
    Delay(Duration),
    /// Closes the connection: the server does not get to know of it.
    CutBefore,
    /// Has the server do it, and closes the connection without the answer.
    CutAfter,
    /// Has the server do it, and answers that there was no time for it, as a server whose storage is slow.
    Lost,
    /// Has the server do it, and closes the connection in the middle of the answer; of a watch, in the middle of an event.
    Half,
    /// Answers in the server's place, as it does.
    Code(u16),
    /// The same, and asks to come back after so many seconds.
    Later(u16, u32),
    /// Answers a watch with the event that its state is forgotten.
    Gone,
    /// Waits until the test lets it go.
    Hold,
    /// Has the server do it, and never answers.
    Hang,
    /// Has the server do it, gives half of the answer, and nothing more.
    Stall,
}

/// What is done to the next request in which these words are: `PATCH`, `watch=true`, `GET deployments`.
struct Rule {
    words: &'static str,
    deed: Deed,
    is_for_ever: bool,
}

pub struct Proxy {
    pub kubeconfig: PathBuf,
    /// Its address, as rollbook names it.
    pub server: String,
    state: Arc<State>,
    _folder: tempfile::TempDir,
}

struct State {
    upstream: Upstream,
    rules: Mutex<Vec<Rule>>,
    /// The requests so far, each as its method and path.
    asked: Mutex<Vec<String>>,
    /// The watches that are under way.
    watches: Mutex<Vec<TcpStream>>,
    /// Whether what is held may go.
    is_let_go: (Mutex<bool>, Condvar),
}

impl Proxy {
    pub fn before(plane: &ControlPlane) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State {
            upstream: Upstream::of(&plane.kubeconfigs["admin"]),
            rules: Mutex::default(),
            asked: Mutex::default(),
            watches: Mutex::default(),
            is_let_go: Default::default(),
        });
        let serving = state.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (state, stream) = (serving.clone(), stream.unwrap());
                std::thread::spawn(move || {
                    // Whoever asked may be gone at any time.
                    let _ = state.serve(&stream);
                    // Another handle of it may be kept, to cut it.
                    let _ = stream.shutdown(Shutdown::Both);
                });
            }
        });
        let folder = tempfile::tempdir().unwrap();
        let kubeconfig = folder.path().join("config");
        std::fs::write(&kubeconfig, kubeconfig_of(&server, "{}")).unwrap();
        Proxy { kubeconfig, server, state, _folder: folder }
    }

    /// Does this to the next request in which these words are.
    pub fn once(&self, words: &'static str, deed: Deed) -> &Proxy {
        self.state.rules.lock().unwrap().push(Rule { words, deed, is_for_ever: false });
        self
    }

    /// Does this to all requests in which these words are, from now on.
    pub fn always(&self, words: &'static str, deed: Deed) -> &Proxy {
        self.state.rules.lock().unwrap().push(Rule { words, deed, is_for_ever: true });
        self
    }

    /// Lets everything through from now on; says what was still to be done, and not for ever.
    pub fn forgive(&self) -> Vec<Deed> {
        let rules = std::mem::take(&mut *self.state.rules.lock().unwrap());
        rules.into_iter().filter(|rule| !rule.is_for_ever).map(|rule| rule.deed).collect()
    }

    /// The same, but for one request in which these words are: to that it does this.
    pub fn forgive_after(&self, words: &'static str, deed: Deed) {
        *self.state.rules.lock().unwrap() = vec![Rule { words, deed, is_for_ever: false }];
    }

    /// The requests so far in which these words are.
    pub fn asked(&self, words: &str) -> usize {
        self.state.asked.lock().unwrap().iter().filter(|request| has(request, words)).count()
    }

    /// Waits until so many requests have these words in them.
    pub fn wait(&self, words: &str, count: usize) {
        for _ in 0..3000 {
            if self.asked(words) >= count {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!(
            "`{words}` was asked {} times within a minute: {:#?}",
            self.asked(words),
            self.state.asked.lock().unwrap()
        );
    }

    /// Waits until all is done that was to be done once.
    pub fn wait_for_all(&self) {
        let is_left = || self.state.rules.lock().unwrap().iter().any(|rule| !rule.is_for_ever);
        let end = Instant::now() + Duration::from_secs(60);
        while is_left() {
            assert!(Instant::now() < end, "{:?} is left, of {:#?}", self.forgive(), self.state.asked.lock().unwrap());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Lets go what is held.
    pub fn let_go(&self) {
        let (is_let_go, changed) = &self.state.is_let_go;
        *is_let_go.lock().unwrap() = true;
        changed.notify_all();
    }

    /// Cuts all watches, at whatever they are.
    pub fn cut_watches(&self) {
        for watch in self.state.watches.lock().unwrap().drain(..) {
            let _ = watch.shutdown(Shutdown::Both);
        }
    }
}

/// Whether a request has all of these words.
fn has(request: &str, words: &str) -> bool {
    words.split(' ').all(|word| request.contains(word))
}

impl State {
    fn serve(&self, mut stream: &TcpStream) -> Option<()> {
        let request = Request::read(stream)?;
        let is_watch = request.line.contains("watch=true");
        if is_watch {
            // Before anybody can know of it, so that it can be cut.
            self.watches.lock().unwrap().push(stream.try_clone().ok()?);
        }
        self.asked.lock().unwrap().push(request.line.clone());
        let deed = self.next(&request.line);
        match deed {
            Some(Deed::CutBefore) => return None,
            Some(Deed::Code(code)) => return stream.write_all(&status(code, "")).ok(),
            Some(Deed::Later(code, after)) => {
                return stream.write_all(&status(code, &format!("Retry-After: {after}\r\n"))).ok();
            }
            Some(Deed::Gone) => return stream.write_all(&gone()).ok(),
            Some(Deed::Delay(time)) => std::thread::sleep(time),
            Some(Deed::Hold) => {
                let (is_let_go, changed) = &self.is_let_go;
                drop(changed.wait_while(is_let_go.lock().unwrap(), |is| !*is).unwrap());
            }
            _ => {}
        }
        let answer = self.upstream.send(&request.bytes).ok()?;
        if is_watch && matches!(deed, None | Some(Deed::Delay(_) | Deed::Half)) {
            return relay(answer, stream, deed == Some(Deed::Half));
        }
        let whole = whole(answer);
        match deed {
            Some(Deed::CutAfter) => {}
            Some(Deed::Lost) => stream.write_all(&status(504, "")).ok()?,
            Some(Deed::Half) => stream.write_all(half(&whole)).ok()?,
            Some(Deed::Stall) => {
                stream.write_all(half(&whole)).ok()?;
                wait_for_end(stream);
            }
            Some(Deed::Hang) => wait_for_end(stream),
            _ => stream.write_all(&whole).ok()?,
        }
        Some(())
    }

    fn next(&self, line: &str) -> Option<Deed> {
        let mut rules = self.rules.lock().unwrap();
        let at = rules.iter().position(|rule| has(line, rule.words))?;
        Some(if rules[at].is_for_ever { rules[at].deed } else { rules.remove(at).deed })
    }
}

/// A request, to be sent on a connection of its own.
struct Request {
    /// Its method and path.
    line: String,
    bytes: Vec<u8>,
}

impl Request {
    /// None where the client closes the connection instead.
    fn read(stream: &TcpStream) -> Option<Request> {
        let mut reader = BufReader::new(stream);
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
            if line.trim().is_empty() {
                break;
            }
            let lower = line.to_lowercase();
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if !lower.starts_with("connection:") {
                head.push_str(&line);
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let line = head.lines().next()?.trim_end_matches(" HTTP/1.1").to_owned();
        Some(Request { line, bytes: [format!("{head}Connection: close\r\n\r\n").into_bytes(), body].concat() })
    }
}

/// All that comes, to the end of the connection.
fn whole(mut answer: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What has come is there, however the connection ends.
    let _ = answer.read_to_end(&mut bytes);
    bytes
}

/// An answer with half of its body.
fn half(answer: &[u8]) -> &[u8] {
    let head = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").map_or(answer.len(), |at| at + 4);
    &answer[..head + (answer.len() - head) / 2]
}

/// Hands on what comes as it comes; `torn`, up to the middle of the first event.
fn relay(mut answer: impl Read, mut to: &TcpStream, torn: bool) -> Option<()> {
    let (mut buffer, mut is_head) = (vec![0; 1 << 16], true);
    loop {
        let read = answer.read(&mut buffer).ok().filter(|read| *read > 0)?;
        let is_event = !is_head && read > 20;
        let part = if torn && is_event { read / 2 } else { read };
        to.write_all(&buffer[..part]).ok()?;
        if part < read {
            return None;
        }
        is_head = is_head && !buffer[..read].windows(4).any(|bytes| bytes == b"\r\n\r\n");
    }
}

/// Waits until the client has enough of it.
fn wait_for_end(mut stream: &TcpStream) {
    while stream.read(&mut [0; 512]).is_ok_and(|read| read > 0) {}
}

/// An error as the API server says it.
fn status(code: u16, header: &str) -> Vec<u8> {
    let reason = match code {
        401 => "Unauthorized",
        410 => "Expired",
        429 => "TooManyRequests",
        503 => "ServiceUnavailable",
        _ => "InternalError",
    };
    let body = format!(
        r#"{{"kind":"Status","apiVersion":"v1","status":"Failure","message":"{reason}","reason":"{reason}","code":{code}}}"#
    );
    let length = body.len();
    format!(
        "HTTP/1.1 {code} X\r\nContent-Type: application/json\r\nConnection: close\r\n{header}Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// A watch that ends at once, with the event of `k8s.io/apiserver: too old resource version`.
fn gone() -> Vec<u8> {
    let event = concat!(
        r#"{"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","#,
        r#""message":"too old resource version: 1 (2)","reason":"Expired","code":410}}"#,
        "\n"
    );
    let head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    format!("{head}{:x}\r\n{event}\r\n0\r\n\r\n", event.len()).into_bytes()
}
