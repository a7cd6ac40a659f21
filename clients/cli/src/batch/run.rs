//! Runs a batch, from wherever it is.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use barid_client::client::{Filed, Signing};
use barid_client::outbox::Whereabouts;
use barid_client::refusal::Refusal;
use barid_client::source::{self, Machine};
use barid_client::{Client, ClientError, Draft, Trust, hex, verify};

use super::journal::{Journal, Known, Outcome, Refused, Stamped, Step};
use super::manifest::Row;
use super::{Problem, Task, Work};
use crate::exit::Failure;
use crate::wording::Lang;
use crate::wording::batch::Wrong;

/// Most problems of a refusal that the journal keeps; all of them are in the outbox.
const PROBLEMS_KEPT: usize = 16;

/// What a run is done with.
pub(crate) struct Run<'a> {
    /// The office at work.
    pub(crate) client: &'a Client,
    /// Whom it believes.
    pub(crate) trust: &'a Trust,
    /// What was intended and what became of it.
    pub(crate) journal: &'a mut Journal,
    /// The language in which refusals are kept.
    pub(crate) lang: Lang,
}

/// A line with its identifier. `above` is set when an earlier run intended it.
struct Intended {
    id: [u8; 16],
    above: Option<u64>,
    draft: Draft,
}

/// Which lines still have to be signed, given what the journal says and which of them are signed
/// and waiting; and those that say something else than when they were signed. `again`: lines that
/// were refused begin anew.
pub(crate) fn undone(
    rows: Vec<Row>,
    known: &BTreeMap<String, Known>,
    pending: &BTreeSet<String>,
    again: bool,
) -> (Vec<Row>, Vec<Problem>) {
    let (mut undone, mut changed) = (Vec::new(), Vec::new());
    for row in rows {
        let Some(known) = known.get(&row.line) else {
            undone.push(row);
            continue;
        };
        let refused = matches!(known.outcome, Some(Outcome::Refused(_)));
        if again && refused {
            undone.push(row);
        } else if known.fingerprint != row.fingerprint() {
            let (line, shown) = (row.line, row.shown);
            changed.push(Problem { line, shown, wrong: Wrong::Changed });
        } else if known.outcome.is_none() && !pending.contains(&row.line) {
            undone.push(row);
        }
    }
    (undone, changed)
}

