//! Lies about what others filed: to whoever receives.

use barid_client::draft::HashedDocument;
use barid_client::proto::chunk::CHUNK_BYTES;
use barid_client::proto::envelope;
use barid_client::proto::key::{Algorithm, FileKey, Signer as _};
use barid_client::proto::v1::{
    Address, ChunkHashes, EnvelopeBody, EnvelopeSignature, EnvelopeSigner, FilingAssessment,
    ListChunksResponse, SealedFiling, SignedEnvelope, StatExhibitResponse,
};
use barid_tests::raw::PAYLOAD_TYPE;
use prost::Message as _;

use super::knowledge::wire;
use super::noticed;
use super::office::LiedTo;
use super::server::Forger;

/// An envelope as its sender signs it, by hand.
pub(super) fn signed(key: &FileKey, change: impl FnOnce(&mut EnvelopeBody)) -> SignedEnvelope {
    let key_id = key.public_key().id().as_bytes().to_vec();
    let algorithm = i32::from(key.public_key().algorithm().wire());
    let signer = EnvelopeSigner { key_id: key_id.clone(), algorithm };
    let mut body = EnvelopeBody {
        hub_origin: "hub.test/log".to_owned(),
        envelope_id: vec![1; 16],
        nonce: vec![2; 32],
        sender_sequence: 1,
        signers: vec![signer],
        ..EnvelopeBody::default()
    };
    change(&mut body);
    let body = body.encode_to_vec();
    let signature =
        key.sign(&envelope::pre_authentication(PAYLOAD_TYPE, &body)).expect("a key in memory");
    SignedEnvelope {
        body: body.into(),
        payload_type: PAYLOAD_TYPE.to_owned(),
        signatures: vec![EnvelopeSignature { key_id, algorithm, signature }],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn envelopes_of_one_key_in_another_order_are_noticed() {
    let forger = Forger::start().await;
    let reader = LiedTo::at(&forger, "council");
    let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
    {
        let mut known = forger.knows();
        for sequence in [2, 1] {
            let envelope = signed(&key, |body| body.sender_sequence = sequence);
            known.take(&envelope);
        }
        let spki = key.public_key().spki();
        let served = known.taken.clone().iter().map(|taken| known.sealed(taken, spki)).collect();
        known.inbox = served;
    }
    reader.receive(0).await.expect("one alone is in no order");
    noticed(reader.receive(1).await, "envelope 1 of a key is leaf 7", "exchanged");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_envelope_for_another_hub_is_not_taken_from_this_one() {
    let forger = Forger::start().await;
    let reader = LiedTo::at(&forger, "council");
    let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
    {
        let mut known = forger.knows();
        let taken = known.take(&signed(&key, |body| body.hub_origin = "other.test/log".to_owned()));
        let served = known.sealed(&taken, key.public_key().spki());
        known.inbox.push(served);
    }
    noticed(reader.receive(0).await, "an envelope for other.test/log", "replayed");
}

/// What is done to a filing that is served, and what its reader says.
type Served = (&'static str, fn(&mut SealedFiling), &'static str);

fn in_envelope(filing: &mut SealedFiling, change: impl FnOnce(&mut SignedEnvelope)) {
    change(filing.envelope.as_mut().expect("it is there"));
}

const SERVED: [Served; 8] = [
    (
        "a bit of the body",
        |f| {
            in_envelope(f, |e| {
                let mut body = e.body.to_vec();
                let last = body.len() - 1;
                body[last] ^= 1;
                e.body = body.into();
            })
        },
        "the envelope does not hold",
    ),
    (
        "a bit of the signature",
        |f| in_envelope(f, |e| e.signatures[0].signature[9] ^= 1),
        "signature does not verify",
    ),
    ("no signature", |f| in_envelope(f, |e| e.signatures.clear()), "do not match the signers"),
    (
        "another key beside it",
        |f| {
            let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
            f.signer_spkis = vec![key.public_key().spki().to_vec()];
        },
        "do not match the signers",
    ),
    ("no key beside it", |f| f.signer_spkis.clear(), "0 keys for 1 signatures"),
    ("the receipt of nobody", |f| f.receipt = None, "not a receipt"),
    (
        "the assessment of another envelope",
        |f| {
            let other = FilingAssessment { envelope_digest: vec![1; 32], ..Default::default() };
            f.assessment = other.encode_to_vec().into();
        },
        "assessment does not belong",
    ),
    (
        "an assessment that is none",
        |f| f.assessment = vec![0xff; 9].into(),
        "assessment does not belong",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_change_to_what_is_served_is_noticed() {
    for (lie, change, why) in SERVED {
        let forger = Forger::start().await;
        let reader = LiedTo::at(&forger, "council");
        let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
        {
            let mut known = forger.knows();
            let taken = known.take(&signed(&key, |_| ()));
            let mut served = known.sealed(&taken, key.public_key().spki());
            change(&mut served);
            known.inbox.push(served);
        }
        noticed(reader.receive(0).await, why, lie);
        assert_eq!(reader.kept(), (0, 1), "{lie}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assessment_that_is_not_in_the_log_is_noticed() {
    let forger = Forger::start().await;
    let reader = LiedTo::at(&forger, "council");
    let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
    let (leaves, served, honest) = {
        let mut known = forger.knows();
        let taken = known.take(&signed(&key, |_| ()));
        let mut served = known.sealed(&taken, key.public_key().spki());
        let honest = served.assessment.clone();
        let mut other = FilingAssessment::decode(honest.as_ref()).expect("an assessment");
        other.consigned_to.push(Address::default());
        served.assessment = other.encode_to_vec().into();
        known.inbox = vec![served.clone()];
        (taken.index + 2, served, honest)
    };
    let why = "assessment does not belong";
    noticed(reader.receive(0).await, why, "exchanged");
    // The right one, with the proof of another leaf.
    let told = SealedFiling { assessment: honest, ..served };
    let path = wire(&forger.knows().log.inclusion(0, leaves));
    forger.knows().inbox = vec![SealedFiling { assessment_path: path, ..told.clone() }];
    noticed(reader.receive(0).await, why, "proof");
    forger.knows().inbox = vec![told];
    reader.receive(0).await.expect("the truth");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_of_another_digest_is_not_given_on() {
    let forger = Forger::start().await;
    let reader = LiedTo::at(&forger, "council");
    let document = b"the ruling".to_vec();
    let digest = barid_client::draft::HashedDocument::in_memory(document.clone()).sha256;
    forger.knows().lies.wrong_document = Some(document.clone());
    assert_eq!(reader.client.fetch(digest, 100).await.expect("it is the one"), document);
    forger.knows().lies.wrong_document = Some(b"the rulinG".to_vec());
    let refused = reader.client.fetch(digest, 100).await.expect_err("one bit was changed");
    assert!(refused.to_string().contains("another digest"), "{refused}");
    let refused = reader.client.fetch(digest, 3).await.expect_err("longer than asked for");
    assert!(refused.to_string().contains("more than 3 bytes"), "{refused}");
}

/// Chunk by chunk, by a root that somebody signed or by the digest alone.
#[tokio::test(flavor = "multi_thread")]
async fn no_chunk_of_another_document_is_given_on() {
    let forger = Forger::start().await;
    let reader = LiedTo::at(&forger, "council");
    let document = vec![7; usize::try_from(2 * CHUNK_BYTES).expect("small") + 9];
    let true_one = HashedDocument::in_memory(document.clone());
    let root = true_one.chunks.root();
    let mut other = document.clone();
    *other.last_mut().expect("not empty") = 8;
    let false_one = HashedDocument::in_memory(other.clone());
    let told = |of: &HashedDocument| {
        let size_bytes = of.size_bytes;
        let chunk_root = of.chunks.root().to_vec();
        let stat = StatExhibitResponse {
            complete: true,
            size_bytes,
            chunk_root,
            ..StatExhibitResponse::default()
        };
        let packed = of.chunks.packed().to_vec().into();
        (stat, ListChunksResponse { hashes: Some(ChunkHashes { packed }), size_bytes })
    };
    let path = forger.folder.path().join("fetched");
    let fetch = async |bytes: &[u8], of: &HashedDocument, root: &[u8]| {
        forger.knows().lies.wrong_document = Some(bytes.to_vec());
        forger.knows().lies.told = Some(told(of));
        let client = &reader.client;
        client.download_proven(true_one.sha256, root, &path, &mut |_, _| {}).await
    };
    // The list is the document's and a chunk is not; then the list is another's, too.
    for proven in [&root[..], &[]] {
        let refused = fetch(&other, &true_one, proven).await.expect_err("the last byte is wrong");
        assert!(refused.to_string().contains("for chunk 2"), "{refused}");
        assert!(!path.exists());
    }
    let refused = fetch(&other, &false_one, &root).await.expect_err("another list");
    assert!(refused.to_string().contains("another root"), "{refused}");
    let refused = fetch(&other, &false_one, &[]).await.expect_err("another document");
    assert!(refused.to_string().contains("another digest"), "{refused}");
    assert!(!path.exists());
    fetch(&document, &true_one, &root).await.expect("the truth");
    assert_eq!(std::fs::read(&path).expect("it is there"), document);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filing_that_is_kept_from_its_recipient_leaves_a_gap() {
    let forger = Forger::start().await;
    let reader = LiedTo::at(&forger, "council");
    let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
    {
        let mut known = forger.knows();
        let taken = known.take(&signed(&key, |_| ()));
        let served = known.sealed(&taken, key.public_key().spki());
        known.inbox.push(served);
        known.lies.positions = Some(vec![2]);
    }
    noticed(reader.receive(0).await, "position 1 is next", "the first kept back");
    reader.receive(1).await.expect("nothing is missing before it");
    // And one that says the same for ever.
    forger.knows().lies.positions = Some(vec![1; 10_001]);
    noticed(reader.receive(1).await, "position 2 is next", "always the first");
}
