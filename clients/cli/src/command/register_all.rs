//! `barid inbox register-all`: numbers for hundreds of filings of the inbox by one command.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::{Desk, batch};
use crate::batch::manifest::Manifest;
use crate::batch::registrations;
use crate::batch::run::{Run, undone};
use crate::exit::Failure;

/// Which filings, under which numbers.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// CSV with headings: position, number, registered-at, direct (or in Arabic or Kurdish). What
    /// became of each line is kept beside it; `barid batch report` shows it.
    #[arg(long)]
    numbers: PathBuf,
    /// Files lines again that were refused.
    #[arg(long)]
    again: bool,
    /// Looks at the list and the inbox only, and registers nothing.
    #[arg(long, conflicts_with = "again")]
    check: bool,
}

/// Registers each line; run again, it goes on where it stopped.
pub(super) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let (profile, lang) = (desk.profile()?, desk.screen.lang);
    let client = profile.client()?;
    let mut manifest = Manifest::read_registrations(&args.numbers)?;
    let whole = manifest.clone();
    let mut found = std::mem::take(&mut manifest.problems);
    let (institution, clerk) = (profile.address().institution, profile.officer()?);
    if args.check {
        let read = registrations::read(&client, &manifest, &institution, clerk.as_ref()).await?;
        found.extend(read.1);
        return batch::tell(desk, &manifest, found, 0);
    }
    let trust = profile.trust()?;
    let mut journal = batch::opened(&profile, &client, &args.numbers)?;
    let mut run = Run { client: &client, trust: &trust, journal: &mut journal, lang };
    let pending: BTreeSet<String> = run.recover()?;
    let rows = std::mem::take(&mut manifest.rows);
    let (rows, changed) = undone(rows, run.journal.known(), &pending, args.again);
    manifest.rows = rows;
    found.extend(changed);
    let (works, wrong) =
        registrations::read(&client, &manifest, &institution, clerk.as_ref()).await?;
    found.extend(wrong);
    if !found.is_empty() {
        return batch::tell(desk, &manifest, found, 0);
    }
    batch::finish(desk, run, works, &whole).await
}
