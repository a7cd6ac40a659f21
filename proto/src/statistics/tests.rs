//! Small cases with figures computed by hand, and sums that hold whatever the cases are.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::class::Dimension;
use super::withhold::withhold;
use super::*;
use crate::assess::{Act, Acts};
use crate::rules::Catalogue;
use crate::v1::filing_content::Content;
use crate::v1::{
    ActReference, Address, AppealFiled, AppealWithdrawn, Assessment, AssessmentFinding, Capacity,
    CaseOutcome, Colour, ComplaintClassified, ComplaintRegistered, CouncilDecision,
    CriminalReferral, DocketNumber, EnvelopeBody, EnvelopeReference, FilingContent, FilingKind,
    ImplementationReport, ImplementationTask, IntakeRoute, OperativeClause, Outcome, Person,
    PublicationCertificate, Referral, RefusalToRegister, Registration, Rendering, RulingIssued,
    Sex, SupplementFiled, VotingStream,
};

const DAY_MS: i64 = 86_400_000;
/// 16 November 2025, 09:00 in Baghdad.
const START_MS: i64 = 1_763_272_800_000;

fn moment(size: u64) -> Moment<'static> {
    Moment {
        event: "CoR-2025-6",
        as_of_size: size,
        at_ms: START_MS + 30 * DAY_MS,
        day: CivilDate { year: 2025, month: 12, day: 16 },
        utc_offset_minutes: 180,
    }
}

/// A case that grows, one filing a day.
struct Growing {
    next: u64,
    acts: Vec<Act>,
    timeliness: BTreeMap<u64, Vec<Assessment>>,
}

impl Growing {
    fn from_leaf(next: u64) -> Self {
        Self { next, acts: Vec::new(), timeliness: BTreeMap::new() }
    }

    /// Files something; returns its digest.
    fn file(&mut self, sender: &str, answers: Option<[u8; 32]>, content: Content) -> [u8; 32] {
        use prost::Message as _;
        let (institution, office) = sender.split_once('/').unwrap_or((sender, ""));
        let sender = Address { institution: institution.to_owned(), office: office.to_owned() };
        let bytes = FilingContent { content: Some(content.clone()) }.encode_to_vec();
        let (kind, _) = prost::encoding::decode_key(&mut bytes.as_slice()).unwrap();
        let mut digest = [0; 32];
        digest[..8].copy_from_slice(&self.next.to_be_bytes());
        let body = EnvelopeBody {
            sender: Some(sender),
            kind: i32::try_from(kind).unwrap(),
            in_reply_to: answers
                .map(|digest| EnvelopeReference { digest: digest.to_vec(), leaf_index: 0 }),
            ..EnvelopeBody::default()
        };
        let day = i64::try_from(self.acts.len()).unwrap();
        let accepted_at_ms = START_MS + day * DAY_MS;
        self.acts.push(Act {
            leaf: self.next,
            accepted_at_ms,
            digest,
            body,
            content: Some(content),
        });
        self.next += 1;
        digest
    }

    fn late(&mut self, rule: &str, finding: AssessmentFinding) {
        let leaf = self.next - 1;
        let one = Assessment {
            subject: "timeliness".into(),
            rule: rule.into(),
            finding: finding.into(),
            ..Assessment::default()
        };
        self.timeliness.entry(leaf).or_default().push(one);
    }

    fn told(self) -> CaseTold {
        let catalogue = Catalogue::built_in().unwrap();
        CaseTold {
            case_id: self.acts[0].leaf.to_be_bytes().repeat(2),
            docket_numbers: Vec::new(),
            procedure: String::new(),
            rules: catalogue.all().find(|set| set.name() == "IQ-L31-2019/1").cloned(),
            acts: Acts { as_of_size: self.next, case: self.acts, ..Acts::default() },
            timeliness: self.timeliness,
        }
    }
}

fn text(words: &str) -> Option<Text> {
    let rendering = Rendering { language: "en".into(), text: words.into() };
    Some(Text { renderings: vec![rendering], authoritative: "en".into() })
}

