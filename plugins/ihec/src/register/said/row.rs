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
