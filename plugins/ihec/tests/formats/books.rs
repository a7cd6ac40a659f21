//! Making workbooks for the tests: with a library, and by hand where the library makes none so odd.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A workbook made with the library.
pub(crate) fn book(fill: impl FnOnce(&mut Workbook) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book).expect("filled");
    book.save_to_buffer().expect("saved")
}

/// Writes texts into a row from the first column; empty ones are left out.
pub(crate) fn texts(sheet: &mut Worksheet, row: u32, cells: &[&str]) -> Result<(), XlsxError> {
    for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        sheet.write_string(row, column, *cell)?;
    }
    Ok(())
}

/// An archive of these parts, in order.
pub(crate) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

/// A workbook with one part changed.
pub(crate) fn patched(input: &[u8], part: &str, change: impl Fn(String) -> Vec<u8>) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(input)).expect("an archive");
    let mut parts = Vec::new();
    for index in 0..old.len() {
        let mut entry = old.by_index(index).expect("a part");
        let name = String::from_utf8(entry.name_raw().to_vec()).expect("a name");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("unpacked");
        if name == part {
            bytes = change(String::from_utf8(bytes).expect("UTF-8"));
        }
        parts.push((name, bytes));
    }
    let parts: Vec<(&str, &[u8])> =
        parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    archive(&parts)
}

/// The parts of a workbook with one sheet, `Sheet1`, each to be replaced by a test.
pub(crate) struct Parts {
    pub(crate) workbook: String,
    pub(crate) sheet: String,
    pub(crate) strings: String,
    pub(crate) more: Vec<(String, Vec<u8>)>,
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

impl Parts {
    /// A workbook whose sheet has these rows, as XML.
    pub(crate) fn of_rows(rows: &str) -> Self {
        Self {
            workbook: format!(
                r#"{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><workbookPr/><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
            sheet: format!(
                r#"{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#
            ),
            strings: format!(r#"{HEAD}<sst xmlns="{MAIN}" count="0" uniqueCount="0"></sst>"#),
            more: Vec::new(),
        }
    }

    /// The archive.
    pub(crate) fn pack(&self) -> Vec<u8> {
        let types = format!(
            r#"{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#
        );
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let root = format!(
            r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        );
        let relations = format!(
            r#"{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#
        );
        let mut parts: Vec<(&str, &[u8])> = vec![
            ("[Content_Types].xml", types.as_bytes()),
            ("_rels/.rels", root.as_bytes()),
            ("xl/workbook.xml", self.workbook.as_bytes()),
            ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
            ("xl/worksheets/sheet1.xml", self.sheet.as_bytes()),
            ("xl/sharedStrings.xml", self.strings.as_bytes()),
        ];
        parts.extend(self.more.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
        archive(&parts)
    }
}

/// A cell of text inside its own element.
pub(crate) fn cell(reference: &str, text: &str) -> String {
    format!(r#"<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// The rows of the smallest register: a heading and one number.
pub(crate) fn smallest() -> String {
    format!(
        "<row r=\"1\">{}</row><row r=\"2\">{}</row>",
        cell("A1", "رقم الطعن"),
        cell("A2", "214")
    )
}
