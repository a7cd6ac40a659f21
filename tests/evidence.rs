//! Software that nobody here wrote, run against a log that the hub produced.
//!
//! Four verifiers in three languages read the log as `barid log export` writes it, and receipts as
//! clients keep them. Each must accept what the hub made, and find a single changed bit. One of
//! them makes receipts itself: they must be ours, byte for byte. A witness that others wrote, and
//! ours beside it, follow that log and cannot be made to cosign two histories of it.

#![expect(clippy::expect_used, reason = "what is set up must stand before it can be verified")]

#[path = "evidence/mod.rs"]
mod rig;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use barid_client::ClientError;
use barid_client::proto::tlog::add_checkpoint::AddCheckpoint;
use barid_client::proto::tlog::checkpoint::Checkpoint;
use barid_client::proto::tlog::note::Note;
use barid_client::proto::tlog::receipt::Receipt;
use barid_client::proto::v1::KeyPurpose;
use barid_tests::HubProcess;
use rig::rollback::Exporter;
use rig::verifier::Verifier;
use rig::witness::{AskedWitness, Maker};
use rig::{change, produced, tools, web};

/// Far longer than anything here takes: the machine is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// The verifier accepts the log and every receipt, and says how much it saw.
fn accepts(verifier: Verifier) {
    let found = verifier.check(produced::evidence());
    let receipts = produced::receipts().len();
    assert!(receipts > 10, "some receipts were kept");
    let seen = found.as_ref().is_ok_and(|said| said.ends_with(&format!("{receipts} receipts")));
    assert!(seen, "{verifier:?}: {found:?}");
}

/// The verifier finds a changed bit in whatever it reads.
fn finds_every_change(verifier: Verifier) {
    for (part, in_tiles) in change::parts() {
        if in_tiles && !verifier.reads_tiles() {
            continue;
        }
        let found = verifier.check(change::changed(&part).path());
        assert!(found.is_err(), "{verifier:?} does not see a change in {part}: {found:?}");
    }
    if verifier.reads_tiles() {
        let found = verifier.check(change::forged().path());
        assert!(found.is_err(), "{verifier:?} takes a leaf and a tile that fit: {found:?}");
    }
}

#[test]
fn go_sumdb_accepts_the_log() {
    accepts(Verifier::GoSumdb);
}

#[test]
fn go_sumdb_finds_every_change() {
    finds_every_change(Verifier::GoSumdb);
}

#[test]
fn tlog_scales_accepts_the_log() {
    accepts(Verifier::TlogScales);
}

#[test]
fn tlog_scales_finds_every_change() {
    finds_every_change(Verifier::TlogScales);
}

/// tlog-proofs are one text for one leaf of one tree, so two programs that know nothing of each
/// other must write the same bytes. `extra` is ours alone.
#[test]
fn tlog_scales_makes_the_receipts_that_the_hub_made() {
    let size = produced::newest().size();
    let mut at_newest = 0;
    for index in produced::receipts() {
        let ours = Receipt { extra: Vec::new(), ..produced::receipt(index) };
        let log = produced::as_of(&ours.checkpoint);
        let mut program = Command::new(tools::python().join("tlog-tiles"));
        program.arg("gen-proof").arg(log.path()).arg(index.to_string());
        let made = program.output().expect("tlog-tiles starts");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        assert_eq!(String::from_utf8_lossy(&made.stdout), ours.to_string(), "leaf {index}");
        at_newest += usize::from(ours.to_string().contains(&format!("\n{size}\n")));
    }
    assert!(at_newest > 0, "the last receipt is under the newest checkpoint");
}

#[test]
fn aics_tlog_accepts_the_log() {
    accepts(Verifier::AicsTlog);
}

#[test]
fn aics_tlog_finds_every_change() {
    finds_every_change(Verifier::AicsTlog);
}

/// The static folder that the hub serves is the one that is exported, for two foreign libraries and
/// for a client without any.
#[test]
fn the_log_is_served_as_a_static_folder() {
    let (evidence, hub) = produced::served();
    let url = hub.tiles_url().expect("it serves its log");
    for verifier in [Verifier::TlogScales, Verifier::AicsTlog] {
        let from_folder = verifier.check(evidence.path());
        let over_http = verifier.check_over_http(evidence.path(), &url);
        assert!(over_http.is_ok(), "{verifier:?}: {over_http:?}");
        assert_eq!(over_http, from_folder, "{verifier:?}");
    }
    answers_as_exported(&url, &evidence.path().join("log"));
    refuses_the_rest(&url, &evidence.path().join("log"));
}

