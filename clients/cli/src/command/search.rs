//! `barid search`: finds cases by what one remembers of them.

use barid_proto::v1::{Address, FilingKind, SearchCasesRequest};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;

use super::{Desk, parse};
use crate::exit::Failure;
use crate::render::search;

/// What is looked for, and among which cases.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A docket number in any spelling, a name, number or day of a decision, words of what was
    /// filed. Several words must all be there.
    #[arg(required = true)]
    text: Vec<String>,
    /// Only cases of this election event: `CoR-2025-6`.
    #[arg(long, default_value = "")]
    event: String,
    /// Only cases that such a filing opened: `appeal-filed`.
    #[arg(long, value_parser = parse::kind)]
    kind: Option<FilingKind>,
    /// Only cases to which this institution or office is a party: `ihec/geo-bas`.
    #[arg(long, value_parser = parse::office)]
    office: Option<Address>,
    /// Only cases opened on this day or later: 2025-11-12, in the profile's zone.
    #[arg(long)]
    from: Option<Date>,
    /// Only cases opened on this day or before.
    #[arg(long)]
    until: Option<Date>,
    /// At most so many, 1 to 100.
    #[arg(long, default_value_t = 20)]
    count: u32,
    /// Goes on where an earlier search with the same words ended.
    #[arg(long, default_value = "")]
    page: String,
}

/// Shows what was found, the likeliest first. Exit code 1 when nothing was.
pub(super) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let (lang, zone) = (desk.screen.lang, desk.zone()?);
    let request = SearchCasesRequest {
        text: args.text.join(" "),
        election_event_id: args.event,
        opened_by: args.kind.unwrap_or_default().into(),
        party: args.office,
        opened_from_unix_ms: args.from.map_or(Ok(0), |day| begins(day, &zone))?,
        opened_before_unix_ms: match args.until {
            None => 0,
            Some(day) => begins(day.tomorrow().unwrap_or(day), &zone)?,
        },
        page_size: args.count,
        page_token: args.page,
    };
    let found = desk.client()?.search(request).await?;
    let text = search::text(lang, &found, &zone);
    let value = json!({
        "hits": found.hits.iter().map(search::value).collect::<Vec<_>>(),
        "next_page": found.next_page_token,
        "cut_short": found.cut_short,
    });
    desk.screen.show(&text, &value);
    if found.hits.is_empty() { Err(Failure::Said(1)) } else { Ok(()) }
}

/// When a day begins, milliseconds since 1970.
fn begins(day: Date, zone: &TimeZone) -> Result<i64, Failure> {
    let begin = day.to_zoned(zone.clone()).map_err(|error| Failure::usage(error.to_string()))?;
    Ok(begin.timestamp().as_millisecond())
}
