//! `barid stick`: a memory stick as the link, for offices that have none.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use barid_client::client::{Delivered, Fate, Packed, Packing, Unpacked};
use barid_client::source::Machine;
use barid_client::stick::StickError;
use barid_client::stick::lock::{LockTo, Opener, Passphrase, PrivateKey, PublicKey};
use barid_client::{disk, hex};
use serde_json::{Value, json};

use super::Desk;
use crate::exit::Failure;
use crate::profile;
use crate::render::grid::Grid;
use crate::render::shown_office;
use crate::wording::{self, StickMsg, stick_fault};

/// The private half of an office's key for sticks, in the profile.
const PRIVATE: &str = "stick.key";
/// The public half, to be given to others.
const PUBLIC: &str = "stick.pub";

/// What to do with sticks.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Shows the key to which others lock sticks for this office; makes it the first time.
    Key,
    /// Packs what is pending, with its documents, for whoever has a link. Needs none.
    Pack {
        /// Where to write it.
        path: PathBuf,
        /// Lock it to this key: the `stick.pub` of whoever carries.
        #[arg(
            long,
            required_unless_present = "passphrase_file",
            conflicts_with = "passphrase_file"
        )]
        to: Option<PathBuf>,
        #[command(flatten)]
        lock: Lock,
        #[command(flatten)]
        limit: Limit,
    },
    /// Hands in, for the office that signed it, what is on a stick. The same again does no harm.
    Deliver {
        /// The stick.
        path: PathBuf,
        #[command(flatten)]
        lock: Lock,
    },
    /// Hands in what is on a stick, and packs what travels back: receipts, refusals, what was
    /// served.
    #[command(alias = "return")]
    Answer {
        /// The stick that came.
        path: PathBuf,
        /// Where to write the one that goes back.
        back: PathBuf,
        #[command(flatten)]
        lock: Lock,
        #[command(flatten)]
        limit: Limit,
    },
    /// Takes in what came back: settles what is pending, fills the inbox. Needs no link.
    Unpack {
        /// The stick.
        path: PathBuf,
        #[command(flatten)]
        lock: Lock,
    },
}

/// What opens a stick besides the office's own key.
#[derive(Debug, clap::Args)]
pub(super) struct Lock {
    /// Lock and open it with the passphrase in this file, of twelve characters at least.
    #[arg(long)]
    passphrase_file: Option<PathBuf>,
}

/// How much fits.
#[derive(Debug, clap::Args)]
pub(super) struct Limit {
    /// Most bytes on one stick: more goes on further ones, named with .2, .3 and so on.
    #[arg(long)]
    limit_bytes: Option<u64>,
}

/// Does what was asked with a stick.
pub(super) async fn run(desk: &Desk, command: Command) -> Result<(), Failure> {
    let done = match command {
        Command::Key => key(desk),
        Command::Pack { path, to, lock, limit } => {
            pack(desk, path, to.as_deref(), &lock, &limit).await
        }
        Command::Deliver { path, lock } => deliver(desk, &path, &lock).await,
        Command::Answer { path, back, lock, limit } => {
            answer(desk, &path, &back, &lock, &limit).await
        }
        Command::Unpack { path, lock } => unpack(desk, &path, &lock).await,
    };
    match done {
        Ok(0) => Ok(()),
        Ok(code) => Err(Failure::Said(code)),
        Err(Wrong::Stick(StickError::Client(error))) => Err(error.into()),
        Err(Wrong::Stick(error)) => Err(Failure::usage(stick_fault(desk.screen.lang, &error))),
        Err(Wrong::Other(failure)) => Err(failure),
    }
}

/// What went wrong: with a stick, or with anything else.
enum Wrong {
    Stick(StickError),
    Other(Failure),
}

impl<E: Into<StickError>> From<E> for Wrong {
    fn from(error: E) -> Self {
        Self::Stick(error.into())
    }
}

fn other(failure: impl Into<Failure>) -> Wrong {
    Wrong::Other(failure.into())
}

