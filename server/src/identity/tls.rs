//! Mutual TLS: who may open a connection at all.
//!
//! TLS 1.3 only, client certificates required. Nothing of a session outlives its connection (no
//! tickets, no resumption): a resumed session is never shown to the verifier, so a revoked office
//! could come back through one. Certificates, authorities and revocation lists are read again
//! without a restart by [`Tls::reload`]; [`Tls::admits`] then tells which open connections have to
//! go.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::ArcSwap;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{NoServerSessionStorage, WebPkiClientVerifier};
use rustls::time_provider::TimeProvider;
use rustls::{RootCertStore, ServerConfig};

/// The only protocol spoken inside TLS.
const ALPN_H2: &[u8] = b"h2";

/// Where certificates and keys lie, all PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// The hub's certificate, intermediates behind it.
    pub certificate: PathBuf,
    /// The hub's private key.
    pub key: PathBuf,
    /// Certificate authorities that clients' certificates come from.
    pub client_ca: PathBuf,
    /// Their revocation lists. Empty: revocation is not checked. Otherwise every authority of a
    /// chain needs a list that is still in force, or all of its clients are refused.
    pub crls: Vec<PathBuf>,
}

/// Why TLS cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// Something in a file cannot be read as what it should be.
    #[error("{path}: {what}")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// The parts are readable and do not fit together.
    #[error("certificate, key and authorities do not fit together: {0}")]
    Unfit(String),
}

/// The set-up in force.
pub struct Tls {
    files: TlsFiles,
    clock: Arc<dyn TimeProvider>,
    current: ArcSwap<SetUp>,
}

struct SetUp {
    config: Arc<ServerConfig>,
    verifier: Arc<dyn ClientCertVerifier>,
}

impl Tls {
    /// Reads the files. `clock` decides what has expired.
    ///
    /// # Errors
    /// [`TlsError`] with the first file that cannot be used.
    pub fn load(files: TlsFiles, clock: Arc<dyn TimeProvider>) -> Result<Self, TlsError> {
        let current = ArcSwap::from_pointee(set_up(&files, &clock)?);
        Ok(Self { files, clock, current })
    }

    /// Reads the files again, for connections from now on. After an error the old set-up stays.
    ///
    /// # Errors
    /// As [`Tls::load`].
    pub fn reload(&self) -> Result<(), TlsError> {
        self.current.store(Arc::new(set_up(&self.files, &self.clock)?));
        Ok(())
    }

    /// The configuration for the next connection.
    #[must_use]
    pub fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.current.load().config)
    }

    /// Whether a client with this chain, its own certificate first, would be admitted now: neither
    /// revoked nor expired nor of an authority that was removed.
    #[must_use]
    pub fn admits(&self, chain: &[CertificateDer<'_>]) -> bool {
        let Some((certificate, intermediates)) = chain.split_first() else { return false };
        let Some(now) = self.clock.current_time() else { return false };
        let current = self.current.load();
        current.verifier.verify_client_cert(certificate, intermediates, now).is_ok()
    }
}

fn set_up(files: &TlsFiles, clock: &Arc<dyn TimeProvider>) -> Result<SetUp, TlsError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let verifier = client_verifier(files, Arc::clone(&provider))?;
    let chain: Vec<CertificateDer<'static>> = read_all(&files.certificate)?;
    let key = PrivateKeyDer::from_pem_slice(&read(&files.key)?)
        .map_err(|error| unusable(&files.key, error))?;

    let mut config = ServerConfig::builder_with_details(provider, Arc::clone(clock))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(unfit)?
        .with_client_cert_verifier(Arc::clone(&verifier))
        .with_single_cert(chain, key)
        .map_err(unfit)?;
    config.alpn_protocols = vec![ALPN_H2.to_vec()];
    config.session_storage = Arc::new(NoServerSessionStorage {});
    config.send_tls13_tickets = 0;
    Ok(SetUp { config: Arc::new(config), verifier })
}

/// A verifier that refuses what it cannot judge: with revocation lists, unknown status and lists
/// out of date are refusals too.
fn client_verifier(
    files: &TlsFiles,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ClientCertVerifier>, TlsError> {
    let mut roots = RootCertStore::empty();
    for authority in read_all::<CertificateDer<'static>>(&files.client_ca)? {
        roots.add(authority).map_err(|error| unusable(&files.client_ca, error))?;
    }
    let mut builder = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
    for path in &files.crls {
        builder = builder.with_crls(read_all::<CertificateRevocationListDer<'static>>(path)?);
    }
    builder.enforce_revocation_expiration().build().map_err(unfit)
}

/// All PEM blocks of one kind in a file; one at least.
fn read_all<T: PemObject>(path: &Path) -> Result<Vec<T>, TlsError> {
    let text = read(path)?;
    let found: Vec<T> = T::pem_slice_iter(&text)
        .collect::<Result<_, pem::Error>>()
        .map_err(|error| unusable(path, error))?;
    if found.is_empty() {
        return Err(unusable(path, "no PEM block of the right kind"));
    }
    Ok(found)
}

fn read(path: &Path) -> Result<Vec<u8>, TlsError> {
    fs::read(path).map_err(|error| unusable(path, error))
}

fn unusable(path: &Path, what: impl ToString) -> TlsError {
    TlsError::Unusable { path: path.to_path_buf(), what: what.to_string() }
}

fn unfit(error: impl ToString) -> TlsError {
    TlsError::Unfit(error.to_string())
}
