//! Halls, media of challenge and kinds of paper, with the tribunal's abbreviations.

use std::fmt;

/// A hall (*sala*) of the tribunal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hall {
    /// Sala Superior.
    Superior,
    /// Sala Regional Guadalajara.
    Guadalajara,
    /// Sala Regional Monterrey.
    Monterrey,
    /// Sala Regional Xalapa.
    Xalapa,
    /// Sala Regional Ciudad de México.
    MexicoCity,
    /// Sala Regional Distrito Federal: the name of the hall of Mexico City before 2016.
    FederalDistrict,
    /// Sala Regional Toluca.
    Toluca,
    /// Sala Regional Especializada.
    Specialised,
}

const HALLS: [(Hall, &str, &str); 8] = [
    (Hall::Superior, "SUP", "Sala Superior"),
    (Hall::Guadalajara, "SG", "Sala Regional Guadalajara"),
    (Hall::Monterrey, "SM", "Sala Regional Monterrey"),
    (Hall::Xalapa, "SX", "Sala Regional Xalapa"),
    (Hall::MexicoCity, "SCM", "Sala Regional Ciudad de México"),
    (Hall::FederalDistrict, "SDF", "Sala Regional Distrito Federal"),
    (Hall::Toluca, "ST", "Sala Regional Toluca"),
    (Hall::Specialised, "SRE", "Sala Regional Especializada"),
];

impl Hall {
    /// Its abbreviation: `SUP`.
    #[must_use]
    pub fn code(self) -> &'static str {
        HALLS.iter().find(|(hall, ..)| *hall == self).map_or("", |(_, code, _)| code)
    }

    /// Its name in Spanish.
    #[must_use]
    pub fn name(self) -> &'static str {
        HALLS.iter().find(|(hall, ..)| *hall == self).map_or("", |(.., name)| name)
    }

    /// The hall of a folded abbreviation.
    pub(super) fn of(word: &str) -> Option<Self> {
        HALLS.iter().find(|(_, code, _)| code.eq_ignore_ascii_case(word)).map(|(hall, ..)| *hall)
    }

    /// A hall and a medium written as one word: `supjdc`. Only for media that are known: the
    /// boundary is otherwise anybody's guess. `None` when there is no such reading, or two.
    pub(super) fn joined(word: &str) -> Option<(Self, Medium)> {
        let mut readings = HALLS.iter().filter_map(|(hall, code, _)| {
            let (head, tail) = word.split_at_checked(code.len())?;
            let medium = Medium::of(tail).filter(|medium| medium.name().is_some())?;
            head.eq_ignore_ascii_case(code).then_some((*hall, medium))
        });
        match (readings.next(), readings.next()) {
            (Some(reading), None) => Some(reading),
            _ => None,
        }
    }
}

/// A medium of challenge (*medio de impugnación*) or other kind of case.
///
/// The tribunal's list grows: a `JG` was new in 2025. An abbreviation that is not on the list below
/// is taken, and has no name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Medium(String);

const MEDIA: [(&str, &str); 22] = [
    ("JDC", "Juicio para la protección de los derechos político-electorales del ciudadano"),
    ("JRC", "Juicio de revisión constitucional electoral"),
    ("JIN", "Juicio de inconformidad"),
    ("JE", "Juicio electoral"),
    ("JG", "Juicio general"),
    ("JLI", "Juicio para dirimir conflictos o diferencias laborales con el Instituto"),
    ("RAP", "Recurso de apelación"),
    ("REC", "Recurso de reconsideración"),
    ("REP", "Recurso de revisión del procedimiento especial sancionador"),
    ("RRV", "Recurso de revisión"),
    ("AG", "Asunto general"),
    ("AES", "Asunto especial"),
    ("CDC", "Contradicción de criterios"),
    ("CLT", "Conflicto o diferencia laboral con el Tribunal"),
    ("IMP", "Impedimento"),
    ("OP", "Opinión"),
    ("PES", "Procedimiento especial sancionador"),
    ("PSC", "Procedimiento especial sancionador de órgano central"),
    ("PSD", "Procedimiento especial sancionador de órgano distrital"),
    ("PSL", "Procedimiento especial sancionador de órgano local"),
    ("RDJ", "Ratificación de jurisprudencia"),
    ("SFA", "Solicitud de ejercicio de la facultad de atracción"),
];

impl Medium {
    /// Its abbreviation: `JDC`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0
    }

    /// Its name in Spanish. `None`: the abbreviation is not known here.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        MEDIA.iter().find(|(code, _)| *code == self.0).map(|(_, name)| *name)
    }

    /// The medium of a folded abbreviation: two to four letters.
    pub(super) fn of(word: &str) -> Option<Self> {
        let plain = (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
        plain.then(|| Self(word.to_ascii_uppercase()))
    }
}

impl fmt::Display for Medium {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// What a paper of a case is, as the suffix of its name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperWord {
    /// An agreement of the hall (*acuerdo*).
    Agreement,
    /// A judgment (*sentencia*).
    Judgment,
    /// A resolution (*resolución*).
    Resolution,
    /// A vote (*voto*).
    Vote,
    /// A ruling on whether a judgment was carried out (*cumplimiento*).
    Compliance,
    /// A judgment rewritten by another magistrate after the vote (*engrose*).
    Rewriting,
    /// Another word, in capitals and without accents.
    Other(String),
}

/// The first word of each kind is the one that is written.
const PAPER_WORDS: [(PaperWord, &[&str]); 6] = [
    (PaperWord::Agreement, &["ACUERDO", "ACUERDOS", "ACDO", "ACUERDOSALA"]),
    (PaperWord::Judgment, &["SENTENCIA", "SENT", "SENTENCIAS"]),
    (PaperWord::Resolution, &["RESOLUCION", "RESOL", "RES"]),
    (PaperWord::Vote, &["VOTO", "VOTOS"]),
    (PaperWord::Compliance, &["CUMPLIMIENTO", "CUMP"]),
    (PaperWord::Rewriting, &["ENGROSE"]),
];

impl PaperWord {
    /// The word, in capitals and without accents.
    #[must_use]
    pub fn code(&self) -> &str {
        if let Self::Other(word) = self {
            return word;
        }
        let known = PAPER_WORDS.iter().find(|(word, _)| word == self);
        known.and_then(|(_, codes)| codes.first()).copied().unwrap_or_default()
    }

    /// The word of a folded suffix. `None`: it is not on the list.
    pub(super) fn of(word: &str) -> Option<Self> {
        let is = |code: &&str| code.eq_ignore_ascii_case(word);
        PAPER_WORDS.iter().find(|(_, codes)| codes.iter().any(is)).map(|(word, _)| word.clone())
    }
}
