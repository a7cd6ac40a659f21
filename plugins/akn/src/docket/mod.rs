//! Numbers of cases as Iraqi courts write them: sequence, name of the register, year.
//!
//! `612/الهيئة القضائية للانتخابات/2025` is one case. Joined cases share one literal:
//! `61/ 62/الهيئة القضائية للانتخابات/2023`, `83 وموحدتها 131 و185/اتحادية/2023`, or whole numbers
//! in a row, `126/اتحادية/2024 و2/اتحادية/2025`. Some literals speak of joined cases without saying
//! which: `12 و13 وموحداتها/اتحادية/2025`. Spaces, digit sets and keyboards differ from clerk to
//! clerk; the literal is kept, the normal form `612/2025` is what is compared.

mod list;
mod said;

use barid_plugin::{Place, Problems};
use barid_proto::text::{fold, has_bidi_control};
use barid_proto::v1::DocketNumber;

/// Longest literal, in bytes: the bound of `DocketNumber.literal` in `terms.proto`.
const LITERAL_MAX_BYTES: usize = 512;

/// One court's register of cases.
#[derive(Debug, Clone, Copy)]
pub struct Series<'s> {
    /// How the register's name is written, in all spellings that are not equal when folded
    /// ([`barid_proto::text::fold`]). None: how the court numbers its cases is not known, and its
    /// numbers are kept as written without normal form.
    pub names: &'s [&'s str],
}

/// One case of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Case {
    /// Its place in the sequence of the year, from 1.
    pub number: u32,
    /// Year of the register.
    pub year: u32,
}

/// What a literal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Docket {
    /// The cases, in the order of the literal: several when they were joined; never none.
    pub cases: Vec<Case>,
    /// Whether it speaks of further joined cases and does not say which.
    pub more_joined: bool,
    /// Whether digits of more than one set occur; such a number was often typed by two people.
    pub mixed_digits: bool,
}

impl Docket {
    /// The normal form of each number: `61/2023`, `62/2023`.
    pub fn normals(&self) -> impl Iterator<Item = String> + '_ {
        self.cases.iter().map(|case| format!("{}/{}", case.number, case.year))
    }
}

/// Why a literal is not a number of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Holds this invisible character, at this byte, that changes the writing direction: what a
    /// reader sees is not what is there.
    Direction(usize, char),
    /// Is not sequence, name and year.
    Shape,
}

/// What becomes of a document with a number that has another shape than its register's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// It is refused.
    Refuse,
    /// The number is kept without normal form, and a warning says so.
    Keep,
}

impl Series<'_> {
    /// Reads a literal.
    ///
    /// # Errors
    ///
    /// [`Unreadable`], when it is none of this register's.
    pub fn read(&self, literal: &str) -> Result<Docket, Unreadable> {
        if let Some((offset, control)) = has_bidi_control(literal) {
            return Err(Unreadable::Direction(offset, control));
        }
        if literal.len() > LITERAL_MAX_BYTES {
            return Err(Unreadable::Shape);
        }
        let mut list = list::read(&fold(literal), |name| self.is_named(name))
            .filter(|list| !list.cases.is_empty())
            .ok_or(Unreadable::Shape)?;
        list.mixed_digits = digit_sets(literal) > 1;
        Ok(list)
    }

    /// The literal as the wire has it: one docket number for each case in it, each with the whole
    /// literal. Problems are reported at `place`.
    pub fn wire(
        &self,
        institution: &str,
        literal: &str,
        place: &Place,
        strictness: Strictness,
        problems: &mut Problems,
    ) -> Vec<DocketNumber> {
        let number = |normal: String| DocketNumber {
            institution: institution.to_owned(),
            literal: literal.to_owned(),
            normal,
        };
        match self.read(literal) {
            Ok(_) | Err(Unreadable::Shape) if self.names.is_empty() => {
                vec![number(String::new())]
            }
            Ok(docket) => {
                if docket.mixed_digits {
                    said::mixed(problems, place.clone(), literal);
                }
                if docket.more_joined {
                    said::more_joined(problems, place.clone(), literal);
                }
                docket.normals().map(number).collect()
            }
            Err(unreadable) => {
                said::unreadable(problems, place.clone(), literal, unreadable, strictness);
                vec![number(String::new())]
            }
        }
    }

    fn is_named(&self, name: &str) -> bool {
        self.names.iter().any(|known| fold(known) == name.trim())
    }
}

/// The literals of a list of docket numbers, each once: joined cases follow each other and share
/// one.
#[must_use]
pub fn literals(numbers: &[DocketNumber]) -> Vec<&str> {
    let mut literals: Vec<&str> = numbers.iter().map(|number| number.literal.as_str()).collect();
    literals.dedup();
    literals
}

/// How many sets of digits a text uses: European, Arabic-Indic, Extended Arabic-Indic.
fn digit_sets(text: &str) -> usize {
    let sets = ['0'..='9', '\u{660}'..='\u{669}', '\u{6F0}'..='\u{6F9}'];
    sets.iter().filter(|set| text.chars().any(|c| set.contains(&c))).count()
}
