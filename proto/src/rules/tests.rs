//! What rule sets may say, and what is told of those that are wrong.

use super::samples::SMALL;
use super::*;
use crate::period::{LateClosures, Roll, Unit};

/// Digests of the texts that were released. A case is pinned to one by its digest, so a text is
/// never edited after that: what changes is a new version, or a rule set over this one.
const RELEASED: [(&str, &str); 4] = [
    ("IQ-L11-2007/1", "893bb7f0b8a4af2bb7256451bf29fbed577479530cf10813662811b1d1639b69"),
    ("IQ-L31-2019/1", "8781fa726cc649fdd86cacd8be847923242f449cf28124cd92083cc3ae732cdb"),
    ("IQ-REG10-2025/1", "f61cd73ca64b2e833635a09a28f4d12fb1bd4238166673da235c20687a37ec8f"),
    ("MX-LGSMIME/1", "b12ed448348a39d6e95f5b6128a1dda0a46b30989297bcdecb5eeec57596355f"),
];

/// The small rule set with a part replaced, which must be there once.
fn changed(from: &str, to: &str) -> String {
    assert_eq!(SMALL.matches(from).count(), 1, "{from}");
    SMALL.replace(from, to)
}

/// What is wrong with a text: code, place, path.
fn wrong(text: &str) -> Vec<String> {
    let problems = parse(text, &Catalogue::default()).err().map(|problems| problems.0);
    let told = |one: RuleProblem| format!("{} {}:{} {}", one.code, one.line, one.column, one.path);
    problems.unwrap_or_default().into_iter().map(told).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An overlay on the small rule set.
fn over(digest: &str, rest: &str) -> String {
    format!(
        r#"id = "OVER"
version = 1
extends = "SMALL/1"
extends-sha256 = "{digest}"
title = {{ ar = "أ", ckb = "ب", en = "Over", es = "Encima" }}
effective-from = 2025-06-01
{rest}"#
    )
}

fn with_small() -> (Catalogue, String) {
    let mut catalogue = Catalogue::default();
    let set = catalogue.add(SMALL).unwrap_or_else(|problems| panic!("{problems}"));
    (catalogue, hex(&set.sha256))
}

fn period<'a>(set: &'a RuleSet, key: &str) -> &'a PeriodRule {
    match set.rule(key).map(|rule| &rule.operation) {
        Some(Operation::Period(period)) => period,
        other => panic!("{key}: {other:?}"),
    }
}

#[test]
fn the_rule_sets_that_come_with_barid_are_without_problems() {
    let mut catalogue = Catalogue::default();
    for (name, text) in BUILT_IN {
        match catalogue.add(text) {
            Ok(set) => assert_eq!(set.name(), name),
            Err(problems) => panic!("{name}: {problems}"),
        }
    }
}

#[test]
fn a_released_rule_set_is_never_edited() {
    let catalogue = Catalogue::built_in().unwrap_or_else(|problems| panic!("{problems}"));
    for set in catalogue.all() {
        let name = set.name();
        let released = RELEASED.iter().find(|(known, _)| *known == name);
        let (_, digest) = released.unwrap_or_else(|| panic!("{name}: add it to RELEASED"));
        assert_eq!(
            hex(&set.sha256),
            *digest,
            "{name} was edited after its release, and cases are pinned to what it said: take the \
             change back, and make a new version or a rule set over it"
        );
    }
    for (name, _) in RELEASED {
        assert!(matches!(catalogue.find(name), Found::One(_)), "{name} was released and is gone");
    }
}

#[test]
fn the_seed_law_asks_all_sixteen_ambiguities() {
    let catalogue = Catalogue::built_in().unwrap_or_else(|problems| panic!("{problems}"));
    let Found::One(set) = catalogue.find("IQ-L11-2007") else { panic!("not there") };
    for number in 1..=16 {
        let whole = format!("A{number}");
        let part = format!("A{number}-");
        let asks = |one: &&Switch| one.key == whole || one.key.starts_with(&part);
        assert!(set.switches.iter().any(|one| asks(&one)), "{whole}");
    }
    assert!(set.rules.len() >= 30, "the thirty rows of the seed law");
}

