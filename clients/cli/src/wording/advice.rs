//! What to do about each refusal of the hub.

use barid_proto::v1::Reason;

use super::{Both, Lang};

/// What the person in front of the screen can do.
pub(crate) fn advice(lang: Lang, reason: Reason) -> &'static str {
    lang.pick(wording(reason))
}

/// About the connection, the sender and the envelope.
fn wording(reason: Reason) -> Both {
    use Reason as R;
    match reason {
        R::CertificateWithoutOffice | R::OfficeUnknown => (
            "Ask the operator: the certificate has to name an office that is in the directory.",
            "راجع المشغّل: يجب أن تسمّي الشهادة مكتباً موجوداً في الدليل.",
        ),
        R::SenderMismatch => (
            "Set institution and office in the profile as the certificate names them.",
            "اجعل المؤسسة والمكتب في الملف الشخصي كما في الشهادة.",
        ),
        R::KeyUnknown => ("Enrol the key first: barid enrol.", "سجّل المفتاح أولاً: barid enrol."),
        R::KeyOutOfUse => ("Sign with a key that is in use.", "وقّع بمفتاح مستعمل."),
        R::SignatureInvalid => (
            "The bytes changed between signing and sending. Send again; if it recurs, tell the \
             operator.",
            "تغيّرت البيانات بين التوقيع والإرسال. أعد الإرسال، فإن تكرر فأبلغ المشغّل.",
        ),
        R::KeyNotVouchedFor => (
            "Have a key in use or the institution's administrative key sign as well.",
            "ليوقّع أيضاً مفتاح مستعمل أو المفتاح الإداري للمؤسسة.",
        ),
        R::NotPermitted => (
            "The permission table says who may send this. Check kind, recipients and case.",
            "جدول الصلاحيات يحدد من يرسل هذا النوع. تحقق من النوع والمرسل إليهم والقضية.",
        ),
        R::EnvelopeMalformed | R::EnvelopeInvalid => (
            "Mend the places named below. If none is yours, this program needs an update.",
            "صحّح المواضع المذكورة أدناه. إن لم تكن منك فالبرنامج يحتاج تحديثاً.",
        ),
        R::WrongHub => (
            "The trust file names another hub than the address leads to.",
            "ملف الثقة يسمّي منصة غير التي يقود إليها العنوان.",
        ),
        R::EnvelopeConflict => ("File it anew.", "قدّمها من جديد."),
        R::SequenceGap => (
            "This key was used with another outbox. Use that one, or enrol another key.",
            "استُعمل هذا المفتاح مع صندوق صادر آخر. استعمل ذاك أو سجّل مفتاحاً آخر.",
        ),
        R::EnvelopeExpired => {
            ("Its time limit passed. File it anew.", "انتهت مهلتها. قدّمها من جديد.")
        }
        R::HistoryDiffers => (
            "Evidence of two histories. Keep the profile folder as it is and tell every other \
             institution.",
            "دليل على وجود سجلين مختلفين. احفظ مجلد الملف الشخصي كما هو وأبلغ المؤسسات الأخرى.",
        ),
        _ => about_filing(reason),
    }
}

/// About the filing, the load, and the hub itself.
fn about_filing(reason: Reason) -> Both {
    use Reason as R;
    match reason {
        R::CaseUnknown => (
            "Check identifier or number; a case this office is no party to does not exist for it.",
            "تحقق من المعرّف أو الرقم؛ القضية التي ليس المكتب طرفاً فيها غير موجودة له.",
        ),
        R::CaseAmbiguous => (
            "The number names several cases: give the identifier with --case.",
            "الرقم لأكثر من قضية: اذكر المعرّف مع --case.",
        ),
        R::ContentInvalid => ("Mend the places named below.", "صحّح المواضع المذكورة أدناه."),
        R::NothingToAnswer => (
            "Check the position in the inbox: barid inbox list.",
            "تحقق من الموضع في الوارد: barid inbox list.",
        ),
        R::DataClassForbidden => (
            "Classes of data never mix. Check --data-class against the case and the recipients.",
            "أصناف البيانات لا تختلط. تحقق من --data-class مع القضية والمرسل إليهم.",
        ),
        R::RecipientUnknown => (
            "Check the recipients against the directory: barid whoami --directory.",
            "تحقق من المرسل إليهم في الدليل: barid whoami --directory.",
        ),
        R::TooLarge => (
            "Put large papers into exhibits, or split the filing.",
            "ضع الأوراق الكبيرة في المرفقات أو جزّئ التقديم.",
        ),
        R::TooMany | R::TooSlow | R::Stopping | R::Unconfirmed => (
            "Nothing is lost: send again in a while with barid pending --send.",
            "لم يضِع شيء: أعد الإرسال بعد قليل بالأمر barid pending --send.",
        ),
        R::FormatUnknown => ("Check --format.", "تحقق من --format."),
        R::Unreadable => (
            "Mend all places (barid check shows every one), then file it anew.",
            "صحّح كل المواضع (barid check يعرضها كلها) ثم قدّمها من جديد.",
        ),
        R::FormatFailed | R::HubFailed | R::HubFull => (
            "Quote the correlation identifier to the operator, then send again.",
            "اذكر معرّف الارتباط للمشغّل ثم أعد الإرسال.",
        ),
        R::HistoryLost => (
            "The hub was set back and signs nothing. Keep your receipts and tell the other \
             institutions.",
            "أُعيدت المنصة إلى حالة سابقة ولا توقّع شيئاً. احفظ إيصالاتك وأبلغ المؤسسات الأخرى.",
        ),
        R::NotFound => ("Check what was asked for.", "تحقق مما طُلب."),
        R::RequestInvalid => ("Check the arguments.", "تحقق من المعطيات."),
        _ => about_documents(reason),
    }
}

/// About documents that are not here, or must not be.
fn about_documents(reason: Reason) -> Both {
    use Reason as R;
    match reason {
        R::ExhibitMissing => (
            "Send again: barid pending --send uploads what is missing.",
            "أعد الإرسال: barid pending --send يرفع الناقص.",
        ),
        R::Retained => (
            "Nothing was destroyed. Look at the holds with barid docket show, and ask whoever \
             placed them.",
            "لم يُتلف شيء. اطّلع على أوامر الحفظ بالأمر barid docket show واسأل من وضعها.",
        ),
        R::Destroyed => (
            "It was destroyed by order. Its digest proves what it was; who fetched it before may \
             still have it.",
            "أُتلفت بأمر. بصمتها تثبت ما كانت؛ وقد تبقى لدى من جلبها قبل ذلك.",
        ),
        R::QuotaUsed => (
            "Your institution's room for documents is used up: ask the operator for more, then \
             send again.",
            "استُنفدت المساحة المخصصة لوثائق مؤسستك: اطلب المزيد من المشغّل ثم أعد الإرسال.",
        ),
        R::DigestMismatch => ("Upload it again.", "ارفعه من جديد."),
        // The ones above, and what no hub sends.
        _ => ("Ask the operator.", "راجع المشغّل."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_advice_in_both_languages() {
        for number in 0..1000 {
            let Ok(reason) = Reason::try_from(number) else { continue };
            let (english, arabic) = wording(reason);
            let fallback = english == "Ask the operator." && reason != Reason::Unspecified;
            assert!(!fallback, "{reason:?} has no advice of its own");
            assert!(english.is_ascii() && english.ends_with('.'), "{reason:?}");
            assert!(arabic.contains(|c: char| ('\u{600}'..='\u{6ff}').contains(&c)), "{reason:?}");
        }
    }
}
