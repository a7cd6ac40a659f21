//! What is said about an institution's own register, in English, Arabic and Sorani.

use barid_proto::v1::Outcome;

use super::Lang;

/// A sentence or heading about a stated register. `{}` stands for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StatementMsg {
    /// Whose register: institution, name, day, cases.
    Heading,
    /// It is stated for the first time: cases.
    FirstTime,
    /// New, gone, otherwise.
    Changed,
    /// No row is another.
    Unchanged,
    /// Rows are others in what registers are not compared by.
    OtherColumns,
    /// Nothing is filed: the digest of the statement that stands.
    NothingFiled,
    /// How many changes are not shown.
    More,
    /// A case is new.
    New,
    /// A case is gone.
    Gone,
    /// Heading: what changed.
    What,
    /// Heading: as it was.
    From,
    /// Heading: as it is.
    To,
    /// The case's own number.
    Number,
    /// Numbers of others.
    OtherNumbers,
    /// The case it goes on in.
    Joined,
    /// The appellant.
    Appellant,
    /// The decision under appeal.
    Challenged,
    /// The day.
    Day,
    /// What became of it.
    Outcome,
}

impl StatementMsg {
    /// The message with its values filled in.
    pub(crate) fn fill(self, lang: Lang, values: &[&str]) -> String {
        let wording = match self {
            Self::Heading => [
                "Register of {} {}, as of {}: {} cases",
                "سجل {} {}، كما في {}: عدد القضايا {}",
                "تۆماری {} {}، لە {}: {} دۆسیە",
            ],
            Self::FirstTime => [
                "This register is stated for the first time from this profile: {} cases. If it was \
                 stated before, name that statement with --since.",
                "يُقدَّم هذا السجل لأول مرة من هذا الملف: عدد القضايا {}. إن كان قد قُدِّم من قبل \
                 فاذكر بصمته بـ --since.",
                "ئەم تۆمارە یەکەم جارە لەم پرۆفایلەوە پێشکەش دەکرێت: {} دۆسیە. ئەگەر پێشتر \
                 پێشکەشکراوە بە --since ناوی بهێنە.",
            ],
            Self::Changed => [
                "New: {}. Gone: {}. Changed: {}.",
                "الجديد: {}. المحذوف: {}. المعدَّل: {}.",
                "نوێ: {}. نەماو: {}. گۆڕاو: {}.",
            ],
            Self::Unchanged => ["Nothing changed.", "لم يتغير شيء.", "هیچ نەگۆڕاوە."],
            Self::OtherColumns => [
                "No case changed in what registers are compared by; other columns did.",
                "لم تتغير قضية فيما تُقارن به السجلات، وتغيرت أعمدة أخرى.",
                "هیچ دۆسیەیەک لەوەی تۆمارەکانی پێ بەراورد دەکرێن نەگۆڕاوە؛ ستوونی تر گۆڕاون.",
            ],
            Self::NothingFiled => [
                "Nothing is filed: {} stands.",
                "لم يُودَع شيء: ما زال {} قائماً.",
                "هیچ پێشکەش نەکرا: {} وەک خۆی دەمێنێتەوە.",
            ],
            Self::More => [
                "{} more changes are not shown.",
                "تغييرات أخرى لم تُعرض: {}.",
                "{} گۆڕانی تر پیشان نەدراون.",
            ],
            Self::New => ["new", "جديدة", "نوێ"],
            Self::Gone => ["gone", "محذوفة", "نەماوە"],
            Self::What => ["what", "ما تغير", "چی گۆڕاوە"],
            Self::From => ["from", "من", "لە"],
            Self::To => ["to", "إلى", "بۆ"],
            Self::Number => ["number", "الرقم", "ژمارە"],
            Self::OtherNumbers => ["others' numbers", "أرقام لدى غيرها", "ژمارە لای ئەوانی تر"],
            Self::Joined => ["joined to", "وُحدت مع", "یەکخراوە لەگەڵ"],
            Self::Appellant => ["appellant", "الطاعن", "تانەدەر"],
            Self::Challenged => ["decision", "القرار المطعون", "بڕیار"],
            Self::Day => ["day", "اليوم", "ڕۆژ"],
            Self::Outcome => ["outcome", "النتيجة", "ئەنجام"],
        };
        lang.fill_three(wording, values)
    }
}

/// What became of a case. Empty for one that is open, or of which the register does not say.
pub(crate) fn outcome(lang: Lang, outcome: Outcome) -> String {
    let wording = match outcome {
        Outcome::Unspecified => return String::new(),
        Outcome::Upheld => ["granted", "قُبل", "پەسەندکرا"],
        Outcome::PartlyUpheld => ["granted in part", "قُبل جزئياً", "بەشێکی پەسەندکرا"],
        Outcome::Rejected => ["rejected", "رُد", "ڕەتکرایەوە"],
        Outcome::Inadmissible => ["inadmissible", "رُد شكلاً", "لە ڕووی شێوەوە ڕەتکرایەوە"],
        Outcome::NoCompetence => ["no competence", "عدم اختصاص", "تایبەتمەند نییە"],
        Outcome::Transferred => {
            ["transferred", "أُحيل إلى الجهة المختصة", "ڕەوانەی لایەنی تایبەتمەند کرا"]
        }
        Outcome::Withdrawn => ["withdrawn", "تُنوزل عنه", "کشێنرایەوە"],
        Outcome::Abated => ["without object", "انتفى موضوعه", "بابەتی نەما"],
        Outcome::DecisionConfirmed => ["decision confirmed", "صُدق القرار", "بڕیارەکە پەسەندکرا"],
        Outcome::DecisionModified => ["decision changed", "عُدل القرار", "بڕیارەکە هەموارکرا"],
        Outcome::DecisionAnnulled => ["decision annulled", "نُقض القرار", "بڕیارەکە هەڵوەشێنرایەوە"],
        Outcome::Remitted => ["remitted", "أُعيد إلى مصدر القرار", "گەڕێنرایەوە"],
        Outcome::RecountOrdered => {
            ["recount ordered", "أُمر بإعادة العد", "فەرمان بە ژماردنەوە درا"]
        }
        Outcome::Joined => ["joined", "وُحد", "یەکخرا"],
    };
    lang.fill_three(wording, &[])
}
