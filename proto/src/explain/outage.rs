//! What an office's report of an outage is worth, in words.

use crate::v1::{Rendering, Text};

/// A sentence about a report: what it came to, how long the outage lasted, and the leaf that
/// decides, in every language.
pub(crate) fn outage(conclusion: &str, minutes: i64, leaf: Option<u64>) -> Text {
    let leaf = leaf.unwrap_or_default();
    let (ar, ckb, en, es) = match conclusion {
        "contradicted" => (
            format!(
                "وفي أثنائها قدّم المكتب نفسه معاملة وصلت إلى المنصة (الورقة \u{2066}{leaf}\u{2069})"
            ),
            format!(
                "بەڵام لەو ماوەیەدا هەمان نووسینگە شتێکی پێشکەش کردووە کە گەیشتووەتە سەکۆکە (پەڕەی \
                 \u{2066}{leaf}\u{2069})"
            ),
            format!("meanwhile the same office filed something that arrived (leaf {leaf})"),
            format!("entretanto la misma oficina presentó algo que llegó (hoja {leaf})"),
        ),
        "confirmed" => (
            format!(
                "والمنصة نفسها تثبت في السجل أنها كانت متوقفة طوال تلك المدة (الورقة \
                 \u{2066}{leaf}\u{2069})"
            ),
            format!(
                "سەکۆکە خۆیشی لە تۆمارەکەدا دەڵێت لەو ماوەیەدا وەستابوو (پەڕەی \
                 \u{2066}{leaf}\u{2069})"
            ),
            format!("the hub itself states in the log that it was down all the time (leaf {leaf})"),
            format!(
                "el propio nodo declara en el registro que estuvo caído todo ese tiempo (hoja {leaf})"
            ),
        ),
        _ => (
            "ولا شيء في السجل يؤكد ذلك أو ينفيه".to_owned(),
            "هیچ شتێک لە تۆمارەکەدا ئەمە پشتڕاست ناکاتەوە و ڕەتیش ناکاتەوە".to_owned(),
            "nothing in the log confirms or contradicts it".to_owned(),
            "nada en el registro lo confirma ni lo contradice".to_owned(),
        ),
    };
    let sentences = [
        (
            "ar",
            format!("يفيد المكتب بأنه لم يصل إلى المنصة مدة \u{2066}{minutes}\u{2069} دقيقة؛ {ar}"),
        ),
        (
            "ckb",
            format!(
                "نووسینگەکە دەڵێت بۆ ماوەی \u{2066}{minutes}\u{2069} خولەک نەیتوانیوە بگاتە سەکۆکە؛ {ckb}"
            ),
        ),
        (
            "en",
            format!("the office reports that it could not reach the hub for {minutes} min; {en}"),
        ),
        (
            "es",
            format!("la oficina informa que no pudo llegar al nodo durante {minutes} min; {es}"),
        ),
    ];
    let rendering =
        |(language, text): (&str, String)| Rendering { language: language.to_owned(), text };
    Text {
        renderings: sentences.into_iter().map(rendering).collect(),
        authoritative: String::new(),
    }
}
