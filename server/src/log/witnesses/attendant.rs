//! One witness that attends: who it is, what it was asked, what its answers are worth.
//!
//! Nothing here waits for a network. Whoever carries the questions asks [`Attendant::due`] for the
//! next head, [`Attendant::question`] for the bytes, and hands what came back to
//! [`Attendant::take`].

use std::sync::Arc;

use barid_proto::tlog::add_checkpoint::AddCheckpoint;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::{Note, NoteSignature};
use barid_proto::tlog::prove;
use barid_proto::tlog::vkey::VerifierKey;
use barid_proto::v1::Reason;
use tokio::sync::watch;

use super::rounds::{KeyName, Target, name_of};
use super::{Loss, Witnesses};
use crate::error::{Error, Fault, Refusal};
use crate::model::id::OfficeAddress;
use crate::model::row::HeadRow;

/// Keys of one witness: Ed25519 and ML-DSA, and as many again while they are exchanged.
const KEYS_MAX: usize = 4;

/// Checkpoints in one introduction: one for each log that a hub of several would have.
const CHECKPOINTS_MAX: usize = 16;

/// Code of the answer that states another size than the one asked from (C2SP tlog-witness).
const OTHER_SIZE: u32 = 409;

/// Code of a cosignature.
const COSIGNED: u32 = 200;

/// Code of the answer that the trees do not agree.
const INCONSISTENT: u32 = 422;

/// Who attends, and what it has cosigned.
#[derive(Debug, Clone, Default)]
pub struct Introduction {
    /// C2SP verifier keys of the witness's cosignatures, all of one name.
    pub keys: Vec<String>,
    /// Those of the mirror that belongs to it.
    pub mirror_keys: Vec<String>,
    /// The newest checkpoint that it cosigned of each log.
    pub checkpoints: Vec<Vec<u8>>,
}

/// What an answer came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Lines that count.
    Cosigned,
    /// It knows another size than was thought: ask again.
    AskAgain,
    /// No cosignature this time.
    Declined,
}

/// A witness that attends.
pub struct Attendant {
    witnesses: Arc<Witnesses>,
    name: String,
    attendance: u64,
    /// The keys of the policy that are its own, those of its mirror among them.
    keys: Vec<VerifierKey>,
    targets: watch::Receiver<Target>,
    /// The round that was answered last.
    answered: u64,
    /// The size of the largest tree that it is known to have cosigned.
    known: u64,
}

impl Witnesses {
    /// Takes in a witness, and compares what it has cosigned with what is here. Blocks.
    ///
    /// # Errors
    /// Refused: `NotPermitted` for a witness that the plan does not have, or from another office;
    /// `RequestInvalid` for an introduction that is none; `HistoryLost` when it holds what is
    /// missing here.
    pub fn introduce(
        self: &Arc<Self>,
        office: Option<&OfficeAddress>,
        introduction: &Introduction,
    ) -> Result<Attendant, Error> {
        let (name, keys) = self.identify(office, introduction)?;
        if introduction.checkpoints.len() > CHECKPOINTS_MAX {
            let text = format!("an introduction has at most {CHECKPOINTS_MAX} checkpoints");
            return Err(invalid(text).into());
        }
        // Whoever dials has proved who it is, and may hold nothing yet. Of one that was reached
        // over the network, "nothing" may be another's word: its first cosignature shows it.
        let mut agrees = office.is_some();
        let mut known = 0;
        for note in &introduction.checkpoints {
            if let Some(checkpoint) = self.own_checkpoint(note, &name, &keys)? {
                self.compare(&name, note, &checkpoint)?;
                known = known.max(checkpoint.size());
                agrees = true;
            }
        }
        if agrees {
            self.confirm(&name);
        }
        let mut rounds = self.rounds();
        rounds.attendances += 1;
        let attendance = rounds.attendances;
        rounds.attending.insert(name.clone(), attendance);
        drop(rounds);
        // Wakes the one that this replaces.
        self.target.send_modify(|_| {});
        let targets = self.target.subscribe();
        let witnesses = Arc::clone(self);
        Ok(Attendant { witnesses, name, attendance, keys, targets, answered: 0, known })
    }

