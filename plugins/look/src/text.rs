//! Text: in which encoding, and of which structure.

use encoding_rs::{UTF_16BE, UTF_16LE};
use quick_xml::events::Event;
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use serde::de::IgnoredAny;

use crate::finding::{Look, Mark};
use crate::media::Media;

/// How much of a text its structure is guessed from, in bytes.
const HEAD_BYTES: usize = 64 * 1024;

/// Lines that are compared to find out whether a text is a table.
const TABLE_LINES_MAX: usize = 50;

/// Events of XML that may come before the root element: declarations and comments.
const PROLOG_EVENTS_MAX: usize = 256;

/// The namespace of Akoma Ntoso 3.0.
const AKOMA_NTOSO: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// Most control characters among a thousand of a text in an older encoding.
const CONTROLS_PER_MILLE_MAX: usize = 2;

/// The kind of text that these bytes are; [`Media::Unknown`] when they are none.
pub(crate) fn kind(bytes: &[u8], whole: bool) -> Look {
    if let [0xff, 0xfe, rest @ ..] = bytes {
        return Look::of(structure(&UTF_16LE.decode_without_bom_handling(head(rest)).0, None));
    }
    if let [0xfe, 0xff, rest @ ..] = bytes {
        return Look::of(structure(&UTF_16BE.decode_without_bom_handling(head(rest)).0, None));
    }
    let plain = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = head(plain);
    if start.contains(&0) {
        return Look::of(Media::Unknown);
    }
    match std::str::from_utf8(plain) {
        Ok(text) if controls(start) == 0 => Look::of(structure(text, whole.then_some(plain))),
        // Cut off within a letter.
        Err(error) if !whole && error.error_len().is_none() && controls(start) == 0 => {
            let valid = plain.get(..error.valid_up_to()).unwrap_or_default();
            Look::of(structure(std::str::from_utf8(valid).unwrap_or_default(), None))
        }
        _ if controls(start) * 1_000 <= start.len() * CONTROLS_PER_MILLE_MAX
            && plausible(start) =>
        {
            let media = structure(&String::from_utf8_lossy(start), None);
            Look::of(media).with(Mark::OldEncoding)
        }
        _ => Look::of(Media::Unknown),
    }
}

fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..HEAD_BYTES).unwrap_or(bytes)
}

/// Control characters that no text has: neither line ends, tabs and form feeds, nor the end of a
/// text of older systems.
fn controls(bytes: &[u8]) -> usize {
    let is_control = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t'..=b'\r' | 0x1a);
    bytes.iter().filter(is_control).count()
}

/// Whether bytes that are no UTF-8 may be letters all the same: they have lines or spaces as often
/// as texts do, which compressed bytes do not.
fn plausible(bytes: &[u8]) -> bool {
    let spaces = bytes.iter().filter(|byte| matches!(byte, b' ' | b'\n' | b'\t')).count();
    spaces * 40 >= bytes.len()
}

/// What a text is. `whole`: its bytes, when all of them are there.
fn structure(text: &str, whole: Option<&[u8]>) -> Media {
    let start = text.trim_start();
    match start.as_bytes().first() {
        Some(b'{' | b'[') if is_json(start, whole) => Media::Json,
        Some(b'<') => markup(start),
        _ if is_mail(start) => Media::Mail,
        _ if is_table(start) => Media::Csv,
        _ => Media::PlainText,
    }
}

/// Of a text that is not whole, the beginning has to do.
fn is_json(start: &str, whole: Option<&[u8]>) -> bool {
    match whole {
        Some(bytes) => serde_json::from_slice::<IgnoredAny>(bytes).is_ok(),
        None => {
            start.get(1..).unwrap_or_default().trim_start().starts_with(['"', '{', '[', '}', ']'])
        }
    }
}

/// The kind of markup, by its root element.
fn markup(text: &str) -> Media {
    let lower: String = text.chars().take(64).collect::<String>().to_ascii_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        return Media::Html;
    }
    let mut reader = NsReader::from_str(text);
    for _ in 0..PROLOG_EVENTS_MAX {
        match reader.read_resolved_event() {
            Ok((space, Event::Start(root) | Event::Empty(root))) => {
                let space = match space {
                    ResolveResult::Bound(space) => space.into_inner(),
                    _ => "",
                };
                return match root.local_name().into_inner() {
                    "akomaNtoso" if space == AKOMA_NTOSO => Media::AkomaNtoso,
                    "svg" => Media::Svg,
                    "html" => Media::Html,
                    _ => Media::Xml,
                };
            }
            Ok((_, Event::Eof)) | Err(_) => break,
            Ok((_, Event::Text(text))) if !text.trim_ascii().is_empty() => break,
            Ok(_) => {}
        }
    }
    Media::PlainText
}

