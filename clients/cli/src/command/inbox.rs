//! `barid inbox`: what was served on this office.

use std::path::{Path, PathBuf};

use barid_client::bundle::Bundle;
use barid_client::client::{From, Served};
use barid_client::disk;
use barid_client::hex;
use barid_client::{Client, ClientError};
use indicatif::MultiProgress;
use serde_json::{Value, json};

use super::{Desk, register_all, served};
use crate::bar::Bar;
use crate::exit::Failure;
use crate::render::grid::Grid;
use crate::render::{json as values, shown_office, time, timeline};
use crate::wording::{self, Msg, StickMsg};

/// What to do with the inbox.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists what was served, from a position on.
    List {
        /// After this position.
        #[arg(long, default_value_t = 0)]
        after: u64,
    },
    /// Takes what is new since the last time, saves it, and remembers how far it came.
    Receive {
        /// The folder for what arrives.
        #[arg(long, default_value = "inbox")]
        into: PathBuf,
        /// Waits for more.
        #[arg(long)]
        follow: bool,
        /// Also written in this format.
        #[arg(long, default_value = "")]
        format: String,
    },
    /// Acknowledges a filing, after fetching and checking its documents.
    Ack {
        /// Position in the inbox.
        cursor: u64,
        /// The folder for its documents.
        #[arg(long, default_value = "inbox")]
        into: PathBuf,
    },
    /// Registers many filings: a number for each position. Run again, it goes on where it stopped.
    RegisterAll(register_all::Args),
    /// Saves a filing with its receipt and its documents.
    Save {
        /// Position in the inbox.
        cursor: u64,
        /// The folder.
        #[arg(long, default_value = "inbox")]
        into: PathBuf,
    },
}

/// Does what was asked with the inbox.
pub(super) async fn run(desk: &Desk, command: Command) -> Result<(), Failure> {
    let client = desk.client()?;
    match command {
        Command::RegisterAll(args) => register_all::run(desk, args).await,
        Command::List { after } => list(desk, &client, after).await,
        Command::Receive { into, follow, format } => {
            receive(desk, &client, &into, follow, &format).await
        }
        Command::Ack { cursor, into } => {
            let served = served(&client, cursor).await?;
            let digests = save(desk, &client, &served, &into).await?;
            desk.show_outcome(client.acknowledge(&served, &digests).await, "")
        }
        Command::Save { cursor, into } => {
            let served = served(&client, cursor).await?;
            save(desk, &client, &served, &into).await.map(drop)
        }
    }
}

async fn list(desk: &Desk, client: &Client, after: u64) -> Result<(), Failure> {
    let mut inbox = client.receive(From::After(after), false, "", &[])?;
    let mut arrived = Vec::new();
    let cut = loop {
        match inbox.next().await {
            Ok(Some(served)) => arrived.push(served),
            Ok(None) => break None,
            // What came on sticks is shown all the same.
            Err(error @ ClientError::Unreachable(_)) if !arrived.is_empty() => break Some(error),
            Err(error) => return Err(error.into()),
        }
    };
    let value: Vec<Value> = arrived.iter().map(value).collect();
    desk.screen.show(&table(desk, &arrived)?, &json!({ "inbox": value }));
    match cut {
        None => Ok(()),
        Some(error) => {
            let failure = Failure::from(error);
            desk.screen.fail(&failure);
            if !desk.screen.json {
                let text = desk.screen.lang.fill(StickMsg::FromStick.wording(), &[]);
                desk.screen.show(&text, &Value::Null);
            }
            Err(Failure::Said(failure.code()))
        }
    }
}

fn table(desk: &Desk, arrived: &[Served]) -> Result<String, Failure> {
    let (lang, zone) = (desk.screen.lang, desk.zone()?);
    if arrived.is_empty() {
        return Ok(lang.say(Msg::InboxEmpty, &[]));
    }
    let headings =
        [Msg::HeadCursor, Msg::HeadTime, Msg::HeadFiling, Msg::HeadFrom, Msg::HeadDigest];
    let mut grid = Grid::new(lang, headings.map(|heading| lang.pick(heading.wording())));
    for served in arrived {
        let body = &served.verified.body;
        let accepted = i64::try_from(served.verified.accepted_at_ms).unwrap_or(0);
        grid.row([
            served.cursor.to_string(),
            time::minute(accepted, &zone),
            wording::kind(lang, body.kind()).to_owned(),
            shown_office(body.sender.as_ref()),
            crate::render::short(&served.verified.digest),
        ]);
    }
    Ok(grid.render())
}

