//! What papers call the people and things of a case, and the one name for each.

use barid_proto::v1::PilotFact;

use crate::days;
use crate::words::plain;

/// The docket numbers.
pub const DOCKET: &str = "expediente";
/// The class of data.
pub const CLASS: &str = "clase-de-datos";
/// What the paper is for.
pub const PURPOSE: &str = "proposito";
/// The day of the paper.
pub const DATE: &str = "fecha";
/// What the paper is: `sentencia`, `informe-circunstanciado`.
pub const KIND: &str = "tipo";
/// Who challenges.
pub const ACTOR: &str = "actor";
/// Whose act is challenged.
pub const AUTHORITY: &str = "autoridad-responsable";
/// A third party.
pub const THIRD_PARTY: &str = "tercero-interesado";
/// The magistrate who writes.
pub const MAGISTRATE: &str = "magistrado-ponente";
/// The secretaries who help.
pub const SECRETARY: &str = "secretario";
/// The act that is challenged.
pub const ACT: &str = "acto-impugnado";
/// The one sentence that says what the paper decides.
pub const SENSE: &str = "sentido";
/// How the votes fell.
pub const VOTE: &str = "votacion";
/// The number of the paper itself.
pub const NUMBER: &str = "numero";

/// What each is called, folded.
const NAMES: [(&str, &[&str]); 17] = [
    (DOCKET, &["expediente", "expedientes", "exp", "clave", "clave de expediente", "juicio"]),
    (CLASS, &["clase de datos", "clase"]),
    (PURPOSE, &["proposito", "finalidad"]),
    (DATE, &["fecha", "fecha de sentencia", "fecha de resolucion", "dia", "date"]),
    (KIND, &["tipo", "tipo de documento", "documento"]),
    (
        ACTOR,
        &[
            "actor",
            "actora",
            "actores",
            "actoras",
            "parte actora",
            "partes actoras",
            "promovente",
            "promoventes",
            "parte promovente",
            "recurrente",
            "recurrentes",
            "parte recurrente",
            "demandante",
            "demandantes",
            "enjuiciante",
            "impugnante",
            "inconforme",
            "quejoso",
            "quejosa",
            "denunciante",
            "parte denunciante",
        ],
    ),
    (
        AUTHORITY,
        &[
            "autoridad responsable",
            "autoridades responsables",
            "responsable",
            "organo responsable",
            "organo partidista responsable",
            "organo jurisdiccional responsable",
            "autoridad senalada como responsable",
            "autoridad demandada",
        ],
    ),
    (
        THIRD_PARTY,
        &[
            "tercero interesado",
            "tercera interesada",
            "terceros interesados",
            "terceras interesadas",
            "parte tercera interesada",
            "personas terceras interesadas",
            "compareciente",
            "comparecientes",
        ],
    ),
    ("denunciado", &["denunciado", "denunciada", "denunciados", "parte denunciada"]),
    (
        MAGISTRATE,
        &[
            "magistrado ponente",
            "magistrada ponente",
            "magistratura ponente",
            "ponente",
            "magistrado",
            "magistrada",
            "magistrado electoral",
            "magistrada electoral",
            "magistrado encargado del engrose",
            "magistrada encargada del engrose",
        ],
    ),
    (
        SECRETARY,
        &[
            "secretario",
            "secretaria",
            "secretarios",
            "secretarias",
            "secretariado",
            "secretario de estudio y cuenta",
            "secretaria de estudio y cuenta",
            "secretariado de estudio y cuenta",
            "secretario proyectista",
            "secretaria proyectista",
        ],
    ),
    ("colaboro", &["colaboro", "colaboraron", "colaborador", "colaboradora", "colaboradores"]),
    (
        ACT,
        &[
            "acto impugnado",
            "acto reclamado",
            "acuerdo impugnado",
            "resolucion impugnada",
            "sentencia impugnada",
            "resolucion reclamada",
        ],
    ),
    (SENSE, &["sentido", "resultado", "outcome"]),
    (VOTE, &["votacion", "voto"]),
    (NUMBER, &["numero", "no", "num", "folio", "oficio", "numero de acuerdo", "numero de oficio"]),
    ("tema", &["tema", "asunto", "materia"]),
];

/// The name of what a heading announces. `None`: it is not on the list.
#[must_use]
pub fn name_of(heading: &str) -> Option<&'static str> {
    let heading = plain(heading);
    let known = |names: &&[&str]| names.contains(&heading.as_str());
    NAMES.iter().find(|(name, names)| *name == heading || known(names)).map(|(name, _)| *name)
}

/// Whether a fact of this name is a day.
#[must_use]
pub fn is_day(name: &str) -> bool {
    name == DATE || name.starts_with("fecha-")
}

/// A fact; a day is read as one.
#[must_use]
pub fn fact(name: &str, heading: &str, literal: &str) -> PilotFact {
    PilotFact {
        name: name.to_owned(),
        heading: heading.to_owned(),
        literal: literal.to_owned(),
        date: is_day(name).then(|| days::read(literal)),
    }
}

/// The first fact of a name.
#[must_use]
pub fn first<'f>(facts: &'f [PilotFact], name: &str) -> Option<&'f PilotFact> {
    facts.iter().find(|fact| fact.name == name)
}
