//! Scenario B of the pilot: a decision is published on 17, 18 and 19 November 2025 and challenged
//! on the 23rd. In time when the last day of publication counts, late when the first one does.

mod anything;
mod picture;

use super::*;
use crate::assess::{Act, Acts, Law, assess};
use crate::rules::{Catalogue, parse};
use crate::v1::filing_content::Content;
use crate::v1::{
    ActReference, Address, AppealFiled, AssessmentFinding, CivilDate, EnvelopeBody, FilingKind,
    Holiday, HolidayCalendar, PublicationCertificate, Rendering, RuleReading, Stamp,
};

const LAW: &str = include_str!("../../../tests/explain/law.toml");

/// 23 November 2025, 14:10 in Baghdad.
const FILED: i64 = 1_763_896_200_000;
const DAY: i64 = 86_400_000;

fn rules() -> RuleSet {
    parse(LAW, &Catalogue::default()).unwrap()
}

fn civil(year: i32, month: i32, day: i32) -> Option<CivilDate> {
    Some(CivilDate { year, month, day })
}

fn office() -> Option<Address> {
    Some(Address { institution: "ihec".into(), office: "geo-bas".into() })
}

fn act(leaf: u64, kind: FilingKind, content: Content, at: i64) -> Act {
    let stamp = Stamp { office: office(), stamped_at_unix_ms: at, ..Stamp::default() };
    let body = EnvelopeBody {
        kind: kind.into(),
        sender: office(),
        stamp: Some(stamp),
        ..EnvelopeBody::default()
    };
    Act {
        leaf,
        accepted_at_ms: at,
        digest: [u8::try_from(leaf).unwrap(); 32],
        body,
        content: Some(content),
    }
}

fn decision() -> Option<ActReference> {
    Some(ActReference {
        institution: "ihec".into(),
        number: "214".into(),
        ..ActReference::default()
    })
}

fn publication() -> Act {
    let certificate = PublicationCertificate {
        decision: decision(),
        first_day: civil(2025, 11, 17),
        last_day: civil(2025, 11, 19),
        ..PublicationCertificate::default()
    };
    let content = Content::PublicationCertificate(certificate);
    act(17, FilingKind::PublicationCertificate, content, FILED - 4 * DAY)
}

fn calendar(holidays: Vec<Holiday>) -> Act {
    let calendar = HolidayCalendar {
        holidays,
        covers_from: civil(2025, 11, 1),
        covers_until: civil(2025, 11, 30),
        ..HolidayCalendar::default()
    };
    act(3, FilingKind::HolidayCalendar, Content::HolidayCalendar(calendar), FILED - 60 * DAY)
}

fn appeal(at: i64) -> Act {
    let appeal = AppealFiled { challenged: decision(), ..AppealFiled::default() };
    act(41, FilingKind::AppealFiled, Content::AppealFiled(appeal), at)
}

fn assessed(general: Vec<Act>, subject: &Act) -> Assessment {
    let rules = rules();
    let acts = Acts { as_of_size: 41, general, ..Acts::default() };
    let found = assess(&Law { rules: &rules, acts: &acts, event: "" }, subject);
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap()
}

fn contested() -> Assessment {
    assessed(vec![calendar(vec![]), publication()], &appeal(FILED))
}

fn said(assessment: &Assessment, language: Language) -> String {
    let text = assessment.explanation.as_ref().unwrap();
    text.renderings.iter().find(|one| one.language == language.tag()).unwrap().text.clone()
}

/// A text that is checked in. `BARID_WRITE_GOLDEN=1` writes it anew, for a person to read.
fn golden(name: &str, text: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explain").join(name);
    if std::env::var_os("BARID_WRITE_GOLDEN").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(text, known, "{name} differs: read it, then write it with BARID_WRITE_GOLDEN=1");
}

#[test]
fn a_contested_appeal_is_explained_in_four_languages() {
    let (rules, assessment) = (rules(), contested());
    assert_eq!(assessment.finding(), AssessmentFinding::Contested);
    for language in Language::ALL {
        let text = format!(
            "{}\n\n{}",
            said(&assessment, language),
            explanation(Some(&rules), &assessment, language)
        );
        golden(&format!("contested.{}.txt", language.tag()), &text);
        golden(
            &format!("contested.{}.svg", language.tag()),
            &strip(Some(&rules), &assessment, language),
        );
    }
}

