//! No mutation of an envelope, leaf, proof, key, cosignature, bundle or rule set makes its reader
//! panic or hang; and what a strict reader takes, it would have written the same way.

#![expect(clippy::expect_used, reason = "seeds are made of values that are right")]

mod ledger;
mod mutate;

use barid_client::bundle::{
    AssessmentEvidence, Bracket, Bundle, DocumentBytes, Evidence, LawEvidence, NamedDocument,
    SealedEnvelope, StatementEvidence,
};
use barid_client::verify::{Believed, Verdict, examine};
use barid_proto::clock::{self, Request, Token};
use barid_proto::enrolment::{self, KeyHistory, KeyStep};
use barid_proto::envelope::{self, Opened, SignedBy};
use barid_proto::key::{Algorithm, FileKey, PublicKey, Signer as _};
use barid_proto::leaf::Leaf;
use barid_proto::rules::{self, Catalogue};
use barid_proto::tlog::add_checkpoint::AddCheckpoint;
use barid_proto::tlog::bundle as entries;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::cosignature::{Cosigner, generate_ml_dsa_44};
use barid_proto::tlog::note::Note;
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::receipt::Receipt;
use barid_proto::tlog::vkey::{KeyType, VerifierKey};
use barid_proto::v1::{
    Address, CaseReference, EnvelopeBody, EnvelopeSignature, EnvelopeSigner, Exhibit,
    FilingContent, FilingKind, HubStatement, KeyAction, KeyEvent, KeyPurpose, KeyVoucher, Officer,
    Query, Rendering, SignedEnvelope, Text, filing_content,
};
use prost::Message;

/// A checkpoint with the shape of a real one; no reader here looks whether signatures hold.
const CHECKPOINT: &str = "hub.example/log\n11\nt/YUZ+E1WUpsMn6d/uiDL2b6wUzZ63mXLX4SCfqzuwo=\n\n\
    — hub.example/log vRK/F7TSbuNwHXFDRz2psKM/eX6o6MZ7q6xKlBZtTR+o0e8/jGYnnReRV9abMfnT5Cmz+Chg\
    YT6lZ5nwMQ0ELUINHgk=\n";

/// A policy with a log, a witness and a group.
fn policy() -> String {
    let key = |name: &str, kind: KeyType, raw: u8| VerifierKey::new(name, kind, &[raw; 32]);
    let log = key("hub.example/log", KeyType::Ed25519, 1).expect("a log's key");
    let witness = key("witness.example", KeyType::CosignatureEd25519, 2).expect("a witness's key");
    format!("log {log}\nwitness w1 {witness}\ngroup all 1 w1\nquorum all\n")
}

fn body() -> EnvelopeBody {
    let question = Text {
        renderings: vec![Rendering { language: "ar".into(), text: "ما العدد؟".into() }],
        authoritative: "ar".into(),
    };
    let query = Query { number: "1".into(), question: Some(question), ..Query::default() };
    EnvelopeBody {
        hub_origin: "hub.example/log".into(),
        envelope_id: vec![1; 16],
        kind: FilingKind::Query.into(),
        sender: Some(Address { institution: "ejp".into(), office: "registry".into() }),
        officer: Some(Officer { name: "كاتب".into(), role: 1, officer_id: String::new() }),
        case: Some(CaseReference { case_id: vec![2; 16], docket_numbers: vec![] }),
        sender_sequence: 300,
        previous_digest: vec![3; 32],
        created_at_unix_ms: 1_764_000_000_000,
        nonce: vec![4; 32],
        signers: vec![EnvelopeSigner { key_id: vec![5; 32], algorithm: 2 }],
        exhibits: vec![Exhibit { number: "E1".into(), sha256: vec![6; 32], ..Exhibit::default() }],
        content: Some(FilingContent { content: Some(filing_content::Content::Query(query)) }),
        ..EnvelopeBody::default()
    }
}

fn signed() -> SignedEnvelope {
    SignedEnvelope {
        body: body().encode_to_vec().into(),
        payload_type: "application/vnd.barid.envelope.v1+protobuf".into(),
        signatures: vec![EnvelopeSignature {
            key_id: vec![5; 32],
            algorithm: 2,
            signature: vec![7; 64],
        }],
    }
}

fn receipt() -> Vec<u8> {
    format!("c2sp.org/tlog-proof@v1\nextra AQAAAY8AAAAA\nindex 3\n\n{CHECKPOINT}").into_bytes()
}

