//! One paper of a dispute as JSON: the *informe circunstanciado*, the *aviso de interposición*, the
//! *cédula de publicitación*, the *remisión de constancias*, an *acuerdo* or *resolución*.
//!
//! Names are Spanish, with or without accents.

pub(crate) mod kinds;
mod said;

use barid_json_reading::{Fields, Need, Need::Optional, Need::Required, read_object, terms};
use barid_mexico::paper::{self, spelling};
use barid_mexico::{act, class, facts};
use barid_plugin::problem::text;
use barid_plugin::v1::{DataClass, DocketNumber, PilotFact, PilotPaper, PilotPart, PilotPoint};
use barid_plugin::{Place, Problems};

use self::kinds::Kind;

/// The identifier under which the institute's numbers are kept.
const INSTITUTE: &str = "ine";

/// Name of the part that holds a paper's text.
const TEXT: &str = "texto";

/// How long a notice stays on the board, in hours, as the tribunal reports article 17.
const POSTED_HOURS: i64 = 72;

/// Facts of one string, in the order in which papers have them: name, and its spellings in JSON.
const STRINGS: [(&str, &[&str]); 8] = [
    (kinds::ACT_NUMBER, &["numero", "número"]),
    ("oficio", &["oficio"]),
    (facts::ACTOR, &["actor", "actora", "promovente"]),
    (facts::AUTHORITY, &["autoridad_responsable", "responsable"]),
    (facts::THIRD_PARTY, &["tercero_interesado", "tercera_interesada"]),
    (facts::ACT, &["acto_impugnado", "acto_reclamado"]),
    (kinds::STANDING, &["personeria", "personería"]),
    (facts::DATE, &["fecha"]),
];

/// Facts that are instants.
const INSTANTS: [(&str, &[&str]); 3] = [
    (kinds::RECEIVED, &["presentacion", "presentación"]),
    (kinds::POSTED, &["fijacion", "fijación"]),
    (kinds::REMOVED, &["retiro"]),
];

/// What was read before anything is made of it.
struct Read {
    paper: PilotPaper,
    kind: Option<Kind>,
    class: String,
}

pub(crate) fn read(input: &[u8], problems: &mut Problems) -> Option<PilotPaper> {
    let Read { mut paper, kind, class } = read_object(input, problems, object)?;
    if !class.is_empty() {
        paper.data_class = class::read(&class, &Place::path("clase_de_datos"), problems).into();
    }
    paper::finish(&mut paper, &Place::path("expediente"), problems);
    if let Some(number) = facts::first(&paper.facts, kinds::ACT_NUMBER) {
        let numbers = act_number(kind, &number.literal, Place::path("numero"), problems);
        paper.docket_numbers.extend(numbers);
    }
    Some(paper)
}

fn object(fields: &mut Fields<'_, '_>) -> Read {
    let literal = fields.string("tipo", Required);
    let kind = Kind::of(&literal);
    if kind.is_none() && !literal.is_empty() {
        said::kind_unknown(fields, &literal);
        // Without its kind nothing says what the paper has to have.
        fields.leave_rest();
    }
    let need = |name: &str| {
        let needed = kind.is_some_and(|kind| kind.needs.contains(&name));
        if needed || (kind.is_some() && name == facts::DATE) { Required } else { Optional }
    };
    let mut paper = PilotPaper {
        title: kind.and_then(|kind| {
            let [es, en, ar] = kind.titles;
            text(&[("es", es), ("en", en), ("ar", ar)])
        }),
        purpose: fields.text(spelling(fields, &["proposito", "propósito"]), Optional),
        foreign_case: fields.identifier("expediente", Optional),
        facts: vec![facts::fact(facts::KIND, "", &literal)],
        ..PilotPaper::default()
    };
    for (name, spellings) in STRINGS {
        let field = spelling(fields, spellings);
        add(&mut paper.facts, name, fields.string(field, need(name)));
    }
    instants(fields, &mut paper.facts, need);
    for enclosed in fields.strings("constancias", need(kinds::ENCLOSED)) {
        add(&mut paper.facts, kinds::ENCLOSED, enclosed);
    }
    let has_text = kind.is_some_and(|kind| kind.has_text);
    let body = fields.strings(TEXT, if has_text { Required } else { Optional }).concat();
    if !body.is_empty() {
        let part = PilotPart { name: TEXT.to_owned(), text: body, ..PilotPart::default() };
        paper.parts.push(part);
    }
    paper.points = fields.objects("resolutivos", Optional, |fields| PilotPoint {
        number: fields.integer(spelling(fields, &["numero", "número"]), Optional),
        literal: fields.strings("texto", Required).concat(),
        verbs: Vec::new(),
    });
    Read { paper, kind, class: fields.string("clase_de_datos", Required) }
}

