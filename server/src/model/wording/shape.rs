//! Problems with how a value is written.

use super::Wording;

/// All of them, by their codes.
pub(super) const WORDINGS: &[Wording] = &[
    Wording {
        code: "bidi-control",
        what: [
            "فيه رمز خفي يقلب اتجاه الكتابة.",
            "هێمایەکی نەبینراوی تێدایە کە ئاراستەی نووسین دەگۆڕێت.",
            "Contiene un carácter invisible que invierte la escritura.",
        ],
        remedy: [
            "اكتبه من جديد بيدك ولا تنسخه.",
            "بە دەست دووبارە بینووسەوە، لەبەری مەگرەوە.",
            "Type it again by hand instead of copying it.",
            "Escríbalo de nuevo a mano, sin copiarlo.",
        ],
    },
    Wording {
        code: "control-character",
        what: [
            "فيه رمز تحكم لا يُرى.",
            "هێمای کۆنترۆڵی تێدایە کە نابینرێت.",
            "Contiene un carácter de control.",
        ],
        remedy: [
            "احذف الرمز واكتب النص في سطر واحد.",
            "هێماکە بسڕەوە و دەقەکە لە یەک دێڕدا بنووسە.",
            "Remove it and write the text on one line.",
            "Elimínelo y escriba el texto en una línea.",
        ],
    },
    Wording {
        code: "digest-length",
        what: ["ليست بصمة SHA-256.", "پەنجەمۆری SHA-256 نییە.", "No es un resumen SHA-256."],
        remedy: [
            "احسب البصمة من جديد: 32 بايتاً.",
            "پەنجەمۆرەکە دووبارە بژمێرە: ٣٢ بایت.",
            "Compute the digest again: it has 32 bytes.",
            "Calcule de nuevo el resumen: 32 bytes.",
        ],
    },
    Wording {
        code: "empty",
        what: [
            "وثيقة فارغة لا تثبت شيئاً.",
            "بەڵگەنامەی بەتاڵ هیچ ناسەلمێنێت.",
            "Un documento vacío no prueba nada.",
        ],
        remedy: [
            "أرفق الوثيقة نفسها.",
            "خودی بەڵگەنامەکە هاوپێچ بکە.",
            "Attach the paper itself.",
            "Adjunte el documento mismo.",
        ],
    },
    Wording {
        code: "key",
        what: [
            "ليس مفتاحاً يمكن قراءته.",
            "کلیلێک نییە کە بخوێنرێتەوە.",
            "No es una clave legible.",
        ],
        remedy: [
            "أعطِ المفتاح كما أنشأه barid key.",
            "کلیلەکە وەک barid key دروستی کردووە بدە.",
            "Give the key as `barid key` made it.",
            "Dé la clave tal como la creó `barid key`.",
        ],
    },
    Wording {
        code: "language",
        what: ["ليس رمز لغة.", "هێمای زمان نییە.", "No es una etiqueta de idioma."],
        remedy: [
            "اكتب رمزاً مثل ar أو ckb أو en.",
            "هێمایەک بنووسە وەک ar یان ckb یان en.",
            "Write a tag such as ar, ckb or en.",
            "Escriba una etiqueta como ar, ckb o es.",
        ],
    },
    Wording {
        code: "length",
        what: ["طوله غير صحيح.", "درێژییەکەی ڕاست نییە.", "No tiene la longitud debida."],
        remedy: [
            "دع برنامجك ينشئه من جديد.",
            "با بەرنامەکەت دووبارە دروستی بکاتەوە.",
            "Have your software make it again.",
            "Haga que su programa lo genere de nuevo.",
        ],
    },
    Wording {
        code: "name",
        what: ["ليس معرّفاً صحيحاً.", "ناسێنەرێکی ڕاست نییە.", "No es un identificador válido."],
        remedy: [
            "استعمل المعرّف كما في دليل المؤسسات: barid whoami --directory.",
            "ناسێنەرەکە وەک لە ڕێبەردایە بەکاربهێنە: barid whoami --directory.",
            "Use the identifier from the directory: barid whoami --directory.",
            "Use el identificador del directorio: barid whoami --directory.",
        ],
    },
    Wording {
        code: "negative",
        what: ["قبل سنة 1970.", "پێش ساڵی ١٩٧٠ـە.", "Es anterior a 1970."],
        remedy: [
            "صحّح الوقت وساعة الجهاز.",
            "کات و کاتژمێری ئامێرەکە ڕاست بکەرەوە.",
            "Correct the time, and the clock of the machine.",
            "Corrija la hora y el reloj del equipo.",
        ],
    },
    Wording {
        code: "no-such-day",
        what: ["لا يوجد يوم بهذا التاريخ.", "ڕۆژێک بەم ڕێکەوتە نییە.", "No existe tal día."],
        remedy: [
            "اكتب التاريخ كما في الورقة: سنة وشهر ويوم.",
            "ڕێکەوتەکە وەک لە کاغەزەکەدایە بنووسە: ساڵ و مانگ و ڕۆژ.",
            "Write the date as on the paper: year, month, day.",
            "Escriba la fecha como en el papel: año, mes, día.",
        ],
    },
    Wording {
        code: "note",
        what: [
            "نقطة التحقق لا تُقرأ.",
            "خاڵی پشکنینەکە ناخوێنرێتەوە.",
            "El punto de control no se puede leer.",
        ],
        remedy: [
            "أرسلها كما جاءت بلا تعديل.",
            "وەک خۆی بینێرە بێ دەستکاری.",
            "Send it as it came, unchanged.",
            "Envíelo tal como llegó, sin cambios.",
        ],
    },
    Wording {
        code: "path",
        what: [
            "الاسم يحوي مسار مجلد.",
            "ناوەکە ڕێڕەوی بوخچەی تێدایە.",
            "El nombre contiene una ruta.",
        ],
        remedy: [
            "اكتب اسم الوثيقة وحده.",
            "تەنها ناوی بەڵگەنامەکە بنووسە.",
            "Give the name alone.",
            "Dé solo el nombre.",
        ],
    },
    Wording {
        code: "range",
        what: [
            "القيمة خارج الحدود.",
            "نرخەکە لە سنوور بەدەرە.",
            "El valor está fuera de los límites.",
        ],
        remedy: ["صحّح القيمة.", "نرخەکە ڕاست بکەرەوە.", "Correct the value.", "Corrija el valor."],
    },
    Wording {
        code: "too-long",
        what: ["أطول من المسموح.", "لە ڕێگەپێدراو درێژترە.", "Es más largo de lo permitido."],
        remedy: [
            "اختصره أو أرسل النص الكامل مبرزاً.",
            "کورتی بکەرەوە یان دەقی تەواو وەک بەڵگە بنێرە.",
            "Shorten it, or send the whole as an exhibit.",
            "Acórtelo o envíe el texto completo como anexo.",
        ],
    },
    Wording {
        code: "too-many",
        what: [
            "العدد أكثر من المسموح.",
            "ژمارەکە لە ڕێگەپێدراو زیاترە.",
            "Son más de los permitidos.",
        ],
        remedy: [
            "وزّعها على أكثر من تقديم.",
            "بەسەر چەند پێشکەشکردنێکدا دابەشی بکە.",
            "Send them in several filings.",
            "Repártalos en varias presentaciones.",
        ],
    },
    Wording {
        code: "unknown-value",
        what: [
            "قيمة لا تعرفها هذه النسخة.",
            "نرخێکە ئەم وەشانە نایناسێت.",
            "Es un valor que esta versión no conoce.",
        ],
        remedy: [
            "اختر قيمة من القائمة أو حدّث برنامجك.",
            "نرخێک لە لیستەکە هەڵبژێرە یان بەرنامەکەت نوێ بکەرەوە.",
            "Choose a value of the list, or update your software.",
            "Elija un valor de la lista o actualice su programa.",
        ],
    },
    Wording {
        code: "zero",
        what: ["معرّف من أصفار.", "ناسێنەر لە سفر پێکهاتووە.", "Es un identificador de ceros."],
        remedy: [
            "دع برنامجك ينشئ معرّفاً جديداً.",
            "با بەرنامەکەت ناسێنەرێکی نوێ دروست بکات.",
            "Have your software make a new identifier.",
            "Haga que su programa genere un identificador nuevo.",
        ],
    },
];
