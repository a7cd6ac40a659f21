//! Reading a stick: all of it, before anything of it is acted upon.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use barid_proto::tlog::Hash;
use barid_proto::v1::{ReceiveResponse, SignedEnvelope, StickHead, StickOutcome, StickTree};
use prost::Message;

use super::lock::{LockReader, Opener};
use super::{END, HEAD, MEMBER_MAX_BYTES, MEMBERS_MAX, MEMORY_MAX, Pieces, StickError};
use crate::hex;

/// The longest name of a member: a document's.
const NAME_MAX_BYTES: usize = 100;

/// What lay on a stick, beside documents.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Loaded {
    /// Its head.
    pub head: StickHead,
    /// Envelopes, in the order of sending.
    pub envelopes: Vec<SignedEnvelope>,
    /// Trees of the log, by size.
    pub history: Vec<StickTree>,
    /// What became of envelopes.
    pub outcomes: Vec<StickOutcome>,
    /// What was served, by position.
    pub inbox: Vec<ReceiveResponse>,
    /// Digests of the documents of which it had a piece.
    pub documents: Vec<Hash>,
}

/// The folders of a stick, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Folder {
    Envelopes,
    History,
    Outcomes,
    Inbox,
    Documents,
}

/// Reads a stick. Documents go into `pieces`, where they wait for what is on other sticks.
///
/// # Errors
/// [`StickError`]. Pieces of documents that came before what is wrong may have been kept: they are
/// nothing before they have their digest.
pub fn read(path: &Path, opener: &Opener, pieces: &Pieces) -> Result<Loaded, StickError> {
    let opened = File::open(path).map_err(StickError::at(path))?;
    read_from(LockReader::new(BufReader::new(opened), opener)?, pieces)
}

fn read_from(locked: impl Read, pieces: &Pieces) -> Result<Loaded, StickError> {
    let mut tar = tar::Archive::new(locked);
    let mut reading = Reading { loaded: Loaded::default(), last: None, memory: 0, ended: false };
    let mut first = true;
    for member in tar.entries().map_err(StickError::reading)? {
        let mut member = member.map_err(StickError::reading)?;
        let name = member.path_bytes();
        let name = str::from_utf8(&name).unwrap_or("(not UTF-8)").to_owned();
        if member.header().entry_type() != tar::EntryType::Regular || name.len() > NAME_MAX_BYTES {
            return Err(StickError::member(&name, "it is no member of a stick"));
        }
        if first != (name == HEAD) {
            return Err(StickError::NotAStick);
        }
        let size = member.size();
        match first {
            true => reading.loaded.head = reading.decode(&name, size, &mut member)?,
            false => reading.take(&name, size, &mut member, pieces)?,
        }
        first = false;
    }
    // The lock's last segment comes behind the end of the archive.
    let mut rest = tar.into_inner();
    std::io::copy(&mut rest, &mut std::io::sink()).map_err(StickError::reading)?;
    if reading.ended { Ok(reading.loaded) } else { Err(StickError::Damaged) }
}

struct Reading {
    loaded: Loaded,
    /// Where the member before stands.
    last: Option<(Folder, String)>,
    memory: u64,
    ended: bool,
}

impl Reading {
    fn take(
        &mut self,
        name: &str,
        size: u64,
        member: &mut impl Read,
        pieces: &Pieces,
    ) -> Result<(), StickError> {
        if self.ended {
            return Err(StickError::member(name, "it stands behind the end"));
        }
        if name == END {
            self.ended = true;
            return Ok(());
        }
        let unknown = || StickError::member(name, "no member of a stick has such a name");
        let (folder, rest) = name.split_once('/').ok_or_else(unknown)?;
        let folder = folder_of(folder).ok_or_else(unknown)?;
        let place = Some((folder, rest.to_owned()));
        if place <= self.last {
            return Err(StickError::member(name, "it stands in the wrong place, or twice"));
        }
        self.last = place;
        match folder {
            Folder::Documents => {
                let (sha256, offset) = piece_of(rest).ok_or_else(unknown)?;
                if self.loaded.documents.last() != Some(&sha256) {
                    self.loaded.documents.push(sha256);
                }
                return pieces.take(&sha256, offset, member);
            }
            Folder::Envelopes | Folder::History | Folder::Outcomes | Folder::Inbox => {}
        }
        number_of(folder, rest).ok_or_else(unknown)?;
        match folder {
            Folder::Envelopes => {
                let envelope = self.decode(name, size, member)?;
                push(&mut self.loaded.envelopes, envelope, "envelopes")
            }
            Folder::History => {
                let tree = self.decode(name, size, member)?;
                push(&mut self.loaded.history, tree, "trees")
            }
            Folder::Outcomes => {
                let outcome = self.decode(name, size, member)?;
                push(&mut self.loaded.outcomes, outcome, "outcomes")
            }
            Folder::Inbox => {
                let served: ReceiveResponse = self.decode(name, size, member)?;
                if Some(served.cursor) != number_of(folder, rest) {
                    return Err(StickError::member(name, "it holds another position"));
                }
                push(&mut self.loaded.inbox, served, "filings")
            }
            Folder::Documents => Ok(()),
        }
    }

    fn decode<M: Message + Default>(
        &mut self,
        name: &str,
        size: u64,
        member: &mut impl Read,
    ) -> Result<M, StickError> {
        self.memory = self.memory.saturating_add(size);
        if size > MEMBER_MAX_BYTES || self.memory > MEMORY_MAX {
            return Err(StickError::member(name, "it is too long"));
        }
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).map_err(StickError::reading)?;
        M::decode(bytes.as_slice()).map_err(|error| StickError::member(name, error.to_string()))
    }
}

fn push<T>(list: &mut Vec<T>, one: T, what: &'static str) -> Result<(), StickError> {
    if list.len() >= MEMBERS_MAX {
        return Err(StickError::TooMany { what, given: list.len() + 1, max: MEMBERS_MAX });
    }
    list.push(one);
    Ok(())
}

fn folder_of(name: &str) -> Option<Folder> {
    Some(match name {
        "envelopes" => Folder::Envelopes,
        "history" => Folder::History,
        "outcomes" => Folder::Outcomes,
        "inbox" => Folder::Inbox,
        "documents" => Folder::Documents,
        _ => return None,
    })
}

/// The number in the name of a member, in its one spelling.
fn number_of(folder: Folder, name: &str) -> Option<u64> {
    let width = if folder == Folder::Inbox { 12 } else { 6 };
    digits(name, width).filter(|number| *number > 0)
}

/// Digest and offset in the name of a document's piece, in their one spelling.
fn piece_of(name: &str) -> Option<(Hash, u64)> {
    let (digest, offset) = name.split_once('/')?;
    let sha256: Hash = hex::decode(digest)?;
    (hex::encode(&sha256) == digest).then_some((sha256, digits(offset, 16)?))
}

fn digits(text: &str, width: usize) -> Option<u64> {
    let plain = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests;
