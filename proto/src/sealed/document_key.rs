//! The key of one document, and what follows from it.

use aws_lc_rs::aead::{AES_256_GCM, LessSafeKey, UnboundKey};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use std::fmt;
use zeroize::Zeroizing;

use super::SealedError;

const CONTENT: &[u8] = b"barid-sealed/v1 content";
const DESCRIPTION: &[u8] = b"barid-sealed/v1 description";
const COMMITMENT: &[u8] = b"barid-sealed/v1 commitment";

/// The key of one sealed exhibit. It seals one document once. Wiped when dropped.
#[derive(Clone)]
pub struct DocumentKey(Zeroizing<[u8; 32]>);

/// 32 bytes, as all that follows from a document key has.
struct ThirtyTwo;

impl KeyType for ThirtyTwo {
    fn len(&self) -> usize {
        32
    }
}

impl DocumentKey {
    /// The key with these bytes: random ones that nobody else has, and that were never used.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The 32 bytes: the secret itself.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What everybody may know of the key, and what no other key has.
    ///
    /// # Errors
    /// [`SealedError::Library`].
    pub fn commitment(&self) -> Result<[u8; 32], SealedError> {
        Ok(*self.derive(COMMITMENT)?)
    }

    /// Whether this is the key that was committed to.
    ///
    /// # Errors
    /// [`SealedError::OtherKey`], [`SealedError::Library`].
    pub fn check(&self, commitment: &[u8]) -> Result<(), SealedError> {
        verify_slices_are_equal(&self.commitment()?, commitment).map_err(|_| SealedError::OtherKey)
    }

    pub(super) fn content(&self) -> Result<LessSafeKey, SealedError> {
        self.cipher(CONTENT)
    }

    pub(super) fn description(&self) -> Result<LessSafeKey, SealedError> {
        self.cipher(DESCRIPTION)
    }

    fn cipher(&self, label: &[u8]) -> Result<LessSafeKey, SealedError> {
        let key = UnboundKey::new(&AES_256_GCM, self.derive(label)?.as_slice());
        Ok(LessSafeKey::new(key.map_err(|_| SealedError::Library)?))
    }

    fn derive(&self, label: &[u8]) -> Result<Zeroizing<[u8; 32]>, SealedError> {
        let mut derived = Zeroizing::new([0; 32]);
        let secret = Salt::new(HKDF_SHA256, &[]).extract(self.0.as_slice());
        let labels = [label];
        let expanded = secret.expand(&labels, ThirtyTwo).map_err(|_| SealedError::Library)?;
        expanded.fill(derived.as_mut_slice()).map_err(|_| SealedError::Library)?;
        Ok(derived)
    }
}

impl fmt::Debug for DocumentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DocumentKey")
    }
}
