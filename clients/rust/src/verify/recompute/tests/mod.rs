//! A case whose deadlines hold, whatever of it is left out and whatever byte is changed.

pub(in crate::verify) mod lies;
mod outages;

use std::cell::Cell;
use std::rc::Rc;

use barid_proto::rules::Catalogue;
use barid_proto::v1::{
    Assessment, AssessmentFinding, FilingAssessment, FilingKind, Rendering, Text,
};
use prost::Message as _;

use crate::bundle::zip::{ZipReader, ZipWriter};
use crate::bundle::{Bundle, DocumentBytes, NamedDocument};
use crate::testing::law::{self, Habits, LawCase, RULES, honest, overlay, parsed};
use crate::testing::network::Network;
use crate::verify::{Believed, Code, Report, Roots, RulesSource, Severity, Verdict, examine};

pub(super) fn examined(
    network: &Network,
    bundle: &Bundle,
    rules: &Catalogue,
    strict: bool,
) -> Report {
    let policy = network.policy();
    let roots = Roots::parse(network.authority.pem.as_bytes()).unwrap();
    let (roots, tsa_roots) = (Some(&roots), None);
    let without_roots = false;
    let believed = Believed { policy: &policy, roots, tsa_roots, rules, without_roots, strict };
    examine(bundle, &believed)
}

pub(super) fn known() -> Catalogue {
    Catalogue::built_in().unwrap()
}

/// The report on a bundle, by somebody who has the rule sets that come along.
fn reported(case: &LawCase, bundle: &Bundle) -> Report {
    examined(&case.network, bundle, &known(), false)
}

/// What was found, but for documents that were left out and a list that has become too long.
fn codes(report: &Report) -> Vec<Code> {
    let codes = report.findings.iter().map(|found| found.code);
    codes.filter(|code| !matches!(code, Code::DocumentAbsent | Code::ReadmeOther)).collect()
}

/// A hub with one habit.
fn twisting(twists: impl Fn(FilingKind, &mut FilingAssessment) + 'static) -> LawCase {
    law::case(Habits { twists: Rc::new(twists), ..honest() }, None)
}

/// The case with a rule set that is published in the log.
pub(super) fn regulated() -> LawCase {
    let text = overlay(5);
    law::case(Habits { rules: parsed(&text), ..honest() }, Some(text))
}

#[test]
fn deadlines_come_out_as_they_were_logged() {
    let case = law::case(honest(), None);
    let report = reported(&case, &case.bundle());
    assert_eq!(codes(&report), []);
    let (logged, same) = report.recomputed();
    assert_eq!(logged, same);
    let told = |report: &Report| -> Vec<(String, String)> {
        let all = report.filings.iter().flat_map(|filing| &filing.computed);
        all.map(|one| (one.subject.clone(), one.rule.clone())).collect()
    };
    let pairs = told(&report);
    for pair in [("timeliness", "appeal-window"), ("timeliness", "panel-period")] {
        assert!(pairs.contains(&(pair.0.to_owned(), pair.1.to_owned())), "{pairs:?}");
    }
    let window = |one: &&Assessment| one.rule == "appeal-window";
    let appeal = report.filings[0].computed.iter().find(window).unwrap();
    assert_eq!(appeal.leaves, [case.law[0].index, case.law[1].index]);
    // Published until the 22nd; the 25th, the third day, is a holiday.
    let deadline = appeal.readings[0].period.as_ref().unwrap().deadline_unix_ms;
    assert_eq!(deadline, 1_764_158_400_000, "2025-11-26 at 15:00 in Baghdad");
    assert_eq!(report.law.len(), 2);
    let [rules] = report.rules.as_slice() else { panic!("{:?}", report.rules) };
    assert_eq!((rules.name.as_str(), &rules.source), (RULES, &RulesSource::Given));
}

#[test]
fn every_changed_byte_of_what_was_computed_is_noticed() {
    /// Every byte would take minutes; a prime passes over no field.
    const STEP: usize = 211;
    let computed = |added: &FilingAssessment| {
        let bare = |one: &Assessment| Assessment { explanation: None, ..one.clone() };
        added.assessments.iter().map(bare).collect::<Vec<_>>()
    };
    let honest = law::case(honest(), None).filings[0].assessment.clone().unwrap();
    let mut changed = 0;
    for at in (0..honest.len()).step_by(STEP) {
        let differs = Rc::new(Cell::new(false));
        let noted = Rc::clone(&differs);
        let case = twisting(move |kind, added| {
            let mut bytes = added.encode_to_vec();
            if kind != FilingKind::AppealFiled || at >= bytes.len() {
                return;
            }
            bytes[at] ^= 1;
            let Ok(mut other) = FilingAssessment::decode(&bytes[..]) else { return };
            // That another envelope is meant is found elsewhere.
            other.envelope_digest = added.envelope_digest.clone();
            noted.set(computed(added) != computed(&other));
            *added = other;
        });
        let noticed = !codes(&reported(&case, &case.bundle())).is_empty();
        assert!(noticed || !differs.get(), "byte {at}");
        changed += usize::from(differs.get());
    }
    assert!(changed > 10, "{changed} of {} bytes", honest.len());
}

