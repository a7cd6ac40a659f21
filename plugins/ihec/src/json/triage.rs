//! What committees and offices find out about a complaint: its colour, and the facts.

use barid_json_reading::Fields;
use barid_json_reading::Need::{Optional, Required};
use barid_json_reading::terms::{self, Object};
use barid_json_reading::words::word_for;
use barid_proto::v1::{ComplaintClassified, InquiryReported, Testimony};
use serde_json::Value;

use super::person::{read_officer, read_person, write_officer, write_person};
use super::value::list;
use super::words::{COLOURS, PROOFS};

/// Reads a classification.
pub(super) fn read_classification(fields: &mut Fields<'_, '_>) -> ComplaintClassified {
    ComplaintClassified {
        colour: fields.choice("colour", Required, COLOURS).map_or(0, Into::into),
        reason_code: fields.string("reason_code", Optional),
        reason: fields.text("reason", Optional),
        members: fields.objects("members", Optional, read_officer),
        recused: fields.strings("recused", Optional),
        classified_on: fields.date("classified_on", Required),
    }
}

/// Writes a classification.
pub(super) fn write_classification(classified: &ComplaintClassified) -> Object {
    Object::new()
        .field("colour", word_for(COLOURS, classified.colour()))
        .field("reason_code", classified.reason_code.as_str())
        .field("reason", classified.reason.as_ref().map(terms::write_text))
        .field("members", list(&classified.members, write_officer))
        .field("recused", classified.recused.clone())
        .field("classified_on", classified.classified_on.as_ref().map(terms::write_day))
}

/// Reads an inquiry's report.
pub(super) fn read_inquiry(fields: &mut Fields<'_, '_>) -> InquiryReported {
    InquiryReported {
        testimonies: fields.objects("testimonies", Optional, read_testimony),
        finding: fields.text("finding", Required),
        proof: fields.choice("proof", Required, PROOFS).map_or(0, Into::into),
        reported_on: fields.date("reported_on", Required),
    }
}

/// Writes an inquiry's report.
pub(super) fn write_inquiry(inquiry: &InquiryReported) -> Object {
    Object::new()
        .field("testimonies", list(&inquiry.testimonies, write_testimony))
        .field("finding", inquiry.finding.as_ref().map(terms::write_text))
        .field("proof", word_for(PROOFS, inquiry.proof()))
        .field("reported_on", inquiry.reported_on.as_ref().map(terms::write_day))
}

fn read_testimony(fields: &mut Fields<'_, '_>) -> Testimony {
    Testimony {
        witness: fields.object("witness", Required, read_person),
        summary: fields.text("summary", Required),
    }
}

fn write_testimony(testimony: &Testimony) -> Value {
    Object::new()
        .field("witness", testimony.witness.as_ref().map(write_person))
        .field("summary", testimony.summary.as_ref().map(terms::write_text))
        .into()
}
