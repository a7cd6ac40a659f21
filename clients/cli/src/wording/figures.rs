//! The words of figures: indicators, classes, strata, shares. By the words that stand in the data,
//! so that table, chart and page say the same.

use barid_proto::statistics::Indicator;
use barid_proto::statistics::class::{
    Admission, Carried, Dimension, Disposal, Level, Reasons, Stage, Timely,
};
use barid_proto::statistics::figure::Share;
use barid_proto::word::Word;

use super::Lang;
use super::statistics::{Four, pick};

/// What an indicator shows.
pub(crate) fn indicator(lang: Lang, indicator: Indicator) -> &'static str {
    use Indicator as I;
    pick(
        lang,
        match indicator {
            I::Filed => ["Filed", "المقدَّم", "پێشکەشکراو", "Presentados"],
            I::Admission => ["Admission", "القبول الشكلي", "قبووڵکردن", "Admisión"],
            I::Outcome => ["Outcome", "المآل", "ئەنجام", "Resultado"],
            I::Reasons => {
                ["Written reasons", "التسبيب المكتوب", "هۆکاری نووسراو", "Motivación escrita"]
            }
            I::InTime => {
                ["Within legal time", "ضمن المدة القانونية", "لە ماوەی یاساییدا", "En plazo legal"]
            }
            I::Took => ["Time taken", "الوقت المستغرق", "کاتی بەسەرچوو", "Tiempo empleado"],
            I::Waits => ["Pending since", "قيد النظر منذ", "چاوەڕوانە لە", "Pendientes desde"],
            I::Appealed => [
                "Decisions appealed",
                "القرارات المطعون فيها",
                "بڕیارە تانەلێدراوەکان",
                "Resoluciones impugnadas",
            ],
            I::Supplements => ["Supplements", "ملاحق الطعون", "پاشکۆکان", "Ampliaciones"],
            I::Carried => ["Orders carried out", "تنفيذ القرارات", "جێبەجێکردن", "Cumplimiento"],
            I::Recounted => [
                "Stations recounted",
                "محطات أُعيد عدها",
                "وێستگەی دووبارە ژمێردراو",
                "Casillas recontadas",
            ],
            I::Annulled => [
                "Stations annulled",
                "محطات أُلغيت نتائجها",
                "وێستگەی هەڵوەشاوە",
                "Casillas anuladas",
            ],
            I::Seats => ["Seats changed", "مقاعد تغيرت", "کورسیی گۆڕاو", "Escaños cambiados"],
            I::Silent => [
                "Reports without figures",
                "تقارير بلا أرقام",
                "ڕاپۆرتی بێ ژمارە",
                "Informes sin cifras",
            ],
            I::Criminal => [
                "Criminal referrals",
                "إحالات إلى التحقيق",
                "ڕەوانەکردن بۆ لێکۆڵینەوە",
                "Vistas penales",
            ],
            I::Body => ["At each body", "لدى كل جهة", "لای هەر لایەنێک", "En cada órgano"],
        },
    )
}

/// By what figures are told apart.
pub(crate) fn dimension(lang: Lang, dimension: Dimension) -> &'static str {
    use Dimension as D;
    pick(
        lang,
        match dimension {
            D::Stage => ["stage", "المرحلة", "قۆناغ", "etapa"],
            D::Office => ["office", "المكتب", "نووسینگە", "oficina"],
            D::Colour => ["colour", "التصنيف", "پۆلێن", "color"],
            D::Stream => ["voting", "نوع التصويت", "جۆری دەنگدان", "votación"],
            D::Capacity => ["filed as", "صفة مقدم الطلب", "سیفەتی پێشکەشکار", "calidad"],
            D::Sex => ["sex", "الجنس", "ڕەگەز", "sexo"],
            D::Respondent => ["against", "المشكو منه", "دژی", "contra"],
        },
    )
}

