//! What bytes are, by how they begin and, for archives, what they hold.

use memchr::memmem;

use crate::finding::{Look, Mark};
use crate::media::Media;
use crate::{archive, text};

/// How far from its beginning a PDF may say that it is one (ISO 32000-1, annex H, note 13).
const PDF_HEAD_BYTES: usize = 1024;

/// Where a tar archive says that it is one (POSIX.1-1988).
const TAR_MAGIC: (usize, &[u8]) = (257, b"ustar");

/// Where a Matroska says of which kind it is (RFC 9559, 5.1).
const EBML_HEAD_BYTES: usize = 64;

/// How much of a compound of Microsoft's is searched for the names of its streams.
const OLE_SEARCH_BYTES: usize = 4 * 1024 * 1024;

/// What these bytes are. `whole`: nothing follows them.
pub(crate) fn sniff(bytes: &[u8], whole: bool) -> Look {
    if bytes.iter().all(|byte| *byte == 0) {
        return Look::of(Media::Unknown).with(Mark::Empty);
    }
    if let Some(media) = by_magic(bytes) {
        return match media {
            Media::Zip => archive::zip_kind(bytes, whole),
            Media::Ole => ole_kind(bytes),
            media => Look::of(media),
        };
    }
    if pdf_offset(bytes).is_some() {
        return Look::of(Media::Pdf).with(Mark::ForeignBytes);
    }
    text::kind(bytes, whole)
}

/// Where a PDF begins within its first bytes.
pub(crate) fn pdf_offset(bytes: &[u8]) -> Option<usize> {
    memmem::find(bytes.get(..PDF_HEAD_BYTES).unwrap_or(bytes), b"%PDF-")
}

fn by_magic(bytes: &[u8]) -> Option<Media> {
    let at =
        |offset: usize, magic: &[u8]| bytes.get(offset..).is_some_and(|b| b.starts_with(magic));
    if at(0, b"%PDF-") {
        return Some(Media::Pdf);
    }
    if at(4, b"ftyp") {
        return Some(brand(bytes.get(8..12).unwrap_or_default()));
    }
    for (magic, media) in [
        (&b"AT&TFORM"[..], Media::Djvu),
        (b"age-encryption.org/v1\n", Media::Age),
        (b"-----BEGIN AGE ENCRYPTED FILE-----", Media::Age),
        (b"-----BEGIN ", Media::Pem),
        (b"#!/", Media::Program),
        (b"#!AMR", Media::Amr),
        (b"\x7fELF", Media::Program),
        (b"II*\0", Media::Tiff),
        (b"MM\0*", Media::Tiff),
        // Empty archives, and those that span several parts.
        (b"PK\x05\x06", Media::Zip),
        (b"PK\x07\x08PK\x03\x04", Media::Zip),
        (b"PK\x03\x04", Media::Zip),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Media::Ole),
    ] {
        if at(0, magic) {
            return Some(media);
        }
    }
    if at(0, b"\x1a\x45\xdf\xa3") {
        let head = bytes.get(..EBML_HEAD_BYTES).unwrap_or(bytes);
        let is_webm = memmem::find(head, b"webm").is_some();
        return Some(if is_webm { Media::Webm } else { Media::Matroska });
    }
    if at(TAR_MAGIC.0, TAR_MAGIC.1) {
        return Some(Media::Tar);
    }
    let kind = infer::get(bytes)?;
    // What is text says so itself, and more exactly.
    if kind.matcher_type() == infer::MatcherType::Text {
        return None;
    }
    inferred(kind.mime_type())
}

/// The media for a type of `infer`'s; `None`: nothing that people file.
fn inferred(media_type: &str) -> Option<Media> {
    match media_type {
        "application/x-mach-binary" | "application/vnd.microsoft.portable-executable" => {
            Some(Media::Program)
        }
        // Where it begins matters here.
        "application/pdf" => None,
        "video/x-m4v" => Some(Media::Mp4),
        "audio/m4a" => Some(Media::M4a),
        other => Media::named(other).filter(|media| *media != Media::Unknown),
    }
}

/// What an ISO base media file is (ISO/IEC 14496-12, 4.3), by its major brand.
fn brand(brand: &[u8]) -> Media {
    match brand {
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => {
            Media::Heic
        }
        b"avif" | b"avis" => Media::Avif,
        b"qt  " => Media::QuickTime,
        b"M4A " | b"M4B " => Media::M4a,
        [b'3', b'g', ..] => Media::ThreeGp,
        _ => Media::Mp4,
    }
}

