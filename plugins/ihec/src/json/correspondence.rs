//! What the Council writes to the panel: a referral with its packet, and answers to questions.

use barid_json_reading::Fields;
use barid_json_reading::Need::{Optional, Required};
pub(super) use barid_json_reading::letters::{read_answer, write_answer};
use barid_json_reading::terms::{self, Object, read_act, write_act};
use barid_json_reading::words::{OUTCOMES, word_for};
use barid_proto::v1::{PackingItem, Referral};
use serde_json::Value;

use super::value::{digest, list, write_digest};

/// Reads a referral.
pub(super) fn read_referral(fields: &mut Fields<'_, '_>) -> Referral {
    Referral {
        letter: fields.object("letter", Required, read_act),
        reply: fields.text("reply", Required),
        recommendation: fields.choice("recommendation", Optional, OUTCOMES).map_or(0, Into::into),
        packing_list: fields.objects("packing_list", Optional, read_item),
    }
}

fn read_item(fields: &mut Fields<'_, '_>) -> PackingItem {
    PackingItem {
        title: fields.string("title", Required),
        exhibit_number: fields.identifier("exhibit_number", Optional),
        digest: digest(fields, "digest"),
        pages: fields.integer("pages", Optional),
    }
}

/// Writes a referral.
pub(super) fn write_referral(referral: &Referral) -> Object {
    Object::new()
        .field("letter", referral.letter.as_ref().map(write_act))
        .field("reply", referral.reply.as_ref().map(terms::write_text))
        .field("recommendation", word_for(OUTCOMES, referral.recommendation()))
        .field("packing_list", list(&referral.packing_list, write_item))
}

fn write_item(item: &PackingItem) -> Value {
    Object::new()
        .field("title", item.title.as_str())
        .field("exhibit_number", item.exhibit_number.as_str())
        .field("digest", write_digest(&item.digest))
        .field("pages", item.pages)
        .into()
}