fn number(institution: &str, literal: &str) -> DocketNumber {
    DocketNumber {
        institution: institution.into(),
        literal: literal.into(),
        normal: literal.into(),
    }
}

fn act(institution: &str, number: &str) -> Option<ActReference> {
    let (institution, number) = (institution.into(), number.into());
    Some(ActReference { institution, number, ..ActReference::default() })
}

fn person(sex: Sex, capacity: Capacity) -> Option<Person> {
    Some(Person { sex: sex.into(), capacity: capacity.into(), ..Person::default() })
}

fn complaint(sex: Sex) -> Content {
    Content::ComplaintRegistered(ComplaintRegistered {
        complainant: person(sex, Capacity::PartyAgent),
        stream: VotingStream::General.into(),
        ..ComplaintRegistered::default()
    })
}

fn colour(colour: Colour) -> Content {
    let (colour, reason_code) = (colour.into(), "R1".to_owned());
    Content::ComplaintClassified(ComplaintClassified {
        colour,
        reason_code,
        ..ComplaintClassified::default()
    })
}

fn decision(literal: &str, outcome: Outcome, due: Option<CivilDate>) -> Content {
    Content::CouncilDecision(CouncilDecision {
        decision: act("ihec", literal),
        outcomes: vec![CaseOutcome {
            docket_number: None,
            outcome: outcome.into(),
            reason: text("because"),
        }],
        clauses: vec![OperativeClause { number: 1, text: text("do"), charged: None, due_on: due }],
        r#final: true,
        ..CouncilDecision::default()
    })
}

fn appeal(against: &str) -> Content {
    Content::AppealFiled(AppealFiled {
        appellant: person(Sex::NotApplicable, Capacity::PoliticalEntity),
        challenged: act("ihec", against),
        route: IntakeRoute::Referred.into(),
        ..AppealFiled::default()
    })
}

fn registered(literal: &str) -> Content {
    Content::Registration(Registration {
        docket_number: Some(number("ejp", literal)),
        ..Registration::default()
    })
}

fn ruling(outcome: Outcome, numbers: &[&str]) -> Content {
    Content::RulingIssued(RulingIssued {
        ruling: act("ejp", "R-1"),
        docket_numbers: numbers.iter().map(|one| number("ejp", one)).collect(),
        outcome: outcome.into(),
        clauses: vec![OperativeClause {
            number: 1,
            text: text("restore"),
            charged: Some(Address { institution: "ihec".into(), office: String::new() }),
            due_on: None,
        }],
        ..RulingIssued::default()
    })
}

/// A complaint, classified, decided, published, appealed, referred, docketed, ruled on and carried
/// out: one filing a day.
fn whole_way(sex: Sex) -> CaseTold {
    let mut case = Growing::from_leaf(0);
    case.file("ihec/geo-bas", None, complaint(sex));
    case.late("complaint-window", AssessmentFinding::InOrder);
    case.file("ihec/council", None, colour(Colour::Red));
    case.file("ihec/council", None, decision("214", Outcome::Upheld, None));
    let certificate = PublicationCertificate {
        decision: act("ihec", "214"),
        ..PublicationCertificate::default()
    };
    case.file("ihec/council", None, Content::PublicationCertificate(certificate));
    case.file("ihec/geo-bas", None, appeal("214"));
    case.late("appeal-window", AssessmentFinding::Contested);
    let referral = Content::Referral(Referral { letter: act("ihec", "61"), ..Referral::default() });
    let referral = case.file("ihec/council", None, referral);
    case.file("ejp/registry", Some(referral), registered("612/2025"));
    case.file("ejp/registry", None, ruling(Outcome::DecisionAnnulled, &["612/2025"]));
    case.late("panel-period", AssessmentFinding::OutOfOrder);
    let change = |subject: &str, before, after| crate::v1::FigureChange {
        subject: subject.into(),
        before,
        after,
    };
    let report = ImplementationReport {
        act: act("ejp", "R-1"),
        tasks: vec![ImplementationTask {
            clause: 1,
            done_on: Some(CivilDate { year: 2025, month: 11, day: 25 }),
            ..ImplementationTask::default()
        }],
        changes: vec![change("seats, list 1", 3, 4), change("votes, list 1, station 02", 612, 0)],
    };
    case.file("ihec/council", None, Content::ImplementationReport(report));
    case.told()
}

