//! Whatever others write, a screen shows it in its place: through each renderer, in each language.

use barid_client::ClientError;
use barid_client::custody::{Event, EventKind, SignedBy};
use barid_client::refusal::Refusal;
use barid_client::verify::Verified;
use barid_proto::text::legible;
use barid_proto::tlog::EMPTY_ROOT;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::policy::Witnessed;
use barid_proto::v1::{
    Address, Assessment, AssessmentFinding, CaseFile, Delivery, DeliveryStep, DocketEntry,
    DocketNumber, EnvelopeBody, FilingAssessment, FilingKind, Problem, ProblemPlace,
    ProblemSeverity, Reason, Rendering, SearchCasesResponse, SearchHit, Snippet, SnippetMark,
    Stamp, Text,
};
use jiff::tz::TimeZone;

use super::grid::Grid;
use super::timeline::{Line, timeline};
use super::{case, custody, fault, json, problems, search, svg};
use crate::wording::{Lang, Msg};

/// Overrides, isolates without their other half, what is not seen, marks over marks, the cursor's
/// commands, new lines that look like the screen's own.
const HOSTILE: [&str; 10] = [
    "\u{202e}5202/216",
    "a\u{202d}b\u{202c}",
    "open \u{2066}\u{2067}\u{2068}",
    "\u{2069}\u{2069} closed",
    "12\u{200b}3\u{feff}\u{2060}\u{ad}\u{e0041}",
    "z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}",
    "\u{1b}[2J\u{1b}[31mred\u{9b}0m\u{7}\u{8}",
    "\u{1b}]8;;http://example.test\u{1b}\\link",
    "one\r\nFORGED: done\n\u{2028}FORGED\u{2029}FORGED\u{85}FORGED\u{b}FORGED\u{c}FORGED",
    "قضية\u{202e}\n\tFORGED \u{200f}\u{61c}",
];

const LANGS: [Lang; 4] = [Lang::En, Lang::Ar, Lang::Ckb, Lang::Es];

/// What the screen would show of it, held to what may be there: each line by itself as it is, and
/// none that the foreign text began.
#[track_caller]
fn harmless(shown: &str, foreign: &str) {
    for line in shown.split('\n') {
        assert_eq!(legible(line), line, "{foreign:?}\n{shown}");
        let seen = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        assert!(!seen.starts_with("FORGED"), "{foreign:?}\n{shown}");
    }
    assert!(!shown.contains(foreign), "{foreign:?} is shown as it is\n{shown}");
}

fn text(foreign: &str) -> Option<Text> {
    let one = |language: &str| Rendering { language: language.into(), text: foreign.into() };
    Some(Text { renderings: ["en", "ar"].map(one).into(), authoritative: "en".into() })
}

fn address(foreign: &str) -> Option<Address> {
    Some(Address { institution: foreign.into(), office: foreign.into() })
}

fn number(foreign: &str) -> DocketNumber {
    DocketNumber { institution: foreign.into(), literal: foreign.into(), normal: foreign.into() }
}

fn problem(foreign: &str) -> Problem {
    Problem {
        severity: ProblemSeverity::Error.into(),
        code: foreign.into(),
        place: Some(ProblemPlace {
            sheet: foreign.into(),
            cell: foreign.into(),
            path: foreign.into(),
            ..ProblemPlace::default()
        }),
        what: text(foreign),
        remedy: text(foreign),
    }
}

fn assessment(foreign: &str) -> Assessment {
    Assessment {
        subject: foreign.into(),
        finding: AssessmentFinding::OutOfOrder.into(),
        explanation: text(foreign),
        ..Assessment::default()
    }
}

fn case_file(foreign: &str) -> CaseFile {
    CaseFile {
        docket_numbers: vec![number(foreign), number(foreign)],
        rule_set_id: foreign.into(),
        election_event_id: foreign.into(),
        parties: address(foreign).into_iter().collect(),
        ..CaseFile::default()
    }
}

