//! `barid-witness`: cosigns a log for an institution, and mirrors it.

mod command;

use clap::Parser as _;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() -> ExitCode {
    tracing_subscriber::fmt().json().with_writer(std::io::stderr).init();
    let clock: barid_witness::Clock = Arc::new(now);
    match command::Line::parse().run(&clock) {
        Ok(code) => code,
        Err(error) => {
            tracing::error!("{error}");
            ExitCode::from(command::UNUSABLE)
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "here time enters, for everything below")]
fn now() -> u64 {
    // A clock before 1970 gives 0, and the witness refuses to go back in time.
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
