//! Form 110, the only form on which a complaint about polling and counting may be filed.
//!
//! The law leaves it to the Council what to make of a form that lacks an endorsement, a signature
//! or an address. So their absence is a warning; only a form without a complainant or without facts
//! cannot be understood.

use barid_json_reading::Fields;
use barid_json_reading::Need::{Optional, Required};
use barid_json_reading::terms::{self, Object};
use barid_json_reading::words::word_for;
use barid_proto::v1::{ComplaintRegistered, CountClaim, Endorsement, Person};
use serde_json::Value;

use super::gaps;
use super::person::{read_person, read_place, write_person, write_place};
use super::value::list;
use super::words::STREAMS;

/// Reads the form.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> ComplaintRegistered {
    let complaint = ComplaintRegistered {
        form_serial: fields.identifier("form_serial", Optional),
        complainant: fields.object("complainant", Required, read_complainant),
        respondents: fields.objects("respondents", Optional, read_person),
        stream: fields.choice("stream", Optional, STREAMS).map_or(0, Into::into),
        place: fields.object("place", Optional, read_place),
        incident_at_unix_ms: fields.instant("incident_at", Optional),
        facts: fields.text("facts", Required),
        relief: fields.text("relief", Optional),
        witnessed: fields.flag("witnessed", Optional),
        signed: fields.flag("signed", Optional),
        endorsement: fields.object("endorsement", Optional, read_endorsement),
        counts: fields.objects("counts", Optional, read_count),
    };
    gaps::of_form(fields, &complaint);
    complaint
}

fn read_complainant(fields: &mut Fields<'_, '_>) -> Person {
    let person = read_person(fields);
    gaps::of_complainant(fields, &person);
    person
}

fn read_endorsement(fields: &mut Fields<'_, '_>) -> Endorsement {
    Endorsement {
        name: fields.string("name", Required),
        post: fields.string("post", Optional),
        endorsed_at_unix_ms: fields.instant("endorsed_at", Optional),
    }
}

fn read_count(fields: &mut Fields<'_, '_>) -> CountClaim {
    CountClaim {
        result_form: fields.identifier("result_form", Optional),
        station: fields.identifier("station", Optional),
        claimed: fields.integer("claimed", Required),
        recorded: fields.integer("recorded", Required),
        seals: fields.strings("seals", Optional),
    }
}

/// Writes the form.
pub(super) fn write(complaint: &ComplaintRegistered) -> Object {
    Object::new()
        .field("form_serial", complaint.form_serial.as_str())
        .field("complainant", complaint.complainant.as_ref().map(write_person))
        .field("respondents", list(&complaint.respondents, write_person))
        .field("stream", word_for(STREAMS, complaint.stream()))
        .field("place", complaint.place.as_ref().map(write_place))
        .field("incident_at", terms::write_instant(complaint.incident_at_unix_ms))
        .field("facts", complaint.facts.as_ref().map(terms::write_text))
        .field("relief", complaint.relief.as_ref().map(terms::write_text))
        .field("witnessed", complaint.witnessed)
        .field("signed", complaint.signed)
        .field("endorsement", complaint.endorsement.as_ref().map(write_endorsement))
        .field("counts", list(&complaint.counts, write_count))
}

fn write_endorsement(endorsement: &Endorsement) -> Value {
    Object::new()
        .field("name", endorsement.name.as_str())
        .field("post", endorsement.post.as_str())
        .field("endorsed_at", terms::write_instant(endorsement.endorsed_at_unix_ms))
        .into()
}

fn write_count(count: &CountClaim) -> Value {
    Object::new()
        .field("result_form", count.result_form.as_str())
        .field("station", count.station.as_str())
        .field("claimed", count.claimed)
        .field("recorded", count.recorded)
        .field("seals", count.seals.clone())
        .into()
}
