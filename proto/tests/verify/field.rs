//! Every field of what proves something, changed to a wrong type, length or value: refused, and
//! the error says which field it was.

use crate::fixture::{cosigned, key, leaf, log, log_signer, policy, receipt, witness};
use barid_proto::envelope::{self, EnvelopeError};
use barid_proto::key::{FileKey, KeyError, Signer as _};
use barid_proto::tlog::checkpoint::{Checkpoint, CheckpointError};
use barid_proto::tlog::cosignature::{Cosigner, MAX_TIME, generate_ml_dsa_44};
use barid_proto::tlog::note::{Note, NoteError, NoteSignature};
use barid_proto::tlog::policy::VerifyError;
use barid_proto::tlog::receipt::{Receipt, ReceiptError};
use barid_proto::tlog::vkey::{KeyType, SignatureError, VerifierKey};
use barid_proto::v1::{
    Address, CaseReference, EnvelopeBody, EnvelopeReference, EnvelopeSignature, EnvelopeSigner,
    Exhibit, FilingContent, KeyWrap, LeadDocument, Officer, SeenCheckpoint, SignedEnvelope, Stamp,
};
use prost::Message as _;

/// Fields of an envelope's body, as `envelope.proto` numbers them.
const BODY_FIELDS: u32 = 28;

/// What is done to one field.
type Change<T> = fn(&mut T);

/// A body in which every field says something.
fn full_body(signer: &FileKey) -> EnvelopeBody {
    let address = || Address { institution: "ejp".into(), office: "registry".into() };
    EnvelopeBody {
        hub_origin: "hub.example/log".into(),
        envelope_id: vec![1; 16],
        kind: 9,
        sender: Some(address()),
        officer: Some(Officer { name: "a".into(), ..Officer::default() }),
        recipients: vec![address()],
        case: Some(CaseReference { case_id: vec![2; 16], docket_numbers: vec![] }),
        in_reply_to: Some(EnvelopeReference { digest: vec![3; 32], leaf_index: 1 }),
        causation_id: vec![4; 16],
        sender_sequence: 5,
        previous_digest: vec![5; 32],
        created_at_unix_ms: 6,
        not_after_unix_ms: 7,
        nonce: vec![8; 32],
        signers: vec![EnvelopeSigner {
            key_id: signer.public_key().id().as_bytes().to_vec(),
            algorithm: i32::from(signer.public_key().algorithm().wire()),
        }],
        last_seen: Some(SeenCheckpoint { size: 9, root: vec![9; 32] }),
        stamp: Some(Stamp { number: "1".into(), ..Stamp::default() }),
        lead: Some(LeadDocument { name: "n".into(), ..LeadDocument::default() }),
        exhibits: vec![Exhibit { number: "E1".into(), ..Exhibit::default() }],
        procedure_id: "p".into(),
        rule_set_id: "r".into(),
        election_event_id: "e".into(),
        confidentiality: 1,
        data_class: 1,
        languages: vec!["ar".into()],
        receipt_required_by_unix_ms: 10,
        content: Some(FilingContent::default()),
        wraps: vec![KeyWrap { key_id: vec![11; 32], ..KeyWrap::default() }],
    }
}

fn seal(body: Vec<u8>, signer: &FileKey) -> SignedEnvelope {
    let payload_type = "application/vnd.barid.envelope.v1+protobuf";
    let signature = EnvelopeSignature {
        key_id: signer.public_key().id().as_bytes().to_vec(),
        algorithm: i32::from(signer.public_key().algorithm().wire()),
        signature: signer.sign(&envelope::pre_authentication(payload_type, &body)).unwrap(),
    };
    SignedEnvelope {
        body: body.into(),
        payload_type: payload_type.into(),
        signatures: vec![signature],
    }
}

fn judge(envelope: &SignedEnvelope, signer: &FileKey) -> Result<(), EnvelopeError> {
    envelope::open(envelope)?.verify(&[signer.public_key()])
}

