//! What is wrong with columns and rows.

use barid_plugin::{Place, Problems};
use barid_proto::text::isolate;

use super::{SPLIT, both};

pub(crate) fn column_unknown(problems: &mut Problems, place: Place, heading: &str) {
    let ar = format!("العمود {} غير معروف؛ حُفظ كما هو.", isolate(heading));
    let en = format!("The column \u{2068}{heading}\u{2069} is not known; it is kept as it is.");
    problems.warning("column-unknown", place, &both(&ar, &en), &[]);
}

pub(crate) fn heading_repeated(problems: &mut Problems, place: Place, heading: &str) {
    let ar = format!("العنوان {} يتكرر؛ حُفظ العمود الثاني كما هو.", isolate(heading));
    let en = format!(
        "The heading \u{2068}{heading}\u{2069} means the same as an earlier one; this column is \
         kept as it is.",
    );
    problems.warning(
        "heading-repeated",
        place,
        &both(&ar, &en),
        &both("أعطِ كل عمود عنواناً خاصاً.", "Give each column a heading of its own."),
    );
}

pub(crate) fn too_wide(problems: &mut Problems, place: Place, found: usize) {
    let ar = format!("في الصف {found} خلية، وهذا أكثر من الحد.");
    let en = format!("The row has {found} cells; that is more than the limit.");
    problems.error("too-wide", place, &both(&ar, &en), &SPLIT);
}

pub(crate) fn cell_too_long(problems: &mut Problems, place: Place) {
    problems.error(
        "cell-too-long",
        place,
        &both("الخلية أطول من الحد.", "The cell is longer than the limit."),
        &both(
            "ابحث عن علامة اقتباس غير مغلقة، أو أرفق النص مستنداً.",
            "Look for a quotation mark that is not closed, or file the text as an exhibit.",
        ),
    );
}

pub(crate) fn quote_unclosed(problems: &mut Problems, place: Place) {
    problems.warning(
        "quote-unclosed",
        place,
        &both(
            "علامة اقتباس فُتحت هنا ولم تُغلق؛ ابتلعت بقية الصفوف.",
            "A quotation mark is opened here and never closed; it swallows the rows after it.",
        ),
        &both("أغلق علامة الاقتباس.", "Close the quotation mark."),
    );
}

pub(crate) fn quote_escaped(problems: &mut Problems, place: Place) {
    problems.warning(
        "quote-escaped",
        place,
        &both(
            "علامات الاقتباس داخل الخلايا تسبقها شرطة مائلة عكسية؛ قُرئت هكذا.",
            "Quotation marks inside cells stand behind a backslash; they were read so.",
        ),
        &both(
            "اكتبها مضاعفة (\"\") كما يفعل كل برنامج جداول.",
            "Double them (\"\"), as every spreadsheet program does.",
        ),
    );
}

pub(crate) fn above_headings(problems: &mut Problems, place: Place) {
    problems.warning(
        "row-above-headings",
        place,
        &both("صف فوق العناوين لم يُحفظ.", "A row above the headings is not kept."),
        &[],
    );
}

pub(crate) fn row_ragged(problems: &mut Problems, place: Place, found: usize, headings: usize) {
    let ar = format!("في الصف {found} خلية تحت {headings} عنواناً.");
    let en = format!("The row has {found} cells below {headings} headings.");
    problems.warning(
        "row-ragged",
        place,
        &both(&ar, &en),
        &both("تحقق من الفواصل وعلامات الاقتباس.", "Check delimiters and quotation marks."),
    );
}

pub(crate) fn rows_none(problems: &mut Problems, place: Place) {
    problems.warning(
        "rows-none",
        place,
        &both("لا صفوف تحت العناوين.", "There are no rows below the headings."),
        &[],
    );
}

/// `shown` is what the row says.
pub(crate) fn row_totals(problems: &mut Problems, place: Place, shown: &str) {
    let ar = format!("صف مجموع لا قضية؛ لم يُحفظ: {}.", isolate(shown));
    let en = format!("A row of totals and no case; it is not kept: \u{2068}{shown}\u{2069}.");
    problems.warning("row-totals", place, &both(&ar, &en), &[]);
}

pub(crate) fn row_printed_again(problems: &mut Problems, place: Place) {
    problems.warning(
        "row-headings-again",
        place,
        &both(
            "العناوين تتكرر كما في أعلى صفحة مطبوعة؛ لم يُحفظ الصف.",
            "The headings or titles again, as at the top of a printed page; the row is not kept.",
        ),
        &[],
    );
}

pub(crate) fn row_of_column_numbers(problems: &mut Problems, place: Place) {
    problems.warning(
        "row-column-numbers",
        place,
        &both("صف أرقام الأعمدة؛ لم يُحفظ.", "A row that numbers the columns; it is not kept."),
        &[],
    );
}

pub(crate) fn row_section(problems: &mut Problems, place: Place, shown: &str) {
    let ar = format!("سطر عنوان بين الصفوف: {}. أُلحق بالصفوف التي تحته.", isolate(shown));
    let en = format!(
        "A line of title between the rows: \u{2068}{shown}\u{2069}. It is kept with the rows \
         below it.",
    );
    problems.warning(
        "row-section",
        place,
        &both(&ar, &en),
        &both("اجعله عموداً: لكل صف قيمته.", "Make it a column, so that every row has its value."),
    );
}

/// `count` says whether the names have fewer or more parts than four; `rows` lists them.
pub(crate) fn names_not_four_part(
    problems: &mut Problems,
    place: Place,
    count: std::cmp::Ordering,
    rows: &str,
) {
    let (code, ar, en) = if count.is_lt() {
        ("name-not-four-part", "أسماء بأقل من أربعة أجزاء", "Names of fewer than four parts")
    } else {
        ("name-more-than-four-parts", "أسماء بأكثر من أربعة أجزاء", "Names of more than four parts")
    };
    let ar = format!("{ar} في الصفوف: {}. حُفظت كما هي.", isolate(rows));
    let en = format!("{en} in rows: {rows}. They are kept as they are.");
    problems.warning(
        code,
        place,
        &both(&ar, &en),
        &both(
            "اكتب الاسم واسم الأب واسم الجد واللقب.",
            "Write the given name, the father's, the grandfather's and the family's.",
        ),
    );
}

pub(crate) fn name_joined(problems: &mut Problems, place: Place) {
    problems.warning(
        "name-joined",
        place,
        &both(
            "الاسم في عدة أعمدة؛ ضُمّت أجزاؤه بالترتيب وحُفظت كل خلية كما هي.",
            "The name stands in several columns; its parts were put together in order, and each \
             cell \
             is kept as it is.",
        ),
        &[],
    );
}
