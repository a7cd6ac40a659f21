//! What-ifs on a small law, and which assessments are explained.

use std::path::PathBuf;

use barid_client::verify::{Order, ProvenFiling};
use barid_proto::rules::{Catalogue, RuleSet, parse};
use barid_proto::v1::{Assessment, EnvelopeBody, FilingAssessment, RuleReading};
use clap::Parser as _;
use tempfile::TempDir;

use super::super::Desk;
use super::*;
use crate::screen::Screen;
use crate::wording::Lang;

const LAW: &str = include_str!("../../../../../proto/tests/explain/law.toml");
const CALENDAR: &str = "zone = \"Asia/Baghdad\"\nclosure = []\n[[complete]]\n\
                        from = 2025-11-01\nuntil = 2025-11-30\nbasis = \"for tests\"\n";

#[derive(clap::Parser)]
struct Line {
    #[command(flatten)]
    args: compute::Args,
}

fn args(line: &str) -> compute::Args {
    let line = format!("x --rules - --rule appeal-window {line}");
    Line::try_parse_from(line.split_whitespace()).unwrap().args
}

fn rules() -> RuleSet {
    parse(LAW, &Catalogue::default()).unwrap()
}

fn folder(texts: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in texts {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn deadlines(assessment: &Assessment) -> Vec<(String, i64)> {
    let end = |reading: &RuleReading| reading.period.as_ref().map_or(0, |one| one.deadline_unix_ms);
    assessment.readings.iter().map(|one| (one.conclusion.clone(), end(one))).collect()
}

/// 23 November 2025, 15:00 in Baghdad.
const SUNDAY: i64 = 1_763_899_200_000;
const DAY: i64 = 86_400_000;

fn computed(line: &str, calendar: Option<&str>) -> Result<Vec<Assessment>, String> {
    let folder = folder(&[("calendar.toml", calendar.unwrap_or(""))]);
    let mut args = args(line);
    if calendar.is_some() {
        args.calendar = vec![folder.path().join("calendar.toml").display().to_string()];
    }
    compute::computed(&rules(), &args).map_err(|failure| failure.to_string())
}

#[test]
fn a_measured_filing_is_in_time_or_late_by_reading() {
    let line = "--from 2025-11-17 --until 2025-11-19 --office ihec/geo-bas \
                --measure 2025-11-23T14:10";
    let found = computed(line, Some(CALENDAR)).unwrap();
    let [one] = found.as_slice() else { panic!("{found:?}") };
    let on_time = || "on-time".to_owned();
    let expected =
        [(on_time(), SUNDAY), (on_time(), SUNDAY + DAY), ("late".to_owned(), SUNDAY - 3 * DAY)];
    assert_eq!(deadlines(one), expected);
    let set = format!("{line} --set A1=first-publication-day");
    let found = computed(&set, Some(CALENDAR)).unwrap();
    assert_eq!(found[0].finding().as_str_name(), "ASSESSMENT_FINDING_OUT_OF_ORDER");
    assert_eq!(deadlines(&found[0]).len(), 1);
}

#[test]
fn without_a_calendar_it_cannot_be_decided() {
    let found = computed("--from 2025-11-19 --measure 2025-11-23T14:10", None).unwrap();
    assert_eq!(found[0].finding().as_str_name(), "ASSESSMENT_FINDING_UNDECIDED");
    assert_eq!(found[0].readings[0].conclusion, "no-calendar");
}

#[test]
fn a_period_is_computed_at_the_office_with_its_own_closures() {
    let closure = "[[closure]]\nday = 2025-11-23\noffices = [\"geo-bas\"]\n\
                   name = { ar = \"ع\", ckb = \"پ\", en = \"x\", es = \"y\" }\n\
                   announced = 2025-11-18\ncitation = \"no. 118\"\n";
    let closed = format!("{}{closure}", CALENDAR.replace("closure = []\n", ""));
    let line = |office: &str| format!("--from 2025-11-19 --office {office}");
    let basra = computed(&line("geo-bas"), Some(&closed)).unwrap();
    let [basra] = basra.as_slice() else { panic!("{basra:?}") };
    assert_eq!(deadlines(basra)[0], ("runs".to_owned(), SUNDAY + DAY));
    let other = computed(&line("geo-nin"), Some(&closed)).unwrap();
    assert_eq!(deadlines(&other[0])[0], ("runs".to_owned(), SUNDAY));
    assert_eq!(computed("--from 2025-11-19", Some(&closed)).unwrap().len(), 2);
}

#[test]
fn what_makes_no_sense_says_what_would() {
    for (line, part) in [
        ("", "give --from"),
        ("--from 2025-11-19 --until 2025-11-17", "--until lies before"),
        ("--from 2025-11-19 --measure 2025-11-23", "the time counts"),
        ("--from 2025-11-19 --set A2=x", "it depends on A1, A3"),
        ("--from 2025-11-19 --set A1=x", "last-publication-day, first-publication-day"),
        ("--from 2025-11-19 --trigger referral", "publication-certificate"),
        ("--from 2025-11-19 --event X", "no election"),
        ("--from 2025-11-19 --office A/B", "is no office"),
    ] {
        let why = computed(line, None).unwrap_err();
        assert!(why.contains(part), "{line}: {why}");
    }
    let mut wrong = args("--from 2025-11-19");
    wrong.rule = "window".into();
    let why = compute::computed(&rules(), &wrong).unwrap_err().to_string();
    assert!(why.contains("it has appeal-window"), "{why}");
}

#[test]
fn every_period_of_the_laws_that_come_with_it_can_be_computed() {
    let known = Catalogue::built_in().unwrap();
    let mut tried = 0;
    for set in known.all() {
        for rule in &set.rules {
            let barid_proto::rules::Operation::Period(period) = &rule.operation else { continue };
            let mut asked = args("--from 2025-11-19T10:00 --hours 48");
            asked.rule.clone_from(&rule.key);
            if !period.measures.is_empty() {
                asked.measure = Some(what_if::moment("2025-11-20T14:10").unwrap());
            }
            let found = compute::computed(set, &asked);
            let found = found.unwrap_or_else(|why| panic!("{} {}: {why}", set.name(), rule.key));
            let Some(one) = found.first() else { panic!("{} {}: nothing", set.name(), rule.key) };
            let code = &one.readings[0].conclusion;
            // A law without an election knows no polling day.
            assert!(code != "trigger-undated" || set.events.is_empty(), "{} {code}", rule.key);
            assert!(
                !["trigger-unknown", "length-unknown"].contains(&code.as_str()),
                "{}",
                rule.key
            );
            tried += 1;
        }
    }
    assert!(tried > 5, "{tried} periods");
}

#[test]
fn the_command_ends_with_what_it_comes_to() {
    let folder = folder(&[("law.toml", LAW), ("calendar.toml", CALENDAR)]);
    let path = |name: &str| folder.path().join(name);
    let code = |line: &str, calendar: bool| {
        let mut asked = args(line);
        asked.rules = path("law.toml").display().to_string();
        let text = path("calendar.toml").display().to_string();
        asked.calendar = calendar.then_some(text).into_iter().collect();
        asked.svg = Some(path("days.svg"));
        let screen = Screen { lang: Lang::Ckb, json: false };
        let desk = Desk { folder: PathBuf::from("no-such-folder"), screen };
        compute::run(&desk, &asked).map_or_else(|failure| failure.code(), |()| 0)
    };
    assert_eq!(code("--from 2025-11-19 --measure 2025-11-23T14:10", true), 0);
    assert_eq!(code("--from 2025-11-19 --measure 2025-11-24T15:01", true), 1);
    assert_eq!(code("--from 2025-11-19 --measure 2025-11-24T14:10", true), 2, "contested");
    assert_eq!(code("--from 2025-11-19 --measure 2025-11-23T14:10", false), 2);
    assert_eq!(code("--from 2025-11-19", true), 0);
    let drawn = std::fs::read_to_string(path("days.svg")).unwrap();
    assert!(drawn.contains("xml:lang=\"ckb\""), "{drawn}");
}

#[test]
fn assessments_are_chosen_by_leaf_and_rule() {
    let assessment = |rule: &str, readings: usize| Assessment {
        rule: rule.into(),
        readings: vec![RuleReading::default(); readings],
        ..Assessment::default()
    };
    let filing = |leaf_index, assessments| ProvenFiling {
        place: String::new(),
        body: EnvelopeBody::default(),
        digest: [0; 32],
        signers: vec![],
        leaf_index,
        accepted_at_ms: 0,
        tree_size: 0,
        witnesses: vec![],
        existed_by: None,
        not_before: None,
        stamped: None,
        order: Order::First,
        before_size: None,
        computed: vec![],
        assessment: Some(FilingAssessment { assessments, ..FilingAssessment::default() }),
        statements: vec![],
        documents: vec![],
    };
    let filings = [
        filing(4, vec![assessment("a", 1), assessment("b", 2), assessment("c", 0)]),
        filing(9, vec![assessment("a", 1)]),
    ];
    let rules = |leaf, rule: Option<&str>| -> Vec<(u64, String)> {
        let chosen = explain::chosen(&filings, leaf, rule);
        chosen.iter().map(|(filing, one)| (filing.leaf_index, one.rule.clone())).collect()
    };
    let named = |all: &[(u64, &str)]| -> Vec<(u64, String)> {
        all.iter().map(|(leaf, rule)| (*leaf, (*rule).to_owned())).collect()
    };
    assert_eq!(rules(None, None), named(&[(4, "a"), (4, "b"), (9, "a")]));
    assert_eq!(rules(Some(4), None), named(&[(4, "a"), (4, "b")]));
    assert_eq!(rules(None, Some("a")), named(&[(4, "a"), (9, "a")]));
}

#[test]
fn several_pictures_have_numbers() {
    let of = |number| numbered(Path::new("a/case.svg"), number).display().to_string();
    assert_eq!((of(1), of(2)), ("a/case.svg".to_owned(), "a/case-2.svg".to_owned()));
}
