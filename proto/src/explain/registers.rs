//! Whether the registers behind a dossier agree, in words.

use super::language::Language;
use crate::v1::{Rendering, Text};

/// A sentence about the registers: what it came to, how many differences are open, and how many
/// were filed in all, in every language.
pub(crate) fn registers(conclusion: &str, open: usize, filed: usize) -> Text {
    let sentence = |language: Language| {
        match conclusion {
        "reconciled" => language.pick([
            "سجلا الجهتين متطابقان: كل فرق قُدّم فيهما سُوّي بمعاملة في السجل ({1})",
            "هەردوو تۆمار یەک دەگرنەوە: هەر جیاوازییەک کە تۆمار کراوە یەکلا کراوەتەوە ({1})",
            "the registers are reconciled: every difference that was filed is settled ({1})",
            "los registros están conciliados: toda diferencia presentada está resuelta ({1})",
        ]),
        "not-told" => language.pick([
            "لا يمكن الحسم: لا يبيّن الملف كيف تقف الطعون (appeals)، ولم يُقدَّم أي فرق مفتوح",
            "بڕیار نادرێت: دۆسیەکە ناڵێت تانەکان لە کوێی وەستاون (appeals)، و هیچ جیاوازییەکی کراوە پێشکەش نەکراوە",
            "cannot be decided: the dossier does not say how the appeals stand (appeals), and no open difference was filed",
            "no puede decidirse: el expediente no dice cómo están las impugnaciones (appeals) y no consta diferencia abierta",
        ]),
        _ => language.pick([
            "السجلان غير متطابقين بعد: الفروق المفتوحة: {0}؛ على صاحب كل منها تسويته بمعاملة قبل أن يُعدّ الملف متطابقًا",
            "تۆمارەکان هێشتا یەک ناگرنەوە: جیاوازیی کراوە: {0}؛ خاوەنی هەر یەکێکیان دەبێت یەکلای بکاتەوە",
            "the registers are not reconciled: {0} differences are open; each has to be settled by a filing of its owner first",
            "los registros no están conciliados: {0} diferencias abiertas; quien responde de cada una debe resolverla antes",
        ]),
    }
    };
    let number = |number: usize| format!("\u{2066}{number}\u{2069}");
    let rendering = |language: Language| {
        let plain = !language.right_to_left();
        let (open, filed) = match plain {
            true => (open.to_string(), filed.to_string()),
            false => (number(open), number(filed)),
        };
        let text = sentence(language).replace("{0}", &open).replace("{1}", &filed);
        Rendering { language: language.tag().to_owned(), text }
    };
    Text {
        renderings: Language::ALL.into_iter().map(rendering).collect(),
        authoritative: String::new(),
    }
}
