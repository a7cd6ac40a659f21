//! The wording of every problem, in Arabic, Sorani and English: what is wrong and how to mend it.

use barid_json_reading::{shown, terms::write_day};
use barid_plugin::v1::WrittenDate;
use barid_plugin::{Place, Problems};
use barid_word_reading::Fault;

const PACK: &[(&str, &str)] = &[
    ("ar", "ضع ملف docx وسطره من السجل بصيغة CSV معاً في أرشيف ZIP."),
    ("ckb", "پەڕگەی docx و ڕیزەکەی لە تۆماردا وەک CSV پێکەوە بخە ناو یەک ئەرشیفی ZIP."),
    ("en", "Put the .docx and its row of the register, as CSV, together into one ZIP archive."),
];

/// Says why the archive is not read.
pub(crate) fn fault(problems: &mut Problems, fault: &Fault) {
    if *fault == Fault::NotAnArchive {
        not_an_archive(problems);
    } else {
        fault.say(problems, "");
    }
}

fn not_an_archive(problems: &mut Problems) {
    problems.error(
        "package-missing",
        Place::default(),
        &[
            ("ar", "ليس أرشيف ZIP فيه الحكم وسطره من السجل."),
            ("ckb", "ئەرشیفێکی ZIP نییە کە حوکمەکە و ڕیزەکەی تۆماری تێدا بێت."),
            ("en", "This is no ZIP archive with the ruling and its row of the register."),
        ],
        PACK,
    );
}

pub(crate) fn without_table(problems: &mut Problems) {
    problems.error(
        "package-without-table",
        Place::default(),
        &[
            ("ar", "هذا ملف الحكم وحده من غير ما يقوله السجل عنه."),
            ("ckb", "ئەمە تەنیا پەڕگەی حوکمەکەیە، بەبێ ئەوەی تۆمار دەربارەی دەڵێت."),
            ("en", "This is the ruling alone, without what the register says about it."),
        ],
        PACK,
    );
}

pub(crate) fn missing(problems: &mut Problems, kind: &str) {
    problems.error(
        "package-incomplete",
        Place::default(),
        &[
            ("ar", &format!("ليس في الأرشيف ملف {kind}.")),
            ("ckb", &format!("لە ئەرشیفەکەدا پەڕگەی {kind} نییە.")),
            ("en", &format!("There is no {kind} in the archive.")),
        ],
        PACK,
    );
}

pub(crate) fn several(problems: &mut Problems, kind: &str, names: &[String]) {
    let names: Vec<String> = names.iter().take(5).map(|name| shown(name)).collect();
    let names = names.join(", ");
    problems.error(
        "package-several",
        Place::default(),
        &[
            ("ar", &format!("في الأرشيف أكثر من ملف {kind} واحد: {names}")),
            ("ckb", &format!("لە ئەرشیفەکەدا زیاتر لە یەک پەڕگەی {kind} هەیە: {names}")),
            ("en", &format!("There is more than one {kind} in the archive: {names}")),
        ],
        &[
            ("ar", "أودع كل حكم وحده."),
            ("ckb", "هەر حوکمێک بە جیا بنێرە."),
            ("en", "File each ruling by itself."),
        ],
    );
}

pub(crate) fn extra(problems: &mut Problems, name: &str) {
    let place = Place::path(name);
    let name = shown(name);
    problems.error(
        "package-extra",
        place,
        &[
            ("ar", &format!("في الأرشيف ملف لا يقرأ: {name}")),
            ("ckb", &format!("لە ئەرشیفەکەدا پەڕگەیەک هەیە کە ناخوێنرێتەوە: {name}")),
            ("en", &format!("The archive has a file that is not read: {name}")),
        ],
        &[
            ("ar", "أودعه مستنداً مرفقاً."),
            ("ckb", "وەک بەڵگەنامەی هاوپێچ بینێرە."),
            ("en", "File it as an exhibit."),
        ],
    );
}

pub(crate) fn heading_unknown(problems: &mut Problems, heading: &str) {
    problems.warning(
        "heading-unknown",
        Place::cell(1, heading),
        &[
            ("ar", &format!("العمود {} غير معروف؛ بقي في الجدول ولم يقرأ.", shown(heading))),
            (
                "ckb",
                &format!(
                    "ستوونی {} نەناسراوە؛ لە خشتەکەدا ماوەتەوە و نەخوێنراوەتەوە.",
                    shown(heading)
                ),
            ),
            (
                "en",
                &format!(
                    "The column {} is not known; it stays in the table and was not read.",
                    shown(heading)
                ),
            ),
        ],
        &[
            ("ar", "صحّح العنوان إن كان مقصوداً."),
            ("ckb", "ئەگەر مەبەست خوێندنەوەی بووە، سەردێڕەکە ڕاست بکەرەوە."),
            ("en", "Correct the heading if it was meant to be read."),
        ],
    );
}

