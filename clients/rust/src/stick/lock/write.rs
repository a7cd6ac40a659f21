//! Locking.

use std::io::{self, Write};

use super::{LockTo, SEGMENT_BYTES, Segments, lock};
use crate::source::Source;
use crate::stick::StickError;

/// Locks what is written to it. Without [`LockWriter::finish`] nothing of it can be read.
pub struct LockWriter<W> {
    out: W,
    segments: Segments,
    /// What is not sealed yet: the last segment is known as such only at the end.
    waiting: Vec<u8>,
}

impl<W: Write> LockWriter<W> {
    /// Locks to somebody.
    ///
    /// # Errors
    /// [`StickError::Key`], and what writing or drawing randomness gives.
    pub fn new(mut out: W, to: &LockTo, source: &dyn Source) -> Result<Self, StickError> {
        let (head, segments) = lock(to, source)?;
        out.write_all(&head).map_err(StickError::Writing)?;
        Ok(Self { out, segments, waiting: Vec::with_capacity(2 * SEGMENT_BYTES) })
    }

    /// Writes the end, and gives the writer back.
    ///
    /// # Errors
    /// What writing gives.
    pub fn finish(mut self) -> io::Result<W> {
        self.seal(true)?;
        Ok(self.out)
    }

    fn seal(&mut self, last: bool) -> io::Result<()> {
        self.segments.seal(&mut self.waiting, last)?;
        self.out.write_all(&self.waiting)?;
        self.waiting.clear();
        Ok(())
    }
}

impl<W: Write> Write for LockWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.waiting.len() == SEGMENT_BYTES {
            self.seal(false)?;
        }
        let room = SEGMENT_BYTES - self.waiting.len();
        let taken = bytes.get(..room).unwrap_or(bytes);
        self.waiting.extend_from_slice(taken);
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
