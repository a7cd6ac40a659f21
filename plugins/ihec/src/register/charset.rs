//! Bytes to text. Offices export CSV from programs of three decades: UTF-8 with and without a byte
//! order mark, UTF-16 from "Unicode text", windows-1256 from older Arabic Windows, ISO-8859-6 from
//! Unix, code page 720 from DOS.
//!
//! A guess is never silent: what was not declared by a byte order mark or valid UTF-8 is named in a
//! warning.

use std::borrow::Cow;

use barid_plugin::Problems;
use encoding_rs::{Encoding, ISO_8859_6, UTF_16BE, UTF_16LE, WINDOWS_1256};

use super::said;
use crate::garbled::{cp720, likeness_to_arabic};
use crate::limits::GUESSED_FROM_MAX;

/// Name of the code page that the encoding library does not know.
const CP720: &str = "CP720";

/// Reads the bytes as text without byte order mark. `None`: the problems say why not.
pub(super) fn text<'i>(input: &'i [u8], problems: &mut Problems) -> Option<Cow<'i, str>> {
    let text = match Encoding::for_bom(input) {
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            utf_16(encoding, input.get(mark..).unwrap_or_default(), problems)?
        }
        Some((_, mark)) => utf_8(input.get(mark..).unwrap_or_default(), problems)?,
        None => match unmarked_utf_16(input) {
            Some(encoding) => {
                said::encoding_guessed(problems, encoding.name());
                utf_16(encoding, input, problems)?
            }
            None => utf_8(input, problems)?,
        },
    };
    let Some(nul) = text.find('\0') else { return Some(text) };
    said::nul(problems, line_of(&text, nul), nul);
    None
}

fn utf_16<'i>(
    encoding: &'static Encoding,
    input: &'i [u8],
    problems: &mut Problems,
) -> Option<Cow<'i, str>> {
    let (text, broken) = encoding.decode_without_bom_handling(input);
    if broken {
        said::encoding_broken(problems, encoding.name(), 0, 0);
        return None;
    }
    Some(text)
}

/// UTF-16 without a byte order mark: of two bytes one is zero for ASCII, or six for Arabic.
fn unmarked_utf_16(input: &[u8]) -> Option<&'static Encoding> {
    let looked_at = input.get(..input.len().min(GUESSED_FROM_MAX)).unwrap_or(input);
    let pairs = looked_at.chunks_exact(2);
    let count = pairs.len();
    if !input.len().is_multiple_of(2) || count < 2 {
        return None;
    }
    let (mut first, mut second) = (0_usize, 0_usize);
    for pair in pairs {
        let &[one, other] = pair else { continue };
        first += usize::from(matches!(one, 0 | 6));
        second += usize::from(matches!(other, 0 | 6));
    }
    let most = |these: usize, those: usize| these * 10 >= count * 9 && those * 10 < count * 3;
    if most(second, first) {
        Some(UTF_16LE)
    } else if most(first, second) {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn utf_8<'i>(input: &'i [u8], problems: &mut Problems) -> Option<Cow<'i, str>> {
    let broken = match std::str::from_utf8(input) {
        Ok(text) => return Some(Cow::Borrowed(text)),
        Err(broken) => broken.valid_up_to(),
    };
    if is_nearly_utf_8(input) {
        let line = line_of(&String::from_utf8_lossy(input.get(..broken).unwrap_or(input)), broken);
        said::encoding_broken(problems, "UTF-8", line, broken);
        return None;
    }
    match guessed(input) {
        Some((name, text)) => {
            said::encoding_guessed(problems, name);
            Some(text)
        }
        None => {
            said::encoding_unknown(problems, broken);
            None
        }
    }
}