fn lines(foreign: &str) -> Vec<Line> {
    let body = EnvelopeBody {
        kind: FilingKind::AppealFiled.into(),
        sender: address(foreign),
        stamp: Some(Stamp { office: address(foreign), number: foreign.into(), ..Stamp::default() }),
        ..EnvelopeBody::default()
    };
    let verified = Verified {
        body,
        digest: [0; 32],
        signers: vec![],
        leaf_index: 1,
        accepted_at_ms: 0,
        witnessed: Witnessed {
            checkpoint: Checkpoint::new("hub.test", 0, EMPTY_ROOT).unwrap(),
            cosigned: vec![],
            quorum: true,
        },
        note: vec![],
        assessment: Some(FilingAssessment {
            assessments: vec![assessment(foreign)],
            ..FilingAssessment::default()
        }),
    };
    let registered = Delivery {
        recipient: address(foreign),
        step: DeliveryStep::Registered.into(),
        docket_number: Some(number(foreign)),
        ..Delivery::default()
    };
    let told = DocketEntry { deliveries: vec![registered], ..DocketEntry::default() };
    let broken = Line { told: told.clone(), proof: Err(foreign.to_owned()) };
    vec![Line { told, proof: Ok(verified) }, broken]
}

fn events(foreign: &str) -> Vec<Event> {
    let event = |docket_number, grounds| Event {
        kind: EventKind::ConsignmentAcceptance,
        office: address(foreign).unwrap(),
        at_ms: 0,
        leaf_index: 1,
        about: [0; 32],
        about_kind: None,
        about_sender: address(foreign),
        signed_by: SignedBy::Office,
        docket_number,
        grounds,
    };
    vec![event(Some(number(foreign)), vec![]), event(None, vec![foreign.to_owned()])]
}

fn refusal(foreign: &str) -> ClientError {
    let refusal = Refusal {
        reason: Reason::ContentInvalid,
        text: foreign.into(),
        problems: vec![problem(foreign)],
        expected_link: None,
        rejection_leaf: None,
        correlation_id: foreign.into(),
        retry_after: None,
    };
    refusal.into()
}

fn found(foreign: &str) -> SearchCasesResponse {
    let marks = vec![SnippetMark { begin: 0, end: u32::try_from(foreign.len()).unwrap() }];
    let snippet = Snippet { text: foreign.into(), marks, ..Snippet::default() };
    let case = Some(case_file(foreign));
    let hit = SearchHit { case, snippet: Some(snippet), ..SearchHit::default() };
    SearchCasesResponse { hits: vec![hit], next_page_token: foreign.into(), cut_short: true }
}

/// Everything that is shown of a foreign text, by the renderer.
fn all_shown(lang: Lang, foreign: &str) -> Vec<(&'static str, String)> {
    let zone = &TimeZone::UTC;
    let mut grid = Grid::new(lang, [""]);
    grid.row([foreign]);
    vec![
        ("say", lang.say(Msg::CaseOfId, &[foreign])),
        ("grid", grid.render()),
        ("problems", problems::problems(lang, &[problem(foreign)])),
        ("assessments", problems::assessments(lang, &[assessment(foreign)])),
        ("case", case::heading(lang, &case_file(foreign), zone)),
        ("cases", case::list(lang, &[case_file(foreign)], zone)),
        ("search", search::text(lang, &found(foreign), zone)),
        ("timeline", timeline(lang, &lines(foreign), 1, zone)),
        ("custody", custody::table(lang, &events(foreign), zone)),
        ("picture", svg::timeline(lang, &events(foreign), zone)),
        ("refusal", fault::fault(lang, &refusal(foreign))),
    ]
}

#[test]
fn no_renderer_lets_foreign_text_out_of_its_place() {
    for lang in LANGS {
        for foreign in HOSTILE {
            for (renderer, shown) in all_shown(lang, foreign) {
                if !["grid", "search"].contains(&renderer) {
                    harmless(&shown, foreign);
                    continue;
                }
                // A cell may have lines of its own, and stays a column.
                assert!(shown.split('\n').all(|line| legible(line) == line), "{foreign:?}");
            }
        }
    }
}

/// A renderer that left the text out would pass the test above.
#[test]
fn every_renderer_shows_what_is_harmless() {
    for lang in LANGS {
        for (renderer, shown) in all_shown(lang, "Ordinary-1") {
            assert!(shown.contains("Ordinary-1"), "{renderer}: {shown}");
        }
    }
}

#[test]
fn scripts_get_what_was_sent() {
    for foreign in HOSTILE {
        let value = json::case(&case_file(foreign));
        assert_eq!(value["docket_numbers"][0]["literal"], foreign);
        assert_eq!(value["parties"][0], format!("{foreign}/{foreign}"));
        let value = json::all_problems(&[problem(foreign)]);
        assert_eq!(value[0]["what"]["ar"], foreign);
        assert_eq!(value[0]["place"], format!("{foreign}!{foreign} {foreign}"));
        let value = json::fault(&refusal(foreign));
        assert_eq!(value["error"]["details"]["text"], foreign);
    }
}