#[test]
fn a_bare_name_finds_the_newest_version_and_an_election_its_regulation() {
    let mut catalogue = Catalogue::built_in().unwrap_or_else(|problems| panic!("{problems}"));
    let name = |found: Found| match found {
        Found::One(set) => set.name(),
        other => panic!("{other:?}"),
    };
    assert_eq!(name(catalogue.find("IQ-L31-2019")), "IQ-L31-2019/1");
    assert_eq!(name(catalogue.of_event("CoR-2025-6")), "IQ-REG10-2025/1");
    for version in [1, 3, 2] {
        let text = changed("version = 1", &format!("version = {version}"));
        catalogue.add(&text).unwrap_or_else(|problems| panic!("{problems}"));
    }
    assert_eq!(name(catalogue.find("SMALL")), "SMALL/3");
    assert_eq!(name(catalogue.find("SMALL/2")), "SMALL/2");
    assert!(matches!(catalogue.find("SMALL/4"), Found::Unknown));
}

#[test]
fn the_small_rule_set_is_without_problems() {
    assert_eq!(wrong(SMALL), Vec::<String>::new());
}

#[test]
fn each_slip_of_the_pen_is_told_with_its_place() {
    let cases: [(&str, &str, &[&str]); 22] = [
        ("unit = \"?S1\"", "unit = \"fortnight\"", &["unknown-word 44:8 rule.window.period.unit"]),
        ("unit = \"?S1\"", "unit = \"?S2\"", &["unknown-switch 44:8 rule.window.period.unit"]),
        (
            "rolls = \"next-working-day\"",
            "rolls = \"?S1\"",
            &["unknown-word 45:9 rule.window.period.rolls"],
        ),
        ("unit = \"?S1\"", "unit = \"calendar-day\"", &["unused 13:7 switch.S1"]),
        ("length = 3", "length = 0", &["range 43:10 rule.window.period.length"]),
        ("length = 3", "length = 100000", &["range 43:10 rule.window.period.length"]),
        ("length = 3", "length = \"three\"", &["range 43:10 rule.window.period.length"]),
        ("length = 3", "length = \"?S1\"", &["unknown-word 43:10 rule.window.period.length"]),
        ("length = 3", "length = \"call-in\"", &["range 43:10 rule.window.period.length"]),
        ("length = 3", "length = true", &["malformed 43:10 "]),
        (
            "measures = [\"appeal-filed\"]",
            "measures = [\"appeal\"]",
            &["unknown-kind 42:12 rule.window.period.measures"],
        ),
        (
            "measures = [\"appeal-filed\"]",
            "from = [\"The Court\"]",
            &["identifier 42:8 rule.window.period.from"],
        ),
        (
            "closes = \"office-hours\"",
            "closes = \"exact\"",
            &["hours 46:10 rule.window.period.closes"],
        ),
        ("closes = \"office-hours\"", "shuts = \"office-hours\"", &["malformed 46:1 "]),
        ("instrument = \"ACT\"", "instrument = \"LAW\"", &["uncited 32:14 rule.window.instrument"]),
        (
            "quote = { en = \"Within three days.\" }",
            "quote = {}",
            &["uncited 31:7 rule.window.quote"],
        ),
        (
            "en = \"Window\", es = \"Plazo\"",
            "en = \"Window\"",
            &["missing-language 31:7 rule.window.title"],
        ),
        ("es = \"¿Qué días?\"", "es = \" \"", &["missing-language 13:7 switch.S1.question"]),
        (
            "alternatives = [\"working-day\"]",
            "alternatives = [\"calendar-day\"]",
            &["unknown-word 13:7 switch.S1.meaning", "options 16:16 switch.S1.alternatives"],
        ),
        ("zone = \"Asia/Baghdad\"", "zone = \"Asia/Nowhere\"", &["zone 23:8 calendar.zone"]),
        ("closes = \"15:00\"", "closes = \"25:00\"", &["time 28:10 calendar.week.closes"]),
        (
            "effective-from = 2025-01-01",
            "effective-from = 2025-01-01T10:00:00",
            &["date 5:18 effective-from"],
        ),
    ];
    for (from, to, expected) in cases {
        assert_eq!(wrong(&changed(from, to)), expected, "{to}");
    }
}

