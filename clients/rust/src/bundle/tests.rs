//! A bundle reads as it was written, and nothing else reads.

use proptest::prelude::*;

use super::zip::{ZipReader, ZipWriter};
use super::*;
use crate::testing::network;

/// A bundle with something in every place.
fn full() -> Bundle {
    let (network, filed, _) = network::case();
    let mut bundle = network.bundle(&filed);
    bundle.clocks = vec![bundle.keys[0].clone()];
    bundle.law = vec![
        LawEvidence { sealed: bundle.keys[1].clone(), assessment: None },
        LawEvidence {
            sealed: bundle.keys[2].clone(),
            assessment: bundle.filings[0].assessment.clone(),
        },
    ];
    bundle.outages = bundle.filings[0].statements.clone();
    bundle.crls = vec![b"no list, and not looked at here".to_vec()];
    bundle
}

/// The entries of a bundle, so that a test can change one and put them together again.
fn entries(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipReader::new(bytes);
    let mut entries = Vec::new();
    while let Some(heading) = zip.next_entry().unwrap() {
        let content = zip.content(&heading, u64::MAX).unwrap();
        entries.push((heading.name, content));
    }
    entries
}

fn rebuilt(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Vec::new());
    entries.iter().for_each(|(name, content)| zip.add(name, content).unwrap());
    zip.finish().unwrap()
}

#[test]
fn a_bundle_reads_as_written() {
    let bundle = full();
    let bytes = bundle.encode().unwrap();
    let read = Bundle::decode(&bytes).unwrap();
    assert_eq!(read, bundle);
    assert_eq!(read.encode().unwrap(), bytes);
}

#[test]
fn documents_are_passed_by_from_a_stream_and_written_from_the_disk() {
    let mut bundle = full();
    let bytes = bundle.encode().unwrap();
    let read = Bundle::read(&bytes[..]).unwrap();
    assert_eq!(read.documents[0].found, bundle.documents[0].name);
    assert_eq!(read.documents[0].bytes, DocumentBytes::Passed);
    assert!(matches!(read.encode(), Err(BundleError::Content { .. })));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paper");
    std::fs::write(&path, network::PAPER).unwrap();
    bundle.documents[0].bytes = DocumentBytes::Disk(path.clone());
    assert_eq!(bundle.encode().unwrap(), bytes);
    std::fs::write(&path, b"another").unwrap();
    assert!(matches!(bundle.encode(), Err(BundleError::Content { .. })));
}

#[test]
fn the_first_entries_tell_what_it_is_in_two_languages() {
    let bytes = full().encode().unwrap();
    let entries = entries(&bytes);
    assert_eq!(entries[0].0, "README.txt");
    let readme = String::from_utf8(entries[0].1.clone()).unwrap();
    assert!(readme.contains("This is a Barid bundle") && readme.contains("هذه حزمة بريد"));
    let line = "00001  2025-11-23T11:10:01Z  appeal_filed  ihec/geo-bas -> ejp/registry, fsc/clerk";
    assert!(readme.contains(line), "{readme}");
    assert_eq!(entries[1], ("format.txt".to_owned(), b"barid-bundle/v1\n".to_vec()));
}

#[test]
fn each_entry_left_out_doubled_or_moved_is_refused_or_gives_a_smaller_bundle() {
    let bytes = full().encode().unwrap();
    let all = entries(&bytes);
    for at in 0..all.len() {
        let mut without = all.clone();
        without.remove(at);
        let without = rebuilt(&without);
        if let Ok(smaller) = Bundle::decode(&without) {
            assert_eq!(smaller.encode().unwrap(), without, "without {}", all[at].0);
        }
        if at > 0 {
            let mut moved = all.clone();
            moved.swap(at, at - 1);
            assert!(Bundle::decode(&rebuilt(&moved)).is_err(), "{} moved up", all[at].0);
        }
        let mut renamed = all.clone();
        renamed[at].0.push('x');
        assert!(Bundle::decode(&rebuilt(&renamed)).is_err(), "{} renamed", all[at].0);
    }
}

#[test]
fn what_an_entry_must_not_hold_is_named() {
    let bytes = full().encode().unwrap();
    let all = entries(&bytes);
    let change = |name: &str, content: &[u8]| {
        let mut changed = all.clone();
        let found = changed.iter_mut().find(|(own, _)| own == name).unwrap();
        found.1 = content.to_vec();
        Bundle::decode(&rebuilt(&changed)).unwrap_err().to_string()
    };
    assert_eq!(change("format.txt", b"barid-bundle/v2\n"), "not a bundle of version 1");
    assert!(change("README.txt", &[0xff]).contains("UTF-8"));
    assert!(change("filings/00001/envelope.bin", &[0xff]).contains("envelope.bin"));
    // An unknown field, which decoding would drop.
    let unknown = [all[2].1.as_slice(), &[0xf8, 0x07, 1]].concat();
    assert!(change("filings/00001/envelope.bin", &unknown).contains("one serialisation"));
    assert!(change("filings/00001/assessment.bin", b"").contains("empty"));
    assert!(change("law/00002/assessment.bin", b"").contains("law/00002/assessment.bin"));
    assert!(change("filings/00001/before.path", &[0; 33]).contains("multiple of 32"));
    assert!(change("documents.sha256", b"").contains("what filings name"));
    assert!(change("policy.txt", b"").contains("empty"));
    assert!(change("filings/00001/signer-1.der", &[0; 5000]).contains("may have 4096"));
}

