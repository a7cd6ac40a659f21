//! A certificate authority, and offices with certificates and keys.

use barid_proto::key::{Algorithm, FileKey};
use barid_proto::v1::Address;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, RevokedCertParams, SanType,
    SerialNumber, date_time_ymd,
};

pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// Its own certificate.
    pub(crate) pem: String,
}

/// An office with what it needs to sign.
pub(crate) struct Desk {
    pub(crate) address: Address,
    pub(crate) key: FileKey,
    pub(crate) certificate: Vec<u8>,
    pub(crate) certificate_key: FileKey,
    /// Number and digest of what it signed last.
    pub(crate) sequence: u64,
    pub(crate) previous: [u8; 32],
}

/// The serial number of every certificate: only one is ever looked at.
const SERIAL: u64 = 7;

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let pem = params.self_signed(&key).unwrap().pem();
        Self { issuer: Issuer::new(params, key), pem }
    }

    /// An office with a certificate as the network wants it, but for what is changed.
    pub(crate) fn desk(
        &self,
        address: Address,
        change: impl FnOnce(&mut CertificateParams),
    ) -> Desk {
        let pair = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![]).unwrap();
        let Address { institution, office } = &address;
        params.subject_alt_names.push(uri(institution, office));
        params.extended_key_usages.push(ExtendedKeyUsagePurpose::ClientAuth);
        params.serial_number = Some(SerialNumber::from(SERIAL));
        change(&mut params);
        let certificate = params.signed_by(&pair, &self.issuer).unwrap().der().to_vec();
        Desk {
            address,
            key: FileKey::generate(Algorithm::EcdsaP256).unwrap(),
            certificate,
            certificate_key: FileKey::from_pem(&pair.serialize_pem()).unwrap(),
            sequence: 0,
            previous: [0; 32],
        }
    }

    /// A list that revokes every certificate on the first day of a year.
    pub(crate) fn revoke(&self, year: i32) -> Vec<u8> {
        let revoked = RevokedCertParams {
            serial_number: SerialNumber::from(SERIAL),
            revocation_time: date_time_ymd(year, 1, 1),
            reason_code: None,
            invalidity_date: None,
        };
        let list = CertificateRevocationListParams {
            this_update: date_time_ymd(2027, 1, 1),
            next_update: date_time_ymd(2028, 1, 1),
            crl_number: SerialNumber::from(1),
            issuing_distribution_point: None,
            revoked_certs: vec![revoked],
            key_identifier_method: KeyIdMethod::Sha256,
        };
        list.signed_by(&self.issuer).unwrap().der().to_vec()
    }
}

/// The name of an office in a certificate.
pub(crate) fn uri(institution: &str, office: &str) -> SanType {
    let uri = format!("urn:barid:institution:{institution}:office:{office}");
    SanType::URI(uri.try_into().unwrap())
}
