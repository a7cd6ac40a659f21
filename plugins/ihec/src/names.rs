//! The parts of a person's name: given name, father's, grandfather's, family's or tribe's. A name
//! is
//! kept as it was written; only its parts are counted.

use barid_proto::text::fold;

/// How many parts a person's name has on the commission's forms.
pub(crate) const NAME_PARTS: usize = 4;

/// Words that make one part with the next: `عبد الله`, `أبو بكر`, `آل ياسر`. Folded.
const WITH_NEXT: [&str; 12] =
    ["عبد", "ابو", "ابا", "ابي", "ام", "ال", "ذو", "بنت", "بن", "ابن", "abu", "abd"];

/// Words that belong to the one before: `نور الدين`, `هبة الله`. Folded.
const WITH_BEFORE: [&str; 6] = ["الدين", "الله", "الاسلام", "الزهراء", "الحق", "din"];

/// Titles, which are no part of a name. Folded.
const TITLES: [&str; 25] = [
    "السيد",
    "السيده",
    "الانسه",
    "الدكتور",
    "الدكتوره",
    "د",
    "الاستاذ",
    "الاستاذه",
    "ا",
    "المحامي",
    "المحاميه",
    "المهندس",
    "المهندسه",
    "الحاج",
    "الحاجه",
    "الشيخ",
    "القاضي",
    "كاك",
    "بهريز",
    "دكتور",
    "ماموستا",
    "mr",
    "mrs",
    "ms",
    "dr",
];

/// First words of what is no person: parties, coalitions, lists, bodies. Folded.
const BODIES: [&str; 40] = [
    "حزب",
    "تحالف",
    "قايمه",
    "تيار",
    "حركه",
    "كتله",
    "تجمع",
    "اتحاد",
    "منظمه",
    "جبهه",
    "موسسه",
    "شركه",
    "هييه",
    "مجلس",
    "مكتب",
    "الحزب",
    "التحالف",
    "الايتلاف",
    "ايتلاف",
    "الحركه",
    "الكيان",
    "كيان",
    "الاتحاد",
    "التجمع",
    "المنظمه",
    "رابطه",
    "شبكه",
    "وكيل",
    "منسق",
    "پارتي",
    "يهكيتي",
    "بزووتنهوهي",
    "هاوپهيماني",
    "ليستي",
    "party",
    "coalition",
    "alliance",
    "list",
    "movement",
    "the",
];

/// How many parts a name has; titles are not counted.
pub(crate) fn parts(name: &str) -> usize {
    let folded = fold(name);
    let words = folded
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '.' | '/' | '-' | '،'))
        .filter(|word| !word.is_empty())
        .skip_while(|word| TITLES.contains(word));
    let (mut parts, mut joins_next) = (0, false);
    for word in words {
        let joins_before = parts > 0 && WITH_BEFORE.contains(&word);
        if !joins_next && !joins_before {
            parts += 1;
        }
        joins_next = WITH_NEXT.contains(&word);
    }
    parts
}

/// Whether a text names a party or another body rather than a person.
pub(crate) fn is_body(name: &str) -> bool {
    let folded = fold(name);
    let first = folded.split(' ').next().unwrap_or_default();
    BODIES.contains(&first) || folded.chars().any(|letter| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_as_people_count_them() {
        for (name, count) in [
            ("علي حسن محمد الجبوري", 4),
            ("عبد الله حسن عبد الرحمن الجبوري", 4),
            ("نور الدين محمد أبو بكر آل ياسر", 4),
            ("  عـلي   حسن  ", 2),
            ("السيد د. علي حسن محمد الجبوري", 4),
            ("علي بن حسن بن محمد الجبوري", 4),
            ("هبة الله سعد كريم حسن البياتي", 5),
            ("ئازاد محەمەد عەلی نموونە", 4),
            ("", 0),
        ] {
            assert_eq!(parts(name), count, "{name}");
        }
    }

    #[test]
    fn bodies_are_no_persons() {
        for body in ["تحالف المثال", "قائمة المثال", "ائتلاف المثال", "پارتی نموونە", "كيان 215"]
        {
            assert!(is_body(body), "{body}");
        }
        assert!(!is_body("علي حسن"));
    }
}
