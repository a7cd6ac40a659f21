//! What reports and results come to, in words.

use super::super::language::Four;

pub(super) const TABLE: &[(&str, Four)] = &[
    (
        "act-unknown",
        [
            "لا يمكن الحسم: القرار المنفَّذ غير موجود في السجل",
            "بڕیار نادرێت: بڕیاری جێبەجێکراو لە تۆماردا نییە",
            "cannot be decided: the act that was carried out is not in the log",
            "no puede decidirse: el acto ejecutado no consta en el registro",
        ],
    ),
    ("carried-out", ["نُفّذ", "جێبەجێ کرا", "carried out", "ejecutado"]),
    (
        "tasks-open",
        ["مهام لم تُنجز بعد", "ئەرکی تەواونەکراو ماوە", "tasks are open", "hay tareas pendientes"],
    ),
    (
        "clauses-not-covered",
        [
            "فقرات لا يشملها التقرير",
            "بڕگە هەیە کە ڕاپۆرتەکە نایگرێتەوە",
            "the report does not cover every clause",
            "el informe no cubre todos los puntos",
        ],
    ),
    (
        "no-such-clause",
        [
            "يذكر التقرير فقرة ليست في القرار",
            "ڕاپۆرتەکە باسی بڕگەیەک دەکات کە لە بڕیارەکەدا نییە",
            "the report speaks of a clause that there is not",
            "el informe habla de un punto que no existe",
        ],
    ),
    (
        "overdue",
        ["تجاوز موعد التنفيذ", "کاتی جێبەجێکردن تێپەڕیوە", "overdue", "fuera de la fecha fijada"],
    ),
    (
        "dossier-complete",
        [
            "الملف مكتمل",
            "دۆسیەکە تەواوە",
            "the dossier is complete",
            "el expediente de resultados está completo",
        ],
    ),
    (
        "seat-twice",
        [
            "مقعد له فائزان",
            "کورسییەک دوو براوەی هەیە",
            "a seat has two winners",
            "un escaño tiene dos ganadores",
        ],
    ),
    (
        "seats-missing",
        ["مقاعد بلا فائز", "کورسی بێ براوە هەیە", "seats lack winners", "hay escaños sin ganador"],
    ),
    (
        "seats-beyond",
        [
            "مقاعد أكثر مما للانتخاب",
            "کورسی زیاتر لەوەی هەڵبژاردنەکە هەیەتی",
            "there are more seats than the election fills",
            "hay más escaños que los de la elección",
        ],
    ),
    (
        "candidate-twice",
        [
            "مرشح له مقعدان",
            "کاندیدێک دوو کورسی هەیە",
            "a candidate has two seats",
            "un candidato tiene dos escaños",
        ],
    ),
    (
        "closing-certificate-missing",
        [
            "لا تُذكر شهادة إنهاء الطعون",
            "باسی بڕوانامەی داخستنی تانەکان نەکراوە",
            "the certificate that appeals are closed is not named",
            "no se nombra el certificado de cierre",
        ],
    ),
    (
        "closing-certificate-unknown",
        [
            "لا يمكن الحسم: شهادة إنهاء الطعون غير موجودة في السجل",
            "بڕیار نادرێت: بڕوانامەی داخستنی تانەکان لە تۆماردا نییە",
            "cannot be decided: the certificate that appeals are closed is not in the log",
            "no puede decidirse: el certificado de cierre no consta en el registro",
        ],
    ),
    (
        "closing-certificate-differs",
        [
            "أعداد شهادة إنهاء الطعون غير متطابقة",
            "ژمارەکانی بڕوانامەی داخستن یەک ناگرنەوە",
            "the numbers of the closing certificate do not add up",
            "las cifras del certificado de cierre no cuadran",
        ],
    ),
    (
        "appeals-pending",
        [
            "طعون لم تُحسم",
            "تانەی یەکلانەکراوە ماوە",
            "appeals are pending",
            "hay impugnaciones pendientes",
        ],
    ),
    (
        "results-not-adopted",
        [
            "لم تُعتمد النتائج",
            "ئەنجامەکان پەسەند نەکراون",
            "no results were adopted",
            "no se adoptaron resultados",
        ],
    ),
    (
        "seats-differ",
        [
            "عدد الفائزين غير عدد المقاعد المعتمدة",
            "ژمارەی براوەکان لەگەڵ کورسییە پەسەندکراوەکان جیاوازە",
            "there are not as many winners as seats adopted",
            "no hay tantos ganadores como escaños adoptados",
        ],
    ),
    ("ratified", ["صودق على النتائج", "ئەنجامەکان پەسەند کران", "ratified", "ratificado"]),
    (
        "ratified-in-part",
        [
            "صودق على النتائج عدا مقاعد",
            "ئەنجامەکان پەسەند کران جگە لە هەندێک کورسی",
            "ratified but for some seats",
            "ratificado salvo algunos escaños",
        ],
    ),
    (
        "ratification-refused",
        [
            "رُفضت المصادقة",
            "پەسەندکردن ڕەت کرایەوە",
            "ratification is refused",
            "ratificación denegada",
        ],
    ),
    (
        "request-unknown",
        [
            "لا يمكن الحسم: طلب المصادقة غير موجود في السجل",
            "بڕیار نادرێت: داواکاریی پەسەندکردن لە تۆماردا نییە",
            "cannot be decided: the request for ratification is not in the log",
            "no puede decidirse: la solicitud de ratificación no consta en el registro",
        ],
    ),
    (
        "not-the-one-asked",
        [
            "صدر عن غير من طُلبت منه المصادقة",
            "لە لایەن کەسێکی ترەوە نەک ئەوەی داوای لێ کراوە",
            "from another than was asked",
            "de otro órgano que el solicitado",
        ],
    ),
    (
        "not-sent-to-who-asked",
        [
            "لم يُرسل إلى من طلبه",
            "بۆ داواکارەکە نەنێردراوە",
            "not sent to who asked",
            "no enviado a quien lo solicitó",
        ],
    ),
    (
        "seats-not-in-dossier",
        [
            "يستثني مقاعد ليست في الملف",
            "کورسی جیا دەکاتەوە کە لە دۆسیەکەدا نین",
            "it excepts seats that are not in the dossier",
            "exceptúa escaños que no están en el expediente",
        ],
    ),
    (
        "scope-unknown",
        [
            "لا يمكن الحسم: نطاق المصادقة غير مذكور",
            "بڕیار نادرێت: سنووری پەسەندکردن نەنووسراوە",
            "cannot be decided: what is ratified is not said",
            "no puede decidirse: no se dice qué se ratifica",
        ],
    ),
    (
        "after-ratification",
        ["بعد المصادقة", "دوای پەسەندکردن", "after the ratification", "después de la ratificación"],
    ),
    (
        "after-partial-ratification",
        [
            "بعد مصادقة جزئية",
            "دوای پەسەندکردنی بەشێک",
            "after a ratification in part",
            "después de una ratificación parcial",
        ],
    ),
    (
        "not-ratified",
        [
            "لم يُصادق على النتائج",
            "ئەنجامەکان پەسەند نەکراون",
            "the results were not ratified",
            "los resultados no fueron ratificados",
        ],
    ),
];
