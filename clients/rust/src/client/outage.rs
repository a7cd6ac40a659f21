//! Outages: what the hub stated, what offices reported, and what this office reports itself.

use std::time::Duration;

use barid_proto::leaf::Leaf;
use barid_proto::tlog::leaf_hash;
use barid_proto::tlog::note::Note;
use barid_proto::tlog::proof::{verify_consistency, verify_inclusion};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::log_service_client::LogServiceClient;
use barid_proto::v1::{
    DataClass, FilingContent, FilingKind, GetBracketRequest, GetInclusionProofRequest,
    ListLeavesRequest, ListOutagesRequest, Outage, OutageReported, OutageScope, SealedFiling,
    SealedStatement,
};

use super::log::hashes;
use super::{Client, Filed, READ_WITHIN, lacks, stub, within};
use crate::draft::Draft;
use crate::error::{ClientError, EvidenceError, LocalError};
use crate::memory::Claim;
use crate::outbox::{LinkOutage, Reach, Reported};
use crate::verify::Verified;
use crate::verify::place::TIME_TOLERANCE_MS;
use crate::verify::stated::{self, Stated};

/// Pages of the hub's outages that are asked for: 500 each are more than anybody looks at.
const PAGES_MAX: usize = 8;

/// Outages on a page.
const PAGE: u32 = 500;

/// An outage that the hub stated, with what others say of the same time.
#[derive(Debug, Clone)]
pub struct OwnOutage {
    /// The statement as it came: with the trust alone it is checked off-line.
    pub sealed: SealedStatement,
    /// What it proves.
    pub stated: Stated,
    /// The outage.
    pub outage: Outage,
    /// What witnesses had cosigned last before the statement's leaf, and when, milliseconds since
    /// 1970: size and time. `None`: no quorum had.
    pub before: Option<(u64, u64)>,
    /// By when witnesses had cosigned the statement itself, milliseconds since 1970. `None`: the
    /// trust asks for no witness.
    pub after_ms: Option<u64>,
    /// What shows that the hub worked meanwhile. `None`: nothing here does.
    pub contradicted: Option<WorkedMeanwhile>,
}

/// What shows that a hub worked while it says that it was down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkedMeanwhile {
    /// It sealed this leaf then.
    Leaf(u64),
    /// A quorum of witnesses cosigned then, milliseconds since 1970.
    Cosigned(u64),
}

/// An outage that an office reported.
#[derive(Debug, Clone)]
pub struct OutageReport {
    /// The filing as it came.
    pub sealed: SealedFiling,
    /// What it proves, with the hub's assessment of it.
    pub verified: Verified,
    /// What the office says.
    pub report: OutageReported,
}

