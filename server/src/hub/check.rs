//! The dry run: what would be found, with nothing recorded.

use barid_proto::v1::{self, CheckRequest, CheckResponse, DecodeRequest, FilingContent, Problem};

use super::Hub;
use super::read::invalid;
use super::understand::{LEAD_MAX_BYTES, READY_MADE_FORMAT, decode_ready_made, refuse_format};
use crate::error::Error;
use crate::identity::caller::Caller;
use crate::model::content;
use crate::model::place::Checker;

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
        request: CheckRequest,
    ) -> Result<CheckResponse, Error> {
        let (read, mut problems) = match (&request.content, request.format.is_empty()) {
            (Some(content), true) => (Some(content.clone()), Vec::new()),
            (None, false) => self.read_document(caller, &request).await?,
            _ => return Err(invalid("give a document with its format, or a content")),
        };
        if let Some(content) = &read {
            let mut checker = Checker::new();
            content::check(&mut checker, request.kind, content);
            problems.extend(checker.into_problems());
        }
        let error = i32::from(v1::ProblemSeverity::Error);
        let acceptable = read.is_some() && problems.iter().all(|problem| problem.severity != error);
        Ok(CheckResponse { acceptable, problems, content: read, assessments: Vec::new() })
    }

    async fn read_document(
        &self,
        caller: &Caller,
        request: &CheckRequest,
    ) -> Result<(Option<FilingContent>, Vec<Problem>), Error> {
        if request.document.len() as u64 > LEAD_MAX_BYTES {
            return Err(invalid(&format!("a document has at most {LEAD_MAX_BYTES} bytes")));
        }
        if request.format == READY_MADE_FORMAT {
            return Ok((Some(decode_ready_made(&request.document)?), Vec::new()));
        }
        let asked = DecodeRequest {
            format: request.format.clone(),
            input: request.document.clone(),
            kind: request.kind,
            institution: caller.office.institution.as_str().to_owned(),
            languages: request.languages.clone(),
        };
        let decoded =
            self.crafts.formats.decode(asked).await.map_err(|error| refuse_format(&error))?;
        Ok((decoded.reply.content, decoded.reply.problems))
    }
}
