//! Inputs made to hurt a reader: each exhausts, nests, lies or confuses in its own way.

use std::io::{Cursor, Write as _};

use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::family::Family;
use super::mutate::Dice;

/// Largest of these inputs, in bytes. What only size does is the business of the limits.
const BYTES_MAX: usize = 2 * 1024 * 1024;

/// What a small archive unfolds to, in bytes.
const BOMB_BYTES: usize = 48 * 1024 * 1024;

/// An input's name and how it is made, given the most bytes that it may have.
pub(super) type Input = (&'static str, fn(usize) -> Vec<u8>);

/// Inputs for every format: a document may be of any kind, whatever its name says.
const FOR_ALL: &[Input] = &[
    ("empty", |_| Vec::new()),
    ("one-byte", |_| b"{".to_vec()),
    ("one-nul", |_| b"\0".to_vec()),
    ("spaces", |max| b" ".repeat(max)),
    ("line-ends", |max| b"\r\n".repeat(max / 2)),
    ("nuls", |max| b"\0".repeat(max)),
    ("one-long-line", |max| b"a".repeat(max)),
    ("utf8-bom-alone", |_| b"\xEF\xBB\xBF".to_vec()),
    ("utf8-bom-twice", |_| b"\xEF\xBB\xBF\xEF\xBB\xBF{}".to_vec()),
    ("utf8-invalid", |max| b"\xFF".repeat(max)),
    ("utf8-overlong", |_| b"{\"a\": \"\xC0\x80\xE0\x80\xAF\"}".to_vec()),
    ("utf8-surrogate", |_| b"{\"a\": \"\xED\xA0\x80\"}".to_vec()),
    ("utf8-cut-off", |_| b"{\"a\": \"\xD8".to_vec()),
    ("utf16-little-endian", |_| utf16("\u{FEFF}{\"a\": 1}", u16::to_le_bytes)),
    ("utf16-big-endian", |_| utf16("\u{FEFF}<a>نص</a>", u16::to_be_bytes)),
    ("windows-1256", |_| b"{\"a\": \"\xC7\xE1\xDA\xD1\xC7\xDE\"}".to_vec()),
    ("bidi-controls", |max| "\u{202E}\u{2066}\u{200F}".repeat(max / 9).into_bytes()),
    ("combining-marks", |max| format!("ا{}", "\u{064B}".repeat(max / 2 - 1)).into_bytes()),
    ("arabic-digits", |max| "٩".repeat(max / 2).into_bytes()),
    ("other-pdf", |_| b"%PDF-1.7\n1 0 obj<</Length 9999999999>>stream\n".to_vec()),
    ("other-elf", |_| b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0".to_vec()),
    ("random", |max| Dice::new(0xBA21D).bytes(max.min(64 * 1024))),
    ("json-nested-lists", |max| nested(b"[", b"", b"]", max)),
    ("json-nested-objects", |max| nested(b"{\"a\":", b"1", b"}", max)),
    ("json-open-lists", |max| b"[".repeat(max)),
    ("xml-nested", |max| nested(b"<a>", b"", b"</a>", max)),
    ("xml-open", |max| b"<a>".repeat(max / 3)),
    ("xml-billion-laughs", |_| laughs(b"<!ENTITY a0 \"ha\">", 10, 40)),
    ("csv-wide", |max| b",".repeat(max.min(1_000_000))),
    ("csv-open-quote", |max| [b"a,b\r\n\"".as_slice(), &b"x".repeat(max - 6)].concat()),
    ("zip-header-alone", |_| b"PK\x03\x04".to_vec()),
];

const JSON: &[Input] = &[
    ("json-nested-field", |max| {
        let deep = nested(b"[", b"", b"]", max.min(200_000) - 32);
        [b"{\"number\": ".as_slice(), &deep, b"}"].concat()
    }),
    ("json-long-string", |max| within("{\"number\": \"", "a", "\"}", max)),
    ("json-escapes", |max| within("{\"number\": \"", "\\u0000", "\"}", max)),
    ("json-lone-surrogate", |_| b"{\"number\": \"\\ud800\", \"a\": \"\\udc00\\ud800\"}".to_vec()),
    ("json-huge-number", |max| within("{\"number\": ", "9", "}", max)),
    ("json-huge-exponent", |_| b"{\"number\": 1e999999999, \"a\": -1E-999999999}".to_vec()),
    ("json-not-a-number", |_| {
        b"{\"number\": NaN, \"a\": Infinity, \"b\": 0x1F, \"c\": 01}".to_vec()
    }),
    ("json-double-keys", |max| within("{", "\"number\": 1,", "\"number\": 2}", max)),
    ("json-many-keys", |max| many(max, b"{", b"\"end\": 1}", |at| format!("\"k{at}\": {at},"))),
    ("json-wide-list", |max| within("{\"number\": [", "0,", "0]}", max)),
    ("json-two-values", |_| b"{\"number\": \"1\"} {\"number\": \"2\"}".to_vec()),
    ("json-long-key", |max| within("{\"", "k", "\": 1}", max)),
];

const XML: &[Input] = &[
    ("xml-quadratic-entity", |max| quadratic(max)),
    ("xml-outside-entity", |_| {
        b"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>".to_vec()
    }),
    ("xml-parameter-entity", |_| {
        b"<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://127.0.0.1:9/x\"> %x;]><a/>".to_vec()
    }),
    ("xml-many-attributes", |max| many(max, b"<a", b"/>", |at| format!(" k{at}='{at}'"))),
    ("xml-double-attributes", |_| b"<a x='1' x='2'/>".to_vec()),
    ("xml-long-attribute", |max| within("<a x='", "y", "'/>", max)),
    ("xml-long-name", |max| within("<", "n", "/>", max)),
    ("xml-long-comment", |max| within("<a><!--", "x", "--></a>", max)),
    ("xml-long-text", |max| within("<a><![CDATA[", "]", "]]></a>", max)),
    ("xml-many-elements", |max| within("<a>", "<b/>", "</a>", max)),
    ("xml-forbidden-characters", |_| b"<a>&#0;&#xFFFF;&#x110000;\x01</a>".to_vec()),
    ("xml-two-roots", |_| b"<a/><b/>".to_vec()),
    ("xml-foreign-encoding", |_| b"<?xml version='1.0' encoding='EBCDIC'?><a/>".to_vec()),
];

const CSV: &[Input] = &[
    ("csv-many-rows", |max| b"a\n".repeat(max / 2)),
    ("csv-quotes", |max| b"\"".repeat(max)),
    ("csv-long-cell", |max| [b"a,b\n".as_slice(), &b"x".repeat(max - 4)].concat()),
    ("csv-uneven", |_| b"a,b,c\n1\n1,2,3,4,5,6,7,8\n\n,,\n".to_vec()),
    ("csv-double-headings", |_| b"number,number,number\n1,2,3\n".to_vec()),
    ("csv-formulas", |_| b"number,name\n=1+1,\"=HYPERLINK(\"\"x\"\")\"\n".to_vec()),
];

const ZIP: &[Input] = &[
    ("zip-bomb", |_| bomb()),
    ("zip-many-members", |_| archive(&many_members())),
    ("zip-outside-path", |_| archive(&[("../../etc/passwd".to_owned(), b"x".to_vec())])),
    ("zip-cut-off", |_| bomb().into_iter().take(512).collect()),
    ("xlsx-far-cell", |_| workbook(far_cell())),
    ("xlsx-far-strings", |_| workbook(far_strings())),
    ("xlsx-nested", |_| workbook(nested(b"<c>", b"", b"</c>", 1024 * 1024))),
    ("xlsx-laughs", |_| workbook(laughs(b"<!ENTITY a0 \"ha\">", 10, 40))),
];

/// All inputs for a family, with the largest that they may be.
pub(super) fn inputs(family: Family) -> impl Iterator<Item = Input> {
    let own: &[Input] = match family {
        Family::Json => JSON,
        Family::Xml => XML,
        Family::Csv => CSV,
        Family::Zip => ZIP,
        Family::Other => &[],
    };
    FOR_ALL.iter().chain(own).copied()
}

/// Most bytes of one of these inputs, where requests may have this many.
pub(super) fn bytes_max(max_input_bytes: usize) -> usize {
    // Below some hundred bytes no input keeps its meaning; the subject's own limit cuts it.
    max_input_bytes.saturating_sub(1024).clamp(1024, BYTES_MAX)
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn nested(open: &[u8], middle: &[u8], close: &[u8], max: usize) -> Vec<u8> {
    let depth = max.saturating_sub(middle.len()) / (open.len() + close.len());
    [open.repeat(depth), middle.to_vec(), close.repeat(depth)].concat()
}

fn within(open: &str, again: &str, close: &str, max: usize) -> Vec<u8> {
    let times = max.saturating_sub(open.len() + close.len()) / again.len().max(1);
    [open, &again.repeat(times), close].concat().into_bytes()
}

fn many(max: usize, open: &[u8], close: &[u8], one: impl Fn(usize) -> String) -> Vec<u8> {
    let mut bytes = open.to_vec();
    // Half of it: what is looked up by name costs more than what is only read.
    for at in 0.. {
        if bytes.len() + 64 > max / 2 {
            break;
        }
        bytes.extend(one(at).into_bytes());
    }
    bytes.extend(close);
    bytes
}

/// Entities that each name the one before ten times.
fn laughs(first: &[u8], times: usize, levels: usize) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(b"<?xml version='1.0'?><!DOCTYPE a [").into_owned();
    text.push_str(&String::from_utf8_lossy(first));
    for level in 1..levels {
        let named = format!("&a{};", level - 1).repeat(times);
        text.push_str(&format!("<!ENTITY a{level} \"{named}\">"));
    }
    text.push_str(&format!("]><a>&a{};</a>", levels - 1));
    text.into_bytes()
}

/// One long entity, named many times.
fn quadratic(max: usize) -> Vec<u8> {
    let entity = "x".repeat(max / 4);
    let named = "&x;".repeat(max / 8);
    format!("<!DOCTYPE a [<!ENTITY x \"{entity}\">]><a>{named}</a>").into_bytes()
}

/// An archive of these members. Writing to memory does not fail; were it to, there is no input.
fn archive(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let write = || -> zip::result::ZipResult<Vec<u8>> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(1));
        for (name, bytes) in members {
            writer.start_file(name.as_str(), options)?;
            writer.write_all(bytes)?;
        }
        Ok(writer.finish()?.into_inner())
    };
    write().unwrap_or_default()
}

