//! One upload: bytes in order, compared chunk by chunk, durable and in place at the end.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;

use barid_proto::chunk::{self, CHUNK_BYTES, ChunkList, DocumentHasher};
use barid_proto::tlog::{HASH_LEN, Hash};
use barid_proto::v1::Reason;

use super::chunkwise::{Chunkwise, Places};
use super::depot::{Depots, range_of};
use super::marking::Marking;
use super::staging::Partial;
use super::{HASHED_AT_ONCE, Room, disk_fault};
use crate::error::{Error, Fault, Refusal};
use crate::model::row::DocumentRow;

/// How often an upload's bytes are made durable and their hasher noted: what a power cut may take
/// back, and what is read again before an upload goes on. More often costs throughput.
const MARK_BYTES: u64 = 16 * CHUNK_BYTES;

/// An upload under way. Dropping it keeps what was written, so that another can go on from there.
pub struct Upload {
    /// Locked as long as this lives.
    written: Arc<File>,
    /// Takes whole chunks past the page cache. `None`: everything goes through it.
    chunkwise: Option<Chunkwise>,
    marking: Marking,
    partial: Partial,
    announced: DocumentRow,
    list: Expected,
    hasher: DocumentHasher,
    /// Up to where the bytes are durable, or are being made so.
    marked: u64,
    depots: Arc<Depots>,
    room: Room,
}

/// What chunks are compared with.
enum Expected {
    /// Nothing: the whole is compared at the end.
    Nothing,
    /// A list of which these hashes have come.
    Coming(Vec<u8>),
    /// The list.
    List(ChunkList),
}

impl Upload {
    /// Goes on at `offset`, or begins anew at 0.
    pub(super) fn begin(
        partial: Partial,
        announced: DocumentRow,
        offset: u64,
        (depots, room, places): (Arc<Depots>, Room, &Places),
    ) -> Result<Self, Error> {
        room.check()?;
        let written = Arc::new(partial.lock()?);
        let failed = |error| disk_fault("going on with", &partial.bytes, error);
        if offset == 0 {
            partial.drop_beside()?;
            written.set_len(0).map_err(failed)?;
        }
        let list = match announced.chunk_root {
            None => Expected::Nothing,
            Some(root) => match list_held(&partial, announced.size, &root)? {
                Some(list) => Expected::List(list),
                None => Expected::Coming(Vec::new()),
            },
        };
        let mut upload = Self {
            chunkwise: Chunkwise::open(&partial.bytes, announced.size, places),
            hasher: DocumentHasher::default(),
            marked: 0,
            written,
            marking: Marking::default(),
            partial,
            announced,
            list,
            depots,
            room,
        };
        upload.recover()?;
        let held = upload.held_bytes();
        if offset != held || held > announced.size {
            let text = format!("An upload goes on at byte {held}, or begins anew at 0.");
            return Err(Refusal::new(Reason::RequestInvalid, text).into());
        }
        Ok(upload)
    }

    /// Bytes held so far; those of whole chunks were compared if a list came.
    #[must_use]
    pub fn held_bytes(&self) -> u64 {
        self.hasher.size() + self.gathered() as u64
    }

    /// How many of them are in memory only, until their chunk is whole.
    fn gathered(&self) -> usize {
        self.chunkwise.as_ref().map_or(0, |chunkwise| chunkwise.gathered().len())
    }

    /// How many bytes are missing until the chunk under way is whole.
    fn room_in_chunk(&self) -> usize {
        let room = usize::try_from(self.hasher.chunks().room()).unwrap_or(usize::MAX);
        room.saturating_sub(self.gathered())
    }

    /// Whether the chunk list has to come before the next byte.
    #[must_use]
    pub fn awaits_list(&self) -> bool {
        matches!(self.list, Expected::Coming(_))
    }

    /// Whether the list of the document's chunks is held.
    #[must_use]
    pub fn has_list(&self) -> bool {
        matches!(self.list, Expected::List(_))
    }

    /// Takes the next hashes of the list.
    ///
    /// # Errors
    /// Refused: no list is awaited, it is too long, or its root is not the one announced; or bytes
    /// held from before are not what it says, which are dropped.
    pub fn take_hashes(&mut self, packed: &[u8]) -> Result<(), Error> {
        let size = self.announced.size;
        let (Expected::Coming(come), Some(root)) = (&mut self.list, self.announced.chunk_root)
        else {
            let text = "No list of hashes is awaited: it is held, or `start` has no `chunk_root`.";
            return Err(Refusal::new(Reason::RequestInvalid, text).into());
        };
        let wanted = chunk::count(size).saturating_mul(HASH_LEN as u64);
        if come.len() as u64 + packed.len() as u64 > wanted {
            let text = format!("The hashes of all chunks have {wanted} bytes, more came.");
            return Err(Refusal::new(Reason::RequestInvalid, text).into());
        }
        come.extend_from_slice(packed);
        if (come.len() as u64) < wanted {
            return Ok(());
        }
        let list = ChunkList::parse(come, size, &root).map_err(|error| {
            let text = format!("The list of chunks is not the document's: {error}.");
            Refusal::new(Reason::DigestMismatch, text)
        })?;
        Partial::put_beside(&self.partial.list, list.packed())?;
        self.list = Expected::List(list);
        let before = self.held_bytes();
        self.recover()?;
        if self.held_bytes() == before { Ok(()) } else { Err(self.went_back()) }
    }

