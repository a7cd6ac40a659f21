//! The office's own log of its link: when the hub could not be reached.
//!
//! ```text
//! outbox/<chain>/reach       "barid-reach/v1", then a line for each time
//! down FROM LAST ATTEMPTS CAUSE             it lasts: first and newest attempt that failed
//! was FROM UNTIL ATTEMPTS REPORT CAUSE      it is over; REPORT: its leaf, `refused` or `-`
//! ```
//!
//! Times are milliseconds since 1970, by the office's clock.

use std::fmt::{self, Write as _};
use std::time::Duration;

/// The first line on disk.
const LABEL: &str = "barid-reach/v1";

/// Times that are kept; older ones go. A poor link fails some times a day.
const KEPT: usize = 128;

/// Shorter ones are not kept: every link hiccups.
const KEPT_FROM_MS: i64 = 1_000;

/// Longest cause that is kept, in characters.
const CAUSE_MAX: usize = 200;

/// Since when the hub cannot be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreachable {
    /// The first attempt that failed.
    pub from_ms: i64,
    /// The newest.
    pub last_ms: i64,
    /// How many failed.
    pub attempts: u32,
    /// What was in the way the last time.
    pub cause: String,
}

/// A time during which the hub could not be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkOutage {
    /// The first attempt that failed.
    pub from_ms: i64,
    /// When one succeeded again.
    pub until_ms: i64,
    /// How many failed.
    pub attempts: u32,
    /// What was in the way the last time.
    pub cause: String,
    /// What became of the report to the hub.
    pub report: Reported,
}

/// What became of the report of a link's outage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reported {
    /// None was made, or it waits in the outbox.
    No,
    /// It is this leaf of the log.
    Leaf(u64),
    /// The hub refused it for good.
    Refused,
}

/// What an outbox knows of its link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// What lasts.
    pub now: Option<Unreachable>,
    /// What is over, the oldest first.
    pub over: Vec<LinkOutage>,
}

impl LinkOutage {
    /// Whether it lasted for so long.
    #[must_use]
    pub fn lasted(&self, at_least: Duration) -> bool {
        let lasted_ms = self.until_ms.saturating_sub(self.from_ms);
        u64::try_from(lasted_ms).is_ok_and(|lasted| u128::from(lasted) >= at_least.as_millis())
    }
}

impl Reach {
    /// An attempt that began at `from_ms` failed at `now_ms`.
    pub(super) fn failed(&mut self, from_ms: i64, now_ms: i64, cause: &str) {
        let cause = one_line(cause);
        self.now = Some(match self.now.take() {
            // A clock that was set back begins anew.
            Some(known) if known.from_ms <= from_ms => Unreachable {
                last_ms: now_ms.max(known.last_ms),
                attempts: known.attempts.saturating_add(1),
                cause,
                ..known
            },
            _ => Unreachable { from_ms, last_ms: now_ms, attempts: 1, cause },
        });
    }

    /// The hub was reached at `now_ms`. `true`: that ends an outage.
    pub(super) fn reached(&mut self, now_ms: i64) -> bool {
        let Some(Unreachable { from_ms, attempts, cause, .. }) = self.now.take() else {
            return false;
        };
        if now_ms.saturating_sub(from_ms) >= KEPT_FROM_MS {
            let report = Reported::No;
            self.over.push(LinkOutage { from_ms, until_ms: now_ms, attempts, cause, report });
            let surplus = self.over.len().saturating_sub(KEPT);
            self.over.drain(..surplus);
        }
        true
    }

    /// What became of the report of the outage that began then. `true`: it is known here.
    pub(super) fn reported(&mut self, from_ms: i64, report: Reported) -> bool {
        let known = self.over.iter_mut().find(|outage| outage.from_ms == from_ms);
        known.map(|outage| outage.report = report).is_some()
    }

