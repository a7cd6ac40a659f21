//! Mutual TLS 1.3 to the hub, believing the network's authority and nobody else.

use crate::error::WitnessError;
use crate::settings::HubSettings;
use hyper_util::rt::TokioIo;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tonic::transport::{Channel, Endpoint};

/// The longest that connecting may take: TCP over a poor link, and one handshake.
const CONNECT_WITHIN: Duration = Duration::from_secs(15);
/// A link that is silent for so long is asked whether it is still there.
const ASK_AFTER: Duration = Duration::from_secs(20);
/// How long the answer to that may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

type Connected = TokioIo<tokio_rustls::client::TlsStream<TcpStream>>;

/// A connection that is made when it is first used. Call it inside a tokio runtime.
///
/// # Errors
/// [`WitnessError::Disk`], [`WitnessError::Content`] and [`WitnessError::Setting`] for settings
/// that cannot be used.
pub fn dial(hub: &HubSettings) -> Result<Channel, WitnessError> {
    let tls = TlsConnector::from(Arc::new(tls_settings(hub)?));
    let name = ServerName::try_from(hub.server_name.clone())
        .map_err(|error| WitnessError::Setting(format!("hub.server_name: {error}")))?;
    let address: Arc<str> = hub.address.as_str().into();
    // The scheme says HTTP/2 only; encryption is the connector's.
    let target = Endpoint::from_shared(format!("http://{}", hub.server_name))
        .map_err(|error| WitnessError::Setting(format!("hub.server_name: {error}")))?
        .connect_timeout(CONNECT_WITHIN)
        .http2_keep_alive_interval(ASK_AFTER)
        .keep_alive_timeout(ANSWER_WITHIN)
        .keep_alive_while_idle(true);
    let connector = tower::service_fn(move |_| {
        let (address, tls, name) = (Arc::clone(&address), tls.clone(), name.clone());
        connect(address, tls, name)
    });
    Ok(target.connect_with_connector_lazy(connector))
}

async fn connect(
    address: Arc<str>,
    tls: TlsConnector,
    name: ServerName<'static>,
) -> std::io::Result<Connected> {
    let tcp = TcpStream::connect(&*address).await?;
    tcp.set_nodelay(true)?;
    Ok(TokioIo::new(tls.connect(name, tcp).await?))
}

fn tls_settings(hub: &HubSettings) -> Result<rustls::ClientConfig, WitnessError> {
    let mut roots = rustls::RootCertStore::empty();
    for certificate in certificates(&hub.authority)? {
        roots.add(certificate).map_err(|error| WitnessError::content(&hub.authority, error))?;
    }
    let key = PrivateKeyDer::from_pem_file(&hub.key)
        .map_err(|error| WitnessError::content(&hub.key, error))?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let unusable = |error: rustls::Error| WitnessError::content(&hub.certificate, error);
    let mut settings = rustls::ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(unusable)?
        .with_root_certificates(roots)
        .with_client_auth_cert(certificates(&hub.certificate)?, key)
        .map_err(unusable)?;
    settings.alpn_protocols = vec![b"h2".to_vec()];
    // A resumed session would not show the hub this witness's certificate again.
    settings.resumption = rustls::client::Resumption::disabled();
    Ok(settings)
}

/// All certificates of a PEM file; none at all is a mistake, not an empty list.
fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, WitnessError> {
    let found =
        CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    match found {
        Ok(found) if found.is_empty() => Err(WitnessError::content(path, "no certificate in it")),
        Ok(found) => Ok(found),
        Err(error) => Err(WitnessError::content(path, error)),
    }
}
