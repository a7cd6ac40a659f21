//! The scrubber: round all documents, looking for rot, and telling who would miss what is lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::{Hub, retention};
use crate::error::Fault;
use crate::model::row::DocumentRow;
use crate::store::Store;
use crate::store::documents::{Documents, Scrubbed};

/// Documents taken from the books at a time.
const PAGE: usize = 64;
/// How long the scrubber rests after a round, and where it cannot go on.
const REST: Duration = Duration::from_secs(60);
/// The longest it sleeps at a time, so that a hub that stops need not wait for it.
const NAP: Duration = Duration::from_millis(100);

/// How fast a round goes, and whether it goes on.
pub(crate) struct Pace {
    bytes_per_second: u64,
    since: Instant,
    read: u64,
    stop: Arc<AtomicBool>,
}

/// Ends a round when it is dropped.
struct StopOnDrop(Arc<AtomicBool>);

/// What one round has found.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    /// Documents looked at.
    pub documents: u64,
    /// Documents of which a depot was mended.
    pub restored: u64,
    /// Documents that cannot be mended, or not be looked at.
    pub lost: u64,
}

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Pace {
    /// So many bytes in a second; 0: as fast as the disk.
    pub(crate) fn new(bytes_per_second: u64, stop: Arc<AtomicBool>) -> Self {
        Self { bytes_per_second, since: Instant::now(), read: 0, stop }
    }

    /// Waits until so many bytes more are due.
    fn wait(&mut self, bytes: u64) -> Result<(), Fault> {
        self.read = self.read.saturating_add(bytes);
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return Err(Fault::broken("the scrubber was told to stop"));
            }
            let Some(millis) = self.read.saturating_mul(1000).checked_div(self.bytes_per_second)
            else {
                return Ok(());
            };
            let ahead = Duration::from_millis(millis).saturating_sub(self.since.elapsed());
            if ahead.is_zero() {
                return Ok(());
            }
            thread::sleep(ahead.min(NAP));
        }
    }
}

impl Hub {
    /// Goes round all documents for ever. Documents of which wrong bytes were read come first.
    pub(crate) async fn scrub(&self, bytes_per_second: u64) {
        if bytes_per_second == 0 {
            let crafts = Arc::clone(&self.crafts);
            let removed = tokio::task::spawn_blocking(move || {
                retention::remove_destroyed(&*crafts.store, &crafts.documents)
            });
            if let Ok(Err(fault)) = removed.await {
                tracing::error!(fault = fault.chain(), "what was destroyed is still there");
            }
            std::future::pending::<()>().await;
        }
        let stop = StopOnDrop(Arc::default());
        loop {
            let crafts = Arc::clone(&self.crafts);
            let mut pace = Pace::new(bytes_per_second, Arc::clone(&stop.0));
            let round = tokio::task::spawn_blocking(move || {
                round(&*crafts.store, &crafts.documents, &mut pace, |_| {})
            });
            match round.await {
                Ok(Ok(Round { documents, restored, lost })) => {
                    tracing::info!(documents, restored, lost, "all documents were looked at");
                }
                Ok(Err(fault)) => tracing::error!(fault = fault.chain(), "the scrubber stopped"),
                Err(error) => tracing::error!(%error, "the scrubber stopped"),
            }
            tokio::time::sleep(REST).await;
        }
    }
}

/// Removes what was destroyed and is still there, looks at every other document once, and tells
/// what it found of each that is not sound.
///
/// # Errors
/// When the books cannot be read, or the pace breaks the round off.
pub(crate) fn round(
    store: &dyn Store,
    documents: &Documents,
    pace: &mut Pace,
    mut tell: impl FnMut(&str),
) -> Result<Round, Fault> {
    retention::remove_destroyed(store, documents)?;
    let mut round = Round::default();
    let mut after = None;
    loop {
        let page = store.documents(after, PAGE)?;
        let Some(last) = page.last() else { return Ok(round) };
        after = Some(last.digest);
        for document in &page {
            one(store, documents, document, (&mut *pace, &mut round, &mut tell))?;
            for digest in documents.take_doubtful() {
                if let Some(doubtful) = store.document_row(digest)?
                    && store.destroyed(digest)?.is_none()
                {
                    one(store, documents, &doubtful, (&mut *pace, &mut round, &mut tell))?;
                }
            }
        }
    }
}

fn one(
    store: &dyn Store,
    documents: &Documents,
    document: &DocumentRow,
    (pace, round, tell): (&mut Pace, &mut Round, &mut impl FnMut(&str)),
) -> Result<(), Fault> {
    round.documents += 1;
    let scrubbed = documents.scrub(document, |bytes| pace.wait(bytes));
    if pace.stop.load(Ordering::Relaxed) {
        return Err(Fault::broken("the round was broken off"));
    }
    let found = match scrubbed {
        Ok(found) => {
            if document.chunk_root.is_none() && found.lost.is_empty() {
                store.add_chunk_root(&found.row)?;
            }
            if found.is_sound() {
                return Ok(());
            }
            described(&found)
        }
        Err(fault) => {
            documents.lose(document.digest);
            fault.chain()
        }
    };
    let digest = document.digest;
    if documents.is_lost(digest) {
        round.lost += 1;
        let uses = store.uses(digest)?;
        let held_by: Vec<_> = uses.held_by.iter().map(ToString::to_string).collect();
        let cases: Vec<_> = uses.cases.iter().map(ToString::to_string).collect();
        let text = format!(
            "document {digest}: {found}; LOST until one of [{}] uploads it again; cases that name \
             it: [{}], other filings: {:?}",
            held_by.join(", "),
            cases.join(", "),
            uses.filings
        );
        tracing::error!(document = %digest, text, "a document is lost");
        tell(&text);
    } else {
        round.restored += 1;
        let text = format!("document {digest}: {found}; restored");
        tracing::warn!(document = %digest, text, "a document was restored");
        tell(&text);
    }
    Ok(())
}

/// What was wrong, where.
fn described(found: &Scrubbed) -> String {
    let looks = found.wrong.iter().map(|look| {
        let list = if look.list_wrong { ", its list" } else { "" };
        format!("{}: chunks {:?}{list}", look.depot, look.wrong)
    });
    looks.collect::<Vec<_>>().join("; ")
}
