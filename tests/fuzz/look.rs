//! No mutation of a document makes the looker panic, dawdle or answer what cannot travel. A panic
//! that it catches itself is told as [`Mark::LookerEnded`], and is a finding here.

mod mutate;

use std::io::{Cursor, Write as _};

use barid_look::{Look, Mark, Media, look};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A PDF with a page of text, a script, a form and an encryption dictionary in a comment.
fn pdf() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (x) >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>",
        "<< /Length 31 >>\nstream\nBT (hello) Tj ET q /F Do Q BI ET\nendstream",
        "<< /Subtype /Form /Filter [/A85 /LZW] /Length 9 >>\nstream\n<~87cUR~>\nendstream",
        "<< /Type /ObjStm /N 1 /First 4 /Length 12 >>\nstream\n7 0 << /A 1 >>\nendstream",
    ];
    let (mut bytes, mut table) = ("%PDF-1.5\n% /Encrypt 9 0 R\n".to_owned(), String::new());
    for (at, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", bytes.len()));
        bytes.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let begins = bytes.len();
    bytes.push_str(&format!("xref\n0 7\n0000000000 65535 f \n{table}trailer\n<< /Size 7 "));
    bytes.push_str(&format!("/Root 1 0 R >>\nstartxref\n{begins}\n%%EOF\n"));
    bytes.into_bytes()
}

fn archive() -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"] {
        let begun = writer.start_file(name, SimpleFileOptions::default());
        begun.and_then(|()| Ok(writer.write_all(b"<a/>")?)).unwrap_or_default();
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn seeds() -> Vec<Vec<u8>> {
    let mut tar = vec![0; 2_048];
    tar.iter_mut().skip(257).zip(b"ustar").for_each(|(to, byte)| *to = *byte);
    tar.iter_mut().skip(124).zip(b"00000000010").for_each(|(to, byte)| *to = *byte);
    let mut seeds = vec![pdf(), archive(), tar];
    for seed in [
        &b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\0\0\0\0\0\0\0\0IEND"[..],
        b"II*\0\x08\0\0\0\x02\0\0\x01\x03\0\x01\0\0\0\x09\0\0\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0",
        b"\xff\xd8\xff\xe1\0\x1aExif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0\xff\xc0\0\x0b\x08\0\x09\0\x09\x01\x01\x11\0\xff\xd9",
        b"GIF89a\x01\0\x01\0\0\0\0;",
        b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0",
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x10meta\0\0\0\0\0\0\0\0",
        b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x08moov",
        b"AT&TFORM\0\0\0\x16DJVUINFO\0\0\0\x0a\x01\0\x01\0",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0",
        b"<?xml version=\"1.0\"?><akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"/>",
        b"{\"a\": [1, {\"b\": null}]}",
        b"name;votes\r\n\"a;b\";12\r\n",
        b"\xff\xfea\0,\0b\0\n\0c\0,\0d\0\n\0",
        b"From: a@b\r\nTo: c@d\r\nSubject: s\r\n\r\nbody",
    ] {
        seeds.push(seed.to_vec());
    }
    seeds
}

fn read(bytes: &[u8]) {
    for size in [bytes.len() as u64, u64::MAX] {
        let found = look(bytes.to_vec(), size);
        assert!(!found.marks.contains(&Mark::LookerEnded), "a parser panicked: {found:?}");
        let told = serde_json::to_vec(&found).unwrap_or_default();
        assert!(told.len() < 4_096, "{} bytes", told.len());
        assert_eq!(serde_json::from_slice::<Look>(&told).ok(), Some(found));
    }
}

#[test]
fn documents_that_are_looked_at() {
    let seeds = seeds();
    let known = |seed: &&Vec<u8>| look((*seed).clone(), seed.len() as u64).media != Media::Unknown;
    assert_eq!(seeds.iter().filter(known).count(), seeds.len(), "a seed is nothing");
    mutate::drive("look", &seeds, &read);
}
