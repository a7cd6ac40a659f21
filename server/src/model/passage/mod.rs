//! What of a filing can be found, and where it stands in it.
//!
//! Who may read a filing may find what stands here; nobody else. Names of witnesses, suspects,
//! judges, clerks and members of deciding bodies are left out, and where the same filing's texts
//! write one of them, that place is left out too: by whom one testified is nothing to look for.

mod acts;
mod names;
mod texts;

use barid_proto::envelope::decode_body;
use barid_proto::v1::filing_content::Content;
use barid_proto::v1::{EnvelopeBody, FilingAssessment, FilingContent, SignedEnvelope};
use prost::Message as _;

use super::row::{DocketNumberRow, FilingRow};
use super::sought;
use crate::error::Fault;

pub use names::concerned;
pub(crate) use names::{part, runs};

/// Most passages of a filing of each kind but texts. What stands behind is read, not found.
const PASSAGES_MAX: usize = 512;

/// Most bytes of a filing's texts that can be found: a judgment of a hundred pages.
const TEXTS_MAX_BYTES: usize = 256 * 1024;

/// What kind of thing a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PassageKind {
    /// A docket number.
    Number,
    /// The name of a person concerned.
    Name,
    /// An act: a decision, a ruling, a letter.
    Decision,
    /// Words.
    Text,
}

/// Something in a filing that can be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// Where it stands: `appeal_filed.grounds[1]`.
    pub path: String,
    /// As it was filed.
    pub text: String,
    /// Other ways to write the same.
    pub also: String,
}

impl Passage {
    fn of(kind: PassageKind, path: String, text: impl Into<String>) -> Self {
        Self { kind, path, text: text.into(), also: String::new() }
    }

    /// The words by which it is found.
    pub fn words(&self) -> impl Iterator<Item = String> {
        sought::words(&self.text).chain(sought::words(&self.also))
    }
}

/// Everything in a filing that can be found, kind by kind.
///
/// # Errors
/// When the filing's own bytes are not what was stored.
pub fn of(row: &FilingRow) -> Result<Vec<Passage>, Fault> {
    let failed = |error| Fault::while_doing("reading a stored filing to make it findable", error);
    let signed = SignedEnvelope::decode(row.envelope.as_slice()).map_err(failed)?;
    let body = decode_body(&signed.body).map_err(|error| {
        Fault::while_doing("reading a stored envelope's body to make it findable", error)
    })?;
    let added = FilingAssessment::decode(row.assessment.as_deref().unwrap_or_default());
    let read = added.map_err(failed)?.reading.and_then(|reading| reading.content);
    let content = body.content.clone().or(read).and_then(|FilingContent { content }| content);
    let numbers = row.case.as_ref().map(|change| change.docket_numbers.as_slice());
    Ok(all(numbers.unwrap_or_default(), &body, content.as_ref()))
}

fn all(
    numbers: &[DocketNumberRow],
    body: &EnvelopeBody,
    content: Option<&Content>,
) -> Vec<Passage> {
    let numbers = numbers.iter().enumerate().map(|(place, number)| Passage {
        also: number.normal.clone(),
        ..Passage::of(PassageKind::Number, format!("docket_numbers[{place}]"), &number.literal)
    });
    let mut passages: Vec<Passage> = numbers.take(PASSAGES_MAX).collect();
    let Some(content) = content else {
        passages.extend(texts::titles(body));
        return passages;
    };
    let named = concerned(content).into_iter();
    passages.extend(
        named
            .map(|(path, name)| Passage::of(PassageKind::Name, path, name))
            .filter(|passage| passage.words().next().is_some())
            .take(PASSAGES_MAX),
    );
    passages.extend(acts::of(content).into_iter().take(PASSAGES_MAX));
    let texts = texts::of(content).into_iter().chain(texts::titles(body));
    let mut left = TEXTS_MAX_BYTES;
    passages.extend(texts.take_while(|text| {
        let fits = text.text.len() <= left;
        left = left.saturating_sub(text.text.len());
        fits
    }));
    let hidden = names::protected(content);
    for passage in passages.iter_mut().filter(|one| one.kind == PassageKind::Text) {
        passage.text = names::without(&passage.text, &hidden);
    }
    passages
}

#[cfg(test)]
mod tests;
