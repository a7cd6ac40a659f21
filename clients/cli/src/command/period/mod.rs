//! `barid period`: periods of the law, day by day.

pub(super) mod calendar;
mod compute;
mod explain;
#[cfg(test)]
mod tests;
mod what_if;

use std::path::{Path, PathBuf};

use barid_client::disk;
use barid_proto::explain as words;
use barid_proto::rules::RuleSet;
use barid_proto::v1::Assessment;

use super::Desk;
use crate::exit::Failure;
use crate::wording::Msg;

/// What to do about periods.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Explains what was computed about the filings of a case: the rule and its words, whose
    /// calendar, each day and why it counted or not, under every reading.
    Explain(Box<explain::Args>),
    /// Computes a period from a rule set and a day, without hub or profile. Ends with 0 when in
    /// time or nothing was measured, 1 when late, 2 when it cannot be decided or readings differ.
    Compute(Box<compute::Args>),
}

/// Explains or computes.
pub(super) async fn run(desk: &Desk, command: Command) -> Result<(), Failure> {
    match command {
        Command::Explain(args) => explain::run(desk, *args).await,
        Command::Compute(args) => compute::run(desk, &args),
    }
}

/// An assessment as a page: the sentence, and all of it.
fn page(desk: &Desk, rules: Option<&RuleSet>, assessment: &Assessment) -> String {
    let language = desk.screen.lang.explained();
    let said = words::said(rules, assessment, language);
    format!("{said}\n\n{}", words::explanation(rules, assessment, language))
}

/// Draws an assessment into a file; `number` is behind the name of all but the first.
fn draw(
    desk: &Desk,
    path: &Path,
    number: usize,
    rules: Option<&RuleSet>,
    assessment: &Assessment,
) -> Result<String, Failure> {
    let path = numbered(path, number);
    let picture = words::strip(rules, assessment, desk.screen.lang.explained());
    disk::replace(&path, picture.as_bytes())?;
    Ok(desk.screen.say(Msg::Saved, &[&path.display().to_string()]))
}

/// `case.svg`, `case-2.svg`, …
fn numbered(path: &Path, number: usize) -> PathBuf {
    if number < 2 {
        return path.to_owned();
    }
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let end = path.extension().map(|end| format!(".{}", end.to_string_lossy()));
    path.with_file_name(format!("{name}-{number}{}", end.unwrap_or_default()))
}
