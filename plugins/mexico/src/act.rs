//! Numbers of acts of the National Electoral Institute (INE): agreements and resolutions
//! `INE/CG228/2025`, the Complaints Commission's `ACQyD-INE-72/2024`, and complaint files
//! `UT/SCG/Q/JEMG/JD08/CHIH/1/2024`.

use barid_json_reading::shown;
use barid_plugin::{Place, Problems};

use crate::tokens::{self, Cursor, Token, Uncut};

/// The first year of acts with two digits of the year; the institute's forerunner began in 1990.
const FIRST_YEAR: u16 = 1990;

/// Words that may stand before a number.
const BEFORE: [&str; 8] =
    ["acuerdo", "resolucion", "clave", "numero", "num", "no", "expediente", "dictamen"];

/// Organs of the institute, with their names in Spanish.
const ORGANS: [(&str, &str); 5] = [
    ("CG", "Consejo General"),
    ("JGE", "Junta General Ejecutiva"),
    ("CQYD", "Comisión de Quejas y Denuncias"),
    ("CF", "Comisión de Fiscalización"),
    ("CPPP", "Comisión de Prerrogativas y Partidos Políticos"),
];

/// Most parts of a complaint file's number. Seven have been seen.
const PARTS_MAX: usize = 12;

/// The number of an act or complaint file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// An agreement or resolution of an organ of the institute: `INE/CG228/2025`.
    Organ {
        /// The organ's abbreviation: `CG`.
        organ: String,
        /// The consecutive number, from 1.
        number: u32,
        /// The year.
        year: u16,
    },
    /// An agreement of the Complaints Commission: `ACQyD-INE-72/2024`.
    Complaints {
        /// The consecutive number, from 1.
        number: u32,
        /// The year.
        year: u16,
    },
    /// A complaint file: unit, type, initials, board, state, number, year.
    Complaint {
        /// The parts before number and year, in capitals: `UT`, `SCG`, `Q`, `JEMG`, `JD08`, `CHIH`.
        parts: Vec<String>,
        /// The consecutive number, from 1.
        number: u32,
        /// The year.
        year: u16,
    },
}

impl Act {
    /// The form in which acts are compared.
    #[must_use]
    pub fn normal(&self) -> String {
        match self {
            Self::Organ { organ, number, year } => format!("INE/{organ}{number}/{year}"),
            Self::Complaints { number, year } => format!("ACQyD-INE-{number}/{year}"),
            Self::Complaint { parts, number, year } => {
                format!("{}/{number}/{year}", parts.join("/"))
            }
        }
    }

    /// The organ's name in Spanish. `None`: it is not on the list.
    #[must_use]
    pub fn organ(&self) -> Option<&'static str> {
        let code = match self {
            Self::Organ { organ, .. } => organ.as_str(),
            Self::Complaints { .. } => "CQYD",
            Self::Complaint { .. } => return Some("Unidad Técnica de lo Contencioso Electoral"),
        };
        ORGANS.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
    }
}

/// Why a literal is no number of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It holds this invisible character, at this byte, that changes the writing direction.
    Direction(usize, char),
    /// It is empty, too long, holds a strange sign, or has another shape.
    Shape,
}

/// Reads a literal.
///
/// # Errors
///
/// [`Refused`], when it is no number of the institute.
pub fn read(literal: &str) -> Result<Act, Refused> {
    let tokens = tokens::cut(literal).map_err(|uncut| match uncut {
        Uncut::Direction(offset, control) => Refused::Direction(offset, control),
        Uncut::Empty | Uncut::TooLong | Uncut::Stranger(_) => Refused::Shape,
    })?;
    let mut cursor = Cursor::new(&tokens);
    loop {
        cursor.gap();
        let here = cursor.position();
        if !cursor.word().is_some_and(|word| BEFORE.contains(&word)) {
            cursor.back_to(here);
            break;
        }
    }
    let here = cursor.position();
    let act = match cursor.word() {
        Some("ine") => organ(&mut cursor),
        Some("acqyd") => complaints(&mut cursor),
        Some("ut") => complaint(tokens.get(here..).unwrap_or_default()),
        _ => None,
    };
    act.ok_or(Refused::Shape)
}

fn organ(cursor: &mut Cursor<'_>) -> Option<Act> {
    tokens::is_inside(cursor.gap()).then_some(())?;
    let organ = cursor.word().filter(|organ| (2..=8).contains(&organ.len()))?;
    let organ = organ.to_ascii_uppercase();
    let (number, year) = number_and_year(cursor)?;
    Some(Act::Organ { organ, number, year })
}