/// A share.
pub(crate) fn share(lang: Lang, share: Share) -> &'static str {
    use Share as S;
    pick(
        lang,
        match share {
            S::OnForm => ["rejected on form", "رُدّ شكلاً", "لە ڕووی شێوە ڕەتکراوە", "desechados"],
            S::OnMerits => [
                "decided on the merits",
                "حُسم موضوعاً",
                "بە ناوەڕۆک یەکلاکراوە",
                "resueltos de fondo",
            ],
            S::ForFiler => [
                "for the filer, of those on the merits",
                "لصالح مقدمه، ممّا حُسم موضوعاً",
                "بە سوودی پێشکەشکار، لەوانەی بە ناوەڕۆک",
                "a favor, de los de fondo",
            ],
            S::Closed => ["closed", "منتهٍ", "داخراو", "concluidos"],
            S::WithReasons => ["with reasons", "مسبَّب", "بە هۆکار", "motivados"],
            S::PublishedReasons => [
                "with published reasons",
                "بأسباب منشورة",
                "بە هۆکاری بڵاوکراوە",
                "con motivos publicados",
            ],
            S::InTime => [
                "in time, of those that are certain",
                "ضمن المدة، ممّا هو يقيني",
                "لە کاتدا، لەوانەی دڵنیان",
                "en plazo, de los ciertos",
            ],
            S::Done => ["carried out", "منفَّذ", "جێبەجێکراو", "cumplidos"],
            S::Appealed => ["appealed", "مطعون فيه", "تانەلێدراو", "impugnados"],
        },
    )
}

/// A class or stratum by its word. One that is no word of ours, as an office, stays as it is.
pub(crate) fn class(lang: Lang, word: &str) -> String {
    known(word).map_or_else(|| lang.isolate(word), |four| pick(lang, four).to_owned())
}

/// A stratum by its word: a capacity may have the word of a stage.
pub(crate) fn stratum(lang: Lang, dimension: Dimension, word: &str) -> String {
    let other = OTHERS.iter().find(|(known, _)| *known == word && dimension.is_personal());
    other.map_or_else(|| class(lang, word), |(_, four)| pick(lang, *four).to_owned())
}

fn known(word: &str) -> Option<Four> {
    let first = Level::from_word(word).map(level);
    first
        .or_else(|| Disposal::from_word(word).map(disposal))
        .or_else(|| Admission::from_word(word).map(admission))
        .or_else(|| Stage::from_word(word).map(stage))
        .or_else(|| Reasons::from_word(word).map(reasons))
        .or_else(|| Timely::from_word(word).map(timely))
        .or_else(|| Carried::from_word(word).map(carried))
        .or_else(|| OTHERS.iter().find(|(known, _)| *known == word).map(|(_, four)| *four))
}

fn level(level: Level) -> Four {
    match level {
        Level::Complaint => ["complaints", "شكاوى", "سکاڵا", "quejas"],
        Level::Appeal => ["appeals", "طعون", "تانە", "impugnaciones"],
        Level::Decision => [
            "decisions without a complaint",
            "قرارات بلا شكوى",
            "بڕیار بێ سکاڵا",
            "resoluciones de oficio",
        ],
        Level::Other => ["no disputes", "ليست منازعات", "ناکۆکی نین", "no contenciosos"],
    }
}

fn stage(stage: Stage) -> Four {
    match stage {
        Stage::Registration => ["registration", "التسجيل", "تۆمارکردن", "registro"],
        Stage::Candidate => ["candidacy", "الترشيح", "پاڵاوتن", "candidaturas"],
        Stage::Campaign => ["campaign", "الدعاية", "هەڵمەت", "campaña"],
        Stage::BeforePolling => {
            ["before polling", "قبل الاقتراع", "پێش دەنگدان", "antes de la jornada"]
        }
        Stage::Polling => ["polling", "الاقتراع", "دەنگدان", "jornada"],
        Stage::Counting => ["counting", "العد والفرز", "ژماردن", "cómputo"],
        Stage::Results => ["results", "النتائج", "ئەنجامەکان", "resultados"],
        Stage::NotSaid => NOT_SAID,
    }
}

const NOT_SAID: Four = ["not said", "غير مذكور", "نەگوتراوە", "no consta"];

