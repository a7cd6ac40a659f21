//! The wording of every refusal, in Arabic, Sorani and English: what is wrong and how to mend it.

use barid_json_reading::shown;
use barid_plugin::problem::Wording;
use barid_plugin::{Place, Problems};

use crate::guard::{ATTRIBUTES_MAX, DEPTH_MAX, EVENTS_MAX, SIZE_MAX_BYTES};
use crate::xml::Why;

const EXPORT_AGAIN: Wording<'static> = &[
    ("ar", "صدّر الوثيقة من جديد من البرنامج الذي أنشأها."),
    ("ckb", "بەڵگەنامەکە لەو بەرنامەیەوە کە دروستی کردووە سەرلەنوێ هەناردە بکە."),
    ("en", "Export the document again from the program that made it."),
];
const PLAIN_XML: Wording<'static> = &[
    ("ar", "صدّر الوثيقة بصيغة XML بسيطة من غير DOCTYPE ولا كيانات."),
    ("ckb", "بەڵگەنامەکە وەک XMLی سادە هەناردە بکە، بەبێ DOCTYPE و بەبێ entity."),
    ("en", "Export the document as plain XML without DOCTYPE or entities."),
];
const SPLIT: Wording<'static> = &[
    ("ar", "أرفق الأجزاء الكبيرة مستندات وأعد الإرسال."),
    ("ckb", "بەشە گەورەکان وەک بەڵگەنامەی هاوپێچ بنێرە و ئەوی تر سەرلەنوێ بنێرە."),
    ("en", "File the large parts as exhibits and send the rest again."),
];

/// Says why the guard refused a document.
pub(crate) fn refused(problems: &mut Problems, place: Place, why: &Why) {
    let (code, ar, ckb, en, remedy) = wording(why);
    problems.error(code, place, &[("ar", &ar), ("ckb", &ckb), ("en", &en)], remedy);
}

/// Code, what is wrong in Arabic, Sorani and English, and how to mend it.
type Said = (&'static str, String, String, String, Wording<'static>);

fn wording(why: &Why) -> Said {
    match why {
        Why::NotUnicode | Why::EncodingDiffers(_) | Why::NotXml(_) | Why::NoRoot => no_xml(why),
        Why::DocType | Why::Entity(_) => forbidden(why),
        Why::TooLarge(_) | Why::TooManyAttributes | Why::TooDeep | Why::TooManyEvents => {
            excessive(why)
        }
        Why::Syntax(what) => (
            "xml-syntax",
            format!("XML غير سليم: {}", shown(what)),
            format!("XMLەکە دروست نییە: {}", shown(what)),
            format!("The XML is not well-formed: {}.", shown(what)),
            EXPORT_AGAIN,
        ),
        Why::Character(what) => (
            "xml-character",
            format!("رمز لا يسمح به XML: {}", shown(what)),
            format!("هێمایەک کە XML ڕێگەی پێنادات: {}", shown(what)),
            format!("XML does not allow the character {}.", shown(what)),
            EXPORT_AGAIN,
        ),
        Why::Namespace(what) => (
            "xml-namespace",
            format!("خطأ في مجال الأسماء: {}", shown(what)),
            format!("هەڵە لە namespace: {}", shown(what)),
            format!("A namespace is wrong: {}.", shown(what)),
            EXPORT_AGAIN,
        ),
        Why::AttributeTwice(name) => (
            "xml-attribute-twice",
            format!("الخاصية {} مكررة في عنصر واحد.", shown(name)),
            format!("تایبەتمەندیی {} لە یەک توخمدا دووبارەیە.", shown(name)),
            format!("The attribute {} is there twice on one element.", shown(name)),
            EXPORT_AGAIN,
        ),
        Why::Version => said(
            "xml-version",
            "إصدار XML ليس 1.0.",
            "وەشانی XML 1.0 نییە.",
            "The XML version is not 1.0.",
            EXPORT_AGAIN,
        ),
        Why::Trailing => said(
            "xml-trailing",
            "بعد نهاية الوثيقة نص زائد.",
            "دوای کۆتایی بەڵگەنامەکە دەقی زیادە هەیە.",
            "Something follows the end of the document.",
            EXPORT_AGAIN,
        ),
    }
}

