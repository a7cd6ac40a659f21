//! `barid plugin`: what an institution's programmer does with a library before handing it over,
//! and what an operator does before taking it.

mod check;
mod describe;
mod report;

use super::Desk;
use crate::exit::Failure;

/// What to do with a plugin's library.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Runs the conformance kit. Ends with 0 when nothing failed, 1 when something did, 2 when it
    /// could not run.
    Check(Box<check::Args>),
    /// Tells what the library says of itself, and the table for the hub's settings.
    Describe(describe::Args),
    /// Verifies a signed report: whose key, which library, what passed.
    Report(report::Args),
}

/// Checks, describes or verifies.
pub(super) fn run(desk: &Desk, command: Command) -> Result<(), Failure> {
    match command {
        Command::Check(args) => check::run(desk, *args),
        Command::Describe(args) => describe::run(desk, &args),
        Command::Report(args) => report::run(desk, &args),
    }
}
