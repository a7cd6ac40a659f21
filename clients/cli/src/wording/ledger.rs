//! What is said about daily digests, in English, Arabic and Sorani.

use super::Lang;

/// A heading or sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LedgerMsg {
    /// There is a secret with this institution.
    SecretThere,
    /// There is none.
    SecretMissing,
    /// How many lines were signed, for which day.
    Signed,
    /// The number of a turn, and where it lies.
    HandOver,
    /// How many numbers differ.
    Through,
    /// The other institution's turn is awaited.
    Waits,
    /// Heading: the docket number.
    Number,
    /// Heading: one's own register.
    Ours,
    /// A register does not have it.
    NotThere,
    /// The case is open.
    Open,
}

impl LedgerMsg {
    /// The message with its values filled in.
    pub(crate) fn fill(self, lang: Lang, values: &[&str]) -> String {
        let wording = match self {
            Self::SecretThere => [
                "There is a secret with {}.",
                "السر المشترك مع {} موجود.",
                "نهێنیی هاوبەش لەگەڵ {} هەیە.",
            ],
            Self::SecretMissing => [
                "There is no secret with {} yet: make it with --give, or take theirs with --take.",
                "لا يوجد سر مشترك مع {} بعد: أنشئه بـ --give أو خذ سرهم بـ --take.",
                "هێشتا نهێنیی هاوبەش لەگەڵ {} نییە: بە --give دروستی بکە، یان بە --take وەریبگرە.",
            ],
            Self::Signed => [
                "{} docket numbers are signed for {}, blinded.",
                "وُقّع على أرقام أساس عددها {} ليوم {}، محجوبة.",
                "{} ژمارە بۆ ڕۆژی {} واژۆ کراون، بە داپۆشراوی.",
            ],
            Self::HandOver => [
                "Turn {} is to be handed over: {}",
                "الدور {} جاهز للتسليم: {}",
                "نۆبەی {} ئامادەیە بۆ ڕادەستکردن: {}",
            ],
            Self::Through => [
                "Both registers are through: {} numbers differ.",
                "اكتملت المقارنة: الأرقام المختلفة: {}.",
                "بەراوردکردن تەواو بوو: ژمارە جیاوازەکان: {}.",
            ],
            Self::Waits => ["It is the turn of {}.", "الدور الآن لدى {}.", "ئێستا نۆبەی {}ە."],
            Self::Number => ["number", "الرقم", "ژمارە"],
            Self::Ours => ["own register", "سجلنا", "تۆماری ئێمە"],
            Self::NotThere => ["not there", "غير موجود", "نییە"],
            Self::Open => ["open", "مفتوحة", "کراوە"],
        };
        lang.fill_three(wording, values)
    }
}
