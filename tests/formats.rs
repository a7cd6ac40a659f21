//! The dry run: one document with known problems in each format, through a real hub and the command
//! line. All of them are told at once, each with its place and how to mend it, in the reader's
//! language; nothing is recorded.

#![expect(clippy::indexing_slicing, reason = "an answer without a field ends the test")]
#![expect(clippy::expect_used, reason = "a case without its document or reply has to stop")]
#![expect(clippy::print_stdout, reason = "a test without its sample says so")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use barid_client::proto::text::legible;
use barid_client::proto::v1::filing_service_client::FilingServiceClient;
use barid_client::proto::v1::{CheckRequest, FilingKind, Problem};
use barid_tests::person::Person;
use barid_tests::{HubProcess, RawSender, plugins, programs};
use tonic::transport::Channel;

#[path = "formats/cases.rs"]
mod cases;

use cases::Case;

/// A language, and what it is written with.
type Script = (&'static str, fn(char) -> bool);

const SCRIPTS: [Script; 3] = [
    ("ar", |c| matches!(c, '\u{620}'..='\u{6ff}')),
    ("ckb", |c| matches!(c, '\u{620}'..='\u{6ff}')),
    ("en", |c| c.is_ascii_alphabetic()),
];

/// Formats that only write: a check of one says so.
const WRITE_ONLY: &[&str] = &["ecf/receipt+xml"];

struct Asked {
    person: Person,
    paper: PathBuf,
}

impl Asked {
    fn new(hub: &HubProcess, case: &Case, number: usize) -> Option<Self> {
        let bytes = (case.paper)()?;
        let person = Person::of(hub, &format!("check-{number}"), case.institution, case.office);
        let paper = person.profile().join("paper");
        fs::write(&paper, bytes).expect("the folder is ours");
        Some(Self { person, paper })
    }

    fn arguments(&self, case: &Case) -> Vec<String> {
        let paper = self.paper.display().to_string();
        let class = ["--data-class", case.class];
        let check = ["check", &paper, "--format", case.format, "--kind", case.kind];
        check.into_iter().chain(class).map(str::to_owned).collect()
    }
}

/// `code @ place` of each problem, as a script reads it.
fn told(output: &Output) -> (bool, Vec<String>, serde_json::Value) {
    let value: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("one line of JSON");
    let problems = value["problems"].as_array().expect("an array").iter();
    let told = problems.map(|problem| {
        let word = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
        format!("{} @ {}", word("code"), word("place"))
    });
    (value["acceptable"].as_bool().expect("a verdict"), told.collect(), value.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_problem_is_told_with_its_place_and_remedy_in_the_readers_language() {
    let hub = HubProcess::start_with_every_plugin();
    let mut differ = Vec::new();
    for (number, case) in cases::all().enumerate() {
        let Some(asked) = Asked::new(&hub, case, number) else { continue };
        let output = asked.person.barid(asked.arguments(case));
        let (acceptable, found, value) = told(&output);
        if found != case.problems || acceptable != case.acceptable {
            differ.push(format!("{} ({acceptable}): {found:#?}", case.format));
            continue;
        }
        let code = if acceptable { 0 } else { 1 };
        assert_eq!(output.status.code(), Some(code), "{}", case.format);
        for problem in value["problems"].as_array().expect("an array") {
            // A warning may be about something that nobody has to mend.
            let error = problem["severity"] == "PROBLEM_SEVERITY_ERROR";
            let parts: &[&str] = if error { &["what", "remedy"] } else { &["what"] };
            for part in parts {
                for language in spoken(case.format) {
                    let said = problem[part][*language].as_str().unwrap_or_default();
                    assert!(!said.is_empty(), "{part} in {language}: {problem}");
                }
            }
        }
        for (language, letter) in SCRIPTS {
            let shown = asked.person.told(language, asked.arguments(case));
            assert_eq!(shown.status.code(), Some(code), "{}", case.format);
            let text = String::from_utf8(shown.stdout).expect("UTF-8");
            one_line_each(&text, language, case);
            assert!(text.chars().any(letter), "{language}: {text}");
        }
    }
    assert!(differ.is_empty(), "told otherwise:\n{}", differ.join("\n"));
}

/// The languages in which a plugin words what is wrong: Iraq's in Sorani too.
fn spoken(format: &str) -> &'static [&'static str] {
    let plugin = format.split('/').next().unwrap_or_default();
    let iraq = ["ihec", "ejp", "fsc", "court"].contains(&plugin);
    if iraq { &["ar", "ckb", "en"] } else { &["ar", "en"] }
}

/// A table with a row for each problem: its severity in the first column, its place in the second.
fn one_line_each(text: &str, language: &str, case: &Case) {
    let severities: &[&str] =
        if language == "en" { &["error", "look"] } else { &["خطأ", "تنبيه"] };
    let bare = |line: &str| -> String {
        let shown = line.chars().filter(|c| !matches!(c, '\u{200e}' | '\u{2066}'..='\u{2069}'));
        shown.collect::<String>().trim().to_owned()
    };
    let begins = |line: &String| {
        severities.iter().any(|word| {
            let rest =
                if language == "en" { line.strip_prefix(word) } else { line.strip_suffix(word) };
            rest.is_some_and(|rest| rest.starts_with(' ') || rest.ends_with(' '))
        })
    };
    let rows = text.lines().map(bare).filter(begins).count();
    assert_eq!(rows, case.problems.len(), "{} in {language}:\n{text}", case.format);
    for line in text.lines() {
        assert_eq!(legible(line), line, "{} in {language}", case.format);
    }
}

/// Every format of every plugin of this repository has its case: a new one is not forgotten.
#[test]
fn every_format_has_its_case() {
    let offered: BTreeSet<&str> =
        plugins::every().flat_map(|(_, formats)| formats.iter().copied()).collect();
    let mut covered: BTreeSet<&str> = cases::all().map(|case| case.format).collect();
    for format in WRITE_ONLY {
        assert!(covered.insert(format), "{format} has a case");
    }
    assert_eq!(offered, covered);
}

/// What the harness says that the plugins offer is what they say themselves.
#[test]
fn the_plugins_offer_these_formats() {
    for (name, formats) in plugins::every() {
        let mut barid = Command::new(programs::program("barid"));
        barid.args(["--json", "plugin", "describe"]).arg(programs::plugin(name));
        let value: serde_json::Value =
            serde_json::from_slice(&barid.output().expect("barid starts").stdout).expect("JSON");
        let described = value["formats"].as_array().expect("an array");
        let ids: BTreeSet<&str> =
            described.iter().filter_map(|format| format["id"].as_str()).collect();
        assert_eq!(ids, formats.iter().copied().collect(), "{name}");
        for format in described {
            let id = format["id"].as_str().expect("its name");
            let reads = format["decodes"].as_array().is_some_and(|kinds| !kinds.is_empty());
            assert_ne!(reads, WRITE_ONLY.contains(&id), "{id}");
        }
    }
}

/// The same over gRPC, and what content that came ready-made is told: the path of each field.
#[tokio::test(flavor = "multi_thread")]
async fn content_is_checked_by_the_paths_of_its_fields() {
    let hub = HubProcess::start_with_every_plugin();
    let sender = RawSender::enrolled(&hub, "ihec", "geo-nin").await;
    let mut filings = FilingServiceClient::new(sender.channel.clone());
    wrong_content_is_told(&mut filings).await;
    for case in cases::all() {
        let Some(document) = (case.paper)() else { continue };
        let request = CheckRequest {
            kind: kind(case.kind).into(),
            format: case.format.to_owned(),
            document,
            languages: vec!["ckb".to_owned(), "ar".to_owned()],
            ..CheckRequest::default()
        };
        let found = filings.check(request).await.expect("an answer").into_inner();
        // The class of data is the envelope's, which nothing is said of here.
        let due = case.problems.iter().filter(|told| !told.ends_with("data_class"));
        let due: Vec<&str> = due.copied().collect();
        assert_eq!(found.problems.len(), due.len(), "{}", case.format);
        // What could be filed is checked again as content that came ready-made.
        let Some(content) = found.content.filter(|_| found.acceptable) else { continue };
        let request = CheckRequest {
            kind: kind(case.kind).into(),
            content: Some(content),
            ..CheckRequest::default()
        };
        let again = filings.check(request).await.expect("an answer").into_inner();
        assert!(again.acceptable, "{}: {:?}", case.format, again.problems);
    }
}

/// What a format only writes cannot be checked, and it is said why.
#[tokio::test(flavor = "multi_thread")]
async fn a_format_that_only_writes_says_so() {
    let hub = HubProcess::start();
    let sender = RawSender::enrolled(&hub, "ihec", "geo-nin").await;
    let mut filings = FilingServiceClient::new(sender.channel.clone());
    for format in WRITE_ONLY {
        let request = CheckRequest {
            kind: FilingKind::Acknowledgement.into(),
            format: (*format).to_owned(),
            document: b"<x/>".to_vec(),
            ..CheckRequest::default()
        };
        let refused = filings.check(request).await.expect_err("it reads nothing");
        let said = refused.message();
        assert!(said.contains(&format!("{format} does not read")), "{said}");
    }
}

async fn wrong_content_is_told(filings: &mut FilingServiceClient<Channel>) {
    let request = CheckRequest {
        kind: FilingKind::ComplaintRegistered.into(),
        content: Some(cases::wrong_content()),
        ..CheckRequest::default()
    };
    let found = filings.check(request).await.expect("an answer").into_inner();
    assert!(!found.acceptable);
    let told: Vec<String> = found.problems.iter().map(code_and_path).collect();
    assert_eq!(told, cases::WRONG_CONTENT);
    for problem in &found.problems {
        for text in [&problem.what, &problem.remedy] {
            let text = text.as_ref().expect("it says what and how");
            let languages: Vec<&str> =
                text.renderings.iter().map(|one| one.language.as_str()).collect();
            assert_eq!(languages, ["ar", "ckb", "en", "es"], "{problem:?}");
        }
    }
}

fn kind(word: &str) -> FilingKind {
    let name = format!("FILING_KIND_{}", word.to_ascii_uppercase().replace('-', "_"));
    FilingKind::from_str_name(&name).expect("a kind")
}

fn code_and_path(problem: &Problem) -> String {
    let path = problem.place.as_ref().map(|place| place.path.as_str()).unwrap_or_default();
    format!("{} @ {path}", problem.code)
}

/// Nothing of all this is a filing: the log has not grown by a leaf.
#[tokio::test(flavor = "multi_thread")]
async fn a_check_leaves_no_trace() {
    let hub = HubProcess::start();
    let case = cases::all().next().expect("a case");
    let asked = Asked::new(&hub, case, 0).expect("a paper of our own");
    let size = || {
        let said = asked.person.barid(["log", "checkpoint"]);
        let value: serde_json::Value = serde_json::from_slice(&said.stdout).expect("JSON");
        value["size"].as_u64().expect("a size")
    };
    let before = size();
    asked.person.barid(asked.arguments(case));
    assert_eq!(size(), before);
    // A format that nobody has, and a document that is not there, end otherwise than problems do.
    let paper = asked.paper.display().to_string();
    let ends = |paper: &str, format: &str| {
        let kind = ["--kind", "complaint-registered"];
        let arguments = ["check", paper, "--format", format].into_iter().chain(kind);
        asked.person.barid(arguments).status.code()
    };
    assert_eq!(ends(&paper, "nobody/form+json"), Some(1));
    assert_eq!(ends("no such document", case.format), Some(2));
}
