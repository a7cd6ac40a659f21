//! The contract against SQLite, and what only a database on a disk can suffer.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempDir;

use super::Embedded;
use crate::store::Store;
use crate::store::contract::samples::{
    Chronicle, filing, held_document, history, institution, sealed,
};
use crate::store::contract::{Place, contract, everything, fill};

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// A store with some history, closed: everything is in the database file.
    fn filled() -> (Self, String) {
        let folder = Self::new();
        let store = folder.open();
        fill(store.as_ref());
        let all = everything(store.as_ref()).unwrap();
        (folder, all)
    }

    fn database(&self) -> PathBuf {
        self.0.path().join("hub.sqlite")
    }

    fn refusal(&self) -> String {
        match Embedded::open(self.0.path()) {
            Ok(_) => panic!("it opened"),
            Err(fault) => fault.chain(),
        }
    }
}

impl Place for Folder {
    fn open(&self) -> Arc<dyn Store> {
        Arc::new(Embedded::open(self.0.path()).unwrap())
    }
}

contract!(Folder::new());

#[test]
fn one_hub_at_a_time() {
    let folder = Folder::new();
    let store = folder.open();
    assert!(folder.refusal().contains("another hub"));
    drop(store);
    folder.open();
}

#[test]
fn what_is_no_database_of_a_hub_is_refused() {
    let (folder, _) = Folder::filled();
    let whole = fs::read(folder.database()).unwrap();
    let foreign = rusqlite::Connection::open(folder.0.path().join("other")).unwrap();
    foreign.execute_batch("CREATE TABLE x (y)").unwrap();
    drop(foreign);
    let foreign = fs::read(folder.0.path().join("other")).unwrap();
    for (bytes, why) in [
        (&b""[..], "not a hub's"),
        (
            b"not a database, whatever its name says, and long enough to have a header too, with \
           some more words to fill the hundred bytes that one has",
            "not a database",
        ),
        (&foreign, "not a hub's"),
        (&whole[..whole.len() / 2], "malformed"),
        (&whole[..8192], "malformed"),
    ] {
        fs::write(folder.database(), bytes).unwrap();
        let refusal = folder.refusal();
        assert!(refusal.contains(why), "{why}: {refusal}");
        assert_eq!(fs::read(folder.database()).unwrap(), bytes, "{why}: it was written to");
    }
}

#[test]
fn a_lost_database_is_not_taken_for_a_new_one() {
    let (folder, _) = Folder::filled();
    fs::remove_file(folder.database()).unwrap();
    assert!(folder.refusal().contains("put the database back"));
}

#[test]
fn an_unfinished_beginning_is_begun_again() {
    let folder = Folder::new();
    fs::write(folder.0.path().join("hub.sqlite.new"), b"half").unwrap();
    folder.open();
}

/// Every answer after a flipped byte is the right one, or a fault. Hundreds of places: the header,
/// the schema, tables, indexes and empty space.
#[test]
fn a_flipped_byte_is_never_a_wrong_answer() {
    let (folder, right) = Folder::filled();
    let whole = fs::read(folder.database()).unwrap();
    let mut noticed = 0;
    let mut tried = 0;
    for at in (0..whole.len()).filter(|at| whole[*at] != 0).step_by(67) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        fs::write(folder.database(), &flipped).unwrap();
        tried += 1;
        let answers = Embedded::open(folder.0.path()).and_then(|store| everything(&store));
        match answers {
            Ok(answers) => assert!(answers == right, "a wrong answer with byte {at} flipped"),
            Err(_) => noticed += 1,
        }
    }
    assert!(tried > 100 && noticed * 2 > tried, "{noticed} of {tried} were noticed");
}

/// The same for what a crash leaves behind: SQLite would drop the damaged end without a word.
#[test]
fn a_flipped_byte_in_the_write_ahead_log_loses_nothing_in_silence() {
    let (folder, copy) = (Folder::new(), Folder::new());
    let store = folder.open();
    fill(store.as_ref());
    let right = everything(store.as_ref()).unwrap();
    let ahead = fs::read(folder.0.path().join("hub.sqlite-wal")).unwrap();
    let mut noticed = 0;
    for at in (0..ahead.len()).step_by(ahead.len() / 60) {
        for name in ["hub.sqlite", "hub.head"] {
            fs::copy(folder.0.path().join(name), copy.0.path().join(name)).unwrap();
        }
        let _none = fs::remove_file(copy.0.path().join("hub.sqlite-shm"));
        let mut flipped = ahead.clone();
        flipped[at] ^= 1;
        fs::write(copy.0.path().join("hub.sqlite-wal"), &flipped).unwrap();
        match Embedded::open(copy.0.path()).and_then(|store| everything(&store)) {
            // The last transaction notes an upload, which the mark does not cover.
            Ok(answers) => assert!(
                answers == right || at * 10 > ahead.len() * 9,
                "a wrong answer with byte {at} of {} flipped",
                ahead.len()
            ),
            Err(_) => noticed += 1,
        }
    }
    assert!(noticed > 30, "{noticed} were noticed");
}

