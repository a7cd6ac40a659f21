//! The court's letters: those of every court ([`barid_akn::letters`]), and the notice by which a
//! power of state is told of the ratification.

use barid_akn::letters::{Letters, OwnLetter};
use barid_json_reading::terms::{self, Object};
use barid_json_reading::{Fields, Need::Required, words};
use barid_plugin::v1::{FilingKind, RatificationNotice, filing_content::Content};

use crate::docket::COURT;

/// The letters.
pub(crate) const LETTERS: Letters<'static> = Letters {
    court: COURT,
    own: &[OwnLetter {
        word: "ratification-notice",
        kind: FilingKind::RatificationNotice,
        read: read_notice,
        write: write_notice,
    }],
};

fn read_notice(fields: &mut Fields<'_, '_>) -> Content {
    Content::RatificationNotice(RatificationNotice {
        decision: fields.object("decision", Required, terms::read_act),
        authority: fields.string("authority", Required),
        mode: fields.choice("mode", Required, words::SERVICE_MODES).map_or(0, Into::into),
        notified_at_unix_ms: fields.instant("notified_at", Required),
    })
}

fn write_notice(content: &Content) -> Option<Object> {
    let Content::RatificationNotice(notice) = content else { return None };
    let object = Object::new()
        .field("decision", notice.decision.as_ref().map(terms::write_act))
        .field("authority", notice.authority.as_str())
        .field("mode", words::word_for(words::SERVICE_MODES, notice.mode()))
        .field("notified_at", terms::write_instant(notice.notified_at_unix_ms));
    Some(object)
}
