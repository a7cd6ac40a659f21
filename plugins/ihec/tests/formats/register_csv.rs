//! Registers as CSV: what offices really send.

use crate::asking::{codes, decode, encode, has_error, places, register};
use barid_plugin::v1::filing_content::Content;
use barid_plugin::v1::{CivilDate, Outcome, RegisterStatement};

const CSV: &str = "ihec/register+csv";

fn read(text: &str) -> (RegisterStatement, Vec<String>) {
    let reply = decode(CSV, text.as_bytes());
    let read = register(&reply).expect("a register");
    (read, places(&reply.problems))
}

fn day(year: i32, month: i32, day: i32) -> CivilDate {
    CivilDate { year, month, day }
}

#[test]
fn everything_doubtful_in_a_row_is_named_at_once() {
    let (read, problems) = read(concat!(
        "رقم الطعن;تاريخ التقديم;تاريخ القرار;النتيجة;عدد الأوراق;لون الاستمارة;الملاحظات\n",
        "BAS-٠١2;7/11/2025;7/11/2025;انظر الكتاب;ثلاث;أحمر;=HYPERLINK(1)\n",
    ));
    assert_eq!(
        problems,
        [
            "column-unknown @ !لون الاستمارة",
            "digits-mixed @ !رقم الطعن",
            "date-ambiguous @ !تاريخ التقديم",
            "date-ambiguous @ !تاريخ القرار",
            "outcome-unknown @ !النتيجة",
            "papers-unread @ !عدد الأوراق",
            "formula-like @ !الملاحظات",
        ]
    );
    let [row] = read.rows.as_slice() else { panic!("one row") };
    assert_eq!(row.row, 2);
    let [number] = row.docket_numbers.as_slice() else { panic!("one number") };
    assert_eq!((number.literal.as_str(), number.normal.as_str()), ("BAS-٠١2", "bas-012"));
    let date = row.date.clone().expect("a date");
    assert_eq!(date.literal, "7/11/2025");
    assert_eq!(date.candidates, [day(2025, 11, 7), day(2025, 7, 11)]);
    assert_eq!(row.challenged, None, "an ambiguous day is not chosen");
    assert_eq!(
        (row.outcome(), row.outcome_literal.as_str()),
        (Outcome::Unspecified, "انظر الكتاب")
    );
    let kept: Vec<_> =
        row.cells.iter().map(|cell| (cell.heading.as_str(), cell.literal.as_str())).collect();
    assert_eq!(
        kept,
        [
            ("تاريخ القرار", "7/11/2025"),
            ("عدد الأوراق", "ثلاث"),
            ("لون الاستمارة", "أحمر"),
            ("الملاحظات", "=HYPERLINK(1)"),
        ]
    );
}

#[test]
fn kurdish_and_english_headings_below_a_title() {
    let (read, problems) = read(concat!(
        "تۆماری تانەکان\n",
        "تا ڕۆژی ٣٠/١١/٢٠٢٥\n",
        "\n",
        "ژمارەی تانە\tAppellant\tئەنجام\n",
        "HLR-1\tئازاد محەمەد عەلی نموونە\tڕەتکرایەوە\n",
    ));
    assert_eq!(problems, [""; 0]);
    assert_eq!(read.name, "تۆماری تانەکان");
    assert_eq!(read.as_of, Some(day(2025, 11, 30)));
    assert_eq!((read.rows[0].row, read.rows[0].outcome()), (5, Outcome::Rejected));
    assert_eq!(read.rows[0].person, "ئازاد محەمەد عەلی نموونە");
}

#[test]
fn rows_that_do_not_fit_are_kept_and_named() {
    let (read, problems) = read(concat!(
        "appeal no.,appellant,appellant,x,x\n",
        "1,a,b,c,d,e\n",
        "2,a\n",
        ",nobody,,,\n",
        "1,again,,,\n",
    ));
    assert_eq!(
        problems,
        [
            "heading-repeated @ !appellant",
            "column-unknown @ !x",
            "heading-repeated @ !x",
            "row-ragged @ !2",
            "row-ragged @ !3",
            "number-missing @ !4",
            "number-repeated @ !appeal no.",
            "name-not-four-part @ !appellant",
        ]
    );
    assert_eq!(read.rows.len(), 4);
    let kept: Vec<_> = read.rows[0].cells.iter().map(|cell| cell.literal.as_str()).collect();
    assert_eq!(kept, ["b", "c", "d", "e"]);
}

