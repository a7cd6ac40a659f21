//! Numbers of case files (*expedientes*) of the Electoral Tribunal of the Federal Judiciary
//! (TEPJF): hall, medium of challenge, consecutive number, year.
//!
//! `SUP-JDC-28/2025` is one case. It is also written `SUP-JDC-0028-2025-` in addresses,
//! `SUP_JDC_28_2025_TEPJF.pdf` as a name, `sup jdc 28/25` by hand, `SUP-JDC-28/2025-Inc1` for an
//! incident in it and `SUP-JDC-0028-2025-Acuerdo1` for a paper of it. Joined cases are listed, or
//! follow as `Y ACUMULADOS`. The literal is kept; the normal form is what is compared.

mod parse;
mod said;
mod words;

use std::fmt;

use barid_plugin::{Place, Problems};
use barid_proto::v1::DocketNumber;

pub use self::words::{Hall, Medium, PaperWord};

/// The identifier under which the tribunal's numbers are kept, whoever sends them: a paper of
/// another institution that cites the tribunal does not make the number its own.
pub const TRIBUNAL: &str = "tepjf";

/// The year from which the tribunal numbers cases; two digits mean this year or one of the
/// ninety-nine after it.
pub const FIRST_YEAR: u16 = 1996;

/// One case, and which paper of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Docket {
    /// The hall whose register it is of.
    pub hall: Hall,
    /// The medium of challenge.
    pub medium: Medium,
    /// The consecutive number, from 1.
    pub number: u32,
    /// The year of the register.
    pub year: u16,
    /// The incident within the case. Absent: the case itself.
    pub incident: Option<Incident>,
    /// Which paper of the case is named. Absent: none, the case is.
    pub paper: Option<Paper>,
}

/// An incident within a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incident {
    /// Its number. Absent: the literal has none.
    pub number: Option<u16>,
}

/// A paper of a case, as the suffix of a literal names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// What it is.
    pub word: PaperWord,
    /// Its number. Absent: the literal has none.
    pub number: Option<u16>,
}

/// What a literal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The cases in it: several when cases were joined.
    pub dockets: Vec<Docket>,
    /// Whether it says that other cases were joined that it does not name (`Y ACUMULADOS`).
    pub and_others: bool,
}

/// Why a literal is no number of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// There is nothing in it.
    Empty,
    /// It is longer than the wire allows.
    TooLong,
    /// It holds this invisible character, at this byte, that changes the writing direction.
    Direction(usize, char),
    /// It holds this sign, which no such number has.
    Stranger(char),
    /// It does not begin with a hall.
    NoHall,
    /// It begins with this abbreviation, which is none of the tribunal's halls: a local tribunal's.
    OtherCourt(String),
    /// After the hall there is no medium of challenge.
    NoMedium,
    /// There is no consecutive number, or it is zero or longer than six digits.
    NoNumber,
    /// There is no year, or none in which the tribunal has a register.
    NoYear,
    /// After the number there is this, which is neither incident nor paper nor a further number.
    Tail(String),
}

impl Docket {
    /// The form in which cases are compared: `SUP-JDC-28/2025`, `SUP-JDC-28/2025-INC1`. Without the
    /// paper: two papers of a case are of one case.
    #[must_use]
    pub fn normal(&self) -> String {
        let case = format!("{}-{}-{}/{}", self.hall.code(), self.medium, self.number, self.year);
        match self.incident {
            Some(Incident { number: Some(number) }) => format!("{case}-INC{number}"),
            Some(Incident { number: None }) => format!("{case}-INC"),
            None => case,
        }
    }

    /// The case with its paper: `SUP-RAP-414/2024-ACUERDO1`. The normal form when no paper is
    /// named.
    #[must_use]
    pub fn with_paper(&self) -> String {
        let Some(paper) = &self.paper else { return self.normal() };
        let number = paper.number.map(|number| number.to_string()).unwrap_or_default();
        format!("{}-{}{number}", self.normal(), paper.word.code())
    }
}

impl fmt::Display for Docket {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.with_paper())
    }
}

/// Reads a literal.
///
/// # Errors
///
/// [`Refused`], when it is no number of the tribunal.
pub fn read(literal: &str) -> Result<Reading, Refused> {
    parse::read(literal)
}

/// Reads a name or address under which a paper is published: the last part of a path.
///
/// # Errors
///
/// [`Refused`], as [`read`].
pub fn read_address(address: &str) -> Result<Reading, Refused> {
    let address = address.trim().trim_end_matches('/');
    let is_path = address.contains("://");
    read(if is_path { address.rsplit('/').next().unwrap_or_default() } else { address })
}

/// The literal as the wire has it: one docket number for each case in it, each with the whole
/// literal. What is no number is an error at `place`, what is doubtful a warning.
pub fn wire(literal: &str, place: &Place, problems: &mut Problems) -> Vec<DocketNumber> {
    match read(literal) {
        Ok(reading) => {
            said::doubts(problems, place, literal, &reading);
            let number = |docket: &Docket| DocketNumber {
                institution: TRIBUNAL.to_owned(),
                literal: literal.to_owned(),
                normal: docket.normal(),
            };
            reading.dockets.iter().map(number).collect()
        }
        Err(refused) => {
            said::refused(problems, place, literal, &refused);
            Vec::new()
        }
    }
}