#[test]
fn documents_come_in_order_and_by_their_one_name() {
    let mut bundle = full();
    let other = NamedDocument {
        name: [0xaa; 32],
        found: [0xaa; 32],
        size: 1,
        bytes: DocumentBytes::Memory(vec![1]),
    };
    bundle.documents = vec![other.clone(), other];
    let twice = bundle.encode().unwrap();
    assert!(matches!(Bundle::decode(&twice), Err(BundleError::Zip(ZipError::NameTwice(_)))));
    let mut all = entries(&full().encode().unwrap());
    let last = all.last_mut().unwrap();
    last.0 = last.0.to_uppercase().replace("DOCUMENTS", "documents");
    let upper = Bundle::decode(&rebuilt(&all));
    assert!(matches!(upper, Err(BundleError::Unexpected(_))), "{upper:?}");
}

#[test]
fn too_many_of_anything_is_refused_when_writing() {
    let mut bundle = full();
    bundle.filings[0].statements = vec![StatementEvidence::default(); STATEMENTS_MAX + 1];
    assert!(matches!(bundle.encode(), Err(BundleError::TooMany { max: STATEMENTS_MAX, .. })));
    let mut bundle = full();
    bundle.law = vec![LawEvidence::default(); FILINGS_MAX + 1];
    let refused = bundle.encode().unwrap_err().to_string();
    assert_eq!(refused, "filings of general effect: 10000, and a bundle holds at most 9999");
}

fn bytes(max: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..max)
}

fn path() -> impl Strategy<Value = Vec<Hash>> {
    prop::collection::vec(any::<Hash>(), 0..4)
}

prop_compose! {
    fn sealed()(
        body in bytes(60),
        payload_type in "[a-z/]{0,9}",
        receipt in bytes(80),
        signer_spkis in prop::collection::vec(bytes(90), 0..4),
    ) -> SealedEnvelope {
        let envelope = SignedEnvelope { body: body.into(), payload_type, signatures: vec![] };
        SealedEnvelope { envelope, receipt, signer_spkis }
    }
}

prop_compose! {
    fn assessment()(
        bytes in prop::collection::vec(any::<u8>(), 1..50),
        path in path(),
    ) -> AssessmentEvidence {
        AssessmentEvidence { bytes, path }
    }
}

prop_compose! {
    fn stated()(bytes in bytes(40), receipt in bytes(60)) -> StatementEvidence {
        StatementEvidence { bytes, receipt }
    }
}

prop_compose! {
    fn law()(
        sealed in sealed(),
        assessment in prop::option::of(assessment()),
    ) -> LawEvidence {
        LawEvidence { sealed, assessment }
    }
}

prop_compose! {
    fn evidence()(
        sealed in sealed(),
        assessment in prop::option::of(assessment()),
        statements in prop::collection::vec(stated(), 0..3),
        before in prop::option::of((bytes(80), path())),
    ) -> Evidence {
        let before = before.map(|(note, path)| Bracket { note, path });
        Evidence { sealed, assessment, statements, before }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bundle_reads_as_written(
        readme in "\\PC{0,40}",
        filings in prop::collection::vec(evidence(), 0..4),
        keys in prop::collection::vec(sealed(), 0..3),
        clocks in prop::collection::vec(sealed(), 0..2),
        law in prop::collection::vec(law(), 0..3),
        outages in prop::collection::vec(stated(), 0..2),
        crls in prop::collection::vec(bytes(40), 0..3),
        policy in "[a-z \n]{0,40}",
    ) {
        let documents = vec![];
        let bundle =
            Bundle { readme, filings, keys, clocks, law, outages, crls, policy, documents };
        let bytes = bundle.encode().unwrap();
        let read = Bundle::decode(&bytes).unwrap();
        prop_assert_eq!(&read, &bundle);
        prop_assert_eq!(read.encode().unwrap(), bytes);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in bytes(400)) {
        let _refused_or_read = Bundle::decode(&bytes);
        let _refused_or_read = Bundle::decode(&[b"PK\x03\x04", &bytes[..]].concat());
    }
}
