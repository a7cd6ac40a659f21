//! Differences between registers: what was filed about them, and filing and settling them.

use barid_proto::assess::Act;
use barid_proto::reconcile::Said;
use barid_proto::reconcile::said::Filed as FiledException;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::register_service_client::RegisterServiceClient;
use barid_proto::v1::{
    DataClass, FilingContent, FilingKind, ListExceptionsRequest, MatchVerdict,
    ReconciliationException, Text,
};

use super::event::act_of;
use super::{Client, Filed, READ_WITHIN, lacks, stub, within};
use crate::draft::Draft;
use crate::error::{ClientError, LocalError};
use crate::memory::Claim;

/// Filings on a page.
const PAGE: u32 = 500;
/// Pages that are asked for at most: more than a hub gives.
const PAGES_MAX: usize = 1_024;

/// How a difference between registers was settled.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// How.
    pub resolution: Text,
    /// What is said about its two cases.
    pub verdict: MatchVerdict,
}

impl Client {
    /// What was filed about differences between registers of an election event, verified, in the
    /// order of the log. [`Said::of`] makes of it how each stands.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn exceptions(&self, event: &str) -> Result<Vec<Act>, ClientError> {
        let mut acts: Vec<Act> = Vec::new();
        let mut page_token = String::new();
        for _ in 0..PAGES_MAX {
            let request = ListExceptionsRequest {
                election_event_id: event.to_owned(),
                page_size: PAGE,
                page_token,
            };
            let answer = self.call(|channel| {
                let request = within(READ_WITHIN, request.clone());
                async move { stub!(RegisterServiceClient, channel).list_exceptions(request).await }
            });
            let answer = answer.await?;
            for sealed in answer.exceptions {
                let act = act_of(self.verify(sealed, Claim::OfSomeTime).await?);
                let before = acts.last().map(|last| last.leaf);
                let exception = matches!(act.content, Some(Content::ReconciliationException(_)));
                if !exception || before.is_some_and(|before| before >= act.leaf) {
                    return Err(lacks("exceptions, ascending"));
                }
                acts.push(act);
            }
            page_token = answer.next_page_token;
            if page_token.is_empty() {
                return Ok(acts);
            }
        }
        Err(lacks("an end of the exceptions"))
    }

    /// Files a difference between this institution's register, whose side is `ours`, and another's:
    /// for that institution, without a case.
    ///
    /// # Errors
    /// Any [`ClientError`].
    pub async fn file_exception(
        &self,
        event: &str,
        data_class: DataClass,
        exception: ReconciliationException,
        counterpart: &str,
    ) -> Result<Filed, ClientError> {
        let content = Content::ReconciliationException(exception);
        let draft = Draft::new(FilingKind::ReconciliationException)
            .without_case()
            .data_class(data_class)
            .under("", "", event)
            .content(FilingContent { content: Some(content) })
            .to(counterpart, "");
        self.submit(draft).await
    }

    /// Settles the exception of an event that was filed at a leaf, for the institutions concerned.
    ///
    /// # Errors
    /// Any [`ClientError`]; [`LocalError::Argument`] when there is none there, or it is another
    /// institution's to settle.
    pub async fn settle_exception(
        &self,
        event: &str,
        leaf: u64,
        settlement: Settlement,
    ) -> Result<Filed, ClientError> {
        let acts = self.exceptions(event).await?;
        let said = Said::of(&acts);
        let wrong = |why: &str| LocalError::Argument { field: "leaf", why: why.to_owned() };
        let found = said.exceptions().find(|one| one.leaves.contains(&leaf));
        let found = found.ok_or_else(|| wrong("no exception of this event was filed there"))?;
        let own = &self.office.address.institution;
        if !found.settles(own) {
            return Err(wrong("another institution has to settle it").into());
        }
        let filing = acts.iter().find(|act| act.leaf == found.leaf);
        let filing = filing.ok_or_else(|| lacks("the exception"))?;
        let mut draft = Draft::new(FilingKind::ReconciliationException)
            .without_case()
            .data_class(filing.body.data_class())
            .under("", "", &filing.body.election_event_id)
            .in_reply_to(filing.digest, filing.leaf)
            .content(settled(found, settlement));
        let sender = filing.body.sender.iter();
        for office in sender.chain(&filing.body.recipients).chain(&found.exception.owner) {
            if office.institution != *own {
                draft = draft.to(&office.institution, &office.office);
            }
        }
        self.submit(draft).await
    }
}

/// What settles an exception: as it was filed, but for what was computed about it.
fn settled(filed: &FiledException, settlement: Settlement) -> FilingContent {
    let exception = ReconciliationException {
        resolution: Some(settlement.resolution),
        verdict: settlement.verdict.into(),
        our_evidence: Vec::new(),
        their_evidence: Vec::new(),
        ..filed.exception.clone()
    };
    FilingContent { content: Some(Content::ReconciliationException(exception)) }
}
