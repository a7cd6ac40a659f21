//! Acts, docket numbers, clauses and the like: read from and written to JSON in one way by all
//! formats.

use barid_proto::v1::{
    ActReference, Address, CivilDate, DocketNumber, LegalBasis, OperativeClause, Text,
};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::fields::{Fields, Need};

/// Highest number of an operative clause; the batch decisions of 2021 had about 500.
const CLAUSES_MAX: u32 = 10_000;

/// Reads an act: `{"institution": "ihec", "number": "214", "date": "2025-11-16", "minutes": "58"}`.
pub fn read_act(fields: &mut Fields<'_, '_>) -> ActReference {
    ActReference {
        institution: fields.string("institution", Need::Required),
        number: fields.identifier("number", Need::Required),
        date: fields.date("date", Need::Optional),
        minutes_number: fields.identifier("minutes", Need::Optional),
    }
}

/// Reads a docket number: `{"institution": "ejp", "literal": "612/…/2025"}`. The institution may be
/// left out when it is `owner`. The normal form is the format's to make.
pub fn read_docket_number(fields: &mut Fields<'_, '_>, owner: &str) -> DocketNumber {
    let named = fields.string("institution", Need::Optional);
    DocketNumber {
        institution: if named.is_empty() { owner.to_owned() } else { named },
        literal: fields.identifier("literal", Need::Required),
        normal: String::new(),
    }
}

/// Reads an operative clause: `{"number": 1, "text": {"ar": "…"}, "charged": {…}, "due": "…"}`.
pub fn read_clause(fields: &mut Fields<'_, '_>) -> OperativeClause {
    OperativeClause {
        number: fields.integer_in("number", Need::Required, 1..=CLAUSES_MAX),
        text: fields.text("text", Need::Required),
        charged: fields.object("charged", Need::Optional, read_address),
        due_on: fields.date("due", Need::Optional),
    }
}

/// Reads an office: `{"institution": "ihec", "office": "geo-bas"}`.
pub fn read_address(fields: &mut Fields<'_, '_>) -> Address {
    Address {
        institution: fields.string("institution", Need::Required),
        office: fields.string("office", Need::Optional),
    }
}

/// Reads a legal basis: `{"instrument": "Constitution", "article": "93(7)"}`.
pub fn read_basis(fields: &mut Fields<'_, '_>) -> LegalBasis {
    LegalBasis {
        instrument: fields.string("instrument", Need::Required),
        article: fields.string("article", Need::Optional),
    }
}

/// A JSON object under construction. Empty strings, lists, objects and `null` are left out: that
/// is how these formats say "not given".
#[derive(Debug, Default)]
pub struct Object(Map<String, Value>);

impl Object {
    /// An object without fields.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field unless its value is empty.
    #[must_use]
    pub fn field(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            Value::Object(object) => object.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        };
        if !empty {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    /// The bytes of the object, indented for people, with a newline at the end.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        format!("{:#}\n", Value::Object(self.0)).into_bytes()
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Self::Object(object.0)
    }
}

/// Writes an act.
#[must_use]
pub fn write_act(act: &ActReference) -> Value {
    Object::new()
        .field("institution", act.institution.as_str())
        .field("number", act.number.as_str())
        .field("date", act.date.as_ref().map(write_day))
        .field("minutes", act.minutes_number.as_str())
        .into()
}

/// Writes a docket number. The normal form is left out: whoever reads it makes its own.
#[must_use]
pub fn write_docket_number(number: &DocketNumber) -> Value {
    Object::new()
        .field("institution", number.institution.as_str())
        .field("literal", number.literal.as_str())
        .into()
}

/// Writes an operative clause.
#[must_use]
pub fn write_clause(clause: &OperativeClause) -> Value {
    Object::new()
        .field("number", clause.number)
        .field("text", clause.text.as_ref().map(write_text))
        .field("charged", clause.charged.as_ref().map(write_address))
        .field("due", clause.due_on.as_ref().map(write_day))
        .into()
}

/// Writes an office.
#[must_use]
pub fn write_address(address: &Address) -> Value {
    Object::new()
        .field("institution", address.institution.as_str())
        .field("office", address.office.as_str())
        .into()
}

/// Writes a legal basis.
#[must_use]
pub fn write_basis(basis: &LegalBasis) -> Value {
    Object::new()
        .field("instrument", basis.instrument.as_str())
        .field("article", basis.article.as_str())
        .into()
}

/// Writes a text with all its languages.
#[must_use]
pub fn write_text(text: &Text) -> Value {
    let object = text.renderings.iter().fold(Object::new(), |object, rendering| {
        object.field(&rendering.language, rendering.text.as_str())
    });
    object.field("authoritative", text.authoritative.as_str()).into()
}

/// Writes a day: `2025-12-08`.
#[must_use]
pub fn write_day(day: &CivilDate) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

/// Writes an instant in UTC. Absent for 0, and for what no calendar reaches.
#[must_use]
pub fn write_instant(unix_ms: i64) -> Option<String> {
    let moment = Timestamp::from_millisecond(unix_ms).ok().filter(|_| unix_ms != 0)?;
    Some(moment.to_string())
}

#[cfg(test)]
mod tests {
    use super::write_instant;

    #[test]
    fn instants_are_written_in_utc() {
        assert_eq!(write_instant(1_762_856_400_000).as_deref(), Some("2025-11-11T10:20:00Z"));
        assert_eq!(write_instant(0), None);
        assert_eq!(write_instant(i64::MAX), None);
    }
}
