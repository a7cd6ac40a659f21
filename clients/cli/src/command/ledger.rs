//! `barid ledger`: the daily digest of one's register for another institution, and finding with it
//! where the two differ.

use std::path::PathBuf;

use barid_client::Draft;
use barid_client::source::Machine;
use barid_client::{disk, hex};
use barid_proto::ledger::{Difference, LedgerError, LedgerLine};
use barid_proto::reconcile::{Side, ledger};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{Address, CivilDate, DataClass, FilingContent, FilingKind, LedgerDigest};
use jiff::civil::Date;
use prost::Message as _;
use serde_json::{Value, json};

use super::registers::{self, Source};
use super::{Desk, parse, reconcile};
use crate::exit::Failure;
use crate::render::grid::Grid;
use crate::wording::ledger::LedgerMsg as Msg;
use crate::wording::{Lang, statement};
use barid_client::ledgers::{Ledgers, LedgersError, read_turn, write_private};

/// What to do for the daily comparison with another institution.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// The secret that the two institutions share: without it the digests say nothing. One of them
    /// makes it and hands it over, for instance as a sealed exhibit; the other takes it over.
    Secret {
        /// The other institution: `ejp`.
        #[arg(long)]
        with: String,
        /// Takes the secret over that the other side made.
        #[arg(long, conflicts_with = "give")]
        take: Option<PathBuf>,
        /// Writes the secret for the other side; it is made when there is none.
        #[arg(long)]
        give: Option<PathBuf>,
    },
    /// Signs and files what one's register says today, blinded: how many cases became what, and the
    /// root over all of them.
    Digest {
        /// This institution's register, as `barid reconcile` takes it.
        #[arg(value_parser = registers::source)]
        register: Source,
        /// The other institution: `ejp`.
        #[arg(long)]
        with: String,
        /// The day that it shows: 2025-12-01.
        #[arg(long)]
        day: Date,
        /// The election event: `CoR-2025-6`.
        #[arg(long, default_value = "")]
        event: String,
        /// What class of data it is.
        #[arg(long, value_parser = parse::data_class, default_value = "live")]
        data_class: DataClass,
    },
    /// Takes a turn of the other side and writes the next one. When both are through, shows the
    /// numbers in which the two registers differ, and nothing of those that agree. Exit code 1 when
    /// there are any; 4 when the other side shows what it did not sign.
    Turn {
        /// The other institution: `ejp`.
        #[arg(long)]
        with: String,
        /// The day: 2025-12-01.
        #[arg(long)]
        day: Date,
        /// Digest of the filing in which the other side signed its ledger of that day.
        #[arg(long, value_parser = parse::digest)]
        theirs: [u8; 32],
        /// The turn that came from the other side. None: one's own first, or the last again.
        #[arg(long)]
        came: Option<PathBuf>,
        /// Where the next turn is written, to be handed over.
        #[arg(long)]
        out: PathBuf,
    },
}

/// Does it.
pub(super) async fn run(desk: &Desk, command: Command) -> Result<(), Failure> {
    match command {
        Command::Secret { with, take, give } => secret(desk, &with, take, give),
        Command::Digest { register, with, day, event, data_class } => {
            digest(desk, &register, &with, day, (&event, data_class)).await
        }
        Command::Turn { with, day, theirs, came, out } => {
            let theirs = signed_by(desk, theirs, &with).await?;
            turn(desk, (&with, day), &theirs, (came, out))
        }
    }
}

fn kept(desk: &Desk, with: &str) -> Result<Ledgers, Failure> {
    let other = parse::office(with).map_err(Failure::usage)?;
    let own = desk.profile()?.address().institution;
    if !other.office.is_empty() || other.institution == own {
        return Err(Failure::usage(format!("{with}: ledgers are another institution's: `ejp`")));
    }
    Ok(Ledgers::of(desk.client()?.folder(), &own, with))
}

fn secret(
    desk: &Desk,
    with: &str,
    take: Option<PathBuf>,
    give: Option<PathBuf>,
) -> Result<(), Failure> {
    let kept = kept(desk, with)?;
    let before = kept.secret_text()?.is_some();
    if let Some(path) = take {
        kept.take_secret(&path)?;
    } else if let Some(path) = give {
        if !before {
            kept.make_secret(&Machine)?;
        }
        let text = kept.secret_text()?.ok_or(LedgersError::NoSecret(with.to_owned()))?;
        write_private(&path, &text)?;
    }
    let there = kept.secret_text()?.is_some();
    let message = if there { Msg::SecretThere } else { Msg::SecretMissing };
    let text = message.fill(desk.screen.lang, &[with]);
    desk.screen.show(&text, &json!({ "with": with, "secret": there }));
    Ok(())
}