    /// The witness that an introduction names, and those of its keys that the policy has.
    fn identify(
        &self,
        office: Option<&OfficeAddress>,
        introduction: &Introduction,
    ) -> Result<(String, Vec<VerifierKey>), Box<Refusal>> {
        let not_asked = || Refusal::new(Reason::NotPermitted, "this hub asks no such witness");
        let plan = self.plan.as_ref().ok_or_else(not_asked)?;
        let (name, mut keys) = parse_keys("witness_keys", &introduction.keys)?;
        let name = name.ok_or_else(|| invalid("an introduction has a witness key".to_owned()))?;
        let (mirror, mirror_keys) = parse_keys("mirror_keys", &introduction.mirror_keys)?;
        if mirror.as_ref() == Some(&name) {
            let text = "a mirror has another name than its witness".to_owned();
            return Err(invalid(text));
        }
        if let Some(office) = office
            && plan.offices.get(&name) != Some(office)
        {
            let text = format!("{office} does not attend as {name}: the hub's settings say who");
            return Err(Refusal::new(Reason::NotPermitted, text));
        }
        let asked: Vec<&VerifierKey> = plan.policy.witnesses().map(|one| &one.key).collect();
        keys.retain(|key| asked.contains(&key));
        if keys.is_empty() {
            return Err(not_asked());
        }
        keys.extend(mirror_keys.into_iter().filter(|key| asked.contains(&key)));
        Ok((name, keys))
    }

    /// A checkpoint of this log that the witness has cosigned. `None`: it is of another log.
    fn own_checkpoint(
        &self,
        note: &[u8],
        name: &str,
        keys: &[VerifierKey],
    ) -> Result<Option<Checkpoint>, Box<Refusal>> {
        let wrong = |why: String| invalid(format!("a checkpoint of the introduction: {why}"));
        let parsed = Note::parse(note).map_err(|error| wrong(error.to_string()))?;
        let checkpoint =
            Checkpoint::parse(parsed.text()).map_err(|error| wrong(error.to_string()))?;
        if self.keys.iter().all(|key| key.name() != checkpoint.origin()) {
            return Ok(None);
        }
        let mut signed = false;
        for key in &self.keys {
            signed |= parsed.verify(key).map_err(|error| wrong(error.to_string()))?.is_some();
        }
        if !signed {
            return Err(wrong("no key of this log signed it".to_owned()));
        }
        let mut cosigned = false;
        for key in keys.iter().filter(|key| key.name() == name) {
            cosigned |= parsed.verify(key).map_err(|error| wrong(error.to_string()))?.is_some();
        }
        if cosigned { Ok(Some(checkpoint)) } else { Err(wrong(format!("{name} has no line"))) }
    }

    /// Stops the log for good when a checkpoint that it signed is not contained in what is here.
    fn compare(&self, name: &str, note: &[u8], theirs: &Checkpoint) -> Result<(), Error> {
        if self.holds(theirs.size(), theirs.root())? {
            return Ok(());
        }
        let here = self.sealed.borrow().size;
        let size = theirs.size();
        let what = if size > here {
            format!("{name} holds a signed tree of {size} leaves, here are {here}")
        } else {
            format!("{name} holds another signed tree of {size} leaves than the one here")
        };
        let (witness, note) = (name.to_owned(), note.to_vec());
        self.lose(Loss { witness, what: what.clone(), note });
        Err(Refusal::new(Reason::HistoryLost, what).into())
    }

    /// Takes in a checkpoint with lines that nobody asked for: a mirror holds all its leaves.
    ///
    /// # Errors
    /// Refused: `RequestInvalid` for what is no cosigned checkpoint of this log.
    pub fn take_mirrored(&self, attendant: &Attendant, note: &[u8]) -> Result<(), Error> {
        let wrong = |why: String| invalid(format!("the mirrored checkpoint: {why}"));
        let parsed = Note::parse(note).map_err(|error| wrong(error.to_string()))?;
        let head = Arc::clone(&self.target.borrow().head);
        // Of an older head: what it was for has passed.
        if !head.note.starts_with(parsed.text().as_bytes()) {
            return Ok(());
        }
        let lines = attendant.verified(&parsed, parsed.signatures())?;
        Ok(self.gather(&head, lines)?)
    }
}

impl Attendant {
    /// The name of its keys.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Waits until there is a head to ask about. `None`: the log has ended, or the witness attends
    /// anew elsewhere, which ends this attendance.
    pub async fn due(&mut self) -> Option<Arc<HeadRow>> {
        loop {
            if self.is_replaced() {
                return None;
            }
            let target = self.targets.borrow_and_update().clone();
            if target.number > self.answered && target.head.size >= self.known {
                self.answered = target.number;
                return Some(target.head);
            }
            self.targets.changed().await.ok()?;
        }
    }

    /// The question about a head: the body of an `add-checkpoint` request. Blocks.
    ///
    /// # Errors
    /// When the proof cannot be made.
    pub fn question(&self, head: &HeadRow) -> Result<Vec<u8>, Fault> {
        let note = Note::parse(&head.note)
            .map_err(|error| Fault::while_doing("reading a head of our own", error))?;
        let old_size = self.known.min(head.size);
        let fetched = self.witnesses.tiles.fetch(prove::consistency_tiles(old_size, head.size))?;
        let proof = prove::consistency(old_size, head.size, &fetched)
            .map_err(|error| Fault::while_doing("proving consistency to a witness", error))?;
        Ok(AddCheckpoint { old_size, proof, note }.to_string().into_bytes())
    }

