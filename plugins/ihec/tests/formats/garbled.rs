//! Text that was damaged before it came: what happened is named, in which cells, and how to export
//! again; nothing is mended in silence.

use std::fs;
use std::path::{Path, PathBuf};

use crate::asking::{codes, decode, places, register};
use crate::books::{book, texts};
use barid_plugin::v1::Problem;
use encoding_rs::{Encoding, ISO_8859_6, MACINTOSH, WINDOWS_1250, WINDOWS_1252, WINDOWS_1256};

const CSV: &str = "ihec/register+csv";
const XLSX: &str = "ihec/register+xlsx";
const FORM: &str = "ihec/form-110+json";

fn samples() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples");
    folder.is_dir().then_some(folder)
}

/// What a problem says in English, and that it says how to mend it in Arabic too.
fn said(problem: &Problem) -> String {
    let remedy = format!("{:?}", problem.remedy);
    assert!(remedy.contains("UTF-8") && remedy.contains("\"ar\""), "{remedy}");
    let texts = problem.what.clone().unwrap_or_default().renderings;
    let english = texts.into_iter().find(|rendering| rendering.language == "en");
    english.map(|rendering| rendering.text).unwrap_or_default()
}

/// A register that is sound but for its third column.
fn with_notes(notes: &[String]) -> Vec<u8> {
    let rows: String =
        (1..).zip(notes).map(|(number, note)| format!("N-{number},\"{note}\"\n")).collect();
    format!("رقم الطعن,الملاحظات\n{rows}").into_bytes()
}

