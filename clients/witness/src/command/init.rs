//! `init`: a new witness.

use super::say;
use barid_witness::cosigners::Keys;
use barid_witness::error::WitnessError;
use barid_witness::ledger::Ledger;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

/// What the operator has to fill in; `settings` documents all of it.
const SETTINGS: &str = "\
[http]
listen = \"127.0.0.1:7380\"
";

#[derive(clap::Args)]
pub(super) struct Init {
    /// The folder of the witness. It must not exist, or be empty.
    folder: PathBuf,
    /// The witness's name, a URL without scheme: `fsc.example/w1`. Never used for another key.
    #[arg(long)]
    name: String,
    /// The mirror's name, another one: `fsc.example/m1`. Without it, nothing is mirrored.
    #[arg(long)]
    mirror_name: Option<String>,
    /// Make ML-DSA-44 keys as well as Ed25519 keys. They cannot be added later.
    #[arg(long)]
    ml_dsa: bool,
}

impl Init {
    pub(super) fn run(self) -> Result<ExitCode, WitnessError> {
        let Self { folder, name, mirror_name, ml_dsa } = self;
        let taken = fs::read_dir(&folder).is_ok_and(|mut found| found.next().is_some());
        if taken {
            let why =
                format!("{} is not empty: a new witness needs a new folder", folder.display());
            return Err(WitnessError::Setting(why));
        }
        let keys = Keys::generate(&folder.join("keys"), &name, mirror_name.as_deref(), ml_dsa)?;
        barid_client::disk::replace(&folder.join("witness.toml"), SETTINGS.as_bytes())?;
        Ledger::create(&folder.join("ledger"), &keys)?;
        say(&keys.lines())
    }
}
