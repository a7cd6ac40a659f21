//! What is written is read; every known trick is refused by its name.

use super::*;

fn written(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Vec::new());
    entries.iter().for_each(|(name, bytes)| zip.add(name, bytes).unwrap());
    zip.finish().unwrap()
}

fn sample() -> Vec<u8> {
    written(&[("a.txt", b"alpha"), ("b/c.bin", b""), ("b/d.bin", &[7; 300])])
}

type Entries = Vec<(String, Vec<u8>)>;

fn read(bytes: &[u8]) -> Result<Entries, ZipError> {
    let mut zip = ZipReader::new(bytes);
    let mut entries = Vec::new();
    while let Some(heading) = zip.next_entry()? {
        let bytes = zip.content(&heading, 1000)?;
        entries.push((heading.name, bytes));
    }
    Ok(entries)
}

/// Where the directory begins.
fn directory_at(bytes: &[u8]) -> usize {
    bytes.windows(4).position(|four| four == CENTRAL).unwrap()
}

fn refused(bytes: &[u8]) -> String {
    read(bytes).unwrap_err().to_string()
}

#[test]
fn what_is_written_is_read() {
    let entries = read(&sample()).unwrap();
    assert_eq!(entries.len(), 3);
    assert_eq!(entries[0], ("a.txt".to_owned(), b"alpha".to_vec()));
    assert_eq!(entries[2].1, [7; 300]);
}

#[test]
fn every_changed_byte_is_refused() {
    let good = sample();
    for at in 0..good.len() {
        for change in [1, 0x20, 0x80] {
            let mut bad = good.clone();
            bad[at] ^= change;
            let Ok(entries) = read(&bad) else { continue };
            panic!("byte {at} changed by {change} gave {entries:?}");
        }
    }
}

#[test]
fn every_cut_is_refused() {
    let good = sample();
    for end in 0..good.len() {
        assert!(read(&good[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn bytes_behind_the_end_and_before_the_beginning_are_refused() {
    assert!(matches!(read(&[&sample()[..], b"x"].concat()), Err(ZipError::Trailing)));
    assert!(matches!(read(&[b"x", &sample()[..]].concat()), Err(ZipError::NotZip)));
    assert!(matches!(read(b""), Err(ZipError::NotZip)));
    assert!(matches!(read(b"%PDF-1.7"), Err(ZipError::NotZip)));
}

#[test]
fn a_second_bundle_behind_the_first_is_refused() {
    let two = [sample(), written(&[("evil.txt", b"other")])].concat();
    assert!(matches!(read(&two), Err(ZipError::SecondDirectory)));
    let good = sample();
    let again = [&good[..], &good[directory_at(&good)..]].concat();
    assert!(matches!(read(&again), Err(ZipError::SecondDirectory)));
}

#[test]
fn a_directory_that_says_something_else_is_refused() {
    let good = sample();
    let at = directory_at(&good);
    let change = |offset: usize, value: u8| {
        let mut bad = good.clone();
        bad[at + offset] = value;
        refused(&bad)
    };
    assert!(change(42, 9).contains("overlap"), "{}", change(42, 9));
    assert!(change(46, b'z').contains("another name"));
    assert!(change(20, 9).contains("length or checksum"));
    assert!(change(32, 1).contains("comment"));
    assert!(change(30, 1).contains("extra field"));
    assert!(change(38, 1).contains("another form"));
    // A directory of one line fewer: an entry that other readers do not see.
    let second = at + CENTRAL_LEN + "a.txt".len();
    let fewer = [&good[..at], &good[second..]].concat();
    assert!(matches!(read(&fewer), Err(ZipError::Directory { .. })));
    // And of one more.
    let more = [&good[..second], &good[at..second], &good[second..]].concat();
    assert!(matches!(read(&more), Err(ZipError::Directory { .. })));
}

#[test]
fn a_comment_and_a_contradicting_end_are_refused() {
    let good = sample();
    let end = good.len() - END_LEN;
    let mut comment = good.clone();
    comment[end + 20] = 1;
    comment.push(b'c');
    assert!(matches!(read(&comment), Err(ZipError::Comment)));
    let mut count = good;
    count[end + 8] += 1;
    assert!(matches!(read(&count), Err(ZipError::End)));
}

#[test]
fn zip64_is_refused() {
    let good = sample();
    let end = good.len() - END_LEN;
    let zip64 = [&good[..end], b"PK\x06\x06", &[0; 52], b"PK\x06\x07", &[0; 16], &good[end..]];
    assert!(matches!(read(&zip64.concat()), Err(ZipError::Zip64)));
}

#[test]
fn what_a_heading_must_not_have_is_named() {
    let good = sample();
    let change = |offset: usize, value: u8| {
        let mut bad = good.clone();
        bad[offset] = value;
        refused(&bad)
    };
    assert!(change(6, 8).contains("data descriptor"));
    assert!(change(6, 1).contains("encryption"));
    assert!(change(8, 8).contains("compression"));
    assert!(change(18, 4).contains("compression"));
    assert!(change(28, 4).contains("extra field"));
    assert!(change(7, 8).contains("flags"));
    assert!(change(10, 1).contains("date"));
    assert!(change(4, 45).contains("version"));
}

#[test]
fn names_are_plain_paths_and_unique() {
    for name in ["../a", "/a", "a/../b", "a//b", "a/", ".", "a\\b", "C:a", "a b", "é", ""] {
        let bad = written(&[("a.txt", b""), (name, b"")]);
        assert!(matches!(read(&bad), Err(ZipError::Name { at: 2 })), "{name}");
    }
    let long = "a".repeat(NAME_MAX + 1);
    assert!(matches!(read(&written(&[(&long, b"")])), Err(ZipError::Name { at: 1 })));
    let twice = written(&[("a.txt", b"one"), ("a.txt", b"two")]);
    assert!(matches!(read(&twice), Err(ZipError::NameTwice(name)) if name == "a.txt"));
}

#[test]
fn a_wrong_checksum_names_its_entry() {
    let mut bad = sample();
    bad[LOCAL_LEN + "a.txt".len()] ^= 1;
    assert!(matches!(read(&bad), Err(ZipError::Checksum(name)) if name == "a.txt"));
}

#[test]
fn a_long_entry_is_refused_before_it_is_kept() {
    let long = written(&[("a", &[0; 1001])]);
    assert!(matches!(read(&long), Err(ZipError::TooLong { size: 1001, max: 1000, .. })));
    // A heading that promises 4 GiB in a short file.
    let mut liar = written(&[("a", b"x")]);
    liar[18..26].fill(0xff);
    let mut zip = ZipReader::new(&liar[..]);
    let heading = zip.next_entry().unwrap().unwrap();
    assert!(matches!(zip.content(&heading, u64::MAX), Err(ZipError::CutShort)));
}

#[test]
fn what_changed_while_it_was_written_is_noticed() {
    let mut zip = ZipWriter::new(Vec::new());
    let crc = crc32fast::hash(b"before");
    let changed = zip.add_from("a", crc, 6, &mut &b"after!"[..]);
    assert!(matches!(changed, Err(ZipError::Checksum(name)) if name == "a"));
}
