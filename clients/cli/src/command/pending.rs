//! `barid pending`: what is signed and not yet answered.

use std::time::Duration;

use barid_client::outbox::Pending;
use barid_client::{Client, hex};
use serde_json::{Value, json};

use super::{Desk, outage};
use crate::exit::Failure;
use crate::render::grid::Grid;
use crate::render::{short, time};
use crate::wording::{self, Msg};

/// What to do with it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Sends it, in order; then reports outages of the link, if the profile says from which length
    /// on.
    #[arg(long)]
    send: bool,
}

/// Lists or sends what is pending.
pub(super) async fn run(desk: &Desk, args: &Args) -> Result<(), Failure> {
    let client = desk.client()?;
    let waiting = client.outbox().turn()?.pending()?;
    if waiting.is_empty() || !args.send {
        list(desk, &waiting)?;
    }
    if !args.send {
        return Ok(());
    }
    let mut worst = None;
    for outcome in client.send().await? {
        if let Err(failure) = desk.show_outcome(outcome, "") {
            worst = Some(failure);
        }
    }
    if worst.is_none() {
        worst = report_outages(desk, &client).await?.err();
    }
    worst.map_or(Ok(()), Err)
}

/// Reports that the hub could not be reached, where the profile wants that.
async fn report_outages(desk: &Desk, client: &Client) -> Result<Result<(), Failure>, Failure> {
    let Some(seconds) = desk.profile()?.settings.office.report_outages_s else { return Ok(Ok(())) };
    let outcomes = client.report_outages(Duration::from_secs(seconds)).await?;
    Ok(if outcomes.is_empty() { Ok(()) } else { outage::report(desk, outcomes) })
}

fn list(desk: &Desk, waiting: &[Pending]) -> Result<(), Failure> {
    let (lang, zone) = (desk.screen.lang, desk.zone()?);
    let headings = [Msg::HeadSequence, Msg::HeadTime, Msg::HeadFiling, Msg::HeadDigest];
    let mut grid = Grid::new(lang, headings.map(|heading| lang.pick(heading.wording())));
    for pending in waiting {
        let body = pending.body();
        grid.row([
            body.sender_sequence.to_string(),
            time::minute(body.created_at_unix_ms, &zone),
            wording::kind(lang, body.kind()).to_owned(),
            short(&pending.digest()),
        ]);
    }
    let text = if waiting.is_empty() { lang.say(Msg::NothingPending, &[]) } else { grid.render() };
    let value: Vec<Value> = waiting.iter().map(value).collect();
    desk.screen.show(&text, &json!({ "pending": value }));
    Ok(())
}

fn value(pending: &Pending) -> Value {
    json!({
        "envelope_id": hex::encode(&pending.body().envelope_id),
        "envelope_digest": hex::encode(&pending.digest()),
        "kind": pending.body().kind().as_str_name(),
        "sequence": pending.body().sender_sequence,
        "created_at_unix_ms": pending.body().created_at_unix_ms,
    })
}
