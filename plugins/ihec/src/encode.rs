//! From a filing's content to an institution's bytes.

use barid_json_reading::terms::Object;
use barid_plugin::v1::filing_content::Content;
use barid_plugin::v1::{
    DecodeRequest, EncodeReply, EncodeRequest, FilingContent, Problem, ProblemSeverity,
};
use barid_plugin::{Place, Problems};

use crate::decode::{self, format_unknown};
use crate::describe::{
    APPEAL, CSV_TYPE, DECISION, FORM_110, JSON_TYPE, REGISTER_CSV, REGISTER_JSON, REGISTER_XLSX,
    XLSX_TYPE,
};
use crate::json;
use crate::json::words::{APPEAL_KINDS, DECISION_KINDS};
use crate::register;

/// Writes a filing. What the format cannot express is named.
pub(crate) fn reply(request: &EncodeRequest) -> EncodeReply {
    let mut problems = Problems::new();
    let content = request.content.as_ref().and_then(|content| content.content.as_ref());
    let written = match request.format.as_str() {
        FORM_110 => json_document("form-110.json", content.and_then(json::write_form110)),
        APPEAL => json_document("appeal.json", write_act(content, APPEAL_KINDS)),
        DECISION => json_document("decision.json", write_act(content, DECISION_KINDS)),
        REGISTER_JSON => json_document("register.json", content.and_then(json::write_register)),
        REGISTER_CSV | REGISTER_XLSX => write_register(request, content, &mut problems),
        other => {
            format_unknown(other, &mut problems);
            return failed(problems.into_vec());
        }
    };
    let Some(written) = written else {
        if !problems.has_errors() {
            content_other(&mut problems);
        }
        return failed(problems.into_vec());
    };
    if written.media_type != JSON_TYPE {
        return written.with(problems.into_vec());
    }
    read_back(request, written)
}

struct Written {
    output: Vec<u8>,
    media_type: &'static str,
    name: &'static str,
}

impl Written {
    fn with(self, problems: Vec<Problem>) -> EncodeReply {
        EncodeReply {
            output: self.output,
            media_type: self.media_type.to_owned(),
            name: self.name.to_owned(),
            problems,
        }
    }
}

fn write_act(content: Option<&Content>, kinds: json::Kinds) -> Option<Object> {
    content.and_then(|content| json::write_act(content, kinds))
}

fn json_document(name: &'static str, object: Option<Object>) -> Option<Written> {
    object.map(|object| Written { output: object.into_bytes(), media_type: JSON_TYPE, name })
}

fn write_register(
    request: &EncodeRequest,
    content: Option<&Content>,
    problems: &mut Problems,
) -> Option<Written> {
    let Some(Content::RegisterStatement(statement)) = content else { return None };
    let (owner, csv) = (request.institution.as_str(), request.format == REGISTER_CSV);
    let (output, media_type, name) = if csv {
        (register::to_csv(statement, owner, problems), CSV_TYPE, "register.csv")
    } else {
        (register::to_xlsx(statement, owner, problems), XLSX_TYPE, "register.xlsx")
    };
    output.map(|output| Written { output, media_type, name })
}

/// Reads what was written. A document that we could not read ourselves is not handed out, and one
/// that says less than the filing is named.
fn read_back(request: &EncodeRequest, written: Written) -> EncodeReply {
    let reply = decode::reply(&DecodeRequest {
        format: request.format.clone(),
        input: written.output.clone(),
        institution: request.institution.clone(),
        ..DecodeRequest::default()
    });
    let comparable = |content: FilingContent| content.content.map(json::without_normal_forms);
    let Some(read) = reply.content.and_then(comparable) else {
        return failed(errors_of(reply.problems));
    };
    let mut problems = Problems::new();
    if request.content.clone().and_then(comparable) != Some(read) {
        json::not_expressed(&mut problems);
    }
    written.with(problems.into_vec())
}

fn errors_of(problems: Vec<Problem>) -> Vec<Problem> {
    problems.into_iter().filter(|problem| problem.severity() == ProblemSeverity::Error).collect()
}

fn failed(problems: Vec<Problem>) -> EncodeReply {
    EncodeReply { problems, ..EncodeReply::default() }
}

fn content_other(problems: &mut Problems) {
    problems.error(
        "content-other",
        Place::default(),
        &[
            ("ar", "هذه الصيغة لا تكتب هذا النوع من الوثائق."),
            ("ckb", "ئەم فۆرماتە ئەم جۆرە بەڵگەنامەیە نانووسێت."),
            ("en", "This format does not write this kind of filing."),
        ],
        &[
            ("ar", "اختر صيغة أخرى."),
            ("ckb", "فۆرماتێکی تر هەڵبژێرە."),
            ("en", "Choose a format whose description names the kind."),
        ],
    );
}
