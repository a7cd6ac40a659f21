//! What is wrong with columns and rows.

use barid_plugin::{Place, Problems};
use barid_proto::text::isolate;

use super::{SPLIT, three};

pub(crate) fn column_unknown(problems: &mut Problems, place: Place, heading: &str) {
    let ar = format!("العمود {} غير معروف؛ حُفظ كما هو.", isolate(heading));
    let ckb = format!("ستوونی {} نەناسراوە؛ وەک خۆی هێڵراوەتەوە.", isolate(heading));
    let en = format!("The column \u{2068}{heading}\u{2069} is not known; it is kept as it is.");
    problems.warning("column-unknown", place, &three(&ar, &ckb, &en), &[]);
}

pub(crate) fn heading_repeated(problems: &mut Problems, place: Place, heading: &str) {
    let ar = format!("العنوان {} يتكرر؛ حُفظ العمود الثاني كما هو.", isolate(heading));
    let ckb =
        format!("سەردێڕی {} دووبارە دەبێتەوە؛ ستوونی دووەم وەک خۆی هێڵراوەتەوە.", isolate(heading));
    let en = format!(
        "The heading \u{2068}{heading}\u{2069} means the same as an earlier one; this column is \
         kept as it is.",
    );
    problems.warning(
        "heading-repeated",
        place,
        &three(&ar, &ckb, &en),
        &three(
            "أعطِ كل عمود عنواناً خاصاً.",
            "بۆ هەر ستوونێک سەردێڕێکی تایبەت دابنێ.",
            "Give each column a heading of its own.",
        ),
    );
}

pub(crate) fn too_wide(problems: &mut Problems, place: Place, found: usize) {
    let ar = format!("في الصف {found} خلية، وهذا أكثر من الحد.");
    let ckb = format!("لە ڕیزەکەدا {found} خانە هەیە، کە لە سنوور زیاترە.");
    let en = format!("The row has {found} cells; that is more than the limit.");
    problems.error("too-wide", place, &three(&ar, &ckb, &en), &SPLIT);
}

pub(crate) fn cell_too_long(problems: &mut Problems, place: Place) {
    problems.error(
        "cell-too-long",
        place,
        &three(
            "الخلية أطول من الحد.",
            "خانەکە لە سنوور درێژترە.",
            "The cell is longer than the limit.",
        ),
        &three(
            "ابحث عن علامة اقتباس غير مغلقة، أو أرفق النص مستنداً.",
            "بەدوای نیشانەی وتەی دانەخراودا بگەڕێ، یان دەقەکە وەک بەڵگەنامەی هاوپێچ بنێرە.",
            "Look for a quotation mark that is not closed, or file the text as an exhibit.",
        ),
    );
}

pub(crate) fn quote_unclosed(problems: &mut Problems, place: Place) {
    problems.warning(
        "quote-unclosed",
        place,
        &three(
            "علامة اقتباس فُتحت هنا ولم تُغلق؛ ابتلعت بقية الصفوف.",
            "نیشانەیەکی وتە لێرە کراوەتەوە و دانەخراوە؛ ڕیزەکانی دوای خۆی قووتداوە.",
            "A quotation mark is opened here and never closed; it swallows the rows after it.",
        ),
        &three("أغلق علامة الاقتباس.", "نیشانەی وتەکە دابخە.", "Close the quotation mark."),
    );
}

pub(crate) fn quote_escaped(problems: &mut Problems, place: Place) {
    problems.warning(
        "quote-escaped",
        place,
        &three(
            "علامات الاقتباس داخل الخلايا تسبقها شرطة مائلة عكسية؛ قُرئت هكذا.",
            "نیشانەکانی وتە لەناو خانەکاندا هێڵی لاری پێچەوانەیان لە پێشە؛ بەم شێوەیە خوێنرانەوە.",
            "Quotation marks inside cells stand behind a backslash; they were read so.",
        ),
        &three(
            "اكتبها مضاعفة (\"\") كما يفعل كل برنامج جداول.",
            "دوو جار بیاننووسە (\"\")، وەک هەموو بەرنامەیەکی خشتە دەیکات.",
            "Double them (\"\"), as every spreadsheet program does.",
        ),
    );
}

pub(crate) fn above_headings(problems: &mut Problems, place: Place) {
    problems.warning(
        "row-above-headings",
        place,
        &three(
            "صف فوق العناوين لم يُحفظ.",
            "ڕیزێک لە سەرووی سەردێڕەکان نەهێڵراوەتەوە.",
            "A row above the headings is not kept.",
        ),
        &[],
    );
}

pub(crate) fn row_ragged(problems: &mut Problems, place: Place, found: usize, headings: usize) {
    let ar = format!("في الصف {found} خلية تحت {headings} عنواناً.");
    let ckb = format!("لە ڕیزەکەدا {found} خانە لە ژێر {headings} سەردێڕ هەیە.");
    let en = format!("The row has {found} cells below {headings} headings.");
    problems.warning(
        "row-ragged",
        place,
        &three(&ar, &ckb, &en),
        &three(
            "تحقق من الفواصل وعلامات الاقتباس.",
            "جیاکەرەوەکان و نیشانەکانی وتە بپشکنە.",
            "Check delimiters and quotation marks.",
        ),
    );
}

