//! The private key by which an office opens what was sealed for it.

use std::fmt;
use zeroize::Zeroizing;

use super::SealedError;
use crate::key::{KeyError, KeyId, PublicKey, pem, spki};

/// PKCS#8 of an X-Wing key (RFC 5958), up to the 32 bytes of its seed.
const PKCS8: [u8; 22] = [
    0x30, 0x34, 0x02, 0x01, 0x00, 0x30, 0x0d, 0x06, 0x0b, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x83, 0xe6,
    0x2d, 0x81, 0xc8, 0x7a, 0x04, 0x20,
];

/// An X-Wing key with its secret, kept on disk as PKCS#8 by whoever calls. Wiped when dropped.
///
/// There is no form of it on a token: no PKCS#11 module known to us has X-Wing.
pub struct UnsealingKey {
    seed: Zeroizing<[u8; 32]>,
    public: PublicKey,
}

impl UnsealingKey {
    /// Reads a private key in PKCS#8 PEM.
    ///
    /// # Errors
    /// [`KeyError::NotPem`]; [`KeyError::NotPrivate`] for any other key.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        let der = pem::decode_private_key(text).ok_or(KeyError::NotPem)?;
        let seed = der.strip_prefix(&PKCS8).and_then(|seed| <[u8; 32]>::try_from(seed).ok());
        Self::from_seed(Zeroizing::new(seed.ok_or(KeyError::NotPrivate)?))
            .map_err(|_| KeyError::NotPrivate)
    }

    /// Writes the private key as PKCS#8 PEM. Wiped when dropped.
    #[must_use]
    pub fn to_pem(&self) -> Zeroizing<String> {
        let der = Zeroizing::new([&PKCS8[..], self.seed.as_slice()].concat());
        pem::encode_private_key(&der)
    }

    /// The key of a seed: 32 random bytes that nobody else has.
    ///
    /// # Errors
    /// [`SealedError::Library`].
    pub fn from_seed(seed: Zeroizing<[u8; 32]>) -> Result<Self, SealedError> {
        let raw = super::wrap::public_of(&seed)?;
        let public = PublicKey::from_spki(&[&spki::X_WING[..], &raw].concat());
        Ok(Self { seed, public: public.map_err(|_| SealedError::Library)? })
    }

    /// The key to which others wrap.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// Its identifier.
    #[must_use]
    pub fn id(&self) -> KeyId {
        self.public.id()
    }

    pub(super) fn seed(&self) -> &[u8; 32] {
        &self.seed
    }
}

impl fmt::Debug for UnsealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnsealingKey({})", self.id())
    }
}
