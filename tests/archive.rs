//! A case as a national archive takes it: made from the hub and from a bundle, checked by archives'
//! own tools, and again by the command line when nothing else is left.
//!
//! `BARID_ARCHIVE_INTO` names a folder in which the archive is left, to be looked at.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a broken rig fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use barid_client::client::From;
use barid_client::proto::v1::{CaseReference, Confidentiality};
use barid_client::{Draft, hex};
use barid_tests::tools::python_environment;
use barid_tests::{HubProcess, Person, ScriptedOffice, everything, programs};
use tempfile::TempDir;

const COMPLAINT: &str = "plugins/ihec/testdata/form-110.json";
/// What nobody but its recipients may read.
const RESTRICTED: &[u8] = b"the informant's name is in this paper, and nowhere else";
/// What a hostile sender calls its paper.
const HOSTILE: &str = "<script>alert(1)<script>&.png";

/// Files two papers in a case: one for the parties, one for its recipient alone.
async fn act(hub: &HubProcess, folder: &Path) -> String {
    let north = hub.office("ihec", "geo-nin").enrolled().await;
    let council = hub.office("ihec", "council").enrolled().await;
    let photo = folder.join("صورة.png");
    fs::write(&photo, b"a photograph of the seal").unwrap();
    let open = north.complaint("council").exhibit_at(&photo).unwrap();
    let filed = north.file_document(open, "ihec/form-110+json", COMPLAINT).await;
    let case_id = filed.receipt.case_id;
    let secret = folder.join("secret.txt");
    fs::write(&secret, RESTRICTED).unwrap();
    let case = CaseReference { case_id: case_id.clone(), docket_numbers: vec![] };
    let mut restricted: Draft = north.complaint("council").case(case);
    restricted = restricted.confidentiality(Confidentiality::Restricted);
    let restricted = restricted.exhibit_at(&secret).unwrap();
    north.file_document(restricted, "ihec/form-110+json", COMPLAINT).await;
    acknowledge(&council).await;
    hex::encode(&case_id)
}

async fn acknowledge(council: &ScriptedOffice) {
    let mut inbox = council.client.receive(From::WhereILeftOff, false, "", &[]).unwrap();
    let served = inbox.next().await.unwrap().expect("it was served");
    council.client.acknowledge(&served, &[]).await.expect("it is taken in");
}

/// What the archives' tools find.
fn found(archive: &Path) -> (bool, String) {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("archive");
    let tools = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tools").join("archive");
    let python = python_environment(&tools, &sources.join("requirements.txt")).join("python");
    let mut check = Command::new(python);
    let ended = check.arg(sources.join("check.py")).arg(archive).output().expect("python starts");
    let said = String::from_utf8_lossy(&ended.stdout).into_owned();
    (ended.status.success(), said + &String::from_utf8_lossy(&ended.stderr))
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// `barid` without a profile.
fn barid(folder: &Path, arguments: &[&str], code: i32) -> String {
    let mut barid = Command::new(programs::program("barid"));
    barid.current_dir(folder).args(["--lang", "en"]).args(arguments);
    let ended = barid.output().expect("barid starts");
    let said = String::from_utf8_lossy(&ended.stdout).into_owned();
    let wrong = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(code), "{arguments:?}: {said}{wrong}");
    said
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_is_taken_by_archives_tools_and_verified_when_the_hub_is_gone() {
    let mut hub = HubProcess::start();
    let folder = TempDir::new().unwrap();
    let case_id = act(&hub, folder.path()).await;
    let person = Person::of(&hub, "archivist", "ihec", "council");
    let archive = folder.path().join("archive");
    let into = archive.display().to_string();
    let made = person.barid(["archive", &case_id, "--into", &into]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stdout));
    assert!(String::from_utf8_lossy(&made.stdout).contains("\"withheld\":1"));
    if let Some(kept) = std::env::var_os("BARID_ARCHIVE_INTO") {
        copy(&archive, Path::new(&kept));
    }
    let policy = person.profile().join("trust.policy");
    fs::copy(policy, folder.path().join("case.policy")).unwrap();
    fs::write(folder.path().join("ca.pem"), hub.authority().certificate()).unwrap();
    assert!(hub.terminate().success());

    let (fine, said) = found(&archive);
    assert!(fine, "{said}");
    let all = everything(&archive);
    assert!(!all.values().any(|bytes| holds(bytes, &RESTRICTED[..16])), "a restricted paper leaks");
    assert!(all.values().any(|bytes| holds(bytes, b"a photograph of the seal")));
    check_page(&archive, &case_id);
    let verify = ["verify", "archive", "--policy", "case.policy", "--roots", "ca.pem"];
    let told = barid(folder.path(), &verify, 0);
    assert!(told.contains("The bag is whole") && told.contains("VALID"), "{told}");

    // Again from the bundle alone, with no hub.
    let bundle =
        archive.join("data").join(&case_id).join("representations/evidence/data/case.barid");
    let bundle = bundle.display().to_string();
    let offline = ["archive", "--bundle", &bundle, "--into", "second", "--policy", "case.policy"];
    barid(folder.path(), &offline, 0);
    let (fine, said) = found(&folder.path().join("second"));
    assert!(fine, "{said}");
    let originals = |archive: &str| {
        let package = folder.path().join(archive).join("data").join(&case_id);
        let all = everything(&package.join("representations/originals/data"));
        all.into_iter().map(|(path, bytes)| (path.file_name().unwrap().to_owned(), bytes)).collect()
    };
    let [first, second]: [BTreeMap<_, _>; 2] = ["archive", "second"].map(originals);
    assert!(first == second && first.len() == 2, "{:?}", first.keys());
    check_changes(folder.path(), &archive, &verify);
}