#[test]
fn envelope_bodies() {
    let seeds = [body().encode_to_vec(), EnvelopeBody::default().encode_to_vec()];
    assert!(envelope::decode_body(&seeds[0]).is_ok(), "the seed is right");
    mutate::drive("envelope body", &seeds, &|bytes| {
        if let Ok(read) = envelope::decode_body(bytes) {
            assert_eq!(read.encode_to_vec(), bytes, "two serialisations of one body");
        }
    });
}

#[test]
fn signed_envelopes() {
    mutate::drive("signed envelope", &[signed().encode_to_vec()], &|bytes| {
        if let Ok(envelope) = SignedEnvelope::decode(bytes) {
            let _refused_or_opened = envelope::open(&envelope);
        }
    });
}

/// A token that `openssl ts` made, and the two frames in which tokens travel.
#[test]
fn time_stamp_tokens() {
    let token = include_bytes!("clock-token.der");
    assert!(Token::parse(token).is_ok(), "the seed is right");
    mutate::drive("time-stamp token", &[token.to_vec()], &|bytes| {
        if let Ok(token) = Token::parse(bytes) {
            assert!(token.certificates().contains(&token.signer()));
            let _whose = (clock::name_of(token.signer()), token.signed_bytes());
        }
    });
    let request = Request::new(b"text", [7; clock::NONCE_LEN]).encode();
    mutate::drive("time-stamp request", &[request], &|bytes| {
        if let Ok(request) = Request::parse(bytes) {
            assert_eq!(request.encode(), bytes, "two serialisations of one request");
        }
    });
    let granted = [&[0x30, 0x82, 0, 0, 0x30, 3, 2, 1, 0][..], token].concat();
    let refused = vec![0x30, 0x0b, 0x30, 0x09, 2, 1, 2, 0x30, 4, 0x0c, 2, b'n', b'o'];
    mutate::drive("time-stamp answer", &[framed(granted), refused], &|bytes| {
        if let Ok(token) = clock::granted(bytes) {
            let _read_or_not = Token::parse(token);
        }
    });
}

/// Writes the length of a SEQUENCE with a long length into its head of four bytes.
fn framed(mut sequence: Vec<u8>) -> Vec<u8> {
    let length = u16::try_from(sequence.len() - 4).expect("a short one");
    let [high, low] = length.to_be_bytes();
    for (at, byte) in [(2, high), (3, low)] {
        *sequence.get_mut(at).expect("within") = byte;
    }
    assert!(clock::granted(&sequence).is_ok(), "the seed is right");
    sequence
}

#[test]
fn leaves() {
    let mut seed = b"barid-leaf/v1\n".to_vec();
    seed.extend([1; 105]);
    mutate::drive("leaf", &[seed], &|bytes| {
        if let Ok(leaf) = Leaf::decode(bytes) {
            assert_eq!(leaf.encode(), bytes, "two serialisations of one leaf");
        }
    });
}

#[test]
fn notes_and_checkpoints() {
    let seeds = [CHECKPOINT.as_bytes().to_vec()];
    assert!(Note::parse(&seeds[0]).is_ok(), "the seed is right");
    mutate::drive("checkpoint", &seeds, &|bytes| {
        if let Ok(note) = Note::parse(bytes) {
            assert_eq!(note.to_string().as_bytes(), bytes, "two writings of one note");
            let _refused_or_read = Checkpoint::parse(note.text());
        }
    });
}

#[test]
fn receipts() {
    assert!(Receipt::parse(&receipt()).is_ok(), "the seed is right");
    mutate::drive("receipt", &[receipt()], &|bytes| {
        if let Ok(read) = Receipt::parse(bytes) {
            assert_eq!(read.to_string().as_bytes(), bytes, "two writings of one receipt");
        }
    });
}

#[test]
fn policies() {
    let seed = policy().into_bytes();
    assert!(Policy::parse(&seed).is_ok(), "{:?}", Policy::parse(&seed).err());
    mutate::drive("policy", &[seed], &|bytes| {
        let _refused_or_read = Policy::parse(bytes);
    });
}

#[test]
fn questions_to_witnesses() {
    let hash = "t/YUZ+E1WUpsMn6d/uiDL2b6wUzZ63mXLX4SCfqzuwo=";
    let seed = format!("old 7\n{hash}\n{hash}\n\n{CHECKPOINT}").into_bytes();
    assert!(AddCheckpoint::parse(&seed).is_ok(), "the seed is right");
    mutate::drive("question to a witness", &[seed], &|bytes| {
        if let Ok(read) = AddCheckpoint::parse(bytes) {
            assert_eq!(read.to_string().as_bytes(), bytes, "two writings of one question");
        }
    });
}

