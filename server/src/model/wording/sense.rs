//! Problems with what a value says.

use super::Wording;

/// All of them, by their codes.
pub(super) const WORDINGS: &[Wording] = &[
    Wording {
        code: "absent",
        what: [
            "اللغة المعتمدة ليست بين اللغات المعطاة.",
            "زمانی بنەڕەتی لەناو زمانەکاندا نییە.",
            "El idioma auténtico no está entre los dados.",
        ],
        remedy: [
            "أضف النص باللغة المعتمدة أو اختر لغة موجودة.",
            "دەقەکە بەو زمانە زیاد بکە یان زمانێکی هەبوو هەڵبژێرە.",
            "Add the text in that language, or name one that is there.",
            "Añada el texto en ese idioma o indique uno presente.",
        ],
    },
    Wording {
        code: "action",
        what: [
            "حقل لا يخص هذا الإجراء.",
            "ئەم خانەیە بۆ ئەم کردارە نییە.",
            "El campo no corresponde a este acto.",
        ],
        remedy: [
            "اترك الحقل فارغاً.",
            "خانەکە بەتاڵ بهێڵە.",
            "Leave the field out.",
            "Deje el campo vacío.",
        ],
    },
    Wording {
        code: "before-start",
        what: ["النهاية قبل البداية.", "کۆتایی پێش دەستپێکە.", "El fin es anterior al comienzo."],
        remedy: [
            "صحّح أحد التاريخين.",
            "یەکێک لە دوو ڕێکەوتەکە ڕاست بکەرەوە.",
            "Correct one of the two days.",
            "Corrija una de las dos fechas.",
        ],
    },
    Wording {
        code: "class-differs",
        what: [
            "الصنف غير صنف الملف.",
            "جیاوازە لە پۆلی دۆسیەکە.",
            "La clase no es la del expediente.",
        ],
        remedy: [
            "استعمل صنف البيانات نفسه.",
            "هەمان پۆلی داتا بەکاربهێنە.",
            "Use the same class of data.",
            "Use la misma clase de datos.",
        ],
    },
    Wording {
        code: "class-not-permitted",
        what: [
            "لا يجوز لهذه الجهة إرسال ملف كهذا ببيانات من هذا الصنف.",
            "ئەم لایەنە ناتوانێت دۆسیەی لەم جۆرە بە داتای ئەم پۆلە بنێرێت.",
            "Esta institución no puede enviar un escrito así con datos de esta clase.",
        ],
        remedy: [
            "اختر صنف البيانات الصحيح، أو نوعاً آخر من الملفات.",
            "پۆلی داتای دروست هەڵبژێرە، یان جۆرێکی تری دۆسیە.",
            "Name the class of data that it is, or another kind of filing.",
            "Indique la clase de datos correcta u otro tipo de escrito.",
        ],
    },
    Wording {
        code: "clause-number",
        what: [
            "ترقيم الفقرات غير متسلسل.",
            "ژمارەی بڕگەکان بە دوای یەکدا نایەن.",
            "Los resolutivos no están numerados de corrido.",
        ],
        remedy: [
            "رقّم الفقرات من 1 بلا انقطاع.",
            "بڕگەکان لە ١ـەوە بێ پچڕان ژمارە بکە.",
            "Number the clauses from 1 without gaps.",
            "Numere los resolutivos desde 1 sin saltos.",
        ],
    },
    Wording {
        code: "closed",
        what: [
            "مكتب مغلق له ساعة إغلاق.",
            "نووسینگەی داخراو کاتی داخستنی هەیە.",
            "Una oficina cerrada tiene hora de cierre.",
        ],
        remedy: [
            "احذف ساعة الإغلاق أو قل إن المكتب مفتوح.",
            "کاتی داخستن بسڕەوە یان بڵێ کراوەیە.",
            "Leave out the hour, or say that the office is open.",
            "Quite la hora o indique que la oficina abre.",
        ],
    },
    Wording {
        code: "differs",
        what: [
            "لا يطابق ما في النص المرفق.",
            "لەگەڵ ئەوەی لە دەقەکەدایە یەک ناگرێتەوە.",
            "No coincide con lo que dice el texto.",
        ],
        remedy: [
            "انقله من النص كما هو.",
            "وەک خۆی لە دەقەکەوە بیگوازەوە.",
            "Take it over from the text as it stands there.",
            "Tómelo del texto tal como está.",
        ],
    },
    Wording {
        code: "either-or",
        what: [
            "يجب أن يُعطى واحد من الاثنين لا غير.",
            "دەبێت تەنها یەکێک لە دووانەکە بدرێت.",
            "Debe darse uno de los dos, y solo uno.",
        ],
        remedy: [
            "اذكر المستمسك أو المغلف السابق.",
            "یان بەڵگەنامەکە یان زەرفی پێشوو ناو ببە.",
            "Name the exhibit or the earlier envelope.",
            "Indique el anexo o el sobre anterior.",
        ],
    },
    Wording {
        code: "kind-differs",
        what: [
            "المحتوى من نوع غير الذي ذُكر.",
            "ناوەڕۆکەکە لە جۆرێکی ترە لەوەی ناو براوە.",
            "El contenido es de otra clase que la indicada.",
        ],
        remedy: [
            "اختر نوع التقديم الصحيح أو أرسل المحتوى الصحيح.",
            "جۆری ڕاست هەڵبژێرە یان ناوەڕۆکی ڕاست بنێرە.",
            "Choose the right kind of filing, or send the right content.",
            "Elija la clase correcta o envíe el contenido correcto.",
        ],
    },
    Wording {
        code: "live",
        what: [
            "ورقة تجريبية ببيانات حية.",
            "کاغەزی تاقیکاری بە داتای ڕاستەقینە.",
            "Un documento piloto con datos reales.",
        ],
        remedy: [
            "أرسلها مجهولة الأسماء أو مصطنعة أو منشورة.",
            "بێ ناو یان دروستکراو یان بڵاوکراوە بینێرە.",
            "Send it anonymised, made up or published.",
            "Envíelo anonimizado, ficticio o publicado.",
        ],
    },
    Wording {
        code: "missing",
        what: ["لم يُذكر وهو واجب.", "نەدراوە و پێویستە.", "Falta y es obligatorio."],
        remedy: [
            "أكمل هذا الحقل.",
            "ئەم خانەیە پڕ بکەرەوە.",
            "Fill in this field.",
            "Complete este campo.",
        ],
    },
    Wording {
        code: "no-key",
        what: [
            "مستمسك مختوم لا يُعطى مفتاحه لأحد، فلن يستطيع أحد فتحه.",
            "بەڵگەنامەیەکی مۆرکراوە کە کلیلەکەی بە کەس نەدراوە، بۆیە کەس ناتوانێت بیکاتەوە.",
            "Una prueba sellada cuya clave no se da a nadie: nadie podría abrirla.",
        ],
        remedy: [
            "أعطِ مفتاحه لكل مرسل إليه يجب أن يفتحه.",
            "کلیلەکەی بدە بە هەر وەرگرێک کە دەبێت بیکاتەوە.",
            "Wrap its key for every recipient who has to open it.",
            "Dé su clave a cada destinatario que deba abrirla.",
        ],
    },
    Wording {
        code: "not-of-this-log",
        what: ["ليس من هذا السجل.", "هی ئەم تۆمارە نییە.", "No es de este registro."],
        remedy: [
            "خذ نقطة التحقق من هذا المحور: barid log checkpoint.",
            "خاڵی پشکنین لەم ناوەندەوە وەربگرە: barid log checkpoint.",
            "Take the checkpoint from this hub: barid log checkpoint.",
            "Tome el punto de control de este nodo: barid log checkpoint.",
        ],
    },
    Wording {
        code: "not-sealed",
        what: [
            "مفتاح لا يخص أي مستمسك مختوم في هذه المعاملة.",
            "کلیلێکە کە هی هیچ بەڵگەنامەیەکی مۆرکراوی ئەم مامەڵەیە نییە.",
            "La clave no es de ninguna prueba sellada de esta presentación.",
        ],
        remedy: [
            "احذف المفتاح أو أضف المستمسك المختوم.",
            "کلیلەکە لاببە یان بەڵگەنامە مۆرکراوەکە زیاد بکە.",
            "Leave the key out, or add the sealed exhibit.",
            "Quite la clave o añada la prueba sellada.",
        ],
    },
    Wording {
        code: "order",
        what: [
            "الترتيب غير صحيح أو تكرر شيء.",
            "ڕیزبەندی ڕاست نییە یان شتێک دووبارەیە.",
            "El orden no es correcto o algo se repite.",
        ],
        remedy: [
            "رتّب القيم ولا تكرر شيئاً.",
            "نرخەکان ڕیز بکە و هیچ دووبارە مەکەرەوە.",
            "Put them in order, each once.",
            "Ordénelos, cada uno una vez.",
        ],
    },
    Wording {
        code: "scope",
        what: [
            "النطاق لا يوافق ما ذُكر معه.",
            "چوارچێوەکە لەگەڵ ئەوەی لەگەڵیدایە ناگونجێت.",
            "El alcance no concuerda con lo demás.",
        ],
        remedy: [
            "غيّر النطاق أو ما ذُكر معه.",
            "چوارچێوەکە یان ئەوەی لەگەڵیدایە بگۆڕە.",
            "Change the scope, or what is given with it.",
            "Cambie el alcance o lo que lo acompaña.",
        ],
    },
    Wording {
        code: "sealed",
        what: [
            "يكشف ما يخفيه المستمسك المختوم.",
            "ئەوە ئاشکرا دەکات کە بەڵگەنامە مۆرکراوەکە دەیشارێتەوە.",
            "Revela lo que la prueba sellada oculta.",
        ],
        remedy: [
            "اتركه فارغاً هنا واكتبه في الوصف المختوم.",
            "لێرە بەتاڵی بهێڵە و لە وەسفە مۆرکراوەکەدا بینووسە.",
            "Leave it empty here, and say it in the sealed description.",
            "Déjelo vacío aquí y dígalo en la descripción sellada.",
        ],
    },
    Wording {
        code: "sum",
        what: [
            "المجموع لا يطابق الأجزاء.",
            "کۆکە لەگەڵ بەشەکان یەک ناگرێتەوە.",
            "La suma no coincide con las partes.",
        ],
        remedy: ["راجع الأعداد.", "ژمارەکان بپشکنە.", "Check the numbers.", "Revise los números."],
    },
    Wording {
        code: "turnout",
        what: [
            "المقترعون أكثر من المسجلين.",
            "دەنگدەران لە تۆمارکراوان زیاترن.",
            "Hay más votantes que inscritos.",
        ],
        remedy: [
            "راجع الأعداد في المحضر.",
            "ژمارەکان لە کۆنووسەکەدا بپشکنە.",
            "Check the numbers against the minutes.",
            "Revise los números con el acta.",
        ],
    },
    Wording {
        code: "twice",
        what: ["ذُكر مرتين.", "دوو جار ناو براوە.", "Aparece dos veces."],
        remedy: [
            "اذكر كل واحد مرة واحدة.",
            "هەر یەکە تەنها جارێک ناو ببە.",
            "Give each once.",
            "Indique cada uno una vez.",
        ],
    },
    Wording {
        code: "vote-sum",
        what: [
            "الأصوات أكثر من المقترعين.",
            "دەنگەکان لە دەنگدەران زیاترن.",
            "Hay más votos que votantes.",
        ],
        remedy: [
            "راجع الأعداد في المحضر.",
            "ژمارەکان لە کۆنووسەکەدا بپشکنە.",
            "Check the numbers against the minutes.",
            "Revise los números con el acta.",
        ],
    },
];
