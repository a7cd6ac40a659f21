//! The columns of a list, and what they are called.

/// A column of a list of filings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    /// Path of the lead document.
    Document,
    /// The format that reads it.
    Format,
    /// Path of ready-made content.
    Content,
    /// Kind of filing.
    Kind,
    /// Case, by identifier.
    Case,
    /// Case, by docket numbers.
    Docket,
    /// Recipients.
    To,
    /// Paths of exhibits.
    Exhibits,
    /// What it answers.
    ReplyTo,
    /// When it was stamped.
    StampTime,
    /// The number given on the spot.
    StampNumber,
    /// Who may read it.
    Confidentiality,
    /// Class of data.
    DataClass,
    /// Election event.
    ElectionEvent,
    /// Rule set.
    RuleSet,
    /// Procedure.
    Procedure,
    /// Languages.
    Language,
    /// Position in the inbox.
    Position,
    /// Number that is given.
    Number,
    /// When the clerk entered it.
    RegisteredAt,
    /// Whether it came directly.
    Direct,
}

/// Each with its headings: English, Arabic, Sorani. The first is the name that is shown.
const HEADINGS: [(Column, [&str; 3]); 21] = [
    (Column::Document, ["document", "الوثيقة", "بەڵگەنامە"]),
    (Column::Format, ["format", "الصيغة", "فۆرمات"]),
    (Column::Content, ["content", "المحتوى", "ناوەڕۆک"]),
    (Column::Kind, ["kind", "النوع", "جۆر"]),
    (Column::Case, ["case", "القضية", "دۆسیە"]),
    (Column::Docket, ["docket", "رقم الأساس", "ژمارەی تۆمار"]),
    (Column::To, ["to", "إلى", "بۆ"]),
    (Column::Exhibits, ["exhibits", "المرفقات", "هاوپێچەکان"]),
    (Column::ReplyTo, ["reply-to", "جوابا على", "وەڵام بۆ"]),
    (Column::StampTime, ["stamp-time", "وقت الختم", "کاتی مۆر"]),
    (Column::StampNumber, ["stamp-number", "رقم الختم", "ژمارەی مۆر"]),
    (Column::Confidentiality, ["confidentiality", "السرية", "نهێنی"]),
    (Column::DataClass, ["data-class", "صنف البيانات", "پۆلی داتا"]),
    (Column::ElectionEvent, ["election-event", "الحدث الانتخابي", "ڕووداوی هەڵبژاردن"]),
    (Column::RuleSet, ["rule-set", "القواعد", "ڕێساکان"]),
    (Column::Procedure, ["procedure", "الإجراء", "ڕێکار"]),
    (Column::Language, ["language", "اللغة", "زمان"]),
    (Column::Position, ["position", "الموضع", "شوێن"]),
    (Column::Number, ["number", "الرقم", "ژمارە"]),
    (Column::RegisteredAt, ["registered-at", "وقت التسجيل", "کاتی تۆمارکردن"]),
    (Column::Direct, ["direct", "مباشر", "ڕاستەوخۆ"]),
];

impl Column {
    /// The column of a heading, however it is spelled.
    pub(crate) fn of(heading: &str) -> Option<Self> {
        let plain = |text: &str| {
            let form = barid_proto::text::search_form(text);
            form.replace(['-', '_', ' '], "")
        };
        let asked = plain(heading);
        let named = |names: &[&str; 3]| names.iter().any(|name| plain(name) == asked);
        HEADINGS.iter().find(|(_, names)| named(names)).map(|(column, _)| *column)
    }

    /// What it is called, as in the English heading.
    pub(crate) fn name(self) -> &'static str {
        let of = HEADINGS.iter().find(|(column, _)| *column == self);
        of.map_or("", |(_, [name, ..])| name)
    }

    /// Whether it belongs to a list of registrations, and not of filings.
    pub(crate) fn is_of_registrations(self) -> bool {
        matches!(self, Self::Position | Self::Number | Self::RegisteredAt | Self::Direct)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_read_however_they_are_spelled() {
        for (heading, column) in [
            ("Document", Column::Document),
            ("\u{feff}document", Column::Document),
            ("stamp time", Column::StampTime),
            ("STAMP_TIME", Column::StampTime),
            ("رقـم الاساس", Column::Docket),
            ("الي", Column::To),
            ("ژمارەی تۆمار", Column::Docket),
        ] {
            assert_eq!(Column::of(heading), Some(column), "{heading}");
        }
        assert_eq!(Column::of("documents"), None);
        for (column, names) in HEADINGS {
            for name in names {
                assert_eq!(Column::of(name), Some(column), "{name} has two meanings");
            }
        }
    }
}
