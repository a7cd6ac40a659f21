//! Documents of a court that has no plugin of its own.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Case, sample};

pub(super) const CASES: &[Case] = &[
    Case {
        institution: "cassation",
        office: "registry",
        format: "court/ruling+akn",
        kind: "ruling-issued",
        class: "published",
        paper: || {
            let path = "1-akn/judgments/2020-ewca-1001-civ.xml";
            let day = ("2020-07-29", "2020-07-39");
            sample(path, &[day, ("</judgmentBody>", "</judgmentBody>&who;")])
        },
        acceptable: false,
        problems: &[
            "date-unusable @ /akomaNtoso/judgment/meta/identification/FRBRWork/FRBRdate",
            "xml-entity @ 1188:20 /akomaNtoso/judgment",
        ],
    },
    Case {
        institution: "cassation",
        office: "registry",
        format: "court/ruling+word",
        kind: "ruling-issued",
        class: "live",
        paper: || Some(archive(&[("ruling.docx", b"%PDF-1.7"), ("register.csv", WRONG_ROW)])),
        acceptable: false,
        problems: &[
            "word-pdf @ ruling.docx",
            "heading-twice @ Claimants row 1",
            "heading-unknown @ shelf row 1",
            "bidi-control @ CaseNo row 2",
            "control-character @ claimants row 2",
            "date-unreadable @ decision_datetime row 2",
        ],
    },
    Case {
        institution: "cassation",
        office: "registry",
        format: "court/correspondence+json",
        kind: "interim-order",
        class: "live",
        paper: || Some(WRONG_ORDER.into()),
        acceptable: false,
        problems: &[
            "field-missing @ suspended.number",
            "date-invalid @ until",
            "field-unknown @ seal",
            "bidi-control @ suit",
        ],
    },
];

/// A register with a PDF's row, in which nearly every cell is wrong.
const WRONG_ROW: &[u8] = "court,decision_datetime,CaseNo,claimants,Claimants,shelf\n\
    محكمة,soon,7\u{202E}/2025,\"أ\nب\",ج,3\n"
    .as_bytes();

const WRONG_ORDER: &str = r#"{"kind": "interim-order", "suit": "12\u202e3/2024",
    "suspended": {"institution": "board"}, "until": "2025-02-30", "seal": 1}"#;

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a new name");
        writer.write_all(bytes).expect("memory takes all");
    }
    writer.finish().expect("an archive").into_inner()
}
