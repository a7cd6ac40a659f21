//! The signed envelope: DSSE v1.0.2 over the exact bytes of an [`EnvelopeBody`].
//!
//! Protobuf has no canonical form, and decoders drop what they do not know. So a signature here is
//! over bytes, nobody ever re-encodes, and [`open`] refuses every body whose bytes are not the one
//! serialisation that this version would produce: a second reader with another library cannot see
//! another meaning in the same signed bytes.

use prost::Message as _;
use sha2::{Digest as _, Sha256};

use crate::key::{Algorithm, KeyError, KeyId, PublicKey};
use crate::v1::{EnvelopeBody, EnvelopeSignature, SignedEnvelope};

/// DSSE payload type of version 1.
pub const PAYLOAD_TYPE: &str = "application/vnd.barid.envelope.v1+protobuf";

/// Longest body. A body is a manifest; documents are named by digest and travel beside it.
pub const BODY_MAX_BYTES: usize = 48 * 1024;

/// Most signatures on one envelope: an institution's seal, a counter-signature, and for each a
/// second one that outlives quantum computers.
pub const SIGNATURES_MAX: usize = 4;

/// `previous_digest` of the first envelope that a key signs.
pub const NO_PREVIOUS: [u8; 32] = [0; 32];

/// Why an envelope is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Not the payload type of version 1.
    #[error("the payload type is {0:?}, not {PAYLOAD_TYPE:?}")]
    PayloadType(String),
    /// No body, or one over [`BODY_MAX_BYTES`].
    #[error("the body has {0} bytes; 1 to {BODY_MAX_BYTES} are allowed")]
    BodyLength(usize),
    /// The body cannot be decoded.
    #[error("the body is not a serialised EnvelopeBody: {0}")]
    Undecodable(String),
    /// The body decodes but is not in its one serialisation.
    #[error(
        "the body's bytes are not their one serialisation: an unknown field, a field out of order \
         or given twice, or a default value written out; first difference at byte {0}"
    )]
    NotCanonical(usize),
    /// The list of signatures and the list of signers in the body differ.
    #[error("the signatures do not match the signers listed in the body")]
    SignerMismatch,
    /// None or too many signers.
    #[error("{0} signers are listed; 1 to {SIGNATURES_MAX} are allowed")]
    SignerCount(usize),
    /// A key identifier is not 32 bytes, or an algorithm is unknown.
    #[error("signer {0}: the key identifier or algorithm is malformed")]
    SignerMalformed(usize),
    /// A kind of key on which no chain stands signs first.
    #[error(
        "signer 0 is an ML-DSA key: such a key signs behind another, on which the chain stands"
    )]
    NotFirst,
    /// A signature does not verify.
    #[error("signer {index}: {error}")]
    Signature {
        /// Position in the list of signers.
        index: usize,
        /// What the key said.
        error: KeyError,
    },
}

/// The DSSE pre-authentication encoding: what a signature is over.
#[must_use]
pub fn pre_authentication(payload_type: &str, body: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::with_capacity(payload_type.len() + body.len() + 48);
    encoded.extend_from_slice(b"DSSEv1 ");
    encoded.extend_from_slice(payload_type.len().to_string().as_bytes());
    encoded.push(b' ');
    encoded.extend_from_slice(payload_type.as_bytes());
    encoded.push(b' ');
    encoded.extend_from_slice(body.len().to_string().as_bytes());
    encoded.push(b' ');
    encoded.extend_from_slice(body);
    encoded
}

/// An envelope that is well-formed: its body is decoded and in canonical form, and its signatures
/// are those that the body announces. Whether they verify is [`Opened::verify`]'s to say.
#[derive(Debug, Clone)]
pub struct Opened {
    /// What was signed, decoded.
    pub body: EnvelopeBody,
    /// The pre-authentication encoding of the bytes received.
    pub signed_bytes: Vec<u8>,
    /// The signatures, in the order of `body.signers`.
    pub signatures: Vec<SignedBy>,
}

