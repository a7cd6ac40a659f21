//! Sealing and opening, and everything that must not open.

#![cfg(feature = "sealing")]

use proptest::prelude::*;
use zeroize::Zeroizing;

use super::wrap::{Bound, unwrap, wrap};
use super::*;
use crate::key::{Algorithm, PublicKey};
use crate::v1::{Address, KeyWrap, SealedDescription};

const ORIGIN: &str = "hub.example/log";
const DIGEST: [u8; 32] = [5; 32];

fn key(seed: u8) -> DocumentKey {
    DocumentKey::new([seed; 32])
}

fn unsealing(seed: u8) -> UnsealingKey {
    UnsealingKey::from_seed(Zeroizing::new([seed; 32])).unwrap()
}

fn office(name: &str) -> Address {
    let (institution, office) = name.split_once('/').unwrap();
    Address { institution: institution.into(), office: office.into() }
}

fn plaintext(length: usize) -> Vec<u8> {
    (0_u32..).map(|at| at.wrapping_mul(0x9e37_79b9).to_be_bytes()[0]).take(length).collect()
}

fn seal(key: &DocumentKey, plain: &[u8]) -> Vec<u8> {
    let mut sealer = SegmentSealer::new(key).unwrap();
    let mut sealed = sealer.header().to_vec();
    let mut rest = plain;
    loop {
        let (own, after) = rest.split_at(rest.len().min(sealer.room()));
        let mut segment = own.to_vec();
        sealer.seal(&mut segment, after.is_empty()).unwrap();
        sealed.extend(segment);
        rest = after;
        if rest.is_empty() {
            return sealed;
        }
    }
}

fn open(key: &DocumentKey, sealed: &[u8]) -> Result<Vec<u8>, SealedError> {
    let begin = &sealed[..sealed.len().min(HEADER_BYTES)];
    let opener = SegmentOpener::new(key, begin, sealed.len() as u64)?;
    let mut plain = Vec::new();
    for index in 0..opener.layout().segments() {
        let range = opener.layout().segment(index);
        let mut segment = sealed[range.start as usize..range.end as usize].to_vec();
        plain.extend_from_slice(opener.open(index, &mut segment)?);
    }
    Ok(plain)
}

#[test]
fn every_length_around_a_segment_comes_back() {
    let first = SEGMENT_BYTES - HEADER_BYTES - TAG_BYTES;
    let full = SEGMENT_BYTES - TAG_BYTES;
    for length in
        [1, 2, first - 1, first, first + 1, first + full - 1, first + full, first + full + 1]
    {
        let (key, plain) = (key(1), plaintext(length));
        let sealed = seal(&key, &plain);
        let layout = Layout::of(sealed.len() as u64).unwrap();
        assert_eq!(layout, Layout::for_plaintext(length as u64).unwrap(), "{length}");
        assert_eq!(layout.plaintext(), length as u64);
        assert_eq!(open(&key, &sealed).unwrap(), plain, "{length}");
    }
    assert_eq!(Layout::for_plaintext(0), Err(SealedError::Truncated));
    assert_eq!(Layout::of(u64::MAX), Err(SealedError::TooLong));
}

#[test]
fn a_sealer_takes_whole_segments_and_one_end() {
    let mut sealer = SegmentSealer::new(&key(1)).unwrap();
    let mut short = vec![0; sealer.room() - 1];
    assert_eq!(sealer.seal(&mut short, false), Err(SealedError::Truncated));
    assert_eq!(sealer.seal(&mut Vec::new(), true), Err(SealedError::Truncated));
    sealer.seal(&mut short, true).unwrap();
    assert_eq!(sealer.seal(&mut vec![1], true), Err(SealedError::Truncated), "after the end");
}

