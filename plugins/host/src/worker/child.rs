//! The worker's side: confine, load, describe, answer until the host hangs up.

use std::io::{self, BufReader, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::ExitCode;

use barid_plugin::abi::BARID_MESSAGE_BYTES_MAX;
use serde::{Deserialize, Serialize};

use super::frame::{self, Kind, TEXT_BYTES_MAX};
use super::{confine, descriptors};
use crate::description::DESCRIPTION_BYTES_MAX;
use crate::library::{Library, Operation};

/// Where a worker finds its library: the second of its three descriptors.
const LIBRARY: &str = "/proc/self/fd/1";

/// What a worker is limited to. Sent by the host, first of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Limits {
    /// Memory beyond what the worker starts with, in bytes.
    pub(super) memory_bytes: u64,
    /// Computing time of one call, in milliseconds. The host's own clock ends a call earlier.
    pub(super) call_ms: u64,
}

/// What a program does that was started with [`ARGUMENT`](super::ARGUMENT): it becomes a worker,
/// and never comes back to what it was. To be called first of all in `main`, before any thread is
/// started and anything is opened.
#[must_use]
pub fn run() -> ExitCode {
    match work() {
        Ok(()) => ExitCode::SUCCESS,
        // Nobody is there to be told: the host is gone, or never was one.
        Err(_) => ExitCode::FAILURE,
    }
}

fn work() -> io::Result<()> {
    descriptors::close_others()?;
    let mut link = Link::take()?;
    let start =
        frame::read(&mut link.incoming, |kind| (kind == Kind::Start).then_some(TEXT_BYTES_MAX))?;
    let limits: Limits = serde_json::from_slice(&start.body)?;
    let confinement = match confine::before_loading(limits) {
        Ok(confinement) => confinement,
        Err(reason) => return link.say(Kind::NotConfined, reason.as_bytes()),
    };
    let library = match Library::open(Path::new(LIBRARY)) {
        Ok(library) => library,
        Err(failure) => return link.say(Kind::NotLoaded, &serde_json::to_vec(&failure)?),
    };
    // What a library prints by mistake goes where its errors go.
    rustix::stdio::dup2_stdout(io::stderr())?;
    if let Err(reason) = confine::before_calling() {
        return link.say(Kind::NotConfined, reason.as_bytes());
    }
    link.say(Kind::Ready, &serde_json::to_vec(&confinement)?)?;
    confine::before_call(limits);
    link.answer(library.call(Operation::Describe, DESCRIPTION_BYTES_MAX))?;
    loop {
        let call = frame::read(&mut link.incoming, |kind| {
            matches!(kind, Kind::Decode | Kind::Encode).then_some(BARID_MESSAGE_BYTES_MAX)
        })?;
        let operation = match call.kind {
            Kind::Encode => Operation::Encode(&call.body),
            _ => Operation::Decode(&call.body),
        };
        let max = usize::try_from(call.number).unwrap_or(BARID_MESSAGE_BYTES_MAX);
        confine::before_call(limits);
        link.answer(library.call(operation, max))?;
    }
}

/// The socket to the host.
struct Link {
    incoming: BufReader<UnixStream>,
    outgoing: UnixStream,
}

impl Link {
    /// The host gave the socket as standard input.
    fn take() -> io::Result<Self> {
        let socket: OwnedFd = io::stdin().as_fd().try_clone_to_owned()?;
        let outgoing = UnixStream::from(socket);
        // What a library reads by mistake is not what the host says.
        rustix::stdio::dup2_stdin(io::stderr())?;
        Ok(Self { incoming: BufReader::new(outgoing.try_clone()?), outgoing })
    }

    fn say(&mut self, kind: Kind, body: &[u8]) -> io::Result<()> {
        let end = body.len().min(TEXT_BYTES_MAX);
        frame::write(&mut self.outgoing, kind, 0, body.get(..end).unwrap_or_default())?;
        self.outgoing.flush()
    }

    fn answer(&mut self, outcome: Result<Vec<u8>, crate::CallFailure>) -> io::Result<()> {
        frame::write_outcome(&mut self.outgoing, outcome)
    }
}
