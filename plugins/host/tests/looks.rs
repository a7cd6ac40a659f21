//! Documents that are looked at in a worker: what a hostile one costs.

#![allow(clippy::allow_attributes, clippy::unwrap_used, reason = "a test")]

use std::io;
use std::time::{Duration, Instant};

use barid_look::{Look, Mark, Media, WHOLE_BYTES_MAX};
use barid_plugin_host::worker::Program;
use barid_plugin_host::{CallFailure, Looker};

fn looker() -> Looker {
    let path = env!("CARGO_BIN_EXE_barid-plugin-worker").into();
    Looker::start(&Program { path, show_errors: false }).unwrap()
}

fn look(looker: &Looker, document: &[u8]) -> Result<Look, CallFailure> {
    let size = document.len() as u64;
    let deadline = Instant::now() + Duration::from_millis(Looker::DEADLINE_MS);
    looker.look(size, &pieces(document), "alpha", deadline)
}

/// A document in pieces of 100,000 bytes.
fn pieces(document: &[u8]) -> impl Fn(u64) -> io::Result<Vec<u8>> {
    move |at| {
        let rest = document.get(usize::try_from(at).unwrap()..).unwrap_or_default();
        Ok(rest.get(..100_000).unwrap_or(rest).to_vec())
    }
}

/// A PDF of which a stream that holds objects is packed with LZW: each code of 12 bits stands for
/// one byte more than the one before, and then for as many as there can be.
fn bomb_of_lzw() -> Vec<u8> {
    let mut bits: Vec<bool> = Vec::new();
    let mut put = |code: u32, width: u32| {
        (0..width).rev().for_each(|bit| bits.push(code >> bit & 1 == 1));
    };
    put(256, 9);
    put(0, 9);
    for code in 258..4096_u32 {
        // The widths change one code early (ISO 32000-1, 7.4.4).
        let width = match code {
            ..511 => 9,
            511..1023 => 10,
            1023..2047 => 11,
            _ => 12,
        };
        put(code, width);
    }
    for _ in 0..400_000 {
        put(4_000, 12);
    }
    put(257, 12);
    let byte = |eight: &[bool]| eight.iter().fold(0, |sum, bit| sum << 1 | u8::from(*bit));
    let packed: Vec<u8> = bits.chunks(8).map(byte).collect();
    let mut pdf =
        b"%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /LZWDecode /Length ".to_vec();
    pdf.extend(format!("{} >>\nstream\n", packed.len()).bytes());
    pdf.extend(packed);
    pdf.extend(b"\nendstream\nendobj\ntrailer\n<< /Root 5 0 R >>\n%%EOF\n");
    pdf
}

/// A PDF of nothing but beginnings, each of which the parser follows to the end.
fn stall() -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    pdf.extend(b"<< /Type ".repeat(2_000_000));
    pdf
}

#[test]
fn a_document_is_looked_at_without_files_or_network() {
    let looker = looker();
    assert!(looker.confinement().is_full(), "{}", looker.confinement());
    for _ in 0..3 {
        assert_eq!(look(&looker, b"a,b\n1,2\n").unwrap(), Look::of(Media::Csv));
        assert!(look(&looker, b"").unwrap().marks.contains(&Mark::Empty));
    }
}

#[test]
fn a_document_that_takes_all_memory_costs_its_own_answer() {
    let looker = looker();
    let found = look(&looker, &bomb_of_lzw()).unwrap();
    assert_eq!(found.media, Media::Pdf);
    assert!(found.marks.contains(&Mark::LookerEnded), "{found:?}");
    assert!(!found.marks.contains(&Mark::TooLarge));
    assert_eq!(look(&looker, b"a,b\n1,2\n").unwrap(), Look::of(Media::Csv));
}

#[test]
fn a_document_that_takes_all_time_costs_its_own_answer() {
    let (looker, began) = (looker(), Instant::now());
    let found = look(&looker, &stall()).unwrap();
    assert_eq!(found.media, Media::Pdf);
    assert!(found.marks.contains(&Mark::LookerEnded), "{found:?}");
    let most = Duration::from_millis(Looker::DEADLINE_MS) + Duration::from_secs(3);
    assert!(began.elapsed() < most, "{:?}", began.elapsed());
    assert_eq!(look(&looker, b"a,b\n1,2\n").unwrap(), Look::of(Media::Csv));
}

#[test]
fn who_had_no_time_is_not_blamed() {
    let looker = looker();
    let document = vec![b'x'; 32 * 1024 * 1024];
    let size = document.len() as u64;
    let soon = Instant::now() + Duration::from_millis(1);
    let hurried = looker.look(size, &pieces(&document), "alpha", soon);
    assert_eq!(hurried, Err(CallFailure::Busy));
}

#[test]
fn the_longest_document_is_looked_at_and_a_longer_one_by_its_beginning() {
    let looker = looker();
    let text = vec![b'x'; usize::try_from(WHOLE_BYTES_MAX).unwrap()];
    assert_eq!(look(&looker, &text).unwrap(), Look::of(Media::PlainText));
    let size = WHOLE_BYTES_MAX + 1;
    let beginning = text.get(..Looker::wanted(size)).unwrap();
    let deadline = Instant::now() + Duration::from_secs(5);
    let found = looker.look(size, &pieces(beginning), "alpha", deadline).unwrap();
    assert_eq!(found, Look::of(Media::PlainText).with(Mark::TooLarge));
}

#[test]
fn a_slow_disk_is_not_blamed_on_the_document() {
    let looker = looker();
    let slow = |at| {
        std::thread::sleep(Duration::from_millis(400));
        pieces(&[b'x'; 150_000])(at)
    };
    let soon = Instant::now() + Duration::from_millis(500);
    assert_eq!(looker.look(150_000, &slow, "alpha", soon), Ok(Look::of(Media::PlainText)));
}

#[test]
fn a_document_that_cannot_be_read_is_not_blamed() {
    let looker = looker();
    let deadline = Instant::now() + Duration::from_secs(5);
    let rotten = |at| match at {
        0 => Ok(vec![b'x'; 1_000]),
        _ => Err(io::Error::other("rot")),
    };
    let unread = looker.look(2_000, &rotten, "alpha", deadline);
    assert_eq!(unread, Err(CallFailure::Unread("rot".to_owned())));
    let short = looker.look(2_000, &pieces(b"abc"), "alpha", deadline);
    let why = "it ends after 3 bytes".to_owned();
    assert_eq!(short, Err(CallFailure::Unread(why)));
    assert_eq!(look(&looker, b"a,b\n1,2\n").unwrap(), Look::of(Media::Csv));
}
