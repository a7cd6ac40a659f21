//! The ciphertext: a header and segments, each of which opens by itself.

use aws_lc_rs::aead::{Aad, LessSafeKey, NONCE_LEN, Nonce};
use std::ops::Range;

use super::{DocumentKey, HEADER_BYTES, SEGMENT_BYTES, SealedError, TAG_BYTES};

/// What a sealed exhibit begins with.
const MAGIC: &[u8; 16] = b"barid-sealed/v1\n";

/// Plaintext in the first segment, beside which the header lies.
const FIRST_BYTES: usize = SEGMENT_BYTES - HEADER_BYTES - TAG_BYTES;

/// Plaintext in every other segment, the last of which may have less.
const FULL_BYTES: usize = SEGMENT_BYTES - TAG_BYTES;

/// Where the segments of a sealed exhibit of some length lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    size: u64,
}

impl Layout {
    /// The layout of a sealed exhibit of `size` bytes.
    ///
    /// # Errors
    /// [`SealedError::Truncated`] for a length that no sealed exhibit has, [`SealedError::TooLong`]
    /// for more segments than can be counted (256 TiB).
    pub fn of(size: u64) -> Result<Self, SealedError> {
        let layout = Self { size };
        if layout.segments() > u64::from(u32::MAX) {
            return Err(SealedError::TooLong);
        }
        let last = layout.segments().saturating_sub(1);
        let own = layout.segment(last);
        // No document is empty, so that none of its segments is.
        if own.end.saturating_sub(own.start) <= TAG_BYTES as u64 {
            return Err(SealedError::Truncated);
        }
        Ok(layout)
    }

    /// The layout that `plain` bytes will have when they are sealed.
    ///
    /// # Errors
    /// As [`Layout::of`]; [`SealedError::Truncated`] for none.
    pub fn for_plaintext(plain: u64) -> Result<Self, SealedError> {
        let (first, full) = (FIRST_BYTES as u64, FULL_BYTES as u64);
        let segments = 1 + plain.saturating_sub(first).div_ceil(full);
        let added = segments.saturating_mul(TAG_BYTES as u64) + HEADER_BYTES as u64;
        if plain == 0 {
            return Err(SealedError::Truncated);
        }
        Self::of(plain.checked_add(added).ok_or(SealedError::TooLong)?)
    }

    /// Length of the sealed exhibit in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Number of segments.
    #[must_use]
    pub fn segments(&self) -> u64 {
        self.size.div_ceil(SEGMENT_BYTES as u64)
    }

    /// Length of the plaintext in bytes.
    #[must_use]
    pub fn plaintext(&self) -> u64 {
        let tags = self.segments().saturating_mul(TAG_BYTES as u64);
        self.size.saturating_sub(tags).saturating_sub(HEADER_BYTES as u64)
    }

    /// Where a segment lies in the sealed exhibit. Empty for one that there is not.
    #[must_use]
    pub fn segment(&self, index: u64) -> Range<u64> {
        let begin = index.saturating_mul(SEGMENT_BYTES as u64);
        let end = begin.saturating_add(SEGMENT_BYTES as u64).min(self.size);
        let begin = if index == 0 { HEADER_BYTES as u64 } else { begin };
        begin.min(end)..end
    }

    /// The segment in which a byte of the plaintext lies.
    #[must_use]
    pub fn segment_of(&self, plain_offset: u64) -> u64 {
        let (first, full) = (FIRST_BYTES as u64, FULL_BYTES as u64);
        plain_offset.checked_sub(first).map_or(0, |rest| 1 + rest / full)
    }

    fn is_last(&self, index: u64) -> bool {
        index + 1 == self.segments()
    }
}

/// Seals a document, segment by segment.
pub struct SegmentSealer {
    key: LessSafeKey,
    header: [u8; HEADER_BYTES],
    next: u64,
    ended: bool,
}

impl SegmentSealer {
    /// Begins a document. The key is used for no other.
    ///
    /// # Errors
    /// [`SealedError::Library`].
    pub fn new(key: &DocumentKey) -> Result<Self, SealedError> {
        let header = header(&key.commitment()?);
        Ok(Self { key: key.content()?, header, next: 0, ended: false })
    }

    /// What comes before the first segment.
    #[must_use]
    pub fn header(&self) -> &[u8; HEADER_BYTES] {
        &self.header
    }

    /// How many bytes of plaintext the next segment takes. Only the last may have fewer, and it has
    /// one at least.
    #[must_use]
    pub fn room(&self) -> usize {
        if self.next == 0 { FIRST_BYTES } else { FULL_BYTES }
    }

    /// Seals the next segment in its place: what was plaintext becomes ciphertext and tag.
    ///
    /// # Errors
    /// [`SealedError::Truncated`] when it has not the length it has to have, or comes behind the
    /// last; [`SealedError::TooLong`], [`SealedError::Library`].
    pub fn seal(&mut self, segment: &mut Vec<u8>, last: bool) -> Result<(), SealedError> {
        let fits = if last {
            (1..=self.room()).contains(&segment.len())
        } else {
            segment.len() == self.room()
        };
        if !fits || self.ended {
            return Err(SealedError::Truncated);
        }
        let nonce = nonce(self.next, last)?;
        let aad = Aad::from(&self.header);
        let sealed = self.key.seal_in_place_append_tag(nonce, aad, segment);
        sealed.map_err(|_| SealedError::Library)?;
        self.next += 1;
        self.ended = last;
        Ok(())
    }
}

/// Opens a sealed exhibit, any segment by itself.
pub struct SegmentOpener {
    key: LessSafeKey,
    header: [u8; HEADER_BYTES],
    layout: Layout,
}

impl SegmentOpener {
    /// Begins with the first [`HEADER_BYTES`] of a sealed exhibit of `size` bytes.
    ///
    /// # Errors
    /// [`SealedError::NotSealed`], [`SealedError::OtherKey`], [`SealedError::Truncated`].
    pub fn new(key: &DocumentKey, begin: &[u8], size: u64) -> Result<Self, SealedError> {
        let committed = begin.strip_prefix(MAGIC).ok_or(SealedError::NotSealed)?;
        key.check(committed)?;
        let layout = Layout::of(size)?;
        Ok(Self { key: key.content()?, header: header(&key.commitment()?), layout })
    }

    /// Where the segments lie.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// Opens the segment `index` in its place; what is returned is its plaintext.
    ///
    /// # Errors
    /// [`SealedError::Segment`]; nothing of it is to be used then.
    pub fn open<'a>(&self, index: u64, segment: &'a mut [u8]) -> Result<&'a [u8], SealedError> {
        let changed = || SealedError::Segment(index);
        let nonce = nonce(index, self.layout.is_last(index))?;
        let opened = self.key.open_in_place(nonce, Aad::from(&self.header), segment);
        opened.map(|plain| &*plain).map_err(|_| changed())
    }
}

fn header(commitment: &[u8; 32]) -> [u8; HEADER_BYTES] {
    let mut header = [0; HEADER_BYTES];
    let bytes = MAGIC.iter().chain(commitment);
    header.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
    header
}

/// The nonce of a segment: the content key seals one document, so numbers do not come back.
fn nonce(index: u64, last: bool) -> Result<Nonce, SealedError> {
    let [a, b, c, d] = u32::try_from(index).map_err(|_| SealedError::TooLong)?.to_be_bytes();
    let bytes: [u8; NONCE_LEN] = [0, 0, 0, 0, 0, 0, 0, a, b, c, d, u8::from(last)];
    Ok(Nonce::assume_unique_for_key(bytes))
}