    /// Takes the next bytes.
    ///
    /// # Errors
    /// Refused: there are more than were announced (nothing is kept), or a chunk is not what the
    /// list says (what came before it stays). Failed: the disk; what was written before stays.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        if self.awaits_list() {
            let text = "After `start` with a `chunk_root`, the hashes of all chunks come first.";
            return Err(Refusal::new(Reason::RequestInvalid, text).into());
        }
        if self.held_bytes().saturating_add(bytes.len() as u64) > self.announced.size {
            let text = format!("There are more than the {} bytes announced.", self.announced.size);
            return Err(self.mismatch(text));
        }
        let mut rest = bytes;
        while !rest.is_empty() {
            let (part, behind) = rest.split_at(rest.len().min(self.room_in_chunk()));
            if self.is_chunkwise() {
                self.gather(part)?
            } else {
                self.write_within_chunk(part)?
            }
            rest = behind;
        }
        Ok(())
    }

    /// Whether the chunk under way is gathered: it has the full length, and nothing of it was
    /// written in another way.
    fn is_chunkwise(&self) -> bool {
        let index = self.hasher.size() / CHUNK_BYTES;
        self.chunkwise.is_some()
            && self.hasher.chunks().room() == CHUNK_BYTES
            && chunk::length(self.announced.size, index) == CHUNK_BYTES
    }

    /// Gathers bytes, and writes their chunk when it is whole and right.
    fn gather(&mut self, part: &[u8]) -> Result<(), Error> {
        let Some(chunkwise) = &mut self.chunkwise else { return Ok(()) };
        if !chunkwise.gather(part) {
            return Ok(());
        }
        let offset = self.hasher.size();
        self.hasher.update(chunkwise.gathered());
        let is_wrong = last_is_wrong(&self.list, &self.hasher);
        let written = if is_wrong { Ok(()) } else { chunkwise.write_at(offset) };
        chunkwise.clear();
        match written {
            Ok(()) if is_wrong => Err(self.drop_last_chunk()),
            Ok(()) => self.mark_when_due(),
            Err(error) => {
                self.hasher.take_back();
                Err(self.failed_to_write(error))
            }
        }
    }

    fn failed_to_write(&mut self, error: io::Error) -> Error {
        self.rewind();
        disk_fault("writing", &self.partial.bytes, error).into()
    }

    fn write_within_chunk(&mut self, part: &[u8]) -> Result<(), Error> {
        if let Err(error) = self.written.write_all_at(part, self.hasher.size()) {
            return Err(self.failed_to_write(error));
        }
        self.hasher.update(part);
        if last_is_wrong(&self.list, &self.hasher) {
            return Err(self.drop_last_chunk());
        }
        self.mark_when_due()
    }

    fn mark_when_due(&mut self) -> Result<(), Error> {
        let held = self.held_bytes();
        let due = held.is_multiple_of(CHUNK_BYTES) && held - self.marked >= MARK_BYTES;
        if due { self.mark() } else { Ok(()) }
    }

    /// Begins to make durable what came, and to note where the hasher stands.
    fn mark(&mut self) -> Result<(), Error> {
        self.marked = self.held_bytes();
        let note = match (&self.list, self.hasher.mark()) {
            (Expected::List(_), Some(mark)) => {
                Some([&self.marked.to_be_bytes()[..], &mark].concat())
            }
            _ => None,
        };
        self.marking.begin(&self.written, &self.partial, note)?;
        self.room.check()
    }

    /// Hashes what lies on the disk: from the mark, if there is one, and up to the first chunk that
    /// is wrong, behind which nothing is kept.
    fn recover(&mut self) -> Result<(), Error> {
        self.hasher = self.hasher_at_mark()?.unwrap_or_default();
        self.marked = self.held_bytes();
        let path = self.partial.bytes.clone();
        let failed = |error| disk_fault("going on with", &path, error);
        (&*self.written).seek(SeekFrom::Start(self.marked)).map_err(failed)?;
        let mut buffer = vec![0; HASHED_AT_ONCE];
        loop {
            let room = usize::try_from(self.hasher.chunks().room()).unwrap_or(usize::MAX);
            let wanted = buffer.get_mut(..room.min(HASHED_AT_ONCE)).unwrap_or_default();
            let read = (&*self.written).read(wanted).map_err(failed)?;
            let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else {
                return Ok(());
            };
            self.hasher.update(part);
            if last_is_wrong(&self.list, &self.hasher) {
                self.hasher.take_back();
                self.rewind();
                return Ok(());
            }
        }
    }

    /// The hasher as it was noted, if what was noted fits what is there.
    fn hasher_at_mark(&self) -> Result<Option<DocumentHasher>, Fault> {
        let Expected::List(list) = &self.list else { return Ok(None) };
        let Some(noted) = Partial::beside(&self.partial.mark)? else { return Ok(None) };
        let Some((marked, mark)) = noted.split_first_chunk::<8>() else { return Ok(None) };
        let marked = u64::from_be_bytes(*marked);
        let there = self.written.metadata();
        let there = there.map_err(|error| disk_fault("measuring", &self.partial.bytes, error))?;
        let chunks = usize::try_from(marked / CHUNK_BYTES).unwrap_or(usize::MAX);
        let before = list.hashes().get(..chunks);
        let before = before.filter(|_| marked.is_multiple_of(CHUNK_BYTES) && marked <= there.len());
        Ok(before.and_then(|before| DocumentHasher::resume(mark, before)))
    }

    /// Makes the document durable and puts it in its place.
    ///
    /// # Errors
    /// Refused when bytes are missing (what is held stays), the last chunk is wrong (what comes
    /// before stays), or they are not those of the digest (nothing is kept). Failed: the disk or
    /// a depot; everything stays.
    pub fn finish(mut self) -> Result<DocumentRow, Error> {
        let (held, size) = (self.held_bytes(), self.announced.size);
        if held < size {
            let text = format!("{held} of {size} bytes came: send the rest.");
            return Err(Refusal::new(Reason::RequestInvalid, text).into());
        }
        self.marking.wait()?;
        let found = self.hasher.clone().finish();
        if let Expected::List(list) = &self.list
            && found.chunks != *list
        {
            return Err(self.drop_last_chunk());
        }
        if found.sha256 != *self.announced.digest.as_bytes() {
            let text = "The bytes received have another SHA-256 than was announced.";
            return Err(self.mismatch(text.to_owned()));
        }
        let failed = |error| disk_fault("making durable", &self.partial.bytes, error);
        self.written.sync_all().map_err(failed)?;
        self.depots.place(&self.partial.bytes, self.announced.digest, &found.chunks)?;
        self.partial.drop_all()?;
        Ok(DocumentRow { chunk_root: Some(found.chunks.root()), ..self.announced })
    }

    /// Gives the chunk back that the last byte belongs to.
    fn drop_last_chunk(&mut self) -> Error {
        self.hasher.take_back();
        self.rewind();
        self.went_back()
    }

    fn went_back(&self) -> Error {
        let held = self.held_bytes();
        let index = held / CHUNK_BYTES;
        let range = range_of(self.announced.size, index);
        let text = format!(
            "Chunk {index}, bytes {} to {}, is not what the list says: what came before it stays. \
             Read it again: the document may have changed while it was sent.",
            range.start, range.end
        );
        Refusal::new(Reason::DigestMismatch, text).into()
    }

    fn mismatch(&mut self, text: String) -> Error {
        // A mark that is made afterwards would stay behind.
        match self.marking.wait().and_then(|()| self.partial.drop_all()) {
            Ok(()) => Refusal::new(Reason::DigestMismatch, text).into(),
            Err(fault) => fault.into(),
        }
    }

    /// Drops what lies behind the bytes that count. Should this fail, the next upload finds a
    /// longer file and hashes it again.
    fn rewind(&mut self) {
        let held = self.held_bytes();
        let _longer = self.written.set_len(held);
        self.marked = self.marked.min(held);
    }
}

/// What was gathered of a chunk stays, so that the next upload goes on at the very byte.
impl Drop for Upload {
    fn drop(&mut self) {
        let Some(chunkwise) = &self.chunkwise else { return };
        // What cannot be written is sent again.
        let _sent_again = self.written.write_all_at(chunkwise.gathered(), self.hasher.size());
    }
}

/// Whether the chunk just completed is another than the list says.
fn last_is_wrong(list: &Expected, hasher: &DocumentHasher) -> bool {
    match list {
        Expected::List(list) => hasher.chunks().went_wrong(list),
        Expected::Nothing | Expected::Coming(_) => false,
    }
}

/// The chunk list that is held of an unfinished upload, if it has this root. A document of one
/// chunk needs none.
pub(super) fn list_held(
    partial: &Partial,
    size: u64,
    root: &Hash,
) -> Result<Option<ChunkList>, Fault> {
    if chunk::count(size) == 1 {
        return Ok(Some(ChunkList::of_one(*root)));
    }
    let kept = Partial::beside(&partial.list)?;
    Ok(kept.and_then(|kept| ChunkList::parse(&kept, size, root).ok()))
}