    /// Takes in what came back. Blocks while signatures are verified.
    ///
    /// # Errors
    /// Refused: `RequestInvalid` for an answer that no witness gives: the attendance should end.
    pub fn take(&mut self, head: &HeadRow, code: u32, body: &[u8]) -> Result<Outcome, Error> {
        match code {
            COSIGNED => {
                let wrong = |error: barid_proto::tlog::note::NoteError| {
                    invalid(format!("the cosignature: {error}"))
                };
                let lines = Note::parse_lines(body).map_err(wrong)?;
                let note = Note::parse(&head.note)
                    .map_err(|error| Fault::while_doing("reading a head of our own", error))?;
                let lines = self.verified(&note, &lines)?;
                if lines.is_empty() {
                    let text = "a cosignature has a line of a key that was introduced";
                    return Err(invalid(text.to_owned()).into());
                }
                self.known = head.size;
                self.witnesses.confirm(&self.name);
                self.witnesses.gather(head, lines)?;
                Ok(Outcome::Cosigned)
            }
            OTHER_SIZE => self.take_size(head, body),
            _ => {
                let (witness, why) = (&self.name, String::from_utf8_lossy(body));
                let why = why.trim_end();
                if code == INCONSISTENT {
                    tracing::error!(witness, size = head.size, why, "a witness finds a fork here");
                } else {
                    tracing::warn!(witness, size = head.size, code, why, "not cosigned");
                }
                Ok(Outcome::Declined)
            }
        }
    }

    fn take_size(&mut self, head: &HeadRow, body: &[u8]) -> Result<Outcome, Error> {
        let text = str::from_utf8(body).ok().and_then(|text| text.strip_suffix('\n'));
        let size =
            text.and_then(|text| text.parse::<u64>().ok().filter(|size| size.to_string() == text));
        let size = size.ok_or_else(|| invalid("a 409 states a size".to_owned()))?;
        if size == self.known {
            return Err(invalid("a 409 states another size than was asked from".to_owned()).into());
        }
        if size > self.witnesses.sealed.borrow().size {
            // Said, not shown: only a checkpoint that this log signed proves it.
            let here = self.witnesses.sealed.borrow().size;
            tracing::error!(witness = self.name, size, here, "a witness knows a larger tree");
        }
        self.known = size;
        Ok(if size <= head.size { Outcome::AskAgain } else { Outcome::Declined })
    }

    /// The lines that are of this witness's keys, all verified over the note's text.
    fn verified(
        &self,
        note: &Note,
        lines: &[NoteSignature],
    ) -> Result<Vec<(KeyName, NoteSignature)>, Box<Refusal>> {
        let mut verified = Vec::new();
        for line in lines {
            let Some(key) = self.keys.iter().find(|key| key.made(line)) else { continue };
            let time = key.verify(note.text(), &line.bytes).map_err(|error| {
                invalid(format!("the line of {} does not verify: {error}", key.name()))
            })?;
            // A line without a time says nothing of when: the policy would not count it.
            if time.is_some() {
                verified.push((name_of(key), line.clone()));
            }
        }
        Ok(verified)
    }

    fn is_replaced(&self) -> bool {
        self.witnesses.rounds().attending.get(&self.name) != Some(&self.attendance)
    }
}

impl Drop for Attendant {
    fn drop(&mut self) {
        if !self.is_replaced() {
            self.witnesses.rounds().attending.remove(&self.name);
        }
    }
}

/// Verifier keys of one name. `None` for the name: there are none.
fn parse_keys(
    field: &str,
    written: &[String],
) -> Result<(Option<String>, Vec<VerifierKey>), Box<Refusal>> {
    if written.len() > KEYS_MAX {
        return Err(invalid(format!("{field}: at most {KEYS_MAX} keys are taken")));
    }
    let mut keys: Vec<VerifierKey> = Vec::with_capacity(written.len());
    for text in written {
        let key: VerifierKey =
            text.parse().map_err(|error| invalid(format!("{field}: {error}")))?;
        if keys.first().is_some_and(|first| first.name() != key.name()) {
            return Err(invalid(format!("{field}: keys of two names")));
        }
        keys.push(key);
    }
    Ok((keys.first().map(|key| key.name().to_owned()), keys))
}

fn invalid(text: String) -> Box<Refusal> {
    Refusal::new(Reason::RequestInvalid, text)
}
