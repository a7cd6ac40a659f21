//! The token: CMS `SignedData` (RFC 5652) over a `TSTInfo` (RFC 3161 §2.4.2).
//!
//! Exactly one authority signs, over attributes that name the contents' type, their digest and the
//! authority's certificate (RFC 5816). What else CMS allows is refused: fewer forms, fewer doubts.

use super::attributes::Attributes;
use super::fields::{Fields, under};
use super::{MAX_TOKEN_LEN, TokenError};
use aws_lc_rs::digest as hash;
use der::asn1::ObjectIdentifier;
use der::{DateTime, Tag};

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
pub(super) const TST_INFO: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// A digest algorithm of the SHA-2 family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digest {
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

/// How the authority signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureForm {
    /// RSA, PKCS #1 version 1.5.
    Rsa,
    /// ECDSA, its signature in DER.
    Ecdsa,
}

/// What a token says and how it is signed. Reading it verifies nothing but that its parts belong
/// together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    imprint: (Option<Digest>, &'a [u8]),
    unix_ms: u64,
    accuracy_us: Option<u64>,
    nonce: Option<&'a [u8]>,
    certificates: Vec<&'a [u8]>,
    signer: &'a [u8],
    digest: Digest,
    form: SignatureForm,
    attributes: &'a [u8],
    authority_signature: &'a [u8],
}

/// The contents of `TSTInfo`.
struct TstInfo<'a> {
    imprint: (Option<Digest>, &'a [u8]),
    unix_ms: u64,
    accuracy_us: Option<u64>,
    nonce: Option<&'a [u8]>,
}

impl<'a> Token<'a> {
    /// Reads a `TimeStampToken` in DER.
    ///
    /// # Errors
    /// Any [`TokenError`] but `Refused`.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, TokenError> {
        if bytes.len() > MAX_TOKEN_LEN {
            return Err(TokenError::TooLong(bytes.len()));
        }
        let mut outer = Fields::of_sequence(bytes, "outer layer")?;
        if outer.object()? != SIGNED_DATA {
            return Err(TokenError::Unsupported("a content that is not signed data"));
        }
        let explicit = outer.next(under(0, true))?;
        outer.end()?;
        let mut data = Fields::of_sequence(explicit, "signed data")?;
        data.next(Tag::Integer)?;
        data.next(Tag::Set)?;
        let contents = contents(data.sequence("contents")?)?;
        let certificates = certificates(data.optional(under(0, true))?)?;
        data.optional(under(1, true))?;
        let mut signers = Fields::of(data.next(Tag::Set)?, "signers")?;
        data.end()?;
        let signer = signers.sequence("signer")?;
        if !signers.is_empty() {
            return Err(TokenError::Unsupported("more than one signer"));
        }
        let info = tst_info(contents)?;
        Self::signed(signer, contents, info, certificates)
    }

    fn signed(
        mut signer: Fields<'a>,
        contents: &'a [u8],
        info: TstInfo<'a>,
        certificates: Vec<&'a [u8]>,
    ) -> Result<Self, TokenError> {
        signer.next(Tag::Integer)?;
        // Who signed stands here too, but unsigned; what counts is the attribute.
        signer.whole()?;
        let digest = Digest::named(signer.algorithm()?)
            .ok_or(TokenError::Unsupported("a digest other than SHA-256, SHA-384, SHA-512"))?;
        let attributes = signer.optional(under(0, true))?;
        let attributes = attributes.ok_or(TokenError::Missing("signed attributes"))?;
        let form = signature_form(signer.algorithm()?, digest)?;
        let authority_signature = signer.next(Tag::OctetString)?;
        signer.optional(under(1, true))?;
        signer.end()?;
        let said = Attributes::read(attributes)?;
        if said.content_type != Some(TST_INFO) || said.digest != Some(digest.of(contents).as_ref())
        {
            return Err(TokenError::Contradiction);
        }
        let signer = said.find(&certificates)?;
        let TstInfo { imprint, unix_ms, accuracy_us, nonce } = info;
        Ok(Self {
            imprint,
            unix_ms,
            accuracy_us,
            nonce,
            certificates,
            signer,
            digest,
            form,
            attributes,
            authority_signature,
        })
    }

    /// The SHA-256 that was shown to the authority; `None` when it was another digest.
    #[must_use]
    pub fn sha256(&self) -> Option<&'a [u8; 32]> {
        match self.imprint {
            (Some(Digest::Sha256), digest) => digest.try_into().ok(),
            _ => None,
        }
    }

    /// When it was shown, by the authority's clock: milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn unix_ms(&self) -> u64 {
        self.unix_ms
    }

    /// How far the authority's clock may be off, microseconds, if it says so.
    #[must_use]
    pub fn accuracy_us(&self) -> Option<u64> {
        self.accuracy_us
    }

    /// The nonce of the request, as the contents of a DER integer.
    #[must_use]
    pub fn nonce(&self) -> Option<&'a [u8]> {
        self.nonce
    }

    /// All certificates in the token, each in DER, trusted by nobody yet.
    #[must_use]
    pub fn certificates(&self) -> &[&'a [u8]] {
        &self.certificates
    }

    /// The one of the authority that signed.
    #[must_use]
    pub fn signer(&self) -> &'a [u8] {
        self.signer
    }

    /// How it was signed.
    #[must_use]
    pub fn algorithm(&self) -> (SignatureForm, Digest) {
        (self.form, self.digest)
    }

    /// The signature.
    #[must_use]
    pub fn authority_signature(&self) -> &'a [u8] {
        self.authority_signature
    }

    /// The bytes that it is over: the attributes under the tag of a SET.
    #[must_use]
    pub fn signed_bytes(&self) -> Vec<u8> {
        let length = self.attributes.len();
        // A token has 16 KiB at most, so two bytes hold every length.
        let [high, low] = u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes();
        let mut bytes = match (high, low) {
            (0, 0..0x80) => vec![0x31, low],
            (0, _) => vec![0x31, 0x81, low],
            _ => vec![0x31, 0x82, high, low],
        };
        bytes.extend_from_slice(self.attributes);
        bytes
    }
}

