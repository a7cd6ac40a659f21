//! Signing many filings in one turn, each durable before the next, and finding out what became of
//! those that were signed before a crash.

use std::collections::BTreeMap;

use super::Client;
use crate::draft::Draft;
use crate::error::ClientError;
use crate::outbox::{Pending, Turn, Whereabouts};

/// The outbox of an office while one process signs. Dropping it lets others in.
pub struct Signing<'a> {
    client: &'a Client,
    turn: Turn<'a>,
}

impl Client {
    /// Begins to sign: nobody else signs or sends for this office meanwhile.
    ///
    /// # Errors
    /// [`ClientError::Local`], as [`crate::outbox::Outbox::turn`].
    pub fn signing(&self) -> Result<Signing<'_>, ClientError> {
        Ok(Signing { client: self, turn: self.outbox.turn()? })
    }
}

impl Signing<'_> {
    /// Signs a draft and makes it durable in the outbox; nothing is sent.
    ///
    /// # Errors
    /// [`ClientError::Local`].
    pub fn sign(&self, draft: Draft) -> Result<Pending, ClientError> {
        self.client.sign_in(&self.turn, draft, None)
    }

    /// The sequence of the newest envelope with a receipt; 0 when there is none.
    #[must_use]
    pub fn receipted(&self) -> u64 {
        self.turn.head().sequence
    }

    /// Where envelopes are, as [`Turn::whereabouts`].
    ///
    /// # Errors
    /// [`ClientError::Local`].
    pub fn whereabouts(
        &self,
        wanted: &[[u8; 16]],
        above: u64,
    ) -> Result<BTreeMap<[u8; 16], Whereabouts>, ClientError> {
        Ok(self.turn.whereabouts(wanted, above)?)
    }
}
