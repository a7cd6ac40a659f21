//! The closures that come with Barid, beside those that software computes which nobody here wrote.
//!
//! The package `holidays` for Python knows the public holidays of many countries. Those of the
//! Islamic calendar it computes, and what a government declares on the eve it cannot know; so the
//! two differ, and docs/calendars.md says why for each day. A difference without a reason fails,
//! and so does a reason without a difference.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail loudly; the lint only excuses test functions themselves"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use barid_proto::period::{GAZETTES, Gazette, parse_gazette};
use barid_tests::tools::python_environment;
use jiff::civil::Date;

/// Who knows of a day, as docs/calendars.md has it.
type Differences = BTreeMap<Date, &'static str>;

/// Only the announcements that were found.
const ANNOUNCED: &str = "announced";

/// Only the package.
const COMPUTED: &str = "computed";

fn beside(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The days that the package knows within the spans that a gazette holds to be complete.
fn computed(country: &str, gazette: &Gazette) -> BTreeSet<Date> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tools").join("holidays");
    std::fs::create_dir_all(&folder).expect("target is ours");
    let programs = python_environment(&folder, &beside("law/requirements.txt"));
    let mut python = Command::new(programs.join("python"));
    python.arg(beside("law/holidays.py")).arg(country);
    for span in &gazette.complete {
        python.arg(span.from.to_string()).arg(span.until.to_string());
    }
    let ended = python.output().expect("Python runs");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    let told = String::from_utf8(ended.stdout).expect("Python writes UTF-8");
    let day = |line: &str| line.split(',').next().and_then(|day| day.parse().ok());
    told.lines().map(|line| day(line).unwrap_or_else(|| panic!("no day: {line}"))).collect()
}

/// The days within those spans on which all offices were closed.
fn announced(gazette: &Gazette) -> BTreeSet<Date> {
    let everywhere = gazette.closures.iter().filter(|closure| closure.offices.is_empty());
    let days = everywhere.flat_map(|closure| closure.days.iter().copied());
    let within =
        |day: &Date| gazette.complete.iter().any(|span| (span.from..=span.until).contains(day));
    days.filter(within).collect()
}

/// The rows of the table in docs/calendars.md: a day, who knows of it, and why the other does not.
fn explained(country: &str) -> Differences {
    let page = std::fs::read_to_string(beside("../docs/calendars.md")).expect("the page is there");
    let mut explained = Differences::new();
    for line in page.lines().filter(|line| line.starts_with("| 20")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, day, of, who, why, _] = cells.as_slice() else { panic!("five cells: {line}") };
        assert!(!why.is_empty(), "a reason: {line}");
        let day = day.parse().unwrap_or_else(|error| panic!("{line}: {error}"));
        let who = match *who {
            ANNOUNCED => ANNOUNCED,
            COMPUTED => COMPUTED,
            _ => panic!("{ANNOUNCED} or {COMPUTED}: {line}"),
        };
        if *of == country {
            assert!(explained.insert(day, who).is_none(), "{day} is there twice");
        }
    }
    explained
}

#[test]
fn every_difference_between_announced_and_computed_holidays_is_explained() {
    for (country, text) in GAZETTES {
        let gazette = parse_gazette(text).unwrap_or_else(|problems| panic!("{problems:?}"));
        let (announced, computed) = (announced(&gazette), computed(country, &gazette));
        let both = announced.intersection(&computed).count();
        assert!(both >= 5, "{country}: only {both} days in common");
        let ours = announced.difference(&computed).map(|day| (*day, ANNOUNCED));
        let theirs = computed.difference(&announced).map(|day| (*day, COMPUTED));
        let differences: Differences = ours.chain(theirs).collect();
        assert_eq!(differences, explained(country), "{country}: found, and docs/calendars.md");
    }
}
