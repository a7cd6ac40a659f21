//! Final results: their adoption and, once ratified, their announcement.

use barid_json_reading::Fields;
use barid_json_reading::Need::{Optional, Required};
use barid_json_reading::terms::{self, Object, read_act, write_act};
use barid_proto::v1::{
    ConstituencyResult, PublicationPlace, ResultChange, ResultsAdopted, ResultsAnnounced,
};
use serde_json::Value;

use super::said::Said;
use super::value::list;
use super::vote::{read_vote, write_vote};

/// Reads adopted results.
pub(super) fn read_adopted(fields: &mut Fields<'_, '_>) -> ResultsAdopted {
    ResultsAdopted {
        decision: fields.object("decision", Required, read_act),
        constituencies: fields.objects("constituencies", Required, read_constituency),
        changes: fields.objects("changes", Optional, read_change),
        vote: fields.object("vote", Optional, read_vote),
    }
}

/// Reads one constituency. Figures that contradict each other are a warning: the press has printed
/// worse, and a person has to ask.
fn read_constituency(fields: &mut Fields<'_, '_>) -> ConstituencyResult {
    let result = ConstituencyResult {
        constituency: fields.string("constituency", Required),
        registered: fields.integer("registered", Required),
        voters: fields.integer("voters", Required),
        valid: fields.integer("valid", Required),
        invalid: fields.integer("invalid", Required),
        seats: fields.integer("seats", Required),
    };
    let counted = u128::from(result.valid) + u128::from(result.invalid);
    if result.voters > result.registered || counted > u128::from(result.voters) {
        FIGURES_DIFFER.warn(fields, "voters");
    }
    result
}

const FIGURES_DIFFER: Said = Said {
    code: "figures-differ",
    what: [
        ("ar", "الأرقام متناقضة: المصوتون أكثر من المسجلين أو الأوراق أكثر من المصوتين."),
        ("ckb", "ژمارەکان دژبەیەکن: دەنگدەران لە تۆمارکراوان زیاترن، یان دەنگەکان لە دەنگدەران."),
        (
            "en",
            "The figures contradict each other: voters above registered, or votes above voters.",
        ),
    ],
    remedy: [
        ("ar", "راجع محضر النتائج."),
        ("ckb", "کۆنووسی ئەنجامەکان بپشکنە."),
        ("en", "Compare with the results protocol."),
    ],
};

fn read_change(fields: &mut Fields<'_, '_>) -> ResultChange {
    ResultChange {
        ruling: fields.object("ruling", Required, read_act),
        change: fields.text("change", Required),
    }
}

/// Writes adopted results.
pub(super) fn write_adopted(adopted: &ResultsAdopted) -> Object {
    Object::new()
        .field("decision", adopted.decision.as_ref().map(write_act))
        .field("constituencies", list(&adopted.constituencies, write_constituency))
        .field("changes", list(&adopted.changes, write_change))
        .field("vote", adopted.vote.as_ref().map(write_vote))
}

fn write_constituency(result: &ConstituencyResult) -> Value {
    Object::new()
        .field("constituency", result.constituency.as_str())
        .field("registered", result.registered)
        .field("voters", result.voters)
        .field("valid", result.valid)
        .field("invalid", result.invalid)
        .field("seats", result.seats)
        .into()
}

fn write_change(change: &ResultChange) -> Value {
    Object::new()
        .field("ruling", change.ruling.as_ref().map(write_act))
        .field("change", change.change.as_ref().map(terms::write_text))
        .into()
}

/// Reads an announcement.
pub(super) fn read_announced(fields: &mut Fields<'_, '_>) -> ResultsAnnounced {
    ResultsAnnounced {
        act: fields.object("act", Required, read_act),
        ratification: fields.object("ratification", Required, read_act),
        places: fields.objects("places", Optional, read_place),
        first_session_by: fields.date("first_session_by", Optional),
    }
}

fn read_place(fields: &mut Fields<'_, '_>) -> PublicationPlace {
    PublicationPlace {
        outlet: fields.string("outlet", Required),
        day: fields.date("day", Optional),
    }
}

/// Writes an announcement.
pub(super) fn write_announced(announced: &ResultsAnnounced) -> Object {
    Object::new()
        .field("act", announced.act.as_ref().map(write_act))
        .field("ratification", announced.ratification.as_ref().map(write_act))
        .field("places", list(&announced.places, write_place))
        .field("first_session_by", announced.first_session_by.as_ref().map(terms::write_day))
}

fn write_place(place: &PublicationPlace) -> Value {
    Object::new()
        .field("outlet", place.outlet.as_str())
        .field("day", place.day.as_ref().map(terms::write_day))
        .into()
}
