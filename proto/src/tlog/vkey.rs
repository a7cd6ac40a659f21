//! Verifier keys: a name, a short id and a public key in one line of text.
//!
//! ```text
//! example.com/log+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx
//! ```
//!
//! Format: [C2SP signed-note, "Verifier keys"](https://c2sp.org/signed-note@v1.0.0#verifier-keys);
//! types 0x04 and 0x06 are those of [tlog-cosignature](https://c2sp.org/tlog-cosignature). The id
//! is short on purpose: it finds a key among the known ones and is no proof of anything.

use super::ascii::{decode_base64, encode_base64};
use super::checkpoint::Checkpoint;
use super::cosignature;
use super::note::{NoteSignature, is_key_name};
use crate::key::{KeyId, PublicKey};
use aws_lc_rs::signature::{ML_DSA_44, ParsedPublicKey};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// Bytes of an ML-DSA-44 public key (FIPS 204, table 2).
const ML_DSA_44_KEY_LEN: usize = 1312;

/// What a key's signatures cover; the number stands before the key in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum KeyType {
    /// Ed25519 over the note text.
    Ed25519 = 0x01,
    /// A dated cosignature (`cosignature/v1`) with Ed25519.
    CosignatureEd25519 = 0x04,
    /// A dated cosignature (`subtree/v1`) with ML-DSA-44.
    CosignatureMlDsa44 = 0x06,
}

/// A key that verifies signature lines.
#[derive(Clone)]
pub struct VerifierKey {
    name: String,
    id: [u8; 4],
    key: TypedKey,
}

#[derive(Clone)]
enum TypedKey {
    Ed25519(PublicKey),
    CosignatureEd25519(PublicKey),
    CosignatureMlDsa44(ParsedPublicKey),
}

/// Why a text is not a usable verifier key.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum VerifierKeyError {
    /// Not `name+id+key`, or not in its only spelling.
    #[error("not a verifier key")]
    Malformed,
    /// The name is empty or holds a space or `+`.
    #[error("{0:?} cannot name a key")]
    Name(String),
    /// The id is not the one that name, type and key give.
    #[error("the key id does not belong to the key")]
    WrongId,
    /// A type other than those of [`KeyType`].
    #[error("signature type {0:#04x} is not accepted")]
    Type(u8),
    /// Not a key of its type, or a weak one.
    #[error("the public key is not a valid one of its type")]
    Key,
}

/// Why a signature line of a known key is not valid.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum SignatureError {
    /// It is not as long as signatures of this type are, or states a time no clock can show.
    #[error("the signature is malformed")]
    Malformed,
    /// It is a cosignature, and what it stands under is not a checkpoint.
    #[error("cosignatures cover checkpoints only")]
    NotACheckpoint,
    /// The key did not make it for this text.
    #[error("the signature is wrong")]
    Wrong,
}

impl VerifierKey {
    /// A key that signs note texts (type 0x01).
    ///
    /// # Errors
    /// [`VerifierKeyError::Name`], [`VerifierKeyError::Key`].
    pub fn ed25519(name: &str, raw: &[u8; 32]) -> Result<Self, VerifierKeyError> {
        Self::new(name, KeyType::Ed25519, raw)
    }

    /// A key of any type, from its raw bytes.
    ///
    /// # Errors
    /// [`VerifierKeyError::Name`], [`VerifierKeyError::Key`].
    pub fn new(name: &str, key_type: KeyType, raw: &[u8]) -> Result<Self, VerifierKeyError> {
        if !is_key_name(name) {
            return Err(VerifierKeyError::Name(name.to_owned()));
        }
        let key = match key_type {
            KeyType::Ed25519 => TypedKey::Ed25519(ed25519(raw)?),
            KeyType::CosignatureEd25519 => TypedKey::CosignatureEd25519(ed25519(raw)?),
            KeyType::CosignatureMlDsa44 => TypedKey::CosignatureMlDsa44(ml_dsa_44(raw)?),
        };
        Ok(Self { name: name.to_owned(), id: key_id(name, key_type, raw), key })
    }

