//! The keys of an office, from the command line: one on a token, an administrative one, one that is
//! stolen, one against quantum computers; and what the log proves of each.

#![expect(clippy::expect_used, reason = "each step must succeed for the next")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use barid_client::proto::enrolment::{KeyHistory, Standing, VouchedBy};
use barid_client::proto::envelope;
use barid_client::proto::key::{FileKey, KeyId, Signer as _};
use barid_client::proto::v1::SignedEnvelope;
use barid_client::{Trust, bundle::Bundle};
use barid_tests::authority::{HUB_NAME, Wish};
use barid_tests::hub::ORIGIN;
use barid_tests::{HubProcess, programs};

const FORM: &str = "plugins/ihec/testdata/form-110.json";
const PIN: &str = "4711-0815";
const MODULES: [&str; 3] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
];

/// A clerk at the command line.
struct Clerk {
    profile: PathBuf,
    office: &'static str,
}

impl Clerk {
    /// With a profile for the hub. The signing key is still to be made, or is on a token.
    fn new(hub: &HubProcess, office: &'static str, signing_key: &str) -> Self {
        let (institution, place) = office.split_once('/').expect("an office has two names");
        let profile = hub.folder(&format!("{institution}-{place}"));
        fs::create_dir_all(&profile).expect("the folder is ours");
        let identity = hub.authority().issue(&Wish::office(institution, place));
        let trust = hub.trust();
        let log = trust.policy().logs().first().expect("the hub's log").key.to_string();
        let settings = format!(
            "[hub]\naddress = {:?}\nserver_name = {HUB_NAME:?}\nca = \"ca.pem\"\n\
             trust = \"trust.policy\"\n[office]\ninstitution = {institution:?}\n\
             office = {place:?}\ncertificate = \"tls.pem\"\nkey = \"tls.key\"\n\
             signing_key = {signing_key:?}\n",
            hub.address(),
        );
        for (name, text) in [
            ("profile.toml", settings.as_str()),
            ("ca.pem", &hub.authority().certificate()),
            ("trust.policy", &Trust::text([log.as_str()])),
            ("tls.pem", &identity.certificate),
            ("tls.key", &identity.key),
        ] {
            fs::write(profile.join(name), text).expect("the folder is ours");
        }
        Self { profile, office }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.profile.join(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut barid = Command::new(programs::program("barid"));
        barid.arg("--profile").arg(&self.profile).arg("--json").args(arguments);
        barid.env("SOFTHSM2_CONF", self.path("softhsm2.conf"));
        barid.output().expect("barid starts")
    }

    /// Runs `barid`, which must succeed; what it told.
    fn done(&self, arguments: &[&str]) -> String {
        let ended = self.run(arguments);
        let said = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert!(ended.status.success(), "{}: {arguments:?}: {said}", self.office);
        said
    }

    /// Runs `barid`, which must fail and say this.
    fn refused(&self, arguments: &[&str], why: &str) {
        let ended = self.run(arguments);
        let said = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert!(!ended.status.success() && said.contains(why), "{}: {said}", self.office);
    }

    /// Files a form; the envelope as it was kept.
    fn file_form(&self) -> SignedEnvelope {
        let form = programs::root().join(FORM).display().to_string();
        let told = self.done(&[
            "submit",
            &form,
            "--format",
            "ihec/form-110+json",
            "--kind",
            "complaint-registered",
            "--to",
            "ihec/council",
            "--stamp-time",
            "2025-11-23T14:10:00+03:00",
            "--stamp-number",
            "110/1",
        ]);
        let kept = told.split("\"kept\":\"").nth(1).and_then(|rest| rest.split('"').next());
        let kept = fs::read(kept.expect("barid tells where")).expect("the bundle is there");
        let bundle = Bundle::decode(&kept).expect("it is a bundle");
        bundle.filings.into_iter().next().expect("of one filing").sealed.envelope
    }

    fn key_id(&self, name: &str) -> KeyId {
        let pem = fs::read_to_string(self.path(name)).expect("the key is there");
        FileKey::from_pem(&pem).expect("a key").public_key().id()
    }
}

/// What the hub proves about a key, replayed by the rules.
async fn history(hub: &HubProcess, key: &KeyId) -> KeyHistory {
    let reader = hub.office("fsc", "registry");
    let events = reader.client.key_proof(key).await.expect("the hub proves it");
    let mut history = KeyHistory::new(ORIGIN);
    for event in events {
        let opened = envelope::open(&event.envelope.expect("an envelope")).expect("whole");
        let leaf = event.receipt.expect("a receipt").leaf_index;
        history.admit(leaf, &opened).expect("by the rules");
    }
    history
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_whose_key_is_on_a_token_enrols_and_files() {
    let Some(module) = MODULES.iter().map(Path::new).find(|path| path.exists()) else {
        return println!("skipped: SoftHSM2 is not installed");
    };
    let hub = HubProcess::start();
    let folder = hub.folder("ihec-geo-nin");
    let uri = format!(
        "pkcs11:token=office;object=seal?module-path={}&pin-source=file:{}",
        module.display(),
        folder.join("pin").display(),
    );
    let clerk = Clerk::new(&hub, "ihec/geo-nin", &uri);
    fs::create_dir(clerk.path("tokens")).expect("the folder is ours");
    let tokens = format!("directories.tokendir = {}\n", clerk.path("tokens").display());
    fs::write(clerk.path("softhsm2.conf"), tokens).expect("the folder is ours");
    fs::write(clerk.path("pin"), PIN).expect("the folder is ours");
    clerk.refused(&["enrol"], "no token in any slot fits");
    clerk.refused(&["key", "new"], "on a token");

    let imported = clerk.path("imported.pem").display().to_string();
    clerk.done(&["key", "new", "--out", &imported]);
    let named = ["--token", "office", "--label", "seal", "--id", "01", "--pin", PIN];
    for arguments in [
        &["--init-token", "--free", "--label", "office", "--so-pin", "12345678", "--pin", PIN][..],
        &[&["--import", imported.as_str()][..], &named].concat(),
    ] {
        let mut tool = Command::new("softhsm2-util");
        tool.args(arguments).env("SOFTHSM2_CONF", clerk.path("softhsm2.conf"));
        assert!(tool.output().expect("the tool starts").status.success(), "{arguments:?}");
    }
    let id = clerk.key_id("imported.pem");
    fs::remove_file(imported).expect("from now on it is on the token only");

    clerk.done(&["enrol"]);
    // The profile pins one of the log's two keys; that the other one is there is told.
    let told = clerk.done(&["whoami"]);
    assert!(told.contains("\"key_enrolled\":true") && told.contains("\"log_keys_trusted\":true"));
    assert!(!told.contains("\"log_keys_further\":[]"), "{told}");
    let filed = clerk.file_form();
    let kept = filed.signatures.first().expect("a signature");
    assert_eq!(kept.key_id, id.as_bytes());
    let proven = history(&hub, &id).await;
    let known = proven.key(&id).expect("it came into use");
    assert!(matches!(&known.vouched_by, VouchedBy::Certificate(voucher)
        if voucher.certificates.len() == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrative_key_adds_retires_and_revokes() {
    let hub = HubProcess::start();
    let head = Clerk::new(&hub, "ihec/national", "signing.pem");
    let south = Clerk::new(&hub, "ihec/geo-bas", "signing.pem");
    let admin = head.path("admin.pem").display().to_string();
    for clerk in [&head, &south] {
        clerk.done(&["key", "new"]);
        clerk.done(&["enrol"]);
    }
    head.done(&["key", "new", "--algorithm", "ed25519", "--out", &admin]);
    let signing = head.path("signing.pem").display().to_string();
    head.done(&["enrol", "--key", &admin, "--administration", "--vouched-by", &signing]);

    // A second key of another office, and one against quantum computers.
    let second = south.path("second.pem").display().to_string();
    let further = south.path("further.pem").display().to_string();
    let old = south.path("signing.pem").display().to_string();
    south.done(&["key", "new", "--out", &second]);
    south.done(&["key", "new", "--algorithm", "ml-dsa-65", "--out", &further]);
    south.refused(&["enrol", "--key", &second, "--vouched-by", &old], "KEY_NOT_VOUCHED_FOR");
    head.done(&["enrol", "--key", &second, "--admin-key", &admin, "--holder", "ihec/geo-bas"]);
    head.done(&["enrol", "--key", &further, "--admin-key", &admin, "--holder", "ihec/geo-bas"]);
    let settings = fs::read_to_string(south.path("profile.toml")).expect("the profile is there");
    let settings = settings.replace("\"signing.pem\"", "\"second.pem\"");
    let settings = format!("{settings}further_keys = [\"further.pem\"]\n");
    fs::write(south.path("profile.toml"), settings).expect("the folder is ours");
    let filed = south.file_form();
    let signers: Vec<_> = filed.signatures.iter().map(|one| &one.key_id).collect();
    let ids = [south.key_id("second.pem"), south.key_id("further.pem")];
    assert_eq!(signers, [&ids[0].as_bytes().to_vec(), &ids[1].as_bytes().to_vec()]);

    // The old key retires; then it turns out that the second was stolen.
    let old_id = south.key_id("signing.pem").to_string();
    south.done(&["key", "retire", &old_id]);
    let stolen = ids[0].to_string();
    south.refused(&["key", "revoke", &stolen, "--from", "0"], "NOT_PERMITTED");
    south.file_form();
    let from = "5";
    head.done(&["key", "revoke", &stolen, "--from", from, "--admin-key", &admin]);
    south.refused(
        &["submit", "--content", "signing.pem", "--kind", "complaint-registered"],
        "signing.pem",
    );

    let proven = history(&hub, &ids[0]).await;
    let known = proven.key(&ids[0]).expect("it came into use");
    assert_eq!(known.vouched_by, VouchedBy::Key(head.key_id("admin.pem")));
    let because = ids[0];
    assert_eq!(proven.standing(&ids[0], 99), Standing::Revoked { from: 5, because });
    let root = proven.key(&head.key_id("signing.pem")).expect("the first of all");
    assert!(matches!(root.vouched_by, VouchedBy::Certificate(_)));
}
