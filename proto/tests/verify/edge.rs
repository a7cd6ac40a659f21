//! ECDSA on P-256 at its edges, in raw form: a table of our own in the manner of Wycheproof, put to
//! two implementations. Both must say what the table says: two honest verifiers that disagree are
//! worse than one that is wrong.

use crate::foreign_signature::SPKI_P256;
use barid_proto::key::{KeyError, PublicKey};
use p256::SecretKey;
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use p256::elliptic_curve::ff::PrimeField as _;
use p256::elliptic_curve::sec1::ToSec1Point as _;
use sha2::{Digest as _, Sha256};

const MESSAGE: &[u8] = b"barid";

/// The order of the group (FIPS 186-4, D.1.2.3).
const ORDER: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
];
/// The prime of the field (same place).
const PRIME: [u8; 32] = [
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
];
const ZERO: [u8; 32] = [0; 32];

/// `left - right`, modulo 2^256.
fn minus(left: [u8; 32], right: [u8; 32]) -> [u8; 32] {
    let mut difference = [0; 32];
    let mut borrow = false;
    for at in (0..32).rev() {
        let (first, low) = left[at].overflowing_sub(right[at]);
        let (second, lower) = first.overflowing_sub(u8::from(borrow));
        difference[at] = second;
        borrow = low || lower;
    }
    difference
}

fn small(number: u8) -> [u8; 32] {
    let mut bytes = ZERO;
    bytes[31] = number;
    bytes
}

/// A DER INTEGER, for the other form of a signature.
fn integer(number: &[u8]) -> Vec<u8> {
    let mut digits = number.to_vec();
    if digits[0] >= 0x80 {
        digits.insert(0, 0);
    }
    [&[0x02, digits.len() as u8][..], &digits].concat()
}

fn key() -> SecretKey {
    SecretKey::from_slice(&[0x42; 32]).unwrap()
}

/// An `r` for which, whatever `s` is, the sum of both points is the point at infinity: there is no
/// coordinate to compare, and an implementation that compares one all the same is broken.
fn r_at_infinity() -> [u8; 32] {
    let digest: [u8; 32] = Sha256::digest(MESSAGE).into();
    let hash = p256::Scalar::from_repr(digest.into()).unwrap();
    let secret = *key().to_nonzero_scalar();
    (-(hash * secret.invert().unwrap())).to_repr().into()
}

/// Name, message, signature, whether it is valid.
fn table() -> Vec<(&'static str, &'static [u8], Vec<u8>, bool)> {
    let good: Signature = SigningKey::from(key()).sign(MESSAGE);
    let good = good.to_bytes().to_vec();
    let (r, s) = good.split_at(32);
    let (r, s): ([u8; 32], [u8; 32]) = (r.try_into().unwrap(), s.try_into().unwrap());
    let pair = |r: [u8; 32], s: [u8; 32]| [r, s].concat();
    let der = [integer(&r), integer(&s)].concat();
    let der = [&[0x30, der.len() as u8][..], &der].concat();
    let all_ones = [0xff; 32];
    vec![
        ("as it was made", MESSAGE, good.clone(), true),
        ("the other s", MESSAGE, pair(r, minus(ORDER, s)), true),
        ("another message", b"Barid", good.clone(), false),
        ("no message", b"", good.clone(), false),
        ("a longer message", b"barid\0", good.clone(), false),
        ("r is 0", MESSAGE, pair(ZERO, s), false),
        ("s is 0", MESSAGE, pair(r, ZERO), false),
        ("both are 0", MESSAGE, pair(ZERO, ZERO), false),
        ("r is 1", MESSAGE, pair(small(1), s), false),
        ("s is 1", MESSAGE, pair(r, small(1)), false),
        ("both are 1", MESSAGE, pair(small(1), small(1)), false),
        ("r is the order", MESSAGE, pair(ORDER, s), false),
        ("s is the order", MESSAGE, pair(r, ORDER), false),
        ("both are the order", MESSAGE, pair(ORDER, ORDER), false),
        ("r is one below the order", MESSAGE, pair(minus(ORDER, small(1)), s), false),
        ("s is one below the order", MESSAGE, pair(r, minus(ORDER, small(1))), false),
        ("r is the prime", MESSAGE, pair(PRIME, s), false),
        ("s is the prime", MESSAGE, pair(r, PRIME), false),
        ("r is 2^256 - 1", MESSAGE, pair(all_ones, s), false),
        ("s is 2^256 - 1", MESSAGE, pair(r, all_ones), false),
        ("r is negated", MESSAGE, pair(minus(ORDER, r), s), false),
        ("r and s are exchanged", MESSAGE, pair(s, r), false),
        ("the sum is the point at infinity", MESSAGE, pair(r_at_infinity(), s), false),
        ("the same with the smallest s", MESSAGE, pair(r_at_infinity(), small(1)), false),
        ("in DER", MESSAGE, der, false),
        ("nothing", MESSAGE, vec![], false),
        ("r alone", MESSAGE, r.to_vec(), false),
        ("one byte short", MESSAGE, good[..63].to_vec(), false),
        ("one byte long", MESSAGE, [&good[..], &[0]].concat(), false),
        ("one zero before", MESSAGE, [&[0], &good[..]].concat(), false),
        ("zeroes before each", MESSAGE, [&[0], &r[..], &[0], &s[..]].concat(), false),
        ("twice", MESSAGE, [&good[..], &good].concat(), false),
    ]
}

#[test]
fn two_implementations_say_what_the_table_says() {
    let public = key().public_key();
    let point = public.to_sec1_point(false);
    let ours = [&SPKI_P256[..], &point.as_bytes()[1..]].concat();
    let ours = PublicKey::from_spki(&ours).unwrap();
    let theirs = VerifyingKey::from(public);
    for (name, message, signature, valid) in table() {
        let said = ours.verify(message, &signature);
        assert_eq!(said, if valid { Ok(()) } else { Err(KeyError::Signature) }, "{name}");
        let other = Signature::from_slice(&signature);
        let other = other.and_then(|signature| theirs.verify(message, &signature)).is_ok();
        assert_eq!(other, valid, "the other implementation: {name}");
    }
}

#[test]
fn what_one_signs_the_other_takes() {
    use barid_proto::key::{Algorithm, FileKey, Signer as _};
    for _ in 0..16 {
        let made = FileKey::generate(Algorithm::EcdsaP256).unwrap();
        let signature = made.sign(MESSAGE).unwrap();
        let point = &made.public_key().spki()[26..];
        let theirs = VerifyingKey::from_sec1_bytes(point).unwrap();
        let signature = Signature::from_slice(&signature).unwrap();
        assert!(theirs.verify(MESSAGE, &signature).is_ok());
    }
}