#[test]
fn segments_that_are_changed_exchanged_or_left_out_do_not_open() {
    let (key, plain) = (key(1), plaintext(3 * SEGMENT_BYTES + 100));
    let sealed = seal(&key, &plain);
    for at in [HEADER_BYTES, SEGMENT_BYTES - 1, SEGMENT_BYTES, sealed.len() - 1] {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        let index = (at / SEGMENT_BYTES) as u64;
        assert_eq!(open(&key, &changed), Err(SealedError::Segment(index)), "byte {at}");
    }
    let mut exchanged = sealed.clone();
    exchanged[SEGMENT_BYTES..3 * SEGMENT_BYTES].rotate_left(SEGMENT_BYTES);
    assert_eq!(open(&key, &exchanged), Err(SealedError::Segment(1)));
    // The last one may not pass for the end where it stands earlier, nor another for the end.
    let cut = &sealed[..2 * SEGMENT_BYTES];
    assert_eq!(open(&key, cut), Err(SealedError::Segment(1)));
    let left_out = [&sealed[..SEGMENT_BYTES], &sealed[2 * SEGMENT_BYTES..]].concat();
    assert_eq!(open(&key, &left_out), Err(SealedError::Segment(1)));
    for length in [0, 15, 16, HEADER_BYTES - 1] {
        let error = open(&key, &sealed[..length]).unwrap_err();
        assert!(matches!(error, SealedError::NotSealed | SealedError::OtherKey), "{length}");
    }
    for length in [HEADER_BYTES, HEADER_BYTES + TAG_BYTES, SEGMENT_BYTES + TAG_BYTES] {
        assert_eq!(open(&key, &sealed[..length]), Err(SealedError::Truncated), "{length}");
    }
}

#[test]
fn another_key_is_told_from_a_damaged_document() {
    let sealed = seal(&key(1), b"witness 7");
    assert_eq!(open(&key(2), &sealed), Err(SealedError::OtherKey));
    let mut other = sealed.clone();
    other[HEADER_BYTES - 1] ^= 1;
    assert_eq!(open(&key(1), &other), Err(SealedError::OtherKey), "another commitment");
    assert_eq!(
        open(&key(1), b"%PDF-1.7 and what follows, much longer than a header"),
        Err(SealedError::NotSealed)
    );
}

#[test]
fn a_description_opens_under_its_key_alone_and_hides_its_length() {
    let described = |title: &str| SealedDescription {
        title: title.into(),
        media_type: "video/mp4".into(),
        sha256: vec![3; 32],
        ..SealedDescription::default()
    };
    let short = seal_description(&key(1), &described("a")).unwrap();
    let long = seal_description(&key(1), &described("شاهد من مركز الاقتراع رقم 110204")).unwrap();
    assert_eq!(short.len(), long.len());
    assert_eq!(open_description(&key(1), &long).unwrap().title, "شاهد من مركز الاقتراع رقم 110204");
    assert_eq!(open_description(&key(2), &long), Err(SealedError::Description));
    let too_long = described(&"x".repeat(DESCRIPTION_MAX_BYTES));
    assert_eq!(seal_description(&key(1), &too_long), Err(SealedError::DescriptionLong));
}

fn wrapped(to: &UnsealingKey, sender: &Address, recipient: &Address) -> KeyWrap {
    let bound = Bound { origin: ORIGIN, sender, recipient };
    let documents = [([4; 32], &key(8)), (DIGEST, &key(9))];
    wrap(bound, to.public_key(), &documents, &Zeroizing::new([7; 64])).unwrap()
}

#[test]
fn a_wrap_opens_for_its_recipient_and_nobody_else() {
    let (panel, own) = (office("ejp/registry"), unsealing(3));
    let sender = office("ihec/geo-nin");
    let wrap = wrapped(&own, &sender, &panel);
    assert_eq!(wrap.encapsulated.len(), ENCAPSULATED_BYTES);
    assert!(wrap.keys.iter().all(|one| one.ciphertext.len() == WRAPPED_BYTES));
    let bound = Bound { origin: ORIGIN, sender: &sender, recipient: &panel };
    let opened = unwrap(bound, &wrap, &own, &DIGEST).unwrap();
    assert_eq!(opened.as_bytes(), key(9).as_bytes());

    let stranger = unsealing(4);
    let refused = unwrap(bound, &wrap, &stranger, &DIGEST).unwrap_err();
    assert_eq!(refused, SealedError::NotARecipient(stranger.id()));
    let relabelled = KeyWrap { key_id: stranger.id().as_bytes().to_vec(), ..wrap.clone() };
    assert_eq!(unwrap(bound, &relabelled, &stranger, &DIGEST).unwrap_err(), SealedError::Wrap);
    assert_eq!(unwrap(bound, &wrap, &own, &[6; 32]).unwrap_err(), SealedError::OtherDocument);
    let mut moved = wrap.clone();
    moved.keys[1].sha256 = vec![6; 32];
    assert_eq!(unwrap(bound, &moved, &own, &[6; 32]).unwrap_err(), SealedError::Wrap);
    for (origin, sender, recipient) in [
        ("other.example/log", &sender, &panel),
        (ORIGIN, &panel, &panel),
        (ORIGIN, &sender, &sender),
    ] {
        let other = Bound { origin, sender, recipient };
        assert_eq!(unwrap(other, &wrap, &own, &DIGEST).unwrap_err(), SealedError::Wrap);
    }
}

