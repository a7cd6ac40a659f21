//! `barid clock`: time-stamps of third parties over the log's checkpoints.

use std::path::{Path, PathBuf};

use barid_client::clock::{self, Clock, NONCE_LEN, Request, Token};
use barid_client::memory::Seen;
use barid_client::source::{Machine, Source as _};
use barid_client::{Client, Draft, disk};
use barid_proto::tlog::note::Note;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{ClockToken, DataClass, FilingContent, FilingKind};

use super::Desk;
use crate::exit::Failure;
use crate::profile;
use crate::render::time;
use crate::wording::Msg;

/// The ending of a request to an authority.
const REQUEST: &str = "tsq";
/// The ending of the checkpoint that a request is over.
const CHECKPOINT: &str = "checkpoint";

/// What to do about a time-stamp.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Writes a request over the newest checkpoint for an authority that has no plain HTTP, and the
    /// checkpoint beside it: NAME.tsq and NAME.checkpoint.
    Request {
        /// NAME.tsq.
        path: PathBuf,
    },
    /// Checks an authority's answer against request and checkpoint, and files it.
    File {
        /// NAME.tsr; NAME.tsq and NAME.checkpoint are expected beside it.
        path: PathBuf,
        /// The authorities that are believed: their roots in PEM.
        #[arg(long)]
        roots: PathBuf,
    },
    /// Asks an authority over plain HTTP for a time-stamp over the newest checkpoint, checks it and
    /// files it.
    Take {
        /// The authority: `http://tsa.example/stamp`.
        #[arg(long)]
        tsa: String,
        /// The authorities that are believed: their roots in PEM.
        #[arg(long)]
        roots: PathBuf,
    },
}

/// Requests, checks or takes a time-stamp.
pub(super) async fn run(desk: &Desk, command: &Command) -> Result<(), Failure> {
    match command {
        Command::Request { path } => request(desk, path).await,
        Command::File { path, roots } => file_answer(desk, path, roots).await,
        Command::Take { tsa, roots } => take(desk, tsa, roots).await,
    }
}

async fn request(desk: &Desk, path: &Path) -> Result<(), Failure> {
    if path.extension().is_none_or(|ending| ending != REQUEST) {
        return Err(Failure::usage(format!("{}: must end in .{REQUEST}", path.display())));
    }
    let client = desk.client()?;
    let (seen, request) = over_newest(&client).await?;
    let beside = path.with_extension(CHECKPOINT);
    disk::replace(&beside, &seen.note)?;
    disk::replace(path, &request.encode())?;
    let size = seen.checkpoint.size();
    let (shown, beside) = (path.display().to_string(), beside.display().to_string());
    let text = desk.screen.say(Msg::ClockAsked, &[&size.to_string(), &shown, &beside]);
    let value = serde_json::json!({ "size": size, "request": shown, "checkpoint": beside });
    desk.screen.show(&text, &value);
    Ok(())
}

async fn file_answer(desk: &Desk, path: &Path, roots: &Path) -> Result<(), Failure> {
    let wrong =
        |error: &dyn std::fmt::Display| Failure::usage(format!("{}: {error}", path.display()));
    let answer = profile::read(path)?;
    let token = clock::granted(&answer).map_err(|error| wrong(&error))?;
    let request = Request::parse(&profile::read(&path.with_extension(REQUEST))?);
    let request = request.map_err(|error| wrong(&error))?;
    if !request.is_answered_by(&Token::parse(token).map_err(|error| wrong(&error))?) {
        return Err(wrong(&"it answers another request: another digest or nonce"));
    }
    let note = profile::read(&path.with_extension(CHECKPOINT))?;
    let stamped = check(token, &note, roots)?;
    filed(desk, &desk.client()?, token.to_vec(), note, &stamped).await
}

async fn take(desk: &Desk, tsa: &str, roots: &Path) -> Result<(), Failure> {
    let client = desk.client()?;
    let (seen, request) = over_newest(&client).await?;
    let token = clock::ask(tsa, &request).await;
    let token = token.map_err(|error| Failure::usage(error.to_string()))?;
    let stamped = check(&token, &seen.note, roots)?;
    filed(desk, &client, token, seen.note, &stamped).await
}

/// The newest checkpoint, and a request over it.
async fn over_newest(client: &Client) -> Result<(Seen, Request), Failure> {
    let seen = client.checkpoint().await?;
    if seen.checkpoint.size() == 0 {
        return Err(Failure::usage("the log is empty: there is nothing to date yet"));
    }
    let mut nonce = [0; NONCE_LEN];
    Machine.fill(&mut nonce).map_err(|error| Failure::usage(error.to_string()))?;
    let note = Note::parse(&seen.note).map_err(|error| Failure::usage(error.to_string()))?;
    let request = Request::new(note.text().as_bytes(), nonce);
    Ok((seen, request))
}

/// What a token proves about a checkpoint, for whoever believes these roots.
fn check(token: &[u8], note: &[u8], roots: &Path) -> Result<Clock, Failure> {
    let wrong = |error: clock::ClockError| Failure::usage(format!("{}: {error}", roots.display()));
    let roots = clock::roots(&profile::read(roots)?).map_err(wrong)?;
    let note = Note::parse(note).map_err(|error| Failure::usage(error.to_string()))?;
    clock::verify(token, note.text().as_bytes(), &roots)
        .map_err(|error| Failure::usage(error.to_string()))
}

async fn filed(
    desk: &Desk,
    client: &Client,
    token: Vec<u8>,
    checkpoint: Vec<u8>,
    stamped: &Clock,
) -> Result<(), Failure> {
    let clock = ClockToken { checkpoint, token };
    let content = FilingContent { content: Some(Content::ClockToken(clock)) };
    let draft = Draft::new(FilingKind::ClockToken).content(content).without_case();
    // Checkpoints are public, and partners may not touch live data.
    let draft = draft.data_class(DataClass::Published);
    let at = i64::try_from(stamped.time_unix_ms).unwrap_or(i64::MAX);
    let at = time::second(at, &desk.zone()?);
    let more = desk.screen.say(Msg::ClockSays, &[&at, &stamped.authority]);
    desk.show_outcome(client.submit(draft).await, &more)
}