fn found(all: &Statistics, name: &str) -> Vec<(String, usize)> {
    let figure = all.figures.iter().find(|figure| figure.name() == name);
    let Some(Counted::Classes(classes)) = figure.map(|figure| &figure.counted) else {
        panic!("{name} in {:?}", all.figures.iter().map(Figure::name).collect::<Vec<_>>())
    };
    classes.iter().map(|(class, units)| (class.clone(), units.len())).collect()
}

fn one(class: &str) -> Vec<(String, usize)> {
    vec![(class.to_owned(), 1)]
}

#[test]
fn a_case_that_went_the_whole_way_is_counted_as_a_person_would() {
    let all = statistics(vec![whole_way(Sex::Female)], &moment(100));
    assert_eq!(
        found(&all, "filed/matters"),
        [("appeal".to_owned(), 1), ("complaint".to_owned(), 1)]
    );
    assert_eq!(found(&all, "outcome/complaint"), one("upheld"));
    assert_eq!(found(&all, "outcome/appeal"), one("decision-annulled"));
    assert_eq!(found(&all, "admission/appeal"), one("admitted"));
    assert_eq!(found(&all, "reasons/complaint"), one("published"));
    assert_eq!(found(&all, "reasons/appeal"), one("not-given"));
    assert_eq!(found(&all, "in-time/appeal-window"), one("contested"));
    assert_eq!(found(&all, "in-time/panel-period"), one("late"));
    assert_eq!(found(&all, "appealed/decisions"), one("appealed"));
    assert_eq!(found(&all, "carried-out/rulings"), one("done"));
    // The complaint stays with the commission, the appeal goes from it to the panel.
    assert_eq!(found(&all, "body/ihec/complaint"), one("decided"));
    assert_eq!(found(&all, "body/ihec/appeal"), one("referred"));
    assert_eq!(found(&all, "body/ejp/appeal"), one("decided"));
    assert_eq!(found(&all, "outcome/complaint@sex=female"), one("upheld"));
    assert_eq!(found(&all, "outcome/complaint@colour=red"), one("upheld"));
    assert_eq!(found(&all, "outcome/appeal@stage=polling"), one("decision-annulled"));
    assert_eq!(found(&all, "outcome/appeal@office=ihec/geo-bas"), one("decision-annulled"));

    let figure = |name: &str| all.figures.iter().find(|figure| figure.name() == name).unwrap();
    // Filed on day 0, decided on day 2; the appeal on day 4, ruled on day 7.
    let days = |name: &str| figure(name).quantiles().map(|(median, _)| median / 86_400);
    assert_eq!(days("took/complaint-to-decision"), Some(2));
    assert_eq!(days("took/appeal-to-decision"), Some(3));
    assert_eq!(days("took/step-referral"), Some(1));
    // Ruled on 23 November, done on the 25th.
    assert_eq!(days("took/rulings-to-implementation"), Some(2));
    assert_eq!(figure("seats-changed/all").amount(), Some(1));
    assert_eq!(figure("stations-annulled/all").amount(), Some(1));
    let shares = figure("outcome/appeal").shares();
    assert!(shares.contains(&(Share::ForFiler, 1, 1)) && shares.contains(&(Share::Closed, 1, 1)));
    let title = all.titles.get(&(Indicator::InTime, "appeal-window".to_owned())).unwrap();
    assert!(title.renderings.iter().any(|one| one.text == "مدة الطعن"), "{title:?}");
    let (_, units) = all.open("outcome/appeal@office=ihec/geo-bas:decision-annulled").unwrap();
    assert_eq!(units, [Unit { matter: 1, leaf: 4 }]);
    assert!(all.open("outcome/appeal:upheld").is_none());
    let mut light = whole_way(Sex::Female);
    light.lighten();
    assert_eq!(statistics(vec![light], &moment(100)), all);
}

