//! What is said about two registers, in English, Arabic and Sorani: whose case it is has to be able
//! to read why it is on one side only.

use barid_proto::reconcile::Fate;
use barid_proto::reconcile::Standing;
use barid_proto::v1::{ExceptionKind, MatchReason, MatchStrength};

use super::Lang;

/// English, Arabic, Sorani.
type Three = [&'static str; 3];

/// A sentence or heading about registers. `{}` stands for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReconcileMsg {
    /// Both institutions, and how many cases are certainly and probably one.
    Matched,
    /// All cases of an institution's register.
    AllOf,
    /// Where cases stand that are in one register only: how, whose.
    OnlyIn,
    /// Nothing differs.
    Reconciled,
    /// How many differences there are.
    Open,
    /// Heading: the difference.
    HeadException,
    /// Heading: how sure it is that it is one case, and why.
    HeadSure,
    /// Heading: who should settle it.
    HeadOwner,
    /// A case without number and name.
    NoNumber,
    /// Whose view it is: office, cases, event, size of the log, its name.
    Seen,
    /// How many filings the office may not read.
    Hidden,
    /// Nobody refers to anybody here.
    NoReferrals,
    /// Evidence: when it was sent.
    SentAt,
    /// When the other side fetched it.
    FetchedAt,
    /// When it was stated that the other side had not answered in time.
    ExpiredAt,
    /// When the other side acknowledged it.
    AcknowledgedAt,
    /// When the other side registered it.
    RegisteredAt,
    /// It was sent back.
    WentBack,
    /// It goes on in the case of this number.
    JoinedTo,
    /// It is a supplement to the case of this number.
    SupplementTo,
    /// A number that it had before, or has besides.
    Formerly,
    /// Its identifier in Barid, short.
    InBarid,
    /// How many papers are known by digest, and the first of them.
    Papers,
}

impl ReconcileMsg {
    /// The message with its values filled in.
    pub(crate) fn fill(self, lang: Lang, values: &[&str]) -> String {
        let wording = match self {
            Self::Matched => [
                "{} and {}: {} cases are certainly one, {} probably",
                "{} و{}: قضايا متطابقة يقيناً {}، وعلى الأرجح {}",
                "{} و {}: {} دۆسیە بە دڵنیایی یەکن، {} بە ئەگەری زۆر",
            ],
            Self::AllOf => ["cases of {}", "قضايا لدى {}", "دۆسیە لای {}"],
            Self::OnlyIn => ["{} ({})", "{} ({})", "{} ({})"],
            Self::Reconciled => [
                "Reconciled: nothing differs.",
                "السجلان متطابقان: لا فرق.",
                "تۆمارەکان یەک دەگرنەوە: هیچ جیاوازییەک نییە.",
            ],
            Self::Open => [
                "Not reconciled: {} exceptions. Each needs its owner's answer.",
                "غير متطابقين: {} استثناءات. ولكل منها جهة عليها الجواب.",
                "یەک ناگرنەوە: {} جیاوازی. هەریەکەیان وەڵامی خاوەنەکەی دەوێت.",
            ],
            Self::HeadException => ["difference", "الفرق", "جیاوازی"],
            Self::HeadSure => ["how sure", "مدى اليقين", "چەند دڵنیایە"],
            Self::HeadOwner => ["to settle", "على مَن", "لەسەر کێیە"],
            Self::NoNumber => ["without a number", "بلا رقم", "بێ ژمارە"],
            other => return other.of_evidence(lang, values),
        };
        lang.fill_three(wording, values)
    }
}

