//! The wording of every problem, in Arabic and English: what is wrong and how to mend it.

use barid_plugin::{Place, Problems};

use crate::parse::SIZE_MAX_BYTES;
use crate::shown::{shortened, shown};

pub(crate) fn too_large(problems: &mut Problems, size_bytes: usize) {
    problems.error(
        "too-large",
        Place::default(),
        &[
            ("ar", &format!("حجم الوثيقة {size_bytes} بايت، والحد {SIZE_MAX_BYTES}.")),
            ("en", &format!("The document has {size_bytes} bytes; the limit is {SIZE_MAX_BYTES}.")),
        ],
        &[("ar", "قسّم الوثيقة."), ("en", "Split the document.")],
    );
}

pub(crate) fn not_utf8(problems: &mut Problems, place: Place) {
    problems.error(
        "encoding-not-utf8",
        place,
        &[("ar", "النص ليس بترميز UTF-8."), ("en", "The text is not UTF-8.")],
        &[("ar", "احفظ الملف بترميز UTF-8."), ("en", "Save the file as UTF-8.")],
    );
}

pub(crate) fn syntax(problems: &mut Problems, place: Place, broken: &serde_json::Error) {
    let reason = broken.to_string();
    let reason = reason.split(" at line ").next().unwrap_or_default();
    problems.error(
        "json-syntax",
        place,
        &[
            ("ar", &format!("ليس نص JSON صحيحاً: {}", shown(reason))),
            ("en", &format!("Not valid JSON: {}.", shortened(reason))),
        ],
        &[
            ("ar", "صحّح النص في هذا الموضع أو صدّره من جديد."),
            ("en", "Correct the text at this place, or export it again."),
        ],
    );
}

pub(crate) fn twice(problems: &mut Problems, path: String) {
    let (ar, en) =
        (format!("الحقل {} مكرر.", shown(&path)), format!("The field `{path}` is there twice."));
    problems.error(
        "field-twice",
        Place::path(path),
        &[("ar", &ar), ("en", &en)],
        &[("ar", "أبقِ واحداً منهما."), ("en", "Keep one of them.")],
    );
}

pub(crate) fn unknown(problems: &mut Problems, path: String) {
    let (ar, en) = (
        format!("الحقل {} غير معروف في هذه الصيغة.", shown(&path)),
        format!("This format has no field `{path}`."),
    );
    problems.error(
        "field-unknown",
        Place::path(path),
        &[("ar", &ar), ("en", &en)],
        &[("ar", "صحّح الاسم أو احذف الحقل."), ("en", "Correct the name or remove the field.")],
    );
}

pub(crate) fn missing(problems: &mut Problems, path: String) {
    let (ar, en) = (
        format!("الحقل {} مفقود أو فارغ.", shown(&path)),
        format!("The field `{path}` is missing or empty."),
    );
    problems.error(
        "field-missing",
        Place::path(path),
        &[("ar", &ar), ("en", &en)],
        &[("ar", "أضف الحقل بقيمته."), ("en", "Add the field with its value.")],
    );
}

/// What a field has to hold, in Arabic and English, to finish "… must be".
#[derive(Clone, Copy)]
pub(crate) struct Expected(pub(crate) &'static str, pub(crate) &'static str);

pub(crate) const STRING: Expected = Expected("نصاً", "a string");
pub(crate) const INTEGER: Expected = Expected("عدداً صحيحاً", "a whole number");
pub(crate) const FLAG: Expected = Expected("true أو false", "true or false");
pub(crate) const OBJECT: Expected = Expected("كائناً { }", "an object { }");
pub(crate) const ARRAY: Expected = Expected("قائمة [ ]", "a list [ ]");
pub(crate) const DAY: Expected =
    Expected("تاريخاً موجوداً بصيغة YYYY-MM-DD", "a day that exists, written YYYY-MM-DD");
pub(crate) const INSTANT: Expected = Expected(
    "وقتاً مع فرق التوقيت، مثل \u{2066}2025-11-11T13:20:00+03:00\u{2069}",
    "a time with its offset from UTC, such as 2025-11-11T13:20:00+03:00",
);

pub(crate) fn wrong_type(problems: &mut Problems, path: String, expected: Expected) {
    expectation(problems, "type-wrong", path, expected);
}

pub(crate) fn bad_day(problems: &mut Problems, path: String) {
    expectation(problems, "date-invalid", path, DAY);
}

pub(crate) fn bad_instant(problems: &mut Problems, path: String) {
    expectation(problems, "instant-invalid", path, INSTANT);
}

fn expectation(problems: &mut Problems, code: &str, path: String, Expected(ar, en): Expected) {
    let (what_ar, what_en) =
        (format!("يجب أن يكون {} {ar}.", shown(&path)), format!("`{path}` must be {en}."));
    problems.error(
        code,
        Place::path(path),
        &[("ar", &what_ar), ("en", &what_en)],
        &[("ar", "صحّح القيمة."), ("en", "Correct the value.")],
    );
}

pub(crate) fn out_of_range(problems: &mut Problems, path: String, number: &str) {
    let (ar, en) = (
        format!("العدد {} في {} خارج المدى الممكن.", shown(number), shown(&path)),
        format!("The number {number} in `{path}` is out of range."),
    );
    problems.error(
        "number-out-of-range",
        Place::path(path),
        &[("ar", &ar), ("en", &en)],
        &[("ar", "صحّح العدد."), ("en", "Correct the number.")],
    );
}

pub(crate) fn too_long(problems: &mut Problems, path: String, limit: usize) {
    let (ar, en) = (
        format!("{} أطول من الحد {limit}.", shown(&path)),
        format!("`{path}` is longer than the limit of {limit}."),
    );
    problems.error(
        "value-too-long",
        Place::path(path),
        &[("ar", &ar), ("en", &en)],
        &[
            ("ar", "اختصر القيمة أو أرفقها مستنداً."),
            ("en", "Shorten it, or file it as an exhibit."),
        ],
    );
}

pub(crate) fn unknown_word(problems: &mut Problems, path: String, word: &str, known: &str) {
    let (ar, en) = (
        format!("القيمة {} في {} غير معروفة.", shown(word), shown(&path)),
        format!("`{path}` has the unknown value {}.", shown(word)),
    );
    problems.error(
        "value-unknown",
        Place::path(path),
        &[("ar", &ar), ("en", &en)],
        &[
            ("ar", &format!("استعمل إحدى القيم: {}", shown(known))),
            ("en", &format!("Use one of: {known}.")),
        ],
    );
}

pub(crate) fn bidi(problems: &mut Problems, path: String, control: char) {
    let code = format!("U+{:04X}", u32::from(control));
    let (ar, en) = (
        format!("في {} رمز خفي {code} يغيّر اتجاه الكتابة.", shown(&path)),
        format!("`{path}` contains the invisible {code}, which changes the writing direction."),
    );
    problems.error(
        "bidi-control",
        Place::path(path),
        &[("ar", &ar), ("en", &en)],
        &[("ar", "أعد كتابة القيمة يدوياً."), ("en", "Type the value again by hand.")],
    );
}

pub(crate) fn bad_language(problems: &mut Problems, path: String) {
    let (ar, en) = (
        format!("{} ليس رمز لغة موجودة في هذا النص.", shown(&path)),
        format!("`{path}` is not a language tag of this text."),
    );
    problems.error(
        "language-unknown",
        Place::path(path),
        &[("ar", &ar), ("en", &en)],
        &[
            ("ar", "استعمل رموزاً مثل ar أو ckb أو kmr أو en."),
            ("en", "Use tags such as ar, ckb, kmr or en."),
        ],
    );
}
