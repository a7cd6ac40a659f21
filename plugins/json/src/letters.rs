//! Letters that several bodies write and receive: a question in a case, its answer,
//! and the case in which two registers differ.

use barid_proto::v1::{Answer, ClockEffect, Query, ReconciliationException, RecountFigure};
use serde_json::Value;

use crate::fields::{Fields, Need};
use crate::terms::{
    Object, read_address, read_docket_number, write_address, write_day, write_docket_number,
    write_text,
};
use crate::words;

/// Reads a question: `{"number": "1", "question": {"ar": "…"}, "due": "…", "clock_effect": "…"}`.
pub fn read_query(fields: &mut Fields<'_, '_>) -> Query {
    Query {
        number: fields.identifier("number", Need::Required),
        question: fields.text("question", Need::Required),
        due_on: fields.date("due", Need::Optional),
        clock_effect: read_clock_effect(fields),
    }
}

/// Reads what a letter does to the period that runs: `{"clock_effect": "suspended"}`.
pub fn read_clock_effect(fields: &mut Fields<'_, '_>) -> i32 {
    fields.choice("clock_effect", Need::Optional, words::CLOCK_EFFECTS).map_or(0, Into::into)
}

/// Writes a question.
#[must_use]
pub fn write_query(query: &Query) -> Object {
    Object::new()
        .field("number", query.number.as_str())
        .field("question", query.question.as_ref().map(write_text))
        .field("due", query.due_on.as_ref().map(write_day))
        .field("clock_effect", clock_word(query.clock_effect))
}

/// The word for what a letter does to the period that runs; empty when it says nothing of it.
#[must_use]
pub fn clock_word(effect: i32) -> &'static str {
    words::word_for(words::CLOCK_EFFECTS, ClockEffect::try_from(effect).unwrap_or_default())
}

/// Reads an answer: `{"query_number": "1", "answer": {"ar": "…"}, "recount": […]}`.
pub fn read_answer(fields: &mut Fields<'_, '_>) -> Answer {
    Answer {
        query_number: fields.identifier("query_number", Need::Required),
        answer: fields.text("answer", Need::Required),
        recount: fields.objects("recount", Need::Optional, read_figure),
    }
}

fn read_figure(fields: &mut Fields<'_, '_>) -> RecountFigure {
    RecountFigure {
        station: fields.identifier("station", Need::Required),
        candidate: fields.string("candidate", Need::Required),
        before: fields.integer("before", Need::Required),
        after: fields.integer("after", Need::Required),
    }
}

/// Writes an answer.
#[must_use]
pub fn write_answer(answer: &Answer) -> Object {
    let recount: Vec<Value> = answer.recount.iter().map(write_figure).collect();
    Object::new()
        .field("query_number", answer.query_number.as_str())
        .field("answer", answer.answer.as_ref().map(write_text))
        .field("recount", recount)
}

fn write_figure(figure: &RecountFigure) -> Value {
    Object::new()
        .field("station", figure.station.as_str())
        .field("candidate", figure.candidate.as_str())
        .field("before", figure.before)
        .field("after", figure.after)
        .into()
}

/// Reads a case in which two registers differ: `{"difference": "direct-filing", "theirs": {…}}`.
/// Numbers that name no owner get none.
pub fn read_exception(fields: &mut Fields<'_, '_>) -> ReconciliationException {
    let read = ReconciliationException {
        kind: fields
            .choice("difference", Need::Required, words::EXCEPTION_KINDS)
            .map_or(0, Into::into),
        ours: fields.object("ours", Need::Optional, |number| read_docket_number(number, "")),
        theirs: fields.object("theirs", Need::Optional, |number| read_docket_number(number, "")),
        owner: fields.object("owner", Need::Optional, read_address),
        due_on: fields.date("due", Need::Optional),
        resolution: fields.text("resolution", Need::Optional),
        // What was computed about it does not travel in letters.
        ..ReconciliationException::default()
    };
    if read.ours.is_none() && read.theirs.is_none() {
        fields.error(
            "ours",
            "exception-without-case",
            &[
                ("ar", "اختلاف من غير رقم في أي من السجلين."),
                ("ckb", "جیاوازییەک بەبێ ژمارە لە هیچ کام لە دوو تۆمارەکەدا."),
                ("en", "A difference without a number on either side."),
            ],
            &[
                ("ar", "اذكر رقم الطعن."),
                ("ckb", "ژمارەی تانەکە بنووسە."),
                ("en", "Give the number of the appeal."),
            ],
        );
    }
    read
}

/// Writes a case in which two registers differ.
#[must_use]
pub fn write_exception(exception: &ReconciliationException) -> Object {
    Object::new()
        .field("difference", words::word_for(words::EXCEPTION_KINDS, exception.kind()))
        .field("ours", exception.ours.as_ref().map(write_docket_number))
        .field("theirs", exception.theirs.as_ref().map(write_docket_number))
        .field("owner", exception.owner.as_ref().map(write_address))
        .field("due", exception.due_on.as_ref().map(write_day))
        .field("resolution", exception.resolution.as_ref().map(write_text))
}
