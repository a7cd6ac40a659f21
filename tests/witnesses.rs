//! Four witnesses of four institutions, each a process of its own behind its own certificate, and
//! what a hub can do with too few of them, after a restore, or while one party wants its own.

#![expect(clippy::expect_used, reason = "each step must succeed for the next")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use barid_client::bundle::Bundle;
use barid_client::client::{Filed, From};
use barid_client::draft::HashedDocument;
use barid_client::proto::tlog::note::Note;
use barid_client::proto::tlog::policy::Policy;
use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::{
    CivilDate, FilingContent, FilingKind, KeyPurpose, LedgerDigest, Reason,
};
use barid_client::{ClientError, Draft, Trust, verify};
use barid_tests::{HubProcess, ScriptedOffice};

/// Far longer than anything here takes: the machine is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// Answers wait long for witnesses, so that only missing ones make them late.
const PATIENT: &str = "patience_ms = 20000";

/// Answers do not wait.
const HASTY: &str = "patience_ms = 200\nheartbeat_ms = 500";

async fn complain(office: &ScriptedOffice) -> Result<Filed, ClientError> {
    let path = barid_tests::programs::root().join("plugins/ihec/testdata/form-110.json");
    let document = HashedDocument::at(&path).expect("the document is there");
    let draft = office.complaint("council");
    let draft = draft.lead("ihec/form-110+json", "form", "application/json", document);
    office.client.submit(draft.stamp(office.stamp())).await
}

/// How many filings an inbox shows.
async fn served(office: &ScriptedOffice) -> usize {
    let mut inbox = office.client.receive(From::After(0), false, "", &[]).expect("it can be asked");
    let mut served = 0;
    while inbox.next().await.expect("the inbox answers").is_some() {
        served += 1;
    }
    served
}

fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "never: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_carries_the_lines_of_real_witnesses() {
    let hub = HubProcess::start_witnessed(PATIENT);
    let office = hub.enrolled("ihec", "geo-nin").await;
    let filed = complain(&office).await.expect("it has a receipt");
    assert!(filed.verified.witnessed.quorum);
    assert!(filed.verified.witnessed.cosigned.len() >= 3, "{:?}", filed.verified.witnessed);
    let bundle = std::fs::read(&filed.kept).expect("the client kept a bundle");
    let bundle = Bundle::decode(&bundle).expect("it can be read");
    let evidence = bundle.filings.first().expect("of one filing");
    verify::evidence(evidence, &hub.trust()).expect("it proves the filing without the hub");
    // Whoever believes only other witnesses is not convinced by it.
    let logs: String = hub
        .trust()
        .policy()
        .logs()
        .iter()
        .fold(String::new(), |text, log| text + &format!("log {}\n", log.key));
    let other = HubProcess::start_witnessed(PATIENT);
    let strangers: String =
        other.trust().policy().witnesses().fold(logs, |text, witness| {
            text + &format!("witness {} {}\n", witness.name, witness.key)
        });
    let text = strangers + "group any any ihec ejp fsc parliament\nquorum any\n";
    let strangers = Trust::new(Policy::parse(text.as_bytes()).expect("a policy"));
    assert!(verify::evidence(evidence, &strangers).is_err());
    // Mirrors follow: every leaf is on four other disks.
    let size = filed.verified.witnessed.checkpoint.size();
    for witness in &hub.witnesses {
        until("the mirror holds all leaves", || mirrored(witness.folder()) >= size);
    }
}

