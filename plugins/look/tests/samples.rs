//! Real documents, looked at. What is expected was looked up by a person with other programs.

#![allow(clippy::allow_attributes, clippy::unwrap_used, reason = "a test")]

use std::time::{Duration, Instant};

use barid_look::{Agreement, Look, Media, look};
use barid_trial::{files, hostile, sample};
use proptest::prelude::*;

/// Longest that one document may take, unoptimised and on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

fn timely(name: &str, bytes: Vec<u8>) -> Look {
    let (size, began) = (bytes.len() as u64, Instant::now());
    let found = look(bytes, size);
    assert!(began.elapsed() < PATIENCE, "{name} took {:?}", began.elapsed());
    found
}

#[test]
fn published_pdfs_are_told_by_version_pages_and_text() {
    let folder = "3-ecodex/security-toolkit";
    for (path, version, pages) in [
        ("5-arabic/uae-law/decree-law-39-2022.ar.pdf".to_owned(), 17, 4),
        (format!("{folder}/examples/ExamplePdfSigned.pdf"), 17, 1),
        (format!("{folder}/documents/Two_Sig.pdf"), 14, 1),
        ("6-robustness/pdf/lopdf-unicode.pdf".to_owned(), 14, 1),
    ] {
        let Some(found) = sample(&path) else { return };
        let found = timely(&path, std::fs::read(found).unwrap());
        assert_eq!((found.media, found.pages), (Media::Pdf, Some(pages)), "{path}");
        let seen = found.pdf.unwrap();
        assert_eq!((seen.version_tenths, seen.pages_with_text), (Some(version), pages), "{path}");
        assert!(found.marks.is_empty(), "{path}: {:?}", found.marks);
    }
}

#[test]
fn published_documents_are_what_they_are_called() {
    for (folder, ending, claimed) in [
        ("1-akn/docx", "docx", Media::Docx.media_type()),
        ("2-ecf", "xml", "application/xml"),
        ("3-ecodex/security-toolkit/examples/asics1", "asics", "application/vnd.etsi.asic-s+zip"),
        ("4-electoral", "csv", "text/csv"),
        ("5-arabic", "html", "text/html"),
    ] {
        let Some(folder) = sample(folder) else { return };
        let named =
            files(&folder).into_iter().filter(|path| path.extension() == Some(ending.as_ref()));
        let mut count = 0;
        for path in named {
            let found = timely(ending, std::fs::read(&path).unwrap());
            assert_eq!(found.media.agreement(claimed), Agreement::Agrees, "{path:?}: {found:?}");
            count += 1;
        }
        assert!(count > 0, "{folder:?} has no {ending}");
    }
}

#[test]
fn hostile_samples_are_looked_at_soon() {
    for path in hostile() {
        timely(&path.display().to_string(), std::fs::read(&path).unwrap());
    }
}

proptest! {
    #[test]
    fn any_bytes_behind_any_beginning_get_an_answer_that_travels(
        beginning in prop::sample::select(vec![
            &b""[..], b"%PDF-1.7\n", b"PK\x03\x04", b"II*\0\x08\0\0\0", b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff\xe1", b"\0\0\0\x18ftypheic", b"AT&TFORM", b"\xff\xfe", b"<a ", b"{\"",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..2_000),
        longer in prop::bool::ANY,
    ) {
        let bytes = [beginning, &rest].concat();
        let size = bytes.len() as u64 + u64::from(longer);
        let found = look(bytes, size);
        let told = serde_json::to_vec(&found).unwrap();
        prop_assert!(told.len() < 4_096);
        prop_assert_eq!(serde_json::from_slice::<Look>(&told).unwrap(), found);
    }
}
