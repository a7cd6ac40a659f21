//! What becomes of documents in the end: a redacted version that says of what, a hold that no party
//! gets around, destruction that leaves nothing but proof, and a hub that dies in the middle of it.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a broken rig fails"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use barid_tests::person::told;
use barid_tests::{HubProcess, Person, programs};

const APPEAL: &str = "plugins/ihec/testdata/appeal-filed.json";
const SUPPLEMENT: &str = "plugins/ihec/testdata/supplement-filed.json";
const SECRET: &[u8] = b"the names of the seven witnesses are in this paper, and nowhere else";
const REDACTED: &[u8] = b"the names of the [...] witnesses are in this paper";
const RULE: &str = "Archives Law 37 of 2016, Art. 9";

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Files of a folder that hold these bytes.
fn holding(folder: &Path, part: &[u8]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for one in fs::read_dir(folder).unwrap() {
        let path = one.unwrap().path();
        if path.is_dir() {
            found.extend(holding(&path, part));
        } else if fs::read(&path).unwrap().windows(part.len()).any(|window| window == part) {
            found.push(path);
        }
    }
    found
}

/// An appeal of the office in Nineveh, which the panel has acknowledged.
struct Filed {
    hub: HubProcess,
    office: Person,
    panel: Person,
    folder: tempfile::TempDir,
    case: String,
    /// The secret paper, and another that is sealed: as the hub has them.
    digests: [String; 2],
}

impl Filed {
    fn new() -> Self {
        let hub = HubProcess::start();
        let (office, panel) =
            (Person::clerk(&hub, "ihec", "geo-nin"), Person::clerk(&hub, "ejp", "registry"));
        let folder = tempfile::tempdir().unwrap();
        let [secret, film] = ["witnesses.txt", "film.mp4"].map(|name| folder.path().join(name));
        fs::write(&secret, SECRET).unwrap();
        fs::write(&film, b"what only the panel may see").unwrap();
        let appeal = programs::root().join(APPEAL);
        let mut line = vec!["submit", path(&appeal), "--format", "ihec/appeal+json"];
        line.extend(["--kind", "appeal-filed", "--to", "ejp/registry"]);
        line.extend(["--data-class", "synthetic"]);
        line.extend(["--exhibit", path(&secret), "--sealed-exhibit", path(&film)]);
        let case = told(&office.barid(line))["case_id"].as_str().unwrap().to_owned();
        let taken = folder.path().join("taken");
        told(&panel.barid(["inbox", "ack", "1", "--into", path(&taken)]));
        let docket = told(&office.barid(["docket", "show", &case]));
        let readers = &docket["docket"][0]["access"]["readers"];
        let film = readers[0]["sealed_exhibits"][0].as_str().unwrap().to_owned();
        let secret = sha256(SECRET);
        Self { hub, office, panel, folder, case, digests: [secret, film] }
    }

