//! A case that holds, one lie after another that is found, and what no lie can hide.

use std::collections::BTreeSet;
use std::time::Instant;

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    Acknowledgement, EnvelopeReference, FilingContent, KeyAction, KeyEvent, KeyPurpose,
    SeenCheckpoint,
};

use super::*;
use crate::bundle::zip::{ZipReader, ZipWriter};
use crate::bundle::{DocumentBytes, NamedDocument};
use crate::custody::{self, EventKind, SignedBy};
use crate::testing::authority::{Authority, Desk, uri};
use crate::testing::network::{self, Network, Sealed, address};
use crate::verify::{Verdict, recompute};
use barid_proto::key::Signer as _;
use barid_proto::v1::{Address, EnvelopeBody};

fn roots(network: &Network) -> Roots {
    Roots::parse(network.authority.pem.as_bytes()).unwrap()
}

/// Somebody who believes this policy, has the rule sets that come along, and is not strict.
fn believing<'a>(policy: &'a Policy, rules: &'a Catalogue) -> Believed<'a> {
    let (roots, tsa_roots) = (None, None);
    Believed { policy, roots, tsa_roots, rules, without_roots: false, strict: false }
}

fn known() -> Catalogue {
    Catalogue::built_in().unwrap()
}

fn examined(network: &Network, bundle: &Bundle) -> Report {
    let (policy, roots) = (network.policy(), roots(network));
    examine(bundle, &Believed { roots: Some(&roots), ..believing(&policy, &known()) })
}

