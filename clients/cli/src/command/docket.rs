//! `barid docket`: cases and their history.

use barid_client::Client;
use barid_client::client::CaseName;
use barid_proto::v1::{DocketEntry, ListCasesRequest};
use serde_json::{Value, json};

use super::{Desk, parse};
use crate::exit::Failure;
use crate::render::timeline::{Line, timeline};
use crate::render::{access, case, json as values, retention};
use crate::wording::Msg;

/// What to read.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Lists this office's cases, newest first.
    List {
        /// Only those with these words in a docket number or a person's name, however spelled.
        #[arg(long, default_value = "")]
        find: String,
        /// Only of this election event.
        #[arg(long, default_value = "")]
        election_event: String,
        /// At most so many, 1 to 500.
        #[arg(long, default_value_t = 100)]
        count: u32,
    },
    /// Shows the whole docket of a case, each receipt checked.
    Show {
        /// Its identifier, or a number: `ejp:612/2025`.
        #[arg(value_parser = name)]
        case: CaseName,
    },
    /// Shows the docket and waits for what comes.
    Watch {
        /// Its identifier.
        #[arg(value_parser = parse::case_id)]
        case: [u8; 16],
    },
}

/// A case by its identifier or by an institution's number.
pub(super) fn name(text: &str) -> Result<CaseName, String> {
    if let Ok(id) = parse::case_id(text) {
        return Ok(CaseName::Id(id));
    }
    parse::docket_number(text).map(CaseName::Number)
}

/// Reads cases.
pub(super) async fn run(desk: &Desk, command: Command) -> Result<(), Failure> {
    let client = desk.client()?;
    match command {
        Command::List { find, election_event, count } => {
            let page_token = String::new();
            let page = ListCasesRequest {
                page_size: count,
                page_token,
                election_event_id: election_event,
                text: find,
            };
            let cases = client.cases(page).await?.cases;
            let lang = desk.screen.lang;
            let text = match cases.as_slice() {
                [] => lang.say(Msg::NoCases, &[]),
                cases => case::list(lang, cases, &desk.zone()?),
            };
            let value: Vec<Value> = cases.iter().map(values::case).collect();
            desk.screen.show(&text, &json!({ "cases": value }));
            Ok(())
        }
        Command::Show { case } => show(desk, &client, case).await,
        Command::Watch { case } => watch(desk, &client, case).await,
    }
}

async fn show(desk: &Desk, client: &Client, name: CaseName) -> Result<(), Failure> {
    let (lang, zone) = (desk.screen.lang, desk.zone()?);
    let found = client.case(name).await?;
    let mut lines = Vec::with_capacity(found.entries.len());
    for entry in found.entries {
        let proof = client.verify_line(&entry).await.map_err(|error| error.to_string());
        lines.push(Line { told: entry, proof });
    }
    let case = found.case.unwrap_or_default();
    let text =
        format!("{}\n{}", case::heading(lang, &case, &zone), timeline(lang, &lines, 1, &zone));
    let value: Vec<Value> = lines.iter().map(line_value).collect();
    desk.screen.show(&text, &json!({ "case": values::case(&case), "docket": value }));
    // Everything was shown; what does not prove itself still must not pass for good.
    if lines.iter().all(|line| line.proof.is_ok()) { Ok(()) } else { Err(Failure::Said(4)) }
}

async fn watch(desk: &Desk, client: &Client, case: [u8; 16]) -> Result<(), Failure> {
    let (lang, zone) = (desk.screen.lang, desk.zone()?);
    let mut watch = client.watch(case).await?;
    let mut position = 1;
    while let Some((entry, verified)) = watch.next().await? {
        let line = Line { told: entry, proof: Ok(verified) };
        let value = line_value(&line);
        desk.screen.show(&timeline(lang, &[line], position, &zone), &value);
        position += 1;
    }
    Ok(())
}

fn line_value(line: &Line) -> Value {
    let DocketEntry { deliveries, .. } = &line.told;
    json!({
        "filing": line.proof.as_ref().ok().map(values::verified),
        "access": line.proof.as_ref().ok().map(|proof| access::value(&proof.body)),
        "retention": line.proof.as_ref().ok().map(|proof| retention::value(&proof.body)),
        "not_proven": line.proof.as_ref().err(),
        "deliveries": deliveries.iter().map(values::delivery).collect::<Vec<_>>(),
    })
}
