//! `barid reconcile`: two registers, compared case by case.

use std::path::PathBuf;

use barid_proto::reconcile::{Comparison, Number, Register, reconcile};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{CheckRequest, DocketNumber, FilingKind, RegisterStatement};
use jiff::civil::Date;

use super::{Desk, parse};
use crate::exit::Failure;
use crate::profile;
use crate::render::{problems, reconciliation};

/// Which registers, which days, and what people have said about single cases.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The register of the body that refers: the digest of a filing that states it, or, if it is
    /// this institution's own, a document with the format that reads it
    /// (`register.xlsx:ihec/register+xlsx`).
    #[arg(value_parser = source)]
    referring: Source,
    /// The register of the body that dockets, likewise.
    #[arg(value_parser = source)]
    docketing: Source,
    /// The first day compared: 2025-11-12. Cases outside are told apart.
    #[arg(long, requires = "until")]
    from: Option<Date>,
    /// The last day compared.
    #[arg(long, requires = "from")]
    until: Option<Date>,
    /// Two cases that are one, though nothing in the registers says so:
    /// `ihec:17/2025=ejp:612/2025`. Several times for several.
    #[arg(long, value_parser = pair)]
    together: Vec<(DocketNumber, DocketNumber)>,
    /// Two cases that are not one, whatever the registers say. Several times for several.
    #[arg(long, value_parser = pair)]
    apart: Vec<(DocketNumber, DocketNumber)>,
    /// The first register lists cases that were not referred, too: that one is missing on the other
    /// side is then no exception.
    #[arg(long)]
    not_all_referred: bool,
}

/// Where a register is.
#[derive(Debug, Clone)]
enum Source {
    /// A document of this institution, and the format that reads it. Formats read numbers as those
    /// of whoever asks, so another institution's register is read when that files it.
    Document(PathBuf, String),
    /// A filed register statement, by its digest.
    Filed([u8; 32]),
}

/// Compares, and shows how the figures add up and everything that differs. Exit code 1 when
/// something does.
pub(super) async fn run(desk: &Desk, args: Args) -> Result<(), Failure> {
    let referring = register(desk, &args.referring, !args.not_all_referred).await?;
    let docketing = register(desk, &args.docketing, false).await?;
    let lang = desk.screen.lang;
    let numbers = |pairs: &[(DocketNumber, DocketNumber)]| {
        pairs.iter().map(|(one, other)| (Number::of(one), Number::of(other))).collect()
    };
    let comparison = Comparison {
        window: args.from.zip(args.until),
        together: numbers(&args.together),
        apart: numbers(&args.apart),
        ..Comparison::of(&referring, &docketing)
    };
    let found = reconcile(&comparison);
    let text = reconciliation::text(lang, &comparison, &found);
    desk.screen.show(&text, &reconciliation::value(&comparison, &found));
    if found.exceptions.is_empty() { Ok(()) } else { Err(Failure::Said(1)) }
}

/// A register out of its source; `sent`: whether each of its cases was referred.
async fn register(desk: &Desk, source: &Source, sent: bool) -> Result<Register, Failure> {
    let (client, lang) = (desk.client()?, desk.screen.lang);
    let (institution, statement) = match source {
        Source::Document(path, format) => {
            let request = CheckRequest {
                kind: FilingKind::RegisterStatement.into(),
                format: format.clone(),
                document: profile::read(path)?,
                languages: lang.tags(),
                ..CheckRequest::default()
            };
            let read = client.check(request).await?;
            let statement = read.content.and_then(|content| stated(content.content));
            let statement = statement.ok_or_else(|| {
                let told = problems::problems(lang, &read.problems);
                Failure::usage(format!("{}: {format}\n{told}", path.display()))
            })?;
            (desk.profile()?.address().institution, statement)
        }
        Source::Filed(digest) => {
            let (_, verified) = client.filing(*digest).await?;
            let reading = verified.assessment.and_then(|added| added.reading);
            let content = verified.body.content.or_else(|| reading.and_then(|one| one.content));
            let statement = content.and_then(|content| stated(content.content));
            let sender = verified.body.sender.map(|sender| sender.institution);
            let both = sender.zip(statement);
            both.ok_or_else(|| Failure::usage("this filing states no register"))?
        }
    };
    Register::stated(&institution, &statement, sent)
        .map_err(|error| Failure::usage(error.to_string()))
}

fn stated(content: Option<Content>) -> Option<RegisterStatement> {
    match content {
        Some(Content::RegisterStatement(statement)) => Some(statement),
        _ => None,
    }
}

fn source(text: &str) -> Result<Source, String> {
    match text.rsplit_once(':') {
        Some((path, format)) => Ok(Source::Document(path.into(), format.to_owned())),
        None => parse::digest(text).map(Source::Filed).map_err(|_| {
            "a document with its format (PATH:FORMAT), or the digest of a filed register".to_owned()
        }),
    }
}

fn pair(text: &str) -> Result<(DocketNumber, DocketNumber), String> {
    let (one, other) = text.split_once('=').ok_or("two docket numbers with `=` between them")?;
    Ok((parse::docket_number(one)?, parse::docket_number(other)?))
}
