//! The dry run: one document with known problems in each format, through a real hub and the command
//! line. All of them are told at once, each with its place and how to mend it, in the reader's
//! language; nothing is recorded.

#![expect(clippy::indexing_slicing, reason = "an answer without a field ends the test")]
#![expect(clippy::expect_used, reason = "a case without its document or reply has to stop")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Output;

use barid_client::proto::text::legible;
use barid_client::proto::v1::filing_service_client::FilingServiceClient;
use barid_client::proto::v1::{CheckRequest, FilingKind, Problem};
use barid_tests::person::Person;
use barid_tests::programs::PLUGINS;
use barid_tests::{HubProcess, RawSender};
use tonic::transport::Channel;

#[path = "formats/cases.rs"]
mod cases;

use cases::{CASES, Case, WITHOUT_CASE};

/// A language, and what it is written with.
type Script = (&'static str, fn(char) -> bool);

const SCRIPTS: [Script; 3] = [
    ("ar", |c| matches!(c, '\u{620}'..='\u{6ff}')),
    ("ckb", |c| matches!(c, '\u{620}'..='\u{6ff}')),
    ("en", |c| c.is_ascii_alphabetic()),
];

struct Asked {
    person: Person,
    paper: PathBuf,
}

impl Asked {
    fn new(hub: &HubProcess, case: &Case, number: usize) -> Self {
        let person = Person::of(hub, &format!("check-{number}"), case.institution, case.office);
        let paper = person.profile().join("paper");
        fs::write(&paper, (case.paper)()).expect("the folder is ours");
        Self { person, paper }
    }

    fn arguments(&self, case: &Case) -> Vec<String> {
        let paper = self.paper.display().to_string();
        ["check", &paper, "--format", case.format, "--kind", case.kind].map(str::to_owned).into()
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
    let hub = HubProcess::start();
    let mut differ = Vec::new();
    for (number, case) in CASES.iter().enumerate() {
        let asked = Asked::new(&hub, case, number);
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
                for language in ["ar", "en"] {
                    let said = problem[part][language].as_str().unwrap_or_default();
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
            if language == "en" { line.starts_with(word) } else { line.ends_with(word) }
        })
    };
    let rows = text.lines().map(bare).filter(begins).count();
    assert_eq!(rows, case.problems.len(), "{} in {language}:\n{text}", case.format);
    for line in text.lines() {
        assert_eq!(legible(line), line, "{} in {language}", case.format);
    }
}

/// Every format of every plugin that the hub loads has its case: a new one is not forgotten.
#[test]
fn every_format_has_its_case() {
    let loaded: BTreeSet<&str> =
        PLUGINS.iter().flat_map(|(_, formats)| formats.iter().copied()).collect();
    let mut covered: BTreeSet<&str> = CASES.iter().map(|case| case.format).collect();
    for format in WITHOUT_CASE {
        assert!(covered.insert(format), "{format} has a case");
    }
    assert_eq!(loaded, covered);
}

/// The same over gRPC, and what content that came ready-made is told: the path of each field.
#[tokio::test(flavor = "multi_thread")]
async fn content_is_checked_by_the_paths_of_its_fields() {
    let hub = HubProcess::start();
    let sender = RawSender::enrolled(&hub, "ihec", "geo-nin").await;
    let mut filings = FilingServiceClient::new(sender.channel.clone());
    wrong_content_is_told(&mut filings).await;
    for case in CASES {
        let request = CheckRequest {
            kind: kind(case.kind).into(),
            format: case.format.to_owned(),
            document: (case.paper)(),
            languages: vec!["ckb".to_owned(), "ar".to_owned()],
            ..CheckRequest::default()
        };
        let found = filings.check(request).await.expect("an answer").into_inner();
        assert_eq!(found.problems.len(), case.problems.len(), "{}", case.format);
        assert_eq!(found.acceptable, case.acceptable, "{}", case.format);
        // What could be filed is checked again as content that came ready-made.
        let Some(content) = found.content.filter(|_| found.acceptable) else { continue };
        let request = CheckRequest {
            kind: kind(case.kind).into(),
            content: Some(content),
            ..CheckRequest::default()
        };
        let again = filings.check(request).await.expect("an answer").into_inner();
        assert_eq!(again.problems, [], "{}", case.format);
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
    let case = CASES.first().expect("a case");
    let asked = Asked::new(&hub, case, 0);
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
