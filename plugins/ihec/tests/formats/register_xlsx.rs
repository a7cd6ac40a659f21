//! Registers as workbooks: what spreadsheets really hold.

use std::io::{Cursor, Write};

use crate::asking::{codes, decode, encode, places, register};
use crate::books::{book, texts};
use barid_plugin::v1::filing_content::Content;
use barid_plugin::v1::{CivilDate, Outcome};
use rust_xlsxwriter::{ExcelDateTime, Format};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const XLSX: &str = "ihec/register+xlsx";

#[test]
fn an_offices_workbook_is_read_with_every_doubt() {
    let input = book(|book| {
        let plain = Format::new();
        let days = Format::new().set_num_format("yyyy/mm/dd");
        let sheet = book.add_worksheet().set_name("الطعون")?.set_right_to_left(true);
        sheet.merge_range(0, 0, 0, 5, "سجل الطعون", &plain)?;
        texts(
            sheet,
            2,
            &["رقــم الطعن", "الطاعن", "تاريخ التقديم", "رقم القرار", "النتيجة", "لون"],
        )?;
        texts(sheet, 3, &["BAS-2025/٠١", "حسن علي محمد المثال"])?;
        sheet.write_datetime_with_format(3, 2, ExcelDateTime::from_ymd(2025, 11, 23)?, &days)?;
        sheet.merge_range(3, 3, 5, 3, "214", &plain)?;
        sheet.write_string(3, 4, "رد الطعن")?;
        sheet.write_number(4, 0, 12_345_678_901_234_567.0)?;
        sheet.write_string(4, 2, "7/11/2025")?;
        sheet.write_string(4, 5, "=1+1")?;
        sheet.write_number(5, 0, 42.0)?;
        sheet.write_number(5, 2, 45_977.0)?;
        sheet.write_datetime_with_format(6, 0, ExcelDateTime::from_ymd(2025, 4, 3)?, &days)?;
        let hidden = book.add_worksheet().set_name("قديم")?.set_hidden(true);
        hidden.write_string(0, 0, "رقم الطعن")?;
        book.add_worksheet().set_name("Sheet3")?;
        book.add_worksheet().set_name("هواتف")?.write_string(0, 0, "الاسم")?;
        Ok(())
    });
    let reply = decode(XLSX, &input);
    assert_eq!(
        places(&reply.problems),
        [
            "sheet-hidden @ قديم!0",
            "sheet-not-read @ هواتف!0",
            "column-unknown @ الطعون!F3",
            "digits-mixed @ الطعون!A4",
            "number-imprecise @ الطعون!A5",
            "date-ambiguous @ الطعون!C5",
            "cell-merged @ الطعون!D5",
            "formula-like @ الطعون!F5",
            "date-serial @ الطعون!C6",
            "number-became-date @ الطعون!A7",
        ]
    );
    let read = register(&reply).expect("a register");
    assert_eq!(read.name, "سجل الطعون");
    let numbers: Vec<_> = read
        .rows
        .iter()
        .filter_map(|row| row.docket_numbers.first().map(|number| number.literal.as_str()))
        .collect();
    assert_eq!(numbers, ["BAS-2025/٠١", "12345678901234568", "42"]);
    let challenged: Vec<_> = read.rows.iter().map(|row| row.challenged.is_some()).collect();
    assert_eq!(challenged, [true, true, true, false]);
    assert_eq!(read.rows[0].outcome(), Outcome::Rejected);
    let filed = read.rows[0].date.clone().expect("a date");
    assert_eq!(filed.literal, "2025-11-23");
    assert_eq!(filed.candidates, [CivilDate { year: 2025, month: 11, day: 23 }]);
    assert_eq!(read.rows[1].cells[0].literal, "=1+1");
}

#[test]
fn several_sheets_are_one_register_that_keeps_their_names() {
    let input = book(|book| {
        for office in ["البصرة", "نينوى"] {
            let sheet = book.add_worksheet().set_name(office)?;
            texts(sheet, 0, &["رقم الطعن", "الطاعن"])?;
            texts(sheet, 1, &["1", "تحالف المثال"])?;
        }
        Ok(())
    });
    let reply = decode(XLSX, &input);
    assert_eq!(codes(&reply.problems), ["sheets-several", "sheets-several"]);
    let read = register(&reply).expect("a register");
    let sheets: Vec<_> = read.rows.iter().map(|row| row.cells[0].literal.as_str()).collect();
    assert_eq!(sheets, ["البصرة", "نينوى"]);
}