/// The bytes of a cosignature line: none but those that were made verify.
#[test]
fn cosignatures() {
    let checkpoint = Checkpoint::new("hub.example/log", 2, [7; 32]).expect("a checkpoint");
    let text = checkpoint.to_string();
    let key = FileKey::generate(barid_proto::key::Algorithm::Ed25519).expect("a key");
    let pem = generate_ml_dsa_44().expect("a key");
    for cosigner in [
        Cosigner::ed25519("w1.example", Box::new(key)).expect("a witness's key"),
        Cosigner::ml_dsa_44("w1.example", &pem).expect("a witness's key"),
    ] {
        let good = cosigner.cosign(&checkpoint, 1_764_000_000).expect("a key in memory").bytes;
        mutate::drive("cosignature", std::slice::from_ref(&good), &|bytes| {
            let valid = cosigner.verifier().verify(&text, bytes).is_ok();
            assert_eq!(valid, bytes == good, "another line than the one that was made");
        });
    }
}

#[test]
fn verifier_keys() {
    let policy = policy();
    let seeds = policy.lines().filter_map(|line| line.split_whitespace().last());
    let seeds: Vec<Vec<u8>> =
        seeds.filter(|s| s.len() > 40).map(|s| s.as_bytes().to_vec()).collect();
    assert_eq!(policy.lines().count() - seeds.len(), 2, "a log's key and a witness's");
    mutate::drive("verifier key", &seeds, &|bytes| {
        let read = std::str::from_utf8(bytes).ok().and_then(|text| text.parse().ok());
        if let Some(read) = read {
            let read: VerifierKey = read;
            assert_eq!(read.to_string().as_bytes(), bytes, "two writings of one key");
        }
    });
}

#[test]
fn entry_bundles() {
    let mut seed = Vec::new();
    for leaf in [&[1_u8; 119][..], &[2; 119], &[]] {
        entries::append_leaf(&mut seed, leaf).expect("a leaf of a length that fits");
    }
    mutate::drive("entry bundle", &[seed], &|bytes| {
        let _refused_or_read = entries::leaves(bytes);
    });
}

#[test]
fn filing_bundles() {
    let sealed =
        SealedEnvelope { envelope: signed(), receipt: receipt(), signer_spkis: vec![vec![8; 44]] };
    let filing = Evidence {
        sealed: sealed.clone(),
        assessment: Some(AssessmentEvidence { bytes: vec![9; 10], path: vec![[1; 32]] }),
        statements: vec![StatementEvidence { bytes: vec![7; 20], receipt: receipt() }],
        before: Some(Bracket { note: CHECKPOINT.into(), path: vec![[2; 32]; 2] }),
    };
    let mut bundle = Bundle::of(vec![filing]);
    let assessment = bundle.filings.first().and_then(|filing| filing.assessment.clone());
    bundle.law.push(LawEvidence { sealed: sealed.clone(), assessment });
    bundle.keys.push(sealed);
    bundle.policy = policy();
    let seed = bundle.encode().expect("a bundle that fits");
    assert_eq!(Bundle::decode(&seed).expect("the seed is right"), bundle);
    mutate::drive("filing bundle", &[seed], &|bytes| {
        if let Ok(read) = Bundle::decode(bytes) {
            let again = read.encode().expect("what was read can be written");
            assert_eq!(again, bytes, "two writings of one bundle");
        }
    });
}

/// What lies in a bundle changes under a right frame: checksums and directory are made anew, so
/// that the verifier sees it.
#[test]
fn contents_of_filing_bundles() {
    let policy = Policy::parse(policy().as_bytes()).expect("the policy is right");
    let filing = |envelope: &[u8], receipt: &[u8], statement: &[u8]| Evidence {
        sealed: SealedEnvelope {
            envelope: SignedEnvelope::decode(envelope).unwrap_or_default(),
            receipt: receipt.to_vec(),
            signer_spkis: vec![vec![8; 44]],
        },
        assessment: Some(AssessmentEvidence { bytes: statement.to_vec(), path: vec![[1; 32]] }),
        statements: vec![StatementEvidence {
            bytes: statement.to_vec(),
            receipt: receipt.to_vec(),
        }],
        before: Some(Bracket { note: receipt.to_vec(), path: vec![] }),
    };
    let statement = HubStatement { kind: 1, envelope_digests: vec![vec![1; 32]], ..<_>::default() };
    let seeds = [signed().encode_to_vec(), receipt(), statement.encode_to_vec()];
    let known = Catalogue::built_in().expect("they are good");
    mutate::drive("contents of a bundle", &seeds, &|bytes| {
        let filings = vec![
            filing(bytes, &receipt(), &seeds[2]),
            filing(&seeds[0], bytes, &seeds[2]),
            filing(&seeds[0], &receipt(), bytes),
        ];
        let mut bundle = Bundle::of(filings);
        bundle.keys.push(bundle.filings[0].sealed.clone());
        bundle.crls.push(bytes.to_vec());
        bundle.law = bundle.filings.iter().cloned().map(Into::into).collect();
        bundle.outages = bundle.filings.iter().flat_map(|one| one.statements.clone()).collect();
        let (name, read) = ([3; 32], DocumentBytes::Memory(bytes.to_vec()));
        let size = bytes.len() as u64;
        bundle.documents.push(NamedDocument { name, found: name, size, bytes: read });
        let believed = Believed {
            policy: &policy,
            roots: None,
            tsa_roots: None,
            rules: &known,
            without_roots: true,
            strict: true,
        };
        assert_ne!(examine(&bundle, &believed).verdict(), Verdict::Valid, "nothing was signed");
    });
}

