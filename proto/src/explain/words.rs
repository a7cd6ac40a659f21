//! The wordings of explanations: Arabic, Sorani, English, Spanish.
//!
//! Terms are those of docs/glossary.md. The Sorani wordings, and all others that are not marked
//! there, wait for a legal reviewer who writes the language.

use super::language::Four;
use crate::v1::AssessmentFinding;

// The sentence.

pub(super) const HEAD: Four = [
    "{0} (المادة {1}): {2}.",
    "{0} (ماددەی {1}): {2}.",
    "{0} (article {1}): {2}.",
    "{0} (artículo {1}): {2}.",
];
pub(super) const HEAD_BARE: Four = ["{0}: {1}.", "{0}: {1}.", "{0}: {1}.", "{0}: {1}."];
pub(super) const CAME: Four =
    ["وردت المعاملة {0}.", "لە {0} پێشکەش کرا.", "Filed on {0}.", "Se presentó el {0}."];
pub(super) const ON_TIME: Four = [
    "ضمن المدة التي تنتهي {0}",
    "لە ماوەی دیاریکراودایە، کە لە {0} تەواو دەبێت",
    "in time; the period ends on {0}",
    "dentro del plazo, que vence el {0}",
];
pub(super) const LATE: Four = [
    "بعد انقضاء المدة التي انتهت {0}؛ مقدار التأخير: {1}",
    "دوای بەسەرچوونی ماوەکە، کە لە {0} تەواو بوو؛ دواکەوتن: {1}",
    "late by {1}; the period ended on {0}",
    "fuera del plazo, que venció el {0}; retraso: {1}",
];
pub(super) const RUNS: Four = [
    "تنتهي المدة {0}",
    "ماوەکە لە {0} تەواو دەبێت",
    "the period ends on {0}",
    "el plazo vence el {0}",
];
pub(super) const LEFT: Four =
    ["{0}؛ المتبقي: {1}", "{0}؛ ماوەتەوە: {1}", "{0}; left: {1}", "{0}; restan: {1}"];
pub(super) const NO_CALENDAR: Four = [
    "لا يمكن الحسم: لا يوجد في السجل تقويم يبيّن هل يعمل {1} يوم {0}؛ ليقدّم المكتب تقويمه لهذا اليوم ثم يُعاد الحساب",
    "بڕیار نادرێت: لە تۆماردا هیچ ڕۆژژمێرێک ناڵێت ئایا {1} لە {0} کار دەکات؛ با نووسینگەکە ڕۆژژمێری ئەو ڕۆژە پێشکەش بکات، پاشان دووبارە هەژمار بکرێتەوە",
    "cannot be decided: no calendar in the log says whether {1} works on {0}; have the office file its calendar for this day, then it is computed again",
    "no puede decidirse: ningún calendario del registro dice si {1} labora el {0}; que la oficina presente su calendario de ese día y se calcule de nuevo",
];
pub(super) const NO_SUCH_DAY: Four = [
    "لا يمكن الحسم: الشهر ليس فيه يوم كهذا بعد {0}، والنص لا يبيّن البديل؛ القرار للجهة المختصة",
    "بڕیار نادرێت: دوای {0} مانگەکە ڕۆژی وەهای تێدا نییە و دەقەکە جێگرەوەی دیاری ناکات؛ با لایەنی تایبەتمەند بڕیار بدات",
    "cannot be decided: the month has no such day after {0}, and the law does not say which instead; a person has to decide",
    "no puede decidirse: el mes no tiene ese día después del {0} y la ley no dice cuál en su lugar; debe decidir una persona",
];
pub(super) const NO_TRIGGER: Four = [
    "لا يمكن الحسم: لم يرد في السجل بعدُ ما تبدأ به المدة ({0})؛ يُعاد الحساب عند وروده",
    "بڕیار نادرێت: ئەوەی ماوەکەی پێ دەست پێ دەکات ({0}) هێشتا لە تۆماردا نییە؛ کە هات دووبارە هەژمار دەکرێتەوە",
    "cannot be decided: what sets the period going ({0}) is not in the log yet; once it is, it is computed again",
    "no puede decidirse: en el registro aún no consta lo que inicia el plazo ({0}); cuando conste se calculará de nuevo",
];
pub(super) const CONTESTED: Four = [
    "محل خلاف بين القراءات",
    "خوێندنەوەکان لێی جیاوازن",
    "contested between readings of the law",
    "hay lecturas opuestas de la ley",
];
pub(super) const UNDER: Four =
    ["وفق {0}: {1}.", "بەپێی {0}: {1}.", "Under {0}: {1}.", "Según {0}: {1}."];
