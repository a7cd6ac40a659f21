//! Software that nobody here wrote, run against a log that the hub produced.
//!
//! Four verifiers in three languages read the log as `barid log export` writes it, and receipts as
//! clients keep them. Each must accept what the hub made, and find a single changed bit. One of
//! them makes receipts itself: they must be ours, byte for byte.

#![expect(clippy::expect_used, reason = "what is set up must stand before it can be verified")]

#[path = "evidence/mod.rs"]
mod rig;

use std::fs;
use std::path::Path;
use std::process::Command;

use barid_client::proto::tlog::checkpoint::Checkpoint;
use barid_client::proto::tlog::note::Note;
use barid_client::proto::tlog::receipt::Receipt;
use barid_tests::HubProcess;
use rig::rollback::Exporter;
use rig::verifier::Verifier;
use rig::{change, produced, tools, web};

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
