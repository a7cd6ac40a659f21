//! Unlocking.

use std::io::{self, BufRead, Read};

use super::{
    ENCAPSULATION_BYTES, LABEL, Opener, SALT_BYTES, SEGMENT_BYTES, Segments, TAG_BYTES,
    WRAPPED_BYTES, unwrap_by_key, unwrap_by_passphrase,
};
use crate::stick::StickError;

/// Reads what was locked, segment by segment; nothing is given out that was not authenticated.
pub struct LockReader<R> {
    from: R,
    segments: Segments,
    plain: Vec<u8>,
    /// How much of `plain` was given out.
    given: usize,
    ended: bool,
}

impl<R: BufRead> LockReader<R> {
    /// Unlocks.
    ///
    /// # Errors
    /// [`StickError::NotAStick`], [`StickError::Locked`].
    pub fn new(mut from: R, opener: &Opener) -> Result<Self, StickError> {
        let mut label = [0; LABEL.len() + 1];
        from.read_exact(&mut label).map_err(short)?;
        let [label @ .., by] = label;
        if label != LABEL {
            return Err(StickError::NotAStick);
        }
        let length = match by {
            1 => ENCAPSULATION_BYTES + WRAPPED_BYTES,
            2 => SALT_BYTES + WRAPPED_BYTES,
            _ => return Err(StickError::NotAStick),
        };
        let mut wrapped = vec![0; length];
        from.read_exact(&mut wrapped).map_err(short)?;
        let own = match (by, opener) {
            (1, Opener { key: Some(key), .. }) => unwrap_by_key(key, &wrapped),
            (2, Opener { passphrase: Some(passphrase), .. }) => {
                unwrap_by_passphrase(passphrase, &wrapped)?
            }
            (1, _) => return Err(StickError::Locked { by_passphrase: false, tried: false }),
            _ => return Err(StickError::Locked { by_passphrase: true, tried: false }),
        };
        let own = own.ok_or(StickError::Locked { by_passphrase: by == 2, tried: true })?;
        let head = [LABEL, &[by], &wrapped].concat();
        let (plain, given, ended) = (Vec::new(), 0, false);
        Ok(Self { from, segments: Segments::new(&own, &head)?, plain, given, ended })
    }

    fn next_segment(&mut self) -> io::Result<()> {
        self.plain.clear();
        self.given = 0;
        let most = (SEGMENT_BYTES + TAG_BYTES) as u64;
        self.from.by_ref().take(most).read_to_end(&mut self.plain)?;
        self.ended = self.from.fill_buf()?.is_empty();
        match self.segments.open(&mut self.plain, self.ended) {
            Some(()) => Ok(()),
            None => Err(io::Error::from(io::ErrorKind::InvalidData)),
        }
    }
}

impl<R: BufRead> Read for LockReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.plain.len() {
            if self.ended {
                return Ok(0);
            }
            self.next_segment()?;
        }
        let rest = self.plain.get(self.given..).unwrap_or_default();
        let given = rest.len().min(out.len());
        for (place, byte) in out.iter_mut().zip(rest) {
            *place = *byte;
        }
        self.given += given;
        Ok(given)
    }
}

fn short(error: io::Error) -> StickError {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => StickError::NotAStick,
        _ => StickError::Reading(error),
    }
}