pub(crate) fn rows_none(problems: &mut Problems, place: Place) {
    problems.warning(
        "rows-none",
        place,
        &three(
            "لا صفوف تحت العناوين.",
            "لە ژێر سەردێڕەکان هیچ ڕیزێک نییە.",
            "There are no rows below the headings.",
        ),
        &[],
    );
}

/// `shown` is what the row says.
pub(crate) fn row_totals(problems: &mut Problems, place: Place, shown: &str) {
    let ar = format!("صف مجموع لا قضية؛ لم يُحفظ: {}.", isolate(shown));
    let ckb = format!("ڕیزی کۆیە نەک دۆسیە؛ نەهێڵراوەتەوە: {}.", isolate(shown));
    let en = format!("A row of totals and no case; it is not kept: \u{2068}{shown}\u{2069}.");
    problems.warning("row-totals", place, &three(&ar, &ckb, &en), &[]);
}

pub(crate) fn row_printed_again(problems: &mut Problems, place: Place) {
    problems.warning(
        "row-headings-again",
        place,
        &three(
            "العناوين تتكرر كما في أعلى صفحة مطبوعة؛ لم يُحفظ الصف.",
            "سەردێڕەکان وەک سەرەوەی پەڕەیەکی چاپکراو دووبارە دەبنەوە؛ ڕیزەکە نەهێڵراوەتەوە.",
            "The headings or titles again, as at the top of a printed page; the row is not kept.",
        ),
        &[],
    );
}

pub(crate) fn row_of_column_numbers(problems: &mut Problems, place: Place) {
    problems.warning(
        "row-column-numbers",
        place,
        &three(
            "صف أرقام الأعمدة؛ لم يُحفظ.",
            "ڕیزی ژمارەی ستوونەکانە؛ نەهێڵراوەتەوە.",
            "A row that numbers the columns; it is not kept.",
        ),
        &[],
    );
}

pub(crate) fn row_section(problems: &mut Problems, place: Place, shown: &str) {
    let ar = format!("سطر عنوان بين الصفوف: {}. أُلحق بالصفوف التي تحته.", isolate(shown));
    let ckb =
        format!("دێڕێکی ناونیشان لە نێوان ڕیزەکاندا: {}. خرایە پاڵ ڕیزەکانی ژێری.", isolate(shown));
    let en = format!(
        "A line of title between the rows: \u{2068}{shown}\u{2069}. It is kept with the rows \
         below it.",
    );
    problems.warning(
        "row-section",
        place,
        &three(&ar, &ckb, &en),
        &three(
            "اجعله عموداً: لكل صف قيمته.",
            "بیکە بە ستوون، تا هەر ڕیزێک نرخی خۆی هەبێت.",
            "Make it a column, so that every row has its value.",
        ),
    );
}

/// `count` says whether the names have fewer or more parts than four; `rows` lists them.
pub(crate) fn names_not_four_part(
    problems: &mut Problems,
    place: Place,
    count: std::cmp::Ordering,
    rows: &str,
) {
    let (code, ar, ckb, en) = if count.is_lt() {
        (
            "name-not-four-part",
            "أسماء بأقل من أربعة أجزاء",
            "ناو بە کەمتر لە چوار بەش",
            "Names of fewer than four parts",
        )
    } else {
        (
            "name-more-than-four-parts",
            "أسماء بأكثر من أربعة أجزاء",
            "ناو بە زیاتر لە چوار بەش",
            "Names of more than four parts",
        )
    };
    let ar = format!("{ar} في الصفوف: {}. حُفظت كما هي.", isolate(rows));
    let ckb = format!("{ckb} لە ڕیزەکانی: {}. وەک خۆیان هێڵراونەتەوە.", isolate(rows));
    let en = format!("{en} in rows: {rows}. They are kept as they are.");
    problems.warning(
        code,
        place,
        &three(&ar, &ckb, &en),
        &three(
            "اكتب الاسم واسم الأب واسم الجد واللقب.",
            "ناو و ناوی باوک و ناوی باپیر و نازناو بنووسە.",
            "Write the given name, the father's, the grandfather's and the family's.",
        ),
    );
}

pub(crate) fn name_joined(problems: &mut Problems, place: Place) {
    problems.warning(
        "name-joined",
        place,
        &three(
            "الاسم في عدة أعمدة؛ ضُمّت أجزاؤه بالترتيب وحُفظت كل خلية كما هي.",
            "ناوەکە لە چەند ستوونێکدایە؛ بەشەکانی بە ڕیز خرانە پاڵ یەک و هەر خانەیەک وەک خۆی \
             هێڵراوەتەوە.",
            "The name stands in several columns; its parts were put together in order, and each \
             cell \
             is kept as it is.",
        ),
        &[],
    );
}
