//! A workbook is a ZIP archive, and a few kilobytes of one can unpack to gigabytes. This measures
//! what an archive really unpacks to, part by part, and looks at what its parts are, before the
//! workbook's reader opens it. The sizes that an archive declares are not believed: they are
//! written by whoever made the bomb.

use std::collections::HashSet;
use std::io::{self, BufReader, Cursor, Read};

use barid_plugin::{Place, Problems};
use quick_xml::events::Event;
use zip::ZipArchive;

use super::said::{self, Unfit};
use super::sniff::{self, Kind};
use crate::limits::{
    ARCHIVE_PARTS_MAX, ARCHIVE_UNPACKED_MAX, PART_HEAD_BYTES_MAX, REGISTER_BYTES_MAX, STRINGS_MAX,
};

/// An archive whose parts can be read.
pub(super) type Archive<'i> = ZipArchive<Cursor<&'i [u8]>>;

/// Opens the archive if it may be opened. `None`: the problems say why not.
pub(super) fn open<'i>(input: &'i [u8], problems: &mut Problems) -> Option<Archive<'i>> {
    if input.len() > REGISTER_BYTES_MAX {
        said::too_large(problems, "bytes", input.len() as u64, REGISTER_BYTES_MAX as u64);
        return None;
    }
    let unfit = match sniff::kind(input) {
        Kind::Archive => None,
        Kind::Encrypted => Some(Unfit::Encrypted),
        Kind::Legacy => Some(Unfit::Legacy),
        Kind::WebPage => Some(Unfit::WebPage),
        Kind::SpreadsheetXml => Some(Unfit::SpreadsheetXml),
        Kind::Pdf => Some(Unfit::Pdf),
        Kind::Other => Some(Unfit::Broken),
    };
    if let Some(unfit) = unfit {
        said::unfit(problems, unfit, Place::default());
        return None;
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(input)) else {
        said::unfit(problems, Unfit::Broken, Place::default());
        return None;
    };
    if archive.len() > ARCHIVE_PARTS_MAX {
        said::too_large(problems, "parts", archive.len() as u64, ARCHIVE_PARTS_MAX as u64);
        return None;
    }
    let fit = names(&archive, input).and_then(|names| {
        is_workbook(&names, &mut archive)?;
        measure(&mut archive)?;
        Ok(names)
    });
    match fit {
        Ok(names) => {
            if names.iter().any(|name| name.contains("/externallinks/")) {
                said::external_links(problems);
            }
            Some(archive)
        }
        Err(Refused::Unfit(unfit, part)) => {
            said::unfit(problems, unfit, Place::path(part));
            None
        }
        Err(Refused::TooLarge(what, found, most)) => {
            said::too_large(problems, what, found, most);
            None
        }
    }
}

/// Why an archive is not opened.
enum Refused {
    /// It is something else, or broken, in this part.
    Unfit(Unfit, String),
    /// So many of these are more than the bound.
    TooLarge(&'static str, u64, u64),
}

fn broken(part: &str) -> Refused {
    Refused::Unfit(Unfit::Broken, part.to_owned())
}

/// The parts' names as programs compare them: lower case (ECMA-376 part 2, 6.2.2.3), one slash.
fn names(archive: &Archive<'_>, input: &[u8]) -> Result<HashSet<String>, Refused> {
    let mut names = HashSet::new();
    for name in archive.file_names_raw() {
        let name = String::from_utf8_lossy(name).to_lowercase().replace('\\', "/");
        let leaves = name.starts_with('/')
            || name.contains(':')
            || name.contains('\0')
            || name.split('/').any(|step| step == "..");
        if leaves {
            return Err(Refused::Unfit(Unfit::PartName, name));
        }
        if !names.insert(name.clone()) {
            return Err(Refused::Unfit(Unfit::PartTwice, name));
        }
    }
    // The archive's reader keeps the last of parts with one name; others keep the first.
    if declared_parts(input) != Some(names.len()) {
        return Err(Refused::Unfit(Unfit::PartTwice, String::new()));
    }
    Ok(names)
}

/// How many parts the end of the archive says that there are (APPNOTE 4.3.16).
fn declared_parts(input: &[u8]) -> Option<usize> {
    const END: usize = 22;
    // Behind it may stand a comment of 64 KiB, which may hold the same four bytes: the last counts.
    let from = input.len().saturating_sub(END + usize::from(u16::MAX));
    let tail = input.get(from..)?;
    let at = tail.windows(4).rposition(|bytes| bytes == b"PK\x05\x06")?;
    let count: [u8; 2] = tail.get(at + 10..at + 12)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(count)))
}

