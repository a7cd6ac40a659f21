//! Making an upload's bytes durable while the next ones come.
//!
//! A disk takes as long to make some megabytes durable as a processor to hash them. Neither waits
//! for the other, and there is never more than one mark under way.

use std::fs::File;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use super::disk_fault;
use super::staging::Partial;
use crate::error::Fault;

/// The mark under way. One that is dropped goes on to its end, and keeps the upload locked.
#[derive(Default)]
pub(super) struct Marking(Option<JoinHandle<Result<(), Fault>>>);

impl Marking {
    /// Makes durable what was written so far, and then the note about it, when there is one. Waits
    /// for the mark before.
    ///
    /// # Errors
    /// When the mark before could not be made.
    pub(super) fn begin(
        &mut self,
        written: &Arc<File>,
        partial: &Partial,
        note: Option<Vec<u8>>,
    ) -> Result<(), Fault> {
        self.wait()?;
        let (written, partial) = (Arc::clone(written), partial.clone());
        let work = move || {
            let failed = |error| disk_fault("making durable", &partial.bytes, error);
            written.sync_data().map_err(failed)?;
            note.map_or(Ok(()), |note| Partial::put_beside(&partial.mark, &note))
        };
        let started = thread::Builder::new().name("upload mark".to_owned()).spawn(work);
        let started = started.map_err(|error| Fault::while_doing("starting a thread", error))?;
        self.0 = Some(started);
        Ok(())
    }

    /// Waits for the mark under way.
    ///
    /// # Errors
    /// When it could not be made.
    pub(super) fn wait(&mut self) -> Result<(), Fault> {
        let Some(marking) = self.0.take() else { return Ok(()) };
        let panicked = |_| Err(Fault::broken("a mark's thread panicked"));
        marking.join().unwrap_or_else(panicked)
    }
}
