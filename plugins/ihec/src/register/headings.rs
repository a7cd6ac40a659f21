//! What the columns of a register are called, in Arabic, Kurdish and English.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::grid::GridRow;
use super::heading_words::HEADINGS;
use super::line_words::{GENERAL, GIVEN_NAME_TOO, QUALIFIERS, SECTION_HEADING, SHEET_HEADING};
use super::words::key;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    /// The docket number, or several.
    DocketNumber,
    /// The title.
    Title,
    /// The day on which the matter was filed.
    Date,
    /// The person concerned.
    Person,
    /// A part of the person's name: the own.
    GivenName,
    /// The father's.
    FatherName,
    /// The grandfather's.
    GrandfatherName,
    /// The family's or tribe's.
    FamilyName,
    /// Number of the decision challenged.
    ChallengedNumber,
    /// Day of the decision challenged.
    ChallengedDate,
    /// Minutes of the decision challenged.
    ChallengedMinutes,
    /// What became of it.
    Outcome,
    /// How many papers.
    Papers,
    /// Where it is published.
    SourceUrl,
    /// Known to be what the register's own desk needs: kept as it is, without a warning.
    Kept,
}

/// The parts of a name, in the order in which they are said.
pub(super) const NAME_COLUMNS: [Column; 4] =
    [Column::GivenName, Column::FatherName, Column::GrandfatherName, Column::FamilyName];

/// Headings without the spaces between their words, which people forget: `رقمالطعن`.
static KNOWN: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
    let ours = [SHEET_HEADING, SECTION_HEADING].map(|name| (squeezed(name), Column::Kept));
    HEADINGS
        .iter()
        .flat_map(|(column, names)| names.iter().map(move |name| (squeezed(name), *column)))
        .chain(ours)
        .collect()
});

fn squeezed(heading: &str) -> String {
    key(heading).replace(' ', "")
}

/// The column that a heading names, if we know it. In two languages it may name it twice:
/// `رقم الطعن / ژمارەی تانە`.
pub(super) fn recognise(heading: &str) -> Option<Column> {
    if heading.len() > HEADING_BYTES_MAX {
        return None;
    }
    if let Some(column) = known(heading) {
        return Some(column);
    }
    let whole_parts = heading.split(SEPARATORS).count();
    let mut parts = heading.split(SEPARATORS).filter(|part| !bare(part).is_empty()).map(known);
    let first = parts.next()??;
    let mut others = 0;
    let same = parts.all(|part| {
        others += 1;
        part == Some(first)
    });
    // One part is left when the others say only how to fill it in: `التاريخ (يوم/شهر/سنة)`.
    same.then_some(first).filter(|_| others > 0 || whole_parts > 1)
}

/// The column of one phrase, with or without words that only say how to fill it in.
fn known(phrase: &str) -> Option<Column> {
    KNOWN.get(&squeezed(phrase)).or_else(|| KNOWN.get(&bare(phrase))).copied()
}

/// A phrase without the words that only say how to fill it in.
fn bare(phrase: &str) -> String {
    let key = key(phrase);
    let words = key.split(' ').filter(|word| !QUALIFIER_KEYS.iter().any(|known| known == word));
    words.collect()
}

static QUALIFIER_KEYS: LazyLock<Vec<String>> =
    LazyLock::new(|| QUALIFIERS.iter().map(|word| key(word)).collect());

/// What stands between the two languages of a heading.
const SEPARATORS: [char; 8] = ['/', '\\', '|', '-', '–', '(', ')', '\n'];

/// No heading is longer, in bytes; a cell below it can be.
const HEADING_BYTES_MAX: usize = 400;

/// The column of a heading in two rows, `القرار` above `رقم` and `تاريخ`.
pub(super) fn recognise_two(top: &str, bottom: &str) -> Option<Column> {
    match (top.trim(), bottom.trim()) {
        (top, "") => recognise(top),
        ("", bottom) => recognise(bottom),
        (top, bottom) => {
            let bare = bottom.strip_prefix("ال").unwrap_or(bottom);
            // Arabic, Sorani, English; then the lower alone, when the upper one is but a group.
            [
                format!("{bottom} {top}"),
                format!("{bare} {top}"),
                format!("{bare}ی {top}"),
                format!("{top} {bottom}"),
            ]
            .iter()
            .find_map(|heading| recognise(heading))
            .or_else(|| recognise(bottom).filter(|_| !is_general(bottom) || known(top).is_some()))
        }
    }
}

