//! Workbooks as offices keep them: what is merged, hidden, filtered, added up, printed and
//! computed.

use crate::asking::{decode, places, register};
use crate::books::{Parts, book, cell, texts};
use barid_plugin::v1::RegisterStatement;
use rust_xlsxwriter::{Format, Formula};

const CSV: &str = "ihec/register+csv";
const XLSX: &str = "ihec/register+xlsx";

fn read(input: &[u8]) -> (RegisterStatement, Vec<String>) {
    let reply = decode(XLSX, input);
    (register(&reply).expect("a register"), places(&reply.problems))
}

/// The docket number of each row.
fn numbers(read: &RegisterStatement) -> Vec<&str> {
    let numbers = read.rows.iter().map(|row| match row.docket_numbers.as_slice() {
        [number] => number.literal.as_str(),
        _ => "not one",
    });
    numbers.collect()
}

#[test]
fn an_offices_name_merged_over_many_rows_is_that_of_all() {
    let input = book(|book| {
        let plain = Format::new();
        let sheet = book.add_worksheet().set_name("الطعون")?;
        texts(sheet, 0, &["المكتب", "رقم الطعن"])?;
        for row in 1..=6 {
            texts(sheet, row, &["", &format!("N-{row}")])?;
        }
        sheet.merge_range(1, 0, 3, 0, "البصرة", &plain)?;
        sheet.merge_range(4, 0, 6, 0, "نينوى", &plain)?;
        Ok(())
    });
    let (read, problems) = read(&input);
    assert_eq!(problems, ["cell-merged @ الطعون!A3", "cell-merged @ الطعون!A6"]);
    let offices: Vec<&str> = read.rows.iter().map(|row| row.cells[0].literal.as_str()).collect();
    assert_eq!(offices, ["البصرة", "البصرة", "البصرة", "نينوى", "نينوى", "نينوى"]);
}

#[test]
fn hidden_rows_and_columns_are_read_and_named() {
    let input = book(|book| {
        let sheet = book.add_worksheet().set_name("الطعون")?;
        texts(sheet, 0, &["رقم الطعن", "النتيجة", "الملاحظات"])?;
        for row in 1..=6 {
            texts(sheet, row, &[&format!("N-{row}"), "رد", "-"])?;
        }
        for row in [2, 3, 5, 40] {
            sheet.set_row_hidden(row)?;
        }
        sheet.set_column_hidden(2)?;
        sheet.set_column_hidden(9)?;
        Ok(())
    });
    let (read, problems) = read(&input);
    assert_eq!(problems, ["row-hidden @ الطعون!3", "column-hidden @ الطعون!C"]);
    assert_eq!(numbers(&read), ["N-1", "N-2", "N-3", "N-4", "N-5", "N-6"]);
    let reply = decode(XLSX, &input);
    let said = format!("{:?}", reply.problems[0].what);
    assert!(said.contains("3–4, 6"), "{said}");
    assert!(!said.contains("filter"), "{said}");
}

#[test]
fn filtered_rows_are_read_and_named_as_such() {
    let input = book(|book| {
        let sheet = book.add_worksheet().set_name("الطعون")?;
        texts(sheet, 0, &["رقم الطعن", "النتيجة"])?;
        texts(sheet, 1, &["N-1", "رد"])?;
        texts(sheet, 2, &["N-2", "قبول"])?;
        sheet.autofilter(0, 0, 2, 1)?;
        let only = rust_xlsxwriter::FilterCondition::new().add_list_filter("رد");
        sheet.filter_column(1, &only)?;
        Ok(())
    });
    let reply = decode(XLSX, &input);
    assert_eq!(places(&reply.problems), ["row-hidden @ الطعون!3"]);
    assert!(format!("{:?}", reply.problems[0].what).contains("by a filter"));
    assert_eq!(numbers(&register(&reply).expect("a register")), ["N-1", "N-2"]);
}

