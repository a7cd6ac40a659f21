//! The dry run: what would be found, with nothing recorded.

use barid_proto::v1::{
    self, CheckRequest, CheckResponse, DecodeRequest, FilingContent, ForeseenFiling, Problem,
};
use prost::Message as _;

use super::Hub;
use super::read::invalid;
use super::understand::{
    LEAD_MAX_BYTES, READY_MADE_FORMAT, check_fields, decode_ready_made, refuse_format,
};
use crate::error::Error;
use crate::identity::caller::Caller;
use crate::model::content;
use crate::model::place::Checker;

/// What is to be checked: a `CheckRequest` whose content is still serialised, since in memory it
/// may be a hundred times as large.
#[derive(Debug, Clone)]
pub struct Check {
    /// The kind of filing it would be, as on the wire.
    pub kind: i32,
    /// The format to read the document with. Empty: `content` is given.
    pub format: String,
    /// The document's bytes.
    pub input: Vec<u8>,
    /// A serialised `FilingContent`.
    pub content: Option<Vec<u8>>,
    /// BCP 47 tags of the reader's languages, best first.
    pub languages: Vec<String>,
    /// What the envelope would say. `None`: what the law says is not asked.
    pub foreseen: Option<ForeseenFiling>,
}

impl From<CheckRequest> for Check {
    fn from(request: CheckRequest) -> Self {
        let CheckRequest { kind, format, document: input, content, languages, foreseen } = request;
        let content = content.map(|content| content.encode_to_vec());
        Self { kind, format, input, content, languages, foreseen }
    }
}

impl Hub {
    /// Reads a document and checks its content as `submit` would, and returns everything found.
    /// Problems of the document are an answer here, not a refusal.
    ///
    /// # Errors
    /// A request that names neither a document with its format nor a content, or a format that is
    /// unknown or fails.
    pub async fn check(
        &self,
        caller: &Caller,
        asked: impl Into<Check>,
    ) -> Result<CheckResponse, Error> {
        let mut asked = asked.into();
        let (read, mut problems) = match (asked.content.take(), asked.format.is_empty()) {
            (Some(content), true) => {
                (Some(self.blocking(move |_| read_content(&content)).await?), Vec::new())
            }
            (None, false) => self.read_document(caller, &asked).await?,
            _ => return Err(invalid("give a document with its format, or a content")),
        };
        if let Some(content) = &read {
            // Under the same paths as a refusal names them.
            let mut checker = Checker::new();
            checker.within("content", |checker| content::check(checker, asked.kind, content));
            problems.extend(checker.into_problems());
        }
        let error = i32::from(v1::ProblemSeverity::Error);
        let acceptable = read.is_some() && problems.iter().all(|problem| problem.severity != error);
        let mut assessments = Vec::new();
        if let (Some(content), Some(foreseen)) = (&read, asked.foreseen.take()) {
            let (office, content) = (caller.office.clone(), content.clone());
            let kind = asked.kind;
            assessments = self
                .blocking(move |crafts| crafts.foreseen(&office, kind, foreseen, content))
                .await?;
        }
        Ok(CheckResponse { acceptable, problems, content: read, assessments })
    }

    async fn read_document(
        &self,
        caller: &Caller,
        request: &Check,
    ) -> Result<(Option<FilingContent>, Vec<Problem>), Error> {
        if request.input.len() as u64 > LEAD_MAX_BYTES {
            return Err(invalid(&format!("a document has at most {LEAD_MAX_BYTES} bytes")));
        }
        if request.format == READY_MADE_FORMAT {
            return Ok((Some(decode_ready_made(&request.input)?), Vec::new()));
        }
        let asked = DecodeRequest {
            format: request.format.clone(),
            input: request.input.clone(),
            kind: request.kind,
            institution: caller.office.institution.as_str().to_owned(),
            languages: request.languages.clone(),
        };
        let decoded =
            self.crafts.formats.decode(asked).await.map_err(|error| refuse_format(&error))?;
        Ok((decoded.reply.content, decoded.reply.problems))
    }
}

fn read_content(content: &[u8]) -> Result<FilingContent, Error> {
    let malformed = |error| invalid(&format!("content is not a FilingContent: {error}"));
    check_fields(content, malformed)?;
    FilingContent::decode(content).map_err(malformed)
}
