//! One file proves a case when the hub is gone: made by the command line from a hub with four
//! witnesses, checked by the command line with a policy and certificate authorities alone.

#![expect(clippy::expect_used, reason = "each step must succeed for the next")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use barid_client::bundle::Bundle;
use barid_client::client::{Filed, From, Served};
use barid_client::clock::{NONCE_LEN, Request, granted};
use barid_client::proto::tlog::note::Note;
use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::{
    CaseReference, CivilDate, ClockToken, DataClass, DocketNumber, FilingContent, FilingKind,
    HolidayCalendar, IntakeRoute, Officer, OfficerRole, RefusalGround, RefusalToRegister,
    Registration, Rendering, Text,
};
use barid_client::{Draft, hex};
use barid_tests::person::Person;
use barid_tests::stamper::Stamper;
use barid_tests::{HubProcess, ScriptedOffice, programs};

const COMPLAINT: &str = "plugins/ihec/testdata/form-110.json";
const APPEAL: &str = "plugins/ihec/testdata/appeal-filed.json";
const CERTIFICATE: &str = "plugins/ihec/testdata/publication-certificate.json";

/// The rule set under which cases are opened.
const RULES: &str = "IQ-L11-2007";

/// Answers wait long for witnesses, so that only missing ones make them late.
const PATIENT: &str = "patience_ms = 20000";

/// Someone who has files and no hub.
struct Reader {
    folder: PathBuf,
}

