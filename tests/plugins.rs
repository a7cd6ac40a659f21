//! Plugins in a real hub: one that does its worst beside those of others, an exchange without a
//! restart, and old records read again by what read them first.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "what is set up must stand before it can be attacked"
)]

#[path = "../plugins/host/tests/rig/mod.rs"]
mod rig;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use barid_client::ClientError;
use barid_client::draft::HashedDocument;
use barid_client::hex;
use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::{
    CheckRequest, CheckResponse, DecodeReply, FilingContent, FilingKind, FormatDescription,
    PluginDescription, Reason,
};
use barid_tests::person::Person;
use barid_tests::{HubProcess, ScriptedOffice, programs};
use prost::Message as _;
use serde_json::{Value, json};

use rig::{Built, HOSTILE, numbers};

const FORM_110: &str = "ihec/form-110+json";
const FORM: &str = "plugins/ihec/testdata/form-110.json";
const READER: &str = "reader/any+json";

/// What the kit is told to do while others work. Each ends a worker, or tries to.
const MISDEEDS: [&str; 12] = [
    "abort", "null", "overflow", "exit", "leak", "freed", "overlong", "lie", "hang-up", "fork",
    "kill", "loop",
];

/// Filings of the others meanwhile.
const FILINGS: usize = 12;

/// A table of the settings for a library.
fn table(built: &Built, format: &str, deadline_ms: u64) -> String {
    let sha256 = hex::encode(&built.manifest(format).sha256);
    format!(
        "[[plugins]]\npath = {:?}\nsha256 = {sha256:?}\nformats = [{format:?}]\n\
         max_input_bytes = 65536\nmax_output_bytes = 65536\ndeadline_ms = {deadline_ms}\n\
         max_memory_bytes = 134217728\n",
        built.path,
    )
}

async fn misdeed(office: &ScriptedOffice, name: &str) -> Result<CheckResponse, ClientError> {
    let request = CheckRequest {
        kind: FilingKind::Query.into(),
        format: HOSTILE.to_owned(),
        document: format!("act:{name}").into_bytes(),
        ..CheckRequest::default()
    };
    office.client.check(request).await
}

fn refused(outcome: Result<CheckResponse, ClientError>) -> (Reason, String) {
    match outcome {
        Err(ClientError::Refused(refusal)) => (refusal.reason, refusal.to_string()),
        other => panic!("{other:?}"),
    }
}

/// A plugin that reads every complaint as the same one.
fn reader(version: &str, content: &FilingContent) -> Built {
    let kind = FilingKind::ComplaintRegistered.into();
    let description = PluginDescription {
        name: "reader".to_owned(),
        version: version.to_owned(),
        formats: vec![FormatDescription {
            id: READER.to_owned(),
            media_types: vec!["application/json".to_owned()],
            decodes: vec![kind],
            ..FormatDescription::default()
        }],
    };
    let reply = DecodeReply { content: Some(content.clone()), ..DecodeReply::default() };
    let knobs = [
        ("DESCRIPTION", numbers(&description.encode_to_vec())),
        ("REPLY", numbers(&reply.encode_to_vec())),
    ];
    Built::new("hostile/plugin.c", &knobs)
}

