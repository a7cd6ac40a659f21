//! The worker's side: confine, load, describe, answer until the host hangs up. A worker that looks
//! at documents loads nothing: what it does is part of the program.

use std::io::{self, BufReader, Write as _};
use std::os::fd::{AsFd as _, OwnedFd};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::ExitCode;

use barid_plugin::abi::BARID_MESSAGE_BYTES_MAX;
use serde::{Deserialize, Serialize};

use super::frame::{self, Kind, LOOK_BYTES_MAX, TEXT_BYTES_MAX};
use super::{confine, descriptors};
use crate::description::DESCRIPTION_BYTES_MAX;
use crate::library::{Library, Operation};

/// Where a worker finds its library: the second of its three descriptors.
const LIBRARY: &str = "/proc/self/fd/1";

/// What a worker is for and limited to. Sent by the host, first of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Start {
    /// What it does.
    pub(super) work: Work,
    /// How much it may take.
    pub(super) limits: Limits,
}

/// What a worker does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Work {
    /// Answers with the library that it was given.
    Library,
    /// Looks at documents.
    Looking,
}

/// What a worker is limited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Limits {
    /// Memory beyond what the worker starts with, in bytes.
    pub(crate) memory_bytes: u64,
    /// Computing time of one call, in milliseconds. The host's own clock ends a call earlier.
    pub(crate) call_ms: u64,
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
    let Start { work, limits } = serde_json::from_slice(&start.body)?;
    let confinement = match confine::before_loading(limits) {
        Ok(confinement) => confinement,
        Err(reason) => return link.say(Kind::NotConfined, reason.as_bytes()),
    };
    let library = match work {
        Work::Looking => None,
        Work::Library => match Library::open(Path::new(LIBRARY)) {
            Ok(library) => Some(library),
            Err(failure) => return link.say(Kind::NotLoaded, &serde_json::to_vec(&failure)?),
        },
    };
    // What a library prints by mistake goes where its errors go.
    rustix::stdio::dup2_stdout(io::stderr())?;
    if let Err(reason) = confine::before_calling() {
        return link.say(Kind::NotConfined, reason.as_bytes());
    }
    link.say(Kind::Ready, &serde_json::to_vec(&confinement)?)?;
    match library {
        Some(library) => link.serve(&library, limits),
        None => link.look(limits),
    }
}

/// Looks at a document, and tells what was found.
fn look(mut asked: Vec<u8>) -> io::Result<Vec<u8>> {
    let document = asked.len().checked_sub(size_of::<u64>()).ok_or(io::ErrorKind::InvalidData)?;
    let size = asked.split_off(document).try_into().map_err(|_| io::ErrorKind::InvalidData)?;
    Ok(serde_json::to_vec(&barid_look::look(asked, u64::from_le_bytes(size)))?)
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

    /// Describes the library and has it answer, until the host hangs up.
    fn serve(&mut self, library: &Library, limits: Limits) -> io::Result<()> {
        confine::before_call(limits);
        self.answer(library.call(Operation::Describe, DESCRIPTION_BYTES_MAX))?;
        loop {
            let call = frame::read(&mut self.incoming, |kind| {
                matches!(kind, Kind::Decode | Kind::Encode).then_some(BARID_MESSAGE_BYTES_MAX)
            })?;
            let operation = match call.kind {
                Kind::Encode => Operation::Encode(&call.body),
                _ => Operation::Decode(&call.body),
            };
            let max = usize::try_from(call.number).unwrap_or(BARID_MESSAGE_BYTES_MAX);
            confine::before_call(limits);
            self.answer(library.call(operation, max))?;
        }
    }

    /// Looks at documents, until the host hangs up. There is nothing to describe.
    fn look(&mut self, limits: Limits) -> io::Result<()> {
        self.answer(Ok(Vec::new()))?;
        loop {
            let call = frame::read(&mut self.incoming, |kind| {
                (kind == Kind::Look).then_some(LOOK_BYTES_MAX)
            })?;
            confine::before_call(limits);
            self.answer(Ok(look(call.body)?))?;
        }
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
