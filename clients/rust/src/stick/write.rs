//! Packing: one or more sticks from what has to go along.

use std::fs::File;
use std::io::{BufWriter, Read, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use barid_proto::tlog::Hash;
use barid_proto::v1::{ReceiveResponse, SignedEnvelope, StickHead, StickOutcome, StickTree};
use prost::Message as _;

use super::lock::{LockTo, LockWriter};
use super::{END, HEAD, MEMBERS_MAX, StickError};
use crate::disk;
use crate::hex;
use crate::source::Source;

/// What tar adds to each member: its header, and what fills its last block.
const MEMBER_OVERHEAD: u64 = 1024;
/// What the lock adds, at most, beside its segments' tags, and tar at the end.
const STICK_OVERHEAD: u64 = 64 * 1024;
/// The smallest part of a document that is worth a place on a stick.
const PIECE_LEAST: u64 = 64 * 1024;

/// What goes along.
#[derive(Default)]
pub struct Load {
    /// The head; number and count are filled in.
    pub head: StickHead,
    /// To the hub: envelopes in the order of sending.
    pub envelopes: Vec<SignedEnvelope>,
    /// From the hub: trees of the log, by size.
    pub history: Vec<StickTree>,
    /// From the hub: what became of envelopes.
    pub outcomes: Vec<StickOutcome>,
    /// From the hub: what was served.
    pub inbox: Vec<ReceiveResponse>,
    /// Documents: digest, length, and where the bytes are.
    pub documents: Vec<(Hash, u64, PathBuf)>,
}

/// A stick that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub path: PathBuf,
    /// How many bytes it has.
    pub bytes: u64,
}

/// A part of a document.
struct Piece<'a> {
    sha256: Hash,
    path: &'a Path,
    offset: u64,
    length: u64,
}

/// Writes what goes along: to `path`, and where one stick may have at most `limit` bytes and that
/// is not enough, to `path` with `.2`, `.3` and so on behind it. Each can be read by itself, in any
/// order: everything but documents is on all of them.
///
/// # Errors
/// [`StickError`]; what was finished stays.
pub fn write(
    load: &Load,
    path: &Path,
    limit: Option<u64>,
    to: &LockTo,
    source: &dyn Source,
) -> Result<Vec<Written>, StickError> {
    let members = members(load)?;
    let parts = parts(load, &members, limit)?;
    let count = u32::try_from(parts.len()).unwrap_or(u32::MAX);
    let mut written = Vec::with_capacity(parts.len());
    for (number, pieces) in (1..).zip(&parts) {
        let place = match number {
            1 => path.to_owned(),
            _ => path.with_added_extension(number.to_string()),
        };
        let head = StickHead { number, count, ..load.head.clone() };
        let beside = place.with_added_extension("unfinished");
        let opened = File::create(&beside).map_err(StickError::at(&beside))?;
        let result = write_one(opened, &head, &members, pieces, to, source);
        let written_one = result.and_then(|bytes| {
            disk::rename(&beside, &place)?;
            Ok(Written { path: place, bytes })
        });
        if written_one.is_err() {
            // A full stick is no use to anybody; that it cannot be removed changes nothing.
            let _room_for_others = std::fs::remove_file(&beside);
        }
        written.push(written_one?);
    }
    Ok(written)
}

/// Everything but head and documents, by name.
fn members(load: &Load) -> Result<Vec<(String, Vec<u8>)>, StickError> {
    let counts = [
        ("envelopes", load.envelopes.len()),
        ("trees", load.history.len()),
        ("outcomes", load.outcomes.len()),
        ("filings", load.inbox.len()),
    ];
    if let Some((what, given)) = counts.into_iter().find(|(_, given)| *given > MEMBERS_MAX) {
        return Err(StickError::TooMany { what, given, max: MEMBERS_MAX });
    }
    let numbered = |folder: &'static str| {
        move |(number, bytes): (u64, Vec<u8>)| (format!("{folder}/{number:06}"), bytes)
    };
    let envelopes = load.envelopes.iter().map(SignedEnvelope::encode_to_vec);
    let history = load.history.iter().map(StickTree::encode_to_vec);
    let outcomes = load.outcomes.iter().map(StickOutcome::encode_to_vec);
    let inbox = load.inbox.iter().map(|one| (one.cursor, one.encode_to_vec()));
    Ok((1..)
        .zip(envelopes)
        .map(numbered("envelopes"))
        .chain((1..).zip(history).map(numbered("history")))
        .chain((1..).zip(outcomes).map(numbered("outcomes")))
        .chain(inbox.map(|(cursor, bytes)| (format!("inbox/{cursor:012}"), bytes)))
        .collect())
}

