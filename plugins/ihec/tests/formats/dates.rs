//! Dates of several layouts in one column: all that they can mean is kept, and a reason is given.

use crate::asking::{decode, places, register};
use crate::books::{book, texts};
use barid_plugin::v1::{Problem, RegisterStatement};
use rust_xlsxwriter::{ExcelDateTime, Format};

const CSV: &str = "ihec/register+csv";
const XLSX: &str = "ihec/register+xlsx";

fn column(dates: &[&str]) -> (RegisterStatement, Vec<Problem>) {
    let rows: String =
        (1..).zip(dates).map(|(number, date)| format!("{number};\"{date}\"\n")).collect();
    let reply = decode(CSV, format!("رقم الطعن;تاريخ التقديم\n{rows}").as_bytes());
    (register(&reply).expect("a register"), reply.problems)
}

fn codes_by_row(problems: &[Problem]) -> Vec<(u32, &str)> {
    let row = |problem: &Problem| problem.place.as_ref().map_or(0, |place| place.row);
    problems.iter().map(|problem| (row(problem), problem.code.as_str())).collect()
}

fn said(problem: &Problem, language: &str) -> String {
    let texts = problem.what.clone().unwrap_or_default().renderings;
    let found = texts.into_iter().find(|rendering| rendering.language == language);
    found.map(|rendering| rendering.text).unwrap_or_default()
}

fn days(read: &RegisterStatement) -> Vec<Vec<String>> {
    let day = |date: &barid_plugin::v1::CivilDate| {
        format!("{}-{:02}-{:02}", date.year, date.month, date.day)
    };
    read.rows
        .iter()
        .map(|row| row.date.iter().flat_map(|date| date.candidates.iter().map(day)).collect())
        .collect()
}

#[test]
fn every_layout_of_one_column_is_read() {
    let (read, problems) = column(&[
        "16/11/2025",
        "2025-11-16",
        "16 تشرين الثاني 2025",
        "16 نوفمبر 2025",
        "١٦ی تشرینی دووەمی ٢٠٢٥",
        "Nov 16, 2025",
        "١٦ـ١١ـ٢٠٢٥",
        "۱۶/11/٢٠٢٥",
        "16 مايس 2025",
        "16/11/25",
        "45977",
        "25 جمادى الأولى 1447",
        "25 سەرماوەز 2725",
        "قريباً",
        "16/11/2025 الموافق 25/5/1447 هـ",
    ]);
    assert_eq!(
        codes_by_row(&problems),
        [
            (9, "digits-mixed"),
            (11, "date-ambiguous"),
            (12, "date-serial"),
            (13, "date-hijri"),
            (14, "date-kurdish"),
            (15, "date-unread"),
            (16, "date-hijri"),
        ]
    );
    let mut expected = vec![vec!["2025-11-16"]; 15];
    expected[8] = vec!["2025-05-16"];
    expected[9] = vec!["2025-11-16", "2016-11-25"];
    expected[10] = vec!["2025-11-16", "2029-11-17"];
    for nothing in [11, 12, 13] {
        expected[nothing] = vec![];
    }
    assert_eq!(days(&read), expected);
    let literals: Vec<&str> = read
        .rows
        .iter()
        .filter_map(|row| row.date.as_ref().map(|date| date.literal.as_str()))
        .collect();
    assert_eq!(literals[11], "25 جمادى الأولى 1447", "kept as written");
    assert_eq!(literals.len(), 15);
}

#[test]
fn the_rest_of_a_column_is_a_reason_and_no_choice() {
    let (read, problems) = column(&["7/11/2025", "16/11/2025", "23/11/2025"]);
    assert_eq!(codes_by_row(&problems), [(2, "date-ambiguous")]);
    assert_eq!(days(&read)[0], ["2025-11-07", "2025-07-11"], "both are kept");
    let en = said(&problems[0], "en");
    assert!(en.contains("(2) have the day first") && en.contains("not chosen"), "{en}");
    assert!(said(&problems[0], "ar").contains("تبدأ باليوم"));

    let (_, problems) = column(&["7/11/2025", "11/16/2025"]);
    let en = said(&problems[0], "en");
    assert!(en.contains("(1) have the month first"), "{en}");

    let (_, problems) = column(&["7/11/2025"]);
    assert!(said(&problems[0], "en").contains("No clear date"), "{problems:?}");

    let (_, problems) = column(&["7/11/2025", "11/16/2025", "16/11/2025"]);
    assert_eq!(codes_by_row(&problems), [(1, "dates-mixed"), (2, "date-ambiguous")]);
    assert!(said(&problems[1], "en").contains("day first (1)"), "{problems:?}");
}

