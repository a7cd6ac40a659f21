//! Sealed exhibits: a video that the hub never sees, opened by its recipients and, as a court
//! orders, by a third institution; and everything that must not open, each with its own reason.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a broken rig fails")]

#[path = "sealed/search.rs"]
mod search;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use barid_client::client::CaseName;
use barid_client::draft::HashedDocument;
use barid_client::error::{LocalError, SealedFault};
use barid_client::proto::sealed::wrap::{self, Bound};
use barid_client::proto::sealed::{DocumentKey, SEGMENT_BYTES, SealedError, UnsealingKey};
use barid_client::proto::v1::{DataClass, FilingKind, KeyWrap};
use barid_client::sealing::{self, SealedDocument};
use barid_client::source::{Machine, Source as _};
use barid_client::{ClientError, Draft};
use barid_tests::person::told;
use barid_tests::{HubProcess, Link, Person, ScriptedOffice, programs};

use search::Windows;

const APPEAL: &str = "plugins/ihec/testdata/appeal-filed.json";
const RULING: &str = "plugins/ejp/testdata/ruling.xml";
/// What people call the video: as secret as the video.
const TITLE: &str = "شاهد المحطة 110204 زينب.mp4";
const PLAIN: usize = 3 * 1024 * 1024 + 4711;

/// A document without any two equal windows.
fn video(folder: &Path, name: &str, length: usize, seed: u64) -> PathBuf {
    let mut dice = seed;
    let mut word = || {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice ^ (dice >> 29)).to_be_bytes()
    };
    let bytes: Vec<u8> = (0..length.div_ceil(8)).flat_map(|_| word()).take(length).collect();
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Files the appeal with a sealed exhibit, and more; the case, and the exhibit's digest.
fn filed(person: &Person, video: &Path, more: &[&str]) -> (String, String) {
    let appeal = programs::root().join(APPEAL);
    let mut line = vec!["submit", path(&appeal), "--format", "ihec/appeal+json"];
    line.extend(["--kind", "appeal-filed", "--to", "ejp/registry", "--data-class", "synthetic"]);
    line.extend(["--sealed-exhibit", path(video)]);
    line.extend(more);
    let value = told(&person.barid(line));
    let case = value["case_id"].as_str().unwrap().to_owned();
    let docket = told(&person.barid(["docket", "show", &case]));
    let readers = &docket["docket"][0]["access"]["readers"];
    let digest = readers[0]["sealed_exhibits"][0].as_str().unwrap().to_owned();
    (case, digest)
}

#[test]
fn a_video_is_sealed_opened_and_opened_to_a_third_institution_by_order() {
    let hub = HubProcess::start();
    let office = Person::clerk(&hub, "ihec", "geo-nin");
    let panel = Person::clerk(&hub, "ejp", "registry");
    let court = Person::clerk(&hub, "fsc", "registry");
    let folder = tempfile::tempdir().unwrap();
    let video = video(folder.path(), TITLE, PLAIN, 1);
    let plain = fs::read(&video).unwrap();
    let (case, digest) = filed(&office, &video, &["--confidentiality", "sealed"]);

    let opened = folder.path().join("opened.mp4");
    for person in [&office, &panel] {
        let told = told(&person.barid(["exhibit", "open", &case, &digest, path(&opened)]));
        assert_eq!(told["title"], TITLE);
        assert_eq!(told["media_type"], "video/mp4");
        assert!(fs::read(&opened).unwrap() == plain, "it is the video");
        fs::remove_file(&opened).unwrap();
    }
    // Before the order the court gets not even the ciphertext.
    let taken = folder.path().join("taken");
    assert!(!court.barid(["exhibit", "get", &digest, path(&taken)]).status.success());

    let ruling = programs::root().join(RULING);
    let order = told(&panel.barid([
        "submit",
        path(&ruling),
        "--format",
        "ejp/ruling+akn",
        "--kind",
        "ruling-issued",
        "--to",
        "ihec/geo-nin",
        "--case",
        &case,
        "--data-class",
        "synthetic",
    ]));
    let order = order["filed"]["envelope_digest"].as_str().unwrap().to_owned();
    told(&panel.barid([
        "access",
        "grant",
        &case,
        &digest,
        "--to",
        "fsc/registry",
        "--order",
        &order,
        "--order-number",
        "ejp:17/2025",
        "--reason",
        "for the suit 5",
    ]));
    told(&court.barid(["exhibit", "open", &case, &digest, path(&opened)]));
    assert!(fs::read(&opened).unwrap() == plain, "it is the video");

    // The record: who, from where on, by which order.
    let docket = told(&office.barid(["docket", "show", &case]));
    let granted = &docket["docket"][2]["access"];
    assert_eq!(granted["readers"][0]["office"], "fsc/registry");
    assert_eq!(granted["readers"][0]["sealed_exhibits"][0], digest.as_str());
    assert_eq!(granted["order"]["filing"], order.as_str());
    assert_eq!(granted["order"]["act"]["number"], "17/2025");
    let shown = office.told("ar", ["docket", "show", &case]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("منح الاطلاع على مستمسكات مختومة"), "{shown}");
    nobody_else_opens_it(&hub, &court, &case, &digest, &opened);
}

