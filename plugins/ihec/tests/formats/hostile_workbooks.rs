//! Workbooks that are something else, or made to do harm: each is refused by its name, soon and in
//! little memory, or read without following where it leads.

use std::time::{Duration, Instant};

use crate::asking::{codes, decode, places, register};
use crate::books::{Parts, archive, book, cell, smallest, texts};

const CSV: &str = "ihec/register+csv";
const XLSX: &str = "ihec/register+xlsx";

/// Far more than any of these takes in a debug build on a busy machine.
const SOON: Duration = Duration::from_secs(30);

fn refused(input: &[u8]) -> Vec<String> {
    let begun = Instant::now();
    let reply = decode(XLSX, input);
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert_eq!(reply.content, None);
    for problem in &reply.problems {
        let said = format!("{:?}{:?}", problem.what, problem.remedy);
        assert!(
            said.matches("\"ar\"").count() == 2 && said.matches("\"en\"").count() == 2,
            "{said}"
        );
    }
    codes(&reply.problems).into_iter().map(str::to_owned).collect()
}

#[test]
fn a_workbook_made_by_hand_is_read() {
    let reply = decode(XLSX, &Parts::of_rows(&smallest()).pack());
    assert_eq!(codes(&reply.problems), [""; 0]);
    assert_eq!(register(&reply).expect("a register").rows[0].docket_numbers[0].literal, "214");
}

