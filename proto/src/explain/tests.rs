//! Scenario B of the pilot: a decision is published on 17, 18 and 19 November 2025 and challenged
//! on the 23rd. In time when the last day of publication counts, late when the first one does.

use proptest::prelude::*;

use super::*;
use crate::assess::{Act, Acts, Law, assess};
use crate::rules::{Catalogue, parse};
use crate::v1::filing_content::Content;
use crate::v1::{
    ActReference, Address, AppealFiled, AssessmentFinding, AssessmentInput, CalendarVersion,
    CivilDate, CountedDay, EnvelopeBody, FilingKind, Holiday, HolidayCalendar, Period, PeriodFrame,
    PublicationCertificate, Rendering, RuleReading, Stamp, SwitchSetting, SwitchValue,
};

const LAW: &str = include_str!("../../tests/explain/law.toml");

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
    let page = include_str!("../../../docs/periods.md");
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

/// The titles of the days, in the order in which they are drawn, with where each is.
fn drawn(svg: &str) -> Vec<(String, i64)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(svg);
    let (mut days, mut in_day, mut in_title) = (Vec::new(), false, false);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return days,
            Event::Start(tag) => match tag.name().as_ref() {
                "g" => in_day = tag.attributes().any(|one| one.unwrap().value.as_ref() == "day"),
                "title" => in_title = true,
                "script" | "a" | "image" | "foreignObject" => panic!("{svg}"),
                _ => {}
            },
            Event::Text(text) if in_day && in_title => {
                days.push((text.into_inner().into_owned(), 0));
            }
            Event::Empty(tag) if in_day && tag.name().as_ref() == "rect" => {
                let x = tag.attributes().map(Result::unwrap).find(|one| one.key.as_ref() == "x");
                let x = x.unwrap().value.into_owned();
                if let Some(last) = days.last_mut() {
                    last.1 = x.parse().unwrap();
                }
            }
            Event::End(tag) if tag.name().as_ref() == "title" => in_title = false,
            _ => {}
        }
    }
}

#[test]
fn the_picture_is_xml_and_has_each_day_once_for_each_reading() {
    let (rules, assessment) = (rules(), contested());
    let days = |reading: &RuleReading| reading.period.as_ref().unwrap().days.len();
    let all: usize = assessment.readings.iter().map(days).sum();
    for language in Language::ALL {
        let svg = strip(Some(&rules), &assessment, language);
        let found = drawn(&svg);
        assert_eq!(found.len(), all, "{svg}");
        let mut distinct: Vec<_> = found.clone();
        // Two readings may say the same of a day: rows are told apart by order, days by place.
        let first = days(&assessment.readings[0]);
        distinct.truncate(first);
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), first);
        let ascending = found[0].1 < found[1].1;
        assert_eq!(ascending, !language.right_to_left(), "{found:?}");
        assert!(!svg.contains("href") && !svg.contains("url(h"), "{svg}");
    }
}

#[test]
fn a_hostile_name_stays_text_in_the_picture() {
    let svg = strip(Some(&rules()), &hostile(), Language::Arabic);
    let titles = drawn(&svg);
    assert!(svg.contains("&lt;script&gt;") && !svg.contains('\u{202e}'), "{svg}");
    assert!(!titles.is_empty());
}

#[test]
fn more_readings_than_are_drawn_are_counted() {
    let mut assessment = contested();
    let one = assessment.readings[0].clone();
    assessment.readings = vec![one; 11];
    let svg = strip(None, &assessment, Language::English);
    assert!(svg.contains("There are 3 more readings."), "{svg}");
}

fn any_date() -> impl Strategy<Value = Option<CivilDate>> {
    let date = (any::<i32>(), -1i32..40, any::<i32>()).prop_map(|(year, month, day)| CivilDate {
        year,
        month,
        day,
    });
    let real = (1990i32..2040, 1i32..13, 1i32..32).prop_map(|(year, month, day)| CivilDate {
        year,
        month,
        day,
    });
    proptest::option::of(prop_oneof![date, real])
}

fn any_day() -> impl Strategy<Value = CountedDay> {
    let name = proptest::option::of(any_text());
    let flags = (any::<i32>(), any::<u32>(), any::<i32>(), any::<Option<u64>>(), any::<bool>());
    (any_date(), name, -1i32..9, flags).prop_map(|(day, name, part, flags)| {
        let (_, number, kind, calendar_leaf, announced_late) = flags;
        CountedDay { day, part, number, kind, name, calendar_leaf, announced_late }
    })
}

