//! `barid custody`: who had what, when, and who signs for it.

use std::path::PathBuf;

use barid_client::client::CaseName;
use barid_client::custody::{self, Event, SignedBy};
use barid_client::verify::{self, Verdict};
use barid_client::{disk, hex};
use serde_json::{Value, json};

use super::Desk;
use super::verify::{Belief, exit_code, gathered};
use crate::exit::Failure;
use crate::render::{custody as page, json as values, office, report, svg};
use crate::wording::Msg;

/// Which case, and how to show it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The case, by its identifier or a number (`ejp:612/2025`); asks the hub.
    #[arg(value_parser = super::docket::name, required_unless_present = "bundle")]
    case: Option<CaseName>,
    /// A bundle of the case: needs neither hub nor profile.
    #[arg(long, conflicts_with = "case")]
    bundle: Option<PathBuf>,
    /// Draw it too, as an SVG picture.
    #[arg(long)]
    svg: Option<PathBuf>,
    #[command(flatten)]
    belief: Belief,
}

/// Shows the events that are proven; what is found about the bundle decides the exit code.
pub(super) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let beliefs = args.belief.read(desk)?;
    let bundle = gathered(desk, args.bundle.as_deref(), args.case).await?;
    let report = verify::examine(&bundle, &beliefs.believed());
    let events = custody::events(&report);
    let lang = desk.screen.lang;
    let mut text = page::table(lang, &events, &beliefs.zone);
    if report.verdict() != Verdict::Valid {
        let found = beliefs.view(desk).findings(&report.findings);
        text = format!("{text}\n{}", found.join("\n"));
    }
    if let Some(path) = &args.svg {
        disk::replace(path, svg::timeline(lang, &events, &beliefs.zone).as_bytes())?;
        text = format!("{text}\n{}", lang.say(Msg::Saved, &[&path.display().to_string()]));
    }
    let value = json!({
        "verdict": report::word(report.verdict()),
        "events": events.iter().map(event_value).collect::<Vec<_>>(),
        "details": report::value(&report),
    });
    desk.screen.show(&text, &value);
    match exit_code(report.verdict()) {
        0 => Ok(()),
        code => Err(Failure::Said(code)),
    }
}

fn event_value(event: &Event) -> Value {
    json!({
        "event": event.kind.name(),
        "uri": event.kind.uri(),
        "office": office(Some(&event.office)),
        "at_unix_ms": event.at_ms,
        "leaf_index": event.leaf_index,
        "about": hex::encode(&event.about),
        "about_kind": event.about_kind.map(|kind| kind.as_str_name()),
        "about_sender": event.about_sender.as_ref().map(|sender| office(Some(sender))),
        "signed_by": match event.signed_by {
            SignedBy::Office => "office",
            SignedBy::Log => "log",
        },
        "docket_number": event.docket_number.as_ref().map(values::number),
        "grounds": event.grounds,
    })
}
