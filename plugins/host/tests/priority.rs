//! Where a worker stands in the queues for a processor: one that is long about a document behind
//! all others, and the next of the same institution too.

#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests stand outside of `#[test]` functions here"
)]

mod rig;

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use barid_plugin_host::worker::Program;
use barid_plugin_host::{CallFailure, Plugin};

use rig::{Built, HOSTILE, request};

/// The niceness of a worker, and of one that stands back.
const USUAL: i32 = 10;
const BACK: i32 = 19;

/// The workers of every test here are children of one process: one test after the other.
static ALONE: Mutex<()> = Mutex::new(());

fn load() -> Plugin {
    let built = Built::kit();
    let mut manifest = built.manifest(HOSTILE);
    manifest.deadline_ms = 300;
    let path = env!("CARGO_BIN_EXE_barid-plugin-worker").into();
    Plugin::load(&manifest, &Program { path, show_errors: false }).unwrap()
}

fn act(plugin: &Plugin, institution: &str, act: &str) -> Result<(), CallFailure> {
    let mut request = request(HOSTILE, format!("act:{act}").as_bytes());
    institution.clone_into(&mut request.institution);
    let wait = Duration::from_millis(plugin.manifest().deadline_ms);
    plugin.decode(&request, Instant::now() + wait).map(drop)
}

/// The niceness of every process that this one has started (proc(5), `stat`, field 19).
fn niceness() -> Vec<i32> {
    let own = std::process::id().to_string();
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let told = processes.filter_map(|one| std::fs::read_to_string(one.path().join("stat")).ok());
    told.filter_map(|stat| {
        // The program's name stands in brackets before the third field, and may hold anything.
        let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split(' ').collect();
        (*fields.get(1)? == own).then(|| fields.get(16)?.parse().ok())?
    })
    .collect()
}

/// Tries until it is so: a machine may be too busy for an answer in good time at first.
fn becomes(mut is_so: impl FnMut() -> bool) -> bool {
    let until = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        if Instant::now() > until {
            return false;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    true
}

#[test]
fn a_worker_that_is_long_about_a_document_stands_back() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let plugin = load();
    let seen = std::thread::scope(|scope| {
        let looping = scope.spawn(|| act(&plugin, "specimen", "loop"));
        let mut back = false;
        while !looping.is_finished() {
            back |= niceness().contains(&BACK);
        }
        let how = looping.join();
        assert!(matches!(how, Ok(Err(CallFailure::TooSlow { .. }))), "{how:?}");
        back
    });
    assert!(seen, "no worker stood back");
}

#[test]
fn who_took_long_begins_further_back_until_a_document_is_read_in_good_time() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let plugin = load();
    let how = act(&plugin, "slow", "loop");
    assert!(matches!(how, Err(CallFailure::TooSlow { .. })), "{how:?}");
    // Whoever stands back is not kept, since nobody can let it forward again.
    act(&plugin, "slow", "nothing").unwrap();
    assert!(niceness().is_empty(), "the next worker began where all do");
    assert!(
        becomes(|| act(&plugin, "slow", "nothing").is_ok() && niceness() == [USUAL]),
        "it is never forgotten",
    );
}

#[test]
fn one_institution_that_takes_long_holds_nobody_else_back() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let plugin = load();
    assert!(act(&plugin, "slow", "loop").is_err());
    assert!(
        becomes(|| act(&plugin, "quick", "nothing").is_ok() && niceness() == [USUAL]),
        "another institution's worker does not begin where all do",
    );
}
