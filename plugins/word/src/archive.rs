//! A ZIP archive, opened without trust: sizes, names and counts in it were written by whoever made
//! it.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

/// Most parts of an archive. A Word file with a hundred pictures has about 200.
pub const PARTS_MAX: usize = 2_000;

/// Beginning of the record at the end of every archive, and where it counts the parts.
const END: &[u8] = b"PK\x05\x06";
const END_COUNT_AT: usize = 10;

/// Longest name of a part, in bytes: what common file systems take.
const NAME_MAX_BYTES: usize = 255;

/// An archive whose names are harmless and different.
#[derive(Debug)]
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
}

/// Why an archive, or a part of it, is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The bytes are no ZIP archive.
    NotAnArchive,
    /// It has this many parts, more than [`PARTS_MAX`].
    TooManyParts(usize),
    /// A part's name leads out of its folder, or is no name at all.
    Path(String),
    /// Two parts have one name: two programs would read two different files.
    NamesTwice,
    /// Two parts share bytes, which is how archives are made that unpack to petabytes.
    Overlapping,
    /// A part is locked with a password.
    Encrypted(String),
    /// A part unpacks to more than so many bytes.
    TooLarge(String, u64),
    /// A part is damaged, or packed in a way that is not read.
    Damaged(String),
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    ///
    /// The [`Fault`] of the archive as a whole.
    pub fn open(input: &'a [u8]) -> Result<Self, Fault> {
        let mut zip = ZipArchive::new(Cursor::new(input)).map_err(|_| Fault::NotAnArchive)?;
        if zip.len() > PARTS_MAX {
            return Err(Fault::TooManyParts(zip.len()));
        }
        let names = names(&zip)?;
        // The library keeps the last of two parts with one name; the record at the end counts both.
        if counted(input).is_none_or(|count| count != zip.len()) {
            return Err(Fault::NamesTwice);
        }
        if !matches!(zip.has_overlapping_entries(), Ok(false)) {
            return Err(Fault::Overlapping);
        }
        Ok(Self { zip, names })
    }

    /// The names of its parts, folders left out, in the order of the archive.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Whether a part is there.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// Unpacks a part of at most so many bytes.
    ///
    /// # Errors
    ///
    /// The [`Fault`] of the part; one that is not there is [`Fault::Damaged`].
    pub fn read(&mut self, name: &str, max_bytes: u64) -> Result<Vec<u8>, Fault> {
        let damaged = || Fault::Damaged(name.to_owned());
        let part = self.zip.by_name(name).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                Fault::Encrypted(name.to_owned())
            }
            _ => damaged(),
        })?;
        if part.encrypted() {
            return Err(Fault::Encrypted(name.to_owned()));
        }
        let mut bytes = Vec::new();
        let read = part.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes);
        if bytes.len() as u64 > max_bytes {
            return Err(Fault::TooLarge(name.to_owned(), max_bytes));
        }
        read.map_err(|_| damaged())?;
        Ok(bytes)
    }
}

fn names(zip: &ZipArchive<Cursor<&[u8]>>) -> Result<Vec<String>, Fault> {
    let mut names = Vec::new();
    let mut seen = BTreeSet::new();
    for name in zip.file_names() {
        let name = name.map_err(|_| Fault::Path(String::new()))?;
        if !is_harmless(&name) {
            return Err(Fault::Path(name.into_owned()));
        }
        // Part names are compared without regard to case (ECMA-376 part 2, section 6.2.2.3).
        if !seen.insert(name.to_lowercase()) {
            return Err(Fault::NamesTwice);
        }
        if !name.ends_with('/') {
            names.push(name.into_owned());
        }
    }
    Ok(names)
}

/// Whether a name stays in its folder wherever the archive is unpacked.
fn is_harmless(name: &str) -> bool {
    let length = 1..=NAME_MAX_BYTES;
    let plain = !name.starts_with('/') && !name.contains(['\\', '\0', ':']);
    let folder = name.strip_suffix('/').unwrap_or(name);
    length.contains(&name.len())
        && plain
        && folder.split('/').all(|step| !matches!(step, "" | "." | ".."))
}

/// How many parts the record at the end says there are.
fn counted(input: &[u8]) -> Option<usize> {
    let end = input.windows(END.len()).rposition(|window| window == END)?;
    let count = input.get(end + END_COUNT_AT..end + END_COUNT_AT + 2)?;
    Some(usize::from(u16::from_le_bytes([*count.first()?, *count.get(1)?])))
}
