//! Text that was damaged before it reached us, by a program that took it for another encoding. The
//! damage is named, with what happened and how to export again; the text itself is never mended:
//! what was sent is the evidence.

mod codepage;
mod misread;
mod said;

pub(crate) use codepage::cp720;
pub(crate) use misread::likeness_to_arabic;
pub(crate) use said::warn;

/// What happened to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Damage {
    /// It was in one encoding and was read as another.
    Misread {
        /// What it was.
        was: &'static str,
        /// What it was taken for.
        read_as: &'static str,
        /// How many times over.
        times: u8,
    },
    /// It has the character U+FFFD, which programs put where they could not read a byte.
    Replaced,
    /// It has question marks where letters were: it was saved in an encoding without them.
    QuestionMarks,
}

/// What happened to a text, if anything can be seen of it.
pub(crate) fn damage(text: &str) -> Option<Damage> {
    if let Some(misread) = misread::find(text) {
        return Some(misread);
    }
    if text.contains(char::REPLACEMENT_CHARACTER) {
        return Some(Damage::Replaced);
    }
    is_question_marks(text).then_some(Damage::QuestionMarks)
}

/// Whether a text consists of question marks as words: `??? ?????`. One `?` or `???` is how people
/// say that they do not know.
fn is_question_marks(text: &str) -> bool {
    // Most texts have none, which is quickly seen.
    if !text.contains('?') || text.chars().any(char::is_alphabetic) {
        return false;
    }
    let runs = text.split(|letter| letter != '?').map(str::len);
    let (words, longest) = runs
        .filter(|length| *length > 1)
        .fold((0, 0), |(words, most), run| (words + 1, most.max(run)));
    longest > 3 || (words > 1 && longest > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_marks_in_place_of_words_are_damage() {
        for lost in ["????", "??? ?????", "?? ??/2025"] {
            assert_eq!(damage(lost), Some(Damage::QuestionMarks), "{lost}");
        }
        for sound in ["?", "???", "من؟؟؟؟", "who ????", "12?", ""] {
            assert_eq!(damage(sound), None, "{sound}");
        }
    }

    #[test]
    fn a_replaced_character_is_damage() {
        assert_eq!(damage("رقم الط\u{FFFD}ن"), Some(Damage::Replaced));
    }
}
