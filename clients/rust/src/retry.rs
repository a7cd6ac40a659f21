//! Doing again what is safe to do again, a bounded number of times, and never in step with others.

use std::time::Duration;

use crate::error::ClientError;
use crate::source::Source;

/// Tries in all. With the waits below they span about six seconds: a hub that restarts is back by
/// then, and a clerk has not yet given up.
pub(crate) const TRIES: u32 = 5;
/// The first wait; each one after it is twice as long.
const FIRST_WAIT: Duration = Duration::from_millis(200);
/// The longest wait that a hub's `RetryInfo` may ask for before the caller is told instead.
const LONGEST_WAIT: Duration = Duration::from_secs(15);

/// Before a stream that ended in good order is opened again.
pub(crate) const PAUSE: Duration = Duration::from_secs(1);

/// How long to wait before try number `tried + 1`; `None`: do not try again.
///
/// On the last day hundreds of offices lose the same link in the same second. Each waits a random
/// part of its time, so that they do not come back in one second either.
pub(crate) fn wait(error: &ClientError, tried: u32, source: &dyn Source) -> Option<Duration> {
    if tried >= TRIES || !error.is_temporary() {
        return None;
    }
    let asked = match error {
        ClientError::Refused(refusal) => refusal.retry_after,
        _ => None,
    };
    let own = FIRST_WAIT * 2_u32.pow(tried.saturating_sub(1));
    let wait = match asked {
        Some(asked) if asked > LONGEST_WAIT => return None,
        Some(asked) => asked.max(own),
        None => own,
    };
    let mut random = [0; 1];
    // Without randomness the wait is merely not spread.
    let filled = source.fill(&mut random);
    let [random] = random;
    let spread = filled.map_or(0.5, |()| f64::from(random) / 256.0);
    // Never less than what the hub asked for; else between half and all of the own wait.
    let least = asked.unwrap_or(wait / 2);
    Some(least + wait.saturating_sub(least).mul_f64(spread) + (wait / 4).mul_f64(spread))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Unreachable;
    use crate::refusal::Refusal;
    use crate::source::NoRandomness;
    use barid_proto::v1::Reason;

    struct Half;

    impl Source for Half {
        fn now_ms(&self) -> i64 {
            0
        }

        fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
            bytes.fill(128);
            Ok(())
        }
    }

    fn refused(reason: Reason, retry_after: Option<Duration>) -> ClientError {
        let (text, correlation_id) = (String::new(), String::new());
        let problems = Vec::new();
        let (expected_link, rejection_leaf) = (None, None);
        Refusal {
            reason,
            text,
            problems,
            expected_link,
            rejection_leaf,
            correlation_id,
            retry_after,
        }
        .into()
    }

    #[test]
    fn waits_grow_and_end() {
        let address = String::new();
        let error = Unreachable { address, why: String::new(), hint: None }.into();
        let waits: Vec<_> = (1..=TRIES).map(|tried| wait(&error, tried, &Half)).collect();
        assert!(waits[..4].is_sorted() && waits[..4].iter().all(Option::is_some));
        assert_eq!(waits[4], None);
        assert!(waits[3].unwrap() < Duration::from_secs(3));
    }

    #[test]
    fn what_the_hub_asks_for_is_the_least() {
        let five = Duration::from_secs(5);
        assert!(wait(&refused(Reason::TooMany, Some(five)), 1, &Half).unwrap() >= five);
        let minute = Duration::from_secs(60);
        assert_eq!(wait(&refused(Reason::TooMany, Some(minute)), 1, &Half), None);
    }

    #[test]
    fn a_no_is_not_asked_again() {
        assert_eq!(wait(&refused(Reason::NotPermitted, None), 1, &Half), None);
        assert_eq!(wait(&refused(Reason::ExhibitMissing, None), 1, &Half), None);
    }
}
