//! Every sample through the reader: what is read, what is missing and why it is refused is as
//! `testdata/samples.txt` says.

#![expect(clippy::expect_used, reason = "a test that cannot read its sample has to stop")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

mod helper;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use barid_format_ecf::{CALLBACK, DOCKETING, FILING, FILING_JSON};
use barid_plugin::v1::{
    CourtFiling, CourtParticipant, DecodeReply, FiledDocument, PilotPaper, ProblemSeverity,
    RefusalToRegister, Registration, filing_content::Content,
};
use helper::{decode, place};
use sha2::{Digest as _, Sha256};

/// The folders of messages, what they are read as, and how many there are.
const FOLDERS: [(&str, &str, &str, usize); 7] = [
    ("ecf-4.01/xml", "xml", FILING, 14),
    ("states", "xml", FILING, 11),
    ("ecf-5.0", "json", FILING_JSON, 1),
    ("efile-proxy", "json", FILING_JSON, 8),
    ("efile-proxy/filingdocs", "json", FILING_JSON, 7),
    ("efile-proxy/people", "json", FILING_JSON, 3),
    ("efile-proxy", "xml", FILING, 4),
];

/// What a court answers, as answers.
const ANSWERS: [(&str, &str); 2] = [
    ("ecf-4.01/xml/ECF-4.0-ReviewFilingCallbackMessage.xml", CALLBACK),
    ("ecf-4.01/xml/ECF-4.0-RecordDocketingMessage.xml", DOCKETING),
];