#[test]
fn empty_and_broken_workbooks_are_refused() {
    let empty = book(|book| book.add_worksheet().set_name("x").map(|_| ()));
    assert_eq!(codes(&decode(XLSX, &empty).problems), ["register-empty"]);
    let strange = book(|book| book.add_worksheet().write_string(0, 0, "x").map(|_| ()));
    assert_eq!(codes(&decode(XLSX, &strange).problems), ["headings-missing"]);
    for input in [b"".as_slice(), b"PK\x03\x04", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"]
    {
        assert_eq!(codes(&decode(XLSX, input).problems), ["not-a-workbook"], "{input:?}");
    }
}

#[test]
fn cells_far_apart_need_no_memory() {
    let input = book(|book| {
        let sheet = book.add_worksheet();
        texts(sheet, 0, &["رقم الطعن", "النتيجة"])?;
        sheet.write_string(1_048_575, 1, "رد")?;
        Ok(())
    });
    assert_eq!(places(&decode(XLSX, &input).problems), ["number-missing @ Sheet1!1048576"]);
    let input = book(|book| book.add_worksheet().write_string(0, 16_383, "z").map(|_| ()));
    assert_eq!(codes(&decode(XLSX, &input).problems), ["too-wide"]);
}

fn archive(parts: impl FnOnce(&mut ZipWriter<Cursor<Vec<u8>>>)) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    parts(&mut writer);
    writer.finish().expect("finished").into_inner()
}

fn packed() -> SimpleFileOptions {
    SimpleFileOptions::default()
}

#[test]
fn bombs_are_measured_not_opened() {
    let bomb = archive(|writer| {
        writer.start_file("xl/worksheets/sheet1.xml", packed()).expect("a part");
        writer.write_all(b"<worksheet>").expect("written");
        let megabyte = vec![b' '; 1 << 20];
        for _ in 0..65 {
            writer.write_all(&megabyte).expect("written");
        }
    });
    assert!(bomb.len() < 1 << 20, "a bomb is small");
    assert_eq!(codes(&decode(XLSX, &bomb).problems), ["too-large"]);

    // The same bomb, whose directory says that it unpacks to one byte: the parts are unpacked, and
    // do not agree with it.
    let mut liar = bomb.clone();
    let directory = liar.windows(4).position(|at| at == b"PK\x01\x02").expect("a directory");
    liar[directory + 24..directory + 28].copy_from_slice(&1_u32.to_le_bytes());
    assert_eq!(codes(&decode(XLSX, &liar).problems), ["not-a-workbook"]);

    let many = archive(|writer| {
        for part in 0..1_001 {
            writer.start_file(format!("{part}"), packed()).expect("a part");
        }
    });
    assert_eq!(codes(&decode(XLSX, &many).problems), ["too-large"]);

    // One long text, named by many cells.
    let echo = book(|book| {
        let (sheet, long) = (book.add_worksheet(), "z".repeat(32_767));
        (0..1_100).try_for_each(|row| sheet.write_string(row, 0, &long).map(|_| ()))
    });
    assert!(echo.len() < 1 << 17, "small, too");
    assert_eq!(codes(&decode(XLSX, &echo).problems), ["too-large"]);
}

#[test]
fn a_register_becomes_the_same_bytes_and_reads_back() {
    let text = "appeal no.,appellant,date,papers,notes\n0042,\u{200E}ali,23/11/2025,3,-\n";
    let read = register(&decode("ihec/register+csv", text.as_bytes())).expect("a register");
    let [one, two] = [(); 2].map(|()| encode(XLSX, Content::RegisterStatement(read.clone())));
    assert_eq!(one.output, two.output);
    assert_eq!(codes(&one.problems), [""; 0]);
    assert_eq!(register(&decode(XLSX, &one.output)), Some(read), "zeros in front stay");
}
