//! `barid log`: the transparency log, compared with what this office saw before.

use std::path::{Path, PathBuf};
use std::time::Duration;

use barid_client::memory::Seen;
use barid_client::{Client, hex};
use indicatif::ProgressStyle;
use serde_json::json;

use super::Desk;
use crate::exit::Failure;
use crate::wording::Msg;

/// What to read.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Shows the newest checkpoint.
    Checkpoint,
    /// Shows each new checkpoint, and stops when the log contradicts itself.
    Follow {
        /// Seconds between two looks.
        #[arg(long, default_value_t = 10)]
        every: u64,
    },
    /// Writes the whole log into a folder, or what the folder lacks of it: C2SP tlog-tiles, which
    /// anybody's tools can check without the hub.
    Export {
        /// The folder; it is made when it is not there.
        folder: PathBuf,
    },
}

/// Reads the log; a contradiction ends with exit code 4 and both checkpoints kept.
pub(super) async fn run(desk: &Desk, command: &Command) -> Result<(), Failure> {
    let client = desk.client()?;
    match command {
        Command::Checkpoint => show(desk, &client.checkpoint().await?),
        Command::Follow { every } => follow(desk, &client, *every).await?,
        Command::Export { folder } => export(desk, &client, folder).await?,
    }
    Ok(())
}

async fn follow(desk: &Desk, client: &Client, every: u64) -> Result<(), Failure> {
    let mut last = client.checkpoint().await?;
    show(desk, &last);
    loop {
        tokio::time::sleep(Duration::from_secs(every.max(1))).await;
        let newest = client.checkpoint().await?;
        if newest.checkpoint != last.checkpoint {
            show(desk, &newest);
            last = newest;
        }
    }
}

async fn export(desk: &Desk, client: &Client, folder: &Path) -> Result<(), Failure> {
    let screen = desk.screen;
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}");
    let bar = screen.bar().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut progress = |done, size| {
        bar.set_length(size);
        bar.set_position(done);
    };
    let exported = client.export_log(folder, &mut progress).await?;
    bar.finish_and_clear();
    let checkpoint = &exported.newest.checkpoint;
    let new = checkpoint.size() - exported.had;
    let (root, path) = (hex::encode(checkpoint.root()), folder.display().to_string());
    let lines = [
        screen.say(Msg::Checkpoint, &[checkpoint.origin(), &checkpoint.size().to_string()]),
        screen.say(Msg::CheckpointRoot, &[&root]),
        screen.say(Msg::Exported, &[&path, &new.to_string()]),
    ];
    let value = json!({
        "origin": checkpoint.origin(),
        "size": checkpoint.size(),
        "root": root,
        "path": path,
        "new_leaves": new,
    });
    screen.show(&lines.join("\n"), &value);
    Ok(())
}

fn show(desk: &Desk, seen: &Seen) {
    let (checkpoint, screen) = (&seen.checkpoint, desk.screen);
    let (size, root) = (checkpoint.size().to_string(), hex::encode(checkpoint.root()));
    let lines = [
        screen.say(Msg::Checkpoint, &[checkpoint.origin(), &size]),
        screen.say(Msg::CheckpointRoot, &[&root]),
        screen.say(Msg::CheckpointAgrees, &[]),
    ];
    let value = json!({
        "origin": checkpoint.origin(),
        "size": checkpoint.size(),
        "root": root,
        "note": String::from_utf8_lossy(&seen.note),
    });
    screen.show(&lines.join("\n"), &value);
}
