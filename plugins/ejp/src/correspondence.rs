//! The panel's letters: those of every court ([`barid_akn::letters`]), and the return of an appeal
//! to the Council.

use barid_akn::letters::{Letters, OwnLetter};
use barid_json_reading::terms::{self, Object};
use barid_json_reading::{Fields, Need::Optional, Need::Required, letters};
use barid_plugin::v1::{FilingKind, ReturnToCouncil, filing_content::Content};

use crate::docket::COURT;

/// Media type of the panel's JSON.
pub(crate) const MEDIA_TYPE: &str = barid_akn::letters::MEDIA_TYPE;

/// The letters.
pub(crate) const LETTERS: Letters<'static> = Letters {
    court: COURT,
    own: &[OwnLetter {
        word: "return-to-council",
        kind: FilingKind::ReturnToCouncil,
        read: read_return,
        write: write_return,
    }],
};

fn read_return(fields: &mut Fields<'_, '_>) -> Content {
    Content::ReturnToCouncil(ReturnToCouncil {
        reason: fields.text("reason", Required),
        orders: fields.objects("orders", Optional, terms::read_clause),
        clock_effect: letters::read_clock_effect(fields),
    })
}

fn write_return(content: &Content) -> Option<Object> {
    let Content::ReturnToCouncil(letter) = content else { return None };
    let orders: Vec<_> = letter.orders.iter().map(terms::write_clause).collect();
    let object = Object::new()
        .field("reason", letter.reason.as_ref().map(terms::write_text))
        .field("orders", orders)
        .field("clock_effect", letters::clock_word(letter.clock_effect));
    Some(object)
}
