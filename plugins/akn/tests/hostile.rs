//! What is not XML, or is XML made to hurt, is refused quickly and with its place.

#![expect(clippy::expect_used, reason = "a test that cannot read its sample has to stop")]

mod helper;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use barid_xml_reading::{ATTRIBUTES_MAX, DEPTH_MAX, EVENTS_MAX, SIZE_MAX_BYTES};
use proptest::prelude::*;

/// Longest that the reader may take for any one of these documents, unoptimised and on a busy
/// machine. Without its bounds some would take minutes.
const PATIENCE: Duration = Duration::from_secs(20);

/// The code of the first problem; well-formed XML of other kinds gives `not-akoma-ntoso`.
fn refusal(bytes: &[u8]) -> String {
    let began = Instant::now();
    let (paper, problems) = helper::read(bytes);
    assert!(began.elapsed() < PATIENCE, "took {:?}", began.elapsed());
    assert!(paper.is_none(), "none of these is a judgment");
    problems.into_iter().next().expect("a refusal says why").code
}

#[test]
fn each_refusal_has_its_code() {
    for (xml, code) in [
        ("", "xml-empty"),
        ("   \n ", "xml-empty"),
        ("hello", "xml-missing"),
        ("{\"a\": 1}", "xml-missing"),
        ("<a>", "xml-syntax"),
        ("<a></b>", "xml-syntax"),
        ("<a/><b/>", "xml-trailing"),
        ("<a/>x", "xml-trailing"),
        ("<a b='1' b='2'/>", "xml-attribute-twice"),
        ("<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "xml-attribute-twice"),
        ("<a b='<'/>", "xml-syntax"),
        ("<a 1b='x'/>", "xml-syntax"),
        ("<a><!-- -- --></a>", "xml-syntax"),
        ("<a>]]></a>", "xml-syntax"),
        ("<a>&#0;</a>", "xml-character"),
        ("<a>\u{1}</a>", "xml-character"),
        ("<a>&nbsp;</a>", "xml-entity"),
        ("<a b='&nbsp;'/>", "xml-entity"),
        ("<!DOCTYPE a><a/>", "xml-doctype"),
        ("<a b='1'c='2'/>", "xml-syntax"),
        ("<?xml version='1.0' standalone='perhaps'?><a/>", "xml-syntax"),
        ("<p:a/>", "xml-namespace"),
        ("<a xmlns:p=''/>", "xml-namespace"),
        ("<xmlns:a/>", "xml-namespace"),
        ("<a p:b='1'/>", "xml-namespace"),
        ("<?xml version='1.1'?><a/>", "xml-version"),
        ("<?xml version='1.0' encoding='windows-1256'?><a/>", "encoding-differs"),
        ("<?xml version='1.0' encoding='UTF-16'?><a/>", "encoding-differs"),
        ("<a/><?xml version='1.0'?>", "xml-syntax"),
        ("<a/>", "not-akoma-ntoso"),
    ] {
        assert_eq!(refusal(xml.as_bytes()), code, "{xml:?}");
    }
    assert_eq!(refusal(b"<a>\xE9</a>"), "encoding-unreadable");
    assert_eq!(refusal(b"\xFF\xFE<\0a"), "encoding-unreadable");
}

#[test]
fn a_refusal_names_line_column_and_element() {
    let (_, problems) = helper::read("<a>\n <b>قرار&عقد;</b>\n</a>".as_bytes());
    let place = problems[0].place.as_ref().expect("a place");
    assert_eq!((place.line, place.column, place.path.as_str()), (2, 9, "/a/b"));
}

#[test]
fn size_depth_attributes_and_length_are_bounded() {
    let deep = "<a>".repeat(DEPTH_MAX + 1);
    assert_eq!(refusal(deep.as_bytes()), "xml-too-deep");
    let attributes: String = (0..60_000).map(|n| format!(" a{n}='1'")).collect();
    assert_eq!(refusal(format!("<a{attributes}/>").as_bytes()), "xml-too-many-attributes");
    let fitting: String = (0..ATTRIBUTES_MAX).map(|n| format!(" a{n}='1'")).collect();
    assert_eq!(refusal(format!("<a{fitting}/>").as_bytes()), "not-akoma-ntoso");
    let long = format!("<a>{}</a>", "<b/>".repeat(EVENTS_MAX));
    assert_eq!(refusal(long.as_bytes()), "xml-too-long");
    let mut deep_and_long = "<a>".repeat(DEPTH_MAX - 1);
    deep_and_long.push_str(&"<b c='d'>e</b>".repeat(EVENTS_MAX / 3));
    assert_eq!(refusal(deep_and_long.as_bytes()), "xml-too-long");
    assert_eq!(refusal(&vec![b' '; SIZE_MAX_BYTES + 1]), "too-large");
    let prefixes: String = (0..200).map(|n| format!(" xmlns:p{n}='u{n}'")).collect();
    assert_eq!(refusal(format!("<a{prefixes}/>").as_bytes()), "xml-namespace");
}

/// All files below a folder with one of the endings.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a readable folder") {
            let path = entry.expect("a readable folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|ending| path.extension().is_some_and(|e| e == *ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn collections_of_hostile_xml_are_refused_for_the_right_reason() {
    let Some(folder) = helper::sample("6-robustness/xml") else { return };
    for path in files(&folder, &["xml", "xsl", "yaml"]) {
        let bytes = std::fs::read(&path).expect("a sample");
        let code = refusal(&bytes);
        let text = String::from_utf8_lossy(&bytes);
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name.ends_with(".yaml") {
            assert_eq!(code, "xml-missing", "{name}");
        } else if text.contains("<!DOCTYPE") {
            assert!(code == "xml-doctype" || code == "xml-version", "{name}: {code}");
        } else if std::str::from_utf8(&bytes).is_err() {
            assert_eq!(code, "encoding-unreadable", "{name}");
        } else if name.contains("_err_") {
            assert!(code.starts_with("xml-"), "{name}: {code}");
        } else {
            assert_eq!(code, "not-akoma-ntoso", "{name}");
        }
    }
}

/// The W3C suite names the documents that no reader may accept.
#[test]
fn nothing_that_the_w3c_suite_calls_malformed_is_accepted() {
    let Some(archive) = helper::sample("6-robustness/xml/xmlts20130923.zip") else { return };
    let folder = std::env::temp_dir().join(format!("barid-xmlts-{}", std::process::id()));
    let unpacked = Command::new("python3")
        .args(["-m", "zipfile", "-e"])
        .args([&archive, &folder])
        .status()
        .is_ok_and(|status| status.success());
    if !unpacked {
        println!("skipped: python3 is not there to unpack the W3C suite");
        return;
    }
    let mut malformed = 0;
    for path in files(&folder, &["xml"]) {
        let shown = path.to_string_lossy().into_owned();
        let no_document =
            shown.contains("/not-wf/") || (shown.contains("/oasis/") && shown.contains("fail"));
        let bytes = std::fs::read(&path).expect("a sample");
        let code = refusal(&bytes);
        if no_document {
            malformed += 1;
            let refused = code.starts_with("xml-") || code.starts_with("encoding-");
            assert!(refused, "{shown}: {code}");
        }
    }
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    assert!(malformed > 1_000, "{malformed} documents are a part of the suite only");
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_fall_over(bytes: Vec<u8>) {
        helper::read(&bytes);
    }

    #[test]
    fn no_markup_makes_the_reader_fall_over(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "<a", "</a>", ">", "/>", " b='", "'", "\"", "&amp;", "&#x41;", "&x", ";", "<!--",
            "-->", "<![CDATA[", "]]>", "<?xml version='1.0'?>", "<!DOCTYPE", "قرار", "xmlns:p='u'",
            "<p:a>", "\u{FEFF}", "<judgment>", "=",
        ]), 0..40),
    ) {
        helper::read(pieces.concat().as_bytes());
    }
}
