//! The chain of custody as a picture: time runs downwards, each office has a lane.
//!
//! The picture is one SVG text without scripts, links or foreign resources. What institutions wrote
//! is escaped, and characters that turn text around are shown as replaced. In Arabic the lanes run
//! from right to left.

use barid_client::custody::{Event, EventKind, SignedBy};
use barid_proto::picture::{cut, escape};
use barid_proto::v1::Address;
use jiff::tz::TimeZone;
use std::fmt::Write as _;

use super::{custody, shown_office, time};
use crate::wording::{self, Lang, Msg};

/// Width of the column of times.
const TIMES: usize = 190;
/// Width of a lane.
const LANE: usize = 260;
/// Height of a row.
const ROW: usize = 72;
/// Height of the headings.
const HEAD: usize = 84;
/// Height of the legend.
const FOOT: usize = 44;
/// The most characters on a line of a lane: what fits its width.
const LINE_MAX: usize = 48;

/// Where things stand.
struct Canvas<'a> {
    lang: Lang,
    lanes: Vec<Address>,
    events: &'a [Event],
    width: usize,
}

/// The picture.
pub(crate) fn timeline(lang: Lang, events: &[Event], zone: &TimeZone) -> String {
    let mut lanes: Vec<Address> = Vec::new();
    for event in events {
        for office in event.about_sender.iter().chain([&event.office]) {
            if !lanes.contains(office) {
                lanes.push(office.clone());
            }
        }
    }
    let width = TIMES + LANE * lanes.len().max(1);
    let canvas = Canvas { lang, lanes, events, width };
    let mut svg = canvas.frame();
    for (row, event) in events.iter().enumerate() {
        svg += &canvas.row(row, event, zone);
    }
    svg + "</svg>\n"
}

impl Canvas<'_> {
    fn height(&self) -> usize {
        HEAD + ROW * self.events.len().max(1) + FOOT
    }

    /// A distance from the side on which reading begins, as a coordinate.
    fn x(&self, from_start: usize) -> usize {
        if self.lang.is_rtl() { self.width.saturating_sub(from_start) } else { from_start }
    }

    fn lane(&self, office: &Address) -> usize {
        let lane = self.lanes.iter().position(|lane| lane == office).unwrap_or(0);
        self.x(TIMES + LANE * lane + LANE / 2)
    }

    fn frame(&self) -> String {
        let (width, height) = (self.width, self.height());
        // The words of the picture are English or Arabic.
        let (tag, direction) =
            self.lang.pick(("en ltr", "ar rtl")).split_once(' ').unwrap_or_default();
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"{tag}\" direction=\"{direction}\" \
             width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             font-family=\"Noto Sans Arabic, DejaVu Sans, sans-serif\" font-size=\"12\">\n\
             <defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" \
             markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"#555\"/></marker></defs>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"
        );
        let title = self.lang.say(Msg::CustodyTitle, &[]);
        svg += &self.text(self.x(16), 28, "start", "18\" font-weight=\"bold", &title);
        for lane in &self.lanes {
            let (x, bottom) = (self.lane(lane), height - FOOT);
            let _infallible = writeln!(
                svg,
                "<line x1=\"{x}\" y1=\"{HEAD}\" x2=\"{x}\" y2=\"{bottom}\" stroke=\"#ccc\"/>"
            );
            let name = self.lang.isolate(&shown_office(Some(lane)));
            svg += &self.text(x, HEAD - 16, "middle", "13\" font-weight=\"bold", &name);
        }
        svg + &self.legend()
    }

    /// Who signs for a full and for a hollow circle.
    fn legend(&self) -> String {
        let y = self.height() - FOOT / 2;
        let signs = [(16, "#555", Msg::SignedOffice), (TIMES, "#fff", Msg::SignedLog)];
        let one = |(from, fill, who): (usize, &str, Msg)| {
            let x = self.x(from + 7);
            let by = self.lang.pick(Msg::HeadSigned.wording());
            let text = format!("{by}: {}", self.lang.say(who, &[]));
            let circle = format!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"6\" fill=\"{fill}\" stroke=\"#555\" \
                 stroke-width=\"2\"/>\n"
            );
            circle + &self.text(self.x(from + 20), y + 4, "start", "11", &text)
        };
        signs.map(one).concat()
    }

    fn row(&self, row: usize, event: &Event, zone: &TimeZone) -> String {
        let y = HEAD + ROW * row + ROW / 2;
        let x = self.lane(&event.office);
        let at = time::second(i64::try_from(event.at_ms).unwrap_or(0), zone);
        let at = self.lang.isolate(&at);
        let leaf = format!("{} {}", self.lang.pick(Msg::HeadLeaf.wording()), event.leaf_index);
        let mut svg = self.text(self.x(16), y, "start", "12", &at);
        svg += &self.text(self.x(16), y + 16, "start", "11\" fill=\"#777", &leaf);
        let from = event.about_sender.as_ref().map(|sender| self.lane(sender));
        if let Some(from) = from.filter(|from| *from != x && arrives(event.kind)) {
            let (start, end) = if from < x { (from + 8, x - 8) } else { (from - 8, x + 8) };
            let _infallible = writeln!(
                svg,
                "<line x1=\"{start}\" y1=\"{y}\" x2=\"{end}\" y2=\"{y}\" stroke=\"#555\" \
                 stroke-dasharray=\"4 3\" marker-end=\"url(#tip)\"/>"
            );
        }
        let colour = colour(event.kind);
        let fill = match event.signed_by {
            SignedBy::Office => colour,
            SignedBy::Log => "#fff",
        };
        let more = custody::more(self.lang, event);
        let whole = format!("{} {more}", event.kind.name());
        let _infallible = writeln!(
            svg,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"7\" fill=\"{fill}\" stroke=\"{colour}\" \
             stroke-width=\"3\"><title>{}</title></circle>",
            escape(&whole)
        );
        let (word, about) =
            (wording::event(self.lang, event.kind), custody::about(self.lang, event));
        svg += &self.text(x, y - 14, "middle", "12", word);
        svg += &self.text(x, y + 22, "middle", "11\" fill=\"#777", &about);
        if more.is_empty() {
            return svg;
        }
        svg + &self.text(x, y + 38, "middle", "11", &self.lang.isolate(&more))
    }

    /// A line of text; `size` may go on with further attributes of ours.
    fn text(&self, x: usize, y: usize, anchor: &str, size: &str, text: &str) -> String {
        let text = escape(&cut(text, LINE_MAX));
        format!(
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{size}\">{text}</text>\n"
        )
    }
}

