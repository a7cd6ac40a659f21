//! Places that are bounded for each key, so that nobody takes those of all.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// How many places each key has taken.
#[derive(Debug)]
pub struct Shares<K> {
    each_max: usize,
    taken: Mutex<HashMap<K, usize>>,
}

/// One place, given back when dropped.
#[derive(Debug)]
pub struct Share<K: Eq + Hash> {
    key: K,
    shares: Arc<Shares<K>>,
}

impl<K: Clone + Eq + Hash> Shares<K> {
    /// At most `each_max` places for each key.
    #[must_use]
    pub fn new(each_max: usize) -> Arc<Self> {
        Arc::new(Self { each_max, taken: Mutex::default() })
    }

    /// Takes a place. `None`: the key has all that it may have.
    #[must_use]
    pub fn take(self: &Arc<Self>, key: &K) -> Option<Share<K>> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.entry(key.clone()).or_default();
        if *own >= self.each_max {
            return None;
        }
        *own += 1;
        Some(Share { key: key.clone(), shares: Arc::clone(self) })
    }
}

impl<K: Eq + Hash> Drop for Share<K> {
    fn drop(&mut self) {
        let mut taken = self.shares.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = taken.get_mut(&self.key) {
            *own -= 1;
            if *own == 0 {
                taken.remove(&self.key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_places_of_its_own_and_gives_them_back() {
        let shares = Shares::new(2);
        let first = shares.take(&"a");
        let second = shares.take(&"a");
        assert!(first.is_some() && second.is_some());
        assert!(shares.take(&"a").is_none());
        assert!(shares.take(&"b").is_some());
        drop(first);
        assert!(shares.take(&"a").is_some());
        drop(second);
        assert!(shares.taken.lock().unwrap().is_empty(), "memory of nobody is kept");
    }
}
