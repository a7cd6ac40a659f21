//! The commands on real texts.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::super::Desk;
use super::{Command, More, run};
use crate::exit::Failure;
use crate::render::{rules as page, rules_diff};
use crate::screen::Screen;
use crate::wording::{Lang, LawLang};
use barid_proto::rules::{Catalogue, RuleSet, diff};

const LAW: &str = include_str!("../../../../../proto/tests/rules/law.toml");
const REGULATION: &str = include_str!("../../../../../proto/tests/rules/regulation.toml");

fn desk(json: bool) -> Desk {
    // No command here reads the profile.
    Desk { folder: PathBuf::from("no-such-folder"), screen: Screen { lang: Lang::En, json } }
}

fn code(outcome: Result<(), Failure>) -> u8 {
    outcome.map_or_else(|failure| failure.code(), |()| 0)
}

fn texts(all: &[(&str, &[u8])]) -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let write = |(name, bytes): &(&str, &[u8])| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let paths = all.iter().map(write).collect();
    (folder, paths)
}

fn check(paths: &[PathBuf]) -> u8 {
    code(run(&desk(false), &Command::Check { paths: paths.to_vec() }))
}

fn more(with: &[PathBuf]) -> More {
    More { with: with.to_vec(), law_lang: None }
}

fn sets() -> (RuleSet, RuleSet) {
    let mut known = Catalogue::default();
    let mut read = |text| RuleSet::clone(&known.add(text).unwrap());
    (read(LAW), read(REGULATION))
}

#[test]
fn good_texts_pass_and_later_ones_build_on_earlier_ones() {
    let (_folder, paths) = texts(&[("a.toml", LAW.as_bytes()), ("b.toml", REGULATION.as_bytes())]);
    assert_eq!(check(&paths), 0);
    assert_eq!(check(&paths[1..]), 1, "what it builds on is not known");
}

#[test]
fn a_wrong_text_ends_with_1_and_an_unreadable_one_with_2() {
    let wrong = LAW.replace("unit = \"calendar-day\"", "unit = \"moon\"");
    let (folder, paths) = texts(&[
        ("wrong.toml", wrong.as_bytes()),
        ("bytes.toml", b"id = \"\xff\"\n"),
        ("good.toml", LAW.as_bytes()),
    ]);
    assert_eq!(check(&paths[..1]), 1);
    assert_eq!(check(&paths[1..2]), 1);
    let missing = folder.path().join("missing.toml");
    assert_eq!(check(&[missing.clone(), paths[2].clone()]), 2);
    assert_eq!(check(&[missing, paths[0].clone()]), 1, "what is certain comes first");
}

#[test]
fn every_problem_is_told_with_file_line_and_column() {
    // Without procedures, which would miss the rule that is wrong.
    let (law, _) = LAW.split_once("[[procedure]]").unwrap();
    let wrong = law
        .replace("unit = \"calendar-day\"", "unit = \"moon\"")
        .replace("measures = [\"appeal-filed\"]", "measures = [\"no-such\"]");
    let problems = Catalogue::default().add(&wrong).unwrap_err();
    let told = super::known::placed(Path::new("law.toml"), &problems);
    let line = |needle: &str| wrong.lines().position(|line| line.starts_with(needle)).unwrap() + 1;
    let expected = [("measures", "no-such"), ("unit", "moon")];
    assert_eq!(told.lines().count(), expected.len(), "{told}");
    for (told, (field, value)) in told.lines().zip(expected) {
        let column = field.len() + " = ".len() + 1;
        let place = format!("law.toml:{}:{column}: rule.appeal.period.{field}: ", line(field));
        assert!(told.starts_with(&place) && told.contains(value), "{told}\n{place}");
    }
}

