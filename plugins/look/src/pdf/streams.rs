//! Streams, unpacked within bounds.

use std::borrow::Cow;
use std::io::Read as _;

use flate2::read::ZlibDecoder;
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;
use memchr::memmem;

/// Most bytes of all streams together that hold other objects. The largest register of a country
/// has a tenth.
const OBJECTS_BYTES_MAX: usize = 128 * 1024 * 1024;

/// How far behind its type the beginning of a stream is searched, in bytes.
const DICTIONARY_BYTES_MAX: usize = 2048;

/// Most bytes of one page's contents. Maps of a whole city have a few MiB.
pub(super) const CONTENT_BYTES_MAX: usize = 16 * 1024 * 1024;

/// A stream in another packing than Flate alone is unpacked by the parser, which has no bound: LZW
/// makes 2,700 bytes of one. Packed, it may be so long.
const OTHER_PACKED_MAX: usize = 8 * 1024;

/// Whether the streams that hold other objects become enormous. They are found in the bytes, since
/// the parser unpacks them as soon as it is asked for anything.
pub(super) fn is_bomb(bytes: &[u8]) -> bool {
    let mut left = OBJECTS_BYTES_MAX;
    let types = [&b"/ObjStm"[..], b"/XRef"];
    for at in types.iter().flat_map(|name| memmem::find_iter(bytes, name)) {
        let behind = bytes.get(at..).unwrap_or_default();
        let dictionary = behind.get(..DICTIONARY_BYTES_MAX).unwrap_or(behind);
        let Some(word) = memmem::find(dictionary, b"stream") else { continue };
        let packed = behind.get(word + 6..).unwrap_or_default();
        let packed = packed.strip_prefix(b"\r").unwrap_or(packed);
        let packed = packed.strip_prefix(b"\n").unwrap_or(packed);
        match left.checked_sub(unpacked_length(packed, left)) {
            Some(rest) if rest > 0 => left = rest,
            _ => return true,
        }
    }
    false
}

/// How long a stream is, unpacked; more than `max` is not looked at. One that is not Flate, or
/// encrypted, has no length here.
fn unpacked_length(packed: &[u8], max: usize) -> usize {
    let mut inflated = ZlibDecoder::new(packed).take(max as u64);
    let copied = std::io::copy(&mut inflated, &mut std::io::sink());
    copied.map_or(0, |length| usize::try_from(length).unwrap_or(usize::MAX))
}

/// What a stream holds.
pub(super) enum Unpacked<'a> {
    /// Its bytes, as many as the bound allows.
    Bytes(Cow<'a, [u8]>),
    /// Longer than the bound.
    TooLong,
    /// Packed in a way that is not unpacked here, or broken.
    Unknown,
}

/// Unpacks a stream of a page.
pub(super) fn unpack<'a>(stream: &Stream<'a>, max: usize) -> Unpacked<'a> {
    let filters = stream.filters();
    let raw = stream.raw_data();
    match filters.as_slice() {
        [] => Unpacked::Bytes(raw),
        [Filter::FlateDecode] => {
            let mut bytes = Vec::new();
            // What was unpacked before something broken is shown by readers as well.
            let _ = ZlibDecoder::new(&*raw).take(max as u64 + 1).read_to_end(&mut bytes);
            match bytes.len() {
                length if length > max => Unpacked::TooLong,
                0 if !raw.is_empty() => Unpacked::Unknown,
                _ => Unpacked::Bytes(Cow::Owned(bytes)),
            }
        }
        _ if raw.len() > OTHER_PACKED_MAX || filters.len() > 2 => Unpacked::Unknown,
        _ => match stream.decoded_data() {
            Ok(bytes) if bytes.len() > max => Unpacked::TooLong,
            Ok(bytes) => Unpacked::Bytes(bytes),
            Err(_) => Unpacked::Unknown,
        },
    }
}