#[test]
fn the_page_about_periods_shows_what_is_printed() {
    let page = include_str!("../../../../docs/periods.md");
    let (rules, assessment) = (rules(), contested());
    let whole = explanation(Some(&rules), &assessment, Language::English);
    assert!(page.contains(whole.trim_end()), "docs/periods.md has another example than:\n{whole}");
    assert!(page.contains(&said(&assessment, Language::English)));
}

#[test]
fn a_sentence_says_what_until_when_and_by_which_switch() {
    let text = said(&contested(), Language::English);
    for part in [
        "Window for an appeal against a decision of the Council (article 8-V)",
        "Filed on Sunday 23/11/2025, 14:10.",
        "Under A1 = last-publication-day (From the day after the last one): in time; the period \
         ends on Sunday 23/11/2025, 15:00. Under A1 = first-publication-day (From the day after \
         the first one): late",
        "late by 2 days 23 hours 10 minutes; the period ended on Thursday 20/11/2025, 15:00",
        "A1 = first-publication-day",
        "Asia/Baghdad (UTC+03:00)",
        "The rule set TEST-LAW/1 prefers A1 = last-publication-day; people decide.",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn under_a_law_with_five_open_questions_a_sentence_names_those_that_decide() {
    let known = Catalogue::built_in().unwrap();
    let crate::rules::Found::One(law) = known.find("IQ-L11-2007") else { panic!("no such law") };
    let general = vec![calendar(vec![]), publication()];
    let acts = Acts { as_of_size: 41, case: Vec::new(), general, outages: Vec::new() };
    let found = assess(&Law { rules: &law, acts: &acts, event: "" }, &appeal(FILED));
    let found = found.iter().find(|one| one.rule == "appeal-window").unwrap();
    let text = super::said(Some(&law), found, Language::English);
    for part in [
        "Under A1 = last-publication-day + A3-roll = next-working-day: in time; the period ends",
        "Under A3-roll = never (It ends on that day all the same): late by 23 hours 10 minutes;",
        "Under A1 = first-publication-day (",
        "The rule set IQ-L11-2007/1 prefers A1 = last-publication-day + A3-roll = next-working-day;",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert!(text.len() < 800 && !text.contains("A3-close"), "{text}");
}

#[test]
fn a_filing_that_is_late_in_every_reading_is_late_by_the_preferred_one() {
    let text = said(
        &assessed(vec![calendar(vec![]), publication()], &appeal(FILED + 3 * DAY)),
        Language::English,
    );
    assert!(text.contains(": late by 2 days 23 hours 10 minutes;"), "{text}");
    assert!(!text.contains("contested"), "{text}");
}

#[test]
fn a_day_that_no_calendar_knows_is_named_with_what_to_do() {
    let assessment = assessed(vec![publication()], &appeal(FILED));
    assert_eq!(assessment.finding(), AssessmentFinding::Undecided);
    let text = said(&assessment, Language::English);
    assert!(text.contains("whether ihec/geo-bas works on Saturday 22/11/2025"), "{text}");
    assert!(text.contains("file its calendar"), "{text}");
    let whole = explanation(Some(&rules()), &assessment, Language::English);
    assert!(whole.contains("Saturday 22/11/2025 \u{2013} no calendar knows it"), "{whole}");
    let drawn = strip(Some(&rules()), &assessment, Language::English);
    assert!(drawn.contains(">?</text>"), "{drawn}");
}

#[test]
fn what_sets_the_period_going_is_named_when_it_is_missing() {
    let text = said(&assessed(vec![calendar(vec![])], &appeal(FILED)), Language::English);
    assert!(
        text.contains("what sets the period going (publication) is not in the log yet"),
        "{text}"
    );
    let period = assessed(vec![calendar(vec![])], &publication());
    assert_eq!(period.subject, "period");
    let text = said(&period, Language::English);
    assert!(
        text.contains("(article 8-V): the period ends on Sunday 23/11/2025, 15:00. "),
        "{text}"
    );
    let part = "Under A3 = working-day (Working days only): the period ends on Monday 24/11/2025";
    assert!(text.contains(part), "{text}");
    assert!(text.contains("prefers A1 = last-publication-day + A3 = calendar-day;"), "{text}");
    assert!(!text.contains("Filed on"), "{text}");
}

/// A closure on Sunday the 23rd, announced on Friday the 21st with a hostile name.
fn hostile() -> Assessment {
    let name = "عطلة\u{202e}</title><script>x</script>\u{2069}\nnew line";
    let rendering = Rendering { language: "ar".into(), text: name.into() };
    let holiday = Holiday {
        day: civil(2025, 11, 23),
        name: Some(Text { renderings: vec![rendering], authoritative: "ar".into() }),
        announced_at_unix_ms: FILED - 2 * DAY,
        ..Holiday::default()
    };
    assessed(vec![calendar(vec![holiday]), publication()], &appeal(FILED))
}

#[test]
fn a_closure_announced_late_is_shown_with_its_name_and_calendar() {
    let whole = explanation(Some(&rules()), &hostile(), Language::English);
    let line = whole.lines().find(|line| line.contains("Sunday 23/11/2025 \u{2013}")).unwrap();
    assert!(line.contains("closed, the end moves on (closed, "), "{line}");
    assert!(line.contains("calendar in leaf 3, announced after the period had begun"), "{line}");
    assert!(!whole.contains('\u{202e}'), "{whole}");
}

#[test]
fn without_the_text_of_the_rule_set_the_leaf_is_shown() {
    let other = parse(&LAW.replace("version = 1", "version = 2"), &Catalogue::default()).unwrap();
    let assessment = contested();
    for rules in [None, Some(&other)] {
        let text = explanation(rules, &assessment, Language::English);
        assert!(text.contains("This text of the rule set is not known here"), "{text}");
        assert!(text.contains("Rule: appeal-window") && text.contains("Article: 8-V"), "{text}");
        assert!(text.contains("Sunday 23/11/2025 \u{2013} open again"), "{text}");
    }
    let renamed = Assessment { rule: "another".into(), ..assessment };
    let text = explanation(Some(&rules()), &renamed, Language::English);
    assert!(text.contains("does not have this rule"), "{text}");
    assert!(said_now(&renamed).contains("another (article 8-V)"));
}

fn said_now(assessment: &Assessment) -> String {
    let text = sentence(&rules(), assessment);
    text.renderings.iter().find(|one| one.language == "en").unwrap().text.clone()
}

#[test]
fn a_finding_without_readings_is_said_by_itself() {
    let assessment = Assessment {
        subject: "sitting".into(),
        rule: "quorum".into(),
        article: "5(b)".into(),
        finding: AssessmentFinding::OutOfOrder.into(),
        ..Assessment::default()
    };
    assert_eq!(said_now(&assessment), "quorum (article 5(b)): not in order.");
    let reading = RuleReading { conclusion: "quorum-missing".into(), ..RuleReading::default() };
    let assessment = Assessment { readings: vec![reading], ..assessment };
    assert_eq!(said_now(&assessment), "quorum (article 5(b)): the quorum is missing.");
}

#[test]
fn a_reading_that_is_not_preferred_is_not_called_so() {
    let mut assessment = contested();
    assessment.readings.remove(0);
    let text = explanation(Some(&rules()), &assessment, Language::English);
    assert!(text.contains("The reading that the rule set prefers is not among these"), "{text}");
    assert!(!text.contains("(preferred)"), "{text}");
}

/// Isolates open and close within each line, and never below nothing.
fn balanced(text: &str) -> bool {
    text.lines().all(|line| {
        let depth = line.chars().try_fold(0i32, |depth, c| match c {
            '\u{2066}'..='\u{2068}' => Some(depth + 1),
            '\u{2069}' => (depth > 0).then_some(depth - 1),
            _ => Some(depth),
        });
        depth == Some(0)
    })
}

#[test]
fn isolates_are_balanced_in_every_line() {
    let rules = rules();
    for assessment in [contested(), hostile()] {
        for language in Language::ALL {
            let whole = explanation(Some(&rules), &assessment, language);
            assert!(balanced(&whole), "{whole}");
            assert!(balanced(&said(&assessment, language)));
            assert!(balanced(&strip(Some(&rules), &assessment, language)));
            assert_eq!(whole.contains('\u{2066}'), language.right_to_left(), "{whole}");
        }
    }
}

#[test]
fn every_line_in_arabic_script_begins_from_the_right() {
    let rules = rules();
    for language in [Language::Arabic, Language::Sorani] {
        let whole = explanation(Some(&rules), &contested(), language);
        for line in whole.lines().filter(|line| !line.is_empty()) {
            let mut depth = 0;
            // What a terminal goes by: the first letter outside of isolates (UAX #9, P2).
            let strong = line.chars().find(|c| {
                depth += i32::from(matches!(c, '\u{2066}'..='\u{2068}'));
                depth -= i32::from(*c == '\u{2069}');
                depth == 0 && c.is_alphabetic()
            });
            assert!(strong.is_some_and(|c| ('\u{600}'..='\u{6ff}').contains(&c)), "{line}");
        }
    }
}
