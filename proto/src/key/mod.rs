//! Keys of institutions, and what counts as a valid signature.
//!
//! A key is known by the SHA-256 of its whole SubjectPublicKeyInfo, never by a part of it, and is
//! taken in one spelling only: each algorithm has one DER form, compared byte by byte.
//!
//! # One predicate for Ed25519
//!
//! Libraries disagree on hostile keys and signatures (C2SP/CCTV lists 914 such cases), and two
//! honest verifiers must not disagree in court. Valid means, for every verifier of Barid:
//!
//! 1. the public key `A` is encoded canonically (y < 2^255 - 19) and is not of small order;
//! 2. `R`, the first half of the signature, is not of small order;
//! 3. `S`, the second half, is below the group order;
//! 4. the canonical encoding of `[S]B - [k]A` equals the 32 bytes of `R`, without multiplying by
//!    the cofactor, `k` being the SHA-512 of `R`, `A` and message as received (RFC 8032 §5.1.7).
//!
//! Points 1 and 2 are checked here, 3 and 4 by aws-lc. Batch verification decides differently and
//! is never used. ECDSA on P-256 has no such cases; that `s` and `n - s` are both valid is
//! harmless, because a leaf covers the bytes of the signature.

pub(crate) mod pem;
pub(crate) mod spki;
mod stored;
mod weak;

pub use stored::FileKey;

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, ML_DSA_65, ParsedPublicKey, RSA_PSS_2048_8192_SHA256,
    VerificationAlgorithm,
};
use sha2::{Digest, Sha256};
use std::fmt;

/// How an envelope is signed. The number stands in the signed body, so that nobody can reread a
/// signature under another algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256; a signature is `r | s`, 64 bytes (not DER).
    EcdsaP256 = 1,
    /// Ed25519; a signature has 64 bytes.
    Ed25519 = 2,
    /// RSASSA-PSS with SHA-256 and a 32-byte salt, 3072-bit keys with exponent 65537: cards that
    /// know nothing newer. Verified, never made here. A signature has 384 bytes.
    RsaPss3072 = 3,
    /// ML-DSA-65 (FIPS 204) with empty context: a further signature, against the day when quantum
    /// computers break the first. Never the first signer of an envelope, since chains stand on keys
    /// that cards have. A signature has 3309 bytes.
    MlDsa65 = 4,
    /// X-Wing (ML-KEM-768 and X25519): signs nothing, opens the keys of sealed exhibits. No envelope
    /// can name it as the algorithm of a signature.
    XWing = 5,
}

impl Algorithm {
    /// The number used in signed bodies and digests.
    #[must_use]
    pub fn wire(self) -> u16 {
        self as u16
    }

    /// The algorithm with this number; `None` for a number that stands for none.
    #[must_use]
    pub fn from_wire(number: i32) -> Option<Self> {
        Some(match number {
            1 => Self::EcdsaP256,
            2 => Self::Ed25519,
            3 => Self::RsaPss3072,
            4 => Self::MlDsa65,
            _ => return None,
        })
    }

    /// Bytes of a signature as it is sent; 0 for a key that signs nothing.
    #[must_use]
    pub fn signature_len(self) -> usize {
        match self {
            Self::EcdsaP256 | Self::Ed25519 => 64,
            Self::RsaPss3072 => 384,
            Self::MlDsa65 => 3309,
            Self::XWing => 0,
        }
    }
}

/// The identity of a key: SHA-256 of its SubjectPublicKeyInfo in DER, all 32 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 32]);