    /// The name, as signature lines and (for a log) the origin write it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of SHA-256(name | newline | type | key).
    #[must_use]
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// What its signatures cover.
    #[must_use]
    pub fn key_type(&self) -> KeyType {
        match self.key {
            TypedKey::Ed25519(_) => KeyType::Ed25519,
            TypedKey::CosignatureEd25519(_) => KeyType::CosignatureEd25519,
            TypedKey::CosignatureMlDsa44(_) => KeyType::CosignatureMlDsa44,
        }
    }

    /// The bytes of the public key. Two keys that differ only in name or type share them.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        match &self.key {
            TypedKey::Ed25519(key) | TypedKey::CosignatureEd25519(key) => {
                key.ed25519().map_or(&[], |raw| raw)
            }
            TypedKey::CosignatureMlDsa44(key) => key.as_ref(),
        }
    }

    /// SHA-256 of the SubjectPublicKeyInfo of a key that signs note texts: by it, leaves that a hub
    /// makes in its own name say whose they are. `None` for keys of witnesses.
    #[must_use]
    pub fn log_key_id(&self) -> Option<KeyId> {
        match &self.key {
            TypedKey::Ed25519(key) => Some(key.id()),
            TypedKey::CosignatureEd25519(_) | TypedKey::CosignatureMlDsa44(_) => None,
        }
    }

    /// Whether a line claims to be made by this key: same name and same id.
    #[must_use]
    pub fn made(&self, line: &NoteSignature) -> bool {
        line.name == self.name && line.key_id == self.id
    }

    /// A signature line of this key.
    pub(super) fn line(&self, bytes: Vec<u8>) -> NoteSignature {
        NoteSignature { name: self.name.clone(), key_id: self.id, bytes }
    }

    /// Checks the bytes of a signature line (without the key id) under this note text, and gives
    /// the time a cosignature states; `None` for other types and for a cosignature without time.
    ///
    /// # Errors
    /// Any [`SignatureError`].
    pub fn verify(&self, text: &str, signature: &[u8]) -> Result<Option<u64>, SignatureError> {
        if let TypedKey::Ed25519(key) = &self.key {
            key.verify(text.as_bytes(), signature).map_err(|_| SignatureError::Wrong)?;
            return Ok(None);
        }
        let (time, signature) = cosignature::split(signature).ok_or(SignatureError::Malformed)?;
        let checkpoint = Checkpoint::parse(text).map_err(|_| SignatureError::NotACheckpoint)?;
        let valid = match &self.key {
            TypedKey::Ed25519(key) | TypedKey::CosignatureEd25519(key) => {
                key.verify(&cosignature::message_v1(&checkpoint, time), signature).is_ok()
            }
            TypedKey::CosignatureMlDsa44(key) => {
                let message = cosignature::message_subtree(&self.name, &checkpoint, time);
                message.is_some_and(|message| key.verify_sig(&message, signature).is_ok())
            }
        };
        if valid { Ok((time > 0).then_some(time)) } else { Err(SignatureError::Wrong) }
    }
}

impl FromStr for VerifierKey {
    type Err = VerifierKeyError;

    fn from_str(text: &str) -> Result<Self, VerifierKeyError> {
        // The base64 of the key may hold more plus signs, the name may not.
        let mut parts = text.splitn(3, '+');
        let mut next = || parts.next().ok_or(VerifierKeyError::Malformed);
        let (name, id, key) = (next()?, next()?, next()?);
        let key = decode_base64(key).ok_or(VerifierKeyError::Malformed)?;
        let (number, raw) = key.split_first().ok_or(VerifierKeyError::Malformed)?;
        let parsed = Self::new(name, KeyType::try_from(*number)?, raw)?;
        if id.len() != 8 || id.bytes().any(|byte| !matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(VerifierKeyError::Malformed);
        }
        if id == hex(parsed.id) { Ok(parsed) } else { Err(VerifierKeyError::WrongId) }
    }
}

