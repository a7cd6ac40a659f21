//! What a decision has to have, and how a body's seats are filled.

use super::super::language::Four;

pub(super) const TABLE: &[(&str, Four)] = &[
    (
        "tally-agrees",
        [
            "العدّ موافق للأصوات",
            "ژماردنەکە لەگەڵ دەنگەکان دەگونجێت",
            "the tally is what the ballots add up to",
            "el cómputo coincide con los votos",
        ],
    ),
    (
        "tally-differs",
        [
            "العدّ غير موافق للأصوات",
            "ژماردنەکە لەگەڵ دەنگەکان ناگونجێت",
            "the tally is not what the ballots add up to",
            "el cómputo no coincide con los votos",
        ],
    ),
    (
        "more-votes-than-present",
        [
            "الأصوات أكثر من الحاضرين",
            "دەنگەکان لە ئامادەبووان زیاترن",
            "more votes than members present",
            "más votos que presentes",
        ],
    ),
    (
        "agreement-differs",
        [
            "وصف الاتفاق لا يوافق الأصوات",
            "وەسفی کۆدەنگی لەگەڵ دەنگەکان ناگونجێت",
            "unanimous or by majority is not what the votes say",
            "la unanimidad o mayoría no es la de los votos",
        ],
    ),
    (
        "ballots-unknown",
        [
            "لا يُذكر كيف صوّت كل عضو",
            "باس نەکراوە هەر ئەندامێک چۆن دەنگی داوە",
            "how each member voted is not given",
            "no consta el voto de cada integrante",
        ],
    ),
    (
        "each-case-once",
        [
            "كل قضية مرة واحدة وبنتيجتها",
            "هەر دۆسیەیەک یەک جار و بە ئەنجامەکەیەوە",
            "each case once, with its outcome",
            "cada caso una vez y con su resultado",
        ],
    ),
    (
        "case-twice",
        [
            "قضية مذكورة مرتين",
            "دۆسیەیەک دوو جار هاتووە",
            "a case stands there twice",
            "un caso aparece dos veces",
        ],
    ),
    (
        "outcome-missing",
        [
            "قضية بلا نتيجة",
            "دۆسیەیەک بێ ئەنجامە",
            "a case has no outcome",
            "un caso no tiene resultado",
        ],
    ),
    (
        "parts-complete",
        [
            "القرار مستوفٍ أجزاءه",
            "بڕیارەکە هەموو بەشەکانی هەیە",
            "the decision has all its parts",
            "la resolución tiene todas sus partes",
        ],
    ),
    (
        "parts-missing",
        [
            "ينقص القرار جزء",
            "بەشێک لە بڕیارەکە کەمە",
            "parts of the decision are missing",
            "faltan partes de la resolución",
        ],
    ),
    (
        "composition-met",
        [
            "التشكيل موافق للقانون",
            "پێکهاتەکە بەپێی یاسایە",
            "the seats are filled as the law asks",
            "la integración cumple la ley",
        ],
    ),
    ("seats-vacant", ["مقاعد شاغرة", "کورسی بەتاڵ هەیە", "seats are vacant", "hay vacantes"]),
    (
        "too-many-seats",
        [
            "المقاعد أكثر مما في القانون",
            "کورسییەکان لەوەی یاسا زیاترن",
            "more seats than the law has",
            "más cargos que los de la ley",
        ],
    ),
    (
        "profession-missing",
        [
            "ينقص أعضاء من المهنة المطلوبة",
            "ئەندام لە پیشەی پێویست کەمە",
            "too few members of a profession",
            "faltan integrantes de una profesión",
        ],
    ),
    (
        "profession-unknown",
        [
            "مهنة بعض الأعضاء غير معروفة",
            "پیشەی هەندێک ئەندام نەزانراوە",
            "the profession of some members is not known",
            "se desconoce la profesión de algunos integrantes",
        ],
    ),
];
