//! Writing.

use std::io::{Read, Write};

use super::{ENTRIES_MAX, Heading, ZipError, directory, each_chunk};

/// Writes entries one behind the other.
pub struct ZipWriter<W> {
    out: W,
    at: u64,
    entries: Vec<Heading>,
}

impl<W: Write> ZipWriter<W> {
    /// Begins a file.
    pub fn new(out: W) -> Self {
        Self { out, at: 0, entries: Vec::new() }
    }

    /// Adds an entry whose bytes are at hand.
    ///
    /// # Errors
    /// [`ZipError::Disk`], [`ZipError::TooMuch`].
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), ZipError> {
        let size = u64::try_from(bytes.len()).map_err(|_| ZipError::TooMuch)?;
        self.add_from(name, crc32fast::hash(bytes), size, &mut &bytes[..])
    }

    /// Adds an entry from a reader, whose length and checksum are known from reading it before.
    ///
    /// # Errors
    /// [`ZipError::Disk`], [`ZipError::TooMuch`]; [`ZipError::Checksum`] when it changed since.
    pub fn add_from(
        &mut self,
        name: &str,
        crc: u32,
        size: u64,
        bytes: &mut dyn Read,
    ) -> Result<(), ZipError> {
        let size = u32::try_from(size).map_err(|_| ZipError::TooMuch)?;
        let offset = u32::try_from(self.at).map_err(|_| ZipError::TooMuch)?;
        let heading = Heading { name: name.to_owned(), crc, size, offset };
        if self.entries.len() >= ENTRIES_MAX {
            return Err(ZipError::TooMuch);
        }
        let local = heading.local();
        self.out.write_all(&local)?;
        let mut given = crc32fast::Hasher::new();
        let mut len = 0;
        // One byte more than there should be, so that too many are noticed.
        each_chunk(bytes, u64::from(size) + 1, &mut |chunk| {
            given.update(chunk);
            len += chunk.len() as u64;
            self.out.write_all(chunk)
        })?;
        if given.finalize() != crc || len != u64::from(size) {
            return Err(ZipError::Checksum(heading.name));
        }
        self.at += local.len() as u64 + len;
        self.entries.push(heading);
        Ok(())
    }

    /// Writes the directory and ends the file.
    ///
    /// # Errors
    /// [`ZipError::Disk`], [`ZipError::TooMuch`].
    pub fn finish(mut self) -> Result<W, ZipError> {
        self.out.write_all(&directory(&self.entries, self.at)?)?;
        self.out.flush()?;
        Ok(self.out)
    }
}
