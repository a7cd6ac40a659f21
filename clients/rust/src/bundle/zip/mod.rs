//! ZIP in one form only: stored, in the order of writing, with nothing optional.
//!
//! ZIP readers disagree: some walk the entries from the front, others believe the directory at the
//! end, and files that show different things to both are an old trick. So what is read here must
//! be, byte for byte, what [`ZipWriter`] writes: each entry behind the one before it, one
//! directory that repeats exactly the entries, one end, and nothing behind it. No compression, no
//! extra fields, no comments, no data descriptors, no ZIP64, one date for all.

mod read;
mod write;

pub use read::ZipReader;
pub use write::ZipWriter;

use std::io::{ErrorKind, Read};

/// The most entries: what fits without ZIP64.
pub const ENTRIES_MAX: usize = 65_534;
/// The longest name of an entry.
const NAME_MAX: usize = 100;
/// Begins an entry.
const LOCAL: [u8; 4] = *b"PK\x03\x04";
/// Begins a line of the directory.
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
/// Begins the end.
const END: [u8; 4] = *b"PK\x05\x06";
/// Begins the end of a ZIP64 directory, and what points to it.
const ZIP64: [[u8; 4]; 2] = [*b"PK\x06\x06", *b"PK\x06\x07"];
/// Version 1.0 is needed; no flags; stored; midnight of 1980-01-01, the first date ZIP knows.
const FORM: [u8; 10] = [10, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
/// Bytes of an entry's heading before its name.
const LOCAL_LEN: usize = 30;
/// Bytes of a line of the directory before its name.
const CENTRAL_LEN: usize = 46;
/// Bytes of the end.
const END_LEN: usize = 22;
/// How much is read at once.
const CHUNK: usize = 64 * 1024;

/// Why a file is not a ZIP in the one form.
#[derive(Debug, thiserror::Error)]
pub enum ZipError {
    /// Reading or writing failed.
    #[error(transparent)]
    Disk(#[from] std::io::Error),
    /// It does not begin as a ZIP does.
    #[error("not a ZIP file")]
    NotZip,
    /// It ends too early.
    #[error("the file is cut short")]
    CutShort,
    /// Something optional that is not allowed here.
    #[error("entry {name:?} has {what}")]
    Form {
        /// Which entry.
        name: String,
        /// What it has that it must not have.
        what: &'static str,
    },
    /// A name that is not a plain relative path.
    #[error("entry {at} has a name that is not a plain path below the bundle")]
    Name {
        /// The entry's place in the file, from 1.
        at: usize,
    },
    /// Two entries of one name.
    #[error("two entries are called {0:?}")]
    NameTwice(String),
    /// The checksum is another than that of the bytes.
    #[error("the checksum of {0:?} is wrong: its bytes were changed")]
    Checksum(String),
    /// An entry is longer than it may be.
    #[error("{name:?} has {size} bytes and may have {max}")]
    TooLong {
        /// Which entry.
        name: String,
        /// How long it says it is.
        size: u64,
        /// How long it may be.
        max: u64,
    },
    /// The directory says something else about an entry than the entry itself.
    #[error("the directory contradicts entry {name:?}: {what}")]
    Directory {
        /// Which entry.
        name: String,
        /// In what.
        what: &'static str,
    },
    /// The directory has another number of lines than there are entries.
    #[error("the directory has another number of lines than there are entries")]
    DirectoryLength,
    /// There is a second directory, which other readers may believe.
    #[error("there is a second directory, in which other programs may see another bundle")]
    SecondDirectory,
    /// ZIP64 fields.
    #[error("ZIP64 is not used in bundles")]
    Zip64,
    /// The end has a comment.
    #[error("the file has a comment")]
    Comment,
    /// The end says something else than the directory.
    #[error("the end of the file contradicts its directory")]
    End,
    /// Bytes behind the end.
    #[error("there are bytes behind the end")]
    Trailing,
    /// More than ZIP can hold without ZIP64.
    #[error("too much for one bundle: at most 65,534 entries and 4 GiB")]
    TooMuch,
}

/// What stands before an entry's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Its name.
    pub name: String,
    /// CRC-32 of its bytes.
    pub crc: u32,
    /// How many bytes it has.
    pub size: u32,
    /// Where its heading begins in the file.
    offset: u32,
}

impl Heading {
    /// Checksum, both lengths, and the lengths of name and extra field: as ZIP repeats them.
    fn tail(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        let name = u16::try_from(self.name.len()).unwrap_or(u16::MAX);
        let fields: [&[u8]; 5] = [
            &self.crc.to_le_bytes(),
            &self.size.to_le_bytes(),
            &self.size.to_le_bytes(),
            &name.to_le_bytes(),
            &[0, 0],
        ];
        bytes.copy_from_slice(&fields.concat());
        bytes
    }

    fn local(&self) -> Vec<u8> {
        [&LOCAL[..], &FORM, &self.tail(), self.name.as_bytes()].concat()
    }

    fn central(&self) -> Vec<u8> {
        let offset = self.offset.to_le_bytes();
        // Made by version 1.0 for MS-DOS: no attributes, no owner.
        let fields: [&[u8]; 7] =
            [&CENTRAL, &[10, 0], &FORM, &self.tail(), &[0; 10], &offset, self.name.as_bytes()];
        fields.concat()
    }
}

/// The directory and the end that belong to these entries, the first of which is at byte 0.
fn directory(entries: &[Heading], start: u64) -> Result<Vec<u8>, ZipError> {
    let mut bytes: Vec<u8> = entries.iter().flat_map(Heading::central).collect();
    let count = u16::try_from(entries.len()).map_err(|_| ZipError::TooMuch)?.to_le_bytes();
    let len = u32::try_from(bytes.len()).map_err(|_| ZipError::TooMuch)?.to_le_bytes();
    let start = u32::try_from(start).map_err(|_| ZipError::TooMuch)?.to_le_bytes();
    let end: [&[u8]; 7] = [&END, &[0; 4], &count, &count, &len, &start, &[0, 0]];
    bytes.extend_from_slice(&end.concat());
    Ok(bytes)
}

/// Hands at most `most` bytes on, piece by piece, and says how many there were.
fn each_chunk(
    input: &mut dyn Read,
    most: u64,
    take: &mut dyn FnMut(&[u8]) -> std::io::Result<()>,
) -> std::io::Result<u64> {
    let least = |left: u64| usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
    let mut chunk = vec![0; least(most)];
    let mut left = most;
    while left > 0 {
        let room = least(left);
        let room = chunk.get_mut(..room).unwrap_or_default();
        let len = match input.read(room) {
            Ok(0) => break,
            Ok(len) => len,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        take(room.get(..len).unwrap_or_default())?;
        left -= len as u64;
    }
    Ok(most - left)
}

#[cfg(test)]
mod tests;
