//! What is doubtful or wrong about a cell.

use barid_plugin::{Place, Problems};
use barid_proto::text::isolate;

use super::{Three, three};
use crate::docket::DocketFault;

const LOOK: Three<'static> = [
    ("ar", "راجع الخلية في الأصل."),
    ("ckb", "خانەکە لەگەڵ بنەڕەتەکە بەراورد بکە."),
    ("en", "Compare the cell with the original."),
];

pub(crate) fn number_missing(problems: &mut Problems, place: Place) {
    problems.warning(
        "number-missing",
        place,
        &three(
            "صف بلا رقم طعن أو شكوى.",
            "ڕیزێک بەبێ ژمارەی تانە یان سکاڵا.",
            "A row without an appeal's or complaint's number.",
        ),
        &three("أضف الرقم.", "ژمارەکە زیاد بکە.", "Add the number."),
    );
}

pub(crate) fn number_repeated(problems: &mut Problems, place: Place, first_row: u32) {
    let ar = format!("الرقم نفسه في الصف {first_row}.");
    let ckb = format!("هەمان ژمارە لە ڕیزی {first_row}دایە.");
    let en = format!("The same number stands in row {first_row}.");
    problems.warning(
        "number-repeated",
        place,
        &three(&ar, &ckb, &en),
        &three(
            "تحقق: قيد مكرر أم ملحق؟",
            "بپشکنە: دوو جار تۆمارکراوە یان پاشکۆیە؟",
            "Check: entered twice, or a supplement?",
        ),
    );
}

pub(crate) fn number_imprecise(problems: &mut Problems, place: Place) {
    problems.warning(
        "number-imprecise",
        place,
        &three(
            "خلية رقمية بأكثر من 15 مرتبة؛ برنامج الجداول غيّر آخر المراتب.",
            "خانەیەکی ژمارەیی لە 15 ڕەنووس زیاتر؛ بەرنامەی خشتەکان دوا ڕەنووسەکانی گۆڕیوە.",
            "A numeric cell of more than 15 digits; the spreadsheet has changed the last ones.",
        ),
        &three(
            "اجعل العمود نصاً وأدخل الرقم من جديد.",
            "ستوونەکە بکە بە دەق و ژمارەکە سەرلەنوێ بنووسەوە.",
            "Make the column text and type it again.",
        ),
    );
}

/// `held` is the number in the cell, `shown` what people see of it.
pub(crate) fn number_shown_longer(problems: &mut Problems, place: Place, held: &str, shown: &str) {
    let ar = format!(
        "في الخلية {} ويظهر {}؛ الأصفار تنسيق لا جزء من الرقم.",
        isolate(held),
        isolate(shown)
    );
    let ckb = format!(
        "لە خانەکەدا {}ە و {} دەردەکەوێت؛ سفرەکان شێوازن، نەک بەشێک لە ژمارەکە.",
        isolate(held),
        isolate(shown)
    );
    let en =
        format!("The cell holds {held} and shows {shown}: the zeros are layout, not part of it.");
    problems.warning(
        "number-shown-longer",
        place,
        &three(&ar, &ckb, &en),
        &three(
            "اجعل العمود نصاً وأدخل الرقم كما يظهر.",
            "ستوونەکە بکە بە دەق و ژمارەکە وەک دەردەکەوێت بنووسە.",
            "Make the column text and type what is shown.",
        ),
    );
}

/// `originals` are numbers that a spreadsheet turns into this date.
pub(crate) fn number_became_date(problems: &mut Problems, place: Place, originals: &str) {
    let (mut ar, mut ckb, mut en) = (
        "حوّل برنامج الجداول الرقم إلى تاريخ؛ لم يُعدّ رقماً.".to_owned(),
        "بەرنامەی خشتەکان ژمارەکەی کردووە بە بەروار؛ وەک ژمارە هەژمار نەکرا.".to_owned(),
        "The spreadsheet has turned the number into a date; it does not count as a number."
            .to_owned(),
    );
    if !originals.is_empty() {
        ar = format!("{ar} لعل المكتوب كان: {}.", isolate(originals));
        ckb = format!("{ckb} لەوانەیە نووسراوەکە ئەمە بووبێت: {}.", isolate(originals));
        en = format!("{en} What was typed may have been {originals}.");
    }
    problems.warning(
        "number-became-date",
        place,
        &three(&ar, &ckb, &en),
        &three(
            "اجعل العمود نصاً («تنسيق الخلايا» ثم «نص») وأدخل الرقم من جديد.",
            "ستوونەکە بکە بە دەق («Format Cells» پاشان «Text») و ژمارەکە سەرلەنوێ بنووسەوە.",
            "Make the column text (“Format Cells”, “Text”) and type the number again.",
        ),
    );
}