#[test]
fn as_of_an_earlier_size_what_came_later_has_not_happened() {
    let all = statistics(vec![whole_way(Sex::Male)], &moment(7));
    assert_eq!(found(&all, "outcome/appeal"), one("pending"));
    assert_eq!(found(&all, "admission/appeal"), one("admitted"));
    assert_eq!(found(&all, "body/ejp/appeal"), one("open"));
    let waits = all.figures.iter().find(|figure| figure.name() == "waits/appeal").unwrap();
    assert_eq!(waits.quantiles().map(|(median, _)| median / 86_400), Some(26));
    assert!(!all.figures.iter().any(|figure| figure.name() == "in-time/panel-period"));
    assert!(statistics(vec![whole_way(Sex::Male)], &moment(0)).cases.is_empty());
}

#[test]
fn what_ends_without_a_decision_has_its_own_class() {
    let mut withdrawn = Growing::from_leaf(0);
    withdrawn.file("ihec/geo-bas", None, appeal("70"));
    let content = AppealWithdrawn::default();
    withdrawn.file("ihec/geo-bas", None, Content::AppealWithdrawn(content));
    let mut refused = Growing::from_leaf(10);
    let filed = refused.file("ihec/geo-bas", None, complaint(Sex::Unspecified));
    let content = Content::RefusalToRegister(RefusalToRegister::default());
    refused.file("ihec/council", Some(filed), content);
    let mut yellow = Growing::from_leaf(20);
    yellow.file("ihec/geo-nin", None, complaint(Sex::Male));
    yellow.file("ihec/council", None, colour(Colour::Yellow));
    let mut silent = Growing::from_leaf(30);
    silent.file("ihec/geo-nin", None, complaint(Sex::Male));
    silent.file("ihec/council", None, decision("9", Outcome::Unspecified, None));
    let due = Some(CivilDate { year: 2025, month: 12, day: 15 });
    silent.file("ihec/council", None, decision("10", Outcome::Unspecified, due));
    silent.file("ihec/council", None, Content::CriminalReferral(CriminalReferral::default()));
    let cases = [withdrawn, refused, yellow, silent].map(Growing::told).to_vec();
    let all = statistics(cases, &moment(100));
    let expected = [("inadmissible", 1), ("not-said", 1), ("not-taken-in", 1)];
    let expected: Vec<(String, usize)> =
        expected.iter().map(|(class, count)| ((*class).to_owned(), *count)).collect();
    assert_eq!(found(&all, "outcome/complaint"), expected);
    assert_eq!(found(&all, "outcome/appeal"), one("withdrawn"));
    assert_eq!(found(&all, "admission/appeal"), one("ended"));
    assert_eq!(found(&all, "outcome/complaint@sex=not-said"), one("not-taken-in"));
    assert_eq!(found(&all, "carried-out/decisions"), one("overdue"));
    assert_eq!(found(&all, "criminal-referrals/all"), one("referred"));
    let expected = [("appealed-not-in-view".to_owned(), 1), ("not-appealed".to_owned(), 2)];
    assert_eq!(found(&all, "appealed/decisions"), expected);
}

#[test]
fn a_ruling_decides_the_appeals_it_names() {
    let mut case = Growing::from_leaf(0);
    let one_appeal = case.file("ihec/geo-bas", None, appeal("214"));
    let other = case.file("ihec/geo-nin", None, appeal("215"));
    case.file("ejp/registry", Some(one_appeal), registered("1/2025"));
    case.file("ejp/registry", Some(other), registered("2/2025"));
    case.file("ejp/registry", None, ruling(Outcome::DecisionConfirmed, &["2/2025"]));
    let supplement = Content::SupplementFiled(SupplementFiled::default());
    case.file("ihec/geo-bas", None, supplement);
    let all = statistics(vec![case.told()], &moment(100));
    let name = "outcome/appeal@office=ihec/geo-nin";
    assert_eq!(found(&all, name), one("decision-confirmed"));
    assert_eq!(found(&all, "outcome/appeal@office=ihec/geo-bas"), one("pending"));
    assert_eq!(found(&all, "supplements/appeal"), one("supplement"));
}

