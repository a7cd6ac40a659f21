//! A hub that computes what the law says, in memory: as the real one does, or with the habits of
//! one that lies.

use std::rc::Rc;
use std::sync::Arc;

use barid_proto::assess::{Act, Acts, Law, assess, contradicting, known_beyond, names_needed};
use barid_proto::leaf::{self, LeafKind};
use barid_proto::rules::{Catalogue, Found, RuleSet};
use barid_proto::tlog::Hash;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    ActReference, Address, AppealFiled, CaseReference, CivilDate, Confidentiality, DataClass,
    EnvelopeBody, FilingAssessment, FilingContent, FilingKind, Holiday, HolidayCalendar,
    HubStatement, HubStatementKind, LeadDocument, Outage, OutageReported, PublicationCertificate,
    Reading, Referral, RuleSetPublished, RulingIssued, Stamp,
};
use prost::Message as _;
use sha2::{Digest as _, Sha256};

use super::authority::Desk;
use super::network::{Network, Sealed, address};
use crate::bundle::{Bundle, DocumentBytes, NamedDocument};

/// The rule set under which the case is opened.
pub(crate) const RULES: &str = "IQ-L11-2007/1";

/// What a hub does to an assessment of a filing of this kind.
pub(crate) type Twist = Rc<dyn Fn(FilingKind, &mut FilingAssessment)>;

/// How a hub deviates from the truth.
#[derive(Clone)]
pub(crate) struct Habits {
    /// Filings of this kind it passes over when it computes.
    pub(crate) ignores: Option<FilingKind>,
    /// What it does to an assessment before it logs it.
    pub(crate) twists: Twist,
    /// The rule set that it applies, and knows besides those that come along.
    pub(crate) rules: Arc<RuleSet>,
    /// How far from the time of the leaf it takes the filing to have come, in milliseconds.
    pub(crate) off_ms: i64,
    /// The rule set that the appellant named.
    pub(crate) named: String,
}

/// A case under the law: an appeal against a decision, which an office publishes in another case;
/// its referral, a restricted letter, a ruling; and a calendar.
pub(crate) struct LawCase {
    pub(crate) network: Network,
    /// The filings of the case.
    pub(crate) filings: Vec<Sealed>,
    /// The calendar, the certificate of publication, and the rule set if that is published.
    pub(crate) law: Vec<Sealed>,
    /// The text of the rule set that is published.
    pub(crate) text: Option<String>,
    /// Who files: the national office, that of Basra, the panel.
    pub(crate) desks: Vec<Desk>,
    /// Outages that the hub stated: bytes, leaf, extra.
    pub(crate) stated: Vec<(Vec<u8>, u64, [u8; 9])>,
    habits: Habits,
    acts: Vec<(Vec<u8>, Act)>,
    outages: Vec<(u64, Outage)>,
}

pub(crate) fn honest() -> Habits {
    let rules = built_in(RULES);
    Habits { ignores: None, twists: Rc::new(|_, _| ()), off_ms: 0, named: rules.id.clone(), rules }
}

fn built_in(name: &str) -> Arc<RuleSet> {
    match Catalogue::built_in().unwrap().find(name) {
        Found::One(set) => set,
        other => panic!("{name}: {other:?}"),
    }
}

/// A rule set over the built-in one, with another window for appeals.
pub(crate) fn overlay(days: u32) -> String {
    let digest = crate::hex::encode(&built_in(RULES).sha256);
    let title = r#"{ ar = "أ", ckb = "ب", en = "A regulation", es = "Un reglamento" }"#;
    format!(
        "id = \"TEST-REG\"\nversion = 1\nextends = \"{RULES}\"\nextends-sha256 = \"{digest}\"\n\
         title = {title}\neffective-from = 2025-01-01\n\n\
         [[rule]]\nkey = \"appeal-window\"\n[rule.period]\nlength = {days}\n"
    )
}

pub(crate) fn parsed(text: &str) -> Arc<RuleSet> {
    Catalogue::built_in().unwrap().add(text).unwrap()
}

fn on(day: i32) -> Option<CivilDate> {
    Some(CivilDate { year: 2025, month: 11, day })
}

fn act(institution: &str, number: &str, day: i32) -> Option<ActReference> {
    let (institution, number) = (institution.to_owned(), number.to_owned());
    Some(ActReference { institution, number, date: on(day), ..ActReference::default() })
}

/// November and December, with a holiday on which the window would end.
fn calendar() -> Content {
    let holiday = Holiday { day: on(25), announced_at_unix_ms: 1, ..Holiday::default() };
    Content::HolidayCalendar(HolidayCalendar {
        holidays: vec![holiday],
        covers_from: on(1),
        covers_until: Some(CivilDate { year: 2025, month: 12, day: 31 }),
        ..HolidayCalendar::default()
    })
}

