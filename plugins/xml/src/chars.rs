//! Which characters XML 1.0 allows where.

/// Whether a document may contain this character (XML 1.0, production 2 `Char`).
#[must_use]
pub fn is_char(c: char) -> bool {
    matches!(c,
        '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Whether a text surely has no character that XML forbids, no carriage return and no `>`, so that
/// nothing in it wants a closer look. Told by its bytes, many at a time; most texts have none.
pub(crate) fn is_plain(text: &str) -> bool {
    // Without a way out in the middle, which the compiler could not do many at a time.
    text.bytes().fold(true, |plain, byte| plain & is_plain_byte(byte))
}

/// The same of an attribute's value as written, which then is what it means: nothing in it stands
/// for something else.
pub(crate) fn is_plain_value(value: &str) -> bool {
    let written = |byte: u8| (byte >= b' ') & (byte != b'<') & (byte != b'&');
    value.bytes().fold(true, |plain, byte| plain & is_plain_byte(byte) & written(byte))
}

fn is_plain_byte(byte: u8) -> bool {
    // U+FFFE and U+FFFF begin with EF.
    (byte >= b' ' || byte == b'\n' || byte == b'\t') & (byte != b'>') & (byte != 0xEF)
}

/// Whether this is white space to XML (production 3 `S`).
#[must_use]
pub fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Whether this can name an element or attribute (Namespaces in XML, production 7 `QName`).
pub(crate) fn is_qname(name: &str) -> bool {
    let mut parts = name.split(':');
    let first = parts.next().is_some_and(is_ncname);
    let second = parts.next().is_none_or(is_ncname);
    first && second && parts.next().is_none()
}

fn is_ncname(name: &str) -> bool {
    if let [first, rest @ ..] = name.as_bytes()
        && (first.is_ascii_alphabetic() || *first == b'_')
        && rest
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
    {
        return true;
    }
    let mut letters = name.chars();
    letters.next().is_some_and(is_name_start) && letters.all(is_name_char)
}

/// Production 4 `NameStartChar`, without the colon.
fn is_name_start(c: char) -> bool {
    matches!(c,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}'
        | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}'
        | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
        | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// Production 4a `NameChar`, without the colon.
fn is_name_char(c: char) -> bool {
    is_name_start(c)
        || matches!(c, '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}'
            | '\u{203F}'..='\u{2040}')
}