/// It opens from the disk in both languages and loads nothing.
fn check_page(archive: &Path, case_id: &str) {
    let page = fs::read_to_string(archive.join("index.html")).unwrap();
    for part in [
        "<html lang=\"ar\" dir=\"rtl\">",
        "lang=\"en\" dir=\"ltr\"",
        "default-src 'none'",
        "ما لم يُضمّن",
        "Left out",
        case_id,
    ] {
        assert!(page.contains(part), "{part}");
    }
    for part in ["<script", "http:", "https:", "<img", "@import", "url("] {
        assert!(!page.contains(part), "{part}");
    }
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let links: Vec<&str> = links.collect();
    assert!(links.len() >= 4, "{links:?}");
    assert!(links.iter().all(|link| archive.join(link).is_file()), "{links:?}");
    let inner = archive.join("data").join(case_id).join("documentation");
    let page = fs::read_to_string(inner.join("index.html")).unwrap();
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    assert!(links.into_iter().all(|link| inner.join(link).is_file()));
}

/// Each change is found by the archives' tools and by the command line.
fn check_changes(folder: &Path, archive: &Path, verify: &[&str]) {
    let all = everything(archive);
    let original = all.keys().find(|path| path.to_string_lossy().contains("originals/data/"));
    let original = original.expect("there are documents");
    let page = archive.join("index.html");
    let stray = archive.join("data/stray.txt");
    for (what, path, bytes) in [
        ("Changed", original, Some(b"something else".to_vec())),
        ("Missing", original, None),
        ("Changed", &page, Some(b"<p>all is well</p>".to_vec())),
        ("Not listed", &stray, Some(b"put in later".to_vec())),
    ] {
        match &bytes {
            Some(bytes) => fs::write(path, bytes).unwrap(),
            None => fs::remove_file(path).unwrap(),
        }
        let told = barid(folder, verify, 1);
        assert!(told.contains(what), "{what}: {told}");
        assert!(!found(archive).0, "{what}");
        match all.get(path) {
            Some(before) => fs::write(path, before).unwrap(),
            None => fs::remove_file(path).unwrap(),
        }
    }
    barid(folder, verify, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_restricted_goes_along_when_it_is_asked_for_and_no_name_gets_out_of_its_place() {
    let hub = HubProcess::start();
    let folder = TempDir::new().unwrap();
    let north = hub.office("ihec", "geo-nin").enrolled().await;
    let paper = folder.path().join("paper");
    fs::write(&paper, RESTRICTED).unwrap();
    let draft = north.complaint("council").confidentiality(Confidentiality::Restricted);
    let document = barid_client::draft::HashedDocument::at(&paper).unwrap();
    let described = barid_client::proto::v1::Exhibit {
        number: "E1".to_owned(),
        title: HOSTILE.to_owned(),
        media_type: "text/html".to_owned(),
        ..Default::default()
    };
    let draft = draft.exhibit(described, document);
    let filed = north.file_document(draft, "ihec/form-110+json", COMPLAINT).await;
    let case_id = hex::encode(&filed.receipt.case_id);
    let person = Person::of(&hub, "archivist", "ihec", "council");
    let archive = folder.path().join("archive");
    let into = archive.display().to_string();
    let made = person.barid(["archive", &case_id, "--into", &into, "--with-restricted"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stdout));
    let all = everything(&archive);
    assert!(all.values().any(|bytes| bytes == RESTRICTED));
    // Whatever its sender says it is, no browser opens it as a page.
    let names = all.keys().filter(|path| path.extension().is_some_and(|is| is == "html"));
    assert_eq!(names.count(), 2, "ours alone");
    let page = fs::read_to_string(archive.join("index.html")).unwrap();
    assert!(page.contains("&lt;script") && !page.contains("<script"));
    let (fine, said) = found(&archive);
    assert!(fine, "{said}");
    // Nothing is written over.
    let again = person.barid(["archive", &case_id, "--into", &into]);
    assert_eq!(again.status.code(), Some(2));
}

fn copy(from: &Path, to: &Path) {
    for (path, bytes) in everything(from) {
        let place = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }
}
