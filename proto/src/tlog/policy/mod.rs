//! Trust policies: which logs one believes, and how many of which witnesses must have cosigned.
//!
//! ```text
//! log       <vkey> [<url>]
//! witness   <name> <vkey> [<url>]
//! group     <name> any|all|<k> <name>...
//! quorum    <name>|none
//! ```
//!
//! Format: [C2SP tlog-policy](https://c2sp.org/tlog-policy). Stricter in one point: the text must
//! be UTF-8. A missing newline at the very end is forgiven, since editors forget it.

mod parse;
mod time;

pub use parse::{PolicyError, PolicyProblem};

use super::checkpoint::{Checkpoint, CheckpointError};
use super::note::{Note, NoteError};
use super::vkey::VerifierKey;

/// The longest policy that is read: 128 post-quantum keys and their names fit.
pub const MAX_POLICY_LEN: usize = 1 << 20;
/// The most logs, the most witnesses and the most groups; the specification asks for 32 each.
pub const MAX_DEFINITIONS: usize = 64;
/// A policy that has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<TrustedLog>,
    /// In the order of definition, so that each group comes after its members.
    parties: Vec<Party>,
    /// Index into `parties`; `None` when no cosignature is asked for.
    quorum: Option<usize>,
}

/// A log of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedLog {
    /// The key it signs with, named after its origin.
    pub key: VerifierKey,
    /// Where to reach it, if the policy says.
    pub url: Option<String>,
}

/// A witness of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// What the policy calls it; its key may have another name.
    pub name: String,
    /// The key it cosigns with.
    pub key: VerifierKey,
    /// Where to reach it, if the policy says.
    pub url: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Party {
    Witness(Witness),
    Group(Group),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    name: String,
    threshold: usize,
    /// Indices into `parties`, all smaller than that of the group itself.
    members: Vec<usize>,
}

/// A checkpoint that a known log signed, with the known witnesses that cosigned it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witnessed {
    /// What the log signed.
    pub checkpoint: Checkpoint,
    /// Who cosigned and when, by ascending time.
    pub cosigned: Vec<Cosigned>,
    /// Whether they are enough for the policy.
    pub quorum: bool,
}

/// One valid cosignature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosigned {
    /// The name of the witness in the policy.
    pub witness: String,
    /// The time it states, in seconds since 1970-01-01T00:00:00Z.
    pub time: u64,
}

/// Why a checkpoint is not to be believed under a policy.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum VerifyError {
    /// Not a signed note, or the line of a known key is wrong.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text of the note is not a checkpoint.
    #[error("the note is not a checkpoint")]
    Checkpoint(#[source] CheckpointError),
    /// No log of the policy has this origin and signed it.
    #[error("no known log signed this checkpoint of {0}")]
    UnknownLog(String),
    /// Too few witnesses, or not the right ones.
    #[error("the quorum is not met: cosigned by {cosigned:?}")]
    NoQuorum {
        /// The witnesses, by their names in the policy, that did cosign.
        cosigned: Vec<String>,
    },
}

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    /// The first problem with its line.
    pub fn parse(text: &[u8]) -> Result<Self, PolicyError> {
        parse::parse(text)
    }

    /// The logs in the order of the policy.
    #[must_use]
    pub fn logs(&self) -> &[TrustedLog] {
        &self.logs
    }

    /// The witnesses in the order of the policy, whether or not the quorum counts them.
    pub fn witnesses(&self) -> impl Iterator<Item = &Witness> {
        self.parties.iter().filter_map(|party| match party {
            Party::Witness(witness) => Some(witness),
            Party::Group(_) => None,
        })
    }

    /// Whether any cosignature is asked for.
    #[must_use]
    pub fn asks_witnesses(&self) -> bool {
        self.quorum.is_some()
    }

    /// Whether the quorum is met when exactly those witnesses cosign for which `cosigns` holds.
    #[must_use]
    pub fn would_suffice(&self, cosigns: impl Fn(&Witness) -> bool) -> bool {
        let mut satisfied = Vec::with_capacity(self.parties.len());
        for party in &self.parties {
            satisfied.push(match party {
                Party::Witness(witness) => cosigns(witness),
                Party::Group(group) => group.is_satisfied(&satisfied),
            });
        }
        self.meets_quorum(&satisfied)
    }

    /// The witnesses without whose line the quorum is never met: a party's own, as a rule.
    pub fn indispensable(&self) -> impl Iterator<Item = &Witness> {
        self.witnesses().filter(|witness| !self.would_suffice(|other| other != *witness))
    }

    /// Checks a signed checkpoint and demands the quorum.
    ///
    /// # Errors
    /// Any [`VerifyError`].
    pub fn verify(&self, note: &Note) -> Result<Witnessed, VerifyError> {
        let witnessed = self.weigh(note)?;
        if witnessed.quorum {
            return Ok(witnessed);
        }
        let cosigned = witnessed.cosigned.into_iter().map(|cosigned| cosigned.witness).collect();
        Err(VerifyError::NoQuorum { cosigned })
    }

    /// Checks a signed checkpoint and says whether the quorum is met: for whoever still collects
    /// cosignatures. Every line of a known key must be valid. A cosignature that states no time
    /// is not counted.
    ///
    /// # Errors
    /// Any [`VerifyError`] but [`VerifyError::NoQuorum`].
    pub fn weigh(&self, note: &Note) -> Result<Witnessed, VerifyError> {
        let checkpoint = Checkpoint::parse(note.text()).map_err(VerifyError::Checkpoint)?;
        let mut logged = false;
        for log in &self.logs {
            let signed = note.verify(&log.key)?.is_some();
            logged |= signed && log.key.name() == checkpoint.origin();
        }
        if !logged {
            return Err(VerifyError::UnknownLog(checkpoint.origin().to_owned()));
        }
        let mut cosigned = Vec::new();
        let mut satisfied = Vec::with_capacity(self.parties.len());
        for party in &self.parties {
            satisfied.push(match party {
                Party::Witness(witness) => {
                    let time = note.verify(&witness.key)?.and_then(|signed| signed.time);
                    let witness = &witness.name;
                    cosigned.extend(time.map(|time| Cosigned { witness: witness.clone(), time }));
                    time.is_some()
                }
                Party::Group(group) => group.is_satisfied(&satisfied),
            });
        }
        let quorum = self.meets_quorum(&satisfied);
        cosigned.sort_by_key(|cosigned| cosigned.time);
        Ok(Witnessed { checkpoint, cosigned, quorum })
    }

    fn meets_quorum(&self, satisfied: &[bool]) -> bool {
        self.quorum.is_none_or(|party| satisfied.get(party) == Some(&true))
    }
}

impl Group {
    fn is_satisfied(&self, satisfied: &[bool]) -> bool {
        let votes = self.members.iter().filter(|member| satisfied.get(**member) == Some(&true));
        votes.count() >= self.threshold
    }
}

impl Witnessed {
    /// The `k`-th smallest time, from 1. When at most `k - 1` witnesses lie, at least one honest
    /// witness had seen the tree by then.
    #[must_use]
    pub fn kth_time(&self, k: usize) -> Option<u64> {
        Some(self.cosigned.get(k.checked_sub(1)?)?.time)
    }
}
