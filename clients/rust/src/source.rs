//! Where time and randomness come from: one trait, and the one place that asks the machine.
//!
//! Everything else in this crate is given a [`Source`], so that a test can repeat a run exactly.

use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};

/// Gives the time and random bytes.
pub trait Source: Send + Sync {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    fn now_ms(&self) -> i64;

    /// Fills `bytes` with bytes nobody can predict.
    ///
    /// # Errors
    /// [`NoRandomness`] when the machine has none to give.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness>;
}

/// The machine gave no random bytes. Nothing that was to be signed has been signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gave no random bytes")]
pub struct NoRandomness;

/// The machine's own clock and random number generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct Machine;

impl Source for Machine {
    #[expect(clippy::disallowed_methods, reason = "the one place where time enters a client")]
    fn now_ms(&self) -> i64 {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        // A clock before 1970 is broken; 0 means "not given" on the wire and claims nothing.
        now.map_or(0, |elapsed| i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
    }

    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        SystemRandom::new().fill(bytes).map_err(|_| NoRandomness)
    }
}

/// A new envelope identifier: a UUID of version 7, so that identifiers sort by time.
///
/// # Errors
/// [`NoRandomness`].
pub fn envelope_id(source: &dyn Source) -> Result<[u8; 16], NoRandomness> {
    let mut random = [0; 10];
    source.fill(&mut random)?;
    let millis = u64::try_from(source.now_ms()).unwrap_or(0);
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().into_bytes())
}

/// A new nonce: 32 random bytes.
///
/// # Errors
/// [`NoRandomness`].
pub fn nonce(source: &dyn Source) -> Result<[u8; 32], NoRandomness> {
    let mut nonce = [0; 32];
    source.fill(&mut nonce)?;
    Ok(nonce)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_and_nonces_never_repeat() {
        let machine = Machine;
        let [first, second] = [(); 2].map(|()| envelope_id(&machine).unwrap());
        assert_ne!(first, second);
        assert_eq!(first[6] >> 4, 7, "a UUID of version 7");
        assert_ne!(nonce(&machine).unwrap(), nonce(&machine).unwrap());
    }

    #[test]
    fn the_clock_is_later_than_this_line() {
        assert!(Machine.now_ms() > 1_700_000_000_000);
    }
}
