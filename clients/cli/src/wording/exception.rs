//! What is said about differences between registers that were filed, in English, Arabic and Sorani.

use super::Lang;

/// A heading or sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExceptionMsg {
    /// Heading: the leaf.
    Leaf,
    /// Heading: what differs.
    Kind,
    /// Heading: the number of who filed it.
    Ours,
    /// Heading: the number of the other side.
    Theirs,
    /// Heading: who has to settle it.
    Owner,
    /// Heading: by when.
    Due,
    /// Heading: the leaf of the filing that settled it.
    Settled,
    /// How many are open, of how many.
    Count,
    /// Nothing was filed.
    None,
    /// It is settled.
    IsSettled,
    /// How many differences were filed, and how many had been filed before.
    Filed,
}

impl ExceptionMsg {
    /// The message with its values filled in.
    pub(crate) fn fill(self, lang: Lang, values: &[&str]) -> String {
        let wording = match self {
            Self::Leaf => ["leaf", "الورقة", "پەڕە"],
            Self::Kind => ["difference", "الفرق", "جیاوازی"],
            Self::Ours => ["as filed by", "لدى من قدّمه", "لای پێشکەشکەر"],
            Self::Theirs => ["on the other side", "لدى الطرف الآخر", "لای لایەنی تر"],
            Self::Owner => ["to settle", "على من تسويته", "کێ یەکلای دەکاتەوە"],
            Self::Due => ["by", "في موعد أقصاه", "تا"],
            Self::Settled => ["settled in leaf", "سُوّي في الورقة", "لە پەڕەی یەکلاکراوە"],
            Self::Count => [
                "{} open of {} differences filed",
                "الفروق المفتوحة: {} من أصل {}",
                "جیاوازیی کراوە: {} لە {}",
            ],
            Self::None => [
                "No difference was filed about this election event.",
                "لم يُقدَّم أي فرق في هذا الحدث الانتخابي.",
                "هیچ جیاوازییەک دەربارەی ئەم هەڵبژاردنە پێشکەش نەکراوە.",
            ],
            Self::IsSettled => [
                "Settled, until somebody files it anew.",
                "سُوّي الفرق، ما لم يُقدَّم من جديد.",
                "یەکلاکرایەوە، تا کەسێک دووبارە پێشکەشی نەکات.",
            ],
            Self::Filed => [
                "{} differences filed; {} had been filed before",
                "قُدّمت فروق عددها {}؛ وفروق قُدّمت من قبل: {}",
                "{} جیاوازی پێشکەشکرا؛ {} پێشتر پێشکەشکرابوون",
            ],
        };
        lang.fill_three(wording, values)
    }
}