/// A filing that may come next in a made-up case.
fn any_filing() -> impl Strategy<Value = (usize, usize)> {
    (0..14_usize, 0..4_usize)
}

fn made_up(filings: &[(usize, usize)], leaf: u64) -> CaseTold {
    let mut case = Growing::from_leaf(leaf);
    let mut last = None;
    for (what, which) in filings {
        let sex = [Sex::Female, Sex::Male, Sex::Unspecified, Sex::NotApplicable][*which];
        let outcome =
            [Outcome::Rejected, Outcome::DecisionAnnulled, Outcome::Unspecified, Outcome::Abated]
                [*which];
        let body = ["ihec/council", "ihec/geo-bas", "ejp/registry", "ejp"][*which];
        let content = match what {
            0 | 1 => complaint(sex),
            2 => colour([Colour::Yellow, Colour::Green, Colour::Red, Colour::Unspecified][*which]),
            3 => decision("1", outcome, None),
            4 | 5 => appeal(["1", "2", "3", ""][*which]),
            6 => Content::Referral(Referral::default()),
            7 => registered(["1", "2", "3", "4"][*which]),
            8 | 9 => ruling(outcome, [&["1"][..], &["2"], &[], &["1", "2"]][*which]),
            10 => Content::AppealWithdrawn(AppealWithdrawn::default()),
            11 => Content::RefusalToRegister(RefusalToRegister::default()),
            12 => Content::ReturnToCouncil(crate::v1::ReturnToCouncil::default()),
            _ => Content::SupplementFiled(SupplementFiled::default()),
        };
        last = Some(case.file(body, last.filter(|_| matches!(what, 7 | 11)), content));
    }
    case.told()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn sums_always_add_up(
        all in prop::collection::vec(prop::collection::vec(any_filing(), 1..9), 1..12),
        minimum in 1..6_usize,
    ) {
        let cases: Vec<CaseTold> =
            (0..).zip(&all).map(|(at, filings)| made_up(filings, at * 100)).collect();
        let mut all = statistics(cases.clone(), &moment(10_000));
        // In whatever order the cases come, and without their long texts.
        let mut turned = cases;
        turned.reverse();
        turned.iter_mut().for_each(CaseTold::lighten);
        prop_assert_eq!(&statistics(turned, &moment(10_000)), &all);
        let filed = all.figures.iter().find(|one| one.name() == "filed/matters").unwrap();
        prop_assert_eq!(filed.count(), all.matters.len());
        for level in ["complaint", "appeal"] {
            let count = filed.class(level).len();
            for indicator in ["outcome", "admission"] {
                let name = format!("{indicator}/{level}");
                let figure = all.figures.iter().find(|figure| figure.name() == name);
                prop_assert_eq!(figure.map_or(0, Figure::count), count, "{}", name);
            }
            // Opened = closed + pending, at each body.
            let decided = all.figures.iter().find(|one| one.name() == format!("reasons/{level}"));
            let waits = all.figures.iter().find(|one| one.name() == format!("waits/{level}"));
            let known = |figure: Option<&Figure>| figure.map_or(0, Figure::count);
            prop_assert!(known(decided) + known(waits) <= count);
        }
        // Strata part each figure: nothing is lost, nothing counted twice.
        for whole in all.figures.iter().filter(|figure| figure.stratum.is_none()) {
            let mut units = whole.units();
            units.sort_unstable();
            for dimension in [Dimension::Sex, Dimension::Office, Dimension::Stage] {
                let parts = all.figures.iter().filter(|part| {
                    part.indicator == whole.indicator
                        && part.of == whole.of
                        && part.stratum.as_ref().is_some_and(|(one, _)| *one == dimension)
                });
                let mut apart: Vec<Unit> = parts.flat_map(Figure::units).collect();
                apart.sort_unstable();
                prop_assert_eq!(&apart, &units, "{} by {:?}", whole.name(), dimension);
            }
            for (_, part, of) in whole.shares() {
                prop_assert!(part <= of && of <= whole.count());
            }
        }
        withhold(&mut all.figures, minimum);
        nothing_small_is_told(&all.figures, minimum)?;
    }
}

