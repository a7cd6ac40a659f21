//! Reading what people type: kinds, offices, identifiers, texts in a language.

use barid_client::hex;
use barid_proto::v1::{
    Address, Confidentiality, DataClass, DocketNumber, FilingKind, Rendering, Text,
};

use crate::wording::Lang;

/// `appeal-filed`, or the name in the protocol.
pub(crate) fn kind(text: &str) -> Result<FilingKind, String> {
    let name = text.to_ascii_uppercase().replace('-', "_");
    let name = name.strip_prefix("FILING_KIND_").unwrap_or(&name);
    let kind = FilingKind::from_str_name(&format!("FILING_KIND_{name}"));
    kind.filter(|kind| *kind != FilingKind::Unspecified)
        .ok_or_else(|| format!("{text:?} is no kind of filing; one is `appeal-filed`"))
}

/// `live`, `anonymised`, `synthetic` or `published`.
pub(crate) fn data_class(text: &str) -> Result<DataClass, String> {
    DataClass::from_str_name(&format!("DATA_CLASS_{}", text.to_ascii_uppercase()))
        .filter(|class| *class != DataClass::Unspecified)
        .ok_or_else(|| "live, anonymised, synthetic or published".to_owned())
}

/// `public`, `parties`, `restricted` or `sealed`.
pub(crate) fn confidentiality(text: &str) -> Result<Confidentiality, String> {
    Confidentiality::from_str_name(&format!("CONFIDENTIALITY_{}", text.to_ascii_uppercase()))
        .filter(|named| *named != Confidentiality::Unspecified)
        .ok_or_else(|| "public, parties, restricted or sealed".to_owned())
}

/// `ihec/geo-bas`, or `ihec` for its main office.
pub(crate) fn office(text: &str) -> Result<Address, String> {
    let (institution, office) = text.split_once('/').unwrap_or((text, ""));
    let plain = |name: &str| {
        name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    if institution.is_empty() || !plain(institution) || !plain(office) {
        return Err(format!("{text:?} is no office; one is `ihec/geo-bas`"));
    }
    Ok(Address { institution: institution.to_owned(), office: office.to_owned() })
}

/// `ejp:612/…/2025`: an institution and its number, as written.
pub(crate) fn docket_number(text: &str) -> Result<DocketNumber, String> {
    match text.split_once(':') {
        Some((institution, literal)) if !institution.is_empty() && !literal.is_empty() => {
            let (institution, literal) = (institution.to_owned(), literal.to_owned());
            Ok(DocketNumber { institution, literal, normal: String::new() })
        }
        _ => Err(format!("{text:?} is no docket number; one is `ejp:612/2025`")),
    }
}

/// A case's identifier: 32 hexadecimal digits.
pub(crate) fn case_id(text: &str) -> Result<[u8; 16], String> {
    hex::decode(text).ok_or_else(|| format!("{text:?} is no case: 32 hexadecimal digits"))
}

/// A digest: 64 hexadecimal digits.
pub(crate) fn digest(text: &str) -> Result<[u8; 32], String> {
    hex::decode(text).ok_or_else(|| format!("{text:?} is no digest: 64 hexadecimal digits"))
}

/// What is answered: a position in the inbox, or a digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answered {
    /// A position in the inbox.
    Cursor(u64),
    /// The digest of an envelope.
    Digest([u8; 32]),
}

/// `17`, or 64 hexadecimal digits.
pub(crate) fn answered(text: &str) -> Result<Answered, String> {
    match (digest(text), text.parse()) {
        (Ok(digest), _) => Ok(Answered::Digest(digest)),
        (_, Ok(cursor)) => Ok(Answered::Cursor(cursor)),
        _ => Err(format!("{text:?} is neither a position in the inbox nor a digest")),
    }
}

/// `no-signature=The form is not signed`.
pub(crate) fn ground(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((code, reason)) if !code.is_empty() && !reason.is_empty() => {
            Ok((code.to_owned(), reason.to_owned()))
        }
        _ => Err(format!("{text:?} is no ground; one is `no-signature=The form is not signed`")),
    }
}

/// An RFC 3339 instant with its offset: `2025-11-23T14:10:00+03:00`.
pub(crate) fn instant(text: &str) -> Result<(i64, i32), String> {
    let wrong = |error: jiff::Error| format!("{text:?}: {error}; one is 2025-11-23T14:10:00+03:00");
    let instant: jiff::Timestamp = text.parse().map_err(wrong)?;
    let pieces = jiff::fmt::temporal::Pieces::parse(text).map_err(wrong)?;
    let seconds = match pieces.to_numeric_offset() {
        Some(offset) => offset.seconds(),
        None => 0,
    };
    Ok((instant.as_millisecond(), seconds / 60))
}

/// A text in the language of the screen.
pub(crate) fn text(lang: Lang, text: &str) -> Text {
    let tag = lang.tag().to_owned();
    let rendering = Rendering { language: tag.clone(), text: text.to_owned() };
    Text { renderings: vec![rendering], authoritative: tag }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_have_a_short_and_a_long_name() {
        assert_eq!(kind("appeal-filed"), Ok(FilingKind::AppealFiled));
        assert_eq!(kind("FILING_KIND_APPEAL_FILED"), Ok(FilingKind::AppealFiled));
        assert!(kind("unspecified").is_err());
        assert!(kind("appeal").unwrap_err().contains("appeal-filed"));
    }

    #[test]
    fn an_office_is_an_institution_and_a_place() {
        let office_of = |text| office(text).map(|a| (a.institution, a.office));
        assert_eq!(office_of("ihec/geo-bas"), Ok(("ihec".into(), "geo-bas".into())));
        assert_eq!(office_of("ejp"), Ok(("ejp".into(), String::new())));
        for wrong in ["", "/x", "IHEC", "ihec/geo/bas", "ihec/geo bas"] {
            assert!(office_of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_docket_number_is_kept_as_written() {
        let number = docket_number("ejp:612/ الهيئة القضائية/2025").unwrap();
        assert_eq!(number.institution, "ejp");
        assert_eq!(number.literal, "612/ الهيئة القضائية/2025");
        assert!(docket_number("612/2025").is_err());
    }

    #[test]
    fn a_stamp_keeps_its_offset() {
        assert_eq!(instant("2025-11-23T14:10:00+03:00"), Ok((1_763_896_200_000, 180)));
        assert_eq!(instant("2025-11-23T11:10:00Z"), Ok((1_763_896_200_000, 0)));
        assert!(instant("2025-11-23").is_err());
    }

    #[test]
    fn an_answer_names_a_position_or_a_digest() {
        assert_eq!(answered("17"), Ok(Answered::Cursor(17)));
        assert_eq!(answered(&"ab".repeat(32)), Ok(Answered::Digest([0xab; 32])));
        assert!(answered("x").is_err());
        assert_eq!(ground("a=b=c"), Ok(("a".into(), "b=c".into())));
        assert!(ground("a=").is_err());
    }
}