/// The wire form of a body, parted: number, type and bytes of each field.
fn parts(body: &[u8]) -> Vec<(u32, u8, Vec<u8>)> {
    let mut found = Vec::new();
    let mut rest = body;
    while !rest.is_empty() {
        let before = rest;
        let tag = prost::encoding::decode_varint(&mut rest).unwrap();
        match tag & 7 {
            0 => drop(prost::encoding::decode_varint(&mut rest).unwrap()),
            2 => {
                let len = prost::encoding::decode_varint(&mut rest).unwrap();
                rest = &rest[len as usize..];
            }
            other => panic!("wire type {other}"),
        }
        let bytes = before[..before.len() - rest.len()].to_vec();
        found.push(((tag >> 3) as u32, (tag & 7) as u8, bytes));
    }
    found
}

fn tag(number: u32, wire_type: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    prost::encoding::encode_varint(u64::from(number << 3) | u64::from(wire_type), &mut bytes);
    bytes
}

/// The body with one field's bytes exchanged.
fn with(fields: &[(u32, u8, Vec<u8>)], number: u32, bytes: &[u8]) -> Vec<u8> {
    let other = |(own, _, old): &(u32, u8, Vec<u8>)| {
        if *own == number { bytes.to_vec() } else { old.clone() }
    };
    fields.iter().flat_map(other).collect()
}

#[test]
fn every_field_of_an_envelope_is_signed_and_has_one_form() {
    let signer = key(7);
    let body = full_body(&signer).encode_to_vec();
    let good = seal(body.clone(), &signer);
    assert_eq!(judge(&good, &signer), Ok(()));
    let fields = parts(&body);
    let numbers: Vec<u32> = fields.iter().map(|(number, ..)| *number).collect();
    assert_eq!(numbers, (1..=BODY_FIELDS).collect::<Vec<_>>(), "every field says something");
    for (number, wire_type, bytes) in &fields {
        // Taken out, under the signature that was made with it.
        let without = SignedEnvelope { body: with(&fields, *number, &[]).into(), ..good.clone() };
        let refused = judge(&without, &signer).unwrap_err();
        let expected = if *number == 15 {
            refused == EnvelopeError::SignerCount(0)
        } else {
            matches!(refused, EnvelopeError::Signature { index: 0, error: KeyError::Signature })
        };
        assert!(expected, "field {number} taken out: {refused}");

        // Signed, but of another wire type, cut off, or out of its place.
        let other_type = [tag(*number, 5), vec![1, 2, 3, 4]].concat();
        let cut = &bytes[..bytes.len() - 1];
        let last = [with(&fields, *number, &[]), bytes.clone()].concat();
        let refused = |body: Vec<u8>| judge(&seal(body, &signer), &signer);
        let of_type = refused(with(&fields, *number, &other_type));
        assert!(matches!(of_type, Err(EnvelopeError::Undecodable(_))), "{number}: {of_type:?}");
        let ended = refused([with(&fields[..*number as usize - 1], 0, &[]), cut.to_vec()].concat());
        assert!(matches!(ended, Err(EnvelopeError::Undecodable(_))), "{number}: {ended:?}");
        if *number < BODY_FIELDS {
            let moved = refused(last);
            assert!(matches!(moved, Err(EnvelopeError::NotCanonical(_))), "{number}: {moved:?}");
        }
        if *wire_type == 0 {
            let padded = [tag(*number, 0), vec![0x80 | bytes[bytes.len() - 1], 0]].concat();
            let padded = refused(with(&fields, *number, &padded));
            assert!(matches!(padded, Err(EnvelopeError::NotCanonical(_))), "{number}: {padded:?}");
        }
    }
}