/// What has nothing in it that could be read as XML.
fn no_xml(why: &Why) -> Said {
    match why {
        Why::NotXml(begins) => (
            "xml-missing",
            format!("الوثيقة ليست XML؛ أولها: {}", shown(begins)),
            format!("بەڵگەنامەکە XML نییە؛ سەرەتاکەی: {}", shown(begins)),
            format!("This is not XML; it begins with {}.", shown(begins)),
            EXPORT_AGAIN,
        ),
        Why::EncodingDiffers(declared) => (
            "encoding-differs",
            format!("الترميز المعلن {} ليس ترميز الوثيقة.", shown(declared)),
            format!("کۆدکردنی ڕاگەیەنراو {} کۆدکردنی بەڵگەنامەکە نییە.", shown(declared)),
            format!("The declared encoding {} is not the one the document is in.", shown(declared)),
            EXPORT_AGAIN,
        ),
        Why::NotUnicode => (
            "encoding-unreadable",
            "النص ليس بترميز UTF-8 ولا UTF-16.".to_owned(),
            "دەقەکە نە UTF-8ە و نە UTF-16.".to_owned(),
            "The text is neither UTF-8 nor UTF-16 with a byte order mark.".to_owned(),
            &[
                ("ar", "احفظ الملف بترميز UTF-8."),
                ("ckb", "پەڕگەکە بە UTF-8 پاشەکەوت بکە."),
                ("en", "Save the file as UTF-8."),
            ],
        ),
        _ => said(
            "xml-empty",
            "الوثيقة فارغة.",
            "بەڵگەنامەکە بەتاڵە.",
            "The document is empty.",
            EXPORT_AGAIN,
        ),
    }
}

fn forbidden(why: &Why) -> Said {
    match why {
        Why::Entity(name) => (
            "xml-entity",
            format!("إشارة إلى كيان غير مسموح به: {}", shown(name)),
            format!("ئاماژە بە entityیەکی ڕێگەپێنەدراو: {}", shown(name)),
            format!("The entity {} is not allowed.", shown(name)),
            PLAIN_XML,
        ),
        _ => said(
            "xml-doctype",
            "لا يسمح بإعلان DOCTYPE.",
            "ڕێگە بە DOCTYPE نادرێت.",
            "A DOCTYPE declaration is not allowed.",
            PLAIN_XML,
        ),
    }
}

fn excessive(why: &Why) -> Said {
    match why {
        Why::TooLarge(size_bytes) => (
            "too-large",
            format!("حجم الوثيقة {size_bytes} بايت، والحد {SIZE_MAX_BYTES}."),
            format!("قەبارەی بەڵگەنامەکە {size_bytes} بایتە، سنوورەکە {SIZE_MAX_BYTES}ە."),
            format!("The document has {size_bytes} bytes; the limit is {SIZE_MAX_BYTES}."),
            SPLIT,
        ),
        Why::TooManyAttributes => (
            "xml-too-many-attributes",
            format!("أكثر من {ATTRIBUTES_MAX} خاصية في عنصر واحد."),
            format!("زیاتر لە {ATTRIBUTES_MAX} تایبەتمەندی لە یەک توخمدا."),
            format!("More than {ATTRIBUTES_MAX} attributes on one element."),
            SPLIT,
        ),
        Why::TooDeep => (
            "xml-too-deep",
            format!("العناصر متداخلة أعمق من {DEPTH_MAX}."),
            format!("توخمەکان لە {DEPTH_MAX} قووڵتر لەناو یەکدان."),
            format!("Elements are nested deeper than {DEPTH_MAX}."),
            SPLIT,
        ),
        _ => (
            "xml-too-long",
            format!("في الوثيقة أكثر من {EVENTS_MAX} وسم ونص."),
            format!("لە بەڵگەنامەکەدا زیاتر لە {EVENTS_MAX} نیشانە و دەق هەیە."),
            format!("The document has more than {EVENTS_MAX} tags and texts."),
            SPLIT,
        ),
    }
}

fn said(code: &'static str, ar: &str, ckb: &str, en: &str, remedy: Wording<'static>) -> Said {
    (code, ar.to_owned(), ckb.to_owned(), en.to_owned(), remedy)
}
