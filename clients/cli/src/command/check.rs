//! `barid check`: reads a document as the hub would, and records nothing.

use std::path::PathBuf;

use barid_proto::v1::{Address, CheckRequest, DataClass, FilingKind, ForeseenFiling, Stamp};
use serde_json::json;

use super::{Desk, look, parse};
use crate::exit::Failure;
use crate::profile;
use crate::render::{json as values, problems};
use crate::wording::Msg;

/// The document and how to read it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The document.
    path: PathBuf,
    /// The format that reads it: `ihec/form-110+json`.
    #[arg(long)]
    format: String,
    /// The kind of filing it would be: `complaint-registered`.
    #[arg(long, value_parser = parse::kind)]
    kind: FilingKind,
    /// The case it would be filed in: says what the law would say.
    #[arg(long, value_parser = parse::case_id)]
    case: Option<[u8; 16]>,
    /// The rule set it would name: says what the law would say.
    #[arg(long, default_value = "")]
    rule_set: String,
    /// The election event: says what the law would say.
    #[arg(long, default_value = "")]
    election_event: String,
    /// When it was stamped, with offset: 2025-11-23T14:10:00+03:00. Now by default.
    #[arg(long, value_parser = parse::instant)]
    stamp_time: Option<(i64, i32)>,
    /// What class of data its envelope would have: live, anonymised, synthetic or published.
    #[arg(long, value_parser = parse::data_class, default_value = "live")]
    data_class: DataClass,
    /// A document that would be filed in its support: it is looked at on this machine. Several
    /// times for several.
    #[arg(long)]
    exhibit: Vec<PathBuf>,
}

impl Args {
    /// What the envelope would say: its class of data always, and what the law is asked about.
    fn foreseen(&self, office: Address) -> ForeseenFiling {
        let stamp = self.stamp_time.map(|(stamped_at_unix_ms, utc_offset_minutes)| Stamp {
            office: Some(office),
            stamped_at_unix_ms,
            utc_offset_minutes,
            ..Stamp::default()
        });
        ForeseenFiling {
            case_id: self.case.map(|id| id.to_vec()).unwrap_or_default(),
            rule_set_id: self.rule_set.clone(),
            election_event_id: self.election_event.clone(),
            stamp,
            data_class: self.data_class.into(),
        }
    }
}

/// Shows all problems; exit code 1 when the hub would refuse.
pub(super) async fn run(desk: &Desk, args: &Args) -> Result<(), Failure> {
    let lang = desk.screen.lang;
    let seen = look::at(&args.exhibit)?;
    let request = CheckRequest {
        kind: args.kind.into(),
        format: args.format.clone(),
        document: profile::read(&args.path)?,
        content: None,
        languages: lang.tags(),
        foreseen: Some(args.foreseen(desk.profile()?.address())),
    };
    let found = desk.client()?.check(request).await?;
    let verdict = if found.acceptable { Msg::Acceptable } else { Msg::NotAcceptable };
    let table = match problems::problems(lang, &found.problems) {
        table if table.is_empty() => lang.say(Msg::NoProblems, &[]),
        table => table,
    };
    let assessed = problems::assessments(lang, &found.assessments);
    let mut parts = vec![table, assessed];
    parts.extend(look::lines(lang, &seen));
    parts.push(lang.say(verdict, &[]));
    parts.retain(|part| !part.is_empty());
    let text = parts.join("\n");
    let value = json!({
        "acceptable": found.acceptable,
        "problems": values::all_problems(&found.problems),
        "assessments": values::assessments(&found.assessments),
        "documents": look::values(&seen),
    });
    desk.screen.show(&text, &value);
    if found.acceptable { Ok(()) } else { Err(Failure::Said(1)) }
}