impl Client {
    /// The outages that the hub stated, and those that offices reported, the newest first; all
    /// verified, and compared with what was seen before.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn outages(&self) -> Result<(Vec<OwnOutage>, Vec<OutageReport>), ClientError> {
        let (mut own, mut reports) = (Vec::new(), Vec::new());
        let mut page_token = String::new();
        for _ in 0..PAGES_MAX {
            let answer = self.call(|channel| {
                let page_token = page_token.clone();
                let request =
                    within(READ_WITHIN, ListOutagesRequest { page_size: PAGE, page_token });
                async move { stub!(LogServiceClient, channel).list_outages(request).await }
            });
            let answer = answer.await?;
            for sealed in answer.outages {
                own.push(self.own_outage(sealed).await?);
            }
            for sealed in answer.reports {
                reports.push(self.outage_report(sealed).await?);
            }
            page_token = answer.next_page_token;
            if page_token.is_empty() {
                break;
            }
        }
        Ok((own, reports))
    }

    async fn own_outage(&self, sealed: SealedStatement) -> Result<OwnOutage, ClientError> {
        let trust = &self.office.trust;
        let stated = stated::statement(&sealed, trust)?;
        let outage = stated.statement.outage.ok_or_else(|| lacks("outage"))?;
        self.believe_statement(&stated).await?;
        let before = self.cosigned_before(&stated).await?;
        let after = trust.policy().existed_by(&stated.witnessed);
        let mut contradicted = self.leaf_meanwhile(&stated, &outage).await?;
        if let Some((_, at_ms)) = before {
            contradicted = contradicted.or(cosigned_meanwhile(&outage, at_ms));
        }
        let after_ms = after.map(|seconds| seconds.saturating_mul(1_000));
        Ok(OwnOutage { sealed, stated, outage, before, after_ms, contradicted })
    }

    async fn outage_report(&self, sealed: SealedFiling) -> Result<OutageReport, ClientError> {
        let verified = self.verify(sealed.clone(), Claim::OfSomeTime).await?;
        let content = verified.body.content.as_ref().and_then(|content| content.content.as_ref());
        match content {
            Some(Content::OutageReported(report)) => {
                Ok(OutageReport { report: report.clone(), sealed, verified })
            }
            _ => Err(lacks("a report of an outage")),
        }
    }

    /// What a quorum had cosigned that does not cover the statement yet: size and time.
    async fn cosigned_before(&self, stated: &Stated) -> Result<Option<(u64, u64)>, ClientError> {
        let tree = &stated.witnessed.checkpoint;
        let request = GetBracketRequest { leaf_index: stated.leaf_index, tree_size: tree.size() };
        let answer = self.call(|channel| {
            let request = within(READ_WITHIN, request);
            async move { stub!(LogServiceClient, channel).get_bracket(request).await }
        });
        let answer = answer.await?;
        if answer.before_note.is_empty() {
            return Ok(None);
        }
        let policy = self.office.trust.policy();
        let note = Note::parse(&answer.before_note).map_err(EvidenceError::from)?;
        let witnessed = policy.weigh(&note).map_err(EvidenceError::from)?;
        let (before, path) = (&witnessed.checkpoint, hashes(&answer.path)?);
        let (old, new) = (before.size(), tree.size());
        verify_consistency(old, new, &path, before.root(), tree.root()).map_err(|error| {
            contradicts("before_note", format!("a tree of {old} leaves"), error.to_string())
        })?;
        let seconds = policy.quorum_since(&witnessed);
        Ok(seconds.map(|seconds| (old, seconds.saturating_mul(1_000))))
    }

    /// The leaf right before the statement, when it was sealed within the outage. Times never go
    /// back in a log, so no earlier one can be if that is not.
    async fn leaf_meanwhile(
        &self,
        stated: &Stated,
        outage: &Outage,
    ) -> Result<Option<WorkedMeanwhile>, ClientError> {
        let Some(index) = stated.leaf_index.checked_sub(1) else { return Ok(None) };
        // The hub goes on sealing while its witnesses are away.
        if outage.scope() != OutageScope::Hub {
            return Ok(None);
        }
        let answer = self.call(|channel| {
            let request = within(READ_WITHIN, ListLeavesRequest { first_index: index, count: 1 });
            async move { stub!(LogServiceClient, channel).list_leaves(request).await }
        });
        let leaf = answer.await?.leaves.into_iter().next().ok_or_else(|| lacks("leaves"))?;
        let tree = &stated.witnessed.checkpoint;
        let request = GetInclusionProofRequest { leaf_index: index, tree_size: tree.size() };
        let answer = self.call(|channel| {
            let request = within(READ_WITHIN, request);
            async move { stub!(LogServiceClient, channel).get_inclusion_proof(request).await }
        });
        let path = hashes(&answer.await?.path)?;
        verify_inclusion(&leaf_hash(&leaf), index, tree.size(), &path, tree.root())
            .map_err(|error| contradicts("leaves", format!("leaf {index}"), error.to_string()))?;
        let leaf = Leaf::decode(&leaf).map_err(EvidenceError::from)?;
        let within = (outage.from_unix_ms.saturating_add(1)..outage.until_unix_ms)
            .contains(&i64::try_from(leaf.accepted_at_ms).unwrap_or(i64::MAX));
        Ok(within.then_some(WorkedMeanwhile::Leaf(index)))
    }

    /// What the office's own log says of its link.
    ///
    /// # Errors
    /// [`LocalError`].
    pub fn reach(&self) -> Result<Reach, LocalError> {
        self.outbox.turn()?.reach()
    }

    /// Reports what was over for so long and was not reported yet, each once, and sends it behind
    /// everything that is pending.
    ///
    /// # Errors
    /// When the outbox cannot be used. What became of each report is in the list.
    pub async fn report_outages(
        &self,
        at_least: Duration,
    ) -> Result<Vec<Result<Filed, ClientError>>, ClientError> {
        let _queued = self.queue.lock().await;
        let mut turn = self.outbox.turn_async().await?;
        let due = |outage: &&LinkOutage| outage.report == Reported::No && outage.lasted(at_least);
        let waiting: Vec<i64> =
            turn.pending()?.iter().filter_map(|one| begun(one.body())).collect();
        let mut ids = Vec::new();
        for outage in turn.reach()?.over.iter().filter(due) {
            // One that was signed and not sent yet is not signed again.
            if !waiting.contains(&outage.from_ms) {
                ids.push(self.sign_in(&turn, draft_of(outage), None)?.body().envelope_id.clone());
            }
        }
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let outcomes = self.send_in(&mut turn).await;
        Ok(outcomes.into_iter().filter(|(id, _)| ids.contains(id)).map(|(_, one)| one).collect())
    }
}

