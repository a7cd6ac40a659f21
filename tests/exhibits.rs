//! Documents of any size: over links that break at any byte, between processes that are killed, on
//! disks that rot and fill up.
//!
//! `BARID_EXHIBIT_SEED` (where things break) and `BARID_EXHIBIT_GIB` (the size of the large one)
//! make it different or longer.

#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a broken rig fails")]

use std::fs::{self, File};
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

#[path = "exhibits/bounds.rs"]
mod bounds;
#[path = "exhibits/bucket.rs"]
mod bucket;

/// A document that is cut a good twenty times.
const LONG: u64 = 56 * CHUNK_BYTES + 4711;
/// How often.
const CUTS: u64 = 21;
/// What may be under way when something breaks: HTTP/2's window of a stream, and the parts that the
/// hub has taken from it and not written yet.
const UNDER_WAY: u64 = 2 * CHUNK_BYTES;
/// Far longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(120);

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
        wait_for("the next bytes", || {
            // One that found no hub for too long is started again, as a person would.
            if client.try_wait().unwrap().is_some_and(|ended| !ended.success()) {
                client = put(&person, &path);
            }
            (link.up() >= at).then_some(())
        });
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
    }
    let mut output = client.wait_with_output().unwrap();
    if !output.status.success() {
        output = put(&person, &path).wait_with_output().unwrap();
    }
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
async fn a_range_is_proven_by_the_root_alone() {
    let hub = HubProcess::start();
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let link = Link::to(hub.address());
    let person = Person::of(&hub, "office", "ihec", "geo-nin");
    person.goes_through(&link);
    let folder = TempDir::new().unwrap();
    let path = written(folder.path(), 9 * CHUNK_BYTES + 100);
    let (bytes, hashed) = (fs::read(&path).unwrap(), HashedDocument::at(&path).unwrap());
    office.client.upload(&path, &mut |_, _| {}).await.unwrap();
    let (name, root) = (hex::encode(&hashed.sha256), hex::encode(&hashed.chunks.root()));
    let target = folder.path().join("range");
    let get = |from: u64, count: u64, root: Option<&str>| {
        let (from, count) = (from.to_string(), count.to_string());
        let mut get = vec!["exhibit", "get", &name, target.to_str().unwrap()];
        get.extend(["--from", &from, "--bytes", &count]);
        get.extend(root.iter().flat_map(|root| ["--root", root]));
        person.barid(get)
    };
    let said = |output: &Output| String::from_utf8_lossy(&output.stdout).replace(' ', "");
    for (from, count) in [(0, 1), (CHUNK_BYTES - 1, 2), (7 * CHUNK_BYTES + 5, 2 * CHUNK_BYTES)] {
        let got = get(from, count, Some(&root));
        succeeded(&got);
        assert!(said(&got).contains("\"proven\":true"), "{}", said(&got));
        let start = usize::try_from(from).unwrap();
        let expected = &bytes[start..start + usize::try_from(count).unwrap()];
        assert!(fs::read(&target).unwrap() == expected, "bytes {from} and {count} more");
    }
    assert!(link.down() < 7 * CHUNK_BYTES, "more came than the chunks that are needed");
    assert!(said(&get(3, 4, None)).contains("\"proven\":false"));
    for (from, count) in [(9 * CHUNK_BYTES, 101), (5, 0)] {
        assert!(!get(from, count, Some(&root)).status.success());
    }
    let refused = get(0, 1, Some(&hex::encode(&[7; 32])));
    assert!(said(&refused).contains("anotherroot"), "{}", said(&refused));
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
