//! Looks at documents in workers, which are confined as a plugin's are: their parsers read what
//! strangers sent, and what gets past a parser's own bounds costs the answer.

use std::io;
use std::time::{Duration, Instant};

use barid_look::{HEAD_BYTES, Look, Mark, Media, WHOLE_BYTES_MAX};

use crate::error::{CallFailure, LoadFailure};
use crate::worker::{Asked, Confinement, Limits, Pool, Program, Shown};

/// Memory of one worker beyond what it starts with, in bytes: the longest document, what its bounds
/// let a parser make of it, and as much again.
const MEMORY_BYTES: u64 = 512 * 1024 * 1024;

/// Longest answer, in bytes. Real ones have some hundred.
const ANSWER_BYTES_MAX: usize = 16 * 1024;

/// How long the second look may take, at the first bytes of a document that ended the first one.
const SECOND: Duration = Duration::from_millis(500);

/// Workers that look at documents. They end with it.
#[derive(Debug)]
pub struct Looker {
    pool: Pool,
}

impl Looker {
    /// Longest that one document may take, in milliseconds. Nearly all take a few.
    pub const DEADLINE_MS: u64 = 5_000;

    /// Starts the first worker. Blocks.
    ///
    /// # Errors
    /// [`LoadFailure::Worker`].
    pub fn start(program: &Program) -> Result<Self, LoadFailure> {
        let limits = Limits { memory_bytes: MEMORY_BYTES, call_ms: Self::DEADLINE_MS };
        Ok(Self { pool: Pool::looking(limits, ANSWER_BYTES_MAX, program)? })
    }

    /// What keeps the workers in.
    #[must_use]
    pub fn confinement(&self) -> Confinement {
        self.pool.confinement()
    }

    /// How many bytes of a document of this size are wanted, from its first one on.
    #[must_use]
    pub fn wanted(size: u64) -> usize {
        let wanted = if size <= WHOLE_BYTES_MAX { size } else { HEAD_BYTES as u64 };
        usize::try_from(wanted).unwrap_or(usize::MAX)
    }

    /// Looks at a document of `size` bytes, which `read` gives piece by piece: some of those from a
    /// place on, as far as they are [`Looker::wanted`]. A document that ends its worker, or takes
    /// too long, is told so, with its kind by its first bytes. Blocks until `deadline` at the
    /// latest, and half a second more.
    ///
    /// # Errors
    /// [`CallFailure`] when it could not be read, or no worker could be had in time: the document
    /// has no part in it.
    pub fn look(
        &self,
        size: u64,
        read: &dyn Fn(u64) -> io::Result<Vec<u8>>,
        institution: &str,
        deadline: Instant,
    ) -> Result<Look, CallFailure> {
        let shown = Self::wanted(size);
        let failure = match self.ask(Shown { size, shown, read }, institution, deadline) {
            Err(failure) if failure.is_deadly() => failure,
            other => return other,
        };
        // Never the size of what is shown: it would be looked into again.
        let beginning = Shown { size: u64::MAX, shown: shown.min(HEAD_BYTES), read };
        let ended = match self.ask(beginning, institution, Instant::now() + SECOND) {
            Ok(mut look) => {
                if size <= WHOLE_BYTES_MAX {
                    look.marks.remove(&Mark::TooLarge);
                }
                look
            }
            Err(again) if again.is_deadly() => Look::of(Media::Unknown),
            Err(_) => return Err(failure),
        };
        Ok(ended.with(Mark::LookerEnded))
    }

    fn ask(
        &self,
        document: Shown<'_>,
        institution: &str,
        deadline: Instant,
    ) -> Result<Look, CallFailure> {
        let answer = self.pool.call(Asked::Look(document), institution, deadline)?;
        serde_json::from_slice(&answer).map_err(|error| {
            // Only a worker that was taken over answers anything else.
            CallFailure::Died { how: format!("it answered with no look ({error})") }
        })
    }
}
