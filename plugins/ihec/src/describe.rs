//! What this plugin says about itself.

use barid_plugin::problem::{Wording, text};
use barid_plugin::v1::{FilingKind, FormatDescription, PluginDescription};

use crate::json::Kinds;
use crate::json::words::{APPEAL_KINDS, DECISION_KINDS};

/// A complaint on Form 110.
pub(crate) const FORM_110: &str = "ihec/form-110+json";
/// An appeal, its supplement or its withdrawal.
pub(crate) const APPEAL: &str = "ihec/appeal+json";
/// Any other act of the commission.
pub(crate) const DECISION: &str = "ihec/decision+json";
/// A register as JSON.
pub(crate) const REGISTER_JSON: &str = "ihec/register+json";
/// A register as delimited text.
pub(crate) const REGISTER_CSV: &str = "ihec/register+csv";
/// A register as a workbook.
pub(crate) const REGISTER_XLSX: &str = "ihec/register+xlsx";

/// Media type of the JSON formats.
pub(crate) const JSON_TYPE: &str = "application/json";
/// Media type of delimited text.
pub(crate) const CSV_TYPE: &str = "text/csv";
/// Media type of a workbook (ECMA-376).
pub(crate) const XLSX_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const FORM_110_KINDS: Kinds = &[("", FilingKind::ComplaintRegistered)];
const REGISTER_KINDS: Kinds = &[("", FilingKind::RegisterStatement)];

/// Describes the plugin.
pub(crate) fn plugin() -> PluginDescription {
    PluginDescription {
        name: "ihec".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        formats: vec![
            format(
                FORM_110,
                JSON_TYPE,
                FORM_110_KINDS,
                &[
                    ("ar", "استمارة 110: شكوى"),
                    ("ckb", "فۆرمی ١١٠: سکاڵا"),
                    ("en", "Form 110: a complaint"),
                ],
            ),
            format(
                APPEAL,
                JSON_TYPE,
                APPEAL_KINDS,
                &[
                    ("ar", "طعن أو ملحقه أو سحبه"),
                    ("en", "An appeal, its supplement or withdrawal"),
                ],
            ),
            format(
                DECISION,
                JSON_TYPE,
                DECISION_KINDS,
                &[
                    ("ar", "قرار أو إجراء آخر للمفوضية"),
                    ("en", "A decision or other act of the commission"),
                ],
            ),
            format(
                REGISTER_JSON,
                JSON_TYPE,
                REGISTER_KINDS,
                &[("ar", "سجل الطعون أو الشكاوى، JSON"), ("en", "A register of cases, as JSON")],
            ),
            format(
                REGISTER_CSV,
                CSV_TYPE,
                REGISTER_KINDS,
                &[("ar", "سجل الطعون أو الشكاوى، CSV"), ("en", "A register of cases, as CSV")],
            ),
            format(
                REGISTER_XLSX,
                XLSX_TYPE,
                REGISTER_KINDS,
                &[
                    ("ar", "سجل الطعون أو الشكاوى، XLSX"),
                    ("en", "A register of cases, as a workbook"),
                ],
            ),
        ],
    }
}

/// Every format is read and written alike.
fn format(id: &str, media_type: &str, kinds: Kinds, title: Wording<'_>) -> FormatDescription {
    let kinds: Vec<i32> = kinds.iter().map(|(_, kind)| (*kind).into()).collect();
    FormatDescription {
        id: id.to_owned(),
        media_types: vec![media_type.to_owned()],
        decodes: kinds.clone(),
        encodes: kinds,
        title: text(title),
    }
}
