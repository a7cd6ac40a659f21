//! Delegation, standing, finality, and what is checked without a rule of its own.

use super::super::language::Four;

pub(super) const TABLE: &[(&str, Four)] = &[
    // Delegation.
    (
        "covered",
        [
            "ضمن حدود التخويل",
            "لە سنووری دەسەڵاتپێداندایە",
            "within the delegation",
            "dentro de la delegación",
        ],
    ),
    (
        "expired",
        [
            "انتهى نفاذ التخويل",
            "کارایی دەسەڵاتپێدان بەسەر چووە",
            "the delegation had ended",
            "la delegación ya no estaba vigente",
        ],
    ),
    (
        "not-yet-valid",
        [
            "لم يبدأ نفاذ التخويل",
            "دەسەڵاتپێدان هێشتا کارا نەبوو",
            "the delegation had not begun",
            "la delegación aún no estaba vigente",
        ],
    ),
    (
        "delegation-unknown",
        [
            "لا تخويل كهذا في السجل",
            "دەسەڵاتپێدانی وەها لە تۆماردا نییە",
            "no such delegation is in the log",
            "en el registro no consta esa delegación",
        ],
    ),
    (
        "office-not-delegated",
        [
            "المكتب غير مخوّل",
            "نووسینگەکە دەسەڵاتی پێ نەدراوە",
            "the office has no delegation",
            "la oficina no tiene delegación",
        ],
    ),
    (
        "colour-not-covered",
        [
            "التخويل لا يشمل هذا التصنيف",
            "دەسەڵاتپێدان ئەم پۆلێنە ناگرێتەوە",
            "the delegation does not cover this classification",
            "la delegación no comprende esta clasificación",
        ],
    ),
    (
        "colour-unknown",
        [
            "تصنيف الشكوى غير معروف",
            "پۆلێنی سکاڵاکە نەزانراوە",
            "the classification is not in the log",
            "en el registro no consta la clasificación",
        ],
    ),
    (
        "grant-not-carried",
        [
            "التخويل نفسه لم يُقَرّ",
            "دەسەڵاتپێدانەکە خۆی بڕیاری لەسەر نەدراوە",
            "the delegation itself was not carried",
            "la delegación misma no fue aprobada",
        ],
    ),
    (
        "grant-in-doubt",
        [
            "صحة التخويل نفسه غير محسومة",
            "دروستیی دەسەڵاتپێدانەکە یەکلا نەکراوەتەوە",
            "whether the delegation itself was carried is open",
            "no está decidido si la delegación fue aprobada",
        ],
    ),
    (
        "recommendation",
        [
            "توصية، لا قرار",
            "ڕاسپاردەیە، بڕیار نییە",
            "a recommendation and no decision",
            "dictamen, no resolución",
        ],
    ),
    (
        "recommendation-only",
        [
            "للمكتب أن يوصي لا أن يقرر",
            "نووسینگە دەتوانێت ڕابسپێرێت نەک بڕیار بدات",
            "the office may recommend and not decide",
            "la oficina puede dictaminar, no resolver",
        ],
    ),
    (
        "not-called-in",
        [
            "لم يُسحب إلى المجلس",
            "بۆ ئەنجوومەن نەکێشراوەتەوە",
            "not called in",
            "no atraído por el Consejo",
        ],
    ),
    (
        "called-in-time",
        [
            "سُحب إلى المجلس ضمن المدة",
            "لە ماوەی خۆیدا بۆ ئەنجوومەن کێشرایەوە",
            "called in within the hours",
            "atraído dentro de las horas fijadas",
        ],
    ),
    (
        "called-in-late",
        [
            "سُحب إلى المجلس بعد المدة",
            "دوای ماوەکە بۆ ئەنجوومەن کێشرایەوە",
            "called in too late",
            "atraído fuera de las horas fijadas",
        ],
    ),
    (
        "no-call-in-right",
        [
            "التخويل لا يعطي حق السحب إلى المجلس",
            "دەسەڵاتپێدان مافی کێشانەوە نادات",
            "the delegation gives no right to call in",
            "la delegación no permite atraer",
        ],
    ),
    (
        "service-unknown",
        [
            "وقت التبليغ غير معروف",
            "کاتی ئاگادارکردنەوە نەزانراوە",
            "when it was served is not known",
            "no se conoce la notificación",
        ],
    ),
    (
        "day-unknown",
        ["اليوم غير معروف", "ڕۆژەکە نەزانراوە", "the day is not known", "no se conoce el día"],
    ),
    // Standing and finality.
    (
        "capacity-fits",
        [
            "الصفة تخوّله التقديم",
            "سیفەتەکەی مافی پێشکەشکردنی دەداتێ",
            "one of this capacity may file",
            "esa calidad permite promover",
        ],
    ),
    (
        "capacity-doubtful",
        [
            "الصفة لا تخوّله التقديم وفق هذه القراءة",
            "بەپێی ئەم خوێندنەوەیە سیفەتەکەی مافی ناداتێ",
            "one of this capacity may not file",
            "esa calidad no permite promover",
        ],
    ),
    (
        "capacity-unknown",
        [
            "الصفة غير مذكورة",
            "سیفەتەکە باس نەکراوە",
            "the capacity is not given",
            "no consta la calidad",
        ],
    ),
    (
        "final-decision",
        [
            "القرار نهائي",
            "بڕیارەکە کۆتاییە",
            "the decision is final and open to appeal",
            "la resolución es definitiva e impugnable",
        ],
    ),
    (
        "not-final",
        [
            "القرار ليس نهائياً",
            "بڕیارەکە کۆتایی نییە",
            "the decision is not final",
            "la resolución no es definitiva",
        ],
    ),
    (
        "decided-by-delegation",
        [
            "قرار بالتخويل",
            "بڕیار بە دەسەڵاتپێدان",
            "decided by delegation",
            "resolución por delegación",
        ],
    ),
    (
        "decision-unknown",
        [
            "القرار ليس في السجل",
            "بڕیارەکە لە تۆماردا نییە",
            "the decision is not in the log",
            "la resolución no consta en el registro",
        ],
    ),
    (
        "misdirected",
        [
            "موجّه إلى جهة غير مختصة",
            "ئاراستەی لایەنێکی ناتایبەتمەند کراوە",
            "sent to one that does not hear it",
            "dirigido a un órgano no competente",
        ],
    ),
    (
        "not-appealable",
        [
            "لا يُطعن في عمل كهذا",
            "لەم جۆرە کارە تانە نادرێت",
            "an act of this kind is not appealed",
            "un acto así no se impugna",
        ],
    ),
    (
        "ruling-final",
        [
            "القرار القضائي بات",
            "بڕیاری دادوەری بنبڕە",
            "the ruling is final and binding",
            "la sentencia es definitiva e inatacable",
        ],
    ),
    (
        "ruling-not-final",
        [
            "القرار القضائي غير بات وفق نصه",
            "بڕیاری دادوەری بەپێی دەقەکەی بنبڕ نییە",
            "the ruling does not say that it is final",
            "la sentencia no dice ser definitiva",
        ],
    ),
    // Pins to rule sets.
    (
        "in-force",
        [
            "مجموعة القواعد نافذة",
            "کۆمەڵە یاساکە کارایە",
            "the rule set is in force",
            "el conjunto de reglas está vigente",
        ],
    ),
    (
        "not-yet-in-force",
        [
            "مجموعة القواعد غير نافذة بعد",
            "کۆمەڵە یاساکە هێشتا کارا نەبوو",
            "the rule set was not yet in force",
            "el conjunto de reglas aún no estaba vigente",
        ],
    ),
    (
        "no-longer-in-force",
        [
            "انتهى نفاذ مجموعة القواعد",
            "کۆمەڵە یاساکە چیتر کارا نەبوو",
            "the rule set was no longer in force",
            "el conjunto de reglas ya no estaba vigente",
        ],
    ),
    (
        "other-rule-set",
        [
            "مجموعة قواعد غير التي للقضية",
            "کۆمەڵە یاسایەکی ترە، نەک هی دۆسیەکە",
            "another rule set than that of the case",
            "otro conjunto de reglas que el del caso",
        ],
    ),
    // Criminal referrals.
    (
        "exhibits-present",
        [
            "المرفقات المذكورة كلها موجودة",
            "هەموو بەڵگەنامە باسکراوەکان هەن",
            "all listed exhibits are there",
            "están todos los anexos listados",
        ],
    ),
    (
        "exhibits-missing",
        [
            "تنقص مرفقات مذكورة",
            "بەڵگەنامەی باسکراو کەمە",
            "listed exhibits are missing",
            "faltan anexos listados",
        ],
    ),
    (
        "no-exhibits-listed",
        [
            "لا مرفقات مذكورة",
            "هیچ بەڵگەنامەیەک باس نەکراوە",
            "no exhibits are listed",
            "no se listan anexos",
        ],
    ),
    (
        "acknowledged",
        [
            "أقرّ بالاستلام من أُحيل إليه",
            "ئەوەی بۆی ڕەوانە کرا وەرگرتنی پشتڕاست کردەوە",
            "acknowledged by the one referred to",
            "acusado por quien recibió la vista",
        ],
    ),
    (
        "not-the-one-referred-to",
        [
            "أقرّ بالاستلام غيرُ من أُحيل إليه",
            "کەسێکی تر وەرگرتنی پشتڕاست کردەوە",
            "not the one it was referred to",
            "no es quien recibió la vista",
        ],
    ),
    (
        "referral-unknown",
        [
            "الإحالة ليست في السجل",
            "ڕەوانەکردنەکە لە تۆماردا نییە",
            "the referral is not in the log",
            "la vista no consta en el registro",
        ],
    ),
    // Implementation.
    ("carried-out", ["نُفّذ كله", "هەمووی جێبەجێ کراوە", "carried out", "cumplido"]),
    (
        "tasks-open",
        [
            "ما زال بعض المهام مفتوحاً",
            "هەندێک ئەرک هێشتا ماون",
            "tasks are open",
            "hay tareas pendientes",
        ],
    ),
    (
        "overdue",
        ["فات موعد التنفيذ", "وادەی جێبەجێکردن بەسەر چووە", "overdue", "cumplimiento vencido"],
    ),
    (
        "clauses-not-covered",
        ["فقرات بلا مهمة", "بڕگەی بێ ئەرک هەیە", "clauses without a task", "puntos sin tarea"],
    ),
    (
        "no-such-clause",
        [
            "مهمة لفقرة غير موجودة",
            "ئەرک بۆ بڕگەیەکی نەبوو",
            "a task for a clause that is not there",
            "una tarea para un punto que no existe",
        ],
    ),
    (
        "act-unknown",
        [
            "القرار المنفَّذ ليس في السجل",
            "بڕیاری جێبەجێکراو لە تۆماردا نییە",
            "the act carried out is not in the log",
            "el acto cumplido no consta en el registro",
        ],
    ),
];
