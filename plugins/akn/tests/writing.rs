//! What is written is valid Akoma Ntoso, and reading it gives back what was written.

#![expect(clippy::expect_used, reason = "a test that cannot read its sample has to stop")]
#![expect(clippy::print_stdout, reason = "a skipped test says so")]

mod helper;

use std::path::PathBuf;
use std::process::Command;

use barid_akn::{Paper, Setting, write};
use barid_plugin::Problems;
use barid_plugin::v1::{
    ActReference, Address, Agreement, CivilDate, DocketNumber, Judge, Judgment, LegalBasis,
    OperativeClause, Outcome, Problem, RulingIssued, Text,
};
use proptest::prelude::*;

const SETTING: Setting<'_> =
    Setting { country: "iq", court: "الهيئة القضائية للانتخابات" };

fn text(ar: &str, ckb: &str) -> Option<Text> {
    let mut text = barid_plugin::problem::text(&[("ar", ar), ("ckb", ckb)])?;
    text.authoritative = "ar".to_owned();
    Some(text)
}

/// A ruling with every field of the wire, in Arabic and Kurdish. Its number is invented.
fn ruling() -> Paper {
    let docket = |literal: &str| DocketNumber {
        institution: "court".to_owned(),
        literal: literal.to_owned(),
        normal: String::new(),
    };
    let ruling = RulingIssued {
        ruling: Some(ActReference {
            institution: "court".to_owned(),
            number: "612/الهيئة القضائية للانتخابات/2025".to_owned(),
            date: Some(CivilDate { year: 2025, month: 12, day: 4 }),
            minutes_number: "7".to_owned(),
        }),
        docket_numbers: vec![docket("612/ الهيئة القضائية للانتخابات/ 2025 "), docket("٦١٣/٢٠٢٥")],
        court: text("الهيئة القضائية للانتخابات", "دەستەی دادوەریی هەڵبژاردنەکان"),
        judges: vec![
            Judge { name: "القاضي أ".to_owned(), presiding: true },
            Judge { name: "القاضي ب & ج".to_owned(), presiding: false },
        ],
        challenged: Some(ActReference {
            institution: "ihec".to_owned(),
            number: "214".to_owned(),
            date: Some(CivilDate { year: 2025, month: 11, day: 16 }),
            minutes_number: "58".to_owned(),
        }),
        outcome: Outcome::DecisionAnnulled.into(),
        outcome_literal: "نقض \"القرار\"".to_owned(),
        agreement: Agreement::Majority.into(),
        r#final: true,
        clauses: vec![
            OperativeClause {
                number: 1,
                text: text("نقض القرار المطعون فيه.\nسطر ثانٍ", "بڕیارەکە هەڵوەشێنرایەوە."),
                charged: Some(Address { institution: "ihec".to_owned(), office: String::new() }),
                due_on: Some(CivilDate { year: 2025, month: 12, day: 7 }),
            },
            OperativeClause { number: 2, ..OperativeClause::default() },
        ],
        reasons: text("الأسباب: <الطعن> مقدم ضمن المدة\r\n", "هۆکارەکان"),
        dissent: text("رأي مخالف", "ڕای جیاواز"),
        neutral_citation: "IQ:EJP:2025:612".to_owned(),
        judgment: None,
        basis: vec![LegalBasis {
            instrument: "قانون رقم (31) لسنة 2019".to_owned(),
            article: "20(1)".to_owned(),
        }],
    };
    Paper { ruling, facts: vec![("scope".to_owned(), "all".to_owned())] }
}

fn written(paper: &Paper) -> (Vec<u8>, Vec<Problem>) {
    let mut problems = Problems::new();
    let bytes = write(paper, &SETTING, &mut problems);
    (bytes, problems.into_vec())
}

fn read(bytes: &[u8]) -> Paper {
    let (paper, problems) = helper::read(bytes);
    assert_eq!(problems, []);
    paper.expect("what was written is a judgment")
}

#[test]
fn a_ruling_in_two_languages_comes_back_as_it_was() {
    let before = ruling();
    let (bytes, problems) = written(&before);
    assert_eq!(problems, []);
    let after = read(&bytes);
    let mut without_structure = after.clone();
    let judgment = without_structure.ruling.judgment.take().expect("facts of the structure");
    assert_eq!(without_structure, before);
    assert_eq!((judgment.paragraphs, judgment.language.as_str()), (2, "ara"));

    let (again, problems) = written(&after);
    assert_eq!(problems, []);
    assert_eq!(read(&again), after, "reading and writing once more changes nothing");
    assert_eq!(again, bytes);
}

#[test]
fn what_cannot_be_written_is_said() {
    let mut undated = ruling();
    undated.ruling.ruling.get_or_insert_default().date = None;
    let (bytes, problems) = written(&undated);
    assert_eq!((bytes.len(), problems[0].code.as_str()), (0, "ruling-without-day"));

    let mut with_control = ruling();
    with_control.ruling.outcome_literal.push('\u{7}');
    let (bytes, problems) = written(&with_control);
    assert_eq!((bytes.len(), problems[0].code.as_str()), (0, "text-not-expressible"));
}

