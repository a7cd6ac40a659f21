//! What is said about sealed exhibits, in English, Arabic and Sorani: whoever reads them has to
//! know why one does not open.

use barid_client::error::SealedFault;
use barid_proto::sealed::SealedError;

use super::Lang;

/// English, Arabic, Sorani. `{}` stands for a value, in the same order in all.
type Three = [&'static str; 3];

/// Something the command line says about sealed exhibits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SealedMsg {
    /// A key was made.
    KeyMade,
    /// Where it is, and what losing it means.
    KeySafe,
    /// A key is in use.
    KeyEnrolled,
    /// Who can read a sealed exhibit: number, digest, offices.
    Readers,
    /// Access was given: offices, digest, order.
    Access,
    /// The order is a filing: its digest.
    OrderFiled,
    /// The order is an act: its number and institution.
    OrderAct,
    /// A sealed exhibit was opened: path, title.
    Opened,
    /// Access was given and filed: offices.
    Granted,
}

impl SealedMsg {
    fn wording(self) -> Three {
        match self {
            Self::KeyMade => [
                "Key for sealed exhibits made: {}",
                "أُنشئ مفتاح المستمسكات المختومة: {}",
                "کلیلی بەڵگەنامە مۆرکراوەکان دروستکرا: {}",
            ],
            Self::KeySafe => [
                "It is in {}. Keep a copy in a safe: without it nothing that was sealed for this \
                 office can ever be opened, by anybody.",
                "محفوظ في {}. احفظ نسخة منه في خزنة: من دونه لن يفتح أحد أبداً ما خُتم لهذا المكتب.",
                "لە {} هەڵگیراوە. وێنەیەکی لە خەزنەدا هەڵبگرە: بەبێ ئەو، ئەوەی بۆ ئەم نووسینگەیە \
                 مۆرکراوە هەرگیز لەلایەن کەسەوە ناکرێتەوە.",
            ],
            Self::KeyEnrolled => [
                "From now on others can seal exhibits for this office.",
                "من الآن يستطيع الآخرون ختم المستمسكات لهذا المكتب.",
                "لەمەودوا ئەوانی تر دەتوانن بەڵگەنامە بۆ ئەم نووسینگەیە مۆر بکەن.",
            ],
            Self::Readers => [
                "Sealed exhibit {} ({}). Can open it: {}",
                "مستمسك مختوم {} ({}). يستطيع فتحه: {}",
                "بەڵگەنامەی مۆرکراو {} ({}). دەتوانن بیکەنەوە: {}",
            ],
            Self::Access => [
                "Can open it from here on: {}. Sealed exhibit {}. By order: {}",
                "يستطيع فتحه من هنا فصاعداً: {}. المستمسك المختوم {}. بموجب: {}",
                "لێرەوە دەتوانن بیکەنەوە: {}. بەڵگەنامەی مۆرکراو {}. بەپێی: {}",
            ],
            Self::OrderFiled => ["the filing {}", "المعاملة {}", "مامەڵەی {}"],
            Self::OrderAct => ["{} of {}", "{} الصادر عن {}", "{} لە {}"],
            Self::Opened => [
                "Opened and compared: {} (its title: {})",
                "فُتح وطوبق: {} (عنوانه: {})",
                "کرایەوە و بەراورد کرا: {} (ناونیشانەکەی: {})",
            ],
            Self::Granted => [
                "From now on they can open it: {}",
                "من الآن يستطيعون فتحه: {}",
                "لەمەودوا دەتوانن بیکەنەوە: {}",
            ],
        }
    }
}

/// A message about sealed exhibits with its values filled in.
pub(crate) fn sealed(lang: Lang, message: SealedMsg, values: &[&str]) -> String {
    lang.fill_three(message.wording(), values)
}

/// Why an exhibit is not sealed or not opened, and what to do.
pub(crate) fn sealed_fault(lang: Lang, fault: &SealedFault) -> String {
    let (wording, value) = reason(fault);
    lang.fill_three(wording, &[&value])
}

fn reason(fault: &SealedFault) -> (Three, String) {
    match fault {
        SealedFault::NoUnsealingKey(offices) => (NO_KEY, offices.clone()),
        SealedFault::NoRecipient => (NO_RECIPIENT, String::new()),
        SealedFault::NotInCase => (NOT_IN_CASE, String::new()),
        SealedFault::NotARecipient => (NOT_A_RECIPIENT, String::new()),
        SealedFault::KeyLost(key) => (KEY_LOST, key.clone()),
        SealedFault::OtherPlaintext => (OTHER_PLAINTEXT, String::new()),
        SealedFault::Sealed(error) => of_sealed(error),
    }
}

