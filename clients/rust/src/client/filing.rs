//! Filing: sign, make durable, send, verify the receipt, keep it.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use barid_proto::envelope;
use barid_proto::key::Signer;
use barid_proto::tlog::policy::VerifyError;
use barid_proto::tlog::receipt::ReceiptError;
use barid_proto::v1::filing_service_client::FilingServiceClient;
use barid_proto::v1::{
    Assessment, CheckRequest, CheckResponse, PendingWitness, Problem, Reason, Receipt,
    RereadRequest, RereadResponse, SealedFiling, SubmitResponse,
};
use prost::Message;

use super::{Client, FILE_WITHIN, lacks, stub, within};
use crate::draft::Draft;
use crate::error::{ClientError, EvidenceError, Unwitnessed};
use crate::memory::{Claim, Seen};
use crate::outbox::{Pending, Turn};
use crate::refusal::{ExpectedLink, Refusal};
use crate::verify::{self, Verified, place};

/// A filing that is in the log, with a receipt that was verified.
#[derive(Debug, Clone)]
pub struct Filed {
    /// What the receipt proves.
    pub verified: Verified,
    /// The receipt as the hub gave it.
    pub receipt: Receipt,
    /// Where envelope and receipt are kept: a bundle that checks off-line.
    pub kept: PathBuf,
    /// It had been filed before; the receipt is the first one.
    pub repeated: bool,
    /// Things a person should look at.
    pub problems: Vec<Problem>,
    /// What the hub computed.
    pub assessments: Vec<Assessment>,
}

/// Learns what became of a filing, by its envelope's identifier, and says whether to go on.
pub type Teller<'a> = dyn FnMut(&[u8], Result<Filed, ClientError>) -> ControlFlow<()> + Send + 'a;

impl Client {
    /// Signs a draft and makes it durable in the outbox. Needs no link; nothing is sent.
    ///
    /// # Errors
    /// [`ClientError::Local`].
    pub fn sign(&self, draft: Draft) -> Result<Pending, ClientError> {
        self.sign_in(&self.outbox.turn()?, draft, None)
    }

    /// Signs a draft, sends it after everything that was pending before it, and verifies its
    /// receipt. When the hub cannot be reached the filing stays in the outbox for
    /// [`Client::send`].
    ///
    /// # Errors
    /// Any [`ClientError`]; [`ClientError::is_temporary`] tells whether the outbox will manage.
    pub async fn submit(&self, draft: Draft) -> Result<Filed, ClientError> {
        self.submit_beside(draft, None).await
    }

    /// As [`Client::submit`], signed by the office's key and, behind it, by `others` instead of the
    /// office's further signers.
    pub(super) async fn submit_beside(
        &self,
        draft: Draft,
        others: Option<&[Arc<dyn Signer>]>,
    ) -> Result<Filed, ClientError> {
        let _queued = self.queue.lock().await;
        let mut turn = self.outbox.turn_async().await?;
        let wanted = self.sign_in(&turn, draft, others)?.body().envelope_id.clone();
        let mut outcomes = self.send_in(&mut turn).await;
        match outcomes.iter().position(|(id, _)| *id == wanted) {
            Some(own) => outcomes.swap_remove(own).1,
            // Something before it did not get through, and it waits behind.
            None => match outcomes.pop() {
                Some((_, Err(error))) => Err(error),
                _ => Err(lacks("the outcome of a filing in the outbox")),
            },
        }
    }

    /// Sends what is pending, in order, until something does not get through. A filing that the
    /// hub refuses for good is set aside and the ones behind it go on.
    ///
    /// # Errors
    /// When the outbox cannot be used. What became of each filing is in the list.
    pub async fn send(&self) -> Result<Vec<Result<Filed, ClientError>>, ClientError> {
        let _queued = self.queue.lock().await;
        let mut turn = self.outbox.turn_async().await?;
        Ok(self.send_in(&mut turn).await.into_iter().map(|(_, outcome)| outcome).collect())
    }

    /// As [`Client::send`]; `told` learns what became of each, by its envelope's identifier, before
    /// the next is sent. It stops when `told` says so.
    ///
    /// # Errors
    /// When the outbox cannot be used.
    pub async fn send_telling(&self, told: &mut Teller<'_>) -> Result<(), ClientError> {
        let _queued = self.queue.lock().await;
        let mut turn = self.outbox.turn_async().await?;
        self.send_each(&mut turn, told).await
    }