fn contents(mut fields: Fields<'_>) -> Result<&[u8], TokenError> {
    if fields.object()? != TST_INFO {
        return Err(TokenError::Unsupported("contents that are no time-stamp"));
    }
    let mut explicit = Fields::of(fields.next(under(0, true))?, "contents")?;
    fields.end()?;
    let contents = explicit.next(Tag::OctetString)?;
    explicit.end()?;
    Ok(contents)
}

fn certificates(set: Option<&[u8]>) -> Result<Vec<&[u8]>, TokenError> {
    let mut fields = Fields::of(set.ok_or(TokenError::Missing("certificate"))?, "certificates")?;
    let mut found = Vec::new();
    while !fields.is_empty() {
        found.push(fields.whole()?);
    }
    Ok(found)
}

fn tst_info(bytes: &[u8]) -> Result<TstInfo<'_>, TokenError> {
    let mut fields = Fields::of_sequence(bytes, "contents")?;
    if fields.small(Tag::Integer)? != Some(1) {
        return Err(TokenError::Unsupported("another version than 1"));
    }
    fields.next(Tag::ObjectIdentifier)?;
    let mut imprint = fields.sequence("message imprint")?;
    let algorithm = Digest::named(imprint.algorithm()?);
    let digest = imprint.next(Tag::OctetString)?;
    imprint.end()?;
    fields.next(Tag::Integer)?;
    let unix_ms = time(fields.next(Tag::GeneralizedTime)?).ok_or(TokenError::Malformed("time"))?;
    let accuracy_us = match fields.optional(Tag::Sequence)? {
        Some(accuracy) => Some(microseconds(Fields::of(accuracy, "accuracy")?)?),
        None => None,
    };
    fields.optional(Tag::Boolean)?;
    let nonce = fields.optional(Tag::Integer)?;
    fields.optional(under(0, true))?;
    if let Some(extensions) = fields.optional(under(1, true))? {
        refuse_critical(Fields::of(extensions, "extensions")?)?;
    }
    fields.end()?;
    Ok(TstInfo { imprint: (algorithm, digest), unix_ms, accuracy_us, nonce })
}