pub(super) const MORE_READINGS: Four = [
    "وهناك قراءات أخرى عددها {0}.",
    "{0} خوێندنەوەی تریش هەیە.",
    "There are {0} more readings.",
    "Hay {0} lecturas más.",
];
pub(super) const PREFERS: Four = [
    "تفضّل مجموعة القواعد {0} القراءة {1}؛ والقرار للجهة المختصة.",
    "کۆمەڵە یاسای {0} خوێندنەوەی {1} بە باشتر دەزانێت؛ بڕیار بۆ لایەنی تایبەتمەندە.",
    "The rule set {0} prefers {1}; people decide.",
    "El conjunto de reglas {0} prefiere {1}; deciden las personas.",
];
pub(super) const TIMES: Four = ["التوقيت: {0}.", "کات: {0}.", "Times: {0}.", "Horario: {0}."];
pub(super) const EVERY_READING: Four =
    ["كل القراءات", "هەموو خوێندنەوەکان", "every reading", "todas las lecturas"];
pub(super) const OR: Four = ["؛ أو ", "؛ یان ", "; or ", "; o "];

/// What all readings come to.
pub(super) fn finding(finding: AssessmentFinding) -> Four {
    match finding {
        AssessmentFinding::Unspecified => ["غير معروف", "نەزانراو", "unknown", "desconocido"],
        AssessmentFinding::InOrder => ["سليم", "ڕێکە", "in order", "en regla"],
        AssessmentFinding::OutOfOrder => {
            ["غير سليم", "ڕێک نییە", "not in order", "no está en regla"]
        }
        AssessmentFinding::Contested => CONTESTED,
        AssessmentFinding::Undecided => {
            ["لا يمكن الحسم", "بڕیار نادرێت", "cannot be decided", "no puede decidirse"]
        }
    }
}

// The whole explanation.

pub(super) const RULE_SET: Four = [
    "مجموعة القواعد: {0}، بصمتها {1}",
    "کۆمەڵە یاسا: {0}، پەنجەمۆر {1}",
    "Rule set: {0}, digest {1}",
    "Conjunto de reglas: {0}, huella {1}",
];
pub(super) const RULE_SET_UNKNOWN: Four = [
    "نص مجموعة القواعد هذا غير معروف هنا؛ يُعرض ما في السجل وحده",
    "دەقی ئەم کۆمەڵە یاسایە لێرە نەزانراوە؛ تەنها ئەوەی لە تۆماردایە پیشان دەدرێت",
    "This text of the rule set is not known here; only what is in the log is shown",
    "Este texto del conjunto de reglas no se conoce aquí; solo se muestra lo que está en el registro",
];
pub(super) const RULE_UNKNOWN: Four = [
    "مجموعة القواعد المعروفة هنا ليس فيها هذه القاعدة؛ يُعرض ما في السجل وحده",
    "کۆمەڵە یاسای ناسراو لێرە ئەم ڕێسایەی تێدا نییە؛ تەنها ئەوەی لە تۆماردایە پیشان دەدرێت",
    "The rule set known here does not have this rule; only what is in the log is shown",
    "El conjunto de reglas conocido aquí no tiene esta regla; solo se muestra lo que está en el registro",
];
pub(super) const RULE: Four =
    ["القاعدة: {0} ({1})", "ڕێسا: {0} ({1})", "Rule: {0} ({1})", "Regla: {0} ({1})"];
