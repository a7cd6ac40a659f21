//! What the log holds, as the law sees it.

use barid_proto::assess::{
    Act, ActName, CASE_ACTS_MAX, appeals_against, contradicting, general_name, known_beyond,
    names_needed,
};
use barid_proto::envelope;
use barid_proto::rules::RuleSet;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    Confidentiality, EnvelopeBody, FilingKind, HubStatement, Outage, SignedEnvelope,
};
use prost::Message as _;

use super::super::Crafts;
use super::super::read::decode_assessment;
use super::super::understand::{LEAD_MAX_BYTES, READY_MADE_FORMAT, decode_ready_made};
use crate::error::{Error, Fault};
use crate::model::id::{CaseId, DocumentDigest, InstitutionId};
use crate::model::row::{FilingRow, PublicActRow};
use crate::store::FilingKey;

/// Filings of a case read at a time.
const CASE_PAGE: usize = 64;

/// Acts under one name that are taken into account: calendars of twenty offices over ten years, or
/// the differences between two registers of an election, each filed and settled.
pub(in super::super) const NAMED_ACTS_MAX: usize = 4_096;

/// The hub's own outages that are taken into account, the newest: one a day over a year.
const OUTAGES_MAX: usize = 366;

/// Under which name a filing is found that counts beyond its own case, or that is an appeal of
/// which there may be a second. `None`: it is looked for in its own case only.
pub(in super::super) fn public_act(
    body: &EnvelopeBody,
    content: Option<&Content>,
) -> Option<PublicActRow> {
    let (institution, name) = known_beyond(body, content).or_else(|| appeal(body, content))?;
    Some(PublicActRow { institution: InstitutionId::new(&institution)?, name })
}

/// Under which name appeals against the same act are found together.
fn appeal(body: &EnvelopeBody, content: Option<&Content>) -> Option<ActName> {
    let Some(Content::AppealFiled(appeal)) = content else { return None };
    let open = body.confidentiality() != Confidentiality::Restricted;
    appeal.challenged.as_ref().filter(|_| open).and_then(appeals_against)
}

/// What was signed, from a stored envelope.
pub(in super::super) fn body_of(stored: &[u8]) -> Result<EnvelopeBody, Fault> {
    let signed = SignedEnvelope::decode(stored)
        .map_err(|error| Fault::while_doing("reading a stored envelope", error))?;
    envelope::decode_body(&signed.body)
        .map_err(|error| Fault::while_doing("reading a stored envelope's body", error))
}

impl Crafts {
    /// The filings on a case's docket below a leaf. What is restricted counts for restricted
    /// filings only: an assessment that others read must not tell of it.
    pub(super) fn acts_of_case(
        &self,
        case: CaseId,
        as_of_size: u64,
        restricted: bool,
    ) -> Result<Vec<Act>, Error> {
        let mut acts: Vec<Act> = Vec::new();
        let mut from = 0;
        loop {
            let rows = self.store.docket(case, from, CASE_PAGE)?;
            let Some(last) = rows.last().filter(|_| acts.len() < CASE_ACTS_MAX) else { break };
            from = last.leaf + 1;
            let counts =
                |row: &&FilingRow| row.leaf < as_of_size && (restricted || !row.restricted);
            for row in rows.iter().filter(counts) {
                acts.push(self.act(row)?);
            }
        }
        Ok(acts)
    }

    /// The filings beyond the case that may count for a filing, and those that published the rule
    /// set.
    pub(super) fn acts_needed(
        &self,
        rules: Option<&RuleSet>,
        subject: &Act,
        case: &[Act],
        as_of_size: u64,
    ) -> Result<Vec<Act>, Error> {
        let mut acts: Vec<Act> = Vec::new();
        let mut rows = Vec::new();
        for (institution, name) in names_needed(subject, case) {
            let Some(institution) = InstitutionId::new(&institution) else { continue };
            rows.extend(self.store.public_acts(&institution, &name, NAMED_ACTS_MAX)?);
        }
        for leaf in rules.map(|rules| self.laws.published(rules)).into_iter().flatten() {
            rows.extend(self.store.filing(FilingKey::Leaf(leaf))?);
        }
        for row in rows {
            let known = acts.iter().chain(case).any(|act| act.leaf == row.leaf);
            if row.leaf < as_of_size && !known {
                acts.push(self.act(&row)?);
            }
        }
        let meanwhile = self.filed_meanwhile(Some(subject), case, &acts, as_of_size)?;
        acts.extend(meanwhile);
        acts.sort_by_key(|act| act.leaf);
        Ok(acts)
    }