#[test]
fn every_field_around_the_body_is_checked() {
    let signer = key(7);
    let good = seal(full_body(&signer).encode_to_vec(), &signer);
    let changed = |change: Change<SignedEnvelope>| {
        let mut envelope = good.clone();
        change(&mut envelope);
        judge(&envelope, &signer).unwrap_err()
    };
    const LONG: usize = envelope::BODY_MAX_BYTES + 1;
    let wrong = |index| EnvelopeError::Signature { index, error: KeyError::Signature };
    use EnvelopeError as E;
    let table: Vec<(E, Change<SignedEnvelope>)> = vec![
        (E::BodyLength(0), |e| e.body = Vec::new().into()),
        (E::BodyLength(LONG), |e| e.body = vec![0; LONG].into()),
        (E::PayloadType(String::new()), |e| e.payload_type.clear()),
        (E::PayloadType("x".into()), |e| e.payload_type = "x".into()),
        (E::SignerMismatch, |e| e.signatures.clear()),
        (E::SignerMismatch, |e| e.signatures.push(e.signatures[0].clone())),
        (E::SignerMismatch, |e| e.signatures[0].key_id[31] ^= 1),
        (E::SignerMismatch, |e| e.signatures[0].key_id.truncate(31)),
        (E::SignerMismatch, |e| e.signatures[0].algorithm = 1),
        (E::SignerMismatch, |e| e.signatures[0].algorithm = -1),
        (wrong(0), |e| e.signatures[0].signature.clear()),
        (wrong(0), |e| e.signatures[0].signature.truncate(63)),
        (wrong(0), |e| e.signatures[0].signature.push(0)),
        (wrong(0), |e| e.signatures[0].signature[0] ^= 1),
        (wrong(0), |e| e.signatures[0].signature[63] ^= 0x10),
    ];
    for (number, (expected, change)) in table.iter().enumerate() {
        assert_eq!(changed(*change), *expected, "row {number}");
    }
}

#[test]
fn every_field_of_a_signer_is_checked_before_its_key_is_asked() {
    let signer = key(7);
    let table: [(EnvelopeError, Change<EnvelopeSigner>); 4] = [
        (EnvelopeError::SignerMalformed(0), |s| s.key_id.truncate(31)),
        (EnvelopeError::SignerMalformed(0), |s| s.key_id.clear()),
        (EnvelopeError::SignerMalformed(0), |s| s.algorithm = 99),
        // The right key under the number of another algorithm: never reread.
        (EnvelopeError::SignerMismatch, |s| s.algorithm = 1),
    ];
    for (expected, change) in table {
        let mut body = full_body(&signer);
        change(&mut body.signers[0]);
        let mut envelope = seal(body.encode_to_vec(), &signer);
        envelope.signatures[0].key_id.clone_from(&body.signers[0].key_id);
        envelope.signatures[0].algorithm = body.signers[0].algorithm;
        assert_eq!(judge(&envelope, &signer), Err(expected));
    }
}

/// A receipt with one piece of its text exchanged, and what is said of it.
fn receipt_with(from: &str, to: &str) -> ReceiptError {
    let text = receipt(3, 11).to_string();
    let changed = text.replacen(from, to, 1);
    assert_ne!(changed, text, "{from:?} is not in a receipt");
    match Receipt::parse(changed.as_bytes()) {
        Err(error) => error,
        Ok(read) => read.verify(&leaf(3).encode(), &policy()).unwrap_err(),
    }
}

#[test]
fn every_field_of_a_receipt_says_what_is_wrong_with_it() {
    use ReceiptError as E;
    let text = receipt(3, 11).to_string();
    let lines: Vec<&str> = text.lines().collect();
    let [header, extra, index, first, .., root] = &lines[..9] else { panic!("{text}") };
    let hash = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    assert!(root.len() == 44 || lines[6..].iter().any(|line| line.len() == 44));
    assert_eq!(receipt_with(header, ""), E::Header);
    assert_eq!(receipt_with(header, "c2sp.org/tlog-proof@v2"), E::Header);
    for wrong in ["extra ", "extra !", "extra AA", "extra =AAA"] {
        assert_eq!(receipt_with(extra, wrong), E::Extra, "{wrong}");
    }
    assert_eq!(receipt_with(extra, &format!("{extra}\n{extra}")), E::Index);
    for wrong in ["index", "index ", "index -1", "index 3x", "index 0x3", "3"] {
        assert_eq!(receipt_with(index, wrong), E::Index, "{wrong}");
    }
    assert_eq!(receipt_with(index, "index 18446744073709551616"), E::Index);
    for wrong in ["2", "4", "0", "10", "11", "18446744073709551615"] {
        let refused = receipt_with(index, &format!("index {wrong}"));
        assert!(matches!(refused, E::NotIncluded(_)), "{wrong}: {refused}");
    }
    for wrong in ["AAAA", &hash[1..], &format!("{hash}A"), "!"] {
        assert_eq!(receipt_with(first, wrong), E::Path, "{wrong}");
    }
    for wrong in [hash.to_owned(), format!("{hash}\n{first}")] {
        assert!(matches!(receipt_with(first, &wrong), E::NotIncluded(_)), "{wrong}");
    }
    assert!(matches!(receipt_with(&format!("{first}\n"), ""), E::NotIncluded(_)));
    for wrong in ["\n", "\n\n\n"] {
        assert!(!matches!(receipt_with("\n\n", wrong), E::NotIncluded(_)), "{wrong:?}");
    }
}

