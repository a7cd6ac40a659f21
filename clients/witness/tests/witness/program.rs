//! The program: what it prints and how it ends.

use crate::fixture::{Log, ORIGIN, WITNESS};
use std::path::Path;
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_barid-witness")).args(arguments).output().unwrap()
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

#[test]
fn a_witness_is_made_once_follows_a_log_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("w");
    let place = place.to_str().unwrap();
    let log = Log::with_leaves(1).verifier().to_string();
    let nowhere = run(&["show", place]);
    assert_eq!(code(&nowhere), Some(2));
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("no witness here"));

    let made = run(&["init", place, "--name", WITNESS, "--ml-dsa"]);
    assert_eq!(code(&made), Some(0));
    let printed = String::from_utf8(made.stdout).unwrap();
    assert_eq!(printed.matches(&format!("witness {WITNESS}+")).count(), 2);
    assert_eq!(code(&run(&["init", place, "--name", "other.test/w"])), Some(2), "not over it");
    assert_eq!(code(&run(&["add-log", place, "--vkey", &log])), Some(0));
    assert_eq!(code(&run(&["add-log", place, "--vkey", &log])), Some(2), "known already");
    assert_eq!(code(&run(&["add-log", place, "--vkey", "nonsense"])), Some(2));

    let shown = run(&["show", place]);
    assert_eq!(code(&shown), Some(0));
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(shown.starts_with(&printed), "the same keys: {shown}");
    assert!(shown.contains(&format!("log {ORIGIN}\n")), "{shown}");
    assert_eq!(code(&run(&["acknowledge", place, "--origin", ORIGIN, "--words", "x"])), Some(2));
}

#[test]
fn settings_that_cannot_be_used_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("w");
    let text = place.to_str().unwrap();
    assert_eq!(code(&run(&["init", text, "--name", WITNESS])), Some(0));
    for (settings, why) in
        [("[http]\nlisten = '127.0.0.1:0'\nport = 1\n", "port"), ("", "nobody could ask")]
    {
        std::fs::write(Path::new(&place).join("witness.toml"), settings).unwrap();
        let served = run(&["serve", text]);
        assert_eq!(code(&served), Some(2));
        let said = String::from_utf8_lossy(&served.stderr);
        assert!(said.contains(why), "{said}");
    }
    // The mirror needs keys, and a log to mirror.
    let hub = "[hub]\norigin = 'hub.test/log'\naddress = 'hub.test:1'\nserver_name = 'hub.test'\n\
               authority = 'a'\ncertificate = 'c'\nkey = 'k'\n[mirror]\n";
    std::fs::write(Path::new(&place).join("witness.toml"), hub).unwrap();
    let said = run(&["check", text]);
    assert_eq!(code(&said), Some(2));
    assert!(String::from_utf8_lossy(&said.stderr).contains("--mirror-name"));
}
