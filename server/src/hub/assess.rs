//! What the hub computes about a filing. It informs people; nothing here ever refuses.

use barid_proto::v1::{
    Assessment, AssessmentFinding, AssessmentInput, FilingContent, ProblemSeverity, Reading,
    Rendering, Stamp, Text,
};

use crate::model::content;
use crate::model::filing::Filing;
use crate::model::place::Checker;

/// How far an office's clock may be ahead of the hub's before its stamp looks wrong: what a clock
/// that is set once a day by hand drifts.
const CLOCK_TOLERANCE_MS: i64 = 120_000;

/// Most contradictions that one assessment names: who looks into it counts the others.
const FIGURES_MAX: usize = 32;

/// All assessments of a filing, at the hub's time `now_ms`.
pub(super) fn assess(
    filing: &Filing,
    content: &FilingContent,
    reading: Option<&Reading>,
    now_ms: i64,
) -> Vec<Assessment> {
    let mut assessments = Vec::new();
    if let Some(stamp) = &filing.stamp {
        assessments.push(stamp_delay(stamp, now_ms));
    }
    if let Some(reading) = reading {
        assessments.push(format_reading(reading));
    }
    assessments.extend(figures(content));
    assessments
}

/// Figures of the content that contradict each other, each with its path and the problem's code.
/// `None`: there are none.
fn figures(content: &FilingContent) -> Option<Assessment> {
    let mut checker = Checker::new();
    checker.within("content", |checker| content::doubts(checker, content));
    let doubts = checker.into_problems();
    if doubts.is_empty() {
        return None;
    }
    let count = doubts.len();
    let english = format!("figures contradict each other in {count} places; the filing stands");
    let arabic = format!("أرقام متناقضة، وعدد مواضعها: {count}؛ والمعاملة قائمة كما هي");
    let inputs = doubts.into_iter().take(FIGURES_MAX).map(|doubt| AssessmentInput {
        name: doubt.place.unwrap_or_default().path,
        value: doubt.code,
    });
    Some(Assessment {
        subject: "figures".to_owned(),
        finding: AssessmentFinding::OutOfOrder.into(),
        explanation: Some(explained(arabic, english)),
        inputs: inputs.collect(),
        ..Assessment::default()
    })
}

/// How long after the stamp of the first office the filing reached the hub. Late synchronisation is
/// in order: the stamp binds, not the link. A stamp from the future is not.
fn stamp_delay(stamp: &Stamp, now_ms: i64) -> Assessment {
    let delay_ms = now_ms.saturating_sub(stamp.stamped_at_unix_ms);
    let (finding, explanation) = if delay_ms < -CLOCK_TOLERANCE_MS {
        let ahead = Span::of(-delay_ms);
        let english = format!(
            "the stamp lies {} after the hub received the filing: the office's clock is ahead, or \
             the time was miswritten",
            ahead.english()
        );
        let arabic = format!(
            "الختم متأخر عن وقت وصول المعاملة إلى المنصة بمقدار {}: ساعة المكتب متقدمة أو كُتب الوقت خطأً",
            ahead.arabic()
        );
        (AssessmentFinding::OutOfOrder, explained(arabic, english))
    } else {
        let late = Span::of(delay_ms.max(0));
        let english =
            format!("reached the hub {} after its stamp; the stamp binds", late.english());
        let arabic = format!("وصلت إلى المنصة بعد الختم بمقدار {}؛ والعبرة بالختم", late.arabic());
        (AssessmentFinding::InOrder, explained(arabic, english))
    };
    Assessment {
        subject: "stamp-delay".to_owned(),
        finding: finding.into(),
        explanation: Some(explanation),
        inputs: vec![
            input("stamped_at_unix_ms", stamp.stamped_at_unix_ms),
            input("received_at_unix_ms", now_ms),
            input("tolerance_ms", CLOCK_TOLERANCE_MS),
        ],
        ..Assessment::default()
    }
}

/// Whether the format was sure of what it read.
fn format_reading(reading: &Reading) -> Assessment {
    let warning = i32::from(ProblemSeverity::Warning);
    let doubts = reading.problems.iter().filter(|problem| problem.severity == warning).count();
    let (finding, explanation) = if doubts == 0 {
        let english = "the format read the document without doubts".to_owned();
        let arabic = "قُرئ المستند بصيغته دون أي شك".to_owned();
        (AssessmentFinding::InOrder, explained(arabic, english))
    } else {
        let english =
            format!("the format read the document; a person should look at {doubts} places");
        let arabic = format!("قُرئ المستند بصيغته؛ وعدد المواضع التي ينبغي النظر فيها: {doubts}");
        (AssessmentFinding::Undecided, explained(arabic, english))
    };
    Assessment {
        subject: "format-reading".to_owned(),
        finding: finding.into(),
        explanation: Some(explanation),
        inputs: vec![
            AssessmentInput { name: "format".to_owned(), value: reading.format.clone() },
            AssessmentInput { name: "plugin".to_owned(), value: reading.plugin.clone() },
        ],
        ..Assessment::default()
    }
}

/// A span of time as people say it: days, hours and minutes; seconds do not matter here.
struct Span {
    days: i64,
    hours: i64,
    minutes: i64,
}

impl Span {
    fn of(milliseconds: i64) -> Self {
        let minutes = milliseconds / 60_000;
        Self { days: minutes / 1_440, hours: minutes / 60 % 24, minutes: minutes % 60 }
    }

    /// `376 days 00:45 h`, or `00:45 h` within a day.
    fn english(&self) -> String {
        let Self { days, hours, minutes } = self;
        match days {
            0 => format!("{hours:02}:{minutes:02} h"),
            1 => format!("1 day {hours:02}:{minutes:02} h"),
            _ => format!("{days} days {hours:02}:{minutes:02} h"),
        }
    }

    /// The same; the hours and minutes are isolated, or the text around would turn them over.
    fn arabic(&self) -> String {
        let Self { days, hours, minutes } = self;
        let clock = format!("\u{2066}{hours:02}:{minutes:02}\u{2069} ساعة");
        match days {
            0 => clock,
            1 => format!("يوم و{clock}"),
            2 => format!("يومين و{clock}"),
            3..=10 => format!("{days} أيام و{clock}"),
            _ => format!("{days} يوماً و{clock}"),
        }
    }
}

fn explained(arabic: String, english: String) -> Text {
    let rendering = |language: &str, text| Rendering { language: language.to_owned(), text };
    Text {
        renderings: vec![rendering("ar", arabic), rendering("en", english)],
        authoritative: String::new(),
    }
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

    #[test]
    fn spans_are_told_as_people_say_them() {
        let span = |minutes: i64| Span::of(minutes * 60_000);
        assert_eq!(span(45).english(), "00:45 h");
        assert_eq!(span(1_440).english(), "1 day 00:00 h");
        assert_eq!(span(541_485).english(), "376 days 00:45 h");
        assert_eq!(span(2 * 1_440 + 65).arabic(), "يومين و\u{2066}01:05\u{2069} ساعة");
    }
}