#[test]
fn what_is_no_workbook_of_today_is_refused_by_its_name() {
    let ole = |stream: &str| {
        let mut container = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        container.resize(512, 0);
        let mut name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        name.resize(512, 0);
        container.extend(name);
        container
    };
    let ods = archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", b"<office:document-content/>"),
    ]);
    let docx = archive(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]);
    let xlsb = archive(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.bin", b"\x83\x01\0")]);
    let xml = b"<?xml version=\"1.0\"?>\n<Workbook \
     xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>";
    for (input, code) in [
        (ole("EncryptedPackage"), "password-protected"),
        (ole("Workbook"), "workbook-legacy"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00".to_vec(), "workbook-legacy"),
        (ods, "workbook-open-document"),
        (docx, "text-document"),
        (xlsb, "workbook-binary"),
        (xml.to_vec(), "workbook-xml-2003"),
        (b"<html><table><tr><td>1</td></tr></table></html>".to_vec(), "web-page"),
        (b"%PDF-1.7\n".to_vec(), "pdf"),
        ("رقم الطعن\n214\n".as_bytes().to_vec(), "not-a-workbook"),
    ] {
        assert_eq!(refused(&input), [code]);
    }
}

#[test]
fn what_is_no_csv_is_refused_by_its_name() {
    let workbook = Parts::of_rows(&smallest()).pack();
    for (input, code) in [
        (workbook.as_slice(), "csv-is-workbook"),
        (b"%PDF-1.7\n", "pdf"),
        (b"<html><table>", "web-page"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "workbook-legacy"),
    ] {
        let reply = decode(CSV, input);
        assert_eq!((codes(&reply.problems), reply.content), (vec![code], None));
    }
}

#[test]
fn macros_are_refused_wherever_they_hide() {
    for (name, bytes) in [
        ("xl/vbaProject.bin", b"x".as_slice()),
        ("xl/VBAPROJECT.BIN", b"x"),
        ("xl/macrosheets/sheet1.xml", b"<macrosheet/>"),
    ] {
        let mut parts = Parts::of_rows(&smallest());
        parts.more.push((name.to_owned(), bytes.to_vec()));
        assert_eq!(refused(&parts.pack()), ["workbook-macros"], "{name}");
    }
    let types = b"<Types><Override \
     ContentType=\"application/vnd.ms-excel.sheet.macroEnabled.main+xml\"/></Types>";
    let said = archive(&[("[Content_Types].xml", types), ("xl/workbook.xml", b"<workbook/>")]);
    assert_eq!(refused(&said), ["workbook-macros"]);
}

#[test]
fn links_to_other_workbooks_are_named_and_not_followed() {
    let mut parts = Parts::of_rows(&smallest());
    let link = b"<externalLink><externalBook r:id=\"rId1\"/></externalLink>";
    parts.more.push(("xl/externalLinks/externalLink1.xml".to_owned(), link.to_vec()));
    let reply = decode(XLSX, &parts.pack());
    assert_eq!(codes(&reply.problems), ["workbook-external-links"]);
    assert!(register(&reply).is_some());
}

#[test]
fn names_of_parts_that_lead_out_or_stand_twice_are_refused() {
    for name in
        ["../../etc/passwd", "xl/../../x", "/etc/passwd", "..\\..\\x", "C:\\x", "\\\\host\\x"]
    {
        let mut parts = Parts::of_rows(&smallest());
        parts.more.push((name.to_owned(), b"x".to_vec()));
        assert_eq!(refused(&parts.pack()), ["workbook-part-name"], "{name}");
    }
    // Workbook programs do not look at the case of letters.
    let mut parts = Parts::of_rows(&smallest());
    let other = parts.sheet.replace("214", "215").into_bytes();
    parts.more.push(("xl/worksheets/SHEET1.xml".to_owned(), other.clone()));
    assert_eq!(refused(&parts.pack()), ["workbook-part-twice"]);
    // Two workbooks in one: which of them a program shows cannot be known.
    let mut parts = Parts::of_rows(&smallest());
    parts.more.push(("aa/workbook.xml".to_owned(), parts.workbook.clone().into_bytes()));
    assert_eq!(refused(&parts.pack()), ["not-a-workbook"]);
    // The very same name: no library writes it, so a name of the same length is patched.
    let mut parts = Parts::of_rows(&smallest());
    parts.more.push((String::new(), other));
    parts.more[0].0 = "xl/worksheets/sheetX.xml".to_owned();
    let mut packed = parts.pack();
    while let Some(at) = packed.windows(24).position(|name| name == b"xl/worksheets/sheetX.xml") {
        packed[at + 19] = b'1';
    }
    assert_eq!(refused(&packed), ["workbook-part-twice"]);
}

#[test]
fn document_types_and_entities_are_refused_in_every_part() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
    let outside = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>";
    for declaration in [bomb, outside] {
        for part in ["sheet", "strings", "workbook"] {
            let mut parts = Parts::of_rows(&smallest());
            let text = match part {
                "sheet" => &mut parts.sheet,
                "strings" => &mut parts.strings,
                _ => &mut parts.workbook,
            };
            *text = text.replacen("?>", &format!("?>{declaration}"), 1);
            assert_eq!(refused(&parts.pack()), ["workbook-doctype"], "{part}");
        }
    }
    // In another encoding the same declaration has other bytes; no workbook has one.
    let packed = Parts::of_rows(&smallest()).pack();
    let wide = crate::books::patched(&packed, "xl/worksheets/sheet1.xml", |text| {
        let text = text.replacen("?>", &format!("?>{bomb}"), 1).replace("UTF-8", "UTF-16");
        format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
    });
    assert_eq!(refused(&wide), ["not-a-workbook"]);
    // Without declaration an entity of one's own means nothing.
    let parts = Parts::of_rows(&smallest().replace("214", "2&a;14"));
    assert_eq!(refused(&parts.pack()), ["not-a-workbook"]);
}

#[test]
fn announced_sizes_reserve_nothing() {
    for count in
        ["4294967295", "18446744073709551615", "99999999999999999999999", "-1", " 2000000 "]
    {
        let mut parts = Parts::of_rows(&smallest());
        parts.strings =
            parts.strings.replace("uniqueCount=\"0\"", &format!("uniqueCount='{count}'"));
        assert_eq!(refused(&parts.pack()), ["too-large"], "{count}");
    }
    let padded = format!("?><!--{}-->", " ".repeat(70_000));
    let mut parts = Parts::of_rows(&smallest());
    parts.strings = parts
        .strings
        .replacen("?>", &padded, 1)
        .replace("uniqueCount=\"0\"", "uniqueCount=\"4294967295\"");
    assert_eq!(refused(&parts.pack()), ["not-a-workbook"], "behind a long comment");

    // Declared rows and columns are nothing but words.
    let mut parts = Parts::of_rows(&smallest());
    parts.sheet =
        parts.sheet.replace("<sheetData>", "<dimension ref=\"A1:XFD1048576\"/><sheetData>");
    assert_eq!(codes(&decode(XLSX, &parts.pack()).problems), [""; 0]);
}