fn disposal(disposal: Disposal) -> Four {
    use Disposal as D;
    match disposal {
        D::Upheld => ["granted", "قُبل", "قبووڵکراو", "fundado"],
        D::PartlyUpheld => {
            ["granted in part", "قُبل جزئياً", "بەشێکی قبووڵکراو", "parcialmente fundado"]
        }
        D::Annulled => ["decision annulled", "نُقض القرار", "بڕیار هەڵوەشاوە", "revocada"],
        D::Modified => ["decision modified", "عُدّل القرار", "بڕیار هەموارکراوە", "modificada"],
        D::Recount => {
            ["recount ordered", "أُمر بإعادة العد", "فەرمانی دووبارە ژماردن", "recuento ordenado"]
        }
        D::Remitted => [
            "sent back for a new decision",
            "أُعيد لقرار جديد",
            "گەڕێنراوە بۆ بڕیاری نوێ",
            "reenviada",
        ],
        D::Rejected => ["rejected on merits", "رُدّ موضوعاً", "بە ناوەڕۆک ڕەتکراوە", "infundado"],
        D::Confirmed => ["decision confirmed", "صُدّق القرار", "بڕیار پشتڕاستکراوە", "confirmada"],
        D::Inadmissible => ["rejected on form", "رُدّ شكلاً", "بە شێوە ڕەتکراوە", "desechado"],
        D::NoCompetence => ["no competence", "عدم الاختصاص", "بێ دەسەڵات", "incompetencia"],
        D::Transferred => ["transferred", "أُحيل إلى المختص", "گوازراوە", "reencauzado"],
        D::Withdrawn => ["withdrawn", "متنازَل عنه", "کشێنراوە", "desistimiento"],
        D::Abated => ["without object", "بلا محل", "بێ بابەت", "sin materia"],
        D::Joined => ["joined", "موحَّد", "یەکخراو", "acumulado"],
        D::NotTakenIn => ["not taken in", "لم يُستلم", "وەرنەگیراو", "no recibido"],
        D::NotSaid => NOT_SAID,
        D::Pending => ["pending", "قيد النظر", "چاوەڕوان", "pendiente"],
    }
}

fn admission(admission: Admission) -> Four {
    match admission {
        Admission::Admitted => ["admitted", "مقبول شكلاً", "قبووڵکراو بە شێوە", "admitido"],
        Admission::RejectedOnForm => {
            ["rejected on form", "رُدّ شكلاً", "بە شێوە ڕەتکراوە", "desechado"]
        }
        Admission::OtherBody => [
            "another body is competent",
            "من اختصاص جهة أخرى",
            "لایەنێکی تر دەسەڵاتدارە",
            "de otro órgano",
        ],
        Admission::NotTakenIn => disposal(Disposal::NotTakenIn),
        Admission::Ended => {
            ["ended before that", "انتهى قبل ذلك", "پێش ئەوە کۆتایی هات", "concluido antes"]
        }
        Admission::NotSaid => NOT_SAID,
        Admission::NotYet => ["not yet", "لم يُنظر بعد", "هێشتا نا", "aún no"],
    }
}

fn reasons(reasons: Reasons) -> Four {
    match reasons {
        Reasons::Published => ["published", "منشورة", "بڵاوکراوە", "publicada"],
        Reasons::Written => [
            "written, not known to be published",
            "مكتوبة، ولا يُعرف نشرها",
            "نووسراو، بڵاوکردنەوەی نازانرێت",
            "escrita, sin constancia de publicación",
        ],
        Reasons::NotGiven => ["none given", "بلا أسباب", "بێ هۆکار", "sin motivos"],
    }
}

fn timely(timely: Timely) -> Four {
    match timely {
        Timely::InTime => ["in time", "ضمن المدة", "لە کاتدا", "en plazo"],
        Timely::Late => ["late", "متأخر", "درەنگ", "extemporáneo"],
        Timely::Contested => ["contested", "محل خلاف", "ناکۆکی لەسەرە", "controvertido"],
        Timely::Undecided => {
            ["cannot be computed", "يتعذر حسابه", "هەژمار ناکرێت", "no calculable"]
        }
    }
}

fn carried(carried: Carried) -> Four {
    match carried {
        Carried::Done => ["done", "نُفّذ", "جێبەجێکرا", "cumplida"],
        Carried::Open => ["open", "مفتوح", "کراوە", "abierta"],
        Carried::Overdue => ["overdue", "تجاوز موعده", "لە کاتی خۆی تێپەڕیوە", "vencida"],
        Carried::FellAway => ["fell away", "سقط", "نەما", "sin efecto"],
    }
}

