//! How days are counted, in words.

use super::language::Four;
use crate::period::{Close, LateClosures, OutageEffect, Roll, Start, Unit};
use crate::rules::TriggerDay;
use crate::v1::DayPart;

/// What part a day has.
pub(super) fn part(part: DayPart) -> Four {
    match part {
        DayPart::Unspecified => ["غير معروف", "نەزانراو", "unknown", "desconocido"],
        DayPart::Trigger => [
            "يوم بدء المدة، لا يُحسب",
            "ڕۆژی دەستپێک، ناژمێردرێت",
            "sets the period going, not counted",
            "da inicio al plazo, no se cuenta",
        ],
        DayPart::Counted => ["يُحسب: {0}", "دەژمێردرێت: {0}", "counted: {0}", "se cuenta: {0}"],
        DayPart::PassedOver => ["لا يُحسب", "ناژمێردرێت", "not counted", "no se cuenta"],
        DayPart::Suspended => [
            "المدة موقوفة، لا يُحسب",
            "ماوەکە ڕاگیراوە، ناژمێردرێت",
            "the period stands still, not counted",
            "plazo suspendido, no se cuenta",
        ],
        DayPart::Rolled => [
            "المكتب مغلق، فتمتد النهاية",
            "نووسینگە داخراوە، کۆتایی دەگوازرێتەوە",
            "closed, the end moves on",
            "cerrado, el vencimiento se recorre",
        ],
        DayPart::RolledTo => [
            "يعمل المكتب من جديد، وإليه تنتقل النهاية",
            "نووسینگە دووبارە کراوەیە، کۆتایی دێتە ئێرە",
            "open again, the end moves here",
            "abre de nuevo, el vencimiento pasa a este día",
        ],
        DayPart::Extended => [
            "تمتد النهاية بسبب انقطاع",
            "کۆتایی بەهۆی پچڕانەوە درێژ دەکرێتەوە",
            "the end moves because of an outage",
            "el vencimiento se recorre por una interrupción",
        ],
    }
}

pub(super) const WEEKEND: Four = ["عطلة أسبوعية", "پشووی هەفتانە", "weekend", "descanso semanal"];
pub(super) const CLOSED: Four = ["عطلة", "پشوو", "closed", "inhábil"];
pub(super) const CALENDAR_LEAF: Four = [
    "التقويم في الورقة {0}",
    "ڕۆژژمێر لە پەڕەی {0}",
    "calendar in leaf {0}",
    "calendario en la hoja {0}",
];
pub(super) const ANNOUNCED_LATE: Four = [
    "أُعلنت بعد بدء المدة",
    "دوای دەستپێکی ماوەکە ڕاگەیەندراوە",
    "announced after the period had begun",
    "anunciado después de iniciado el plazo",
];
pub(super) const IGNORED: Four = [
    "لا أثر لها في هذه القراءة",
    "لەم خوێندنەوەیەدا کاریگەری نییە",
    "without effect in this reading",
    "sin efecto en esta lectura",
];
pub(super) const DOUBTFUL: Four = [
    "لا يعرفه أي تقويم؛ يقف العدّ هنا",
    "هیچ ڕۆژژمێرێک نایزانێت؛ ژماردن لێرە دەوەستێت",
    "no calendar knows it; the count stops here",
    "ningún calendario lo conoce; el cómputo se detiene aquí",
];
pub(super) const MORE_DAYS: Four =
    ["وأيام أخرى عددها {0}", "{0} ڕۆژی تر", "and {0} more days", "y {0} días más"];

pub(super) const LENGTH: Four = ["{0} {1}", "{0} {1}", "{0} {1}", "{0} {1}"];

/// A length that an instrument of delegation gives; the unit stands behind it.
pub(super) const GRANTED: Four = [
    "ما يحدده التخويل",
    "ئەوەندەی دەسەڵاتپێدانەکە دیاری دەکات لە",
    "as many as the delegation grants,",
    "las que fije la delegación,",
];
pub(super) const OUT_OF_SEASON: Four = [
    "({0} خارج العملية الانتخابية)",
    "({0} لە دەرەوەی پرۆسەی هەڵبژاردن)",
    "({0} outside the electoral process)",
    "({0} fuera del proceso electoral)",
];

