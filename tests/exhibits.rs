//! Documents of any size: over links that break at any byte, between processes that are killed, on
//! disks that rot and fill up.
//!
//! `BARID_EXHIBIT_SEED` (where things break) and `BARID_EXHIBIT_GIB` (the size of the large one)
//! make it different or longer.

#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a broken rig fails")]

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Output, Stdio};
use std::time::{Duration, Instant};

use barid_client::ClientError;
use barid_client::draft::HashedDocument;
use barid_client::hex;
use barid_client::proto::chunk::CHUNK_BYTES;
use barid_client::proto::v1::Reason;
use barid_tests::{HubProcess, Link, Person, ScriptedOffice};
use tempfile::TempDir;

/// A document that is cut a good twenty times.
const LONG: u64 = 56 * CHUNK_BYTES + 4711;
/// How often.
const CUTS: u64 = 21;
/// What may be under way when something breaks: HTTP/2's window of a stream, and the parts that the
/// hub has taken from it and not written yet.
const UNDER_WAY: u64 = 2 * CHUNK_BYTES;
/// Far longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(120);
/// Memory that carrying a document may cost, in KiB.
const GROWTH_MAX_KIB: u64 = 64 * 1024;

/// Knuth's linear congruential generator: only its upper bits are dice.
struct Dice(u64);

impl Dice {
    fn new() -> Self {
        let seed = std::env::var("BARID_EXHIBIT_SEED").ok().and_then(|seed| seed.parse().ok());
        Self(seed.unwrap_or(1))
    }

    fn below(&mut self, max: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % max
    }
}

/// A document none of whose chunks is like another.
fn written(folder: &Path, size: u64) -> PathBuf {
    let path = folder.join("document");
    let mut dice = Dice(size);
    let words = (0..size.div_ceil(8)).flat_map(|_| dice.below(u64::MAX).to_le_bytes());
    let bytes: Vec<u8> = words.take(usize::try_from(size).unwrap()).collect();
    fs::write(&path, bytes).unwrap();
    path
}

fn digest(path: &Path) -> String {
    hex::encode(&HashedDocument::at(path).unwrap().sha256)
}

/// Where the hub keeps a complete document.
fn kept(hub: &HubProcess, digest: &str) -> PathBuf {
    let (first, rest) = digest.split_at(2);
    hub.data_folder().join("documents/sha256").join(first).join(rest)
}

fn flip(path: &Path, at: u64) {
    let file = File::options().read(true).write(true).open(path).unwrap();
    let mut byte = [0];
    file.read_exact_at(&mut byte, at).unwrap();
    file.write_all_at(&[byte[0] ^ 8], at).unwrap();
}

fn put(person: &Person, document: &Path) -> Child {
    let mut barid = person.command(["exhibit", "put", document.to_str().unwrap()]);
    barid.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("barid starts")
}

fn succeeded(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", output.status);
}

