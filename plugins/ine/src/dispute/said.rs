//! What is wrong or doubtful with a paper of a dispute, in Spanish, English and Arabic.

use barid_json_reading::{Fields, shown};

use super::kinds::{self, Kind};

pub(super) fn kind_unknown(fields: &mut Fields<'_, '_>, literal: &str) {
    let (literal, names) = (shown(literal), Kind::names());
    fields.error(
        "tipo",
        "value-unknown",
        &[
            ("es", &format!("El tipo {literal} no está en la lista.")),
            ("en", &format!("The kind {literal} is not on the list.")),
            ("ar", &format!("النوع {literal} ليس في القائمة.")),
        ],
        &[
            ("es", &format!("Use uno de: {names}.")),
            ("en", &format!("Use one of: {names}.")),
            ("ar", &format!("استعمل إحدى القيم: {}", shown(&names))),
        ],
    );
}

pub(super) fn posted_otherwise(fields: &mut Fields<'_, '_>, minutes: i64, hours: i64) {
    let (whole, rest) = (minutes / 60, (minutes % 60).abs());
    fields.warning(
        kinds::REMOVED,
        "posted-otherwise",
        &[
            ("es", &format!("Estuvo en estrados {whole} h {rest} min, no {hours} horas.")),
            ("en", &format!("It was on the board {whole} h {rest} min, not {hours} hours.")),
            ("ar", &format!("بقي على اللوحة {whole} ساعة و{rest} دقيقة، لا {hours} ساعة.")),
        ],
        &[
            ("es", "Compruebe las horas de fijación y retiro."),
            ("en", "Check when it was posted and removed."),
            ("ar", "تأكد من وقت التعليق والرفع."),
        ],
    );
}
