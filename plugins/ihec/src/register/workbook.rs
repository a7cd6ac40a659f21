//! A workbook (ECMA-376) with one sheet of texts, put together in memory and in the call's own
//! thread: where a hub runs plugins there are no other threads, and libraries that write workbooks
//! want some.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use quick_xml::escape::escape;
use zip::result::ZipResult;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

/// Name of the sheet: "the register".
const SHEET: &str = "السجل";

/// Most rows, columns, and UTF-16 units of a cell, of a sheet.
const ROWS_MAX: usize = 1_048_576;
const COLUMNS_MAX: usize = 16_384;
const CELL_UNITS_MAX: usize = 32_767;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Why a table does not fit into a workbook.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unfit {
    /// Too many rows, or too many columns in one.
    Size,
    /// A cell's text is too long.
    Cell,
    /// There is no memory.
    Memory,
}

impl Unfit {
    /// In a word, for a problem.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Size => "rows-or-columns",
            Self::Cell => "cell-length",
            Self::Memory => "memory",
        }
    }
}

/// Packs these rows. Every cell is text: a number loses zeros in front and digits behind. The same
/// rows always become the same bytes.
pub(super) fn pack<'r>(rows: impl Iterator<Item = &'r Vec<String>>) -> Result<Vec<u8>, Unfit> {
    let sheet = sheet(rows)?;
    let types = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{TYPES}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/worksheets/sheet1.xml\" \
         ContentType=\"{TYPES}.worksheet+xml\"/></Types>"
    );
    let book = format!(
        "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>\
         <sheet name=\"{SHEET}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let leads = |kind: &str, target: &str| {
        format!(
            "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
             Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let parts = [
        ("[Content_Types].xml", types),
        ("_rels/.rels", leads("officeDocument", "xl/workbook.xml")),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", leads("worksheet", "worksheets/sheet1.xml")),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    // Writing to memory fails only when there is none.
    archive(&parts).map_err(|_| Unfit::Memory)
}

fn archive(parts: &[(&str, String)]) -> ZipResult<Vec<u8>> {
    // A plugin has no clock: the archive says the first moment that it can say.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, options)?;
        writer.write_all(text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

fn sheet<'r>(rows: impl Iterator<Item = &'r Vec<String>>) -> Result<String, Unfit> {
    let mut text = format!(
        "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView rightToLeft=\"1\" \
         workbookViewId=\"0\"/></sheetViews><sheetData>"
    );
    for (row, cells) in (1..).zip(rows) {
        if row > ROWS_MAX || cells.len() > COLUMNS_MAX {
            return Err(Unfit::Size);
        }
        let _ = write!(text, "<row r=\"{row}\">");
        for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            if cell.encode_utf16().count() > CELL_UNITS_MAX {
                return Err(Unfit::Cell);
            }
            let (column, cell) = (letters(column), escaped(cell));
            let _ = write!(
                text,
                "<c r=\"{column}{row}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{cell}</t>\
                 </is></c>"
            );
        }
        text.push_str("</row>");
    }
    text.push_str("</sheetData></worksheet>");
    Ok(text)
}

/// A column's letters: A to Z, AA, …
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(u8::try_from((rest - 1) % 26).map_or('A', |letter| char::from(b'A' + letter)));
        rest = (rest - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

/// A text as the format writes it (ECMA-376, part 1, section 22.9.2.19): characters that XML cannot
/// have, and a carriage return, which XML would lose, as `_x000D_`; what looks like that already
/// gets its low line written so.
fn escaped(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    for (at, one) in cell.char_indices() {
        let coded = one == '_' && looks_coded(cell.get(at..).unwrap_or_default());
        let forbidden = one.is_ascii_control() && !matches!(one, '\t' | '\n');
        if coded || forbidden || matches!(one, '\u{FFFE}' | '\u{FFFF}') {
            let _ = write!(text, "_x{:04X}_", u32::from(one));
        } else {
            text.push(one);
        }
    }
    escape(text).into_owned()
}

/// Whether the text begins with `_xHHHH_`.
fn looks_coded(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("_x") else { return false };
    let (digits, behind) = rest.split_at_checked(4).unwrap_or_default();
    digits.len() == 4
        && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
        && behind.starts_with('_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_as_spreadsheets_do() {
        let named = [0, 25, 26, 51, 52, 701, 702, 16_383].map(letters);
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn characters_that_xml_cannot_have_are_coded() {
        assert_eq!(escaped("a\u{1}b\r\n<&>\t"), "a_x0001_b_x000D_\n&lt;&amp;&gt;\t");
        assert_eq!(escaped("_x0041_ _x004 _y"), "_x005F_x0041_ _x004 _y");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let pack = |rows: &[Vec<String>]| pack(rows.iter());
        let long = vec![vec!["x".repeat(CELL_UNITS_MAX + 1)]];
        assert_eq!(pack(&long), Err(Unfit::Cell));
        let wide = vec![vec![String::new(); COLUMNS_MAX + 1]];
        assert_eq!(pack(&wide), Err(Unfit::Size));
    }

    #[test]
    fn same_rows_same_bytes_without_a_clock() {
        let rows = [vec!["رقم".to_owned(), "12".to_owned()], vec![String::new(), " x ".into()]];
        assert_eq!(pack(rows.iter()), pack(rows.iter()));
        let packed = pack(rows.iter()).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        let year = archive.by_index(0).unwrap().last_modified().map(|time| time.year());
        assert_eq!(year, Some(1980));
    }
}