/// Until `there` gives something.
fn wait_for<T>(what: &str, mut there: impl FnMut() -> Option<T>) -> T {
    let since = Instant::now();
    loop {
        if let Some(found) = there() {
            return found;
        }
        assert!(since.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// The most memory a process ever held, in KiB; 0 for one that is ending.
fn peak_kib(process: u32) -> u64 {
    let told = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = told.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or(0)
}

#[test]
fn an_upload_survives_the_death_of_hub_client_and_link_at_any_byte() {
    let mut hub = HubProcess::start();
    let link = Link::to(hub.address());
    let person = Person::of(&hub, "office", "ihec", "geo-nin");
    person.goes_through(&link);
    let folder = TempDir::new().unwrap();
    let path = written(folder.path(), LONG);
    let mut dice = Dice::new();
    let mut client = put(&person, &path);
    for cut in 0..CUTS {
        let at = link.up() + CHUNK_BYTES + dice.below(3 * CHUNK_BYTES);
        if cut % 3 == 0 {
            link.break_at_up(at);
        }
        wait_for("the next bytes", || (link.up() >= at).then_some(()));
        match cut % 3 {
            0 => {}
            1 => {
                client.kill().unwrap();
                client.wait().unwrap();
                client = put(&person, &path);
            }
            _ => {
                hub.kill9();
                hub.launch().expect("it starts again on its data");
            }
        }
        if let Some(ended) = client.try_wait().unwrap() {
            panic!("the client gave up after cut {cut}: {ended}");
        }
    }
    let output = client.wait_with_output().unwrap();
    succeeded(&output);
    let sent = link.up();
    println!("{LONG} bytes, {CUTS} cuts: {sent} bytes sent");
    assert!(sent < LONG + CUTS * UNDER_WAY + LONG / 50, "{sent} bytes were sent for {LONG}");
    let kept = fs::read(kept(&hub, &digest(&path))).unwrap();
    assert!(kept == fs::read(&path).unwrap(), "the hub holds other bytes");
}

#[test]
fn a_download_goes_on_at_any_byte_and_fetches_a_wrong_chunk_alone() {
    let hub = HubProcess::start();
    let link = Link::to(hub.address());
    let person = Person::of(&hub, "office", "ihec", "geo-nin");
    let folder = TempDir::new().unwrap();
    let path = written(folder.path(), LONG);
    succeeded(&put(&person, &path).wait_with_output().unwrap());
    person.goes_through(&link);
    let mut dice = Dice::new();
    let target = folder.path().join("fetched");
    let digest = digest(&path);
    let get = ["exhibit", "get", digest.as_str(), target.to_str().unwrap()];
    let mut client = person.command(get).stdout(Stdio::null()).spawn().unwrap();
    for cut in 0..CUTS {
        let at = link.down() + CHUNK_BYTES + dice.below(2 * CHUNK_BYTES);
        if cut % 2 == 0 {
            link.break_at_down(at);
        }
        wait_for("the next bytes", || (link.down() >= at).then_some(()));
        if cut % 2 == 1 {
            client.kill().unwrap();
            client.wait().unwrap();
            // What lies on the office's disk may rot, too.
            let part = target.with_added_extension("part");
            if cut == 5 {
                flip(&part, fs::metadata(&part).unwrap().len() - CHUNK_BYTES / 2);
            }
            client = person.command(get).stdout(Stdio::null()).spawn().unwrap();
        }
    }
    assert!(client.wait().unwrap().success());
    assert!(fs::read(&target).unwrap() == fs::read(&path).unwrap(), "other bytes came");
    let received = link.down();
    println!("{LONG} bytes, {CUTS} cuts: {received} bytes received");
    assert!(received < LONG + (CUTS + 2) * UNDER_WAY + LONG / 50, "{received} for {LONG}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_changes_while_it_is_sent_is_named() {
    let hub = HubProcess::start();
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let folder = TempDir::new().unwrap();
    let path = written(folder.path(), 6 * CHUNK_BYTES);
    let hashed = HashedDocument::at(&path).unwrap();
    flip(&path, 3 * CHUNK_BYTES + 5);
    let client = &office.client;
    let changed = client.upload_hashed(&path, &hashed, &mut |_, _| {}).await.unwrap_err();
    assert!(changed.to_string().contains("changed while it was being sent"), "{changed}");
    assert_eq!(client.stat(hashed.sha256).await.unwrap().held_bytes, 3 * CHUNK_BYTES);
    // Changed back, only what is missing is sent.
    flip(&path, 3 * CHUNK_BYTES + 5);
    let mut from = None;
    let mut progress = |done: u64, _| from = Some(from.unwrap_or(done).min(done));
    client.upload_hashed(&path, &hashed, &mut progress).await.unwrap();
    assert_eq!(from, Some(3 * CHUNK_BYTES));
    let told = client.stat(hashed.sha256).await.unwrap();
    assert_eq!((told.complete, told.chunk_root), (true, hashed.chunks.root().to_vec()));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_what_others_hold() {
    let hub = HubProcess::start();
    let link = Link::to(hub.address());
    let folder = TempDir::new().unwrap();
    let path = written(folder.path(), 5 * CHUNK_BYTES);
    let north = Person::of(&hub, "north", "ihec", "geo-nin");
    succeeded(&put(&north, &path).wait_with_output().unwrap());
    let other = hub.office("ejp", "registry").enrolled().await;
    let hashed = HashedDocument::at(&path).unwrap();
    let told = other.client.stat(hashed.sha256).await.unwrap();
    assert_eq!((told.complete, told.held_bytes, told.size_bytes), (false, 0, 0));
    assert_eq!(reason(other.client.fetch(hashed.sha256, 99).await), Reason::NotFound);
    // Whoever names a digest has to have the bytes: all of them.
    let panel = Person::of(&hub, "panel", "ejp", "registry");
    panel.goes_through(&link);
    succeeded(&put(&panel, &path).wait_with_output().unwrap());
    assert!(link.up() > 5 * CHUNK_BYTES, "{} bytes prove nothing", link.up());
    assert!(other.client.stat(hashed.sha256).await.unwrap().complete);
    // Within an institution it is held once, for all its offices.
    let before = link.up();
    let south = Person::of(&hub, "south", "ihec", "geo-bas");
    south.goes_through(&link);
    succeeded(&put(&south, &path).wait_with_output().unwrap());
    assert!(link.up() - before < CHUNK_BYTES);
}

fn reason<T: std::fmt::Debug>(answer: Result<T, ClientError>) -> Reason {
    match answer {
        Err(ClientError::Refused(refusal)) => refusal.reason,
        other => panic!("not refused: {other:?}"),
    }
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
    let hub = HubProcess::start_on_small_disk(32);
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let folder = TempDir::new().unwrap();
    let path = written(folder.path(), 8 * CHUNK_BYTES);
    let ballast = hub.data_folder().join("ballast");
    let mut filling = File::create(&ballast).unwrap();
    while filling.write_all(&[7; 4096]).is_ok() {}
    // Room for half of it.
    let full = filling.metadata().unwrap().len();
    filling.set_len(full - 4 * CHUNK_BYTES).unwrap();
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

#[tokio::test(flavor = "multi_thread")]
async fn rot_is_named_and_filed_again_or_restored_from_the_second_copy() {
    let mut hub = HubProcess::start_with("[documents]\nscrub_bytes_per_second = 0\n");
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let folder = TempDir::new().unwrap();
    let path = written(folder.path(), 4 * CHUNK_BYTES + 9);
    let (sha256, name) = (HashedDocument::at(&path).unwrap().sha256, digest(&path));
    office.client.upload(&path, &mut |_, _| {}).await.unwrap();
    flip(&kept(&hub, &name), 2 * CHUNK_BYTES);
    let target = folder.path().join("fetched");
    let failed = fetch(&office, sha256, &target).await.unwrap_err();
    assert!(matches!(&failed, ClientError::Refused(no) if no.reason == Reason::HubFailed));
    assert!(hub.said().contains("has rotted in chunk 2"), "the operator is told");
    // The office that has it is asked for it again, and mends it.
    assert!(!office.client.stat(sha256).await.unwrap().complete);
    office.client.upload(&path, &mut |_, _| {}).await.unwrap();
    fetch(&office, sha256, &target).await.unwrap();
    assert!(fs::read(&target).unwrap() == fs::read(&path).unwrap());

    // Off-line, one round names what is lost and who can bring it again.
    hub.terminate();
    flip(&kept(&hub, &name), 4 * CHUNK_BYTES + 3);
    let said = hub.scrub();
    assert!(!said.status.success());
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    for told in [name.as_str(), "chunks [4]", "LOST", "[ihec]", "1 lost"] {
        assert!(said.contains(told), "{told} is not in {said}");
    }
    flip(&kept(&hub, &name), 4 * CHUNK_BYTES + 3);

    // With a second copy there is nothing to ask for.
    let second = folder.path().join("second");
    let settings = format!(
        "[documents]\nreserve_bytes = 0\nsecond_directory = {second:?}\n\
         scrub_bytes_per_second = 1000000000\n"
    );
    hub.set(&settings);
    let said = hub.scrub();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stdout));
    assert!(String::from_utf8_lossy(&said.stdout).contains("1 restored"), "the copy is made");
    flip(&kept(&hub, &name), 7);
    hub.launch().unwrap();
    wait_for("the scrubber", || hub.said().contains("a document was restored").then_some(()));
    assert!(fs::read(kept(&hub, &name)).unwrap() == fs::read(&path).unwrap());
    flip(&second.join("sha256").join(&name[..2]).join(&name[2..]), 9);
    fetch(&office, sha256, &folder.path().join("again")).await.unwrap();
}

async fn fetch(office: &ScriptedOffice, sha256: [u8; 32], path: &Path) -> Result<u64, ClientError> {
    office.client.download(sha256, path, &mut |_, _| {}).await
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
