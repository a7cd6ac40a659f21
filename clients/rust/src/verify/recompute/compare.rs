//! What was logged, beside what comes out.

use barid_proto::v1::{Assessment, Period, RuleReading, SwitchSetting};
use jiff::Timestamp;

use crate::verify::finding::Code;
use crate::verify::notes::Fault;

/// Differences that are told about one assessment: who looks into it recomputes it anyway.
const TOLD_MAX: usize = 4;

/// Leaves that are told of one assessment as missing.
const LEAVES_MAX: usize = 8;

/// What a comparison came to.
#[derive(Default)]
pub(super) struct Compared {
    /// What came out as it was logged, in this program's own words.
    pub(super) same: Vec<Assessment>,
    /// What did not.
    pub(super) faults: Vec<Fault>,
}

/// Compares what was logged about a filing with what comes out. `absent` says whether a leaf is one
/// that is not here: what rests on it is left open, instead of being compared with something else.
pub(super) fn compare(
    logged: &[&Assessment],
    out: Vec<Assessment>,
    absent: impl Fn(u64) -> bool,
) -> Compared {
    let mut compared = Compared::default();
    let mut out = out;
    let mut rest = Vec::new();
    for one in logged {
        match out.iter().position(|other| same(one, other)) {
            Some(at) => compared.same.push(out.remove(at)),
            None => rest.push(*one),
        }
    }
    let mut open = false;
    for one in rest {
        let missing: Vec<u64> = one.leaves.iter().copied().filter(|leaf| absent(*leaf)).collect();
        let pair = out.iter().position(|other| key(one) == key(other));
        let pair = pair.map(|at| out.remove(at));
        let name = named(one);
        compared.faults.push(match pair {
            _ if !missing.is_empty() => {
                open = true;
                (Code::AssessmentOpen, format!("{name}: {}", told_missing(&missing)))
            }
            Some(other) => {
                (Code::AssessmentDiffers, format!("{name}: {}", difference(one, &other)))
            }
            None => (Code::AssessmentSurplus, format!("{name}: logged {}", outcome(one))),
        });
    }
    // Where something is not here, it cannot be told what else should have been computed.
    if !open {
        let missing = out.iter().map(|one| {
            (Code::AssessmentMissing, format!("{}: comes out {}", named(one), outcome(one)))
        });
        compared.faults.extend(missing);
    }
    compared
}

/// Everything but the words counts: those are made anew, better, by later programs.
fn same(logged: &Assessment, out: &Assessment) -> bool {
    let bare = |one: &Assessment| Assessment { explanation: None, ..one.clone() };
    bare(logged) == bare(out)
}

/// What an assessment is about: of two with the same, one takes the place of the other.
fn key(one: &Assessment) -> (&str, &str, Option<(&str, &str)>) {
    let office = one.frame.as_ref().and_then(|frame| frame.office.as_ref());
    let office = office.map(|office| (office.institution.as_str(), office.office.as_str()));
    (&one.subject, &one.rule, office)
}

fn named(one: &Assessment) -> String {
    let (subject, rule, office) = key(one);
    let at = office.map(|(institution, office)| format!(" at {institution}/{office}"));
    format!("{subject} under {rule}{}", at.unwrap_or_default())
}

fn told_missing(leaves: &[u64]) -> String {
    let told: Vec<String> = leaves.iter().take(LEAVES_MAX).map(u64::to_string).collect();
    let more = leaves.len().saturating_sub(LEAVES_MAX);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("leaf {}{more} is not in the bundle", told.join(", "))
}

/// A finding and a deadline in a few words.
fn outcome(one: &Assessment) -> String {
    let reading = one.readings.first();
    let deadline = reading.and_then(|reading| reading.period.as_ref());
    let deadline = deadline.map(|period| format!(", deadline {}", deadline_of(period)));
    format!("{}{}", finding(one.finding().as_str_name()), deadline.unwrap_or_default())
}

/// In what an assessment differs from what comes out.
fn difference(logged: &Assessment, out: &Assessment) -> String {
    let mut told = Vec::new();
    let mut differs = |what: &str, logged: String, out: String| {
        if logged != out {
            told.push(format!("{what} logged {logged}, comes out {out}"));
        }
    };
    let word = |one: &Assessment| finding(one.finding().as_str_name());
    differs("finding", word(logged), word(out));
    let readings = logged.readings.iter().zip(&out.readings);
    for (number, (logged, out)) in (1..).zip(readings) {
        let what = |what: &str| format!("{what} of reading {number}");
        differs(&what("switches"), settings(logged), settings(out));
        differs(&what("conclusion"), logged.conclusion.clone(), out.conclusion.clone());
        differs(&what("deadline"), deadline(logged), deadline(out));
    }
    let count = |one: &Assessment| one.readings.len().to_string();
    differs("number of readings", count(logged), count(out));
    differs("leaves", format!("{:?}", logged.leaves), format!("{:?}", out.leaves));
    differs("rule set", logged.rule_set_id.clone(), out.rule_set_id.clone());
    differs("article", logged.article.clone(), out.article.clone());
    if told.is_empty() {
        return "the days counted, the calendars or the inputs differ".to_owned();
    }
    told.truncate(TOLD_MAX);
    told.join("; ")
}

fn finding(name: &str) -> String {
    name.trim_start_matches("ASSESSMENT_FINDING_").to_lowercase().replace('_', " ")
}

fn settings(reading: &RuleReading) -> String {
    let one = |setting: &SwitchSetting| {
        let values = setting.values.iter().map(|value| format!("{}={}", value.name, value.value));
        values.collect::<Vec<_>>().join(" ")
    };
    reading.settings.iter().map(one).collect::<Vec<_>>().join(" or ")
}

fn deadline(reading: &RuleReading) -> String {
    reading.period.as_ref().map_or_else(|| "none".to_owned(), deadline_of)
}

fn deadline_of(period: &Period) -> String {
    let instant = Timestamp::from_millisecond(period.deadline_unix_ms).ok();
    let instant = instant.filter(|_| period.deadline_unix_ms != 0);
    instant.map_or_else(|| "none".to_owned(), |instant| instant.to_string())
}