    /// Everything that filing would find, without recording anything.
    ///
    /// # Errors
    /// Any [`ClientError`]; problems of the document are in the answer, not an error.
    pub async fn check(&self, request: CheckRequest) -> Result<CheckResponse, ClientError> {
        self.call(|channel| {
            let request = within(FILE_WITHIN, request.clone());
            async move { stub!(FilingServiceClient, channel).check(request).await }
        })
        .await
    }

    /// Has the lead document of a filing read again: by the plugin that read it when it was filed,
    /// and by the one that reads its format now.
    ///
    /// # Errors
    /// Any [`ClientError`]; that a plugin fails today is in the answer, not an error.
    pub async fn reread(&self, digest: [u8; 32]) -> Result<RereadResponse, ClientError> {
        self.call(|channel| {
            let request = RereadRequest { envelope_digest: digest.to_vec() };
            let request = within(FILE_WITHIN, request);
            async move { stub!(FilingServiceClient, channel).reread(request).await }
        })
        .await
    }

    /// Verifies a filing and its receipt, and compares them with what was seen before. What does
    /// not hold is kept. When the hub's quorum is not what this office's trust demands, asks for
    /// the lines that lack.
    pub(super) async fn verify(
        &self,
        filing: SealedFiling,
        claim: Claim,
    ) -> Result<Verified, ClientError> {
        let outcome = self.verify_all(&filing, claim).await;
        // Contradictions of the log are kept with both their sides already.
        if let Err(ClientError::Evidence(why)) = &outcome
            && !matches!(why, EvidenceError::History { .. })
        {
            self.memory.keep_false(&filing, &why.to_string())?;
        }
        outcome
    }

    async fn verify_all(
        &self,
        filing: &SealedFiling,
        claim: Claim,
    ) -> Result<Verified, ClientError> {
        let trust = &self.office.trust;
        let verified = match verify::sealed(filing.clone(), trust) {
            Err(error) if lacks_witnesses(&error) => {
                let envelope = filing.envelope.clone().unwrap_or_default();
                let digest = envelope::open(&envelope).map_err(EvidenceError::from)?.digest();
                let receipt = self.witnessed_filing(digest).await?.receipt;
                // What was served, under the receipt that has all lines.
                verify::sealed(SealedFiling { receipt, ..filing.clone() }, trust)?
            }
            verified => verified?,
        };
        let checkpoint = verified.witnessed.checkpoint.clone();
        let shown = Seen { checkpoint, note: verified.note.clone() };
        place::check(&verified)?;
        let before = self.memory.newest(shown.checkpoint.origin(), trust)?;
        let before = before.map(|seen| trust.checkpoint(&seen.note)).transpose()?;
        place::dated(&verified, before.as_ref())?;
        self.believe(shown, claim).await?;
        self.told(|told| told.in_order(&verified))?;
        let envelope = filing.envelope.as_ref().map(Message::encode_to_vec).unwrap_or_default();
        self.compare(&envelope, &verified).await?;
        Ok(verified)
    }

    pub(super) fn sign_in(
        &self,
        turn: &Turn<'_>,
        draft: Draft,
        others: Option<&[Arc<dyn Signer>]>,
    ) -> Result<Pending, ClientError> {
        let seen = self.memory.newest(&self.origin, &self.office.trust)?;
        let office = &self.office;
        let (body, documents) = draft.complete(
            &office.address,
            office.officer.as_ref(),
            seen.as_ref().map(Into::into),
            office.source.as_ref(),
        )?;
        Ok(match others {
            None => turn.sign(body, &documents)?,
            Some(others) => turn.sign_beside(others, body, &documents)?,
        })
    }

    pub(super) async fn send_in(
        &self,
        turn: &mut Turn<'_>,
    ) -> Vec<(Vec<u8>, Result<Filed, ClientError>)> {
        let mut outcomes = Vec::new();
        let mut keep = |id: &[u8], outcome: Result<Filed, ClientError>| {
            outcomes.push((id.to_vec(), outcome));
            ControlFlow::Continue(())
        };
        if let Err(error) = self.send_each(turn, &mut keep).await {
            outcomes.push((Vec::new(), Err(error)));
        }
        outcomes
    }

