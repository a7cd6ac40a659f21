//! The witness: the bytes of a question in, the bytes of the answer out.
//!
//! The same answers go over plain HTTP and over the stream to the hub.

use crate::Clock;
use crate::cosigners::{Cosigners, Keys};
use crate::error::WitnessError;
use crate::evidence::{Evidence, Exhibit};
use crate::finding::Halt;
use crate::judge::{Refusal, Seen, judge};
use crate::ledger::{Head, Ledger, Log};
use barid_proto::tlog::add_checkpoint::AddCheckpoint;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::{Note, NoteSignature};
use std::path::Path;

/// The content type of an answer that states a size (tlog-witness).
const SIZE: &str = "text/x.tlog.size";
const PLAIN: &str = "text/plain; charset=utf-8";

/// A witness with its ledger, ready to be asked.
pub struct Witness {
    ledger: Ledger,
    cosigners: Cosigners,
    evidence: Evidence,
    clock: Clock,
}

/// What an HTTP response to `add-checkpoint` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP code.
    pub code: u16,
    /// The content type.
    pub content_type: &'static str,
    /// The body: cosignature lines, a size, or a reason for people.
    pub body: String,
}

impl Answer {
    /// To a hub that asks about another log than its own.
    pub(crate) fn not_asked_here(origin: &str) -> Self {
        let body = format!("this stream is about {origin} only\n");
        Self { code: 404, content_type: PLAIN, body }
    }
}

/// Why there is no cosignature.
#[derive(Debug, thiserror::Error)]
enum Declined {
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The log has contradicted itself and nobody has acknowledged that yet.
    #[error("this log is not cosigned: the operator has to acknowledge proof that it forked")]
    Halted,
    /// Cosigning now would state an earlier time under a larger tree.
    #[error("the witness's clock stands before its last cosignature")]
    ClockWentBack,
    #[error("the witness cannot work: its operator has been told")]
    Fault(#[from] WitnessError),
}

impl Witness {
    /// Opens the witness that `init` made in `folder`, and gives the keys of its mirror.
    ///
    /// # Errors
    /// Any [`WitnessError`] of [`Ledger::open`].
    pub fn open(
        folder: &Path,
        evidence: Evidence,
        clock: Clock,
    ) -> Result<(Self, Option<Cosigners>), WitnessError> {
        let (ledger, keys) = Ledger::open(&folder.join("ledger"), &folder.join("keys"))?;
        let Keys { witness: cosigners, mirror } = keys;
        Ok((Self { ledger, cosigners, evidence, clock }, mirror))
    }

    /// What was cosigned.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The keys of this witness.
    #[must_use]
    pub fn cosigners(&self) -> &Cosigners {
        &self.cosigners
    }

    /// Answers the body of an `add-checkpoint` request. Reads and writes the disk: a call may
    /// take milliseconds.
    #[must_use]
    pub fn add_checkpoint(&self, body: &[u8]) -> Answer {
        match self.try_add(body) {
            Ok(lines) => Answer { code: 200, content_type: PLAIN, body: text_of(&lines) },
            Err(Declined::Refused(Refusal::OtherOldSize { known, .. })) => {
                Answer { code: 409, content_type: SIZE, body: format!("{known}\n") }
            }
            Err(declined) => {
                let code = match &declined {
                    Declined::Refused(refusal) => refusal.code(),
                    Declined::Halted | Declined::ClockWentBack => 503,
                    Declined::Fault(error) => {
                        tracing::error!(%error, "the witness cannot work");
                        500
                    }
                };
                Answer { code, content_type: PLAIN, body: format!("{declined}\n") }
            }
        }
    }

    /// The newest cosigned checkpoint of the log with this origin hash: what the monitoring path
    /// serves. `None` when nothing was cosigned.
    ///
    /// # Errors
    /// [`WitnessError::Broken`].
    pub fn checkpoint(&self, origin_hash: &str) -> Result<Option<Note>, WitnessError> {
        let log = self.ledger.logs().find(|log| log.origin_hash() == origin_hash);
        let Some(log) = log else { return Ok(None) };
        Ok(log.head()?.note)
    }

