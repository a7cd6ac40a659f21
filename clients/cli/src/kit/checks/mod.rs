//! The checks, each from the subject to an outcome.

mod at_once;
mod basic;
mod calls;
mod problems;
mod rough;
mod trips;

use barid_plugin_host::CallFailure;
use barid_proto::v1::{
    DecodeReply, DecodeRequest, FilingContent, FilingKind, Problem, ProblemSeverity,
};

use super::outcome::{Check, Failure, Outcome};
use super::{Paper, Reason, Subject};

pub(super) use at_once::all_at_once;
pub(super) use basic::{confined, description, documents};
pub(super) use calls::{concurrent, deterministic};
pub(super) use problems::problems;
pub(super) use rough::{hostile, limits, mutations};
pub(super) use trips::round_trips;

/// Calls of one check that may be ended before the rest is given up: each costs its deadline, and
/// a crash the start of two workers.
const ENDED_MAX: usize = 8;

/// A document that was read, and what was read.
pub(super) struct Good<'p> {
    pub(super) paper: &'p Paper,
    pub(super) reply: DecodeReply,
    pub(super) content: FilingContent,
}

/// One check at work.
struct Work<'s> {
    subject: &'s Subject,
    outcome: Outcome,
    ended: usize,
}

impl<'s> Work<'s> {
    fn on(subject: &'s Subject, check: Check) -> Self {
        Self { subject, outcome: Outcome::of(check), ended: 0 }
    }

    /// Has an input read, and notes when there is no answer by the rules.
    fn read(&mut self, paper: &str, request: &DecodeRequest) -> Option<DecodeReply> {
        let reply = self.subject.read(paper, request);
        self.answer(paper, &request.format, request.kind(), reply)
    }

    /// The answer, or a failure.
    fn answer<T>(
        &mut self,
        paper: &str,
        format: &str,
        kind: FilingKind,
        answer: Result<T, CallFailure>,
    ) -> Option<T> {
        match answer {
            Ok(answer) => Some(answer),
            Err(failure) => {
                self.ended += usize::from(failure.is_deadly());
                self.fail(paper, format, kind, Reason::Call(failure));
                None
            }
        }
    }

    fn fail(&mut self, paper: &str, format: &str, kind: FilingKind, reason: Reason) {
        let (paper, format) = (paper.to_owned(), format.to_owned());
        self.outcome.fail(Failure { paper, format, kind, reason });
    }

    fn fail_paper(&mut self, paper: &Paper, reason: Reason) {
        self.fail(&paper.name, &paper.format, paper.kind, reason);
    }

    /// Whether so many calls had to be ended that the rest is not tried. Says so, once.
    fn is_given_up(&mut self) -> bool {
        if self.ended == ENDED_MAX {
            self.ended += 1;
            self.outcome.fail(Failure::of_library(Reason::GivenUp(ENDED_MAX)));
        }
        self.ended >= ENDED_MAX
    }
}

/// The codes of problems, for a sentence.
fn codes<'p>(problems: impl IntoIterator<Item = &'p Problem>) -> Vec<String> {
    let mut codes: Vec<String> = problems.into_iter().map(|one| one.code.clone()).collect();
    codes.dedup();
    codes.truncate(12);
    codes
}

/// The codes of those that are errors.
fn errors(problems: &[Problem]) -> Vec<String> {
    codes(problems.iter().filter(|one| one.severity() == ProblemSeverity::Error))
}
