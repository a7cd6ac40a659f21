//! What a worker is asked, and how that is sent.

use std::io::{self, Write as _};
use std::time::Instant;

use super::frame::{self, Kind};
use super::timed::Timed;

/// What a worker is asked, and the bytes that go with it.
#[derive(Clone, Copy)]
pub(crate) enum Asked<'a> {
    /// A `DecodeReply` to this `DecodeRequest`.
    Decode(&'a [u8]),
    /// An `EncodeReply` to this `EncodeRequest`.
    Encode(&'a [u8]),
    /// What this document is.
    Look(Shown<'a>),
}

/// A document, shown to a worker that looks at it.
#[derive(Clone, Copy)]
pub(crate) struct Shown<'a> {
    /// Its length.
    pub(crate) size: u64,
    /// How many bytes of it are shown, from the first one on.
    pub(crate) shown: usize,
    /// Reads some of its bytes, those from a place on: nobody holds all of them.
    pub(crate) read: &'a dyn Fn(u64) -> io::Result<Vec<u8>>,
}

impl Asked<'_> {
    /// Sends it, for an answer of at most `max` bytes. The time that reading a document takes is
    /// added to the link's deadline. The outer error says why a document cannot be
    /// read, the inner one is the link's.
    pub(super) fn send(self, link: &mut Timed, max: u64) -> Result<io::Result<()>, String> {
        match self {
            Self::Decode(request) => Ok(frame::write(link, Kind::Decode, max, request)),
            Self::Encode(request) => Ok(frame::write(link, Kind::Encode, max, request)),
            Self::Look(document) => show(link, max, document),
        }
    }
}

fn show(link: &mut Timed, max: u64, document: Shown<'_>) -> Result<io::Result<()>, String> {
    let length = document.shown + size_of::<u64>();
    let mut sent = frame::head(Kind::Look, max, length).and_then(|head| link.write_all(&head));
    let mut left = document.shown;
    while left > 0 && sent.is_ok() {
        let at = (document.shown - left) as u64;
        let began = Instant::now();
        let read = (document.read)(at).map_err(|error| error.to_string())?;
        // A slow disk is not the document's fault.
        link.deadline += began.elapsed();
        let part = read.get(..left).unwrap_or(&read);
        if part.is_empty() {
            return Err(format!("it ends after {at} bytes"));
        }
        left -= part.len();
        sent = link.write_all(part);
    }
    Ok(sent.and_then(|()| link.write_all(&document.size.to_le_bytes())))
}
