//! How much: sizes, quotas, disks that fill up, memory.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::FileExt as _;
use std::time::{Duration, Instant};

use barid_client::draft::HashedDocument;
use barid_client::proto::chunk::CHUNK_BYTES;
use barid_client::proto::v1::Reason;
use barid_tests::{HubProcess, Person};
use tempfile::TempDir;

use super::{digest, kept, put, reason, succeeded, written};

/// A disk with room for a hub, its plugins and some documents.
const DISK_MEGABYTES: u32 = 256;
/// Memory that carrying a document may cost, in KiB.
const GROWTH_MAX_KIB: u64 = 64 * 1024;

/// The most memory a process ever held, in KiB; 0 for one that is ending.
fn peak_kib(process: u32) -> u64 {
    let told = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = told.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn quotas_and_sizes_are_told_before_a_byte_is_sent() {
    let settings = "[documents]\nreserve_bytes = 0\nmax_bytes = 4000000\nquota_bytes = 5000000\n";
    let hub = HubProcess::start_with(settings);
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let folder = TempDir::new().unwrap();
    let upload = async |size| {
        let path = written(folder.path(), size);
        office.client.upload(&path, &mut |_, _| {}).await
    };
    assert_eq!(reason(upload(4_000_001).await), Reason::TooLarge);
    upload(3_000_000).await.unwrap();
    assert_eq!(reason(upload(2_000_001).await), Reason::QuotaUsed);
    upload(2_000_000).await.unwrap();
    // Another institution has its own.
    let other = hub.office("ejp", "registry").enrolled().await;
    let path = written(folder.path(), 2_500_000);
    other.client.upload(&path, &mut |_, _| {}).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_stops_an_upload_which_goes_on_when_there_is_room() {
    let hub = HubProcess::start_on_small_disk(DISK_MEGABYTES);
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let folder = TempDir::new().unwrap();
    let path = written(folder.path(), 8 * CHUNK_BYTES);
    let ballast = hub.data_folder().join("ballast");
    let mut filling = File::create(&ballast).unwrap();
    while filling.write_all(&[7; 4096]).is_ok() {}
    // Room for half of it.
    let full = filling.metadata().unwrap().len();
    filling.set_len(full - 4 * CHUNK_BYTES).unwrap();
    drop(filling);
    let hashed = HashedDocument::at(&path).unwrap();
    let refused = office.client.upload_hashed(&path, &hashed, &mut |_, _| {}).await;
    assert_eq!(reason(refused), Reason::HubFull);
    let held = office.client.stat(hashed.sha256).await.unwrap().held_bytes;
    assert!((CHUNK_BYTES..=4 * CHUNK_BYTES).contains(&held), "{held}");
    fs::remove_file(&ballast).unwrap();
    let mut from = None;
    let mut progress = |done: u64, _| from = Some(from.unwrap_or(done));
    office.client.upload_hashed(&path, &hashed, &mut progress).await.unwrap();
    assert!(from >= Some(held / CHUNK_BYTES * CHUNK_BYTES), "{from:?} of {held}");
}

#[test]
fn memory_does_not_grow_with_a_document() {
    let wanted = std::env::var("BARID_EXHIBIT_GIB").ok().and_then(|gib| gib.parse().ok());
    let gib: u64 = wanted.unwrap_or(2);
    let hub = HubProcess::start();
    let person = Person::of(&hub, "office", "ihec", "geo-nin");
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("video");
    // Zeros, and something here and there, so that no byte has to be written before.
    let file = File::create(&path).unwrap();
    file.set_len(gib << 30).unwrap();
    for mark in 0..gib * 4 {
        file.write_all_at(b"a frame", mark << 28 | 4711).unwrap();
    }
    let before = peak_kib(hub.id());
    let since = Instant::now();
    let mut client = put(&person, &path);
    let mut client_peak = 0;
    while client.try_wait().unwrap().is_none() {
        client_peak = client_peak.max(peak_kib(client.id()));
        std::thread::sleep(Duration::from_millis(50));
    }
    succeeded(&client.wait_with_output().unwrap());
    let grown = peak_kib(hub.id()) - before;
    println!(
        "{gib} GiB up in {:.1} s: the hub's peak memory grew by {grown} KiB to {} KiB, the \
         client's was {client_peak} KiB",
        since.elapsed().as_secs_f64(),
        before + grown,
    );
    assert!(grown < GROWTH_MAX_KIB && client_peak < GROWTH_MAX_KIB);
    let kept = kept(&hub, &digest(&path));
    assert_eq!(fs::metadata(kept).unwrap().len(), gib << 30);
}
