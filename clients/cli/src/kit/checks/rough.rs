//! What is large, hostile or damaged is answered too: in time, within memory, without an end.

use barid_proto::v1::{DecodeRequest, FilingKind, FormatDescription};
use prost::Message as _;

use super::{Good, Work};
use crate::kit::family::Family;
use crate::kit::mutate::{Dice, mutated};
use crate::kit::outcome::{Check, Outcome, Remark};
use crate::kit::{Plan, Subject, hostile as inputs};

/// Most mutations of all documents together.
const MUTATIONS_MAX: usize = 50_000;

/// Requests as large as the limits allow, of what costs a reader most for its size.
pub(in crate::kit) fn limits(subject: &Subject, plan: &Plan) -> Outcome {
    let mut work = Work::on(subject, Check::Limits);
    let max = subject.manifest.max_input_bytes;
    for (format, kind) in first_kinds(subject, plan) {
        for (name, start, fill) in [
            ("full-of-spaces", "", " "),
            ("full-of-letters", "", "x"),
            ("full-of-lists", "", "["),
            ("full-of-lines", "a,b\n", "1,2\n"),
            ("full-of-elements", "<a>", "<b/>"),
        ] {
            if work.is_given_up() {
                return work.outcome;
            }
            work.outcome.cases += 1;
            let request = filled(subject, format, kind, start, fill);
            work.read(name, &request);
        }
    }
    work.outcome.remarks.push(Remark::FullRequests(max));
    work.outcome
}

/// A request of exactly the most bytes.
fn filled(
    subject: &Subject,
    format: &FormatDescription,
    kind: FilingKind,
    start: &str,
    fill: &str,
) -> DecodeRequest {
    let max = subject.manifest.max_input_bytes;
    let mut request = subject.request(&format.id, kind, &[]);
    let mut input: Vec<u8> = start.bytes().chain(fill.bytes().cycle()).take(max).collect();
    // The input's own length is written before it, in one to four bytes: cut until it fits.
    let mut over = request.encoded_len() + 1;
    while over > 0 {
        input.truncate(input.len().saturating_sub(over));
        request.input = input;
        over = request.encoded_len().saturating_sub(max);
        input = std::mem::take(&mut request.input);
        if input.is_empty() {
            break;
        }
    }
    DecodeRequest { input, ..request }
}

/// Inputs made to hurt, for every format.
pub(in crate::kit) fn hostile(subject: &Subject, plan: &Plan) -> Outcome {
    let mut work = Work::on(subject, Check::Hostile);
    let max = inputs::bytes_max(subject.manifest.max_input_bytes);
    for (format, kind) in first_kinds(subject, plan) {
        for (name, make) in inputs::inputs(Family::of(format)) {
            if work.is_given_up() {
                return work.outcome;
            }
            let request = subject.request(&format.id, kind, &make(max));
            if request.encoded_len() <= subject.manifest.max_input_bytes {
                work.outcome.cases += 1;
                work.read(name, &request);
            }
        }
    }
    work.outcome
}

/// Damaged copies of the good documents.
pub(in crate::kit) fn mutations(subject: &Subject, good: &[Good<'_>], plan: &Plan) -> Outcome {
    let mut work = Work::on(subject, Check::Mutations);
    let max = subject.manifest.max_input_bytes.saturating_sub(1024);
    for (number, one) in good.iter().enumerate() {
        // A document's mutations do not depend on those before it.
        let mut dice = Dice::new(plan.seed.wrapping_add(number as u64));
        for mutation in 1..=plan.mutations {
            if work.outcome.cases == MUTATIONS_MAX || work.is_given_up() {
                return work.outcome;
            }
            work.outcome.cases += 1;
            let input = mutated(&one.paper.bytes, &mut dice, max);
            let request = subject.request(&one.paper.format, one.paper.kind, &input);
            work.read(&format!("{} (mutation {mutation})", one.paper.name), &request);
        }
    }
    work.outcome
}

/// Every format, with the first kind that the plan asks for: what is no document at all is none of
/// any kind.
fn first_kinds<'s>(
    subject: &'s Subject,
    plan: &'s Plan,
) -> Vec<(&'s FormatDescription, FilingKind)> {
    let mut found: Vec<(&FormatDescription, FilingKind)> = Vec::new();
    for (format, kind) in subject.readable(plan) {
        if found.last().is_none_or(|(last, _)| last.id != format.id) {
            found.push((format, kind));
        }
    }
    found
}
