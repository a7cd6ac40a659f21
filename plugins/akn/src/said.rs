//! The wording of every problem, in Arabic and English: what is wrong and how to mend it.

use barid_json_reading::shown;
use barid_plugin::problem::Wording;
use barid_plugin::{Place, Problems};

use crate::guard::{ATTRIBUTES_MAX, DEPTH_MAX, EVENTS_MAX, SIZE_MAX_BYTES};
use crate::xml::Why;

const EXPORT_AGAIN: Wording<'static> = &[
    ("ar", "صدّر الوثيقة من جديد من البرنامج الذي أنشأها."),
    ("en", "Export the document again from the program that made it."),
];
const PLAIN_XML: Wording<'static> = &[
    ("ar", "صدّر الوثيقة بصيغة XML بسيطة من غير DOCTYPE ولا كيانات."),
    ("en", "Export the document as plain XML without DOCTYPE or entities."),
];
const SPLIT: Wording<'static> = &[
    ("ar", "أرفق الأجزاء الكبيرة مستندات وأعد الإرسال."),
    ("en", "File the large parts as exhibits and send the rest again."),
];

pub(crate) fn too_large(problems: &mut Problems, size_bytes: usize) {
    problems.error(
        "too-large",
        Place::default(),
        &[
            ("ar", &format!("حجم الوثيقة {size_bytes} بايت، والحد {SIZE_MAX_BYTES}.")),
            ("en", &format!("The document has {size_bytes} bytes; the limit is {SIZE_MAX_BYTES}.")),
        ],
        SPLIT,
    );
}

pub(crate) fn not_unicode(problems: &mut Problems, place: Place) {
    problems.error(
        "encoding-unreadable",
        place,
        &[
            ("ar", "النص ليس بترميز UTF-8 ولا UTF-16."),
            ("en", "The text is neither UTF-8 nor UTF-16 with a byte order mark."),
        ],
        &[("ar", "احفظ الملف بترميز UTF-8."), ("en", "Save the file as UTF-8.")],
    );
}

/// Says why the guard refused a document.
pub(crate) fn refused(problems: &mut Problems, place: Place, why: &Why) {
    let (code, ar, en, remedy) = wording(why);
    problems.error(code, place, &[("ar", &ar), ("en", &en)], remedy);
}

fn wording(why: &Why) -> (&'static str, String, String, Wording<'static>) {
    match why {
        Why::NotXml(begins) => (
            "xml-missing",
            format!("الوثيقة ليست XML؛ أولها: {}", shown(begins)),
            format!("This is not XML; it begins with {}.", shown(begins)),
            EXPORT_AGAIN,
        ),
        Why::NoRoot => said("xml-empty", "الوثيقة فارغة.", "The document is empty.", EXPORT_AGAIN),
        Why::Syntax(what) => (
            "xml-syntax",
            format!("XML غير سليم: {}", shown(what)),
            format!("The XML is not well-formed: {}.", shown(what)),
            EXPORT_AGAIN,
        ),
        Why::Character(what) => (
            "xml-character",
            format!("رمز لا يسمح به XML: {}", shown(what)),
            format!("XML does not allow the character {}.", shown(what)),
            EXPORT_AGAIN,
        ),
        Why::EncodingDiffers(declared) => (
            "encoding-differs",
            format!("الترميز المعلن {} ليس ترميز الوثيقة.", shown(declared)),
            format!("The declared encoding {} is not the one the document is in.", shown(declared)),
            EXPORT_AGAIN,
        ),
        Why::Namespace(what) => (
            "xml-namespace",
            format!("خطأ في مجال الأسماء: {}", shown(what)),
            format!("A namespace is wrong: {}.", shown(what)),
            EXPORT_AGAIN,
        ),
        Why::AttributeTwice(name) => (
            "xml-attribute-twice",
            format!("الخاصية {} مكررة في عنصر واحد.", shown(name)),
            format!("The attribute {} is there twice on one element.", shown(name)),
            EXPORT_AGAIN,
        ),
        Why::Version => {
            said("xml-version", "إصدار XML ليس 1.0.", "The XML version is not 1.0.", EXPORT_AGAIN)
        }
        Why::Trailing => said(
            "xml-trailing",
            "بعد نهاية الوثيقة نص زائد.",
            "Something follows the end of the document.",
            EXPORT_AGAIN,
        ),
        Why::DocType | Why::Entity(_) => forbidden(why),
        Why::TooManyAttributes | Why::TooDeep | Why::TooManyEvents => excessive(why),
    }
}

fn forbidden(why: &Why) -> (&'static str, String, String, Wording<'static>) {
    match why {
        Why::Entity(name) => (
            "xml-entity",
            format!("إشارة إلى كيان غير مسموح به: {}", shown(name)),
            format!("The entity {} is not allowed.", shown(name)),
            PLAIN_XML,
        ),
        _ => said(
            "xml-doctype",
            "لا يسمح بإعلان DOCTYPE.",
            "A DOCTYPE declaration is not allowed.",
            PLAIN_XML,
        ),
    }
}

