//! The words by which registers say what became of a matter, in Arabic, Kurdish and English.

use std::collections::HashMap;
use std::sync::LazyLock;

use barid_proto::v1::Outcome;

use super::words::key;

/// The words of each outcome. The first is the one we write.
const WORDS: &[(Outcome, &[&str])] = &[
    (
        Outcome::Unspecified,
        &[
            "قيد النظر",
            "قيد الدراسة",
            "قيد التدقيق",
            "لم يحسم",
            "لەژێر لێکۆڵینەوەدایە",
            "pending",
            "open",
        ],
    ),
    (
        Outcome::Upheld,
        &[
            "قبول الطعن",
            "قبول",
            "مقبول",
            "قبول الشكوى",
            "قبوڵکرا",
            "قبوڵکردن",
            "upheld",
            "accepted",
            "granted",
        ],
    ),
    (
        Outcome::PartlyUpheld,
        &["قبول جزئي", "مقبول جزئيا", "قبول الطعن جزئيا", "partly upheld", "partially accepted"],
    ),
    (
        Outcome::Rejected,
        &[
            "رد الطعن",
            "رد",
            "مردود",
            "مرفوض",
            "رفض",
            "رفض الطعن",
            "رد الشكوى",
            "ڕەتکرایەوە",
            "ڕەتکردنەوە",
            "rejected",
            "dismissed",
        ],
    ),
    (
        Outcome::Inadmissible,
        &[
            "رد شكلا",
            "رد الطعن شكلا",
            "عدم القبول شكلا",
            "رد ابتداء",
            "ڕەتکردنەوە لە ڕووی شێوەییەوە",
            "inadmissible",
        ],
    ),
    (Outcome::NoCompetence, &["عدم الاختصاص", "no competence"]),
    (Outcome::Transferred, &["إحالة", "أحيل", "محال", "ڕەوانەکرا", "transferred"]),
    (
        Outcome::Withdrawn,
        &["سحب الطعن", "سحب الشكوى", "التنازل عن الطعن", "تنازل", "کشاندنەوە", "withdrawn"],
    ),
    (Outcome::Abated, &["انتفاء الموضوع", "abated", "without object"]),
    (
        Outcome::DecisionConfirmed,
        &[
            "تصديق القرار",
            "تأييد القرار",
            "المصادقة على القرار",
            "پشتگیریکردنی بڕیار",
            "decision confirmed",
            "confirmed",
        ],
    ),
    (
        Outcome::DecisionModified,
        &["تعديل القرار", "هەموارکردنی بڕیار", "decision modified", "modified"],
    ),
    (
        Outcome::DecisionAnnulled,
        &[
            "إلغاء القرار",
            "نقض القرار",
            "نقض",
            "هەڵوەشاندنەوەی بڕیار",
            "decision annulled",
            "annulled",
            "reversed",
        ],
    ),
    (Outcome::Remitted, &["إعادة", "إعادة الطعن", "گەڕاندنەوە", "remitted", "returned"]),
    (
        Outcome::RecountOrdered,
        &[
            "إعادة العد والفرز",
            "إعادة العد والفرز اليدوي",
            "دووبارە ژماردنەوەی دەستی",
            "recount",
            "recount ordered",
        ],
    ),
    (Outcome::Joined, &["توحيد", "موحد", "ضم", "یەکخستن", "joined"]),
];

static KNOWN: LazyLock<HashMap<String, Outcome>> = LazyLock::new(|| {
    WORDS
        .iter()
        .flat_map(|(outcome, words)| words.iter().map(move |word| (key(word), *outcome)))
        .collect()
});

/// The outcome that a register's words name. `Unspecified`: not decided yet. `None`: unknown words.
pub(super) fn read(literal: &str) -> Option<Outcome> {
    KNOWN.get(&key(literal)).copied()
}

/// The words that we write for an outcome.
pub(super) fn ours(outcome: Outcome) -> &'static str {
    let words = WORDS.iter().find(|(known, _)| *known == outcome).map(|(_, words)| *words);
    words.and_then(<[_]>::first).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_words_mean_two_outcomes() {
        let all: usize = WORDS.iter().map(|(_, words)| words.len()).sum();
        assert_eq!(KNOWN.len(), all);
    }

    #[test]
    fn every_outcome_that_we_write_reads_back() {
        for (outcome, _) in WORDS {
            assert_eq!(read(ours(*outcome)), Some(*outcome));
        }
        assert_eq!(read("ردّ الطعن شكلاً."), Some(Outcome::Inadmissible));
        assert_eq!(read("انظر الكتاب"), None);
    }
}