fn of_sealed(error: &SealedError) -> (Three, String) {
    let nothing = String::new();
    match error {
        SealedError::Segment(index) => (SEGMENT, index.to_string()),
        SealedError::Truncated => (TRUNCATED, nothing),
        SealedError::NotSealed => (NOT_SEALED, nothing),
        SealedError::OtherKey => (OTHER_KEY, nothing),
        SealedError::Wrap | SealedError::OtherDocument => (WRAP, nothing),
        SealedError::NotARecipient(_) => (NOT_A_RECIPIENT, nothing),
        other => {
            (["{}", "تعذر الختم أو الفتح: {}", "مۆرکردن یان کردنەوە نەکرا: {}"], other.to_string())
        }
    }
}

const NO_KEY: Three = [
    "No key for sealed exhibits is in use at: {}. Ask them to make one: barid key new --for sealing, \
     barid enrol --sealing.",
    "لا مفتاح مستعمل للمستمسكات المختومة لدى: {}. اطلب إنشاءه: barid key new --for sealing ثم \
     barid enrol --sealing.",
    "کلیلی بەڵگەنامە مۆرکراوەکان بەکارنایەت لە: {}. داوایان لێ بکە دروستی بکەن: \
     barid key new --for sealing, barid enrol --sealing.",
];
const NO_RECIPIENT: Three = [
    "Nobody could open it: name a recipient with --to, or enrol a key of this office.",
    "لن يستطيع أحد فتحه: سمِّ مرسلاً إليه بالخيار --to أو سجّل مفتاحاً لهذا المكتب.",
    "کەس ناتوانێت بیکاتەوە: وەرگرێک بە --to دیاری بکە یان کلیلێک بۆ ئەم نووسینگەیە تۆمار بکە.",
];
const NOT_IN_CASE: Three = [
    "No filing of this case has a sealed exhibit of this digest. barid docket show lists them.",
    "لا توجد في هذه القضية معاملة فيها مستمسك مختوم بهذه البصمة. الأمر barid docket show يعرضها.",
    "هیچ مامەڵەیەکی ئەم دۆسیەیە بەڵگەنامەی مۆرکراوی بەم پەنجەمۆرەی نییە. barid docket show پیشانیان دەدات.",
];
const NOT_A_RECIPIENT: Three = [
    "This office was not given access: no key is wrapped for it. Whoever can open it gives access as \
     the court ordered: barid access grant.",
    "لم يُمنح هذا المكتب حق الاطلاع: لم يُغلَّف له أي مفتاح. يمنحه من يستطيع فتحه بأمر المحكمة: \
     barid access grant.",
    "دەستگەیشتن بەم نووسینگەیە نەدراوە: هیچ کلیلێکی بۆ نەپێچراوەتەوە. ئەوەی دەتوانێت بیکاتەوە بە \
     فەرمانی دادگا دەیدات: barid access grant.",
];
const KEY_LOST: Three = [
    "It was sealed for this office's key {}, which is not here. Look on the office's other machines \
     and in the safe, and name it in unsealing_keys; if it is lost, another who can open it has to \
     give access anew.",
    "خُتم لمفتاح هذا المكتب {} وهو ليس هنا. ابحث في أجهزة المكتب الأخرى وفي الخزنة وسمّه في \
     unsealing_keys، فإن ضاع فليمنح الاطلاعَ من جديد مَن يستطيع فتحه.",
    "بۆ کلیلی ئەم نووسینگەیە {} مۆرکراوە، کە لێرە نییە. لە ئامێرەکانی تر و خەزنەدا بۆی بگەڕێ و لە \
     unsealing_keys بینووسە؛ ئەگەر ون بووە، با کەسێکی تر کە دەتوانێت بیکاتەوە سەرلەنوێ دەستگەیشتن بدات.",
];
const OTHER_PLAINTEXT: Three = [
    "It opens, and is not what its sender described: the digest is another. Keep it and tell the \
     sender.",
    "فُتح وليس ما وصفه مرسله: بصمته مختلفة. احفظه وأبلغ المرسل.",
    "کرایەوە، بەڵام ئەوە نییە کە نێرەر وەسفی کردووە: پەنجەمۆرەکەی جیاوازە. هەڵیبگرە و نێرەر ئاگادار بکەوە.",
];
const SEGMENT: Three = [
    "Segment {} was changed, moved or cut off since it was sealed. Nothing of it was kept: fetch it \
     again, and if that recurs, tell the sender.",
    "الجزء {} غُيّر أو نُقل أو اقتُطع بعد الختم. لم يُحفظ منه شيء: اجلبه من جديد، فإن تكرر فأبلغ المرسل.",
    "بەشی {} دوای مۆرکردن گۆڕدراوە یان گوازراوەتەوە یان بڕاوە. هیچی لێ هەڵنەگیراوە: دووبارە بیهێنە، \
     ئەگەر دووبارە بووەوە نێرەر ئاگادار بکەوە.",
];
const TRUNCATED: Three = [
    "The sealed exhibit is cut short: its end is missing.",
    "المستمسك المختوم مبتور: نهايته مفقودة.",
    "بەڵگەنامە مۆرکراوەکە کەمە: کۆتاییەکەی نییە.",
];
const NOT_SEALED: Three = [
    "The document is no sealed exhibit, though its sender says so. Tell the sender.",
    "الوثيقة ليست مستمسكاً مختوماً وإن قال مرسلها ذلك. أبلغ المرسل.",
    "بەڵگەنامەکە مۆرکراو نییە، هەرچەندە نێرەرەکەی وا دەڵێت. نێرەر ئاگادار بکەوە.",
];
const OTHER_KEY: Three = [
    "The key that was given is not the one this document was sealed with. Whoever gave access has to \
     give it again.",
    "المفتاح المعطى ليس الذي خُتمت به هذه الوثيقة. على من منح الاطلاع أن يمنحه من جديد.",
    "ئەو کلیلەی دراوە ئەوە نییە کە ئەم بەڵگەنامەیەی پێ مۆرکراوە. ئەوەی دەستگەیشتنی داوە دەبێت دووبارە بیدات.",
];
const WRAP: Three = [
    "The wrapped key does not open: it was made for another document, recipient, sender or hub, or \
     was changed. Whoever gave access has to give it again.",
    "المفتاح المغلَّف لا يُفتح: صُنع لوثيقة أو لمرسل إليه أو لمرسل أو لمنصة غيرها أو غُيّر. على من \
     منح الاطلاع أن يمنحه من جديد.",
    "کلیلە پێچراوەکە ناکرێتەوە: بۆ بەڵگەنامە یان وەرگر یان نێرەر یان ناوەندێکی تر دروستکراوە، یان \
     گۆڕدراوە. ئەوەی دەستگەیشتنی داوە دەبێت دووبارە بیدات.",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_is_said_in_three_languages_with_the_same_values() {
        let messages = [
            SealedMsg::KeyMade,
            SealedMsg::KeySafe,
            SealedMsg::KeyEnrolled,
            SealedMsg::Readers,
            SealedMsg::Access,
            SealedMsg::OrderFiled,
            SealedMsg::OrderAct,
            SealedMsg::Opened,
            SealedMsg::Granted,
        ];
        let faults = [
            SealedFault::NoUnsealingKey("ejp".into()),
            SealedFault::NoRecipient,
            SealedFault::NotInCase,
            SealedFault::NotARecipient,
            SealedFault::KeyLost("ab".into()),
            SealedFault::OtherPlaintext,
            SealedError::Segment(7).into(),
            SealedError::Truncated.into(),
            SealedError::NotSealed.into(),
            SealedError::OtherKey.into(),
            SealedError::Wrap.into(),
            SealedError::Library.into(),
        ];
        let wordings = messages.into_iter().map(SealedMsg::wording);
        let wordings: Vec<Three> =
            wordings.chain(faults.iter().map(|fault| reason(fault).0)).collect();
        for [english, arabic, sorani] in wordings {
            let values = |text: &str| text.matches("{}").count();
            assert_eq!(values(english), values(arabic), "{english}");
            assert_eq!(values(english), values(sorani), "{english}");
            assert_ne!(arabic, sorani, "{english}");
        }
        let said = sealed_fault(Lang::Ckb, &SealedFault::KeyLost("ab".into()));
        assert!(said.contains("\u{2068}ab\u{2069}") && said.contains("نووسینگەیە"), "{said}");
    }
}
