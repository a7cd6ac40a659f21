//! `barid check`: reads a document as the hub would, and records nothing.

use std::path::PathBuf;

use barid_proto::v1::{CheckRequest, FilingKind};
use serde_json::json;

use super::{Desk, parse};
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
}

/// Shows all problems; exit code 1 when the hub would refuse.
pub(super) async fn run(desk: &Desk, args: &Args) -> Result<(), Failure> {
    let lang = desk.screen.lang;
    let request = CheckRequest {
        kind: args.kind.into(),
        format: args.format.clone(),
        document: profile::read(&args.path)?,
        content: None,
        languages: lang.tags(),
    };
    let found = desk.client()?.check(request).await?;
    let verdict = if found.acceptable { Msg::Acceptable } else { Msg::NotAcceptable };
    let table = match problems::problems(lang, &found.problems) {
        table if table.is_empty() => lang.say(Msg::NoProblems, &[]),
        table => table,
    };
    let assessed = problems::assessments(lang, &found.assessments);
    let mut parts = vec![table, assessed, lang.say(verdict, &[])];
    parts.retain(|part| !part.is_empty());
    let text = parts.join("\n");
    let value = json!({
        "acceptable": found.acceptable,
        "problems": values::all_problems(&found.problems),
        "assessments": values::assessments(&found.assessments),
    });
    desk.screen.show(&text, &value);
    if found.acceptable { Ok(()) } else { Err(Failure::Said(1)) }
}
