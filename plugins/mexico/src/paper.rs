//! A pilot paper as JSON, with names in Spanish, and what all papers of a case have in common.

use barid_json_reading::{Fields, Need::Optional, Need::Required, read_object, terms};
use barid_plugin::{Place, Problems};
use barid_proto::v1::{DataClass, PilotFact, PilotPaper, PilotPart, PilotPoint};

use crate::{class, docket, facts, outcomes};

/// Media type of the papers' JSON.
pub const MEDIA_TYPE: &str = "application/json";

/// Most facts, parts or points of one paper: what the hub takes.
pub const SAID_MAX: usize = 1_024;

/// Longest heading, in bytes: what the hub takes for a line.
const HEADING_MAX_BYTES: usize = 1_024;

/// Longest piece of a text in JSON, in bytes, below the bound of a JSON string.
const PIECE_MAX_BYTES: usize = 60_000;

/// The spelling of a name that the object has, with or without accents; the first when it has
/// none. A field that is there in two spellings leaves one of them unknown, and that is said.
pub fn spelling(fields: &Fields<'_, '_>, spellings: &[&'static str]) -> &'static str {
    let found = spellings.iter().find(|name| fields.has(name));
    found.or(spellings.first()).copied().unwrap_or_default()
}

/// Reads a paper.
pub fn read(input: &[u8], problems: &mut Problems) -> Option<PilotPaper> {
    let (mut paper, class) = read_object(input, problems, |fields| {
        let class = fields.string("clase_de_datos", Required);
        (paper(fields), class)
    })?;
    if !class.is_empty() {
        paper.data_class = class::read(&class, &Place::path("clase_de_datos"), problems).into();
    }
    for (index, fact) in paper.facts.iter().enumerate() {
        check_name(&fact.name, format!("hechos[{index}].nombre"), problems);
        check_heading(&fact.heading, format!("hechos[{index}].encabezado"), problems);
    }
    for (index, part) in paper.parts.iter().enumerate() {
        check_name(&part.name, format!("partes[{index}].parte"), problems);
        check_heading(&part.heading, format!("partes[{index}].encabezado"), problems);
    }
    finish(&mut paper, &Place::path("expediente"), problems);
    Some(paper)
}

fn paper(fields: &mut Fields<'_, '_>) -> PilotPaper {
    let (title, purpose) =
        (spelling(fields, &["titulo", "título"]), spelling(fields, &["proposito", "propósito"]));
    PilotPaper {
        title: fields.text(title, Required),
        purpose: fields.text(purpose, Optional),
        foreign_case: fields.identifier("expediente", Required),
        facts: fields.objects("hechos", Optional, |fields| {
            let heading = fields.string("encabezado", Optional);
            facts::fact(
                &fields.string("nombre", Required),
                &heading,
                &fields.string("valor", Required),
            )
        }),
        parts: fields.objects("partes", Optional, |fields| PilotPart {
            name: fields.string("parte", Required),
            heading: fields.string("encabezado", Optional),
            text: fields.strings("texto", Optional).concat(),
            line: fields.integer(spelling(fields, &["linea", "línea"]), Optional),
        }),
        points: fields.objects("resolutivos", Optional, |fields| PilotPoint {
            number: fields.integer(spelling(fields, &["numero", "número"]), Optional),
            literal: fields.strings("texto", Required).concat(),
            verbs: Vec::new(),
        }),
        ..PilotPaper::default()
    }
}

/// Names are the format's own words, for programs.
fn check_name(name: &str, path: String, problems: &mut Problems) {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if (1..=64).contains(&name.len()) && name.bytes().all(plain) {
        return;
    }
    problems.error(
        "name-invalid",
        Place::path(path),
        &[
            ("es", "El nombre no es de 1 a 64 letras minúsculas sin acento, cifras o guiones."),
            ("en", "The name is not 1 to 64 of lower case letters, digits and hyphens."),
            ("ar", "الاسم ليس من 1 إلى 64 من الحروف اللاتينية الصغيرة والأرقام والشرطات."),
        ],
        &[
            ("es", "Use un nombre como autoridad-responsable."),
            ("en", "Use a name such as `autoridad-responsable`."),
            ("ar", "استعمل اسماً مثل \u{2066}autoridad-responsable\u{2069}."),
        ],
    );
}

/// Headings are one line, no longer than the hub takes.
fn check_heading(heading: &str, path: String, problems: &mut Problems) {
    if heading.len() <= HEADING_MAX_BYTES && !heading.chars().any(char::is_control) {
        return;
    }
    problems.error(
        "heading-invalid",
        Place::path(path),
        &[
            ("es", "El encabezado no es una sola línea corta."),
            ("en", "The heading is not one short line."),
            ("ar", "العنوان ليس سطراً قصيراً واحداً."),
        ],
        &[
            ("es", "Escríbalo en una línea de hasta 1024 bytes."),
            ("en", "Write it on one line of at most 1024 bytes."),
            ("ar", "اكتبه في سطر واحد لا يتجاوز 1024 بايت."),
        ],
    );
}

/// Makes what follows from what a paper says: docket numbers from the literal, verbs from the
/// points, the outcome from the verbs.
pub fn finish(paper: &mut PilotPaper, place: &Place, problems: &mut Problems) {
    if !paper.foreign_case.is_empty() {
        paper.docket_numbers = docket::wire(&paper.foreign_case, place, problems);
    }
    for (name, count) in [
        ("hechos", paper.facts.len()),
        ("partes", paper.parts.len()),
        ("resolutivos", paper.points.len()),
    ] {
        if count > SAID_MAX {
            say_too_many(problems, name, count);
        }
    }
    check_days(&paper.facts, problems);
    for point in &mut paper.points {
        point.verbs = outcomes::verbs(&point.literal);
    }
    let said: Vec<_> = if paper.points.is_empty() {
        let sense = facts::first(&paper.facts, facts::SENSE);
        sense.map(|sense| outcomes::verbs(&sense.literal)).unwrap_or_default()
    } else {
        paper.points.iter().flat_map(|point| point.verbs.clone()).collect()
    };
    paper.outcome_literal = outcomes::literal(&said);
    match outcomes::whole(&said) {
        Some(outcome) => paper.outcome = outcome.into(),
        None if said.is_empty() => {}
        None => say_open(problems, place, &said),
    }
}

fn check_days(facts: &[PilotFact], problems: &mut Problems) {
    for fact in facts {
        let Some(date) = &fact.date else { continue };
        let (code, es, en, ar) = match date.candidates.len() {
            0 => (
                "date-unreadable",
                "no es una fecha del calendario",
                "is no day of the calendar",
                "ليس يوماً في التقويم",
            ),
            1 => continue,
            _ => ("date-ambiguous", "puede ser dos días", "can mean two days", "يحتمل يومين"),
        };
        let literal = barid_json_reading::shown(&date.literal);
        problems.warning(
            code,
            Place::path(fact.name.as_str()),
            &[
                ("es", &format!("{literal} {es}.")),
                ("en", &format!("{literal} {en}.")),
                ("ar", &format!("{literal} {ar}.")),
            ],
            &[
                ("es", "Escriba la fecha como quince de agosto de dos mil veinticuatro."),
                ("en", "Write it as `quince de agosto de dos mil veinticuatro`."),
                ("ar", "اكتب التاريخ كاملاً باسم الشهر."),
            ],
        );
    }
}

fn say_too_many(problems: &mut Problems, name: &str, count: usize) {
    problems.error(
        "too-many",
        Place::path(name),
        &[
            ("es", &format!("Hay {count}; el límite es {SAID_MAX}.")),
            ("en", &format!("There are {count}; the limit is {SAID_MAX}.")),
            ("ar", &format!("العدد {count} والحد {SAID_MAX}.")),
        ],
        &[("es", "Divida el documento."), ("en", "Split the paper."), ("ar", "قسّم الوثيقة.")],
    );
}

/// Verbs that decide differently, or not at all in neutral words, leave the outcome open.
fn say_open(problems: &mut Problems, place: &Place, said: &[barid_proto::v1::PilotVerb]) {
    let literals: Vec<&str> = said.iter().take(8).map(|verb| verb.literal.as_str()).collect();
    let literals = barid_json_reading::shown(&literals.join(", "));
    problems.warning(
        "outcome-open",
        place.clone(),
        &[
            ("es", &format!("{literals} no da un solo sentido en palabras neutras.")),
            ("en", &format!("{literals} is not one outcome in neutral words.")),
            ("ar", &format!("{literals} لا يعطي نتيجة واحدة بالمصطلحات المحايدة.")),
        ],
        &[
            ("es", "Lea los puntos resolutivos uno por uno."),
            ("en", "Read the operative points one by one."),
            ("ar", "اقرأ نقاط المنطوق واحدة واحدة."),
        ],
    );
}

/// Writes a paper. What JSON of this form cannot say is in the problems.
pub fn write(paper: &PilotPaper, problems: &mut Problems) -> Option<Vec<u8>> {
    if paper.data_class() == DataClass::Unspecified {
        class::say_needed(problems, Place::path("data_class"));
        return None;
    }
    let facts: Vec<_> = paper.facts.iter().map(write_fact).collect();
    let parts: Vec<_> = paper.parts.iter().map(write_part).collect();
    let points: Vec<_> = paper.points.iter().map(write_point).collect();
    let bytes = terms::Object::new()
        .field("titulo", paper.title.as_ref().map(terms::write_text))
        .field("proposito", paper.purpose.as_ref().map(terms::write_text))
        .field("clase_de_datos", class::word(paper.data_class()))
        .field("expediente", paper.foreign_case.as_str())
        .field("hechos", facts)
        .field("partes", parts)
        .field("resolutivos", points)
        .into_bytes();
    Some(bytes)
}

fn write_fact(fact: &PilotFact) -> terms::Object {
    terms::Object::new()
        .field("nombre", fact.name.as_str())
        .field("encabezado", fact.heading.as_str())
        .field("valor", fact.literal.as_str())
}

fn write_part(part: &PilotPart) -> terms::Object {
    let object = terms::Object::new()
        .field("parte", part.name.as_str())
        .field("encabezado", part.heading.as_str())
        .field("texto", pieces(&part.text));
    if part.line == 0 { object } else { object.field("linea", part.line) }
}

/// One operative point as JSON: its number and text.
#[must_use]
pub fn write_point(point: &PilotPoint) -> terms::Object {
    let object = terms::Object::new().field("texto", pieces(&point.literal));
    if point.number == 0 { object } else { object.field("numero", point.number) }
}

/// A text in pieces that a JSON string of these formats may have.
#[must_use]
pub fn pieces(text: &str) -> Vec<&str> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE_MAX_BYTES));
        pieces.push(piece);
        rest = after;
    }
    pieces
}