fn any_text() -> impl Strategy<Value = Text> {
    let rendering = (any::<String>(), any::<String>())
        .prop_map(|(language, text)| Rendering { language, text });
    (proptest::collection::vec(rendering, 0..3), any::<String>())
        .prop_map(|(renderings, authoritative)| Text { renderings, authoritative })
}

fn any_period() -> impl Strategy<Value = Period> {
    let days = proptest::collection::vec(any_day(), 0..9);
    let numbers = (any::<i64>(), any::<i32>(), any::<u32>(), -1i32..6);
    (days, numbers, any_date(), any_date(), any_date()).prop_map(
        |(days, (deadline_unix_ms, utc_offset_minutes, remaining, end), trigger, last, doubt)| {
            Period {
                end,
                deadline_unix_ms,
                utc_offset_minutes,
                trigger_day: trigger,
                last_day: last,
                days,
                remaining,
                doubtful_day: doubt,
            }
        },
    )
}

fn any_reading() -> impl Strategy<Value = RuleReading> {
    let value =
        ("A[12]|\\PC*", "first|last|\\PC*").prop_map(|(name, value)| SwitchValue { name, value });
    let setting =
        proptest::collection::vec(value, 0..3).prop_map(|values| SwitchSetting { values });
    let settings = proptest::collection::vec(setting, 0..4);
    let code = "on-time|late|runs|suspended|no-calendar|no-such-day|trigger-unknown|\\PC*";
    (settings, -1i32..6, code, proptest::option::of(any_period())).prop_map(
        |(settings, finding, conclusion, period)| RuleReading {
            settings,
            finding,
            conclusion,
            period,
        },
    )
}

fn any_frame() -> impl Strategy<Value = PeriodFrame> {
    let office = (any::<String>(), any::<String>())
        .prop_map(|(institution, office)| Address { institution, office });
    let version = (any::<u64>(), proptest::collection::vec(any::<u8>(), 0..40))
        .prop_map(|(leaf_index, envelope_digest)| CalendarVersion { leaf_index, envelope_digest });
    let calendars = proptest::collection::vec(version, 0..3);
    let measured = prop_oneof![any::<i64>(), Just(FILED), Just(0)];
    let trigger = "publication-certificate|polling|\\PC*";
    (proptest::option::of(office), trigger, any::<Option<u64>>(), measured, calendars).prop_map(
        |(office, trigger, trigger_leaf, measured_unix_ms, calendars)| PeriodFrame {
            office,
            trigger,
            trigger_leaf,
            measured_unix_ms,
            calendars,
        },
    )
}

fn any_assessment() -> impl Strategy<Value = Assessment> {
    let names = ("\\PC*", "appeal-window|\\PC*", "\\PC*", "\\PC*");
    let input = ("time-zone|\\PC*", "Asia/Baghdad|America/Mexico_City|\\PC*")
        .prop_map(|(name, value)| AssessmentInput { name, value });
    let readings = proptest::collection::vec(any_reading(), 0..11);
    let rest = (
        proptest::collection::vec(input, 0..3),
        proptest::collection::vec(any::<u64>(), 0..4),
        any::<u64>(),
        -1i32..6,
    );
    (names, readings, proptest::option::of(any_frame()), rest).prop_map(
        |((subject, rule, article, rule_set_id), readings, frame, rest)| {
            let (inputs, leaves, as_of_size, finding) = rest;
            Assessment {
                subject,
                rule_set_id,
                rule,
                finding,
                inputs,
                article,
                as_of_size,
                leaves,
                frame,
                readings,
                ..Assessment::default()
            }
        },
    )
}

proptest! {
    #[test]
    fn whatever_stands_in_a_leaf_is_rendered(assessment in any_assessment()) {
        let rules = rules();
        for known in [None, Some(&rules)] {
            for language in Language::ALL {
                let whole = explanation(known, &assessment, language);
                prop_assert!(balanced(&whole), "{whole:?}");
                let svg = strip(known, &assessment, language);
                prop_assert!(balanced(&svg));
                drawn(&svg);
            }
        }
        let text = sentence(&rules, &assessment);
        prop_assert_eq!(text.renderings.len(), 4);
        prop_assert!(text.renderings.iter().all(|one| balanced(&one.text)));
    }
}
