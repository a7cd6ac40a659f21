//! What the hub computes about a filing. It informs people; nothing here ever refuses.

use barid_proto::v1::{
    Assessment, AssessmentFinding, AssessmentInput, ProblemSeverity, Reading, Stamp,
};

use crate::model::filing::Filing;
use crate::model::place::english;

/// How far an office's clock may be ahead of the hub's before its stamp looks wrong: what a clock
/// that is set once a day by hand drifts.
const CLOCK_TOLERANCE_MS: i64 = 120_000;

/// All assessments of a filing, at the hub's time `now_ms`.
pub(super) fn assess(filing: &Filing, reading: Option<&Reading>, now_ms: i64) -> Vec<Assessment> {
    let mut assessments = Vec::new();
    if let Some(stamp) = &filing.stamp {
        assessments.push(stamp_delay(stamp, now_ms));
    }
    if let Some(reading) = reading {
        assessments.push(format_reading(reading));
    }
    assessments
}

/// How long after the stamp of the first office the filing reached the hub. Late synchronisation is
/// in order: the stamp binds, not the link. A stamp from the future is not.
fn stamp_delay(stamp: &Stamp, now_ms: i64) -> Assessment {
    let delay_ms = now_ms.saturating_sub(stamp.stamped_at_unix_ms);
    let (finding, explanation) = if delay_ms < -CLOCK_TOLERANCE_MS {
        let ahead = minutes(-delay_ms);
        let text = format!(
            "the stamp lies {ahead} minutes after the hub received the filing: the office's clock \
             is ahead, or the time was miswritten"
        );
        (AssessmentFinding::OutOfOrder, text)
    } else {
        let late = minutes(delay_ms.max(0));
        let text = format!(
            "the filing reached the hub {late} minutes after its stamp; the stamp is the time that \
             binds"
        );
        (AssessmentFinding::InOrder, text)
    };
    Assessment {
        subject: "stamp-delay".to_owned(),
        rule_set_id: String::new(),
        rule: String::new(),
        finding: finding.into(),
        explanation: Some(english(explanation)),
        inputs: vec![
            input("stamped_at_unix_ms", stamp.stamped_at_unix_ms),
            input("received_at_unix_ms", now_ms),
            input("tolerance_ms", CLOCK_TOLERANCE_MS),
        ],
    }
}

/// Whether the format was sure of what it read.
fn format_reading(reading: &Reading) -> Assessment {
    let warning = i32::from(ProblemSeverity::Warning);
    let doubts = reading.problems.iter().filter(|problem| problem.severity == warning).count();
    let (finding, explanation) = if doubts == 0 {
        (AssessmentFinding::InOrder, "the format read the document without doubts".to_owned())
    } else {
        let text = format!("the format read the document but marked {doubts} places to look at");
        (AssessmentFinding::Undecided, text)
    };
    Assessment {
        subject: "format-reading".to_owned(),
        rule_set_id: String::new(),
        rule: String::new(),
        finding: finding.into(),
        explanation: Some(english(explanation)),
        inputs: vec![
            AssessmentInput { name: "format".to_owned(), value: reading.format.clone() },
            AssessmentInput { name: "plugin".to_owned(), value: reading.plugin.clone() },
        ],
    }
}

fn minutes(milliseconds: i64) -> i64 {
    milliseconds / 60_000
}

fn input(name: &str, value: i64) -> AssessmentInput {
    AssessmentInput { name: name.to_owned(), value: value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(stamped_at_unix_ms: i64, now_ms: i64) -> AssessmentFinding {
        let stamp = Stamp { stamped_at_unix_ms, ..Stamp::default() };
        stamp_delay(&stamp, now_ms).finding()
    }

    #[test]
    fn a_late_filing_is_in_order_and_a_stamp_from_the_future_is_not() {
        let now = 1_764_000_000_000;
        assert_eq!(finding(now - 86_400_000, now), AssessmentFinding::InOrder);
        assert_eq!(finding(now + CLOCK_TOLERANCE_MS, now), AssessmentFinding::InOrder);
        assert_eq!(finding(now + CLOCK_TOLERANCE_MS + 1, now), AssessmentFinding::OutOfOrder);
    }
}