/// Whether a text begins as a mail does (RFC 5322): headings, a subject or sender among them.
fn is_mail(text: &str) -> bool {
    let mut known = 0;
    for line in text.lines().take(TABLE_LINES_MAX) {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return false;
        }
        let names = ["from", "to", "date", "subject", "message-id", "mime-version", "received"];
        known += usize::from(names.contains(&name.to_ascii_lowercase().as_str()));
    }
    known >= 3
}

/// Whether the first lines have as many cells each, and more than one.
fn is_table(text: &str) -> bool {
    let mut end = text.len().min(HEAD_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let start = text.get(..end).unwrap_or_default();
    // The last line may be cut off.
    let start =
        if end < text.len() { start.rsplit_once('\n').map_or(start, |(s, _)| s) } else { start };
    [b',', b';', b'\t', b'|'].into_iter().any(|delimiter| {
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .from_reader(start.as_bytes());
        let mut row = csv::ByteRecord::new();
        let mut count = 0;
        while count < TABLE_LINES_MAX {
            // A row of another length is an error here.
            match rows.read_byte_record(&mut row) {
                Ok(true) if row.len() > 1 => count += 1,
                Ok(true) | Err(_) => return false,
                Ok(false) => break,
            }
        }
        count > 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn media(text: &str) -> Media {
        kind(text.as_bytes(), true).media
    }

    #[test]
    fn structures_are_told_apart() {
        for (text, expected) in [
            ("الطعن المرقم 612، المقدم من القائمة 187", Media::PlainText),
            ("{\"a\": [1, 2]}", Media::Json),
            ("{\"a\": [1, 2", Media::PlainText),
            ("<?xml version=\"1.0\"?><!-- c --><a:b xmlns:a=\"urn:x\"/>", Media::Xml),
            (
                "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"><act/>",
                Media::AkomaNtoso,
            ),
            ("<akomaNtoso xmlns=\"urn:other\"/>", Media::Xml),
            ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", Media::Svg),
            ("<!DOCTYPE html>\n<html>", Media::Html),
            ("< not markup at all", Media::PlainText),
            ("name,votes\nأ,12\nب,13\n", Media::Csv),
            ("name;votes\n\"a;b\";12\n", Media::Csv),
            ("one, two\nthree\n", Media::PlainText),
            ("one line, of prose", Media::PlainText),
            ("From: a@b\nTo: c@d\nSubject: s\n\nbody", Media::Mail),
            ("Note: one\nTwo: three\n", Media::PlainText),
        ] {
            assert_eq!(media(text), expected, "{text}");
        }
    }

    #[test]
    fn encodings_are_told_apart() {
        let wide: Vec<u8> =
            "\u{feff}a,b\nc,d\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(kind(&wide, true).media, Media::Csv);
        let big: Vec<u8> = "\u{feff}{}".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(kind(&big, true).media, Media::Json);
        assert_eq!(kind(b"\xef\xbb\xbf{}", true), Look::of(Media::Json));
        // Arabic in Windows-1256.
        let old = kind(b"\xc7\xe1\xd8\xda\xe4 \xc7\xe1\xe3\xd1\xde\xe3 612\r\n", true);
        assert_eq!(old, Look::of(Media::PlainText).with(Mark::OldEncoding));
        assert_eq!(kind(&[0xc7, 0xe1, 0xd8, 0x01, 0x02, b' '], true).media, Media::Unknown);
        let noise = (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8);
        assert_eq!(kind(&noise.collect::<Vec<_>>(), true).media, Media::Unknown);
    }

    #[test]
    fn a_text_that_is_cut_off_within_a_letter_is_still_text() {
        let bytes = "طعن".as_bytes();
        assert_eq!(kind(&bytes[..5], false), Look::of(Media::PlainText));
        assert_eq!(kind(b"{\"a\": [1, 2", false).media, Media::Json);
    }
}