/// What is shown about persons has no small number in it, and none follows by subtraction.
fn nothing_small_is_told(figures: &[Figure], minimum: usize) -> Result<(), TestCaseError> {
    let few = |count: usize| count > 0 && count < minimum;
    for whole in figures.iter().filter(|figure| figure.stratum.is_none()) {
        prop_assert_eq!(whole.shown, Shown::All);
        let Counted::Classes(classes) = &whole.counted else { continue };
        for dimension in [Dimension::Sex, Dimension::Capacity] {
            let table: Vec<&Figure> = figures
                .iter()
                .filter(|part| part.indicator == whole.indicator && part.of == whole.of)
                .filter(|part| part.stratum.as_ref().is_some_and(|(one, _)| *one == dimension))
                .collect();
            prop_assert!(table.iter().all(|part| part.shown != Shown::All));
            let shown: Vec<&&Figure> =
                table.iter().filter(|part| part.shown == Shown::Numbers).collect();
            if shown.is_empty() {
                continue;
            }
            let hidden = &shown[0].withheld;
            prop_assert!(hidden.len() != 1, "{hidden:?} of {}", whole.name());
            for part in &shown {
                let left: usize = hidden.iter().map(|class| part.class(class).len()).sum();
                prop_assert!(!few(left), "{} of {}", left, part.name());
            }
            for (class, units) in classes.iter().filter(|(class, _)| !hidden.contains(class)) {
                let told = shown.iter().map(|part| part.class(class).len());
                prop_assert!(told.clone().all(|count| !few(count)), "{class}");
                let rest = units.len() - told.sum::<usize>();
                prop_assert!(!few(rest), "{} {} remain of {}", rest, class, whole.name());
            }
        }
    }
    Ok(())
}

#[test]
fn one_woman_among_many_is_not_told() {
    let case = |at: usize| {
        let sex = if at == 0 { Sex::Female } else { Sex::Male };
        let mut case = Growing::from_leaf(u64::try_from(at).unwrap() * 10);
        case.file("ihec/geo-bas", None, complaint(sex));
        if at < 7 {
            case.file("ihec/council", None, decision("1", Outcome::Rejected, None));
        }
        case.told()
    };
    let mut all = statistics((0..20).map(case).collect(), &moment(10_000));
    withhold(&mut all.figures, 5);
    let shown = |name: &str| all.figures.iter().find(|one| one.name() == name).unwrap().shown;
    assert_eq!(shown("outcome/complaint@sex=female"), Shown::Nothing);
    assert_eq!(shown("outcome/complaint@sex=male"), Shown::Nothing, "she is the difference");
    assert_eq!(shown("outcome/complaint@capacity=party-agent"), Shown::Numbers);
    assert_eq!(shown("outcome/complaint@office=ihec/geo-bas"), Shown::All);
}

#[test]
fn a_kind_of_filing_that_brings_no_matter_is_one_case_all_the_same() {
    let mut case = Growing::from_leaf(3);
    case.file("ihec/council", None, Content::CriminalReferral(CriminalReferral::default()));
    assert_eq!(case.acts[0].kind(), FilingKind::CriminalReferral);
    let all = statistics(vec![case.told()], &moment(100));
    assert_eq!(found(&all, "filed/matters"), one("other"));
    assert!(!all.figures.iter().any(|figure| figure.indicator == Indicator::Outcome));
}