pub(crate) fn heading_twice(problems: &mut Problems, heading: &str) {
    problems.error(
        "heading-twice",
        Place::cell(1, heading),
        &[
            ("ar", &format!("عمودان بمعنى واحد: {}", shown(heading))),
            ("ckb", &format!("دوو ستوون بە یەک واتا: {}", shown(heading))),
            ("en", &format!("Two columns say the same: {}", shown(heading))),
        ],
        &[
            ("ar", "أبقِ واحداً منهما."),
            ("ckb", "یەکێکیان بهێڵەرەوە."),
            ("en", "Keep only one of them."),
        ],
    );
}

pub(crate) fn no_row(problems: &mut Problems) {
    problems.error(
        "register-empty",
        Place::cell(2, ""),
        &[
            ("ar", "ليس في السجل سطر عن الحكم."),
            ("ckb", "لە تۆمارەکەدا ڕیزێک دەربارەی حوکمەکە نییە."),
            ("en", "The register has headings only, and no row about the ruling."),
        ],
        &[
            ("ar", "أضف سطر الحكم تحت العناوين."),
            ("ckb", "ڕیزی حوکمەکە لە ژێر سەردێڕەکان زیاد بکە."),
            ("en", "Add the ruling's row below the headings."),
        ],
    );
}

pub(crate) fn row_missing(problems: &mut Problems, name: &str) {
    problems.error(
        "row-missing",
        Place::cell(1, "FilePath"),
        &[
            ("ar", &format!("ليس في السجل سطر عن {}.", shown(name))),
            ("ckb", &format!("لە تۆمارەکەدا ڕیزێک دەربارەی {} نییە.", shown(name))),
            ("en", &format!("No row of the register is about {}.", shown(name))),
        ],
        &[
            ("ar", "اكتب اسم الملف في FilePath أو أبقِ سطراً واحداً."),
            ("ckb", "ناوی پەڕگەکە لە FilePath بنووسە، یان تەنیا یەک ڕیز بهێڵەرەوە."),
            ("en", "Write its name into FilePath, or leave one row only."),
        ],
    );
}

pub(crate) fn row_twice(problems: &mut Problems, row: u32, name: &str) {
    problems.error(
        "row-twice",
        Place::cell(row, "FilePath"),
        &[
            ("ar", &format!("في السجل أكثر من سطر عن {}.", shown(name))),
            ("ckb", &format!("لە تۆمارەکەدا زیاتر لە ڕیزێک دەربارەی {} هەیە.", shown(name))),
            ("en", &format!("More than one row of the register is about {}.", shown(name))),
        ],
        &[("ar", "أبقِ سطراً واحداً."), ("ckb", "یەک ڕیز بهێڵەرەوە."), ("en", "Keep one of them.")],
    );
}

pub(crate) fn path_differs(problems: &mut Problems, row: u32, file: &str, name: &str) {
    problems.warning(
        "path-differs",
        Place::cell(row, "FilePath"),
        &[
            ("ar", &format!("السطر عن الملف {} والملف هو {}.", shown(file), shown(name))),
            ("ckb", &format!("ڕیزەکە دەربارەی {}ە، بەڵام پەڕگەکە {}ە.", shown(file), shown(name))),
            ("en", &format!("The row is about {}, but the file is {}.", shown(file), shown(name))),
        ],
        &[
            ("ar", "تأكد أن السطر عن هذا الحكم."),
            ("ckb", "دڵنیا بە کە ڕیزەکە دەربارەی ئەم حوکمەیە."),
            ("en", "Make sure that the row is about this ruling."),
        ],
    );
}

pub(crate) fn skipped(problems: &mut Problems, row: u32) {
    problems.error(
        "row-skipped",
        Place::cell(row, "skip"),
        &[
            ("ar", "يقول السجل إن هذا الحكم لا يقدم (skip)."),
            ("ckb", "تۆمارەکە دەڵێت ئەم حوکمە پێشکەش ناکرێت (skip)."),
            ("en", "The register says that this ruling is not to be handed in (skip)."),
        ],
        &[
            ("ar", "لا تودعه، أو صحّح السجل."),
            ("ckb", "مەینێرە، یان تۆمارەکە ڕاست بکەرەوە."),
            ("en", "Do not file it, or correct the register."),
        ],
    );
}