pub(crate) fn number_bad(problems: &mut Problems, place: Place, fault: DocketFault) {
    let (code, ar, ckb, en) = fault.wording();
    problems.error(
        code,
        place,
        &three(&ar, &ckb, &en),
        &three(
            "أعد كتابة الرقم يدوياً.",
            "ژمارەکە بە دەست سەرلەنوێ بنووسەوە.",
            "Type the number again by hand.",
        ),
    );
}

pub(crate) fn numbers_too_many(problems: &mut Problems, place: Place) {
    problems.error(
        "numbers-too-many",
        place,
        &three(
            "أرقام أكثر من الحد في خلية واحدة.",
            "لە یەک خانەدا ژمارەی لە سنوور زیاتر.",
            "More numbers in one cell than the limit.",
        ),
        &three(
            "وزّعها على صفوف.",
            "بەسەر چەند ڕیزێکدا دابەشیان بکە.",
            "Spread them over several rows.",
        ),
    );
}

pub(crate) fn digits_mixed(problems: &mut Problems, place: Place) {
    problems.warning(
        "digits-mixed",
        place,
        &three(
            "أرقام من نوعين في خلية واحدة.",
            "دوو جۆر ڕەنووس لە یەک خانەدا.",
            "Digits of two kinds in one cell.",
        ),
        &LOOK,
    );
}

pub(crate) fn formula_like(problems: &mut Problems, place: Place) {
    problems.warning(
        "formula-like",
        place,
        &three(
            "نص يبدأ كصيغة حسابية؛ حُفظ كما هو ولم يُحسب.",
            "دەقێک کە وەک فۆرموولا دەست پێدەکات؛ وەک خۆی هێڵراوەتەوە و هەژمار نەکراوە.",
            "Text that begins like a formula; it is kept as it is and not computed.",
        ),
        &LOOK,
    );
}

/// `from_row` is the row in which the value stands.
pub(crate) fn merged(problems: &mut Problems, place: Place, from_row: u32) {
    let ar = format!("خلية مدمجة مع الصف {from_row}؛ أُخذت قيمته لكل الصفوف المدمجة.");
    let ckb =
        format!("خانەکە لەگەڵ ڕیزی {from_row} یەکخراوە؛ نرخەکەی بۆ هەموو ڕیزە یەکخراوەکان دانرا.");
    let en =
        format!("The cell is merged with row {from_row}; its value counts for all merged rows.");
    problems.warning("cell-merged", place, &three(&ar, &ckb, &en), &LOOK);
}

pub(crate) fn flag(problems: &mut Problems, place: Place, shown: &str) {
    let ar = format!("قيمة منطقية {} حيث لا تُنتظر؛ حُفظت كما هي.", isolate(shown));
    let ckb = format!(
        "نرخێکی بەڵێ/نەخێر {} لەو شوێنەی چاوەڕوان نەدەکرا؛ وەک خۆی هێڵراوەتەوە.",
        isolate(shown)
    );
    let en = format!("A yes-or-no value ({shown}) where none is expected; it is kept as it is.");
    problems.warning("cell-boolean", place, &three(&ar, &ckb, &en), &LOOK);
}

pub(crate) fn cell_error(problems: &mut Problems, place: Place, shown: &str) {
    let ar = format!("صيغة الخلية فشلت: {}.", isolate(shown));
    let ckb = format!("فۆرموولای خانەکە سەرکەوتوو نەبوو: {}.", isolate(shown));
    let en = format!("The cell's formula failed: {shown}.");
    problems.warning("cell-error", place, &three(&ar, &ckb, &en), &LOOK);
}

pub(crate) fn outcome_unknown(problems: &mut Problems, place: Place) {
    problems.warning(
        "outcome-unknown",
        place,
        &three(
            "نتيجة غير معروفة؛ حُفظت كما هي.",
            "ئەنجامێکی نەناسراو؛ وەک خۆی هێڵراوەتەوە.",
            "An unknown outcome; it is kept as it is.",
        ),
        &three(
            "استعمل ألفاظ القائمة: قبول، رد، رد شكلاً…",
            "وشەکانی لیستەکە بەکاربهێنە: قبول، رد، رد شكلاً…",
            "Use the list: upheld, rejected, …",
        ),
    );
}

pub(crate) fn papers_unread(problems: &mut Problems, place: Place) {
    problems.warning(
        "papers-unread",
        place,
        &three(
            "عدد الأوراق ليس عدداً؛ حُفظ كما هو.",
            "ژمارەی پەڕەکان ژمارە نییە؛ وەک خۆی هێڵراوەتەوە.",
            "The count of papers is no number.",
        ),
        &LOOK,
    );
}
