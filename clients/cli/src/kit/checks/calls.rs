//! The same request gets the same reply: again, elsewhere, and among others.

use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};

use barid_proto::v1::DecodeRequest;

use super::Work;
use crate::kit::outcome::{Check, Outcome};
use crate::kit::{Paper, Plan, Reason, Subject};

/// Calls at once. A hub has as many workers of a plugin waiting.
const AT_ONCE: usize = 4;

/// Inputs that every plugin answers somehow; with them, one without documents is checked too.
const PLAIN: [(&str, &[u8]); 3] =
    [("plain-empty", b""), ("plain-object", b"{\"number\": 7}"), ("plain-text", b"7: why?\n")];

/// Requests for the documents, and for plain inputs in every format.
fn requests(subject: &Subject, papers: &[Paper], plan: &Plan) -> Vec<(String, DecodeRequest)> {
    let given = papers.iter().map(|paper| {
        (paper.name.clone(), subject.request(&paper.format, paper.kind, &paper.bytes))
    });
    let plain = subject.readable(plan).flat_map(|(format, kind)| {
        PLAIN.map(|(name, input)| (name.to_owned(), subject.request(&format.id, kind, input)))
    });
    given.chain(plain).collect()
}

/// Two workers, and the first of them again, reply alike; in writing too.
pub(in crate::kit) fn deterministic(subject: &Subject, papers: &[Paper], plan: &Plan) -> Outcome {
    let mut work = Work::on(subject, Check::Deterministic);
    for (paper, request) in requests(subject, papers, plan) {
        if work.is_given_up() {
            break;
        }
        work.outcome.cases += 1;
        let (format, kind) = (request.format.as_str(), request.kind());
        let Some(first) = work.read(&paper, &request) else { continue };
        let other = subject.read_elsewhere(&request);
        let Some(other) = work.answer(&paper, format, kind, other) else { continue };
        let Some(again) = work.read(&paper, &request) else { continue };
        if first != other || first != again {
            work.fail(&paper, format, kind, Reason::Unsteady);
        }
        let writer = subject.format(format).filter(|one| one.encodes().any(|one| one == kind));
        if let (Some(writer), Some(content)) = (writer, &first.content) {
            let written = [false, true].map(|elsewhere| subject.write(writer, content, elsewhere));
            let [first, other] = written.map(|one| work.answer(&paper, format, kind, one));
            if first != other {
                work.fail(&paper, format, kind, Reason::Unsteady);
            }
        }
    }
    work.outcome
}

/// Four calls at once answer as one alone.
pub(in crate::kit) fn concurrent(subject: &Subject, papers: &[Paper], plan: &Plan) -> Outcome {
    let mut work = Work::on(subject, Check::Concurrent);
    let requests = requests(subject, papers, plan);
    for group in requests.chunks(AT_ONCE) {
        if work.is_given_up() {
            break;
        }
        let alone: Vec<_> =
            group.iter().map(|(paper, one)| subject.read(paper, one).ok()).collect();
        let asked: Vec<_> = group.iter().cycle().take(AT_ONCE).collect();
        let together = thread::scope(|scope| {
            let calls: Vec<_> = asked
                .iter()
                .map(|(paper, one)| scope.spawn(move || subject.read(paper, one)))
                .collect();
            // A fault of this program is no verdict on the plugin: it ends the check.
            let joined = |call: ScopedJoinHandle<'_, _>| {
                call.join().unwrap_or_else(|why| resume_unwind(why))
            };
            calls.into_iter().map(joined).collect::<Vec<_>>()
        });
        for (((paper, request), together), alone) in
            asked.into_iter().zip(together).zip(alone.iter().cycle())
        {
            work.outcome.cases += 1;
            let (format, kind) = (request.format.as_str(), request.kind());
            let Some(together) = work.answer(paper, format, kind, together) else { continue };
            // No answer alone, and one among others, is another answer too.
            if alone.as_ref() != Some(&together) {
                work.fail(paper, format, kind, Reason::Unsteady);
            }
        }
    }
    work.outcome
}