fn add(facts: &mut Vec<PilotFact>, name: &str, literal: String) {
    if !literal.is_empty() {
        facts.push(facts::fact(name, "", &literal));
    }
}

/// Instants are kept as written; posting and removal are compared with the law's seventy-two hours.
fn instants(fields: &mut Fields<'_, '_>, facts: &mut Vec<PilotFact>, need: impl Fn(&str) -> Need) {
    let (mut posted, mut removed) = (0, 0);
    for (name, spellings) in INSTANTS {
        let field = spelling(fields, spellings);
        let literal = fields.string(field, need(name));
        if literal.is_empty() {
            continue;
        }
        let unix_ms = fields.instant(field, Optional);
        match name {
            kinds::POSTED => posted = unix_ms,
            kinds::REMOVED => removed = unix_ms,
            _ => {}
        }
        add(facts, name, literal);
    }
    if posted != 0 && removed != 0 {
        let minutes = removed.saturating_sub(posted) / 60_000;
        if minutes != POSTED_HOURS * 60 {
            said::posted_otherwise(fields, minutes, POSTED_HOURS);
        }
    }
}

/// The number of an act of the institute. A complaint file's number is a docket number too.
pub(crate) fn act_number(
    kind: Option<Kind>,
    literal: &str,
    place: Place,
    problems: &mut Problems,
) -> Option<DocketNumber> {
    match act::read(literal) {
        Ok(act) => matches!(act, act::Act::Complaint { .. }).then(|| DocketNumber {
            institution: INSTITUTE.to_owned(),
            literal: literal.to_owned(),
            normal: act.normal(),
        }),
        Err(why) => {
            // Letters and certificates are numbered as each office likes.
            if kind.is_none_or(|kind| kind.is_act) {
                act::say_refused(problems, place, literal, why);
            }
            None
        }
    }
}

/// Writes a paper back.
pub(crate) fn write(paper: &PilotPaper, problems: &mut Problems) -> Option<Vec<u8>> {
    if paper.data_class() == DataClass::Unspecified {
        class::say_needed(problems, Place::path("data_class"));
        return None;
    }
    let fact = |name: &str| facts::first(&paper.facts, name).map(|fact| fact.literal.as_str());
    let enclosed: Vec<&str> = paper
        .facts
        .iter()
        .filter(|fact| fact.name == kinds::ENCLOSED)
        .map(|fact| fact.literal.as_str())
        .collect();
    let body = paper.parts.first().map(|part| paper::pieces(&part.text)).unwrap_or_default();
    let points: Vec<_> = paper.points.iter().map(paper::write_point).collect();
    let mut object = terms::Object::new()
        .field("tipo", fact(facts::KIND))
        .field("clase_de_datos", class::word(paper.data_class()))
        .field("proposito", paper.purpose.as_ref().map(terms::write_text))
        .field("expediente", paper.foreign_case.as_str())
        .field("constancias", enclosed)
        .field(TEXT, body)
        .field("resolutivos", points);
    for (name, spellings) in STRINGS.iter().chain(&INSTANTS) {
        let field = spellings.first().copied().unwrap_or_default();
        object = object.field(field, fact(name));
    }
    Some(object.into_bytes())
}