fn answers_as_exported(url: &str, log: &Path) {
    let ask = |line: &str| web::ask(url, line);
    let exported = |path: &str| fs::read(log.join(path)).expect("it was exported");
    let (checkpoint, full) = (exported("checkpoint"), exported("tile/0/000"));
    let found = ask("GET /checkpoint HTTP/1.1");
    assert_eq!((found.code, found.body.as_slice()), (200, checkpoint.as_slice()));
    assert_eq!(found.field("content-type"), "text/plain; charset=utf-8");
    assert_eq!(found.field("cache-control"), "no-store");
    let found = ask("GET /tile/0/000 HTTP/1.1");
    assert_eq!((found.code, found.body.as_slice()), (200, full.as_slice()));
    assert_eq!(found.field("content-type"), "application/octet-stream");
    assert!(found.field("cache-control").contains("immutable"), "{found:?}");
    assert_eq!(ask("GET /tile/entries/001 HTTP/1.1").body, exported("tile/entries/001"));
    let narrow = ask("GET /tile/0/000.p/7 HTTP/1.1");
    assert_eq!(Some(narrow.body.as_slice()), full.get(..7 * 32), "an older, narrower tile");
    assert!(!narrow.field("cache-control").contains("immutable"), "{narrow:?}");
    let head = ask("HEAD /tile/0/000 HTTP/1.1");
    assert_eq!((head.code, head.body.len(), head.field("content-length")), (200, 0, "8192"));
}

fn refuses_the_rest(url: &str, log: &Path) {
    let ask = |line: &str| web::ask(url, line);
    let note = Note::parse(&fs::read(log.join("checkpoint")).expect("it was exported"));
    let note = note.expect("a note");
    let size = Checkpoint::parse(note.text()).expect("a checkpoint").size();
    let (last, width) = (size / 256, size % 256);
    assert_eq!(ask(&format!("GET /tile/0/{last:03}.p/{width} HTTP/1.1")).code, 200);
    for (line, status) in [
        (format!("GET /tile/0/{last:03}.p/{} HTTP/1.1", width + 1), 404),
        (format!("GET /tile/entries/{last:03}.p/{} HTTP/1.1", width + 1), 404),
        (format!("GET /tile/0/{:03} HTTP/1.1", last + 1), 404),
        ("GET /tile/7/000 HTTP/1.1".to_owned(), 404),
        ("GET /tile/64/000 HTTP/1.1".to_owned(), 404),
        ("GET /tile/0/0 HTTP/1.1".to_owned(), 404),
        ("GET //checkpoint HTTP/1.1".to_owned(), 404),
        ("GET /../hub.toml HTTP/1.1".to_owned(), 404),
        ("GET / HTTP/1.1".to_owned(), 404),
        ("POST /checkpoint HTTP/1.1".to_owned(), 405),
        ("DELETE /tile/0/000 HTTP/1.1".to_owned(), 405),
        ("nonsense".to_owned(), 400),
        (format!("GET /{} HTTP/1.1", "x".repeat(100_000)), 431),
    ] {
        let found = ask(&line);
        let line = line.get(..40.min(line.len())).unwrap_or_default();
        assert_eq!(found.code, status, "{line}: {found:?}");
        assert!(status == 431 || status == 400 || found.field("cache-control") == "no-store");
    }
}

#[test]
fn sigstore_accepts_checkpoints_and_receipts() {
    accepts(Verifier::Sigstore);
}

#[test]
fn sigstore_finds_every_change() {
    finds_every_change(Verifier::Sigstore);
}

/// Somebody who has exported a log notices, with nothing else in hand, when the hub is set back
/// and goes on differently: first that it shrank, then that it forked.
#[tokio::test(flavor = "multi_thread")]
async fn an_export_refuses_a_log_that_was_set_back() {
    let mut hub = HubProcess::start();
    let (log, copy) = (hub.folder("exported"), hub.folder("copy"));
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    assert!(hub.terminate().success(), "the hub stops when asked");
    hub.back_up(&copy);
    hub.launch().expect("it starts again");
    produced::complain(&office, 2).await;
    let exported = Exporter::new(&hub, "before").export(&log);
    assert!(exported.status.success(), "{exported:?}");
    let known = fs::read(log.join("checkpoint")).expect("it was exported");

    assert!(hub.terminate().success(), "the hub stops when asked");
    hub.restore(&copy);
    hub.launch().expect("nobody else remembers: it starts");
    let person = Exporter::new(&hub, "after");
    person.must_refuse(&log, "leaves and now shows");
    let other = hub.office("ihec", "geo-bas").enrolled().await;
    produced::complain(&other, 3).await;
    person.must_refuse(&log, "one tree is not the beginning of the other");
    assert_eq!(person.contradictions(), 2, "both are kept");
    assert_eq!(fs::read(log.join("checkpoint")).expect("it is there"), known, "as it was");
}

