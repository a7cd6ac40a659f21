//! From a peer certificate to an office.
//!
//! A certificate names its office in one URI of its subject alternative name:
//!
//! ```text
//! urn:barid:institution:<institution>:office:<office>
//! ```
//!
//! The URI stands for nothing else: common names and organisations are for people to read and
//! decide nothing here. That the certificate is genuine is the business of [`super::tls`]; whether
//! the office is on the network, that of [`super::directory`].

use barid_proto::key::{KeyError, PublicKey};
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

use crate::model::id::{InstitutionId, OfficeAddress, OfficeId};

/// What every URI that names an office begins with.
const URN_PREFIX: &str = "urn:barid:";

/// Who is calling, as its certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The office.
    pub office: OfficeAddress,
    /// SHA-256 of the certificate, DER.
    pub fingerprint: [u8; 32],
    /// The certificate, DER.
    pub certificate: Vec<u8>,
}

impl Caller {
    /// The key of the certificate.
    ///
    /// # Errors
    /// When it is of a kind that Barid takes no signatures of.
    pub fn certificate_key(&self) -> Result<PublicKey, KeyError> {
        let (_, parsed) =
            X509Certificate::from_der(&self.certificate).map_err(|_| KeyError::Malformed)?;
        PublicKey::from_spki(parsed.public_key().raw)
    }
}

/// Why a certificate names no office.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallerError {
    /// Not a certificate that can be read.
    #[error("the certificate cannot be read")]
    Unreadable,
    /// No URI of the certificate begins with `urn:barid:`.
    #[error("the certificate has no URI urn:barid:institution:…:office:…")]
    Missing,
    /// More than one does, so that it would be our choice who calls.
    #[error("the certificate has {0} URIs that begin with urn:barid:, and may have one")]
    Several(usize),
    /// It is not of the form above, or an identifier is not well-formed.
    #[error("the certificate's URI {0:?} is not urn:barid:institution:…:office:…")]
    Malformed(String),
}

/// The office that a certificate (DER) names. Other alternative names are passed over.
///
/// # Errors
/// [`CallerError`] when it does not name exactly one office.
pub fn caller_of(certificate: &[u8]) -> Result<Caller, CallerError> {
    let (_, parsed) =
        X509Certificate::from_der(certificate).map_err(|_| CallerError::Unreadable)?;
    let names = parsed.subject_alternative_name().map_err(|_| CallerError::Unreadable)?;
    let uris: Vec<&str> = names
        .iter()
        .flat_map(|names| &names.value.general_names)
        .filter_map(|name| match name {
            GeneralName::URI(uri) if uri.starts_with(URN_PREFIX) => Some(*uri),
            _ => None,
        })
        .collect();
    match uris.as_slice() {
        [] => Err(CallerError::Missing),
        [uri] => {
            let office = office_of(uri).ok_or_else(|| CallerError::Malformed((*uri).into()))?;
            let fingerprint = Sha256::digest(certificate).into();
            Ok(Caller { office, fingerprint, certificate: certificate.to_vec() })
        }
        several => Err(CallerError::Several(several.len())),
    }
}

fn office_of(uri: &str) -> Option<OfficeAddress> {
    let rest = uri.strip_prefix("urn:barid:institution:")?;
    let (institution, office) = rest.split_once(":office:")?;
    Some(OfficeAddress {
        institution: InstitutionId::new(institution)?,
        office: OfficeId::new(office)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rcgen::{CertificateParams, KeyPair, SanType};

    fn certificate(uris: &[&str]) -> Vec<u8> {
        let mut params = CertificateParams::new(vec!["gateway.example".to_owned()]).unwrap();
        for uri in uris {
            params.subject_alt_names.push(SanType::URI((*uri).try_into().unwrap()));
        }
        params.self_signed(&KeyPair::generate().unwrap()).unwrap().der().to_vec()
    }

    #[test]
    fn one_uri_names_the_office_beside_other_names() {
        let der = certificate(&[
            "https://gateway.example",
            "urn:barid:institution:commission:office:north-2",
        ]);
        let caller = caller_of(&der).unwrap();
        assert_eq!(caller.office.to_string(), "commission/north-2");
        assert_eq!(caller.fingerprint, <[u8; 32]>::from(Sha256::digest(&der)));
    }

    #[test]
    fn none_and_several_are_told_apart() {
        assert_eq!(caller_of(&certificate(&[])), Err(CallerError::Missing));
        let uri = "urn:barid:institution:panel:office:main";
        assert_eq!(caller_of(&certificate(&[uri, uri])), Err(CallerError::Several(2)));
        let other = "urn:barid:operator:ops";
        assert_eq!(caller_of(&certificate(&[uri, other])), Err(CallerError::Several(2)));
    }

    #[test]
    fn malformed_uris_are_named() {
        for uri in [
            "urn:barid:",
            "urn:barid:office:main:institution:panel",
            "urn:barid:institution::office:main",
            "urn:barid:institution:panel:office:",
            "urn:barid:institution:Panel:office:main",
            "urn:barid:institution:panel:office:main:office:north",
            "urn:barid:institution:panel:office:main/../north",
        ] {
            assert_eq!(caller_of(&certificate(&[uri])), Err(CallerError::Malformed(uri.into())));
        }
    }

    #[test]
    fn the_prefix_is_compared_exactly() {
        let uri = "URN:BARID:institution:panel:office:main";
        assert_eq!(caller_of(&certificate(&[uri])), Err(CallerError::Missing));
    }

    #[test]
    fn bytes_that_are_no_certificate_are_refused() {
        assert_eq!(caller_of(b"no certificate"), Err(CallerError::Unreadable));
    }
}