#[test]
fn a_million_empty_rows_are_walked_through_in_bounded_time() {
    let rows: String = (3..=400_000).map(|row| format!("<row r=\"{row}\"/>")).collect();
    let input = Parts::of_rows(&format!("{}{rows}", smallest())).pack();
    assert!(input.len() < 4 << 20, "{} bytes", input.len());
    let begun = Instant::now();
    let reply = decode(XLSX, &input);
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert_eq!(register(&reply).expect("a register").rows.len(), 1);
}

#[test]
fn strings_without_end_are_refused() {
    let mut parts = Parts::of_rows(&smallest());
    let strings: String = "<si><t>x</t></si>".repeat(100);
    parts.strings = parts.strings.replace("></sst>", &format!(">{}</sst>", strings.repeat(40_000)));
    let input = parts.pack();
    assert!(input.len() < 1 << 20, "small: {} bytes", input.len());
    assert_eq!(refused(&input), ["too-large"]);
}

#[test]
fn references_outside_every_sheet_are_refused() {
    for reference in ["ZZZZZZZZZ1", "A0", "A99999999999", "1A", "", "A1048577", "XFE1"] {
        let rows = smallest().replace("r=\"A2\"", &format!("r=\"{reference}\""));
        assert_eq!(refused(&Parts::of_rows(&rows).pack()), ["not-a-workbook"], "{reference}");
    }
    for (element, at) in [
        ("<dimension ref=\"B9:A1\"/>", "<sheetData>"),
        ("<mergeCells><mergeCell ref=\"B9:A1\"/></mergeCells>", "</worksheet>"),
        ("<mergeCells><mergeCell ref=\"A1:ZZZZZZZ9\"/></mergeCells>", "</worksheet>"),
        ("<mergeCells><mergeCell/></mergeCells>", "</worksheet>"),
    ] {
        let mut parts = Parts::of_rows(&smallest());
        parts.sheet = parts.sheet.replace(at, &format!("{element}{at}"));
        assert_eq!(refused(&parts.pack()), ["not-a-workbook"], "{element}");
    }
    let rows = smallest().replace("<row r=\"2\">", "<row r=\"4294967296\">");
    assert_eq!(refused(&Parts::of_rows(&rows).pack()), ["not-a-workbook"]);
}

#[test]
fn a_merged_area_as_large_as_the_sheet_costs_nothing() {
    let mut parts =
        Parts::of_rows(&format!("{}<row r=\"3\">{}</row>", smallest(), cell("B3", "x")));
    let areas = "<mergeCell ref=\"A2:XFD1048576\"/>".repeat(5_000);
    let merged = format!("<mergeCells>{areas}</mergeCells></worksheet>");
    parts.sheet = parts.sheet.replace("</worksheet>", &merged);
    let begun = Instant::now();
    let reply = decode(XLSX, &parts.pack());
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert_eq!(places(&reply.problems), ["row-ragged @ Sheet1!3", "cell-merged @ Sheet1!A3"]);
}

#[test]
fn a_locked_part_is_named_as_such() {
    let mut packed = Parts::of_rows(&smallest()).pack();
    // The flag of encryption in the archive's directory and in the part's own header.
    for (start, flags) in [(b"PK\x01\x02", 8), (b"PK\x03\x04", 6)] {
        let mut from = 0;
        while let Some(at) = packed[from..].windows(4).position(|bytes| bytes == start) {
            packed[from + at + flags] |= 1;
            from += at + 4;
        }
    }
    assert_eq!(refused(&packed), ["password-protected"]);
}

#[test]
fn a_thousand_docket_numbers_in_one_cell_are_refused() {
    let many = vec!["1"; 201].join("،");
    let input = book(|book| {
        let sheet = book.add_worksheet();
        texts(sheet, 0, &["رقم الطعن"])?;
        texts(sheet, 1, &[&many])
    });
    assert_eq!(refused(&input), ["numbers-too-many"]);
}
