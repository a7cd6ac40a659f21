//! What host and worker say to each other: frames of a fixed head and a body.
//!
//! | field | bytes | meaning |
//! |---|---|---|
//! | kind | 1 | what the body is |
//! | – | 3 | zero |
//! | length | 4 | bytes of the body, little-endian |
//! | number | 8 | depends on the kind, little-endian |
//!
//! Both ends come from one program, so there is nothing to negotiate. The host reads what a worker
//! sends as what it is: bytes from a process that a hostile library may have taken over.

use std::io::{self, Read, Write};

use crate::error::CallFailure;

/// Bytes of a head.
const HEAD_BYTES: usize = 16;

/// Up to this length head and body are written at once. Longer bodies are not copied for it.
const TOGETHER_BYTES_MAX: usize = 64 * 1024;

/// Longest text of a failure, and longest first answer, in bytes.
pub(super) const TEXT_BYTES_MAX: usize = 16 * 1024;

/// Longest [`Kind::Look`]: a document and its length.
pub(super) const LOOK_BYTES_MAX: usize = 64 * 1024 * 1024 + 8;
const _: () = assert!(LOOK_BYTES_MAX as u64 == barid_look::WHOLE_BYTES_MAX + 8);

/// What a frame's body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// To the worker: its work and its limits, JSON.
    Start = 1,
    /// To the worker: a `DecodeRequest`; the number is the most bytes of the reply.
    Decode = 2,
    /// To the worker: an `EncodeRequest`; the number as with `Decode`.
    Encode = 3,
    /// From the worker: loaded; how it is confined, JSON. The description follows as a reply.
    Ready = 4,
    /// From the worker: not loaded; why, JSON.
    NotLoaded = 5,
    /// From the worker: not confined as it must be; why, a text.
    NotConfined = 6,
    /// From the worker: a reply.
    Reply = 7,
    /// From the worker: the plugin said that it failed: the number is its status, the body a text.
    Failed = 8,
    /// From the worker: the reply has `number` bytes and is too large.
    TooLarge = 9,
    /// From the worker: the reply breaks a rule of the boundary; which, a text.
    Invalid = 10,
    /// To a worker that looks at documents: a document, or its beginning, and behind it its length
    /// as 8 bytes, little-endian; the number as with `Decode`.
    Look = 11,
}

impl Kind {
    fn from_byte(byte: u8) -> Option<Self> {
        const ALL: [Kind; 11] = [
            Kind::Start,
            Kind::Decode,
            Kind::Encode,
            Kind::Ready,
            Kind::NotLoaded,
            Kind::NotConfined,
            Kind::Reply,
            Kind::Failed,
            Kind::TooLarge,
            Kind::Invalid,
            Kind::Look,
        ];
        ALL.into_iter().find(|kind| *kind as u8 == byte)
    }
}

/// A frame, read.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: Kind,
    pub(super) number: u64,
    pub(super) body: Vec<u8>,
}

/// Writes one frame.
pub(super) fn write(link: &mut impl Write, kind: Kind, number: u64, body: &[u8]) -> io::Result<()> {
    let together = if body.len() <= TOGETHER_BYTES_MAX { body } else { &[] };
    let mut first = Vec::with_capacity(HEAD_BYTES + together.len());
    first.extend(head(kind, number, body.len())?);
    first.extend(together);
    link.write_all(&first)?;
    if together.is_empty() { link.write_all(body) } else { Ok(()) }
}

/// The head of a frame whose body is written by and by.
pub(super) fn head(kind: Kind, number: u64, length: usize) -> io::Result<[u8; HEAD_BYTES]> {
    let length = u32::try_from(length).map_err(|_| io::ErrorKind::InvalidInput)?;
    let ([a, b, c, d], [e, f, g, h, i, j, k, l]) = (length.to_le_bytes(), number.to_le_bytes());
    Ok([kind as u8, 0, 0, 0, a, b, c, d, e, f, g, h, i, j, k, l])
}

/// Reads one frame. `most` gives the longest body of a kind; a kind without one is not expected.
pub(super) fn read(
    link: &mut impl Read,
    most: impl FnOnce(Kind) -> Option<usize>,
) -> io::Result<Frame> {
    let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let mut head = [0; HEAD_BYTES];
    link.read_exact(&mut head)?;
    let ([kind, zeros @ .., a, b, c, d], number) = split(head);
    let kind =
        Kind::from_byte(kind).filter(|_| zeros == [0; 3]).ok_or_else(|| wrong("no frame"))?;
    let length = u32::from_le_bytes([a, b, c, d]) as usize;
    let most = most(kind).ok_or_else(|| wrong("a frame that nobody asked for"))?;
    if length > most {
        return Err(wrong("a frame that is too long"));
    }
    // Grows with what really comes, not with what was announced.
    let mut body = Vec::with_capacity(length.min(TOGETHER_BYTES_MAX));
    if link.take(length as u64).read_to_end(&mut body)? < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Frame { kind, number, body })
}

