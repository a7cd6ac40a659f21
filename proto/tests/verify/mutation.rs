//! Change any byte of what proves something, and it proves nothing; feed the readers anything,
//! and they answer.

use crate::fixture::{leaf, policy, policy_text, receipt};
use barid_proto::key::KeyId;
use barid_proto::leaf::{LEAF_LEN, Leaf};
use barid_proto::tlog::bundle;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::Note;
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::receipt::{Receipt, ReceiptError};
use barid_proto::tlog::tile::Tile;
use barid_proto::tlog::vkey::VerifierKey;
use proptest::prelude::*;
use std::sync::LazyLock;

const INDEX: u64 = 3;

/// A receipt from a log of eleven leaves, as text.
static RECEIPT: LazyLock<Vec<u8>> = LazyLock::new(|| receipt(INDEX, 11).to_string().into());

/// Verifies as a sender does: leaf from the envelope it holds and the receipt's `extra`.
fn verify(bytes: &[u8], policy: &Policy) -> Option<u64> {
    let held = leaf(INDEX);
    let receipt = Receipt::parse(bytes).ok()?;
    let leaf = Leaf::from_extra(
        &receipt.extra,
        held.envelope_digest,
        held.signer_key_id,
        held.routing_tag,
    );
    Some(receipt.verify(&leaf.ok()?.encode(), policy).ok()?.index)
}

#[test]
fn the_unchanged_receipt_is_valid() {
    assert_eq!(verify(&RECEIPT, &policy()), Some(INDEX));
    assert_eq!(Receipt::parse(&RECEIPT).unwrap().to_string().as_bytes(), *RECEIPT);
}

#[test]
fn without_its_quorum_it_is_only_pending() {
    let mut pending = Receipt::parse(&RECEIPT).unwrap();
    let mut log_only = Note::new(pending.checkpoint.text().to_owned()).unwrap();
    log_only.add(pending.checkpoint.signatures()[0].clone()).unwrap();
    pending.checkpoint = log_only;
    let bytes = leaf(INDEX).encode();
    assert!(matches!(pending.verify(&bytes, &policy()), Err(ReceiptError::Untrusted(_))));
    let proven = pending.verify_pending(&bytes, &policy()).unwrap();
    assert!(!proven.witnessed.quorum);
    let other = leaf(INDEX + 1).encode();
    let wrong = pending.verify_pending(&other, &policy());
    assert!(matches!(wrong, Err(ReceiptError::NotIncluded(_))));
}

