//! Who may call one plugin, and how many at once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

/// Most calls of one plugin at once. More would only share the same cores; and a plugin that never
/// returns holds this many threads, not all of the hub's.
pub(super) const CALLS_AT_ONCE_MAX: usize = 4;

/// Most of them by one institution: the documents of one, however slow, leave room for others'.
const CALLS_OF_ONE_MAX: usize = CALLS_AT_ONCE_MAX / 2;

/// The places of one plugin.
#[derive(Debug)]
pub(super) struct Places {
    all: Arc<Semaphore>,
    /// Of the institutions that wait or call now.
    each: Mutex<BTreeMap<String, Weak<Semaphore>>>,
}

/// One place, given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    _of_all: OwnedSemaphorePermit,
    _own: OwnedSemaphorePermit,
}

impl Places {
    pub(super) fn new() -> Self {
        Self { all: Arc::new(Semaphore::new(CALLS_AT_ONCE_MAX)), each: Mutex::default() }
    }

    /// Waits for a place; first for one of the institution's own.
    pub(super) async fn take(&self, institution: &str) -> Result<Place, AcquireError> {
        let own = self.of(institution).acquire_owned().await?;
        let of_all = Arc::clone(&self.all).acquire_owned().await?;
        Ok(Place { _of_all: of_all, _own: own })
    }

    fn of(&self, institution: &str) -> Arc<Semaphore> {
        let mut each = self.each.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = each.get(institution).and_then(Weak::upgrade) {
            return own;
        }
        each.retain(|_, own| own.strong_count() > 0);
        let own = Arc::new(Semaphore::new(CALLS_OF_ONE_MAX));
        each.insert(institution.to_owned(), Arc::downgrade(&own));
        own
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    #[test]
    fn one_institution_leaves_room_for_another() {
        let places = Places::new();
        let try_take = |who| places.take(who).now_or_never().map(Result::unwrap);
        let first = try_take("ihec").unwrap();
        let _second = try_take("ihec").unwrap();
        assert!(try_take("ihec").is_none());
        let _others = [try_take("ejp").unwrap(), try_take("ejp").unwrap()];
        assert!(try_take("fsc").is_none(), "all are taken");
        drop(first);
        assert!(try_take("fsc").is_some());
        assert!(try_take("ihec").is_some());
    }
}