/// This office's key for sticks. It is made when there is none.
fn own_key(folder: &Path) -> Result<PrivateKey, Wrong> {
    let place = folder.join(PRIVATE);
    if place.exists() {
        let text = String::from_utf8(profile::read(&place).map_err(other)?).unwrap_or_default();
        return Ok(PrivateKey::parse(&text)?);
    }
    let key = PrivateKey::generate(&Machine)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&place).and_then(|mut file| {
        file.write_all(key.to_text().as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| other(Failure::usage(format!("{}: {error}", place.display()))))?;
    disk::replace(&folder.join(PUBLIC), key.public().to_text().as_bytes()).map_err(other)?;
    Ok(key)
}

fn key(desk: &Desk) -> Result<u8, Wrong> {
    let folder = desk.profile().map_err(other)?.folder;
    let key = own_key(&folder)?;
    let place = folder.join(PUBLIC);
    disk::replace(&place, key.public().to_text().as_bytes()).map_err(other)?;
    let place = place.display().to_string();
    let text = desk.screen.lang.fill(StickMsg::KeyIs.wording(), &[&place]);
    desk.screen.show(&text, &json!({ "public_key": place }));
    Ok(0)
}

fn passphrase(lock: &Lock) -> Result<Option<Passphrase>, Wrong> {
    let Some(path) = &lock.passphrase_file else { return Ok(None) };
    let text = String::from_utf8(profile::read(path).map_err(other)?);
    let text = text.map_err(|_| StickError::Key(format!("{}: not UTF-8", path.display())))?;
    Ok(Some(Passphrase::new(&text)?))
}

fn opener(desk: &Desk, lock: &Lock) -> Result<Opener, Wrong> {
    let folder = desk.profile().map_err(other)?.folder;
    let own = folder.join(PRIVATE).exists();
    let key = if own { Some(own_key(&folder)?) } else { None };
    Ok(Opener { key, passphrase: passphrase(lock)? })
}

async fn pack(
    desk: &Desk,
    path: PathBuf,
    to: Option<&Path>,
    lock: &Lock,
    limit: &Limit,
) -> Result<u8, Wrong> {
    let folder = desk.profile().map_err(other)?.folder;
    let (to, reply_to) = match (to, passphrase(lock)?) {
        (_, Some(passphrase)) => (LockTo::Passphrase(passphrase), None),
        (Some(path), None) => {
            let text = String::from_utf8(profile::read(path).map_err(other)?).unwrap_or_default();
            (LockTo::Key(Box::new(PublicKey::parse(&text)?)), Some(own_key(&folder)?.public()))
        }
        (None, None) => return Err(StickError::Key("none was given".to_owned()).into()),
    };
    let packing = Packing { path, limit: limit.limit_bytes, to, reply_to };
    let packed = desk.client().map_err(other)?.pack_stick(packing).await?;
    let lang = desk.screen.lang;
    let (envelopes, documents) = (packed.envelopes.to_string(), packed.documents.to_string());
    let mut lines = written(desk, &packed);
    lines.push(match packed.envelopes {
        0 => lang.fill(StickMsg::NothingPending.wording(), &[]),
        _ => lang.fill(StickMsg::PackedOut.wording(), &[&envelopes, &documents]),
    });
    desk.screen.show(&lines.join("\n"), &json!({ "packed": packed_value(&packed) }));
    Ok(0)
}

async fn deliver(desk: &Desk, path: &Path, lock: &Lock) -> Result<u8, Wrong> {
    let opener = opener(desk, lock)?;
    let delivered = desk.client().map_err(other)?.deliver_stick(path, &opener).await?;
    let value = json!({ "delivered": delivered_value(&delivered) });
    desk.screen.show(&table(desk, &delivered), &value);
    Ok(code_of(&delivered))
}

async fn answer(
    desk: &Desk,
    path: &Path,
    back: &Path,
    lock: &Lock,
    limit: &Limit,
) -> Result<u8, Wrong> {
    let opener = opener(desk, lock)?;
    let client = desk.client().map_err(other)?;
    let (delivered, packed) = client.answer_stick(path, &opener, back, limit.limit_bytes).await?;
    let lang = desk.screen.lang;
    let mut lines = vec![table(desk, &delivered)];
    lines.extend(written(desk, &packed));
    let counts = [packed.envelopes, packed.served.unwrap_or(0), packed.documents];
    let counts = counts.map(|count| count.to_string());
    let counts: Vec<&str> = counts.iter().map(String::as_str).collect();
    lines.push(lang.fill(StickMsg::PackedBack.wording(), &counts));
    if packed.served.is_none() {
        lines.push(lang.fill(StickMsg::NoInbox.wording(), &[]));
    }
    let value = json!({
        "delivered": delivered_value(&delivered),
        "packed": packed_value(&packed),
    });
    desk.screen.show(&lines.join("\n"), &value);
    // That something was refused is on the stick; this command did what it was asked.
    Ok(0)
}

async fn unpack(desk: &Desk, path: &Path, lock: &Lock) -> Result<u8, Wrong> {
    let opener = opener(desk, lock)?;
    let unpacked = desk.client().map_err(other)?.unpack_stick(path, &opener).await?;
    desk.screen.show(&brought(desk, &unpacked), &unpacked_value(&unpacked));
    Ok(0)
}

/// Refused ones end the command as refused; what waits as pending.
fn code_of(delivered: &Delivered) -> u8 {
    let fates = || delivered.outcomes.iter().map(|outcome| &outcome.fate);
    let refused = |fate: &Fate| matches!(fate, Fate::Refused(no) if !no.is_temporary());
    if fates().any(refused) {
        return 1;
    }
    if fates().all(|fate| matches!(fate, Fate::Filed { .. })) { 0 } else { 3 }
}

fn written(desk: &Desk, packed: &Packed) -> Vec<String> {
    let lang = desk.screen.lang;
    let line = |path: &Path, bytes: u64| {
        let (path, bytes) = (path.display().to_string(), bytes.to_string());
        lang.fill(StickMsg::Written.wording(), &[&path, &bytes])
    };
    let mut lines: Vec<String> =
        packed.written.iter().map(|one| line(&one.path, one.bytes)).collect();
    if lines.len() > 1 {
        lines.push(lang.fill(StickMsg::Several.wording(), &[]));
    }
    lines
}

fn table(desk: &Desk, delivered: &Delivered) -> String {
    let lang = desk.screen.lang;
    let headings = [StickMsg::HeadSequence, StickMsg::HeadFiling, StickMsg::HeadFate];
    let mut grid = Grid::new(lang, headings.map(|heading| lang.pick(heading.wording())));
    for outcome in &delivered.outcomes {
        let fate = match &outcome.fate {
            Fate::Filed { receipt, repeated } => {
                let message = if *repeated { StickMsg::FateBefore } else { StickMsg::FateFiled };
                lang.fill(message.wording(), &[&receipt.leaf_index.to_string()])
            }
            Fate::Unwitnessed => lang.fill(StickMsg::FateUnwitnessed.wording(), &[]),
            Fate::Refused(refusal) => {
                let why = format!("{} ({})", refusal.text, refusal.reason as i32);
                lang.fill(StickMsg::FateRefused.wording(), &[&why])
            }
            Fate::Waits => lang.fill(StickMsg::FateWaits.wording(), &[]),
        };
        let kind = wording::kind(lang, outcome.kind).to_owned();
        grid.row([outcome.sequence.to_string(), kind, fate]);
    }
    let office = shown_office(delivered.head.office.as_ref());
    let mut lines = vec![lang.fill(StickMsg::DeliveredFor.wording(), &[&office]), grid.render()];
    if delivered.documents.1 > 0 {
        let missing = delivered.documents.1.to_string();
        lines.push(lang.fill(StickMsg::PartsMissing.wording(), &[&missing]));
    }
    lines.join("\n")
}

fn brought(desk: &Desk, unpacked: &Unpacked) -> String {
    let lang = desk.screen.lang;
    let say = |message: StickMsg, values: &[&str]| lang.fill(message.wording(), values);
    let mut lines = Vec::new();
    for (sequence, leaf) in &unpacked.settled {
        lines.push(say(StickMsg::Settled, &[&sequence.to_string(), &leaf.to_string()]));
    }
    for (sequence, refusal) in &unpacked.refused {
        let leaf = refusal.rejection_leaf.map(|leaf| leaf.to_string()).unwrap_or_default();
        let what = wording::advice(lang, refusal.reason);
        lines.push(say(StickMsg::RefusedFinal, &[&sequence.to_string(), &leaf, what]));
    }
    if !unpacked.served.is_empty() {
        lines.push(say(StickMsg::Served, &[&unpacked.served.len().to_string()]));
    }
    if lines.is_empty() {
        lines.push(say(StickMsg::BroughtNothing, &[]));
    }
    for (sequence, said) in &unpacked.waiting {
        lines.push(say(StickMsg::StillWaits, &[&sequence.to_string(), said]));
    }
    if let Some(gap) = unpacked.gap {
        lines.push(say(StickMsg::Gap, &[&gap.to_string()]));
    }
    if unpacked.documents.1 > 0 {
        lines.push(say(StickMsg::PartsMissing, &[&unpacked.documents.1.to_string()]));
    }
    lines.push(say(StickMsg::Newest, &[&unpacked.size.to_string()]));
    if unpacked.uncompared {
        lines.push(say(StickMsg::Uncompared, &[]));
    }
    lines.join("\n")
}

fn packed_value(packed: &Packed) -> Value {
    let written = packed.written.iter();
    let written: Vec<Value> =
        written.map(|one| json!({ "path": one.path, "bytes": one.bytes })).collect();
    json!({
        "written": written,
        "envelopes": packed.envelopes,
        "served": packed.served,
        "documents": packed.documents,
    })
}

fn delivered_value(delivered: &Delivered) -> Value {
    let outcome = |outcome: &barid_client::client::Outcome| {
        let (fate, leaf, reason) = match &outcome.fate {
            Fate::Filed { receipt, repeated: true } => ("before", Some(receipt.leaf_index), None),
            Fate::Filed { receipt, .. } => ("filed", Some(receipt.leaf_index), None),
            Fate::Unwitnessed => ("unwitnessed", None, None),
            Fate::Refused(no) => ("refused", no.rejection_leaf, Some(no.reason.as_str_name())),
            Fate::Waits => ("waits", None, None),
        };
        json!({
            "envelope_digest": hex::encode(&outcome.digest),
            "kind": outcome.kind.as_str_name(),
            "sequence": outcome.sequence,
            "fate": fate,
            "leaf": leaf,
            "reason": reason,
        })
    };
    let outcomes: Vec<Value> = delivered.outcomes.iter().map(outcome).collect();
    json!({ "outcomes": outcomes, "documents_incomplete": delivered.documents.1 })
}

fn unpacked_value(unpacked: &Unpacked) -> Value {
    let refused = unpacked.refused.iter().map(|(sequence, refusal)| {
        let reason = refusal.reason.as_str_name();
        json!({ "sequence": sequence, "reason": reason, "leaf": refusal.rejection_leaf })
    });
    json!({
        "settled": unpacked.settled,
        "refused": refused.collect::<Vec<Value>>(),
        "waiting": unpacked.waiting.iter().map(|(sequence, _)| sequence).collect::<Vec<_>>(),
        "known": unpacked.known,
        "served": unpacked.served,
        "gap": unpacked.gap,
        "documents_incomplete": unpacked.documents.1,
        "size": unpacked.size,
        "uncompared": unpacked.uncompared,
    })
}