#[test]
fn whatever_is_left_out_an_honest_hub_is_no_liar() {
    let against_the_hub = |report: &Report| {
        let hub = [
            Code::AssessmentDiffers,
            Code::AssessmentMissing,
            Code::AssessmentSurplus,
            Code::AssessmentStale,
            Code::RulesOther,
        ];
        report.findings.iter().find(|found| hub.contains(&found.code)).cloned()
    };
    let case = regulated();
    let whole = case.bundle();
    let (filings, law) = (whole.filings.len(), whole.law.len());
    // Every part of the bundle that can be left out, in every combination.
    for kept in 0..1_u32 << (filings + law) {
        let keeps = |at: usize| kept >> at & 1 == 1;
        let mut bundle = whole.clone();
        let mut at = 0..;
        bundle.filings.retain(|_| at.next().is_some_and(keeps));
        bundle.law.retain(|_| at.next().is_some_and(keeps));
        let report = reported(&case, &bundle);
        assert_eq!(against_the_hub(&report), None, "{kept:b}");
    }
}

#[test]
fn a_restricted_filing_counts_for_restricted_ones_only() {
    let case = law::case(honest(), None);
    let mut bundle = case.bundle();
    // Somebody who may not read the restricted letter loses nothing by it.
    bundle.filings.remove(2);
    let report = reported(&case, &bundle);
    assert_eq!(codes(&report), []);
    let ruling = report.filings.last().unwrap();
    assert!(!ruling.computed.is_empty());
}

#[test]
fn the_hubs_words_are_not_told_as_its_finding() {
    let case = twisting(|_, added| {
        for one in &mut added.assessments {
            let rendering = Rendering { language: "en".into(), text: "much too late".into() };
            one.explanation = Some(Text { renderings: vec![rendering], ..Text::default() });
        }
    });
    let report = reported(&case, &case.bundle());
    assert_eq!(codes(&report), []);
    let computed = report.filings.iter().flat_map(|filing| &filing.computed);
    for one in computed {
        let told = &one.explanation.as_ref().unwrap().renderings;
        assert!(told.len() > 1 && told.iter().all(|one| one.text != "much too late"));
    }
}

#[test]
fn a_rule_set_that_was_published_is_taken_from_the_bundle() {
    let case = regulated();
    let bundle = case.bundle();
    let report = reported(&case, &bundle);
    assert_eq!(codes(&report), []);
    let (logged, same) = report.recomputed();
    assert!(logged > 0 && logged == same);
    let RulesSource::Published { by, leaf_index } = &report.rules[0].source else {
        panic!("{:?}", report.rules)
    };
    assert_eq!((by.institution.as_str(), *leaf_index), ("ihec", case.law[1].index));
    // From a stream, which passes other documents by.
    let read = Bundle::read(&bundle.encode().unwrap()[..]).unwrap();
    assert_eq!(codes(&reported(&case, &read)), []);
    assert!(matches!(read.documents[0].bytes, DocumentBytes::Memory(_)));
}

#[test]
fn a_text_counts_when_it_was_published_or_given_and_not_because_it_is_there() {
    let text = overlay(5);
    let secret = law::case(Habits { rules: parsed(&text), ..honest() }, None);
    let mut bundle = secret.bundle();
    let name = parsed(&text).sha256;
    let (size, bytes) = (text.len() as u64, DocumentBytes::Memory(text.clone().into()));
    bundle.documents.push(NamedDocument { name, found: name, size, bytes });
    let report = reported(&secret, &bundle);
    assert!(codes(&report).contains(&Code::RulesUnknown), "{:?}", report.findings);
    assert_eq!(report.recomputed().1, 0);
    let mut given = known();
    given.add(&text).unwrap();
    let report = examined(&secret.network, &secret.bundle(), &given, true);
    assert_eq!(report.verdict(), Verdict::Valid, "{:?}", report.findings);
    assert_eq!(report.rules[0].source, RulesSource::Given);
    // Published, and another text is there under its digest.
    let case = regulated();
    let mut bundle = case.bundle();
    bundle.documents[0].bytes = DocumentBytes::Memory(overlay(6).into());
    let found = codes(&reported(&case, &bundle));
    assert!(found.contains(&Code::RulesUnknown), "{found:?}");
}

#[test]
fn no_byte_of_the_law_can_change() {
    /// Every byte would take a minute; a prime passes over no column of a text.
    const STEP: usize = 131;
    let case = regulated();
    let bytes = case.bundle().encode().unwrap();
    let mut zip = ZipReader::new(&bytes[..]);
    let mut entries = Vec::new();
    while let Some(heading) = zip.next_entry().unwrap() {
        let content = zip.content(&heading, u64::MAX).unwrap();
        entries.push((heading.name, content));
    }
    let mut tried = 0;
    for at in 0..entries.len() {
        let name = entries[at].0.clone();
        if !name.starts_with("law/") && !name.starts_with("documents/") {
            continue;
        }
        for byte in (0..entries[at].1.len()).step_by(STEP) {
            entries[at].1[byte] ^= 1;
            let mut zip = ZipWriter::new(Vec::new());
            entries.iter().for_each(|(name, bytes)| zip.add(name, bytes).unwrap());
            let read = Bundle::decode(&zip.finish().unwrap());
            let verdict = read.ok().map(|read| reported(&case, &read).verdict());
            assert_ne!(verdict, Some(Verdict::Valid), "byte {byte} of {name}");
            entries[at].1[byte] ^= 1;
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried}");
}
