//! A case that holds, and what counts for whoever reads its report.

mod kept;
mod lies;

use std::collections::BTreeSet;

use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{Acknowledgement, Address, EnvelopeBody, FilingContent};

use super::*;
use crate::custody::{self, EventKind, SignedBy};
use crate::testing::authority::Desk;
use crate::testing::network::{self, Network, Sealed, address};
use crate::verify::Verdict;

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
