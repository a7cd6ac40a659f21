//! Step 4, judge: the case, the permission, the papers. What passes becomes a proposal to the log.

use barid_proto::enrolment::KeyStep;
use barid_proto::leaf::{self, LeafKind};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{self, FilingAssessment, Problem, ProblemPlace, Reason};
use prost::Message as _;

use super::assess::assess;
use super::change::case_change;
use super::law::{Lawful, body_of, public_act};
use super::recognise::Recognised;
use super::retention::destroyed_text;
use super::standing::CaseStanding;
use super::understand::Understood;
use super::{Crafts, look};
use crate::error::{Error, Fault, Refusal};
use crate::identity::directory::Member;
use crate::identity::policy::{Question, SenderRole, data_class_name, filing_kind_name};
use crate::log::Proposal;
use crate::model::access::AccessRow;
use crate::model::filing::{self, Filing};
use crate::model::id::{CaseId, DocumentDigest, OfficeAddress};
use crate::model::place::english;
use crate::model::retention::RetentionChange;
use crate::model::row::{AnswerChange, CaseChange, CaseRole, DocumentRow, FilingRow, KeyChange};
use crate::model::wire;
use crate::store::Reader;

/// A filing that may be sealed.
pub(super) struct Judged {
    /// What the log is asked to seal.
    pub(super) proposal: Proposal,
}

impl Crafts {
    /// Judges a filing that was recognised and understood.
    pub(super) fn judge(
        &self,
        recognised: &Recognised,
        understood: &Understood,
    ) -> Result<Judged, Error> {
        let filing = &recognised.filing;
        let recipients = self.resolve_recipients(filing)?;
        self.check_data_class(recognised, &recipients)?;
        let answer = self.answered(recognised, understood)?;
        let standing = self.standing(recognised, answer.as_ref())?;
        self.check_permission(recognised, &recipients, &standing)?;
        self.check_papers(recognised)?;
        self.check_redactions(recognised)?;
        self.check_clock(understood)?;
        self.check_rule_set(recognised, understood)?;
        let access = self.access(recognised, understood, &standing)?;
        let retention = self.retention(recognised, understood, &standing)?;
        let applied = self.applied(recognised, &standing);
        let case = case_change(recognised, understood, &recipients, standing, &applied.name)?;
        let key = self.key_change(recognised)?;
        let mentions = self.mentions(recognised, understood, case.as_ref())?;
        let lawful = self.lawful(recognised, understood, &applied)?;
        let added = added(recognised, understood, &recipients, lawful, &mentions, (self.clock)());
        let settled = Settled { recipients, case, answer, key, mentions, added, access, retention };
        Ok(Judged { proposal: propose(recognised, understood, settled)? })
    }

    /// Every recipient is an office of the directory.
    fn resolve_recipients(&self, filing: &Filing) -> Result<Vec<OfficeAddress>, Error> {
        let mut resolved: Vec<OfficeAddress> = Vec::with_capacity(filing.recipients.len());
        let mut unknown = Vec::new();
        for (index, recipient) in filing.recipients.iter().enumerate() {
            match self.directory.resolve(recipient) {
                // An institution and its main office, both named, are one inbox.
                Some(office) if resolved.contains(&office) => {}
                Some(office) => resolved.push(office),
                None => unknown.push(problem(
                    format!("recipients[{index}]"),
                    "unknown",
                    format!(
                        "{}/{} is not in the directory",
                        recipient.institution, recipient.office
                    ),
                )),
            }
        }
        if unknown.is_empty() {
            return Ok(resolved);
        }
        let text = format!("{} recipients are not in the directory", unknown.len());
        Err(Refusal::new(Reason::RecipientUnknown, text).with_problems(unknown).into())
    }

    /// The class of data is one that the sender and every recipient may touch.
    fn check_data_class(
        &self,
        recognised: &Recognised,
        recipients: &[OfficeAddress],
    ) -> Result<(), Error> {
        let class = recognised.filing.data_class;
        for office in recipients.iter().chain([&recognised.sender]) {
            if !self.member(office)?.data_classes.contains(&class) {
                let text = format!("{office} may not touch {} data", data_class_name(class));
                return Err(Refusal::new(Reason::DataClassForbidden, text).into());
            }
        }
        Ok(())
    }

