//! Numbers as Word shows them before paragraphs (ECMA-376 part 1, section 17.18.59).

/// How a level of a list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Count {
    Decimal,
    /// With a zero before one digit.
    DecimalZero,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    /// أ، ب، ت …: the order of the dictionary.
    ArabicAlpha,
    /// أ، ب، ج …: the order of the old numerals.
    ArabicAbjad,
    /// A sign, the same each time.
    Bullet,
    /// The level has a text and no number.
    None,
    /// Counts in a way that is not known here.
    Unknown,
}

const ALPHA: [&str; 28] = [
    "أ", "ب", "ت", "ث", "ج", "ح", "خ", "د", "ذ", "ر", "ز", "س", "ش", "ص", "ض", "ط", "ظ", "ع", "غ",
    "ف", "ق", "ك", "ل", "م", "ن", "ه", "و", "ي",
];

const ABJAD: [&str; 28] = [
    "أ", "ب", "ج", "د", "ه", "و", "ز", "ح", "ط", "ي", "ك", "ل", "م", "ن", "س", "ع", "ف", "ص", "ق",
    "ر", "ش", "ت", "ث", "خ", "ذ", "ض", "ظ", "غ",
];

const LATIN: [&str; 26] = [
    "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "r", "s",
    "t", "u", "v", "w", "x", "y", "z",
];

const ROMAN: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// The highest number that letters are repeated for, and that Roman numerals are used for. Beyond
/// it Word's own labels cannot be read either.
const LETTERS_MAX: u32 = 780;
const ROMAN_MAX: u32 = 3_999;

impl Count {
    /// The way of counting that `w:numFmt` names.
    pub(crate) fn named(name: &str) -> Self {
        match name {
            "decimal" => Self::Decimal,
            "decimalZero" => Self::DecimalZero,
            "lowerLetter" => Self::LowerLetter,
            "upperLetter" => Self::UpperLetter,
            "lowerRoman" => Self::LowerRoman,
            "upperRoman" => Self::UpperRoman,
            "arabicAlpha" => Self::ArabicAlpha,
            "arabicAbjad" => Self::ArabicAbjad,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            _ => Self::Unknown,
        }
    }

    /// A number in this way of counting.
    pub(crate) fn write(self, number: u32) -> String {
        match self {
            Self::DecimalZero => format!("{number:02}"),
            Self::LowerLetter => letters(number, &LATIN),
            Self::UpperLetter => letters(number, &LATIN).to_uppercase(),
            Self::LowerRoman => roman(number),
            Self::UpperRoman => roman(number).to_uppercase(),
            Self::ArabicAlpha => letters(number, &ALPHA),
            Self::ArabicAbjad => letters(number, &ABJAD),
            Self::Bullet | Self::None | Self::Unknown => String::new(),
            Self::Decimal => number.to_string(),
        }
    }
}

/// Behind the last letter each is doubled, then trebled.
fn letters(number: u32, alphabet: &[&str]) -> String {
    let length = u32::try_from(alphabet.len()).unwrap_or(u32::MAX);
    if !(1..=LETTERS_MAX).contains(&number) {
        return number.to_string();
    }
    let (times, at) = ((number - 1) / length + 1, (number - 1) % length);
    let letter = alphabet.get(at as usize).copied().unwrap_or_default();
    letter.repeat(times as usize)
}

fn roman(number: u32) -> String {
    if !(1..=ROMAN_MAX).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut written = String::new();
    for (value, sign) in ROMAN {
        while rest >= value {
            written.push_str(sign);
            rest -= value;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::Count::{self, *};

    #[test]
    fn each_way_of_counting_writes_what_word_shows() {
        for (count, number, written) in [
            (Decimal, 12, "12"),
            (DecimalZero, 7, "07"),
            (LowerLetter, 3, "c"),
            (UpperLetter, 27, "AA"),
            (LowerLetter, 54, "bbb"),
            (LowerRoman, 14, "xiv"),
            (UpperRoman, 1994, "MCMXCIV"),
            (ArabicAlpha, 3, "ت"),
            (ArabicAbjad, 3, "ج"),
            (LowerRoman, 0, "0"),
            (LowerRoman, 2_000_000_000, "2000000000"),
            (LowerLetter, 4_000_000_000, "4000000000"),
            (Count::None, 5, ""),
        ] {
            assert_eq!(count.write(number), written);
        }
    }
}
