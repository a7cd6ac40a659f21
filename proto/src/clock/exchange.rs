//! What is asked of an authority, and what it answers.

use super::fields::Fields;
use super::{Token, TokenError};
use der::Tag;
use sha2::{Digest as _, Sha256};

/// Bytes of a nonce: enough that no two requests ever have the same.
pub const NONCE_LEN: usize = 8;

/// The longest answer: a token and the words around it.
const MAX_RESPONSE_LEN: usize = super::MAX_TOKEN_LEN + 1024;

/// Version 1 and the algorithm of the digest, SHA-256, in a request of 69 bytes.
const BEFORE_DIGEST: [u8; 24] = [
    0x30, 0x43, 0x02, 0x01, 0x01, 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65,
    0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
];
/// A nonce follows.
const BEFORE_NONCE: [u8; 2] = [0x02, 0x08];
/// The authority's certificate is wanted in the token.
const CERTIFICATE_WANTED: [u8; 3] = [0x01, 0x01, 0xff];

/// A request for a time-stamp: over the SHA-256 of a text, with a nonce, and with the authority's
/// certificate in the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    digest: [u8; 32],
    nonce: [u8; NONCE_LEN],
}

impl Request {
    /// A request over a text. Of the nonce, which the caller has drawn, the first two bits are
    /// given: so it is a positive number of exactly eight bytes.
    #[must_use]
    pub fn new(text: &[u8], mut nonce: [u8; NONCE_LEN]) -> Self {
        let [first, ..] = &mut nonce;
        *first = *first & 0x3f | 0x40;
        Self { digest: Sha256::digest(text).into(), nonce }
    }

    /// Reads a request that [`Request::encode`] wrote.
    ///
    /// # Errors
    /// [`TokenError::Malformed`] for any other.
    pub fn parse(bytes: &[u8]) -> Result<Self, TokenError> {
        let read = || {
            let rest = bytes.strip_prefix(&BEFORE_DIGEST)?;
            let (digest, rest) = rest.split_first_chunk()?;
            let (nonce, _) = rest.strip_prefix(&BEFORE_NONCE)?.split_first_chunk()?;
            Some(Self { digest: *digest, nonce: *nonce })
        };
        let ours = read().filter(|request| request.encode() == bytes);
        ours.ok_or(TokenError::Malformed("request"))
    }

    /// The `TimeStampReq` in DER.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let digest = [&BEFORE_DIGEST[..], &self.digest].concat();
        [&digest[..], &BEFORE_NONCE, &self.nonce, &CERTIFICATE_WANTED].concat()
    }

    /// Whether a token answers this request: the same digest and nonce.
    #[must_use]
    pub fn is_answered_by(&self, token: &Token<'_>) -> bool {
        token.sha256() == Some(&self.digest) && token.nonce() == Some(&self.nonce)
    }
}

/// The token in an authority's `TimeStampResp`.
///
/// # Errors
/// [`TokenError::Refused`] when it said no; [`TokenError::Malformed`].
pub fn granted(response: &[u8]) -> Result<&[u8], TokenError> {
    if response.len() > MAX_RESPONSE_LEN {
        return Err(TokenError::TooLong(response.len()));
    }
    let mut answer = Fields::of_sequence(response, "response")?;
    let mut status = answer.sequence("status")?;
    let number = status.small(Tag::Integer)?.ok_or(TokenError::Malformed("status"))?;
    // 0 granted, 1 granted with changes, which the token itself shows.
    if number > 1 {
        let pki_status = u8::try_from(number).unwrap_or(u8::MAX);
        return Err(TokenError::Refused { pki_status, said: said(&mut status) });
    }
    let token = answer.whole()?;
    answer.end()?;
    Ok(token)
}

/// The words beside a refusal, as far as they are any.
fn said(status: &mut Fields<'_>) -> String {
    let text = status.sequence("status").and_then(|mut lines| lines.next(Tag::Utf8String));
    let text = text.map(String::from_utf8_lossy).unwrap_or_default();
    text.chars().filter(|character| !character.is_control()).take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_comes_back_as_written() {
        let request = Request::new(b"text", [0xff; NONCE_LEN]);
        let bytes = request.encode();
        assert_eq!(bytes.len(), 69);
        assert_eq!(bytes[58], 0x7f, "the nonce is positive and of eight bytes");
        assert_eq!(Request::parse(&bytes), Ok(request));
        for cut in 0..bytes.len() {
            assert!(Request::parse(&bytes[..cut]).is_err(), "{cut}");
        }
        assert!(Request::parse(&[&bytes[..], &[0]].concat()).is_err());
    }

    #[test]
    fn what_an_authority_refuses_is_told() {
        // status 2 (rejection) with the words "no".
        let refused = [0x30, 0x0b, 0x30, 0x09, 2, 1, 2, 0x30, 4, 0x0c, 2, b'n', b'o'];
        let told = TokenError::Refused { pki_status: 2, said: "no".to_owned() };
        assert_eq!(granted(&refused), Err(told));
        assert!(granted(&refused[..9]).is_err());
        assert!(matches!(granted(&vec![0; 1 << 20]), Err(TokenError::TooLong(_))));
        assert!(granted(b"").is_err());
    }
}
