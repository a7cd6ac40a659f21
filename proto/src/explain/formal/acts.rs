//! What publications, delegations, appeals, rulings and other acts come to, in words.

use super::super::language::Four;

pub(super) const TABLE: &[(&str, Four)] = &[
    (
        "days-not-given",
        [
            "لا يمكن الحسم: لا تذكر الشهادة أيام النشر",
            "بڕیار نادرێت: بڕوانامەکە ڕۆژەکانی بڵاوکردنەوە نالێت",
            "cannot be decided: the certificate gives no days",
            "no puede decidirse: el certificado no da los días",
        ],
    ),
    (
        "recommendation",
        [
            "توصية لا تحتاج إلى تخويل",
            "ڕاسپاردەیە و پێویستی بە دەسەڵاتپێدان نییە",
            "a recommendation, which needs no delegation",
            "una recomendación, que no necesita delegación",
        ],
    ),
    (
        "recommendation-only",
        [
            "للمكتب أن يوصي لا أن يقرر",
            "نووسینگەکە دەتوانێت ڕاسپاردە بکات نەک بڕیار بدات",
            "the office may recommend and not decide",
            "la oficina puede recomendar, no decidir",
        ],
    ),
    (
        "not-yet-valid",
        [
            "لم يبدأ نفاذ التخويل",
            "دەسەڵاتپێدانەکە هێشتا کارا نییە",
            "the delegation is not in force yet",
            "la delegación aún no está vigente",
        ],
    ),
    (
        "colour-unknown",
        [
            "لا يمكن الحسم: لم تُصنَّف الشكوى",
            "بڕیار نادرێت: سکاڵاکە پۆلێن نەکراوە",
            "cannot be decided: the complaint has no classification",
            "no puede decidirse: la queja no está clasificada",
        ],
    ),
    (
        "grant-not-passed",
        [
            "قرار التخويل نفسه لم ينل الأصوات",
            "بڕیاری دەسەڵاتپێدانەکە خۆی دەنگی پێویستی نەهێناوە",
            "the delegation itself was not passed",
            "la propia delegación no se aprobó",
        ],
    ),
    (
        "grant-in-doubt",
        [
            "لا يمكن الحسم: صدور قرار التخويل موضع شك",
            "بڕیار نادرێت: دەرچوونی بڕیاری دەسەڵاتپێدانەکە گومانی لێ دەکرێت",
            "cannot be decided: whether the delegation was passed is in doubt",
            "no puede decidirse: es dudoso que la delegación se aprobara",
        ],
    ),
    (
        "decision-unknown",
        [
            "لا يمكن الحسم: القرار غير موجود في السجل",
            "بڕیار نادرێت: بڕیارەکە لە تۆماردا نییە",
            "cannot be decided: the decision is not in the log",
            "no puede decidirse: la decisión no consta en el registro",
        ],
    ),
    (
        "called-in",
        [
            "استُدعي القرار إلى المجلس",
            "بڕیارەکە بۆ ئەنجوومەن بانگ کراوەتەوە",
            "called in",
            "avocada",
        ],
    ),
    (
        "not-called-in",
        [
            "لم يُستدعَ القرار إلى المجلس",
            "بڕیارەکە بۆ ئەنجوومەن بانگ نەکراوەتەوە",
            "not called in",
            "no avocada",
        ],
    ),
    (
        "no-call-in-right",
        [
            "لا يمنح التخويل حق الاستدعاء",
            "دەسەڵاتپێدانەکە مافی بانگکردنەوەی نەداوە",
            "the delegation gives no right to call in",
            "la delegación no da derecho a avocar",
        ],
    ),
    (
        "capacity-fits",
        [
            "الصفة من الصفات التي يذكرها القانون",
            "سیفەتەکە لەوانەیە کە یاسا ناویان دەبات",
            "the capacity is one that the law names",
            "la calidad es de las que la ley nombra",
        ],
    ),
    (
        "capacity-doubtful",
        [
            "الصفة موضع شك",
            "سیفەتەکە گومانی لێ دەکرێت",
            "the capacity is doubtful",
            "la calidad es dudosa",
        ],
    ),
    (
        "capacity-unknown",
        [
            "لا يمكن الحسم: الصفة غير مذكورة",
            "بڕیار نادرێت: سیفەتەکە نەنووسراوە",
            "cannot be decided: the capacity is not given",
            "no puede decidirse: no consta la calidad",
        ],
    ),
    (
        "final-decision",
        [
            "القرار المطعون فيه نهائي",
            "بڕیاری تانەلێدراو کۆتاییە",
            "the decision is final",
            "la decisión es definitiva",
        ],
    ),
    (
        "not-final",
        [
            "القرار المطعون فيه غير نهائي",
            "بڕیاری تانەلێدراو کۆتایی نییە",
            "the decision is not final",
            "la decisión no es definitiva",
        ],
    ),
    (
        "not-of-the-council",
        [
            "قرار مكتب، ويُعترض عليه لدى المجلس أولاً",
            "بڕیاری نووسینگەیە و سەرەتا لای ئەنجوومەن ناڕەزایی لێ دەگیرێت",
            "a decision of an office, which goes to the Council first",
            "decisión de una oficina, que va primero al Consejo",
        ],
    ),
    (
        "ruling-final",
        [
            "حكم بات",
            "بڕیارێکی دادوەریی بنبڕە",
            "a ruling that is final",
            "una sentencia definitiva",
        ],
    ),
    (
        "ruling-not-final",
        [
            "حكم لا يذكر أنه بات",
            "بڕیارێکی دادوەریی کە نالێت بنبڕە",
            "a ruling that does not call itself final",
            "una sentencia que no se dice definitiva",
        ],
    ),
    (
        "not-appealable",
        [
            "لا يُطعن في مثل هذا",
            "تانە لە شتێکی وەها نادرێت",
            "nothing that can be appealed",
            "nada que pueda impugnarse",
        ],
    ),
    (
        "misdirected",
        [
            "قُدّم إلى جهة غير مختصة",
            "بۆ لایەنێکی ناتایبەتمەند نێردراوە",
            "sent to a body that does not hear it",
            "enviada a un órgano que no la conoce",
        ],
    ),
    (
        "enough-judges",
        [
            "عدد القضاة كافٍ",
            "ژمارەی دادوەران بەسە",
            "enough judges sat",
            "participaron jueces suficientes",
        ],
    ),
    (
        "judges-missing",
        [
            "عدد القضاة غير كافٍ",
            "ژمارەی دادوەران کەمە",
            "too few judges sat",
            "participaron menos jueces que los necesarios",
        ],
    ),
    (
        "too-many-judges",
        [
            "القضاة أكثر من أعضاء الهيئة",
            "دادوەران لە ئەندامانی دەستەکە زیاترن",
            "more judges than the panel has",
            "más jueces que los del panel",
        ],
    ),
    (
        "judges-unknown",
        [
            "لا يمكن الحسم: لا تُذكر أسماء القضاة",
            "بڕیار نادرێت: ناوی دادوەران نەنووسراوە",
            "cannot be decided: the judges are not named",
            "no puede decidirse: no se nombran los jueces",
        ],
    ),
    (
        "says-final",
        [
            "يذكر الحكم أنه بات",
            "بڕیارەکە دەڵێت بنبڕە",
            "the ruling says that it is final",
            "la sentencia dice que es definitiva",
        ],
    ),
    (
        "not-said-final",
        [
            "لا يذكر الحكم أنه بات",
            "بڕیارەکە ناڵێت بنبڕە",
            "the ruling does not say that it is final",
            "la sentencia no dice que es definitiva",
        ],
    ),
    (
        "in-force",
        ["القانون نافذ", "یاساکە کارایە", "the rule set is in force", "las normas están vigentes"],
    ),
    (
        "not-yet-in-force",
        [
            "لم يبدأ نفاذ القانون",
            "یاساکە هێشتا کارا نییە",
            "the rule set is not in force yet",
            "las normas aún no están vigentes",
        ],
    ),
    (
        "no-longer-in-force",
        [
            "انتهى نفاذ القانون",
            "یاساکە چیتر کارا نییە",
            "the rule set is no longer in force",
            "las normas ya no están vigentes",
        ],
    ),
    (
        "other-rule-set",
        [
            "ذُكر قانون غير قانون القضية",
            "یاسایەکی تر ناوبراوە لە یاسای دۆسیەکە",
            "it names another rule set than its case",
            "nombra otras normas que las de su expediente",
        ],
    ),
    (
        "exhibits-present",
        [
            "سُلّمت كل المرفقات المذكورة",
            "هەموو بەڵگەنامە ناوبراوەکان ڕادەست کراون",
            "the exhibits that are listed are there",
            "constan las pruebas relacionadas",
        ],
    ),
    (
        "exhibits-missing",
        [
            "تنقص مرفقات مذكورة",
            "بەڵگەنامەی ناوبراو کەمە",
            "exhibits that are listed are missing",
            "faltan pruebas relacionadas",
        ],
    ),
    (
        "no-exhibits-listed",
        [
            "لا يمكن الحسم: لا تُذكر مرفقات",
            "بڕیار نادرێت: هیچ بەڵگەنامەیەک ناونەبراوە",
            "cannot be decided: no exhibit is listed",
            "no puede decidirse: no se relaciona ninguna prueba",
        ],
    ),
    (
        "acknowledged",
        [
            "أُقرّ بتسلّم الإحالة",
            "وەرگرتنی ڕەوانەکردنەکە دانی پێدا نراوە",
            "the referral was taken in",
            "la vista fue recibida",
        ],
    ),
    (
        "not-the-one-referred-to",
        [
            "أقرّ بالتسلّم غير من أُحيل إليه",
            "کەسێکی تر دانی پێدا ناوە نەک ئەوەی بۆی ڕەوانە کراوە",
            "taken in by another than it was referred to",
            "recibida por otra autoridad",
        ],
    ),
    (
        "referral-unknown",
        [
            "لا يمكن الحسم: الإحالة غير موجودة في السجل",
            "بڕیار نادرێت: ڕەوانەکردنەکە لە تۆماردا نییە",
            "cannot be decided: the referral is not in the log",
            "no puede decidirse: la vista no consta en el registro",
        ],
    ),
    (
        "form-complete",
        [
            "الاستمارة مكتملة",
            "فۆڕمەکە تەواوە",
            "the form is complete",
            "el formulario está completo",
        ],
    ),
    (
        "form-incomplete",
        [
            "الاستمارة ناقصة",
            "فۆڕمەکە ناتەواوە",
            "the form is incomplete",
            "el formulario está incompleto",
        ],
    ),
    (
        "not-endorsed",
        [
            "الاستمارة بلا تأييد، والأمر للناظرين فيها",
            "فۆڕمەکە پشتڕاست نەکراوەتەوە، و بڕیارەکە بۆ کەسانە",
            "not endorsed, which people decide on",
            "sin certificación, lo que deciden las personas",
        ],
    ),
];
