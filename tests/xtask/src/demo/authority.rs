//! A throw-away certificate authority: one certificate for the hub, one for each office.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertifiedIssuer, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose, SanType,
    SerialNumber, date_time_ymd,
};

/// The name in the hub's certificate.
pub(crate) const HUB_NAME: &str = "localhost";

/// The authority's own certificate, within its folder.
pub(crate) const CA: &str = "ca.pem";

/// Its revocation list, within its folder.
pub(crate) const CRL: &str = "crl.pem";

/// Certificates are good from the beginning of this year until the beginning of the other.
const YEARS: (i32, i32) = (2020, 2100);

/// An authority that lives as long as the demonstration.
pub(crate) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: PathBuf,
}

impl Authority {
    /// A new authority; its certificate and an empty revocation list go into `folder`.
    pub(crate) fn new(folder: &Path) -> anyhow::Result<Self> {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Authority of the demonstration");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate()?)?;
        std::fs::create_dir_all(folder)?;
        std::fs::write(folder.join(CA), issuer.pem())?;
        let nobody = CertificateRevocationListParams {
            this_update: date_time_ymd(YEARS.0, 1, 1),
            next_update: date_time_ymd(YEARS.1, 1, 1),
            crl_number: SerialNumber::from(1_u64),
            issuing_distribution_point: None,
            revoked_certs: Vec::new(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        let signer: &Issuer<'_, KeyPair> = &issuer;
        std::fs::write(folder.join(CRL), nobody.signed_by(signer)?.pem()?)?;
        Ok(Self { issuer, folder: folder.to_owned() })
    }

    /// Writes `hub.pem` and `hub.key`.
    pub(crate) fn certify_hub(&self) -> anyhow::Result<()> {
        let names = vec![
            SanType::DnsName(HUB_NAME.try_into()?),
            SanType::IpAddress(Ipv4Addr::LOCALHOST.into()),
        ];
        self.certify(names, ExtendedKeyUsagePurpose::ServerAuth, "hub")
    }

    /// Writes `<name>.pem` and `<name>.key` for an office.
    pub(crate) fn certify_office(
        &self,
        institution: &str,
        office: &str,
        name: &str,
    ) -> anyhow::Result<()> {
        let uri = format!("urn:barid:institution:{institution}:office:{office}");
        let names = vec![SanType::URI(uri.try_into()?)];
        self.certify(names, ExtendedKeyUsagePurpose::ClientAuth, name)
    }

    fn certify(
        &self,
        names: Vec<SanType>,
        usage: ExtendedKeyUsagePurpose,
        name: &str,
    ) -> anyhow::Result<()> {
        let mut params = CertificateParams::default();
        params.subject_alt_names = names;
        params.extended_key_usages = vec![usage];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.not_before = date_time_ymd(YEARS.0, 1, 1);
        params.not_after = date_time_ymd(YEARS.1, 1, 1);
        let key = KeyPair::generate()?;
        let issuer: &Issuer<'_, KeyPair> = &self.issuer;
        let certificate = params.signed_by(&key, issuer)?;
        std::fs::write(self.folder.join(format!("{name}.pem")), certificate.pem())?;
        std::fs::write(self.folder.join(format!("{name}.key")), key.serialize_pem())?;
        Ok(())
    }
}