impl KeyId {
    /// The key id with these bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key id with these bytes; `None` unless there are 32.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The key id of a SubjectPublicKeyInfo, whether or not [`PublicKey`] would take it.
    #[must_use]
    pub fn of_spki(spki: &[u8]) -> Self {
        Self(Sha256::digest(spki).into())
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// Why a key, or what it is said to have signed, was refused.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum KeyError {
    /// A kind of key that Barid does not take, by its name.
    #[error("keys of this kind are not accepted: {0}")]
    Refused(&'static str),
    /// Not a SubjectPublicKeyInfo, or not in its only DER form.
    #[error("not a public key in DER")]
    Malformed,
    /// A point that is not on the curve, or a modulus that is none.
    #[error("the public key is not a valid {0:?} key")]
    Invalid(Algorithm),
    /// An Ed25519 point of small order or with a second spelling: it verifies what nobody signed.
    #[error("a weak Ed25519 public key")]
    Weak,
    /// Not a PKCS#8 private key of an algorithm that Barid signs with.
    #[error("not a PKCS#8 private key for P-256, Ed25519 or ML-DSA-65")]
    NotPrivate,
    /// Not exactly one PEM block `PRIVATE KEY`.
    #[error("not one PEM block PRIVATE KEY")]
    NotPem,
    /// The signature does not verify. Why is not said: it helps nobody honest.
    #[error("the signature does not verify")]
    Signature,
    /// The cryptographic library failed (it ran out of randomness or memory).
    #[error("the cryptographic library failed")]
    Library,
}

/// A public key of an accepted kind.
#[derive(Clone)]
pub struct PublicKey {
    algorithm: Algorithm,
    id: KeyId,
    spki: Vec<u8>,
    /// `None`: it signs nothing.
    parsed: Option<ParsedPublicKey>,
}

impl PublicKey {
    /// Reads a SubjectPublicKeyInfo in DER.
    ///
    /// # Errors
    /// Anything but the exact forms of P-256 (uncompressed), Ed25519, RSA with 3072 bits and
    /// exponent 65537, ML-DSA-65 and X-Wing; among these, points off the curve and weak Ed25519
    /// keys. Whether an X-Wing key can be wrapped to, [`sealed`](crate::sealed) finds out.
    pub fn from_spki(spki: &[u8]) -> Result<Self, KeyError> {
        let (algorithm, raw) = spki::split(spki)?;
        let id = KeyId::of_spki(spki);
        let verification: &'static dyn VerificationAlgorithm = match algorithm {
            Algorithm::EcdsaP256 => &ECDSA_P256_SHA256_FIXED,
            Algorithm::Ed25519 => &ED25519,
            Algorithm::RsaPss3072 => &RSA_PSS_2048_8192_SHA256,
            Algorithm::MlDsa65 => &ML_DSA_65,
            Algorithm::XWing => {
                return Ok(Self { algorithm, id, spki: spki.to_vec(), parsed: None });
            }
        };
        if algorithm == Algorithm::Ed25519 && weak::is_weak_key(raw) {
            return Err(KeyError::Weak);
        }
        let parsed = ParsedPublicKey::new(verification, raw);
        let parsed = parsed.map_err(|_| KeyError::Invalid(algorithm))?;
        Ok(Self { algorithm, id, spki: spki.to_vec(), parsed: Some(parsed) })
    }

    /// Takes the 32 bytes of an Ed25519 key, as notes carry them.
    ///
    /// # Errors
    /// [`KeyError::Weak`], [`KeyError::Invalid`].
    pub fn from_ed25519(raw: &[u8; 32]) -> Result<Self, KeyError> {
        Self::from_spki(&[&spki::ED25519[..], raw].concat())
    }

    /// Takes the 65 bytes of an uncompressed point on P-256, as tokens carry them.
    ///
    /// # Errors
    /// [`KeyError::Refused`], [`KeyError::Invalid`].
    pub fn from_p256_point(point: &[u8]) -> Result<Self, KeyError> {
        Self::from_spki(&[&spki::P256[..], point].concat())
    }

    /// Takes the 384 bytes of the modulus of an RSA key with exponent 65537, as tokens carry them.
    ///
    /// # Errors
    /// [`KeyError::Refused`], [`KeyError::Invalid`].
    pub fn from_rsa_modulus(modulus: &[u8]) -> Result<Self, KeyError> {
        Self::from_spki(&spki::of_rsa_modulus(modulus))
    }

    /// How this key signs.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The identity of this key.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.id
    }

    /// The SubjectPublicKeyInfo in DER.
    #[must_use]
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    /// The 1,216 bytes of an X-Wing key; `None` for another kind.
    #[must_use]
    pub fn x_wing(&self) -> Option<&[u8]> {
        self.spki.strip_prefix(&spki::X_WING)
    }

    /// The 32 bytes of an Ed25519 key; `None` for another kind.
    #[must_use]
    pub fn ed25519(&self) -> Option<&[u8; 32]> {
        self.spki.strip_prefix(&spki::ED25519)?.try_into().ok()
    }

    /// Checks a signature over exactly these bytes.
    ///
    /// # Errors
    /// [`KeyError::Signature`] when it is not valid; for Ed25519 by the predicate at the top of
    /// this module.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), KeyError> {
        if signature.len() != self.algorithm.signature_len() {
            return Err(KeyError::Signature);
        }
        if self.algorithm == Algorithm::Ed25519 && weak::is_small_order(signature) {
            return Err(KeyError::Signature);
        }
        let parsed = self.parsed.as_ref().ok_or(KeyError::Signature)?;
        parsed.verify_sig(message, signature).map_err(|_| KeyError::Signature)
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.spki == other.spki
    }
}

impl Eq for PublicKey {}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({:?} {})", self.algorithm, self.id)
    }
}

/// Something that signs: a key in memory, a card, a remote module.
pub trait Signer: Send + Sync {
    /// The key that verifies what this one signs.
    fn public_key(&self) -> &PublicKey;

    /// Signs exactly these bytes; the result is as [`PublicKey::verify`] takes it.
    ///
    /// # Errors
    /// When the key cannot be used now: no card, no randomness.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError>;
}

/// A key could not be used. The text is for whoever operates it and never holds a secret.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("could not sign: {0}")]
pub struct SignError(pub String);
