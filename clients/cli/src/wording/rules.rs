//! Rule sets: in which language the law is shown, and what its fields are called.

use barid_proto::rules::{Names, Section};

use super::{Both, Lang};

/// A language in which texts of the law are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum LawLang {
    /// العربية.
    Ar,
    /// کوردیی ناوەندی: Sorani.
    Ckb,
    /// English.
    En,
    /// Español.
    Es,
}

impl From<Lang> for LawLang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Ar => Self::Ar,
            Lang::Ckb => Self::Ckb,
            Lang::Es => Self::Es,
        }
    }
}

impl LawLang {
    /// As a BCP 47 tag.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::Ckb => "ckb",
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// A text in this language, else in English, else in any.
    pub(crate) fn text(self, names: &Names) -> &str {
        let best = names.get(self.tag()).or_else(|| names.get(Self::En.tag()));
        best.or_else(|| names.values().next()).map_or("", String::as_str)
    }
}

/// A section of a rule set.
pub(crate) fn rule_section(lang: Lang, section: Section) -> &'static str {
    lang.pick(match section {
        Section::Frame => ("Rule set", "مجموعة القواعد"),
        Section::Instrument => ("Sources", "المصادر"),
        Section::Switch => ("Open questions", "المسائل المفتوحة"),
        Section::Week => ("Weekly hours, by first day", "الدوام الأسبوعي بحسب أول يوم"),
        Section::Rule => ("Rules", "القواعد"),
        Section::Procedure => ("Procedures", "الإجراءات"),
        Section::Step => ("Steps of procedures", "خطوات الإجراءات"),
        Section::Event => ("Elections", "الانتخابات"),
        Section::Erratum => ("Known errors of the sources", "أخطاء المصادر المعروفة"),
    })
}

/// Fields of a rule set's text.
const FIELDS: [(&str, Both); 93] = [
    ("title", ("title", "العنوان")),
    ("effective-from", ("in force from", "نافذة من")),
    ("effective-until", ("in force until", "نافذة حتى")),
    ("calendar.zone", ("time zone", "المنطقة الزمنية")),
    ("source", ("where its text is from", "مصدر النص")),
    ("question", ("question", "السؤال")),
    ("default", ("preferred answer", "الجواب المرجَّح")),
    ("alternatives", ("other answers", "الأجوبة الأخرى")),
    ("reason", ("reason", "السبب")),
    ("meaning", ("meaning of", "معنى")),
    ("until", ("until", "حتى")),
    ("works", ("working days", "أيام الدوام")),
    ("opens", ("opens", "بدء الدوام")),
    ("closes", ("closes", "نهاية الدوام")),
    ("instrument", ("source", "المصدر")),
    ("article", ("article", "المادة")),
    ("quote", ("words of the source", "نص المصدر")),
    ("does", ("what is done", "ما يُفعل")),
    ("ambiguities", ("left open", "متروك مفتوحاً")),
    ("check", ("check", "الفحص")),
    ("sitting.part", ("what is looked at", "ما يُنظر فيه")),
    ("sitting.body", ("body", "الجهة")),
    ("sitting.of", ("of", "في")),
    ("sitting.seats", ("seats", "المقاعد")),
    ("sitting.base", ("more than half of", "أكثر من نصف")),
    ("sitting.recused", ("who stood aside", "المتنحّون")),
    ("sitting.majority-of", ("majority of", "الأغلبية من")),
    ("sitting.casting", ("the chair's vote in a tie", "صوت الرئيس عند التعادل")),
    ("sitting.acting", ("another in the chair", "غير الرئيس في الرئاسة")),
    ("sitting.except", ("not for", "لا يسري على")),
    ("sitting.matters", ("matters", "المسائل")),
    ("sitting.threshold", ("votes needed", "الأصوات المطلوبة")),
    ("sitting.out-of", ("out of", "من أصل")),
    ("sitting.requires", ("parts", "الأجزاء")),
    ("publication.channel", ("channel", "وسيلة النشر")),
    ("publication", ("publication", "النشر")),
    ("delegation.mode", ("offices", "المكاتب")),
    ("standing.of", ("of", "في")),
    ("standing.who", ("who may", "من له ذلك")),
    ("standing", ("standing", "الصفة")),
    ("finality.of", ("of", "في")),
    ("finality.rulings", ("rulings", "القرارات القضائية")),
    ("finality.delegated", ("decisions by offices", "قرارات المكاتب")),
    ("finality.heard-by", ("heard by", "تنظر فيه")),
    ("ruling.from", ("of", "من")),
    ("ruling.seats", ("judges", "القضاة")),
    ("ruling.needed", ("judges needed", "القضاة المطلوبون")),
    ("ruling.says-final", ("says that it is final", "يذكر أنه باتّ")),
    ("ratification.parts", ("what is looked at", "ما يُنظر فيه")),
    ("ratification", ("ratification", "المصادقة")),
    ("sitting", ("sitting", "الجلسة")),
    ("period.owner", ("kept by", "على عاتق")),
    ("period.kept-by-recipient", ("calendar of the recipient", "بتقويم المرسَل إليه")),
    ("period.triggers", ("set going by", "يبدأ بـ")),
    ("period.about", ("about an act of", "بشأن")),
    ("period.from", ("sent by", "من")),
    ("period.to", ("sent to", "إلى")),
    ("period.tie", ("found by", "الصلة")),
    ("period.occurrence", ("which of several", "أيها عند التعدد")),
    ("period.on", ("day of the trigger", "يوم البدء")),
    ("period.measures", ("measures", "يقيس")),
    ("period.measures-from", ("measures those of", "يقيس ما يرد من")),
    ("period.length", ("length", "المدة")),
    ("period.unit", ("unit", "الوحدة")),
    ("period.out-of-season", ("unit outside the season", "الوحدة خارج الموسم")),
    ("period.starts", ("count begins", "بدء العدّ")),
    ("period.closes", ("last day ends", "نهاية اليوم الأخير")),
    ("period.rolls", ("last day is closed", "عند العطلة في اليوم الأخير")),
    ("period.late-closures", ("closures announced late", "عطل أُعلنت لاحقاً")),
    ("period.outages", ("outage on the last day", "انقطاع في اليوم الأخير")),
    ("period.paused-by", ("stopped by", "يوقفه")),
    ("period.paused-until", ("goes on with", "يستأنف بـ")),
    ("period.pause-effect", ("effect of the stop", "أثر الوقف")),
    ("election", ("type", "النوع")),
    ("polling", ("polling days", "أيام الاقتراع")),
    ("seats", ("seats", "المقاعد")),
    ("season-from", ("season from", "الموسم من")),
    ("season-until", ("season until", "الموسم حتى")),
    ("steps", ("steps", "الخطوات")),
    ("filings", ("taken by", "تتم بـ")),
    ("only", ("only when", "فقط عند")),
    ("owner", ("whose it is", "على عاتق")),
    ("rule", ("rule", "القاعدة")),
    ("no-rule", ("in no article because", "بلا مادة لأن")),
    ("period", ("within the period of", "ضمن مدة")),
    ("no-period", ("at no fixed time because", "بلا مدة لأن")),
    ("next", ("next", "يليها")),
    ("returns-to", ("goes back to", "ترجع إلى")),
    ("start", ("begins", "بداية")),
    ("final", ("ends", "نهاية")),
    ("optional", ("may be left out", "يجوز تجاوزها")),
    ("any-time", ("at any time", "في أي وقت")),
    ("text", ("what is wrong", "ما الخلل")),
];

