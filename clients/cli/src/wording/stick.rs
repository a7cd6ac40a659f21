//! What is said about sticks: how they were packed, what they brought, and why one is no use.

use barid_client::stick::StickError;
use barid_client::{hex, stick::MEMBERS_MAX};
use barid_proto::v1::StickWay;

use super::{Both, Lang};

sentences! {
    /// A sentence or heading of `barid stick`. `{}` stands for a value.
    StickMsg:

    /// The key for sticks is there.
    KeyIs:
        "Others lock sticks for this office with: {}",
        "يقفل الآخرون الوحدات لهذا المكتب بالملف: {}";
    /// A stick was written.
    Written: "Written: {}, {} bytes", "كُتب: {}، {} بايت";
    /// What is on it, to the hub.
    PackedOut:
        "Envelopes: {}. Documents: {}. They stay pending until their receipts \
         come back.",
        "المظاريف: {}. الوثائق: {}. تبقى معلّقة حتى تعود إيصالاتها.";
    /// Several sticks.
    Several: "All of them are needed, in any order.", "يلزم تسليمها كلها، بأي ترتيب.";
    /// Nothing is pending.
    NothingPending:
        "Nothing is pending; the stick asks for what was served meanwhile.",
        "لا شيء معلّق؛ تطلب الوحدة ما ورد في الأثناء.";
    /// Heading: number in the chain.
    HeadSequence: "no.", "التسلسل";
    /// Heading: filing.
    HeadFiling: "filing", "المعاملة";
    /// Heading: what became of it.
    HeadFate: "what became of it", "ما آلت إليه";
    /// Of which office.
    DeliveredFor: "Handed in for {}:", "سُلّم عن {}:";
    /// Filed.
    FateFiled: "filed, leaf {}", "قُدّمت، الورقة {}";
    /// Filed before.
    FateBefore: "filed before, leaf {}", "كانت مقدّمة، الورقة {}";
    /// No witnesses yet.
    FateUnwitnessed:
        "filed; the receipt waits for witnesses: ask again",
        "قُدّمت؛ الإيصال ينتظر الشهود: أعد الطلب";
    /// Refused.
    FateRefused: "refused: {}", "رُفضت: {}";
    /// Waits behind another.
    FateWaits: "waits for the one before it", "تنتظر التي قبلها";
    /// Parts of documents are missing.
    PartsMissing:
        "Documents of which parts are missing here: {}. They are on other sticks \
         of the same packing.",
        "وثائق تنقصها أجزاء هنا: {}. هي على وحدات أخرى من الرزمة نفسها.";
    /// What travels back.
    PackedBack:
        "For the way back: outcomes {}, filings served {}, documents {}.",
        "للعودة: النتائج {}، المعاملات الواردة {}، الوثائق {}.";
    /// The inbox is not for this office.
    NoInbox:
        "What was served on that office is not on it: only a main office of the \
         same institution is given that.",
        "ما ورد إلى ذلك المكتب ليس عليها: لا يُعطى إلا للمكتب الرئيس في المؤسسة \
         نفسها.";
    /// Nothing to say.
    BroughtNothing: "Everything on it was known already.", "كل ما عليها معروف من قبل.";
    /// Receipts that came.
    Settled: "Receipt for no. {}: leaf {}", "إيصال للتسلسل {}: الورقة {}";
    /// Refusals that came.
    RefusedFinal:
        "No. {} was refused for good, as the log states in leaf {}: {}",
        "رُفض التسلسل {} نهائياً كما يثبت السجل في الورقة {}: {}";
    /// What still waits.
    StillWaits: "No. {} is still pending: {}", "التسلسل {} ما زال معلّقاً: {}";
    /// What was served.
    Served:
        "Served meanwhile: {}. See barid inbox list.",
        "ورد في الأثناء: {}. انظر barid inbox list.";
    /// A position is missing.
    Gap:
        "Position {} of the inbox is on another stick; what is behind it waits \
         for that.",
        "الموضع {} من الوارد على وحدة أخرى؛ وما بعده ينتظره.";
    /// The newest tree.
    Newest: "The log has {} leaves there.", "في السجل هناك {} ورقة.";
    /// Trees that could not be compared.
    Uncompared:
        "This could not yet be compared with what came another way; the next \
         stick or the link does that.",
        "لم تمكن بعد مقارنة ذلك بما ورد من طريق آخر؛ الوحدة التالية أو الاتصال \
         يفعل.";
    /// Who handed a filing in.
    CarriedBy: "Handed in for its sender by {}", "سلّمها عن مرسلها {}";
    /// From what came on a stick.
    FromStick:
        "The hub cannot be reached; this is what came on sticks.",
        "تعذر الوصول إلى المنصة؛ هذا ما ورد على الوحدات.";
}

