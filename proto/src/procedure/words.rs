//! Words about procedures: Arabic, Sorani, English and Spanish.

use crate::period::Unit;
use crate::rules::{LANGUAGES, Owner};
use crate::text::isolate;
use crate::word::words;

words! {
    /// Something that is said about steps.
    pub enum Phrase {
        /// The procedure begins here.
        Begins = "begins",
        /// The procedure ends here.
        Ends = "ends",
        /// The step may be left out.
        Optional = "optional",
        /// The step may come at any time.
        AnyTime = "any-time",
        /// The way leads back.
        Returns = "returns",
        /// No period is fixed.
        Open = "open",
        /// The delegation says how long.
        AsDelegated = "as-delegated",
    }
}

/// A phrase in a language; in English where the language is none of [`LANGUAGES`].
#[must_use]
pub fn phrase(phrase: Phrase, language: &str) -> &'static str {
    let said = match phrase {
        Phrase::Begins => ["بداية الإجراءات", "دەستپێک", "begins here", "comienza aquí"],
        Phrase::Ends => ["نهاية الإجراءات", "کۆتایی", "ends here", "termina aquí"],
        Phrase::Optional => ["يجوز تجاوزها", "دەکرێت نەبێت", "may be left out", "puede omitirse"],
        Phrase::AnyTime => ["في أي وقت", "لە هەر کاتێکدا", "at any time", "en cualquier momento"],
        Phrase::Returns => ["رجوع", "گەڕانەوە", "goes back", "regresa"],
        Phrase::AsDelegated => [
            "كما في التخويل",
            "وەک لە دەسەڵاتپێدانەکەدا هاتووە",
            "as the delegation says",
            "según la delegación",
        ],
        Phrase::Open => ["بلا مدة محددة", "بێ ماوەی دیاریکراو", "no fixed period", "sin plazo"],
    };
    pick(said, language)
}

/// A role in a language, as [`phrase`].
#[must_use]
pub fn owner(owner: Owner, language: &str) -> &'static str {
    let said = match owner {
        Owner::Complainant => ["المشتكي", "سکاڵاکار", "complainant", "quejoso"],
        Owner::Appellant => ["الطاعن", "تانەلێدەر", "appellant", "promovente"],
        Owner::ThirdParty => ["الشخص الثالث", "لایەنی سێیەم", "third party", "tercero interesado"],
        Owner::Office => ["المكتب الانتخابي", "نووسینگەی هەڵبژاردن", "electoral office", "oficina"],
        Owner::Committee => ["لجنة التصنيف", "لیژنەی پۆلێنکردن", "committee", "comisión"],
        Owner::Council => {
            ["مجلس المفوضين", "ئەنجوومەنی کۆمسیاران", "Council", "Consejo o autoridad responsable"]
        }
        Owner::Administration => {
            ["الإدارة الانتخابية", "بەڕێوەبەرایەتیی هەڵبژاردن", "administration", "administración"]
        }
        Owner::Panel => {
            ["الهيئة القضائية للانتخابات", "دەستەی دادوەریی هەڵبژاردنەکان", "panel", "Sala"]
        }
        Owner::Court => ["المحكمة", "دادگا", "court", "Suprema Corte o tribunal"],
        Owner::Authority => {
            ["الجهات التحقيقية", "لایەنی لێکۆڵینەوە", "criminal authority", "ministerio público"]
        }
        Owner::Asked => ["المسؤول", "لایەنی پرسیارلێکراو", "whoever was asked", "requerido"],
        Owner::Anybody => ["أي طرف", "هەر لایەنێک", "any party", "cualquier parte"],
        Owner::Nobody => ["بمضي المدة", "بە تێپەڕینی ماوە", "by lapse of time", "por el tiempo"],
    };
    pick(said, language)
}

/// A length of time in a language: `3 calendar days`.
#[must_use]
pub fn length(length: u32, unit: Unit, language: &str) -> String {
    let one_many: [[&str; 2]; 4] = match unit {
        Unit::CalendarDay => {
            [["يوم", "أيام"], ["ڕۆژ", "ڕۆژ"], ["calendar day", "calendar days"], ["día", "días"]]
        }
        Unit::WorkingDay => [
            ["يوم عمل", "أيام عمل"],
            ["ڕۆژی کار", "ڕۆژی کار"],
            ["working day", "working days"],
            ["día hábil", "días hábiles"],
        ],
        Unit::Hour => {
            [["ساعة", "ساعات"], ["کاتژمێر", "کاتژمێر"], ["hour", "hours"], ["hora", "horas"]]
        }
        Unit::Month => [["شهر", "أشهر"], ["مانگ", "مانگ"], ["month", "months"], ["mes", "meses"]],
        Unit::Year => [["سنة", "سنوات"], ["ساڵ", "ساڵ"], ["year", "years"], ["año", "años"]],
    };
    let [one, many] = pick(one_many, language);
    // Arabic counts three to ten with the plural, everything above with the singular.
    let plural = if language == "ar" { (3..=10).contains(&length) } else { length != 1 };
    format!("{} {}", number(length, language), if plural { many } else { one })
}

fn number(number: u32, language: &str) -> String {
    if is_rtl(language) { isolate(&number.to_string()) } else { number.to_string() }
}

/// Whether a language is written from right to left.
pub(super) fn is_rtl(language: &str) -> bool {
    matches!(language, "ar" | "ckb")
}

/// The one of a language, in the order of [`LANGUAGES`]; the English one for others.
fn pick<T: Copy>(all: [T; 4], language: &str) -> T {
    let [arabic, sorani, english, spanish] = all;
    match LANGUAGES.iter().position(|known| *known == language) {
        Some(0) => arabic,
        Some(1) => sorani,
        Some(3) => spanish,
        _ => english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::word::Word as _;

    #[test]
    fn everything_is_said_in_four_languages_and_differently() {
        for (word, one) in Owner::WORDS {
            let said = LANGUAGES.map(|language| owner(*one, language));
            assert!(said.iter().all(|text| !text.is_empty()), "{word}");
            assert_ne!(said[0], said[2], "{word}");
        }
        for (word, one) in Phrase::WORDS {
            let said = LANGUAGES.map(|language| phrase(*one, language));
            assert!(said.iter().all(|text| !text.is_empty()), "{word}");
            assert_ne!(said[0], said[1], "{word}");
        }
        assert_eq!(phrase(Phrase::Ends, "fr"), "ends here");
    }

    #[test]
    fn arabic_counts_as_arabic_does() {
        assert_eq!(length(3, Unit::CalendarDay, "ar"), "\u{2068}3\u{2069} أيام");
        assert_eq!(length(72, Unit::Hour, "ar"), "\u{2068}72\u{2069} ساعة");
        assert_eq!(length(1, Unit::WorkingDay, "en"), "1 working day");
        assert_eq!(length(24, Unit::Hour, "es"), "24 horas");
    }
}