async fn receive(
    desk: &Desk,
    client: &Client,
    into: &Path,
    follow: bool,
    format: &str,
) -> Result<(), Failure> {
    let languages = desk.screen.lang.tags();
    let mut inbox = client.receive(From::WhereILeftOff, follow, format, &languages)?;
    let mut any = false;
    while let Some(served) = inbox.next().await? {
        any = true;
        save(desk, client, &served, into).await?;
        // Only now: a power cut before this makes it come again.
        client.remember_cursor(served.cursor)?;
    }
    if !any {
        desk.screen.show(&desk.screen.say(Msg::InboxEmpty, &[]), &json!({ "inbox": [] }));
    }
    Ok(())
}

/// Saves bundle, rendition and documents; gives the digests of the documents, lead first.
async fn save(
    desk: &Desk,
    client: &Client,
    served: &Served,
    into: &Path,
) -> Result<Vec<[u8; 32]>, Failure> {
    let folder = into.join(format!("{:06}", served.cursor));
    std::fs::create_dir_all(&folder).map_err(|error| at(&folder, &error))?;
    let body = &served.verified.body;
    let mut digests = Vec::new();
    let lead = body.lead.iter().map(|lead| (&lead.sha256, &lead.chunk_root, &lead.name));
    let exhibits = body.exhibits.iter().map(|e| (&e.sha256, &e.chunk_root, &e.title));
    for (position, (sha256, chunk_root, name)) in lead.chain(exhibits).enumerate() {
        let digest = sha256.as_slice().try_into();
        let digest = digest.map_err(|_| Failure::usage("a document without a digest"))?;
        let path = folder.join(format!("{position:03}-{}", safe_name(name)));
        let bar = Bar::new(&desk.screen, &MultiProgress::new(), &path);
        match client.carried_document(&digest) {
            Some(here) => drop(std::fs::copy(&here, &path).map_err(|error| at(&path, &error))?),
            None => {
                let mut progress = bar.progress();
                client.download_proven(digest, chunk_root, &path, &mut progress).await?;
            }
        }
        bar.finish();
        digests.push(digest);
    }
    if let Some(rendition) = &served.rendition {
        disk::replace(&folder.join(safe_name(&rendition.name)), &rendition.content)?;
    }
    let bundle = folder.join("filing.barid");
    let bytes = Bundle::from(served.filing.clone()).encode();
    let bytes = bytes.map_err(|why| Failure::usage(format!("{}: {why}", bundle.display())))?;
    disk::replace(&bundle, &bytes)?;
    let path = bundle.display().to_string();
    let mut value = value(served);
    if let Value::Object(map) = &mut value {
        map.insert("saved".to_owned(), json!(path));
    }
    let mut lines = vec![desk.screen.say(Msg::Saved, &[&path])];
    lines.extend(timeline::warnings(desk.screen.lang, served.verified.assessment.as_ref()));
    desk.screen.show(&lines.join("\n"), &value);
    Ok(digests)
}

fn at(path: &Path, error: &std::io::Error) -> Failure {
    Failure::usage(format!("{}: {error}", path.display()))
}

/// A name that another institution chose, made harmless: no folders, no control characters.
fn safe_name(name: &str) -> String {
    /// Most file systems take 255 bytes; a position and a suffix are added.
    const NAME_MAX_CHARS: usize = 60;
    let harmless = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '-') { c } else { '_' };
    let cleaned: String = name.chars().take(NAME_MAX_CHARS).map(harmless).collect();
    match cleaned.trim_start_matches('.') {
        "" => "document".to_owned(),
        cleaned => cleaned.to_owned(),
    }
}

fn value(served: &Served) -> Value {
    let receipt = served.filing.receipt.as_ref();
    json!({
        "cursor": served.cursor,
        "case_id": receipt.map(|receipt| hex::encode(&receipt.case_id)),
        "filing": values::verified(&served.verified),
        "rendition": served.rendition.as_ref().map(|r| r.name.as_str()),
        "rendition_problem": served.rendition_problem,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_foreign_name_stays_in_its_folder() {
        assert_eq!(safe_name("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(safe_name("صورة 1.jpg"), "صورة_1.jpg");
        assert_eq!(safe_name(".."), "document");
        assert_eq!(safe_name(""), "document");
        assert_eq!(safe_name(&"x".repeat(500)).len(), 60);
    }
}
