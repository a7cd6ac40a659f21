//! Why a check failed. The words for it are in `wording::plugin`.

use barid_plugin_host::CallFailure;

/// Why a check failed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reason {
    /// The library does not load; the loader's sentence.
    NotLoaded(String),
    /// A fresh worker describes itself otherwise than the first.
    DescribedOtherwise,
    /// The call gave no usable reply.
    Call(CallFailure),
    /// The document is larger than a request may be: bytes, most bytes.
    PaperTooLarge(usize, usize),
    /// Expected to be read, it has these errors.
    NotRead(Vec<String>),
    /// Expected to have problems, it was read without any error.
    ReadInSpite,
    /// These problems were expected and did not come; these came.
    ProblemsMissing(Vec<String>, Vec<String>),
    /// Another worker, or another time, gave another reply.
    Unsteady,
    /// It cannot write what it read: these errors.
    NotWritten(Vec<String>),
    /// It cannot read what it wrote: these errors.
    NotReadAgain(Vec<String>),
    /// What comes back is not what went out: where, before, after.
    Differs(String, String, String),
    /// With both damages these problems of one are not told: the damages, the problems.
    Hidden(Vec<String>, Vec<String>),
    /// The problem of this code does not say in this language what is wrong.
    WhatMissing(String, String),
    /// The problem of this code does not say in this language how to mend it, but in others.
    RemedyMissing(String, String),
    /// The problem of this code has no place.
    PlaceMissing(String),
    /// Nothing at all was answered by the rules.
    NothingAnswered,
    /// Too many calls had to be ended; the rest was not tried.
    GivenUp(usize),
}

impl Reason {
    /// Its name for scripts; stable.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::NotLoaded(_) => "not-loaded",
            Self::DescribedOtherwise => "described-otherwise",
            Self::Call(CallFailure::Died { .. }) => "crash",
            Self::Call(CallFailure::TooSlow { .. }) => "too-slow",
            Self::Call(CallFailure::Failed { .. }) => "failed",
            Self::Call(CallFailure::ReplyInvalid(_)) => "reply-invalid",
            Self::Call(CallFailure::ReplyTooLarge { .. }) => "reply-too-large",
            Self::Call(_) => "no-worker",
            Self::PaperTooLarge(..) => "document-too-large",
            Self::NotRead(_) => "not-read",
            Self::ReadInSpite => "read-in-spite",
            Self::ProblemsMissing(..) => "problems-missing",
            Self::Unsteady => "unsteady",
            Self::NotWritten(_) => "not-written",
            Self::NotReadAgain(_) => "not-read-again",
            Self::Differs(..) => "differs",
            Self::Hidden(..) => "problem-hidden",
            Self::WhatMissing(..) => "what-missing",
            Self::RemedyMissing(..) => "remedy-missing",
            Self::PlaceMissing(_) => "place-missing",
            Self::NothingAnswered => "nothing-answered",
            Self::GivenUp(_) => "given-up",
        }
    }
}
