//! The hub that lies, the offices it lies to, and the lies.

pub(crate) mod knowledge;
pub(crate) mod office;
pub(crate) mod server;

mod deadlines;
mod history;
mod receipts;
mod served;

use barid_client::ClientError;

/// The client says that evidence does not hold, and why.
#[track_caller]
fn noticed<T>(outcome: Result<T, ClientError>, why: &str, lie: &str) {
    match outcome {
        Err(ClientError::Evidence(error)) => {
            assert!(error.to_string().contains(why), "{lie}: {error}");
        }
        Err(other) => panic!("{lie}: not seen as a lie: {other}"),
        Ok(_) => panic!("{lie}: believed"),
    }
}
