//! What is wrong with an archive, its Word file or its table is said by name, and all at once.

use std::io::{Cursor, Write as _};

use barid_format_court::AnyCourt;
use barid_trial::{Trial, files, sample};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::archive::{TABLE, W, codes, decode, docx, docx_with, filed, p, zip};

#[test]
fn an_archive_holds_one_word_file_and_one_table() {
    let (word, table) = (docx(&p("A ruling.")), TABLE.as_bytes());
    assert_eq!(codes(&decode(b"")), ["package-missing"]);
    assert_eq!(codes(&decode(table)), ["package-missing"]);
    assert_eq!(codes(&decode(&word)), ["package-without-table"]);
    assert_eq!(codes(&decode(&zip(&[]))), ["package-incomplete", "package-incomplete"]);
    assert_eq!(codes(&decode(&zip(&[("a.docx", &word)]))), ["package-incomplete"]);
    let reply = decode(&zip(&[("a.docx", &word), ("b.docx", &word), ("t.csv", table)]));
    assert_eq!(codes(&reply), ["package-several"]);
    let extra = [("ruling.docx", word.as_slice()), ("t.csv", table), ("photo.jpg", b"x")];
    assert_eq!(codes(&decode(&zip(&extra))), ["package-extra"]);
    let litter = [
        ("in/ruling.docx", word.as_slice()),
        ("in/t.CSV", table),
        ("__MACOSX/in/._ruling.docx", b"x"),
        ("in/.DS_Store", b"x"),
    ];
    assert_eq!(decode(&zip(&litter)).problems, [], "what systems put in unasked is no paper");
}

