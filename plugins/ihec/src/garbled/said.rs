//! What happened to damaged text, where, and how to export it again: in Arabic, Sorani and English.

use barid_plugin::{Place, Problems};
use barid_proto::text::isolate;

use super::Damage;

/// Text in Arabic, Sorani and English.
type Three<T> = [(&'static str, T); 3];

const EXPORT_UTF_8: Three<&str> = [
    (
        "ar",
        "لا تصحح النص يدوياً. افتح الأصل في البرنامج الذي كُتب فيه واحفظه من جديد: في Excel «حفظ \
         باسم» ثم «CSV UTF-8» أو «مصنف Excel». وإذا كان الأصل نفسه ملف CSV فاستورده بـ«بيانات» ثم \
         «من نص/CSV» واختر الترميز الصحيح (65001 لـ UTF-8 أو 1256 للعربية).",
    ),
    (
        "ckb",
        "دەقەکە بە دەست چاک مەکە. بنەڕەتەکە لەو بەرنامەیەدا بکەرەوە کە پێی نووسراوە و سەرلەنوێ \
         پاشەکەوتی بکە: لە Excel «Save As» پاشان «CSV UTF-8» یان «Excel Workbook». ئەگەر بنەڕەتەکە \
         خۆی CSV بێت، بە «Data» پاشان «From Text/CSV» بیهێنە ناوەوە و کۆدکردنی دروست هەڵبژێرە \
         (65001 بۆ UTF-8، 1256 بۆ عەرەبی).",
    ),
    (
        "en",
        "Do not mend the text by hand. Open the original in the program it was written with and \
         save it again: in Excel “Save As”, then “CSV UTF-8” or “Excel Workbook (xlsx)”. If the \
         original is a CSV itself, import it with “Data”, “From Text/CSV” and choose the right \
         encoding (65001 for UTF-8, 1256 for Arabic).",
    ),
];

const FROM_ORIGINAL: Three<&str> = [
    (
        "ar",
        "الحروف ضاعت ولا يمكن استرجاعها من هذا الملف. ارجع إلى الأصل واحفظه بصيغة «CSV UTF-8» أو \
         XLSX، لا «CSV» فقط.",
    ),
    (
        "ckb",
        "پیتەکان لەدەست چوون و لەمەوە ناگەڕێنەوە. بگەڕێوە بۆ بنەڕەتەکە و وەک «CSV UTF-8» یان XLSX \
         پاشەکەوتی بکە، نەک تەنها «CSV».",
    ),
    (
        "en",
        "The letters are gone and cannot be had back from this. Return to the original and save it \
         as “CSV UTF-8” or XLSX, not as plain “CSV”.",
    ),
];

/// Names one kind of damage and everything that it has befallen. `cells` lists where, in words.
pub(crate) fn warn(damage: Damage, place: Place, cells: &str, problems: &mut Problems) {
    let (code, what, remedy) = match damage {
        Damage::Misread { was, read_as, times } => {
            ("text-garbled", misread(was, read_as, times), &EXPORT_UTF_8)
        }
        Damage::Replaced => ("text-replaced", replaced(), &FROM_ORIGINAL),
        Damage::QuestionMarks => ("text-question-marks", question_marks(), &FROM_ORIGINAL),
    };
    let labels = [("ar", "المواضع"), ("ckb", "شوێنەکان"), ("en", "Where")];
    let mut what = what;
    if !cells.is_empty() {
        for ((_, text), (_, label)) in what.iter_mut().zip(labels) {
            *text = format!("{text} {label}: {}.", isolate(cells));
        }
    }
    let what = what.each_ref().map(|(language, text)| (*language, text.as_str()));
    problems.warning(code, place, &what, remedy);
}

fn misread(was: &str, read_as: &str, times: u8) -> Three<String> {
    let (from, to) = (isolate(was), isolate(read_as));
    let again = |words: &str| {
        if times > 1 { format!(" {times} {words}") } else { String::new() }
    };
    [
        ("ar", format!("حروف تالفة: نص {from} قُرئ خطأً على أنه {to}{}.", again("مرات متتالية"))),
        (
            "ckb",
            format!(
                "پیتی تێکچوو: دەقێکی {from} بە هەڵە وەک {to} خوێنراوەتەوە{}.",
                again("جار لەسەر یەک"),
            ),
        ),
        (
            "en",
            format!(
                "Garbled letters: {was} was read as {read_as} by mistake{}.",
                again("times over"),
            ),
        ),
    ]
}

fn replaced() -> Three<String> {
    [
        ("ar", "حروف لم تُقرأ فحلّ محلها الرمز U+FFFD: حُفظ النص بترميز وقُرئ بآخر.".to_owned()),
        (
            "ckb",
            "ئەو پیتانەی نەخوێنرانەوە U+FFFD شوێنیان گرتووەتەوە: دەقەکە بە کۆدکردنێک پاشەکەوت \
             کراوە و بە یەکێکی تر خوێنراوەتەوە."
                .to_owned(),
        ),
        (
            "en",
            "Letters that could not be read were replaced by U+FFFD: the text was saved in one \
             encoding and read in another."
                .to_owned(),
        ),
    ]
}

fn question_marks() -> Three<String> {
    [
        ("ar", "علامات استفهام بدل الحروف: حُفظ النص بترميز لا حروف عربية فيه.".to_owned()),
        (
            "ckb",
            "نیشانەی پرسیار لە جێی پیتەکان: دەقەکە بە کۆدکردنێک پاشەکەوت کراوە کە پیتی عەرەبی و \
             کوردیی تێدا نییە."
                .to_owned(),
        ),
        (
            "en",
            "Question marks in place of letters: the text was saved in an encoding that has no \
             Arabic letters."
                .to_owned(),
        ),
    ]
}