/// Why a stick is no use, and what helps.
pub(crate) fn stick_fault(lang: Lang, error: &StickError) -> String {
    let fill = |wording: Both, values: &[&str]| lang.fill(wording, values);
    match error {
        StickError::NotAStick => fill(
            (
                "This is no stick of version 1, or its beginning is missing.",
                "ليست هذه وحدة من الإصدار 1، أو أن أولها ناقص.",
            ),
            &[],
        ),
        StickError::Locked { by_passphrase, tried } => {
            lang.pick(locked(*by_passphrase, *tried)).to_owned()
        }
        StickError::Damaged => fill(
            (
                "It is damaged or cut short. Have it packed again: nothing is lost by that.",
                "هي تالفة أو مبتورة. اطلب رزمها من جديد: لا يضيع بذلك شيء.",
            ),
            &[],
        ),
        StickError::Member { name, why } => {
            fill(("{} does not belong there: {}", "{} ليس هذا مكانه: {}"), &[name, why])
        }
        StickError::OtherWay { way: StickWay::ToHub } => lang
            .pick((
                "This stick goes to the hub: barid stick deliver.",
                "هذه الوحدة ذاهبة إلى المنصة: barid stick deliver.",
            ))
            .to_owned(),
        StickError::OtherWay { .. } => lang
            .pick((
                "This stick goes to an office: barid stick unpack.",
                "هذه الوحدة عائدة إلى مكتب: barid stick unpack.",
            ))
            .to_owned(),
        StickError::OtherHub { found, own } => {
            fill(("It is for the hub {}, not {}.", "هي للمنصة {}، لا {}."), &[found, own])
        }
        StickError::OtherOffice { office } => {
            let name = format!("{}/{}", office.institution, office.office);
            fill(("It is for {}.", "هي للمكتب {}."), &[&name])
        }
        other => trouble(lang, other),
    }
}

fn locked(by_passphrase: bool, tried: bool) -> Both {
    match (by_passphrase, tried) {
        (true, true) => ("The passphrase is another one.", "عبارة المرور غير صحيحة."),
        (true, false) => (
            "It is locked with a passphrase: give it with --passphrase-file.",
            "هي مقفلة بعبارة مرور: أعطها بالخيار --passphrase-file.",
        ),
        (false, true) => ("It is locked to somebody else's key.", "هي مقفلة بمفتاح جهة أخرى."),
        (false, false) => (
            "It is locked to a key, and this office has none: barid stick key.",
            "هي مقفلة بمفتاح، وليس لهذا المكتب مفتاح: barid stick key.",
        ),
    }
}

fn trouble(lang: Lang, error: &StickError) -> String {
    let fill = |wording: Both, values: &[&str]| lang.fill(wording, values);
    match error {
        StickError::NoCommonTree => fill(
            (
                "It proves no tree of the log that this office knows. Pack a new stick here, and \
                 have that one answered.",
                "لا تثبت شجرة من السجل يعرفها هذا المكتب. ارزم وحدة جديدة هنا واطلب الرد عليها.",
            ),
            &[],
        ),
        StickError::TooSmall { needed, limit } => fill(
            (
                "A stick of {} bytes is too small: {} are needed beside the documents.",
                "وحدة من {} بايت صغيرة جداً: يلزم {} عدا الوثائق.",
            ),
            &[&limit.to_string(), &needed.to_string()],
        ),
        StickError::TooMany { given, .. } => fill(
            ("There are {} of them; a stick holds {}.", "عددها {}؛ والوحدة تسع {}."),
            &[&given.to_string(), &MEMBERS_MAX.to_string()],
        ),
        StickError::DocumentMissing { sha256 } => fill(
            ("The document {} is not here any more.", "الوثيقة {} لم تعد هنا."),
            &[&hex::encode(sha256)],
        ),
        StickError::Passphrase { least } => fill(
            (
                "A passphrase has {} characters at least: a lost stick can be tried for ever.",
                "عبارة المرور {} حرفاً على الأقل: الوحدة الضائعة تُجرَّب عليها إلى الأبد.",
            ),
            &[&least.to_string()],
        ),
        StickError::Key(why) => fill(("The key for sticks: {}", "مفتاح الوحدات: {}"), &[why]),
        StickError::Reading(why) => {
            fill(("The stick cannot be read: {}", "تعذرت قراءة الوحدة: {}"), &[&why.to_string()])
        }
        StickError::Writing(why) => fill(
            (
                "The stick cannot be written: {}. If it is full, take a larger one, or several \
                 with --limit-bytes.",
                "تعذرت الكتابة على الوحدة: {}. إن كانت ممتلئة فخذ أكبر منها، أو عدة وحدات بالخيار \
                 --limit-bytes.",
            ),
            &[&why.to_string()],
        ),
        other => fill(("{}", "{}"), &[&other.to_string()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sentence_has_both_languages_and_the_same_places() {
        for message in StickMsg::ALL {
            let (english, arabic) = message.wording();
            assert!(!english.is_empty() && !arabic.is_empty(), "{message:?}");
            let places = |text: &str| text.matches("{}").count();
            assert_eq!(places(english), places(arabic), "{message:?}");
        }
    }

    #[test]
    fn each_fault_says_what_to_do_in_both_languages() {
        for (by_passphrase, tried) in [(true, true), (true, false), (false, true), (false, false)] {
            let error = StickError::Locked { by_passphrase, tried };
            assert!(!stick_fault(Lang::Ar, &error).is_ascii());
        }
        let full = StickError::Writing(std::io::Error::other("no space"));
        assert!(stick_fault(Lang::En, &full).contains("--limit-bytes"));
        assert!(!stick_fault(Lang::Ar, &StickError::Damaged).is_ascii());
    }
}
