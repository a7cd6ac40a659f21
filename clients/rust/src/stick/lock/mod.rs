//! The lock of a stick: what is written can be read by the holder of one key, or of a passphrase,
//! and nothing of it can be changed, moved, left out at the end or put behind unnoticed.
//!
//! ```text
//! "barid-lock/v1\n"
//! 1 byte     1: a key, 2: a passphrase
//! 1,120 + 48 for a key: X-Wing encapsulation, and the stick's own key sealed to it (RFC 9180, base
//!            mode, HKDF-SHA256, ChaCha20-Poly1305; info is the first line)
//! 16 + 48    for a passphrase: salt, and the stick's own key under PBKDF2-HMAC-SHA256 of the
//!            passphrase (600,000 rounds) with AES-256-GCM, nonce zero
//! segments   of 64 KiB, the last one shorter or as long, each with its 16 bytes of AES-256-GCM
//! ```
//!
//! The nonce of a segment is its number, 11 bytes from 0, and one byte that is 1 for the last: the
//! construction STREAM of Hoang, Reyhanitabar, Rogaway and Vizár. The digest of all before the
//! segments is associated data of each. This is the only module that knows of it: once sealed
//! exhibits have their own segments, both may share them.

mod read;
mod write;

pub use read::LockReader;
pub use write::LockWriter;

use std::num::NonZeroU32;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::pbkdf2;
use barid_proto::sealed::Drawn;
use barid_proto::sealed::wrap::RANDOM_BYTES;
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::XWing;
use hpke::{Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _};
use zeroize::Zeroizing;

use super::StickError;
use crate::hex;
use crate::source::Source;

/// What everything locked begins with.
const LABEL: &[u8] = b"barid-lock/v1\n";
/// Plain bytes of a segment.
pub(super) const SEGMENT_BYTES: usize = 64 * 1024;
/// What authenticates a segment.
const TAG_BYTES: usize = 16;
/// Length of a public key.
pub const PUBLIC_KEY_BYTES: usize = 1_216;
/// Length of an encapsulation.
const ENCAPSULATION_BYTES: usize = 1_120;
/// Length of the stick's own key, sealed.
const WRAPPED_BYTES: usize = 32 + TAG_BYTES;
const SALT_BYTES: usize = 16;
/// Rounds of the derivation from a passphrase: OWASP's recommendation of 2023, half a second.
const ROUNDS: NonZeroU32 = match NonZeroU32::new(600_000) {
    Some(rounds) => rounds,
    None => NonZeroU32::MAX,
};
/// The shortest passphrase that is taken, characters: a stick can be tried for ever.
const PASSPHRASE_LEAST: usize = 12;
/// How a text begins that is a public key.
const PUBLIC_LABEL: &str = "barid-stick-key/v1 ";

/// To whom a stick is locked.
#[derive(Clone)]
pub enum LockTo {
    /// Whoever has the private half of this key.
    Key(Box<PublicKey>),
    /// Whoever knows it.
    Passphrase(Passphrase),
}

/// What opens a stick.
#[derive(Clone, Default)]
pub struct Opener {
    /// A key.
    pub key: Option<PrivateKey>,
    /// A passphrase.
    pub passphrase: Option<Passphrase>,
}

/// A passphrase of twelve characters at least.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

/// The public half of a key for sticks.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(Box<<XWing as Kem>::PublicKey>);

/// The private half of a key for sticks.
#[derive(Clone)]
pub struct PrivateKey(<XWing as Kem>::PrivateKey);

impl Passphrase {
    /// Takes a passphrase, without the end of its line.
    ///
    /// # Errors
    /// [`StickError::Passphrase`] for one that is too short.
    pub fn new(text: &str) -> Result<Self, StickError> {
        let text = text.trim_end_matches(['\r', '\n']);
        if text.chars().count() < PASSPHRASE_LEAST {
            return Err(StickError::Passphrase { least: PASSPHRASE_LEAST });
        }
        Ok(Self(Zeroizing::new(text.to_owned())))
    }

    fn derive(&self, salt: &[u8]) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        let algorithm = pbkdf2::PBKDF2_HMAC_SHA256;
        pbkdf2::derive(algorithm, ROUNDS, salt, self.0.as_bytes(), &mut *key);
        key
    }
}

impl PublicKey {
    /// The key of these bytes.
    ///
    /// # Errors
    /// [`StickError::Key`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, StickError> {
        let parsed = <XWing as Kem>::PublicKey::from_bytes(bytes);
        parsed
            .map(|key| Self(Box::new(key)))
            .map_err(|_| StickError::Key("it is no X-Wing public key".to_owned()))
    }

    /// Reads what [`PublicKey::to_text`] wrote.
    ///
    /// # Errors
    /// [`StickError::Key`].
    pub fn parse(text: &str) -> Result<Self, StickError> {
        let wrong = || StickError::Key(format!("it does not begin with {PUBLIC_LABEL:?}"));
        let digits = text.trim().strip_prefix(PUBLIC_LABEL).ok_or_else(wrong)?;
        let bytes: Option<[u8; PUBLIC_KEY_BYTES]> = hex::decode(digits);
        Self::from_bytes(&bytes.ok_or_else(|| {
            StickError::Key(format!("it has not {PUBLIC_KEY_BYTES} bytes in hexadecimal digits"))
        })?)
    }

    /// The key as a line of text, to be handed to others.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{PUBLIC_LABEL}{}\n", hex::encode(&self.to_bytes()))
    }

    /// Its bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes().to_vec()
    }
}

impl PrivateKey {
    /// A new key.
    ///
    /// # Errors
    /// [`StickError::Local`] without randomness.
    pub fn generate(source: &dyn Source) -> Result<Self, StickError> {
        let mut seed = Zeroizing::new([0; 64]);
        source.fill(&mut *seed)?;
        Ok(Self(XWing::derive_keypair(&*seed).0))
    }

