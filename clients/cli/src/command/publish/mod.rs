//! `barid publish`: what counts for all cases, filed for everybody: calendars, rule sets, members.

mod members;
pub(in crate::command) mod open_data;

use std::path::{Path, PathBuf};

use barid_client::draft::HashedDocument;
use barid_client::{Draft, draft};
use barid_proto::rules::Catalogue;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{
    Address, CivilDate, Confidentiality, DataClass, FilingContent, FilingKind, RuleSetPublished,
};

use super::period::calendar;
use super::{Desk, parse};
use crate::exit::Failure;
use crate::profile;

/// The format of a rule set's text as a lead document.
const RULE_SET: &str = "barid/rule-set+toml";

/// What is published.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Files the days on which one's institution is closed, out of a text of closures.
    Calendar {
        /// The text: a path, or the name of one that comes with Barid, such as `IQ`.
        text: String,
        /// Into whose inboxes it is put: `ejp/registry`. Everybody may read it all the same.
        #[arg(long, value_parser = parse::office)]
        to: Vec<Address>,
    },
    /// Files a rule set: from its leaf on, cases can be opened under it.
    Rules {
        /// Its text, in TOML.
        path: PathBuf,
        /// Texts of rule sets that it builds on, which are published already.
        #[arg(long = "with", value_name = "FILE")]
        with: Vec<PathBuf>,
        /// As for `calendar`.
        #[arg(long, value_parser = parse::office)]
        to: Vec<Address>,
    },
    /// Writes what may be published of an election's cases into a signed folder: cases without
    /// personal data, rulings with their citations, redacted texts. Files nothing.
    OpenData(Box<open_data::Args>),
    /// Files who sits in a deciding body, since when, until when.
    Members {
        /// A text with a section for each change of a seat, in TOML.
        path: PathBuf,
        /// As for `calendar`.
        #[arg(long, value_parser = parse::office)]
        to: Vec<Address>,
    },
}

/// Signs, files and proves.
pub(super) async fn run(desk: &Desk, command: Command) -> Result<(), Failure> {
    let profile = desk.profile()?;
    let drafts = match command {
        Command::Calendar { text, to } => {
            let institution = profile.address().institution;
            let calendars = calendar::read(&text, &institution)?;
            let kind = FilingKind::HolidayCalendar;
            let draft = |one| drafted(kind, Content::HolidayCalendar(one), &to);
            calendars.into_iter().map(draft).collect()
        }
        Command::Rules { path, with, to } => vec![rule_set(&path, &with, &to)?],
        Command::OpenData(args) => return open_data::run(desk, *args).await,
        Command::Members { path, to } => {
            let change = members::read(&path)?;
            vec![drafted(FilingKind::MembershipChanged, Content::MembershipChanged(change), &to)]
        }
    };
    let client = profile.client()?;
    for draft in drafts {
        desk.show_outcome(client.submit(draft).await, "")?;
    }
    Ok(())
}

/// A filing that goes for all cases and belongs to none.
fn drafted(kind: FilingKind, content: Content, to: &[Address]) -> Draft {
    let draft = Draft::new(kind)
        .without_case()
        .confidentiality(Confidentiality::Public)
        .data_class(DataClass::Published)
        .content(FilingContent { content: Some(content) });
    to.iter().fold(draft, |draft, address| draft.to(&address.institution, &address.office))
}

/// A rule set that can be used; everything that is wrong with it is told before anything is signed.
fn rule_set(path: &Path, with: &[PathBuf], to: &[Address]) -> Result<Draft, Failure> {
    let mut known = Catalogue::built_in().map_err(|error| Failure::usage(error.to_string()))?;
    for below in with {
        added(&mut known, below)?;
    }
    let set = added(&mut known, path)?;
    let from = set.effective_from;
    let content = Content::RuleSetPublished(RuleSetPublished {
        rule_set_id: set.name(),
        sha256: set.sha256.to_vec(),
        effective_from: Some(CivilDate {
            year: from.year().into(),
            month: from.month().into(),
            day: from.day().into(),
        }),
        act: None,
    });
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let text = HashedDocument::at(path)?;
    let draft = drafted(FilingKind::RuleSetPublished, content, to);
    Ok(draft.lead(RULE_SET, &name, draft::media_type(path), text))
}

fn added(
    known: &mut Catalogue,
    path: &Path,
) -> Result<std::sync::Arc<barid_proto::rules::RuleSet>, Failure> {
    let shown = path.display();
    let text = String::from_utf8(profile::read(path)?)
        .map_err(|_| Failure::usage(format!("{shown}: is not UTF-8")))?;
    known.add(&text).map_err(|wrong| {
        let lines: Vec<String> =
            wrong.0.iter().map(|problem| format!("{shown}:{problem}")).collect();
        Failure::usage(lines.join("\n"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_set_is_filed_with_its_text_and_a_wrong_one_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("law.toml");
        std::fs::write(&path, "id = \"X\"\nversion = 0\n").unwrap();
        let why = rule_set(&path, &[], &[]).unwrap_err().to_string();
        assert!(why.contains("law.toml:2:11: version: "), "{why}");
        let known = Catalogue::built_in().unwrap();
        let (text, digest) = known.text("IQ-L11-2007/1").unwrap();
        std::fs::write(&path, text).unwrap();
        let draft = format!("{:?}", rule_set(&path, &[], &[]).unwrap());
        assert!(draft.contains("barid/rule-set+toml") && draft.contains("IQ-L11-2007/1"));
        assert!(draft.contains(&format!("{digest:?}")));
    }
}