pub(crate) fn day_missing(problems: &mut Problems, place: Place) {
    problems.warning(
        "date-missing",
        place,
        &[
            ("ar", "لا يذكر السجل يوم الحكم."),
            ("ckb", "تۆمارەکە ڕۆژی حوکمەکە ناڵێت."),
            ("en", "The register does not say on which day the ruling was given."),
        ],
        &[
            ("ar", "اكتب يوم صدور الحكم."),
            ("ckb", "ڕۆژی دەرچوونی حوکمەکە بنووسە."),
            ("en", "Write the day of the ruling."),
        ],
    );
}

pub(crate) fn day_unreadable(problems: &mut Problems, place: Place, literal: &str) {
    problems.warning(
        "date-unreadable",
        place,
        &[
            ("ar", &format!("التاريخ {} ليس يوماً في التقويم.", shown(literal))),
            ("ckb", &format!("بەرواری {} ڕۆژێکی ڕۆژژمێر نییە.", shown(literal))),
            ("en", &format!("The date {} is no day of the calendar.", shown(literal))),
        ],
        &[
            ("ar", "اكتبه مثل 2025-12-04."),
            ("ckb", "وەک 2025-12-04 بینووسە."),
            ("en", "Write it like 2025-12-04."),
        ],
    );
}

pub(crate) fn day_ambiguous(problems: &mut Problems, place: Place, day: &WrittenDate) {
    let days: Vec<String> = day.candidates.iter().map(write_day).collect();
    let days = days.join(", ");
    problems.warning(
        "date-ambiguous",
        place,
        &[
            ("ar", &format!("التاريخ {} يحتمل يومين: {days}", shown(&day.literal))),
            ("ckb", &format!("بەرواری {} دەشێت دوو ڕۆژ بگەیەنێت: {days}", shown(&day.literal))),
            ("en", &format!("The date {} can mean two days: {days}.", shown(&day.literal))),
        ],
        &[
            ("ar", "اكتبه مثل 2025-12-04."),
            ("ckb", "وەک 2025-12-04 بینووسە."),
            ("en", "Write it like 2025-12-04."),
        ],
    );
}

pub(crate) fn bidi(problems: &mut Problems, place: Place, control: char) {
    let code = format!("U+{:04X}", u32::from(control));
    problems.error(
        "bidi-control",
        place,
        &[
            ("ar", &format!("في الخلية رمز خفي {code} يغيّر اتجاه الكتابة.")),
            (
                "ckb",
                &format!("لە خانەکەدا هێمایەکی شاراوە {code} هەیە کە ئاراستەی نووسین دەگۆڕێت."),
            ),
            (
                "en",
                &format!(
                    "The cell holds the invisible {code}, which changes the writing direction."
                ),
            ),
        ],
        &[
            ("ar", "أعد كتابتها يدوياً."),
            ("ckb", "بە دەست سەرلەنوێ بینووسەوە."),
            ("en", "Type it again by hand."),
        ],
    );
}

pub(crate) fn cell_too_long(problems: &mut Problems, place: Place, max_bytes: usize) {
    problems.error(
        "cell-too-long",
        place,
        &[
            ("ar", &format!("الخلية أطول من {max_bytes} بايت.")),
            ("ckb", &format!("خانەکە لە {max_bytes} بایت درێژترە.")),
            ("en", &format!("The cell is longer than {max_bytes} bytes.")),
        ],
        &[("ar", "اختصرها."), ("ckb", "کورتی بکەرەوە."), ("en", "Shorten it.")],
    );
}

pub(crate) fn control(problems: &mut Problems, place: Place) {
    problems.error(
        "control-character",
        place,
        &[
            ("ar", "في الخلية رمز تحكم أو سطر جديد."),
            ("ckb", "لە خانەکەدا هێمای کۆنترۆڵ یان دێڕی نوێ هەیە."),
            ("en", "The cell has a control character or a line break in it."),
        ],
        &[
            ("ar", "اكتبها في سطر واحد."),
            ("ckb", "لە یەک دێڕدا بینووسە."),
            ("en", "Write it on one line."),
        ],
    );
}

pub(crate) fn not_said(problems: &mut Problems, place: &Place, missing: &str) {
    problems.warning(
        "ruling-incomplete",
        place.clone(),
        &[
            ("ar", &format!("لا يقول السجل عن الحكم: {missing}")),
            ("ckb", &format!("تۆمارەکە ئەمە دەربارەی حوکمەکە ناڵێت: {missing}")),
            ("en", &format!("The register does not say of the ruling: {missing}.")),
        ],
        &[
            ("ar", "أضف ما يعرف منها إلى سطر الحكم."),
            ("ckb", "ئەوەی لێی زانراوە بۆ ڕیزی حوکمەکە زیاد بکە."),
            ("en", "Add to its row what of it is known."),
        ],
    );
}