/// One signature, with its parts parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedBy {
    /// Which key.
    pub key_id: KeyId,
    /// Which algorithm.
    pub algorithm: Algorithm,
    /// The signature's bytes.
    pub bytes: Vec<u8>,
}

/// Decodes an envelope strictly.
///
/// # Errors
/// Every way in which the envelope is not well-formed; see [`EnvelopeError`].
pub fn open(envelope: &SignedEnvelope) -> Result<Opened, EnvelopeError> {
    if envelope.payload_type != PAYLOAD_TYPE {
        return Err(EnvelopeError::PayloadType(envelope.payload_type.chars().take(80).collect()));
    }
    let body = decode_body(&envelope.body)?;
    let signatures = match_signers(&body, &envelope.signatures)?;
    let signed_bytes = pre_authentication(PAYLOAD_TYPE, &envelope.body);
    Ok(Opened { body, signed_bytes, signatures })
}

/// Decodes a body and refuses it unless its bytes are exactly what encoding it again gives.
///
/// # Errors
/// [`EnvelopeError::BodyLength`], [`EnvelopeError::Undecodable`] or
/// [`EnvelopeError::NotCanonical`].
pub fn decode_body(bytes: &[u8]) -> Result<EnvelopeBody, EnvelopeError> {
    if bytes.is_empty() || bytes.len() > BODY_MAX_BYTES {
        return Err(EnvelopeError::BodyLength(bytes.len()));
    }
    let body = EnvelopeBody::decode(bytes)
        .map_err(|error| EnvelopeError::Undecodable(error.to_string()))?;
    let again = body.encode_to_vec();
    if again != bytes {
        let same = again.iter().zip(bytes).take_while(|(left, right)| left == right).count();
        return Err(EnvelopeError::NotCanonical(same));
    }
    Ok(body)
}

fn match_signers(
    body: &EnvelopeBody,
    signatures: &[EnvelopeSignature],
) -> Result<Vec<SignedBy>, EnvelopeError> {
    let listed = body.signers.len();
    if listed == 0 || listed > SIGNATURES_MAX {
        return Err(EnvelopeError::SignerCount(listed));
    }
    if listed != signatures.len() {
        return Err(EnvelopeError::SignerMismatch);
    }
    let mut matched = Vec::with_capacity(listed);
    for (index, (signer, signature)) in body.signers.iter().zip(signatures).enumerate() {
        if signer.key_id != signature.key_id || signer.algorithm != signature.algorithm {
            return Err(EnvelopeError::SignerMismatch);
        }
        let key_id = KeyId::from_slice(&signer.key_id);
        let algorithm = Algorithm::from_wire(signer.algorithm);
        let (Some(key_id), Some(algorithm)) = (key_id, algorithm) else {
            return Err(EnvelopeError::SignerMalformed(index));
        };
        if index == 0 && algorithm == Algorithm::MlDsa65 {
            return Err(EnvelopeError::NotFirst);
        }
        matched.push(SignedBy { key_id, algorithm, bytes: signature.signature.clone() });
    }
    Ok(matched)
}

impl Opened {
    /// Verifies every signature. `keys` are the signers' keys, in the order of `body.signers`.
    ///
    /// # Errors
    /// [`EnvelopeError::SignerMismatch`] when a key is not the one listed, and
    /// [`EnvelopeError::Signature`] for the first signature that does not verify.
    pub fn verify(&self, keys: &[&PublicKey]) -> Result<(), EnvelopeError> {
        if keys.len() != self.signatures.len() {
            return Err(EnvelopeError::SignerMismatch);
        }
        for (index, (signed_by, key)) in self.signatures.iter().zip(keys).enumerate() {
            if key.id() != signed_by.key_id || key.algorithm() != signed_by.algorithm {
                return Err(EnvelopeError::SignerMismatch);
            }
            key.verify(&self.signed_bytes, &signed_by.bytes)
                .map_err(|error| EnvelopeError::Signature { index, error })?;
        }
        Ok(())
    }