impl ReconcileMsg {
    /// What is told of dockets, and of single cases.
    fn of_evidence(self, lang: Lang, values: &[&str]) -> String {
        let wording: Three = match self {
            Self::Seen => [
                "As {} sees it: {} cases of {} that it may read, as of size {} of the log {}. \
                 What it is no party to is not counted, and others may come to another result.",
                "من منظور {}: القضايا التي يحق له الاطلاع عليها {} من {}، عند الحجم {} من السجل \
                 {}. ما ليس طرفاً فيه لا يُحسب، وقد يصل غيره إلى نتيجة أخرى.",
                "لە دیدی {}: {} دۆسیە لە {} کە مافی بینینی هەیە، لە قەبارەی {} ی تۆماری {}. ئەوەی \
                 لایەن نییە تێیدا ناژمێردرێت، و ئەوانی تر لەوانەیە بگەنە ئەنجامێکی تر.",
            ],
            Self::Hidden => [
                "{} filings on these dockets are not for this office to read; they are not counted.",
                "مودَعات في هذه القضايا لا يحق لهذا المكتب الاطلاع عليها: {}، ولم تُحسب.",
                "{} نووسراو لەم دۆسیانەدا بۆ ئەم نووسینگەیە نین؛ نەژمێردراون.",
            ],
            Self::NoReferrals => [
                "No case was referred from one institution to another here.",
                "لم تُحل هنا أي قضية من مؤسسة إلى أخرى.",
                "لێرەدا هیچ دۆسیەیەک لە دامەزراوەیەکەوە بۆ یەکێکی تر ڕەوانە نەکراوە.",
            ],
            Self::SentAt => ["sent {}", "أُرسلت {}", "نێردراوە {}"],
            Self::FetchedAt => ["fetched {}", "استُلمت آلياً {}", "وەرگیراوە {}"],
            Self::ExpiredAt => {
                ["not answered in time {}", "لم يُجب عليها في المهلة {}", "لە کاتدا وەڵام نەدراوە {}"]
            }
            Self::AcknowledgedAt => {
                ["acknowledged {}", "أُقرّ باستلامها {}", "دان بە وەرگرتنیدا نراوە {}"]
            }
            Self::RegisteredAt => ["registered {}", "سُجلت {}", "تۆمارکراوە {}"],
            Self::WentBack => ["sent back", "أُعيدت", "گەڕێنراوەتەوە"],
            Self::JoinedTo => ["joined to {}", "وُحدت مع {}", "یەکخراوە لەگەڵ {}"],
            Self::SupplementTo => ["supplement to {}", "لائحة تكميلية لـ{}", "پاشکۆی {}"],
            Self::Formerly => ["also numbered {}", "ورقمها أيضاً {}", "ژمارەی تریشی {}"],
            Self::InBarid => ["case {}", "القضية {}", "دۆسیە {}"],
            Self::Papers => [
                "papers by digest: {} ({})",
                "وثائق ببصمتها: {} ({})",
                "بەڵگەنامە بە پەنجەمۆر: {} ({})",
            ],
            _ => ["", "", ""],
        };
        lang.fill_three(wording, values)
    }
}

/// A kind of difference.
pub(crate) fn exception(lang: Lang, kind: ExceptionKind) -> String {
    use ExceptionKind as E;
    let wording: Three = match kind {
        E::LostInTransfer => ["lost in transfer", "ضاعت في الإحالة", "لە گواستنەوەدا ون بووە"],
        E::NotYetRegistered => ["not yet registered", "لم تُسجل بعد", "هێشتا تۆمار نەکراوە"],
        E::RegisteredTwice => ["registered twice", "سُجلت مرتين", "دوو جار تۆمارکراوە"],
        E::DirectFiling => ["filed directly", "قُدمت مباشرة", "ڕاستەوخۆ پێشکەشکراوە"],
        E::JoinedOnOneSide => {
            ["joined on one side only", "وُحدت لدى طرف واحد", "تەنها لای یەک لایەن یەکخراوە"]
        }
        E::SupplementCounted => [
            "supplement counted as an appeal",
            "لائحة تكميلية عُدت طعناً",
            "پاشکۆیەک وەک تانە ژمێردراوە",
        ],
        E::OutcomeMissing => ["outcome missing", "النتيجة غائبة", "ئەنجام نییە"],
        E::OutcomeDiffers => ["outcome differs", "النتيجة مختلفة", "ئەنجام جیاوازە"],
        E::IdentifierMiswritten => {
            ["number miswritten", "الرقم مكتوب خطأً", "ژمارە بە هەڵە نووسراوە"]
        }
        E::OutOfWindow => {
            ["outside the days compared", "خارج الأيام المقارنة", "لە دەرەوەی ڕۆژەکان"]
        }
        E::ReferralUnknown => ["referral unknown", "إحالة غير معروفة", "ڕەوانەکردنی نەزانراو"],
        E::JoinedDifferently => ["joined differently", "وُحدت على نحو مختلف", "بە جیاواز یەکخراوە"],
        E::ReturnedOnOneSide => {
            ["returned on one side", "أُعيدت لدى طرف واحد", "تەنها لای یەک لایەن گەڕاوەتەوە"]
        }
        E::NumberGivenTwice => {
            ["one number, two cases", "رقم واحد لقضيتين", "یەک ژمارە، دوو دۆسیە"]
        }
        E::AmbiguousMatch => {
            ["a person has to say which", "يلزم أن يحدد إنسانٌ أيّها", "دەبێت مرۆڤێک بڵێت کامەیە"]
        }
        E::Unspecified => ["unknown", "غير معروف", "نەزانراو"],
    };
    lang.fill_three(wording, &[])
}