/// What a compound of Microsoft's holds ([MS-CFB]), by the names of its streams.
fn ole_kind(bytes: &[u8]) -> Look {
    let searched = bytes.get(..OLE_SEARCH_BYTES).unwrap_or(bytes);
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(searched, &wide).is_some()
    };
    // An encrypted DOCX or XLSX ([MS-OFFCRYPTO] 2.3.4).
    if has("EncryptedPackage") {
        return Look::of(Media::Ole).with(Mark::PasswordNeeded);
    }
    let kinds = [
        ("WordDocument", Media::Doc),
        ("Workbook", Media::Xls),
        ("PowerPoint Document", Media::Ppt),
        ("__properties_version1.0", Media::Msg),
    ];
    let media = kinds.into_iter().find(|(name, _)| has(name)).map_or(Media::Ole, |(_, kind)| kind);
    let look = Look::of(media);
    if has("_VBA_PROJECT") { look.with(Mark::Macros) } else { look }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn media(bytes: &[u8]) -> Media {
        sniff(bytes, true).media
    }

    #[test]
    fn beginnings_are_told_apart() {
        let mut tar = vec![0; 512];
        tar[0] = b'a';
        tar[257..262].copy_from_slice(b"ustar");
        for (bytes, expected) in [
            (&b"%PDF-1.7\n"[..], Media::Pdf),
            (b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", Media::Png),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Media::Jpeg),
            (b"II*\0\x08\0\0\0", Media::Tiff),
            (b"MM\0*\0\0\0\x08", Media::Tiff),
            (b"AT&TFORM\0\0\0\x0aDJVUINFO", Media::Djvu),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Media::Heic),
            (b"\0\0\0\x18ftypisom\0\0\0\0isomavc1", Media::Mp4),
            (b"\0\0\0\x14ftypqt  \0\0\0\0", Media::QuickTime),
            (b"\0\0\0\x14ftyp3gp5\0\0\0\0", Media::ThreeGp),
            (b"RIFF\x24\0\0\0WAVEfmt ", Media::Wav),
            (b"RIFF\x24\0\0\0AVI LIST", Media::Avi),
            (b"RIFF\x24\0\0\0WEBPVP8 ", Media::Webp),
            (b"ID3\x04\0\0\0\0\0\0", Media::Mp3),
            (b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x23\x42\x82\x88matroska", Media::Matroska),
            (b"#!AMR\n", Media::Amr),
            (b"\x1f\x8b\x08\0\0\0\0\0", Media::Gzip),
            (b"7z\xbc\xaf\x27\x1c\0\x04", Media::SevenZip),
            (b"\xfd7zXZ\0\0", Media::Xz),
            (b"{\\rtf1\\ansi", Media::Rtf),
            (b"MZ\x90\0\x03\0\0\0", Media::Program),
            (b"\x7fELF\x02\x01\x01\0", Media::Program),
            (b"#!/bin/sh\necho", Media::Program),
            (b"age-encryption.org/v1\n-> X25519", Media::Age),
            (b"-----BEGIN CERTIFICATE-----\n", Media::Pem),
            (&tar, Media::Tar),
            (b"\x01\x02\x03\x04\x05", Media::Unknown),
        ] {
            assert_eq!(media(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn zeros_and_nothing_are_empty() {
        for bytes in [&[][..], &[0; 4096]] {
            assert!(sniff(bytes, true).marks.contains(&Mark::Empty));
        }
        assert!(sniff(&[0, 0, 1], true).marks.is_empty());
    }

    #[test]
    fn a_compound_is_known_by_its_streams() {
        let compound = |name: &str| {
            let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
            bytes.extend([0; 512]);
            bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
            sniff(&bytes, true)
        };
        assert_eq!(compound("WordDocument"), Look::of(Media::Doc));
        assert_eq!(compound("Workbook _VBA_PROJECT"), Look::of(Media::Xls).with(Mark::Macros));
        let encrypted = Look::of(Media::Ole).with(Mark::PasswordNeeded);
        assert_eq!(compound("EncryptedPackage"), encrypted);
        assert_eq!(compound("Other"), Look::of(Media::Ole));
    }

    #[test]
    fn a_pdf_behind_other_bytes_is_one_with_foreign_bytes() {
        let look = sniff(b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n", true);
        assert_eq!(look, Look::of(Media::Pdf).with(Mark::ForeignBytes));
    }
}
