//! A throw-away certificate authority, and certificates that are wrong in one way each.

use barid_client::Endpoint;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertifiedIssuer, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose,
    RevokedCertParams, SanType, SerialNumber, date_time_ymd,
};

/// The name in the hub's certificate.
pub const HUB_NAME: &str = "localhost";

/// An authority.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// A certificate with its key, PEM.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The certificate.
    pub certificate: String,
    /// Its private key, PKCS#8.
    pub key: String,
    /// Its number, for revocation.
    pub serial: u64,
}

/// What a certificate is to say. [`Wish::office`] gives a good one.
#[derive(Clone, Debug)]
pub struct Wish {
    names: Vec<SanType>,
    usage: ExtendedKeyUsagePurpose,
    years: (i32, i32),
    serial: u64,
}

impl Wish {
    /// A client certificate for an office, in force.
    ///
    /// # Panics
    /// When the names are not ASCII.
    #[must_use]
    pub fn office(institution: &str, office: &str) -> Self {
        let uri = format!("urn:barid:institution:{institution}:office:{office}");
        Self {
            names: vec![SanType::URI(uri.try_into().expect("a URI is ASCII"))],
            usage: ExtendedKeyUsagePurpose::ClientAuth,
            years: (2020, 2100),
            serial: 100,
        }
    }

    /// Whose time has passed.
    #[must_use]
    pub fn expired(mut self) -> Self {
        self.years = (2020, 2021);
        self
    }

    /// That names no office: only a host.
    ///
    /// # Panics
    /// Never: the name is a constant.
    #[must_use]
    pub fn without_office(mut self) -> Self {
        self.names = vec![SanType::DnsName("office.example".try_into().expect("a host name"))];
        self
    }

    /// For servers, not for clients.
    #[must_use]
    pub fn for_servers(mut self) -> Self {
        self.usage = ExtendedKeyUsagePurpose::ServerAuth;
        self
    }

    /// With this number, so that it can be revoked.
    #[must_use]
    pub fn numbered(mut self, serial: u64) -> Self {
        self.serial = serial;
        self
    }
}

impl Authority {
    /// A new authority. Two of them are foreign to each other.
    ///
    /// # Panics
    /// When the machine gives no keys.
    #[must_use]
    pub fn new() -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, "Authority of a test");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().expect("a key");
        let issuer = CertifiedIssuer::self_signed(params, key).expect("a certificate");
        Self { issuer }
    }

    /// Its own certificate, PEM.
    #[must_use]
    pub fn certificate(&self) -> String {
        self.issuer.pem()
    }

    /// A certificate for the hub on this machine.
    ///
    /// # Panics
    /// Never: the name is a constant.
    #[must_use]
    pub fn hub(&self) -> Identity {
        let host = SanType::DnsName(HUB_NAME.try_into().expect("a host name"));
        let address = SanType::IpAddress(std::net::Ipv4Addr::LOCALHOST.into());
        self.issue(&Wish {
            names: vec![host, address],
            usage: ExtendedKeyUsagePurpose::ServerAuth,
            years: (2020, 2100),
            serial: 1,
        })
    }

    /// A certificate as wished.
    ///
    /// # Panics
    /// When the machine gives no keys.
    #[must_use]
    pub fn issue(&self, wish: &Wish) -> Identity {
        let mut params = CertificateParams::default();
        params.subject_alt_names.clone_from(&wish.names);
        params.extended_key_usages = vec![wish.usage.clone()];
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.serial_number = Some(SerialNumber::from(wish.serial));
        params.not_before = date_time_ymd(wish.years.0, 1, 1);
        params.not_after = date_time_ymd(wish.years.1, 1, 1);
        let key = KeyPair::generate().expect("a key");
        let issuer: &Issuer<'_, KeyPair> = &self.issuer;
        let certificate = params.signed_by(&key, issuer).expect("a certificate").pem();
        Identity { certificate, key: key.serialize_pem(), serial: wish.serial }
    }

    /// A revocation list, PEM, in force.
    ///
    /// # Panics
    /// Never: all values are constants but the numbers.
    #[must_use]
    pub fn revocation_list(&self, revoked: &[u64]) -> String {
        let revoked_certs = revoked.iter().map(|serial| RevokedCertParams {
            serial_number: SerialNumber::from(*serial),
            revocation_time: date_time_ymd(2020, 1, 2),
            reason_code: None,
            invalidity_date: None,
        });
        let list = CertificateRevocationListParams {
            this_update: date_time_ymd(2020, 1, 1),
            next_update: date_time_ymd(2100, 1, 1),
            crl_number: SerialNumber::from(1_u64),
            issuing_distribution_point: None,
            revoked_certs: revoked_certs.collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        let issuer: &Issuer<'_, KeyPair> = &self.issuer;
        list.signed_by(issuer).and_then(|list| list.pem()).expect("a revocation list")
    }

    /// How a client with this certificate reaches a hub at an address, believing this authority.
    #[must_use]
    pub fn endpoint(&self, address: &str, identity: &Identity) -> Endpoint {
        Endpoint {
            address: address.to_owned(),
            server_name: HUB_NAME.to_owned(),
            ca_pem: self.certificate().into_bytes(),
            cert_pem: identity.certificate.clone().into_bytes(),
            key_pem: identity.key.clone().into_bytes(),
        }
    }
}

impl Default for Authority {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::{Authority, Wish};

    #[test]
    fn every_wish_can_be_granted() {
        let authority = Authority::new();
        let good = Wish::office("ihec", "geo-bas");
        for wish in [
            good.clone(),
            good.clone().expired(),
            good.clone().without_office(),
            good.clone().for_servers(),
            good.numbered(7),
        ] {
            let identity = authority.issue(&wish);
            assert!(identity.certificate.starts_with("-----BEGIN CERTIFICATE"), "{wish:?}");
        }
        assert!(authority.hub().key.contains("PRIVATE KEY"));
        assert!(authority.revocation_list(&[7]).contains("X509 CRL"));
    }
}