fn complaints(cursor: &mut Cursor<'_>) -> Option<Act> {
    tokens::is_inside(cursor.gap()).then_some(())?;
    cursor.word().filter(|word| *word == "ine")?;
    let (number, year) = number_and_year(cursor)?;
    Some(Act::Complaints { number, year })
}

/// Number and year at the end of a literal.
fn number_and_year(cursor: &mut Cursor<'_>) -> Option<(u32, u16)> {
    tokens::is_inside(cursor.gap()).then_some(())?;
    let number = cursor.number().and_then(tokens::sequence)?;
    Some(cursor.gap()).filter(|gap| !gap.is_empty() && tokens::is_inside(gap))?;
    let year = cursor.number().and_then(|digits| tokens::year(digits, FIRST_YEAR))?;
    cursor.gap();
    cursor.is_at_end().then_some((number, year))
}

/// A complaint file: parts between slashes, of which a part may be letters and digits.
fn complaint(tokens: &[Token]) -> Option<Act> {
    let mut parts = vec![String::new()];
    for token in tokens {
        match token {
            Token::Word(text) | Token::Number(text) => {
                parts.last_mut()?.push_str(&text.to_ascii_uppercase());
            }
            Token::Gap(gap) if gap.trim() == "/" => parts.push(String::new()),
            Token::Gap(_) => return None,
        }
    }
    let year = parts.pop().and_then(|digits| tokens::year(&digits, FIRST_YEAR))?;
    let number = parts.pop().as_deref().and_then(tokens::sequence)?;
    let good = (3..=PARTS_MAX).contains(&parts.len()) && parts.iter().all(|part| !part.is_empty());
    good.then_some(Act::Complaint { parts, number, year })
}

/// Says that a literal is no number of the institute.
pub fn say_refused(problems: &mut Problems, place: Place, literal: &str, why: Refused) {
    let code = match why {
        Refused::Direction(..) => "bidi-control",
        Refused::Shape => "act-unreadable",
    };
    let literal = shown(literal);
    problems.error(
        code,
        place,
        &[
            ("es", &format!("{literal} no es un número de acuerdo, resolución o queja del INE.")),
            ("en", &format!("{literal} is no number of an act or complaint file of the INE.")),
            ("ar", &format!("{literal} ليس رقم قرار أو شكوى للمعهد الوطني الانتخابي.")),
        ],
        &[
            ("es", "Escríbalo como INE/CG228/2025."),
            ("en", "Write it as INE/CG228/2025."),
            ("ar", "اكتبه مثل \u{2066}INE/CG228/2025\u{2069}."),
        ],
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_act_are_one() {
        for literal in [
            "INE/CG228/2025",
            "ine/cg 228/2025",
            "INE-CG228-2025",
            "INE/CG0228/25",
            "Acuerdo INE / CG228 / 2025.",
            "INE∕CG228⁄2025",
        ] {
            assert_eq!(read(literal).unwrap().normal(), "INE/CG228/2025", "{literal}");
        }
        let act = read("ACQyD–INE–72/2024").unwrap();
        assert_eq!(act.normal(), "ACQyD-INE-72/2024");
        assert_eq!(act.organ(), Some("Comisión de Quejas y Denuncias"));
        let file = read("UT/SCG/Q/JEMG/JD08/CHIH/1/2024").unwrap();
        assert_eq!(file.normal(), "UT/SCG/Q/JEMG/JD08/CHIH/1/2024");
        assert_eq!(read(&file.normal()), Ok(file));
        assert_eq!(read("INE/XYZ7/2024").unwrap().organ(), None, "kept, without a name");
    }

    #[test]
    fn what_is_no_act_is_refused() {
        for literal in [
            "",
            "INE",
            "INE/CG/2025",
            "INE/CG228",
            "INE/CG228/2025/7",
            "INE/CG228/1889",
            "CG228/2025",
            "SUP-JDC-28/2025",
            "UT/1/2024",
            "UT//SCG/Q/1/2024",
            "INE/CG228/2025 y otros",
        ] {
            assert_eq!(read(literal), Err(Refused::Shape), "{literal}");
        }
        assert!(matches!(read("INE/\u{202E}CG228/2025"), Err(Refused::Direction(4, _))));
    }
}
