//! Reading, and saying what is wrong.

use std::collections::HashSet;
use std::io::{ErrorKind, Read};

use sha2::{Digest as _, Sha256};

use super::{
    CENTRAL, CENTRAL_LEN, CHUNK, END, END_LEN, ENTRIES_MAX, FORM, Heading, LOCAL, LOCAL_LEN,
    NAME_MAX, ZIP64, ZipError, directory, each_chunk,
};

/// Reads entries from front to back, each byte once.
pub struct ZipReader<R> {
    input: R,
    at: u64,
    names: HashSet<String>,
    entries: Vec<Heading>,
}

impl<R: Read> ZipReader<R> {
    /// Begins to read.
    pub fn new(input: R) -> Self {
        Self { input, at: 0, names: HashSet::new(), entries: Vec::new() }
    }

    /// The next entry's heading; its bytes must be taken before the next call. `None` when the end
    /// was reached and all of it is as it must be.
    ///
    /// # Errors
    /// Any [`ZipError`] but [`ZipError::Checksum`] and [`ZipError::TooLong`].
    pub fn next_entry(&mut self) -> Result<Option<Heading>, ZipError> {
        let begun = self.at != 0;
        let mut magic = [0; 4];
        self.fill(&mut magic).map_err(|error| match error {
            ZipError::CutShort if !begun => ZipError::NotZip,
            other => other,
        })?;
        match magic {
            LOCAL => self.heading().map(Some),
            CENTRAL | END if begun => self.end(magic).map(|()| None),
            other if ZIP64.contains(&other) => Err(ZipError::Zip64),
            _ if begun => Err(ZipError::CutShort),
            _ => Err(ZipError::NotZip),
        }
    }

    /// The bytes of the entry whose heading was read last.
    ///
    /// # Errors
    /// [`ZipError::TooLong`], [`ZipError::Checksum`], [`ZipError::CutShort`].
    pub fn content(&mut self, heading: &Heading, max: u64) -> Result<Vec<u8>, ZipError> {
        let size = u64::from(heading.size);
        if size > max {
            return Err(ZipError::TooLong { name: heading.name.clone(), size, max });
        }
        let mut bytes = Vec::new();
        self.each(heading, &mut |chunk| bytes.extend_from_slice(chunk))?;
        Ok(bytes)
    }

    /// Passes the bytes of the entry by, whatever their number, and gives their SHA-256.
    ///
    /// # Errors
    /// [`ZipError::Checksum`], [`ZipError::CutShort`].
    pub fn digest(&mut self, heading: &Heading) -> Result<[u8; 32], ZipError> {
        let mut hasher = Sha256::new();
        self.each(heading, &mut |chunk| hasher.update(chunk))?;
        Ok(hasher.finalize().into())
    }

    fn each(&mut self, heading: &Heading, take: &mut dyn FnMut(&[u8])) -> Result<(), ZipError> {
        let mut crc = crc32fast::Hasher::new();
        let len = each_chunk(&mut self.input, u64::from(heading.size), &mut |chunk| {
            crc.update(chunk);
            take(chunk);
            Ok(())
        })?;
        self.at += len;
        if len != u64::from(heading.size) {
            return Err(ZipError::CutShort);
        }
        if crc.finalize() != heading.crc {
            return Err(ZipError::Checksum(heading.name.clone()));
        }
        Ok(())
    }

    fn heading(&mut self) -> Result<Heading, ZipError> {
        let offset = u32::try_from(self.at - 4).map_err(|_| ZipError::TooMuch)?;
        let mut fixed = [0; LOCAL_LEN - 4];
        self.fill(&mut fixed)?;
        let [.., n0, n1, x0, x1] = fixed;
        let (name_len, extra) = (u16::from_le_bytes([n0, n1]), u16::from_le_bytes([x0, x1]));
        let at = self.entries.len() + 1;
        if at > ENTRIES_MAX {
            return Err(ZipError::TooMuch);
        }
        if usize::from(name_len) > NAME_MAX {
            return Err(ZipError::Name { at });
        }
        let mut name = vec![0; usize::from(name_len)];
        self.fill(&mut name)?;
        let name = String::from_utf8(name).ok().filter(|name| is_plain(name));
        let name = name.ok_or(ZipError::Name { at })?;
        let (form, tail) = fixed.split_at(FORM.len());
        let whole = |field: &[u8]| field.try_into().map_or(0, u32::from_le_bytes);
        let size = whole(tail.get(4..8).unwrap_or_default());
        let heading = Heading { name, crc: whole(tail.get(..4).unwrap_or_default()), size, offset };
        let wrong = wrong_form(form, extra, whole(tail.get(8..12).unwrap_or_default()), size);
        if let Some(what) = wrong {
            return Err(ZipError::Form { name: heading.name, what });
        }
        if !self.names.insert(heading.name.clone()) {
            return Err(ZipError::NameTwice(heading.name));
        }
        self.entries.push(heading.clone());
        Ok(heading)
    }