pub(super) const RULE_BARE: Four = ["القاعدة: {0}", "ڕێسا: {0}", "Rule: {0}", "Regla: {0}"];
pub(super) const ARTICLE: Four = ["المادة: {0}", "ماددە: {0}", "Article: {0}", "Artículo: {0}"];
pub(super) const ARTICLE_OF: Four =
    ["المادة: {0} من {1}", "ماددە: {0} لە {1}", "Article: {0} of {1}", "Artículo: {0} de {1}"];
pub(super) const QUOTE: Four = [
    "النص ({0}): «{1}»",
    "دەق ({0}): «{1}»",
    "Text ({0}): \u{201c}{1}\u{201d}",
    "Texto ({0}): «{1}»",
];
pub(super) const TRIGGER: Four =
    ["بدأت المدة بـ: {0}", "دەستپێکی ماوە: {0}", "Set going by: {0}", "Inicia el plazo: {0}"];
pub(super) const OF_LEAF: Four =
    ["{0}، الورقة {1}", "{0}، پەڕەی {1}", "{0}, leaf {1}", "{0}, hoja {1}"];
pub(super) const OWN_LEAF: Four = [
    "{0}، هذه المعاملة نفسها",
    "{0}، خودی ئەم پێشکەشکراوە",
    "{0}, this filing itself",
    "{0}, esta misma promoción",
];
pub(super) const OFFICE: Four = ["المكتب: {0}", "نووسینگە: {0}", "Office: {0}", "Oficina: {0}"];
pub(super) const OFFICE_ALL: Four = [
    "المكتب: كل مكاتب {0} التي ليس لها تقويم خاص",
    "نووسینگە: هەموو نووسینگەکانی {0} کە ڕۆژژمێری تایبەتیان نییە",
    "Office: every office of {0} without a calendar of its own",
    "Oficina: toda oficina de {0} sin calendario propio",
];
pub(super) const CALENDARS: Four =
    ["التقاويم: {0}", "ڕۆژژمێرەکان: {0}", "Calendars: {0}", "Calendarios: {0}"];
pub(super) const CALENDARS_NONE: Four = [
    "التقاويم: لا شيء في السجل",
    "ڕۆژژمێرەکان: هیچ لە تۆماردا نییە",
    "Calendars: none in the log",
    "Calendarios: ninguno en el registro",
];
pub(super) const LEAF: Four =
    ["الورقة {0} ({1})", "پەڕەی {0} ({1})", "leaf {0} ({1})", "hoja {0} ({1})"];
pub(super) const MEASURED: Four =
    ["وقت تقديم المعاملة: {0}", "کاتی پێشکەشکردن: {0}", "Filed on: {0}", "Presentación: {0}"];
pub(super) const ZONE: Four = ["التوقيت: {0}", "کات بەپێی: {0}", "Clock: {0}", "Horario: {0}"];
pub(super) const RESTS_ON: Four = [
    "حُسب من أول {0} ورقة في السجل؛ ويستند إلى الأوراق: {1}",
    "لە {0} پەڕەی یەکەمی تۆمار هەژمار کراوە؛ پشت دەبەستێت بە پەڕەکانی: {1}",
    "Computed from the first {0} leaves of the log; rests on leaves: {1}",
    "Calculado con las primeras {0} hojas del registro; se apoya en las hojas: {1}",
];
pub(super) const RESTS_ON_NONE: Four = [
    "حُسب من أول {0} ورقة في السجل",
    "لە {0} پەڕەی یەکەمی تۆمار هەژمار کراوە",
    "Computed from the first {0} leaves of the log",
    "Calculado con las primeras {0} hojas del registro",
];
pub(super) const PAIR: Four = ["{0}: {1}", "{0}: {1}", "{0}: {1}", "{0}: {1}"];
pub(super) const INPUT: Four =
    ["المعطى {0}: {1}", "زانیاری {0}: {1}", "Input {0}: {1}", "Dato {0}: {1}"];
pub(super) const READING: Four = [
    "القراءة {0} من {1}: {2}",
    "خوێندنەوەی {0} لە {1}: {2}",
    "Reading {0} of {1}: {2}",
    "Lectura {0} de {1}: {2}",
];
pub(super) const PREFERRED_MARK: Four =
    ["{0} (المفضّلة)", "{0} (پەسەندتر)", "{0} (preferred)", "{0} (preferida)"];
