//! A network's certificate authority, made anew for each test.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertificateRevocationListParams,
    CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose,
    RevokedCertParams, SanType, SerialNumber, date_time_ymd,
};
use rustls::pki_types::{PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::identity::tls::TlsFiles;

/// An authority, and a folder with what a hub reads.
pub(super) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: TempDir,
}

/// A certificate with its key.
pub(super) struct Identity {
    certificate: Certificate,
    key: KeyPair,
    serial: SerialNumber,
}

impl Authority {
    /// With an empty revocation list in force.
    pub(super) fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let authority = Self { issuer, folder: TempDir::new().unwrap() };
        authority.write("ca.pem", &authority.issuer.pem());
        authority.renew_hub(1);
        authority.revoke(&[]);
        authority
    }

    /// Gives the hub another certificate and key.
    pub(super) fn renew_hub(&self, serial: u64) {
        let hub = self.issue(SanType::DnsName("hub.example".try_into().unwrap()), serial);
        self.write("hub.pem", &hub.certificate.pem());
        self.write("hub.key", &hub.key.serialize_pem());
    }

    pub(super) fn files(&self) -> TlsFiles {
        let path = |name: &str| -> PathBuf { self.folder.path().join(name) };
        let (certificate, key) = (path("hub.pem"), path("hub.key"));
        TlsFiles { certificate, key, client_ca: path("ca.pem"), crls: vec![path("revoked.pem")] }
    }

    /// A client whose certificate carries a URI.
    pub(super) fn client(&self, uri: &str, serial: u64) -> Identity {
        self.issue(SanType::URI(uri.try_into().unwrap()), serial)
    }

    /// Writes a revocation list with these certificates, in force for some years.
    pub(super) fn revoke(&self, revoked: &[&Identity]) {
        self.write_crl(revoked, 2100);
    }

    /// Writes an empty revocation list that is no longer in force.
    pub(super) fn let_crl_expire(&self) {
        self.write_crl(&[], 2021);
    }

    fn write_crl(&self, revoked: &[&Identity], until_year: i32) {
        let revoked_certs = revoked.iter().map(|identity| RevokedCertParams {
            serial_number: identity.serial.clone(),
            revocation_time: date_time_ymd(2020, 1, 2),
            reason_code: None,
            invalidity_date: None,
        });
        let params = CertificateRevocationListParams {
            this_update: date_time_ymd(2020, 1, 1),
            next_update: date_time_ymd(until_year, 1, 1),
            crl_number: SerialNumber::from(1_u64),
            issuing_distribution_point: None,
            revoked_certs: revoked_certs.collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        let issuer: &Issuer<'_, KeyPair> = &self.issuer;
        self.write("revoked.pem", &params.signed_by(issuer).unwrap().pem().unwrap());
    }

    fn issue(&self, name: SanType, serial: u64) -> Identity {
        let mut params = CertificateParams::default();
        params.subject_alt_names = vec![name];
        params.serial_number = Some(SerialNumber::from(serial));
        params.extended_key_usages =
            vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth];
        let key = KeyPair::generate().unwrap();
        let issuer: &Issuer<'_, KeyPair> = &self.issuer;
        let certificate = params.signed_by(&key, issuer).unwrap();
        Identity { certificate, key, serial: SerialNumber::from(serial) }
    }

    /// What an office's software connects with.
    pub(super) fn connector(&self, identity: Option<&Identity>) -> TlsConnector {
        let mut roots = RootCertStore::empty();
        roots.add(self.issuer.der().clone()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&rustls::version::TLS13])
            .unwrap()
            .with_root_certificates(roots);
        let mut config = match identity {
            None => builder.with_no_client_auth(),
            Some(Identity { certificate, key, .. }) => {
                let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
                builder.with_client_auth_cert(vec![certificate.der().clone()], key).unwrap()
            }
        };
        config.alpn_protocols = vec![b"h2".to_vec()];
        TlsConnector::from(Arc::new(config))
    }

    /// Opens a connection.
    pub(super) async fn open(
        connector: TlsConnector,
        address: SocketAddr,
    ) -> std::io::Result<TlsStream<TcpStream>> {
        let name = ServerName::try_from("hub.example").unwrap();
        connector.connect(name, TcpStream::connect(address).await?).await
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }
}