fn codes(report: &Report) -> Vec<Code> {
    report.findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn an_honest_case_proves_who_what_when_and_in_which_order() {
    let (network, filed, desks) = network::case();
    let report = examined(&network, &network.bundle(&filed));
    assert_eq!(report.findings, []);
    assert_eq!(report.verdict(), Verdict::Valid);
    let [appeal, handed_over, registered, refused] = report.filings.as_slice() else { panic!() };
    assert_eq!(appeal.signers[0].holder.as_ref(), Some(&desks[0].address));
    assert_eq!(appeal.signers[0].authority.as_deref(), Some("CN=Network authority"));
    assert_eq!(appeal.witnesses, ["w1", "w2", "w3"]);
    let start = network::START_MS / 1000;
    // The witnesses sign one second apart; of four, one may lie: the second smallest and largest.
    assert_eq!((appeal.not_before, appeal.existed_by), (Some(start + 1), Some(start + 2)));
    assert_eq!(appeal.order, Order::First);
    assert_eq!(handed_over.order, Order::Witnessed);
    assert_eq!((registered.order, refused.order), (Order::Witnessed, Order::Witnessed));
    assert!(appeal.documents[0].present);
    assert_eq!(appeal.statements.len(), 2);
    assert_eq!(appeal.assessment.as_ref().unwrap().consigned_to.len(), 2);
}

#[test]
fn the_chain_of_custody_has_each_event_by_its_name() {
    let (network, filed, desks) = network::case();
    let report = examined(&network, &network.bundle(&filed));
    let [basra, panel, court] = desks.map(|desk| desk.address);
    let events = custody::events(&report);
    let told: Vec<_> = events.iter().map(|event| (event.kind, &event.office)).collect();
    let expected = [
        (EventKind::SubmissionAcceptance, &basra),
        (EventKind::ContentConsignment, &panel),
        (EventKind::ContentConsignment, &court),
        (EventKind::ContentAccessTracking, &panel),
        (EventKind::ContentHandover, &panel),
        (EventKind::ConsignmentAcceptance, &panel),
        (EventKind::AcceptanceRejectionExpiry, &court),
        (EventKind::ConsignmentRejection, &court),
    ];
    assert_eq!(told, expected);
    assert!(events.iter().all(|event| event.about == filed[0].digest));
    assert!(events.iter().all(|event| event.about_sender.as_ref() == Some(&basra)));
    let signed: Vec<SignedBy> = events.iter().map(|event| event.signed_by).collect();
    assert_eq!(signed.iter().filter(|by| **by == SignedBy::Office).count(), 3);
    let number = events[5].docket_number.as_ref().unwrap();
    assert_eq!(number.literal, "612/الهيئة القضائية للانتخابات/2025");
    assert_eq!(events[7].grounds, ["no-competence"]);
    assert_eq!(events[4].kind.uri(), "http://uri.etsi.org/19522/Event/ContentHandover");
}

#[test]
fn without_roots_it_is_open_whose_the_keys_are() {
    let (network, filed, _) = network::case();
    let (bundle, policy) = (network.bundle(&filed), network.policy());
    let known = known();
    let mut believed = believing(&policy, &known);
    let report = examine(&bundle, &believed);
    assert_eq!(report.verdict(), Verdict::Undecided);
    // Once for each of the three keys, not for each filing.
    assert_eq!(codes(&report), [Code::RootsMissing; 3]);
    believed.without_roots = true;
    let report = examine(&bundle, &believed);
    assert_eq!(report.verdict(), Verdict::Valid);
    assert_eq!(report.filings[0].signers[0].authority, None);
    let bare = Bundle { keys: vec![], ..bundle };
    assert_eq!(examine(&bare, &believed).verdict(), Verdict::Valid);
    assert_eq!(examine(&bare, &believed).filings[0].signers[0].holder, None);
}

#[test]
fn two_offices_between_two_checkpoints_count_as_simultaneous() {
    let mut network = Network::new();
    let (mut one, mut other) = (network.office("a", "x"), network.office("b", "y"));
    network.witness();
    let to = address("c", "z");
    let mut filed = vec![network.appeal(&mut one, &[&to]), network.appeal(&mut other, &[&to])];
    filed.push(network.appeal(&mut other, &[&to]));
    let third = filed[2].clone();
    let content = Acknowledgement { envelope_digest: third.digest.to_vec(), ..<_>::default() };
    let content = Content::Acknowledgement(content);
    filed.push(network.answer(&mut one, &third, FilingKind::Acknowledgement, content));
    network.witness();
    filed.reverse();
    let report = examined(&network, &network.bundle(&filed));
    let orders: Vec<Order> = report.filings.iter().map(|filing| filing.order).collect();
    assert_eq!(orders, [Order::First, Order::Simultaneous, Order::Chained, Order::Answers]);
}

/// A lie: makes a bundle, and says what has to be found in it.
type Lie = (&'static str, Code, fn() -> (Network, Bundle));

/// A network with one office, witnessed, and what it files when `act` is done.
fn acted(act: fn(&mut Network, &mut Desk) -> Vec<Sealed>) -> (Network, Bundle) {
    let mut network = Network::new();
    let mut desk = network.office("ihec", "geo-bas");
    network.witness();
    let filed = act(&mut network, &mut desk);
    network.witness();
    let bundle = network.bundle(&filed);
    (network, bundle)
}

fn to() -> Address {
    address("ejp", "registry")
}

fn appeals(network: &mut Network, desk: &mut Desk, count: usize) -> Vec<Sealed> {
    (0..count).map(|_| network.appeal(desk, &[&to()])).collect()
}

/// The honest case with something changed in the bundle.
fn changed(change: fn(&mut Bundle)) -> (Network, Bundle) {
    let (network, filed, _) = network::case();
    let mut bundle = network.bundle(&filed);
    change(&mut bundle);
    (network, bundle)
}

/// Everything that can be found, each with a lie that makes it so.
const LIES: &[Lie] = &[
    ("nothing in it", Code::Empty, || changed(|bundle| bundle.filings.clear())),
    ("half an envelope", Code::EnvelopeMalformed, || {
        changed(|bundle| bundle.filings[0].sealed.envelope.body.truncate(40))
    }),
    ("a signature of another", Code::SignatureWrong, || {
        changed(|bundle| bundle.filings[0].sealed.envelope.signatures[0].signature[5] ^= 1)
    }),
    ("a key of another", Code::SignatureWrong, || {
        changed(|bundle| {
            bundle.filings[0].sealed.signer_spkis = bundle.filings[1].sealed.signer_spkis.clone()
        })
    }),
    ("half a receipt", Code::ReceiptMalformed, || {
        changed(|bundle| bundle.filings[0].sealed.receipt.truncate(40))
    }),
    ("a checkpoint nobody signed", Code::CheckpointForged, || {
        changed(|bundle| {
            let receipt = String::from_utf8(bundle.filings[0].sealed.receipt.clone()).unwrap();
            let forged = receipt.replace("hub.test/log\n5\n", "hub.test/log\n6\n");
            assert_ne!(receipt, forged);
            bundle.filings[0].sealed.receipt = forged.into_bytes();
        })
    }),
    ("a log nobody knows", Code::LogUnknown, || {
        let (_, bundle) = changed(|_| {});
        (Network::new(), bundle)
    }),
    ("two witnesses of four", Code::NoQuorum, || {
        changed(|bundle| {
            let receipt = String::from_utf8(bundle.filings[0].sealed.receipt.clone()).unwrap();
            let last = receipt.trim_end().rfind('\n').unwrap() + 1;
            bundle.filings[0].sealed.receipt.truncate(last);
        })
    }),
    ("another time in the receipt", Code::NotIncluded, || {
        changed(|bundle| {
            let mut receipt = Receipt::parse(&bundle.filings[0].sealed.receipt).unwrap();
            receipt.extra[8] ^= 1;
            bundle.filings[0].sealed.receipt = receipt.to_string().into_bytes();
        })
    }),
    ("signed for another hub", Code::OtherHub, || {
        acted(|network, desk| {
            let other = |body: &mut EnvelopeBody| body.hub_origin = "hub.other/log".into();
            vec![network.file_envelope(desk, FilingKind::AppealFiled, &[&to()], other)]
        })
    }),
    ("an appeal as an answer", Code::LeafKind, || {
        acted(|network, desk| {
            let mut filed = appeals(network, desk, 1);
            let Sealed { envelope, spkis, .. } = filed.remove(0);
            vec![network.seal(envelope, spkis, LeafKind::Answer)]
        })
    }),
    ("no key events", Code::KeyUnproven, || changed(|bundle| bundle.keys.clear())),
    ("a key retired before", Code::KeyNotInUse, || {
        acted(|network, desk| {
            let spki = desk.key.public_key().spki().to_vec();
            let (action, purpose) = (KeyAction::Retire.into(), KeyPurpose::Seal.into());
            network.key_event(desk, KeyEvent { action, purpose, spki, ..KeyEvent::default() });
            appeals(network, desk, 1)
        })
    }),
    ("in the name of another office", Code::KeyNotInUse, || {
        acted(|network, desk| {
            let other = |body: &mut EnvelopeBody| body.sender = Some(address("ihec", "national"));
            vec![network.file_envelope(desk, FilingKind::AppealFiled, &[&to()], other)]
        })
    }),
    ("a key that nobody vouches for", Code::KeyHistory, || {
        acted(|network, _| {
            let mut stranger = network.authority.desk(address("ihec", "geo-nin"), |_| {});
            let event = KeyEvent {
                action: KeyAction::Add.into(),
                spki: stranger.key.public_key().spki().to_vec(),
                purpose: KeyPurpose::Seal.into(),
                ..KeyEvent::default()
            };
            network.key_event(&mut stranger, event);
            appeals(network, &mut stranger, 1)
        })
    }),
    ("an authority nobody knows", Code::RootUnknown, || {
        let (mut network, bundle) = changed(|_| {});
        network.authority = Authority::new("Another authority");
        (network, bundle)
    }),
    ("a certificate of another office", Code::CertificateWrong, || {
        acted(|network, _| {
            let mut liar = network.authority.desk(address("ihec", "geo-nin"), |params| {
                params.subject_alt_names = vec![uri("ihec", "national")];
            });
            network.enrol(&mut liar);
            appeals(network, &mut liar, 1)
        })
    }),
    ("a certificate that had run out", Code::CertificateWrong, || {
        acted(|network, _| {
            let mut late = network.authority.desk(address("ihec", "geo-nin"), |params| {
                params.not_after = rcgen::date_time_ymd(2025, 1, 1);
            });
            network.enrol(&mut late);
            appeals(network, &mut late, 1)
        })
    }),
    ("a certificate revoked before", Code::CertificateWrong, || {
        let (network, mut bundle) = changed(|_| {});
        bundle.crls = vec![network.authority.revoke(2024)];
        (network, bundle)
    }),
    ("a certificate revoked later", Code::RevokedLater, || {
        let (network, mut bundle) = changed(|_| {});
        bundle.crls = vec![network.authority.revoke(2026)];
        (network, bundle)
    }),
    ("a certificate whose key did not sign", Code::CertificateWrong, || {
        acted(|network, _| {
            let mut thief = network.authority.desk(address("ihec", "geo-nin"), |_| {});
            thief.certificate_key = network.authority.desk(to(), |_| {}).certificate_key;
            network.enrol(&mut thief);
            appeals(network, &mut thief, 1)
        })
    }),
    ("no earlier checkpoint", Code::NoBracket, || {
        changed(|bundle| bundle.filings[0].before = None)
    }),
    ("a later checkpoint as the earlier", Code::BracketCovers, || {
        changed(|bundle| bundle.filings[0].before = bundle.filings[3].before.clone())
    }),
    ("history rewritten before it was filed", Code::BracketForked, || {
        let mut network = Network::new();
        let mut desk = network.office("ihec", "geo-bas");
        network.log.append([5; 32]);
        network.witness();
        let filed = appeals(&mut network, &mut desk, 1);
        network.witness();
        let mut bundle = network.bundle(&filed);
        network.log.rewrite(0);
        let (size, time) = (1, network::START_MS / 1000);
        let before = bundle.filings[0].before.as_mut().unwrap();
        before.note = network.cosigned(size, time, 3).to_string().into_bytes();
        (network, bundle)
    }),
    ("two trees of one size", Code::TwoHistories, || {
        let (mut network, filed, _) = network::case();
        let mut bundle = network.bundle(&filed[..1]);
        network.log.rewrite(0);
        bundle.filings.push(network.evidence(&filed[0]));
        (network, bundle)
    }),
    ("backdated by an hour", Code::TimeOutside, || {
        acted(|network, desk| {
            network.skew_ms = -3_600_000;
            appeals(network, desk, 1)
        })
    }),
    ("postdated by an hour", Code::TimeOutside, || {
        acted(|network, desk| {
            network.skew_ms = 3_600_000;
            appeals(network, desk, 1)
        })
    }),
    ("accepted after its limit", Code::AcceptedLate, || {
        acted(|network, desk| {
            let limited = |body: &mut EnvelopeBody| body.not_after_unix_ms = 1;
            vec![network.file_envelope(desk, FilingKind::AppealFiled, &[&to()], limited)]
        })
    }),
    ("a clock that goes backwards", Code::TimeBackwards, || {
        acted(|network, desk| {
            let mut filed = appeals(network, desk, 1);
            network.skew_ms = -1;
            filed.extend(appeals(network, desk, 1));
            filed
        })
    }),
    ("another tree shown to the sender", Code::SeenOther, || {
        acted(|network, desk| {
            let seen = |body: &mut EnvelopeBody| {
                body.last_seen = Some(SeenCheckpoint { size: 1, root: vec![9; 32] });
            };
            vec![network.file_envelope(desk, FilingKind::AppealFiled, &[&to()], seen)]
        })
    }),
    ("another assessment", Code::AssessmentWrong, || {
        changed(|bundle| bundle.filings[0].assessment.as_mut().unwrap().path[0][0] ^= 1)
    }),
    ("an assessment without a path", Code::AssessmentUnproven, || {
        changed(|bundle| bundle.filings[0].assessment.as_mut().unwrap().path.clear())
    }),
    ("a statement about another filing", Code::StatementWrong, || {
        changed(|bundle| bundle.filings[1].statements = bundle.filings[0].statements.clone())
    }),
    ("a link of the chain replaced", Code::ChainBroken, || {
        acted(|network, desk| {
            let mut filed = appeals(network, desk, 1);
            desk.previous = [3; 32];
            filed.extend(appeals(network, desk, 1));
            filed
        })
    }),
    ("one number twice", Code::ChainForked, || {
        acted(|network, desk| {
            let mut filed = appeals(network, desk, 1);
            desk.sequence -= 1;
            filed.extend(appeals(network, desk, 1));
            filed
        })
    }),
    ("the sender's order turned around", Code::ChainReordered, || {
        acted(|network, desk| {
            desk.sequence += 1;
            let mut filed = appeals(network, desk, 1);
            desk.sequence -= 2;
            filed.extend(appeals(network, desk, 1));
            filed
        })
    }),
    ("an answer to another leaf", Code::ReplyWrong, || {
        acted(|network, desk| {
            let mut filed = appeals(network, desk, 1);
            let digest = filed[0].digest.to_vec();
            let reply = move |body: &mut EnvelopeBody| {
                body.in_reply_to = Some(EnvelopeReference { digest, leaf_index: 0 });
            };
            filed.push(network.file_envelope(desk, FilingKind::Answer, &[&to()], reply));
            filed
        })
    }),
    ("an acknowledgement of other bytes", Code::AcknowledgedOther, || {
        acted(|network, desk| {
            let mut filed = appeals(network, desk, 1);
            let appeal = filed[0].clone();
            let (envelope_digest, other) = (appeal.digest.to_vec(), vec![vec![8; 32]]);
            let ack = Acknowledgement { envelope_digest, document_digests: other };
            let content = Content::Acknowledgement(ack);
            filed.push(network.answer(desk, &appeal, FilingKind::Acknowledgement, content));
            filed
        })
    }),
    ("another document", Code::DocumentWrong, || {
        changed(|bundle| bundle.documents[0].found[0] ^= 1)
    }),
    ("a document nobody named", Code::DocumentForeign, || {
        changed(|bundle| {
            let (name, bytes) = ([1; 32], DocumentBytes::Passed);
            bundle.documents.push(NamedDocument { name, found: name, size: 0, bytes });
        })
    }),
    ("no documents", Code::DocumentAbsent, || changed(|bundle| bundle.documents.clear())),
    ("one filing twice", Code::Doubled, || {
        changed(|bundle| bundle.filings.push(bundle.filings[0].clone()))
    }),
    ("a list that is none", Code::CrlMalformed, || {
        changed(|bundle| bundle.crls.push(b"no list".to_vec()))
    }),
    ("a place its sender had seen taken", Code::LeafSeen, || {
        acted(|network, desk| {
            let seen = SeenCheckpoint { size: 1000, root: vec![7; 32] };
            let early = move |body: &mut EnvelopeBody| body.last_seen = Some(seen);
            vec![network.file_envelope(desk, FilingKind::AppealFiled, &[&to()], early)]
        })
    }),
    ("no token", Code::TokenWrong, || acted(|network, desk| appeals(network, desk, 1))),
    ("a token", Code::TokenUnchecked, || {
        acted(|network, desk| {
            let content = Some(Content::ClockToken(<_>::default()));
            let token = |body: &mut EnvelopeBody| body.content = Some(FilingContent { content });
            vec![network.file_envelope(desk, FilingKind::ClockToken, &[], token)]
        })
    }),
    ("a README that lies", Code::ReadmeOther, || {
        changed(|bundle| bundle.readme.push_str("All of this is proven.\n"))
    }),
];

#[test]
fn each_lie_is_found_and_weighed() {
    for (name, code, lie) in LIES {
        let (network, mut bundle) = lie();
        if matches!(code, Code::TokenUnchecked | Code::TokenWrong) {
            bundle.clocks = vec![bundle.filings[0].sealed.clone()];
        }
        let report = examined(&network, &bundle);
        assert!(codes(&report).contains(code), "{name}: {:?}", report.findings);
        let least = match code.severity() {
            Severity::Note | Severity::Warning => Verdict::Valid,
            Severity::Undecided => Verdict::Undecided,
            Severity::Invalid => Verdict::Invalid,
        };
        assert_eq!(report.verdict(), least, "{name}: {:?}", report.findings);
        let told = report.filings.iter().flat_map(|filing| &filing.signers);
        let claimed = told.clone().filter(|key| key.holder.is_some()).count();
        if matches!(code, Code::KeyNotInUse | Code::CertificateWrong | Code::KeyHistory) {
            assert_eq!(claimed, 0, "{name}: it is told whose the key is");
        }
    }
}

#[test]
fn everything_that_can_be_found_is_provoked_by_a_lie() {
    let mut provoked: BTreeSet<&str> = LIES.iter().map(|(_, code, _)| code.word()).collect();
    // By the verifier, not by a bundle: `without_roots_it_is_open_whose_the_keys_are`.
    provoked.insert(Code::RootsMissing.word());
    // About assessments, with tests of their own.
    provoked.extend(recompute::tests::LIES.iter().map(|(_, code, _)| code.word()));
    let all: BTreeSet<&str> = Code::ALL.iter().map(|code| code.word()).collect();
    assert_eq!(provoked, all);
}

#[test]
fn strictness_takes_warnings_for_errors() {
    let (network, bundle) = acted(|network, desk| {
        network.skew_ms = -3_600_000;
        appeals(network, desk, 1)
    });
    let (policy, roots) = (network.policy(), roots(&network));
    let known = known();
    let strict = Believed { roots: Some(&roots), strict: true, ..believing(&policy, &known) };
    assert_eq!(examined(&network, &bundle).verdict(), Verdict::Valid);
    assert_eq!(examine(&bundle, &strict).verdict(), Verdict::Invalid);
}

#[test]
fn whoever_believes_authorities_of_time_stamps_has_tokens_checked() {
    let (network, mut bundle) = acted(|network, desk| {
        let content = Some(Content::ClockToken(<_>::default()));
        let token = |body: &mut EnvelopeBody| body.content = Some(FilingContent { content });
        vec![network.file_envelope(desk, FilingKind::ClockToken, &[], token)]
    });
    bundle.clocks = vec![bundle.filings[0].sealed.clone()];
    let (policy, roots) = (network.policy(), roots(&network));
    let tsa_roots = crate::clock::roots(network.authority.pem.as_bytes()).unwrap();
    let known = known();
    let mut believed = Believed { roots: Some(&roots), strict: true, ..believing(&policy, &known) };
    assert!(codes(&examine(&bundle, &believed)).contains(&Code::TokenUnchecked));
    believed.tsa_roots = Some(&tsa_roots);
    let report = examine(&bundle, &believed);
    assert!(codes(&report).contains(&Code::TokenWrong), "{:?}", report.findings);
    assert_eq!(report.verdict(), Verdict::Invalid);
    assert_eq!(report.filings[0].stamped, None);
}

#[test]
fn a_wrong_filing_does_not_hide_the_others() {
    let (network, filed, _) = network::case();
    let mut bundle = network.bundle(&filed);
    bundle.filings[1].sealed.receipt.clear();
    bundle.filings[2].sealed.envelope.signatures[0].signature[0] ^= 1;
    let report = examined(&network, &bundle);
    assert_eq!(report.filings.len(), 2, "the digest covers the signature, so two are not there");
    let places: BTreeSet<&str> =
        report.findings.iter().map(|finding| finding.place.as_str()).collect();
    assert!(places.contains("filings/00002") && places.contains("filings/00003"), "{places:?}");
}

/// Every entry but these is evidence: no byte of it may change.
const HARMLESS: [&str; 2] = ["README.txt", "policy.txt"];

#[test]
fn no_byte_of_the_evidence_can_change() {
    let (network, filed, _) = network::case();
    let bundle = network.bundle(&filed[..1]);
    let bytes = bundle.encode().unwrap();
    let mut zip = ZipReader::new(&bytes[..]);
    let mut entries = Vec::new();
    while let Some(heading) = zip.next_entry().unwrap() {
        let content = zip.content(&heading, u64::MAX).unwrap();
        entries.push((heading.name, content));
    }
    /// Every byte would take a minute; a prime passes over no column of a text.
    const STEP: usize = 13;
    let mut tried = 0;
    for at in 0..entries.len() {
        let (name, content) = entries[at].clone();
        for byte in (0..content.len()).step_by(STEP) {
            entries[at].1[byte] ^= 1;
            let mut zip = ZipWriter::new(Vec::new());
            entries.iter().for_each(|(name, bytes)| zip.add(name, bytes).unwrap());
            let read = Bundle::decode(&zip.finish().unwrap());
            let verdict = read.ok().map(|read| examined(&network, &read).verdict());
            let harmless = HARMLESS.contains(&name.as_str());
            let noticed = verdict != Some(Verdict::Valid);
            assert!(noticed || harmless, "byte {byte} of {name}");
            entries[at].1[byte] ^= 1;
            tried += 1;
        }
    }
    assert!(tried > 500, "{tried}");
}

/// A case of so many filings, each under a checkpoint of its own, and how long it takes.
fn measured(filings: usize) {
    let mut network = Network::new();
    let mut desk = network.office("ihec", "geo-bas");
    network.witness();
    let mut filed = Vec::new();
    for _ in 0..filings {
        filed.extend(appeals(&mut network, &mut desk, 1));
        network.witness();
    }
    let bytes = network.bundle(&filed).encode().unwrap();
    let begun = Instant::now();
    let bundle = Bundle::read(&bytes[..]).unwrap();
    let report = examined(&network, &bundle);
    let took = begun.elapsed();
    assert_eq!(report.verdict(), Verdict::Valid, "{:?}", report.findings);
    assert_eq!(report.filings.len(), filings);
    println!("{filings} filings, {} bytes: {took:?}", bytes.len());
}

/// To measure: `BARID_FILINGS=1000 cargo test --release -p barid-client -- --nocapture long_case`.
#[test]
fn a_long_case_is_examined_whole() {
    let wanted = std::env::var("BARID_FILINGS").ok().and_then(|number| number.parse().ok());
    measured(wanted.unwrap_or(60));
}

#[test]
fn the_kept_bundle_of_version_1_still_verifies() {
    if std::env::var_os("BARID_WRITE_SAMPLE").is_some() {
        write_the_kept_bundle();
    }
    let at = |name: &str| std::fs::read(format!("testdata/{name}")).unwrap();
    let bytes = at("case.barid");
    let bundle = Bundle::decode(&bytes).unwrap();
    assert_eq!(bundle.encode().unwrap(), bytes);
    let (policy, roots) = (Policy::parse(&at("case.policy")).unwrap(), at("case-roots.pem"));
    let roots = Roots::parse(&roots).unwrap();
    let known = known();
    let believed = Believed { roots: Some(&roots), strict: true, ..believing(&policy, &known) };
    let report = examine(&bundle, &believed);
    assert_eq!((report.verdict(), codes(&report)), (Verdict::Valid, vec![]));
    assert_eq!(custody::events(&report).len(), 8);
}

/// Makes the sample anew, for a new version of the format.
fn write_the_kept_bundle() {
    let (network, filed, _) = network::case();
    let write = |name: &str, bytes: &[u8]| std::fs::write(format!("testdata/{name}"), bytes);
    write("case.barid", &network.bundle(&filed).encode().unwrap()).unwrap();
    write("case.policy", network.policy_text().as_bytes()).unwrap();
    write("case-roots.pem", network.authority.pem.as_bytes()).unwrap();
}