/// `YYYYMMDDhhmmss[.f…]Z`. What is smaller than a millisecond is dropped: earlier than said, so
/// nothing is dated too late by it, and no authority's clock is so exact.
fn time(bytes: &[u8]) -> Option<u64> {
    let text = str::from_utf8(bytes).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 14 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let part = |from, to| whole.get(from..to)?.parse::<u8>().ok();
    let year = whole.get(..4)?.parse().ok()?;
    let moment =
        DateTime::new(year, part(4, 6)?, part(6, 8)?, part(8, 10)?, part(10, 12)?, part(12, 14)?);
    let seconds = moment.ok()?.unix_duration().as_secs();
    let three: String = fraction.chars().chain(['0'; 3]).take(3).collect();
    seconds.checked_mul(1000)?.checked_add(three.parse().ok()?)
}

fn microseconds(mut fields: Fields<'_>) -> Result<u64, TokenError> {
    let seconds = fields.small(Tag::Integer)?.unwrap_or(0);
    let millis = fields.small(under(0, false))?.unwrap_or(0);
    let micros = fields.small(under(1, false))?.unwrap_or(0);
    fields.end()?;
    if millis > 999 || micros > 999 {
        return Err(TokenError::Malformed("accuracy"));
    }
    Ok(u64::from(seconds) * 1_000_000 + u64::from(millis) * 1000 + u64::from(micros))
}

/// Nobody may act on a token with a critical extension that he does not know, and we know none.
fn refuse_critical(mut extensions: Fields<'_>) -> Result<(), TokenError> {
    while !extensions.is_empty() {
        let mut extension = extensions.sequence("extensions")?;
        extension.next(Tag::ObjectIdentifier)?;
        if extension.optional(Tag::Boolean)?.is_some() {
            return Err(TokenError::Unsupported("a critical extension"));
        }
        extension.next(Tag::OctetString)?;
        extension.end()?;
    }
    Ok(())
}

/// The forms of signature that are taken. RSA may be named with its digest or without.
fn signature_form(named: ObjectIdentifier, digest: Digest) -> Result<SignatureForm, TokenError> {
    let (rsa, ecdsa) = match digest {
        Digest::Sha256 => ("1.2.840.113549.1.1.11", "1.2.840.10045.4.3.2"),
        Digest::Sha384 => ("1.2.840.113549.1.1.12", "1.2.840.10045.4.3.3"),
        Digest::Sha512 => ("1.2.840.113549.1.1.13", "1.2.840.10045.4.3.4"),
    };
    let is = |text: &str| ObjectIdentifier::new(text).is_ok_and(|object| object == named);
    match named {
        _ if is("1.2.840.113549.1.1.1") || is(rsa) => Ok(SignatureForm::Rsa),
        _ if is(ecdsa) => Ok(SignatureForm::Ecdsa),
        _ => Err(TokenError::Unsupported("a signature that is neither RSA nor ECDSA with SHA-2")),
    }
}

impl Digest {
    pub(super) fn named(object: ObjectIdentifier) -> Option<Self> {
        const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
        const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
        const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");
        match object {
            SHA256 => Some(Self::Sha256),
            SHA384 => Some(Self::Sha384),
            SHA512 => Some(Self::Sha512),
            _ => None,
        }
    }

    pub(super) fn of(self, bytes: &[u8]) -> hash::Digest {
        let algorithm = match self {
            Self::Sha256 => &hash::SHA256,
            Self::Sha384 => &hash::SHA384,
            Self::Sha512 => &hash::SHA512,
        };
        hash::digest(algorithm, bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_to_the_millisecond() {
        assert_eq!(time(b"19700101000000Z"), Some(0));
        assert_eq!(time(b"20251123120000.5Z"), Some(1_763_899_200_500));
        assert_eq!(time(b"20251123120000.1239Z"), Some(1_763_899_200_123));
        for wrong in ["20251123120000", "2025112312Z", "20251323120000Z", "20251123120000.Z", "Z"] {
            assert_eq!(time(wrong.as_bytes()), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_no_token_is_named() {
        assert_eq!(Token::parse(b""), Err(TokenError::Malformed("outer layer")));
        let long = vec![0x30; MAX_TOKEN_LEN + 1];
        assert_eq!(Token::parse(&long), Err(TokenError::TooLong(MAX_TOKEN_LEN + 1)));
        // ContentInfo of type data.
        let other = [0x30, 11, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
        assert!(matches!(Token::parse(&other), Err(TokenError::Unsupported(_))));
    }
}