/// How sure it is.
pub(crate) fn strength(lang: Lang, strength: MatchStrength) -> String {
    let wording: Three = match strength {
        MatchStrength::Certain => ["certain", "يقيني", "دڵنیا"],
        MatchStrength::Probable => ["probable", "راجح", "ئەگەری زۆر"],
        MatchStrength::Possible => ["possible", "ممكن", "لەوانەیە"],
        MatchStrength::Unspecified => ["on one side", "لدى طرف واحد", "لای یەک لایەن"],
    };
    lang.fill_three(wording, &[])
}

/// Why two cases may be one.
pub(crate) fn reason(lang: Lang, reason: MatchReason) -> String {
    use MatchReason as R;
    let wording: Three = match reason {
        R::Confirmed => ["confirmed by a person", "أكده إنسان", "مرۆڤێک پشتڕاستی کردووەتەوە"],
        R::Case => ["same case in Barid", "القضية نفسها في بريد", "هەمان دۆسیە لە بەرید"],
        R::Digest => ["same document", "الوثيقة نفسها", "هەمان بەڵگەنامە"],
        R::LiteralNumber => ["same number", "الرقم نفسه", "هەمان ژمارە"],
        R::NormalNumber => [
            "same number, written otherwise",
            "الرقم نفسه بكتابة أخرى",
            "هەمان ژمارە بە نووسینی تر",
        ],
        R::CorrectedNumber => {
            ["number corrected since", "رقم صُحح لاحقاً", "ژمارەیەک دواتر ڕاستکراوەتەوە"]
        }
        R::NearNumber => ["number almost the same", "رقم شبه مطابق", "ژمارە نزیکەی هەمان"],
        R::Appellant => ["same appellant", "الطاعن نفسه", "هەمان تانەدەر"],
        R::NearAppellant => ["appellant almost the same", "طاعن شبه مطابق", "تانەدەر نزیکەی هەمان"],
        R::Challenged => ["same decision", "القرار المطعون نفسه", "هەمان بڕیار"],
        R::Day => ["same day", "اليوم نفسه", "هەمان ڕۆژ"],
        R::Unspecified => ["unknown", "غير معروف", "نەزانراو"],
    };
    lang.fill_three(wording, &[])
}

/// What became of cases, by their own register.
pub(crate) fn fate(lang: Lang, fate: Fate) -> String {
    let wording: Three = match fate {
        Fate::Supplement => ["supplements", "لوائح تكميلية", "پاشکۆ"],
        Fate::Joined => ["joined", "موحدة", "یەکخراو"],
        Fate::Returned => ["returned", "معادة", "گەڕێنراوە"],
        Fate::Referred => ["referred", "محالة", "ڕەوانەکراو"],
        Fate::Direct => ["filed directly", "قُدمت مباشرة", "ڕاستەوخۆ"],
        Fate::Withdrawn => ["withdrawn", "متنازَل عنها", "کشێنراوە"],
        Fate::Decided => ["decided", "محسومة", "یەکلاکراوە"],
        Fate::Open => ["open", "قيد النظر", "کراوە"],
    };
    lang.fill_three(wording, &[])
}

/// Where cases stand towards the other register.
pub(crate) fn standing(lang: Lang, standing: Standing) -> String {
    let wording: Three = match standing {
        Standing::Excepted(kind) => return exception(lang, kind),
        Standing::Matched => ["in both", "لدى الطرفين", "لای هەردوولا"],
        Standing::Supplement => ["supplements", "لوائح تكميلية", "پاشکۆ"],
        Standing::Joined => ["joined to another", "موحدة مع أخرى", "لەگەڵ یەکێکی تر یەکخراو"],
        Standing::Kept => ["never referred", "لم تُحل", "ڕەوانە نەکراو"],
        Standing::CameBack => ["came back", "عادت", "گەڕاوەتەوە"],
        Standing::Outside => ["outside the days", "خارج الأيام", "لە دەرەوەی ڕۆژەکان"],
    };
    lang.fill_three(wording, &[])
}
