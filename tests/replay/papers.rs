//! The papers of the election, all of class `synthetic`.

use barid_client::Draft;
use barid_client::client::Filed;
use barid_client::proto::v1::filing_content::Content;
use barid_client::proto::v1::{
    ActReference, AppealFiled, CaseReference, CivilDate, ClockSource, Confidentiality, DataClass,
    DocketNumber, FilingContent, FilingKind, IntakeRoute, Outcome, Person, Rendering, Stamp, Text,
};
use barid_tests::ScriptedOffice;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::plan::Appeal;

/// The election event, by a name that says what it is.
pub(crate) const EVENT: &str = "CoR-2025-6-synthetic";

/// The panel's words behind each of its numbers.
const PANEL: &str = "الهيئة القضائية للانتخابات";

/// How the panel ruled: most appeals fail.
pub(crate) fn outcome(number: u32) -> Outcome {
    match number % 12 {
        0 => Outcome::DecisionAnnulled,
        1 | 2 => Outcome::Inadmissible,
        _ => Outcome::Rejected,
    }
}

/// The panel's number, as it writes it.
pub(crate) fn panels(number: u32) -> String {
    format!("{number}/{PANEL}/2025")
}

pub(crate) fn docket_number(institution: &str, literal: &str) -> DocketNumber {
    let (institution, literal) = (institution.to_owned(), literal.to_owned());
    DocketNumber { institution, literal, normal: String::new() }
}

pub(crate) fn synthetic(kind: FilingKind) -> Draft {
    Draft::new(kind)
        .data_class(DataClass::Synthetic)
        .confidentiality(Confidentiality::Parties)
        .under("", "", EVENT)
}

pub(crate) fn content(content: Content) -> FilingContent {
    FilingContent { content: Some(content) }
}

pub(crate) fn taken_in(one: &Appeal, serial: usize) -> Content {
    let route = IntakeRoute::Referred.into();
    Content::AppealFiled(AppealFiled { route, ..appeal(&one.person, one.decision, serial) })
}

pub(crate) fn appeal(person: &str, (decision, day): (&str, Date), serial: usize) -> AppealFiled {
    AppealFiled {
        appellant: Some(Person {
            full_name: person.to_owned(),
            sex: i32::try_from(serial % 2).unwrap_or_default() + 1,
            ..Person::default()
        }),
        challenged: act("ihec", decision, day),
        grounds: vec![english("made up for the replay")],
        relief: Some(english("annul the decision")),
        ..AppealFiled::default()
    }
}

pub(crate) fn act(institution: &str, number: &str, day: Date) -> Option<ActReference> {
    Some(ActReference {
        institution: institution.to_owned(),
        number: number.to_owned(),
        date: Some(civil(day)),
        ..ActReference::default()
    })
}

pub(crate) fn civil(day: Date) -> CivilDate {
    CivilDate { year: day.year().into(), month: day.month().into(), day: day.day().into() }
}

pub(crate) fn english(text: &str) -> Text {
    let rendering = Rendering { language: "en".to_owned(), text: text.to_owned() };
    Text { renderings: vec![rendering], authoritative: String::new() }
}

pub(crate) fn numbered(numbers: &[(&str, &str)]) -> CaseReference {
    let numbers = numbers.iter().map(|(institution, literal)| docket_number(institution, literal));
    CaseReference { docket_numbers: numbers.collect(), ..CaseReference::default() }
}

pub(crate) fn within(filed: &Filed, numbers: &[(&str, &str)]) -> CaseReference {
    CaseReference { case_id: filed.receipt.case_id.clone(), ..numbered(numbers) }
}

/// A minute of a day in Baghdad.
pub(crate) fn at(day: Date, minute: i16) -> i64 {
    let time = day.at(0, 0, 0, 0).checked_add(jiff::Span::new().minutes(minute));
    let zoned = time.and_then(|time| time.to_zoned(TimeZone::fixed(jiff::tz::offset(3))));
    zoned.map_or(0, |zoned| zoned.timestamp().as_millisecond())
}

pub(crate) fn stamp(office: &ScriptedOffice, day: Date, serial: usize, number: &str) -> Stamp {
    let minute = 8 * 60 + i16::try_from(serial % 419).unwrap_or_default();
    Stamp {
        office: Some(office.address.clone()),
        stamped_at_unix_ms: at(day, minute),
        utc_offset_minutes: 180,
        clock_source: ClockSource::Network.into(),
        number: number.to_owned(),
        ..Stamp::default()
    }
}
