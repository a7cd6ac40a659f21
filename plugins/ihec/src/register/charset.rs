//! Bytes to text. Offices export CSV from programs of three decades: UTF-8 with and without a byte
//! order mark, UTF-16 from "Unicode text", and windows-1256 from older Arabic Windows.
//!
//! A guess is never silent: what was not declared by a byte order mark or valid UTF-8 is named in a
//! warning, and text that was damaged before it reached us is named too.

use std::borrow::Cow;

use barid_plugin::Problems;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

use super::said;
use crate::limits::GUESSED_FROM_MAX;

/// Reads the bytes as text without byte order mark. `None`: the problems say why not.
pub(super) fn text<'i>(input: &'i [u8], problems: &mut Problems) -> Option<Cow<'i, str>> {
    let text = match Encoding::for_bom(input) {
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            utf_16(encoding, input.get(mark..).unwrap_or_default(), problems)?
        }
        Some((_, mark)) => utf_8(input.get(mark..).unwrap_or_default(), problems)?,
        None => utf_8(input, problems)?,
    };
    let lines = (1..).zip(text.lines());
    let mut garbled = lines.filter_map(|(number, line)| Some((number, misread_as(line)?)));
    // What garbled one line has garbled all: one warning, not one for each.
    if let Some((line, encoding)) = garbled.next() {
        said::garbled(problems, line, encoding, garbled.count());
    }
    Some(text)
}

fn utf_16<'i>(
    encoding: &'static Encoding,
    input: &'i [u8],
    problems: &mut Problems,
) -> Option<Cow<'i, str>> {
    let (text, broken) = encoding.decode_without_bom_handling(input);
    if broken {
        said::encoding_broken(problems, encoding.name());
        return None;
    }
    Some(text)
}

fn utf_8<'i>(input: &'i [u8], problems: &mut Problems) -> Option<Cow<'i, str>> {
    let invalid = match std::str::from_utf8(input) {
        Ok(text) => return Some(Cow::Borrowed(text)),
        Err(invalid) => invalid.valid_up_to(),
    };
    let (guess, _, _) = WINDOWS_1256.decode(input);
    if reads_as_arabic(&guess) {
        said::encoding_guessed(problems, WINDOWS_1256.name());
        return Some(guess);
    }
    said::encoding_unknown(problems, invalid);
    None
}

/// Whether a text decoded on trial is Arabic. Latin text with accents decodes to stray Arabic
/// letters between Latin ones; Arabic text decodes to words. So letters with an Arabic neighbour
/// must outnumber those with a Latin one by far.
fn reads_as_arabic(text: &str) -> bool {
    if text.contains('\0') {
        return false;
    }
    let letters: Vec<char> = text.chars().take(GUESSED_FROM_MAX).collect();
    let (mut in_words, mut astray) = (0_usize, 0_usize);
    for pair in letters.windows(2) {
        let &[left, right] = pair else { continue };
        match (is_arabic(left), is_arabic(right)) {
            (true, true) => in_words += 1,
            (true, false) if right.is_alphabetic() => astray += 1,
            (false, true) if left.is_alphabetic() => astray += 1,
            _ => {}
        }
    }
    let unknown = letters.iter().filter(|letter| letter.is_alphabetic() && !letter.is_ascii());
    let foreign = unknown.filter(|letter| !is_arabic(**letter)).count();
    in_words > 0 && in_words > (astray + foreign) * 8
}

fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{0621}'..='\u{064A}' | '\u{0671}'..='\u{06D5}')
}

fn has_arabic_word(text: &str) -> bool {
    let next = text.chars().skip(1);
    text.chars().zip(next).any(|(left, right)| is_arabic(left) && is_arabic(right))
}

/// The encoding as which UTF-8 was once read by mistake, if turning that mistake back gives an
/// Arabic word: `Ø§Ù„` was `ال`. One letter alone can be chance.
fn misread_as(line: &str) -> Option<&'static str> {
    if line.is_ascii() {
        return None;
    }
    let latin_1 = || line.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
    let turned_back = |encoding: &'static Encoding| {
        let (bytes, _, lost) = encoding.encode(line);
        (!lost).then(|| bytes.into_owned())
    };
    [
        (WINDOWS_1252.name(), turned_back(WINDOWS_1252)),
        (WINDOWS_1256.name(), turned_back(WINDOWS_1256)),
        ("ISO-8859-1", latin_1()),
    ]
    .into_iter()
    .find(|(_, bytes)| {
        let original = bytes.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok());
        original.is_some_and(has_arabic_word)
    })
    .map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADING: &str = "رقم الطعن,الطاعن,النتيجة\n";

    fn codes(input: &[u8]) -> (Option<String>, Vec<String>) {
        let mut problems = Problems::new();
        let text = text(input, &mut problems).map(Cow::into_owned);
        (text, problems.into_vec().into_iter().map(|problem| problem.code).collect())
    }

    #[test]
    fn declared_encodings_are_read_without_a_word() {
        let utf_16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{FEFF}".encode_utf16().chain(HEADING.encode_utf16()).flat_map(order).collect()
        };
        for input in [
            HEADING.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", HEADING.as_bytes()].concat(),
            utf_16(u16::to_le_bytes),
            utf_16(u16::to_be_bytes),
        ] {
            assert_eq!(codes(&input), (Some(HEADING.to_owned()), vec![]));
        }
    }

    #[test]
    fn windows_1256_is_read_and_named() {
        let (bytes, _, lost) = WINDOWS_1256.encode(HEADING);
        assert!(!lost);
        let (text, codes) = codes(&bytes);
        assert_eq!(text.as_deref(), Some(HEADING));
        assert_eq!(codes, ["encoding-guessed"]);
    }

    #[test]
    fn other_bytes_are_not_read_as_arabic() {
        let latin = b"City;State\nMontr\xE9al;Qu\xE9bec\nGen\xE8ve;\xC9tat\nM\xFCnchen;\xD6st\n";
        assert_eq!(codes(latin), (None, vec!["encoding-unknown".to_owned()]));
        assert_eq!(codes(b"\xFF\xFE\x00\xD8").1, ["encoding-broken"]);
        assert_eq!(codes(b"\0\xD8\0\xD9\0").1, ["encoding-unknown"]);
    }

    #[test]
    fn damaged_text_is_named_with_the_mistake_that_damaged_it() {
        let mistaken = |encoding: &'static Encoding| {
            encoding.decode_without_bom_handling("رقم الطعن".as_bytes()).0.into_owned()
        };
        assert_eq!(misread_as(&mistaken(WINDOWS_1252)), Some("windows-1252"));
        assert_eq!(misread_as(&mistaken(WINDOWS_1256)), Some("windows-1256"));
        let latin_1: String = "رقم".bytes().map(char::from).collect();
        assert_eq!(misread_as(&latin_1), Some("ISO-8859-1"));
        for sound in ["رقم الطعن", "Montréal", "plain", "ژمارەی تانە", "ط،"] {
            assert_eq!(misread_as(sound), None, "{sound}");
        }
    }
}