/// Who reads for the institution without a key of its own; and who lost it.
fn nobody_else_opens_it(hub: &HubProcess, court: &Person, case: &str, digest: &str, opened: &Path) {
    fs::remove_file(opened).unwrap();
    let national = Person::of(hub, "national", "ihec", "national");
    let open = ["exhibit", "open", case, digest, path(opened)];
    assert!(national.refused("en", &open).contains("not given access"));
    assert!(national.refused("ckb", &open).contains("دەستگەیشتن بەم نووسینگەیە نەدراوە"));
    // What it may not have does not keep it from proving the case.
    let bundle = opened.with_extension("barid");
    told(&national.barid(["bundle", case, "--documents", "--output", path(&bundle)]));
    fs::remove_file(court.profile().join("unsealing.pem")).unwrap();
    assert!(court.refused("ar", &open).contains("خُتم لمفتاح هذا المكتب"));
    told(&court.barid(["key", "new", "--for", "sealing"]));
    assert!(court.refused("en", &open).contains("which is not here"));
    // A stranger to the case learns of neither.
    let stranger = Person::of(hub, "stranger", "cassation", "registry");
    assert!(stranger.refused("en", &open).contains("REASON_NOT_FOUND"));
    assert!(!opened.exists(), "nothing was left behind");
}

#[test]
fn whoever_breaks_into_the_hub_finds_no_plaintext() {
    let hub = HubProcess::start();
    let office = Person::clerk(&hub, "ihec", "geo-nin");
    let _panel = Person::clerk(&hub, "ejp", "registry");
    let folder = tempfile::tempdir().unwrap();
    let secret = video(folder.path(), TITLE, PLAIN, 2);
    let open = video(folder.path(), "log book.mp4", SEGMENT_BYTES, 3);
    filed(&office, &secret, &["--exhibit", path(&open)]);

    // Another, of which a part lies at the hub when its sender's machine dies.
    let unfinished = video(folder.path(), "unfinished.mp4", 2 * PLAIN, 4);
    let link = Link::to(hub.address());
    office.goes_through(&link);
    let appeal = programs::root().join(APPEAL);
    let mut submit = office.command([
        "submit",
        path(&appeal),
        "--format",
        "ihec/appeal+json",
        "--kind",
        "appeal-filed",
        "--to",
        "ejp/registry",
        "--data-class",
        "synthetic",
        "--sealed-exhibit",
        path(&unfinished),
    ]);
    let mut client = submit.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let since = Instant::now();
    while link.up() < PLAIN as u64 / 2 {
        assert!(since.elapsed() < Duration::from_secs(60), "it never began");
        std::thread::sleep(Duration::from_millis(1));
    }
    client.kill().unwrap();
    client.wait().unwrap();

    let mut windows = Windows::default();
    for plain in [&secret, &unfinished] {
        windows.add(&fs::read(plain).unwrap());
    }
    windows.add(TITLE.as_bytes());
    let searched = windows.none_in(&hub.data_folder());
    assert!(searched > 2 * PLAIN as u64, "{searched} bytes, less than was uploaded");
    // The search finds what is there.
    let mut windows = Windows::default();
    windows.add(&fs::read(&open).unwrap());
    assert!(windows.found_in(&hub.data_folder()).is_some(), "the exhibit in the clear");
    assert!(windows.found_in(&office.profile().join("office/sealing")).is_none());
}

