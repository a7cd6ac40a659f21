//! A log that lies, and what the witness keeps of it.

use crate::fixture::{Log, ORIGIN, Place, ask, assert_cosigned};
use barid_proto::tlog::add_checkpoint::AddCheckpoint;
use barid_proto::tlog::note::Note;
use barid_witness::evidence::Exhibit;
use barid_witness::finding::{Finding, Halt};
use barid_witness::ledger::origin_hash;
use std::fs;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Barrier};

#[test]
fn two_roots_of_one_size_stop_everything_until_somebody_has_read_them() {
    let log = Log::with_leaves(9);
    let forged = log.branch(4, 8, 1);
    let place = Place::following(&log);
    let witness = place.open();
    let honest = log.question(0, 8);
    assert_cosigned(&witness, &honest, &ask(&witness, &honest));

    let answer = ask(&witness, &forged.question(8, 8));
    assert_eq!(answer.code, 422, "{answer:?}");
    let kept = place.kept();
    assert_eq!(kept.len(), 1);
    let held = fs::read(kept[0].join("held.note")).unwrap();
    let held = Note::parse(&held).unwrap();
    assert_eq!(held.text(), log.checkpoint(8).to_string());
    let offered = fs::read(kept[0].join("offered.request")).unwrap();
    let offered = AddCheckpoint::parse(&offered).unwrap();
    for note in [&held, &offered.note] {
        assert!(note.verify(&log.verifier()).unwrap().is_some(), "proof to anybody");
    }

    // Halted, also after a restart, and also for an honest checkpoint.
    assert_eq!(ask(&witness, &log.question(8, 9)).code, 503);
    drop(witness);
    let witness = place.open();
    assert_eq!(ask(&witness, &log.question(8, 9)).code, 503);
    let hash = origin_hash(ORIGIN);
    assert_eq!(place.evidence().halted(&hash, Halt::Witness).unwrap().as_ref(), kept.first());

    place.evidence().acknowledge(&hash, "read by A. B.: the hub was restored wrongly").unwrap();
    assert!(kept[0].join("acknowledged.txt").is_file());
    assert!(place.evidence().acknowledge(&hash, "again").is_err());
    assert_eq!(ask(&witness, &log.question(8, 9)).code, 200);
    assert_eq!(place.kept(), kept, "evidence stays");
}

#[test]
fn a_fork_shows_even_when_the_old_size_is_wrong() {
    let log = Log::with_leaves(8);
    let place = Place::following(&log);
    let witness = place.open();
    assert_eq!(ask(&witness, &log.question(0, 8)).code, 200);
    let answer = ask(&witness, &log.branch(4, 4, 1).question(4, 8));
    assert_eq!((answer.code, answer.body.as_str()), (409, "8\n"));
    assert_eq!(ask(&witness, &log.question(8, 8)).code, 503);
}

#[test]
fn a_larger_fork_is_refused_and_kept_without_stopping_the_log() {
    let log = Log::with_leaves(9);
    let forged = log.branch(4, 8, 1);
    let place = Place::following(&log);
    let witness = place.open();
    assert_eq!(ask(&witness, &log.question(0, 8)).code, 200);
    for _ in 0..3 {
        assert_eq!(ask(&witness, &forged.question(8, 12)).code, 422);
    }
    assert_eq!(place.kept().len(), 1, "the same thing is kept once");
    // Anybody can put a wrong proof before an honest checkpoint, so this must go on.
    let next = log.question(8, 9);
    let garbled = AddCheckpoint { proof: vec![[0; 32]; 3], ..next.clone() };
    assert_eq!(ask(&witness, &garbled).code, 422);
    assert_cosigned(&witness, &next, &ask(&witness, &next));
}

#[test]
fn what_is_stale_is_told_the_size() {
    let log = Log::with_leaves(9);
    let place = Place::following(&log);
    let witness = place.open();
    assert_eq!(ask(&witness, &log.question(0, 8)).code, 200);
    for (old, new) in [(0, 9), (4, 9), (0, 8), (9, 9)] {
        let answer = ask(&witness, &log.question(old, new));
        let told = (answer.code, answer.content_type, answer.body.as_str());
        assert_eq!(told, (409, "text/x.tlog.size", "8\n"), "{old} to {new}");
    }
    assert!(place.kept().is_empty(), "catching up is no offence");
    // A smaller tree: told the same, and noted.
    assert_eq!(ask(&witness, &log.question(3, 5)).code, 409);
    assert_eq!(place.kept().len(), 1);
    assert_eq!(ask(&witness, &log.question(8, 9)).code, 200);
}

#[test]
fn suspicions_cannot_fill_the_disk_and_leave_room_for_proof() {
    let log = Log::with_leaves(270);
    let place = Place::following(&log);
    let witness = place.open();
    assert_eq!(ask(&witness, &log.question(0, 270)).code, 200);
    for size in 1..270 {
        assert_eq!(ask(&witness, &log.question(0, size)).code, 409);
    }
    assert_eq!(place.kept().len(), 64, "old checkpoints are public: anybody can send them");
    let fork = log.branch(4, 300, 1);
    for size in 271..300 {
        assert_eq!(ask(&witness, &fork.question(270, size)).code, 422);
    }
    assert_eq!(place.kept().len(), 64 + 29, "a fork is kept all the same");
    assert_eq!(ask(&witness, &log.branch(4, 266, 1).question(270, 270)).code, 422);
    assert_eq!(place.kept().len(), 64 + 29 + 1);
}