#[test]
fn totals_printed_headings_and_numbers_of_columns_are_no_matters() {
    let rows: [&[&str]; 13] = [
        &["سجل الطعون"],
        &["ت", "رقم الطعن", "عدد الأوراق", "النتيجة"],
        &["(1)", "(2)", "(3)", "(4)"],
        &["1", "N-1", "3", "رد"],
        &["سجل الطعون"],
        &["ت", "رقم الطعن", "عدد الأوراق", "النتيجة"],
        &["2", "N-2", "4", "رد"],
        &["مكتب نينوى"],
        &["3", "N-3", "5", "قبول"],
        &["المجمـوع", "", "١٢"],
        &["", "المجموع الكلي للطعون", "12"],
        &["الإجمالي: 3"],
        &["", "Total", "3"],
    ];
    let expected = [
        (3, "row-column-numbers"),
        (5, "row-headings-again"),
        (6, "row-headings-again"),
        (8, "row-section"),
        (10, "row-totals"),
        (11, "row-totals"),
        (12, "row-totals"),
        (13, "row-totals"),
    ];
    let book = book(|book| {
        let sheet = book.add_worksheet().set_name("الطعون")?;
        (0..).zip(rows).try_for_each(|(row, cells)| texts(sheet, row, cells))
    });
    let csv: String = rows
        .iter()
        .map(|cells| {
            let empty = [""; 4];
            let cells: Vec<&str> = cells.iter().chain(&empty).take(4).copied().collect();
            cells.join(";") + "\n"
        })
        .collect();
    for (format, input) in [(XLSX, book), (CSV, csv.into_bytes())] {
        let reply = decode(format, &input);
        let found: Vec<(u32, &str)> = reply
            .problems
            .iter()
            .map(|problem| (problem.place.as_ref().map_or(0, |at| at.row), problem.code.as_str()))
            .collect();
        assert_eq!(found, expected, "{format}");
        let read = register(&reply).expect("a register");
        assert_eq!(read.name, "سجل الطعون");
        assert_eq!(numbers(&read), ["N-1", "N-2", "N-3"], "{format}");
        let last = read.rows[2].cells.last().expect("a cell");
        assert_eq!((last.heading.as_str(), last.literal.as_str()), ("[section]", "مكتب نينوى"));
        let said = format!("{:?}", reply.problems);
        assert!(said.contains("المجموع الكلي للطعون | 12"), "what is left out is shown: {said}");
    }
}

/// A matter is no total because a word of its title says so.
#[test]
fn rows_that_only_look_like_totals_are_kept() {
    let text = concat!(
        "رقم الطعن,الموضوع,الطاعن\n",
        "1,مجموع الأصوات في المحطة 3,حسن علي محمد المثال\n",
        "المجموع-7,x,حسن علي محمد المثال\n",
        "2,total,\n",
    );
    let reply = decode(CSV, text.as_bytes());
    assert_eq!(places(&reply.problems), [""; 0]);
    assert_eq!(numbers(&register(&reply).expect("a register")), ["1", "المجموع-7", "2"]);

    let text = "عنوان الطعن,عدد الأوراق\nمجموع الأصوات في المحطة,2\nالمجموع,2\n";
    let reply = decode(CSV, text.as_bytes());
    assert_eq!(places(&reply.problems), ["row-totals @ !3"]);
    let read = register(&reply).expect("a register");
    let titles: Vec<&str> = read.rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["مجموع الأصوات في المحطة"]);
}

#[test]
fn formulas_are_read_as_last_computed() {
    let input = book(|book| {
        let sheet = book.add_worksheet().set_name("الطعون")?;
        texts(sheet, 0, &["رقم الطعن", "عدد الأوراق", "النتيجة"])?;
        sheet.write_formula(1, 0, Formula::new("=\"N-\"&1").set_result("N-1"))?;
        sheet.write_formula(1, 1, Formula::new("=1+2").set_result("3"))?;
        sheet.write_formula(2, 0, Formula::new("=A99").set_result("#REF!"))?;
        sheet.write_formula(2, 1, Formula::new("=1/0").set_result("#DIV/0!"))?;
        sheet.write_boolean(2, 2, true)?;
        Ok(())
    });
    let (read, problems) = read(&input);
    assert_eq!(
        problems,
        ["cell-error @ الطعون!A3", "cell-error @ الطعون!B3", "cell-boolean @ الطعون!C3",]
    );
    assert_eq!((read.rows[0].papers, read.rows[0].docket_numbers[0].literal.as_str()), (3, "N-1"));
    assert!(read.rows[1].docket_numbers.is_empty(), "an error is no number");
    let kept: Vec<&str> = read.rows[1].cells.iter().map(|cell| cell.literal.as_str()).collect();
    assert_eq!(kept, ["#REF!", "#DIV/0!", "TRUE"]);

    let reply = decode(CSV, "رقم الطعن,النتيجة\n#REF!,رد\n#N/A,رد\n1,#VALUE!\n".as_bytes());
    let codes: Vec<&str> = reply.problems.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes, ["cell-error"; 3]);
}

