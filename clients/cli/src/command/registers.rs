//! Registers, wherever they are: documents of this institution, filed statements, and dockets.

use std::path::PathBuf;

use barid_client::client::EventDockets;
use barid_proto::reconcile::{Register, Side};
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{CheckRequest, FilingKind, RegisterStatement};

use super::{Desk, parse};
use crate::exit::Failure;
use crate::profile;
use crate::render::problems;

/// Begins the name of a register that is made of dockets.
const HUB: &str = "hub:";

/// Where a register is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// An institution's statement.
    Stated(StatedIn),
    /// What became known of an institution's cases in the hub, and what it states besides.
    Hub(String, Option<StatedIn>),
}

/// Where a statement is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StatedIn {
    /// A document of this institution, and the format that reads it. Formats read numbers as those
    /// of whoever asks, so another institution's register is read when that files it.
    Document(PathBuf, String),
    /// A filed register statement, by its digest.
    Filed([u8; 32]),
}

/// A statement and whose it is.
#[derive(Debug)]
pub(super) struct Statement {
    /// The institution.
    pub(super) institution: String,
    /// What it states.
    pub(super) content: RegisterStatement,
}

impl Source {
    /// Whether dockets have to be read for it.
    pub(super) fn is_hub(&self) -> bool {
        matches!(self, Self::Hub(..))
    }

    /// The statement in it, and the institution if it is named.
    pub(super) fn parts(&self) -> (Option<&str>, Option<&StatedIn>) {
        match self {
            Self::Stated(stated) => (None, Some(stated)),
            Self::Hub(institution, stated) => (Some(institution), stated.as_ref()),
        }
    }
}

/// A register's source as it is typed.
pub(super) fn source(text: &str) -> Result<Source, String> {
    let Some(of) = text.strip_prefix(HUB) else { return stated_in(text).map(Source::Stated) };
    let (institution, with) = match of.split_once('+') {
        Some((institution, with)) => (institution, Some(stated_in(with)?)),
        None => (of, None),
    };
    let institution = parse::office(institution)?;
    if !institution.office.is_empty() {
        return Err("a register is an institution's, not an office's: `hub:ejp`".to_owned());
    }
    Ok(Source::Hub(institution.institution, with))
}

/// A statement's place as it is typed.
pub(super) fn stated_in(text: &str) -> Result<StatedIn, String> {
    if text.starts_with(HUB) {
        return Err("what the hub knows is no statement: give a document or a digest".to_owned());
    }
    match text.rsplit_once(':') {
        Some((path, format)) if !text.starts_with(HUB) => {
            Ok(StatedIn::Document(path.into(), format.to_owned()))
        }
        _ => parse::digest(text).map(StatedIn::Filed).map_err(|_| {
            "a document with its format (PATH:FORMAT), the digest of a filed register, or what the \
             hub knows (hub:INSTITUTION)"
                .to_owned()
        }),
    }
}

/// Reads a statement.
pub(super) async fn statement(desk: &Desk, stated: &StatedIn) -> Result<Statement, Failure> {
    match stated {
        StatedIn::Document(path, format) => {
            let content = read(desk, path, format).await?;
            Ok(Statement { institution: desk.profile()?.address().institution, content })
        }
        StatedIn::Filed(digest) => {
            let (_, verified) = desk.client()?.filing(*digest).await?;
            let reading = verified.assessment.and_then(|added| added.reading);
            let content = verified.body.content.or_else(|| reading.and_then(|one| one.content));
            let content = content.and_then(|content| stated_by(content.content));
            let sender = verified.body.sender.map(|sender| sender.institution);
            let both = sender
                .zip(content)
                .map(|(institution, content)| Statement { institution, content });
            both.ok_or_else(|| Failure::usage("this filing states no register"))
        }
    }
}

/// Has a document read as a register.
pub(super) async fn read(
    desk: &Desk,
    path: &std::path::Path,
    format: &str,
) -> Result<RegisterStatement, Failure> {
    let lang = desk.screen.lang;
    let request = CheckRequest {
        kind: FilingKind::RegisterStatement.into(),
        format: format.to_owned(),
        document: profile::read(path)?,
        languages: lang.tags(),
        ..CheckRequest::default()
    };
    let read = desk.client()?.check(request).await?;
    let content = read.content.and_then(|content| stated_by(content.content));
    content.ok_or_else(|| {
        let told = problems::problems(lang, &read.problems);
        Failure::usage(format!("{}: {format}\n{told}", path.display()))
    })
}

fn stated_by(content: Option<Content>) -> Option<RegisterStatement> {
    match content {
        Some(Content::RegisterStatement(statement)) => Some(statement),
        _ => None,
    }
}

/// One side's register: what is stated, and what became known in the hub if that is asked for.
/// `sent` says of what is stated whether each of its cases was referred.
pub(super) fn register(
    side: Side,
    [institution, counterpart]: [&str; 2],
    stated: Option<&Statement>,
    dockets: Option<&EventDockets>,
    sent: bool,
) -> Result<Register, Failure> {
    let made = match stated {
        Some(stated) => Register::stated(institution, &stated.content, sent),
        None => Register::new(institution, Vec::new()),
    };
    let known = dockets.map(|read| read.dockets.cases(side, institution, counterpart));
    made.and_then(|register| match known {
        Some(known) => register.with(known),
        None => Ok(register),
    })
    .map_err(|error| Failure::usage(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_is_a_document_a_digest_or_what_the_hub_knows() {
        let digest = "ab".repeat(32);
        assert_eq!(source(&digest), Ok(Source::Stated(StatedIn::Filed([0xab; 32]))));
        let document = StatedIn::Document("a:b.csv".into(), "ejp/register+csv".into());
        assert_eq!(source("a:b.csv:ejp/register+csv"), Ok(Source::Stated(document.clone())));
        assert_eq!(source("hub:ejp"), Ok(Source::Hub("ejp".into(), None)));
        let with = |text: &str| source(&format!("hub:ejp+{text}"));
        assert_eq!(with(&digest), Ok(Source::Hub("ejp".into(), Some(StatedIn::Filed([0xab; 32])))));
        assert_eq!(with("a:b.csv:ejp/register+csv"), Ok(Source::Hub("ejp".into(), Some(document))));
        for wrong in ["", "hub:", "hub:ejp/registry", "hub:EJP", "hub:ejp+12", "12"] {
            assert!(source(wrong).is_err(), "{wrong}");
        }
    }
}
