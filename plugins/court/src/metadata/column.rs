//! The columns of a register, by their headings.

use barid_proto::text::fold;

/// What a column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Court,
    Day,
    RulingNumber,
    CaseNumber,
    Citation,
    Title,
    Claimants,
    Appellants,
    Respondents,
    Judges,
    Outcome,
    Language,
    /// Which file the row is about.
    Path,
    /// The ending of its name.
    Extension,
    /// Whether the row is not to be handed in.
    Skip,
    /// What a ruling has no place for: it stays in the table.
    Kept,
}

/// Headings of each column: those of bulk registers first, then Arabic ones.
const HEADINGS: &[(Column, &[&str])] = &[
    (Column::Court, &["court", "المحكمة"]),
    (Column::Day, &["decision_datetime", "decision_date", "تاريخ القرار", "تاريخ الحكم"]),
    (Column::RulingNumber, &["ruling_number", "رقم القرار", "رقم الحكم"]),
    (Column::CaseNumber, &["CaseNo", "case_number", "رقم الدعوى", "رقم الطعن"]),
    (Column::Citation, &["ncn", "neutral_citation"]),
    (Column::Title, &["Name", "عنوان القضية"]),
    (Column::Claimants, &["claimants", "المدعي", "المدعون"]),
    (Column::Appellants, &["appellants", "الطاعن", "الطاعنون"]),
    (Column::Respondents, &["respondent", "respondents", "المدعى عليه", "المطعون ضده"]),
    (Column::Judges, &["judges", "القضاة", "أعضاء الهيئة"]),
    (Column::Outcome, &["outcome", "النتيجة", "الفقرة الحكمية"]),
    (Column::Language, &["language", "اللغة"]),
    (Column::Path, &["FilePath", "اسم الملف"]),
    (Column::Extension, &["Extension"]),
    (Column::Skip, &["skip"]),
];

/// Headings of bulk registers that a ruling has no place for.
const KEPT: &[&str] = &[
    "id",
    "UUID",
    "Jurisdictions",
    "main_category",
    "main_subcategory",
    "sec_category",
    "sec_subcategory",
    "headnote_summary",
    "WebArchive",
];

impl Column {
    /// The column of a heading, whatever its case, digits and hamzas.
    pub(super) fn named(heading: &str) -> Option<Self> {
        let folded = fold(heading);
        let is = |known: &&str| fold(known) == folded;
        let named = HEADINGS.iter().find(|(_, headings)| headings.iter().any(is));
        let kept = || KEPT.iter().any(is).then_some(Self::Kept);
        named.map(|(column, _)| *column).or_else(kept)
    }

    /// Whether its cells go into the ruling as they are.
    pub(super) fn is_taken_over(self) -> bool {
        !matches!(self, Self::Path | Self::Extension | Self::Skip | Self::Kept)
    }

    /// Whether its cells are compared, so that what is seen must be what is there.
    pub(super) fn is_identifier(self) -> bool {
        matches!(self, Self::RulingNumber | Self::CaseNumber | Self::Citation | Self::Court)
    }

    /// Longest cell, in bytes: the bounds of a docket number and of a line.
    pub(super) fn max_bytes(self) -> usize {
        if self == Self::CaseNumber { 512 } else { 1_024 }
    }

    /// Whether several columns may say it.
    pub(super) fn may_repeat(self) -> bool {
        self == Self::Kept
    }
}
