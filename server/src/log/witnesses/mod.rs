//! Witnesses: nothing counts before enough of other people's machines have seen it.
//!
//! The log signs a head with each commit. A head becomes *published* when a quorum of witnesses has
//! cosigned it; receipts are given under published heads only, and readers are shown nothing
//! beyond the newest. Since a start the hub signs nothing until a quorum has shown what it cosigned
//! last and none of that is missing here: a hub that was set back would sign a second history.
//!
//! [`rounds`] asks all witnesses about one head at a time and gathers their lines, [`attendant`] is
//! one witness that attends. Neither knows over which wire it is asked.

mod attendant;
mod rounds;

pub use attendant::{Attendant, Introduction, Outcome};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use barid_proto::tlog::note::Note;
use barid_proto::tlog::policy::Policy;
use barid_proto::tlog::prove;
use barid_proto::tlog::vkey::VerifierKey;
use barid_proto::v1::Reason;
use tokio::sync::watch;

use super::outage::Heard;
use super::receipt::Receipts;
use super::tiles::Tiles;
use crate::error::{Fault, Refusal};
use crate::model::id::OfficeAddress;
use crate::model::row::HeadRow;
use rounds::{Gathering, Target};

/// When to come back to a hub whose witnesses have not confirmed yet: they dial within seconds.
const UNCONFIRMED_RETRY_MS: u64 = 1_000;

/// Whose cosignatures this log needs, and how it asks.
#[derive(Debug, Clone)]
pub struct WitnessPlan {
    /// The policy under which a head counts as published.
    pub policy: Policy,
    /// The policy's text, to be shown.
    pub text: String,
    /// From which office each witness may attend, by the name of its key.
    pub offices: BTreeMap<String, OfficeAddress>,
    /// How long a filing's answer waits for a quorum.
    pub patience: Duration,
    /// How long nothing new may be asked before the newest head is asked about again.
    pub heartbeat: Duration,
}

/// Whether this log may sign.
enum Standing {
    /// What witnesses hold is contained in what is here.
    Confirmed,
    /// These witnesses have shown what they hold, and it is here; they are too few.
    Waiting(BTreeSet<String>),
    /// Something that this log signed is not here.
    Lost,
}

/// Something that this log signed and that is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Who holds it: the name of a witness's key.
    pub witness: String,
    /// What is missing, for people.
    pub what: String,
    /// The checkpoint that proves it, signed by this log and cosigned by that witness.
    pub note: Vec<u8>,
}

/// The witnesses of one log.
pub struct Witnesses {
    plan: Option<WitnessPlan>,
    keys: Vec<VerifierKey>,
    sealed: watch::Receiver<Arc<HeadRow>>,
    published: watch::Sender<Arc<HeadRow>>,
    target: watch::Sender<Target>,
    losses: watch::Sender<Option<Arc<Loss>>>,
    tiles: Arc<Tiles>,
    receipts: Arc<Receipts>,
    rounds: Mutex<Rounds>,
}

/// What changes while witnesses come, answer and go.
struct Rounds {
    standing: Standing,
    /// Heads that are being cosigned, and those that were lately, for lines that come late.
    gatherings: BTreeMap<u64, Gathering>,
    /// Published heads that are not durable with their lines yet.
    unkept: BTreeMap<u64, HeadRow>,
    /// The newest attendance of each witness, by the name of its key.
    attending: BTreeMap<String, u64>,
    attendances: u64,
}

/// What [`Witnesses`] are made of.
pub(super) struct Parts {
    pub(super) plan: Option<WitnessPlan>,
    /// The log's own keys.
    pub(super) keys: Vec<VerifierKey>,
    pub(super) sealed: watch::Receiver<Arc<HeadRow>>,
    /// The newest head that a quorum had cosigned before, or that of the empty log.
    pub(super) published: HeadRow,
    pub(super) tiles: Arc<Tiles>,
    pub(super) receipts: Arc<Receipts>,
}

impl Witnesses {
    pub(super) fn new(parts: Parts) -> Self {
        let Parts { plan, keys, sealed, published, tiles, receipts } = parts;
        let standing = match plan {
            Some(_) => Standing::Waiting(BTreeSet::new()),
            None => Standing::Confirmed,
        };
        let target = Target { number: 0, head: Arc::clone(&sealed.borrow()) };
        Self {
            plan,
            keys,
            sealed,
            published: watch::Sender::new(Arc::new(published)),
            target: watch::Sender::new(target),
            losses: watch::Sender::new(None),
            tiles,
            receipts,
            rounds: Mutex::new(Rounds {
                standing,
                gatherings: BTreeMap::new(),
                unkept: BTreeMap::new(),
                attending: BTreeMap::new(),
                attendances: 0,
            }),
        }
    }

