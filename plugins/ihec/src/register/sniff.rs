//! What bytes really are when they are not what their sender says: people choose the wrong thing in
//! "Save as", or put a password on a workbook.

/// What bytes begin like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A ZIP archive: a workbook of today, or another office document.
    Archive,
    /// A workbook behind a password: an encrypted package in an OLE container.
    Encrypted,
    /// A workbook of before 2007, or another OLE container.
    Legacy,
    /// A web page, which many programs write and call a workbook.
    WebPage,
    /// A workbook as one XML text (2003).
    SpreadsheetXml,
    /// A PDF.
    Pdf,
    /// Anything else; text, if anything.
    Other,
}

/// First bytes of an OLE container (MS-CFB 2.2).
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// First bytes of a workbook stream outside any container: Excel 2.1 to 4.0.
const BIFF: [&[u8]; 3] = [b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00"];

/// Name of the stream with the encrypted workbook (MS-OFFCRYPTO 2.3.4.4).
const ENCRYPTED: &str = "EncryptedPackage";

/// How much of a text is looked at, in bytes.
const TOP: usize = 1_024;

/// What the bytes begin like.
pub(super) fn kind(input: &[u8]) -> Kind {
    if input.starts_with(b"PK\x03\x04") || input.starts_with(b"PK\x05\x06") {
        return Kind::Archive;
    }
    if input.starts_with(OLE) {
        return if names_stream(input, ENCRYPTED) { Kind::Encrypted } else { Kind::Legacy };
    }
    if BIFF.iter().any(|start| input.starts_with(start)) {
        return Kind::Legacy;
    }
    let top = input.get(..input.len().min(TOP)).unwrap_or(input);
    let top = String::from_utf8_lossy(top).to_lowercase();
    let top = top.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']);
    if top.starts_with("%pdf-") {
        Kind::Pdf
    } else if top.starts_with("<?xml")
        && top.contains("urn:schemas-microsoft-com:office:spreadsheet")
    {
        Kind::SpreadsheetXml
    } else if ["<html", "<!doctype html", "<table", "<head", "<meta"]
        .iter()
        .any(|tag| top.starts_with(tag))
    {
        Kind::WebPage
    } else {
        Kind::Other
    }
}

/// Whether an OLE container has a stream of that name. Names stand in its directory as UTF-16.
fn names_stream(input: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // The directory's parts begin on multiples of 128 bytes (MS-CFB 2.6).
    input.chunks(128).any(|part| part.starts_with(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_told_apart_by_their_streams() {
        let mut container = OLE.to_vec();
        container.resize(1_024, 0);
        assert_eq!(kind(&container), Kind::Legacy);
        container.extend(ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(kind(&container), Kind::Encrypted);
    }

    #[test]
    fn texts_are_told_apart_by_their_beginning() {
        for (text, expected) in [
            ("<html><table>", Kind::WebPage),
            ("\u{FEFF}\r\n<TABLE border=1>", Kind::WebPage),
            ("%PDF-1.7", Kind::Pdf),
            (
                "<?xml version=\"1.0\"?><Workbook \
                 xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
                Kind::SpreadsheetXml,
            ),
            ("رقم الطعن,الطاعن", Kind::Other),
            ("", Kind::Other),
        ] {
            assert_eq!(kind(text.as_bytes()), expected, "{text}");
        }
    }
}
