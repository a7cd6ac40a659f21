//! Turning back the mistake of a program that read a text in the wrong encoding. If what comes out
//! is Arabic, that was the mistake.

use barid_proto::text::fold;
use encoding_rs::{Encoding, ISO_8859_6, MACINTOSH, WINDOWS_1250, WINDOWS_1252, WINDOWS_1256};

use super::Damage;

/// Encodings as which UTF-8 is taken by mistake, the most frequent first.
const TAKEN_FOR: [&Encoding; 4] = [WINDOWS_1252, WINDOWS_1256, WINDOWS_1250, MACINTOSH];

/// Its C1 controls are what tells it from windows-1252.
const LATIN_1: &str = "ISO-8859-1";

/// How often one text is turned back: each turn of a program doubles its length.
const TURNS_MAX: u8 = 3;

/// The least letters that make a word. One or two together can be chance.
const WORD_MIN: usize = 3;

/// The least letters that no Latin text has together without any of ASCII among them.
const SURE_MIN: usize = 6;

/// Finds the mistake that garbled a text.
pub(super) fn find(text: &str) -> Option<Damage> {
    if text.is_ascii() {
        return None;
    }
    let utf_8_misread = parts(text).find_map(|part| {
        TAKEN_FOR.iter().find_map(|encoding| Some((*encoding, turns(part, encoding, 0)?)))
    });
    let Some((encoding, times)) = utf_8_misread else { return arabic_misread(text) };
    let plain_latin = encoding == WINDOWS_1252 && text.chars().any(is_c1);
    let read_as = if plain_latin { LATIN_1 } else { encoding.name() };
    Some(Damage::Misread { was: "UTF-8", read_as, times })
}

/// What stands between the ASCII of a text: UTF-8 has none inside a letter.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| letter.is_ascii()).filter(|part| !part.is_empty())
}

fn is_c1(letter: char) -> bool {
    // windows-1252 leaves five bytes undefined, which programs pass through as controls too.
    matches!(letter, '\u{80}'..='\u{9F}')
        && !matches!(letter, '\u{81}' | '\u{8D}' | '\u{8F}' | '\u{90}' | '\u{9D}')
}

/// How many times the mistake has to be turned back until Arabic comes out.
fn turns(part: &str, encoding: &'static Encoding, before: u8) -> Option<u8> {
    if !may_be_misread(part, encoding) {
        return None;
    }
    let bytes = turned_back(part, encoding)?;
    if is_arabic_utf_8(&bytes, encoding == WINDOWS_1256) {
        return Some(before + 1);
    }
    let again = std::str::from_utf8(&bytes).ok().filter(|_| before + 1 < TURNS_MAX)?;
    // As deep as `TURNS_MAX`.
    parts(again).find_map(|part| turns(part, encoding, before + 1))
}

/// Whether a part can be UTF-8 that was taken for this encoding: sound Arabic, which is most of
/// what is looked at, cannot, and is passed over soon.
fn may_be_misread(part: &str, encoding: &'static Encoding) -> bool {
    if encoding == WINDOWS_1256 {
        // What the first bytes of Arabic and of punctuation in UTF-8 (D8 to DB, C2, C3, E2) are.
        return part.starts_with(['ط', 'ظ', 'ع', 'غ', 'آ', 'أ', 'â']);
    }
    !part.chars().any(is_arabic)
}

/// The bytes that were read wrongly. Programs take ISO-8859-1 for windows-1252 and the other way
/// round, character by character.
fn turned_back(part: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    if encoding == WINDOWS_1252 {
        return part.chars().map(|letter| latin_byte(letter, encoding)).collect();
    }
    let (bytes, _, lost) = encoding.encode(part);
    (!lost).then(|| bytes.into_owned())
}

fn latin_byte(letter: char, encoding: &'static Encoding) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(letter)) {
        return Some(byte);
    }
    let mut alone = [0; 4];
    let (bytes, _, lost) = encoding.encode(letter.encode_utf8(&mut alone));
    bytes.first().copied().filter(|_| !lost)
}

/// Whether bytes are Arabic in UTF-8. Some may be lost on the way, but of `strict` bytes none: real
/// Arabic in windows-1256 has such pairs too, in places.
fn is_arabic_utf_8(bytes: &[u8], strict: bool) -> bool {
    let pairs = bytes.windows(2).filter(|pair| matches!(pair, [0xD8..=0xDB, 0x80..=0xBF]));
    let letters = pairs.count();
    if strict {
        return letters > 1 && std::str::from_utf8(bytes).is_ok_and(is_all_arabic);
    }
    letters > 1 && letters * 2 * 4 >= bytes.len() * 3
}

fn is_all_arabic(text: &str) -> bool {
    text.chars().all(|letter| matches!(letter, '\u{600}'..='\u{6FF}' | '\u{200B}'..='\u{200F}'))
}

