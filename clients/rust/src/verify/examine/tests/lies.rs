//! One lie after another, each found and weighed.

use barid_proto::key::Signer as _;
use barid_proto::v1::{
    DocumentsDestroyed, EnvelopeReference, Exhibit, KeyAction, KeyEvent, KeyPurpose, SeenCheckpoint,
};

use super::*;
use crate::bundle::{DocumentBytes, NamedDocument};
use crate::testing::authority::{Authority, uri};
use crate::verify::recompute;

/// A lie: makes a bundle, and says what has to be found in it.
type Lie = (&'static str, Code, fn() -> (Network, Bundle));

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
    ("a document destroyed", Code::DocumentDestroyed, || {
        acted(|network, desk| {
            let (sha256, size_bytes) = (vec![6; 32], 7);
            let exhibit = Exhibit { number: "E1".into(), sha256, size_bytes, ..<_>::default() };
            let named = move |body: &mut EnvelopeBody| body.exhibits = vec![exhibit];
            let said = DocumentsDestroyed { documents: vec![vec![6; 32]], authority: None };
            let content = Some(Content::DocumentsDestroyed(said));
            let gone =
                move |body: &mut EnvelopeBody| body.content = Some(FilingContent { content });
            vec![
                network.file_envelope(desk, FilingKind::AppealFiled, &[&to()], named),
                network.file_envelope(desk, FilingKind::DocumentsDestroyed, &[&to()], gone),
            ]
        })
    }),
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
    provoked.extend(recompute::tests::lies::LIES.iter().map(|(_, code, _)| code.word()));
    let all: BTreeSet<&str> = Code::ALL.iter().map(|code| code.word()).collect();
    assert_eq!(provoked, all);
}
