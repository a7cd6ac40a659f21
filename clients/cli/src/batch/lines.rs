//! From lines of a list to filings: every problem of every line, or the filings.

use std::path::{Path, PathBuf};

use barid_client::draft::{self, HashedDocument};
use barid_client::{Client, Draft};
use barid_proto::v1::{
    Address, CaseReference, CheckRequest, ClockSource, Confidentiality, DataClass, DocketNumber,
    FilingContent, FilingKind, ForeseenFiling, Officer, Stamp,
};
use prost::Message as _;

use super::columns::Column;
use super::manifest::{Manifest, Row};
use super::{Problem, Task, Work};
use crate::command::parse::{self, Answered};
use crate::exit::Failure;
use crate::wording::batch::Wrong;

/// Most bytes of a document that the dry run is asked about; a larger one is filed unasked, as by
/// `barid submit`.
const CHECKED_MAX_BYTES: u64 = 16 * 1024 * 1024;

/// A line, read.
pub(crate) struct Filing {
    row: Row,
    lead: Option<(PathBuf, String)>,
    content: Option<FilingContent>,
    kind: FilingKind,
    to: Vec<Address>,
    case: Option<[u8; 16]>,
    docket: Vec<DocketNumber>,
    exhibits: Vec<PathBuf>,
    reply_to: Option<Answered>,
    stamp: Option<(i64, i32)>,
    confidentiality: Confidentiality,
    data_class: DataClass,
}

/// Who files.
pub(crate) struct Sender {
    /// The office.
    pub(crate) address: Address,
    /// Who acts.
    pub(crate) officer: Option<Officer>,
}

/// Reads all lines, and gives everything that is wrong with them.
pub(crate) fn read(manifest: &Manifest) -> (Vec<Filing>, Vec<Problem>) {
    let (mut filings, mut problems) = (Vec::new(), Vec::new());
    for row in &manifest.rows {
        let mut reading = Reading { row, folder: &manifest.folder, wrong: Vec::new() };
        let filing = reading.filing();
        let wrong = reading.wrong.into_iter();
        problems.extend(wrong.map(|wrong| Problem {
            line: row.line.clone(),
            shown: row.shown.clone(),
            wrong,
        }));
        filings.extend(filing);
    }
    (filings, problems)
}

struct Reading<'a> {
    row: &'a Row,
    folder: &'a Path,
    wrong: Vec<Wrong>,
}

impl Reading<'_> {
    /// `None`: something is wrong that leaves no filing.
    fn filing(&mut self) -> Option<Filing> {
        let kind = self.one(Column::Kind, parse::kind);
        if self.row.cell(Column::Kind).is_empty() {
            self.wrong.push(Wrong::Empty(Column::Kind));
        }
        let lead = self.lead();
        let content = self.content();
        let named = |column| !self.row.cell(column).is_empty();
        match (named(Column::Document), named(Column::Content)) {
            (false, false) => self.wrong.push(Wrong::Empty(Column::Document)),
            (true, true) => self.wrong.push(Wrong::DocumentAndContent),
            _ => {}
        }
        let exhibits = self.exhibits();
        let stamp = self.one(Column::StampTime, parse::instant);
        if stamp.is_none() && named(Column::StampNumber) {
            self.wrong.push(Wrong::Empty(Column::StampTime));
        }
        let filing = Filing {
            row: self.row.clone(),
            lead,
            content,
            kind: kind.unwrap_or_default(),
            to: self.many(Column::To, parse::office),
            case: self.one(Column::Case, parse::case_id),
            docket: self.many(Column::Docket, parse::docket_number),
            exhibits,
            reply_to: self.one(Column::ReplyTo, parse::answered),
            stamp,
            confidentiality: self
                .one(Column::Confidentiality, parse::confidentiality)
                .unwrap_or(Confidentiality::Parties),
            data_class: self.one(Column::DataClass, parse::data_class).unwrap_or(DataClass::Live),
        };
        self.wrong.is_empty().then_some(filing)
    }

    fn one<T>(&mut self, column: Column, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let text = self.row.cell(column);
        if text.is_empty() {
            return None;
        }
        let value = read(text).ok();
        if value.is_none() {
            self.wrong.push(Wrong::Unreadable(column, text.to_owned()));
        }
        value
    }

    fn many<T>(&mut self, column: Column, read: impl Fn(&str) -> Result<T, String>) -> Vec<T> {
        let mut values = Vec::new();
        for text in self.row.several(column) {
            match read(text) {
                Ok(value) => values.push(value),
                Err(_) => self.wrong.push(Wrong::Unreadable(column, text.to_owned())),
            }
        }
        values
    }

    fn lead(&mut self) -> Option<(PathBuf, String)> {
        let (text, format) = (self.row.cell(Column::Document), self.row.cell(Column::Format));
        if text.is_empty() {
            return None;
        }
        if format.is_empty() {
            self.wrong.push(Wrong::Empty(Column::Format));
        }
        self.path(text).map(|path| (path, format.to_owned()))
    }

    fn content(&mut self) -> Option<FilingContent> {
        let text = self.row.cell(Column::Content);
        if text.is_empty() {
            return None;
        }
        let bytes = std::fs::read(self.path(text)?).ok();
        let content = bytes.and_then(|bytes| FilingContent::decode(bytes.as_slice()).ok());
        if content.is_none() {
            self.wrong.push(Wrong::Unreadable(Column::Content, text.to_owned()));
        }
        content
    }

    fn exhibits(&mut self) -> Vec<PathBuf> {
        let named: Vec<&str> = self.row.several(Column::Exhibits).collect();
        named.into_iter().filter_map(|text| self.path(text)).collect()
    }

    /// A path that there is, with something in it.
    fn path(&mut self, text: &str) -> Option<PathBuf> {
        let path = self.folder.join(text);
        match std::fs::metadata(&path) {
            Ok(found) if found.is_file() && found.len() > 0 => return Some(path),
            Ok(_) => self.wrong.push(Wrong::NotADocument(text.to_owned())),
            Err(_) => self.wrong.push(Wrong::Missing(text.to_owned())),
        }
        None
    }
}