#[test]
fn weekly_hours_neither_overlap_nor_leave_a_gap() {
    let second = |from: &str| {
        let until = changed("from = 2020-01-01", "from = 2020-01-01\nuntil = 2024-12-31");
        let week = format!(
            "[[calendar.week]]\nfrom = {from}\nworks = [\"sunday\"]\nopens = \"08:00\"\n\
             closes = \"14:00\"\n\n[[rule]]"
        );
        until.replace("[[rule]]", &week)
    };
    assert_eq!(wrong(&second("2025-01-01")), Vec::<String>::new());
    for from in ["2024-12-31", "2025-01-02"] {
        assert_eq!(wrong(&second(from)), ["overlap 32:8 calendar.week.from"], "{from}");
    }
}

#[test]
fn the_same_key_twice_is_told_where_it_stands_again() {
    let rule = SMALL.find("[[rule]]").and_then(|at| SMALL.get(at..)).unwrap_or_default();
    let twice = format!("{SMALL}{rule}");
    assert_eq!(wrong(&twice), ["twice 48:7 rule.window"]);
}

#[test]
fn a_rule_computes_one_thing() {
    let both = changed("does = \"Counts", "check = \"people\"\ndoes = \"Counts");
    assert_eq!(wrong(&both), ["operation 31:7 rule.window"]);
    let word = changed("does = \"Counts", "check = \"some thing\"\ndoes = \"Counts");
    let word = word.split("[rule.period]").next().unwrap_or_default().to_owned();
    assert_eq!(wrong(&word), ["unknown-word 36:9 rule.window.check"]);
}

#[test]
fn a_rule_of_too_many_readings_is_refused() {
    let mut text = SMALL.to_owned();
    let switch = SMALL.split("[[switch]]").nth(1).and_then(|rest| rest.split("[calendar]").next());
    let switch = switch.unwrap_or_default();
    let more = |key: &str, one: &str, other: &str| {
        let named = switch.replace("\"S1\"", &format!("\"{key}\""));
        let first = named.replace("working-day", other).replace("calendar-day", one);
        format!("[[switch]]{first}")
    };
    let mut added = String::new();
    for (key, one, other) in [
        ("S2", "first-publication-day", "last-publication-day"),
        ("S3", "office-hours", "midnight"),
        ("S4", "next-working-day", "never"),
        ("S5", "count", "ignored"),
        ("S6", "day-after", "same-day"),
        ("S7", "first", "last"),
    ] {
        added += &more(key, one, other);
    }
    text = text.replace("[calendar]\n", &format!("{added}[calendar]\n"));
    text = text
        .replace("on = \"last-publication-day\"", "on = \"?S2\"")
        .replace("closes = \"office-hours\"", "closes = \"?S3\"\nlate-closures = \"?S5\"")
        .replace("rolls = \"next-working-day\"", "rolls = \"?S4\"\nstarts = \"?S6\"");
    assert_eq!(wrong(&text), ["unused 73:7 switch.S7"], "64 readings are few enough");
    let text = text.replace("tie = \"challenged\"", "tie = \"challenged\"\noccurrence = \"?S7\"");
    let told = wrong(&text);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told.iter().all(|one| one.starts_with("readings ")), "{told:?}");
}

