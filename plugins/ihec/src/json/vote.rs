//! How the Council voted.

use barid_json_reading::Fields;
use barid_json_reading::Need::Optional;
use barid_json_reading::terms::Object;
use barid_json_reading::words::{AGREEMENTS, word_for};
use barid_proto::v1::Vote;
use serde_json::Value;

use super::said::Said;

/// Reads a vote. Votes that do not add up to the members present are a warning: minutes are
/// sometimes wrong, and what they say is what they say.
pub(super) fn read_vote(fields: &mut Fields<'_, '_>) -> Vote {
    let vote = Vote {
        present: fields.integer("present", Optional),
        in_favour: fields.integer("in_favour", Optional),
        against: fields.integer("against", Optional),
        abstentions: fields.integer("abstentions", Optional),
        casting_vote: fields.flag("casting_vote", Optional),
        agreement: fields.choice("agreement", Optional, AGREEMENTS).map_or(0, Into::into),
    };
    let cast = [vote.in_favour, vote.against, vote.abstentions].map(u64::from).iter().sum::<u64>();
    if cast != 0 && cast != u64::from(vote.present) {
        VOTES_DIFFER.warn(fields, "present");
    }
    vote
}

const VOTES_DIFFER: Said = Said {
    code: "votes-differ",
    what: [
        ("ar", "مجموع الأصوات لا يساوي عدد الحاضرين."),
        ("ckb", "کۆی دەنگەکان یەکسان نییە بە ژمارەی ئامادەبووان."),
        ("en", "The votes do not add up to the members present."),
    ],
    remedy: [
        ("ar", "راجع المحضر."),
        ("ckb", "کۆنووسەکە بپشکنە."),
        ("en", "Compare with the minutes."),
    ],
};

/// Writes a vote.
pub(super) fn write_vote(vote: &Vote) -> Value {
    Object::new()
        .field("present", vote.present)
        .field("in_favour", vote.in_favour)
        .field("against", vote.against)
        .field("abstentions", vote.abstentions)
        .field("casting_vote", vote.casting_vote)
        .field("agreement", word_for(AGREEMENTS, vote.agreement()))
        .into()
}
