//! A server that does one thing after another, whatever it is asked.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rollbook::cluster::{Cluster, Options};

/// What a server does with a request.
#[derive(Clone, Copy)]
pub enum Reply {
    Answer(u16, &'static str),
    /// With `Retry-After: 1`.
    Later(u16),
    /// Closes the connection.
    Cut,
    /// Says that more comes than does.
    Half,
    Hang,
}

/// A server that does one thing after another, the last of them for ever.
pub struct Script {
    pub kubeconfig: PathBuf,
    asked: Arc<Mutex<Vec<String>>>,
    _folder: tempfile::TempDir,
}

pub const LIST: &str = r#"{"items":[{"metadata":{"name":"web"}}]}"#;

impl Script {
    pub fn play(replies: &'static [Reply]) -> Script {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = asked.clone();
        std::thread::spawn(move || {
            for (at, stream) in listener.incoming().enumerate() {
                let reply = replies[at.min(replies.len() - 1)];
                let heard = heard.clone();
                std::thread::spawn(move || answer(stream.unwrap(), reply, &heard));
            }
        });
        let folder = tempfile::tempdir().unwrap();
        let kubeconfig = folder.path().join("config");
        std::fs::write(&kubeconfig, kubeconfig_of(&server, "{}")).unwrap();
        Script { kubeconfig, asked, _folder: folder }
    }

    pub fn connect(&self, timeout: Option<Duration>) -> Cluster {
        let kubeconfigs = vec![self.kubeconfig.clone()];
        Cluster::connect(&Options { kubeconfigs, named: true, timeout, ..Options::default() }).unwrap()
    }

    /// The requests so far, each as its first line.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// A kubeconfig of one server and one user.
pub fn kubeconfig_of(server: &str, user: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts: [{{name: a, context: {{cluster: a, user: a}}}}]\n\
         clusters: [{{name: a, cluster: {{server: '{server}'}}}}]\nusers: [{{name: a, user: {user}}}]\n"
    )
}

fn answer(mut stream: TcpStream, reply: Reply, heard: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).unwrap();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    heard.lock().unwrap().push(first.trim().trim_end_matches(" HTTP/1.1").to_owned());
    let head = |code: u16, length: usize, more: &str| {
        format!(
            "HTTP/1.1 {code} X\r\nContent-Type: application/json\r\nConnection: close\r\n{more}Content-Length: {length}\r\n\r\n"
        )
    };
    let text = match reply {
        Reply::Answer(code, body) => head(code, body.len(), "") + body,
        Reply::Later(code) => head(code, 0, "Retry-After: 1\r\n"),
        Reply::Half => head(200, LIST.len(), "") + &LIST[..10],
        Reply::Cut => return,
        Reply::Hang => return std::thread::sleep(Duration::from_secs(60)),
    };
    // The client may be gone.
    let _ = stream.write_all(text.as_bytes());
}
