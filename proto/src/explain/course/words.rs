//! What is said about courses, in four languages.

use super::super::language::Four;
use crate::v1::{CourseLinkKind, CourseOddityKind, CourseRestKind};

pub(super) const UNKNOWN: Four = [
    "لا إجراءات معروفة لهذه القضية",
    "هیچ ڕێکارێک بۆ ئەم دۆسیەیە نەزانراوە",
    "No procedure is known for this case",
    "No se conoce procedimiento para este expediente",
];
pub(super) const SEVERAL: Four = [
    "قد تتبع القضية أحد هذه الإجراءات: {0}",
    "دۆسیەکە لەوانەیە یەکێک لەم ڕێکارانە بگرێتەبەر: {0}",
    "The case may follow one of these procedures: {0}",
    "El expediente puede seguir uno de estos procedimientos: {0}",
];
pub(super) const DONE: Four = ["ما تم", "ئەوەی کرا", "What was done", "Lo actuado"];
pub(super) const NEXT: Four =
    ["ما قد يأتي الآن", "ئەوەی ئێستا لەوانەیە بێت", "What may come next", "Lo que puede seguir"];
pub(super) const OPEN: Four =
    ["ما لا يزال مفتوحاً", "ئەوەی هێشتا کراوەیە", "Still open", "Pendiente"];
pub(super) const SETTLED: Four =
    ["ما أُنجز من المهام", "ئەرکە جێبەجێکراوەکان", "Settled", "Cumplido"];
pub(super) const RESTS: Four =
    ["القضية متوقفة", "دۆسیەکە ڕاوەستاوە", "The case rests", "El expediente espera"];
pub(super) const ODD: Four =
    ["خارج الترتيب", "لە دەرەوەی ڕیزبەندی", "Out of order", "Fuera de orden"];
pub(super) const LINKS: Four = ["قضايا أخرى", "دۆسیەی تر", "Other cases", "Otros expedientes"];
pub(super) const SUPPLEMENTS: Four = ["الملاحق", "پاشکۆکان", "Supplements", "Ampliaciones"];
pub(super) const DUPLICATES: Four =
    ["طعون قد تكون واحدة", "تانەی لەوانەیە دووبارە", "Possible duplicates", "Posibles duplicados"];
pub(super) const FINISHED: Four = [
    "انتهت الإجراءات.",
    "ڕێکارەکان تەواو بوون.",
    "The procedure is over.",
    "El procedimiento terminó.",
];
pub(super) const ARTICLE: Four = ["المادة {0}", "ماددەی {0}", "article {0}", "artículo {0}"];
pub(super) const LEAF: Four = ["الورقة {0}", "گەڵای {0}", "leaf {0}", "hoja {0}"];
pub(super) const CLAUSE: Four = ["الفقرة {0}", "بڕگەی {0}", "clause {0}", "punto {0}"];
pub(super) const BY: Four = ["لغاية {0}", "تا {0}", "by {0}", "a más tardar el {0}"];
pub(super) const OTHERWISE: Four = [
    "وفي قراءات أخرى: {0}",
    "لە خوێندنەوەی تردا: {0}",
    "in other readings: {0}",
    "en otras lecturas: {0}",
];
pub(super) const AT_OFFICE: Four = ["في {0}: {1}", "لە {0}: {1}", "at {0}: {1}", "en {0}: {1}"];
pub(super) const NOT_BEGUN: Four = [
    "لم تبدأ المدة بعد",
    "ماوەکە هێشتا دەستی پێنەکردووە",
    "its period has not begun",
    "su plazo no ha empezado",
];
pub(super) const CONTESTED: Four = [
    "محل خلاف بين القراءات",
    "خوێندنەوەکان لێی جیاوازن",
    "contested between readings",
    "hay lecturas opuestas",
];
pub(super) const MISSING: Four = ["سبق: {0}", "پێش: {0}", "before {0}", "antes de {0}"];
pub(super) const APPEAL: Four =
    ["ملحق للطعن {0}", "پاشکۆی تانەی {0}", "to the appeal {0}", "de la impugnación {0}"];
pub(super) const BOTH_ROUTES: Four =
    ["قُدّم بالطريقين", "بە هەردوو ڕێگا پێشکەشکراوە", "filed both ways", "por ambas vías"];

pub(super) const TO_ACKNOWLEDGE: Four = [
    "تسلّم الجهة التحقيقية للإحالة",
    "وەرگرتنی ڕەوانەکردن لەلایەن لایەنی لێکۆڵینەوە",
    "acknowledgement by the criminal authority",
    "acuse del ministerio público",
];
pub(super) const TO_REROUTE: Four = [
    "بيان القضية التي تستمر فيها",
    "دیاریکردنی ئەو دۆسیەیەی تێیدا بەردەوام دەبێت",
    "to say in which case the matter goes on",
    "indicar en qué expediente continúa el asunto",
];
pub(super) const FELL_AWAY: Four = [
    "سقطت بإلغاء القرار",
    "بە هەڵوەشاندنەوەی بڕیارەکە نەما",
    "fell away with the act",
    "quedó sin efecto con el acto",
];

