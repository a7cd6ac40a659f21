//! Archives, by their own tables of contents. Nothing is unpacked but two short parts which say
//! what the archive is.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::finding::{Contents, Look, Mark};
use crate::media::Media;

/// A part that says what the archive is, at most so long.
const KIND_BYTES_MAX: u64 = 4096;

/// Most parts whose lengths and names are looked at.
const PARTS_MAX: usize = 65_536;

/// An archive that becomes so much longer than it is, and longer than this, is no honest one.
/// Tables in XLSX come to a hundred times.
const BOMB_TIMES: u64 = 200;
const BOMB_BYTES: u64 = 256 * 1024 * 1024;

/// Where the parts of the kinds of Office Open XML lie.
const OFFICE: [(&str, Media, Media); 3] = [
    ("word/", Media::Docx, Media::Docm),
    ("xl/", Media::Xlsx, Media::Xlsm),
    ("ppt/", Media::Pptx, Media::Pptx),
];

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// What a ZIP archive is and holds. Of one that is not whole its first part has to do.
pub(crate) fn zip_kind(bytes: &[u8], whole: bool) -> Look {
    if !whole {
        return Look::of(by_first_part(bytes));
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        // The table of contents is its end.
        return Look::of(by_first_part(bytes)).with(Mark::Truncated);
    };
    let mut look = Look::of(kind_of(&mut archive));
    survey(&mut archive, bytes.len() as u64, &mut look);
    look
}

fn kind_of(archive: &mut Archive<'_>) -> Media {
    if let Ok(mut part) = archive.by_name("mimetype") {
        let mut text = String::new();
        if part.by_ref().take(KIND_BYTES_MAX).read_to_string(&mut text).is_ok() {
            let named = Media::named(text.trim()).filter(|media| media.is_a(Media::Zip));
            return named.unwrap_or(Media::Zip);
        }
    }
    if archive.index_for_name("[Content_Types].xml").is_none() {
        return Media::Zip;
    }
    for (folder, plain, with_macros) in OFFICE {
        if archive.file_names().take(PARTS_MAX).flatten().any(|name| name.starts_with(folder)) {
            let macros = archive.index_for_name(&format!("{folder}vbaProject.bin"));
            return if macros.is_some() { with_macros } else { plain };
        }
    }
    Media::Zip
}

/// Lengths and names, as the archive's table says.
fn survey(archive: &mut Archive<'_>, length: u64, look: &mut Look) {
    let parts = archive.len();
    let (mut unpacked, mut packed) = (0_u64, 0_u64);
    for at in 0..parts.min(PARTS_MAX) {
        let Ok(part) = archive.by_index_raw(at) else {
            look.marks.insert(Mark::Repaired);
            continue;
        };
        unpacked = unpacked.saturating_add(part.size());
        packed = packed.saturating_add(part.compressed_size());
        if part.encrypted() {
            look.marks.insert(Mark::PartsEncrypted);
        }
        if part.enclosed_name().is_none() {
            look.marks.insert(Mark::PathsLeave);
        }
        let name = part.name().unwrap_or_default();
        if name.ends_with("/vbaProject.bin") {
            look.marks.insert(Mark::Macros);
        }
        if is_program(&name) {
            look.marks.insert(Mark::Program);
        }
    }
    // Parts that overlap are longer together than the archive.
    if packed > length || is_bomb(length, unpacked) {
        look.marks.insert(Mark::Bomb);
    }
    look.contents = Some(Contents { parts: parts as u64, unpacked_bytes: unpacked });
}

fn is_bomb(packed: u64, unpacked: u64) -> bool {
    unpacked > BOMB_BYTES && unpacked / packed.max(1) > BOMB_TIMES
}

/// Whether a name is one that Windows would run.
fn is_program(name: &str) -> bool {
    const ENDINGS: [&str; 9] =
        [".exe", ".scr", ".com", ".bat", ".cmd", ".js", ".vbs", ".lnk", ".ps1"];
    let name = name.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// What the first parts of an archive say (PKWARE, APPNOTE 4.3.7): the name, and a `mimetype` that
/// is stored as it is.
fn by_first_part(bytes: &[u8]) -> Media {
    let number = |at: usize| {
        let two = bytes.get(at..at + 2).and_then(|two| two.try_into().ok());
        usize::from(u16::from_le_bytes(two.unwrap_or_default()))
    };
    let behind = 30 + number(26);
    let name = bytes.get(30..behind).unwrap_or_default();
    if name == b"mimetype" {
        let start = behind + number(28);
        let rest = bytes.get(start..bytes.len().min(start + 128)).unwrap_or_default();
        let text = rest.split(|byte| !byte.is_ascii_graphic()).next().unwrap_or_default();
        // The next part follows at once.
        let text = text.split(|byte| *byte == b'P').next().unwrap_or_default();
        let named = std::str::from_utf8(text).ok().and_then(Media::named);
        return named.filter(|media| media.is_a(Media::Zip)).unwrap_or(Media::Zip);
    }
    Media::Zip
}

/// What a gzip says of its length (RFC 1952): right for one member below 4 GiB.
pub(crate) fn look_into_gzip(bytes: &[u8], look: &mut Look) {
    let last = bytes.len().checked_sub(4).and_then(|at| bytes.get(at..));
    let Some(length) = last.and_then(|four| four.try_into().ok()).map(u32::from_le_bytes) else {
        return;
    };
    let unpacked_bytes = u64::from(length);
    if is_bomb(bytes.len() as u64, unpacked_bytes) {
        look.marks.insert(Mark::Bomb);
    }
    look.contents = Some(Contents { parts: 1, unpacked_bytes });
}

/// What a tar holds (POSIX.1-1988): heads of 512 bytes, each with the length of what follows.
pub(crate) fn look_into_tar(bytes: &[u8], look: &mut Look) {
    const BLOCK: u64 = 512;
    let (mut at, mut parts, mut unpacked_bytes) = (0_u64, 0_u64, 0_u64);
    while parts < PARTS_MAX as u64 {
        let start = usize::try_from(at).unwrap_or(usize::MAX);
        let Some(head) = bytes.get(start..).and_then(|rest| rest.get(..512)) else {
            look.marks.insert(Mark::Truncated);
            break;
        };
        if head.iter().all(|byte| *byte == 0) {
            break;
        }
        let digits = head.get(124..136).unwrap_or_default();
        let text = std::str::from_utf8(digits).unwrap_or_default();
        let Ok(length) = u64::from_str_radix(text.trim_matches([' ', '\0']), 8) else {
            look.marks.insert(Mark::Repaired);
            break;
        };
        let name = head.get(..100).unwrap_or_default();
        if name.starts_with(b"/") || memchr::memmem::find(name, b"../").is_some() {
            look.marks.insert(Mark::PathsLeave);
        }
        parts += 1;
        unpacked_bytes = unpacked_bytes.saturating_add(length);
        at = at.saturating_add(BLOCK).saturating_add(length.div_ceil(BLOCK).saturating_mul(BLOCK));
    }
    look.contents = Some(Contents { parts, unpacked_bytes });
}