#[test]
fn formulas_without_a_result_are_named() {
    let rows = format!(
        "<row r=\"1\">{}{}</row><row r=\"2\">{}<c r=\"B2\"><f>A2&amp;1</f></c></row>\
         <row r=\"3\"><c r=\"A3\"><f>A2+1</f><v>215</v></c><c r=\"B3\"><f>A2</f></c></row>",
        cell("A1", "رقم الطعن"),
        cell("B1", "الملاحظات"),
        cell("A2", "214"),
    );
    let (read, problems) = read(&Parts::of_rows(&rows).pack());
    assert_eq!(problems, ["formula-uncomputed @ Sheet1!B2", "formula-uncomputed @ Sheet1!B3"]);
    assert_eq!(numbers(&read), ["214", "215"]);
    assert!(read.rows.iter().all(|row| row.cells.is_empty()));
}

#[test]
fn numbers_as_text_and_text_as_numbers_are_one() {
    let input = book(|book| {
        let sheet = book.add_worksheet().set_name("الطعون")?;
        texts(sheet, 0, &["رقم الطعن", "عدد الأوراق", "رقم القرار"])?;
        sheet.write_number(1, 0, 214)?.write_string(1, 1, "١٬٢٣٤")?.write_number(1, 2, 7)?;
        sheet.write_string(2, 0, "0215")?.write_number(2, 1, 12)?.write_string(2, 2, "٧")?;
        sheet.write_string(3, 0, "٢١ـ٦")?.write_string(3, 1, "١٢٫٠")?;
        sheet.write_number(4, 0, 2.5)?.write_number(4, 1, 2.5)?;
        Ok(())
    });
    let (read, problems) = read(&input);
    assert_eq!(problems, ["papers-unread @ الطعون!B5"]);
    assert_eq!(numbers(&read), ["214", "0215", "٢١ـ٦", "2.5"]);
    assert_eq!(read.rows[2].docket_numbers[0].normal, "216");
    let papers: Vec<u32> = read.rows.iter().map(|row| row.papers).collect();
    assert_eq!(papers, [1_234, 12, 12, 0]);
    assert_eq!(read.rows[1].challenged.as_ref().map(|act| act.number.as_str()), Some("٧"));
}

#[test]
fn zeros_that_are_only_shown_are_named() {
    let input = book(|book| {
        let zeros = Format::new().set_num_format("0000");
        let sheet = book.add_worksheet().set_name("الطعون")?;
        texts(sheet, 0, &["رقم الطعن", "عدد الأوراق"])?;
        sheet.write_number_with_format(1, 0, 42, &zeros)?;
        sheet.write_number_with_format(1, 1, 7, &zeros)?;
        sheet.write_number_with_format(2, 0, 12_345, &zeros)?;
        Ok(())
    });
    let reply = decode(XLSX, &input);
    assert_eq!(places(&reply.problems), ["number-shown-longer @ الطعون!A2"]);
    assert!(format!("{:?}", reply.problems[0].what).contains("shows 0042"));
    assert_eq!(numbers(&register(&reply).expect("a register")), ["42", "12345"]);
}

#[test]
fn several_hidden_and_strange_sheets_are_all_accounted_for() {
    let input = book(|book| {
        for office in ["البصرة", "نينوى"] {
            let sheet = book.add_worksheet().set_name(office)?;
            texts(sheet, 0, &["رقم الطعن", "الملاحظات"])?;
            texts(sheet, 1, &[&format!("{office}-1"), "-"])?;
            texts(sheet, 2, &["المجموع", "1"])?;
        }
        let hidden = book.add_worksheet().set_name("مسودة")?.set_hidden(true);
        texts(hidden, 0, &["رقم الطعن"])?;
        let very = book.add_worksheet().set_name("قوائم")?.set_very_hidden(true);
        texts(very, 0, &["رد"])?;
        book.add_worksheet().set_name("Sheet5")?;
        texts(book.add_worksheet().set_name("هواتف")?, 0, &["الاسم", "الهاتف"])?;
        Ok(())
    });
    let (read, problems) = read(&input);
    assert_eq!(
        problems,
        [
            "sheet-hidden @ مسودة!0",
            "sheet-hidden @ قوائم!0",
            "sheet-not-read @ هواتف!0",
            "row-totals @ البصرة!3",
            "sheets-several @ البصرة!0",
            "row-totals @ نينوى!3",
            "sheets-several @ نينوى!0",
        ]
    );
    assert_eq!(numbers(&read), ["البصرة-1", "نينوى-1"]);
}
