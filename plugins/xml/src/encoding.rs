//! Bytes to characters: UTF-8, and UTF-16 with its byte order mark. Nothing is guessed.

use std::borrow::Cow;

/// A character encoding that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16,
}

impl Encoding {
    /// Whether a declaration (`encoding="…"`) names this encoding.
    pub(crate) fn is_named(self, declared: &str) -> bool {
        match self {
            // Every ASCII text is UTF-8.
            Self::Utf8 => {
                ["utf-8", "us-ascii"].iter().any(|name| declared.eq_ignore_ascii_case(name))
            }
            Self::Utf16 => declared.eq_ignore_ascii_case("utf-16"),
        }
    }
}

/// Decodes the bytes, without the byte order mark. `Err`: how many bytes were good.
pub(crate) fn decode(input: &[u8]) -> Result<(Cow<'_, str>, Encoding), usize> {
    if let Some(units) = input.strip_prefix(b"\xFF\xFE") {
        return utf16(units, u16::from_le_bytes);
    }
    if let Some(units) = input.strip_prefix(b"\xFE\xFF") {
        return utf16(units, u16::from_be_bytes);
    }
    let text = input.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input);
    match std::str::from_utf8(text) {
        Ok(text) => Ok((Cow::Borrowed(text), Encoding::Utf8)),
        Err(invalid) => Err(invalid.valid_up_to()),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<(Cow<'static, str>, Encoding), usize> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(bytes.len());
    }
    let mut text = String::with_capacity(bytes.len());
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        text.push(decoded.map_err(|_| text.len())?);
    }
    Ok((Cow::Owned(text), Encoding::Utf16))
}