async fn digest(
    desk: &Desk,
    register: &Source,
    with: &str,
    day: Date,
    (event, data_class): (&str, DataClass),
) -> Result<(), Failure> {
    let kept = kept(desk, with)?;
    let own = desk.profile()?.address().institution;
    let (named, stated) = register.parts();
    let (whose, stated) = reconcile::institution(desk, named, stated).await?;
    if whose != own {
        return Err(Failure::usage(format!("that is the register of {whose}, not of {own}")));
    }
    if register.is_hub() && event.is_empty() {
        return Err(Failure::usage("hub:INSTITUTION needs --event: the cases to read"));
    }
    let read = match register.is_hub() {
        true => Some(reconcile::dockets(desk, event).await?),
        false => None,
    };
    // Which side one is on says how cases came; it makes no line another.
    let refers = read
        .as_ref()
        .is_none_or(|read| read.dockets.pairs().contains(&(own.clone(), with.to_owned())));
    let side = if refers { Side::Referring } else { Side::Docketing };
    let register = registers::register(side, [&own, with], stated.as_ref(), read.as_ref(), false)?;
    let as_of = civil(day);
    let lines = ledger::ledger(&register, with).map_err(LedgersError::from)?;
    let count = lines.lines().len().to_string();
    let made = kept.day(day).make(lines, as_of)?;
    let draft = Draft::new(FilingKind::LedgerDigest)
        .without_case()
        .data_class(data_class)
        .under("", "", event)
        .content(FilingContent { content: Some(Content::LedgerDigest(made)) })
        .to(with, "");
    let outcome = desk.client()?.submit(draft).await;
    desk.show_outcome(outcome, &Msg::Signed.fill(desk.screen.lang, &[&count, &day.to_string()]))
}

fn civil(day: Date) -> CivilDate {
    CivilDate { year: day.year().into(), month: day.month().into(), day: day.day().into() }
}

/// The digest that the other institution filed.
async fn signed_by(desk: &Desk, digest: [u8; 32], with: &str) -> Result<LedgerDigest, Failure> {
    let (_, verified) = desk.client()?.filing(digest).await?;
    let sender = verified.body.sender.unwrap_or_else(Address::default);
    match verified.body.content.and_then(|content| content.content) {
        Some(Content::LedgerDigest(signed)) if sender.institution == with => Ok(signed),
        _ => Err(Failure::usage(format!("this filing is no ledger's digest of {with}"))),
    }
}

fn turn(
    desk: &Desk,
    (with, day): (&str, Date),
    theirs: &LedgerDigest,
    (came, out): (Option<PathBuf>, PathBuf),
) -> Result<(), Failure> {
    let (kept, lang) = (kept(desk, with)?, desk.screen.lang);
    let kept = kept.day(day);
    let (mut exchange, mut answer, before) = kept.exchange(theirs)?;
    if let Some(path) = came {
        let turn = read_turn(&path)?;
        // Handed over twice is once.
        if before.last() != Some(&turn) {
            answer = exchange.receive(&turn).map_err(LedgersError::from)?;
            kept.keep(&turn)?;
        }
    }
    let mut texts = Vec::new();
    if let Some(turn) = &answer {
        disk::replace(&out, &turn.encode_to_vec())?;
        let (number, place) = (turn.number.to_string(), out.display().to_string());
        texts.push(Msg::HandOver.fill(lang, &[&number, &place]));
    }
    let found = exchange.found();
    if let Some(found) = &found {
        texts.push(Msg::Through.fill(lang, &[&found.len().to_string()]));
        texts.extend((!found.is_empty()).then(|| table(lang, with, found)));
    }
    if texts.is_empty() {
        texts.push(Msg::Waits.fill(lang, &[with]));
    }
    let value = json!({
        "turn": answer.as_ref().map(|turn| turn.number),
        "through": found.is_some(),
        "differences": found.as_ref().map(|found| found.iter().map(value).collect::<Vec<_>>()),
    });
    desk.screen.show(&texts.join("\n"), &value);
    if found.is_some_and(|found| !found.is_empty()) { Err(Failure::Said(1)) } else { Ok(()) }
}

fn table(lang: Lang, with: &str, found: &[Difference]) -> String {
    let headings = [Msg::Number.fill(lang, &[]), Msg::Ours.fill(lang, &[])];
    let mut grid = Grid::new(lang, headings.into_iter().chain([with.to_owned()]));
    for one in found {
        let number = one.number().map(ToString::to_string).unwrap_or_default();
        grid.row([number, says(lang, one.ours.as_ref()), says(lang, one.theirs.as_ref())]);
    }
    grid.render()
}

/// What a line says, as far as people read it.
fn says(lang: Lang, line: Option<&LedgerLine>) -> String {
    match line {
        None => Msg::NotThere.fill(lang, &[]),
        Some(line) => {
            let outcome = statement::outcome(lang, line.outcome);
            let facts: String = hex::encode(&line.facts).chars().take(8).collect();
            let outcome = if outcome.is_empty() { Msg::Open.fill(lang, &[]) } else { outcome };
            format!("{outcome} · {facts}")
        }
    }
}

fn value(one: &Difference) -> Value {
    let line = |line: Option<&LedgerLine>| {
        line.map(|line| {
            json!({
                "outcome": line.outcome.as_str_name(),
                "facts": hex::encode(&line.facts),
            })
        })
    };
    json!({
        "number": one.number().map(ToString::to_string),
        "ours": line(one.ours.as_ref()),
        "theirs": line(one.theirs.as_ref()),
    })
}

impl From<LedgersError> for Failure {
    fn from(error: LedgersError) -> Self {
        match error {
            LedgersError::Local(error) => error.into(),
            LedgersError::Ledger(
                LedgerError::NotSigned
                | LedgerError::Unasked
                | LedgerError::Withheld
                | LedgerError::Figures,
            ) => Self::Evident(error.to_string()),
            error => Self::usage(error.to_string()),
        }
    }
}
