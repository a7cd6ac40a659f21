//! `barid exhibit`: documents by digest.

use std::path::PathBuf;

use barid_client::client::CaseName;
use barid_client::hex;
use serde_json::json;

use super::{Desk, docket, parse};
use crate::exit::Failure;
use crate::wording::{Msg, SealedMsg, sealed};

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
    /// Downloads a sealed exhibit, opens it with this office's key and compares it with what its
    /// sender described.
    Open {
        /// The case: its identifier, or a number: `ejp:612/2025`.
        #[arg(value_parser = docket::name)]
        case: CaseName,
        /// SHA-256 of the sealed exhibit, as `barid docket show` has it.
        #[arg(value_parser = parse::digest)]
        digest: [u8; 32],
        /// Where to.
        path: PathBuf,
    },
    /// Asks what the hub holds of a document.
    Stat {
        /// SHA-256 of the document.
        #[arg(value_parser = parse::digest)]
        digest: [u8; 32],
    },
}

/// Uploads, downloads or asks.
pub(super) async fn run(desk: &Desk, command: Command) -> Result<(), Failure> {
    let (client, screen) = (desk.client()?, desk.screen);
    let bar = screen.bar();
    let mut progress = |done, size| {
        bar.set_length(size);
        bar.set_position(done);
    };
    match command {
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
        Command::Open { case, digest, path } => {
            let keys = desk.profile()?.unsealing_keys()?;
            let opened = client.open_exhibit(case, digest, &keys, &path, &mut progress).await;
            bar.finish_and_clear();
            let described = opened?;
            let path = path.display().to_string();
            let values = [path.as_str(), &described.title];
            let value = json!({
                "path": path,
                "title": described.title,
                "media_type": described.media_type,
                "size_bytes": described.size_bytes,
                "sha256": hex::encode(&described.sha256),
                "sealed_sha256": hex::encode(&digest),
            });
            screen.show(&sealed(screen.lang, SealedMsg::Opened, &values), &value);
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