#[test]
fn suspicions_are_bounded_in_bytes() {
    let place = Place::following(&Log::new());
    let long = vec![7; 20 << 20];
    let keep = |number: u8, finding| {
        place.evidence().keep(&Exhibit {
            origin_hash: &origin_hash(ORIGIN),
            origin: ORIGIN,
            finding,
            time: 1,
            subject: &[number],
            parts: &[("leaves.bin", &long)],
        })
    };
    for number in 0..9 {
        keep(number, Finding::OtherLeaves).unwrap();
    }
    assert_eq!(place.kept().len(), 4, "the first that goes over the bound is the last");
    keep(9, Finding::TwoRoots).unwrap();
    assert_eq!(place.kept().len(), 5, "proof is kept");
}

/// The newest checkpoint is public, so anybody can have it cosigned again, as often as they like.
#[test]
fn the_same_question_ten_thousand_times_writes_once_a_second() {
    let log = Log::with_leaves(8);
    let place = Place::following(&log);
    let witness = place.open();
    assert_eq!(ask(&witness, &log.question(0, 8)).code, 200);
    let seen = place.path("ledger").join(format!("{}.seen", origin_hash(ORIGIN)));
    let again = log.question(8, 8);
    let first = ask(&witness, &again);
    assert_cosigned(&witness, &again, &first);
    // Writing would fail now, and stop the witness.
    let unfinished = seen.with_added_extension("unfinished");
    fs::create_dir(&unfinished).unwrap();
    for _ in 0..10_000 {
        assert_eq!(ask(&witness, &again), first);
    }
    fs::remove_dir(&unfinished).unwrap();
    let written = fs::read(&seen).unwrap();
    place.time.fetch_add(1, Ordering::SeqCst);
    assert_cosigned(&witness, &again, &ask(&witness, &again));
    assert_ne!(fs::read(&seen).unwrap(), written, "a second later it is dated anew");
}

#[test]
fn an_old_size_above_the_new_one_is_malformed() {
    let log = Log::with_leaves(5);
    let place = Place::following(&log);
    let question = AddCheckpoint { old_size: 5, ..log.question(0, 4) };
    assert_eq!(ask(&place.open(), &question).code, 400);
}

#[test]
fn the_empty_tree_has_one_root_and_needs_no_proof() {
    let log = Log::with_leaves(3);
    let place = Place::following(&log);
    let witness = place.open();
    let with_proof = AddCheckpoint { proof: vec![[1; 32]], ..log.question(0, 3) };
    assert_eq!(ask(&witness, &with_proof).code, 422);
    assert!(place.kept().is_empty(), "a superfluous proof says nothing of the log");
    assert_eq!(ask(&witness, &log.question(0, 0)).code, 200);
    let text = log.checkpoint(3).to_string().replace("\n3\n", "\n0\n");
    let lie = AddCheckpoint { old_size: 0, proof: vec![], note: log.signed(&text) };
    assert_eq!(ask(&witness, &lie).code, 422);
    assert_eq!(ask(&witness, &log.question(0, 3)).code, 503, "the note alone is proof");
}

#[test]
fn only_the_log_is_believed() {
    let log = Log::with_leaves(3);
    let place = Place::following(&log);
    let witness = place.open();
    // The same name with another key: no line of a trusted key.
    let stranger = Log::with_leaves(3).question(0, 3);
    assert_eq!(ask(&witness, &stranger).code, 403);
    // A trusted key's line under another text.
    let body = log.question(0, 3).to_string();
    let other = log.checkpoint(2).to_string();
    let body = body.replace(&log.checkpoint(3).to_string(), &other);
    assert_eq!(witness.add_checkpoint(body.as_bytes()).code, 403);
    let elsewhere = log.signed("other.test/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
    let elsewhere = AddCheckpoint { old_size: 0, proof: vec![], note: elsewhere };
    assert_eq!(ask(&witness, &elsewhere).code, 404);
    // A line of a stranger beside the log's is ignored, and not kept.
    let mut question = log.question(0, 3);
    question.note.add(stranger.note.signatures()[0].clone()).unwrap();
    assert_cosigned(&witness, &question, &ask(&witness, &question));
    let shown = witness.checkpoint(&origin_hash(ORIGIN)).unwrap().unwrap();
    assert_eq!(shown.signatures().len(), 3);
}

#[test]
fn a_clock_that_goes_back_makes_no_cosignature() {
    let log = Log::with_leaves(4);
    let place = Place::following(&log);
    let witness = place.open();
    assert_eq!(ask(&witness, &log.question(0, 3)).code, 200);
    place.time.fetch_sub(1, Ordering::SeqCst);
    assert_eq!(ask(&witness, &log.question(3, 4)).code, 503);
    place.time.fetch_add(1, Ordering::SeqCst);
    assert_eq!(ask(&witness, &log.question(3, 4)).code, 200);
}

#[test]
fn of_two_branches_that_race_only_one_is_cosigned() {
    for round in 0..8 {
        let log = Log::with_leaves(4);
        let place = Place::following(&log);
        let witness = Arc::new(place.open());
        assert_eq!(ask(&witness, &log.question(0, 4)).code, 200);
        let branches = [log.branch(4, 3, 1), log.branch(4, 5, 2)];
        let start = Arc::new(Barrier::new(branches.len()));
        let racers = branches.map(|branch| {
            let (witness, start) = (Arc::clone(&witness), Arc::clone(&start));
            std::thread::spawn(move || {
                start.wait();
                ask(&witness, &branch.question(4, branch.size())).code
            })
        });
        let mut codes = racers.map(|racer| racer.join().unwrap());
        codes.sort_unstable();
        assert_eq!(codes, [200, 409], "round {round}");
    }
}
