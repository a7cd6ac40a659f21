//! Short words for the values of enumerations.

use barid_client::error::Hint;
use barid_client::refusal::Blame;
use barid_proto::v1::{
    AssessmentFinding, DataClass, DeliveryStep, HubStatementKind, OutageScope, ProblemSeverity,
};

use super::Lang;

/// How far a delivery came.
pub(crate) fn step(lang: Lang, step: DeliveryStep) -> &'static str {
    lang.pick(match step {
        DeliveryStep::Unspecified => ("unknown", "غير معروف"),
        DeliveryStep::Consigned => ("in the inbox", "في صندوق الوارد"),
        DeliveryStep::Fetched => ("fetched", "استُلم آلياً"),
        DeliveryStep::Acknowledged => ("acknowledged", "أُقرّ بالاستلام"),
        DeliveryStep::Registered => ("registered", "سُجّل"),
        DeliveryStep::Refused => ("refused", "رُفض التسجيل"),
    })
}

/// What the hub states.
pub(crate) fn stated(lang: Lang, kind: HubStatementKind) -> &'static str {
    lang.pick(match kind {
        HubStatementKind::Unspecified => ("unknown", "غير معروف"),
        HubStatementKind::Fetched => ("fetched from the inbox", "استُلم من صندوق الوارد"),
        HubStatementKind::Rejected => ("the hub refused it", "رفضته المنصة"),
        HubStatementKind::Expired => ("not answered in time", "لم يُجب عليه قبل انقضاء المهلة"),
        HubStatementKind::Outage => {
            ("the hub was down, or gave no receipts", "كانت المنصة متوقفة أو لم تُعطِ إيصالات")
        }
    })
}

/// Which end of a link was down.
pub(crate) fn outage_scope(lang: Lang, scope: OutageScope) -> &'static str {
    lang.pick(match scope {
        OutageScope::Unspecified => ("unknown", "غير معروف"),
        OutageScope::Hub => ("the hub was down", "المنصة متوقفة"),
        OutageScope::Witnesses => ("no receipts, witnesses away", "لا إيصالات لغياب الشهود"),
        OutageScope::Link => ("hub not reached", "تعذر الوصول إلى المنصة"),
    })
}

/// What an office's report of an outage is worth.
pub(crate) fn report_worth(lang: Lang, conclusion: &str) -> &'static str {
    lang.pick(match conclusion {
        "contradicted" => ("contradicted by the log", "يخالفه السجل"),
        "confirmed" => ("confirmed by the hub", "تؤكده المنصة"),
        _ => ("the office's word alone", "قول المكتب وحده"),
    })
}

/// What class of data.
pub(crate) fn class(lang: Lang, class: DataClass) -> &'static str {
    lang.pick(match class {
        DataClass::Unspecified => ("unknown", "غير معروف"),
        DataClass::Live => ("live", "قضية فعلية"),
        DataClass::Anonymised => ("anonymised", "مجهولة الهوية"),
        DataClass::Synthetic => ("synthetic", "تجريبية"),
        DataClass::Published => ("published", "منشورة"),
    })
}

/// What an assessment came to.
pub(crate) fn finding(lang: Lang, finding: AssessmentFinding) -> &'static str {
    lang.pick(match finding {
        AssessmentFinding::Unspecified => ("unknown", "غير معروف"),
        AssessmentFinding::InOrder => ("in order", "سليم"),
        AssessmentFinding::OutOfOrder => ("not in order", "غير سليم"),
        AssessmentFinding::Contested => ("contested", "محل خلاف"),
        AssessmentFinding::Undecided => ("undecided", "غير محسوم"),
    })
}

/// How bad a problem is.
pub(crate) fn reading_severity(lang: Lang, severity: ProblemSeverity) -> &'static str {
    lang.pick(match severity {
        ProblemSeverity::Unspecified => ("unknown", "غير معروف"),
        ProblemSeverity::Error => ("error", "خطأ"),
        ProblemSeverity::Warning => ("look", "تنبيه"),
    })
}

/// Whose fault it is.
pub(crate) fn blame(lang: Lang, blame: Blame) -> &'static str {
    lang.pick(match blame {
        Blame::Connection => ("the connection's certificate", "شهادة الاتصال"),
        Blame::Sender => ("the sender", "المرسل"),
        Blame::Filing => ("what was sent", "المرسَل نفسه"),
        Blame::Load => ("nobody: timing and load", "لا أحد: الوقت والازدحام"),
        Blame::Hub => ("the hub", "المنصة"),
    })
}

/// What to do about a connection that cannot be made.
pub(crate) fn hint(lang: Lang, hint: Hint) -> &'static str {
    lang.pick(match hint {
        Hint::NothingListens => (
            "Nothing answers there. Check address and port in the profile, and the link.",
            "لا أحد يجيب هناك. تحقق من العنوان والمنفذ في الملف الشخصي ومن الاتصال.",
        ),
        Hint::UnknownName => (
            "The name is not known. Check the address in the profile.",
            "الاسم غير معروف. تحقق من العنوان في الملف الشخصي.",
        ),
        Hint::HubNotTrusted => (
            "The hub's certificate is not from the network's authority or is for another name. Do \
             not go on; check `ca` and `server_name` in the profile, and tell the operator.",
            "شهادة المنصة ليست من سلطة الشبكة أو هي لاسم آخر. لا تتابع؛ تحقق من ca و server_name \
             وأبلغ المشغّل.",
        ),
        Hint::CertificateRefused => (
            "The hub does not take this office's certificate: unknown, expired or revoked. Ask the \
             network's certificate authority for a new one.",
            "لا تقبل المنصة شهادة هذا المكتب: مجهولة أو منتهية أو ملغاة. اطلب شهادة جديدة من سلطة \
             الشهادات.",
        ),
        Hint::NoCommonTls => (
            "What answers there does not speak TLS 1.3. Check the port.",
            "ما يجيب هناك لا يستخدم TLS 1.3. تحقق من المنفذ.",
        ),
        Hint::TooSlow => (
            "The answer took too long. What was filed is in the outbox: `barid pending --send`.",
            "تأخر الجواب. ما قُدّم محفوظ في صندوق الصادر: barid pending --send.",
        ),
    })
}
