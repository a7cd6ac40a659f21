//! Code page 720, "Arabic (DOS)", which the encoding library does not know. Old programs of
//! offices still export in it.

/// The characters of the bytes 0x80 to 0xFF; U+FFFD where the code page has none.
const HIGH: [char; 128] = [
    '\u{FFFD}', '\u{FFFD}', 'é', 'â', '\u{FFFD}', 'à', '\u{FFFD}', 'ç', 'ê', 'ë', 'è', 'ï', 'î',
    '\u{FFFD}', '\u{FFFD}', '\u{FFFD}', '\u{FFFD}', '\u{651}', '\u{652}', 'ô', '\u{A4}', '\u{640}',
    'û', 'ù', '\u{621}', '\u{622}', '\u{623}', '\u{624}', '\u{A3}', '\u{625}', '\u{626}',
    '\u{627}', '\u{628}', '\u{629}', '\u{62A}', '\u{62B}', '\u{62C}', '\u{62D}', '\u{62E}',
    '\u{62F}', '\u{630}', '\u{631}', '\u{632}', '\u{633}', '\u{634}', '\u{635}', '\u{AB}',
    '\u{BB}', '\u{2591}', '\u{2592}', '\u{2593}', '\u{2502}', '\u{2524}', '\u{2561}', '\u{2562}',
    '\u{2556}', '\u{2555}', '\u{2563}', '\u{2551}', '\u{2557}', '\u{255D}', '\u{255C}', '\u{255B}',
    '\u{2510}', '\u{2514}', '\u{2534}', '\u{252C}', '\u{251C}', '\u{2500}', '\u{253C}', '\u{255E}',
    '\u{255F}', '\u{255A}', '\u{2554}', '\u{2569}', '\u{2566}', '\u{2560}', '\u{2550}', '\u{256C}',
    '\u{2567}', '\u{2568}', '\u{2564}', '\u{2565}', '\u{2559}', '\u{2558}', '\u{2552}', '\u{2553}',
    '\u{256B}', '\u{256A}', '\u{2518}', '\u{250C}', '\u{2588}', '\u{2584}', '\u{258C}', '\u{2590}',
    '\u{2580}', '\u{636}', '\u{637}', '\u{638}', '\u{639}', '\u{63A}', '\u{641}', 'µ', '\u{642}',
    '\u{643}', '\u{644}', '\u{645}', '\u{646}', '\u{647}', '\u{648}', '\u{649}', '\u{64A}',
    '\u{2261}', '\u{64B}', '\u{64C}', '\u{64D}', '\u{64E}', '\u{64F}', '\u{650}', '\u{2248}',
    '\u{B0}', '\u{2219}', '\u{B7}', '\u{221A}', 'ⁿ', '\u{B2}', '\u{25A0}', '\u{A0}',
];

/// Reads bytes as code page 720. `None`: it has no character for one of them.
pub(crate) fn cp720(input: &[u8]) -> Option<String> {
    input.iter().map(|byte| letter(*byte)).collect()
}

fn letter(byte: u8) -> Option<char> {
    match byte.checked_sub(0x80) {
        None => Some(char::from(byte)),
        Some(high) => HIGH.get(usize::from(high)).copied().filter(|letter| *letter != '\u{FFFD}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_where_the_code_page_has_them() {
        assert_eq!(cp720(b"\xA9\xE7\xEA 12").as_deref(), Some("رقم 12"));
        assert_eq!(cp720(b"\xFF").as_deref(), Some("\u{A0}"));
        assert_eq!(cp720(b"\x80"), None);
    }
}