#[test]
fn every_field_of_a_checkpoint_says_what_is_wrong_with_it() {
    use CheckpointError as E;
    let text = Checkpoint::new("o.example", 2, [7; 32]).unwrap().to_string();
    let root = text.lines().nth(2).unwrap().to_owned();
    let wrong = |from: &str, to: &str| {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from:?}");
        Checkpoint::parse(&changed).unwrap_err()
    };
    assert_eq!(wrong("o.example", ""), E::Origin(String::new()));
    assert_eq!(wrong("o.example", "o example"), E::Origin("o example".into()));
    assert_eq!(wrong("o.example", "o+example"), E::Origin("o+example".into()));
    let long = "o".repeat(256);
    assert_eq!(wrong("o.example", &long), E::Origin(long));
    for size in ["", "02", "+2", "-2", "2 ", "2.0", "18446744073709551616", "two"] {
        assert_eq!(wrong("\n2\n", &format!("\n{size}\n")), E::Size, "{size}");
    }
    assert_eq!(wrong("\n2\n", "\n0\n"), E::EmptyRoot);
    for value in ["", "AAAA", &root[1..], &format!("{root}A"), &root.replace('=', "")] {
        assert_eq!(wrong(&root, value), E::Root, "{value}");
    }
    assert_eq!(wrong("\n2\n", "\n2\n2\n"), E::Lines);
    assert_eq!(wrong(&format!("{root}\n"), &format!("{root}\nextension\n")), E::Lines);
    assert_eq!(wrong(&format!("{root}\n"), &root), E::Lines);
}

/// A note of the log in which one line was changed, weighed by the policy.
fn weighed(line: usize, change: impl FnOnce(&mut NoteSignature)) -> Result<bool, VerifyError> {
    let good = cosigned(&log(11).0);
    let mut lines = good.signatures().to_vec();
    change(&mut lines[line]);
    let mut note = Note::new(good.text().to_owned()).unwrap();
    for line in lines {
        note.add(line).map_err(VerifyError::Note)?;
    }
    policy().weigh(&note).map(|witnessed| witnessed.quorum)
}

#[test]
fn every_field_of_a_cosignature_is_signed_or_names_a_stranger() {
    let spoiled = |name: &str, source| {
        Err(VerifyError::Note(NoteError::BadSignature { name: name.to_owned(), source }))
    };
    let (name, other) = ("witness2.example", witness(1).verifier().id());
    use SignatureError as E;
    assert_eq!(weighed(2, |_| ()), Ok(true));
    for at in 8..72 {
        let refused = weighed(2, |line| line.bytes[at] ^= 1);
        assert_eq!(refused, spoiled(name, E::Wrong), "byte {at} of the signature");
    }
    assert_eq!(weighed(2, |line| line.bytes[7] ^= 1), spoiled(name, E::Wrong), "its time");
    let time = |time: u64| {
        move |line: &mut NoteSignature| line.bytes[..8].copy_from_slice(&time.to_be_bytes())
    };
    assert_eq!(weighed(2, time(0)), spoiled(name, E::Wrong));
    assert_eq!(weighed(2, time(MAX_TIME + 1)), spoiled(name, E::Malformed));
    assert_eq!(weighed(2, |line| line.bytes.truncate(7)), spoiled(name, E::Malformed));
    assert_eq!(weighed(2, |line| line.bytes.truncate(71)), spoiled(name, E::Wrong));
    assert_eq!(weighed(2, |line| line.bytes.push(0)), spoiled(name, E::Wrong));
    // Another name or another id is another key: nobody's, so its line does not count.
    assert_eq!(weighed(2, |line| line.name = "witness9.example".into()), Ok(false));
    assert_eq!(weighed(2, |line| line.key_id = other), Ok(false));
    assert_eq!(weighed(2, |line| line.key_id[0] ^= 1), Ok(false));
    let refused = weighed(2, |line| line.name = "witness2 example".into());
    assert!(matches!(refused, Err(VerifyError::Note(NoteError::Name(_)))));
    // The line of one witness under the name and id of another.
    let own = cosigned(&log(11).0).signatures()[3].bytes.clone();
    assert_eq!(weighed(2, |line| line.bytes = own), spoiled(name, E::Wrong));
    // The log's own line.
    assert_eq!(weighed(0, |line| line.bytes[0] ^= 1), spoiled(crate::fixture::ORIGIN, E::Wrong));
    let unsigned = weighed(0, |line| line.key_id[0] ^= 1);
    assert_eq!(unsigned, Err(VerifyError::UnknownLog(crate::fixture::ORIGIN.into())));
}