fn split(head: [u8; HEAD_BYTES]) -> ([u8; 8], u64) {
    let [a, b, c, d, e, f, g, h, number @ ..] = head;
    ([a, b, c, d, e, f, g, h], u64::from_le_bytes(number))
}

/// Writes what a call came to.
pub(super) fn write_outcome(
    link: &mut impl Write,
    outcome: Result<Vec<u8>, CallFailure>,
) -> io::Result<()> {
    match outcome {
        Ok(reply) => write(link, Kind::Reply, 0, &reply),
        Err(CallFailure::Failed { code, text }) => {
            write(link, Kind::Failed, u64::from(code.cast_unsigned()), text.as_bytes())
        }
        Err(CallFailure::ReplyTooLarge { bytes, .. }) => {
            write(link, Kind::TooLarge, bytes as u64, &[])
        }
        Err(CallFailure::ReplyInvalid(text)) => write(link, Kind::Invalid, 0, text.as_bytes()),
        Err(other) => write(link, Kind::Invalid, 0, other.to_string().as_bytes()),
    }
}

/// Reads what a call came to. The error is the link's; the inner one the plugin's.
pub(super) fn read_outcome(
    link: &mut impl Read,
    max: usize,
) -> io::Result<Result<Vec<u8>, CallFailure>> {
    let frame = read(link, |kind| match kind {
        Kind::Reply => Some(max),
        Kind::Failed | Kind::Invalid => Some(TEXT_BYTES_MAX),
        Kind::TooLarge => Some(0),
        _ => None,
    })?;
    let text = |body: &[u8]| crate::quoted(&String::from_utf8_lossy(body));
    Ok(match frame.kind {
        Kind::Reply => Ok(frame.body),
        Kind::Failed => {
            let code = u32::try_from(frame.number).unwrap_or_default().cast_signed();
            Err(CallFailure::Failed { code, text: text(&frame.body) })
        }
        Kind::TooLarge => {
            let bytes = usize::try_from(frame.number).unwrap_or(usize::MAX);
            Err(CallFailure::ReplyTooLarge { bytes, max })
        }
        _ => Err(CallFailure::ReplyInvalid(text(&frame.body))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there_and_back(outcome: &Result<Vec<u8>, CallFailure>) {
        let mut wire = Vec::new();
        write_outcome(&mut wire, outcome.clone()).unwrap();
        assert_eq!(read_outcome(&mut &*wire, 200_000).unwrap(), *outcome);
    }

    #[test]
    fn outcomes_survive_the_way() {
        there_and_back(&Ok(Vec::new()));
        there_and_back(&Ok(vec![7; 100]));
        there_and_back(&Ok(vec![7; 200_000]));
        there_and_back(&Err(CallFailure::Failed { code: -9, text: "no".to_owned() }));
        there_and_back(&Err(CallFailure::ReplyTooLarge { bytes: usize::MAX, max: 200_000 }));
        there_and_back(&Err(CallFailure::ReplyInvalid("why".to_owned())));
    }

    #[test]
    fn what_a_worker_may_not_send_is_refused() {
        let refused = |wire: &[u8]| read_outcome(&mut &*wire, 10).unwrap_err();
        let mut long = Vec::new();
        write(&mut long, Kind::Reply, 0, &[0; 11]).unwrap();
        assert!(refused(&long).to_string().contains("too long"));
        let mut announced = vec![7, 0, 0, 0, 10, 0, 0, 0];
        announced.extend([0; 8 + 9]);
        assert_eq!(refused(&announced).kind(), io::ErrorKind::UnexpectedEof);
        let mut ready = Vec::new();
        write(&mut ready, Kind::Ready, 0, &[]).unwrap();
        assert!(refused(&ready).to_string().contains("nobody asked"));
        assert!(refused(&[99; 16]).to_string().contains("no frame"));
        assert!(
            refused(&[7, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]).to_string() == "no frame"
        );
        assert_eq!(refused(&[7, 0, 0]).kind(), io::ErrorKind::UnexpectedEof);
    }
}