impl Reader {
    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    /// `barid` without a profile, which must end with this code; what it said.
    fn barid(&self, arguments: &[&str], code: i32) -> String {
        let mut barid = Command::new(programs::program("barid"));
        barid.current_dir(&self.folder).args(["--lang", "en"]).args(arguments);
        let ended = barid.output().expect("barid starts");
        let said = String::from_utf8_lossy(&ended.stdout).into_owned();
        let wrong = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(code), "{arguments:?}: {said}{wrong}");
        said
    }

    /// `barid verify` of a bundle, strictly.
    fn verify(&self, bundle: &str, more: &[&str], code: i32) -> String {
        let always = ["verify", bundle, "--policy", "case.policy", "--strict"];
        self.barid(&[&always[..], more].concat(), code)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_proven_when_the_hub_is_gone() {
    let mut hub = HubProcess::start_witnessed(PATIENT);
    let office = hub.enrolled("ihec", "geo-nin").await;
    let council = hub.enrolled("ihec", "council").await;
    let case_id = act(&office, &council).await;

    let person = Person::of(&hub, "reader", "ihec", "council");
    let policy = hub.data_folder().with_file_name("policy.txt");
    fs::copy(&policy, person.profile().join("trust.policy")).expect("the folder is ours");
    let reader = Reader { folder: hub.folder("gone") };
    fs::create_dir_all(&reader.folder).expect("the folder is ours");
    fs::copy(&policy, reader.path("case.policy")).expect("the folder is ours");
    fs::write(reader.path("ca.pem"), hub.authority().certificate()).expect("the folder is ours");
    write_bundle(&person, &case_id, &reader.path("case.barid"), &[]);

    // A third party dates the log, filed by one office and read by another; a key retires.
    let stamper = Stamper::new();
    fs::copy(stamper.root(), reader.path("tsa.pem")).expect("the folder is ours");
    let stamped = hex::encode(&stamp(&office, &stamper).await.verified.digest);
    write_bundle(&person, &case_id, &reader.path("stamped.barid"), &["--clock", &stamped]);
    let own = office.signer.public_key().id();
    let keys = office.client.keys("ihec").await.expect("the hub lists them");
    let own = keys.iter().find(|key| key.key_id == own.as_bytes()).expect("it is in use");
    office.client.retire_key(own).await.expect("it retires");
    write_bundle(&person, &case_id, &reader.path("retired.barid"), &[]);
    assert!(hub.terminate().success(), "the hub stops when asked");

    let roots = ["--roots", "ca.pem"];
    let told = reader.verify("case.barid", &roots, 0);
    for part in [
        "VALID",
        "from ihec/geo-nin to ihec/council",
        "Signed by ihec/geo-nin with key ",
        "Signed by ihec/council with key ",
        "no later than 20",
        "Not in the log before 20",
        "cosigned by ",
        "here and unchanged",
        "It answers number 1",
        "It gives the docket number ",
        "Came after the one above: ",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    assert!(reader.verify("case.barid", &[], 2).contains("roots-missing"));
    reader.verify("retired.barid", &roots, 0);
    check_stamps(&reader);
    check_bits(&reader);
    check_custody(&reader);
}

/// A deadline is computed by the hub from a calendar and from what another case published, and
/// again by whoever has a bundle: a party to the case that is a stranger to the other.
#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_is_computed_again_when_the_hub_is_gone() {
    let mut hub = HubProcess::start_witnessed(PATIENT);
    let national = hub.enrolled("ihec", "national").await;
    let council = hub.enrolled("ihec", "council").await;
    let office = hub.enrolled("ihec", "geo-nin").await;
    national.client.submit(calendar()).await.expect("it is taken in");
    let certificate = Draft::new(FilingKind::PublicationCertificate).to("ihec", "national");
    let certificate = certificate.under("", RULES, "");
    council.file_document(certificate, "ihec/decision+json", CERTIFICATE).await;
    let appeal = Draft::new(FilingKind::AppealFiled).to("ejp", "registry").under("", RULES, "");
    let appeal = office.file_document(appeal, "ihec/appeal+json", APPEAL).await;
    let timely = appeal.assessments.iter().find(|one| one.subject == "timeliness");
    assert_eq!(timely.expect("the hub computes it").leaves.len(), 2);

    let panel = Person::of(&hub, "panel", "ejp", "registry");
    let policy = hub.data_folder().with_file_name("policy.txt");
    fs::copy(&policy, panel.profile().join("trust.policy")).expect("the folder is ours");
    let reader = Reader { folder: hub.folder("gone") };
    fs::create_dir_all(&reader.folder).expect("the folder is ours");
    fs::copy(&policy, reader.path("case.policy")).expect("the folder is ours");
    fs::write(reader.path("ca.pem"), hub.authority().certificate()).expect("the folder is ours");
    let case_id = hex::encode(&appeal.receipt.case_id);
    write_bundle(&panel, &case_id, &reader.path("case.barid"), &[]);
    assert!(hub.terminate().success(), "the hub stops when asked");

    let roots = ["--roots", "ca.pem"];
    let told = reader.verify("case.barid", &roots, 0);
    for part in [
        "Computed again, and as logged: ",
        "What the assessments rest on",
        "from ihec/national, leaf ",
        "from ihec/council, leaf ",
        "Rule set IQ-L11-2007/1, known here: ",
        "assessments recomputed, all as logged",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    // Without the calendar no deadline is computed, instead of another one.
    let whole = fs::read(reader.path("case.barid")).expect("it is there");
    let mut bundle = Bundle::decode(&whole).expect("a bundle");
    assert_eq!(bundle.law.len(), 2);
    bundle.law.remove(0);
    fs::write(reader.path("bare.barid"), bundle.encode().expect("a bundle")).expect("ours");
    let told = reader.verify("bare.barid", &roots, 1);
    assert!(told.contains("assessment-open") && !told.contains("assessment-differs"), "{told}");
    assert!(told.contains("recomputed and as logged; for the others see below"), "{told}");
}

/// The last months of 2025 at all offices of the commission.
fn calendar() -> Draft {
    let day = |month, day| Some(CivilDate { year: 2025, month, day });
    let calendar = HolidayCalendar {
        covers_from: day(11, 1),
        covers_until: day(12, 31),
        ..HolidayCalendar::default()
    };
    let content = FilingContent { content: Some(Content::HolidayCalendar(calendar)) };
    let draft = Draft::new(FilingKind::HolidayCalendar).content(content).without_case();
    draft.data_class(DataClass::Published)
}

/// What a third party says is told to those who believe it, and to nobody else.
fn check_stamps(reader: &Reader) {
    let all = ["--roots", "ca.pem", "--tsa-roots", "tsa.pem"];
    let told = reader.verify("stamped.barid", &all, 0);
    assert!(told.contains("says Clock of a test, good"), "{told}");
    assert!(!told.contains("token-"), "{told}");
    let told = reader.verify("stamped.barid", &["--roots", "ca.pem"], 0);
    assert!(told.contains("token-unchecked"), "{told}");
    assert!(!told.contains("says Clock of a test"), "{told}");
    let stranger = Stamper::new();
    fs::copy(stranger.root(), reader.path("stranger.pem")).expect("the folder is ours");
    let all = ["--roots", "ca.pem", "--tsa-roots", "stranger.pem"];
    let told = reader.verify("stamped.barid", &all, 0);
    assert!(told.contains("token-unchecked"), "{told}");
}

/// One bit changed, wherever in the file, is noticed.
fn check_bits(reader: &Reader) {
    const PLACES: usize = 9;
    let whole = fs::read(reader.path("case.barid")).expect("it is there");
    for place in 1..PLACES {
        let mut changed = whole.clone();
        let at = whole.len() / PLACES * place;
        *changed.get_mut(at).expect("inside") ^= 1;
        fs::write(reader.path("changed.barid"), changed).expect("the folder is ours");
        reader.verify("changed.barid", &["--roots", "ca.pem"], 1);
    }
    // With checksums made anew it is a bundle again, and not a true one.
    let mut bundle = Bundle::decode(&whole).expect("a bundle");
    let filing = bundle.filings.first_mut().expect("a filing");
    let signed = filing.sealed.envelope.signatures.first_mut().expect("a signature");
    *signed.signature.last_mut().expect("bytes") ^= 1;
    fs::write(reader.path("changed.barid"), bundle.encode().expect("a bundle")).expect("ours");
    let told = reader.verify("changed.barid", &["--roots", "ca.pem"], 1);
    assert!(told.contains("signature-wrong"), "{told}");
}

fn check_custody(reader: &Reader) {
    let asked = ["custody", "--bundle", "case.barid", "--policy", "case.policy"];
    let told = reader.barid(&[&asked[..], &["--roots", "ca.pem", "--svg", "x.svg"]].concat(), 0);
    let drawn = fs::read_to_string(reader.path("x.svg")).expect("it was drawn");
    assert!(drawn.starts_with("<svg") || drawn.starts_with("<?xml"), "{drawn}");
    for event in [
        "SubmissionAcceptance",
        "ContentConsignment",
        "ContentAccessTracking",
        "ContentHandover",
        "ConsignmentAcceptance",
        "ConsignmentRejection",
    ] {
        assert!(told.contains(event), "{event}\n{told}");
    }
}

/// A complaint, acknowledged and registered, and an appeal, which is refused. The case.
async fn act(office: &ScriptedOffice, council: &ScriptedOffice) -> String {
    let complaint = office.complaint("council");
    let complaint = office.file_document(complaint, "ihec/form-110+json", COMPLAINT).await;
    let served = receive(council, 1).await;
    let lead = served.verified.body.lead.as_ref().expect("a document");
    let digest = lead.sha256.as_slice().try_into().expect("32 bytes");
    council.client.acknowledge(&served, &[digest]).await.expect("it is taken in");
    let number = DocketNumber {
        institution: "ihec".to_owned(),
        literal: "C-2025-1".to_owned(),
        normal: String::new(),
    };
    let registration = Registration {
        docket_number: Some(number),
        registered_at_unix_ms: 1_764_000_000_000,
        clerk: clerk(),
        route: IntakeRoute::Referred.into(),
    };
    council.client.register(&served, registration).await.expect("it is taken in");

    let case_id = complaint.receipt.case_id;
    let case = CaseReference { case_id: case_id.clone(), docket_numbers: vec![] };
    let appeal = Draft::new(FilingKind::AppealFiled).to("ihec", "council").case(case);
    office.file_document(appeal, "ihec/appeal+json", APPEAL).await;
    let served = receive(council, 2).await;
    let rendering = Rendering { language: "ar".to_owned(), text: "بلا توقيع".to_owned() };
    let reason = Text { renderings: vec![rendering], authoritative: "ar".to_owned() };
    let ground =
        RefusalGround { code: "no-signature".to_owned(), reason: Some(reason), remedy: None };
    let refusal = RefusalToRegister { grounds: vec![ground], clerk: clerk() };
    council.client.refuse(&served, refusal).await.expect("it is taken in");
    hex::encode(&case_id)
}

fn clerk() -> Option<Officer> {
    let (name, role) = ("كاتب".to_owned(), OfficerRole::Clerk.into());
    Some(Officer { name, role, officer_id: String::new() })
}

/// The n-th filing in an office's inbox.
async fn receive(office: &ScriptedOffice, number: u64) -> Served {
    let mut inbox = office.client.receive(From::After(number - 1), false, "", &[]).expect("asked");
    inbox.next().await.expect("it answers").expect("something was served")
}

/// `barid bundle`, for somebody who has no certificate authorities.
fn write_bundle(person: &Person, case: &str, path: &str, more: &[&str]) {
    let asked = ["bundle", case, "-o", path, "--documents", "--strict"];
    let ended = person.barid(asked.iter().chain(more));
    let said = String::from_utf8_lossy(&ended.stdout);
    assert!(ended.status.success(), "{said}{}", String::from_utf8_lossy(&ended.stderr));
    assert!(Path::new(path).exists(), "{said}");
}

/// Files a third party's time-stamp over the newest checkpoint.
async fn stamp(office: &ScriptedOffice, stamper: &Stamper) -> Filed {
    let seen = office.client.checkpoint().await.expect("the hub shows it");
    let note = Note::parse(&seen.note).expect("a note");
    let request = Request::new(note.text().as_bytes(), [7; NONCE_LEN]);
    let answer = stamper.answer(&request.encode(), "good");
    let token = granted(&answer).expect("it was granted").to_vec();
    let content = Content::ClockToken(ClockToken { checkpoint: seen.note, token });
    let content = FilingContent { content: Some(content) };
    let draft = Draft::new(FilingKind::ClockToken).content(content).without_case();
    office.client.submit(draft.data_class(DataClass::Published)).await.expect("it is taken in")
}
