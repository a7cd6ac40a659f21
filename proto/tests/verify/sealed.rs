//! The known answers about sealed exhibits. `tests/evidence/go/sealed` opens the same bytes with
//! Go's own cryptography, which shares nothing with ours.

use crate::key::unhex;
use crate::known_answer::{hex, hold};
use barid_proto::sealed::wrap::{Bound, unwrap, wrap};
use barid_proto::sealed::{
    DocumentKey, Layout, SegmentOpener, SegmentSealer, UnsealingKey, open_description,
    seal_description,
};
use barid_proto::v1::{Address, SealedDescription};
use prost::Message as _;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

const ORIGIN: &str = "hub.example/log";

/// Byte `i` is `i` modulo 251: as long as one wants, and no two segments alike.
fn plaintext(length: usize) -> Vec<u8> {
    (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect()
}

fn seal(key: &DocumentKey, plain: &[u8]) -> Vec<u8> {
    let mut sealer = SegmentSealer::new(key).unwrap();
    let (mut sealed, mut rest) = (sealer.header().to_vec(), plain);
    while !rest.is_empty() {
        let (own, after) = rest.split_at(rest.len().min(sealer.room()));
        let mut segment = own.to_vec();
        sealer.seal(&mut segment, after.is_empty()).unwrap();
        sealed.extend(segment);
        rest = after;
    }
    sealed
}

fn document(seed: u8, length: usize) -> Value {
    let key = DocumentKey::new([seed; 32]);
    let sealed = seal(&key, &plaintext(length));
    let description = SealedDescription {
        title: "شاهد".into(),
        media_type: "video/mp4".into(),
        size_bytes: length as u64,
        sha256: Sha256::digest(plaintext(length)).to_vec(),
        ..SealedDescription::default()
    };
    let described = seal_description(&key, &description).unwrap();
    let padded = open_description(&key, &described).unwrap().encode_to_vec();
    let layout = Layout::of(sealed.len() as u64).unwrap();
    json!({
        "document_key": hex(key.as_bytes()),
        "plaintext_bytes": length,
        "commitment": hex(&key.commitment().unwrap()),
        "segments": layout.segments(),
        "sealed_bytes": sealed.len(),
        "sealed_sha256": hex(&Sha256::digest(&sealed)),
        "sealed_begin": hex(&sealed[..sealed.len().min(112)]),
        "description": hex(&described),
        "description_plain": hex(&padded),
    })
}

#[test]
fn sealed_exhibits() {
    let seed = Zeroizing::new([0x0a; 32]);
    let key = UnsealingKey::from_seed(seed.clone()).unwrap();
    let sender = Address { institution: "ihec".into(), office: "geo-nin".into() };
    let recipient = Address { institution: "ejp".into(), office: "registry".into() };
    let bound = Bound { origin: ORIGIN, sender: &sender, recipient: &recipient };
    let keys = [([1; 32], &DocumentKey::new([5; 32])), ([2; 32], &DocumentKey::new([6; 32]))];
    let random = Zeroizing::new([0x0b; 64]);
    let wrapped = wrap(bound, key.public_key(), &keys, &random).unwrap();
    let each = wrapped.keys.iter().zip(&keys).map(|(wrapped, (_, key))| {
        json!({
            "sha256": hex(&wrapped.sha256),
            "ciphertext": hex(&wrapped.ciphertext),
            "document_key": hex(key.as_bytes()),
        })
    });
    // The largest is made anew and not stored: two segments and a byte of a third.
    let lengths = [1, 40, 65_472, 65_473, 130_993];
    let documents = (1..).zip(lengths).map(|(seed, length)| document(seed, length));
    let computed = json!({
        "documents": documents.collect::<Vec<_>>(),
        "wrap": {
            "unsealing_seed": hex(&*seed),
            "spki": hex(key.public_key().spki()),
            "key_id": key.id().to_string(),
            "info": hex(format!("barid-wrap/v1\n{ORIGIN}\nihec/geo-nin\nejp/registry").as_bytes()),
            "encapsulation_random": hex(&*random),
            "encapsulated": hex(&wrapped.encapsulated),
            "keys": each.collect::<Vec<_>>(),
        },
    });
    hold("sealed.json", &computed);
    for (sha256, document_key) in &keys {
        let opened = unwrap(bound, &wrapped, &key, sha256).unwrap();
        assert_eq!(opened.as_bytes(), document_key.as_bytes());
    }
}

/// The bytes that other languages store have to open for ever.
#[test]
fn a_stored_sealed_exhibit_opens() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors/sealed.json");
    let stored: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let small = &stored["documents"][1];
    let field = |name: &str| unhex(small[name].as_str().unwrap());
    let key = DocumentKey::new(field("document_key").try_into().unwrap());
    let mut sealed = field("sealed_begin");
    let opener = SegmentOpener::new(&key, &sealed[..48], sealed.len() as u64).unwrap();
    let range = opener.layout().segment(0);
    let (begin, end) = (range.start as usize, range.end as usize);
    assert_eq!(opener.open(0, &mut sealed[begin..end]).unwrap(), plaintext(40));
}
