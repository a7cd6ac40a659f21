//! What is doubtful about a date.

use barid_plugin::{Place, Problems};
use barid_proto::text::isolate;

use super::super::date::{Remark, Tells, Understood, list};
use super::{Three, three};

const WRITE_ISO: Three<'static> = [
    ("ar", "اكتب التاريخ بصيغة 2025-11-16."),
    ("ckb", "بەروارەکە وەک 2025-11-16 بنووسە."),
    ("en", "Write dates as 2025-11-16."),
];

/// Names what is doubtful about a date. `tells` is what the rest of its column shows.
pub(crate) fn date(
    problems: &mut Problems,
    place: impl FnOnce() -> Place,
    date: &Understood,
    tells: Tells,
) {
    if let (None, [_]) = (date.remark, date.candidates.as_slice()) {
        return;
    }
    let (days, place) = (list(&date.candidates), place());
    match (date.remark, date.candidates.as_slice()) {
        (Some(Remark::Hijri), _) => date_hijri(problems, place),
        (Some(Remark::Kurdish), _) => date_kurdish(problems, place),
        (Some(Remark::Serial), _) => date_serial(problems, place, &days),
        (_, []) => date_unread(problems, place),
        (Some(Remark::ShortYear), [_]) => date_year_short(problems, place, &days),
        (_, _) => date_ambiguous(problems, place, &days, tells),
    }
}

/// `days` lists what it can mean; `tells` is what the rest of its column shows.
pub(crate) fn date_ambiguous(problems: &mut Problems, place: Place, days: &str, tells: Tells) {
    let (why_ar, why_ckb, why_en) = reason(tells);
    let ar = format!("التاريخ يعني أكثر من يوم: {}. {why_ar}", isolate(days));
    let ckb = format!("بەروارەکە دەشێت زیاتر لە ڕۆژێک بگەیەنێت: {}. {why_ckb}", isolate(days));
    let en = format!("The date can mean more than one day: {days}. {why_en}");
    problems.warning("date-ambiguous", place, &three(&ar, &ckb, &en), &WRITE_ISO);
}

/// In Arabic, Sorani and English.
fn reason(tells: Tells) -> (String, String, String) {
    match tells {
        Tells::DayFirst(others) => (
            format!(
                "التواريخ الواضحة في العمود ({others}) كلها تبدأ باليوم، وهذا يرجّح القراءة \
                 الأولى ولا يحسمها."
            ),
            format!(
                "هەموو بەروارە ڕوونەکانی ستوونەکە ({others}) بە ڕۆژ دەست پێدەکەن؛ ئەمە خوێندنەوەی \
                 یەکەم بەهێز دەکات، بەڵام یەکلای ناکاتەوە."
            ),
            format!(
                "All clear dates of the column ({others}) have the day first, which speaks for \
                 the first reading; it was not chosen."
            ),
        ),
        Tells::MonthFirst(others) => (
            format!(
                "التواريخ الواضحة في العمود ({others}) كلها تبدأ بالشهر، وهذا يرجّح القراءة \
                 الثانية ولا يحسمها."
            ),
            format!(
                "هەموو بەروارە ڕوونەکانی ستوونەکە ({others}) بە مانگ دەست پێدەکەن؛ ئەمە \
                 خوێندنەوەی دووەم بەهێز دەکات، بەڵام یەکلای ناکاتەوە."
            ),
            format!(
                "All clear dates of the column ({others}) have the month first, which speaks for \
                 the second reading; it was not chosen."
            ),
        ),
        Tells::Both(days, months) => (
            format!("في العمود تواريخ تبدأ باليوم ({days}) وأخرى بالشهر ({months})."),
            format!(
                "لە ستوونەکەدا هەندێک بەروار بە ڕۆژ ({days}) و هەندێک بە مانگ ({months}) دەست \
                 پێدەکەن."
            ),
            format!(
                "The column has dates with the day first ({days}) and others with the month first \
                 ({months})."
            ),
        ),
        Tells::Nothing => (
            "لا تاريخ واضحاً في العمود يدل على المقصود.".to_owned(),
            "هیچ بەروارێکی ڕوون لە ستوونەکەدا نییە کە مەبەستەکە پیشان بدات.".to_owned(),
            "No clear date of the column shows which is meant.".to_owned(),
        ),
    }
}

pub(crate) fn date_unread(problems: &mut Problems, place: Place) {
    problems.warning(
        "date-unread",
        place,
        &three(
            "لم يُفهم التاريخ؛ حُفظ كما هو.",
            "بەروارەکە تێنەگەیشترا؛ وەک خۆی هێڵراوەتەوە.",
            "The date was not understood; it is kept.",
        ),
        &WRITE_ISO,
    );
}

