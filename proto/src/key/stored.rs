//! Private keys that live in memory and, as PKCS#8, in a file somebody else reads and writes.

use super::spki;
use super::{Algorithm, KeyError, PublicKey, SignError, Signer, pem};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, ML_DSA_65_SIGNING,
    PqdsaKeyPair,
};
use std::fmt;
use zeroize::Zeroizing;

/// A private key held in memory, kept on disk as PKCS#8 by whoever calls.
///
/// aws-lc draws the randomness that generating a key and an ECDSA signature need from the
/// operating system; nothing else in this crate is random.
pub struct FileKey {
    public: PublicKey,
    secret: Secret,
}

enum Secret {
    EcdsaP256(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
    MlDsa65(Box<PqdsaKeyPair>),
}

impl FileKey {
    /// Makes a new key.
    ///
    /// # Errors
    /// [`KeyError::Refused`] for RSA and X-Wing; [`KeyError::Library`].
    pub fn generate(algorithm: Algorithm) -> Result<Self, KeyError> {
        Self::new(match algorithm {
            Algorithm::EcdsaP256 => Secret::EcdsaP256(
                EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
                    .map_err(|_| KeyError::Library)?,
            ),
            Algorithm::Ed25519 => {
                Secret::Ed25519(Ed25519KeyPair::generate().map_err(|_| KeyError::Library)?)
            }
            Algorithm::RsaPss3072 => return Err(KeyError::Refused("RSA is only verified")),
            Algorithm::XWing => return Err(KeyError::Refused("X-Wing keys do not sign")),
            Algorithm::MlDsa65 => {
                let pair = PqdsaKeyPair::generate(&ML_DSA_65_SIGNING);
                Secret::MlDsa65(Box::new(pair.map_err(|_| KeyError::Library)?))
            }
        })
    }

    /// Reads a private key in PKCS#8 DER.
    ///
    /// # Errors
    /// [`KeyError::NotPrivate`].
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        if let Ok(pair) = Ed25519KeyPair::from_pkcs8(der) {
            return Self::new(Secret::Ed25519(pair));
        }
        if let Ok(pair) = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der) {
            return Self::new(Secret::EcdsaP256(pair));
        }
        let pair = PqdsaKeyPair::from_pkcs8(&ML_DSA_65_SIGNING, der);
        Self::new(Secret::MlDsa65(Box::new(pair.map_err(|_| KeyError::NotPrivate)?)))
    }

    /// Reads a private key in PKCS#8 PEM.
    ///
    /// # Errors
    /// [`KeyError::NotPem`], [`KeyError::NotPrivate`].
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        Self::from_pkcs8(&pem::decode_private_key(text).ok_or(KeyError::NotPem)?)
    }

    /// Writes the private key as PKCS#8 PEM, as `openssl genpkey` does. Wiped when dropped.
    ///
    /// # Errors
    /// [`KeyError::Library`].
    pub fn to_pem(&self) -> Result<Zeroizing<String>, KeyError> {
        let der = match &self.secret {
            Secret::EcdsaP256(pair) => pair.to_pkcs8v1(),
            Secret::Ed25519(pair) => pair.to_pkcs8v1(),
            Secret::MlDsa65(pair) => pair.to_pkcs8v1(),
        };
        Ok(pem::encode_private_key(der.map_err(|_| KeyError::Library)?.as_ref()))
    }

    fn new(secret: Secret) -> Result<Self, KeyError> {
        let spki = match &secret {
            Secret::EcdsaP256(pair) => [&spki::P256[..], pair.public_key().as_ref()].concat(),
            Secret::Ed25519(pair) => [&spki::ED25519[..], pair.public_key().as_ref()].concat(),
            Secret::MlDsa65(pair) => [&spki::ML_DSA_65[..], pair.public_key().as_ref()].concat(),
        };
        Ok(Self { public: PublicKey::from_spki(&spki)?, secret })
    }
}

impl Signer for FileKey {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let signed = match &self.secret {
            Secret::EcdsaP256(pair) => {
                pair.sign(&SystemRandom::new(), message).map(|signed| signed.as_ref().to_vec())
            }
            Secret::Ed25519(pair) => pair.try_sign(message).map(|signed| signed.as_ref().to_vec()),
            Secret::MlDsa65(pair) => {
                let mut signed = vec![0; Algorithm::MlDsa65.signature_len()];
                pair.sign(message, &mut signed).map(|_length| signed)
            }
        };
        signed.map_err(|_| SignError("the cryptographic library failed".into()))
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileKey({:?})", self.public)
    }
}