#[test]
fn other_kinds_of_file_are_refused_by_name() {
    let locked: Vec<u8> = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
        .iter()
        .copied()
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let odt = zip(&[("mimetype", b"application/vnd.oasis.opendocument.text")]);
    for (bytes, code) in [
        (&b""[..], "word-empty"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", "word-legacy"),
        (&locked, "word-encrypted"),
        (b"{\\rtf1 text}", "word-rtf"),
        (b"%PDF-1.7", "word-pdf"),
        (b"<html></html>", "word-markup"),
        (b"plain", "word-missing"),
        (&zip(&[("a.txt", b"x")]), "word-missing"),
    ] {
        assert_eq!(codes(&filed(bytes, TABLE)), [code]);
    }
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("mimetype", stored).expect("a new name");
    writer.write_all(b"application/vnd.oasis.opendocument.text").expect("memory takes all");
    let stored = writer.finish().expect("an archive").into_inner();
    assert_eq!(codes(&filed(&stored, TABLE)), ["word-opendocument"]);
    assert_eq!(codes(&filed(&odt, TABLE)), ["word-missing"], "packed, its kind cannot be seen");
    assert_eq!(codes(&filed(&docx(&p(" ")), TABLE)), ["word-without-text"]);
}

#[test]
fn problems_of_text_and_register_come_at_once() {
    let table = "court,decision_datetime,CaseNo,claimants,Claimants,shelf,skip\n\
        X,soon,7\u{202E}/2025,\"a\nb\",y,3,\n";
    let reply = filed(b"%PDF-1.7", table);
    assert_eq!(reply.content, None);
    assert_eq!(
        codes(&reply),
        [
            "word-pdf",
            "heading-twice",
            "heading-unknown",
            "bidi-control",
            "control-character",
            "date-unreadable",
        ]
    );
    let skipped = TABLE.replace("FilePath", "skip").replace("ruling.docx", "1");
    assert_eq!(codes(&filed(&docx(&p("A ruling.")), &skipped)), ["row-skipped"]);
    let long = TABLE.replace("7/2025,", &format!("{},", "7".repeat(600)));
    assert_eq!(codes(&filed(&docx(&p("A ruling.")), &long)), ["cell-too-long"]);
    let other = filed(&docx(&p("A ruling.")), "name,age\nx,1\n");
    assert_eq!(codes(&other), ["heading-missing"]);
}

#[test]
fn names_that_lead_out_or_come_twice_are_refused() {
    let word = docx(&p("A ruling."));
    for name in
        ["../ruling.docx", "/ruling.docx", "a\\..\\ruling.docx", "C:ruling.docx", "a//b.docx"]
    {
        let reply = decode(&zip(&[(name, &word), ("t.csv", TABLE.as_bytes())]));
        assert_eq!(codes(&reply), ["archive-path"], "{name}");
    }
    let alike = [("a.docx", word.as_slice()), ("A.DOCX", &word), ("t.csv", TABLE.as_bytes())];
    assert_eq!(codes(&decode(&zip(&alike))), ["archive-names-twice"]);
    // The library would read the last of two parts with one name, an unpacker the first.
    let mut twice = zip(&[("a.docx", &word), ("b.docx", &word), ("t.csv", TABLE.as_bytes())]);
    for at in 0..twice.len() - 6 {
        if twice[at..at + 6] == *b"b.docx" {
            twice[at] = b'a';
        }
    }
    assert_eq!(codes(&decode(&twice)), ["archive-names-twice"]);
}

#[test]
fn bombs_do_not_go_off() {
    // 48 MiB of spaces in a part of some kilobytes, and in one that is not read at all.
    let blanks = vec![b' '; 48 << 20];
    let bomb = zip(&[("word/document.xml", &blanks)]);
    assert!(bomb.len() < 100_000);
    assert_eq!(codes(&filed(&bomb, TABLE)), ["archive-part-too-large"]);
    let main = format!("<w:document xmlns:w='{W}'><w:body>{}</w:body></w:document>", p("x"));
    let unread = zip(&[("word/document.xml", main.as_bytes()), ("word/media/image1.bmp", &blanks)]);
    assert_eq!(filed(&unread, TABLE).problems, []);
    // A paragraph of eighty bytes that shows a number of thousands.
    let numbering = format!(
        "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt \
         w:val='decimal'/><w:lvlText w:val='{}'/></w:lvl></w:abstractNum><w:num w:numId='4'>\
         <w:abstractNumId w:val='1'/></w:num>",
        "%1".repeat(50_000)
    );
    let paragraph =
        "<w:p><w:pPr><w:numPr><w:numId w:val='4'/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>";
    let word = docx_with(&paragraph.repeat(2_000), &[("numbering", &numbering)]);
    let reply = filed(&word, TABLE);
    assert!(crate::archive::ruling(&reply).judgment.expect("a judgment").body_text.len() < 10_000);
    // One note of a megabyte, referred to ten thousand times.
    let note = format!(
        "<w:footnote w:id='1'><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>",
        "n".repeat(1 << 20)
    );
    let references = "<w:p><w:r><w:footnoteReference w:id='1'/></w:r></w:p>".repeat(10_000);
    let word = docx_with(&references, &[("footnotes", &note)]);
    let text = crate::archive::ruling(&filed(&word, TABLE)).judgment.expect("a judgment").body_text;
    assert_eq!(text.len(), 1 << 20);
}

#[test]
fn xml_that_is_made_to_hurt_is_refused_with_its_part() {
    let deep = "<w:p>".repeat(200) + &"</w:p>".repeat(200);
    assert_eq!(codes(&filed(&docx(&deep), TABLE)), ["word-part-refused", "xml-too-deep"]);
    let entity = docx("<w:p><w:r><w:t>&bomb;</w:t></w:r></w:p>");
    assert_eq!(codes(&filed(&entity, TABLE)), ["word-part-refused", "xml-entity"]);
    let doctype = zip(&[("word/document.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")]);
    assert_eq!(codes(&filed(&doctype, TABLE)), ["word-part-refused", "xml-doctype"]);
}

#[test]
fn no_hostile_sample_is_read_as_anything() {
    Trial::of(&AnyCourt, "court").worded_in(3).reads_no_hostile_sample();
}

#[test]
fn a_damaged_word_file_is_read_or_refused() {
    let Some(folder) = sample("1-akn/docx") else { return };
    let path = files(&folder).into_iter().next().expect("a sample");
    let sound = std::fs::read(path).expect("a sample");
    for at in (0..sound.len()).step_by(977) {
        let mut damaged = sound.clone();
        damaged[at] ^= 0x55;
        let _ = filed(&damaged, TABLE);
        assert_eq!(filed(&sound[..at], TABLE).content, None, "cut at {at}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_a_format_fall_over(bytes: Vec<u8>) {
        Trial::of(&AnyCourt, "court").worded_in(3).answers(&bytes);
        let _ = filed(&bytes, TABLE);
    }

    #[test]
    fn no_table_makes_the_format_fall_over(text in "(\\PC|[\n\",;]){0,200}") {
        let word = docx(&p("A ruling."));
        let _ = filed(&word, &format!("{TABLE}{text}"));
        let _ = filed(&word, &text);
    }

    #[test]
    fn no_body_makes_the_format_fall_over(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:del>", "</w:del>", "x",
            "<w:tbl>", "</w:tbl>", "<w:pPr>", "</w:pPr>", "<w:numPr>", "</w:numPr>", "<w:tab/>",
            "<mc:AlternateContent>", "</mc:AlternateContent>", "<mc:Choice>", "</mc:Choice>",
            "<mc:Fallback>", "</mc:Fallback>", "<w:numId w:val='1'/>", "<w:vanish/>",
        ]), 0..40),
    ) {
        let _ = filed(&docx(&pieces.concat()), TABLE);
    }
}
