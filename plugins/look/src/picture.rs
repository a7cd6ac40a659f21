//! Pictures and recordings: how large, which way up, how many pages, and whether the end is there.

use std::io::Cursor;

use memchr::memmem;

use crate::finding::{Look, Mark, Picture};
use crate::media::Media;

/// How far from the end a picture's own end is searched: cameras write notes behind it.
const END_BYTES: usize = 64 * 1024;

/// Most pages of a TIFF that are counted: a fax has a hundred.
const TIFF_PAGES_MAX: u32 = 65_536;

/// Most boxes at the top of a recording that are walked over: a fragmented one has many.
const BOXES_MAX: usize = 1_000_000;

/// Looks into a picture or recording that is whole.
pub(crate) fn look_into(bytes: &[u8], look: &mut Look) {
    look.picture = size(bytes, look.media);
    look.pages = match look.media {
        Media::Tiff => tiff_pages(bytes),
        Media::Djvu => Some(count(bytes, b"DJVUINFO")).filter(|pages| *pages > 0),
        _ => None,
    };
    let has_end = match look.media {
        Media::Jpeg => ends_with(bytes, b"\xff\xd9"),
        Media::Png => ends_with(bytes, b"IEND"),
        Media::Gif => bytes.iter().rev().find(|byte| **byte != 0) == Some(&0x3b),
        Media::Webp | Media::Wav | Media::Avi => riff_is_whole(bytes),
        Media::Mp4 | Media::QuickTime | Media::ThreeGp | Media::M4a => {
            boxes_are_whole(bytes, b"moov")
        }
        Media::Heic | Media::Avif => boxes_are_whole(bytes, b"meta"),
        Media::Tiff => look.pages.is_some(),
        _ => true,
    };
    if !has_end {
        look.marks.insert(Mark::Truncated);
    }
}

/// What a picture's head says, which is all that there may be of it.
pub(crate) fn size(bytes: &[u8], media: Media) -> Option<Picture> {
    let (width, height) = match media {
        Media::Djvu => djvu_size(bytes)?,
        Media::Png | Media::Jpeg | Media::Gif | Media::Tiff | Media::Webp | Media::Bmp => {
            blob_size(bytes)?
        }
        Media::Heic | Media::Avif | Media::Jxl | Media::Psd => blob_size(bytes)?,
        _ => return None,
    };
    Some(Picture { width, height, orientation: orientation(bytes, media) })
}

fn blob_size(bytes: &[u8]) -> Option<(u64, u64)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((size.width as u64, size.height as u64))
}

/// The INFO chunk of a page, or of the first one (DjVu 3, 8.4).
fn djvu_size(bytes: &[u8]) -> Option<(u64, u64)> {
    let at = memmem::find(bytes, b"DJVUINFO")? + 12;
    let [a, b, c, d] = bytes.get(at..at + 4)?.try_into().ok()?;
    Some((u64::from(u16::from_be_bytes([a, b])), u64::from(u16::from_be_bytes([c, d]))))
}

fn orientation(bytes: &[u8], media: Media) -> Option<u8> {
    if !matches!(media, Media::Jpeg | Media::Tiff | Media::Png | Media::Webp | Media::Heic) {
        return None;
    }
    let exif = exif::Reader::new().read_from_container(&mut Cursor::new(bytes)).ok()?;
    let field = exif.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?;
    let turned = field.value.get_uint(0).and_then(|turned| u8::try_from(turned).ok());
    turned.filter(|turned| (1..=8).contains(turned))
}

/// Goes from page to page (TIFF 6.0, section 2). `None`: a page lies where nothing is.
fn tiff_pages(bytes: &[u8]) -> Option<u32> {
    let little = bytes.starts_with(b"II");
    let number = |at: usize, length: usize| -> Option<usize> {
        let bytes = bytes.get(at..at.checked_add(length)?)?;
        let add = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
        Some(if little { bytes.iter().rev().fold(0, add) } else { bytes.iter().fold(0, add) })
    };
    let mut at = number(4, 4)?;
    let mut pages = 0;
    while at != 0 && pages < TIFF_PAGES_MAX {
        pages += 1;
        let fields = number(at, 2)?;
        at = number(at.checked_add(2 + fields * 12)?, 4)?;
    }
    Some(pages)
}

fn count(bytes: &[u8], what: &[u8]) -> u32 {
    u32::try_from(memmem::find_iter(bytes, what).count()).unwrap_or(u32::MAX)
}

fn ends_with(bytes: &[u8], end: &[u8]) -> bool {
    let last = bytes.get(bytes.len().saturating_sub(END_BYTES)..).unwrap_or_default();
    memmem::rfind(last, end).is_some()
}

/// Whether everything is there that the head announces.
fn riff_is_whole(bytes: &[u8]) -> bool {
    let length = bytes.get(4..8).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
    // Recorders that cannot go back leave 0 or the largest number.
    length.is_some_and(|length| {
        matches!(length, 0 | u32::MAX) || u64::from(length) + 8 <= bytes.len() as u64 + 1
    })
}

/// Whether the boxes fill the bytes (ISO/IEC 14496-12, 4.2), with the one that nothing can be shown
/// without among them.
fn boxes_are_whole(bytes: &[u8], needed: &[u8; 4]) -> bool {
    let (mut at, mut found) = (0_usize, false);
    for _ in 0..BOXES_MAX {
        let Some(head) = bytes.get(at..at.saturating_add(8)) else { break };
        let (length, name) = head.split_at(4);
        found |= name == needed;
        let length = length.try_into().map(u32::from_be_bytes).unwrap_or_default();
        let length = match length {
            0 => return found,
            1 => {
                let wide = bytes.get(at + 8..at + 16).and_then(|eight| eight.try_into().ok());
                wide.map_or(0, u64::from_be_bytes)
            }
            other => u64::from(other),
        };
        if length < 8 {
            return false;
        }
        at = at.saturating_add(usize::try_from(length).unwrap_or(usize::MAX));
    }
    found && at == bytes.len()
}