fn certificate() -> Content {
    Content::PublicationCertificate(PublicationCertificate {
        decision: act("ihec", "214", 16),
        first_day: on(20),
        last_day: on(22),
        ..PublicationCertificate::default()
    })
}

/// The case, as a hub with these habits keeps it.
pub(crate) fn case(habits: Habits, text: Option<String>) -> LawCase {
    let mut network = Network::new();
    let mut national = network.office("ihec", "national");
    let mut basra = network.office("ihec", "geo-bas");
    let mut panel = network.office("ejp", "registry");
    network.witness();
    let (filings, law, acts, desks, stated, outages) = Default::default();
    let mut case = LawCase { network, filings, law, text, desks, stated, habits, acts, outages };
    let court = address("ejp", "registry");
    case.publish_calendar(&mut national);
    case.publish_rules(&mut national);
    let published = case.submit(&mut national, FilingKind::PublicationCertificate, &[], |body| {
        body.content = said(certificate());
    });
    case.law.push(published);
    let appeal = Content::AppealFiled(AppealFiled {
        challenged: act("ihec", "214", 16),
        ..AppealFiled::default()
    });
    let named = case.habits.named.clone();
    let stamped = 1_763_975_400_000; // 2025-11-24 12:10 in Baghdad
    let appeal = case.submit(&mut basra, FilingKind::AppealFiled, &[&court], |body| {
        let office = body.sender.clone();
        body.stamp = Some(Stamp { office, stamped_at_unix_ms: stamped, ..Stamp::default() });
        body.rule_set_id = named;
        body.content = said(appeal);
    });
    let id = opened(&appeal);
    let letter = Content::Referral(Referral { letter: act("ihec", "61", 23), ..<_>::default() });
    let referral = case.submit(&mut basra, FilingKind::Referral, &[&court], |body| {
        body.case = within(&id);
        body.content = said(letter);
    });
    let hidden = case.submit(&mut basra, FilingKind::Referral, &[&court], |body| {
        let letter = Referral { letter: act("ihec", "62", 23), ..Referral::default() };
        body.case = within(&id);
        body.confidentiality = Confidentiality::Restricted.into();
        body.content = said(Content::Referral(letter));
    });
    let ruling = RulingIssued { ruling: act("ejp", "7", 23), ..RulingIssued::default() };
    let ruling = case.submit(&mut panel, FilingKind::RulingIssued, &[], |body| {
        body.case = within(&id);
        body.content = said(Content::RulingIssued(ruling));
    });
    case.filings = vec![appeal, referral, hidden, ruling];
    case.desks = vec![national, basra, panel];
    case
}

fn said(content: Content) -> Option<FilingContent> {
    Some(FilingContent { content: Some(content) })
}

fn within(id: &[u8]) -> Option<CaseReference> {
    Some(CaseReference { case_id: id.to_vec(), docket_numbers: Vec::new() })
}

/// The case that a filing opened.
pub(crate) fn opened(filing: &Sealed) -> Vec<u8> {
    barid_proto::envelope::decode_body(&filing.envelope.body).unwrap().envelope_id
}

impl LawCase {
    pub(crate) fn publish_calendar(&mut self, desk: &mut Desk) {
        let sealed = self.submit(desk, FilingKind::HolidayCalendar, &[], |body| {
            body.data_class = DataClass::Published.into();
            body.content = said(calendar());
        });
        self.law.push(sealed);
    }

    /// The hub states that it was down itself.
    pub(crate) fn state_outage(&mut self, outage: Outage) {
        let statement = HubStatement {
            kind: HubStatementKind::Outage.into(),
            outage: Some(outage),
            ..HubStatement::default()
        };
        let bytes = statement.encode_to_vec();
        let digest = leaf::statement_digest(&bytes);
        let (index, extra) = self.network.own_leaf(LeafKind::Statement, digest);
        self.stated.push((bytes, index, extra));
        self.outages.push((index, outage));
        self.network.witness();
    }

    /// An office says that it could not reach the hub.
    pub(crate) fn report_outage(&mut self, desk: &mut Desk, outage: Outage) {
        let report = OutageReported { outage: Some(outage), ..OutageReported::default() };
        let named = self.habits.named.clone();
        let sealed = self.submit(desk, FilingKind::OutageReported, &[], |body| {
            body.data_class = DataClass::Published.into();
            body.rule_set_id = named;
            body.content = said(Content::OutageReported(report));
        });
        self.filings.push(sealed);
    }

    fn publish_rules(&mut self, desk: &mut Desk) {
        let Some(text) = self.text.clone() else { return };
        let sha256 = Sha256::digest(&text).to_vec();
        let set = RuleSetPublished {
            rule_set_id: "TEST-REG/1".to_owned(),
            sha256: sha256.clone(),
            ..RuleSetPublished::default()
        };
        let sealed = self.submit(desk, FilingKind::RuleSetPublished, &[], |body| {
            body.data_class = DataClass::Published.into();
            let (format, size_bytes) = ("barid/rule-set+toml".to_owned(), text.len() as u64);
            let name = "rules.toml".to_owned();
            body.lead = Some(LeadDocument { format, name, size_bytes, sha256, ..<_>::default() });
            body.content = said(Content::RuleSetPublished(set));
        });
        self.law.push(sealed);
    }

