//! ★ Submitting: steps 2 to 6 of the way of a case file.

use std::sync::Arc;
use std::time::Duration;

use barid_proto::v1;
use tokio::time::Instant;

use super::judge::Judged;
use super::recognise::{Authentic, Recognised, Submission};
use super::understand::Understood;
use super::{Crafts, Hub, run_blocking};
use crate::error::{Error, Fault, Refusal};
use crate::identity::caller::Caller;
use crate::log::{Given, Proposal, Sealed};
use crate::model::retention::RetentionChange;

/// How long a filing may wait for one that its sender signed earlier and that is still on its way,
/// when it refers to the case which that one opens.
const PREDECESSOR_PATIENCE: Duration = Duration::from_secs(2);

impl Hub {
    /// Files an envelope. What this returns is durable and in the log.
    ///
    /// # Errors
    /// A refusal that says what is wrong, whose fault it is and what to do. Nothing of the envelope
    /// was recorded; where the refusal is final, that it was refused was.
    pub async fn submit(
        &self,
        caller: &Caller,
        request: v1::SubmitRequest,
    ) -> Result<v1::SubmitResponse, Error> {
        self.refuse_when_draining()?;
        let authentic = match self.authenticate(caller, request).await? {
            Submission::New(authentic) => *authentic,
            Submission::Again(filing) => {
                return self.answer(Sealed { filing, repeated: true }).await;
            }
        };
        let attempt = authentic.attempt();
        match self.take_in(authentic).await {
            Ok(sealed) => self.answer(sealed).await,
            Err(error) => Err(self.recorded(attempt, error).await),
        }
    }

    /// Steps 2 to 5 for an envelope that comes from whom it says.
    async fn take_in(&self, authentic: Authentic) -> Result<Sealed, Error> {
        let recognised = self.hand_over_carried(self.recognise(authentic).await?).await?;
        self.keep_inline_documents(&recognised).await?;
        let mut understood = self.understand(&recognised).await?;
        understood.looked = self.look_at(&recognised).await;
        let judged = self.judge_in_turn(recognised, understood).await?;
        self.seal(judged.proposal).await
    }

    /// As [`Hub::submit`], for a door through which only one kind of filing may come.
    ///
    /// # Errors
    /// As [`Hub::submit`]; another kind is refused.
    pub async fn submit_kind(
        &self,
        caller: &Caller,
        request: Option<v1::SubmitRequest>,
        kind: v1::FilingKind,
    ) -> Result<v1::SubmitResponse, Error> {
        let request = request.unwrap_or_default();
        let body = request.envelope.as_ref().map(|envelope| envelope.body.clone());
        let named = body
            .and_then(|body| barid_proto::envelope::decode_body(&body).ok())
            .map(|body| body.kind);
        match named {
            // Let `submit` say what is wrong with an envelope that cannot be read.
            None => self.submit(caller, request).await,
            Some(named) if named == i32::from(kind) => self.submit(caller, request).await,
            Some(_) => Err(Refusal::new(
                v1::Reason::RequestInvalid,
                format!("only envelopes of kind {} come in here", kind.as_str_name()),
            )
            .into()),
        }
    }

    /// Judges a filing; when its case is unknown while an earlier envelope of the same key is still
    /// on its way, judges it again after each commit until that one has arrived.
    async fn judge_in_turn(
        &self,
        recognised: Recognised,
        understood: Understood,
    ) -> Result<Judged, Error> {
        let deadline = Instant::now() + PREDECESSOR_PATIENCE;
        let mut heads = self.crafts.log.sealed();
        let recognised = Arc::new(recognised);
        let understood = Arc::new(understood);
        loop {
            heads.mark_unchanged();
            let (recognised, understood) = (Arc::clone(&recognised), Arc::clone(&understood));
            let (judged, in_turn) = self
                .blocking(move |crafts| {
                    let in_turn = crafts.is_next_in_chain(&recognised)?;
                    Ok((crafts.judge(&recognised, &understood), in_turn))
                })
                .await?;
            let unknown = matches!(&judged, Err(Error::Refused(refusal))
                if refusal.reason == v1::Reason::CaseUnknown);
            if !unknown || in_turn {
                return judged;
            }
            if tokio::time::timeout_at(deadline, heads.changed()).await.is_err() {
                return judged;
            }
        }
    }

    /// Step 5. Brings the keys in use, or the rule sets, up to date when the filing changes them,
    /// and removes what it destroys, in a task of its own: a caller who leaves in between must not
    /// keep the hub from hearing of it.
    async fn seal(&self, proposal: Proposal) -> Result<Sealed, Error> {
        let rules = proposal.filing.kind == i32::from(v1::FilingKind::RuleSetPublished);
        let destroyed = match &proposal.filing.retention {
            Some(RetentionChange::Destroy { documents }) => documents.clone(),
            _ => Vec::new(),
        };
        if proposal.filing.key.is_none() && !rules && destroyed.is_empty() {
            return self.crafts.log.seal(proposal).await;
        }
        let (crafts, blocking) = (Arc::clone(&self.crafts), Arc::clone(&self.blocking));
        let sealing = tokio::spawn(async move {
            let sealed = crafts.log.seal(proposal).await?;
            run_blocking(crafts, blocking, move |crafts| {
                crafts.destroy(&destroyed);
                match rules {
                    true => crafts.refresh_laws(),
                    false => Ok(crafts.keys.refresh(&*crafts.store)?),
                }
            })
            .await?;
            Ok(sealed)
        });
        sealing.await.map_err(|error| Fault::while_doing("sealing a key event", error))?
    }

    /// Step 6: the receipt, verified by the log with the clients' own code before it is here. The
    /// filing is durable already; the answer waits for the witnesses, and says so when they are
    /// late.
    async fn answer(&self, sealed: Sealed) -> Result<v1::SubmitResponse, Error> {
        let log = &self.crafts.log;
        if let Some(plan) = log.witnesses().plan() {
            log.until_published(sealed.filing.leaf, plan.patience).await;
        }
        self.blocking(move |crafts| crafts.response(&sealed)).await
    }
}

impl Crafts {
    fn is_next_in_chain(&self, recognised: &Recognised) -> Result<bool, Error> {
        let chain = self.store.chain(&recognised.key_id)?;
        Ok(recognised.filing.sequence <= chain.sequence + 1)
    }

    fn response(&self, sealed: &Sealed) -> Result<v1::SubmitResponse, Error> {
        let (receipt, pending_witness) = match self.log.receipt_of(&sealed.filing)? {
            Given::Receipt(receipt) => (Some(receipt), None),
            Given::Pending(unwitnessed) => (None, Some(super::proven::pending(unwitnessed))),
        };
        let added = super::read::decode_assessment(sealed.filing.assessment.as_deref())?;
        Ok(v1::SubmitResponse {
            receipt,
            repeated_submission: sealed.repeated,
            problems: added.reading.map(|reading| reading.problems).unwrap_or_default(),
            assessments: added.assessments,
            pending_witness,
        })
    }
}
