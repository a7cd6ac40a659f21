//! What a call costs in a worker over a call within one's own process: 8 KiB there, 8 KiB back.
//! `cargo xtask bench plugins` runs it and knows the goals.

#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

#[path = "../tests/rig/mod.rs"]
mod rig;

use std::time::{Duration, Instant};

use barid_plugin::problem::text;
use barid_plugin_host::worker::Program;
use barid_plugin_host::{CallFailure, LoadFailure, Plugin, PluginManifest};
use barid_proto::v1::{DecodeReply, DecodeRequest, Problem, ProblemSeverity};
use prost::Message as _;

use rig::{Built, HOSTILE, numbers, request};

/// Bytes of a request's document, and of a reply's text.
const BYTES: usize = 8 * 1024;

/// Calls that are measured, after as many for warmth.
const CALLS: usize = 5_000;

/// Workers that are started.
const STARTS: usize = 20;

#[derive(Debug, thiserror::Error)]
enum Failed {
    #[error(transparent)]
    Loading(#[from] LoadFailure),
    #[error(transparent)]
    Calling(#[from] CallFailure),
}

fn main() -> Result<(), Failed> {
    let reply = numbers(&reply().encode_to_vec());
    let built = Built::hostile(&[("REPLY", reply.as_str())]);
    let apart = built.manifest(HOSTILE);
    let here = PluginManifest { in_process: true, ..apart.clone() };
    let program =
        Program { path: env!("CARGO_BIN_EXE_barid-plugin-worker").into(), show_errors: true };
    let asked = request(HOSTILE, &vec![b'x'; BYTES]);
    let here = measure(&Plugin::load(&here, &program)?, &asked)?;
    let there = measure(&Plugin::load(&apart, &program)?, &asked)?;
    let mut starts = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        let started = Instant::now();
        drop(Plugin::load(&apart, &program)?);
        starts.push(started.elapsed());
    }
    starts.sort();
    for (name, value) in [
        ("here-p50", microseconds(at(&here, 50))),
        ("worker-p50", microseconds(at(&there, 50))),
        ("over-p50", microseconds(at(&there, 50).saturating_sub(at(&here, 50)))),
        ("over-p99", microseconds(at(&there, 99).saturating_sub(at(&here, 99)))),
        ("start-p50", at(&starts, 50).as_millis()),
    ] {
        println!("{name} {value}");
    }
    Ok(())
}

/// Whole microseconds, rounded up.
fn microseconds(time: Duration) -> u128 {
    time.as_nanos().div_ceil(1_000)
}

fn reply() -> DecodeReply {
    let problem = Problem {
        severity: ProblemSeverity::Error.into(),
        code: "nothing-read".to_owned(),
        what: text(&[("en", "x".repeat(BYTES).as_str())]),
        ..Problem::default()
    };
    DecodeReply { problems: vec![problem], ..DecodeReply::default() }
}

fn measure(plugin: &Plugin, asked: &DecodeRequest) -> Result<Vec<Duration>, CallFailure> {
    let mut times = Vec::with_capacity(CALLS);
    for call in 0..2 * CALLS {
        let started = Instant::now();
        plugin.decode(asked, started + Duration::from_secs(20))?;
        if call >= CALLS {
            times.push(started.elapsed());
        }
    }
    times.sort();
    Ok(times)
}

/// A percentile of sorted times.
fn at(sorted: &[Duration], percent: usize) -> Duration {
    sorted.get(sorted.len().saturating_sub(1) * percent / 100).copied().unwrap_or_default()
}