/// Words that stand in no list of ours: of the wire's own enumerations, and of what figures are of.
const OTHERS: &[(&str, Four)] = &[
    ("matters", ["all matters", "جميع المسائل", "هەموو کێشەکان", "todos los asuntos"]),
    ("all", ["all", "الكل", "هەموو", "todos"]),
    ("decisions", ["decisions", "القرارات", "بڕیارەکان", "resoluciones"]),
    ("rulings", ["rulings", "القرارات القضائية", "بڕیارە دادوەرییەکان", "sentencias"]),
    ("supplement", ["supplements", "ملاحق", "پاشکۆ", "ampliaciones"]),
    ("referred", ["referred", "محال", "ڕەوانەکراو", "remitido"]),
    ("returned", ["returned", "معاد", "گەڕێنراوە", "devuelto"]),
    ("decided", ["decided", "محسوم", "یەکلاکراوە", "resuelto"]),
    ("appealed", ["appealed", "مطعون فيه", "تانەلێدراو", "impugnada"]),
    ("not-appealed", ["not appealed", "غير مطعون فيه", "تانەلێنەدراو", "no impugnada"]),
    (
        "appealed-not-in-view",
        [
            "appealed, not in view",
            "مطعون فيه، غير ظاهر هنا",
            "تانەلێدراو، لێرە نابینرێت",
            "impugnada, no visible",
        ],
    ),
    ("without-figures", ["without figures", "بلا أرقام", "بێ ژمارە", "sin cifras"]),
    (
        "complaint-to-decision",
        [
            "complaint to decision",
            "من الشكوى إلى القرار",
            "لە سکاڵاوە تا بڕیار",
            "de la queja a la resolución",
        ],
    ),
    (
        "appeal-to-decision",
        [
            "appeal to ruling",
            "من الطعن إلى القرار",
            "لە تانەوە تا بڕیار",
            "de la impugnación a la sentencia",
        ],
    ),
    (
        "rulings-to-implementation",
        [
            "ruling to implementation",
            "من القرار القضائي إلى التنفيذ",
            "لە بڕیاری دادوەرییەوە تا جێبەجێکردن",
            "de la sentencia al cumplimiento",
        ],
    ),
    (
        "decisions-to-implementation",
        [
            "decision to implementation",
            "من القرار إلى التنفيذ",
            "لە بڕیارەوە تا جێبەجێکردن",
            "de la resolución a la ejecución",
        ],
    ),
    ("none", ["none", "لا شيء", "هیچ", "ninguno"]),
    ("not-classified", ["not classified", "غير مصنفة", "پۆلێن نەکراو", "sin clasificar"]),
    ("red", ["red", "حمراء", "سوور", "rojo"]),
    ("green", ["green", "خضراء", "سەوز", "verde"]),
    ("yellow", ["yellow", "صفراء", "زەرد", "amarillo"]),
    ("general", ["general", "عام", "گشتی", "general"]),
    ("special", ["special", "خاص", "تایبەت", "especial"]),
    ("abroad", ["abroad", "الخارج", "دەرەوە", "extranjero"]),
    ("audit-centre", ["audit centre", "مركز التدقيق", "ناوەندی وردبینی", "centro de auditoría"]),
    ("voter", ["voter", "ناخب", "دەنگدەر", "votante"]),
    ("candidate", ["candidate", "مرشح", "کاندید", "candidatura"]),
    ("party-agent", ["party agent", "وكيل حزب", "نوێنەری حیزب", "representante de partido"]),
    (
        "political-entity",
        ["political entity", "كيان سياسي", "قەوارەی سیاسی", "partido o coalición"],
    ),
    ("observer", ["observer", "مراقب", "چاودێر", "observador"]),
    (
        "commission-staff",
        ["commission staff", "موظف في المفوضية", "کارمەندی کۆمسیۆن", "personal de la comisión"],
    ),
    ("security-forces", ["security forces", "قوات أمنية", "هێزی ئاسایش", "fuerzas de seguridad"]),
    ("institution", ["institution", "مؤسسة", "دامەزراوە", "institución"]),
    ("nobody", ["nobody", "لا أحد", "کەس نا", "nadie"]),
    ("several", ["several", "عدة", "چەند", "varios"]),
    ("female", ["female", "أنثى", "مێ", "mujer"]),
    ("male", ["male", "ذكر", "نێر", "hombre"]),
    (
        "not-applicable",
        ["no person", "ليس شخصاً طبيعياً", "کەسی سروشتی نییە", "no es persona física"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_a_name_in_every_language() {
        fn all<W: Word + std::fmt::Debug>() -> impl Iterator<Item = &'static str> {
            W::WORDS.iter().map(|(word, _)| *word)
        }
        let words = all::<Level>().chain(all::<Stage>()).chain(all::<Disposal>());
        let words = words.chain(all::<Admission>()).chain(all::<Reasons>()).chain(all::<Timely>());
        let words = words.chain(all::<Carried>()).chain(OTHERS.iter().map(|(word, _)| *word));
        for word in words {
            let four = known(word).unwrap_or_else(|| panic!("{word}"));
            assert!(four.iter().all(|name| !name.is_empty()) && four[0] != four[1], "{word}");
        }
        assert_eq!(class(Lang::Ckb, "pending"), "چاوەڕوان");
        assert_eq!(class(Lang::En, "ihec/geo-bas"), "ihec/geo-bas");
    }
}
