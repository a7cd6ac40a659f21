//! What was read, written and read again is the same.

use barid_proto::v1::{DecodeReply, Reading};

use super::{Good, Work, errors};
use crate::kit::outcome::{Check, Outcome, Remark};
use crate::kit::{Reason, Subject};
use crate::render::readings::differences;

/// Every good document whose format can also write its kind goes there and back.
pub(in crate::kit) fn round_trips(subject: &Subject, good: &[Good<'_>]) -> Outcome {
    let mut work = Work::on(subject, Check::RoundTrips);
    let (mut read_only, mut lossy) = (0, 0);
    for one in good {
        if work.is_given_up() {
            break;
        }
        let (name, kind) = (&one.paper.name, one.paper.kind);
        let format = subject.format(&one.paper.format);
        let Some(format) = format.filter(|format| format.encodes().any(|known| known == kind))
        else {
            read_only += 1;
            continue;
        };
        work.outcome.cases += 1;
        let written = subject.write(format, &one.content, false);
        let Some(written) = work.answer(name, &format.id, kind, written) else { continue };
        if written.output.is_empty() {
            work.fail_paper(one.paper, Reason::NotWritten(errors(&written.problems)));
            continue;
        }
        let request = subject.request(&format.id, kind, &written.output);
        let Some(again) = work.read(name, &request) else { continue };
        if again.content.is_none() {
            work.fail_paper(one.paper, Reason::NotReadAgain(errors(&again.problems)));
        } else if again.content.as_ref() != Some(&one.content) {
            // What cannot be expressed in the format was said: that is no surprise to anybody.
            if written.problems.is_empty() {
                work.fail_paper(one.paper, difference(&one.reply, &again));
            } else {
                lossy += 1;
            }
        }
    }
    for (count, remark) in [(read_only, Remark::ReadOnly(read_only)), (lossy, Remark::Lossy(lossy))]
    {
        if count > 0 {
            work.outcome.remarks.push(remark);
        }
    }
    work.outcome
}

/// The first element that is not the same.
fn difference(before: &DecodeReply, after: &DecodeReply) -> Reason {
    let reading =
        |reply: &DecodeReply| Reading { content: reply.content.clone(), ..Reading::default() };
    let found = differences(&reading(before), &reading(after)).unwrap_or_default();
    let first = found.into_iter().next();
    first.map_or(Reason::Unsteady, |one| {
        let shown = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        Reason::Differs(one.path, shown(one.before), shown(one.after))
    })
}
