//! Somebody is told.

use crate::fixture::{Log, ORIGIN, Place, ask};
use barid_witness::alarm::Alarm;
use barid_witness::attend::Attendant;
use barid_witness::evidence::Evidence;
use barid_witness::witness::Witness;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tonic::transport::Endpoint;

/// A command that writes its arguments, and the file it writes them to.
fn alarm(place: &Place) -> (Alarm, PathBuf) {
    let (command, told) = (place.path("tell.sh"), place.path("told"));
    let script = format!("#!/bin/sh\nprintf '%s|' \"$@\" >> '{}'\n", told.display());
    fs::write(&command, script).unwrap();
    fs::set_permissions(&command, fs::Permissions::from_mode(0o755)).unwrap();
    (Alarm { command: Some(command) }, told)
}

fn wait_for(told: &std::path::Path) -> String {
    for _ in 0..200 {
        match fs::read_to_string(told) {
            Ok(text) if !text.is_empty() => return text,
            _ => std::thread::sleep(Duration::from_millis(50)),
        }
    }
    String::new()
}

#[test]
fn a_fork_runs_the_command_with_the_folder_of_the_evidence() {
    let log = Log::with_leaves(8);
    let place = Place::following(&log);
    let (alarm, told) = alarm(&place);
    let evidence = Evidence::new(place.path("evidence"), alarm);
    let (witness, _) = Witness::open(place.folder.path(), evidence, place.clock()).unwrap();
    assert_eq!(ask(&witness, &log.question(0, 8)).code, 200);
    assert_eq!(ask(&witness, &log.branch(4, 4, 1).question(8, 8)).code, 422);
    let told = wait_for(&told);
    let folder = place.kept()[0].display().to_string();
    assert!(told.starts_with(&format!("proof|{ORIGIN}|")), "{told}");
    assert!(told.ends_with(&format!("|{folder}|")), "{told}");
}

#[tokio::test]
async fn a_hub_that_cannot_be_reached_is_silent() {
    let place = Place::following(&Log::with_leaves(1));
    let (alarm, told) = alarm(&place);
    let attendant = Attendant {
        witness: Arc::new(place.open()),
        mirror: None,
        origin: ORIGIN.to_owned(),
        alarm,
        silence: Duration::from_millis(1),
    };
    // Nobody listens on port 1.
    let channel = Endpoint::from_static("http://127.0.0.1:1").connect_lazy();
    let attending = tokio::spawn(attendant.attend(channel));
    let told = tokio::task::spawn_blocking(move || wait_for(&told)).await.unwrap();
    assert!(told.starts_with(&format!("silence|{ORIGIN}|")), "{told}");
    attending.abort();
}
