//! `barid exhibit`: documents by digest.

use std::path::PathBuf;

use barid_client::client::{CaseName, Compared};
use barid_client::draft::HashedDocument;
use barid_client::hex;
use indicatif::MultiProgress;
use serde_json::json;

use super::{Desk, docket, look, parse};
use crate::bar::Bar;
use crate::exit::Failure;
use crate::wording::{Msg, SealedMsg, sealed};

/// What to do with a document.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Uploads documents, or what the hub lacks of them, a few at a time.
    Put {
        /// The documents.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
    },
    /// Downloads a document and checks its digest.
    Get {
        /// SHA-256 of the document.
        #[arg(value_parser = parse::digest)]
        digest: [u8; 32],
        /// Where to.
        path: PathBuf,
        /// Only the bytes from this one on.
        #[arg(long, value_name = "BYTE")]
        from: Option<u64>,
        /// Only so many bytes.
        #[arg(long, value_name = "COUNT")]
        bytes: Option<u64>,
        /// Root over its chunks, as the envelope says: proves a part without the rest.
        #[arg(long, value_name = "HEX", value_parser = parse::digest)]
        root: Option<[u8; 32]>,
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
    match command {
        Command::Look { .. } => {}
        Command::Put { paths } => put(desk, paths).await?,
        Command::Get { digest, path, from: None, bytes: None, root } => {
            let root = root.map(Vec::from).unwrap_or_default();
            let bar = Bar::new(&screen, &MultiProgress::new(), &path);
            let size = client.download_proven(digest, &root, &path, &mut bar.progress()).await?;
            bar.finish();
            let path = path.display().to_string();
            let value = json!({ "sha256": hex::encode(&digest), "path": path, "size_bytes": size });
            screen.show(&screen.say(Msg::Saved, &[&path]), &value);
        }
        Command::Get { digest, path, from, bytes, root } => {
            let root = root.map(Vec::from).unwrap_or_default();
            get_range(desk, (digest, &root), (from.unwrap_or(0), bytes), path).await?;
        }
        Command::Open { case, digest, path } => {
            let bar = Bar::new(&screen, &MultiProgress::new(), &path);
            let keys = desk.profile()?.unsealing_keys()?;
            let opened = client.open_exhibit(case, digest, &keys, &path, &mut bar.progress()).await;
            bar.finish();
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

/// Hashes documents and uploads them, each with a bar of its own.
async fn put(desk: &Desk, paths: Vec<PathBuf>) -> Result<(), Failure> {
    let (client, screen) = (desk.client()?, desk.screen);
    let bars = MultiProgress::new();
    let mut hashed = Vec::with_capacity(paths.len());
    for path in paths {
        let bar = Bar::new(&screen, &bars, &path);
        let (mut progress, place) = (bar.progress(), path.clone());
        let document = tokio::task::spawn_blocking(move || {
            let size = std::fs::metadata(&place).map_or(0, |metadata| metadata.len());
            HashedDocument::at_telling(&place, &mut |done| progress(done, size))
        });
        let document = document.await.map_err(|error| Failure::usage(error.to_string()))??;
        hashed.push((path, document, bar));
    }
    let uploads =
        hashed.iter().map(|(path, document, bar)| (path.clone(), document.clone(), bar.progress()));
    client.upload_all(uploads.collect::<Vec<_>>()).await?;
    for (_, document, bar) in hashed {
        bar.finish();
        let digest = hex::encode(&document.sha256);
        screen.show(&screen.say(Msg::Uploaded, &[&digest]), &json!({ "sha256": digest }));
    }
    Ok(())
}

/// Downloads part of a document, and says by what it was compared.
async fn get_range(
    desk: &Desk,
    (digest, root): ([u8; 32], &[u8]),
    (from, bytes): (u64, Option<u64>),
    path: PathBuf,
) -> Result<(), Failure> {
    let (client, screen) = (desk.client()?, desk.screen);
    let end = match bytes {
        Some(bytes) => from.saturating_add(bytes),
        None => client.stat(digest).await?.size_bytes,
    };
    let bar = Bar::new(&screen, &MultiProgress::new(), &path);
    let mut progress = bar.progress();
    let compared = client.download_range((digest, root), from..end, &path, &mut progress).await?;
    bar.finish();
    let path = path.display().to_string();
    let mut text = screen.say(Msg::Saved, &[&path]);
    let proven = compared == Compared::WithRoot;
    if !proven {
        text = format!("{text}\n{}", screen.say(Msg::RangeUnproven, &[]));
    }
    let (sha256, size_bytes) = (hex::encode(&digest), end - from);
    let value = json!({
        "sha256": sha256,
        "path": path,
        "from": from,
        "size_bytes": size_bytes,
        "proven": proven,
    });
    screen.show(&text, &value);
    Ok(())
}

fn look(desk: &Desk, paths: &[PathBuf]) -> Result<(), Failure> {
    let seen = look::at(paths)?;
    let value = json!({ "documents": look::values(&seen) });
    desk.screen.show(&look::lines(desk.screen.lang, &seen).join("\n"), &value);
    if seen.iter().any(look::Seen::is_wrong) { Err(Failure::Said(1)) } else { Ok(()) }
}
