//! How often an institution may call: a token bucket each.
//!
//! A bucket holds up to `burst` tokens, gains `per_second` of them, and a request takes one. Kept
//! as one instant for each institution, the moment at which its bucket will be full again, so
//! nothing has to tick.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::model::id::InstitutionId;

/// Most buckets kept. A network has tens of institutions; this bounds memory if an authority is
/// made to issue certificates for thousands.
const BUCKETS_MAX: usize = 4096;

/// One bucket for each institution that called lately.
pub(super) struct Rate {
    /// What one request costs, in time to refill.
    cost: Duration,
    /// What a full bucket holds, in time to refill.
    depth: Duration,
    full_at: Mutex<HashMap<InstitutionId, Instant>>,
}

impl Rate {
    pub(super) fn new(per_second: u32, burst: u32) -> Self {
        let cost = Duration::from_secs(1) / per_second.max(1);
        Self { cost, depth: cost * burst.max(1), full_at: Mutex::default() }
    }

    /// Takes a token.
    ///
    /// # Errors
    /// How long to wait until there is one.
    pub(super) fn take(&self, institution: &InstitutionId, now: Instant) -> Result<(), Duration> {
        let mut buckets = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(full_at) = buckets.get_mut(institution) {
            *full_at = self.after_one(*full_at, now)?;
            return Ok(());
        }
        if buckets.len() >= BUCKETS_MAX {
            // A full bucket is as good as none.
            buckets.retain(|_, full_at| *full_at > now);
        }
        if buckets.len() >= BUCKETS_MAX {
            return Err(self.depth);
        }
        buckets.insert(institution.clone(), self.after_one(now, now)?);
        Ok(())
    }

    fn after_one(&self, full_at: Instant, now: Instant) -> Result<Instant, Duration> {
        let after = full_at.max(now) + self.cost;
        let owed = after - now;
        if owed > self.depth { Err(owed - self.depth) } else { Ok(after) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn institution(name: &str) -> InstitutionId {
        InstitutionId::new(name).unwrap()
    }

    #[test]
    fn a_burst_passes_and_then_one_for_each_step() {
        let rate = Rate::new(10, 3);
        let (panel, start) = (institution("panel"), Instant::now());
        for _ in 0..3 {
            assert_eq!(rate.take(&panel, start), Ok(()));
        }
        assert_eq!(rate.take(&panel, start), Err(Duration::from_millis(100)));
        let later = start + Duration::from_millis(100);
        assert_eq!(rate.take(&panel, later), Ok(()));
        assert_eq!(rate.take(&panel, later), Err(Duration::from_millis(100)));
    }

    #[test]
    fn an_institution_pays_only_for_itself() {
        let (rate, now) = (Rate::new(1, 1), Instant::now());
        assert_eq!(rate.take(&institution("panel"), now), Ok(()));
        assert_eq!(rate.take(&institution("commission"), now), Ok(()));
        assert!(rate.take(&institution("panel"), now).is_err());
    }

    #[test]
    fn a_bucket_never_holds_more_than_the_burst() {
        let (rate, panel, start) = (Rate::new(1000, 2), institution("panel"), Instant::now());
        assert_eq!(rate.take(&panel, start), Ok(()));
        let much_later = start + Duration::from_secs(3600);
        let taken = (0..100).filter(|_| rate.take(&panel, much_later).is_ok()).count();
        assert_eq!(taken, 2);
    }

    #[test]
    fn memory_is_bounded_and_full_buckets_make_room() {
        let (rate, start) = (Rate::new(1, 1), Instant::now());
        for number in 0..BUCKETS_MAX {
            assert_eq!(rate.take(&institution(&format!("i{number}")), start), Ok(()));
        }
        assert!(rate.take(&institution("late"), start).is_err());
        assert_eq!(rate.take(&institution("late"), start + Duration::from_secs(2)), Ok(()));
        assert_eq!(rate.full_at.lock().unwrap().len(), 1);
    }
}
