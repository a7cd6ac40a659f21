//! The panel's letters: a question, the return of an appeal to the Council, the joining of cases.
//!
//! One JSON object with a `kind`: `query`, `return-to-council` or `join-cases`.

use barid_akn::docket::{Strictness, literals};
use barid_akn::reply::{self, Decoded};
use barid_json_reading::{Fields, Need::Optional, Need::Required, letters, read_object, terms};
use barid_plugin::v1::{
    DecodeReply, DecodeRequest, EncodeReply, FilingContent, FilingKind, JoinCases, Query,
    ReturnToCouncil, filing_content::Content,
};
use barid_plugin::{Place, Problems};

use crate::docket::COURT;

/// Media type of the panel's JSON.
pub(crate) const MEDIA_TYPE: &str = "application/json";

/// The kinds of letter, by the word for each.
const KINDS: &[(&str, FilingKind)] = &[
    ("query", FilingKind::Query),
    ("return-to-council", FilingKind::ReturnToCouncil),
    ("join-cases", FilingKind::JoinCases),
];

/// A letter with its docket numbers still as written.
enum Letter {
    Query(Query),
    Return(ReturnToCouncil),
    Join { lead: String, joined: Vec<String>, join: JoinCases },
}

pub(crate) fn decode(request: &DecodeRequest) -> DecodeReply {
    let mut problems = Problems::new();
    let letter = read_object(&request.input, &mut problems, letter).flatten();
    let decoded = letter.map(|letter| decoded(request, letter, &mut problems));
    reply::decoded(request, decoded, problems)
}

fn letter(fields: &mut Fields<'_, '_>) -> Option<Letter> {
    match fields.choice("kind", Required, KINDS) {
        Some(FilingKind::Query) => Some(Letter::Query(letters::read_query(fields))),
        Some(FilingKind::ReturnToCouncil) => Some(Letter::Return(ReturnToCouncil {
            reason: fields.text("reason", Required),
            orders: fields.objects("orders", Optional, terms::read_clause),
            clock_effect: letters::read_clock_effect(fields),
        })),
        Some(FilingKind::JoinCases) => Some(Letter::Join {
            lead: fields.string("lead", Required),
            joined: fields.strings("joined", Required),
            join: JoinCases { reason: fields.text("reason", Optional), ..JoinCases::default() },
        }),
        // Without its kind nothing else in the letter can be judged.
        _ => {
            fields.leave_rest();
            None
        }
    }
}

fn decoded(request: &DecodeRequest, letter: Letter, problems: &mut Problems) -> Decoded {
    let (kind, content, docket_numbers) = match letter {
        Letter::Query(query) => (FilingKind::Query, Content::Query(query), Vec::new()),
        Letter::Return(letter) => {
            (FilingKind::ReturnToCouncil, Content::ReturnToCouncil(letter), Vec::new())
        }
        Letter::Join { lead, joined, mut join } => {
            let owner = &request.institution;
            let place = Place::path("lead");
            let lead = COURT.series.wire(owner, &lead, &place, Strictness::Refuse, problems);
            join.lead = lead.into_iter().next();
            join.joined = COURT.numbers(owner, "joined", &joined, problems);
            let found = join.lead.iter().chain(&join.joined).cloned().collect();
            (FilingKind::JoinCases, Content::JoinCases(join), found)
        }
    };
    Decoded { kind, content, docket_numbers }
}

pub(crate) fn encode(content: Option<&FilingContent>) -> EncodeReply {
    let object = match content.and_then(|content| content.content.as_ref()) {
        Some(Content::Query(query)) => letters::write_query(query).field("kind", "query"),
        Some(Content::ReturnToCouncil(letter)) => {
            let orders: Vec<_> = letter.orders.iter().map(terms::write_clause).collect();
            terms::Object::new()
                .field("kind", "return-to-council")
                .field("reason", letter.reason.as_ref().map(terms::write_text))
                .field("orders", orders)
                .field("clock_effect", letters::clock_word(letter.clock_effect))
        }
        Some(Content::JoinCases(join)) => terms::Object::new()
            .field("kind", "join-cases")
            .field("lead", join.lead.as_ref().map(|case| case.literal.as_str()))
            .field("joined", literals(&join.joined))
            .field("reason", join.reason.as_ref().map(terms::write_text)),
        _ => return reply::not_writable(crate::CORRESPONDENCE),
    };
    reply::encoded(object.into_bytes(), MEDIA_TYPE, "letter.json", Problems::new())
}