pub(super) const SETTING: Four = ["الضبط: {0}", "ڕێکخستن: {0}", "Set: {0}", "Con: {0}"];
pub(super) const DEVIATES: Four = [
    "تختلف عن المفضّلة بـ: {0}",
    "جیاوازی لە پەسەندترەکە: {0}",
    "Read otherwise than preferred: {0}",
    "Se aparta de la preferida en: {0}",
];
pub(super) const QUESTION: Four = [
    "السؤال {0}: {1} ← {2}",
    "پرسیاری {0}: {1} ← {2}",
    "Question {0}: {1} \u{2192} {2}",
    "Pregunta {0}: {1} \u{2192} {2}",
];
pub(super) const HOW: Four = ["العدّ: {0}", "ژماردن: {0}", "Counted: {0}", "Cómputo: {0}"];
pub(super) const END: Four = ["النهاية: {0}", "کۆتایی: {0}", "End: {0}", "Vencimiento: {0}"];
pub(super) const RESULT: Four = ["النتيجة: {0}", "ئەنجام: {0}", "Result: {0}", "Resultado: {0}"];
pub(super) const BEFORE_END: Four = [
    "{0}، قبل النهاية بمقدار: {1}",
    "{0}، پێش کۆتایی بە: {1}",
    "{0}, {1} before the end",
    "{0}, antes del vencimiento: {1}",
];
pub(super) const AFTER_END: Four = [
    "{0}، بعد النهاية بمقدار: {1}",
    "{0}، دوای کۆتایی بە: {1}",
    "{0}, {1} after the end",
    "{0}, después del vencimiento: {1}",
];
pub(super) const PREFERENCE: Four = [
    "المفضّلة هي القراءة {0}، لأن مجموعة القواعد تضبط {1}",
    "خوێندنەوەی {0} پەسەندترە، چونکە کۆمەڵە یاساکە {1} دادەنێت",
    "Reading {0} is preferred, because the rule set sets {1}",
    "Se prefiere la lectura {0}, porque el conjunto de reglas fija {1}",
];
pub(super) const PREFERENCE_NONE: Four = [
    "القراءة التي تفضّلها مجموعة القواعد ليست بين هذه",
    "خوێندنەوەیەک کە کۆمەڵە یاساکە بە باشتری دەزانێت لەمانەدا نییە",
    "The reading that the rule set prefers is not among these",
    "La lectura que prefiere el conjunto de reglas no está entre estas",
];
pub(super) const REASON: Four =
    ["{0}، السبب: {1}", "{0}، هۆکار: {1}", "{0}, reason: {1}", "{0}, motivo: {1}"];
pub(super) const INFORMS: Four = [
    "هذا حساب للعلم لا قرار فيه؛ والقرار للجهة المختصة.",
    "ئەمە هەژمارکردنێکە بۆ زانیاری و بڕیار نییە؛ بڕیار بۆ لایەنی تایبەتمەندە.",
    "This informs and decides nothing; people decide.",
    "Esto informa y no decide; deciden las personas.",
];

// The strip.

pub(super) const FLAG: Four = ["نهاية المدة", "کۆتایی ماوە", "end of the period", "vencimiento"];
pub(super) const CAME_MARK: Four = ["ورود المعاملة", "پێشکەشکردن", "the filing", "presentación"];
pub(super) const COUNTED_MARK: Four = [
    "يُحسب، مع رقمه",
    "دەژمێردرێت، لەگەڵ ژمارەکەی",
    "counted, with its number",
    "se cuenta, con su número",
];
pub(super) const PREFERRED: Four =
    ["القراءة المفضّلة", "خوێندنەوەی پەسەندتر", "preferred reading", "lectura preferida"];
pub(super) const NO_DAYS: Four =
    ["لا أيام محسوبة", "هیچ ڕۆژێک نەژمێردراوە", "no days were counted", "no se contó ningún día"];