fn read_as(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// Sentences of Arabic and Kurdish from the samples.
fn sentences() -> Vec<String> {
    let Some(samples) = samples() else { return Vec::new() };
    let text = |path: &str| fs::read_to_string(samples.join(path)).expect("readable");
    let mut found = Vec::new();
    for path in
        ["5-arabic/iraq-constitution/articles-1-13.json", "5-arabic/iraq-cassation/principles.json"]
    {
        let value: serde_json::Value = serde_json::from_str(&text(path)).expect("JSON");
        collect(&value, &mut found);
    }
    for entry in fs::read_dir(samples.join("5-arabic/saudi-moj-judgments")).expect("samples") {
        let path = entry.expect("a sample").path();
        let text = fs::read_to_string(path).expect("UTF-8");
        collect(&serde_json::from_str(&text).expect("JSON"), &mut found);
    }
    let kurdish = text("5-arabic/udhr/ckb.html");
    found.extend(kurdish.split(['<', '>']).map(str::to_owned));
    let arabic = |text: &str| {
        text.chars().filter(|letter| ('\u{621}'..='\u{6D5}').contains(letter)).count() > 12
    };
    let clean = |text: &str| text.replace('"', " ").trim().to_owned();
    let sentences = found.iter().flat_map(|text| text.split(['.', '\r', '\n', '\\'])).map(clean);
    let long_enough = |text: &String| arabic(text) && text.len() < 2_000;
    let mut sentences: Vec<String> = sentences.filter(long_enough).collect();
    // Some of every sample.
    let step = (sentences.len() / 400).max(1);
    sentences = sentences.into_iter().step_by(step).collect();
    sentences
}

fn collect(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => found.push(text.clone()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        serde_json::Value::Object(fields) => fields.values().for_each(|item| collect(item, found)),
        _ => {}
    }
}

#[test]
fn real_texts_are_left_alone_and_their_damage_is_named() {
    let sentences = sentences();
    if sentences.is_empty() {
        println!("skipped: samples not present");
        return;
    }
    assert!(sentences.len() > 100, "only {}", sentences.len());
    let reply = decode(CSV, &with_notes(&sentences));
    let named: Vec<_> =
        codes(&reply.problems).into_iter().filter(|code| code.starts_with("text-")).collect();
    assert_eq!(named, [""; 0], "{:?}", reply.problems);

    type Mistake = (&'static str, fn(&str) -> Option<String>);
    let mistakes: [Mistake; 7] = [
        ("UTF-8 was read as windows-1252 by", |text| Some(read_as(WINDOWS_1252, text.as_bytes()))),
        ("UTF-8 was read as windows-1256 by", |text| Some(read_as(WINDOWS_1256, text.as_bytes()))),
        ("UTF-8 was read as windows-1250 by", |text| Some(read_as(WINDOWS_1250, text.as_bytes()))),
        ("UTF-8 was read as macintosh by", |text| Some(read_as(MACINTOSH, text.as_bytes()))),
        ("UTF-8 was read as ISO-8859-1 by", |text| Some(latin_1(text.as_bytes()))),
        ("UTF-8 was read as windows-1252 by mistake 2 times over", |text| {
            let once = read_as(WINDOWS_1252, text.as_bytes());
            Some(read_as(WINDOWS_1252, once.as_bytes()))
        }),
        ("windows-1256 was read as windows-1252 by", |text| {
            let (bytes, _, lost) = WINDOWS_1256.encode(text);
            (!lost).then(|| read_as(WINDOWS_1252, &bytes))
        }),
    ];
    for (expected, mistake) in mistakes {
        let damaged: Vec<String> = sentences
            .iter()
            .filter_map(|text| mistake(text))
            .map(|text| text.replace('"', "”"))
            .collect();
        assert!(damaged.len() > 50, "{expected}: only {}", damaged.len());
        let mut missed = 0;
        for chunk in damaged.chunks(50) {
            let reply = decode(CSV, &with_notes(chunk));
            let garbled: Vec<String> = reply
                .problems
                .iter()
                .filter(|problem| problem.code == "text-garbled")
                .map(said)
                .collect();
            let named = garbled.iter().any(|said| said.contains(expected));
            missed += usize::from(!named);
        }
        assert_eq!(missed, 0, "{expected}");
    }
}

/// The vectors that a library for repairing such text collected.
#[test]
fn collected_vectors_of_arabic_are_named() {
    let Some(samples) = samples() else {
        println!("skipped: samples not present");
        return;
    };
    let text = fs::read_to_string(samples.join("6-robustness/text/ftfy-test_cases.json"));
    let cases: serde_json::Value = serde_json::from_str(&text.expect("readable")).expect("JSON");
    let is_arabic =
        |text: &str| text.chars().any(|letter| ('\u{621}'..='\u{64A}').contains(&letter));
    let (mut arabic, mut others) = (0, 0);
    for case in cases.as_array().expect("cases") {
        let [original, fixed] =
            ["original", "fixed"].map(|name| case[name].as_str().unwrap_or_default());
        let reply = decode(CSV, &with_notes(&[original.replace('"', "”")]));
        let named = codes(&reply.problems).contains(&"text-garbled");
        if is_arabic(fixed) {
            assert!(named, "{original}: {:?}", codes(&reply.problems));
            arabic += 1;
        } else {
            assert!(!named, "{original}: not Arabic that was damaged, {:?}", reply.problems);
            others += 1;
        }
    }
    assert!(arabic >= 5 && others > 100, "{arabic} and {others}");
}

#[test]
fn bytes_of_arabic_code_pages_are_read_and_named() {
    let text = "رقم الطعن,الطاعن,النتيجة\nBAS-1,حسن علي محمد المثال,رد\n";
    let encoded = |encoding: &'static Encoding| encoding.encode(text).0.into_owned();
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, name) in [
        (encoded(WINDOWS_1256), "windows-1256"),
        (encoded(ISO_8859_6), "ISO-8859-6"),
        (utf_16, "UTF-16LE"),
    ] {
        let reply = decode(CSV, &bytes);
        assert_eq!(codes(&reply.problems), ["encoding-guessed"], "{name}");
        assert!(said(&reply.problems[0]).contains(name), "{name}");
        let read = register(&reply).expect("a register");
        assert_eq!(read.rows[0].person, "حسن علي محمد المثال", "{name}");
    }
}

#[test]
fn lost_letters_are_named_with_their_cells() {
    let text =
        "رقم الطعن,الطاعن,الملاحظات\n1,??? ??? ???? ??????,-\n2,ح\u{FFFD}سن,\u{FFFD}\n3,?,??\n";
    let reply = decode(CSV, text.as_bytes());
    let found: Vec<(&str, u32, String)> = reply
        .problems
        .iter()
        .filter(|problem| problem.code.starts_with("text-"))
        .map(|problem| {
            (problem.code.as_str(), problem.place.as_ref().map_or(0, |at| at.line), said(problem))
        })
        .collect();
    let [(first, first_line, where_first), (other, other_line, where_other)] = found.as_slice()
    else {
        panic!("{found:?}")
    };
    assert_eq!((*first, *first_line), ("text-replaced", 3));
    assert!(where_first.contains("B3, C3"), "{where_first}");
    assert_eq!((*other, *other_line), ("text-question-marks", 2));
    assert!(where_other.contains("B2"), "{where_other}");
    assert_eq!(register(&reply).expect("a register").rows[1].person, "ح\u{FFFD}سن", "as sent");
}

#[test]
fn headings_of_question_marks_say_why_they_are_not_found() {
    let reply = decode(CSV, "??? ?????,??????,???????\n1,???? ???,??\n".as_bytes());
    assert_eq!(codes(&reply.problems), ["text-question-marks", "headings-missing"]);
    let garbled = read_as(WINDOWS_1252, &WINDOWS_1256.encode("رقم الطعن,الطاعن\n").0);
    let reply = decode(CSV, garbled.as_bytes());
    assert_eq!(codes(&reply.problems), ["text-garbled", "headings-missing"]);
    assert!(said(&reply.problems[0]).contains("Where: \u{2068}A1, B1"), "{:?}", reply.problems);
}

#[test]
fn workbooks_and_forms_are_looked_at_too() {
    let garbled = read_as(WINDOWS_1252, "حسن علي محمد المثال".as_bytes());
    let input = book(|book| {
        let sheet = book.add_worksheet().set_name("الطعون")?;
        texts(sheet, 0, &["رقم الطعن", "الملاحظات"])?;
        texts(sheet, 1, &["1", &garbled])
    });
    let reply = decode(XLSX, &input);
    assert_eq!(places(&reply.problems), ["text-garbled @ الطعون!B2"]);

    let form = serde_json::json!({
        "complainant": { "full_name": garbled },
        "facts": { "ar": "???? ??? ???" },
        "relief": { "ar": "إزالة الملصقات" }
    });
    let reply = decode(FORM, form.to_string().as_bytes());
    let damage: Vec<(&str, String)> = reply
        .problems
        .iter()
        .filter(|problem| problem.code.starts_with("text-"))
        .map(|problem| {
            said(problem);
            (problem.code.as_str(), problem.place.clone().unwrap_or_default().path)
        })
        .collect();
    assert_eq!(
        damage,
        [
            ("text-garbled", "complainant.full_name".to_owned()),
            ("text-question-marks", "facts.ar".to_owned()),
        ]
    );
}