    pub(super) fn member(&self, office: &OfficeAddress) -> Result<&Member, Error> {
        let unknown = || {
            let text = format!("{office} is not in the directory");
            Refusal::new(Reason::OfficeUnknown, text).into()
        };
        self.directory.member(&office.institution).ok_or_else(unknown)
    }

    fn check_permission(
        &self,
        recognised: &Recognised,
        recipients: &[OfficeAddress],
        standing: &CaseStanding,
    ) -> Result<(), Error> {
        let filing = &recognised.filing;
        let from = &self.member(&recognised.sender)?.kind;
        let role = match standing {
            CaseStanding::None => SenderRole::NoCase,
            CaseStanding::Opens(_) => SenderRole::Opens,
            CaseStanding::In(_, CaseRole::Opener) => SenderRole::Opener,
            CaseStanding::In(_, CaseRole::Addressee) => SenderRole::Addressee,
        };
        let mut to = Vec::with_capacity(recipients.len());
        for recipient in recipients {
            to.push(self.member(recipient)?.kind.as_str());
        }
        let data_class = filing.data_class;
        let question = Question { from, filing: filing.kind, role, to: &to, data_class };
        if self.policy.allows(&question) {
            return Ok(());
        }
        let text = format!(
            "a {from} may not send a {} {role}, to [{}], with {} data: no row of the permission \
             table {} allows it",
            filing_kind_name(filing.kind),
            to.join(", "),
            data_class_name(data_class),
            self.policy.version,
        );
        Err(Refusal::new(Reason::NotPermitted, text).into())
    }

    /// Every document that the filing names is held, in the length it says, and the sender may
    /// name it.
    fn check_papers(&self, recognised: &Recognised) -> Result<(), Error> {
        let (mut missing, mut reason) = (Vec::new(), Reason::ExhibitMissing);
        for (index, paper) in recognised.filing.documents.iter().enumerate() {
            let digest = paper.digest;
            if let Some(leaf) = self.store.destroyed(digest)? {
                reason = Reason::Destroyed;
                let what = destroyed_text(digest, leaf);
                missing.push(problem(format!("documents[{index}]"), "destroyed", what));
                continue;
            }
            let what = match self.nameable(digest, &recognised.sender)? {
                Some(held) if held.size != paper.size => {
                    let (held, said) = (held.size, paper.size);
                    format!("{digest} has {held} bytes, the filing says {said}")
                }
                Some(held)
                    if paper.chunk_root.is_some_and(|root| held.chunk_root != Some(root)) =>
                {
                    format!("{digest} has another chunk_root than the filing says")
                }
                Some(_) => continue,
                None => format!("{digest} is not held"),
            };
            missing.push(problem(format!("documents[{index}]"), "not-held", what));
        }
        if missing.is_empty() {
            return Ok(());
        }
        let text = match reason {
            Reason::Destroyed => "documents that are named were destroyed".to_owned(),
            _ => format!("{} documents are not held: upload them first", missing.len()),
        };
        Err(Refusal::new(reason, text).with_problems(missing).into())
    }

    /// A document that an office may name in a filing: one that it can read, or that its
    /// institution has uploaded.
    pub(super) fn nameable(
        &self,
        digest: DocumentDigest,
        office: &OfficeAddress,
    ) -> Result<Option<DocumentRow>, Error> {
        if let Some(held) = self.store.readable(digest, &self.reader(office))? {
            return Ok(Some(held));
        }
        let own = Reader::Institution(office.institution.clone());
        Ok(self.store.readable(digest, &own)?)
    }

    /// Other cases that the filing settles, as far as the sender knows them by these numbers.
    fn mentions(
        &self,
        recognised: &Recognised,
        understood: &Understood,
        own: Option<&CaseChange>,
    ) -> Result<Vec<CaseId>, Error> {
        let Some(Content::CouncilDecision(decision)) = understood.content.content.as_ref() else {
            return Ok(Vec::new());
        };
        let own = own.map(|change| change.case);
        let class = i32::from(recognised.filing.data_class);
        let mut mentions = Vec::new();
        let numbers = decision.outcomes.iter().filter_map(|one| one.docket_number.as_ref());
        for number in numbers.filter_map(filing::docket_number) {
            // A number that leads to several cases is for a person to sort out.
            let found = self.cases_by_number(&recognised.sender, &number)?;
            if let [case] = found.as_slice()
                && Some(case.case) != own
                && case.opening.data_class == class
                && !mentions.contains(&case.case)
            {
                mentions.push(case.case);
            }
        }
        Ok(mentions)
    }
}

