//! `cargo xtask demo`: real cases between separate processes, shown as a person would see them.
//!
//! The steps, each a module or a function here:
//!
//! 1. build hub, command line and formats ([`build`]);
//! 2. set the stage: certificates, settings, a running hub, four witnesses, eight offices with keys
//!    ([`stage`]);
//! 3. calendars are filed, so that periods can be counted ([`law`]); case A: a complaint is decided
//!    by a governorate office under a delegation ([`complaint`]);
//! 4. case B: a decision is published and appealed, and the appeal reaches the panel ([`appeal`]);
//!    every deadline is explained ([`law`]);
//! 5. the rush hour: while two offices file at once the hub is killed; what was acknowledged is
//!    there afterwards, what was not goes out again, nothing is there twice ([`rush`]);
//! 6. two of four witnesses are away: no receipt until one is back ([`witness`]);
//! 7. case B goes on to its ruling and is carried out ([`appeal`]);
//! 8. case C: the results are ratified by the court ([`ratification`]);
//! 9. what is real: the panel's published register, published judgments ([`published`]);
//! 10. what a clerk meets besides: refusals, and who may not see what ([`refusals`]);
//! 11. the hub stops, and every receipt and the bundle of case B are checked without it
//!     ([`receipts`]);
//! 12. an older copy of its data is put back: its witnesses do not let it sign ([`witness`]).
//!
//! Every act is a `barid` process with the profile of its office; the witnesses and the courts'
//! open inboxes are processes of their own. The papers are in `tests/demo`; they are made up, but
//! for step 9.

mod appeal;
mod authority;
mod complaint;
mod filing;
mod hub;
mod law;
mod office;
mod papers;
mod published;
mod ratification;
mod receipts;
mod refusals;
mod rush;
mod screen;
mod stage;
mod witness;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, bail};
use tempfile::TempDir;

use crate::workspace::Workspace;
use screen::Screen;
use stage::Stage;

/// What the demonstration starts or loads.
const PARTS: [&str; 7] = [
    "barid-hub",
    "barid-cli",
    "barid-witness",
    "barid-format-ihec",
    "barid-format-ejp",
    "barid-format-fsc",
    "barid-format-court",
];

/// How it is shown.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Keeps the folder with the hub's log, the offices' outboxes and the inboxes.
    #[arg(long)]
    keep: bool,
    /// Headings and acts only, for build machines.
    #[arg(long)]
    quiet: bool,
    /// Plays instead an election of the size of 2025, made up from a seed, and shows where each
    /// case is by which the two registers differ.
    #[arg(long, conflicts_with_all = ["keep", "quiet"])]
    replay_2025: bool,
    /// The seed of `--replay-2025`: another election for each.
    #[arg(long, requires = "replay_2025", default_value_t = 2025)]
    seed: u64,
}

/// Builds, plays, and says how it ended.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> ExitCode {
    if options.replay_2025 {
        return replayed(workspace, options.seed);
    }
    let screen = Screen { quiet: options.quiet };
    match build(workspace).and_then(|()| played(workspace, options.keep, screen)) {
        Ok(proven) => {
            screen.line(&format!("\n{proven}"));
            ExitCode::SUCCESS
        }
        Err(why) => {
            screen.line(&format!("\nThe demonstration stopped: {why:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Plays an election of the size of 2025, in a program of its own: it speaks to the hub with the
/// client library.
fn replayed(workspace: &Workspace, seed: u64) -> ExitCode {
    let seed = seed.to_string();
    let line = ["run", "--quiet", "--package", "barid-tests", "--example", "replay-2025"];
    let mut program = workspace.cargo(&line);
    let played =
        build(workspace).and_then(|()| Ok(program.args(["--", "--seed", &seed]).status()?));
    match played {
        Ok(ended) if ended.success() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Plays in a folder of its own: what was proven, and how long that took.
fn played(workspace: &Workspace, keep: bool, screen: Screen) -> anyhow::Result<String> {
    let started = Instant::now();
    let mut folder = TempDir::with_prefix("barid-demo-")?;
    folder.disable_cleanup(keep);
    if keep {
        screen.remark(&format!("kept: {}", folder.path().display()));
    }
    let proven = play(workspace, &folder, screen)?;
    Ok(format!("{proven}; {:.1} s", started.elapsed().as_secs_f64()))
}

fn build(workspace: &Workspace) -> anyhow::Result<()> {
    let mut build = workspace.cargo(&["build", "--quiet"]);
    build.args(PARTS.iter().flat_map(|part| ["--package", part]));
    if !build.status().context("starting cargo")?.success() {
        bail!("the hub, the command line or a format does not build");
    }
    Ok(())
}

/// Plays everything; a step that fails ends it with the hub's last words.
fn play(workspace: &Workspace, folder: &TempDir, screen: Screen) -> anyhow::Result<String> {
    let mut stage = Stage::set(workspace, folder.path(), screen)?;
    scenes(&mut stage).inspect_err(|_| {
        screen.line(&format!("\n--- how the hub's log ends ---\n{}", stage.hub.tail()));
    })
}

fn scenes(stage: &mut Stage) -> anyhow::Result<String> {
    law::calendars(stage)?;
    let complaint = complaint::play(stage)?;
    let appeal = appeal::up_to_the_panel(stage)?;
    law::explained(stage, &appeal)?;
    rush::play(stage)?;
    witness::away(stage)?;
    let ruling = appeal::to_the_end(stage, &appeal)?;
    ratification::play(stage)?;
    published::play(stage)?;
    refusals::play(stage, &complaint)?;
    let proven = receipts::play(stage, &ruling)?;
    witness::set_back(stage)?;
    Ok(proven)
}

/// The paths in a folder, in order of their names; none when the folder is not there.
fn listing(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let found = std::fs::read_dir(folder)?.map(|found| found.map(|found| found.path()));
    let mut paths = found.collect::<Result<Vec<PathBuf>, _>>()?;
    paths.sort();
    Ok(paths)
}

/// Bytes as hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