    /// Whose cosignatures are needed. `None`: nobody's.
    #[must_use]
    pub fn plan(&self) -> Option<&WitnessPlan> {
        self.plan.as_ref()
    }

    /// Tells of each newly published head. Without a plan every head is, once it is durable.
    #[must_use]
    pub fn published(&self) -> watch::Receiver<Arc<HeadRow>> {
        match self.plan {
            Some(_) => self.published.subscribe(),
            None => self.sealed.clone(),
        }
    }

    /// Whether the log may sign now.
    pub(super) fn may_sign(&self) -> Result<(), Box<Refusal>> {
        match &self.rounds().standing {
            Standing::Confirmed => Ok(()),
            Standing::Waiting(_) => {
                let text = "The hub has just started and waits for its witnesses to confirm that \
                            nothing it ever signed is missing.";
                let refusal = Refusal::new(Reason::Unconfirmed, text);
                Err(refusal.with_retry(UNCONFIRMED_RETRY_MS))
            }
            Standing::Lost => {
                let text = "A witness holds a checkpoint that this log signed and does not \
                            contain. The hub signs nothing until its operator has restored it.";
                Err(Refusal::new(Reason::HistoryLost, text))
            }
        }
    }

    /// What the lines under a head say of the witnesses. Verifies them.
    ///
    /// # Errors
    /// A fault when the head's own note does not hold.
    pub fn heard(&self, head: &HeadRow) -> Result<Heard, Fault> {
        let Some(plan) = &self.plan else { return Ok(Heard::default()) };
        let doing = "reading a published head";
        let note = Note::parse(&head.note).map_err(|error| Fault::while_doing(doing, error))?;
        let weighed = plan.policy.weigh(&note);
        let witnessed = weighed.map_err(|error| Fault::while_doing(doing, error))?;
        let seconds = plan.policy.quorum_since(&witnessed).unwrap_or_default();
        Ok(Heard { size: head.size, quorum_ms: seconds.saturating_mul(1_000) })
    }

    /// Tells what is missing here, each time that a witness shows it: evidence to be kept.
    #[must_use]
    pub fn losses(&self) -> watch::Receiver<Option<Arc<Loss>>> {
        self.losses.subscribe()
    }

    /// Published heads that are to be made durable with the next commit.
    pub(super) fn take_unkept(&self) -> Vec<HeadRow> {
        std::mem::take(&mut self.rounds().unkept).into_values().collect()
    }

    /// Gives back what could not be made durable; lines that came meanwhile stay.
    pub(super) fn return_unkept(&self, heads: Vec<HeadRow>) {
        let unkept = &mut self.rounds().unkept;
        heads.into_iter().for_each(|head| {
            unkept.entry(head.size).or_insert(head);
        });
    }

    /// A witness has shown that the tree of `size` leaves and `root` was signed here. Blocks.
    ///
    /// Returns whether it is the beginning of the tree that is here now.
    fn holds(&self, size: u64, root: &[u8; 32]) -> Result<bool, Fault> {
        if size > self.sealed.borrow().size {
            return Ok(false);
        }
        let fetched = self.tiles.fetch(prove::tree_tiles(size))?;
        let tree = prove::tree(size, &fetched)
            .map_err(|error| Fault::while_doing("computing an earlier root", error))?;
        Ok(tree.root() == *root)
    }

    /// A witness agrees with what is here.
    fn confirm(&self, witness: &str) {
        let Some(plan) = &self.plan else { return };
        let mut rounds = self.rounds();
        let Standing::Waiting(agreed) = &mut rounds.standing else { return };
        agreed.insert(witness.to_owned());
        if plan.policy.would_suffice(|one| agreed.contains(one.key.name())) {
            tracing::info!(witnesses = agreed.len(), "witnesses confirm the log: it may sign");
            rounds.standing = Standing::Confirmed;
        }
    }

    /// A witness holds what is missing here. Nothing is signed after this until a restart.
    fn lose(&self, loss: Loss) {
        tracing::error!(
            what = loss.what,
            "the log was set back or there are two of it: nothing is signed any more. Stop every \
             other hub with this log's key, restore the newest copy of the data, and start again; \
             what no copy has, the witnesses' mirrors and the senders' outboxes have"
        );
        self.rounds().standing = Standing::Lost;
        self.losses.send_replace(Some(Arc::new(loss)));
    }

    fn rounds(&self) -> MutexGuard<'_, Rounds> {
        self.rounds.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
