//! Tables in CSV as Excel reads them in any language: UTF-8 with a byte order mark, commas, CRLF;
//! and nothing in them that a spreadsheet would take for a formula.

/// What tells Excel that a CSV is UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// A table.
pub(crate) fn csv(headings: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let mut bytes = BOM.to_vec();
    line(&mut bytes, headings.iter().copied());
    for row in rows {
        line(&mut bytes, row.iter().map(String::as_str));
    }
    bytes
}

fn line<'a>(bytes: &mut Vec<u8>, cells: impl Iterator<Item = &'a str>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            bytes.push(b',');
        }
        let cell = harmless(cell);
        if cell.contains([',', '"', '\r', '\n']) {
            bytes.push(b'"');
            bytes.extend(cell.replace('"', "\"\"").bytes());
            bytes.push(b'"');
        } else {
            bytes.extend(cell.bytes());
        }
    }
    bytes.extend(b"\r\n");
}

/// A cell that no spreadsheet takes for a formula: whoever writes a docket number may begin it as
/// they like. An apostrophe in front makes it text and is shown by no spreadsheet.
fn harmless(cell: &str) -> String {
    let dangerous = |c: char| matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '|');
    // Full-width signs count as well, and white space in front is skipped.
    let wide = |c: char| matches!(c, '＝' | '＋' | '－' | '＠');
    let first = cell.trim_start_matches([' ', '\u{a0}', '\u{feff}']).chars().next();
    if first.is_some_and(|c| dangerous(c) || wide(c)) || cell.starts_with(['\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excel_reads_arabic_and_computes_nothing() {
        let rows = [vec!["=cmd|' /c calc'!A0".to_owned(), "٦١٢/الهيئة, \"x\"".to_owned()]];
        let text = csv(&["a", "b"], &rows);
        let expected = "\u{feff}a,b\r\n'=cmd|' /c calc'!A0,\"٦١٢/الهيئة, \"\"x\"\"\"\r\n";
        assert_eq!(String::from_utf8(text).unwrap(), expected);
        for cell in ["+1", "-1", "@x", "\t=1", " =1", "＝1", "\r=1", "|x"] {
            assert!(harmless(cell).starts_with('\''), "{cell:?}");
        }
        for cell in ["612/2025", "(خ/ 25 ر.م/ 61)", "", "a=b", "2025-11-23"] {
            assert_eq!(harmless(cell), cell);
        }
    }
}