#[test]
fn damage_by_spreadsheets_is_named() {
    let (_, problems) = read("appeal no.,date\n1.23457E+16,45977\n");
    assert_eq!(problems, ["number-imprecise @ !appeal no.", "date-serial @ !date"]);
}

#[test]
fn turned_numbers_refuse_the_register_with_their_codepoint() {
    let reply = decode(CSV, "appeal no.\n1\u{202E}2\n3\u{200F}\n4\n".as_bytes());
    assert_eq!(reply.content, None);
    assert_eq!(codes(&reply.problems), ["bidi-control", "bidi-control"]);
    let errors = reply.problems.iter().filter(|problem| problem.code == "bidi-control");
    let words: Vec<String> = errors
        .filter_map(|problem| problem.what.clone())
        .map(|what| format!("{:?}", what.renderings))
        .collect();
    assert_eq!(words.len(), 2);
    assert!(words[0].contains("U+202E") && words[1].contains("U+200F"), "{words:?}");
}

#[test]
fn what_is_no_register_is_refused() {
    for (input, code) in [
        ("", "register-empty"),
        ("\n , ,\n", "register-empty"),
        ("a,b\n1,2\n", "headings-missing"),
        ("المحافظة,الاسم\nالبصرة,علي\n", "headings-missing"),
    ] {
        let reply = decode(CSV, input.as_bytes());
        assert_eq!((codes(&reply.problems), reply.content), (vec![code], None), "{input:?}");
    }
    assert_eq!(read("appeal no.,appellant\n").1, ["rows-none @ !1"]);
}

#[test]
fn garbled_text_is_named_before_its_headings_are_missed() {
    let garbled: String = "رقم الطعن,الطاعن\n".bytes().map(char::from).collect();
    let reply = decode(CSV, garbled.as_bytes());
    assert_eq!(codes(&reply.problems), ["text-garbled", "headings-missing"]);
}

#[test]
fn the_panels_published_register_is_read() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/samples/4-electoral/iraq/electoral-judicial-panel-register.csv");
    let Ok(input) = std::fs::read(path) else {
        println!("skipped: samples not present");
        return;
    };
    let reply = decode(CSV, &input);
    assert!(!has_error(&reply.problems), "{:?}", places(&reply.problems));
    let read = register(&reply).expect("a register");
    assert_eq!(read.rows.len(), 40);
    let first = &read.rows[0];
    assert_eq!(first.title, "1681/ الهيئة القضائية للانتخابات/ 2021 في 27/ 12/ 2021");
    assert_eq!(first.source_url, "https://www.sjc.iq/viewappeal.94/");
    assert_eq!((first.row, first.papers), (2, 1));
}

#[test]
fn written_registers_are_guarded_and_read_back() {
    let (mut read, _) = read(concat!(
        "appeal no.,appellant,date,decision date,outcome,notes,Colour\n",
        "=1,@a,23/11/2025,5/11/2025,rejected,+964,red\n",
        "'2,b,,16/11/2025,,\"two\nlines\",\n",
    ));
    read.name = "=سجل".to_owned();
    read.as_of = Some(day(2025, 11, 30));
    let written = encode(CSV, Content::RegisterStatement(read.clone()));
    let text = String::from_utf8(written.output.clone()).expect("UTF-8");
    assert!(text.starts_with('\u{FEFF}'), "spreadsheets need the byte order mark");
    for line in text.trim_start_matches('\u{FEFF}').lines() {
        for cell in line.split(',') {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{line}");
        }
    }
    let mut back = register(&decode(CSV, &written.output)).expect("a register");
    assert_eq!(back.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [4, 5]);
    for (row, number) in back.rows.iter_mut().zip([2, 3]) {
        row.row = number;
    }
    // What was kept goes back below our heading for it.
    for cell in read.rows.iter_mut().flat_map(|row| &mut row.cells) {
        cell.heading = cell.heading.replace("decision date", "تاريخ القرار");
    }
    assert_eq!(back.rows[1], read.rows[1]);
    assert_eq!(back, read);
}
