//! The name in a certificate, for people to read. Nothing is decided by it.

use super::fields::Fields;
use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode as _, Tag};

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");

/// Characters of a name that are shown.
const SHOWN: usize = 128;

/// Common name and organisation in the contents of an X.501 `Name`, as far as they are there:
/// `Clock, Ministry of Time`. Characters that steer a screen are left out.
#[must_use]
pub fn name_of(subject: &[u8]) -> String {
    let shown = |object| value(subject, object).filter(|name| !name.is_empty());
    let parts = [shown(COMMON_NAME), shown(ORGANISATION)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn value(subject: &[u8], wanted: ObjectIdentifier) -> Option<String> {
    let mut parts = Fields::of(subject, "name").ok()?;
    while !parts.is_empty() {
        let mut set = Fields::of(parts.next(Tag::Set).ok()?, "name").ok()?;
        while !set.is_empty() {
            let mut pair = set.sequence("name").ok()?;
            let found = pair.object().ok()? == wanted;
            let text = AnyRef::from_der(pair.whole().ok()?).ok()?;
            if found {
                return Some(shown(&String::from_utf8_lossy(text.value())));
            }
        }
    }
    None
}

fn shown(text: &str) -> String {
    let marks = ['\u{200e}', '\u{200f}'];
    let steers = |c: char| {
        let bidi = ('\u{202a}'..='\u{202e}').contains(&c) || ('\u{2066}'..='\u{2069}').contains(&c);
        c.is_control() || bidi || marks.contains(&c)
    };
    text.chars().filter(|c| !steers(*c)).take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_never_steer_a_screen() {
        let common = [0x31, 0x0f, 0x30, 0x0d, 6, 3, 0x55, 4, 3, 0x0c, 6, b'A', 0xe2, 0x80, 0xae];
        let organisation = [0x31, 0x0b, 0x30, 9, 6, 3, 0x55, 4, 10, 0x13, 2, b'O', b'x'];
        let name = [&common[..], b"B\n", &organisation].concat();
        assert_eq!(name_of(&name), "AB, Ox");
        assert_eq!(name_of(&organisation), "Ox");
        assert_eq!(name_of(&name[..20]), "AB");
        assert_eq!(name_of(b"\x31"), "");
    }
}
