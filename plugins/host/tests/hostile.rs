//! A plugin that does its worst, in a worker. Every test ends with the same plugin answering the
//! next document as if nothing had been.

#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests stand outside of `#[test]` functions here"
)]

mod rig;

use std::time::{Duration, Instant};

use barid_plugin_host::worker::Program;
use barid_plugin_host::{CallFailure, Plugin, PluginManifest};

use rig::{Built, HOSTILE, harmless_reply, request};

const EPERM: i32 = 1;
const EACCES: i32 = 13;

struct Kit {
    _built: Built,
    plugin: Plugin,
}

impl Kit {
    fn new(change: impl FnOnce(&mut PluginManifest)) -> Self {
        let built = Built::kit();
        let mut manifest = built.manifest(HOSTILE);
        change(&mut manifest);
        let path = env!("CARGO_BIN_EXE_barid-plugin-worker").into();
        let plugin = Plugin::load(&manifest, &Program { path, show_errors: false }).unwrap();
        Self { _built: built, plugin }
    }

    fn act(&self, name: &str) -> Result<(), CallFailure> {
        let wait = Duration::from_millis(self.plugin.manifest().deadline_ms);
        let request = request(HOSTILE, format!("act:{name}").as_bytes());
        let reply = self.plugin.decode(&request, Instant::now() + wait)?;
        assert_eq!(reply, harmless_reply());
        Ok(())
    }

    /// What the plugin tells of what it tried.
    fn told(&self, name: &str) -> String {
        match self.act(name) {
            Err(CallFailure::Failed { code: 3, text }) => text,
            other => panic!("{name}: {other:?}"),
        }
    }

    /// How a worker ended over it, twice.
    fn died(&self, name: &str) -> String {
        let how = match self.act(name) {
            Err(CallFailure::Died { how }) => how,
            other => panic!("{name}: {other:?}"),
        };
        self.act("nothing").unwrap();
        how
    }
}

#[test]
fn confinement_is_complete_here_or_is_said_not_to_be() {
    let confinement = Kit::new(|_| {}).plugin.confinement().unwrap();
    assert!(confinement.is_full(), "the tests below need a kernel with all of it: {confinement}");
}

#[test]
fn crashes_cost_their_own_document_only() {
    let kit = Kit::new(|_| {});
    assert!(kit.died("abort").contains("aborted"));
    assert!(kit.died("null").contains("(signal 11)"));
    assert!(kit.died("trap").contains("trapped"));
    assert!(kit.died("exit").contains("ended itself, with code 3"));
    assert!(kit.died("hang-up").contains("ended itself"));
    let overflow = kit.died("overflow");
    assert!(overflow.contains("stack"), "{overflow}");
    kit.act("print").unwrap();
}

#[test]
fn bad_memory_is_the_workers_own() {
    let kit = Kit::new(|_| {});
    assert!(kit.died("overlong").contains("not its own"));
    assert!(kit.died("freed").contains("not its own"));
    match kit.act("four-gib") {
        Err(CallFailure::ReplyTooLarge { bytes: 4_294_967_296, .. }) => {}
        other => panic!("{other:?}"),
    }
    kit.act("nothing").unwrap();
}

#[test]
fn what_does_not_end_is_ended() {
    let kit = Kit::new(|manifest| manifest.deadline_ms = 300);
    for name in ["loop", "sleep"] {
        assert_eq!(kit.act(name), Err(CallFailure::TooSlow { deadline_ms: 300 }), "{name}");
    }
    // A fresh worker has to start within the next call's time; a busy machine may need a few.
    let again = (0..50).any(|_| kit.act("nothing").is_ok());
    assert!(again, "the plugin answers again");
}

#[test]
fn memory_ends_where_the_manifest_says() {
    let kit = Kit::new(|manifest| manifest.max_memory_bytes = 128 * 1024 * 1024);
    let told = kit.told("leak");
    let taken: u32 = told.strip_prefix("MiB: ").unwrap().parse().unwrap();
    assert!((48..=128).contains(&taken), "{told}");
    // The next document finds a worker without memory. It fails there, and not in a fresh one.
    let told = kit.told("leak");
    assert!(told.starts_with("MiB"), "{told}");
}

#[test]
fn files_are_out_of_reach_even_for_constructors() {
    let kit = Kit::new(|_| {});
    assert_eq!(kit.told("constructor"), format!("open: {EACCES}"));
    for name in ["open", "self", "create"] {
        let told = kit.told(name);
        assert!(told.ends_with(&format!(": {EPERM}")), "{name}: {told}");
    }
    assert!(!std::path::Path::new("/tmp/kit").exists());
}