    /// Reads what [`PrivateKey::to_text`] wrote.
    ///
    /// # Errors
    /// [`StickError::Key`].
    pub fn parse(text: &str) -> Result<Self, StickError> {
        let wrong = || StickError::Key("it is no private key of 32 bytes".to_owned());
        let bytes: [u8; 32] = hex::decode(text.trim()).ok_or_else(wrong)?;
        <XWing as Kem>::PrivateKey::from_bytes(&bytes).map(Self).map_err(|_| wrong())
    }

    /// The key as a line of text, to be kept from everybody.
    #[must_use]
    pub fn to_text(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(&self.0.to_bytes()) + "\n")
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(Box::new(XWing::sk_to_pk(&self.0)))
    }
}

/// Head of what is locked, and the stick's own key.
fn lock(to: &LockTo, source: &dyn Source) -> Result<(Vec<u8>, Segments), StickError> {
    let mut own = Zeroizing::new([0; 32]);
    source.fill(&mut *own)?;
    let mut head = LABEL.to_vec();
    match to {
        LockTo::Key(key) => {
            let mut random = Zeroizing::new([0; RANDOM_BYTES]);
            source.fill(&mut *random)?;
            let mut drawn = Drawn::new(&random);
            let (encapsulation, wrapped) = hpke::single_shot_seal_with_rng::<
                ChaCha20Poly1305,
                HkdfSha256,
                XWing,
            >(
                &OpModeS::Base, &key.0, LABEL, &*own, &[], &mut drawn
            )
            .map_err(|error| StickError::Key(error.to_string()))?;
            if drawn.is_overdrawn() {
                return Err(StickError::Key("the library drew more than was drawn".to_owned()));
            }
            head.push(1);
            head.extend_from_slice(&encapsulation.to_bytes());
            head.extend_from_slice(&wrapped);
        }
        LockTo::Passphrase(passphrase) => {
            let mut salt = [0; SALT_BYTES];
            source.fill(&mut salt)?;
            let mut wrapped = own.to_vec();
            cipher(&passphrase.derive(&salt))?
                .seal_in_place_append_tag(zero_nonce(), Aad::from(LABEL), &mut wrapped)
                .map_err(|_| StickError::Key("it cannot be wrapped".to_owned()))?;
            head.push(2);
            head.extend_from_slice(&salt);
            head.extend_from_slice(&wrapped);
        }
    }
    let segments = Segments::new(&own, &head)?;
    Ok((head, segments))
}

/// The stick's own key, from what was wrapped to a key.
fn unwrap_by_key(key: &PrivateKey, wrapped: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let (encapsulation, wrapped) = wrapped.split_at_checked(ENCAPSULATION_BYTES)?;
    let encapsulation = <XWing as Kem>::EncappedKey::from_bytes(encapsulation).ok()?;
    let opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeR::Base,
        &key.0,
        &encapsulation,
        LABEL,
        wrapped,
        &[],
    );
    Some(Zeroizing::new(Zeroizing::new(opened.ok()?).as_slice().try_into().ok()?))
}

/// The stick's own key, from what was wrapped with a passphrase.
fn unwrap_by_passphrase(
    passphrase: &Passphrase,
    wrapped: &[u8],
) -> Result<Option<Zeroizing<[u8; 32]>>, StickError> {
    let Some((salt, wrapped)) = wrapped.split_at_checked(SALT_BYTES) else { return Ok(None) };
    let mut wrapped = Zeroizing::new(wrapped.to_vec());
    let cipher = cipher(&passphrase.derive(salt))?;
    let opened = cipher.open_in_place(zero_nonce(), Aad::from(LABEL), &mut wrapped);
    let own = opened.ok().and_then(|own| <[u8; 32]>::try_from(&*own).ok());
    Ok(own.map(Zeroizing::new))
}

/// Seals and opens segments, in order.
struct Segments {
    cipher: LessSafeKey,
    head: [u8; 32],
    next: u64,
}

impl Segments {
    fn new(own: &[u8; 32], head: &[u8]) -> Result<Self, StickError> {
        use sha2::{Digest as _, Sha256};
        Ok(Self { cipher: cipher(own)?, head: Sha256::digest(head).into(), next: 0 })
    }

    fn nonce(&mut self, last: bool) -> Nonce {
        let [a, b, c, d, e, f, g, h] = self.next.to_be_bytes();
        self.next += 1;
        Nonce::assume_unique_for_key([0, 0, 0, a, b, c, d, e, f, g, h, u8::from(last)])
    }

    fn seal(&mut self, segment: &mut Vec<u8>, last: bool) -> std::io::Result<()> {
        let (nonce, aad) = (self.nonce(last), Aad::from(self.head));
        let sealed = self.cipher.seal_in_place_append_tag(nonce, aad, segment);
        sealed.map_err(|_| std::io::Error::other("a segment cannot be encrypted"))
    }

    /// Opens in place; `None`: it is not this segment, or not of this stick.
    fn open(&mut self, segment: &mut Vec<u8>, last: bool) -> Option<()> {
        let (nonce, aad) = (self.nonce(last), Aad::from(self.head));
        let plain = self.cipher.open_in_place(nonce, aad, segment).ok()?.len();
        segment.truncate(plain);
        Some(())
    }
}

fn cipher(key: &[u8; 32]) -> Result<LessSafeKey, StickError> {
    let key = UnboundKey::new(&AES_256_GCM, key);
    key.map(LessSafeKey::new).map_err(|_| StickError::Key("it has not 32 bytes".to_owned()))
}

/// Each key derived from a passphrase has a salt of its own and wraps once.
fn zero_nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

#[cfg(test)]
mod tests;
