//! The way from a test's proxy to the real API server.

use std::io::{self, Read, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::Value;

/// A server, and who comes to it.
pub struct Upstream {
    address: String,
    config: Arc<ClientConfig>,
}

impl Upstream {
    /// As a kubeconfig of the fixture has it.
    pub fn of(kubeconfig: &Path) -> Upstream {
        let text = std::fs::read_to_string(kubeconfig).unwrap();
        let config: Value = serde_yaml::from_str(&text).unwrap();
        let pem = |of: &Value| STANDARD.decode(of.as_str().unwrap()).unwrap();
        let (cluster, user) = (&config["clusters"][0]["cluster"], &config["users"][0]["user"]);
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(&pem(&cluster["certificate-authority-data"])).unwrap()).unwrap();
        let certificate = CertificateDer::from_pem_slice(&pem(&user["client-certificate-data"])).unwrap();
        let key = PrivateKeyDer::from_pem_slice(&pem(&user["client-key-data"])).unwrap();
        let builder = ClientConfig::builder().with_root_certificates(roots);
        let address = cluster["server"].as_str().unwrap().trim_start_matches("https://").to_owned();
        Upstream { address, config: Arc::new(builder.with_client_auth_cert(vec![certificate], key).unwrap()) }
    }

    /// Sends a request, and gives what comes back.
    pub fn send(&self, request: &[u8]) -> io::Result<impl Read + use<>> {
        let name = ServerName::try_from("127.0.0.1").expect("it is an address");
        let connection = ClientConnection::new(self.config.clone(), name).map_err(io::Error::other)?;
        let mut stream = StreamOwned::new(connection, TcpStream::connect(&self.address)?);
        stream.write_all(request)?;
        Ok(stream)
    }
}
