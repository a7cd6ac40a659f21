//! What a hub can say about a deadline, and what a keeper can do to a bundle.

use super::*;

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