#[test]
fn a_signing_key_is_not_wrapped_to_and_an_unsealing_key_signs_nothing() {
    let own = unsealing(3);
    let read = UnsealingKey::from_pem(&own.to_pem()).unwrap();
    assert_eq!(read.public_key(), own.public_key());
    let public = PublicKey::from_spki(own.public_key().spki()).unwrap();
    assert_eq!(public.algorithm(), Algorithm::XWing);
    assert!(public.verify(b"", b"").is_err());
    assert_eq!(Algorithm::from_wire(Algorithm::XWing.wire().into()), None);
    let signing = crate::key::FileKey::generate(Algorithm::Ed25519).unwrap();
    assert!(UnsealingKey::from_pem(&signing.to_pem().unwrap()).is_err());
    assert!(crate::key::FileKey::from_pem(&own.to_pem()).is_err());
    let (to, keys) = (office("ejp/registry"), [(DIGEST, &key(1))]);
    let bound = Bound { origin: ORIGIN, sender: &to, recipient: &to };
    let signing = crate::key::Signer::public_key(&signing);
    let refused = wrap(bound, signing, &keys, &Zeroizing::new([0; 64])).unwrap_err();
    assert_eq!(refused, SealedError::NotAnUnsealingKey);
}

proptest! {
    #[test]
    fn any_plaintext_comes_back_and_no_changed_byte_passes(
        length in 1_usize..200_000,
        at in any::<prop::sample::Index>(),
        bit in 0_u8..8,
    ) {
        let (key, plain) = (key(1), plaintext(length));
        let mut sealed = seal(&key, &plain);
        prop_assert_eq!(&open(&key, &sealed).unwrap(), &plain);
        let at = at.index(sealed.len());
        sealed[at] ^= 1 << bit;
        prop_assert!(open(&key, &sealed).is_err());
    }

    #[test]
    fn a_byte_of_the_plaintext_lies_in_one_segment(length in 1_u64..1 << 40, at in any::<u64>()) {
        let layout = Layout::for_plaintext(length).unwrap();
        prop_assert_eq!(layout.plaintext(), length);
        let at = at % length;
        let index = layout.segment_of(at);
        prop_assert!(index < layout.segments());
        // What lies in the segments before it, and in those up to it.
        let before = |index: u64| if index == 0 { 0 } else {
            layout.segment(index).start - index * TAG_BYTES as u64 - HEADER_BYTES as u64
        };
        prop_assert!(before(index) <= at);
        prop_assert!(index + 1 == layout.segments() || at < before(index + 1));
    }

    #[test]
    fn no_changed_wrap_opens(part in 0_usize..3, at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let (to, own) = (office("ejp/registry"), unsealing(3));
        let mut wrap = wrapped(&own, &to, &to);
        let bytes = match part {
            0 => &mut wrap.encapsulated,
            1 => &mut wrap.keys[0].ciphertext,
            _ => &mut wrap.keys[1].ciphertext,
        };
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        let bound = Bound { origin: ORIGIN, sender: &to, recipient: &to };
        prop_assert_eq!(unwrap(bound, &wrap, &own, &DIGEST).unwrap_err(), SealedError::Wrap);
    }
}