#[test]
fn every_sample_is_read_or_refused_as_the_table_says() {
    let Some(root) = helper::sample("2-ecf") else { return };
    let mut table = String::from(HEAD);
    for (folder, ending, format, expected) in FOLDERS {
        let files = files_in(&root.join(folder), ending);
        assert_eq!(files.len(), expected, "{folder}: the samples are not all there");
        for path in files {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            describe(&mut table, &format!("{folder}/{name}"), format, &path);
        }
    }
    for (path, format) in ANSWERS {
        describe(&mut table, path, format, &root.join(path));
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/samples.txt");
    let known = std::fs::read_to_string(&golden).unwrap_or_default();
    if known != table {
        let now = Path::new(env!("CARGO_TARGET_TMPDIR")).join("samples.txt");
        std::fs::write(&now, &table).expect("a folder of cargo's");
        let differs = table.lines().zip(known.lines()).find(|(now, then)| now != then);
        panic!("{} differs from the table, first in {differs:?}", now.display());
    }
}

const HEAD: &str = "\
What the reader makes of each sample: what it reads, then what it says about it. A line with `!` is
a reason for refusing; a line with `?` is something that is missing or doubtful. How to reach people
stands here as the beginning of a SHA-256.
";

/// All files of a folder with this ending, by name.
fn files_in(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("a readable folder")
        .map(|found| found.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    files.sort();
    files
}

fn describe(table: &mut String, name: &str, format: &str, path: &Path) {
    let reply = decode(format, &std::fs::read(path).expect("a sample"));
    write!(table, "\n# {name} as {format}\n{}", described(&reply)).expect("a string");
}

fn described(reply: &DecodeReply) -> String {
    let mut lines = match reply.content.as_ref().and_then(|content| content.content.as_ref()) {
        Some(Content::PilotPaper(paper)) => of_paper(paper),
        Some(Content::Registration(registration)) => of_registration(registration),
        Some(Content::RefusalToRegister(refusal)) => of_refusal(refusal),
        Some(other) => vec![format!("unexpected: {other:?}")],
        None => Vec::new(),
    };
    for problem in &reply.problems {
        let mark = if problem.severity() == ProblemSeverity::Error { '!' } else { '?' };
        let english = problem.what.iter().flat_map(|what| &what.renderings);
        let what = english.filter(|one| one.language == "en").map(|one| one.text.as_str());
        let plain: String = what.collect::<String>().replace(['\u{2068}', '\u{2069}'], "");
        lines.push(format!("{mark} {} {}: {plain}", problem.code, place(problem)));
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Name and value of what is said; what is not said is left out.
fn said(pairs: &[(&str, &str)]) -> String {
    let given = pairs.iter().filter(|(_, value)| !value.is_empty());
    given.map(|(name, value)| format!("{name} `{value}`")).collect::<Vec<_>>().join(", ")
}

fn of_paper(paper: &PilotPaper) -> Vec<String> {
    let title = paper.title.as_ref().expect("a title").renderings.first().expect("a text");
    let filing = paper.court_filing.as_ref().expect("a filing");
    let mut lines = vec![
        said(&[("title", &title.text), ("in", &title.language)]),
        said(&[("message", &filing.message_name), ("of", &filing.standard)]),
        said(&[("filing", &filing.filing_number), ("foreign case", &paper.foreign_case)]),
        said(&[
            ("case", &filing.case_title),
            ("kind", &filing.case_kind),
            ("category", &filing.case_category),
        ]),
        said(&[("court", &filing.court_name), ("code", &filing.court_code)]),
    ];
    for number in &filing.docket_numbers {
        lines.push(said(&[("number", &number.literal), ("of", &number.institution)]));
    }
    for number in &filing.related_numbers {
        lines.push(said(&[("related", number)]));
    }
    lines.extend(of_dates(filing));
    if let Some(confidential) = filing.confidential {
        lines.push(format!("confidential `{confidential}`"));
    }
    lines.extend(filing.submitter.iter().map(|one| format!("submitter {}", of_somebody(one))));
    for (index, participant) in filing.participants.iter().enumerate() {
        lines.push(format!("participant {}: {}", index + 1, of_somebody(participant)));
    }
    for (index, document) in filing.documents.iter().enumerate() {
        lines.push(format!("document {}: {}", index + 1, of_document(document)));
        for attachment in &document.attachments {
            let sha256: String =
                attachment.sha256.iter().map(|byte| format!("{byte:02x}")).collect();
            let size = match attachment.size_bytes {
                0 => String::new(),
                size => size.to_string(),
            };
            let said = said(&[
                ("type", &attachment.media_type),
                ("at", &attachment.location),
                ("called", &attachment.description),
                ("sequence", &attachment.sequence),
                ("bytes", &size),
                ("sha256", &sha256),
            ]);
            lines.push(format!("  attachment: {said}"));
        }
    }
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

fn of_dates(filing: &CourtFiling) -> Vec<String> {
    let dates = filing.dates.iter().map(|date| {
        let written = date.date.as_ref().expect("a date");
        let days = written.candidates.iter();
        let days: Vec<String> =
            days.map(|day| format!("{}-{:02}-{:02}", day.year, day.month, day.day)).collect();
        format!("{} `{}` is {}", date.name, written.literal, days.join(" or "))
    });
    dates.collect()
}

fn of_somebody(somebody: &CourtParticipant) -> String {
    said(&[
        ("name", &somebody.full_name),
        ("nature", &somebody.nature().as_str_name().replace("COURT_PARTICIPANT_NATURE_", "")),
        ("roles", &somebody.roles.join(", ")),
        ("known as", &somebody.references.join(", ")),
        ("acts for", &somebody.acts_for.join(", ")),
        ("bar", &somebody.bar_number),
        ("mail", &masked(&somebody.email)),
        ("telephone", &masked(&somebody.telephone)),
        ("address", &masked(&somebody.postal_address)),
    ])
}

/// How to reach somebody, so that a change shows and the table tells it to nobody.
fn masked(value: &str) -> String {
    let digest = Sha256::digest(value);
    let shown = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect::<String>();
    if value.is_empty() { String::new() } else { format!("#{shown}") }
}

fn of_document(document: &FiledDocument) -> String {
    said(&[
        ("is", if document.lead { "lead" } else { "connected" }),
        ("called", &document.description),
        ("known as", &document.reference),
        ("supports", &document.parent),
        ("register", &document.register_action),
        ("language", &document.language),
        ("sequence", &document.sequence),
        ("docket", &document.docket_number),
        ("digest as given", &document.digest_literal),
        ("access", &document.access),
        ("attorneys", &document.filing_attorneys.join(", ")),
        ("parties", &document.filing_parties.join(", ")),
    ])
}

fn of_registration(registration: &Registration) -> Vec<String> {
    let number = registration.docket_number.as_ref().expect("a number");
    vec![format!("registered `{}` at {}", number.literal, registration.registered_at_unix_ms)]
}

fn of_refusal(refusal: &RefusalToRegister) -> Vec<String> {
    let grounds = refusal.grounds.iter();
    grounds.map(|ground| format!("refused `{}`: {:?}", ground.code, ground.reason)).collect()
}

/// The schemas of ECF 5.0, unpacked in a folder of their own.
fn unpacked(packed: &Path, name: &str) -> Option<PathBuf> {
    let folder = std::env::temp_dir().join(format!("barid-ecf5-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder of our own");
    let done = Command::new("tar").arg("-xJf").arg(packed).arg("-C").arg(&folder).status();
    if done.is_ok_and(|done| done.success()) {
        return Some(folder);
    }
    println!("skipped: tar and xz are not there to unpack the schemas");
    None
}

/// The example of ours is a filing by the schemas of ECF 5.0: what the reader looks for is there.
#[test]
fn our_example_of_version_5_is_valid_against_its_schemas() {
    let Some(packed) = helper::sample("2-ecf/ecf-5.0/ecf5-tyler-v2024_6-base.tar.xz") else {
        return;
    };
    if Command::new("xmllint").arg("--version").output().is_err() {
        println!("skipped: xmllint is not installed (Debian package libxml2-utils)");
        return;
    }
    let Some(folder) = unpacked(&packed, "valid") else { return };
    let mut schemas = files_in(&folder, "xsd").into_iter().filter(|path| {
        let text = std::fs::read_to_string(path).expect("a schema is UTF-8");
        text.contains("name=\"FilingMessage\"") && text.contains("v5.0/filing")
    });
    let schema = schemas.next().expect("a schema of filings");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/filing-5.0.xml");
    let checked = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .args([&schema, &example])
        .output()
        .expect("xmllint runs");
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
}

/// The schemas of ECF 5.0: none of them is a message, and every message that they define is known
/// by its name.
#[test]
fn the_schemas_of_ecf_5_are_no_messages_and_name_the_ones_that_are() {
    let Some(packed) = helper::sample("2-ecf/ecf-5.0/ecf5-tyler-v2024_6-base.tar.xz") else {
        return;
    };
    let Some(folder) = unpacked(&packed, "names") else { return };
    let mut names = Vec::new();
    let schemas = files_in(&folder, "xsd");
    assert!(schemas.len() > 90, "{} schemas are not all", schemas.len());
    for path in &schemas {
        let bytes = std::fs::read(path).expect("a schema");
        let reply = decode(FILING, &bytes);
        assert_eq!(helper::codes(&reply.problems), ["not-ecf"], "{}", path.display());
        let text = String::from_utf8(bytes).expect("a schema is UTF-8");
        names.extend(text.split("name=\"").skip(1).filter_map(|rest| {
            rest.split('"').next().filter(|name| name.ends_with("Message")).map(str::to_owned)
        }));
    }
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    names.sort();
    names.dedup();
    assert!(names.len() > 50, "{names:?}");
    for name in names {
        let reply = decode(FILING_JSON, format!("{{\"x:{name}\": {{}}}}").as_bytes());
        let filing = matches!(name.as_str(), "FilingMessage" | "RecordDocketingMessage");
        let code = if filing { "missing-title" } else { "not-filing" };
        assert_eq!(reply.problems[0].code, code, "{name}");
        assert_eq!(reply.content.is_some(), filing, "{name}");
    }
}