/// A field of a rule set's text, for people: `period.length` is the length, `title.ar` the title
/// (ar). A field without a wording stands as it is.
pub(crate) fn rule_field(lang: Lang, field: &str) -> String {
    let known = |name: &str| FIELDS.iter().find(|(known, _)| *known == name);
    if let Some((_, wording)) = known(field) {
        return lang.pick(*wording).to_owned();
    }
    let parts = field.split_once('.').and_then(|(name, rest)| Some((known(name)?, rest)));
    match parts {
        Some(((_, wording), rest)) => {
            format!("{} ({})", lang.pick(*wording), lang.isolate(rest))
        }
        None => field.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_named_in_both_languages() {
        assert_eq!(rule_field(Lang::En, "period.length"), "length");
        assert_eq!(rule_field(Lang::En, "title.ar"), "title (ar)");
        assert_eq!(rule_field(Lang::Ar, "title.ar"), "العنوان (\u{2068}ar\u{2069})");
        assert_eq!(rule_field(Lang::En, "meaning.last.ckb"), "meaning of (last.ckb)");
        assert_eq!(rule_field(Lang::En, "no-such.field"), "no-such.field");
    }

    #[test]
    fn no_field_is_there_twice() {
        for (at, (name, (english, arabic))) in FIELDS.iter().enumerate() {
            assert!(!FIELDS.iter().skip(at + 1).any(|(other, _)| other == name), "{name}");
            assert!(english.is_ascii() && !arabic.is_ascii(), "{name}");
        }
    }

    #[test]
    fn a_law_is_shown_in_the_language_asked_for_or_the_next_best() {
        let names = |all: &[(&str, &str)]| -> Names {
            all.iter().map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned())).collect()
        };
        let both = names(&[("ar", "طعن"), ("en", "appeal")]);
        assert_eq!(LawLang::Ar.text(&both), "طعن");
        assert_eq!(LawLang::Ckb.text(&both), "appeal");
        assert_eq!(LawLang::Es.text(&names(&[("ar", "طعن")])), "طعن");
        assert_eq!(LawLang::from(Lang::Ar).tag(), "ar");
    }
}
