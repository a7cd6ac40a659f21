//! Names of months, days of the week and eras, in the languages of registers.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::words::key;

/// Names of the months: as spoken in Iraq, as borrowed from Egypt, in Sorani, in English.
const MONTHS: [&[&str]; 12] = [
    &["كانون الثاني", "كانون ثاني", "يناير", "کانوونی دووەم", "کانونی دووەم", "january", "jan"],
    &["شباط", "فبراير", "شوبات", "february", "feb"],
    &["آذار", "مارس", "ئازار", "مارت", "march", "mar"],
    &["نيسان", "أبريل", "ابريل", "نیسان", "april", "apr"],
    &["أيار", "مايس", "مايو", "ئایار", "مایس", "may"],
    &["حزيران", "يونيو", "يونيه", "حوزەیران", "حوزه‌یران", "june", "jun"],
    &["تموز", "يوليو", "يوليه", "تەمووز", "تەممووز", "تەموز", "july", "jul"],
    &["آب", "أغسطس", "ئاب", "ئاغستۆس", "august", "aug"],
    &["أيلول", "سبتمبر", "ئەیلوول", "ئەیلول", "september", "sep", "sept"],
    &["تشرين الأول", "تشرين اول", "أكتوبر", "تشرینی یەکەم", "تشرینی یەک", "october", "oct"],
    &["تشرين الثاني", "تشرين ثاني", "نوفمبر", "تشرینی دووەم", "تشرینی دوو", "november", "nov"],
    &["كانون الأول", "كانون اول", "ديسمبر", "کانوونی یەکەم", "کانونی یەکەم", "december", "dec"],
];

/// Months whose name is one word and a number, `ت2` and `تشرين 2`, with the months for 1 and 2.
/// Folded.
const NUMBERED: [(&str, [i32; 2]); 7] = [
    ("ت", [10, 11]),
    ("تشرين", [10, 11]),
    ("ك", [12, 1]),
    ("كانون", [12, 1]),
    ("كانووني", [12, 1]),
    ("تشريني", [10, 11]),
    ("كانوني", [12, 1]),
];

/// Months of the Islamic calendar.
const HIJRI: &[&str] = &[
    "محرم",
    "المحرم",
    "محرم الحرام",
    "صفر",
    "صفر الخير",
    "ربيع الأول",
    "ربيع أول",
    "ربيع الثاني",
    "ربيع ثاني",
    "ربيع الآخر",
    "ربيع آخر",
    "جمادى الأولى",
    "جمادى الأول",
    "جمادي أول",
    "جمادى الثانية",
    "جمادى الثاني",
    "جمادى الآخرة",
    "جمادى الآخر",
    "رجب",
    "رجب الأصب",
    "شعبان",
    "رمضان",
    "رمضان المبارك",
    "شوال",
    "ذو القعدة",
    "ذي القعدة",
    "ذوالقعدة",
    "ذو الحجة",
    "ذي الحجة",
    "ذوالحجة",
    "موحەڕەم",
    "سەفەر",
    "ڕەبیعی یەکەم",
    "ڕەبیعی دووەم",
    "ڕەجەب",
    "شەعبان",
    "ڕەمەزان",
    "شەوال",
    "muharram",
    "safar",
    "rajab",
    "ramadan",
    "shawwal",
];

/// Months of the Kurdish calendar, which begins in spring and counts from 700 BC.
const KURDISH: &[&str] = &[
    "خاکەلێوە",
    "نەورۆز",
    "گوڵان",
    "بانەمەڕ",
    "جۆزەردان",
    "پووشپەڕ",
    "پوشپەڕ",
    "گەلاوێژ",
    "خەرمانان",
    "ڕەزبەر",
    "گەڵاڕێزان",
    "خەزەڵوەر",
    "سەرماوەز",
    "بەفرانبار",
    "ڕێبەندان",
    "ڕەشەمێ",
    "ڕەشەمە",
];

