//! Numbers of cases as Iraqi courts write them: sequence, name of the register, year.
//!
//! `612/الهيئة القضائية للانتخابات/2025` is one case. Joined cases share one literal:
//! `61/ 62/الهيئة القضائية للانتخابات/2023`, `83 وموحدتها 131 و185/اتحادية/2023`. Spaces, digit
//! sets and keyboards differ from clerk to clerk; the literal is kept, the normal form `612/2025`
//! is what is compared.

use barid_json_reading::shown;
use barid_plugin::{Place, Problems};
use barid_proto::text::{fold, has_bidi_control};
use barid_proto::v1::DocketNumber;

/// Longest literal, in bytes: the bound of `DocketNumber.literal` in `terms.proto`.
const LITERAL_MAX_BYTES: usize = 512;

/// Most cases in one literal. More than a handful has not been seen.
const JOINED_MAX: usize = 64;

/// Years that a register can be of. The courts in question began to number so after 2005.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2200;

/// Words and signs between the numbers of joined cases: "and", "and the one joined to it" in its
/// forms.
const JOINING: &[&str] =
    &["و", "وموحدتها", "وموحدتاها", "وموحداتها", "وموحدها", "+", "،", ",", "&", "and"];

/// One court's register of cases.
#[derive(Debug, Clone, Copy)]
pub struct Series<'s> {
    /// How the register's name is written, in all spellings that are not equal when folded
    /// ([`barid_proto::text::fold`]).
    pub names: &'s [&'s str],
}

/// What a literal says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Docket {
    /// Sequence numbers: several when cases were joined.
    pub numbers: Vec<u32>,
    /// Year of the register.
    pub year: u32,
    /// Whether digits of more than one set occur; such a number was often typed by two people.
    pub mixed_digits: bool,
}

impl Docket {
    /// The normal form of each number: `61/2023`, `62/2023`.
    pub fn normals(&self) -> impl Iterator<Item = String> + '_ {
        self.numbers.iter().map(|number| format!("{number}/{}", self.year))
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
        let folded = fold(literal);
        let (rest, year) = folded.rsplit_once('/').ok_or(Unreadable::Shape)?;
        let numbers = match rest.rsplit_once('/') {
            Some((numbers, name)) if self.is_named(name) => numbers,
            // The normal form itself: `612/2025`.
            None => rest,
            Some(_) => return Err(Unreadable::Shape),
        };
        Ok(Docket {
            numbers: sequence(numbers).ok_or(Unreadable::Shape)?,
            year: whole_number(year)
                .filter(|year| YEARS.contains(year))
                .ok_or(Unreadable::Shape)?,
            mixed_digits: digit_sets(literal) > 1,
        })
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
            Ok(docket) => {
                if docket.mixed_digits {
                    say_mixed(problems, place.clone(), literal);
                }
                docket.normals().map(number).collect()
            }
            Err(unreadable) => {
                say_unreadable(problems, place.clone(), literal, unreadable, strictness);
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

/// The numbers of a list: `83 و185`, `61/ 62`. `None`: something else is between or around them.
fn sequence(list: &str) -> Option<Vec<u32>> {
    let mut numbers = Vec::new();
    for part in list.split('/') {
        let mut expect_number = true;
        for run in runs(part) {
            if run.starts_with(|c: char| c.is_ascii_digit()) {
                numbers.push(whole_number(run).filter(|number| *number > 0 && expect_number)?);
            } else if expect_number || !JOINING.iter().any(|word| fold(word) == run) {
                return None;
            }
            expect_number = !expect_number;
        }
        // A part ends with a number.
        if expect_number || numbers.len() > JOINED_MAX {
            return None;
        }
    }
    Some(numbers)
}

/// Runs of digits and of other characters, in turn, without the spaces around them.
fn runs(text: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        runs.push(run.trim());
        rest = after.trim_start();
    }
    runs
}

/// At most eight digits: no register has reached a hundred million cases.
fn whole_number(digits: &str) -> Option<u32> {
    let digits = digits.trim();
    let plain = (1..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// How many sets of digits a text uses: European, Arabic-Indic, Extended Arabic-Indic.
fn digit_sets(text: &str) -> usize {
    let sets = ['0'..='9', '\u{660}'..='\u{669}', '\u{6F0}'..='\u{6F9}'];
    sets.iter().filter(|set| text.chars().any(|c| set.contains(&c))).count()
}

fn say_mixed(problems: &mut Problems, place: Place, literal: &str) {
    problems.warning(
        "digits-mixed",
        place,
        &[
            ("ar", &format!("في الرقم {} أرقام من أكثر من مجموعة.", shown(literal))),
            ("en", &format!("The number {} mixes sets of digits.", shown(literal))),
        ],
        &[
            ("ar", "قارن الرقم بالأصل الورقي."),
            ("en", "Compare the number with the paper original."),
        ],
    );
}

fn say_unreadable(
    problems: &mut Problems,
    place: Place,
    literal: &str,
    unreadable: Unreadable,
    strictness: Strictness,
) {
    match (unreadable, strictness) {
        (Unreadable::Direction(offset, control), _) => {
            let code = format!("U+{:04X}", u32::from(control));
            problems.error(
                "bidi-control",
                place,
                &[
                    (
                        "ar",
                        &format!("في الرقم رمز خفي {code} يغيّر اتجاه الكتابة (البايت {offset})."),
                    ),
                    ("en", &format!("The number holds the invisible {code} at byte {offset}.")),
                ],
                &[("ar", "أعد كتابة الرقم يدوياً."), ("en", "Type the number again by hand.")],
            );
        }
        (Unreadable::Shape, Strictness::Refuse) => problems.error(
            "docket-unreadable",
            place,
            &[
                ("ar", &format!("الرقم {} ليس رقماً من هذا السجل.", shown(literal))),
                ("en", &format!("{} is not a number of this register.", shown(literal))),
            ],
            &[
                ("ar", "اكتب التسلسل واسم السجل والسنة تفصل بينها شرطة مائلة."),
                ("en", "Write sequence, name of the register and year, with slashes between."),
            ],
        ),
        (Unreadable::Shape, Strictness::Keep) => problems.warning(
            "docket-unknown",
            place,
            &[
                ("ar", &format!("الرقم {} محفوظ كما كتب من غير صيغة موحدة.", shown(literal))),
                ("en", &format!("{} was kept as written, without normal form.", shown(literal))),
            ],
            &[("ar", "تأكد من الرقم."), ("en", "Check the number.")],
        ),
    }
}
