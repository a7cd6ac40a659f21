//! The court's letters: a question, and the notice by which a power of state is told of the
//! ratification.
//!
//! One JSON object with a `kind`: `query` or `ratification-notice`.

use barid_akn::reply::{self, Decoded};
use barid_json_reading::{Fields, Need::Required, letters, read_object, terms, words};
use barid_plugin::Problems;
use barid_plugin::v1::{
    DecodeReply, DecodeRequest, EncodeReply, FilingContent, FilingKind, RatificationNotice,
    ServiceMode, filing_content::Content,
};

use crate::request::MEDIA_TYPE;

/// The kinds of letter, by the word for each.
const KINDS: &[(&str, FilingKind)] =
    &[("query", FilingKind::Query), ("ratification-notice", FilingKind::RatificationNotice)];

pub(crate) fn decode(request: &DecodeRequest) -> DecodeReply {
    let mut problems = Problems::new();
    let decoded = read_object(&request.input, &mut problems, letter).flatten();
    reply::decoded(request, decoded, problems)
}

fn letter(fields: &mut Fields<'_, '_>) -> Option<Decoded> {
    let kind = fields.choice("kind", Required, KINDS);
    let content = match kind {
        Some(FilingKind::Query) => Content::Query(letters::read_query(fields)),
        Some(FilingKind::RatificationNotice) => Content::RatificationNotice(notice(fields)),
        // Without its kind nothing else in the letter can be judged.
        _ => {
            fields.leave_rest();
            return None;
        }
    };
    Some(Decoded { kind: kind?, content, docket_numbers: Vec::new() })
}

fn notice(fields: &mut Fields<'_, '_>) -> RatificationNotice {
    RatificationNotice {
        decision: fields.object("decision", Required, terms::read_act),
        authority: fields.string("authority", Required),
        mode: fields.choice("mode", Required, words::SERVICE_MODES).map_or(0, Into::into),
        notified_at_unix_ms: fields.instant("notified_at", Required),
    }
}

pub(crate) fn encode(content: Option<&FilingContent>) -> EncodeReply {
    let object = match content.and_then(|content| content.content.as_ref()) {
        Some(Content::Query(query)) => letters::write_query(query).field("kind", "query"),
        Some(Content::RatificationNotice(notice)) => write_notice(notice),
        _ => return reply::not_writable(crate::CORRESPONDENCE),
    };
    reply::encoded(object.into_bytes(), MEDIA_TYPE, "letter.json", Problems::new())
}

fn write_notice(notice: &RatificationNotice) -> terms::Object {
    let mode = ServiceMode::try_from(notice.mode).unwrap_or_default();
    terms::Object::new()
        .field("kind", "ratification-notice")
        .field("decision", notice.decision.as_ref().map(terms::write_act))
        .field("authority", notice.authority.as_str())
        .field("mode", words::word_for(words::SERVICE_MODES, mode))
        .field("notified_at", terms::write_instant(notice.notified_at_unix_ms))
}
