//! Floor 5: what the hub does from time to time, asked by nobody. Each goes on until it is dropped.

use std::fs;
use std::future::pending;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::watch;

use crate::error::Error;
use crate::hub::Hub;
use crate::log::Clock;
use crate::log::witnesses::Loss;
use crate::store::documents::Documents;

/// How often unfinished uploads are looked through for those that were given up.
const SWEEP_INTERVAL: Duration = Duration::from_secs(6 * 60 * 60);

/// How often the hub looks for deliveries whose limit has passed: a look at an index. It states
/// them as much later as this at most.
const EXPIRY_INTERVAL: Duration = Duration::from_secs(1);

/// How long it waits after it could not state them.
const EXPIRY_RETRY: Duration = Duration::from_secs(10);

/// Gives up unfinished uploads that nobody went on with, now and from time to time.
pub(super) async fn sweep(documents: Arc<Documents>, clock: Clock) {
    loop {
        let (documents, now) = (Arc::clone(&documents), clock());
        let swept = tokio::task::spawn_blocking(move || {
            documents.sweep(SystemTime::UNIX_EPOCH + Duration::from_millis(now))
        });
        match swept.await {
            Ok(Ok(bytes)) => tracing::info!(bytes, "unfinished uploads were looked through"),
            Ok(Err(fault)) => tracing::error!(fault = fault.chain(), "uploads cannot be swept"),
            Err(error) => tracing::error!(%error, "uploads cannot be swept"),
        }
        tokio::time::sleep(SWEEP_INTERVAL).await;
    }
}

/// States which deliveries nobody answered in time, now and from time to time.
pub(super) async fn expire(hub: &Hub) {
    loop {
        let pause = match hub.state_expired().await {
            Ok(()) => EXPIRY_INTERVAL,
            Err(Error::Refused(refusal)) => {
                tracing::info!(%refusal, "expired deliveries are stated later");
                EXPIRY_RETRY
            }
            Err(Error::Failed(fault)) => {
                tracing::error!(fault = fault.chain(), "expired deliveries cannot be stated");
                EXPIRY_RETRY
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// Keeps each checkpoint by which a witness proves that this log has lost something.
pub(super) async fn keep_losses(mut losses: watch::Receiver<Option<Arc<Loss>>>, folder: PathBuf) {
    while losses.changed().await.is_ok() {
        let Some(loss) = losses.borrow_and_update().clone() else { continue };
        let path = folder.join(format!("{}.note", loss.witness.replace(['/', '\\'], "-")));
        let (place, folder) = (path.clone(), folder.clone());
        let write = move || fs::create_dir_all(folder).and_then(|()| fs::write(place, &loss.note));
        match tokio::task::spawn_blocking(write).await {
            Ok(Ok(())) => tracing::error!(path = %path.display(), "its checkpoint is kept"),
            Ok(Err(error)) => tracing::error!(%error, "its checkpoint cannot be kept"),
            Err(error) => tracing::error!(%error, "its checkpoint cannot be kept"),
        }
    }
    pending::<()>().await;
}