#[test]
fn key_events() {
    let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
    let public = key.public_key();
    let message = enrolment::voucher_message("hub.example/log", &public.id());
    let signature = key.sign(&message).expect("a key in memory signs");
    let event = KeyEvent {
        action: KeyAction::Add.into(),
        spki: public.spki().to_vec(),
        purpose: KeyPurpose::Seal.into(),
        holder: Some(Address { institution: "ejp".into(), office: "registry".into() }),
        voucher: Some(KeyVoucher { certificates: vec![vec![7; 90]], signature }),
        ..KeyEvent::default()
    };
    let signed_by = SignedBy {
        key_id: public.id(),
        algorithm: public.algorithm(),
        bytes: vec![9; public.algorithm().signature_len()],
    };
    mutate::drive("key event", &[event.encode_to_vec()], &|bytes| {
        let Ok(event) = KeyEvent::decode(bytes) else { return };
        let _refused_or_good = enrolment::verify_voucher("hub.example/log", &event, public);
        let content = filing_content::Content::KeyEvent(event);
        let body = EnvelopeBody {
            kind: FilingKind::KeyEvent.into(),
            content: Some(FilingContent { content: Some(content) }),
            ..body()
        };
        let signatures = vec![signed_by.clone(), signed_by.clone()];
        let opened = Opened { body, signed_bytes: Vec::new(), signatures };
        let mut history = KeyHistory::new("hub.example/log");
        let _refused = history.admit(1, &opened);
        if let Ok(step) = KeyStep::parse(&opened) {
            let _refused_or_done = history.apply(2, step);
        }
    });
}

/// A law, and a regulation over it: what is read again is the same, and every wrong text says what
/// is wrong and where.
#[test]
fn rule_sets() {
    let law = include_str!("../../proto/tests/rules/law.toml");
    let regulation = include_str!("../../proto/tests/rules/regulation.toml");
    let mut known = Catalogue::default();
    known.add(law).expect("the seed is right");
    known.add(regulation).expect("the seed is right");
    let seeds = [law, regulation].map(|text| text.as_bytes().to_vec());
    mutate::drive("rule set", &seeds, &|bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return };
        match rules::parse(text, &known) {
            Ok(set) => {
                let again = rules::parse(text, &known).expect("it was read before");
                assert_eq!(rules::diff(&set, &again), [], "two readings of one text");
                let _odd_or_not = rules::lint(&set);
                for rule in &set.rules {
                    let readings = set.readings(rule).len();
                    assert!((1..=rules::READINGS_MAX).contains(&readings), "{readings} readings");
                }
            }
            Err(problems) => {
                assert!(!problems.0.is_empty(), "refused without a word");
                let lines = text.lines().count() + 1;
                assert!(problems.0.iter().all(|problem| problem.line <= lines), "{problems}");
            }
        }
    });
}

#[test]
fn keys() {
    let key = FileKey::generate(barid_proto::key::Algorithm::Ed25519).expect("a key");
    let pem = key.to_pem().expect("its PEM").as_bytes().to_vec();
    mutate::drive("private key", &[pem], &|bytes| {
        if let Ok(text) = std::str::from_utf8(bytes) {
            let _refused_or_read = FileKey::from_pem(text);
        }
    });
    let spki = barid_proto::key::Signer::public_key(&key).spki().to_vec();
    mutate::drive("public key", &[spki], &|bytes| {
        let _refused_or_read = PublicKey::from_spki(bytes);
    });
}
