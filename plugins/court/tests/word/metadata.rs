//! What the register says goes into the ruling as it is, and what it does not say stays absent.

use std::path::Path;

use barid_json_reading::terms::write_day;
use barid_plugin::v1::Outcome;
use barid_trial::sample;
use serde_json::Value;

use crate::archive::{TABLE, codes, decode, docx, filed, p, ruling, zip};

/// Values of a name among the metadata that the publisher's own import made of a row.
fn imported(expected: &Value, name: &str) -> Vec<Value> {
    let fields = expected.pointer("/parameters/PARSER/metadata_fields").and_then(Value::as_array);
    let named =
        fields.into_iter().flatten().filter(|field| field.get("name") == Some(&name.into()));
    named.filter_map(|field| field.get("value").cloned()).collect()
}

fn strings(values: &[Value]) -> Vec<&str> {
    values.iter().filter_map(Value::as_str).collect()
}

/// Citations differ by leading zeros only.
fn without_zeros(citation: &str) -> String {
    citation.split(' ').map(|word| word.trim_start_matches('0')).collect::<Vec<_>>().join(" ")
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).expect("a sample")
}

#[test]
fn rows_of_a_bulk_import_say_what_the_publisher_read_in_them() {
    let Some(folder) = sample("1-akn/bulk-intake") else { return };
    let word = docx(&p("A ruling."));
    for (name, file_name) in
        [("Doc", "2002-010.doc.docx"), ("DocxWithNcn", "original, document, name.docx")]
    {
        let table = read(&folder, &format!("{name}.court_metadata.csv"));
        let reply = decode(&zip(&[(file_name, &word), ("court_metadata.csv", &table)]));
        let ruling = ruling(&reply);
        let expected = read(&folder, &format!("{name}.expected.json"));
        let expected: Value = serde_json::from_slice(&expected).expect("JSON");
        let parser = &expected["parameters"]["PARSER"];
        let judgment = ruling.judgment.expect("a judgment");
        assert_eq!(judgment.court_code, parser["court"], "{name}");
        let day = judgment.date.as_ref().map(write_day);
        assert_eq!(day.as_deref(), parser["date"].as_str(), "{name}");
        let cite = parser["cite"].as_str().unwrap_or_default();
        assert_eq!(without_zeros(&ruling.neutral_citation), cite, "{name}");
        let numbers: Vec<&str> =
            ruling.docket_numbers.iter().map(|number| number.literal.as_str()).collect();
        assert_eq!(numbers, strings(&imported(&expected, "case_number")), "{name}");
        let parties = imported(&expected, "party");
        let parties: Vec<&str> =
            parties.iter().filter_map(|party| party["name"].as_str()).collect();
        assert_eq!(judgment.parties, parties, "{name}");
        if !judgment.title.is_empty() {
            assert_eq!(judgment.title, parser["name"], "{name}");
        }
        assert_eq!(codes(&reply), ["ruling-incomplete"], "{name}: a bulk row names no judge");
    }
}

#[test]
fn a_row_is_read_with_and_without_citation_and_an_empty_register_is_refused() {
    let Some(folder) = sample("1-akn/bulk-intake") else { return };
    let word = docx(&p("A ruling."));
    let table = read(&folder, "DocxWithoutNcn.court_metadata.csv");
    let reply = decode(&zip(&[("D 2011 306 Sultan  Others.docx", &word), ("m.csv", &table)]));
    let ruling = ruling(&reply);
    assert_eq!(ruling.docket_numbers[0].literal, "2011/306");
    assert_eq!(ruling.docket_numbers[0].normal, "", "the court's own way of numbering");
    assert_eq!(ruling.neutral_citation, "");
    assert_eq!(codes(&reply), ["ruling-incomplete"]);
    let table = read(&folder, "EmptyCsv.court_metadata.csv");
    let reply = decode(&zip(&[("x.docx", &word), ("m.csv", &table)]));
    assert_eq!(codes(&reply), ["register-empty"]);
}