/// Why a case rests.
pub(super) fn why_rests(why: CourseRestKind) -> Four {
    match why {
        CourseRestKind::Suspended => {
            ["أوقفها أمر ولائي", "بە فەرمانی ویلایی ڕاگیراوە", "suspended by order", "suspendido"]
        }
        CourseRestKind::Question => [
            "سؤال بلا جواب",
            "پرسیارێک بێ وەڵام",
            "a question is not answered",
            "un requerimiento sin desahogar",
        ],
        CourseRestKind::SentBack => [
            "أُعيدت الإضبارة ولم ترجع",
            "دۆسیەکە گەڕێنراوەتەوە و نەهاتووەتەوە",
            "sent back, and has not come again",
            "devuelto, y no ha regresado",
        ],
        CourseRestKind::Joined => [
            "تستمر في قضية أخرى",
            "لە دۆسیەیەکی تردا بەردەوامە",
            "it goes on in another case",
            "continúa en otro expediente",
        ],
        CourseRestKind::Unspecified => ["", "", "", ""],
    }
}

/// Why a filing was not expected.
pub(super) fn why_odd(why: CourseOddityKind) -> Four {
    match why {
        CourseOddityKind::NoStep => [
            "لا خطوة لهذا النوع في الإجراءات",
            "هیچ هەنگاوێک بۆ ئەم جۆرە نییە",
            "the procedure has no step for it",
            "el procedimiento no tiene paso para ello",
        ],
        CourseOddityKind::Otherwise => [
            "لا تقول ما تطلبه الخطوة",
            "ئەوە ناڵێت کە هەنگاوەکە داوای دەکات",
            "it does not say what a step for it asks",
            "no dice lo que el paso pide",
        ],
        CourseOddityKind::Skipped => [
            "جاءت قبل خطوات تسبقها",
            "پێش هەنگاوەکانی پێش خۆی هات",
            "it came before steps that come first",
            "llegó antes que pasos previos",
        ],
        CourseOddityKind::Past => [
            "تجاوزت القضية هذه الخطوة",
            "دۆسیەکە لەم هەنگاوە تێپەڕیوە",
            "the case is past that step",
            "el expediente ya pasó ese paso",
        ],
        CourseOddityKind::Over => [
            "كانت الإجراءات قد انتهت",
            "ڕێکارەکان تەواو بووبوون",
            "the procedure was over",
            "el procedimiento había terminado",
        ],
        CourseOddityKind::ProcedureUnknown => [
            "تسمّي القضية إجراءات لا تعرفها مجموعة القواعد",
            "دۆسیەکە ناوی ڕێکارێک دەهێنێت کە کۆمەڵە یاساکە نایناسێت",
            "the case names a procedure that its rule set does not have",
            "el expediente nombra un procedimiento que sus reglas no tienen",
        ],
        CourseOddityKind::AppealUnknown => [
            "الطعن الذي تتبعه ليس في القضية",
            "تانەکەی لە دۆسیەکەدا نییە",
            "its appeal is not in the case",
            "su impugnación no está en el expediente",
        ],
        CourseOddityKind::Unspecified => ["", "", "", ""],
    }
}

/// How another case belongs to this one.
pub(super) fn how_linked(kind: CourseLinkKind) -> Four {
    match kind {
        CourseLinkKind::GoesOnIn => [
            "تستمر القضية فيها",
            "دۆسیەکە لەوێدا بەردەوامە",
            "this case goes on in it",
            "este expediente continúa en él",
        ],
        CourseLinkKind::TakenIn => [
            "تستمر في هذه القضية",
            "لەم دۆسیەیەدا بەردەوامە",
            "goes on in this case",
            "continúa en este",
        ],
        CourseLinkKind::Joined => ["موحدة", "یەکخراوە", "joined", "acumulado"],
        CourseLinkKind::Parted => ["مفرّقة", "جیاکراوەتەوە", "parted", "escindido"],
        CourseLinkKind::Duplicate => {
            ["الطعن نفسه", "هەمان تانە", "the same appeal", "la misma impugnación"]
        }
        CourseLinkKind::Successor => [
            "موضوع سابق أو لاحق",
            "بابەتێکی پێشوو یان دواتر",
            "an earlier or later matter",
            "un asunto anterior o posterior",
        ],
        CourseLinkKind::Related => ["ذات صلة", "پەیوەندیدار", "related", "relacionado"],
        CourseLinkKind::LaterEffect => [
            "قرار لاحق ذو أثر",
            "بڕیارێکی دواتر بە کاریگەری",
            "a later ruling with effect on it",
            "una resolución posterior con efectos",
        ],
        CourseLinkKind::Unspecified => ["", "", "", ""],
    }
}
