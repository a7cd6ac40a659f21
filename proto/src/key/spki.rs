//! The accepted forms of a SubjectPublicKeyInfo, one for each algorithm, byte for byte.
//!
//! DER allows one encoding of each value; comparing prefixes is stricter than any parser, and there
//! is nothing to parse wrongly.

use super::{Algorithm, KeyError};

/// What comes before the 65 bytes of an uncompressed point on P-256 (RFC 5480 §2).
pub(super) const P256: [u8; 26] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
];
/// What comes before the 32 bytes of an Ed25519 key (RFC 8410 §4).
pub(super) const ED25519: [u8; 12] =
    [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
/// What comes before the RSAPublicKey of a 3072-bit key (RFC 3279 §2.3.1).
const RSA: [u8; 24] = [
    0x30, 0x82, 0x01, 0xa2, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01,
    0x01, 0x05, 0x00, 0x03, 0x82, 0x01, 0x8f, 0x00,
];
/// What comes before the 1952 bytes of an ML-DSA-65 key (RFC 9881 §4).
pub(super) const ML_DSA_65: [u8; 22] = [
    0x30, 0x82, 0x07, 0xb2, 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03,
    0x12, 0x03, 0x82, 0x07, 0xa1, 0x00,
];
/// What comes before the 1216 bytes of an X-Wing key: ML-KEM-768's, then X25519's. The identifier is
/// id-XWing of draft-connolly-cfrg-xwing-kem.
pub(crate) const X_WING: [u8; 24] = [
    0x30, 0x82, 0x04, 0xd4, 0x30, 0x0d, 0x06, 0x0b, 0x2b, 0x06, 0x01, 0x04, 0x01, 0x83, 0xe6, 0x2d,
    0x81, 0xc8, 0x7a, 0x03, 0x82, 0x04, 0xc1, 0x00,
];
/// Bytes of an X-Wing key.
const X_WING_LEN: usize = 1216;
/// Bytes of an ML-DSA-65 key (FIPS 204, table 2).
const ML_DSA_65_LEN: usize = 1952;
/// How the RSAPublicKey of a 3072-bit key begins, up to the modulus.
const RSA_BEFORE_MODULUS: [u8; 9] = [0x30, 0x82, 0x01, 0x8a, 0x02, 0x82, 0x01, 0x81, 0x00];
/// How it ends: exponent 65537.
const RSA_AFTER_MODULUS: [u8; 5] = [0x02, 0x03, 0x01, 0x00, 0x01];
/// Bytes of an RSAPublicKey between those two.
const RSA_MODULUS_LEN: usize = 384;

/// Object identifiers in DER of keys people try, so that a refusal can name them.
const REFUSED_KINDS: [(&[u8], &str); 9] = [
    (&[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22], "ECDSA on P-384"),
    (&[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23], "ECDSA on P-521"),
    (&[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a], "ECDSA on secp256k1"),
    (&[0x06, 0x03, 0x2b, 0x65, 0x71], "Ed448"),
    (&[0x06, 0x03, 0x2b, 0x65, 0x6e], "X25519"),
    (&RSA_OID, "RSA, but not with 3072 bits and exponent 65537"),
    (&P256_OID, "ECDSA on P-256, but not an uncompressed point"),
    (&[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a], "RSASSA-PSS parameters"),
    (&[0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03], "ML-DSA, but not ML-DSA-65"),
];
const RSA_OID: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const P256_OID: [u8; 10] = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
/// An algorithm identifier lies within this many bytes of the start.
const ALGORITHM_IDENTIFIER_END: usize = 32;

/// Tells the algorithm and the bytes aws-lc wants: point, raw key, or RSAPublicKey.
pub(super) fn split(spki: &[u8]) -> Result<(Algorithm, &[u8]), KeyError> {
    if let Some(point) = spki.strip_prefix(&P256)
        && let [0x04, coordinates @ ..] = point
        && coordinates.len() == 64
    {
        return Ok((Algorithm::EcdsaP256, point));
    }
    if let Some(raw) = spki.strip_prefix(&ED25519)
        && raw.len() == 32
    {
        return Ok((Algorithm::Ed25519, raw));
    }
    if let Some(rsa) = spki.strip_prefix(&RSA)
        && let Some(modulus) = rsa.strip_prefix(&RSA_BEFORE_MODULUS)
        && let Some(modulus) = modulus.strip_suffix(&RSA_AFTER_MODULUS)
        && modulus.len() == RSA_MODULUS_LEN
        && modulus.first().is_some_and(|byte| byte & 0x80 != 0)
    {
        return Ok((Algorithm::RsaPss3072, rsa));
    }
    if let Some(raw) = spki.strip_prefix(&ML_DSA_65)
        && raw.len() == ML_DSA_65_LEN
    {
        return Ok((Algorithm::MlDsa65, raw));
    }
    if let Some(raw) = spki.strip_prefix(&X_WING)
        && raw.len() == X_WING_LEN
    {
        return Ok((Algorithm::XWing, raw));
    }
    let start = spki.get(..ALGORITHM_IDENTIFIER_END).unwrap_or(spki);
    let named = |oid: &&[u8]| start.windows(oid.len()).any(|window| window == *oid);
    let refused = REFUSED_KINDS.iter().find(|(oid, _)| named(oid));
    Err(refused.map_or(KeyError::Malformed, |(_, name)| KeyError::Refused(name)))
}

/// The SubjectPublicKeyInfo of an RSA key with this modulus and exponent 65537.
pub(super) fn of_rsa_modulus(modulus: &[u8]) -> Vec<u8> {
    [&RSA[..], &RSA_BEFORE_MODULUS, modulus, &RSA_AFTER_MODULUS].concat()
}
