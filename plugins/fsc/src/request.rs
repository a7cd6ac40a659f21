//! The dossier of ratification: the Council's request to ratify final results, with the winners,
//! the panel's certificate, the suits that are pending and how the appeals stand.

use barid_akn::docket::literals;
use barid_akn::reply::{self, Decoded};
use barid_json_reading::{Fields, Need::Optional, Need::Required, read_object, terms, words};
use barid_plugin::Problems;
use barid_plugin::v1::{
    ActReference, DecodeReply, DecodeRequest, EncodeReply, FilingContent, FilingKind,
    RatificationRequest, Sex, Winner, filing_content::Content,
};

use crate::appeals::{self, Owners};
use crate::docket::COURT;
use crate::winners;

/// Media type of the request.
pub(crate) const MEDIA_TYPE: &str = "application/json";

/// A winner is a person.
const SEXES: &[(&str, Sex)] = &[("female", Sex::Female), ("male", Sex::Male)];

/// Whose numbers suits have that name no owner: this court's, whoever sends the request.
const INSTITUTION: &str = "fsc";

pub(crate) fn decode(request: &DecodeRequest) -> DecodeReply {
    let mut problems = Problems::new();
    let read = read_object(&request.input, &mut problems, ratification_request);
    let decoded = read.map(|(mut content, suits)| {
        winners::check(&content.winners, &mut problems);
        check_appeals(&mut content, &mut problems);
        content.pending_suits = COURT.numbers(INSTITUTION, "pending_suits", &suits, &mut problems);
        Decoded {
            kind: FilingKind::RatificationRequest,
            docket_numbers: content.pending_suits.clone(),
            content: Content::RatificationRequest(content),
        }
    });
    reply::decoded(request, decoded, problems)
}

fn check_appeals(request: &mut RatificationRequest, problems: &mut Problems) {
    let institution = |act: &Option<ActReference>| {
        act.as_ref().map(|act| act.institution.clone()).unwrap_or_default()
    };
    let (asks, certifies) =
        (institution(&request.letter), institution(&request.closing_certificate));
    if let Some(account) = &mut request.appeals {
        appeals::settle(account, Owners { asks: &asks, certifies: &certifies });
        appeals::check(account, problems);
    }
}

fn ratification_request(fields: &mut Fields<'_, '_>) -> (RatificationRequest, Vec<String>) {
    let request = RatificationRequest {
        letter: fields.object("letter", Required, terms::read_act),
        winners: fields.objects("winners", Required, winner),
        closing_certificate: fields.object("closing_certificate", Required, terms::read_act),
        pending_suits: Vec::new(),
        appeals: fields.object("appeals", Optional, appeals::read),
    };
    (request, fields.strings("pending_suits", Optional))
}

fn winner(fields: &mut Fields<'_, '_>) -> Winner {
    Winner {
        seat: fields.integer_in("seat", Required, 1..=winners::SEATS_MAX),
        constituency: fields.string("constituency", Required),
        candidate_id: fields.identifier("candidate_id", Required),
        full_name: fields.string("full_name", Required),
        sex: fields.choice("sex", Required, SEXES).map_or(0, Into::into),
        list: fields.string("list", Required),
        votes: fields.integer("votes", Required),
        quota: fields.string("quota", Optional),
    }
}

pub(crate) fn encode(content: Option<&FilingContent>) -> EncodeReply {
    let Some(Content::RatificationRequest(request)) =
        content.and_then(|content| content.content.as_ref())
    else {
        return reply::not_writable(crate::REQUEST);
    };
    let winners: Vec<_> = request.winners.iter().map(write_winner).collect();
    let bytes = terms::Object::new()
        .field("letter", request.letter.as_ref().map(terms::write_act))
        .field("winners", winners)
        .field("closing_certificate", request.closing_certificate.as_ref().map(terms::write_act))
        .field("pending_suits", literals(&request.pending_suits))
        .field("appeals", request.appeals.as_ref().map(appeals::write))
        .into_bytes();
    reply::encoded(bytes, MEDIA_TYPE, "ratification-request.json", Problems::new())
}

fn write_winner(winner: &Winner) -> terms::Object {
    let sex = Sex::try_from(winner.sex).unwrap_or_default();
    terms::Object::new()
        .field("seat", winner.seat)
        .field("constituency", winner.constituency.as_str())
        .field("candidate_id", winner.candidate_id.as_str())
        .field("full_name", winner.full_name.as_str())
        .field("sex", words::word_for(words::SEXES, sex))
        .field("list", winner.list.as_str())
        .field("votes", winner.votes)
        .field("quota", winner.quota.as_str())
}
