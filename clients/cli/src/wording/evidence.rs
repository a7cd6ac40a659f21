//! What a verifier finds, whose fault it is, what to do; and the events of a chain of custody.

use barid_client::custody::EventKind;
use barid_client::verify::{Blame, Code};

use super::Lang;

/// Whose fault a finding is.
pub(crate) fn keeper(lang: Lang, blame: Blame) -> &'static str {
    lang.pick(match blame {
        Blame::Keeper => ("whoever made or kept this bundle", "من أعدّ هذه الحزمة أو حفظها"),
        Blame::Hub => ("whoever runs the hub", "مشغّل المنصة"),
        Blame::Sender => ("the office that sent it", "المكتب المرسل"),
        Blame::Recipient => ("the office that answered", "المكتب المجيب"),
        Blame::Verifier => ("what was given to verify with", "ما أُعطي للتحقق به"),
        Blame::Nobody => ("nobody", "لا أحد"),
    })
}

/// Makes the wording of findings from one table.
macro_rules! findings {
    ($($name:ident: $english:literal, $arabic:literal;)*) => {
        /// What was found, in a sentence.
        pub(crate) fn found(lang: Lang, code: Code) -> &'static str {
            lang.pick(match code {
                $(Code::$name => ($english, $arabic),)*
            })
        }
    };
}

