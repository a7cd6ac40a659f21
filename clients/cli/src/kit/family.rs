//! What a document is made of, as far as its bytes can be damaged with understanding.

use barid_proto::v1::FormatDescription;

/// A family of notations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// JSON (RFC 8259).
    Json,
    /// XML 1.0, Akoma Ntoso too.
    Xml,
    /// Delimited text (RFC 4180).
    Csv,
    /// A ZIP archive: workbooks and word processors' documents.
    Zip,
    /// Anything else.
    Other,
}

impl Family {
    /// The family of a format, by its media types and, without any, by the end of its name.
    pub(super) fn of(format: &FormatDescription) -> Self {
        let ends = format.id.rsplit('+').next().unwrap_or_default();
        let types = format.media_types.iter().map(String::as_str);
        types.chain([ends]).map(Self::named).find(|one| *one != Self::Other).unwrap_or(Self::Other)
    }

    fn named(name: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if has(&["json"]) {
            Self::Json
        } else if has(&["openxml", "xlsx", "docx", "zip", "opendocument"]) {
            Self::Zip
        } else if has(&["xml", "akn", "html"]) {
            Self::Xml
        } else if has(&["csv", "tab-separated", "tsv"]) {
            Self::Csv
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_and_names_lead_to_a_family() {
        for (id, media_type, family) in [
            ("a/b", "application/json", Family::Json),
            ("a/b+json", "text/plain", Family::Json),
            ("a/b", "application/akn+xml", Family::Xml),
            ("a/b", "text/csv", Family::Csv),
            (
                "a/b",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                Family::Zip,
            ),
            ("a/line+text", "text/plain", Family::Other),
        ] {
            let format = FormatDescription {
                id: id.to_owned(),
                media_types: vec![media_type.to_owned()],
                ..FormatDescription::default()
            };
            assert_eq!(Family::of(&format), family, "{id} {media_type}");
        }
    }
}