/// A report of this office that its link was down.
#[must_use]
pub fn draft_of(outage: &LinkOutage) -> Draft {
    let report = OutageReported {
        outage: Some(Outage {
            scope: OutageScope::Link.into(),
            from_unix_ms: outage.from_ms,
            until_unix_ms: outage.until_ms,
            ..Outage::default()
        }),
        attempts: outage.attempts,
        cause: outage.cause.trim().to_owned(),
    };
    let content = FilingContent { content: Some(Content::OutageReported(report)) };
    let draft = Draft::new(FilingKind::OutageReported).content(content).without_case();
    // Outages bear on everybody's periods.
    draft.data_class(DataClass::Published)
}

/// When the outage began that a body reports.
pub(crate) fn begun(body: &barid_proto::v1::EnvelopeBody) -> Option<i64> {
    match body.content.as_ref()?.content.as_ref()? {
        Content::OutageReported(report) => Some(report.outage.as_ref()?.from_unix_ms),
        _ => None,
    }
}

/// Whether a quorum cosigned, at this time, while the hub was down or its witnesses silent.
fn cosigned_meanwhile(outage: &Outage, at_ms: u64) -> Option<WorkedMeanwhile> {
    let ms = |instant: i64| u64::try_from(instant).unwrap_or_default();
    let first = ms(outage.from_unix_ms).saturating_add(TIME_TOLERANCE_MS);
    let last = ms(outage.until_unix_ms).saturating_sub(TIME_TOLERANCE_MS);
    (first..last).contains(&at_ms).then_some(WorkedMeanwhile::Cosigned(at_ms))
}

fn contradicts(field: &'static str, said: String, proven: String) -> ClientError {
    EvidenceError::Contradiction { field, said, proven }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quorum_that_cosigned_within_an_outage_contradicts_it() {
        let outage =
            Outage { from_unix_ms: 1_000_000, until_unix_ms: 2_000_000, ..Outage::default() };
        for (at_ms, contradicts) in [
            (1_000_000, false),
            (1_000_000 + TIME_TOLERANCE_MS - 1, false),
            (1_500_000, true),
            (2_000_000 - TIME_TOLERANCE_MS, false),
            (2_000_000, false),
        ] {
            assert_eq!(cosigned_meanwhile(&outage, at_ms).is_some(), contradicts, "{at_ms}");
        }
    }

    #[test]
    fn a_report_says_what_the_office_noted_and_is_published() {
        let outage = LinkOutage {
            from_ms: 5,
            until_ms: 9,
            attempts: 3,
            cause: " no route to host".to_owned(),
            report: Reported::No,
        };
        let sender = barid_proto::v1::Address::default();
        let source = crate::source::Machine;
        let (body, documents) = draft_of(&outage).complete(&sender, None, None, &source).unwrap();
        assert!(documents.is_empty() && body.case.is_none() && body.recipients.is_empty());
        assert_eq!((body.data_class(), begun(&body)), (DataClass::Published, Some(5)));
        let Some(Content::OutageReported(report)) = body.content.unwrap().content else { panic!() };
        assert_eq!((report.attempts, report.cause.as_str()), (3, "no route to host"));
        assert_eq!(report.outage.unwrap().scope(), OutageScope::Link);
    }
}