/// What the form says, as the commission's own plugin reads it.
async fn form_content(office: &ScriptedOffice) -> FilingContent {
    let document = std::fs::read(programs::root().join(FORM)).expect("the form is there");
    let request = CheckRequest {
        kind: FilingKind::ComplaintRegistered.into(),
        format: FORM_110.to_owned(),
        document,
        ..CheckRequest::default()
    };
    office.client.check(request).await.expect("it can be read").content.expect("it is good")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plugin_that_does_its_worst_costs_nobody_else_anything() {
    let kit = Built::kit();
    let mut hub = HubProcess::start_with(&table(&kit, HOSTILE, 1_500));
    let attacker = Arc::new(hub.office("ejp", "registry"));
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    let (over, stop) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let attacks = tokio::spawn({
        let (attacker, stop, over) = (Arc::clone(&attacker), Arc::clone(&stop), Arc::clone(&over));
        async move {
            let mut counted = 0;
            // Once around at least, and for as long as the others file.
            for name in MISDEEDS.into_iter().cycle() {
                if over.load(Ordering::Relaxed) && stop.load(Ordering::Relaxed) {
                    return counted;
                }
                let (reason, _) = refused(misdeed(&attacker, name).await);
                assert!(matches!(reason, Reason::FormatFailed | Reason::TooMany), "{reason:?}");
                counted += 1;
                over.store(counted >= MISDEEDS.len(), Ordering::Relaxed);
            }
            counted
        }
    });
    for number in 0..FILINGS {
        let mut stamp = office.stamp();
        stamp.number = format!("110/NIN/{number}");
        let form = HashedDocument::at(&programs::root().join(FORM)).expect("the form is there");
        let draft = office.complaint("national");
        let draft = draft.lead(FORM_110, "form", "application/json", form).stamp(stamp);
        office.client.submit(draft).await.expect("filing goes on");
    }
    stop.store(true, Ordering::Relaxed);
    let counted = attacks.await.expect("every misdeed is answered");
    assert!(counted >= MISDEEDS.len());
    assert!(hub.ended().is_none(), "the hub goes on");
    assert!(!std::path::Path::new("/tmp/kit").exists());
    assert!(hub.said().contains("runs in a worker without files"), "it says what keeps it in");
    // And the plugin itself answers, once it is asked for something.
    let answer = misdeed(&attacker, "nothing").await.expect("it reads the next document");
    assert_eq!(answer.problems.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_in_quarantine_is_named_to_its_sender_and_kept_for_the_operator() {
    let kit = Built::kit();
    let mut hub = HubProcess::start_with(&table(&kit, HOSTILE, 10_000));
    let office = hub.office("ejp", "registry");
    let (reason, said) = refused(misdeed(&office, "abort").await);
    assert_eq!(reason, Reason::FormatFailed);
    assert!(said.contains("put in quarantine as"), "{said}");
    hub.terminate();
    hub.launch().expect("it starts again");
    let office = hub.office("ejp", "registry");
    let (_, again) = refused(misdeed(&office, "abort").await);
    assert_eq!(said, again, "it is known still");
    let held = hub.data_folder().join("formats/quarantine");
    let kept = std::fs::read_dir(held).expect("it is there").flatten();
    let names: Vec<_> = kept.map(|one| one.file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().all(|name| said.contains(name.split('.').next().unwrap_or("?"))));
}

#[tokio::test(flavor = "multi_thread")]
async fn plugins_are_exchanged_by_a_signal_and_old_records_read_again() {
    let mut hub = HubProcess::start();
    let content = form_content(&hub.office("ihec", "geo-nin")).await;
    let first = reader("1.0.0", &content);
    hub.reconfigure(&table(&first, READER, 10_000));
    let person = Person::of(&hub, "nin", "ihec", "geo-nin");
    let office = hub.office("ihec", "geo-nin").enrolled().await;
    wait_for(&hub, READER).await;

    let draft = office.complaint("national");
    let filed = office.file_document(draft, READER, FORM).await;
    let digest = hex::encode(&filed.verified.digest);

    let mut changed = content.clone();
    let Some(Content::ComplaintRegistered(complaint)) = &mut changed.content else {
        panic!("a complaint was read");
    };
    complaint.form_serial = "110/NIN/OTHERWISE".to_owned();
    let second = reader("2.0.0", &changed);
    let before = hub.said().matches("plugins read again").count();
    hub.reconfigure(&table(&second, READER, 10_000));
    drop(first);
    while hub.said().matches("plugins read again").count() == before {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    let value = reread(&person, &digest);
    assert_eq!(value["recorded"]["plugin"], "reader 1.0.0");
    assert_eq!(value["again"]["plugin"]["plugin"], "reader 1.0.0", "the library's own is gone");
    assert_eq!(value["again"]["differences"], json!([]));
    assert_eq!(value["current"]["plugin"]["plugin"], "reader 2.0.0");
    let found = &value["current"]["differences"];
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{found}");
    assert_eq!(found[0]["path"], "content.complaint_registered.form_serial");
    assert_eq!(found[0]["after"], "110/NIN/OTHERWISE");

    // Settings that cannot be used change nothing.
    hub.reconfigure(&table(&second, "reader/unknown", 10_000));
    while !hub.said().contains("plugins stay as they were") {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(reread(&person, &digest)["current"]["plugin"]["plugin"], "reader 2.0.0");
}

fn reread(person: &Person, digest: &str) -> Value {
    let out = person.barid(["reread", digest]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("JSON")
}

async fn wait_for(hub: &HubProcess, format: &str) {
    while !hub.said().contains(format) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
