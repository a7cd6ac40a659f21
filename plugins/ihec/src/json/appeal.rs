//! Appeals, their supplements and their withdrawal, as the first office takes them in.

use barid_json_reading::Fields;
use barid_json_reading::Need::{Optional, Required};
use barid_json_reading::terms::{self, Object, read_act, write_act};
use barid_json_reading::words::word_for;
use barid_proto::v1::{AppealFiled, AppealWithdrawn, SupplementFiled, Text};

use super::person::{read_person, write_person};
use super::value::{docket_number, list};
use super::words::ROUTES;

/// Reads an appeal.
pub(super) fn read_appeal(fields: &mut Fields<'_, '_>) -> AppealFiled {
    AppealFiled {
        appellant: fields.object("appellant", Required, read_person),
        challenged: fields.object("challenged", Required, read_act),
        grounds: fields.objects("grounds", Optional, read_ground).into_iter().flatten().collect(),
        relief: fields.text("relief", Optional),
        route: fields.choice("route", Optional, ROUTES).map_or(0, Into::into),
        fee: fields.string("fee", Optional),
    }
}

fn read_ground(fields: &mut Fields<'_, '_>) -> Option<Text> {
    fields.text("text", Required)
}

/// Writes an appeal.
pub(super) fn write_appeal(appeal: &AppealFiled) -> Object {
    let grounds = list(&appeal.grounds, |ground| {
        Object::new().field("text", terms::write_text(ground)).into()
    });
    Object::new()
        .field("appellant", appeal.appellant.as_ref().map(write_person))
        .field("challenged", appeal.challenged.as_ref().map(write_act))
        .field("grounds", grounds)
        .field("relief", appeal.relief.as_ref().map(terms::write_text))
        .field("route", word_for(ROUTES, appeal.route()))
        .field("fee", appeal.fee.as_str())
}

/// Reads a supplement.
pub(super) fn read_supplement(fields: &mut Fields<'_, '_>, owner: &str) -> SupplementFiled {
    SupplementFiled {
        appeal: fields.object("appeal", Required, |fields| docket_number(fields, owner)),
        number: fields.integer_in("number", Required, 1..=u32::MAX),
        addition: fields.text("addition", Required),
    }
}

/// Writes a supplement.
pub(super) fn write_supplement(supplement: &SupplementFiled) -> Object {
    Object::new()
        .field("appeal", supplement.appeal.as_ref().map(terms::write_docket_number))
        .field("number", supplement.number)
        .field("addition", supplement.addition.as_ref().map(terms::write_text))
}

/// Reads a withdrawal.
pub(super) fn read_withdrawal(fields: &mut Fields<'_, '_>, owner: &str) -> AppealWithdrawn {
    AppealWithdrawn {
        appeal: fields.object("appeal", Required, |fields| docket_number(fields, owner)),
        reason: fields.text("reason", Optional),
        withdrawn_on: fields.date("withdrawn_on", Required),
    }
}

/// Writes a withdrawal.
pub(super) fn write_withdrawal(withdrawal: &AppealWithdrawn) -> Object {
    Object::new()
        .field("appeal", withdrawal.appeal.as_ref().map(terms::write_docket_number))
        .field("reason", withdrawal.reason.as_ref().map(terms::write_text))
        .field("withdrawn_on", withdrawal.withdrawn_on.as_ref().map(terms::write_day))
}
