//! Publication, and results on their way to becoming final.

use super::super::language::Four;

pub(super) const TABLE: &[(&str, Four)] = &[
    // Publication.
    (
        "complete",
        ["النشر مكتمل", "بڵاوکردنەوە تەواوە", "published as the law asks", "publicación completa"],
    ),
    (
        "proofs-missing",
        [
            "تنقص أدلة نشر",
            "بەڵگەی بڵاوکردنەوە کەمە",
            "proofs of publication are missing",
            "faltan pruebas de publicación",
        ],
    ),
    (
        "days-differ",
        [
            "أيام الشهادة غير أيام الأدلة",
            "ڕۆژەکانی بڕوانامە لە ڕۆژەکانی بەڵگە جیاوازن",
            "the certificate's days are not those of the proofs",
            "los días del certificado no son los de las pruebas",
        ],
    ),
    (
        "days-not-given",
        [
            "الشهادة لا تذكر الأيام",
            "بڕوانامەکە ڕۆژەکانی باس نەکردووە",
            "the certificate gives no days",
            "el certificado no da los días",
        ],
    ),
    // The dossier.
    (
        "dossier-complete",
        [
            "ملف المصادقة مكتمل",
            "دۆسیەی پەسەندکردن تەواوە",
            "the dossier is complete",
            "el expediente está completo",
        ],
    ),
    (
        "seat-twice",
        [
            "مقعد مذكور مرتين",
            "کورسییەک دوو جار هاتووە",
            "a seat stands there twice",
            "un escaño aparece dos veces",
        ],
    ),
    ("seats-missing", ["تنقص مقاعد", "کورسی کەمە", "seats are missing", "faltan escaños"]),
    (
        "seats-beyond",
        [
            "مقاعد أكثر مما للانتخاب",
            "کورسی لەوەی هەڵبژاردنەکە زیاترە",
            "seats beyond those of the election",
            "más escaños que los de la elección",
        ],
    ),
    (
        "candidate-twice",
        [
            "مرشح لمقعدين",
            "پاڵێوراوێک بۆ دوو کورسی",
            "a candidate holds two seats",
            "una candidatura tiene dos escaños",
        ],
    ),
    (
        "closing-certificate-missing",
        [
            "لا ذكر لشهادة حسم الطعون",
            "بڕوانامەی یەکلاکردنەوەی تانەکان باس نەکراوە",
            "the closing certificate is not named",
            "no se menciona la constancia de cierre",
        ],
    ),
    (
        "closing-certificate-unknown",
        [
            "شهادة حسم الطعون ليست في السجل",
            "بڕوانامەی یەکلاکردنەوە لە تۆماردا نییە",
            "the closing certificate is not in the log",
            "la constancia de cierre no consta en el registro",
        ],
    ),
    (
        "closing-certificate-differs",
        [
            "أرقام شهادة حسم الطعون لا تتفق",
            "ژمارەکانی بڕوانامەی یەکلاکردنەوە ناگونجێن",
            "the closing certificate does not add up",
            "la constancia de cierre no cuadra",
        ],
    ),
    (
        "appeals-pending",
        [
            "طعون ما زالت قيد النظر",
            "تانە هەن کە یەکلا نەکراونەتەوە",
            "appeals are pending",
            "hay impugnaciones pendientes",
        ],
    ),
    (
        "results-not-adopted",
        [
            "لم تُقرّ النتائج قبل ذلك",
            "ئەنجامەکان پێشتر پەسەند نەکراون",
            "the results were not adopted before",
            "los resultados no se aprobaron antes",
        ],
    ),
    (
        "seats-differ",
        [
            "عدد المقاعد غير عددها في النتائج",
            "ژمارەی کورسییەکان لە ئەنجامەکان جیاوازە",
            "not the seats of the adopted results",
            "no son los escaños de los resultados",
        ],
    ),
    // The decision on it.
    ("ratified", ["صودق عليها", "پەسەند کرا", "ratified", "validez declarada"]),
    (
        "ratified-in-part",
        ["صودق عليها جزئياً", "بەشێکی پەسەند کرا", "ratified in part", "validez declarada en parte"],
    ),
    (
        "ratification-refused",
        ["رُفضت المصادقة", "پەسەندکردن ڕەت کرایەوە", "ratification refused", "validez negada"],
    ),
    (
        "scope-unknown",
        [
            "نطاق المصادقة غير مذكور",
            "سنووری پەسەندکردن باس نەکراوە",
            "what is ratified is not given",
            "no consta qué se declara válido",
        ],
    ),
    (
        "seats-not-in-dossier",
        [
            "مقاعد مستثناة ليست في الملف",
            "کورسی جیاکراوە لە دۆسیەکەدا نییە",
            "excepts seats that the dossier does not have",
            "exceptúa escaños que no están en el expediente",
        ],
    ),
    (
        "request-unknown",
        [
            "طلب المصادقة ليس في السجل",
            "داوای پەسەندکردن لە تۆماردا نییە",
            "the request is not in the log",
            "la solicitud no consta en el registro",
        ],
    ),
    (
        "not-the-one-asked",
        [
            "قررت جهة لم يُطلب منها",
            "لایەنێک بڕیاری دا کە داوای لێ نەکرابوو",
            "decided by one who was not asked",
            "decidió quien no fue solicitado",
        ],
    ),
    (
        "not-sent-to-who-asked",
        [
            "لم يُرسل إلى الطالب",
            "بۆ داواکار نەنێردراوە",
            "not sent to the one who asked",
            "no se envió a quien solicitó",
        ],
    ),
    // The announcement.
    (
        "after-ratification",
        [
            "بعد المصادقة",
            "دوای پەسەندکردن",
            "after the ratification",
            "después de la declaración de validez",
        ],
    ),
    (
        "after-partial-ratification",
        [
            "بعد مصادقة جزئية",
            "دوای پەسەندکردنی بەشێک",
            "after a partial ratification",
            "después de una declaración parcial",
        ],
    ),
    (
        "before-ratification",
        [
            "قبل المصادقة",
            "پێش پەسەندکردن",
            "before the ratification",
            "antes de la declaración de validez",
        ],
    ),
    (
        "not-ratified",
        ["لم يُصادق عليها", "پەسەند نەکراوە", "not ratified", "sin declaración de validez"],
    ),
];