impl Run<'_> {
    /// Intends, signs, sends. `told` learns how many have an outcome. Gives what stands in the way
    /// of those that have none.
    pub(crate) async fn run(
        mut self,
        works: Vec<Work>,
        told: &mut (dyn FnMut(usize) + Send),
    ) -> Result<Option<Failure>, Failure> {
        {
            let signing = self.client.signing()?;
            let intended = self.intend(&signing, works)?;
            self.sign(&signing, intended)?;
        }
        self.send(told).await
    }

    /// Finds out what became of the lines that were intended and of which nothing more is known.
    /// Gives those that are signed and wait.
    pub(crate) fn recover(&mut self) -> Result<BTreeSet<String>, Failure> {
        let mut pending = BTreeSet::new();
        let signing = self.client.signing()?;
        let open = self.journal.known().iter().filter(|(_, known)| known.outcome.is_none());
        let open: Vec<(String, [u8; 16], u64)> =
            open.map(|(line, known)| (line.clone(), known.envelope, known.above)).collect();
        let Some(above) = open.iter().map(|(.., above)| *above).min() else { return Ok(pending) };
        let ids: Vec<[u8; 16]> = open.iter().map(|(_, id, _)| *id).collect();
        let mut found = signing.whereabouts(&ids, above)?;
        for (line, id, _) in open {
            match found.remove(&id) {
                None => {}
                Some(Whereabouts::Pending) => {
                    pending.insert(line);
                }
                Some(Whereabouts::Sent(path, evidence)) => {
                    let proven = verify::evidence(&evidence, self.trust)?;
                    let named = proven.body.case.as_ref().map(|case| case.case_id.clone());
                    let stamped = Stamped {
                        leaf: proven.leaf_index,
                        accepted_at_unix_ms: proven.accepted_at_ms,
                        envelope_digest: hex::encode(&proven.digest),
                        case_id: hex::encode(&named.unwrap_or_default()),
                        kept: path.display().to_string(),
                    };
                    self.journal.append(&[Step::Stamped { line, stamped }])?;
                }
                Some(Whereabouts::Refused(text)) => {
                    let refused = Refused { reason: 0, text };
                    self.journal.append(&[Step::Refused { line, refused }])?;
                }
            }
        }
        Ok(pending)
    }

    /// Gives each line that has none its identifier, all in one durable step.
    fn intend(
        &mut self,
        signing: &Signing<'_>,
        works: Vec<Work>,
    ) -> Result<Vec<Intended>, Failure> {
        let above = signing.receipted();
        let (mut steps, mut intended) = (Vec::new(), Vec::new());
        for Work { line, shown, fingerprint, task } in works {
            let known = self.journal.known().get(&line);
            let before = known.filter(|known| known.outcome.is_none());
            let before = before.map(|known| (known.envelope, known.above));
            let id = match (&task, before) {
                (_, Some((id, _))) => id,
                (Task::Done(_), None) => [0; 16],
                (Task::File(_), None) => source::envelope_id(&Machine)
                    .map_err(|error| Failure::usage(format!("an identifier: {error}")))?,
            };
            if before.is_none() {
                let (line, envelope) = (line.clone(), hex::encode(&id));
                steps.push(Step::Intended { line, shown, fingerprint, envelope, above });
            }
            match task {
                Task::File(draft) => {
                    let above = before.map(|(_, above)| above);
                    intended.push(Intended { id, above, draft: *draft });
                }
                Task::Done(leaf) => {
                    steps.push(Step::Stamped { line, stamped: done_before(leaf) });
                }
            }
        }
        self.journal.append(&steps)?;
        Ok(intended)
    }

    /// Signs, in order, what is not signed yet. What an earlier run intended and is nowhere in the
    /// outbox was not.
    fn sign(&self, signing: &Signing<'_>, intended: Vec<Intended>) -> Result<(), Failure> {
        let earlier = intended.iter().filter_map(|one| Some((one.id, one.above?)));
        let (ids, above): (Vec<[u8; 16]>, Vec<u64>) = earlier.unzip();
        let there = signing.whereabouts(&ids, above.into_iter().min().unwrap_or(u64::MAX))?;
        for one in intended.into_iter().filter(|one| !there.contains_key(&one.id)) {
            signing.sign(one.draft.envelope_id(one.id))?;
        }
        Ok(())
    }

    /// Sends what is in the outbox, in order, and keeps what becomes of each line.
    async fn send(
        &mut self,
        told: &mut (dyn FnMut(usize) + Send),
    ) -> Result<Option<Failure>, Failure> {
        let open = self.journal.known().iter().filter(|(_, known)| known.outcome.is_none());
        let open: BTreeMap<[u8; 16], String> =
            open.map(|(line, known)| (known.envelope, line.clone())).collect();
        let mut done = self.journal.known().len() - open.len();
        told(done);
        if open.is_empty() {
            return Ok(None);
        }
        let (mut standing, mut broken) = (None, None);
        let (journal, lang) = (&mut *self.journal, self.lang);
        let mut keep = |id: &[u8], outcome: Result<Filed, ClientError>| {
            let line = <[u8; 16]>::try_from(id).ok().and_then(|id| open.get(&id).cloned());
            let Some(line) = line else { return ControlFlow::Continue(()) };
            let step = match outcome {
                Ok(filed) => Step::Stamped { line, stamped: stamped(&filed) },
                Err(ClientError::Refused(refusal)) if refusal.is_final() => {
                    Step::Refused { line, refused: refused(lang, &refusal) }
                }
                Err(error) => {
                    standing = standing.take().or(Some(Failure::from(error)));
                    return ControlFlow::Continue(());
                }
            };
            if let Err(failure) = journal.append(&[step]) {
                broken = Some(failure);
                return ControlFlow::Break(());
            }
            done += 1;
            told(done);
            ControlFlow::Continue(())
        };
        self.client.send_telling(&mut keep).await?;
        broken.map_or(Ok(standing), Err)
    }
}

/// It was done before this batch.
fn done_before(leaf: u64) -> Stamped {
    Stamped {
        leaf,
        accepted_at_unix_ms: 0,
        envelope_digest: String::new(),
        case_id: String::new(),
        kept: String::new(),
    }
}

fn stamped(filed: &Filed) -> Stamped {
    Stamped {
        leaf: filed.verified.leaf_index,
        accepted_at_unix_ms: filed.verified.accepted_at_ms,
        envelope_digest: hex::encode(&filed.verified.digest),
        case_id: hex::encode(&filed.receipt.case_id),
        kept: filed.kept.display().to_string(),
    }
}

fn refused(lang: Lang, refusal: &Refusal) -> Refused {
    let problems = refusal.problems.iter().take(PROBLEMS_KEPT);
    let problems = problems.map(|problem| lang.rendering(problem.what.as_ref()));
    let text: Vec<String> = std::iter::once(refusal.text.clone()).chain(problems).collect();
    Refused { reason: refusal.reason as i32, text: text.join("\n") }
}
