//! From an institution's bytes to a filing's content.

use barid_plugin::v1::filing_content::Content;
use barid_plugin::v1::{DecodeReply, DecodeRequest, FilingContent, FilingKind, RegisterStatement};
use barid_plugin::{Place, Problems};
use barid_proto::text::isolate;

use crate::describe::{APPEAL, DECISION, FORM_110, REGISTER_CSV, REGISTER_JSON, REGISTER_XLSX};
use crate::json::words::{APPEAL_KINDS, DECISION_KINDS};
use crate::json::{self, Found};
use crate::register;

/// Reads a document. With any error the reply has no content.
pub(crate) fn reply(request: &DecodeRequest) -> DecodeReply {
    let mut problems = Problems::new();
    let found = read(request, &mut problems);
    if let Some(found) = &found {
        check_kind(request.kind(), found.kind, &mut problems);
    }
    let found = found.filter(|_| !problems.has_errors());
    let (content, docket_numbers) =
        found.map(|found| (Some(found.content), found.docket_numbers)).unwrap_or_default();
    DecodeReply {
        content: content.map(|content| FilingContent { content: Some(content) }),
        problems: problems.into_vec(),
        docket_numbers,
    }
}

fn read(request: &DecodeRequest, problems: &mut Problems) -> Option<Found> {
    let (input, owner) = (request.input.as_slice(), request.institution.as_str());
    match request.format.as_str() {
        FORM_110 => json::read_form110(input, owner, problems),
        APPEAL => json::read_act(input, APPEAL_KINDS, request.kind(), owner, problems),
        DECISION => json::read_act(input, DECISION_KINDS, request.kind(), owner, problems),
        REGISTER_JSON => {
            let read = json::read_register(input, owner, problems)?;
            register::look_at(&read, problems);
            Some(whole_register(read))
        }
        REGISTER_CSV => register::from_csv(input, owner, problems).map(whole_register),
        REGISTER_XLSX => register::from_xlsx(input, owner, problems).map(whole_register),
        other => {
            format_unknown(other, problems);
            None
        }
    }
}

/// A register is about many cases: its numbers belong into no single case's index.
fn whole_register(statement: RegisterStatement) -> Found {
    Found {
        kind: FilingKind::RegisterStatement,
        content: Content::RegisterStatement(statement),
        docket_numbers: Vec::new(),
    }
}

fn check_kind(said_to_be: FilingKind, kind: FilingKind, problems: &mut Problems) {
    if said_to_be == FilingKind::Unspecified || said_to_be == kind {
        return;
    }
    problems.error(
        "kind-differs",
        Place::path("kind"),
        &[
            ("ar", "نوع الوثيقة غير النوع المعلن في الظرف."),
            ("ckb", "جۆری بەڵگەنامەکە جیاوازە لەوەی زەرفەکە دەیڵێت."),
            ("en", "The document is of another kind than its envelope says."),
        ],
        &[
            ("ar", "صحّح النوع في أحدهما."),
            ("ckb", "جۆرەکە لە یەکێکیاندا ڕاست بکەرەوە."),
            ("en", "Correct the kind in the document or in the envelope."),
        ],
    );
}

/// Says that there is no such format here.
pub(crate) fn format_unknown(format: &str, problems: &mut Problems) {
    problems.error(
        "format-unknown",
        Place::default(),
        &[
            ("ar", &format!("الصيغة {} غير معروفة.", isolate(format))),
            ("ckb", &format!("فۆرماتی {} نەناسراوە.", isolate(format))),
            ("en", &format!("The format {} is not known.", isolate(format))),
        ],
        &[],
    );
}
