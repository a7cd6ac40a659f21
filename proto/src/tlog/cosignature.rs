//! Cosignatures: "at this time, this was the largest consistent tree I had seen".
//!
//! Format: [C2SP tlog-cosignature](https://c2sp.org/tlog-cosignature), v1 with Ed25519 and
//! `subtree/v1` with ML-DSA-44. A line holds the time as u64 big-endian and the signature.
//!
//! The Ed25519 message does not name the cosigner, so one key must never serve two names.

use super::checkpoint::Checkpoint;
use super::note::{NoteSignature, NoteSignerError};
use super::vkey::{KeyType, VerifierKey};
use crate::key::{KeyError, SignError, Signer, pem};
use aws_lc_rs::signature::{KeyPair as _, ML_DSA_44_SIGNING, PqdsaKeyPair};
use zeroize::Zeroizing;

/// The latest time a cosignature may state (tlog-cosignature, "Format").
pub const MAX_TIME: u64 = i64::MAX as u64;

/// Makes cosignatures: a witness, or a log that signs its checkpoints with ML-DSA-44 too.
pub struct Cosigner {
    verifier: VerifierKey,
    secret: Secret,
}

enum Secret {
    Ed25519(Box<dyn Signer>),
    MlDsa44(PqdsaKeyPair),
}

impl Cosigner {
    /// Cosigns as `name` with an Ed25519 key (type 0x04).
    ///
    /// # Errors
    /// Any [`NoteSignerError`].
    pub fn ed25519(name: &str, signer: Box<dyn Signer>) -> Result<Self, NoteSignerError> {
        let public = signer.public_key();
        let raw = public.ed25519().ok_or(NoteSignerError::Algorithm(public.algorithm()))?;
        let verifier = VerifierKey::new(name, KeyType::CosignatureEd25519, raw)?;
        Ok(Self { verifier, secret: Secret::Ed25519(signer) })
    }

    /// Cosigns as `name` with an ML-DSA-44 key in PKCS#8 PEM (type 0x06).
    ///
    /// # Errors
    /// Any [`NoteSignerError`].
    pub fn ml_dsa_44(name: &str, private_key_pem: &str) -> Result<Self, NoteSignerError> {
        let der = pem::decode_private_key(private_key_pem).ok_or(NoteSignerError::NotPrivate)?;
        let pair = PqdsaKeyPair::from_pkcs8(&ML_DSA_44_SIGNING, &der);
        let pair = pair.map_err(|_| NoteSignerError::NotPrivate)?;
        let raw = pair.public_key().as_ref();
        let verifier = VerifierKey::new(name, KeyType::CosignatureMlDsa44, raw)?;
        Ok(Self { verifier, secret: Secret::MlDsa44(pair) })
    }

    /// The key that verifies what this one signs.
    #[must_use]
    pub fn verifier(&self) -> &VerifierKey {
        &self.verifier
    }

    /// Cosigns a checkpoint at `time`, in seconds since 1970-01-01T00:00:00Z. The caller has
    /// checked that it is consistent with what it cosigned before, and stored that it did.
    ///
    /// # Errors
    /// When the key cannot be used now, or `time` is above [`MAX_TIME`].
    pub fn cosign(&self, checkpoint: &Checkpoint, time: u64) -> Result<NoteSignature, SignError> {
        if time > MAX_TIME {
            return Err(SignError(format!("{time} is not a time")));
        }
        let signature = match &self.secret {
            Secret::Ed25519(signer) => signer.sign(&message_v1(checkpoint, time))?,
            Secret::MlDsa44(pair) => {
                let message = message_subtree(self.verifier.name(), checkpoint, time);
                let message = message.ok_or_else(|| SignError("a name is too long".into()))?;
                sign_ml_dsa_44(pair, &message)?
            }
        };
        Ok(self.verifier.line([&time.to_be_bytes()[..], &signature].concat()))
    }
}

/// Makes a key for [`Cosigner::ml_dsa_44`], as PKCS#8 PEM. Wiped when dropped.
///
/// # Errors
/// When the cryptographic library ran out of randomness or memory.
pub fn generate_ml_dsa_44() -> Result<Zeroizing<String>, KeyError> {
    let pair = PqdsaKeyPair::generate(&ML_DSA_44_SIGNING).map_err(|_| KeyError::Library)?;
    let der = pair.to_pkcs8v1().map_err(|_| KeyError::Library)?;
    Ok(pem::encode_private_key(der.as_ref()))
}

fn sign_ml_dsa_44(pair: &PqdsaKeyPair, message: &[u8]) -> Result<Vec<u8>, SignError> {
    let mut signature = vec![0; ML_DSA_44_SIGNING.signature_len()];
    let signed = pair.sign(message, &mut signature);
    signed.map_err(|_| SignError("the cryptographic library failed".into()))?;
    Ok(signature)
}

/// Parts time and signature; `None` when there is no time or it is above [`MAX_TIME`].
pub(super) fn split(line: &[u8]) -> Option<(u64, &[u8])> {
    let (time, signature) = line.split_first_chunk()?;
    let time = u64::from_be_bytes(*time);
    (time <= MAX_TIME).then_some((time, signature))
}

/// What Ed25519 signs: two lines, then the note text.
pub(super) fn message_v1(checkpoint: &Checkpoint, time: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {time}\n{checkpoint}").into_bytes()
}

/// What ML-DSA-44 signs: a `cosigned_message` of the whole tree, as TLS would write it. `None`
/// when a name has more than 255 bytes.
pub(super) fn message_subtree(
    cosigner: &str,
    checkpoint: &Checkpoint,
    time: u64,
) -> Option<Vec<u8>> {
    let cosigner_len = u8::try_from(cosigner.len()).ok()?;
    let origin_len = u8::try_from(checkpoint.origin().len()).ok()?;
    let start = 0_u64;
    let fields: [&[u8]; 9] = [
        b"subtree/v1\n\0",
        &[cosigner_len],
        cosigner.as_bytes(),
        &time.to_be_bytes(),
        &[origin_len],
        checkpoint.origin().as_bytes(),
        &start.to_be_bytes(),
        &checkpoint.size().to_be_bytes(),
        checkpoint.root(),
    ];
    Some(fields.concat())
}
