//! Lies about deadlines: the hub logs what it says, truly proven, and it is not what the law and
//! the log come to. Whoever bundles the filing and verifies it notices.

use barid_client::bundle::Bundle;
use barid_client::proto::assess::{Act, Acts, Law, assess};
use barid_client::proto::envelope;
use barid_client::proto::key::{Algorithm, FileKey, Signer as _};
use barid_client::proto::rules::{Catalogue, Found};
use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::{
    ActReference, Address, AppealFiled, Assessment, CivilDate, DataClass, EnvelopeBody,
    FilingAssessment, FilingContent, FilingKind, Holiday, HolidayCalendar, PublicationCertificate,
    Stamp,
};
use barid_client::verify::{Believed, Code, Report, Verdict, examine};

use super::knowledge::{Knowledge, Taken};
use super::noticed;
use super::office::LiedTo;
use super::served::signed;
use super::server::Forger;

const RULES: &str = "IQ-L11-2007/1";

/// 24 November 2025 at 12:10 in Baghdad.
const STAMPED_MS: i64 = 1_763_975_400_000;

fn on(day: i32) -> Option<CivilDate> {
    Some(CivilDate { year: 2025, month: 11, day })
}

fn decision() -> Option<ActReference> {
    let (institution, number) = ("ihec".to_owned(), "214".to_owned());
    Some(ActReference { institution, number, date: on(16), ..ActReference::default() })
}

/// The whole of November, with a holiday on the third day behind the publication.
fn calendar() -> Content {
    let holiday = Holiday { day: on(25), announced_at_unix_ms: 1, ..Holiday::default() };
    let (covers_from, covers_until) = (on(1), on(30));
    let holidays = vec![holiday];
    Content::HolidayCalendar(HolidayCalendar {
        holidays,
        covers_from,
        covers_until,
        ..HolidayCalendar::default()
    })
}

fn certificate() -> Content {
    Content::PublicationCertificate(PublicationCertificate {
        decision: decision(),
        first_day: on(20),
        last_day: on(22),
        ..PublicationCertificate::default()
    })
}

fn appeal() -> Content {
    let challenged = decision();
    Content::AppealFiled(AppealFiled { challenged, ..AppealFiled::default() })
}

/// What a hub does to an assessment before it logs it.
type Lie = fn(&mut Assessment);

/// What the log has: a calendar, a publication, and an appeal.
struct Filed {
    calendar: Taken,
    certificate: Taken,
    appeal: Taken,
}

/// Takes a filing in, of which `assess` is given the act and the size of the log before it.
fn take(
    known: &mut Knowledge,
    kind: FilingKind,
    content: Content,
    assess: impl FnOnce(Act, u64) -> Vec<Assessment>,
) -> Taken {
    let key = FileKey::generate(Algorithm::Ed25519).expect("a key");
    known.keys.push(key.public_key().clone());
    let sender = Address { institution: "ihec".into(), office: "national".into() };
    let size = known.log.size();
    let public = kind == FilingKind::HolidayCalendar;
    let class = if public { DataClass::Published } else { DataClass::Live };
    let said = content.clone();
    let change = |body: &mut EnvelopeBody| {
        let (office, stamped_at_unix_ms) = (Some(sender.clone()), STAMPED_MS);
        body.stamp = Some(Stamp { office, stamped_at_unix_ms, ..Stamp::default() });
        body.kind = kind.into();
        body.envelope_id = vec![u8::try_from(size).expect("a short log"); 16];
        body.sender = Some(sender);
        body.data_class = class.into();
        body.rule_set_id = RULES.into();
        body.content = Some(FilingContent { content: Some(content) });
    };
    let envelope = signed(&key, change);
    let mut body = envelope::decode_body(&envelope.body).expect("a body");
    body.content = None;
    known.take_with(&envelope, |leaf| {
        let accepted_at_ms = leaf.accepted_at_ms.cast_signed();
        let digest = leaf.envelope_digest;
        let act = Act { leaf: size, accepted_at_ms, digest, body, content: Some(said) };
        FilingAssessment {
            assessments: assess(act, size),
            assessed_at_unix_ms: accepted_at_ms,
            ..FilingAssessment::default()
        }
    })
}

/// The act that a filing without assessments is.
fn act(taken: &Taken) -> Act {
    let mut body = envelope::decode_body(&taken.envelope.body).expect("a body");
    let content = body.content.take().and_then(|content| content.content);
    let (accepted_at_ms, digest) =
        (taken.leaf.accepted_at_ms.cast_signed(), taken.leaf.envelope_digest);
    Act { leaf: taken.index, accepted_at_ms, digest, body, content }
}

/// Files an appeal with a hub that counts these of the two acts before it, and lies about what
/// comes out.
fn lodge(forger: &Forger, counts: [bool; 2], lie: Lie) -> Filed {
    let mut known = forger.knows();
    let nothing = |_, _| Vec::new();
    let calendar = take(&mut known, FilingKind::HolidayCalendar, calendar(), nothing);
    let certificate = take(&mut known, FilingKind::PublicationCertificate, certificate(), nothing);
    let acts = [act(&calendar), act(&certificate)];
    let appeal = take(&mut known, FilingKind::AppealFiled, appeal(), |appeal, as_of_size| {
        let rules = match Catalogue::built_in().expect("they are good").find(RULES) {
            Found::One(rules) => rules,
            other => panic!("{other:?}"),
        };
        let general = acts.into_iter().zip(counts).filter(|(_, counts)| *counts);
        let general = general.map(|(act, _)| act).collect();
        let acts = Acts { as_of_size, general, ..Acts::default() };
        let mut out = assess(&Law { rules: &rules, acts: &acts, event: "" }, &appeal);
        assert!(out.iter().any(|one| one.subject == "timeliness"), "{out:?}");
        out.iter_mut().for_each(lie);
        out
    });
    Filed { calendar, certificate, appeal }
}