/// Which parts of documents go onto which stick.
fn parts<'a>(
    load: &'a Load,
    members: &[(String, Vec<u8>)],
    limit: Option<u64>,
) -> Result<Vec<Vec<Piece<'a>>>, StickError> {
    let heads = load.head.encoded_len() as u64 + MEMBER_OVERHEAD;
    let all: u64 = members.iter().map(|(_, bytes)| bytes.len() as u64 + MEMBER_OVERHEAD).sum();
    let needed = STICK_OVERHEAD + sealed(heads + all);
    let room = match limit {
        None => u64::MAX,
        Some(limit) => {
            let room = limit.checked_sub(needed).filter(|room| *room > 2 * PIECE_LEAST);
            // Half a percent more than the lock's tags take.
            room.map(|room| room - room / 200)
                .ok_or(StickError::TooSmall { needed: needed + 2 * PIECE_LEAST, limit })?
        }
    };
    let mut parts = vec![Vec::new()];
    let mut left = room;
    for (sha256, size, path) in &load.documents {
        let mut offset = 0;
        while offset < *size {
            if left < PIECE_LEAST + MEMBER_OVERHEAD {
                parts.push(Vec::new());
                left = room;
            }
            let length = (size - offset).min(left - MEMBER_OVERHEAD);
            if let Some(part) = parts.last_mut() {
                part.push(Piece { sha256: *sha256, path, offset, length });
            }
            offset += length;
            left -= length + MEMBER_OVERHEAD;
        }
    }
    Ok(parts)
}

/// How long so many bytes become under the lock.
fn sealed(bytes: u64) -> u64 {
    bytes + bytes / 2048
}

fn write_one(
    opened: File,
    head: &StickHead,
    members: &[(String, Vec<u8>)],
    pieces: &[Piece<'_>],
    to: &LockTo,
    source: &dyn Source,
) -> Result<u64, StickError> {
    let locked = LockWriter::new(BufWriter::new(opened), to, source)?;
    let mut tar = tar::Builder::new(locked);
    put(&mut tar, HEAD, &head.encode_to_vec())?;
    for (name, bytes) in members {
        put(&mut tar, name, bytes)?;
    }
    for piece in pieces {
        put_piece(&mut tar, piece)?;
    }
    put(&mut tar, END, &[])?;
    let locked = tar.into_inner().map_err(StickError::Writing)?;
    let mut buffered = locked.finish().map_err(StickError::Writing)?;
    buffered.flush().map_err(StickError::Writing)?;
    let opened = buffered.into_inner().map_err(|error| StickError::Writing(error.into_error()))?;
    opened.sync_all().map_err(StickError::Writing)?;
    Ok(opened.metadata().map_err(StickError::Writing)?.len())
}

fn header(length: u64) -> tar::Header {
    let mut header = tar::Header::new_ustar();
    header.set_size(length);
    header.set_mode(0o600);
    header.set_entry_type(tar::EntryType::Regular);
    header
}

fn put<W: Write>(tar: &mut tar::Builder<W>, name: &str, bytes: &[u8]) -> Result<(), StickError> {
    let mut header = header(bytes.len() as u64);
    tar.append_data(&mut header, name, bytes).map_err(StickError::Writing)
}

fn put_piece<W: Write>(tar: &mut tar::Builder<W>, piece: &Piece<'_>) -> Result<(), StickError> {
    let mut file = File::open(piece.path).map_err(StickError::at(piece.path))?;
    file.seek(SeekFrom::Start(piece.offset)).map_err(StickError::at(piece.path))?;
    let name = format!("documents/{}/{:016}", hex::encode(&piece.sha256), piece.offset);
    let mut part = Counted { from: file.take(piece.length), read: 0 };
    let mut header = header(piece.length);
    tar.append_data(&mut header, name, &mut part).map_err(StickError::Writing)?;
    if part.read == piece.length {
        Ok(())
    } else {
        Err(StickError::DocumentMissing { sha256: piece.sha256 })
    }
}

/// Counts what is read: tar does not ask whether a member is as long as its header says.
struct Counted<R> {
    from: R,
    read: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = self.from.read(out)?;
        self.read += read as u64;
        Ok(read)
    }
}
