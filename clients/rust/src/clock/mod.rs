//! Time-stamps of third parties (RFC 3161): asking for one, and believing one.
//!
//! [`verify`] is a pure function of token, checkpoint and roots. The authority's certificate has to
//! lead to one of the roots *at the time that the token says*, and to be meant for time-stamps: a
//! token stays good when its authority's certificate has expired since. Whoever fears that a key
//! was stolen after that looks at the leaf under which the token was filed: the log dates it too.

mod ask;

pub use ask::{AskError, ask};
pub use barid_proto::clock::{NONCE_LEN, Request, Token, TokenError, granted};

use barid_proto::clock::{self, SignatureForm};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, SignatureVerificationAlgorithm, TrustAnchor, UnixTime};
use sha2::{Digest as _, Sha256};
use std::time::Duration;
use webpki::{EndEntityCert, KeyUsage, aws_lc_rs as algorithms};

/// `id-kp-timeStamping`, 1.3.6.1.5.5.7.3.8, as the contents of a DER object identifier.
const TIME_STAMPING: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 8];

/// Most roots in one file: the largest public collection has half as many.
const ROOTS_MAX: usize = 512;

/// An authority that is believed.
pub type Root = TrustAnchor<'static>;

/// When something existed at the latest, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// The time of the token: milliseconds since 1970-01-01T00:00:00Z.
    pub time_unix_ms: u64,
    /// How far the authority says that its clock may be off, microseconds.
    pub accuracy_us: Option<u64>,
    /// The authority, as its certificate names it. For people.
    pub authority: String,
}

/// Why a token does not date a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// It cannot be read.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// It is over something else.
    #[error("the time-stamp token is not over the SHA-256 of this checkpoint's text")]
    OtherText,
    /// The certificate that it names did not sign it.
    #[error("the signature in the time-stamp token is not that of the certificate it names")]
    Signature,
    /// No root is known for the authority.
    #[error("the authority of the time-stamp token leads to none of the roots given: {authority}")]
    Stranger {
        /// What its certificate calls it.
        authority: String,
    },
    /// Its certificate was not in force at the token's own time.
    #[error(
        "a certificate of the time-stamp's authority was not in force at its time: {authority}"
    )]
    NotInForce {
        /// What its certificate calls it.
        authority: String,
    },
    /// Its certificate is for something else.
    #[error("the certificate that signed the time-stamp token is not for time-stamps: {authority}")]
    OtherPurpose {
        /// What its certificate calls it.
        authority: String,
    },
    /// Its certificate or one above it does not hold for another reason.
    #[error("a certificate of the time-stamp's authority does not hold: {0}")]
    Certificate(webpki::Error),
    /// What was given as roots is none.
    #[error("the roots of time-stamp authorities cannot be used: {0}")]
    Roots(String),
}

/// The roots in a PEM text.
///
/// # Errors
/// [`ClockError::Roots`], also when there is none.
pub fn roots(pem: &[u8]) -> Result<Vec<Root>, ClockError> {
    let mut anchors = Vec::new();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(|error| ClockError::Roots(error.to_string()))?;
        let anchor = webpki::anchor_from_trusted_cert(&certificate);
        anchors.push(anchor.map_err(|error| ClockError::Roots(error.to_string()))?.to_owned());
        if anchors.len() > ROOTS_MAX {
            return Err(ClockError::Roots(format!("there are more than {ROOTS_MAX}")));
        }
    }
    if anchors.is_empty() {
        return Err(ClockError::Roots("there is no certificate in PEM".to_owned()));
    }
    Ok(anchors)
}

/// What a token proves about a checkpoint, whose text is the note's without its signature lines.
///
/// # Errors
/// The first thing that does not hold.
pub fn verify(
    token: &[u8],
    checkpoint_text: &[u8],
    roots: &[TrustAnchor<'_>],
) -> Result<Clock, ClockError> {
    let token = Token::parse(token)?;
    let text: [u8; 32] = Sha256::digest(checkpoint_text).into();
    if token.sha256() != Some(&text) {
        return Err(ClockError::OtherText);
    }
    let certificate = CertificateDer::from(token.signer());
    let certificate = EndEntityCert::try_from(&certificate).map_err(ClockError::Certificate)?;
    let authority = clock::name_of(certificate.subject());
    check_signature(&token, &certificate)?;
    let at = UnixTime::since_unix_epoch(Duration::from_millis(token.unix_ms()));
    let others: Vec<CertificateDer<'_>> =
        token.certificates().iter().map(|bytes| CertificateDer::from(*bytes)).collect();
    let usage = KeyUsage::required(TIME_STAMPING);
    let all = webpki::ALL_VERIFICATION_ALGS;
    certificate
        .verify_for_usage(all, roots, &others, at, usage, None, None)
        .map_err(|error| explain(error, authority.clone()))?;
    Ok(Clock { time_unix_ms: token.unix_ms(), accuracy_us: token.accuracy_us(), authority })
}

/// The key decides which curve it is; form and digest are the token's.
fn check_signature(token: &Token<'_>, by: &EndEntityCert<'_>) -> Result<(), ClockError> {
    use clock::Digest::{Sha256, Sha384, Sha512};
    let candidates: &[&dyn SignatureVerificationAlgorithm] = match token.algorithm() {
        (SignatureForm::Rsa, Sha256) => &[algorithms::RSA_PKCS1_2048_8192_SHA256],
        (SignatureForm::Rsa, Sha384) => &[algorithms::RSA_PKCS1_2048_8192_SHA384],
        (SignatureForm::Rsa, Sha512) => &[algorithms::RSA_PKCS1_2048_8192_SHA512],
        (SignatureForm::Ecdsa, Sha256) => {
            &[algorithms::ECDSA_P256_SHA256, algorithms::ECDSA_P384_SHA256]
        }
        (SignatureForm::Ecdsa, Sha384) => {
            &[algorithms::ECDSA_P256_SHA384, algorithms::ECDSA_P384_SHA384]
        }
        (SignatureForm::Ecdsa, Sha512) => {
            &[algorithms::ECDSA_P384_SHA512, algorithms::ECDSA_P521_SHA512]
        }
    };
    let signed = token.signed_bytes();
    let verifies = |one: &&dyn SignatureVerificationAlgorithm| {
        by.verify_signature(*one, &signed, token.authority_signature()).is_ok()
    };
    if candidates.iter().any(verifies) { Ok(()) } else { Err(ClockError::Signature) }
}

fn explain(error: webpki::Error, authority: String) -> ClockError {
    use webpki::Error as E;
    match error {
        E::UnknownIssuer | E::InvalidSignatureForPublicKey => ClockError::Stranger { authority },
        E::CertExpired { .. } | E::CertNotValidYet { .. } => ClockError::NotInForce { authority },
        E::RequiredEkuNotFoundContext(_) => ClockError::OtherPurpose { authority },
        other => ClockError::Certificate(other),
    }
}