    fn destroy<'a>(&'a self, more: &[&'a str]) -> Vec<&'a str> {
        let [secret, film] = &self.digests;
        let mut line = vec!["retention", "destroy", &self.case, secret, film, "--rule", RULE];
        line.extend(more);
        line
    }

    /// Where the hub keeps a document.
    fn kept(&self, digest: &str) -> PathBuf {
        let (first, rest) = digest.split_at(2);
        self.hub.data_folder().join("documents/sha256").join(first).join(rest)
    }
}

fn sha256(bytes: &[u8]) -> String {
    barid_client::hex::encode(&barid_client::proto::chunk::hashes_of(bytes).sha256)
}

#[test]
fn a_hold_stands_against_it_and_then_nothing_is_left_but_proof() {
    let mut filed = Filed::new();
    let case = filed.case.clone();
    let line = ["retention", "hold", &case, "--order-number", "ejp:17/2025", "--reason", "appeal"];
    told(&filed.panel.barid(line));
    let said = filed.office.refused("ar", &filed.destroy(&[]));
    assert!(said.contains("يمنع أمر حفظ إتلافها") && said.contains("REASON_RETAINED"), "{said}");
    let docket = told(&filed.office.barid(["docket", "show", &case]));
    let held = docket["docket"].as_array().unwrap().last().unwrap();
    assert_eq!(held["retention"]["decision"], "hold-placed");
    let hold = held["filing"]["envelope_digest"].as_str().unwrap().to_owned();
    let said = filed.office.refused("en", &["retention", "lift", &case, &hold, "--rule", RULE]);
    assert!(said.contains("which alone can lift it"), "{said}");
    told(&filed.panel.barid(["retention", "lift", &case, &hold, "--rule", "appeal is decided"]));

    let data = filed.hub.data_folder();
    assert!(!holding(&data, SECRET).is_empty());
    let done = told(&filed.office.barid(filed.destroy(&["--reason", "the case is closed"])));
    let leaf = done["filed"]["leaf_index"].as_u64().unwrap();
    assert_eq!(holding(&data, SECRET), Vec::<PathBuf>::new());
    for digest in &filed.digests {
        assert!(!filed.kept(digest).exists(), "{digest}");
    }
    nobody_gets_them(&filed, leaf);
    a_dying_hub_finishes_it(&mut filed);
    the_case_is_proven_without_them(&filed, leaf);
}

fn nobody_gets_them(filed: &Filed, leaf: u64) {
    let [secret, film] = &filed.digests;
    let taken = filed.folder.path().join("again");
    let get = ["exhibit", "get", secret, path(&taken)];
    let said = filed.panel.refused("en", &get);
    assert!(said.contains(&format!("destroyed by the filing of leaf {leaf}")), "{said}");
    assert!(filed.panel.refused("ckb", &get).contains("REASON_DESTROYED"));
    let open = ["exhibit", "open", &filed.case, film, path(&taken)];
    assert!(filed.panel.refused("en", &open).contains("REASON_DESTROYED"));
    let paper = filed.folder.path().join("witnesses.txt");
    assert!(filed.office.refused("en", &["exhibit", "put", path(&paper)]).contains("DESTROYED"));
    let shown = filed.office.told("ar", ["docket", "show", &filed.case]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("أُتلف محتوى الوثيقة") && shown.contains(RULE), "{shown}");
}

/// The filing was committed, and the hub died before it removed the bytes.
fn a_dying_hub_finishes_it(filed: &mut Filed) {
    let kept = filed.kept(&filed.digests[0]);
    filed.hub.kill9();
    fs::write(&kept, SECRET).unwrap();
    filed.hub.launch().unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    while kept.exists() {
        assert!(Instant::now() < until, "it is still there");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn the_case_is_proven_without_them(filed: &Filed, leaf: u64) {
    let folder = filed.folder.path();
    let bundle = folder.join("case.barid");
    told(&filed.office.barid(["bundle", &filed.case, "--documents", "--output", path(&bundle)]));
    let archive = folder.join("archive");
    told(&filed.office.barid(["archive", &filed.case, "--into", path(&archive)]));
    assert!(holding(&archive, SECRET).is_empty());
    let page = fs::read_to_string(archive.join("index.html")).unwrap();
    assert!(page.contains(&format!("destroyed by the filing of leaf {leaf}")), "{page}");
    fs::copy(filed.office.profile().join("trust.policy"), folder.join("case.policy")).unwrap();
    fs::write(folder.join("ca.pem"), filed.hub.authority().certificate()).unwrap();
    for what in [path(&bundle), path(&archive)] {
        let mut verify = Command::new(programs::program("barid"));
        verify.current_dir(folder).args(["--lang", "en", "verify", what]);
        verify.args(["--policy", "case.policy", "--roots", "ca.pem"]);
        let output = verify.output().expect("barid starts");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{said}");
        let gone = format!("Document witnesses.txt, destroyed by the filing of leaf {leaf}");
        assert!(said.contains("VALID") && said.contains(&gone), "{said}");
    }
}

#[test]
fn a_redacted_version_says_of_what_it_is_one() {
    let filed = Filed::new();
    let redacted = filed.folder.path().join("witnesses-redacted.txt");
    fs::write(&redacted, REDACTED).unwrap();
    let supplement = programs::root().join(SUPPLEMENT);
    let submit = |original: &str| {
        let named = format!("{}={original}", path(&redacted));
        let mut line = vec!["submit", path(&supplement), "--format", "ihec/appeal+json"];
        line.extend(["--kind", "supplement-filed", "--to", "ejp/registry"]);
        line.extend(["--case", &filed.case, "--data-class", "synthetic"]);
        let line: Vec<String> = line.into_iter().map(str::to_owned).collect();
        let more = ["--redacted-exhibit", &named, "--taken-out", "names of seven witnesses"];
        line.into_iter().chain(more.map(str::to_owned)).collect::<Vec<String>>()
    };
    let unknown = filed.office.told("en", submit(&sha256(b"nothing of ours")));
    let said = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(!unknown.status.success() && said.contains("original_sha256"), "{said}");
    told(&filed.office.barid(submit(&filed.digests[0])));
    let shown = filed.panel.told("en", ["docket", "show", &filed.case]);
    // As it was before it was broken into lines.
    let shown = String::from_utf8_lossy(&shown.stdout);
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = format!("is a redacted version of document {}", filed.digests[0]);
    assert!(shown.contains(&line) && shown.contains("names of seven witnesses"), "{shown}");
}