/// Whether the parts are those of a workbook that we read.
fn is_workbook(names: &HashSet<String>, archive: &mut Archive<'_>) -> Result<(), Refused> {
    let has = |end: &str| names.iter().any(|name| name.ends_with(end));
    let in_folder = |folder: &str| names.iter().any(|name| name.contains(folder));
    let unfit = if names.contains("mimetype") && names.contains("content.xml") {
        Unfit::OpenDocument
    } else if has("vbaproject.bin") || in_folder("/macrosheets/") || says_macros(archive) {
        Unfit::Macros
    } else if has("workbook.bin") {
        Unfit::Binary
    } else if !has("workbook.xml") && has("word/document.xml") {
        Unfit::TextDocument
    } else {
        return Ok(());
    };
    Err(Refused::Unfit(unfit, String::new()))
}

/// Whether the list of content types says that the workbook has macros.
fn says_macros(archive: &mut Archive<'_>) -> bool {
    let Ok(part) = archive.by_name("[Content_Types].xml") else { return false };
    let mut text = String::new();
    let read = part.take(PART_HEAD_BYTES_MAX).read_to_string(&mut text);
    read.is_ok() && text.to_lowercase().contains("macroenabled")
}

/// Unpacks every part and throws it away. Stops right behind the bound.
fn measure(archive: &mut Archive<'_>) -> Result<(), Refused> {
    let mut total = 0;
    for index in 0..archive.len() {
        let left = ARCHIVE_UNPACKED_MAX + 1 - total;
        let locked = archive.by_index_raw(index).is_ok_and(|part| part.encrypted());
        if locked {
            return Err(Refused::Unfit(Unfit::Encrypted, String::new()));
        }
        let part = archive.by_index(index).map_err(|_| broken(""))?;
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        let mut counted = Counted { part: part.take(left), bytes: 0 };
        if name.to_lowercase().ends_with(".xml") {
            head(&mut counted, &name)?;
        }
        io::copy(&mut counted, &mut io::sink()).map_err(|_| broken(&name))?;
        total += counted.bytes;
        if total > ARCHIVE_UNPACKED_MAX {
            return Err(Refused::TooLarge("unpacked bytes", total, ARCHIVE_UNPACKED_MAX));
        }
    }
    Ok(())
}

/// Looks at what stands before a part's content: no document type, whose entities are a bomb of
/// their own, and no count of strings for which the reader would reserve all memory.
fn head(part: &mut impl Read, name: &str) -> Result<(), Refused> {
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(part.take(PART_HEAD_BYTES_MAX)));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::DocType(_)) => {
                return Err(Refused::Unfit(Unfit::DocType, name.to_owned()));
            }
            Ok(Event::Start(root) | Event::Empty(root)) => {
                for attribute in root.attributes().with_checks(false) {
                    let attribute = attribute.map_err(|_| broken(name))?;
                    if attribute.key.local_name().as_ref() != "uniqueCount" {
                        continue;
                    }
                    let count = attribute.value.trim().parse().unwrap_or(u64::MAX);
                    if count > STRINGS_MAX {
                        return Err(Refused::TooLarge("strings", count, STRINGS_MAX));
                    }
                }
                return Ok(());
            }
            Ok(Event::Eof) | Err(_) => return Err(broken(name)),
            Ok(_) => {}
        }
    }
}

/// Counts what has been read through it.
struct Counted<R> {
    part: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.part.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}
