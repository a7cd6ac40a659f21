//! What the library says of itself, whether given documents read as expected, whether it needs
//! what it cannot have.

use barid_plugin_host::worker::Layer;
use prost::Message as _;

use super::{Good, Work, codes, errors};
use crate::kit::outcome::{Check, Failure, Outcome, Remark};
use crate::kit::paper::Expected;
use crate::kit::{Paper, Reason, Subject};

/// Fresh workers that are asked again.
const AGAIN: usize = 3;

/// It describes itself by the rules (or it would not have loaded), and always alike.
pub(in crate::kit) fn description(subject: &Subject) -> Outcome {
    let mut outcome = Outcome::of(Check::Description);
    for _ in 0..AGAIN {
        outcome.cases += 1;
        let reason = match subject.describe_again() {
            Ok(again) if again == subject.description => continue,
            Ok(_) => Reason::DescribedOtherwise,
            Err(failure) => Reason::NotLoaded(failure.to_string()),
        };
        outcome.fail(Failure::of_library(reason));
    }
    let ids = subject.description.formats.iter().map(|format| format.id.clone()).collect();
    outcome.remarks.push(Remark::Formats(ids));
    outcome
}

/// Each document reads as its author expects. Also the documents that can be built upon.
pub(in crate::kit) fn documents<'p>(
    subject: &Subject,
    papers: &'p [Paper],
) -> (Outcome, Vec<Good<'p>>) {
    let mut work = Work::on(subject, Check::Documents);
    let mut good = Vec::new();
    for paper in papers {
        if work.is_given_up() {
            break;
        }
        work.outcome.cases += 1;
        let request = subject.request(&paper.format, paper.kind, &paper.bytes);
        let (bytes, max) = (request.encoded_len(), subject.manifest.max_input_bytes);
        if bytes > max {
            work.fail_paper(paper, Reason::PaperTooLarge(bytes, max));
            continue;
        }
        let Some(reply) = work.read(&paper.name, &request) else { continue };
        let has = |code: &String| reply.problems.iter().any(|problem| problem.code == *code);
        let missing: Vec<String> =
            paper.problems.iter().filter(|code| !has(code)).cloned().collect();
        if !missing.is_empty() {
            let came = codes(&reply.problems);
            work.fail_paper(paper, Reason::ProblemsMissing(missing, came));
        }
        match (paper.expected, &reply.content) {
            (Some(Expected::Content), None) => {
                work.fail_paper(paper, Reason::NotRead(errors(&reply.problems)));
            }
            (Some(Expected::Problems), Some(_)) => work.fail_paper(paper, Reason::ReadInSpite),
            _ => {}
        }
        if let Some(content) = reply.content.clone() {
            good.push(Good { paper, reply, content });
        }
    }
    if !papers.is_empty() {
        let (good, all) = (good.len(), papers.len());
        work.outcome.remarks.push(Remark::WithContent(good, all));
    }
    (work.outcome, good)
}

/// Nothing that was asked needed files, network, processes or threads: it ran without.
pub(in crate::kit) fn confined(subject: &Subject) -> Outcome {
    let mut outcome = Outcome::of(Check::Confined);
    let confinement = subject.confinement();
    outcome.remarks.push(Remark::Confinement(confinement.to_string()));
    if confinement.no_calls == Layer::Absent {
        return outcome;
    }
    outcome.cases = subject.answered();
    if outcome.cases == 0 {
        outcome.fail(Failure::of_library(Reason::NothingAnswered));
    }
    outcome
}