/// A workbook with this as the XML of its only sheet.
fn workbook(sheet: Vec<u8>) -> Vec<u8> {
    const PARTS: [(&str, &str); 4] = [
        (
            "[Content_Types].xml",
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>\
             <Default Extension='rels' ContentType='application/vnd.openxmlformats-package.\
             relationships+xml'/><Default Extension='xml' ContentType='application/xml'/>\
             <Override PartName='/xl/workbook.xml' ContentType='application/vnd.openxmlformats-\
             officedocument.spreadsheetml.sheet.main+xml'/>\
             <Override PartName='/xl/worksheets/sheet1.xml' ContentType='application/vnd.\
             openxmlformats-officedocument.spreadsheetml.worksheet+xml'/></Types>",
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
             <Relationship Id='r1' Target='xl/workbook.xml' Type='http://schemas.openxmlformats.\
             org/officeDocument/2006/relationships/officeDocument'/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' \
             xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>\
             <sheets><sheet name='1' sheetId='1' r:id='r1'/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>\
             <Relationship Id='r1' Target='worksheets/sheet1.xml' Type='http://schemas.\
             openxmlformats.org/officeDocument/2006/relationships/worksheet'/></Relationships>",
        ),
    ];
    let parts = PARTS.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let members: Vec<_> = parts.chain([("xl/worksheets/sheet1.xml".to_owned(), sheet)]).collect();
    archive(&members)
}