/// Follows the log that the hub produced, and refuses everything that its key signs beside it: a
/// larger tree of another history, a smaller one, and another one of the same size.
fn cosigns_one_history_only(maker: Maker) {
    let log = produced::in_the_wrong_hands();
    let [older, newest] = produced::notes();
    let size = produced::newest().size();
    assert_eq!(log.checkpoint(size), produced::newest(), "these are the hub's leaves");
    let key = produced::log_key();
    let witness = AskedWitness::start(maker, &key);
    let ask = |old_size, proof, note: &Note| AddCheckpoint { old_size, proof, note: note.clone() };
    let first = ask(0, vec![], &older);
    let held = produced::checkpoint(&older).size();
    witness.must_cosign(&first);
    let (code, known) = witness.ask(&first);
    assert_eq!((code, known.trim()), (409, held.to_string().as_str()), "the answer was lost");
    witness.must_cosign(&ask(held, log.consistency(held, size), &newest));
    witness.must_cosign(&ask(size, vec![], &newest));

    assert!(!witness.keeps(&produced::newest()), "nothing is held against the log yet");
    let mut forged = log.branch(held);
    let other = log.leaves().first().expect("the log is not empty");
    while forged.size() < size + 9 {
        forged.push(other.clone());
    }
    let larger = ask(size, forged.consistency(size, size + 9), &forged.note(size + 9, [], 0));
    let (code, why) = witness.ask(&larger);
    assert_eq!(code, 422, "a larger tree of another history: {why}");
    let (code, known) = witness.ask(&ask(held, vec![], &older));
    assert_eq!((code, known.trim()), (409, size.to_string().as_str()), "the log set back");
    let (code, why) = witness.ask(&ask(size, vec![], &older));
    assert_eq!(code, 400, "a tree smaller than what is said to be known: {why}");
    let same_size = ask(size, vec![], &forged.note(size, [], 0));
    let (code, why) = witness.ask(&same_size);
    assert_eq!(code, 422, "another tree of the same size: {why}");
    for size in [size, size + 9] {
        assert!(witness.keeps(&forged.checkpoint(size)), "{maker:?} keeps the forgery of {size}");
    }
}

#[test]
fn a_witness_of_others_cosigns_one_history_only() {
    cosigns_one_history_only(Maker::Aics);
}

#[test]
fn our_witness_cosigns_one_history_only() {
    cosigns_one_history_only(Maker::Barid);
}

/// Waits for what the hub says of its witnesses.
fn until_it_says(hub: &HubProcess, what: &str, times: usize) {
    let started = Instant::now();
    while hub.said().matches(what).count() < times {
        assert!(started.elapsed() < PATIENCE, "never: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The witness of others stands between the hub and its receipts: nothing is receipted without its
/// line, and nothing is signed after the hub was set back behind what it has cosigned.
#[tokio::test(flavor = "multi_thread")]
async fn a_hub_is_held_to_its_word_by_a_witness_of_others() {
    const CONFIRMED: &str = "witnesses confirm the log";
    let mut witness = None;
    let mut hub = HubProcess::start_with_policy(|log| {
        let key = log.first().expect("the log has a key");
        witness.insert(AskedWitness::start(Maker::Aics, key)).policy_lines()
    });
    until_it_says(&hub, CONFIRMED, 1);
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let copy = hub.folder("copy");
    assert!(hub.terminate().success(), "the hub stops when asked");
    hub.back_up(&copy);
    hub.launch().expect("it starts again");
    until_it_says(&hub, CONFIRMED, 2);
    let filed = produced::complain(&office, 1).await;
    let cosigned = &filed.first().expect("one was filed").verified.witnessed.cosigned;
    assert_eq!(cosigned.first().map(|one| one.witness.as_str()), Some("observer"));

    assert!(hub.terminate().success(), "the hub stops when asked");
    hub.restore(&copy);
    hub.launch().expect("by itself it looks sound");
    until_it_says(&hub, "the log was set back", 1);
    let refused = hub.office("ihec", "geo-bas").client.enrol_key(KeyPurpose::Seal).await;
    assert!(matches!(refused, Err(ClientError::Refused(_))), "{refused:?}");
}

/// Go's standard library, which shares nothing with ours, seals and opens the same bytes.
#[test]
fn go_opens_what_was_sealed() {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("../proto/vectors/sealed.json");
    let ended = tools::go_run("sealed", &vectors).output().expect("Go starts");
    let said = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success(), "{said}{}", String::from_utf8_lossy(&ended.stderr));
    assert_eq!(said.trim(), "5 documents, 2 wrapped keys");
}