#[test]
fn a_key_means_nothing_under_another_name_or_type() {
    let checkpoint = Checkpoint::new(crate::fixture::ORIGIN, 1, log(1).0.root()).unwrap();
    let text = checkpoint.to_string();
    let (log, witness) = (log_signer(), witness(1));
    let raw = witness.verifier().raw().to_vec();
    let as_type = |name: &str, kind| VerifierKey::new(name, kind, &raw).unwrap();
    let name = witness.verifier().name();
    let line = witness.cosign(&checkpoint, 5).unwrap().bytes;
    assert_eq!(witness.verifier().verify(&text, &line), Ok(Some(5)));
    // The same key as one that signs notes: the bytes differ, and so do the ids.
    let as_log = as_type(name, KeyType::Ed25519);
    assert_ne!(as_log.id(), witness.verifier().id());
    assert_eq!(as_log.verify(&text, &line), Err(SignatureError::Wrong));
    assert_eq!(as_log.verify(&text, &line[8..]), Err(SignatureError::Wrong));
    assert_ne!(as_type("other.example", KeyType::CosignatureEd25519).id(), witness.verifier().id());
    // A log's line as if it were a cosignature, its first bytes read as a time.
    let signed = log.sign(&text).unwrap().bytes;
    let as_witness =
        VerifierKey::new(log.verifier().name(), KeyType::CosignatureEd25519, log.verifier().raw());
    assert!(as_witness.unwrap().verify(&text, &signed).is_err());
    // An Ed25519 key has not the length of one of ML-DSA-44.
    assert!(VerifierKey::new(name, KeyType::CosignatureMlDsa44, &raw).is_err());
}

#[test]
fn every_field_of_a_post_quantum_line_is_signed() {
    let cosigner = Cosigner::ml_dsa_44("pq.example", &generate_ml_dsa_44().unwrap()).unwrap();
    let checkpoint = Checkpoint::new("o.example", 2, [7; 32]).unwrap();
    let good = cosigner.cosign(&checkpoint, 6).unwrap().bytes;
    let judge = |checkpoint: &Checkpoint, line: &[u8]| {
        cosigner.verifier().verify(&checkpoint.to_string(), line)
    };
    assert_eq!(judge(&checkpoint, &good), Ok(Some(6)));
    for at in [7, 8, 100, 1000, good.len() - 1] {
        let mut changed = good.clone();
        changed[at] ^= 1;
        assert_eq!(judge(&checkpoint, &changed), Err(SignatureError::Wrong), "byte {at}");
    }
    assert_eq!(judge(&checkpoint, &good[..7]), Err(SignatureError::Malformed));
    assert_eq!(judge(&checkpoint, &good[..good.len() - 1]), Err(SignatureError::Wrong));
    assert_eq!(judge(&checkpoint, &[&good[..], &[0]].concat()), Err(SignatureError::Wrong));
    for other in [
        Checkpoint::new("p.example", 2, [7; 32]),
        Checkpoint::new("o.example", 3, [7; 32]),
        Checkpoint::new("o.example", 2, [8; 32]),
    ] {
        assert_eq!(judge(&other.unwrap(), &good), Err(SignatureError::Wrong));
    }
}
