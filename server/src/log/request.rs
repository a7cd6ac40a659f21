//! What is asked of the sequencer, and how much of it goes into one batch.

use std::collections::VecDeque;

use prost::Message as _;

use super::draft::{Reply, repeated};
use super::{Attestation, Proposal, Sealed};
use crate::error::{Error, Fault, Refusal};

/// Requests in a batch: beyond a thousand, the commit is cheap already and answers only get later.
/// Filings that wait for one of them come on top.
pub(super) const BATCH_REQUESTS: usize = 1024;
/// Bytes of envelopes in a batch: what a slow disk writes in a tenth of a second.
const BATCH_BYTES: usize = 4 * 1024 * 1024;

/// What is asked of the sequencer.
pub(super) enum Request {
    Seal(Box<Proposal>, Reply<Sealed>),
    Attest(Box<Attestation>, Reply<u64>),
    /// Witnesses have cosigned: make it durable, with whatever else there is.
    Keep,
}

impl Request {
    /// Bytes that sealing this will write, as far as they vary.
    fn bytes(&self) -> usize {
        match self {
            Self::Seal(proposal, _) => {
                let filing = &proposal.filing;
                filing.envelope.len() + filing.assessment.as_ref().map_or(0, Vec::len)
            }
            Self::Attest(attestation, _) => attestation.statement.encoded_len(),
            Self::Keep => 0,
        }
    }

    pub(super) fn fail(self, fault: &Fault) {
        self.turn_down(|| repeated(fault).into());
    }

    pub(super) fn refuse(self, refusal: &Refusal) {
        self.turn_down(|| Box::new(refusal.clone()).into());
    }

    fn turn_down(self, why: impl FnOnce() -> Error) {
        match self {
            Self::Seal(_, reply) => {
                let _gone = reply.send(Err(why()));
            }
            Self::Attest(_, reply) => {
                let _gone = reply.send(Err(why()));
            }
            Self::Keep => {}
        }
    }
}

/// As much from the front of the backlog as one batch takes; one request at least.
pub(super) fn take_batch(backlog: &mut VecDeque<Request>) -> Vec<Request> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH_REQUESTS
        && let Some(request) = backlog.pop_front_if(|request| {
            bytes += request.bytes();
            batch.is_empty() || bytes <= BATCH_BYTES
        })
    {
        batch.push(request);
    }
    batch
}
