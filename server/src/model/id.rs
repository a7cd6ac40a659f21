//! One type per identifier. None converts into another, so none is taken for another.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// Longest institution or office identifier, in bytes. Short enough to be read aloud.
pub const NAME_MAX_BYTES: usize = 32;

/// An institution's identifier in the directory: 1 to [`NAME_MAX_BYTES`] of `[a-z0-9-]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstitutionId(Box<str>);

/// An office's identifier within its institution: 1 to [`NAME_MAX_BYTES`] of `[a-z0-9-]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfficeId(Box<str>);

fn is_name(text: &str) -> bool {
    (1..=NAME_MAX_BYTES).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

macro_rules! name {
    ($type:ident) => {
        impl $type {
            /// The identifier, if it is well-formed.
            #[must_use]
            pub fn new(text: &str) -> Option<Self> {
                is_name(text).then(|| Self(text.into()))
            }

            /// Its text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

name!(InstitutionId);
name!(OfficeId);

/// One office of one institution: who sends, and whose inbox something is served on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfficeAddress {
    /// The institution.
    pub institution: InstitutionId,
    /// The office.
    pub office: OfficeId,
}

impl fmt::Display for OfficeAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.institution, self.office)
    }
}

macro_rules! bytes {
    ($(#[$meta:meta])* $type:ident, $length:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type([u8; $length]);

        impl $type {
            /// From its bytes.
            #[must_use]
            pub const fn new(bytes: [u8; $length]) -> Self {
                Self(bytes)
            }

            /// From a slice, if it has the right length.
            #[must_use]
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }

            /// Its bytes.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; $length] {
                &self.0
            }

            /// Its bytes, owned, for a message.
            #[must_use]
            pub fn to_vec(self) -> Vec<u8> {
                self.0.to_vec()
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{}({self})", stringify!($type))
            }
        }
    };
}

bytes!(
    /// An envelope's identifier, made by its sender.
    EnvelopeId,
    16
);
bytes!(
    /// A case's identifier: that of the envelope that opened it, so that an office without a link
    /// knows it already.
    CaseId,
    16
);
bytes!(
    /// Digest of an envelope with its signatures.
    EnvelopeDigest,
    32
);
bytes!(
    /// SHA-256 of what was signed: the key under which an envelope is accepted once, for ever.
    OnceKey,
    32
);
bytes!(
    /// SHA-256 of a document.
    DocumentDigest,
    32
);

impl DocumentDigest {
    /// The digest of a document's bytes.
    #[must_use]
    pub fn of(document: &[u8]) -> Self {
        Self(Sha256::digest(document).into())
    }
}

impl From<EnvelopeId> for CaseId {
    /// The case that an envelope opens.
    fn from(id: EnvelopeId) -> Self {
        Self(id.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_plain() {
        assert!(InstitutionId::new("ihec").is_some());
        assert!(OfficeId::new("geo-bas-2").is_some());
        for refused in ["", "IHEC", "a b", "é", "a/b", "مكتب", &"x".repeat(33)] {
            assert!(InstitutionId::new(refused).is_none(), "{refused:?}");
        }
    }

    #[test]
    fn digests_print_as_hex() {
        assert_eq!(EnvelopeId::new([0xab; 16]).to_string(), "ab".repeat(16));
        assert!(DocumentDigest::from_slice(&[0; 31]).is_none());
    }
}