    /// SHA-256 of what was signed: the key under which the hub knows an envelope once and for ever.
    #[must_use]
    pub fn once_only_key(&self) -> [u8; 32] {
        Sha256::digest(&self.signed_bytes).into()
    }

    /// Digest of the envelope, signatures included: what leaf, receipts and answers name.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        digest(&self.signed_bytes, &self.signatures)
    }
}

/// Digest of an envelope from what was signed, M, and the n signatures: SHA-256 of
/// `"barid-env/v1\n" | u64be len(M) | M | u8 n | n * (key id | u16be algorithm | u16be len | sig)`.
#[must_use]
pub fn digest(signed_bytes: &[u8], signatures: &[SignedBy]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"barid-env/v1\n");
    hasher.update((signed_bytes.len() as u64).to_be_bytes());
    hasher.update(signed_bytes);
    // Both lengths are bounded far below their fields: SIGNATURES_MAX, and 5,000 bytes at most for
    // the longest algorithm.
    hasher.update([u8::try_from(signatures.len()).unwrap_or(u8::MAX)]);
    for signed_by in signatures {
        hasher.update(signed_by.key_id.as_bytes());
        hasher.update(signed_by.algorithm.wire().to_be_bytes());
        hasher.update(u16::try_from(signed_by.bytes.len()).unwrap_or(u16::MAX).to_be_bytes());
        hasher.update(&signed_by.bytes);
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{FileKey, Signer as _};
    use crate::v1::{Address, EnvelopeSigner};

    fn body(key: &FileKey) -> EnvelopeBody {
        EnvelopeBody {
            hub_origin: "hub.example/log".into(),
            envelope_id: vec![7; 16],
            kind: 9,
            sender: Some(Address { institution: "alpha".into(), office: "head".into() }),
            sender_sequence: 1,
            nonce: vec![3; 32],
            signers: vec![EnvelopeSigner {
                key_id: key.public_key().id().as_bytes().to_vec(),
                algorithm: key.public_key().algorithm().wire().into(),
            }],
            ..EnvelopeBody::default()
        }
    }

    #[test]
    fn an_ml_dsa_key_signs_behind_another_and_never_first() {
        let (first, further) = (
            FileKey::generate(Algorithm::EcdsaP256).unwrap(),
            FileKey::generate(Algorithm::MlDsa65).unwrap(),
        );
        let alone = sign(body(&further).encode_to_vec(), &further);
        assert_eq!(open(&alone).unwrap_err(), EnvelopeError::NotFirst);

        let mut both = body(&first);
        both.signers.extend(body(&further).signers);
        let bytes = both.encode_to_vec();
        let mut envelope = sign(bytes.clone(), &first);
        envelope.signatures.extend(sign(bytes, &further).signatures);
        let keys = [first.public_key(), further.public_key()];
        open(&envelope).unwrap().verify(&keys).unwrap();
        envelope.signatures[1].signature[3308] ^= 1;
        let broken = open(&envelope).unwrap().verify(&keys);
        let error = KeyError::Signature;
        assert_eq!(broken, Err(EnvelopeError::Signature { index: 1, error }));
    }

    fn sign(bytes: Vec<u8>, key: &FileKey) -> SignedEnvelope {
        let signature = key.sign(&pre_authentication(PAYLOAD_TYPE, &bytes)).unwrap();
        SignedEnvelope {
            body: bytes.into(),
            payload_type: PAYLOAD_TYPE.into(),
            signatures: vec![EnvelopeSignature {
                key_id: key.public_key().id().as_bytes().to_vec(),
                algorithm: key.public_key().algorithm().wire().into(),
                signature,
            }],
        }
    }

    #[test]
    fn pre_authentication_is_the_one_of_the_specification() {
        // The example of DSSE v1.0.2, protocol.md.
        let encoded = pre_authentication("http://example.com/HelloWorld", b"hello world");
        assert_eq!(encoded, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    #[test]
    fn what_is_signed_verifies_with_both_algorithms() {
        for algorithm in [Algorithm::EcdsaP256, Algorithm::Ed25519] {
            let key = FileKey::generate(algorithm).unwrap();
            let opened = open(&sign(body(&key).encode_to_vec(), &key)).unwrap();
            opened.verify(&[key.public_key()]).unwrap();
            let other = FileKey::generate(algorithm).unwrap();
            assert_eq!(opened.verify(&[other.public_key()]), Err(EnvelopeError::SignerMismatch));
        }
    }

    #[test]
    fn no_byte_of_a_signed_body_can_change() {
        let key = FileKey::generate(Algorithm::EcdsaP256).unwrap();
        let bytes = body(&key).encode_to_vec();
        let good = sign(bytes.clone(), &key);
        for index in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[index] ^= 1;
            let envelope = SignedEnvelope { body: changed.into(), ..good.clone() };
            let refused = open(&envelope).and_then(|opened| opened.verify(&[key.public_key()]));
            assert!(refused.is_err(), "byte {index}");
        }
    }

    #[test]
    fn a_body_has_one_serialisation() {
        let key = FileKey::generate(Algorithm::Ed25519).unwrap();
        let canonical = body(&key).encode_to_vec();

        let mut unknown = canonical.clone();
        unknown.extend([0xf8, 0x07, 0x01]); // field 127, varint 1
        let mut default = canonical.clone();
        default.extend([0xc0, 0x01, 0x00]); // field 24, written although it is 0
        let mut twice = canonical.clone();
        twice.extend([0x18, 0x09]); // field 3 again
        let mut reordered = vec![0x18, 0x09]; // field 3 before fields 1 and 2 …
        reordered.extend(&canonical);
        let mut padded = canonical.clone();
        let kind = canonical.windows(2).position(|pair| pair == [0x18, 0x09]).unwrap();
        padded.splice(kind..kind + 2, [0x18, 0x89, 0x00]); // a varint in two bytes instead of one

        for (name, bytes) in [
            ("unknown field", unknown),
            ("default value", default),
            ("field twice", twice),
            ("out of order", reordered),
            ("padded varint", padded),
        ] {
            let refused = open(&sign(bytes, &key));
            assert!(matches!(refused, Err(EnvelopeError::NotCanonical(_))), "{name}: {refused:?}");
        }
    }

    #[test]
    fn a_listed_signer_cannot_be_left_out_or_exchanged() {
        let (key, other) = (
            FileKey::generate(Algorithm::EcdsaP256).unwrap(),
            FileKey::generate(Algorithm::EcdsaP256).unwrap(),
        );
        let mut envelope = sign(body(&key).encode_to_vec(), &key);
        envelope.signatures[0].key_id = other.public_key().id().as_bytes().to_vec();
        assert_eq!(open(&envelope).unwrap_err(), EnvelopeError::SignerMismatch);
        envelope.signatures.clear();
        assert_eq!(open(&envelope).unwrap_err(), EnvelopeError::SignerMismatch);
    }

    #[test]
    fn lengths_and_types_are_bounded() {
        let key = FileKey::generate(Algorithm::Ed25519).unwrap();
        assert_eq!(decode_body(&[]).unwrap_err(), EnvelopeError::BodyLength(0));
        let long = vec![0; BODY_MAX_BYTES + 1];
        assert_eq!(decode_body(&long).unwrap_err(), EnvelopeError::BodyLength(long.len()));
        let mut envelope = sign(body(&key).encode_to_vec(), &key);
        envelope.payload_type = "application/json".into();
        assert!(matches!(open(&envelope), Err(EnvelopeError::PayloadType(_))));
    }

    #[test]
    fn the_digest_covers_the_signature_and_the_once_only_key_does_not() {
        let key = FileKey::generate(Algorithm::EcdsaP256).unwrap();
        let bytes = body(&key).encode_to_vec();
        let first = open(&sign(bytes.clone(), &key)).unwrap();
        let second = open(&sign(bytes, &key)).unwrap();
        // ECDSA signatures are randomised: the same statement signed twice differs.
        assert_ne!(first.digest(), second.digest());
        assert_eq!(first.once_only_key(), second.once_only_key());
    }
}