    /// Everything from the directory on, of which the first four bytes have been read.
    fn end(&mut self, magic: [u8; 4]) -> Result<(), ZipError> {
        let wanted = directory(&self.entries, self.at - 4)?;
        let mut given = magic.to_vec();
        // Enough to say what is wrong with what is too long.
        let most = wanted.len() as u64 + CHUNK as u64;
        each_chunk(&mut self.input, most, &mut |chunk| {
            given.extend_from_slice(chunk);
            Ok(())
        })?;
        if given == wanted { Ok(()) } else { Err(self.diagnose(&given, &wanted)) }
    }

    /// Why the end of the file is not as it must be.
    fn diagnose(&self, given: &[u8], wanted: &[u8]) -> ZipError {
        if let Some(behind) = given.strip_prefix(wanted) {
            let again = behind.windows(4).any(|four| four == END || four == CENTRAL);
            return if again { ZipError::SecondDirectory } else { ZipError::Trailing };
        }
        let mut at = 0;
        for entry in &self.entries {
            let line = entry.central();
            let found = given.get(at..).unwrap_or_default();
            if !found.starts_with(&line) {
                return contradiction(entry, &line, found);
            }
            at += line.len();
        }
        let end = given.get(at..).unwrap_or_default();
        match end.first_chunk::<4>() {
            None => ZipError::CutShort,
            Some(&CENTRAL) => ZipError::DirectoryLength,
            Some(magic) if ZIP64.contains(magic) => ZipError::Zip64,
            Some(&END) if end.len() < END_LEN => ZipError::CutShort,
            Some(&END) if end.get(20..22) != Some(&[0, 0]) => ZipError::Comment,
            Some(_) => ZipError::End,
        }
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), ZipError> {
        self.input.read_exact(bytes).map_err(|error| match error.kind() {
            ErrorKind::UnexpectedEof => ZipError::CutShort,
            _ => ZipError::Disk(error),
        })?;
        self.at += bytes.len() as u64;
        Ok(())
    }
}

/// What an entry's heading has that none may have.
fn wrong_form(form: &[u8], extra: u16, packed: u32, size: u32) -> Option<&'static str> {
    let [_, _, flags, more_flags, method, method_high, date @ ..] = form else {
        return Some("no heading");
    };
    if flags & 0x08 != 0 {
        return Some("a data descriptor");
    }
    if flags & 0x01 != 0 {
        return Some("encryption");
    }
    if (*method, *method_high) != (0, 0) || packed != size {
        return Some("compression");
    }
    if extra != 0 {
        return Some("an extra field");
    }
    if (*flags, *more_flags) != (0, 0) {
        return Some("flags");
    }
    if !FORM.ends_with(date) {
        return Some("a date of its own");
    }
    (form != FORM).then_some("another version of ZIP")
}

/// In what a line of the directory contradicts its entry.
fn contradiction(entry: &Heading, line: &[u8], found: &[u8]) -> ZipError {
    let same = |range: std::ops::Range<usize>| found.get(range.clone()) == line.get(range);
    if let Some(magic) = found.first_chunk::<4>() {
        match magic {
            magic if ZIP64.contains(magic) => return ZipError::Zip64,
            &CENTRAL => {}
            _ => return ZipError::DirectoryLength,
        }
    }
    let what = if found.len() < CENTRAL_LEN {
        return ZipError::CutShort;
    } else if !same(42..46) {
        "it points to another place, so that entries overlap"
    } else if !same(28..30) || !same(CENTRAL_LEN..line.len()) {
        "another name"
    } else if !same(16..28) {
        "another length or checksum"
    } else if !same(32..34) {
        "a comment"
    } else if !same(30..32) {
        "an extra field"
    } else {
        "another form"
    };
    ZipError::Directory { name: entry.name.clone(), what }
}

/// A relative path of plain ASCII, none of whose parts is empty or leads upwards.
fn is_plain(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-/".contains(&byte);
    name.bytes().all(plain)
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}
