//! The court's letters: those of every court ([`barid_akn::letters`]), the notice by which a power
//! of state is told of the ratification, and the certificate of the panel that belongs to the
//! dossier.

use barid_akn::certificate;
use barid_akn::letters::{Letters, OwnLetter};
use barid_json_reading::terms::{self, Object};
use barid_json_reading::{Fields, Need::Required, words};
use barid_plugin::v1::{DocketNumber, FilingKind, RatificationNotice, filing_content::Content};

use crate::docket::COURT;

/// The letters.
pub(crate) const LETTERS: Letters<'static> = Letters {
    court: COURT,
    own: &[
        OwnLetter {
            word: "ratification-notice",
            kind: FilingKind::RatificationNotice,
            read: read_notice,
            write: write_notice,
        },
        OwnLetter {
            word: "closing-certificate",
            kind: FilingKind::ClosingCertificate,
            read: read_certificate,
            write: write_certificate,
        },
    ],
};

/// A certificate lists numbers of whoever certifies, which are theirs to read.
fn read_certificate(fields: &mut Fields<'_, '_>) -> Content {
    let (mut closing, literals) = certificate::read(fields);
    let certifies = closing.certificate.as_ref().map(|act| act.institution.clone());
    let number = |literal| DocketNumber {
        institution: certifies.clone().unwrap_or_default(),
        literal,
        normal: String::new(),
    };
    closing.docket_numbers = literals.into_iter().map(number).collect();
    Content::ClosingCertificate(closing)
}

fn write_certificate(content: &Content) -> Option<Object> {
    let Content::ClosingCertificate(closing) = content else { return None };
    Some(certificate::write(closing))
}

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
