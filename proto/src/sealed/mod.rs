//! Sealed exhibits: documents that hub, store and backup hold as ciphertext only.
//!
//! Whoever files draws a *document key* of 32 bytes for one document. From it follow, by
//! HKDF-SHA256 without salt, each under its own label: the content key, the description key, and a
//! *commitment* to the document key, which everybody may see. Under the content key the document is
//! encrypted in segments, under the description key what people call it; the document key itself is
//! wrapped for each recipient (`wrap`, with the feature `sealing`).
//!
//! # The ciphertext, version 1
//!
//! ```text
//! "barid-sealed/v1\n"   16 bytes
//! commitment            32 bytes
//! segment 0             up to byte 65,536 of the whole, header included
//! segment 1 …           65,536 bytes each, the last one shorter
//! ```
//!
//! A segment is AES-256-GCM: ciphertext, then the tag of 16 bytes. Its nonce is 7 zero bytes, the
//! segment's number in 4 bytes, big-endian, and one byte that is 1 for the last segment and 0 for
//! all others (the STREAM construction); its associated data are the 48 bytes of the header. So
//! segments cannot be left out, exchanged, or cut off; each opens by itself; and 16 of them are
//! exactly one chunk of the transfer ([`CHUNK_BYTES`](crate::chunk::CHUNK_BYTES)).
//!
//! AES-GCM alone does not bind a ciphertext to one key: two keys may open it to different texts.
//! The commitment does, since the content key follows from the same document key, and it stands in
//! what the sender signed.
//!
//! Pure: keys and randomness are given in. Reading and writing is done by whoever calls, segment by
//! segment, in as much memory as one segment needs.

mod description;
mod document_key;
#[cfg(feature = "sealing")]
mod drawn;
mod segments;
#[cfg(test)]
mod tests;
#[cfg(feature = "sealing")]
mod unsealing_key;
#[cfg(feature = "sealing")]
pub mod wrap;

pub use description::{open_description, seal_description};
pub use document_key::DocumentKey;
#[cfg(feature = "sealing")]
pub use drawn::Drawn;
pub use segments::{Layout, SegmentOpener, SegmentSealer};
#[cfg(feature = "sealing")]
pub use unsealing_key::UnsealingKey;

/// Version of the encryption that this code speaks.
pub const VERSION: u32 = 1;

/// Media type of a sealed exhibit, whatever is in it.
pub const MEDIA_TYPE: &str = "application/vnd.barid.sealed.v1";

/// Bytes of the header.
pub const HEADER_BYTES: usize = 48;

/// Bytes from the beginning of one segment to that of the next.
pub const SEGMENT_BYTES: usize = 64 * 1024;

/// Bytes by which a segment is longer than its plaintext.
pub const TAG_BYTES: usize = 16;

/// Most bytes of a sealed description.
pub const DESCRIPTION_MAX_BYTES: usize = 4096;

/// Bytes of an encapsulated X-Wing key.
pub const ENCAPSULATED_BYTES: usize = 1120;

/// Bytes of a wrapped document key.
pub const WRAPPED_BYTES: usize = 48;

/// Most recipients of keys in one envelope: all whom it is for, and its sender.
pub const WRAPS_MAX: usize = 65;

/// Most keys in one wrap: as many as a filing has exhibits.
pub const KEYS_MAX: usize = 256;

/// Why a sealed exhibit does not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealedError {
    /// The document does not begin as one.
    #[error("the document is no sealed exhibit of version {VERSION}")]
    NotSealed,
    /// The document key is another document's.
    #[error("the key is not the one that this document was sealed with")]
    OtherKey,
    /// The length is that of no sealed exhibit.
    #[error("the sealed exhibit is cut short")]
    Truncated,
    /// Longer than version 1 can be.
    #[error("the document is too long to be sealed")]
    TooLong,
    /// A segment is not what its sender made: changed, moved, or the end is missing.
    #[error("segment {0} of the sealed exhibit was changed, moved or cut off")]
    Segment(u64),
    /// The description does not open, or says nothing that can be read.
    #[error("the description of the sealed exhibit was changed")]
    Description,
    /// The description is too long.
    #[error("the title is too long: the description has at most {DESCRIPTION_MAX_BYTES} bytes")]
    DescriptionLong,
    /// No wrap is for this key.
    #[error("no key is wrapped for the key {0}")]
    NotARecipient(crate::key::KeyId),
    /// The wrap holds no key of this document.
    #[error("the key that was wrapped is not for this document")]
    OtherDocument,
    /// The wrap does not open.
    #[error(
        "the wrapped key does not open: it was made for another recipient, by another sender, for \
         another hub or document, or it was changed"
    )]
    Wrap,
    /// Not an X-Wing key, or one that cannot be.
    #[error("the recipient's key is no X-Wing key that can be wrapped to")]
    NotAnUnsealingKey,
    /// The cryptographic library failed.
    #[error("the cryptographic library failed")]
    Library,
}