impl TryFrom<u8> for KeyType {
    type Error = VerifierKeyError;

    fn try_from(number: u8) -> Result<Self, VerifierKeyError> {
        match number {
            0x01 => Ok(Self::Ed25519),
            0x04 => Ok(Self::CosignatureEd25519),
            0x06 => Ok(Self::CosignatureMlDsa44),
            _ => Err(VerifierKeyError::Type(number)),
        }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = encode_base64(&[&[self.key_type() as u8], self.raw()].concat());
        write!(f, "{}+{}+{key}", self.name, hex(self.id))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({}+{} {:?})", self.name, hex(self.id), self.key_type())
    }
}

impl PartialEq for VerifierKey {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.key_type() == other.key_type() && self.raw() == other.raw()
    }
}

impl Eq for VerifierKey {}

fn ed25519(raw: &[u8]) -> Result<PublicKey, VerifierKeyError> {
    let raw = raw.try_into().map_err(|_| VerifierKeyError::Key)?;
    PublicKey::from_ed25519(raw).map_err(|_| VerifierKeyError::Key)
}

fn ml_dsa_44(raw: &[u8]) -> Result<ParsedPublicKey, VerifierKeyError> {
    // aws-lc would also take a SubjectPublicKeyInfo here.
    if raw.len() != ML_DSA_44_KEY_LEN {
        return Err(VerifierKeyError::Key);
    }
    ParsedPublicKey::new(&ML_DSA_44, raw).map_err(|_| VerifierKeyError::Key)
}

fn key_id(name: &str, key_type: KeyType, raw: &[u8]) -> [u8; 4] {
    let digest: [u8; 32] = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', key_type as u8])
        .chain_update(raw)
        .finalize()
        .into();
    let [a, b, c, d, ..] = digest;
    [a, b, c, d]
}

fn hex(id: [u8; 4]) -> String {
    format!("{:08x}", u32::from_be_bytes(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

    #[test]
    fn a_key_is_written_as_it_was_read() {
        let key: VerifierKey = KEY.parse().unwrap();
        assert_eq!(key.name(), "example.com/log/testdata");
        assert_eq!(key.id(), [0x33, 0xd7, 0xb4, 0x96]);
        assert_eq!(key.key_type(), KeyType::Ed25519);
        assert_eq!(key.to_string(), KEY);
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let wrong =
            |from: &str, to: &str| KEY.replace(from, to).parse::<VerifierKey>().unwrap_err();
        assert_eq!(wrong("+33d7b496", ""), VerifierKeyError::Malformed);
        assert_eq!(wrong("33d7b496", "33d7b497"), VerifierKeyError::WrongId);
        assert_eq!(wrong("33d7b496", "33D7B496"), VerifierKeyError::Malformed);
        assert_eq!(wrong("testdata", "otherdata"), VerifierKeyError::WrongId);
        assert_eq!(wrong("example.com", ""), VerifierKeyError::WrongId);
        assert_eq!(wrong("+AeHT", "+AuHT"), VerifierKeyError::Type(2));
        assert_eq!(wrong("kkSx", "kkSx="), VerifierKeyError::Malformed);
        assert_eq!(wrong("kkSx", ""), VerifierKeyError::Key);
        assert_eq!(
            wrong("/log", " log"),
            VerifierKeyError::Name("example.com log/testdata".into())
        );
        assert_eq!(wrong("example.com/log/testdata", ""), VerifierKeyError::Name(String::new()));
    }

    #[test]
    fn a_weak_key_verifies_nothing_because_it_is_refused() {
        assert_eq!(VerifierKey::ed25519("n", &[0; 32]), Err(VerifierKeyError::Key));
    }
}