/// Changes a sealed document as a sender with bad intent would, before it is hashed and signed.
fn changed(sealed: &mut SealedDocument, at: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(at).unwrap();
    change(&mut bytes);
    fs::write(at, bytes).unwrap();
    sealed.ciphertext = HashedDocument::at(at).unwrap();
}

fn wrapped(
    office: &ScriptedOffice,
    panel: &ScriptedOffice,
    key: &UnsealingKey,
    documents: &[([u8; 32], &DocumentKey)],
) -> KeyWrap {
    let (sender, recipient) = (&office.address, &panel.address);
    let bound = Bound { origin: office.client.origin(), sender, recipient };
    let mut random = zeroize::Zeroizing::new([0; wrap::RANDOM_BYTES]);
    Machine.fill(random.as_mut_slice()).unwrap();
    wrap::wrap(bound, key.public_key(), documents, &random).unwrap()
}

/// How a sender cheats, and what its recipient is told.
enum Cheat {
    Swapped,
    Truncated,
    InTheClear,
    OtherKey,
    OtherDocument,
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_open_says_why() {
    let hub = HubProcess::start();
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let panel = hub.office("ejp", "registry").enrolled().await;
    let key = UnsealingKey::from_seed(zeroize::Zeroizing::new([7; 32])).unwrap();
    panel.client.enrol_unsealing_key(key.public_key(), None).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (number, (cheat, reason)) in [
        (Cheat::Swapped, SealedError::Segment(1)),
        (Cheat::Truncated, SealedError::Segment(2)),
        (Cheat::InTheClear, SealedError::NotSealed),
        (Cheat::OtherKey, SealedError::OtherKey),
        (Cheat::OtherDocument, SealedError::Wrap),
    ]
    .into_iter()
    .enumerate()
    {
        let plain = video(folder.path(), "plain", 4 * SEGMENT_BYTES, number as u64);
        let at = folder.path().join("sealed");
        let mut sealed = sealing::seal_at(&plain, &at, &Machine).unwrap();
        let segment = SEGMENT_BYTES;
        match cheat {
            Cheat::Swapped => changed(&mut sealed, &at, |bytes| {
                bytes[segment..3 * segment].rotate_left(segment);
            }),
            Cheat::Truncated => changed(&mut sealed, &at, |bytes| bytes.truncate(3 * segment)),
            Cheat::InTheClear => changed(&mut sealed, &at, |bytes| bytes[..16].fill(b' ')),
            Cheat::OtherKey | Cheat::OtherDocument => {}
        }
        let digest = sealed.ciphertext.sha256;
        let other = DocumentKey::new([9; 32]);
        let mut wraps = match cheat {
            Cheat::OtherKey => wrapped(&office, &panel, &key, &[(digest, &other)]),
            Cheat::OtherDocument => wrapped(&office, &panel, &key, &[([1; 32], &sealed.key)]),
            _ => wrapped(&office, &panel, &key, &[(digest, &sealed.key)]),
        };
        wraps.keys[0].sha256 = digest.to_vec();
        let draft = Draft::new(FilingKind::AppealFiled)
            .to("ejp", "registry")
            .data_class(DataClass::Synthetic)
            .exhibit(sealed.described, sealed.ciphertext)
            .wraps(vec![wraps]);
        let filed = office.file_document(draft, "ihec/appeal+json", APPEAL).await;
        let case = CaseName::Id(filed.receipt.case_id.as_slice().try_into().unwrap());
        let to = folder.path().join("opened");
        let keys = std::slice::from_ref(&key);
        let opened = panel.client.open_exhibit(case, digest, keys, &to, &mut |_, _| {}).await;
        let Err(ClientError::Local(LocalError::Sealed(SealedFault::Sealed(why)))) = opened else {
            unreachable!("{reason}: {opened:?}");
        };
        assert_eq!(why, reason);
        assert!(!to.exists(), "{reason}");
    }
}
