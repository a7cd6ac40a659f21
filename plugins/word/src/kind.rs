//! What a file is that is no open Word file, by its first bytes: the sender is told by name.

/// Kinds of file that people send in place of an open Word file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A Word file of before 2007 (`.doc`).
    Legacy,
    /// An open Word file locked with a password.
    Encrypted,
    /// Rich Text Format.
    Rtf,
    /// Portable Document Format.
    Pdf,
    /// OpenDocument text.
    OpenDocument,
    /// A web page or plain XML.
    Markup,
    /// Nothing at all.
    Empty,
    /// Something else.
    Other,
}

/// Begins every compound file: old Word files, and the box around locked ones (MS-CFB 2.2).
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The stream in which a locked file lies (MS-OFFCRYPTO 2.3.4.4), in UTF-16.
const ENCRYPTED_STREAM: &str = "EncryptedPackage";

/// The kind of a file that could not be opened as an archive with Word's parts.
pub(crate) fn of(input: &[u8]) -> Kind {
    let begins = |magic: &[u8]| input.starts_with(magic);
    if input.is_empty() {
        Kind::Empty
    } else if begins(COMPOUND) {
        if is_locked(input) { Kind::Encrypted } else { Kind::Legacy }
    } else if begins(b"{\\rtf") {
        Kind::Rtf
    } else if begins(b"%PDF") {
        Kind::Pdf
    } else if begins(b"PK") && contains(input, b"application/vnd.oasis.opendocument.text") {
        Kind::OpenDocument
    } else if begins(b"<") || begins(b"\xEF\xBB\xBF<") {
        Kind::Markup
    } else {
        Kind::Other
    }
}

fn is_locked(input: &[u8]) -> bool {
    let stream: Vec<u8> = ENCRYPTED_STREAM.encode_utf16().flat_map(u16::to_le_bytes).collect();
    contains(input, &stream)
}

fn contains(input: &[u8], part: &[u8]) -> bool {
    input.windows(part.len()).any(|window| window == part)
}