/// How many leaves a mirror holds and has cosigned.
fn mirrored(folder: &Path) -> u64 {
    let mirrors = std::fs::read_dir(folder.join("mirror"));
    let notes = mirrors
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|found| std::fs::read(found.path().join("checkpoint")).ok());
    let sizes = notes.filter_map(|note| {
        let note = Note::parse(&note).ok()?;
        note.text().lines().nth(1)?.parse::<u64>().ok()
    });
    sizes.max().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_quorum_there_is_no_receipt_and_nothing_is_shown() {
    let mut hub = HubProcess::start_witnessed(HASTY);
    let office = hub.enrolled("ihec", "geo-nin").await;
    let council = hub.enrolled("ihec", "council").await;
    complain(&office).await.expect("it has a receipt");
    assert_eq!(served(&council).await, 1);
    for number in [1, 3] {
        hub.witnesses.get_mut(number).expect("there are four").kill9();
    }
    let first = complain(&office).await;
    assert!(matches!(first, Err(ClientError::Unwitnessed(_))), "{first:?}");
    let second = complain(&office).await;
    assert!(matches!(second, Err(ClientError::Unwitnessed(_))), "{second:?}");
    assert_eq!(served(&council).await, 1, "what no quorum has seen is shown to nobody");
    // One is back: three make a quorum, and the outbox gets what is due to it, in order.
    hub.start_witness(3);
    until("the fourth attends", || hub.said().matches("a witness attends").count() >= 5);
    let receipts = office.client.send().await.expect("the outbox can be used");
    assert_eq!(receipts.len(), 2);
    let leaves: Vec<u64> = receipts
        .into_iter()
        .map(|filed| filed.expect("it has a receipt now").verified.leaf_index)
        .collect();
    assert!(leaves.is_sorted(), "{leaves:?}");
    assert_eq!(served(&council).await, 3);
    // Whoever was away catches up, from whatever it has.
    hub.start_witness(1);
    until("all attend", || hub.said().matches("a witness attends").count() >= 6);
    complain(&office).await.expect("it has a receipt");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_was_set_back_signs_nothing() {
    let mut hub = HubProcess::start_witnessed(PATIENT);
    let copy = hub.folder("copy");
    let office = hub.enrolled("ihec", "geo-nin").await;
    assert!(hub.terminate().success(), "the hub stops when asked");
    hub.back_up(&copy);
    hub.launch().expect("it starts again");
    until("they confirm it", || hub.said().matches("witnesses confirm the log").count() >= 2);
    complain(&office).await.expect("it has a receipt");
    let newest = hub.folder("newest");
    assert!(hub.terminate().success(), "the hub stops when asked");
    hub.back_up(&newest);
    hub.restore(&copy);
    hub.launch().expect("by itself it looks sound");
    until("a witness contradicts", || hub.said().contains("the log was set back"));
    let other = hub.office("ihec", "geo-bas");
    let refused = other.client.enrol_key(KeyPurpose::Seal).await;
    let reason = match refused {
        Err(ClientError::Refused(refusal)) => refusal.reason,
        _ => Reason::Unspecified,
    };
    assert!(matches!(reason, Reason::HistoryLost | Reason::Unconfirmed), "{reason:?}");
    let said = hub.said();
    assert!(said.contains("restore the newest copy of the data"), "it says what to do");
    assert!(said.contains("leaves, here are"), "and what is missing");
    // With the newest copy all is well again.
    assert!(hub.terminate().success(), "the hub stops when asked");
    hub.restore(&newest);
    hub.launch().expect("it starts again");
    until("they confirm it", || hub.said().matches("witnesses confirm the log").count() >= 3);
    complain(&office).await.expect("it has a receipt");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_party_may_demand_its_own_witness() {
    let mut hub = HubProcess::start_witnessed(HASTY);
    // The court's file: any two of the others, and its own.
    let policy = hub.trust();
    let policy = policy.policy();
    let mut text = String::new();
    policy.logs().iter().for_each(|log| text += &format!("log {}\n", log.key));
    policy.witnesses().for_each(|one| text += &format!("witness {} {}\n", one.name, one.key));
    text += "group others 2 ihec ejp parliament\ngroup own all others fsc\nquorum own\n";
    let own = Trust::new(Policy::parse(text.as_bytes()).expect("a policy"));
    let court = hub.office_believing("fsc", "registry", Arc::new(own));
    let started = Instant::now();
    while let Err(error) = court.client.enrol_key(KeyPurpose::Seal).await {
        assert!(error.is_temporary() && started.elapsed() < PATIENCE, "{error}");
    }
    // Its own witness is away: the hub's quorum is met, the court's is not.
    hub.witnesses.get_mut(2).expect("there are four").kill9();
    let office = hub.enrolled("ihec", "geo-nin").await;
    complain(&office).await.expect("three others are enough for the office");
    court.client.sign(court_notice(&court)).expect("it is signed");
    let sent = court.client.send().await.expect("the outbox can be used");
    assert!(matches!(sent.as_slice(), [Err(ClientError::Unwitnessed(_))]), "{sent:?}");
    hub.start_witness(2);
    until("it attends", || hub.said().matches("a witness attends").count() >= 5);
    let sent = court.client.send().await.expect("the outbox can be used");
    let receipt = sent.into_iter().next().expect("one was pending").expect("it has a receipt");
    let names: Vec<&str> =
        receipt.verified.witnessed.cosigned.iter().map(|one| one.witness.as_str()).collect();
    assert!(names.contains(&"fsc"), "{names:?}");
}

/// Something a court may file without a case.
fn court_notice(court: &ScriptedOffice) -> Draft {
    let digest = LedgerDigest {
        as_of: Some(CivilDate { year: 2025, month: 12, day: 1 }),
        root: vec![7; 32],
        ..LedgerDigest::default()
    };
    let content = FilingContent { content: Some(Content::LedgerDigest(digest)) };
    let draft = Draft::new(FilingKind::LedgerDigest).content(content);
    draft.to("ihec", "national").without_case().stamp(court.stamp())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_strangers_witness_is_reached_over_http() {
    let mut hub = HubProcess::start_with_distant_witness(PATIENT);
    let office = hub.enrolled("ihec", "geo-nin").await;
    // Now the quorum needs the one that does not dial.
    hub.witnesses.first_mut().expect("there are four").kill9();
    let filed = complain(&office).await.expect("it has a receipt");
    let names: Vec<&str> =
        filed.verified.witnessed.cosigned.iter().map(|one| one.witness.as_str()).collect();
    assert!(names.contains(&"parliament"), "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_log_shows_that_it_is_current() {
    let hub = HubProcess::start_witnessed(HASTY);
    let office = hub.enrolled("ihec", "geo-nin").await;
    let trust = hub.trust();
    let first = newest_time(&office, &trust).await;
    let started = Instant::now();
    while newest_time(&office, &trust).await <= first {
        assert!(started.elapsed() < PATIENCE, "the times stand still");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn newest_time(office: &ScriptedOffice, trust: &Trust) -> u64 {
    let checkpoint = office.client.checkpoint().await.expect("the log shows its checkpoint");
    let witnessed = trust.checkpoint(&checkpoint.note).expect("a quorum cosigned it");
    witnessed.cosigned.last().expect("somebody cosigned it").time
}
