//! What other programs broke on: published collections of bad input, and bombs made here. None of
//! it is a document of an institution, so every format has to refuse all of it.

#![expect(clippy::expect_used, reason = "a bomb that cannot be made fails the test")]
#![expect(clippy::print_stderr, reason = "a skipped part says so")]

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// How large the bombs are: enough that anything quadratic would allocate gigabytes.
const BOMB_BYTES: usize = 256 * 1024;

/// The largest member of an archive that is tried by itself.
const MEMBER_MAX_BYTES: u64 = 1024 * 1024;

/// Hands out everything, each with its name.
pub(crate) fn each(take: &mut dyn FnMut(&str, &[u8])) {
    for (name, bytes) in bombs() {
        take(name, &bytes);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/samples/6-robustness");
    if !root.is_dir() {
        eprintln!("skipped: samples not present");
        return;
    }
    let mut samples = 0;
    for path in below(root) {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        let name = path.display().to_string();
        take(&name, &bytes);
        samples += 1;
        if name.ends_with(".zip") {
            samples += members(&bytes, &mut |member, bytes| take(member, bytes));
        }
    }
    assert!(samples > 3_500, "{samples} samples are not all");
}

/// Every file below a folder, in order of names.
fn below(root: PathBuf) -> Vec<PathBuf> {
    let (mut folders, mut paths) = (vec![root], Vec::new());
    while let Some(folder) = folders.pop() {
        for found in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = found.path();
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    paths
}

/// The members of an archive; how many there were.
fn members(archive: &[u8], take: &mut dyn FnMut(&str, &[u8])) -> usize {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(archive)) else { return 0 };
    let mut taken = 0;
    for index in 0..archive.len() {
        let Ok(mut member) = archive.by_index(index) else { continue };
        let mut bytes = Vec::new();
        let fits = member.is_file() && member.size() <= MEMBER_MAX_BYTES;
        if fits && std::io::copy(&mut member, &mut bytes).is_ok() {
            let name = member.name().unwrap_or_default().into_owned();
            take(&name, &bytes);
            taken += 1;
        }
    }
    taken
}

/// Small documents that grow in memory, or take long, where a reader has no bound.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let times = |text: &str| text.repeat(BOMB_BYTES / text.len()).into_bytes();
    let within = |before: &str, text: &str, behind: &str| {
        [before.as_bytes(), &times(text), behind.as_bytes()].concat()
    };
    let akn = "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\">";
    vec![
        ("nothing", Vec::new()),
        ("zeros", vec![0; BOMB_BYTES]),
        ("arrays in arrays", times("[")),
        ("objects in objects", times("{\"a\":")),
        ("a row of empty objects", within("[", "{},", "{}]")),
        ("unknown fields", within("{", "\"x\":1,", "\"y\":1}")),
        ("one long key", within("{\"", "k", "\":1}")),
        ("escapes", within("\"", "\\u202e", "\"")),
        ("half a surrogate", within("\"", "\\ud800", "\"")),
        ("digits", times("9")),
        ("elements in elements", within(akn, "<p>", "")),
        ("elements side by side", within(akn, "<p/>", "</akomaNtoso>")),
        ("attributes", within("<a ", "x='' ", "/>")),
        ("one attribute again and again", within("<akomaNtoso ", "xmlns='u' ", "/>")),
        ("namespaces", within(akn, "<p xmlns:a='u'>", "")),
        ("comments", within(akn, "<!---->", "</akomaNtoso>")),
        ("references", within(akn, "&amp;", "</akomaNtoso>")),
        ("an open comment", within(akn, "<!--", "")),
        ("an open section", within(akn, "<![CDATA[", "")),
        ("quotes", times("\"")),
        ("open quotes on each line", times("\"a\n")),
        ("semicolons", times(";")),
        ("empty lines", times("\r\n")),
        ("rows without a heading", times("a,b,c\n")),
        ("a byte order mark in each cell", times("\u{feff},")),
        ("overrides", times("\u{202e}")),
        ("marks over marks", times("\u{301}")),
        ("half of a letter", [&b"\xef\xbb\xbf"[..], &vec![0xd8; BOMB_BYTES]].concat()),
        ("a workbook of zeros", workbook(&vec![0; 64 * 1024 * 1024])),
        ("a workbook of open rows", workbook("<row>".repeat(4 * 1024 * 1024).as_bytes())),
        ("a workbook of entities", workbook(LAUGHS.as_bytes())),
    ]
}

/// Entities that grow to gigabytes where they are replaced.
const LAUGHS: &str = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\">\
    <!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">\
    <!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\">]>\
    <worksheet>&e;</worksheet>";

/// An archive with the parts of a workbook, one of which is `sheet`.
fn workbook(sheet: &[u8]) -> Vec<u8> {
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/\
        relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/\
        officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
        </Relationships>";
    let book = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>\
        <sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, bytes) in parts {
        archive.start_file(name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(bytes).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}