#[test]
fn everything_that_a_row_can_say_is_taken_over() {
    let reply = filed(&docx(&p("A ruling.")), TABLE);
    assert_eq!(reply.problems, []);
    let ruling = ruling(&reply);
    let act = ruling.ruling.clone().unwrap_or_default();
    assert_eq!((act.institution.as_str(), act.number.as_str()), ("court", ""));
    assert_eq!(act.date.as_ref().map(write_day).as_deref(), Some("2025-12-04"));
    assert_eq!(ruling.docket_numbers[0].literal, "7/2025");
    assert_eq!(ruling.docket_numbers[0].institution, "court");
    let judges: Vec<&str> = ruling.judges.iter().map(|judge| judge.name.as_str()).collect();
    assert_eq!(judges, ["C", "D"]);
    assert_eq!(
        (ruling.outcome(), ruling.outcome_literal.as_str()),
        (Outcome::Rejected, "rejected")
    );
    let judgment = ruling.judgment.expect("a judgment");
    assert_eq!(judgment.parties, ["A", "B"]);
    assert_eq!((judgment.court_code.as_str(), judgment.title.as_str()), ("High Court", ""));
}

#[test]
fn a_register_in_arabic_is_read_and_a_court_s_own_word_is_not_translated() {
    let table = "المحكمة,تاريخ القرار,رقم القرار,رقم الدعوى,المدعي,المدعى عليه,القضاة,النتيجة\n\
        محكمة,٢٠٢٥/١٢/٤,٩,٦١٢/هيئة/٢٠٢٥,أ,ب,ج؛ د,رد الطعن\n";
    let reply = filed(&docx(&p("قرار")), table);
    assert_eq!(reply.problems, []);
    let ruling = ruling(&reply);
    assert_eq!(ruling.outcome(), Outcome::Unspecified);
    assert_eq!(ruling.outcome_literal, "رد الطعن");
    assert_eq!(ruling.docket_numbers[0].literal, "٦١٢/هيئة/٢٠٢٥");
    assert_eq!(ruling.judges.len(), 2);
    assert_eq!(
        ruling.ruling.and_then(|act| act.date).as_ref().map(write_day).as_deref(),
        Some("2025-12-04")
    );
}

#[test]
fn of_several_rows_the_one_that_names_the_file_counts() {
    let table = TABLE.to_owned() + "Other Court,2025-12-05,8/2025,,A,B,,,other.docx\n";
    let reply = filed(&docx(&p("A ruling.")), &table);
    assert_eq!(ruling(&reply).docket_numbers[0].literal, "7/2025");
    let none = table.replace("ruling.docx", "third.docx");
    assert_eq!(codes(&filed(&docx(&p("A ruling.")), &none)), ["row-missing"]);
    let twice = table.replace("other.docx", "folder\\RULING.docx");
    assert_eq!(codes(&filed(&docx(&p("A ruling.")), &twice)), ["row-twice"]);
    let only = TABLE.replace("ruling.docx", "other.docx");
    assert_eq!(codes(&filed(&docx(&p("A ruling.")), &only)), ["path-differs"]);
}

#[test]
fn a_day_that_is_none_or_two_is_left_out_and_said() {
    for (written, code) in
        [("4/12/2025", "date-ambiguous"), ("31/2/2025", "date-unreadable"), ("", "date-missing")]
    {
        let reply = filed(&docx(&p("A ruling.")), &TABLE.replace("2025-12-04", written));
        assert_eq!(codes(&reply), [code], "{written}");
        assert_eq!(ruling(&reply).ruling.and_then(|act| act.date), None, "{written}");
    }
    let two = filed(&docx(&p("A ruling.")), &TABLE.replace("2025-12-04", "4/12/2025"));
    let mut worded = two.problems[0].what.iter().flat_map(|what| &what.renderings);
    let told = &worded.find(|one| one.language == "en").expect("a wording").text;
    assert!(told.contains("2025-04-12, 2025-12-04"), "{told}");
}

/// The example that integrators read.
#[test]
fn the_example_says_what_its_word_file_and_its_row_say() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/ruling.zip");
    let reply = decode(&std::fs::read(example).expect("the example"));
    assert_eq!(reply.problems, []);
    let ruling = ruling(&reply);
    assert_eq!(ruling.outcome_literal, "رد الطعن");
    let body = ruling.judgment.expect("a judgment").body_text;
    let whole =
        "باسم الشعب 1. رد الطعن شكلاً 2. تصديق القرار المطعون فيه المحطة 02 وأفهم علناً المادة 20";
    assert_eq!(body, whole);
}
