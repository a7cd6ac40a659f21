//! What is doubtful or wrong about a cell.

use barid_plugin::{Place, Problems};
use barid_proto::text::isolate;

use super::{Both, both};
use crate::docket::DocketFault;

const LOOK: Both<'static> =
    [("ar", "راجع الخلية في الأصل."), ("en", "Compare the cell with the original.")];

pub(crate) fn number_missing(problems: &mut Problems, place: Place) {
    problems.warning(
        "number-missing",
        place,
        &both("صف بلا رقم طعن أو شكوى.", "A row without an appeal's or complaint's number."),
        &both("أضف الرقم.", "Add the number."),
    );
}

pub(crate) fn number_repeated(problems: &mut Problems, place: Place, first_row: u32) {
    let ar = format!("الرقم نفسه في الصف {first_row}.");
    let en = format!("The same number stands in row {first_row}.");
    problems.warning(
        "number-repeated",
        place,
        &both(&ar, &en),
        &both("تحقق: قيد مكرر أم ملحق؟", "Check: entered twice, or a supplement?"),
    );
}

pub(crate) fn number_imprecise(problems: &mut Problems, place: Place) {
    problems.warning(
        "number-imprecise",
        place,
        &both(
            "خلية رقمية بأكثر من 15 مرتبة؛ برنامج الجداول غيّر آخر المراتب.",
            "A numeric cell of more than 15 digits; the spreadsheet has changed the last ones.",
        ),
        &both("اجعل العمود نصاً وأدخل الرقم من جديد.", "Make the column text and type it again."),
    );
}

pub(crate) fn number_became_date(problems: &mut Problems, place: Place) {
    problems.warning(
        "number-became-date",
        place,
        &both(
            "حوّل برنامج الجداول الرقم إلى تاريخ.",
            "The spreadsheet has turned the number into a date.",
        ),
        &both("اجعل العمود نصاً وأدخل الرقم من جديد.", "Make the column text and type it again."),
    );
}

pub(crate) fn number_bad(problems: &mut Problems, place: Place, fault: DocketFault) {
    let (code, ar, en) = fault.wording();
    problems.error(
        code,
        place,
        &both(&ar, &en),
        &both("أعد كتابة الرقم يدوياً.", "Type the number again by hand."),
    );
}

pub(crate) fn numbers_too_many(problems: &mut Problems, place: Place) {
    problems.error(
        "numbers-too-many",
        place,
        &both("أرقام أكثر من الحد في خلية واحدة.", "More numbers in one cell than the limit."),
        &both("وزّعها على صفوف.", "Spread them over several rows."),
    );
}

pub(crate) fn digits_mixed(problems: &mut Problems, place: Place) {
    problems.warning(
        "digits-mixed",
        place,
        &both("أرقام من نوعين في خلية واحدة.", "Digits of two kinds in one cell."),
        &LOOK,
    );
}

pub(crate) fn formula_like(problems: &mut Problems, place: Place) {
    problems.warning(
        "formula-like",
        place,
        &both(
            "نص يبدأ كصيغة حسابية؛ حُفظ كما هو ولم يُحسب.",
            "Text that begins like a formula; it is kept as it is and not computed.",
        ),
        &LOOK,
    );
}

pub(crate) fn merged(problems: &mut Problems, place: Place) {
    problems.warning(
        "cell-merged",
        place,
        &both(
            "خلية مدمجة مع صف آخر؛ أُخذت قيمته.",
            "The cell is merged with another row; its value is taken.",
        ),
        &LOOK,
    );
}

pub(crate) fn cell_error(problems: &mut Problems, place: Place, shown: &str) {
    let ar = format!("صيغة الخلية فشلت: {}.", isolate(shown));
    let en = format!("The cell's formula failed: {shown}.");
    problems.warning("cell-error", place, &both(&ar, &en), &LOOK);
}

pub(crate) fn date_ambiguous(problems: &mut Problems, place: Place, days: &str) {
    let ar = format!("التاريخ يعني أكثر من يوم: {}.", isolate(days));
    let en = format!("The date can mean more than one day: {days}.");
    problems.warning(
        "date-ambiguous",
        place,
        &both(&ar, &en),
        &both("اكتب التاريخ بصيغة 2025-11-16.", "Write dates as 2025-11-16."),
    );
}

pub(crate) fn date_unread(problems: &mut Problems, place: Place) {
    problems.warning(
        "date-unread",
        place,
        &both("لم يُفهم التاريخ؛ حُفظ كما هو.", "The date was not understood; it is kept."),
        &both("اكتب التاريخ بصيغة 2025-11-16.", "Write dates as 2025-11-16."),
    );
}

pub(crate) fn date_serial(problems: &mut Problems, place: Place, day: &str) {
    let ar = format!("عدد أيام بدل التاريخ؛ قُرئ على أنه {}.", isolate(day));
    let en = format!("A count of days instead of a date; it was read as {day}.");
    problems.warning(
        "date-serial",
        place,
        &both(&ar, &en),
        &both("نسّق العمود تاريخاً.", "Format the column as dates."),
    );
}

pub(crate) fn outcome_unknown(problems: &mut Problems, place: Place) {
    problems.warning(
        "outcome-unknown",
        place,
        &both("نتيجة غير معروفة؛ حُفظت كما هي.", "An unknown outcome; it is kept as it is."),
        &both("استعمل ألفاظ القائمة: قبول، رد، رد شكلاً…", "Use the list: upheld, rejected, …"),
    );
}

pub(crate) fn papers_unread(problems: &mut Problems, place: Place) {
    problems.warning(
        "papers-unread",
        place,
        &both("عدد الأوراق ليس عدداً؛ حُفظ كما هو.", "The count of papers is no number."),
        &LOOK,
    );
}
