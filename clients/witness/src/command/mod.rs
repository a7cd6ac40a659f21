//! The commands of `barid-witness`.

mod check;
mod init;
mod serve;
mod show;

use barid_proto::tlog::vkey::VerifierKey;
use barid_witness::Clock;
use barid_witness::alarm::Alarm;
use barid_witness::error::WitnessError;
use barid_witness::evidence::Evidence;
use barid_witness::ledger::Ledger;
use barid_witness::witness::Witness;
use clap::{Parser, Subcommand};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// `show` and `check` found evidence against a log, or damage.
pub(crate) const FOUND: u8 = 1;
/// Wrong usage or settings, or something on this machine.
pub(crate) const UNUSABLE: u8 = 2;

const CODES: &str = "\
Exit codes:
  0  done; for `show` and `check`: nothing speaks against a log
  1  `show`: a log is halted; `check`: what the mirror holds is damaged
  2  wrong usage or settings, or something on this machine; the last line says what to do";

/// An institution's witness and mirror of a log.
#[derive(Parser)]
#[command(name = "barid-witness", version, after_help = CODES)]
pub(crate) struct Line {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Makes the keys and the ledger of a new witness, and prints the verifier keys.
    Init(init::Init),
    /// Follows a log, or trusts one more of its keys.
    AddLog {
        /// The folder of the witness.
        folder: PathBuf,
        /// The log's verifier key: `origin+id+key`.
        #[arg(long)]
        vkey: VerifierKey,
    },
    /// Answers until it is stopped.
    Serve {
        /// The folder of the witness, with `witness.toml`.
        folder: PathBuf,
    },
    /// Shows the keys, what was cosigned of each log, and what is held against it. Not while
    /// `serve` runs: ask its HTTP address then.
    Show {
        /// The folder of the witness.
        folder: PathBuf,
    },
    /// Hashes everything that the mirrors hold again.
    Check {
        /// The folder of the witness.
        folder: PathBuf,
    },
    /// Cosigns a halted log again, after a person has read the evidence. May run beside `serve`.
    Acknowledge {
        /// The folder of the witness.
        folder: PathBuf,
        /// The log's origin.
        #[arg(long)]
        origin: String,
        /// Who decided, and why. Kept beside the evidence.
        #[arg(long)]
        words: String,
    },
}

impl Line {
    pub(crate) fn run(self, clock: &Clock) -> Result<ExitCode, WitnessError> {
        match self.verb {
            Verb::Init(init) => init.run(),
            Verb::AddLog { folder, vkey } => add_log(&folder, vkey),
            Verb::Serve { folder } => serve::serve(&folder, clock),
            Verb::Show { folder } => show::show(&folder),
            Verb::Check { folder } => check::check(&folder, clock),
            Verb::Acknowledge { folder, origin, words } => acknowledge(&folder, &origin, &words),
        }
    }
}

fn add_log(folder: &Path, vkey: VerifierKey) -> Result<ExitCode, WitnessError> {
    let (mut ledger, _) = Ledger::open(&folder.join("ledger"), &folder.join("keys"))?;
    ledger.add_log(vkey)?;
    Ok(ExitCode::SUCCESS)
}

fn acknowledge(folder: &Path, origin: &str, words: &str) -> Result<ExitCode, WitnessError> {
    let origin_hash = barid_witness::ledger::origin_hash(origin);
    let kept = evidence(folder, Alarm::default()).acknowledge(&origin_hash, words)?;
    say(&format!("acknowledged: {}\n", kept.display()))
}

/// Where every command keeps and finds evidence.
fn evidence(folder: &Path, alarm: Alarm) -> Evidence {
    Evidence::new(folder.join("evidence"), alarm)
}

/// Prints the outcome of a command.
fn say(text: &str) -> Result<ExitCode, WitnessError> {
    let mut out = std::io::stdout().lock();
    let said = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    said.map_err(|error| WitnessError::Setting(format!("standard output: {error}")))?;
    Ok(ExitCode::SUCCESS)
}

fn open(
    folder: &Path,
    alarm: Alarm,
    clock: &Clock,
) -> Result<(Witness, Option<barid_witness::cosigners::Cosigners>), WitnessError> {
    Witness::open(folder, evidence(folder, alarm), clock.clone())
}
