//! Whose a signing key is: the rules by which keys come into use and leave it.
//!
//! Every change of keys is a leaf like any other, an envelope of kind `FILING_KIND_KEY_EVENT`. The
//! hub admits key events by these rules, and whoever checks evidence applies the same rules to the
//! same envelopes, in the order of the log: a [`KeyHistory`]. So nobody has to believe the hub
//! about whose a key is; what remains to be believed is the authority behind a certificate.
//!
//! # The rules
//!
//! A key is **added** once and never comes back. The envelope is signed by the key itself (first;
//! an ML-DSA key second, since no chain stands on one), which proves that it is held, and exactly
//! one of these vouches for it:
//!
//! 1. the holder's certificate, in a [`KeyVoucher`], while the office has no key in use;
//! 2. a seal key in use of the same office, as the other signer;
//! 3. an administrative key in use of the same institution, as the other signer. As long as there
//!    is one, it alone vouches, for all offices of its institution.
//!
//! A key that **unseals** (X-Wing, `KEY_PURPOSE_UNSEAL`) signs nothing: it cannot prove that it is
//! held, vouches for nothing, and is vouched for by 2 or 3 alone. An office that enrols a key it does
//! not hold harms nobody but itself: what is wrapped for it, it cannot open.
//!
//! A key is **retired**, from the next leaf on, by itself, by another key in use of its office, or
//! by an administrative key of its institution. What it signed before stays valid for ever.
//!
//! A key is **revoked**, from a leaf on, by the same. From a leaf that lies back only by an
//! administrative key if there is one in use, else by another key of the office: a thief would
//! otherwise undo what the owner signed. Keys that the revoked one vouched for from that leaf on
//! are revoked with it, all the way down. What cuts off the key that signs the revocation is
//! refused: sign it with one that stands on other ground.
//!
//! An **administrative key** is withdrawn by administrative keys only, and all of an institution's
//! are held by one office: a stolen seal key gets no further than its own office.
//!
//! What an event did stays done when its signer is revoked later; only what stands on it falls. So
//! what held at a leaf changes later by nothing but a revocation that reaches back to it.

mod history;
mod rules;
mod step;
#[cfg(test)]
mod tests;

pub use history::{AdmitError, KeyHistory, KnownKey, NotASigner, Standing, VouchedBy};
pub use rules::RuleBroken;
pub use step::{KeyAct, KeyStep, StepError};

use crate::key::{Algorithm, KeyError, KeyId, PublicKey};
use crate::v1::{KeyEvent, KeyVoucher};

/// First line of what a certificate's key signs to vouch for a signing key.
const VOUCHER_CONTEXT: &str = "barid-voucher/v1\n";

/// Most certificates of a voucher: the office's and three intermediates.
pub const VOUCHER_CERTIFICATES_MAX: usize = 4;

/// Most bytes of a voucher's certificates together: a third of an envelope's body.
pub const VOUCHER_CERTIFICATES_MAX_BYTES: usize = 16 * 1024;

/// Why a voucher does not vouch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VoucherError {
    /// The event carries none.
    #[error("the key event carries no voucher")]
    Missing,
    /// No certificate, too many, or too long.
    #[error(
        "a voucher has 1 to {VOUCHER_CERTIFICATES_MAX} certificates, none of them empty and \
         together at most {VOUCHER_CERTIFICATES_MAX_BYTES} bytes"
    )]
    Certificates,
    /// The certificate's key is of a kind that no voucher is signed with.
    #[error("a voucher is signed with a P-256 or Ed25519 certificate key, not {0:?}")]
    Algorithm(Algorithm),
    /// The signature is not the certificate key's over this key and this log.
    #[error("the voucher's signature: {0}")]
    NotSigned(KeyError),
}

/// What a certificate's key signs to vouch for `key` in the log `origin`.
#[must_use]
pub fn voucher_message(origin: &str, key: &KeyId) -> Vec<u8> {
    [VOUCHER_CONTEXT.as_bytes(), origin.as_bytes(), b"\n", key.as_bytes()].concat()
}

/// Checks that the holder of `certificate_key` vouches for the key of `event`. That this key is
/// that of the voucher's first certificate, that the certificate names the key's holder, and that
/// its issuer is to be believed, is the caller's to check.
///
/// # Errors
/// [`VoucherError`].
pub fn verify_voucher(
    origin: &str,
    event: &KeyEvent,
    certificate_key: &PublicKey,
) -> Result<(), VoucherError> {
    let voucher = event.voucher.as_ref().ok_or(VoucherError::Missing)?;
    check_shape(voucher)?;
    match certificate_key.algorithm() {
        Algorithm::EcdsaP256 | Algorithm::Ed25519 => {}
        other => return Err(VoucherError::Algorithm(other)),
    }
    certificate_key
        .verify(&voucher_message(origin, &KeyId::of_spki(&event.spki)), &voucher.signature)
        .map_err(VoucherError::NotSigned)
}

/// The bounds on a voucher's certificates.
fn check_shape(voucher: &KeyVoucher) -> Result<(), VoucherError> {
    let certificates = &voucher.certificates;
    let count = (1..=VOUCHER_CERTIFICATES_MAX).contains(&certificates.len());
    let empty = certificates.iter().any(Vec::is_empty);
    let bytes: usize = certificates.iter().map(Vec::len).sum();
    if !count || empty || bytes > VOUCHER_CERTIFICATES_MAX_BYTES {
        return Err(VoucherError::Certificates);
    }
    Ok(())
}
