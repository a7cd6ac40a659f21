//! Certificate authorities that one believes, and what a certificate is worth under them.

use barid_proto::v1::Address;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, TrustAnchor, UnixTime};
use std::time::Duration;
use webpki::{
    BorrowedCertRevocationList, CertRevocationList, EndEntityCert, ExpirationPolicy, KeyUsage,
    RevocationOptionsBuilder, UnknownStatusPolicy,
};
use x509_parser::prelude::{FromDer as _, GeneralName, X509Certificate};

use super::finding::Code;

/// What the URI that names an office begins with.
const URN: &str = "urn:barid:";

/// Certificate authorities that one believes.
#[derive(Debug, Clone)]
pub struct Roots {
    certificates: Vec<CertificateDer<'static>>,
}

/// Why a text holds no certificate authorities.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RootsError {
    /// No PEM block, or one that cannot be read.
    #[error("not a list of certificates in PEM: {0}")]
    Pem(String),
    /// There is none.
    #[error("there is no certificate in it")]
    Empty,
    /// One that cannot be an authority.
    #[error("certificate {0} cannot be an authority")]
    Certificate(usize),
}

/// A certificate that holds.
pub(super) struct Certified {
    /// The name of the authority.
    pub(super) authority: String,
    /// The certificate's own key, as SubjectPublicKeyInfo.
    pub(super) spki: Vec<u8>,
    /// It, or one between, was revoked after the instant asked about.
    pub(super) revoked_later: bool,
}

impl Roots {
    /// Reads certificates in PEM.
    ///
    /// # Errors
    /// Any [`RootsError`].
    pub fn parse(pem: &[u8]) -> Result<Self, RootsError> {
        let certificates: Result<Vec<CertificateDer<'static>>, _> =
            CertificateDer::pem_slice_iter(pem).collect();
        let certificates = certificates.map_err(|error| RootsError::Pem(error.to_string()))?;
        if certificates.is_empty() {
            return Err(RootsError::Empty);
        }
        let wrong =
            certificates.iter().position(|der| webpki::anchor_from_trusted_cert(der).is_err());
        match wrong {
            Some(at) => Err(RootsError::Certificate(at + 1)),
            None => Ok(Self { certificates }),
        }
    }

    /// Whether a certificate names `holder` and led to one of these authorities at an instant.
    pub(super) fn certify(
        &self,
        certificates: &[Vec<u8>],
        crls: &[Vec<u8>],
        holder: &Address,
        at_ms: u64,
    ) -> Result<Certified, (Code, String)> {
        let wrong = |why: String| (Code::CertificateWrong, why);
        let ders: Vec<CertificateDer<'_>> =
            certificates.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
        let (first, between) =
            ders.split_first().ok_or_else(|| wrong("there is no certificate".to_owned()))?;
        let (_, parsed) =
            X509Certificate::from_der(first).map_err(|error| wrong(error.to_string()))?;
        names(&parsed, holder).map_err(wrong)?;
        let leaf = EndEntityCert::try_from(first).map_err(|error| wrong(error.to_string()))?;
        let at = UnixTime::since_unix_epoch(Duration::from_millis(at_ms));
        let lists = parse_lists(crls)?;
        let lists: Vec<&CertRevocationList<'_>> = lists.iter().collect();
        let anchors = self.anchors();
        let chain = |lists: &[&CertRevocationList<'_>]| {
            let revocation = RevocationOptionsBuilder::new(lists).ok().map(|builder| {
                let builder = builder.with_status_policy(UnknownStatusPolicy::Allow);
                builder.with_expiration_policy(ExpirationPolicy::Ignore).build()
            });
            let algorithms = webpki::ALL_VERIFICATION_ALGS;
            let usage = KeyUsage::client_auth();
            let path =
                leaf.verify_for_usage(algorithms, &anchors, between, at, usage, revocation, None);
            path.map(|path| path.anchor().subject.to_vec())
        };
        let (anchor, revoked_later) = match chain(&lists) {
            Err(webpki::Error::CertRevoked) => {
                let before: Vec<&CertRevocationList<'_>> =
                    lists.iter().copied().filter(|list| revokes_by(list, &ders, at)).collect();
                (chain(&before).map_err(judge)?, true)
            }
            other => (other.map_err(judge)?, false),
        };
        let spki = parsed.tbs_certificate.subject_pki.raw.to_vec();
        Ok(Certified { authority: self.name_of(&anchor), spki, revoked_later })
    }

    fn anchors(&self) -> Vec<TrustAnchor<'_>> {
        // Each was tried when it was read.
        self.certificates
            .iter()
            .filter_map(|der| webpki::anchor_from_trusted_cert(der).ok())
            .collect()
    }

    /// What people call the authority with this subject.
    fn name_of(&self, subject: &[u8]) -> String {
        let named = |der: &CertificateDer<'_>| {
            let anchor = webpki::anchor_from_trusted_cert(der).ok()?;
            let own = anchor.subject.as_ref() == subject;
            let (_, parsed) = X509Certificate::from_der(der).ok().filter(|_| own)?;
            Some(parsed.subject().to_string())
        };
        self.certificates.iter().find_map(named).unwrap_or_else(|| "?".to_owned())
    }
}

/// That the certificate names this office, and no other.
fn names(certificate: &X509Certificate<'_>, holder: &Address) -> Result<(), String> {
    let names = certificate.subject_alternative_name().map_err(|error| error.to_string())?;
    let uris: Vec<&str> = names
        .iter()
        .flat_map(|names| &names.value.general_names)
        .filter_map(|name| match name {
            GeneralName::URI(uri) if uri.starts_with(URN) => Some(*uri),
            _ => None,
        })
        .collect();
    let wanted = format!("{URN}institution:{}:office:{}", holder.institution, holder.office);
    if uris == [wanted.as_str()] {
        return Ok(());
    }
    Err(format!("the certificate names {uris:?} and not {wanted:?}"))
}

fn parse_lists(crls: &[Vec<u8>]) -> Result<Vec<CertRevocationList<'_>>, (Code, String)> {
    let parse = |der: &'_ Vec<u8>| {
        let list = BorrowedCertRevocationList::from_der(der);
        let owned = list.and_then(|list| list.to_owned());
        owned.map(CertRevocationList::from)
    };
    let lists: Result<Vec<_>, webpki::Error> = crls.iter().map(parse).collect();
    lists.map_err(|error| (Code::CrlMalformed, error.to_string()))
}

/// Whether a revocation list can be read.
pub(super) fn check_list(der: &[u8]) -> Result<(), String> {
    let der = CertificateRevocationListDer::from(der);
    BorrowedCertRevocationList::from_der(&der).map(drop).map_err(|error| error.to_string())
}

/// Whether a list revokes one of the certificates at this instant or before it.
fn revokes_by(list: &CertRevocationList<'_>, ders: &[CertificateDer<'_>], at: UnixTime) -> bool {
    ders.iter().any(|der| {
        let Ok((_, parsed)) = X509Certificate::from_der(der) else { return false };
        let found = list.find_serial(parsed.raw_serial()).ok().flatten();
        found.is_some_and(|revoked| {
            let compromised = revoked.invalidity_date.unwrap_or(revoked.revocation_date);
            compromised.as_secs().min(revoked.revocation_date.as_secs()) <= at.as_secs()
        })
    })
}

fn judge(error: webpki::Error) -> (Code, String) {
    let code = match error {
        webpki::Error::UnknownIssuer => Code::RootUnknown,
        _ => Code::CertificateWrong,
    };
    (code, error.to_string())
}
