//! Mutual TLS 1.3 to a hub.
//!
//! The connector is our own because the one that comes with the gRPC library also speaks TLS 1.2
//! and says nothing when a certificate file holds no certificate.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use barid_proto::enrolment::{
    VOUCHER_CERTIFICATES_MAX, VOUCHER_CERTIFICATES_MAX_BYTES, voucher_message,
};
use barid_proto::key::{Algorithm, FileKey, KeyId, Signer as _};
use barid_proto::v1::KeyVoucher;
use hyper_util::rt::TokioIo;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tonic::codegen::http::Uri;
use tonic::transport::Channel;

use crate::error::LocalError;

/// The longest that connecting may take: TCP over a poor link, and one handshake.
const CONNECT_WITHIN: Duration = Duration::from_secs(15);
/// More connections than this only take room in the hub's accept queue.
const CONNECTIONS_MAX: usize = 16;
/// A link that is silent for so long is asked whether it is still there; mobile networks drop
/// silent connections after a minute or less.
const ASK_AFTER: Duration = Duration::from_secs(20);
/// How long the answer to that may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Where a hub is, and who one is.
#[derive(Clone)]
pub struct Endpoint {
    /// Host and port: `hub.example:7443`.
    pub address: String,
    /// The name in the hub's certificate.
    pub server_name: String,
    /// Certificates of the network's authority, PEM. No other authority is believed.
    pub ca_pem: Vec<u8>,
    /// This office's certificate and those between it and the authority, PEM.
    pub cert_pem: Vec<u8>,
    /// This office's TLS key, PEM. It is not the key that signs envelopes.
    pub key_pem: Vec<u8>,
}

/// One connection to a hub, or several. Cheap to clone; all clones share it.
#[derive(Clone, Debug)]
pub struct Connection {
    channels: Arc<[Channel]>,
    identity: Arc<Identity>,
    address: Arc<str>,
    next: Arc<AtomicUsize>,
}

impl Connection {
    /// Checks the settings and prepares to connect; the first call connects, and a broken
    /// connection is made again by the next call. Call it inside a tokio runtime.
    ///
    /// # Errors
    /// [`LocalError::Tls`] for settings that cannot be used.
    pub fn open(endpoint: &Endpoint) -> Result<Self, LocalError> {
        Self::open_several(endpoint, 1)
    }

    /// As [`Connection::open`], with calls spread over `count` connections: for a system that
    /// sends more than one connection carries. One is right for an office.
    ///
    /// # Errors
    /// [`LocalError::Tls`].
    pub fn open_several(endpoint: &Endpoint, count: usize) -> Result<Self, LocalError> {
        let tls = TlsConnector::from(Arc::new(tls_settings(endpoint)?));
        let name = ServerName::try_from(endpoint.server_name.clone())
            .map_err(|_| LocalError::Tls(format!("{:?} is no name", endpoint.server_name)))?;
        let address: Arc<str> = endpoint.address.as_str().into();
        // The scheme says HTTP/2 only; encryption is the connector's.
        let uri = format!("http://{}", endpoint.server_name);
        let target = tonic::transport::Endpoint::from_shared(uri)
            .map_err(|error| LocalError::Tls(error.to_string()))?
            .connect_timeout(CONNECT_WITHIN)
            .http2_keep_alive_interval(ASK_AFTER)
            .keep_alive_timeout(ANSWER_WITHIN)
            .keep_alive_while_idle(true);
        let dial_one = || {
            let (address, tls, name) = (Arc::clone(&address), tls.clone(), name.clone());
            let connector = tower::service_fn(move |_: Uri| {
                dial(Arc::clone(&address), tls.clone(), name.clone())
            });
            target.connect_with_connector_lazy(connector)
        };
        let channels = (0..count.clamp(1, CONNECTIONS_MAX)).map(|_| dial_one()).collect();
        let identity = Arc::new(Identity::read(endpoint)?);
        Ok(Self { channels, identity, address, next: Arc::default() })
    }

    /// This office's certificate vouches for a signing key in the log `origin`.
    ///
    /// # Errors
    /// [`LocalError::Key`] when the certificate's key cannot sign vouchers, or the certificates are
    /// too many or too long.
    pub fn vouch(&self, origin: &str, key: &KeyId) -> Result<KeyVoucher, LocalError> {
        self.identity.vouch(origin, key)
    }

    pub(crate) fn channel(&self) -> Option<Channel> {
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        self.channels.get(turn % self.channels.len().max(1)).cloned()
    }

    /// Where the hub is looked for.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// What this office shows of itself at each connection.
#[derive(Debug)]
struct Identity {
    /// The certificate and those between it and the authority, DER.
    certificates: Vec<Vec<u8>>,
    /// Its key, if it is of a kind that vouches.
    key: Result<FileKey, String>,
}

impl Identity {
    fn read(endpoint: &Endpoint) -> Result<Self, LocalError> {
        let authorities = certificates("the authority's certificate", &endpoint.ca_pem)?;
        let mut chain = certificates("this office's certificate", &endpoint.cert_pem)?;
        // Whoever believes the authority has its certificate already.
        chain.retain(|certificate| !authorities.contains(certificate));
        let key = match PrivateKeyDer::from_pem_slice(&endpoint.key_pem) {
            Ok(PrivateKeyDer::Pkcs8(der)) => {
                FileKey::from_pkcs8(der.secret_pkcs8_der()).map_err(|error| error.to_string())
            }
            Ok(_) => Err("it is not in PKCS#8 (openssl pkcs8 -topk8 -nocrypt)".to_owned()),
            Err(error) => Err(error.to_string()),
        };
        let certificates = chain.iter().map(|certificate| certificate.to_vec()).collect();
        Ok(Self { certificates, key })
    }

