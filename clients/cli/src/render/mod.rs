//! From values to what a person reads or a script takes.

pub(crate) mod access;
pub(crate) mod case;
pub(crate) mod custody;
pub(crate) mod fault;
pub(crate) mod grid;
#[cfg(test)]
mod hostile;
pub(crate) mod json;
pub(crate) mod json_course;
pub(crate) mod json_periods;
pub(crate) mod json_rules;
pub(crate) mod problems;
pub(crate) mod readings;
pub(crate) mod reconciliation;
pub(crate) mod registered;
pub(crate) mod report;
pub(crate) mod retention;
pub(crate) mod rules;
pub(crate) mod rules_diff;
pub(crate) mod search;
pub(crate) mod statement;
pub(crate) mod svg;
pub(crate) mod time;
pub(crate) mod timeline;

use barid_proto::text::visible;
use barid_proto::v1::{Address, DocketNumber};

/// An office as one word: `ihec/geo-bas`; an institution without office stands alone. As it was
/// sent: for people, [`shown_office`].
pub(crate) fn office(address: Option<&Address>) -> String {
    match address {
        None => "-".to_owned(),
        Some(address) if address.office.is_empty() => address.institution.clone(),
        Some(address) => format!("{}/{}", address.institution, address.office),
    }
}

/// An office as far as it can be shown without harm.
pub(crate) fn shown_office(address: Option<&Address>) -> String {
    visible(&office(address))
}

/// A docket number with its owner: `612/… (ejp)`.
pub(crate) fn number(number: &DocketNumber) -> String {
    // The isolate keeps the owner's brackets where they are, whatever the number's direction.
    format!("\u{2068}{}\u{2069} ({})", visible(&number.literal), visible(&number.institution))
}

/// An identifier or digest short enough for a table: its first 12 digits.
pub(crate) fn short(bytes: &[u8]) -> String {
    barid_client::hex::encode(bytes).chars().take(12).collect()
}
