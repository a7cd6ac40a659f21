//! The fields of one DER structure, from the first to the last.

use super::TokenError;
use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode as _, Reader as _, SliceReader, Tag, TagNumber};

/// What is left of a structure, and what a person calls it.
pub(super) struct Fields<'a> {
    rest: SliceReader<'a>,
    of: &'static str,
}

/// A field under tag `[number]`.
pub(super) const fn under(number: u32, constructed: bool) -> Tag {
    Tag::ContextSpecific { constructed, number: TagNumber(number) }
}

impl<'a> Fields<'a> {
    /// The fields within the contents of a structure.
    pub(super) fn of(bytes: &'a [u8], of: &'static str) -> Result<Self, TokenError> {
        let rest = SliceReader::new(bytes).map_err(|_| TokenError::Malformed(of))?;
        Ok(Self { rest, of })
    }

    /// The fields of the one SEQUENCE that `bytes` are.
    pub(super) fn of_sequence(bytes: &'a [u8], of: &'static str) -> Result<Self, TokenError> {
        let mut whole = Self::of(bytes, of)?;
        let contents = whole.next(Tag::Sequence)?;
        whole.end()?;
        Self::of(contents, of)
    }

    /// The contents of the next field, which has this tag.
    pub(super) fn next(&mut self, tag: Tag) -> Result<&'a [u8], TokenError> {
        let malformed = TokenError::Malformed(self.of);
        let field = AnyRef::decode(&mut self.rest).map_err(|_| malformed.clone())?;
        if der::Tagged::tag(&field) == tag { Ok(field.value()) } else { Err(malformed) }
    }

    /// The contents of the next field if it has this tag.
    pub(super) fn optional(&mut self, tag: Tag) -> Result<Option<&'a [u8]>, TokenError> {
        if self.is_empty() || Tag::peek(&self.rest).ok() != Some(tag) {
            return Ok(None);
        }
        self.next(tag).map(Some)
    }

    /// The next field, whatever it is, with its tag and length.
    pub(super) fn whole(&mut self) -> Result<&'a [u8], TokenError> {
        self.rest.tlv_bytes().map_err(|_| TokenError::Malformed(self.of))
    }

    /// The fields of the next field, a SEQUENCE that a person calls `of`.
    pub(super) fn sequence(&mut self, of: &'static str) -> Result<Fields<'a>, TokenError> {
        Fields::of(self.next(Tag::Sequence)?, of)
    }

    /// An object identifier.
    pub(super) fn object(&mut self) -> Result<ObjectIdentifier, TokenError> {
        let malformed = TokenError::Malformed(self.of);
        ObjectIdentifier::from_bytes(self.next(Tag::ObjectIdentifier)?).map_err(|_| malformed)
    }

    /// The object identifier of an `AlgorithmIdentifier` whose parameters say nothing.
    pub(super) fn algorithm(&mut self) -> Result<ObjectIdentifier, TokenError> {
        let mut fields = self.sequence("algorithm")?;
        let object = fields.object()?;
        let parameters = fields.optional(Tag::Null)?;
        if parameters.is_some_and(|null| !null.is_empty()) {
            return Err(TokenError::Malformed("algorithm"));
        }
        if !fields.is_empty() {
            return Err(TokenError::Unsupported("an algorithm with parameters"));
        }
        Ok(object)
    }

    /// A number that is not negative and fits 32 bits.
    pub(super) fn small(&mut self, tag: Tag) -> Result<Option<u32>, TokenError> {
        let Some(bytes) = self.optional(tag)? else { return Ok(None) };
        let malformed = TokenError::Malformed(self.of);
        let significant = match bytes {
            [] => return Err(malformed),
            [0, rest @ ..] => rest,
            [first, ..] if first & 0x80 != 0 => return Err(malformed),
            all => all,
        };
        if significant.len() > 4 {
            return Err(malformed);
        }
        Ok(Some(significant.iter().fold(0, |value, byte| value << 8 | u32::from(*byte))))
    }

    /// Whether all was read.
    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_finished()
    }

    /// Nothing may follow.
    pub(super) fn end(self) -> Result<(), TokenError> {
        if self.is_empty() { Ok(()) } else { Err(TokenError::Malformed(self.of)) }
    }
}