#[test]
fn every_receipt_line_has_one_spelling() {
    let text = str::from_utf8(&RECEIPT).unwrap();
    for (from, to) in [
        ("tlog-proof@v1", "tlog-proof@v2"),
        ("tlog-proof@v1\n", "tlog-proof@v1\r\n"),
        ("extra ", "extra  "),
        ("extra ", "extra \nextra "),
        ("index 3", "index 03"),
        ("index 3", "index +3"),
        ("index 3\n", ""),
        ("index 3\n", "index 3\n\n"),
        ("index 3\n", "index 3\nAAAA\n"),
        ("\n\n", "\n"),
        ("c2sp", " c2sp"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        assert_eq!(verify(changed.as_bytes(), &policy()), None, "{to:?}");
    }
    let empty_extra =
        text.lines().map(|line| if line.starts_with("extra") { "extra " } else { line });
    let empty_extra = empty_extra.collect::<Vec<_>>().join("\n") + "\n";
    assert_eq!(Receipt::parse(empty_extra.as_bytes()), Err(ReceiptError::Extra));
    let long_path = text.replacen("index 3\n", &format!("index 3\n{}", hash_lines(65)), 1);
    assert_eq!(Receipt::parse(long_path.as_bytes()), Err(ReceiptError::Path));
}

fn hash_lines(count: usize) -> String {
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n".repeat(count)
}

proptest! {
    #[test]
    fn a_changed_byte_of_a_receipt_is_noticed(
        position in any::<prop::sample::Index>(),
        mask in 1_u8..,
    ) {
        let mut changed = RECEIPT.clone();
        let position = position.index(changed.len());
        changed[position] ^= mask;
        prop_assert_eq!(verify(&changed, &policy()), None);
    }

    #[test]
    fn a_cut_receipt_is_noticed(length in any::<prop::sample::Index>()) {
        let length = length.index(RECEIPT.len());
        prop_assert_eq!(verify(&RECEIPT[..length], &policy()), None);
    }

    #[test]
    fn a_changed_byte_of_a_note_is_noticed(
        position in any::<prop::sample::Index>(),
        mask in 1_u8..,
    ) {
        let mut changed = receipt(INDEX, 11).checkpoint.to_string().into_bytes();
        let position = position.index(changed.len());
        changed[position] ^= mask;
        let verified = Note::parse(&changed).ok().and_then(|note| policy().verify(&note).ok());
        prop_assert_eq!(verified, None);
    }

    #[test]
    fn a_changed_byte_makes_another_leaf(position in 0..LEAF_LEN, mask in 1_u8..) {
        let mut changed = leaf(INDEX).encode();
        changed[position] ^= mask;
        let receipt = Receipt::parse(&RECEIPT).unwrap();
        prop_assert!(receipt.verify(&changed, &policy()).is_err());
        if let Ok(decoded) = Leaf::decode(&changed) {
            prop_assert_eq!(decoded.encode(), changed);
            prop_assert_ne!(decoded, leaf(INDEX));
        }
    }

    #[test]
    fn a_changed_byte_of_a_key_is_noticed(
        position in any::<prop::sample::Index>(),
        mask in 1_u8..,
    ) {
        let text = policy().logs()[0].key.to_string();
        let mut changed = text.clone().into_bytes();
        let position = position.index(changed.len());
        changed[position] ^= mask;
        if let Ok(changed) = str::from_utf8(&changed) {
            prop_assert!(changed.parse::<VerifierKey>().is_err(), "{}", changed);
        }
    }

    #[test]
    fn a_changed_policy_never_panics(position in any::<prop::sample::Index>(), mask in 1_u8..) {
        let mut changed = policy_text().into_bytes();
        let position = position.index(changed.len());
        changed[position] ^= mask;
        if let Ok(policy) = Policy::parse(&changed) {
            // Only what names a witness can be changed without losing its key.
            let verified = verify(&RECEIPT, &policy);
            prop_assert!(verified.is_none() || policy.witnesses().count() == 3);
        }
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(Note::parse(&bytes).is_err());
        prop_assert!(Receipt::parse(&bytes).is_err());
        prop_assert!(Leaf::decode(&bytes).is_err());
        prop_assert!(Policy::parse(&bytes).is_err());
        let again = bundle::leaves(&bytes).map(|leaves| {
            let mut again = Vec::new();
            leaves.into_iter().for_each(|leaf| bundle::append_leaf(&mut again, leaf).unwrap());
            again
        });
        prop_assert!(again.is_err() || again.as_ref() == Ok(&bytes));
    }

    #[test]
    fn no_text_makes_a_reader_panic(
        text in concat!(
            "(c2sp.org/tlog-proof@v1\n)?(extra [A-Z=]*\n)?(index [0-9]*\n)?",
            "[\\PC\n]{0,40}(\n\n\u{2014} [a-z+ ]* [A-Za-z+/=]*\n)?",
        ),
    ) {
        if let Ok(receipt) = Receipt::parse(text.as_bytes()) {
            prop_assert_eq!(receipt.to_string(), text.clone());
        }
        if let Ok(note) = Note::parse(text.as_bytes()) {
            prop_assert_eq!(note.to_string(), text.clone());
        }
        if let Ok(checkpoint) = Checkpoint::parse(&text) {
            prop_assert_eq!(checkpoint.to_string(), text.clone());
        }
    }

    #[test]
    fn a_tile_path_has_one_spelling(
        path in "tile/[0-9]{1,2}/(x[0-9]{3}/){0,7}x?[0-9]{1,3}(\\.p/[0-9]{1,3})?",
    ) {
        if let Ok(tile) = path.parse::<Tile>() {
            prop_assert_eq!(tile.to_string(), path);
        }
    }

    #[test]
    fn every_tile_path_is_read_back(
        level in 0_u8..64,
        index in any::<u64>(),
        width in 1_u16..=256,
    ) {
        let tile = Tile::new(level, index, width).unwrap();
        prop_assert_eq!(tile.to_string().parse(), Ok(tile));
    }

    #[test]
    fn every_leaf_is_read_back(
        kind in 1_u8..=9,
        accepted_at_ms in any::<u64>(),
        fields in any::<[[u8; 32]; 3]>(),
    ) {
        let [envelope_digest, key_id, routing_tag] = fields;
        let kind = kind.try_into().unwrap();
        let signer_key_id = KeyId::new(key_id);
        let leaf = Leaf { kind, accepted_at_ms, envelope_digest, signer_key_id, routing_tag };
        prop_assert_eq!(Leaf::decode(&leaf.encode()), Ok(leaf.clone()));
        let rebuilt = Leaf::from_extra(&leaf.extra(), envelope_digest, signer_key_id, routing_tag);
        prop_assert_eq!(rebuilt, Ok(leaf));
    }
}
