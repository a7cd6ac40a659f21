//! Makes archives, and asks the format about them.

use std::io::{Cursor, Write as _};

use barid_format_court::{AnyCourt, WORD};
use barid_plugin::v1::{DecodeReply, RulingIssued, filing_content::Content};
use barid_trial::Trial;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub(crate) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

const M: &str = "http://schemas.openxmlformats.org/officeDocument/2006/math";
const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// A register with the one row that a ruling needs.
pub(crate) const TABLE: &str = "court,decision_datetime,CaseNo,ncn,claimants,respondent,judges,\
    outcome,FilePath\nHigh Court,2025-12-04,7/2025,[2025] HC 7,A,B,C;D,rejected,ruling.docx\n";

/// An archive of these files.
pub(crate) fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a new name");
        writer.write_all(bytes).expect("memory takes all");
    }
    writer.finish().expect("an archive").into_inner()
}

/// A Word file whose body is this.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    docx_with(body, &[])
}

/// A Word file with further parts, named as relationships name them: `footnotes`.
pub(crate) fn docx_with(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let main = format!(
        "<?xml version='1.0'?><w:document xmlns:w='{W}' xmlns:m='{M}' xmlns:mc='{MC}'>\
         <w:body>{body}</w:body></w:document>"
    );
    let relation =
        |kind: &str| format!("<Relationship Id='{kind}' Type='x/{kind}' Target='{kind}.xml'/>");
    let relations: String = parts.iter().map(|(kind, _)| relation(kind)).collect();
    let relations = format!("<Relationships xmlns='x'>{relations}</Relationships>");
    let mut files: Vec<(String, String)> = vec![
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        ("word/document.xml".to_owned(), main),
        ("word/_rels/document.xml.rels".to_owned(), relations),
    ];
    for (kind, content) in parts {
        let root = format!("<w:{kind} xmlns:w='{W}'>{content}</w:{kind}>");
        files.push((format!("word/{kind}.xml"), root));
    }
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zip(&files)
}

/// A paragraph.
pub(crate) fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>")
}

/// Reads an archive.
pub(crate) fn decode(input: &[u8]) -> DecodeReply {
    Trial::of(&AnyCourt, "court").worded_in(3).decode(WORD, input)
}

/// Reads a ruling with a table about it.
pub(crate) fn filed(word: &[u8], table: &str) -> DecodeReply {
    decode(&zip(&[("ruling.docx", word), ("register.csv", table.as_bytes())]))
}

/// The ruling of a reply.
pub(crate) fn ruling(reply: &DecodeReply) -> RulingIssued {
    match reply.content.clone().and_then(|content| content.content) {
        Some(Content::RulingIssued(ruling)) => ruling,
        _ => unreadable(reply),
    }
}

#[expect(clippy::panic, reason = "a reply without a ruling ends the test")]
fn unreadable(reply: &DecodeReply) -> ! {
    panic!("no ruling: {:?}", codes(reply))
}

/// The body of a Word file.
pub(crate) fn body(word: &[u8]) -> String {
    ruling(&filed(word, TABLE)).judgment.expect("a judgment").body_text
}

/// The codes of all problems, in order.
pub(crate) fn codes(reply: &DecodeReply) -> Vec<&str> {
    reply.problems.iter().map(|problem| problem.code.as_str()).collect()
}