/// Words after a date that say that it is Gregorian.
const GREGORIAN_ERA: &[&str] =
    &["م", "ميلادي", "ميلادية", "ميلادى", "ز", "زایینی", "ی زایینی", "ad", "ce"];

/// Words after a date that say that it is Islamic.
const HIJRI_ERA: &[&str] = &["هـ", "ه", "هجري", "هجرية", "ھ", "کۆچی", "ی کۆچی", "ah"];

/// Words after a date that say that it is Kurdish.
const KURDISH_ERA: &[&str] = &["ی کوردی", "کوردی"];

/// Words that say nothing about which day is meant.
const FILLERS: &[&str] = &[
    "في",
    "يوم",
    "تاريخ",
    "بتاريخ",
    "المصادف",
    "شهر",
    "سنة",
    "عام",
    "لسنة",
    "من",
    "ڕۆژی",
    "لە",
    "مانگی",
    "ساڵی",
    "ی",
    "the",
    "of",
    "on",
    "st",
    "nd",
    "rd",
    "th",
    "الساعة",
    "کاتژمێر",
    "at",
    "الأحد",
    "الاثنين",
    "الإثنين",
    "الثلاثاء",
    "الأربعاء",
    "الخميس",
    "الجمعة",
    "السبت",
    "یەکشەممە",
    "دووشەممە",
    "سێشەممە",
    "چوارشەممە",
    "پێنجشەممە",
    "هەینی",
    "شەممە",
    "sunday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sun",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
];

/// What a word or two of a date are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A month of the Gregorian calendar, from 1.
    Month(i32),
    /// A month of the Islamic calendar, or its era.
    Hijri,
    /// A month of the Kurdish calendar, or its era.
    Kurdish,
    /// Something that leaves the day as it is: a day of the week, an era, "on".
    Nothing,
}

static WORDS: LazyLock<HashMap<String, Word>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    let lists: [(&[&str], Word); 6] = [
        (FILLERS, Word::Nothing),
        (GREGORIAN_ERA, Word::Nothing),
        (KURDISH, Word::Kurdish),
        (KURDISH_ERA, Word::Kurdish),
        (HIJRI, Word::Hijri),
        (HIJRI_ERA, Word::Hijri),
    ];
    for (names, word) in lists {
        words.extend(names.iter().map(|name| (key(name), word)));
    }
    for (month, names) in (1..).zip(MONTHS) {
        words.extend(names.iter().map(|name| (key(name), Word::Month(month))));
    }
    words
});

/// What a phrase that `words::key` has made means in a date. `None`: nothing that we know.
pub(super) fn meaning(phrase: &str) -> Option<Word> {
    WORDS.get(phrase).copied()
}

/// The month of a word that needs a number: `ت2` is November.
pub(super) fn numbered(word: &str, number: &str) -> Option<i32> {
    let (_, months) = NUMBERED.iter().find(|(known, _)| *known == word)?;
    match number {
        "1" => months.first().copied(),
        "2" => months.last().copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_every_language() {
        for (name, month) in [
            ("كانون الثاني", 1),
            ("مايس", 5),
            ("اغسطس", 8),
            ("تشرين الأوّل", 10),
            ("تشرینی دووەم", 11),
            ("Dec.", 12),
        ] {
            assert_eq!(meaning(&key(name)), Some(Word::Month(month)), "{name}");
        }
        assert_eq!(numbered("ك", "2"), Some(1));
        assert_eq!(numbered("ت", "3"), None);
    }

    #[test]
    fn other_calendars_are_told_apart() {
        for name in ["جمادى الاولى", "ذي الحجة", "هـ", "ڕەمەزان", "کۆچی"]
        {
            assert_eq!(meaning(&key(name)), Some(Word::Hijri), "{name}");
        }
        for name in ["گەلاوێژ", "بەفرانبار"] {
            assert_eq!(meaning(&key(name)), Some(Word::Kurdish), "{name}");
        }
    }
}