    async fn send_each(
        &self,
        turn: &mut Turn<'_>,
        told: &mut Teller<'_>,
    ) -> Result<(), ClientError> {
        for pending in turn.pending()? {
            let id = pending.body().envelope_id.clone();
            let from_ms = self.office.source.now_ms();
            let outcome = self.send_one(turn, pending).await;
            self.note_reach(turn, from_ms, &outcome);
            let goes_on = match &outcome {
                Ok(_) | Err(ClientError::Unwitnessed(_)) => true,
                Err(ClientError::Refused(refusal)) => refusal.is_final(),
                Err(_) => false,
            };
            if told(&id, outcome).is_break() || !goes_on {
                break;
            }
        }
        Ok(())
    }

    /// Keeps in the office's own log whether an attempt to send reached the hub.
    fn note_reach(&self, turn: &Turn<'_>, from_ms: i64, outcome: &Result<Filed, ClientError>) {
        let now_ms = self.office.source.now_ms();
        // A filing does not fail because that cannot be kept.
        let _kept = match outcome {
            Err(ClientError::Unreachable(why)) => turn.not_reached(from_ms, now_ms, &why.why),
            Ok(_) | Err(ClientError::Refused(_) | ClientError::Unwitnessed(_)) => {
                turn.reached(now_ms)
            }
            Err(ClientError::Evidence(_) | ClientError::Local(_)) => Ok(()),
        };
    }

    async fn send_one(&self, turn: &mut Turn<'_>, pending: Pending) -> Result<Filed, ClientError> {
        let mut pending = turn.link(pending)?;
        let mut answer = self.hand_over(turn, &pending).await;
        if let Err(ClientError::Refused(refusal)) = &answer
            && let Some(expected) = gap(refusal)
        {
            self.close_gap(turn, expected)?;
            pending = turn.link(pending)?;
            answer = self.hand_over(turn, &pending).await;
        }
        match answer {
            Ok(answer) => self.accept(turn, &pending, answer).await,
            Err(ClientError::Refused(refusal)) if refusal.is_final() => {
                turn.set_aside(&pending, &refusal)?;
                Err(ClientError::Refused(refusal))
            }
            Err(error) => Err(error),
        }
    }

    /// The hub expects another link than this outbox has next. Either it forgot an envelope it
    /// gave a receipt for, which is evidence, or the key was used with another outbox.
    fn close_gap(&self, turn: &mut Turn<'_>, expected: &ExpectedLink) -> Result<(), ClientError> {
        let receipted = turn.head().sequence;
        if expected.sequence <= receipted {
            return Err(EvidenceError::ReceiptDenied { said: expected.sequence, receipted }.into());
        }
        Ok(turn.adopt(expected)?)
    }

    /// Verifies the receipt before anything is kept under it.
    async fn accept(
        &self,
        turn: &mut Turn<'_>,
        pending: &Pending,
        answer: SubmitResponse,
    ) -> Result<Filed, ClientError> {
        let receipt = match (answer.receipt, answer.pending_witness) {
            // Kept in order: what is behind one without receipt has its own when that one has.
            (_, pending_witness) if turn.has_passed() => {
                turn.pass(pending);
                return Err(unwitnessed(pending_witness));
            }
            (Some(receipt), None) => receipt,
            (_, Some(_)) => match self.witnessed_filing(pending.digest()).await {
                Ok(filing) => filing.receipt.ok_or_else(|| lacks("receipt"))?,
                Err(error) => {
                    turn.pass(pending);
                    return Err(error);
                }
            },
            (None, None) => return Err(lacks("receipt")),
        };
        let filing = turn.sealed(pending, &receipt)?;
        let verified = self.verify(filing, Claim::OfSomeTime).await?;
        let kept = turn.settle(pending, &receipt)?;
        Ok(Filed {
            verified,
            receipt,
            kept,
            repeated: answer.repeated_submission,
            problems: answer.problems,
            assessments: answer.assessments,
        })
    }
}

/// There is no receipt yet.
pub(super) fn unwitnessed(pending: Option<PendingWitness>) -> ClientError {
    let unwitnessed = pending.and_then(|pending| pending.unwitnessed).unwrap_or_default();
    Unwitnessed { leaf_index: unwitnessed.leaf_index }.into()
}

/// Whether nothing is wrong but that witnesses are missing.
fn lacks_witnesses(error: &EvidenceError) -> bool {
    matches!(error, EvidenceError::Receipt(ReceiptError::Untrusted(VerifyError::NoQuorum { .. })))
}

fn gap(refusal: &Refusal) -> Option<&ExpectedLink> {
    refusal.expected_link.as_ref().filter(|_| refusal.reason == Reason::SequenceGap)
}
