//! Outages: the mark of life by which they are told, the witnesses' silences, and the list for
//! everybody.

use std::time::Duration;

use barid_proto::v1::{self, HubStatement, OutageScope};
use tokio::time::{Instant, sleep_until};

use super::Hub;
use super::read::{is_for_all, page_size, page_token};
use crate::error::Error;
use crate::log::Attestation;
use crate::log::outage::{Heard, millis, statement};
use crate::model::row::{HeadRow, LifeRow};

/// Longest time between two marks of life: so much too early an outage may seem to begin.
const MARK_MAX: Duration = Duration::from_secs(30);

/// Marks of life within the shortest outage that is stated, so that a quick restart is never one.
const MARKS_PER_OUTAGE: u32 = 4;

/// Most reports of offices in one answer: each with its receipt has some kilobytes.
const REPORTS_MAX: usize = 100;

/// How often a hub that has just started looks whether it may sign.
const BEGINNING: Duration = Duration::from_secs(1);

impl Hub {
    /// Keeps marks of life, and states in the log when a quorum of witnesses answers again that was
    /// silent for long, for as long as it is polled.
    pub async fn mind_outages(&self) {
        let log = &self.crafts.log;
        let pause = (log.outages_from() / MARKS_PER_OUTAGE).min(MARK_MAX);
        let mut published = log.published();
        let mut silence = None;
        loop {
            // What came before the start is stated first.
            if log.has_begun() {
                let head = published.borrow_and_update().clone();
                match self.look(&head, silence).await {
                    Ok(known) => silence = Some(known),
                    Err(Error::Refused(refusal)) => {
                        tracing::info!(%refusal, "an outage is stated later");
                    }
                    Err(Error::Failed(fault)) => {
                        tracing::error!(fault = fault.chain(), "an outage cannot be stated");
                    }
                }
            }
            let next = Instant::now() + silence.map_or(pause.min(BEGINNING), |_| pause);
            loop {
                tokio::select! {
                    () = sleep_until(next) => break,
                    changed = published.changed() => {
                        if changed.is_err() {
                            sleep_until(next).await;
                        }
                        // Only whoever waits for witnesses looks at each head.
                        if silence.is_some_and(|known| self.is_long(known)) {
                            break;
                        }
                    }
                }
            }
        }
    }

    /// Looks once at what witnesses say, states that a silence is over, and leaves a mark of life.
    async fn look(&self, head: &HeadRow, known: Option<Silence>) -> Result<Silence, Error> {
        let log = &self.crafts.log;
        let now_ms = (self.crafts.clock)();
        let heard = log.witnesses().heard(head)?;
        // What was silent before the start is no silence of this run.
        let known = known.unwrap_or(Silence { since_ms: heard.quorum_ms.max(now_ms), heard });
        let silence = match known.over(heard, log.outages_from(), now_ms) {
            Some(stated) => {
                log.attest(Attestation { statement: stated, deliveries: Vec::new() }).await?;
                Silence { since_ms: heard.quorum_ms, heard }
            }
            None => known.heard_again(heard),
        };
        let life = LifeRow { at_ms: now_ms, published: head.clone() };
        self.blocking(move |crafts| Ok(crafts.store.keep_life(&life)?)).await?;
        Ok(silence)
    }

    fn is_long(&self, silence: Silence) -> bool {
        let silent_ms = (self.crafts.clock)().saturating_sub(silence.since_ms);
        silence.heard.quorum_ms > 0 && silent_ms >= millis(self.crafts.log.outages_from())
    }

    /// What the hub stated of its outages, the newest first. Everybody may read it.
    ///
    /// # Errors
    /// `REASON_REQUEST_INVALID` for a page that cannot be.
    pub async fn outages(
        &self,
        request: v1::ListOutagesRequest,
    ) -> Result<v1::ListOutagesResponse, Error> {
        self.blocking(move |crafts| {
            let size = page_size(request.page_size)?;
            let before = page_token(&request.page_token, i64::MAX.unsigned_abs())?;
            let leaves = crafts.store.outages(before.min(crafts.shown()), size)?;
            let mut outages = Vec::with_capacity(leaves.len());
            for leaf in &leaves {
                let stated = crafts.proven_statement(*leaf)?;
                outages.extend(stated.map(|(_, sealed)| sealed));
            }
            let next = leaves.last().filter(|_| leaves.len() == size);
            let next_page_token = next.map(u64::to_string).unwrap_or_default();
            let mut reports = Vec::new();
            if request.page_token.is_empty() {
                for row in crafts.outage_reports(crafts.shown(), REPORTS_MAX)? {
                    if is_for_all(&row)? {
                        reports.push(crafts.sealed_filing(&row)?);
                    }
                }
            }
            Ok(v1::ListOutagesResponse { outages, next_page_token, reports })
        })
        .await
    }
}