/// Arabic of one byte for each letter that was read as Latin: `ÑÞã ÇáØÚä` was `رقم الطعن`.
fn arabic_misread(text: &str) -> Option<Damage> {
    let (mut high, mut ascii, mut longest, mut run) = (0_usize, 0_usize, 0_usize, 0_usize);
    for letter in text.chars() {
        let is_high = matches!(letter, '\u{C0}'..='\u{FF}');
        high += usize::from(is_high);
        ascii += usize::from(letter.is_ascii_alphabetic());
        run = if is_high { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    // In every language written in Latin letters, those with accents are the fewer.
    if longest < WORD_MIN || high <= ascii * 2 {
        return None;
    }
    let bytes: Vec<u8> =
        text.chars().map(|letter| latin_byte(letter, WINDOWS_1252)).collect::<Option<_>>()?;
    let (was, _) = [WINDOWS_1256, ISO_8859_6]
        .into_iter()
        .rev()
        .filter_map(|encoding| {
            let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes)?;
            is_arabic_text(&text).then(|| (encoding.name(), likeness_to_arabic(&text)))
        })
        .filter(|(_, likeness)| *likeness > 0 || high >= SURE_MIN)
        // The last of equals: windows-1256, by far the more frequent.
        .max_by_key(|(_, likeness)| *likeness)?;
    Some(Damage::Misread { was, read_as: WINDOWS_1252.name(), times: 1 })
}

fn is_arabic_text(text: &str) -> bool {
    let mut letters = text.chars().filter(|letter| letter.is_alphabetic());
    let arabic = letters.clone().filter(|letter| is_arabic(*letter)).count();
    arabic > 0 && letters.all(|letter| is_arabic(letter) || letter.is_ascii())
}

fn is_arabic(letter: char) -> bool {
    matches!(letter, '\u{620}'..='\u{65F}' | '\u{66E}'..='\u{6D5}')
}

/// Words of registers and names, which tell a right reading of bytes from a wrong one. Folded.
const WORDS: [&str; 48] = [
    "رقم",
    "تاريخ",
    "اسم",
    "الاسم",
    "الطعن",
    "الطاعن",
    "الشكوي",
    "المشتكي",
    "القرار",
    "النتيجه",
    "المكتب",
    "الملاحظات",
    "ملاحظات",
    "المحافظه",
    "العدد",
    "سجل",
    "الطعون",
    "الشكاوي",
    "التقديم",
    "المحضر",
    "عدد",
    "الاوراق",
    "الهييه",
    "المفوضيه",
    "المجلس",
    "رد",
    "شكلا",
    "قبول",
    "محمد",
    "علي",
    "حسن",
    "حسين",
    "احمد",
    "عبد",
    "الله",
    "كريم",
    "جاسم",
    "بغداد",
    "البصره",
    "نينوي",
    "في",
    "من",
    "الي",
    "عن",
    "ژماره",
    "تانه",
    "ناو",
    "بريار",
];

/// How much a text reads like the Arabic or Kurdish of a register: known words count most, the
/// article a little. Only for comparing two readings of the same bytes.
pub(crate) fn likeness_to_arabic(text: &str) -> usize {
    let folded = fold(text);
    let words = folded.split(|letter: char| !letter.is_alphabetic());
    words
        .map(|word| {
            let has_article = word.chars().count() > WORD_MIN && word.starts_with("ال");
            usize::from(WORDS.contains(&word)) * 4 + usize::from(has_article)
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::super::damage;
    use super::*;

    fn read_as(encoding: &'static Encoding, bytes: &[u8]) -> String {
        encoding.decode_without_bom_handling(bytes).0.into_owned()
    }

    fn misread(was: &'static str, read_as: &'static str, times: u8) -> Option<Damage> {
        Some(Damage::Misread { was, read_as, times })
    }

    const SENTENCES: [&str; 4] = [
        "رقم الطعن",
        "السيد علي حسن محمد الجبوري",
        "ژمارەی تانە و ناوی سکاڵاکار",
        "رد الطعن شكلاً، القرار ٢١٤ في ١٦/١١/٢٠٢٥",
    ];

    #[test]
    fn utf_8_read_as_something_else_is_named() {
        for sentence in SENTENCES {
            for encoding in [WINDOWS_1252, WINDOWS_1256, WINDOWS_1250] {
                let garbled = read_as(encoding, sentence.as_bytes());
                // Bytes that an encoding does not have are lost, but others are left.
                assert_eq!(damage(&garbled), misread("UTF-8", encoding.name(), 1), "{garbled}");
            }
            let latin_1: String = sentence.bytes().map(char::from).collect();
            assert_eq!(damage(&latin_1), misread("UTF-8", "ISO-8859-1", 1), "{latin_1}");
        }
    }

    #[test]
    fn what_was_garbled_twice_is_counted() {
        for sentence in SENTENCES {
            let once = read_as(WINDOWS_1252, sentence.as_bytes());
            let twice = read_as(WINDOWS_1252, once.as_bytes());
            assert_eq!(damage(&twice), misread("UTF-8", "windows-1252", 2), "{twice}");
        }
    }

    #[test]
    fn arabic_code_pages_read_as_latin_are_told_apart() {
        for sentence in ["رقم الطعن", "السيد علي حسن محمد الجبوري", "النتيجة", "رد الطعن شكلا"]
        {
            for encoding in [WINDOWS_1256, ISO_8859_6] {
                let (bytes, _, lost) = encoding.encode(sentence);
                assert!(!lost);
                let garbled = read_as(WINDOWS_1252, &bytes);
                assert_eq!(damage(&garbled), misread(encoding.name(), "windows-1252", 1));
            }
        }
    }

    #[test]
    fn sound_text_of_many_languages_is_left_alone() {
        for sound in [
            "رقم الطعن",
            "ط،",
            "ط، ع، ع،",
            "غ.م",
            "ژمارەی تانە",
            "Montréal, à côté de l’île",
            "Ñuñoa y Peñón",
            "Äöü",
            "ÄÖÜÄÖ",
            "Čeština",
            "Øystein Ååås",
            "plain",
            "37°36'37.8\"N",
            "«الهيئة» – (٢١٤)",
            "١٦٪",
        ] {
            assert_eq!(damage(sound), None, "{sound}");
        }
    }
}