/// What a period is counted in; behind a number, or for how many are left.
pub(super) fn unit(unit: Unit) -> Four {
    match unit {
        Unit::CalendarDay => {
            ["من الأيام التقويمية", "ڕۆژی ڕۆژژمێری", "calendar days", "días naturales"]
        }
        Unit::WorkingDay => ["من أيام العمل", "ڕۆژی کار", "working days", "días hábiles"],
        Unit::Hour => ["من الساعات", "کاتژمێر", "hours", "horas"],
        Unit::Month => ["من الأشهر", "مانگ", "months", "meses"],
        Unit::Year => ["من السنوات", "ساڵ", "years", "años"],
    }
}

/// Where the count begins.
pub(super) fn start(start: Start) -> Four {
    match start {
        Start::DayAfter => {
            ["من اليوم التالي", "لە ڕۆژی دواترەوە", "from the day after", "desde el día siguiente"]
        }
        Start::SameDay => {
            ["من اليوم نفسه", "لە هەمان ڕۆژەوە", "from the same day", "desde el mismo día"]
        }
    }
}

pub(super) const RUNS_FROM: Four =
    ["والبداية: {0}", "سەرەتا: {0}", "counted from: {0}", "a partir de: {0}"];
pub(super) const COMMA: Four = ["، ", "، ", ", ", ", "];

/// From what a period runs.
pub(super) fn trigger_day(on: TriggerDay) -> Four {
    match on {
        TriggerDay::PublishedFirst => [
            "أول أيام النشر",
            "یەکەم ڕۆژی بڵاوکردنەوە",
            "first day of publication",
            "primer día de publicación",
        ],
        TriggerDay::PublishedLast => [
            "آخر أيام النشر",
            "دوا ڕۆژی بڵاوکردنەوە",
            "last day of publication",
            "último día de publicación",
        ],
        TriggerDay::ActDate => [
            "تاريخ القرار أو الكتاب",
            "بەرواری بڕیار یان نووسراو",
            "date of the act",
            "fecha del acto",
        ],
        TriggerDay::Stamped => [
            "ختم المكتب الأول",
            "مۆری یەکەم نووسینگە",
            "stamp of the first office",
            "sello de la primera oficina",
        ],
        TriggerDay::Accepted => [
            "القبول في المنصة",
            "وەرگرتن لە پلاتفۆرمەکە",
            "acceptance by the hub",
            "aceptación por el sistema",
        ],
        TriggerDay::Served => ["التبليغ", "ئاگادارکردنەوە", "service", "notificación"],
        TriggerDay::Polling => ["يوم الاقتراع", "ڕۆژی دەنگدان", "polling day", "jornada electoral"],
    }
}

/// When the last day ends.
pub(super) fn close(close: Close) -> Four {
    match close {
        Close::OfficeHours => [
            "حتى نهاية الدوام الرسمي",
            "تا کۆتایی کاتی فەرمیی کارکردن",
            "until office hours end",
            "hasta el fin del horario de oficina",
        ],
        Close::Midnight => {
            ["حتى منتصف الليل", "تا نیوەشەو", "until midnight", "hasta la medianoche"]
        }
        Close::Exact => {
            ["بالساعة والدقيقة", "بە کاتژمێر و خولەک", "to the minute", "de momento a momento"]
        }
    }
}

/// What happens when offices are closed on the last day. `None`: nothing.
pub(super) fn roll(roll: Roll) -> Option<Four> {
    match roll {
        Roll::NextWorkingDay => Some([
            "إذا كان آخرها عطلة فإلى أول يوم عمل بعده",
            "ئەگەر کۆتاییەکەی پشوو بوو، تا یەکەم ڕۆژی کاری دواتر",
            "to the next working day if the last one is a day off",
            "al siguiente día hábil si el último es inhábil",
        ]),
        Roll::Never => None,
    }
}

/// What late closures do. `None`: the same as all others.
pub(super) fn late_closures(late: LateClosures) -> Option<Four> {
    match late {
        LateClosures::Ignored => Some([
            "دون العطل المعلنة بعد بدئها",
            "بێ ئەو پشووانەی دوای دەستپێک ڕاگەیەندراون",
            "without closures announced after it began",
            "sin días inhábiles anunciados después de iniciado",
        ]),
        LateClosures::Count => None,
    }
}

/// What outages do. `None`: nothing.
pub(super) fn outages(effect: OutageEffect) -> Option<Four> {
    match effect {
        OutageEffect::NextWorkingDay => Some([
            "وتمتد إن كان المكتب منقطعاً في آخر يوم",
            "و درێژ دەکرێتەوە ئەگەر نووسینگەکە لە دوا ڕۆژدا پچڕابێت",
            "extended if the office was cut off on the last day",
            "con prórroga si la oficina estuvo sin conexión el último día",
        ]),
        OutageEffect::None => None,
    }
}