#[test]
fn a_fact_that_cannot_be_understood_is_an_error() {
    let xml = String::from_utf8(written(&ruling()).0).expect("UTF-8");
    for (right, wrong) in [
        ("outcome=\"OUTCOME_DECISION_ANNULLED\"", "outcome=\"WON\""),
        ("agreement=\"AGREEMENT_MAJORITY\"", "agreement=\"2-1\""),
        ("final=\"true\"", "final=\"perhaps\""),
        ("date=\"2025-11-16\"", "date=\"16/11/2025\""),
        ("barid:due=\"2025-12-07\"", "barid:due=\"soon\""),
        ("<num>1</num>", "<num>one</num>"),
    ] {
        assert!(xml.contains(right), "{right}");
        let (_, problems) = helper::read(xml.replace(right, wrong).as_bytes());
        let codes: Vec<&str> = problems.iter().map(|problem| problem.code.as_str()).collect();
        assert_eq!(codes, ["fact-unreadable"], "{wrong}");
    }
}

/// Validates against the official schema, as the OASIS specification publishes it.
fn assert_valid(what: &str, documents: &[(String, Vec<u8>)]) {
    let Some(schema) = helper::sample("1-akn/schema") else { return };
    if Command::new("xmllint").arg("--version").output().is_err() {
        println!("skipped: xmllint is not installed (Debian package libxml2-utils)");
        return;
    }
    let folder: PathBuf =
        std::env::temp_dir().join(format!("barid-akn-{what}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder of our own");
    for name in ["akomantoso30.xsd", "xml.xsd"] {
        let text = std::fs::read_to_string(schema.join(name)).expect("the schema");
        // The schema must find its neighbour on this disk, not on the network.
        let text = text.replace("schemaLocation=\"./xml.xsd\"", "schemaLocation=\"xml.xsd\"");
        std::fs::write(folder.join(name), text).expect("a folder of our own");
    }
    let mut checking = Command::new("xmllint");
    checking.args(["--nonet", "--noout", "--schema"]).arg(folder.join("akomantoso30.xsd"));
    for (name, bytes) in documents {
        let path = folder.join(name);
        std::fs::write(&path, bytes).expect("a folder of our own");
        checking.arg(path);
    }
    let checked = checking.output().expect("xmllint runs");
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
}

#[test]
fn what_is_written_is_valid_against_the_official_schema() {
    let mut documents = vec![("full.xml".to_owned(), written(&ruling()).0)];
    let bare = RulingIssued {
        ruling: Some(ActReference {
            date: Some(CivilDate { year: 2025, month: 12, day: 4 }),
            ..ActReference::default()
        }),
        ..RulingIssued::default()
    };
    let bare = Paper { ruling: bare, facts: Vec::new() };
    documents.push(("bare.xml".to_owned(), written(&bare).0));
    assert_valid("rulings", &documents);
}

/// Every published judgment goes through: what is read of it is written, is valid, and is read
/// again as the same text.
#[test]
fn the_text_of_every_published_judgment_survives_and_is_valid() {
    let Some(folder) = helper::sample("1-akn") else { return };
    let mut documents = Vec::new();
    let mut undated = Vec::new();
    for folder in ["judgments", "oasis-examples", "enriched-pairs"].map(|name| folder.join(name)) {
        for path in barid_trial::files(&folder) {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let (paper, _) = helper::read(&std::fs::read(&path).expect("a sample"));
            let paper = paper.expect("a judgment");
            let (bytes, problems) = written(&paper);
            let codes: Vec<&str> = problems.iter().map(|problem| problem.code.as_str()).collect();
            if paper.ruling.judgment.as_ref().is_some_and(|judgment| judgment.date.is_none()) {
                assert_eq!(codes, ["ruling-without-day"], "{name}");
                undated.push(name);
                continue;
            }
            assert_eq!(codes, ["structure-not-carried"], "{name}");
            let facts = |paper: &Paper| paper.ruling.judgment.as_ref().map(text_of);
            assert_eq!(facts(&read(&bytes)), facts(&paper), "{name}");
            documents.push((name, bytes));
        }
    }
    assert_eq!(documents.len() + undated.len(), 37, "{undated:?} say no day");
    assert!(documents.len() > 30, "{undated:?} say no day");
    assert_valid("judgments", &documents);
}

fn text_of(judgment: &Judgment) -> (String, String, Vec<String>) {
    (judgment.body_text.clone(), judgment.title.clone(), judgment.parties.clone())
}

proptest! {
    #[test]
    fn any_text_comes_back_as_it_was(
        reasons in "[\\t\\n\\r -~\u{600}-\u{6FF}\u{1F600}]{1,60}",
        literal in "[\\t\\n\\r -~\u{600}-\u{6FF}]{1,30}",
    ) {
        let mut paper = ruling();
        paper.ruling.reasons = text(&reasons, &literal);
        paper.ruling.docket_numbers[0].literal.clone_from(&literal);
        paper.ruling.outcome_literal = literal;
        let (bytes, problems) = written(&paper);
        prop_assert_eq!(problems, []);
        let mut after = read(&bytes);
        after.ruling.judgment = None;
        prop_assert_eq!(after, paper);
    }
}
