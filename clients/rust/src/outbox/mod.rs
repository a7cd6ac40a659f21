//! The durable side of a sender: what is signed is never lost, never doubled, never out of order.
//!
//! Every key has a chain for each hub: sequence 1, 2, 3 … without gaps, each envelope naming the
//! digest of the one before. An outbox keeps that chain in a folder that survives power cuts:
//!
//! ```text
//! outbox/<chain>/lock        held by the process whose turn it is
//!                head        sequence and digest of the newest envelope with a receipt
//!                pending/    signed, not yet answered; the order of names is the order of sending
//!                documents/  what pending envelopes name, by SHA-256
//!                sent/       envelope and receipt, by sequence: each one checks off-line
//!                refused/    what the hub refused for good, with its reason
//!                reach       when the hub could not be reached
//! ```
//!
//! # What a crash leaves
//!
//! Signing ends with one rename into `pending/`. That rename *is* the step of the chain: the next
//! link is computed from the newest pending envelope, else from `head`, and there is no second
//! place that could disagree. Settling takes three steps, each of which can be the last one before
//! the power goes: write `sent/`, write `head`, remove from `pending/`. Whoever has the next turn
//! sees an envelope in both folders and does the remaining steps. An envelope whose answer was
//! lost is sent again byte for byte, and the hub answers with the first receipt.
//!
//! # What a refusal does to the chain
//!
//! A refused envelope uses no number. When envelope 5 is refused for good, 6 and 7 cannot have
//! been accepted, because envelopes leave one at a time and in order. So 5 moves to `refused/`,
//! and 6 and 7 are signed again as 5 and 6 just before they are sent: same identifier, same
//! content, fresh links. Only an envelope that the hub cannot have accepted is ever signed again.

mod chain;
mod documents;
mod pending;
mod reach;
mod turn;
mod waiting;
mod whereabouts;

pub use chain::Head;
pub(crate) use documents::BLOCK_BYTES;
pub use pending::Pending;
pub use reach::{LinkOutage, Reach, Reported, Unreachable};
pub use turn::Turn;
pub use whereabouts::Whereabouts;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use barid_proto::key::Signer;
use sha2::{Digest as _, Sha256};

use crate::disk;
use crate::error::LocalError;
use crate::hex;

/// The folder in which one key's chain for one hub is kept.
pub struct Outbox {
    folder: PathBuf,
    origin: String,
    /// The key of the chain, then those that sign everything behind it.
    signers: Vec<Arc<dyn Signer>>,
    /// Keys that signed single envelopes, in case these have to be signed again.
    lent: Mutex<Vec<Arc<dyn Signer>>>,
}

impl Outbox {
    /// Opens the outbox under `root` for what `signer` signs for the hub `origin`, and makes its
    /// folders when there are none yet.
    ///
    /// # Errors
    /// [`LocalError::Disk`].
    pub fn open(root: &Path, origin: &str, signer: Arc<dyn Signer>) -> Result<Self, LocalError> {
        Self::open_with(root, origin, signer, Vec::new())
    }

    /// As [`Outbox::open`], where `further` sign every envelope behind `signer`, in this order.
    ///
    /// # Errors
    /// [`LocalError::Disk`].
    pub fn open_with(
        root: &Path,
        origin: &str,
        signer: Arc<dyn Signer>,
        further: Vec<Arc<dyn Signer>>,
    ) -> Result<Self, LocalError> {
        let folder = root.join(chain_name(origin, signer.public_key().id().as_bytes()));
        for part in [PENDING, DOCUMENTS, SENT, REFUSED] {
            disk::make_folder(&folder.join(part))?;
        }
        let mut signers = vec![signer];
        signers.extend(further);
        Ok(Self { folder, origin: origin.to_owned(), signers, lent: Mutex::default() })
    }

    /// All keys at hand.
    fn at_hand(&self) -> Vec<Arc<dyn Signer>> {
        let lent = self.lent.lock().unwrap_or_else(PoisonError::into_inner);
        self.signers.iter().chain(lent.iter()).cloned().collect()
    }

    fn lend(&self, signers: &[Arc<dyn Signer>]) {
        let mut lent = self.lent.lock().unwrap_or_else(PoisonError::into_inner);
        lent.extend_from_slice(signers);
    }

    /// Waits for the turn at this outbox: one process at a time, for as long as [`Turn`] lives.
    /// What a crash left half done is finished first.
    ///
    /// # Errors
    /// [`LocalError::OutboxInUse`] after five seconds, [`LocalError::Disk`], and
    /// [`LocalError::Content`] when a path in the folder is damaged.
    pub fn turn(&self) -> Result<Turn<'_>, LocalError> {
        for _ in 0..LOOKS {
            if let Some(turn) = Turn::take(self)? {
                return Ok(turn);
            }
            std::thread::sleep(LOOK_AGAIN);
        }
        Err(self.in_use())
    }

    /// As [`Outbox::turn`], without holding up the thread while it waits.
    pub(crate) async fn turn_async(&self) -> Result<Turn<'_>, LocalError> {
        for _ in 0..LOOKS {
            if let Some(turn) = Turn::take(self)? {
                return Ok(turn);
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        Err(self.in_use())
    }

    fn in_use(&self) -> LocalError {
        let waited_s = (LOOK_AGAIN * LOOKS).as_secs();
        LocalError::OutboxInUse { path: self.folder.clone(), waited_s }
    }

    /// Where this outbox lies.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn part(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Between two looks at the lock.
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// Looks before giving up: five seconds. A filing takes well under one; a clerk notices five.
const LOOKS: u32 = 100;

const REACH: &str = "reach";
const PENDING: &str = "pending";
const DOCUMENTS: &str = "documents";
const SENT: &str = "sent";
const REFUSED: &str = "refused";

/// A name for a chain that is short and that no origin can bend into another path.
fn chain_name(origin: &str, key_id: &[u8; 32]) -> String {
    let digest = Sha256::new().chain_update(key_id).chain_update(origin).finalize();
    hex::encode(digest.get(..8).unwrap_or_default())
}

#[cfg(test)]
mod tests;