impl Filing {
    /// Something wrong with it.
    pub(crate) fn problem(&self, wrong: Wrong) -> Problem {
        Problem { line: self.row.line.clone(), shown: self.row.shown.clone(), wrong }
    }

    /// The filing, with its documents hashed.
    pub(crate) async fn work(&self, client: &Client, sender: &Sender) -> Result<Work, Failure> {
        let case_id = self.case.map(|id| id.to_vec()).unwrap_or_default();
        let mut draft = Draft::new(self.kind)
            .case(CaseReference { case_id, docket_numbers: self.docket.clone() })
            .confidentiality(self.confidentiality)
            .data_class(self.data_class)
            .under(
                self.row.cell(Column::Procedure),
                self.row.cell(Column::RuleSet),
                self.row.cell(Column::ElectionEvent),
            )
            .languages(self.row.several(Column::Language));
        for address in &self.to {
            draft = draft.to(&address.institution, &address.office);
        }
        if let Some((path, format)) = &self.lead {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            draft = draft.lead(format, &name, draft::media_type(path), HashedDocument::at(path)?);
        }
        if let Some(content) = &self.content {
            draft = draft.content(content.clone());
        }
        for path in &self.exhibits {
            draft = draft.exhibit_at(path)?;
        }
        if let Some(answered) = self.reply_to {
            draft = crate::command::answering(client, draft, Some(answered)).await?;
        }
        if let Some(stamp) = self.stamp(sender) {
            draft = draft.stamp(stamp);
        }
        Ok(Work {
            line: self.row.line.clone(),
            shown: self.row.shown.clone(),
            fingerprint: self.row.fingerprint(),
            task: Task::File(Box::new(draft)),
        })
    }

    fn stamp(&self, sender: &Sender) -> Option<Stamp> {
        let (stamped_at_unix_ms, utc_offset_minutes) = self.stamp?;
        Some(Stamp {
            office: Some(sender.address.clone()),
            officer: sender.officer.clone(),
            stamped_at_unix_ms,
            utc_offset_minutes,
            clock_source: ClockSource::Manual.into(),
            number: self.row.cell(Column::StampNumber).to_owned(),
        })
    }

    /// What the hub is asked in a dry run. `None`: its document is too large to be asked about.
    pub(crate) fn question(
        &self,
        sender: &Sender,
        languages: Vec<String>,
    ) -> Result<Option<CheckRequest>, Failure> {
        let (mut format, mut document) = (String::new(), Vec::new());
        if let Some((path, read_by)) = &self.lead {
            let at = |error| Failure::usage(format!("{}: {error}", path.display()));
            if std::fs::metadata(path).map_err(at)?.len() > CHECKED_MAX_BYTES {
                return Ok(None);
            }
            document = std::fs::read(path).map_err(at)?;
            read_by.clone_into(&mut format);
        }
        let foreseen = ForeseenFiling {
            case_id: self.case.map(|id| id.to_vec()).unwrap_or_default(),
            rule_set_id: self.row.cell(Column::RuleSet).to_owned(),
            election_event_id: self.row.cell(Column::ElectionEvent).to_owned(),
            stamp: self.stamp(sender),
            data_class: self.data_class.into(),
        };
        Ok(Some(CheckRequest {
            kind: self.kind.into(),
            format,
            document,
            content: self.content.clone(),
            languages,
            foreseen: Some(foreseen),
        }))
    }
}
