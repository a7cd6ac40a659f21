//! What people call a sealed exhibit, which is as secret as the exhibit.

use aws_lc_rs::aead::{Aad, NONCE_LEN, Nonce};
use prost::Message as _;

use super::{DESCRIPTION_MAX_BYTES, DocumentKey, SealedError, TAG_BYTES};
use crate::v1::SealedDescription;

/// Descriptions have a multiple of this, so that the length of a title does not show.
const STEP_BYTES: usize = 256;

/// Most that a field of padding adds to its own bytes: its tag and a length of two bytes.
const PADDING_HEAD: usize = 3;

/// Seals a description, once for each document key.
///
/// # Errors
/// [`SealedError::DescriptionLong`], [`SealedError::Library`].
pub fn seal_description(
    key: &DocumentKey,
    description: &SealedDescription,
) -> Result<Vec<u8>, SealedError> {
    let mut padded = SealedDescription { padding: Vec::new(), ..description.clone() };
    let bare = padded.encoded_len() + PADDING_HEAD;
    padded.padding = vec![0; bare.next_multiple_of(STEP_BYTES) - bare];
    let mut bytes = padded.encode_to_vec();
    if bytes.len() + TAG_BYTES > DESCRIPTION_MAX_BYTES {
        return Err(SealedError::DescriptionLong);
    }
    let sealed = key.description()?.seal_in_place_append_tag(nonce(), Aad::empty(), &mut bytes);
    sealed.map_err(|_| SealedError::Library)?;
    Ok(bytes)
}

/// Opens a description. What it says is the sender's word until it was compared with the plaintext.
///
/// # Errors
/// [`SealedError::Description`], [`SealedError::Library`].
pub fn open_description(
    key: &DocumentKey,
    sealed: &[u8],
) -> Result<SealedDescription, SealedError> {
    let mut bytes = sealed.to_vec();
    let opened = key.description()?.open_in_place(nonce(), Aad::empty(), &mut bytes);
    let opened = opened.map_err(|_| SealedError::Description)?;
    SealedDescription::decode(&*opened).map_err(|_| SealedError::Description)
}

/// The description key seals one description.
fn nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; NONCE_LEN])
}