#[test]
fn an_older_copy_is_refused() {
    let folder = Folder::new();
    let mut older = Vec::new();
    for batch in history() {
        older = fs::read(folder.database()).unwrap_or_default();
        folder.open().commit(&batch).unwrap();
    }
    fs::write(folder.database(), older).unwrap();
    assert!(folder.refusal().contains("it is an older or another copy"));
}

#[test]
fn a_changed_row_is_named() {
    let (folder, _) = Folder::filled();
    let store = Embedded::open(folder.0.path()).unwrap();
    store.writer.with_connection(|sql| {
        sql.execute_batch("UPDATE filing SET envelope = x'00' WHERE leaf = 4").unwrap();
    });
    let fault = everything(&store).unwrap_err();
    assert_eq!(fault.chain(), "the row 4 of the table filing is not as it was written");
    drop(store);
    assert!(folder.refusal().contains("the row 4 of the table filing"));
}

#[test]
fn a_full_disk_loses_nothing_and_passes() {
    let folder = Folder::new();
    let store = Embedded::open(folder.0.path()).unwrap();
    let limit = |pages: i64| {
        store.writer.with_connection(|sql| {
            let set = |row: &rusqlite::Row<'_>| row.get::<_, i64>(0);
            sql.pragma_update_and_check(None, "max_page_count", pages, set).unwrap();
        });
    };
    let mut chronicle = Chronicle::default();
    store.commit(&chronicle.batch(vec![sealed(filing(1))])).unwrap();
    limit(1);
    let mut large = filing(2);
    large.envelope = vec![7; 300_000];
    let batch = chronicle.batch(vec![sealed(large)]);
    let before = everything(&store).unwrap();
    assert!(store.commit(&batch).unwrap_err().is_disk_full());
    assert_eq!(everything(&store).unwrap(), before);
    limit(1_000_000);
    store.commit(&batch).unwrap();
}

#[test]
fn after_a_failed_commit_nothing_is_written() {
    let folder = Folder::new();
    let store = Embedded::open(folder.0.path()).unwrap();
    let mut chronicle = Chronicle::default();
    let mut impossible = chronicle.clone().batch(vec![sealed(filing(1))]);
    impossible.first_leaf = 5;
    store.commit(&impossible).unwrap_err();
    let possible = chronicle.batch(vec![sealed(filing(1))]);
    let fault = store.commit(&possible).unwrap_err();
    assert!(fault.chain().contains("had failed before"), "{}", fault.chain());
    store.add_holding(&held_document(1, 1), &institution("north")).unwrap_err();
    drop(store);
    folder.open().commit(&possible).unwrap();
}

#[test]
fn the_linked_sqlite_is_new_enough() {
    assert!(rusqlite::version_number() >= 3_051_003);
}

#[test]
fn numbers_from_before_the_search_are_found() {
    let (folder, all) = Folder::filled();
    let sql = rusqlite::Connection::open(folder.database()).unwrap();
    sql.execute_batch(
        "DROP TABLE case_name; DROP TABLE number_writing;
         DROP TABLE document; DROP TABLE holding_total; DROP TABLE access;
         DROP TABLE hold; DROP TABLE destruction;
         DROP TABLE found; DROP TABLE found_below; DROP TABLE found_reader; DROP TABLE found_words;
         DELETE FROM migration WHERE number > 6; PRAGMA user_version = 6;",
    )
    .unwrap();
    drop(sql);
    let store = folder.open();
    // Names are in envelopes, which no migration reads: those alone are gone.
    let without_names = |all: &str| {
        let found = |line: &&str| !line.starts_with("by name: ");
        all.lines().filter(found).map(str::to_owned).collect::<Vec<_>>()
    };
    let after = everything(store.as_ref()).unwrap();
    assert_eq!(without_names(&after), without_names(&all));
    let south = crate::store::Reader::Institution(institution("south"));
    let known = crate::store::contract::samples::number("south", "4/2025");
    assert_eq!(store.cases_by_number(&south, &known, 10).unwrap().len(), 1);
    // What was uploaded before is added up.
    assert_eq!(store.held_bytes(&institution("north")).unwrap(), 11);
}
