//! The dry run: what would be found, with nothing recorded.

use barid_proto::v1::{
    self, CheckRequest, CheckResponse, DataClass, DecodeRequest, FilingContent, FilingKind,
    ForeseenFiling, Problem,
};
use prost::Message as _;

use super::read::invalid;
use super::understand::{
    LEAD_MAX_BYTES, READY_MADE_FORMAT, check_fields, decode_ready_made, refuse_format,
};
use super::{Crafts, Hub};
use crate::error::Error;
use crate::identity::caller::Caller;
use crate::identity::policy::{data_class_name, filing_kind_name};
use crate::model::content;
use crate::model::id::OfficeAddress;
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
    /// What the envelope would say. `None`: neither the law nor its class of data is asked about.
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
        let ready_made = asked.content.is_some() || asked.format == READY_MADE_FORMAT;
        let (read, mut problems) = match (asked.content.take(), asked.format.is_empty()) {
            (Some(content), true) => {
                (Some(self.blocking(move |_| read_content(&content)).await?), Vec::new())
            }
            (None, false) => self.read_document(caller, &asked).await?,
            _ => return Err(invalid("give a document with its format, or a content")),
        };
        problems.extend(self.crafts.check_as_sent(caller, &asked, read.as_ref())?);
        if let Some(content) = read.as_ref().filter(|_| ready_made) {
            // A format has warned of these itself, in the words of its document.
            let mut checker = Checker::new();
            checker.within("content", |checker| content::doubts(checker, content));
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

impl Crafts {
    /// What `submit` would refuse in a content and in the class of data that its envelope would
    /// have, under the same paths.
    fn check_as_sent(
        &self,
        caller: &Caller,
        asked: &Check,
        read: Option<&FilingContent>,
    ) -> Result<Vec<Problem>, Error> {
        let mut checker = Checker::new();
        let class = asked.foreseen.as_ref().map_or(0, |foreseen| foreseen.data_class);
        checker.known_or_none::<DataClass>("data_class", class);
        // One that is not said is not compared.
        let class = DataClass::try_from(class).ok().filter(|one| *one != DataClass::Unspecified);
        checker.within("content", |checker| {
            let Some(content) = read else { return };
            content::check(checker, asked.kind, content);
            if let Some(class) = class {
                content::check_class(checker, class, content);
            }
        });
        if let (Some(class), Ok(kind)) = (class, FilingKind::try_from(asked.kind)) {
            self.check_class_of_sender(&mut checker, &caller.office, kind, class)?;
        }
        Ok(checker.into_problems())
    }

    /// The class of data is one that the sender may touch, and may send such a filing with, to
    /// anybody at all: to whom, and in which role, is not known yet.
    fn check_class_of_sender(
        &self,
        checker: &mut Checker,
        office: &OfficeAddress,
        kind: FilingKind,
        class: DataClass,
    ) -> Result<(), Error> {
        let member = self.member(office)?;
        let class_name = data_class_name(class);
        if !member.data_classes.contains(&class) {
            let what = format!("{} may not touch {class_name} data", office.institution);
            checker.wrong("data_class", "class-not-permitted", what);
        } else if !self.policy.has_class(&member.kind, kind, class) {
            let (from, kind) = (&member.kind, filing_kind_name(kind));
            let what = format!("a {from} may send no {kind} with {class_name} data to anybody");
            checker.wrong("data_class", "class-not-permitted", what);
        }
        Ok(())
    }
}

fn read_content(content: &[u8]) -> Result<FilingContent, Error> {
    let malformed = |error| invalid(&format!("content is not a FilingContent: {error}"));
    check_fields(content, malformed)?;
    FilingContent::decode(content).map_err(malformed)
}
