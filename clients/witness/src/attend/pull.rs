//! Filling the mirror from the hub, up to the checkpoint that the witness cosigned last.

use crate::error::WitnessError;
use crate::ledger::Head;
use crate::mirror::{Mirror, Taken};
use barid_proto::tlog::Hash;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::Note;
use barid_proto::v1::log_service_client::LogServiceClient;
use barid_proto::v1::{GetConsistencyProofRequest, ListLeavesRequest};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tonic::transport::Channel;
use tonic::{Request, Status};

/// The most leaves the hub gives at once: half a megabyte.
const LEAVES_AT_ONCE: u32 = 4096;
/// How long one call may take over a poor link.
const CALL_WITHIN: Duration = Duration::from_secs(60);

/// Why the mirror is not where the witness is.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// The hub could not be asked, or had nothing.
    #[error("the hub: {0}")]
    Hub(#[from] Box<Status>),
    /// What the hub sent is not what was asked for, or not of the tree that was cosigned.
    #[error("the hub's answer is wrong: {0}")]
    Wrong(&'static str),
    /// This machine.
    #[error(transparent)]
    Fault(#[from] WitnessError),
}

/// A mirror that several tasks know of; the disk is only touched where blocking is allowed.
pub type SharedMirror = Arc<Mutex<Mirror>>;

/// Fetches what is missing up to `head`, checks and holds it, and cosigns. `None` while the mirror
/// is halted, or when it holds more than `head` already.
///
/// # Errors
/// Any [`PullError`]; what was held before stays held.
pub async fn pull(
    channel: Channel,
    mirror: &SharedMirror,
    head: Head,
) -> Result<Option<Note>, PullError> {
    let (Some(goal), Some(note)) = (head.seen.0, head.note) else { return Ok(None) };
    let mut log = LogServiceClient::new(channel);
    loop {
        let held = with(mirror, |mirror| Ok(mirror.size())).await?;
        if held >= goal.size() {
            break;
        }
        let leaves = leaves(&mut log, held, goal.size()).await?;
        let reached = held + leaves.len() as u64;
        let proof = proof(&mut log, reached, goal.size()).await?;
        let goal = goal.clone();
        let taken = with(mirror, move |mirror| {
            // Another task may have been here in between.
            if mirror.size() == held {
                mirror.extend(&leaves, &proof, &goal)
            } else {
                Ok(Taken::Held)
            }
        });
        if taken.await? == Taken::OtherLeaves {
            return Err(PullError::Wrong("leaves of another tree than was cosigned"));
        }
    }
    cosign(mirror, goal, note, head.cosigned_at).await
}

async fn cosign(
    mirror: &SharedMirror,
    goal: Checkpoint,
    note: Note,
    witnessed_at: u64,
) -> Result<Option<Note>, PullError> {
    with(mirror, move |mirror| {
        if mirror.size() > goal.size() { Ok(None) } else { mirror.cosign(&note, witnessed_at) }
    })
    .await
}

async fn leaves(
    log: &mut LogServiceClient<Channel>,
    held: u64,
    goal: u64,
) -> Result<Vec<Vec<u8>>, PullError> {
    let count = (goal - held).min(u64::from(LEAVES_AT_ONCE)) as u32;
    let request = within(ListLeavesRequest { first_index: held, count });
    let leaves = log.list_leaves(request).await.map_err(Box::new)?.into_inner().leaves;
    match leaves.len() {
        0 => Err(PullError::Wrong("it holds back leaves of a tree it has signed")),
        found if found > count as usize => Err(PullError::Wrong("more leaves than asked for")),
        _ => Ok(leaves),
    }
}

/// Proof that what will be held then is the beginning of the goal; none is needed at its end.
async fn proof(
    log: &mut LogServiceClient<Channel>,
    reached: u64,
    goal: u64,
) -> Result<Vec<Hash>, PullError> {
    if reached == goal {
        return Ok(Vec::new());
    }
    let request = within(GetConsistencyProofRequest { old_size: reached, new_size: goal });
    let path = log.get_consistency_proof(request).await.map_err(Box::new)?.into_inner().path;
    let hashes = path.into_iter().map(|hash| hash.try_into()).collect::<Result<_, _>>();
    hashes.map_err(|_| PullError::Wrong("a hash that has not 32 bytes"))
}

fn within<M>(message: M) -> Request<M> {
    let mut request = Request::new(message);
    request.set_timeout(CALL_WITHIN);
    request
}

async fn with<R: Send + 'static>(
    mirror: &SharedMirror,
    work: impl FnOnce(&mut Mirror) -> Result<R, WitnessError> + Send + 'static,
) -> Result<R, PullError> {
    let mirror = Arc::clone(mirror);
    let done = tokio::task::spawn_blocking(move || {
        let mut mirror = mirror.lock().map_err(|_| WitnessError::Broken)?;
        work(&mut mirror)
    });
    Ok(done.await.map_err(|_| WitnessError::Broken)??)
}