    /// Reads what [`fmt::Display`] wrote.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut lines = str::from_utf8(bytes).ok()?.strip_suffix('\n')?.split('\n');
        (lines.next()? == LABEL).then_some(())?;
        let mut reach = Self::default();
        for line in lines {
            let mut words = line.split(' ');
            match words.next()? {
                "down" if reach.now.is_none() => {
                    reach.now = Some(Unreachable {
                        from_ms: words.next()?.parse().ok()?,
                        last_ms: words.next()?.parse().ok()?,
                        attempts: words.next()?.parse().ok()?,
                        cause: words.collect::<Vec<_>>().join(" "),
                    });
                }
                "was" => reach.over.push(LinkOutage {
                    from_ms: words.next()?.parse().ok()?,
                    until_ms: words.next()?.parse().ok()?,
                    attempts: words.next()?.parse().ok()?,
                    report: match words.next()? {
                        "-" => Reported::No,
                        "refused" => Reported::Refused,
                        leaf => Reported::Leaf(leaf.parse().ok()?),
                    },
                    cause: words.collect::<Vec<_>>().join(" "),
                }),
                _ => return None,
            }
        }
        Some(reach)
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{LABEL}")?;
        for LinkOutage { from_ms, until_ms, attempts, cause, report } in &self.over {
            let mut word = String::new();
            match report {
                Reported::No => word.push('-'),
                Reported::Refused => word.push_str("refused"),
                Reported::Leaf(leaf) => write!(word, "{leaf}")?,
            }
            writeln!(f, "was {from_ms} {until_ms} {attempts} {word} {cause}")?;
        }
        if let Some(Unreachable { from_ms, last_ms, attempts, cause }) = &self.now {
            writeln!(f, "down {from_ms} {last_ms} {attempts} {cause}")?;
        }
        Ok(())
    }
}

/// A cause as it is kept: on one line, and not for ever.
fn one_line(cause: &str) -> String {
    let visible = cause.chars().map(|c| if c.is_control() { ' ' } else { c });
    visible.take(CAUSE_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_add_up_until_the_hub_is_reached() {
        let mut reach = Reach::default();
        assert!(!reach.reached(5), "it was never down");
        reach.failed(10_000, 10_006, "no route to host");
        reach.failed(70_000, 70_006, "timed out\n\u{1b}[31m");
        let known = reach.now.clone().unwrap();
        assert_eq!((known.from_ms, known.last_ms, known.attempts), (10_000, 70_006, 2));
        assert_eq!(known.cause, "timed out  [31m");
        assert!(reach.reached(130_000));
        assert!(reach.now.is_none());
        let [outage] = reach.over.as_slice() else { panic!("{reach:?}") };
        assert_eq!((outage.from_ms, outage.until_ms, outage.attempts), (10_000, 130_000, 2));
        assert!(
            outage.lasted(Duration::from_secs(120)) && !outage.lasted(Duration::from_secs(121))
        );
        reach.failed(200_000, 200_001, "");
        assert!(reach.reached(200_900), "a hiccup ends");
        assert_eq!(reach.over.len(), 1, "and is not kept");
    }

    #[test]
    fn a_clock_that_was_set_back_makes_no_outage() {
        let mut reach = Reach::default();
        reach.failed(10_000, 10_006, "");
        reach.failed(4_000, 4_006, "");
        assert_eq!(reach.now.as_ref().map(|now| (now.from_ms, now.attempts)), Some((4_000, 1)));
        assert!(reach.reached(3_000));
        assert!(reach.over.is_empty());
    }

    #[test]
    fn what_is_kept_is_read_back_and_bounded() {
        let mut reach = Reach::default();
        for n in 0..(KEPT as i64 + 10) {
            reach.failed(n * 10_000, n * 10_000, "no route to host");
            reach.reached(n * 10_000 + 5_000);
        }
        assert_eq!((reach.over.len(), reach.over[0].from_ms), (KEPT, 100_000));
        assert!(reach.reported(100_000, Reported::Leaf(7)));
        assert!(reach.reported(110_000, Reported::Refused));
        assert!(!reach.reported(0, Reported::Refused), "it is gone");
        reach.failed(9_000_000, 9_000_001, "");
        assert_eq!(Reach::parse(reach.to_string().as_bytes()), Some(reach));
        for damaged in
            ["", "barid-reach/v2\n", "barid-reach/v1\nwas 1 2 3\n", "barid-reach/v1\nx\n"]
        {
            assert_eq!(Reach::parse(damaged.as_bytes()), None, "{damaged:?}");
        }
    }
}
