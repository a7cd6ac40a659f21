//! Floor 0: what can go wrong, sorted by whose fault it is.
//!
//! A [`Refusal`] is an answer: expected, stable, written for the sender. A [`Fault`] is an
//! incident: the sender learns that it happened, the operator learns what.

use barid_proto::v1::{Problem, Reason};

/// Either of the two.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An expected no.
    #[error(transparent)]
    Refused(#[from] Box<Refusal>),
    /// Our own failure.
    #[error(transparent)]
    Failed(#[from] Fault),
}

/// An expected no, with everything the sender needs to mend it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{reason:?}: {text}")]
pub struct Refusal {
    /// Stable reason.
    pub reason: Reason,
    /// One sentence for the sender: what is wrong, and what to do unless the reason says it all.
    pub text: String,
    /// All places that are wrong, when there are places to point at.
    pub problems: Vec<Problem>,
    /// Only for a gap in the sequence: what is next.
    pub expected: Option<ExpectedLink>,
    /// Leaf of the hub's statement that it refused. `None`: that was not recorded.
    pub rejection_leaf: Option<u64>,
    /// When to try again, milliseconds from now; only when trying the same again makes sense.
    pub retry_after_ms: Option<u64>,
}

/// The next link of a sender's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedLink {
    /// The sequence that is next.
    pub sequence: u64,
    /// The digest that its `previous_digest` must have.
    pub previous_digest: [u8; 32],
}

impl Refusal {
    /// A refusal with a sentence for the sender.
    #[must_use]
    pub fn new(reason: Reason, text: impl Into<String>) -> Box<Self> {
        Box::new(Self {
            reason,
            text: text.into(),
            problems: Vec::new(),
            expected: None,
            rejection_leaf: None,
            retry_after_ms: None,
        })
    }

    /// Adds the places that are wrong.
    #[must_use]
    pub fn with_problems(mut self: Box<Self>, problems: Vec<Problem>) -> Box<Self> {
        self.problems = problems;
        self
    }

    /// Adds what is next in the sender's chain.
    #[must_use]
    pub fn with_expected(mut self: Box<Self>, expected: ExpectedLink) -> Box<Self> {
        self.expected = Some(expected);
        self
    }

    /// Says when to try the same again.
    #[must_use]
    pub fn with_retry(mut self: Box<Self>, after_ms: u64) -> Box<Self> {
        self.retry_after_ms = Some(after_ms);
        self
    }
}

/// Our own failure. The chain of causes goes to the operator's log, never to the sender.
#[derive(Debug, thiserror::Error)]
#[error("{doing}")]
pub struct Fault {
    /// What the hub was doing.
    doing: String,
    /// Whether the disk is full: the one fault whose remedy the sender should hear of.
    full: bool,
    /// What went wrong beneath.
    #[source]
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Fault {
    /// A failure of ours without a cause beneath: an invariant that does not hold.
    #[must_use]
    pub fn broken(doing: impl Into<String>) -> Self {
        Self { doing: doing.into(), full: false, source: None }
    }

    /// A failure while doing something, with its cause.
    #[must_use]
    pub fn while_doing(
        doing: impl Into<String>,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self { doing: doing.into(), full: false, source: Some(source.into()) }
    }

    /// Marks that the disk is full.
    #[must_use]
    pub fn disk_full(mut self) -> Self {
        self.full = true;
        self
    }

    /// Whether the disk is full.
    #[must_use]
    pub fn is_disk_full(&self) -> bool {
        self.full
    }

    /// The whole chain, for the operator's log.
    #[must_use]
    pub fn chain(&self) -> String {
        let mut text = self.doing.clone();
        let mut cause = std::error::Error::source(self);
        while let Some(error) = cause {
            text.push_str(": ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        text
    }
}