#[test]
fn all_problems_are_told_at_once_in_the_order_of_the_text() {
    let text = changed("length = 3", "length = 0")
        .replace("zone = \"Asia/Baghdad\"", "zone = \"Asia/Nowhere\"")
        .replace("instrument = \"ACT\"", "instrument = \"LAW\"");
    let codes: Vec<String> =
        wrong(&text).iter().filter_map(|one| one.split(' ').next().map(str::to_owned)).collect();
    assert_eq!(codes, ["zone", "uncited", "range"]);
}

#[test]
fn a_rule_set_over_another_changes_what_it_says_and_keeps_the_rest() {
    let (mut catalogue, digest) = with_small();
    let rest = "[[switch]]\nkey = \"S1\"\ndefault = \"working-day\"\n\n\
                [[rule]]\nkey = \"window\"\n[rule.period]\nlength = 5\n";
    let set = catalogue.add(&over(&digest, rest)).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!(set.extends, ["SMALL/1"]);
    let words: Vec<&str> = set
        .switch("S1")
        .map(|switch| switch.options.iter().map(|option| option.word.as_str()).collect())
        .unwrap_or_default();
    assert_eq!(words, ["working-day", "calendar-day"], "the other answer stays possible");
    let period = period(&set, "window");
    assert_eq!(period.length, Length::Fixed(5));
    assert_eq!(period.rolls, Choice::Fixed(Roll::NextWorkingDay));
    assert_eq!(period.late_closures, Choice::Fixed(LateClosures::Count));
    let first = set.rule("window").and_then(|rule| set.readings(rule).into_iter().next());
    let unit = first.and_then(|settings| period.unit.under(&settings));
    assert_eq!(unit, Some(Unit::WorkingDay), "the new default is the preferred reading");
    assert_eq!(set.rule("window").map(|rule| rule.does.as_str()), Some("Counts three days."));
}

#[test]
fn a_rule_set_over_another_names_its_text() {
    let (catalogue, digest) = with_small();
    let told = |text: &str| match parse(text, &catalogue) {
        Ok(set) => panic!("{} was taken", set.name()),
        Err(problems) => problems.to_string(),
    };
    let other = "0".repeat(64);
    let problem = told(&over(&other, ""));
    assert!(problem.contains("4:18: extends-sha256"), "{problem}");
    assert!(problem.contains(&digest), "it says which digest: {problem}");
    let unknown = over(&digest, "").replace("SMALL/1", "SMALL/2");
    assert!(told(&unknown).contains("3:11: extends"), "{}", told(&unknown));
}

#[test]
fn a_rule_set_does_not_stand_on_itself() {
    let (mut catalogue, digest) = with_small();
    // On its own earlier text under the same name: nothing of that name may be another text.
    let own = over(&digest, "").replace("\"OVER\"", "\"SMALL\"");
    let problems = catalogue.add(&own).err().map(|problems| problems.0).unwrap_or_default();
    assert!(!problems.is_empty(), "SMALL/1 over SMALL/1");
    let codes: Vec<&str> = problems.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["cycle"]);
    assert!(problems.iter().all(|one| (one.line, one.column) == (3, 11)), "{problems:?}");
    // On a name that nothing has yet: its own.
    let own = over(&digest, "").replace("SMALL/1", "OVER/1");
    let problems = catalogue.add(&own).err().map(|problems| problems.0).unwrap_or_default();
    let codes: Vec<&str> = problems.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["cycle"]);
}

#[test]
fn a_tower_of_rule_sets_has_an_end() {
    let (mut catalogue, mut digest) = with_small();
    let mut base = "SMALL/1".to_owned();
    for level in 1..=9 {
        let text = over(&digest, "")
            .replace("SMALL/1", &base)
            .replace("\"OVER\"", &format!("\"OVER{level}\""));
        match catalogue.add(&text) {
            Ok(set) if level <= 8 => {
                base = set.name();
                digest = hex(&set.sha256);
            }
            Ok(_) => panic!("nine over one another were taken"),
            Err(problems) => {
                assert_eq!(level, 9, "{problems}");
                assert!(problems.0.iter().all(|one| one.code == "depth"), "{problems}");
            }
        }
    }
}