findings! {
    Empty: "There is no filing in it.", "لا توجد فيها معاملة.";
    EnvelopeMalformed: "The envelope is not well-formed.", "المغلّف غير سليم التكوين.";
    SignatureWrong:
        "A signature is wrong, or of another key.",
        "توقيع خاطئ أو بمفتاح آخر.";
    ReceiptMalformed: "The receipt cannot be read.", "لا يمكن قراءة الإيصال.";
    CheckpointForged:
        "A known log or witness did not sign what is shown as signed by it.",
        "سجل أو شاهد معروف لم يوقّع ما يُنسب إليه.";
    LogUnknown:
        "It is in a log that the policy does not name.",
        "هي في سجل لا تذكره السياسة.";
    NoQuorum:
        "Too few of the policy's witnesses have cosigned.",
        "صادق عدد غير كافٍ من شهود السياسة.";
    NotIncluded:
        "It is not in the log at the place the receipt names.",
        "ليست في السجل في الموضع الذي يذكره الإيصال.";
    OtherHub: "It was signed for another hub.", "وُقّعت لمنصة أخرى.";
    LeafSeen:
        "Its place in the log was taken before it was signed: its sender had seen that.",
        "موضعها في السجل كان مشغولاً قبل توقيعها، وقد رآه المرسل.";
    LeafKind:
        "Its leaf is of another kind than the filing.",
        "ورقتها في السجل من نوع غير نوع المعاملة.";
    KeyUnproven:
        "Nothing in the bundle proves whose the signing key is.",
        "لا شيء في الحزمة يثبت لمن مفتاح التوقيع.";
    KeyNotInUse:
        "The key was not in use for the sender when it signed.",
        "لم يكن المفتاح مستعملاً للمرسل عند التوقيع.";
    KeyHistory:
        "A change of keys breaks the rules of the network.",
        "تغيير في المفاتيح يخالف قواعد الشبكة.";
    RootsMissing:
        "No certificate authority was given: whose the key is stays open.",
        "لم تُعطَ سلطة شهادات: يبقى صاحب المفتاح غير محسوم.";
    RootUnknown:
        "The key's certificate is from none of the authorities given.",
        "شهادة المفتاح ليست من السلطات المعطاة.";
    CertificateWrong:
        "The certificate behind the key does not hold.",
        "الشهادة التي تسند المفتاح غير صالحة.";
    RevokedLater:
        "The key's certificate was revoked later; what it had vouched for stands.",
        "أُلغيت شهادة المفتاح لاحقاً؛ ما أسندته قبل ذلك قائم.";
    NoBracket:
        "No earlier checkpoint is there: when it came at the earliest stays open.",
        "لا توجد نقطة تحقق سابقة: يبقى أبكر وقت لها غير محسوم.";
    BracketCovers:
        "The checkpoint shown as earlier has the filing already.",
        "نقطة التحقق المعروضة كسابقة تشمل المعاملة.";
    BracketForked:
        "The log did not grow from the earlier checkpoint to this one.",
        "لم ينمُ السجل من نقطة التحقق السابقة إلى هذه.";
    TimeOutside:
        "The hub's time is outside what the witnesses saw.",
        "وقت المنصة خارج ما رآه الشهود.";
    AcceptedLate:
        "The hub accepted it after the limit its sender had set.",
        "قبلتها المنصة بعد الحد الذي وضعه المرسل.";
    TimeBackwards: "The hub's clock went backwards.", "رجعت ساعة المنصة إلى الوراء.";
    TwoHistories:
        "The log shows two different histories.",
        "يعرض السجل تاريخين مختلفين.";
    SeenOther:
        "The sender had seen another history than the witnesses.",
        "رأى المرسل تاريخاً غير الذي رآه الشهود.";
    AssessmentWrong:
        "The hub's assessment is not the one in the log.",
        "تقييم المنصة ليس الموجود في السجل.";
    AssessmentUnproven:
        "Nothing proves the hub's assessment; it is passed over.",
        "لا شيء يثبت تقييم المنصة؛ لم يُعتدّ به.";
    AssessmentDiffers:
        "What the hub computed is not what comes out of the log under its rule set.",
        "ما حسبته المنصة ليس ما ينتج من السجل وفق مجموعة قواعدها.";
    AssessmentMissing:
        "The rule set calls for an assessment that the hub did not log.",
        "تقتضي مجموعة القواعد تقييماً لم تدوّنه المنصة.";
    AssessmentSurplus:
        "The hub logged an assessment for which the rule set does not call.",
        "دوّنت المنصة تقييماً لا تقتضيه مجموعة القواعد.";
    AssessmentStale:
        "It was not assessed when it came, or not from all that was in the log then.",
        "لم تُقيّم عند وصولها، أو لم يُقيّم كل ما كان في السجل حينها.";
    RulesOther:
        "It was assessed under another rule set than its case, or under another text of that name.",
        "قُيّمت وفق مجموعة قواعد غير التي لقضيتها، أو وفق نص آخر بالاسم نفسه.";
    HubWithoutRules:
        "The hub did not know the rule set, and computed nothing.",
        "لم تكن المنصة تعرف مجموعة القواعد، فلم تحسب شيئاً.";
    AssessmentOpen:
        "An assessment was not computed again: something that it rests on is not in the bundle.",
        "لم يُحسب تقييم من جديد: بعض ما يستند إليه ليس في الحزمة.";
    RulesUnknown:
        "An assessment was not computed again: its rule set is not known here.",
        "لم يُحسب تقييم من جديد: مجموعة قواعده غير معروفة هنا.";
    LawUnused:
        "No assessment rests on a filing that is there as law.",
        "لا يستند أي تقييم إلى معاملة موضوعة هنا بوصفها قانوناً.";
    LawForeign:
        "A filing is there as law that counts for its own case only.",
        "معاملة موضوعة هنا بوصفها قانوناً ولا أثر لها إلا في قضيتها.";
    StatementWrong:
        "A statement of the hub is not about this filing, or not in the log.",
        "بيان للمنصة ليس عن هذه المعاملة أو ليس في السجل.";
    ChainBroken:
        "It does not name the envelope that its key signed before it.",
        "لا تذكر المغلّف الذي وقّعه مفتاحها قبلها.";
    ChainForked:
        "One key gave the same number to two envelopes.",
        "أعطى مفتاح واحد الرقم نفسه لمغلّفين.";
    ChainReordered:
        "The log has them in another order than their sender numbered them.",
        "رتّبها السجل بغير ترقيم المرسل.";
    ReplyWrong:
        "It names another place than that of the filing it answers.",
        "تذكر موضعاً غير موضع المعاملة التي تجيب عنها.";
    AcknowledgedOther:
        "The recipient acknowledged other bytes than those that were sent.",
        "أقرّ المستلم ببايتات غير التي أُرسلت.";
    DocumentWrong:
        "A document is not the one that was filed.",
        "وثيقة ليست التي قُدّمت.";
    DocumentForeign:
        "A document is there that no filing names.",
        "توجد وثيقة لا تذكرها أي معاملة.";
    DocumentAbsent:
        "A document was left out; its digest is proven all the same.",
        "تُركت وثيقة خارج الحزمة؛ بصمتها مثبتة مع ذلك.";
    DocumentDestroyed:
        "A document was destroyed by a filing in here; its digest is proven all the same.",
        "أُتلفت وثيقة بمعاملة موجودة هنا؛ بصمتها مثبتة مع ذلك.";
    Doubled: "A filing is there twice.", "معاملة مكررة.";
    CrlMalformed:
        "A revocation list cannot be read.",
        "لا يمكن قراءة قائمة إلغاء الشهادات.";
    TokenWrong:
        "A time-stamp token dates nothing.",
        "ختم زمني لا يؤرخ شيئاً.";
    TokenUnchecked:
        "A time-stamp token is in the log, and its authority is none of those given: --tsa-roots.",
        "يوجد ختم زمني في السجل وسلطته ليست مما أُعطي: --tsa-roots.";
    ReadmeOther:
        "The README is not what this program writes; do not rely on it.",
        "ملف README ليس ما يكتبه هذا البرنامج؛ لا تعتمد عليه.";
}

