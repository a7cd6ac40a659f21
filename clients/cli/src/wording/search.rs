//! What is said about a search, in four languages.

use barid_proto::v1::SearchMatch;

use super::Lang;

/// A sentence or heading about a search. `{}` stands for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SearchMsg {
    /// Nothing was found.
    Nothing,
    /// Heading: what of the case was found.
    HeadFound,
    /// Heading: what stands there.
    HeadText,
    /// There are more, from this page on.
    More,
    /// There are too many.
    CutShort,
}

impl SearchMsg {
    /// The message with its values filled in.
    pub(crate) fn fill(self, lang: Lang, values: &[&str]) -> String {
        let wording = match self {
            Self::Nothing => [
                "Nothing was found that this office may read.",
                "لم يُعثر على شيء مما يحق لهذا المكتب الاطلاع عليه.",
                "هیچ شتێک نەدۆزرایەوە کە ئەم نووسینگەیە مافی خوێندنەوەی هەبێت.",
                "No se encontró nada que esta oficina pueda leer.",
            ],
            Self::HeadFound => ["found", "ما وُجد", "چی دۆزرایەوە", "encontrado"],
            Self::HeadText => ["text", "النص", "دەق", "texto"],
            Self::More => [
                "There are more: --page {}\n",
                "هناك المزيد: --page {}\n",
                "زیاتر هەیە: --page {}\n",
                "Hay más: --page {}\n",
            ],
            Self::CutShort => [
                "There may be more than these 1,000 cases: a further word narrows the search.\n",
                "قد توجد قضايا غير هذه الألف: أضف كلمة لتضييق البحث.\n",
                "لەوانەیە لەم هەزار دۆسیەیە زیاتر هەبێت: وشەیەکی تر زیاد بکە.\n",
                "Puede haber más de estos 1000 casos: otra palabra reduce la búsqueda.\n",
            ],
        };
        lang.fill_four(wording, values)
    }
}

/// What of a case was found.
pub(crate) fn matched(lang: Lang, matched: SearchMatch) -> String {
    use SearchMatch as M;
    let wording = match matched {
        M::Number => ["docket number", "رقم الأساس", "ژمارەی تۆمار", "número de expediente"],
        M::NumberSpelling => [
            "docket number, written otherwise",
            "رقم الأساس بكتابة أخرى",
            "ژمارەی تۆمار بە نووسینی تر",
            "número de expediente, escrito de otro modo",
        ],
        M::NumberPart => [
            "part of a docket number",
            "جزء من رقم الأساس",
            "بەشێک لە ژمارەی تۆمار",
            "parte de un número de expediente",
        ],
        M::Name => ["name", "الاسم", "ناو", "nombre"],
        M::Decision => ["decision", "القرار", "بڕیار", "decisión"],
        M::Text => ["words", "كلمات", "وشەکان", "palabras"],
        M::Unspecified => ["unknown", "غير معروف", "نەزانراو", "desconocido"],
    };
    lang.fill_four(wording, &[])
}
