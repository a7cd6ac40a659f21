//! Offices without a link: what they sign goes out on a memory stick, and receipts, refusals and
//! what was served come back on one, in any order, twice, days later.

#![expect(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a broken rig fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use barid_client::client::{Delivered, Fate, From, Packing};
use barid_client::error::{EvidenceError, HistoryFault};
use barid_client::proto::chunk::CHUNK_BYTES;
use barid_client::proto::tlog::checkpoint::Checkpoint;
use barid_client::proto::v1::{Address, Reason, StickHead, StickTree, StickWay};
use barid_client::source::Machine;
use barid_client::stick::lock::{LockTo, Opener, Passphrase};
use barid_client::stick::{Load, Pieces, StickError, read, write};
use barid_client::{ClientError, Draft};
use barid_tests::hub::ORIGIN;
use barid_tests::{HubProcess, Person, programs};
use serde_json::Value;
use tempfile::TempDir;

#[path = "sticks/desk.rs"]
mod desk;

use desk::{COMPLAINT, Desk};

fn filed(delivered: &Delivered) -> Vec<bool> {
    let fates = delivered.outcomes.iter().map(|outcome| &outcome.fate);
    fates.map(|fate| matches!(fate, Fate::Filed { .. })).collect()
}

/// The whole way by the command line; the hub is off while the office is.
#[test]
fn an_office_without_a_link_files_receives_and_acknowledges_by_stick() {
    let mut hub = HubProcess::start();
    let [north, head, council] = [("north", "geo-nin"), ("head", "national"), ("sent", "council")]
        .map(|(name, office)| Person::of(&hub, name, "ihec", office));
    for person in [&north, &head, &council] {
        done(person, &["enrol"]);
    }
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("video"), vec![5; 3 * 1024 * 1024 + 17]).unwrap();
    fs::write(path("order"), b"order of the council").unwrap();
    let carrier = done(&head, &["stick", "key"]);
    let carrier = carrier["public_key"].as_str().unwrap();

    assert!(hub.terminate().success());
    file_form(&north, "ihec/council", &path("video"), 3);
    done(&north, &["courier", "pack", &path("out"), "--to", carrier]);
    hub.launch().unwrap();
    file_form(&council, "ihec/geo-nin", &path("order"), 0);
    let told = done(&head, &["stick", "deliver", &path("out")]);
    assert_eq!(told["delivered"]["outcomes"][0]["fate"], "filed");
    let digest = told["delivered"]["outcomes"][0]["envelope_digest"].as_str().unwrap();
    let proof = head.told("en", ["bundle", digest, "-o", &path("proof.barid")]);
    let proof = String::from_utf8_lossy(&proof.stdout).into_owned();
    assert!(proof.contains("Handed in for its sender by ihec/national"), "{proof}");
    let told = done(&head, &["courier", "return", &path("out"), &path("back")]);
    assert_eq!(told["delivered"]["outcomes"][0]["fate"], "before", "once only");
    assert_eq!((&told["packed"]["served"], &told["packed"]["documents"]), (&1.into(), &2.into()));

    assert!(hub.terminate().success());
    let told = done(&north, &["stick", "unpack", &path("back")]);
    assert_eq!(told["settled"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!((&told["served"], &told["documents_incomplete"]), (&vec![1].into(), &0.into()));
    assert_eq!(done(&north, &["pending"])["pending"], Value::Array(vec![]));
    let again = done(&north, &["stick", "unpack", &path("back")]);
    assert_eq!((&again["settled"], &again["known"]), (&Value::Array(vec![]), &1.into()));
    // The receipt is a bundle like any other.
    let sent = find(&north.profile().join("office"), "000000000002.barid");
    done(&north, &["verify", sent.to_str().unwrap(), "--without-roots"]);
    // The inbox shows it, with its documents, and it is acknowledged.
    let listed = north.barid(["inbox", "list"]);
    assert_eq!(listed.status.code(), Some(3), "what comes behind it cannot be asked for");
    assert!(String::from_utf8_lossy(&listed.stdout).contains("\"cursor\":1"));
    let inbox = path("inbox");
    let ack = north.barid(["inbox", "ack", "1", "--into", inbox.as_str()]);
    assert_eq!(ack.status.code(), Some(3), "{}", String::from_utf8_lossy(&ack.stdout));
    let saved = find(Path::new(&inbox), "001-order");
    assert_eq!(fs::read(saved).unwrap(), b"order of the council");

    // It travels with the next stick.
    done(&north, &["stick", "pack", &path("next"), "--to", carrier]);
    hub.launch().unwrap();
    let told = done(&head, &["stick", "answer", &path("next"), &path("home")]);
    assert_eq!(told["delivered"]["outcomes"][0]["kind"], "FILING_KIND_ACKNOWLEDGEMENT");
    assert_eq!(told["delivered"]["outcomes"][0]["fate"], "filed");
    assert_eq!(told["packed"]["served"], 0, "what is there does not come again");
    assert_eq!(done(&north, &["stick", "unpack", &path("home")])["uncompared"], false);
}

fn done(person: &Person, arguments: &[&str]) -> Value {
    let ended = person.barid(arguments);
    let said = String::from_utf8_lossy(&ended.stdout).into_owned();
    let wrong = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{arguments:?}: {said}{wrong}");
    serde_json::from_str(said.lines().last().unwrap_or_default()).unwrap_or_default()
}

fn file_form(person: &Person, to: &str, exhibit: &str, code: i32) {
    let form = programs::root().join(COMPLAINT).display().to_string();
    let ended = person.barid([
        "submit",
        form.as_str(),
        "--format",
        "ihec/form-110+json",
        "--kind",
        "complaint-registered",
        "--to",
        to,
        "--exhibit",
        exhibit,
    ]);
    assert_eq!(ended.status.code(), Some(code), "{}", String::from_utf8_lossy(&ended.stdout));
}

fn find(folder: &Path, name: &str) -> PathBuf {
    for found in fs::read_dir(folder).unwrap() {
        let path = found.unwrap().path();
        if path.file_name().unwrap() == name {
            return path;
        }
        if path.is_dir()
            && let Some(deeper) = find_in(&path, name)
        {
            return deeper;
        }
    }
    panic!("{name} is not in {}", folder.display())
}

fn find_in(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut all = fs::read_dir(folder).ok()?.flatten().map(|found| found.path());
    all.find_map(|path| match path.is_dir() {
        true => find_in(&path, name),
        false => (path.file_name()? == name).then_some(path),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn overlapping_sticks_come_and_go_in_any_order_and_twice() {
    let hub = HubProcess::start();
    let south = Desk::of(&hub, "ihec", "geo-bas").await;
    let national = Desk::of(&hub, "ihec", "national").await;
    let other = Desk::of(&hub, "ihec", "geo-nin").await;
    south.sign("council", 10);
    let first = south.pack("first", &national.key.public()).await;
    south.sign("council", 20);
    // Two drivers, two ways; what was not handed in before is a gap that waits.
    let second = south.pack("second", &other.key.public()).await;
    let back_two = other.answer(&second, "back-two").await;
    other
        .office
        .file_document(other.office.complaint("council"), "ihec/form-110+json", COMPLAINT)
        .await;
    let back_one = national.answer(&first, "back-one").await;
    assert_eq!(filed(&national.deliver(&first).await.unwrap()), [true]);
    assert_eq!(filed(&other.deliver(&second).await.unwrap()), [true, true]);
    assert_eq!(south.waiting(), 2);

    let told = south.unpack(&back_two).await.unwrap();
    assert_eq!((told.settled.len(), told.uncompared), (2, false));
    // The other knows a larger tree, and nothing of the one that came first.
    let told = south.unpack(&back_one).await.unwrap();
    assert_eq!((told.settled.len(), told.known, told.uncompared), (0, 1, true));
    assert!(!south.unpack(&back_two).await.unwrap().settled.iter().any(|_| true));
    assert_eq!(south.waiting(), 0);
    // The next way round compares both.
    let third = south.pack("third", &national.key.public()).await;
    let back = national.answer(&third, "back-three").await;
    assert!(!south.unpack(&back).await.unwrap().uncompared);
    south.office.client.checkpoint().await.expect("and so does the link");
    south.sign("council", 30);
    let sent = south.office.client.send().await.unwrap();
    assert!(sent.iter().all(Result::is_ok), "the chain goes on over the link: {sent:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_document_goes_on_several_sticks_with_a_passphrase() {
    let hub = HubProcess::start();
    let south = Desk::of(&hub, "ihec", "geo-bas").await;
    let national = Desk::of(&hub, "ihec", "national").await;
    south.sign("council", 3 * CHUNK_BYTES);
    let passphrase = Passphrase::new("صندوق الاقتراع رقم سبعة").unwrap();
    let packing = Packing {
        path: south.path("out"),
        limit: Some(CHUNK_BYTES + CHUNK_BYTES / 2),
        to: LockTo::Passphrase(passphrase.clone()),
        reply_to: None,
    };
    let packed = south.office.client.pack_stick(packing).await.unwrap();
    let sticks: Vec<PathBuf> = packed.written.into_iter().map(|one| one.path).collect();
    assert_eq!(sticks.len(), 3);
    let opener = Opener { key: None, passphrase: Some(passphrase) };
    let client = &national.office.client;
    for (left, stick) in [(2, &sticks[2]), (1, &sticks[0])] {
        let delivered = client.deliver_stick(stick, &opener).await.unwrap();
        let Fate::Refused(refusal) = &delivered.outcomes[0].fate else { panic!("{delivered:?}") };
        assert_eq!(refusal.reason, Reason::ExhibitMissing, "{left} sticks are missing");
    }
    let back = national.path("back");
    let (delivered, _) = client.answer_stick(&sticks[1], &opener, &back, None).await.unwrap();
    assert_eq!(filed(&delivered), [true]);
    assert_eq!(south.office.client.unpack_stick(&back, &opener).await.unwrap().settled.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_proven_on_the_way_back_and_what_is_behind_goes_on() {
    let hub = HubProcess::start();
    let south = Desk::of(&hub, "ihec", "geo-bas").await;
    let national = Desk::of(&hub, "ihec", "national").await;
    south.sign("nowhere", 10);
    south.sign("council", 20);
    let out = south.pack("out", &national.key.public()).await;
    let delivered = national.deliver(&out).await.unwrap();
    assert_eq!(filed(&delivered), [false, false]);
    let back = national.answer(&out, "back").await;
    let told = south.unpack(&back).await.unwrap();
    let [(1 | 2, refusal)] = told.refused.as_slice() else { panic!("{told:?}") };
    assert_eq!(refusal.reason, Reason::RecipientUnknown);
    assert!(refusal.rejection_leaf.is_some());
    assert_eq!((told.waiting.len(), south.waiting()), (1, 1));
    let next = south.pack("next", &national.key.public()).await;
    assert_eq!(filed(&national.deliver(&next).await.unwrap()), [true]);
    // The old stick once more: what was refused stays so.
    assert_eq!(filed(&national.deliver(&out).await.unwrap()), [false, false]);
    let home = national.answer(&next, "home").await;
    assert_eq!(south.unpack(&home).await.unwrap().settled.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_stick_is_named_and_changes_nothing() {
    let hub = HubProcess::start();
    let south = Desk::of(&hub, "ihec", "geo-bas").await;
    let national = Desk::of(&hub, "ihec", "national").await;
    let panel = Desk::of(&hub, "ejp", "registry").await;
    south.sign("council", 200_000);
    let out = south.pack("out", &national.key.public()).await;
    let locked = panel.deliver(&out).await.unwrap_err();
    assert!(matches!(locked, StickError::Locked { tried: true, .. }), "{locked}");
    let whole = fs::read(&out).unwrap();
    for (name, bytes) in [
        ("cut", whole[..whole.len() / 2].to_vec()),
        (
            "flipped",
            whole.iter().enumerate().map(|(n, b)| if n == 70_000 { b ^ 4 } else { *b }).collect(),
        ),
    ] {
        let path = south.path(name);
        fs::write(&path, bytes).unwrap();
        let damaged = national.deliver(&path).await.unwrap_err();
        assert!(matches!(damaged, StickError::Damaged), "{name}: {damaged}");
    }
    let other_way = south.pack("own", &south.key.public()).await;
    let wrong = south.unpack(&other_way).await.unwrap_err();
    assert!(matches!(wrong, StickError::OtherWay { way: StickWay::ToHub }), "{wrong}");
    // A stranger carries nothing.
    let strange = south.pack("strange", &panel.key.public()).await;
    let refused = panel.deliver(&strange).await.unwrap();
    let Fate::Refused(no) = &refused.outcomes[0].fate else { panic!("{refused:?}") };
    assert_eq!((no.reason, no.rejection_leaf), (Reason::SenderMismatch, None));
    // An answer for somebody else, and one that knows no common tree.
    let back = national.answer(&out, "back").await;
    let opener = south.opener();
    let elsewhere = panel.office.client.unpack_stick(&back, &opener).await.unwrap_err();
    assert!(matches!(&elsewhere, StickError::OtherOffice { office } if office.office == "geo-bas"));
    let loaded = read(&back, &opener, &Pieces::open(&south.path("pieces")).unwrap()).unwrap();
    let newest = loaded.history.last().unwrap().clone();
    let alone = StickTree { path: vec![], ..newest };
    let forged = south.path("alone");
    forge(&south, &forged, vec![alone], &loaded.head);
    // It is the newest tree of the log, and nothing shows that it continues what is known.
    let lonely = south.unpack(&forged).await.unwrap_err();
    assert!(matches!(lonely, StickError::NoCommonTree), "{lonely}");
    assert_eq!(south.waiting(), 1);
    assert_eq!(south.unpack(&back).await.unwrap().settled.len(), 1);
}

fn forge(desk: &Desk, path: &Path, history: Vec<StickTree>, head: &StickHead) {
    let load = Load { head: head.clone(), history, ..Load::default() };
    write(&load, path, None, &LockTo::Key(Box::new(desk.key.public())), &Machine).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fork_on_a_stick_is_evidence() {
    let hub = HubProcess::start();
    let south = Desk::of(&hub, "ihec", "geo-bas").await;
    let seen = south.office.client.checkpoint().await.unwrap().checkpoint;
    // Whoever owns the log's key signs another tree of the same size.
    let other = Checkpoint::new(ORIGIN, seen.size(), [9; 32]).unwrap();
    let note = other.sign(&hub.log_signer()).unwrap().to_string().into_bytes();
    let head = StickHead {
        way: StickWay::ToOffice.into(),
        hub_origin: ORIGIN.to_owned(),
        office: Some(Address { institution: "ihec".into(), office: "geo-bas".into() }),
        ..StickHead::default()
    };
    let tree = StickTree { size: seen.size(), root: vec![9; 32], path: vec![], note };
    let path = south.path("fork");
    forge(&south, &path, vec![tree], &head);
    let caught = south.unpack(&path).await.unwrap_err();
    let StickError::Client(ClientError::Evidence(EvidenceError::History { why, kept })) = caught
    else {
        panic!("{caught}")
    };
    assert_eq!(why, HistoryFault::TwoTrees(seen.size()));
    let kept: BTreeMap<_, _> =
        fs::read_dir(kept).unwrap().flatten().map(|f| (f.file_name(), ())).collect();
    assert_eq!(kept.len(), 2, "both are kept");
    assert_eq!(south.office.client.checkpoint().await.unwrap().checkpoint, seen, "nothing changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_served_by_stick_and_by_link_is_one_inbox() {
    let hub = HubProcess::start();
    let south = Desk::of(&hub, "ihec", "geo-bas").await;
    let national = Desk::of(&hub, "ihec", "national").await;
    let file = async |to: &str| {
        let draft: Draft = national.office.complaint(to);
        national.office.file_document(draft, "ihec/form-110+json", COMPLAINT).await;
    };
    file("geo-bas").await;
    let out = south.pack("out", &national.key.public()).await;
    let back = national.answer(&out, "back").await;
    file("geo-bas").await;
    assert_eq!(south.unpack(&back).await.unwrap().served, [1]);
    let mut inbox = south.office.client.receive(From::WhereILeftOff, false, "", &[]).unwrap();
    let mut cursors = Vec::new();
    while let Some(served) = inbox.next().await.unwrap() {
        cursors.push(served.cursor);
    }
    assert_eq!(cursors, [1, 2], "the first from the stick, the second from the hub");
}