/// Whether a heading says what its column is only together with what stands over it.
pub(super) fn is_general(heading: &str) -> bool {
    let heading = squeezed(heading);
    GENERAL.iter().any(|word| squeezed(word) == heading)
}

/// Whether a heading means the given name where the father's has a column of its own.
pub(super) fn is_given_name_too(heading: &str) -> bool {
    let heading = squeezed(heading);
    GIVEN_NAME_TOO.iter().any(|name| squeezed(name) == heading)
}

/// The heading that we write for a column.
pub(super) fn ours(column: Column) -> &'static str {
    let names = HEADINGS.iter().find(|(known, _)| *known == column).map(|(_, names)| *names);
    names.and_then(<[_]>::first).copied().unwrap_or_default()
}

/// How many different columns of a register the cells of a row name, those of the desk's own left
/// out: `الاسم` and `ت` stand above many a table.
pub(super) fn named_in(row: &GridRow) -> usize {
    named(row.filled().filter_map(|cell| recognise(&cell.literal)))
}

/// How many different columns these are, those of the desk's own left out.
pub(super) fn named(columns: impl Iterator<Item = Column>) -> usize {
    let mut named: Vec<Column> = Vec::new();
    for column in columns {
        if column != Column::Kept && !named.contains(&column) {
            named.push(column);
        }
    }
    named.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_heading_means_two_things() {
        let mut seen: HashMap<String, Column> = HashMap::new();
        for (column, names) in HEADINGS {
            for name in *names {
                let before = seen.insert(squeezed(name), *column);
                assert!(before.is_none_or(|before| before == *column), "{name}");
            }
        }
    }

    #[test]
    fn headings_are_known_in_three_languages() {
        for heading in [
            "رقــم الطعن",
            "رَقْمُ الطّعن",
            "  رقم   الطعن : ",
            "رقمالطعن",
            "رقم الطعن / ژمارەی تانە",
            "رقم الطعن\n(Appeal No.)",
            "ژمارەی تانە",
            "ژماره‌ی تانه",
            "Appeal No",
            "appeal_number",
        ] {
            assert_eq!(recognise(heading), Some(Column::DocketNumber), "{heading}");
        }
        for (heading, column) in [
            ("تأريخ التقديم", Column::Date),
            ("تاريخ تقديم الطعن", Column::Date),
            ("أسم الطاعن", Column::Person),
            ("إسم المشتكى", Column::Person),
            ("النتيجه", Column::Outcome),
            ("ناوى سكاڵاكار", Column::Person),
            ("ئەنجام", Column::Outcome),
            ("اسم الطاعن الرباعي واللقب", Column::Person),
            ("تاريخ التقديم (يوم/شهر/سنة)", Column::Date),
            ("ناوی سکاڵاکار (چواری)", Column::Person),
            ("Claimant", Column::Person),
            ("اسم الاب", Column::FatherName),
            ("المحافظه", Column::Kept),
        ] {
            assert_eq!(recognise(heading), Some(column), "{heading}");
        }
        for unknown in
            ["لون الاستمارة", "يوم", "(يوم)", "رقم الطعن / النتيجة", "رقم الطعن (قديم)", "/", ""]
        {
            assert_eq!(recognise(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn two_rows_make_one_heading() {
        for (top, bottom, column) in [
            ("القرار المطعون فيه", "رقم", Column::ChallengedNumber),
            ("القرار المطعون فيه", "الرقم", Column::ChallengedNumber),
            ("القرار المطعون فيه", "التاريخ", Column::ChallengedDate),
            ("القرار", "التاريخ", Column::ChallengedDate),
            ("بڕیار", "ژمارە", Column::ChallengedNumber),
            ("بڕیار", "بەروار", Column::ChallengedDate),
            ("Decision", "No.", Column::ChallengedNumber),
            ("Decision", "Date", Column::ChallengedDate),
            ("الطاعن", "اسم الأب", Column::FatherName),
            ("رقم الطعن", "", Column::DocketNumber),
            ("", "النتيجة", Column::Outcome),
            ("بيانات الطعن", "النتيجة", Column::Outcome),
        ] {
            assert_eq!(recognise_two(top, bottom), Some(column), "{top} over {bottom}");
        }
        for bottom in ["العدد", "التاريخ", "رقم"] {
            assert_eq!(recognise_two("الكتاب الوارد", bottom), None, "a letter's {bottom}");
        }
    }
}
