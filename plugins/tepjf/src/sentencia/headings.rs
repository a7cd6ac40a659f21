//! Headings of the parts of a judgment: `ANTECEDENTES`, `II. Competencia`, `R E S U E L V E`,
//! `PRIMERO. Competencia. Esta Sala …`.

use barid_mexico::words::{plain, words};

use super::points::ordinal;

/// Longest heading, in bytes.
const LENGTH_MAX: usize = 200;

/// The names of the parts and what their headings say, folded.
const PARTS: [(&str, &[&str]); 10] = [
    ("glosario", &["glosario", "glosa", "indice"]),
    (
        "antecedentes",
        &["antecedentes", "antecedentes del caso", "resultando", "resultandos", "hechos"],
    ),
    (
        "considerandos",
        &[
            "considerando",
            "considerandos",
            "consideraciones",
            "consideraciones y fundamentos",
            "razones y fundamentos",
            "razones y fundamentos juridicos",
            "fundamentos y consideraciones",
        ],
    ),
    ("competencia", &["competencia", "jurisdiccion y competencia", "competencia y jurisdiccion"]),
    ("acumulacion", &["acumulacion"]),
    (
        "procedencia",
        &[
            "procedencia",
            "improcedencia",
            "requisitos de procedencia",
            "requisitos de procedibilidad",
            "causales de improcedencia",
            "causas de improcedencia",
            "presupuestos procesales",
        ],
    ),
    ("tercero-interesado", &["tercero interesado", "tercera interesada", "terceros interesados"]),
    (
        "estudio-de-fondo",
        &["estudio de fondo", "estudio del fondo", "analisis de fondo", "fondo", "estudio"],
    ),
    ("efectos", &["efectos", "efectos de la sentencia", "efectos del fallo"]),
    (
        super::OPERATIVE,
        &[
            "resuelve",
            "se resuelve",
            "resolutivos",
            "resolutivo",
            "puntos resolutivos",
            "punto resolutivo",
            "acuerda",
            "puntos de acuerdo",
        ],
    ),
];

/// Name of a separate opinion.
const VOTE: &str = "votos";

/// Words with which the heading of a separate opinion begins.
const VOTES: [&str; 5] = ["particular", "concurrente", "razonado", "aclaratorio", "parcialmente"];

/// The heading of a part.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heading<'l> {
    /// The part's name.
    pub(super) name: &'static str,
    /// The heading, as written.
    pub(super) literal: &'l str,
    /// Text that follows on the same line.
    pub(super) rest: &'l str,
}

impl<'l> Heading<'l> {
    /// The heading that a line is or begins with.
    pub(super) fn of(line: &'l str) -> Option<Self> {
        let line = line.trim();
        if line.is_empty() {
            return None;
        }
        if line.len() <= LENGTH_MAX
            && !line.chars().any(char::is_control)
            && let Some(name) = whole(line)
        {
            return Some(Self { name, literal: line, rest: "" });
        }
        inline(line)
    }

    pub(super) fn is_vote(&self) -> bool {
        self.name == VOTE
    }
}

/// A line that is a heading and nothing else.
fn whole(line: &str) -> Option<&'static str> {
    let folded: Vec<String> = words(line).into_iter().map(|word| word.folded).collect();
    let refs: Vec<&str> = folded.iter().map(String::as_str).collect();
    match refs[..] {
        ["voto", kind, ..] if VOTES.contains(&kind) => return Some(VOTE),
        _ => {}
    }
    // Headings are often spaced: one letter, one word.
    if refs.len() >= 4 && refs.iter().all(|word| word.chars().count() == 1) {
        return name_of(&refs.concat());
    }
    let numbered = || {
        let (first, rest) = refs.split_first()?;
        is_number(first).then(|| name_of(&rest.join(" ")))?
    };
    name_of(&refs.join(" ")).or_else(numbered)
}

/// A paragraph that begins with a number and a heading.
fn inline(line: &str) -> Option<Heading<'_>> {
    let start = line.get(..line.floor_char_boundary(LENGTH_MAX)).unwrap_or(line);
    let (number, rest) = start.split_once(". ")?;
    let (title, _) = rest.split_once(['.', ':'])?;
    let name = is_number(&plain(number)).then(|| name_of(&plain(title)))??;
    let (literal, rest) = line.split_at_checked(number.len() + 2 + title.len() + 1)?;
    let literal = literal.trim_end_matches(['.', ':']);
    let clean = !literal.chars().any(char::is_control);
    clean.then(|| Heading { name, literal, rest: rest.trim_start() })
}

fn name_of(folded: &str) -> Option<&'static str> {
    PARTS.iter().find(|(_, known)| known.contains(&folded)).map(|(name, _)| *name)
}

/// Whether a folded word counts: digits, a Roman number, one letter, an ordinal.
fn is_number(word: &str) -> bool {
    let digits = (1..=3).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    let roman = (1..=7).contains(&word.len())
        && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x' | b'l'));
    let letter = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    digits || roman || letter || ordinal(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(line: &str, name: &str, rest: &str) {
        let heading = Heading::of(line).unwrap();
        assert_eq!((heading.name, heading.rest), (name, rest), "{line}");
    }

    #[test]
    fn headings_are_known_however_they_are_set() {
        is("ANTECEDENTES", "antecedentes", "");
        is("  I. Antecedentes:", "antecedentes", "");
        is("R E S U L T A N D O S:", "antecedentes", "");
        is("C O N S I D E R A N D O", "considerandos", "");
        is("R E S U E L V E:", "puntos-resolutivos", "");
        is("4. ESTUDIO DE FONDO", "estudio-de-fondo", "");
        is("Voto particular de la magistrada A", "votos", "");
        is("PRIMERO. Competencia. Esta Sala conoce.", "competencia", "Esta Sala conoce.");
        is("Tercera. Estudio de fondo: hay agravios", "estudio-de-fondo", "hay agravios");
    }

    #[test]
    fn a_paragraph_is_no_heading() {
        for line in [
            "",
            "PRIMERO. Se confirma el acuerdo. Y nada más.",
            "La competencia es de esta Sala.",
            "Resuelve esta Sala que no hay lugar.",
            "Voto en la casilla",
            "Competencia desleal",
        ] {
            assert_eq!(Heading::of(line), None, "{line}");
        }
    }
}