/// Whether the bytes are UTF-8 but for a few: cut, or damaged in transport.
fn is_nearly_utf_8(input: &[u8]) -> bool {
    let (mut letters, mut broken) = (0_usize, 0_usize);
    for chunk in input.utf8_chunks() {
        letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    letters > broken * 8
}

/// The most likely of the encodings with one byte for each Arabic letter, if the bytes read as
/// Arabic in it.
fn guessed(input: &[u8]) -> Option<(&'static str, Cow<'_, str>)> {
    let looked_at = input.get(..input.len().min(GUESSED_FROM_MAX)).unwrap_or(input);
    let decode = |name: &str, bytes: &[u8]| -> Option<String> {
        if name == CP720 {
            return cp720(bytes);
        }
        let encoding = if name == ISO_8859_6.name() { ISO_8859_6 } else { WINDOWS_1256 };
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        Some(text.into_owned())
    };
    let (name, _) = [CP720, ISO_8859_6.name(), WINDOWS_1256.name()]
        .into_iter()
        .filter_map(|name| {
            let text = decode(name, looked_at)?;
            reads_as_arabic(&text).then(|| (name, likeness_to_arabic(&text)))
        })
        // The last of equals: windows-1256, by far the most frequent.
        .max_by_key(|(_, likeness)| *likeness)?;
    Some((name, Cow::Owned(decode(name, input)?)))
}

/// Whether a text decoded on trial is Arabic. Latin text with accents decodes to stray Arabic
/// letters between Latin ones; Arabic text decodes to words. So letters with an Arabic neighbour
/// must outnumber those with a Latin one by far.
fn reads_as_arabic(text: &str) -> bool {
    if text.contains('\0') {
        return false;
    }
    let letters: Vec<char> = text.chars().collect();
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
    matches!(letter, '\u{0621}'..='\u{0652}' | '\u{0671}'..='\u{06D5}')
}

/// The line, from 1, on which the byte at `offset` stands.
fn line_of(text: &str, offset: usize) -> u32 {
    let before = text.get(..offset.min(text.len())).unwrap_or(text);
    let ends = before.matches('\n').count() + before.matches('\r').count();
    super::count(ends - before.matches("\r\n").count() + 1)
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

    fn utf_16_bytes(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn declared_encodings_are_read_without_a_word() {
        let marked = format!("\u{FEFF}{HEADING}");
        for input in [
            HEADING.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            utf_16_bytes(&marked, u16::to_le_bytes),
            utf_16_bytes(&marked, u16::to_be_bytes),
        ] {
            assert_eq!(codes(&input), (Some(HEADING.to_owned()), vec![]));
        }
    }

    #[test]
    fn utf_16_without_mark_is_read_and_named() {
        for text in [HEADING, "appeal no.,appellant\n1,ali\n", "ژمارەی تانە;ناو\n"] {
            for order in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
                let read = codes(&utf_16_bytes(text, order));
                assert_eq!(read, (Some(text.to_owned()), vec!["encoding-guessed".to_owned()]));
            }
        }
    }

    #[test]
    fn arabic_code_pages_are_read_and_named() {
        let encoded = |encoding: &'static Encoding| {
            let (bytes, _, lost) = encoding.encode(HEADING);
            assert!(!lost);
            bytes.into_owned()
        };
        let dos: Vec<u8> = HEADING
            .chars()
            .map(|letter| {
                let is = |byte: &u8| cp720(&[*byte]).is_some_and(|text| text.starts_with(letter));
                (0..=255).find(is).unwrap()
            })
            .collect();
        for (bytes, name) in [
            (encoded(WINDOWS_1256), "windows-1256"),
            (encoded(ISO_8859_6), "ISO-8859-6"),
            (dos, "CP720"),
        ] {
            let mut problems = Problems::new();
            let read = text(&bytes, &mut problems).map(Cow::into_owned);
            assert_eq!(read.as_deref(), Some(HEADING), "{name}");
            let found = problems.into_vec();
            assert_eq!(found.len(), 1, "{name}");
            assert_eq!(found[0].code, "encoding-guessed");
            assert!(format!("{:?}", found[0].what).contains(name), "{:?}", found[0].what);
        }
    }

    #[test]
    fn other_bytes_are_not_read_as_arabic() {
        let latin = b"City;State\nMontr\xE9al;Qu\xE9bec\nGen\xE8ve;\xC9tat\nM\xFCnchen;\xD6st\n";
        assert_eq!(codes(latin), (None, vec!["encoding-unknown".to_owned()]));
        assert_eq!(codes(b"\xFF\xFE\x00\xD8").1, ["encoding-broken"]);
        assert_eq!(codes(b"\0\xD8\0\xD9\0").1, ["encoding-unknown"]);
    }

    #[test]
    fn broken_utf_8_and_nul_are_refused_with_their_place() {
        let broken = [HEADING.as_bytes(), b"1,\xD8,x\n"].concat();
        let mut problems = Problems::new();
        assert_eq!(text(&broken, &mut problems), None);
        let found = problems.into_vec();
        let place = found[0].place.clone().unwrap();
        assert_eq!((found[0].code.as_str(), place.line), ("encoding-broken", 2));
        assert_eq!(place.offset_bytes, HEADING.len() as u64 + 2);

        assert_eq!(codes("رقم الطعن\n1\0\n".as_bytes()), (None, vec!["nul".to_owned()]));
        for ends in ["a\nb\nc", "a\rb\rc", "a\r\nb\r\nc"] {
            assert_eq!(line_of(ends, ends.len()), 3, "{ends:?}");
        }
    }
}