/// What to do about it.
pub(crate) fn remedy(lang: Lang, code: Code) -> &'static str {
    lang.pick(match code {
        Code::LogUnknown | Code::NoQuorum => (
            "Get the policy from a source you trust and give it with --policy.",
            "خذ السياسة من مصدر تثق به وأعطها بالخيار --policy.",
        ),
        Code::RootsMissing | Code::RootUnknown => (
            "Give the authorities with --roots, or accept that it stays open: --without-roots.",
            "أعطِ السلطات بالخيار --roots أو اقبل بقائها غير محسومة: --without-roots.",
        ),
        Code::KeyUnproven | Code::AssessmentUnproven | Code::NoBracket => {
            ("Ask for a bundle made with barid bundle.", "اطلب حزمة أُعدّت بالأمر barid bundle.")
        }
        Code::DocumentAbsent => (
            "Get the document and compare it: sha256sum --check documents.sha256",
            "احصل على الوثيقة وقارنها: sha256sum --check documents.sha256",
        ),
        Code::AssessmentOpen => (
            "Ask somebody who may read those leaves for a bundle: a restricted filing is for its \
             sender and its recipients only.",
            "اطلب حزمة ممن يحق له قراءة تلك الأوراق: المعاملة المقيّدة لمرسلها ومستلميها فقط.",
        ),
        Code::HubWithoutRules => (
            "Count it by hand, or ask the hub's operator when the rule set was published.",
            "احسبها يدوياً، أو اسأل مشغّل المنصة متى نُشرت مجموعة القواعد.",
        ),
        Code::RulesUnknown => (
            "Get the text of the rule set from whoever issued it and give it with --rules.",
            "خذ نص مجموعة القواعد ممن أصدرها وأعطه بالخيار --rules.",
        ),
        Code::TokenUnchecked | Code::ReadmeOther | Code::RevokedLater | Code::LawUnused => {
            ("Nothing else.", "لا شيء آخر.")
        }
        code if code.blame() == Blame::Hub => (
            "Keep this bundle and show it to every institution: it is evidence against the hub.",
            "احفظ هذه الحزمة واعرضها على كل المؤسسات: هي دليل على المنصة.",
        ),
        code if code.blame() == Blame::Sender || code.blame() == Blame::Recipient => {
            ("Keep this bundle and ask that office.", "احفظ هذه الحزمة واسأل ذلك المكتب.")
        }
        _ => (
            "Do not rely on this bundle; ask the hub or another holder for a new one.",
            "لا تعتمد على هذه الحزمة؛ اطلب غيرها من المنصة أو من حائز آخر.",
        ),
    })
}

/// What happened, for people.
pub(crate) fn event(lang: Lang, kind: EventKind) -> &'static str {
    lang.pick(match kind {
        EventKind::SubmissionAcceptance => ("filed", "قُدّمت"),
        EventKind::SubmissionRejection => ("refused by the hub", "رفضتها المنصة"),
        EventKind::ContentConsignment => ("put into the inbox", "وُضعت في الوارد"),
        EventKind::ContentAccessTracking => ("fetched", "استُلمت آلياً"),
        EventKind::ContentHandover => ("receipt acknowledged", "أُقرّ باستلامها"),
        EventKind::ConsignmentAcceptance => ("registered", "سُجّلت"),
        EventKind::ConsignmentRejection => ("refused by the clerk", "رفض الكاتب تسجيلها"),
        EventKind::AcceptanceRejectionExpiry => ("no answer in time", "لا جواب ضمن المهلة"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_is_said_in_both_languages() {
        let arabic_letter = |c: char| ('\u{600}'..='\u{6ff}').contains(&c);
        for code in Code::ALL {
            for say in [found, remedy] {
                assert!(say(Lang::En, *code).is_ascii(), "{code:?}");
                assert!(say(Lang::Ar, *code).contains(arabic_letter), "{code:?}");
            }
        }
    }
}
