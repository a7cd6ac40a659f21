//! `barid exhibit`: documents by digest.

use std::path::PathBuf;

use barid_client::hex;
use serde_json::json;

use super::{Desk, look, parse};
use crate::exit::Failure;
use crate::wording::Msg;

/// What to do with a document.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Uploads a document, or what the hub lacks of it.
    Put {
        /// The document.
        path: PathBuf,
    },
    /// Downloads a document and checks its digest.
    Get {
        /// SHA-256 of the document.
        #[arg(value_parser = parse::digest)]
        digest: [u8; 32],
        /// Where to.
        path: PathBuf,
    },
    /// Looks at documents on this machine as the hub does when they arrive: what each is, and what
    /// is wrong with it. Exit code 1 when something is.
    Look {
        /// The documents.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Asks what the hub holds of a document.
    Stat {
        /// SHA-256 of the document.
        #[arg(value_parser = parse::digest)]
        digest: [u8; 32],
    },
}

/// Uploads, downloads, looks or asks.
pub(super) async fn run(desk: &Desk, command: Command) -> Result<(), Failure> {
    if let Command::Look { paths } = &command {
        return look(desk, paths);
    }
    let (client, screen) = (desk.client()?, desk.screen);
    let bar = screen.bar();
    let mut progress = |done, size| {
        bar.set_length(size);
        bar.set_position(done);
    };
    match command {
        Command::Look { .. } => {}
        Command::Put { path } => {
            let digest = hex::encode(&client.upload(&path, &mut progress).await?);
            bar.finish_and_clear();
            screen.show(&screen.say(Msg::Uploaded, &[&digest]), &json!({ "sha256": digest }));
        }
        Command::Get { digest, path } => {
            let size = client.download(digest, &path, &mut progress).await?;
            bar.finish_and_clear();
            let path = path.display().to_string();
            let value = json!({ "sha256": hex::encode(&digest), "path": path, "size_bytes": size });
            screen.show(&screen.say(Msg::Saved, &[&path]), &value);
        }
        Command::Stat { digest } => {
            let held = client.stat(digest).await?;
            let text = match (held.complete, held.held_bytes) {
                (true, _) => screen.say(Msg::Held, &[&held.size_bytes.to_string()]),
                (false, 0) => screen.say(Msg::NotHeld, &[]),
                (false, part) => screen.say(Msg::HeldPart, &[&part.to_string()]),
            };
            let value = json!({
                "complete": held.complete,
                "held_bytes": held.held_bytes,
                "size_bytes": held.size_bytes,
            });
            screen.show(&text, &value);
        }
    }
    Ok(())
}

fn look(desk: &Desk, paths: &[PathBuf]) -> Result<(), Failure> {
    let seen = look::at(paths)?;
    let value = json!({ "documents": look::values(&seen) });
    desk.screen.show(&look::lines(desk.screen.lang, &seen).join("\n"), &value);
    if seen.iter().any(look::Seen::is_wrong) { Err(Failure::Said(1)) } else { Ok(()) }
}
