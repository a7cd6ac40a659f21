//! Made-up cases, one filing a day.

use std::collections::BTreeMap;

use super::super::*;
use crate::assess::{Act, Acts};
use crate::rules::Catalogue;
use crate::v1::filing_content::Content;
use crate::v1::{
    ActReference, Address, AppealFiled, Assessment, AssessmentFinding, Capacity, CaseOutcome,
    Colour, ComplaintClassified, ComplaintRegistered, CouncilDecision, DocketNumber, EnvelopeBody,
    EnvelopeReference, FilingContent, ImplementationReport, ImplementationTask, IntakeRoute,
    OperativeClause, Outcome, Person, PublicationCertificate, Referral, Registration, Rendering,
    RulingIssued, Sex, VotingStream,
};

pub(super) const DAY_MS: i64 = 86_400_000;
/// 16 November 2025, 09:00 in Baghdad.
pub(super) const START_MS: i64 = 1_763_272_800_000;

pub(super) fn moment(size: u64) -> Moment<'static> {
    Moment {
        event: "CoR-2025-6",
        as_of_size: size,
        at_ms: START_MS + 30 * DAY_MS,
        day: CivilDate { year: 2025, month: 12, day: 16 },
        utc_offset_minutes: 180,
    }
}

/// A case that grows, one filing a day.
pub(super) struct Growing {
    pub(super) next: u64,
    pub(super) acts: Vec<Act>,
    pub(super) timeliness: BTreeMap<u64, Vec<Assessment>>,
}

impl Growing {
    pub(super) fn from_leaf(next: u64) -> Self {
        Self { next, acts: Vec::new(), timeliness: BTreeMap::new() }
    }

    /// Files something; returns its digest.
    pub(super) fn files(
        &mut self,
        sender: &str,
        answers: Option<[u8; 32]>,
        content: Content,
    ) -> [u8; 32] {
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

    pub(super) fn late(&mut self, rule: &str, finding: AssessmentFinding) {
        let leaf = self.next - 1;
        let one = Assessment {
            subject: "timeliness".into(),
            rule: rule.into(),
            finding: finding.into(),
            ..Assessment::default()
        };
        self.timeliness.entry(leaf).or_default().push(one);
    }

    pub(super) fn told(self) -> CaseTold {
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

pub(super) fn text(words: &str) -> Option<Text> {
    let rendering = Rendering { language: "en".into(), text: words.into() };
    Some(Text { renderings: vec![rendering], authoritative: "en".into() })
}

pub(super) fn number(institution: &str, literal: &str) -> DocketNumber {
    DocketNumber {
        institution: institution.into(),
        literal: literal.into(),
        normal: literal.into(),
    }
}

pub(super) fn act(institution: &str, number: &str) -> Option<ActReference> {
    let (institution, number) = (institution.into(), number.into());
    Some(ActReference { institution, number, ..ActReference::default() })
}

pub(super) fn person(sex: Sex, capacity: Capacity) -> Option<Person> {
    Some(Person { sex: sex.into(), capacity: capacity.into(), ..Person::default() })
}

pub(super) fn complaint(sex: Sex) -> Content {
    Content::ComplaintRegistered(ComplaintRegistered {
        complainant: person(sex, Capacity::PartyAgent),
        stream: VotingStream::General.into(),
        ..ComplaintRegistered::default()
    })
}

pub(super) fn colour(colour: Colour) -> Content {
    let (colour, reason_code) = (colour.into(), "R1".to_owned());
    Content::ComplaintClassified(ComplaintClassified {
        colour,
        reason_code,
        ..ComplaintClassified::default()
    })
}

pub(super) fn decision(literal: &str, outcome: Outcome, due: Option<CivilDate>) -> Content {
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

pub(super) fn appeal(against: &str) -> Content {
    Content::AppealFiled(AppealFiled {
        appellant: person(Sex::NotApplicable, Capacity::PoliticalEntity),
        challenged: act("ihec", against),
        route: IntakeRoute::Referred.into(),
        ..AppealFiled::default()
    })
}

pub(super) fn registered(literal: &str) -> Content {
    Content::Registration(Registration {
        docket_number: Some(number("ejp", literal)),
        ..Registration::default()
    })
}

pub(super) fn ruling(outcome: Outcome, numbers: &[&str]) -> Content {
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
pub(super) fn whole_way(sex: Sex) -> CaseTold {
    let mut case = Growing::from_leaf(0);
    case.files("ihec/geo-bas", None, complaint(sex));
    case.late("complaint-window", AssessmentFinding::InOrder);
    case.files("ihec/council", None, colour(Colour::Red));
    case.files("ihec/council", None, decision("214", Outcome::Upheld, None));
    let certificate = PublicationCertificate {
        decision: act("ihec", "214"),
        ..PublicationCertificate::default()
    };
    case.files("ihec/council", None, Content::PublicationCertificate(certificate));
    case.files("ihec/geo-bas", None, appeal("214"));
    case.late("appeal-window", AssessmentFinding::Contested);
    let referral = Content::Referral(Referral { letter: act("ihec", "61"), ..Referral::default() });
    let referral = case.files("ihec/council", None, referral);
    case.files("ejp/registry", Some(referral), registered("612/2025"));
    case.files("ejp/registry", None, ruling(Outcome::DecisionAnnulled, &["612/2025"]));
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
    case.files("ihec/council", None, Content::ImplementationReport(report));
    case.told()
}