#[test]
fn names_and_texts_are_found_and_what_is_neither_is_refused() {
    let (_folder, paths) = texts(&[("a.toml", LAW.as_bytes()), ("b.toml", REGULATION.as_bytes())]);
    let [law, regulation] = [&paths[0], &paths[1]].map(|path| path.display().to_string());
    let show = |name: &str, rule: Option<&str>, with: &[PathBuf]| {
        let rule = rule.map(ToOwned::to_owned);
        let command = Command::Show { name: name.to_owned(), rule, more: more(with) };
        code(run(&desk(true), &command))
    };
    assert_eq!(show(&law, None, &[]), 0);
    assert_eq!(show("T-LAW", Some("appeal"), &paths), 0);
    assert_eq!(show("T-REG/1", Some("notice"), &paths), 0);
    assert_eq!(show("T-LAW", Some("notice"), &paths), 2, "only the regulation has it");
    assert_eq!(show("T-LAW", None, &[]), 2);
    assert_eq!(show(&regulation, None, &[]), 1, "what it builds on is not known");
    let compare = |before: &str, after: &str| {
        let (before, after) = (before.to_owned(), after.to_owned());
        code(run(&desk(false), &Command::Diff { before, after, more: more(&[]) }))
    };
    assert_eq!(compare(&law, &regulation), 0, "the later one finds the earlier one");
    assert_eq!(compare(&law, "T-NONE"), 2);
    assert_eq!(code(run(&desk(false), &Command::List { more: more(&paths) })), 0);
}

#[test]
fn a_procedure_is_drawn_into_a_file() {
    let (folder, paths) = texts(&[("a.toml", LAW.as_bytes())]);
    let svg = folder.path().join("appeal.svg");
    let draw = |procedure: Option<&str>| {
        let command = Command::Draw {
            name: "T-LAW".to_owned(),
            procedure: procedure.map(ToOwned::to_owned),
            svg: Some(svg.clone()),
            more: More { with: paths.clone(), law_lang: Some(LawLang::Ar) },
        };
        code(run(&desk(false), &command))
    };
    assert_eq!(draw(Some("no-such")), 2);
    assert!(!svg.exists());
    assert_eq!(draw(None), 0, "there is only one");
    let drawn = std::fs::read_to_string(&svg).unwrap();
    assert!(drawn.starts_with("<svg") && drawn.contains("تقديم الطعن"), "{drawn}");
    std::fs::remove_file(&svg).unwrap();
    assert_eq!(draw(Some("appeal")), 0);
    assert!(svg.exists());
}

#[test]
fn a_change_is_told_in_both_languages() {
    let (law, regulation) = sets();
    let found = diff(&law, &regulation);
    let english = rules_diff::differences(Lang::En, &law, &regulation, &found);
    for line in [
        "What changed from T-LAW/1 to T-REG/1",
        "Rules",
        "  changed: appeal (1)",
        "    length: from 3 to 4",
        "  new: notice (2)",
        "    preferred answer: from last-publication-day to first-publication-day",
    ] {
        assert!(english.lines().any(|told| told == line), "{line}\n{english}");
    }
    let arabic = rules_diff::differences(Lang::Ar, &law, &regulation, &found);
    let length = "    \u{2068}المدة\u{2069}: من \u{2068}3\u{2069} إلى \u{2068}4\u{2069}";
    assert!(arabic.lines().any(|told| told == length), "{arabic}");
    let nothing = rules_diff::differences(Lang::En, &law, &law, &diff(&law, &law));
    assert!(nothing.ends_with("Nothing."), "{nothing}");
}

#[test]
fn a_rule_is_shown_with_its_source_and_its_question_in_the_language_asked_for() {
    let (_, regulation) = sets();
    let rule = regulation.rule("appeal").unwrap();
    let sorani = page::rule(Lang::En, LawLang::Ckb, &regulation, rule);
    for part in ["یاساکە", "within three days", "خلال ثلاثة أيام", "کام ڕۆژ؟", "یەکەم", "نەریت"]
    {
        assert!(sorani.contains(part), "{part}\n{sorani}");
    }
    let preferred = sorani.lines().find(|line| line.contains("preferred")).unwrap();
    assert!(preferred.contains("first-publication-day"), "{preferred}");
    let whole = page::whole(Lang::En, LawLang::Es, &regulation);
    for part in [
        "T-REG/1: Una ley",
        "Builds on T-LAW/1",
        "Election E-2",
        "period: 4 calendar-day",
        "¿Qué día?",
    ] {
        assert!(whole.contains(part), "{part}\n{whole}");
    }
}