/// What somebody finds who has a bundle and whom nobody told whose the keys are.
fn examined(forger: &Forger, bundle: &Bundle) -> Report {
    let trust = forger.trust();
    let rules = Catalogue::built_in().expect("they are good");
    examine(
        bundle,
        &Believed {
            policy: trust.policy(),
            roots: None,
            tsa_roots: None,
            rules: &rules,
            without_roots: true,
            strict: false,
        },
    )
}

fn found(report: &Report) -> Vec<Code> {
    let codes = report.findings.iter().map(|finding| finding.code);
    codes.filter(|code| *code != Code::NoBracket).collect()
}

const ALL: [bool; 2] = [true, true];

#[tokio::test(flavor = "multi_thread")]
async fn what_assessments_rest_on_is_fetched_and_comes_out_again() {
    let forger = Forger::start().await;
    let reader = LiedTo::at(&forger, "council");
    let filed = lodge(&forger, ALL, |_| ());
    let bundle = reader.client.gather_filing(filed.appeal.leaf.envelope_digest).await;
    let bundle = bundle.expect("the truth");
    assert_eq!(bundle.law.len(), 2);
    let report = examined(&forger, &bundle);
    assert_eq!(found(&report), []);
    let (logged, same) = report.recomputed();
    assert!(logged > 0 && logged == same);
    let leaves = [filed.calendar.index, filed.certificate.index];
    assert_eq!(report.law.iter().map(|one| one.leaf_index).collect::<Vec<_>>(), leaves);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_lie_about_a_deadline_is_noticed_in_a_bundle() {
    let lies: [(&str, Lie); 4] = [
        ("a minute later", |one| {
            for reading in &mut one.readings {
                if let Some(period) = &mut reading.period {
                    period.deadline_unix_ms += 60_000;
                }
            }
        }),
        ("another reading is preferred", |one| one.readings.reverse()),
        ("a day is not said to be a holiday", |one| {
            for reading in &mut one.readings {
                if let Some(period) = &mut reading.period {
                    period.days.iter_mut().for_each(|day| day.calendar_leaf = None);
                }
            }
        }),
        ("under another article", |one| one.article = "9-I".into()),
    ];
    for (name, lie) in lies {
        let forger = Forger::start().await;
        let reader = LiedTo::at(&forger, "council");
        let filed = lodge(&forger, ALL, lie);
        let bundle = reader.client.gather_filing(filed.appeal.leaf.envelope_digest).await;
        let report = examined(&forger, &bundle.expect("every proof holds"));
        assert!(found(&report).contains(&Code::AssessmentDiffers), "{name}: {:?}", report.findings);
        assert_eq!(report.verdict(), Verdict::Invalid, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_that_was_passed_over_convicts_the_hub_when_somebody_has_it() {
    let forger = Forger::start().await;
    let reader = LiedTo::at(&forger, "council");
    let filed = lodge(&forger, [false, true], |_| ());
    let bundle = reader.client.gather_filing(filed.appeal.leaf.envelope_digest).await;
    let mut bundle = bundle.expect("every proof holds");
    // The hub never spoke of it, so nothing is missing.
    assert_eq!(examined(&forger, &bundle).verdict(), Verdict::Valid);
    // Whoever filed the calendar has its receipt, and adds it.
    let digest = filed.calendar.leaf.envelope_digest;
    reader.client.gather_law(&mut bundle, digest).await.expect("it is in the log");
    let report = examined(&forger, &bundle);
    assert!(found(&report).contains(&Code::AssessmentDiffers), "{:?}", report.findings);
    assert_eq!(report.verdict(), Verdict::Invalid);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_leaf_that_the_hub_does_not_show_leaves_the_deadline_open() {
    let forger = Forger::start().await;
    let reader = LiedTo::at(&forger, "council");
    let filed = lodge(&forger, ALL, |_| ());
    forger.knows().lies.hidden = vec![filed.calendar.index];
    let digest = filed.appeal.leaf.envelope_digest;
    let bundle = reader.client.gather_filing(digest).await.expect("what it shows is true");
    let report = examined(&forger, &bundle);
    assert_eq!(found(&report), [Code::AssessmentOpen]);
    // What does not rest on it comes out again; the deadline is not told as confirmed.
    let confirmed = report.filings.iter().flat_map(|filing| &filing.computed);
    let about: Vec<&str> = confirmed.map(|one| one.subject.as_str()).collect();
    assert!(!about.contains(&"timeliness"), "{about:?}");
    let (all, same) = report.recomputed();
    assert!(same < all, "{same} of {all}");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_filing_than_the_one_at_the_leaf_is_not_taken_for_it() {
    let forger = Forger::start().await;
    let reader = LiedTo::at(&forger, "council");
    let filed = lodge(&forger, ALL, |_| ());
    forger.knows().lies.wrong_leaf = Some(filed.certificate.index);
    let digest = filed.appeal.leaf.envelope_digest;
    noticed(reader.client.gather_filing(digest).await, "leaf_index", "the certificate twice");
}
