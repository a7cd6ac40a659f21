//! What the hub acknowledged survives: a kill between any two instructions, a full disk, and, when
//! the store itself is damaged, the hub says so instead of serving it.
//!
//! `BARID_CRASHES` (how often it is killed) and `BARID_CRASH_SEED` (when) make the first longer or
//! different.

#![expect(clippy::expect_used, reason = "what is set up must stand before it can break")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use barid_client::proto::v1::filing_service_client::FilingServiceClient;
use barid_client::proto::v1::{FilingKind, GetFilingRequest, Reason, Receipt, SignedEnvelope};
use barid_tests::raw::reason;
use barid_tests::{HubProcess, RawSender, programs};

/// How often the hub is killed unless the environment says otherwise.
const CRASHES: u64 = 50;

/// Offices that file at the same time, so that a kill meets a commit of several filings.
const OFFICES: [&str; 3] = ["geo-nin", "geo-bas", "council"];

/// The longest that a hub lives before it is killed, in milliseconds: some dozens of filings.
const LIFE_MAX_MS: u64 = 300;

/// The disk that is filled: a new hub's data and some room.
const DISK_MEGABYTES: u32 = 16;

/// The store's pages, SQLite's default.
const PAGE_BYTES: usize = 4096;

/// An office under way: what was acknowledged to it, and what was not.
struct Desk {
    sender: RawSender,
    acknowledged: Vec<(SignedEnvelope, Receipt)>,
    pending: Option<Filing>,
}

/// An envelope and the document it names.
struct Filing {
    envelope: SignedEnvelope,
    form: Vec<u8>,
}

/// A form like no other: its serial number is its place in the sender's chain.
fn form(sender: &RawSender) -> Vec<u8> {
    let path = programs::root().join("plugins/ihec/testdata/form-110.json");
    let text = fs::read_to_string(path).expect("the form is there");
    let next = sender.body(FilingKind::ComplaintRegistered).sender_sequence;
    let serial = format!("{}-{next}", sender.address.office);
    text.replace("110/2025-0004711", &serial).into_bytes()
}

