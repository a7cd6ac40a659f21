//! Pictures, recordings and archives made by hand.

#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test"
)]

mod kit;

use std::io::{Cursor, Write as _};

use barid_look::{Contents, HEAD_BYTES, Look, Mark, Media, Picture};
use kit::look;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn archives_are_told_by_what_they_hold() {
    let office = |folder: &str| format!("{folder}/document.xml");
    for (parts, expected) in [
        (vec![("a.txt".to_owned(), "x")], Media::Zip),
        (vec![("[Content_Types].xml".into(), ""), (office("word"), "")], Media::Docx),
        (vec![("[Content_Types].xml".into(), ""), (office("xl"), "")], Media::Xlsx),
        (vec![("[Content_Types].xml".into(), "")], Media::Zip),
        (vec![("mimetype".into(), "application/vnd.oasis.opendocument.text")], Media::Odt),
        (vec![("mimetype".into(), "application/vnd.etsi.asic-e+zip")], Media::AsicE),
        // A lie within is none that is believed.
        (vec![("mimetype".into(), "application/pdf")], Media::Zip),
    ] {
        let parts: Vec<(&str, &[u8])> =
            parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        let found = look(&archive(&parts));
        assert_eq!((found.media, found.marks.len()), (expected, 0), "{parts:?}");
        assert_eq!(found.contents.unwrap().parts, parts.len() as u64);
    }
    let macros = look(&archive(&[
        ("[Content_Types].xml", b""),
        ("word/document.xml", b""),
        ("word/vbaProject.bin", b"x"),
    ]));
    assert_eq!((macros.media, macros.marks.contains(&Mark::Macros)), (Media::Docm, true));
}

#[test]
fn bombs_programs_and_paths_are_named_without_unpacking() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("zeros", SimpleFileOptions::default()).unwrap();
    let zeros = vec![0; 1024 * 1024];
    for _ in 0..300 {
        writer.write_all(&zeros).unwrap();
    }
    let bomb = writer.finish().unwrap().into_inner();
    let found = look(&bomb);
    assert!(found.marks.contains(&Mark::Bomb));
    let unpacked_bytes = 300 * 1024 * 1024;
    assert_eq!(found.contents, Some(Contents { parts: 1, unpacked_bytes }));
    let odd = look(&archive(&[("../../etc/passwd", b"x"), ("photo.jpg.EXE", b"MZ")]));
    assert_eq!(Vec::from_iter(odd.marks), [Mark::Program, Mark::PathsLeave]);
}

#[test]
fn archives_that_are_cut_off_are_told() {
    let whole = archive(&[("a.txt", b"some text"), ("b.txt", b"more")]);
    for end in 4..whole.len() - 1 {
        let found = look(&whole[..end]);
        assert_eq!(found.media, Media::Zip, "cut at {end}");
        assert!(found.marks.contains(&Mark::Truncated), "cut at {end}");
    }
}

/// A PNG of these dimensions, without pixels.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x02\0\0\0\0\0\0\0");
    bytes.extend(b"\0\0\0\0IEND\xae\x42\x60\x82");
    bytes
}

#[test]
fn pictures_have_a_size_and_an_end() {
    let whole = png(4032, 3024);
    let expected = Picture { width: 4032, height: 3024, orientation: None };
    assert_eq!(look(&whole), Look { picture: Some(expected), ..Look::of(Media::Png) });
    let cut = look(&whole[..whole.len() - 12]);
    assert_eq!(Vec::from_iter(cut.marks), [Mark::Truncated]);
    assert_eq!(cut.picture, Some(expected));
}

/// A TIFF of so many pages, the first of which says its size and that it lies on its side.
fn tiff(pages: u32) -> Vec<u8> {
    let mut bytes = b"II*\0\x08\0\0\0".to_vec();
    for page in 0..pages {
        let fields: [(u16, u32); 3] = [(0x100, 1700), (0x101, 2200), (0x112, 6)];
        bytes.extend(3_u16.to_le_bytes());
        for (tag, value) in fields {
            bytes.extend(tag.to_le_bytes());
            bytes.extend([3, 0, 1, 0, 0, 0]);
            bytes.extend(value.to_le_bytes());
        }
        let next = if page + 1 == pages { 0 } else { bytes.len() as u32 + 4 };
        bytes.extend(next.to_le_bytes());
    }
    bytes
}

#[test]
fn a_fax_has_pages_and_an_orientation() {
    let found = look(&tiff(7));
    let picture = Picture { width: 1700, height: 2200, orientation: Some(6) };
    let expected = Look { pages: Some(7), picture: Some(picture), ..Look::of(Media::Tiff) };
    assert_eq!(found, expected);
    let cut = &tiff(7)[..200];
    assert!(look(cut).marks.contains(&Mark::Truncated));
    // Pages that lead back to themselves end at a bound.
    let mut circle = tiff(1);
    let end = circle.len() - 4;
    circle[end] = 8;
    assert_eq!(look(&circle).pages, Some(65_536));
}

#[test]
fn recordings_that_are_cut_off_are_told() {
    let boxed = |name: &[u8; 4], length: usize| {
        let mut bytes = (length as u32 + 8).to_be_bytes().to_vec();
        bytes.extend(name);
        bytes.extend(vec![0; length]);
        bytes
    };
    let mut video = b"\0\0\0\x10ftypisom\0\0\0\0".to_vec();
    video.extend(boxed(b"mdat", 5_000));
    let without_index = look(&video);
    assert_eq!(Vec::from_iter(without_index.marks), [Mark::Truncated]);
    video.extend(boxed(b"moov", 100));
    assert_eq!(look(&video), Look::of(Media::Mp4));
    assert!(look(&video[..video.len() - 1]).marks.contains(&Mark::Truncated));
    let mut sound = b"RIFF\x24\0\0\0WAVEfmt ".to_vec();
    assert!(look(&sound).marks.contains(&Mark::Truncated));
    sound.resize(44, 0);
    assert_eq!(look(&sound), Look::of(Media::Wav));
}

#[test]
fn of_what_is_too_large_the_beginning_tells_the_kind() {
    let mut head = png(10, 20);
    head.resize(HEAD_BYTES, 7);
    let found = barid_look::look(head, 8 * 1024 * 1024 * 1024);
    let picture = Some(Picture { width: 10, height: 20, orientation: None });
    assert_eq!(found, Look { picture, ..Look::of(Media::Png) }.with(Mark::TooLarge));
    let office = archive(&[("[Content_Types].xml", b""), ("word/document.xml", b"")]);
    assert_eq!(barid_look::look(office, u64::MAX).media, Media::Zip);
}

#[test]
fn a_tar_is_counted_by_its_heads() {
    let mut bytes = Vec::new();
    for (name, length) in [("a.pdf", 600), ("../b.pdf", 10)] {
        let mut head = vec![0; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        let digits = format!("{length:011o}\0");
        head[124..136].copy_from_slice(digits.as_bytes());
        head[257..262].copy_from_slice(b"ustar");
        bytes.extend(head);
        bytes.resize(bytes.len() + usize::div_ceil(length, 512) * 512, b'x');
    }
    assert!(look(&bytes).marks.contains(&Mark::Truncated));
    bytes.resize(bytes.len() + 1024, 0);
    let found = look(&bytes);
    assert_eq!(found.contents, Some(Contents { parts: 2, unpacked_bytes: 610 }));
    assert_eq!(Vec::from_iter(found.marks), [Mark::PathsLeave]);
}
