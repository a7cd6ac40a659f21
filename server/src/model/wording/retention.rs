//! Problems with keeping documents and destroying them.

use super::Wording;

/// All of them, by their codes.
pub(super) const WORDINGS: &[Wording] = &[
    Wording {
        code: "destroyed",
        what: [
            "أُتلف محتوى الوثيقة من قبل.",
            "ناوەڕۆکی بەڵگەنامەکە پێشتر لەناوبراوە.",
            "El contenido del documento ya fue destruido.",
        ],
        remedy: [
            "لا حاجة إلى شيء: بصمتها تثبت ما كانت.",
            "پێویست بە هیچ ناکات: پەنجەمۆرەکەی دەیسەلمێنێت کە چی بوو.",
            "Nothing is needed: its digest proves what it was.",
            "No hace falta nada: su resumen prueba lo que era.",
        ],
    },
    Wording {
        code: "is-lead",
        what: [
            "هي المعاملة نفسها لا مستمسك منها.",
            "خودی مامەڵەکەیە، نەک بەڵگەیەکی.",
            "Es el acto mismo, no una prueba.",
        ],
        remedy: [
            "تُتلف المستمسكات وحدها؛ أما المعاملة فتبقى.",
            "تەنها بەڵگەکان لەناو دەبرێن؛ مامەڵەکە دەمێنێتەوە.",
            "Only exhibits are destroyed; the act itself stays.",
            "Solo se destruyen pruebas; el acto permanece.",
        ],
    },
    Wording {
        code: "needed",
        what: [
            "تحتاجها دعوى أخرى أيضاً.",
            "دۆسیەیەکی تریش پێویستی پێیەتی.",
            "También la necesita otro expediente.",
        ],
        remedy: [
            "لا تُتلف وثيقة تستند إليها دعوى أخرى.",
            "بەڵگەنامەیەک کە دۆسیەیەکی تر پشتی پێ دەبەستێت لەناو نابرێت.",
            "A document that another case relies on is not destroyed.",
            "No se destruye un documento en que se apoya otro expediente.",
        ],
    },
    Wording {
        code: "no-hold",
        what: [
            "لا يوجد أمر حفظ كهذا يمكن رفعه.",
            "پاراستنێکی وەها نییە کە هەڵبگیرێت.",
            "No hay tal retención que levantar.",
        ],
        remedy: [
            "خذ بصمة المعاملة التي وضعته من سجل الدعوى؛ ترفعه المؤسسة التي وضعته وحدها.",
            "پەنجەمۆری ئەو مامەڵەیە لە تۆماری دۆسیەکە وەربگرە؛ تەنها دامەزراوەی دانەر هەڵیدەگرێت.",
            "Take the digest of the filing that placed it from the docket; who placed it lifts it.",
            "Tome del expediente el resumen de la presentación; la levanta quien la impuso.",
        ],
    },
    Wording {
        code: "no-original",
        what: [
            "لا يعرف المرسل هنا وثيقة بهذه البصمة.",
            "نێرەر لێرە بەڵگەنامەیەک بەم پەنجەمۆرەوە ناناسێت.",
            "El remitente no conoce aquí ningún documento con ese resumen.",
        ],
        remedy: [
            "خذ بصمة الأصل من سجل الدعوى أو ارفعه أولاً.",
            "پەنجەمۆری ڕەسەنەکە لە تۆماری دۆسیەکە وەربگرە یان سەرەتا بارى بکە.",
            "Take the digest of the original from the docket, or upload it first.",
            "Tome del expediente el resumen del original o cárguelo antes.",
        ],
    },
    Wording {
        code: "not-here",
        what: [
            "لا تذكرها أي معاملة في هذه الدعوى.",
            "هیچ مامەڵەیەکی ئەم دۆسیەیە ناوی نەبردووە.",
            "Ninguna presentación de este expediente la nombra.",
        ],
        remedy: [
            "تحقق من الدعوى ومن بصمة الوثيقة.",
            "دۆسیەکە و پەنجەمۆری بەڵگەنامەکە بپشکنە.",
            "Check the case and the digest of the document.",
            "Compruebe el expediente y el resumen del documento.",
        ],
    },
    Wording {
        code: "not-own",
        what: [
            "قدمتها مؤسسة أخرى.",
            "دامەزراوەیەکی تر پێشکەشی کردووە.",
            "La presentó otra institución.",
        ],
        remedy: [
            "اطلب إتلافها من المؤسسة التي قدمتها.",
            "داوای لەناوبردنی لەو دامەزراوەیە بکە کە پێشکەشی کردووە.",
            "Ask the institution that filed it to destroy it.",
            "Pida su destrucción a la institución que la presentó.",
        ],
    },
    Wording {
        code: "not-received",
        what: [
            "لم يقرّ مستلم باستلامها بعد.",
            "وەرگرێک هێشتا وەرگرتنی نەسەلماندووە.",
            "Un destinatario aún no acusó recibo.",
        ],
        remedy: [
            "انتظر إقراره: لا تضيع وثيقة قبل أن تصل.",
            "چاوەڕێی سەلماندنی بکە: بەڵگەنامە پێش گەیشتن لەناو ناچێت.",
            "Wait until it is acknowledged: nothing goes before it has arrived.",
            "Espere el acuse: nada se destruye antes de llegar.",
        ],
    },
    Wording {
        code: "on-hold",
        what: [
            "يمنع أمر حفظ إتلافها.",
            "فەرمانێکی پاراستن ڕێگە لە لەناوبردنی دەگرێت.",
            "Una retención legal impide destruirla.",
        ],
        remedy: [
            "اطلب من المؤسسة التي وضعت الحفظ رفعه.",
            "داوا لەو دامەزراوەیە بکە کە پاراستنەکەی داناوە هەڵیبگرێت.",
            "Ask the institution that placed the hold to lift it.",
            "Pida a la institución que la impuso que la levante.",
        ],
    },
    Wording {
        code: "same",
        what: [
            "الأصل هو هذا المستمسك نفسه.",
            "ڕەسەنەکە خودی ئەم بەڵگەیەیە.",
            "El original es esta misma prueba.",
        ],
        remedy: [
            "اذكر بصمة الأصل الذي حُجبت منه أجزاء.",
            "پەنجەمۆری ئەو ڕەسەنە بنووسە کە بەشی لێ لابراوە.",
            "Give the digest of the original from which parts were taken out.",
            "Indique el resumen del original del que se suprimieron partes.",
        ],
    },
];