/// How long no quorum of witnesses has answered.
#[derive(Debug, Clone, Copy)]
struct Silence {
    /// Since when, milliseconds since 1970 UTC.
    since_ms: u64,
    /// What they said then.
    heard: Heard,
}

impl Silence {
    /// The statement that a silence is over which was long enough for one.
    fn over(self, heard: Heard, at_least: Duration, now_ms: u64) -> Option<HubStatement> {
        let again_ms = heard.quorum_ms;
        let silent_ms = again_ms.saturating_sub(self.since_ms);
        let over = self.heard.quorum_ms > 0 && silent_ms >= millis(at_least);
        // Never after the time of the statement itself, however the witnesses' clocks are.
        let span = (self.since_ms, again_ms.min(now_ms));
        (over && span.0 < span.1)
            .then(|| statement(OutageScope::Witnesses, span, self.heard, heard, now_ms))
    }

    fn heard_again(self, heard: Heard) -> Self {
        if heard.quorum_ms > self.since_ms.max(self.heard.quorum_ms) {
            Self { since_ms: heard.quorum_ms, heard }
        } else if heard.quorum_ms > self.heard.quorum_ms {
            Self { heard, ..self }
        } else {
            self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOUND: Duration = Duration::from_secs(120);

    fn heard(quorum_ms: u64) -> Heard {
        Heard { size: 7, quorum_ms }
    }

    #[test]
    fn a_heartbeats_gap_is_no_silence_and_a_long_one_is_stated_when_it_is_over() {
        let known = Silence { since_ms: 1_000_000, heard: heard(1_000_000) };
        assert!(known.over(heard(1_000_000), BOUND, 9_000_000).is_none(), "it lasts");
        assert!(known.over(heard(1_119_999), BOUND, 1_119_999).is_none());
        assert_eq!(known.heard_again(heard(1_060_000)).since_ms, 1_060_000);
        let stated = known.over(heard(1_120_000), BOUND, 1_125_000).unwrap().outage.unwrap();
        assert_eq!(stated.scope(), OutageScope::Witnesses);
        assert_eq!((stated.from_unix_ms, stated.until_unix_ms), (1_000_000, 1_120_000));
        assert_eq!(stated.size_before, 7);
        let witnessed = (stated.witnessed_before_unix_ms, stated.witnessed_after_unix_ms);
        assert_eq!(witnessed, (1_000_000, 1_120_000));
    }

    #[test]
    fn what_was_silent_before_the_start_is_no_silence_of_this_run() {
        let known = Silence { since_ms: 9_000_000, heard: heard(1_000_000) };
        assert!(known.over(heard(9_010_000), BOUND, 9_010_000).is_none());
        assert!(known.over(heard(8_990_000), BOUND, 9_010_000).is_none(), "a clock that is behind");
        let later = known.heard_again(heard(8_990_000));
        assert_eq!((later.since_ms, later.heard.quorum_ms), (9_000_000, 8_990_000));
    }

    #[test]
    fn a_log_without_witnesses_never_waits_for_them() {
        let known = Silence { since_ms: 1_000_000, heard: Heard::default() };
        assert!(known.over(Heard::default(), BOUND, 9_000_000).is_none());
    }

    #[test]
    fn a_silence_never_ends_behind_the_statement_of_it() {
        let known = Silence { since_ms: 1_000_000, heard: heard(1_000_000) };
        let stated = known.over(heard(1_500_000), BOUND, 1_400_000).unwrap();
        assert_eq!(stated.outage.unwrap().until_unix_ms, 1_400_000);
        assert!(known.over(heard(1_500_000), BOUND, 900_000).is_none(), "the clock was set back");
    }
}
