//! Document keys, wrapped for those who may read: HPKE (RFC 9180) with X-Wing.
//!
//! A wrap is bound to the hub, to the sender of the envelope in which it travels and to its
//! recipient, and each key in it to its document. So nobody can put another's wrap into an envelope
//! of their own and claim to have given access.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::XWing;
use hpke::{
    Deserializable as _, Kem, OpModeR, OpModeS, Serializable as _, setup_receiver,
    setup_sender_with_rng,
};
use zeroize::Zeroizing;

use super::{DocumentKey, Drawn, KEYS_MAX, SealedError, UnsealingKey};
use crate::key::{KeyId, PublicKey};
use crate::v1::{Address, KeyWrap, WrappedKey};

/// Random bytes that one wrap needs.
pub const RANDOM_BYTES: usize = 64;

/// First line of what every wrap is bound to.
const CONTEXT: &str = "barid-wrap/v1\n";

/// Who wraps for whom, at which hub.
#[derive(Debug, Clone, Copy)]
pub struct Bound<'a> {
    /// The hub's origin.
    pub origin: &'a str,
    /// Whoever sends the envelope.
    pub sender: &'a Address,
    /// For whom, as the envelope writes it.
    pub recipient: &'a Address,
}

impl Bound<'_> {
    fn binding(&self) -> Vec<u8> {
        let name = |to: &Address| format!("{}/{}", to.institution, to.office);
        let (sender, recipient) = (name(self.sender), name(self.recipient));
        format!("{CONTEXT}{}\n{sender}\n{recipient}", self.origin).into_bytes()
    }
}

/// Wraps the keys of documents, each given by its digest, for the holder of `key`. `random` are
/// bytes that nobody can predict and that are used for nothing else.
///
/// # Errors
/// [`SealedError::NotAnUnsealingKey`]; [`SealedError::Library`], also for no key or too many.
pub fn wrap(
    bound: Bound<'_>,
    key: &PublicKey,
    documents: &[([u8; 32], &DocumentKey)],
    random: &Zeroizing<[u8; RANDOM_BYTES]>,
) -> Result<KeyWrap, SealedError> {
    if !(1..=KEYS_MAX).contains(&documents.len()) {
        return Err(SealedError::Library);
    }
    let raw = key.x_wing().ok_or(SealedError::NotAnUnsealingKey)?;
    let public = <XWing as Kem>::PublicKey::from_bytes(raw);
    let public = public.map_err(|_| SealedError::NotAnUnsealingKey)?;
    let mut drawn = Drawn::new(random);
    let made = setup_sender_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeS::Base,
        &public,
        &bound.binding(),
        &mut drawn,
    );
    let (encapsulated, mut context) = made.map_err(|_| SealedError::Library)?;
    if drawn.is_overdrawn() {
        return Err(SealedError::Library);
    }
    let mut keys = Vec::with_capacity(documents.len());
    for (sha256, document_key) in documents {
        let ciphertext = context.seal(document_key.as_bytes(), sha256);
        let ciphertext = ciphertext.map_err(|_| SealedError::Library)?;
        keys.push(WrappedKey { sha256: sha256.to_vec(), ciphertext });
    }
    Ok(KeyWrap {
        recipient: Some(bound.recipient.clone()),
        key_id: key.id().as_bytes().to_vec(),
        encapsulated: encapsulated.to_bytes().to_vec(),
        keys,
    })
}

/// Takes the key of the document `sha256` out of a wrap. Whether it is the right one, the
/// document's commitment says ([`DocumentKey::check`]).
///
/// # Errors
/// [`SealedError::NotARecipient`] when the wrap is for another key; [`SealedError::OtherDocument`]
/// when it holds no key of this document; [`SealedError::Wrap`] when it does not open.
pub fn unwrap(
    bound: Bound<'_>,
    wrap: &KeyWrap,
    key: &UnsealingKey,
    sha256: &[u8; 32],
) -> Result<DocumentKey, SealedError> {
    if KeyId::from_slice(&wrap.key_id) != Some(key.id()) {
        return Err(SealedError::NotARecipient(key.id()));
    }
    let place = wrap.keys.iter().take(KEYS_MAX).position(|one| one.sha256 == sha256);
    let place = place.ok_or(SealedError::OtherDocument)?;
    let secret = private_of(key.seed())?;
    let encapsulated = <XWing as Kem>::EncappedKey::from_bytes(&wrap.encapsulated);
    let mut context = setup_receiver::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeR::Base,
        &secret,
        &encapsulated.map_err(|_| SealedError::Wrap)?,
        &bound.binding(),
    )
    .map_err(|_| SealedError::Wrap)?;
    let mut opened = Err(SealedError::OtherDocument);
    // In order: each has its number in the context.
    for one in wrap.keys.iter().take(place + 1) {
        let bytes = context.open(&one.ciphertext, &one.sha256).map_err(|_| SealedError::Wrap)?;
        let bytes = Zeroizing::new(bytes);
        let bytes = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| SealedError::Wrap)?;
        opened = Ok(DocumentKey::new(bytes));
    }
    opened
}

/// The public key of a seed.
pub(super) fn public_of(seed: &[u8; 32]) -> Result<Vec<u8>, SealedError> {
    Ok(XWing::sk_to_pk(&private_of(seed)?).to_bytes().to_vec())
}

fn private_of(seed: &[u8; 32]) -> Result<<XWing as Kem>::PrivateKey, SealedError> {
    <XWing as Kem>::PrivateKey::from_bytes(seed).map_err(|_| SealedError::Library)
}