    /// What contradicts the outages that were reported: of each, the first filing of the same
    /// office. Whatever it is: its leaf names the office's key to everybody.
    pub(in super::super) fn filed_meanwhile(
        &self,
        subject: Option<&Act>,
        case: &[Act],
        general: &[Act],
        as_of_size: u64,
    ) -> Result<Vec<Act>, Error> {
        let mut found: Vec<Act> = Vec::new();
        for report in case.iter().chain(general).chain(subject) {
            let Some(Content::OutageReported(reported)) = &report.content else { continue };
            let span = reported.outage.as_ref().and_then(contradicting);
            let sender = report.body.sender.as_ref();
            let sender = sender.and_then(|sender| self.directory.resolve(sender));
            let (Some((first, last)), Some(sender)) = (span, sender) else { continue };
            let ms = |instant: i64| u64::try_from(instant).unwrap_or_default();
            let row = self.store.filed_between(&sender, ms(first), ms(last))?;
            let Some(row) = row.filter(|row| row.leaf < as_of_size) else { continue };
            if !case.iter().chain(general).chain(&found).any(|act| act.leaf == row.leaf) {
                found.push(self.act(&row)?);
            }
        }
        Ok(found)
    }

    /// What offices reported of their links below a leaf, the newest first.
    pub(in super::super) fn outage_reports(
        &self,
        as_of_size: u64,
        limit: usize,
    ) -> Result<Vec<FilingRow>, Error> {
        let mut reports = Vec::new();
        for (institution, _) in self.directory.kinds() {
            let name = general_name(FilingKind::OutageReported);
            reports.extend(self.store.public_acts(institution, &name, limit)?);
        }
        reports.retain(|row| row.leaf < as_of_size);
        reports.sort_by_key(|row| std::cmp::Reverse(row.leaf));
        reports.truncate(limit);
        Ok(reports)
    }

    /// The outages that the hub stated itself below a leaf, each with its leaf, in the order of the
    /// log.
    pub(in super::super) fn own_outages(
        &self,
        as_of_size: u64,
    ) -> Result<Vec<(u64, Outage)>, Error> {
        let mut found = Vec::new();
        for leaf in self.store.outages(as_of_size, OUTAGES_MAX)?.into_iter().rev() {
            let bytes = self.store.statement(leaf)?.unwrap_or_default();
            let stated = HubStatement::decode(bytes.as_slice())
                .map_err(|error| Fault::while_doing(format!("reading statement {leaf}"), error))?;
            found.extend(stated.outage.map(|outage| (leaf, outage)));
        }
        Ok(found)
    }

    /// A stored filing, as the law sees it.
    pub(in super::super) fn act(&self, row: &FilingRow) -> Result<Act, Error> {
        let mut body = body_of(&row.envelope)?;
        let ready_made = body.content.take();
        let content = match (ready_made, &body.lead) {
            (Some(content), _) => Some(content),
            (None, Some(lead)) if lead.format == READY_MADE_FORMAT => {
                self.ready_made(&lead.sha256)?
            }
            (None, _) => decode_assessment(row.assessment.as_deref())?
                .reading
                .and_then(|reading| reading.content),
        };
        Ok(Act {
            leaf: row.leaf,
            accepted_at_ms: i64::try_from(row.accepted_at_ms).unwrap_or(i64::MAX),
            digest: *row.digest.as_bytes(),
            body,
            content: content.and_then(|content| content.content),
        })
    }

    fn ready_made(&self, digest: &[u8]) -> Result<Option<barid_proto::v1::FilingContent>, Error> {
        let Some(digest) = DocumentDigest::from_slice(digest) else { return Ok(None) };
        let length = usize::try_from(LEAD_MAX_BYTES).unwrap_or(usize::MAX);
        let document = self.documents.whole(digest, length)?;
        Ok(document.and_then(|document| decode_ready_made(&document).ok()))
    }
}
