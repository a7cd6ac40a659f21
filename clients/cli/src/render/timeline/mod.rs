//! The docket of a case as one readable page: what came, from whom, who has which receipt, and
//! what became of it at each recipient.

use barid_client::verify::Verified;
use barid_proto::v1::{
    Assessment, AssessmentFinding, AssessmentInput, Delivery, DocketEntry, EnvelopeBody,
    FilingAssessment,
};
use jiff::tz::TimeZone;

use super::grid::Grid;
use super::{access, number, retention, shown_office, time};
use crate::wording::{self, Lang, Msg};

/// A line of a docket with what checking it gave: proof, or why there is none.
pub(crate) struct Line {
    /// As the hub told it.
    pub(crate) told: DocketEntry,
    /// What it proves, or what is wrong with it.
    pub(crate) proof: Result<Verified, String>,
}

/// Before a delivery, in reading direction.
const ARROW: (&str, &str) = ("\u{2192}", "\u{2190}");

/// The hub's assessment of how sure a format was of what it read.
const READING: &str = "format-reading";

/// The hub's assessment of what a document is by its bytes.
const LOOK: &str = "document";

/// The whole docket, numbered from `first`.
pub(crate) fn timeline(lang: Lang, lines: &[Line], first: usize, zone: &TimeZone) -> String {
    let headings = [Msg::HeadNumber, Msg::HeadTime, Msg::HeadFiling, Msg::HeadFrom];
    let mut grid = Grid::new(lang, headings.map(|heading| lang.pick(heading.wording())));
    for (position, line) in (first..).zip(lines) {
        add(&mut grid, lang, position, line, zone);
    }
    grid.render()
}

fn add(grid: &mut Grid, lang: Lang, position: usize, line: &Line, zone: &TimeZone) {
    let receipt = line.told.filing.as_ref().and_then(|filing| filing.receipt.as_ref());
    let accepted = receipt.map_or(0, |receipt| receipt.accepted_at_unix_ms);
    let position = position.to_string();
    match &line.proof {
        Err(why) => {
            let why = lang.say(Msg::Untrusted, &[why]);
            grid.row([position, time::minute(accepted, zone), why, String::new()]);
        }
        Ok(verified) => {
            let body = &verified.body;
            let kind = wording::kind(lang, body.kind()).to_owned();
            grid.row([
                position,
                when(body, accepted, zone),
                kind,
                shown_office(body.sender.as_ref()),
            ]);
            details(lang, verified, accepted, zone).into_iter().for_each(|detail| {
                grid.row([String::new(), String::new(), detail, String::new()]);
            });
        }
    }
    for delivery in &line.told.deliveries {
        let to = format!("{} {}", lang.pick(ARROW), shown_office(delivery.recipient.as_ref()));
        grid.row([String::new(), to, became(lang, delivery), leaves(lang, delivery)]);
    }
}

/// What stands under a filing: its stamp, its receipt, what was computed about it.
fn details(lang: Lang, verified: &Verified, accepted: i64, zone: &TimeZone) -> Vec<String> {
    let leaf = verified.leaf_index.to_string();
    let mut details: Vec<String> = stamp(lang, &verified.body).into_iter().collect();
    details.push(lang.say(Msg::ReceiptLine, &[&leaf, &time::minute(accepted, zone)]));
    details.extend(access::lines(lang, &verified.body));
    details.extend(retention::lines(lang, &verified.body));
    details.extend(assessments(lang, verified.assessment.as_ref()));
    details
}

/// By the clock of the first office that stamped it, else when the hub accepted it.
fn when(body: &EnvelopeBody, accepted: i64, zone: &TimeZone) -> String {
    body.stamp.as_ref().map_or_else(|| time::minute(accepted, zone), time::stamped)
}

fn stamp(lang: Lang, body: &EnvelopeBody) -> Option<String> {
    let stamp = body.stamp.as_ref()?;
    let by = shown_office(stamp.office.as_ref());
    Some(match stamp.number.as_str() {
        "" => lang.say(Msg::StampBy, &[&by]),
        number => lang.say(Msg::StampLine, &[number, &by]),
    })
}

/// What was computed about a filing, as far as it tells a reader of the docket something: that the
/// lead document could be read, and is what it is said to be, needs no saying.
fn assessments(lang: Lang, added: Option<&FilingAssessment>) -> impl Iterator<Item = String> {
    let all = added.map_or(&[][..], |added| added.assessments.as_slice());
    let about_lead = |one: &Assessment| {
        let lead = |input: &AssessmentInput| input.name == "document" && input.value == "lead";
        one.subject == READING || one.subject == LOOK && one.inputs.iter().any(lead)
    };
    let plain =
        move |one: &&Assessment| about_lead(one) && one.finding() == AssessmentFinding::InOrder;
    all.iter().filter(move |one| !plain(one)).map(move |one| {
        let how = lang.isolate(&lang.rendering(one.explanation.as_ref()));
        match one.finding() {
            AssessmentFinding::InOrder => how,
            other => format!("{}: {how}", wording::finding(lang, other)),
        }
    })
}

/// What a clerk should know about the documents of a filing before opening them: a line for each
/// that is not what it is said to be, or that nobody could look at.
pub(crate) fn warnings(
    lang: Lang,
    added: Option<&FilingAssessment>,
) -> impl Iterator<Item = String> {
    let all = added.map_or(&[][..], |added| added.assessments.as_slice());
    let warns =
        |one: &&Assessment| one.subject == LOOK && one.finding() != AssessmentFinding::InOrder;
    all.iter().filter(warns).map(move |one| {
        let how = lang.isolate(&lang.rendering(one.explanation.as_ref()));
        format!("{}: {how}", wording::finding(lang, one.finding()))
    })
}

fn became(lang: Lang, delivery: &Delivery) -> String {
    let step = wording::step(lang, delivery.step());
    let became = match &delivery.docket_number {
        Some(given) => lang.say(Msg::DeliveryUnder, &[step, &number(given)]),
        None => step.to_owned(),
    };
    match delivery.expired_leaf {
        Some(_) => lang.say(Msg::DeliveryExpired, &[&became]),
        None => became,
    }
}

/// The leaves that prove what became of it, in the order of the log: `leaf 5, 6, 7`.
fn leaves(lang: Lang, delivery: &Delivery) -> String {
    let Delivery { fetched_leaf, acknowledged_leaf, settled_leaf, expired_leaf, .. } = delivery;
    let mut leaves: Vec<u64> = [fetched_leaf, acknowledged_leaf, settled_leaf, expired_leaf]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    if leaves.is_empty() {
        return String::new();
    }
    leaves.sort_unstable();
    let leaves: Vec<String> = leaves.iter().map(u64::to_string).collect();
    format!("{} {}", lang.pick(Msg::HeadLeaf.wording()), lang.list(&leaves))
}

#[cfg(test)]
mod tests;