#[test]
fn workbooks_count_days_from_1900_or_1904() {
    let rows = |first: &str| {
        format!(
            "<row r=\"1\">{}{}</row><row r=\"2\">{}<c r=\"B2\">{first}</c></row>",
            crate::books::cell("A1", "رقم الطعن"),
            crate::books::cell("B1", "تاريخ التقديم"),
            crate::books::cell("A2", "214"),
        )
    };
    let mut parts = crate::books::Parts::of_rows(&rows("<v>45977</v>"));
    let reply = decode(XLSX, &parts.pack());
    assert_eq!(places(&reply.problems), ["date-serial @ Sheet1!B2"]);
    assert_eq!(days(&register(&reply).expect("a register")), [["2025-11-16"]]);

    parts.workbook = parts.workbook.replace("<workbookPr/>", "<workbookPr date1904=\"1\"/>");
    let reply = decode(XLSX, &parts.pack());
    assert_eq!(places(&reply.problems), ["date-serial @ Sheet1!B2"]);
    assert_eq!(days(&register(&reply).expect("a register")), [["2029-11-17"]]);
}

#[test]
fn days_that_a_workbook_knows_are_counted_as_it_counts() {
    let format = Format::new().set_num_format("dd/mm/yyyy");
    let input = book(|book| {
        let sheet = book.add_worksheet().set_name("الطعون")?;
        texts(sheet, 0, &["رقم الطعن", "تاريخ التقديم"])?;
        texts(sheet, 1, &["1"])?;
        sheet.write_number_with_format(1, 1, 45_977, &format)?;
        Ok(())
    });
    let from_1904 = crate::books::patched(&input, "xl/workbook.xml", |text| {
        assert!(text.contains("<workbookPr "));
        text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ").into_bytes()
    });
    for (input, day) in [(input, "2025-11-16"), (from_1904, "2029-11-17")] {
        let reply = decode(XLSX, &input);
        assert_eq!(places(&reply.problems), [""; 0]);
        assert_eq!(days(&register(&reply).expect("a register")), [[day]]);
    }
}

#[test]
fn days_that_a_spreadsheet_has_perhaps_swapped_are_named() {
    let input = book(|book| {
        let format = Format::new().set_num_format("yyyy/mm/dd");
        let sheet = book.add_worksheet().set_name("الطعون")?;
        texts(sheet, 0, &["رقم الطعن", "تاريخ التقديم"])?;
        texts(sheet, 1, &["1", "16/11/2025"])?;
        texts(sheet, 2, &["2"])?;
        // Typed as 7/11/2025, on a computer that takes the month for the first.
        sheet.write_datetime_with_format(2, 1, ExcelDateTime::from_ymd(2025, 7, 11)?, &format)?;
        Ok(())
    });
    let reply = decode(XLSX, &input);
    assert_eq!(places(&reply.problems), ["dates-half-converted @ الطعون!B1"]);
    assert!(said(&reply.problems[0], "en").contains("rows 3"), "{:?}", reply.problems);
}

#[test]
fn docket_numbers_that_became_dates_are_named_and_do_not_count() {
    let input = book(|book| {
        let format = Format::new().set_num_format("mmm-yy");
        let sheet = book.add_worksheet().set_name("الطعون")?;
        texts(sheet, 0, &["رقم الطعن", "رقم القرار"])?;
        sheet.write_datetime_with_format(1, 0, ExcelDateTime::from_ymd(2025, 12, 1)?, &format)?;
        texts(sheet, 2, &["BAS-2"])?;
        sheet.write_datetime_with_format(2, 1, ExcelDateTime::from_ymd(2025, 4, 3)?, &format)?;
        Ok(())
    });
    let reply = decode(XLSX, &input);
    assert_eq!(
        places(&reply.problems),
        ["number-became-date @ الطعون!A2", "number-became-date @ الطعون!B3"]
    );
    let en = said(&reply.problems[0], "en");
    assert!(en.contains("12/2025"), "what was typed is guessed: {en}");
    let read = register(&reply).expect("a register");
    assert!(read.rows[0].docket_numbers.is_empty(), "no number is made of a date");
    assert_eq!(read.rows[0].cells[0].literal, "2025-12-01");
    assert_eq!(read.rows[1].challenged, None);

    let reply = decode(CSV, "رقم الطعن,الملاحظات\nDec-25,-\n٠١-ديسمبر,-\n12/2025,-\n".as_bytes());
    assert_eq!(
        places(&reply.problems),
        ["number-became-date @ !رقم الطعن", "number-became-date @ !رقم الطعن"]
    );
    let read = register(&reply).expect("a register");
    let counts: Vec<usize> = read.rows.iter().map(|row| row.docket_numbers.len()).collect();
    assert_eq!(counts, [0, 0, 1]);
}