fn excessive(why: &Why) -> (&'static str, String, String, Wording<'static>) {
    match why {
        Why::TooManyAttributes => (
            "xml-too-many-attributes",
            format!("أكثر من {ATTRIBUTES_MAX} خاصية في عنصر واحد."),
            format!("More than {ATTRIBUTES_MAX} attributes on one element."),
            SPLIT,
        ),
        Why::TooDeep => (
            "xml-too-deep",
            format!("العناصر متداخلة أعمق من {DEPTH_MAX}."),
            format!("Elements are nested deeper than {DEPTH_MAX}."),
            SPLIT,
        ),
        _ => (
            "xml-too-long",
            format!("في الوثيقة أكثر من {EVENTS_MAX} وسم ونص."),
            format!("The document has more than {EVENTS_MAX} tags and texts."),
            SPLIT,
        ),
    }
}

fn said(
    code: &'static str,
    ar: &str,
    en: &str,
    remedy: Wording<'static>,
) -> (&'static str, String, String, Wording<'static>) {
    (code, ar.to_owned(), en.to_owned(), remedy)
}

pub(crate) fn not_akoma_ntoso(problems: &mut Problems, root: &str, namespace: &str) {
    let name =
        if namespace.is_empty() { root.to_owned() } else { format!("{{{namespace}}}{root}") };
    problems.error(
        "not-akoma-ntoso",
        Place::path(format!("/{root}")),
        &[
            ("ar", &format!("الوثيقة ليست Akoma Ntoso 3.0 بل {}.", shown(&name))),
            ("en", &format!("The document is not Akoma Ntoso 3.0 but {}.", shown(&name))),
        ],
        &[
            ("ar", "أرسل نص الحكم بصيغة Akoma Ntoso 3.0 أو اختر الصيغة الصحيحة."),
            ("en", "Send the judgment as Akoma Ntoso 3.0, or choose the format that this is."),
        ],
    );
}

pub(crate) fn not_judgment(problems: &mut Problems, kind: &str) {
    problems.error(
        "not-judgment",
        Place::path(format!("/akomaNtoso/{kind}")),
        &[
            ("ar", &format!("الوثيقة ليست حكماً (judgment) بل {}.", shown(kind))),
            ("en", &format!("The document is not a judgment but {}.", shown(kind))),
        ],
        &[("ar", "أرسل وثيقة الحكم نفسها."), ("en", "Send the judgment itself.")],
    );
}

pub(crate) fn body_missing(problems: &mut Problems) {
    problems.error(
        "judgment-without-body",
        Place::path("/akomaNtoso/judgment"),
        &[("ar", "ليس في الحكم متن."), ("en", "The judgment has no judgmentBody.")],
        EXPORT_AGAIN,
    );
}

pub(crate) fn day_unusable(problems: &mut Problems, literal: &str) {
    problems.warning(
        "date-unusable",
        Place::path("/akomaNtoso/judgment/meta/identification/FRBRWork/FRBRdate"),
        &[
            ("ar", &format!("تاريخ الحكم {} لا يصلح تاريخاً.", shown(literal))),
            ("en", &format!("The day of judgment {} cannot be one.", shown(literal))),
        ],
        &[("ar", "اكتب يوم صدور الحكم."), ("en", "Give the day on which it was delivered.")],
    );
}

pub(crate) fn fact_unreadable(problems: &mut Problems, name: &str, literal: &str) {
    problems.error(
        "fact-unreadable",
        Place::path(format!("/akomaNtoso/judgment/meta/proprietary//{name}")),
        &[
            ("ar", &format!("القيمة {} في {} غير معروفة.", shown(literal), shown(name))),
            ("en", &format!("{} has the unknown value {}.", shown(name), shown(literal))),
        ],
        EXPORT_AGAIN,
    );
}

pub(crate) fn day_missing(problems: &mut Problems) {
    problems.error(
        "ruling-without-day",
        Place::path("ruling.date"),
        &[
            ("ar", "لا يكتب حكم بصيغة Akoma Ntoso من غير تاريخ."),
            ("en", "A ruling without a day cannot be written as Akoma Ntoso."),
        ],
        &[("ar", "أضف تاريخ الحكم."), ("en", "Add the day of the ruling.")],
    );
}

pub(crate) fn inexpressible(problems: &mut Problems, path: &str, c: char) {
    let code = format!("U+{:04X}", u32::from(c));
    problems.error(
        "text-not-expressible",
        Place::path(path),
        &[
            ("ar", &format!("لا يمكن كتابة الرمز {code} في XML.")),
            ("en", &format!("The character {code} cannot be written in XML.")),
        ],
        &[("ar", "احذف الرمز."), ("en", "Remove the character.")],
    );
}

pub(crate) fn structure_lost(problems: &mut Problems) {
    problems.warning(
        "structure-not-carried",
        Place::path("judgment"),
        &[
            ("ar", "كتب نص الحكم من غير فقراته وجداوله؛ الأصل هو الوثيقة الرئيسة."),
            ("en", "Written without paragraphs and tables; the lead document has them."),
        ],
        &[],
    );
}
