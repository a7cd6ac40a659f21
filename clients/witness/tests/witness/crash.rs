//! Power cuts, lost answers, lost ledgers.

use crate::fixture::{Log, ORIGIN, Place, ask, assert_cosigned};
use barid_proto::tlog::EMPTY_ROOT;
use barid_proto::tlog::checkpoint::Checkpoint;
use barid_proto::tlog::note::Note;
use barid_witness::cosigners::Keys;
use barid_witness::error::WitnessError;
use barid_witness::ledger::{Ledger, origin_hash};
use std::fs;
use std::path::PathBuf;

fn seen(place: &Place) -> PathBuf {
    place.path("ledger").join(format!("{}.seen", origin_hash(ORIGIN)))
}

#[test]
fn an_answer_may_be_lost_and_never_makes_a_second_history() {
    let log = Log::with_leaves(8);
    let place = Place::following(&log);
    // Persisted, and the process dies before the answer is out.
    drop(ask(&place.open(), &log.question(0, 8)));
    let witness = place.open();
    assert_eq!(ask(&witness, &log.question(0, 8)).body, "8\n", "it knows what it did");
    assert_eq!(ask(&witness, &log.branch(4, 8, 1).question(8, 12)).code, 422);
    let again = log.question(8, 8);
    assert_cosigned(&witness, &again, &ask(&witness, &again));
}

#[test]
fn a_crash_before_the_rename_leaves_the_old_head() {
    let log = Log::with_leaves(8);
    let place = Place::following(&log);
    assert_eq!(ask(&place.open(), &log.question(0, 4)).code, 200);
    let unfinished = seen(&place).with_added_extension("unfinished");
    fs::write(&unfinished, "hub.test/log\n8\nhalf a ro").unwrap();
    let witness = place.open();
    assert_eq!(ask(&witness, &log.question(4, 8)).code, 200);
}

#[test]
fn after_a_failed_write_nothing_is_cosigned_until_a_restart() {
    let log = Log::with_leaves(8);
    let place = Place::following(&log);
    let witness = place.open();
    assert_eq!(ask(&witness, &log.question(0, 4)).code, 200);
    // A folder in the place of the new bytes: writing fails, as on a full disk.
    let unfinished = seen(&place).with_added_extension("unfinished");
    fs::create_dir(&unfinished).unwrap();
    assert_eq!(ask(&witness, &log.question(4, 8)).code, 500);
    fs::remove_dir(&unfinished).unwrap();
    assert_eq!(ask(&witness, &log.question(4, 8)).code, 500, "what is on the disk is not known");
    drop(witness);
    assert_eq!(ask(&place.open(), &log.question(4, 8)).code, 200);
}

#[test]
fn a_key_without_its_ledger_is_never_used_again() {
    let log = Log::with_leaves(8);
    let place = Place::following(&log);
    assert_eq!(ask(&place.open(), &log.question(0, 8)).code, 200);

    // What was seen of one log is lost.
    let note = fs::read(seen(&place)).unwrap();
    fs::remove_file(seen(&place)).unwrap();
    assert!(matches!(place.try_open(), Err(WitnessError::Disk(_))));
    // It is empty, or somebody else's.
    for wrong in [&b""[..], log.note(4).to_string().as_bytes()] {
        fs::write(seen(&place), wrong).unwrap();
        assert!(matches!(place.try_open(), Err(WitnessError::Content { .. })));
    }
    fs::write(seen(&place), note).unwrap();
    let witness = place.open();
    // It is of another log, and cosigned by this very witness.
    let other = Checkpoint::new("other.test/log", 0, EMPTY_ROOT).unwrap();
    let mut foreign = Note::new(other.to_string()).unwrap();
    for line in witness.cosigners().cosign(&other, 1).unwrap() {
        foreign.add(line).unwrap();
    }
    drop(witness);
    let note = fs::read(seen(&place)).unwrap();
    fs::write(seen(&place), foreign.to_string()).unwrap();
    assert!(matches!(place.try_open(), Err(WitnessError::Content { .. })));
    fs::write(seen(&place), note).unwrap();
    drop(place.open());

    // The whole ledger is lost, and a new one belongs to another key.
    let (ledger, gone) = (place.path("ledger"), place.path("gone"));
    fs::rename(&ledger, &gone).unwrap();
    let error = place.try_open().err().unwrap();
    assert!(matches!(error, WitnessError::NoLedger(_)));
    assert!(error.to_string().contains("a new name"), "{error}");
    let others = Keys::generate(&place.path("others"), "fsc.test/w2", None, false).unwrap();
    Ledger::create(&ledger, &others).unwrap();
    assert!(matches!(place.try_open(), Err(WitnessError::OtherKey { .. })));
}

#[test]
fn a_crash_between_proof_and_halt_does_not_forget_the_halt() {
    let log = Log::with_leaves(8);
    let place = Place::following(&log);
    let witness = place.open();
    assert_eq!(ask(&witness, &log.question(0, 8)).code, 200);
    let fork = log.branch(4, 4, 1).question(8, 8);
    assert_eq!(ask(&witness, &fork).code, 422);
    fs::remove_file(place.path("evidence").join(origin_hash(ORIGIN)).join("halted")).unwrap();
    assert_eq!(ask(&witness, &fork).code, 422);
    assert_eq!(ask(&witness, &log.question(8, 8)).code, 503);
    assert_eq!(place.kept().len(), 1);
}

#[test]
fn two_processes_never_share_a_ledger() {
    let place = Place::following(&Log::with_leaves(1));
    let first = place.open();
    assert!(matches!(place.try_open(), Err(WitnessError::InUse(_))));
    drop(first);
    drop(place.open());
}

#[test]
fn a_followed_log_keeps_its_history_when_a_key_is_added() {
    let log = Log::with_leaves(8);
    let place = Place::following(&log);
    assert_eq!(ask(&place.open(), &log.question(0, 4)).code, 200);
    let next = Log::new();
    let (mut ledger, _) = Ledger::open(&place.path("ledger"), &place.path("keys")).unwrap();
    assert!(ledger.add_log(log.verifier()).is_err(), "trusted already");
    ledger.add_log(next.verifier()).unwrap();
    drop(ledger);
    let witness = place.open();
    assert_eq!(witness.ledger().logs().count(), 1);
    assert_eq!(witness.ledger().log(ORIGIN).unwrap().keys().len(), 2);
    assert_eq!(ask(&witness, &log.question(4, 8)).code, 200);
}
