//! What the authority signed beside the contents: their type, their digest, and which certificate
//! is its own (RFC 5816).

use super::TokenError;
use super::fields::Fields;
use super::token::Digest;
use aws_lc_rs::digest as hash;
use der::Tag;
use der::asn1::ObjectIdentifier;

const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
/// The certificate's SHA-1, the only form before RFC 5816. A second certificate with the same would
/// still have to verify the signature and come from the same root.
const CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
const CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

/// What the signed attributes say.
#[derive(Default)]
pub(super) struct Attributes<'a> {
    pub(super) content_type: Option<ObjectIdentifier>,
    pub(super) digest: Option<&'a [u8]>,
    /// SHA-1 of the certificate.
    certificate: Option<&'a [u8]>,
    /// Its digest by an algorithm of today.
    certificate_v2: Option<(Digest, &'a [u8])>,
}

impl<'a> Attributes<'a> {
    pub(super) fn read(set: &'a [u8]) -> Result<Self, TokenError> {
        let mut all = Fields::of(set, "signed attributes")?;
        let mut said = Self::default();
        while !all.is_empty() {
            let mut attribute = all.sequence("signed attributes")?;
            let object = attribute.object()?;
            let mut values = Fields::of(attribute.next(Tag::Set)?, "signed attributes")?;
            attribute.end()?;
            let again = match object {
                CONTENT_TYPE => said.content_type.replace(values.object()?).is_some(),
                MESSAGE_DIGEST => said.digest.replace(values.next(Tag::OctetString)?).is_some(),
                CERTIFICATE => said.certificate.replace(certificate(&mut values)?).is_some(),
                CERTIFICATE_V2 => {
                    said.certificate_v2.replace(certificate_v2(&mut values)?).is_some()
                }
                // Signed too, and says nothing that is needed here, such as the time of signing.
                _ => continue,
            };
            values.end()?;
            if again {
                return Err(TokenError::Unsupported("a signed attribute twice"));
            }
        }
        Ok(said)
    }

    /// The certificate that the attributes name.
    pub(super) fn find(&self, certificates: &[&'a [u8]]) -> Result<&'a [u8], TokenError> {
        let named = |certificate: &&&[u8]| match (self.certificate_v2, self.certificate) {
            (Some((digest, wanted)), _) => digest.of(certificate).as_ref() == wanted,
            (None, Some(wanted)) => {
                let digest = hash::digest(&hash::SHA1_FOR_LEGACY_USE_ONLY, certificate);
                digest.as_ref() == wanted
            }
            (None, None) => false,
        };
        if self.certificate.is_none() && self.certificate_v2.is_none() {
            return Err(TokenError::Missing("attribute that names its authority's certificate"));
        }
        let found = certificates.iter().find(named).copied();
        found.ok_or(TokenError::Missing("certificate of the authority that signed"))
    }
}

/// The first of `SigningCertificate`: the SHA-1 of the signer's.
fn certificate<'a>(values: &mut Fields<'a>) -> Result<&'a [u8], TokenError> {
    let what = "signing certificate";
    let mut ids = values.sequence(what)?.sequence(what)?;
    ids.sequence(what)?.next(Tag::OctetString)
}

/// The first of `SigningCertificateV2`: a digest of the signer's, SHA-256 where it does not say.
fn certificate_v2<'a>(values: &mut Fields<'a>) -> Result<(Digest, &'a [u8]), TokenError> {
    let what = "signing certificate";
    let mut ids = values.sequence(what)?.sequence(what)?;
    let mut id = ids.sequence(what)?;
    if let Some(digest) = id.optional(Tag::OctetString)? {
        return Ok((Digest::Sha256, digest));
    }
    let old = TokenError::Unsupported("a certificate named by an old digest");
    let algorithm = Digest::named(id.algorithm()?).ok_or(old)?;
    Ok((algorithm, id.next(Tag::OctetString)?))
}