/// What was settled about a filing.
struct Settled {
    recipients: Vec<OfficeAddress>,
    case: Option<CaseChange>,
    answer: Option<AnswerChange>,
    key: Option<(KeyStep, KeyChange)>,
    mentions: Vec<CaseId>,
    added: Option<Vec<u8>>,
    access: Vec<AccessRow>,
    retention: Option<RetentionChange>,
}

fn propose(
    recognised: &Recognised,
    understood: &Understood,
    settled: Settled,
) -> Result<Proposal, Error> {
    let filing = &recognised.filing;
    let Settled { recipients, case, answer, key, mentions, added, access, retention } = settled;
    let (key_step, key) = key.unzip();
    let leaf_kind = match (&answer, &key) {
        (Some(_), _) => LeafKind::Answer,
        (None, Some(_)) => LeafKind::Key,
        (None, None) if filing.kind == v1::FilingKind::ClockToken => LeafKind::Clock,
        (None, None) => LeafKind::Envelope,
    };
    // As the envelope writes them: a verifier has the envelope and not our directory.
    let written = filing.recipients.iter();
    let names: Vec<String> =
        written.map(|to| leaf::recipient_name(&to.institution, &to.office)).collect();
    let routing_tag = leaf::routing_tag(&filing.nonce, &names)
        .map_err(|error| Fault::while_doing("making a routing tag", error))?;
    let answer_by_ms = Some(filing.answer_by_ms).filter(|limit| *limit > 0 && answer.is_none());
    let content = understood.content.content.as_ref();
    let row = FilingRow {
        leaf: 0,
        sealed_size: 0,
        accepted_at_ms: 0,
        digest: recognised.digest,
        once_key: recognised.once_key,
        envelope_id: filing.envelope_id,
        envelope: recognised.envelope.clone(),
        kind: filing.kind.into(),
        sender: recognised.sender.clone(),
        key_id: recognised.key_id,
        sequence: filing.sequence,
        case,
        assessment: added,
        recipients,
        documents: filing.documents.iter().map(|paper| paper.digest).collect(),
        restricted: filing.restricted,
        answer,
        key,
        answer_by_ms,
        public_act: public_act(&body_of(&recognised.envelope)?, content),
        mentions,
        access,
        retention,
    };
    Ok(Proposal {
        leaf_kind,
        signers: recognised.signers.clone(),
        key_step,
        routing_tag,
        previous_digest: filing.previous_digest,
        not_after_ms: (filing.not_after_ms > 0).then_some(filing.not_after_ms),
        filing: Box::new(row),
    })
}

/// Reading, assessments and whose inboxes it is put into, serialised. `None`: there is nothing to
/// add to the filing.
fn added(
    recognised: &Recognised,
    understood: &Understood,
    recipients: &[OfficeAddress],
    lawful: Lawful,
    mentions: &[CaseId],
    now_ms: u64,
) -> Option<Vec<u8>> {
    let reading = understood.reading.as_ref();
    let now_ms = wire::instant(now_ms);
    let mut assessments = assess(&recognised.filing, &understood.content, reading, now_ms);
    assessments.extend(look::assessments(&understood.looked));
    assessments.extend(lawful.assessments);
    let carried_by = recognised.carried.as_ref().map(|carried| wire::address(&carried.by));
    let nothing = assessments.is_empty() && reading.is_none() && recipients.is_empty();
    if nothing && mentions.is_empty() && carried_by.is_none() {
        return None;
    }
    let added = FilingAssessment {
        envelope_digest: recognised.digest.to_vec(),
        reading: reading.cloned(),
        assessments,
        consigned_to: recipients.iter().map(wire::address).collect(),
        assessed_at_unix_ms: lawful.at_ms,
        also_in_cases: mentions.iter().map(|case| case.to_vec()).collect(),
        carried_by,
    };
    Some(added.encode_to_vec())
}

fn problem(path: String, code: &str, what: String) -> Problem {
    Problem {
        severity: v1::ProblemSeverity::Error.into(),
        code: code.to_owned(),
        place: Some(ProblemPlace { path, ..ProblemPlace::default() }),
        what: Some(english(what)),
        remedy: None,
    }
}
