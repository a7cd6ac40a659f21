//! What happened to damaged text, where, and how to export it again.

use barid_plugin::{Place, Problems};
use barid_proto::text::isolate;

use super::Damage;

const EXPORT_UTF_8: [(&str, &str); 2] = [
    (
        "ar",
        "لا تصحح النص يدوياً. افتح الأصل في البرنامج الذي كُتب فيه واحفظه من جديد: في Excel «حفظ \
         باسم» ثم «CSV UTF-8» أو «مصنف Excel ‏(xlsx)». وإذا كان الأصل نفسه ملف CSV فاستورده بـ«بيانات» \
         ثم «من نص/CSV» واختر الترميز الصحيح (65001 لـ UTF-8 أو 1256 للعربية).",
    ),
    (
        "en",
        "Do not mend the text by hand. Open the original in the program it was written with and \
         save it again: in Excel “Save As”, then “CSV UTF-8” or “Excel Workbook (xlsx)”. If the \
         original is a CSV itself, import it with “Data”, “From Text/CSV” and choose the right \
         encoding (65001 for UTF-8, 1256 for Arabic).",
    ),
];

const FROM_ORIGINAL: [(&str, &str); 2] = [
    (
        "ar",
        "الحروف ضاعت ولا يمكن استرجاعها من هذا الملف. ارجع إلى الأصل واحفظه بصيغة «CSV UTF-8» أو \
         XLSX، لا «CSV» فقط.",
    ),
    (
        "en",
        "The letters are gone and cannot be had back from this. Return to the original and save it \
         as “CSV UTF-8” or XLSX, not as plain “CSV”.",
    ),
];

/// Names one kind of damage and everything that it has befallen. `cells` lists where, in words.
pub(crate) fn warn(damage: Damage, place: Place, cells: &str, problems: &mut Problems) {
    let (code, ar, en) = wording(damage);
    let remedy = if code == "text-garbled" { &EXPORT_UTF_8 } else { &FROM_ORIGINAL };
    let (ar, en) = if cells.is_empty() {
        (ar, en)
    } else {
        (format!("{ar} المواضع: {}.", isolate(cells)), format!("{en} Where: {}.", isolate(cells)))
    };
    problems.warning(code, place, &[("ar", &ar), ("en", &en)], remedy);
}

fn wording(damage: Damage) -> (&'static str, String, String) {
    match damage {
        Damage::Misread { was, read_as, times } => {
            let (again_ar, again_en) = if times > 1 {
                (format!(" {times} مرات متتالية"), format!(" {times} times over"))
            } else {
                (String::new(), String::new())
            };
            (
                "text-garbled",
                format!(
                    "حروف تالفة: نص بترميز {} قُرئ خطأً على أنه {}{again_ar}.",
                    isolate(was),
                    isolate(read_as),
                ),
                format!("Garbled letters: {was} was read as {read_as} by mistake{again_en}."),
            )
        }
        Damage::Replaced => (
            "text-replaced",
            "حروف لم تُقرأ فحلّ محلها الرمز U+FFFD \u{2068}(\u{FFFD})\u{2069}: حُفظ النص بترميز وقُرئ بآخر.".to_owned(),
            "Letters that could not be read were replaced by U+FFFD (\u{FFFD}): the text was saved in \
             one encoding and read in another."
                .to_owned(),
        ),
        Damage::QuestionMarks => (
            "text-question-marks",
            "علامات استفهام بدل الحروف: حُفظ النص بترميز لا حروف عربية فيه.".to_owned(),
            "Question marks in place of letters: the text was saved in an encoding that has no \
             Arabic letters."
                .to_owned(),
        ),
    }
}