fn date_serial(problems: &mut Problems, place: Place, days: &str) {
    let ar = format!("عدد أيام بدل التاريخ؛ معناه {}.", isolate(days));
    let ckb = format!("ژمارەی ڕۆژەکان لە جێی بەروار؛ واتاکەی {}.", isolate(days));
    let en = format!("A count of days instead of a date; it means {days}.");
    problems.warning(
        "date-serial",
        place,
        &three(&ar, &ckb, &en),
        &three(
            "نسّق العمود تاريخاً. الأيام تُعد من 1900، وفي مصنفات Macintosh القديمة من 1904.",
            "ستوونەکە وەک بەروار دابنێ. ڕۆژەکان لە 1900ەوە هەژمار دەکرێن، لە پەڕگە کۆنەکانی \
             Macintosh لە 1904ەوە.",
            "Format the column as dates. Days count from 1900, in old workbooks of Macintoshes \
             from 1904.",
        ),
    );
}

fn date_year_short(problems: &mut Problems, place: Place, days: &str) {
    let ar = format!("سنة من مرتبتين؛ معناه {} إن كانت من هذا القرن.", isolate(days));
    let ckb = format!("ساڵێک بە دوو ڕەنووس؛ واتاکەی {}، ئەگەر هی ئەم سەدەیە بێت.", isolate(days));
    let en = format!("A year of two digits; it means {days} if it is of this century.");
    problems.warning("date-year-short", place, &three(&ar, &ckb, &en), &WRITE_ISO);
}

/// A date of the Islamic calendar, alone or beside a Gregorian one.
fn date_hijri(problems: &mut Problems, place: Place) {
    problems.warning(
        "date-hijri",
        place,
        &three(
            "تاريخ هجري؛ حُفظ كما هو ولم يُحوَّل.",
            "بەروارێکی کۆچی؛ وەک خۆی هێڵراوەتەوە و نەگۆڕدراوە.",
            "A date of the Hijri calendar; it is kept as it is and not converted.",
        ),
        &three("أضف التاريخ الميلادي.", "بەرواری زایینی زیاد بکە.", "Add the Gregorian date."),
    );
}

fn date_kurdish(problems: &mut Problems, place: Place) {
    problems.warning(
        "date-kurdish",
        place,
        &[
            ("ar", "تاريخ بالتقويم الكردي؛ حُفظ كما هو ولم يُحوَّل."),
            ("ckb", "بەروارێکی ساڵنامەی کوردی؛ وەک خۆی هێڵراوەتەوە و نەگۆڕدراوە."),
            ("en", "A date of the Kurdish calendar; it is kept as it is and not converted."),
        ],
        &[
            ("ar", "أضف التاريخ الميلادي."),
            ("ckb", "بەرواری زایینی زیاد بکە."),
            ("en", "Add the Gregorian date."),
        ],
    );
}

/// A column whose clear dates contradict each other.
pub(crate) fn dates_mixed(problems: &mut Problems, place: Place, days: usize, months: usize) {
    let ar = format!("في العمود تواريخ تبدأ باليوم ({days}) وأخرى تبدأ بالشهر ({months}).");
    let ckb = format!(
        "لە ستوونەکەدا هەندێک بەروار بە ڕۆژ ({days}) و هەندێک بە مانگ ({months}) دەست پێدەکەن."
    );
    let en = format!(
        "The column has dates with the day first ({days}) and others with the month first \
         ({months}).",
    );
    problems.warning("dates-mixed", place, &three(&ar, &ckb, &en), &WRITE_ISO);
}

/// A column in which a spreadsheet has understood only dates whose day could be a month.
pub(crate) fn dates_half_converted(problems: &mut Problems, place: Place, rows: &str) {
    let ar = format!(
        "فهم برنامج الجداول بعض التواريخ وترك ما يومه فوق 12 نصاً: لعله قلب اليوم والشهر في \
         الصفوف {}.",
        isolate(rows),
    );
    let ckb = format!(
        "بەرنامەی خشتەکان لە هەندێک بەروار تێگەیشتووە و ئەوانەی ڕۆژیان لە 12 زیاترە وەک دەق \
         هێشتوویەتەوە: لەوانەیە ڕۆژ و مانگی لەم ڕیزانەدا گۆڕیبێتەوە: {}.",
        isolate(rows),
    );
    let en = format!(
        "The spreadsheet took some dates for its own and left those whose day is above 12 as \
         text: it \
         has perhaps swapped day and month in rows {rows}.",
    );
    problems.warning(
        "dates-half-converted",
        place,
        &three(&ar, &ckb, &en),
        &three(
            "قارن هذه الصفوف بالأصل، واكتب العمود كله بصيغة 2025-11-16.",
            "ئەم ڕیزانە لەگەڵ بنەڕەتەکە بەراورد بکە، و هەموو ستوونەکە وەک 2025-11-16 بنووسە.",
            "Compare these rows with the original, and write the whole column as 2025-11-16.",
        ),
    );
}