    /// Files, and logs what comes out behind it, after which witnesses see it. A certificate of
    /// publication is read by a format.
    pub(crate) fn submit(
        &mut self,
        desk: &mut Desk,
        kind: FilingKind,
        to: &[&Address],
        change: impl FnOnce(&mut EnvelopeBody),
    ) -> Sealed {
        let as_of_size = self.network.log.size() as u64;
        let mut content = None;
        let read = kind == FilingKind::PublicationCertificate;
        let mut sealed = self.network.file_envelope(desk, kind, to, |body| {
            change(body);
            content = body.content.clone();
            if read {
                let (format, sha256) = ("test/form".to_owned(), vec![5; 32]);
                body.content = None;
                body.lead = Some(LeadDocument { format, sha256, ..LeadDocument::default() });
            }
        });
        let mut body = barid_proto::envelope::decode_body(&sealed.envelope.body).unwrap();
        body.content = None;
        let content_said = content.as_ref().and_then(|content| content.content.clone());
        let accepted_at_ms = self.network.clock_ms as i64 + self.habits.off_ms;
        let (digest, id) = (sealed.digest, case_of(&body));
        let own = Act { leaf: as_of_size, accepted_at_ms, digest, body, content: content_said };
        let mut added = FilingAssessment {
            envelope_digest: digest.to_vec(),
            assessments: self.computed(&own, &id),
            assessed_at_unix_ms: accepted_at_ms,
            reading: content
                .filter(|_| read)
                .map(|content| Reading { content: Some(content), ..Reading::default() }),
            ..FilingAssessment::default()
        };
        (self.habits.twists)(kind, &mut added);
        let bytes = added.encode_to_vec();
        self.network.own_leaf(LeafKind::Assessment, leaf::assessment_digest(&bytes));
        sealed.assessment = Some(bytes);
        let accepted_at_ms = self.network.clock_ms as i64;
        self.acts.push((id, Act { leaf: sealed.index, accepted_at_ms, ..own }));
        self.network.witness();
        sealed
    }

    fn computed(&self, own: &Act, id: &[u8]) -> Vec<barid_proto::v1::Assessment> {
        let counts = |act: &&Act| Some(act.kind()) != self.habits.ignores;
        let restricted = Confidentiality::Restricted;
        let open = |act: &&Act| {
            act.body.confidentiality() != restricted || own.body.confidentiality() == restricted
        };
        let all = || self.acts.iter().filter(|(_, act)| counts(&act));
        let case = all().filter(|(case, act)| case == id && open(&act));
        let case: Vec<Act> = case.map(|(_, act)| act.clone()).collect();
        let needed = names_needed(own, &case);
        let name = self.habits.rules.name();
        let general = all().filter(|(case, act)| {
            let found = known_beyond(&act.body, act.content.as_ref());
            let rules = matches!(&act.content, Some(Content::RuleSetPublished(set))
                if set.rule_set_id == name);
            case != id && (rules || found.is_some_and(|found| needed.contains(&found)))
        });
        let mut general: Vec<Act> = general.map(|(_, act)| act.clone()).collect();
        if let Some(Content::OutageReported(report)) = &own.content
            && let Some((first, last)) = report.outage.as_ref().and_then(contradicting)
        {
            let office = all().filter(|(_, act)| act.body.sender == own.body.sender);
            let mut meanwhile =
                office.filter(|(_, act)| (first..=last).contains(&act.accepted_at_ms));
            general.extend(meanwhile.next().map(|(_, act)| act.clone()));
        }
        let outages = self.outages.clone();
        let acts = Acts { as_of_size: own.leaf, case, general, outages };
        assess(&Law { rules: &self.habits.rules, acts: &acts, event: "" }, own)
    }

    /// Everything in a bundle.
    pub(crate) fn bundle(&self) -> Bundle {
        let mut bundle = self.network.bundle(&self.filings);
        let law = self.law.iter().map(|filed| self.network.evidence(filed).into());
        bundle.law = law.collect();
        bundle.outages = self.stated.iter().map(|own| self.network.stated(own)).collect();
        if let Some(text) = &self.text {
            let name: Hash = Sha256::digest(text).into();
            let (size, bytes) = (text.len() as u64, DocumentBytes::Memory(text.clone().into()));
            bundle.documents.push(NamedDocument { name, found: name, size, bytes });
        }
        bundle
    }
}

fn case_of(body: &EnvelopeBody) -> Vec<u8> {
    body.case.as_ref().map_or_else(|| body.envelope_id.clone(), |case| case.case_id.clone())
}