fn sheet(rows: &str) -> Vec<u8> {
    format!(
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>\
         <sheetData>{rows}</sheetData></worksheet>"
    )
    .into_bytes()
}

/// Two cells, the first and the last that a sheet can have: what lies between is not there.
fn far_cell() -> Vec<u8> {
    sheet(
        "<row r='1'><c r='A1'><v>1</v></c></row>\
         <row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    )
}

/// Cells that name shared texts which are not there.
fn far_strings() -> Vec<u8> {
    sheet("<row r='1'><c r='A1' t='s'><v>4294967295</v></c><c r='B1' t='s'><v>-1</v></c></row>")
}

fn bomb() -> Vec<u8> {
    workbook(b" ".repeat(BOMB_BYTES))
}

fn many_members() -> Vec<(String, Vec<u8>)> {
    (0..20_000).map(|at| (format!("xl/{at}.xml"), Vec::new())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const FAMILIES: [Family; 5] =
        [Family::Json, Family::Xml, Family::Csv, Family::Zip, Family::Other];

    #[test]
    fn names_are_unique_and_sizes_bounded() {
        for family in FAMILIES {
            let mut names = BTreeSet::new();
            for (name, make) in inputs(family) {
                assert!(names.insert(name), "{name}");
                for max in [1024, 300_000] {
                    let bytes = make(max);
                    let archived = name.starts_with("zip-") || name.starts_with("xlsx-");
                    let fixed = bytes.len() <= 8 * 1024 && max == 1024;
                    assert!(bytes.len() <= max || archived || fixed, "{name}: {}", bytes.len());
                }
            }
            assert!(names.len() >= FOR_ALL.len());
        }
    }

    #[test]
    fn a_bomb_is_small_and_unfolds_to_much() {
        let packed = bomb();
        assert!(packed.len() < BOMB_BYTES / 100, "{}", packed.len());
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        let sheet = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
        assert_eq!(sheet.size(), BOMB_BYTES as u64);
    }

    #[test]
    fn nesting_closes_what_it_opens() {
        assert_eq!(nested(b"[", b"", b"]", 7), b"[[[]]]");
        assert_eq!(nested(b"<a>", b"x", b"</a>", 15), b"<a><a>x</a></a>");
        let text = String::from_utf8(laughs(b"<!ENTITY a0 \"ha\">", 2, 3)).unwrap();
        assert!(text.ends_with("<!ENTITY a2 \"&a1;&a1;\">]><a>&a2;</a>"), "{text}");
    }
}
