//! Time-stamps of third parties (RFC 3161): somebody who has no part in the case signs a digest
//! and the time at which it was shown to it.
//!
//! A token over the text of a checkpoint dates everything under that checkpoint: it existed no
//! later than the token says, whatever hub and witnesses claim. One token a year keeps a whole log
//! datable when the keys of today are no longer trusted.
//!
//! Here is what two parties must agree on: the [`Request`], the [`Token`] and what it says. Whether
//! an authority's certificate can be believed is asked where roots are known: in the client
//! library.
//! Tokens are foreign bytes: everything is DER, read once from the front, without recursion.

mod attributes;
mod exchange;
mod fields;
mod name;
mod token;

pub use exchange::{NONCE_LEN, Request, granted};
pub use name::name_of;
pub use token::{Digest, SignatureForm, Token};

/// The longest token that is read: with an authority's certificates they have some kilobytes.
pub const MAX_TOKEN_LEN: usize = 16 * 1024;

/// Why bytes are not a token that says anything.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum TokenError {
    /// More than [`MAX_TOKEN_LEN`].
    #[error("a time-stamp token of {0} bytes is longer than any that is taken (16384)")]
    TooLong(usize),
    /// Cut short, damaged, or not DER.
    #[error("not a time-stamp token: its {0} cannot be read")]
    Malformed(&'static str),
    /// Well-formed, but something that is not taken: another version, another algorithm.
    #[error("the time-stamp token has {0}, which is not taken")]
    Unsupported(&'static str),
    /// A part is missing without which it proves nothing.
    #[error("the time-stamp token has no {0}")]
    Missing(&'static str),
    /// The signed attributes are about other contents.
    #[error("what the authority signed is not what the time-stamp token says")]
    Contradiction,
    /// The authority said no.
    #[error("the authority refused: status {pki_status}, {said:?}")]
    Refused {
        /// Number of RFC 3161 §2.4.2: 2 rejection, 3 waiting, 4 and 5 about revocation.
        pki_status: u8,
        /// What it said, if anything; at most some hundred characters.
        said: String,
    },
}