/// Events at which something passes from the sender to the office.
fn arrives(kind: EventKind) -> bool {
    matches!(kind, EventKind::ContentConsignment | EventKind::ContentHandover)
}

fn colour(kind: EventKind) -> &'static str {
    match kind {
        EventKind::SubmissionAcceptance | EventKind::ContentConsignment => "#1f5fa8",
        EventKind::ContentAccessTracking => "#777777",
        EventKind::ContentHandover | EventKind::ConsignmentAcceptance => "#1d7a3c",
        EventKind::SubmissionRejection | EventKind::ConsignmentRejection => "#b3261e",
        EventKind::AcceptanceRejectionExpiry => "#b26a00",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use barid_proto::v1::DocketNumber;

    fn event(literal: &str) -> Event {
        let office = Address { institution: "ejp".into(), office: "registry".into() };
        let number = DocketNumber {
            institution: "ejp".into(),
            literal: literal.into(),
            normal: String::new(),
        };
        Event {
            kind: EventKind::ConsignmentAcceptance,
            office,
            at_ms: 1_763_896_200_000,
            leaf_index: 7,
            about: [0xab; 32],
            about_kind: None,
            about_sender: None,
            signed_by: SignedBy::Office,
            docket_number: Some(number),
            grounds: vec![],
        }
    }

    #[test]
    fn what_institutions_write_stays_text() {
        let zone = TimeZone::UTC;
        let hostile = "</text><script>x</script>\u{202e}612\u{2069}\u{2067}&\"'";
        for lang in [Lang::En, Lang::Ar] {
            let svg = timeline(lang, &[event(hostile)], &zone);
            assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"), "{svg}");
            assert!(!svg.contains('\u{202e}') && !svg.contains('\u{2067}'), "{svg}");
            let count = |c: char| svg.matches(c).count();
            assert_eq!(count('\u{2068}'), count('\u{2069}'), "{svg}");
            assert!(!svg.contains("href") && !svg.contains("url(h"), "{svg}");
        }
    }

    #[test]
    fn arabic_runs_from_right_to_left() {
        let events = [event("612/2025")];
        let zone = TimeZone::UTC;
        let (left, right) =
            (timeline(Lang::En, &events, &zone), timeline(Lang::Ar, &events, &zone));
        assert!(left.contains("direction=\"ltr\"") && left.contains("<text x=\"16\""));
        let start = format!("<text x=\"{}\"", TIMES + LANE - 16);
        assert!(right.contains("direction=\"rtl\"") && right.contains(&start), "{right}");
    }

    #[test]
    fn a_case_without_events_is_an_empty_picture() {
        assert!(timeline(Lang::En, &[], &TimeZone::UTC).ends_with("</svg>\n"));
    }
}