    fn vouch(&self, origin: &str, key: &KeyId) -> Result<KeyVoucher, LocalError> {
        let cannot = |why: &str| {
            LocalError::Key(format!(
                "the certificate cannot vouch for it: {why}; have the institution's \
                 administrative key sign, or another key in use of this office"
            ))
        };
        let bytes: usize = self.certificates.iter().map(Vec::len).sum();
        let count = self.certificates.len();
        if count > VOUCHER_CERTIFICATES_MAX || bytes > VOUCHER_CERTIFICATES_MAX_BYTES {
            return Err(cannot(&format!(
                "there are {count} certificates of {bytes} bytes, at most \
                 {VOUCHER_CERTIFICATES_MAX} of {VOUCHER_CERTIFICATES_MAX_BYTES} are taken"
            )));
        }
        let signer = self.key.as_ref().map_err(|why| cannot(&format!("its TLS key: {why}")))?;
        if signer.public_key().algorithm() == Algorithm::MlDsa65 {
            return Err(cannot("its TLS key is an ML-DSA key"));
        }
        let signature = signer.sign(&voucher_message(origin, key));
        let signature = signature.map_err(|error| LocalError::Key(error.to_string()))?;
        Ok(KeyVoucher { certificates: self.certificates.clone(), signature })
    }
}

type TlsStream = TokioIo<tokio_rustls::client::TlsStream<TcpStream>>;

async fn dial(
    address: Arc<str>,
    tls: TlsConnector,
    name: ServerName<'static>,
) -> std::io::Result<TlsStream> {
    let tcp = TcpStream::connect(&*address).await?;
    tcp.set_nodelay(true)?;
    Ok(TokioIo::new(tls.connect(name, tcp).await?))
}

fn tls_settings(endpoint: &Endpoint) -> Result<rustls::ClientConfig, LocalError> {
    let tls = |why: String| LocalError::Tls(why);
    let mut roots = rustls::RootCertStore::empty();
    for certificate in certificates("the authority's certificate", &endpoint.ca_pem)? {
        roots.add(certificate).map_err(|e| tls(format!("the authority's certificate: {e}")))?;
    }
    let chain = certificates("this office's certificate", &endpoint.cert_pem)?;
    let key = PrivateKeyDer::from_pem_slice(&endpoint.key_pem)
        .map_err(|error| tls(format!("this office's TLS key: {error}")))?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut settings = rustls::ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(|error| tls(error.to_string()))?
        .with_root_certificates(roots)
        .with_client_auth_cert(chain, key)
        .map_err(|error| tls(format!("certificate and key: {error}")))?;
    settings.alpn_protocols = vec![b"h2".to_vec()];
    // A resumed session would not show the hub this office's certificate again.
    settings.resumption = rustls::client::Resumption::disabled();
    Ok(settings)
}

fn certificates(what: &str, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, LocalError> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match found {
        Ok(found) if found.is_empty() => Err(LocalError::Tls(format!("{what}: none in the PEM"))),
        Ok(found) => Ok(found),
        Err(error) => Err(LocalError::Tls(format!("{what}: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(address: &str, ca_pem: &[u8]) -> Endpoint {
        Endpoint {
            address: address.into(),
            server_name: "hub.test".into(),
            ca_pem: ca_pem.into(),
            cert_pem: vec![],
            key_pem: vec![],
        }
    }

    #[test]
    fn a_certificate_that_cannot_vouch_says_who_can() {
        let certificate_key = FileKey::generate(Algorithm::EcdsaP256).unwrap();
        let key = FileKey::generate(Algorithm::Ed25519).unwrap().public_key().id();
        let public = certificate_key.public_key().clone();
        let good = Identity { certificates: vec![vec![1]], key: Ok(certificate_key) };
        let voucher = good.vouch("hub.test/log", &key).unwrap();
        public.verify(&voucher_message("hub.test/log", &key), &voucher.signature).unwrap();
        assert_eq!(voucher.certificates, [[1]]);

        let ml_dsa = FileKey::generate(Algorithm::MlDsa65).unwrap();
        for (cannot, why) in [
            (Identity { certificates: vec![vec![1]; 5], ..good }, "5 certificates"),
            (Identity { certificates: vec![], key: Err("no PKCS#8".into()) }, "no PKCS#8"),
            (Identity { certificates: vec![], key: Ok(ml_dsa) }, "ML-DSA"),
        ] {
            let told = cannot.vouch("hub.test/log", &key).unwrap_err().to_string();
            assert!(told.contains(why) && told.contains("administrative key"), "{told}");
        }
    }

    #[tokio::test]
    async fn settings_without_a_certificate_are_refused_before_dialling() {
        match Connection::open(&endpoint("127.0.0.1:1", b"no pem at all")) {
            Err(LocalError::Tls(why)) => {
                assert!(why.contains("the authority's certificate"), "{why}");
            }
            other => panic!("{other:?}"),
        }
    }
}