    fn try_add(&self, body: &[u8]) -> Result<Vec<NoteSignature>, Declined> {
        let request =
            AddCheckpoint::parse(body).map_err(|error| Refusal::Malformed(error.to_string()))?;
        let log = self.ledger.log(request.origin());
        let log = log.ok_or_else(|| Refusal::UnknownLog(request.origin().to_owned()))?;
        let mut lines = Vec::new();
        log.exchange(|head| -> Result<Option<Head>, Declined> {
            if self.evidence.halted(log.origin_hash(), Halt::Witness)?.is_some() {
                return Err(Declined::Halted);
            }
            let checkpoint = match judge(&head.seen, log.keys(), &request) {
                Ok(checkpoint) => checkpoint,
                Err(refusal) => {
                    self.keep(log, head, &request, &refusal)?;
                    return Err(refusal.into());
                }
            };
            let now = (self.clock)();
            if now < head.cosigned_at {
                return Err(Declined::ClockWentBack);
            }
            if let Some(same) = self.same_again(head, &checkpoint, now) {
                lines = same;
                return Ok(None);
            }
            lines = self.cosigners.cosign(&checkpoint, now)?;
            next_head(log, &request.note, checkpoint, &lines, now).map(Some)
        })?;
        Ok(lines)
    }

    /// The lines of just now, when the same was asked within the same second: anybody may ask again
    /// what is public, and must not keep the disk busy with it.
    fn same_again(&self, head: &Head, asked: &Checkpoint, now: u64) -> Option<Vec<NoteSignature>> {
        let note = head.note.as_ref()?;
        if head.seen.0.as_ref() != Some(asked) || head.cosigned_at != now {
            return None;
        }
        let ours = |line: &&NoteSignature| self.cosigners.verifiers().any(|key| key.made(line));
        Some(note.signatures().iter().filter(ours).cloned().collect())
    }

    /// Keeps both checkpoints when a refusal says something against the log.
    fn keep(
        &self,
        log: &Log,
        head: &Head,
        request: &AddCheckpoint,
        refusal: &Refusal,
    ) -> Result<(), WitnessError> {
        let Some(finding) = refusal.finding() else { return Ok(()) };
        let held = head.note.as_ref().map(Note::to_string).unwrap_or_default();
        let offered = request.to_string();
        self.evidence.keep(&Exhibit {
            origin_hash: log.origin_hash(),
            origin: log.origin(),
            finding,
            time: (self.clock)(),
            subject: request.note.text().as_bytes(),
            parts: &[("held.note", held.as_bytes()), ("offered.request", offered.as_bytes())],
        })
    }
}

/// The log's own lines and ours; lines of strangers are not kept.
fn next_head(
    log: &Log,
    offered: &Note,
    checkpoint: Checkpoint,
    lines: &[NoteSignature],
    now: u64,
) -> Result<Head, Declined> {
    let trusted = |line: &&NoteSignature| log.keys().iter().any(|key| key.made(line));
    let kept = offered.signatures().iter().filter(trusted).chain(lines);
    let note = with_lines(offered.text(), kept)?;
    Ok(Head { seen: Seen(Some(checkpoint)), note: Some(note), cosigned_at: now })
}

/// A note of this text with these lines.
pub(crate) fn with_lines<'a>(
    text: &str,
    lines: impl IntoIterator<Item = &'a NoteSignature>,
) -> Result<Note, WitnessError> {
    let failed = |error: barid_proto::tlog::note::NoteError| WitnessError::Key(error.to_string());
    let mut note = Note::new(text.to_owned()).map_err(failed)?;
    lines.into_iter().try_for_each(|line| note.add(line.clone())).map_err(failed)?;
    Ok(note)
}

fn text_of(lines: &[NoteSignature]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}
