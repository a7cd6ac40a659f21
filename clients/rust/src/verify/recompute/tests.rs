//! A case whose deadlines hold, what a hub can say instead, and what a keeper can leave out.

use std::cell::Cell;
use std::rc::Rc;

use barid_proto::rules::Catalogue;
use barid_proto::v1::{
    Assessment, AssessmentFinding, FilingAssessment, FilingKind, Outage, OutageScope, Rendering,
    Text,
};
use prost::Message as _;

use crate::bundle::zip::{ZipReader, ZipWriter};
use crate::bundle::{Bundle, DocumentBytes, NamedDocument};
use crate::testing::law::{self, Habits, LawCase, RULES, honest, overlay, parsed};
use crate::testing::network::{Network, START_MS};
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

/// A lie: makes a bundle, and says what has to be found in it.
type Lie = (&'static str, Code, fn() -> (LawCase, Bundle));

fn told(case: LawCase) -> (LawCase, Bundle) {
    let bundle = case.bundle();
    (case, bundle)
}

/// The honest case with something changed in the bundle.
fn changed(change: fn(&mut Bundle)) -> (LawCase, Bundle) {
    let (case, mut bundle) = told(law::case(honest(), None));
    change(&mut bundle);
    (case, bundle)
}

/// Changes what is logged about the appeal.
fn appeal(kind: FilingKind, added: &mut FilingAssessment) -> Option<&mut Assessment> {
    let window = |one: &&mut Assessment| one.rule == "appeal-window";
    added.assessments.iter_mut().find(window).filter(|_| kind == FilingKind::AppealFiled)
}

/// What a hub can say about a deadline, and what a keeper can do to a bundle.
pub(in crate::verify) const LIES: &[Lie] = &[
    ("a deadline a minute later", Code::AssessmentDiffers, || {
        told(twisting(|kind, added| {
            let Some(one) = appeal(kind, added) else { return };
            one.readings[0].period.as_mut().unwrap().deadline_unix_ms += 60_000;
        }))
    }),
    ("another reading as the preferred one", Code::AssessmentDiffers, || {
        told(twisting(|kind, added| {
            let Some(one) = appeal(kind, added) else { return };
            assert!(one.readings.len() > 1);
            one.readings.swap(0, 1);
        }))
    }),
    ("in order, although a reading says no", Code::AssessmentDiffers, || {
        told(twisting(|kind, added| {
            let Some(one) = appeal(kind, added) else { return };
            one.finding = AssessmentFinding::OutOfOrder.into();
        }))
    }),
    ("a holiday passed over", Code::AssessmentDiffers, || {
        told(law::case(Habits { ignores: Some(FilingKind::HolidayCalendar), ..honest() }, None))
    }),
    ("a publication passed over", Code::AssessmentDiffers, || {
        told(law::case(
            Habits { ignores: Some(FilingKind::PublicationCertificate), ..honest() },
            None,
        ))
    }),
    ("a calendar left out of the leaves", Code::AssessmentDiffers, || {
        told(twisting(|kind, added| {
            let Some(one) = appeal(kind, added) else { return };
            one.leaves.remove(0);
        }))
    }),
    ("a leaf that came later", Code::AssessmentDiffers, || {
        told(twisting(|kind, added| {
            let Some(one) = appeal(kind, added) else { return };
            one.leaves.push(1_000);
        }))
    }),
    ("more leaves than there were", Code::AssessmentDiffers, || {
        told(twisting(|kind, added| {
            let Some(one) = appeal(kind, added) else { return };
            one.as_of_size = 1_000;
        }))
    }),
    ("an assessment dropped", Code::AssessmentMissing, || {
        told(twisting(|kind, added| {
            added.assessments.retain(|one| kind != FilingKind::RulingIssued || one.rule.is_empty());
        }))
    }),
    ("an assessment made up", Code::AssessmentSurplus, || {
        told(twisting(|kind, added| {
            let Some(one) = appeal(kind, added).cloned() else { return };
            added.assessments.push(Assessment { rule: "first-session".into(), ..one });
        }))
    }),
    ("an assessment twice", Code::AssessmentSurplus, || {
        told(twisting(|kind, added| {
            let Some(one) = appeal(kind, added).cloned() else { return };
            added.assessments.push(one);
        }))
    }),
    ("measured an hour before it came", Code::AssessmentStale, || {
        told(law::case(Habits { off_ms: -3_600_000, ..honest() }, None))
    }),
    ("measured after it came", Code::AssessmentStale, || {
        told(law::case(Habits { off_ms: 1, ..honest() }, None))
    }),
    ("no digest of any text", Code::AssessmentDiffers, || {
        told(twisting(|_, added| {
            added.assessments.iter_mut().for_each(|one| one.rule_set_sha256.clear());
        }))
    }),
    ("a rule set that the hub does not know", Code::HubWithoutRules, || {
        told(twisting(|kind, added| {
            let rule_set_id = RULES.to_owned();
            let only = Assessment { subject: "rule-set".into(), rule_set_id, ..<_>::default() };
            if kind == FilingKind::AppealFiled {
                added.assessments = vec![only];
            }
        }))
    }),
    ("everything about the appeal dropped", Code::AssessmentMissing, || {
        told(twisting(|kind, added| {
            added.assessments.retain(|_| kind != FilingKind::AppealFiled);
        }))
    }),
    ("the digest of another text", Code::RulesOther, || {
        told(twisting(|_, added| {
            added.assessments.iter_mut().for_each(|one| one.rule_set_sha256[0] ^= 1);
        }))
    }),
    ("another rule set within the case", Code::RulesOther, || {
        told(twisting(|kind, added| {
            let ruling = kind == FilingKind::RulingIssued;
            let all = added.assessments.iter_mut().filter(|_| ruling);
            all.for_each(|one| one.rule_set_sha256[0] ^= 1);
        }))
    }),
    ("another way of computing", Code::AssessmentOpen, || {
        told(twisting(|_, added| {
            added.assessments.iter_mut().for_each(|one| one.engine += 1);
        }))
    }),
    ("a rule set that the case was not opened under", Code::RulesOther, || {
        told(law::case(Habits { named: "IQ-L31-2019".into(), ..honest() }, None))
    }),
    ("a rule set that nobody named", Code::RulesOther, || {
        told(law::case(Habits { named: String::new(), ..honest() }, None))
    }),
    ("a rule set that nobody has", Code::RulesUnknown, || {
        told(law::case(Habits { rules: parsed(&overlay(9)), ..honest() }, None))
    }),
    ("law left out", Code::AssessmentOpen, || changed(|bundle| bundle.law.clear())),
    ("the referral left out", Code::AssessmentOpen, || {
        changed(|bundle| drop(bundle.filings.remove(1)))
    }),
    ("what a format read left out", Code::AssessmentOpen, || {
        changed(|bundle| bundle.law[1].assessment = None)
    }),
    ("law of which nobody speaks", Code::LawUnused, || {
        let (mut case, _) = told(law::case(honest(), None));
        let mut stranger = case.network.office("fsc", "clerk");
        case.publish_calendar(&mut stranger);
        told(case)
    }),
    ("an appeal as law", Code::LawForeign, || {
        changed(|bundle| {
            let filing = bundle.filings.remove(3);
            bundle.law.push(filing.into());
        })
    }),
];

#[test]
fn each_lie_about_a_deadline_is_found_and_weighed() {
    for (name, code, lie) in LIES {
        let (case, bundle) = lie();
        let report = reported(&case, &bundle);
        assert!(codes(&report).contains(code), "{name}: {:?}", report.findings);
        let invalid = code.severity() == Severity::Invalid;
        let expected = if invalid { Verdict::Invalid } else { Verdict::Valid };
        assert_eq!(report.verdict(), expected, "{name}: {:?}", report.findings);
        // What a person should look at is wrong to whoever is strict.
        let strict = examined(&case.network, &bundle, &known(), true);
        let noted = code.severity() == Severity::Note;
        assert_eq!(strict.verdict() == Verdict::Valid, noted, "{name}");
    }
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
fn a_wrong_deadline_is_told_with_what_comes_out() {
    let (_, _, lie) = LIES[0];
    let (case, bundle) = lie();
    let report = reported(&case, &bundle);
    let found = report.findings.iter().find(|found| found.code == Code::AssessmentDiffers);
    let told = found.unwrap().to_string();
    assert_eq!(
        told,
        "filings/00001: assessment-differs: timeliness under appeal-window at ihec/geo-bas: \
         deadline of reading 1 logged 2025-11-26T12:01:00Z, comes out 2025-11-26T12:00:00Z"
    );
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

/// Ten minutes around the whole case.
fn outage() -> Outage {
    let (start, around) = (START_MS.cast_signed(), 300_000);
    let (from_unix_ms, until_unix_ms) = (start - around, start + around);
    let scope = OutageScope::Hub.into();
    Outage { scope, from_unix_ms, until_unix_ms, ..Outage::default() }
}

/// What is said of the report of an outage that comes last.
fn of_the_report(report: &Report) -> Option<(&str, Vec<u64>)> {
    let one = report.filings.last()?.computed.iter().find(|one| one.subject == "outage")?;
    Some((one.readings[0].conclusion.as_str(), one.leaves.clone()))
}

#[test]
fn a_report_of_an_outage_is_held_against_the_log_again() {
    let mut case = law::case(honest(), None);
    let mut clerk = case.network.office("fsc", "clerk");
    case.state_outage(outage());
    case.report_outage(&mut clerk, outage());
    let stated = case.stated[0].1;
    let whole = reported(&case, &case.bundle());
    assert_eq!(codes(&whole), []);
    assert_eq!(of_the_report(&whole), Some(("confirmed", vec![stated])));
    assert_eq!(whole.outages.len(), 1);
    // Without the hub's statement it would come out otherwise, and that is no lie of the hub's.
    let mut bundle = case.bundle();
    bundle.outages.clear();
    let without = reported(&case, &bundle);
    assert_eq!(codes(&without), [Code::AssessmentOpen]);
    assert_eq!(of_the_report(&without), None);
    // A statement that is none, and one on which nothing rests.
    let mut bundle = case.bundle();
    bundle.outages[0].bytes[0] ^= 1;
    assert!(codes(&reported(&case, &bundle)).contains(&Code::StatementWrong));
    let mut bundle = case.bundle();
    bundle.filings.pop();
    assert_eq!(codes(&reported(&case, &bundle)), [Code::LawUnused]);
}

#[test]
fn what_an_office_filed_while_it_says_that_its_link_was_down_is_found_again() {
    let mut case = law::case(honest(), None);
    let appeal = case.filings[0].clone();
    let mut basra = case.desks.remove(1);
    case.report_outage(&mut basra, outage());
    let report = reported(&case, &case.bundle());
    assert_eq!(codes(&report), []);
    assert_eq!(of_the_report(&report), Some(("contradicted", vec![appeal.index])));
    let mut bundle = case.bundle();
    bundle.filings.remove(0);
    let found = codes(&reported(&case, &bundle));
    assert!(found.contains(&Code::AssessmentOpen), "{found:?}");
    assert!(!found.contains(&Code::AssessmentDiffers), "{found:?}");
}

#[test]
fn a_report_that_is_said_to_be_worth_more_is_noticed() {
    let mut case = twisting(|kind, added| {
        if kind == FilingKind::OutageReported {
            let one = &mut added.assessments[0];
            one.finding = AssessmentFinding::InOrder.into();
            one.readings[0].finding = AssessmentFinding::InOrder.into();
            one.readings[0].conclusion = "confirmed".into();
        }
    });
    let mut clerk = case.network.office("fsc", "clerk");
    case.report_outage(&mut clerk, outage());
    let report = reported(&case, &case.bundle());
    assert_eq!(codes(&report), [Code::AssessmentDiffers]);
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
