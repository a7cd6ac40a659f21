//! Persons, officers and places of polling, as all of the commission's forms ask for them.

use barid_json_reading::Fields;
use barid_json_reading::Need::{Optional, Required};
use barid_json_reading::terms::Object;
use barid_json_reading::words::{SEXES, word_for};
use barid_proto::v1::{Officer, Person, PollingPlace};
use serde_json::Value;

use super::words::{CAPACITIES, ROLES};

/// Reads a person.
pub(super) fn read_person(fields: &mut Fields<'_, '_>) -> Person {
    Person {
        full_name: fields.string("full_name", Required),
        sex: fields.choice("sex", Optional, SEXES).map_or(0, Into::into),
        capacity: fields.choice("capacity", Optional, CAPACITIES).map_or(0, Into::into),
        accreditation_number: fields.identifier("accreditation_number", Optional),
        entity_number: fields.identifier("entity_number", Optional),
        postal_address: fields.string("postal_address", Optional),
        telephone: fields.string("telephone", Optional),
        preferred_language: fields.string("preferred_language", Optional),
        power_of_attorney: fields.identifier("power_of_attorney", Optional),
    }
}

/// Writes a person.
pub(super) fn write_person(person: &Person) -> Value {
    Object::new()
        .field("full_name", person.full_name.as_str())
        .field("sex", word_for(SEXES, person.sex()))
        .field("capacity", word_for(CAPACITIES, person.capacity()))
        .field("accreditation_number", person.accreditation_number.as_str())
        .field("entity_number", person.entity_number.as_str())
        .field("postal_address", person.postal_address.as_str())
        .field("telephone", person.telephone.as_str())
        .field("preferred_language", person.preferred_language.as_str())
        .field("power_of_attorney", person.power_of_attorney.as_str())
        .into()
}

/// Reads an officer.
pub(super) fn read_officer(fields: &mut Fields<'_, '_>) -> Officer {
    Officer {
        name: fields.string("name", Required),
        role: fields.choice("role", Required, ROLES).map_or(0, Into::into),
        officer_id: fields.identifier("officer_id", Optional),
    }
}

/// Writes an officer.
pub(super) fn write_officer(officer: &Officer) -> Value {
    Object::new()
        .field("name", officer.name.as_str())
        .field("role", word_for(ROLES, officer.role()))
        .field("officer_id", officer.officer_id.as_str())
        .into()
}

/// Reads a place of polling.
pub(super) fn read_place(fields: &mut Fields<'_, '_>) -> PollingPlace {
    PollingPlace {
        governorate: fields.string("governorate", Optional),
        constituency: fields.string("constituency", Optional),
        centre: fields.identifier("centre", Optional),
        stations: fields.strings("stations", Optional),
    }
}

/// Writes a place of polling.
pub(super) fn write_place(place: &PollingPlace) -> Value {
    Object::new()
        .field("governorate", place.governorate.as_str())
        .field("constituency", place.constituency.as_str())
        .field("centre", place.centre.as_str())
        .field("stations", place.stations.clone())
        .into()
}