#[test]
fn descriptors_that_the_host_left_open_are_closed() {
    let left_open = std::fs::File::open("/etc/passwd").unwrap();
    rustix::io::fcntl_setfd(&left_open, rustix::io::FdFlags::empty()).unwrap();
    let kit = Kit::new(|_| {});
    kit.act("nothing").unwrap();
    let own = std::process::id().to_string();
    let mut workers = 0;
    for process in std::fs::read_dir("/proc").unwrap().flatten() {
        let about = std::fs::read_to_string(process.path().join("stat")).unwrap_or_default();
        let parent = about.rsplit(')').next().and_then(|rest| rest.split(' ').nth(2));
        let Ok(open) = std::fs::read_dir(process.path().join("fd")) else { continue };
        if parent != Some(&own) || !about.contains("(barid-plugin-wo)") {
            continue;
        }
        workers += 1;
        let kinds = open.flatten().filter_map(|one| std::fs::read_link(one.path()).ok());
        for target in kinds {
            let target = target.to_string_lossy().into_owned();
            let known = ["socket:", "/memfd:barid-plugin", "/dev/null"];
            assert!(known.iter().any(|one| target.starts_with(one)), "{target}");
        }
    }
    assert!(workers > 0, "no worker was found to look at");
}

#[test]
fn nothing_is_started_reached_or_changed() {
    let kit = Kit::new(|_| {});
    for name in [
        "socket", "unix", "fork", "exec", "thread", "kill", "kill-all", "ptrace", "uring",
        "execmem", "unlimit",
    ] {
        let told = kit.told(name);
        assert!(told.ends_with(&format!(": {EPERM}")), "{name}: {told}");
    }
    kit.act("nothing").unwrap();
}

#[test]
fn worker_that_was_taken_over_is_believed_nothing() {
    let kit = Kit::new(|_| {});
    let how = kit.died("lie");
    assert!(how.contains("it answered with no frame"), "{how}");
}

#[test]
fn what_a_document_did_to_a_worker_meets_its_own_institution_only() {
    let kit = Kit::new(|_| {});
    let told = |institution: &str| {
        let mut asked = request(HOSTILE, b"act:remember");
        institution.clone_into(&mut asked.institution);
        match kit.plugin.decode(&asked, Instant::now() + Duration::from_secs(20)) {
            Err(CallFailure::Failed { code: 3, text }) => text,
            other => panic!("{institution}: {other:?}"),
        }
    };
    assert_eq!(told("ihec"), "remembered: 0");
    // Unless the machine is too busy for an answer in good time: then the next one is.
    let until = Instant::now() + Duration::from_secs(30);
    while told("ihec") == "remembered: 0" {
        assert!(Instant::now() < until, "no worker is used again");
    }
    assert_eq!(told("ejp"), "remembered: 0");
    // More others than workers wait: the one that waits longest makes room.
    for number in 0..64 {
        assert_eq!(told(&format!("other-{number}")), "remembered: 0");
    }
    assert_eq!(told("ihec"), "remembered: 0");
}

#[test]
fn calls_at_once_have_workers_of_their_own() {
    let kit = Kit::new(|manifest| manifest.deadline_ms = 5_000);
    std::thread::scope(|scope| {
        let bad = scope.spawn(|| kit.act("sleep"));
        for _ in 0..20 {
            kit.act("nothing").unwrap();
        }
        assert_eq!(bad.join().unwrap(), Err(CallFailure::TooSlow { deadline_ms: 5_000 }));
    });
}

#[test]
fn worker_that_does_not_start_is_not_tried_all_the_time() {
    let built = Built::kit();
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("worker");
    std::fs::copy(env!("CARGO_BIN_EXE_barid-plugin-worker"), &program).unwrap();
    let program = Program { path: program, show_errors: false };
    let plugin = Plugin::load(&built.manifest(HOSTILE), &program).unwrap();
    std::fs::remove_file(&program.path).unwrap();
    let ask = |what: &str| {
        plugin.decode(&request(HOSTILE, what.as_bytes()), Instant::now() + Duration::from_secs(20))
    };
    let first = ask("act:abort").unwrap_err().to_string();
    assert!(first.contains("No such file"), "{first}");
    let second = ask("act:nothing").unwrap_err();
    assert!(second.to_string().contains("the last one did not either"), "{second}");
    assert_eq!(second.fault(), barid_plugin_host::Fault::Load);
}