/// A complaint that is next in the sender's chain, and its form.
fn complaint(sender: &RawSender) -> Filing {
    let form = form(sender);
    let kind = FilingKind::ComplaintRegistered;
    let envelope = sender.seal(&sender.with_lead(kind, "ihec/form-110+json", &form));
    Filing { envelope, form }
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Files until the hub is gone; what was on its way then is sent again first thing after the
/// restart, byte for byte, as an office would.
async fn file_until_killed(mut desk: Desk) -> Desk {
    loop {
        let next = desk.pending.take();
        let filing = next.unwrap_or_else(|| complaint(&desk.sender));
        match desk.sender.submit(filing.envelope.clone(), &[&filing.form]).await {
            Ok(answer) => {
                let receipt = answer.receipt.expect("an answer has a receipt");
                desk.acknowledged.push((filing.envelope, receipt));
            }
            Err(status) => {
                let why = reason(&status);
                assert_eq!(why, Reason::Unspecified, "nothing is refused: {status}");
                desk.pending = Some(filing);
                return desk;
            }
        }
    }
}

/// Every acknowledged filing is there, envelope and receipt the same to the byte.
async fn check(desk: &Desk, from: usize) {
    let mut client = FilingServiceClient::new(desk.sender.channel.clone());
    for (envelope, receipt) in desk.acknowledged.iter().skip(from) {
        let envelope_digest = receipt.envelope_digest.clone();
        let asked =
            client.get_filing(GetFilingRequest { envelope_digest, ..Default::default() }).await;
        let filing = asked.expect("it is not lost").into_inner().filing.expect("a filing");
        assert_eq!(filing.envelope.as_ref(), Some(envelope));
        assert_eq!(filing.receipt.as_ref(), Some(receipt), "the receipt of then");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_the_hub_is_killed() {
    let mut hub = HubProcess::start();
    let mut desks = Vec::new();
    for office in OFFICES {
        let sender = RawSender::enrolled(&hub, "ihec", office).await;
        desks.push(Desk { sender, acknowledged: Vec::new(), pending: None });
    }
    let mut dice = setting("BARID_CRASH_SEED", 1);
    for crash in 1..=setting("BARID_CRASHES", CRASHES) {
        let known: Vec<usize> = desks.iter().map(|desk| desk.acknowledged.len()).collect();
        let filing: Vec<_> =
            desks.drain(..).map(|desk| tokio::spawn(file_until_killed(desk))).collect();
        // Knuth's linear congruential generator: only its upper bits are dice.
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        tokio::time::sleep(Duration::from_millis((dice >> 33) % LIFE_MAX_MS)).await;
        hub.kill9();
        for desk in filing {
            desks.push(desk.await.expect("an office does not panic"));
        }
        let started = hub.launch();
        assert_eq!(started, Ok(()), "after kill {crash} the hub starts again on its data");
        for (desk, known) in desks.iter_mut().zip(known) {
            desk.sender.reconnect(&hub).await;
            check(desk, known).await;
        }
    }
    for desk in &desks {
        check(desk, 0).await;
        assert!(!desk.acknowledged.is_empty(), "an office that filed nothing proves nothing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_said_and_survived() {
    let hub = HubProcess::start_on_small_disk(DISK_MEGABYTES);
    let sender = RawSender::enrolled(&hub, "ihec", "geo-nin").await;
    let mut desk = Desk { sender, acknowledged: Vec::new(), pending: None };
    let first = complaint(&desk.sender);
    let answer = desk.sender.submit(first.envelope.clone(), &[&first.form]).await;
    let receipt = answer.expect("there is room").receipt.expect("a receipt");
    desk.acknowledged.push((first.envelope, receipt));

    let ballast = hub.data_folder().join("ballast");
    fill(&ballast);
    let second = complaint(&desk.sender);
    let refused = desk.sender.submit(second.envelope.clone(), &[&second.form]).await;
    let status = refused.expect_err("there is no room");
    assert_eq!(reason(&status), Reason::HubFull, "{status}");
    check(&desk, 0).await;

    fs::remove_file(&ballast).expect("it was there");
    let answer = desk.sender.submit(second.envelope.clone(), &[&second.form]).await;
    let receipt = answer.expect("there is room again").receipt.expect("a receipt");
    desk.acknowledged.push((second.envelope, receipt));
    check(&desk, 0).await;
}

/// Writes until nothing more fits.
fn fill(path: &Path) {
    let mut file = fs::File::create(path).expect("the disk is ours");
    while file.write_all(&[0; 4096]).is_ok() {}
    while file.write_all(&[0]).is_ok() {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_store_is_not_served() {
    let mut hub = HubProcess::start();
    let mut sender = RawSender::enrolled(&hub, "ihec", "geo-nin").await;
    for _ in 0..20 {
        let Filing { envelope, form } = complaint(&sender);
        sender.submit(envelope, &[&form]).await.expect("it is taken in");
    }
    assert!(hub.terminate().success(), "the hub stops when asked");

    let store = largest_in(&hub.data_folder().join("store"));
    let sound = fs::read(&store).expect("the store can be read");
    let pages = sound.len() / PAGE_BYTES;
    assert!(pages > 3, "{} has pages to damage", store.display());
    let mut silent = Vec::new();
    for page in [1, pages / 2, pages - 1] {
        let mut damaged = sound.clone();
        damaged.iter_mut().skip(page * PAGE_BYTES).take(64).for_each(|byte| *byte ^= 0x5a);
        fs::write(&store, &damaged).expect("the store is ours");
        let said = hub.launch().expect_err("a damaged store is not served");
        let name = store.file_name().unwrap_or_default().to_string_lossy();
        if !said.contains(&*name) {
            silent.push(format!("page {page}: {said}"));
        }
    }
    fs::write(&store, &sound).expect("the store is ours");
    assert_eq!(hub.launch(), Ok(()), "the sound store is served again");
    assert!(silent.is_empty(), "it does not say where:\n{}", silent.join("\n"));
}

fn largest_in(folder: &Path) -> PathBuf {
    let found = fs::read_dir(folder).expect("the store is there").flatten();
    let size = |path: &PathBuf| fs::metadata(path).map(|about| about.len()).unwrap_or(0);
    found.map(|entry| entry.path()).max_by_key(size).expect("the store is not empty")
}
