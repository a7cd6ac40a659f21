//! What can set a period going, in words.

use super::language::{Four, Language};
use crate::kind::filing_kind_of_name;
use crate::v1::FilingKind;

/// A trigger by its name in the rule set. One that is not known is shown as it is.
pub(super) fn trigger(language: Language, name: &str) -> String {
    if name == "polling" {
        return language.pick(POLLING).to_owned();
    }
    match filing_kind_of_name(name).map(kind) {
        Some(names) if !language.pick(names).is_empty() => language.pick(names).to_owned(),
        _ => language.exact(name),
    }
}

const POLLING: Four = ["الاقتراع", "دەنگدان", "polling", "la jornada electoral"];

/// Words of a kind; empty ones for a kind that no period hangs on.
fn kind(kind: FilingKind) -> Four {
    let found = KINDS.iter().find(|(known, _)| *known == kind);
    found.map_or(["", "", "", ""], |(_, words)| *words)
}

/// Kinds of filing that the law attaches periods to.
const KINDS: &[(FilingKind, Four)] = &[
    (
        FilingKind::ComplaintRegistered,
        ["تسجيل الشكوى", "تۆمارکردنی سکاڵا", "complaint registered", "queja registrada"],
    ),
    (
        FilingKind::ComplaintClassified,
        ["تصنيف الشكوى", "پۆلێنکردنی سکاڵا", "complaint classified", "queja clasificada"],
    ),
    (
        FilingKind::InquiryReported,
        ["تقرير التحقيق", "ڕاپۆرتی لێکۆڵینەوە", "inquiry report", "informe de investigación"],
    ),
    (FilingKind::DelegationGranted, ["التخويل", "دەسەڵاتپێدان", "delegation", "delegación"]),
    (
        FilingKind::DelegatedDecision,
        [
            "القرار بالتخويل",
            "بڕیار بە دەسەڵاتپێدان",
            "delegated decision",
            "resolución por delegación",
        ],
    ),
    (
        FilingKind::CouncilDecision,
        [
            "قرار مجلس المفوضين",
            "بڕیاری ئەنجوومەنی کۆمسیاران",
            "decision of the Council",
            "resolución del Consejo",
        ],
    ),
    (
        FilingKind::PublicationCertificate,
        ["شهادة النشر", "بڕوانامەی بڵاوکردنەوە", "publication", "publicación"],
    ),
    (
        FilingKind::AppealFiled,
        ["تقديم الطعن", "پێشکەشکردنی تانە", "appeal", "medio de impugnación"],
    ),
    (
        FilingKind::SupplementFiled,
        ["ملحق الطعن", "پاشکۆی تانە", "supplement to an appeal", "ampliación de demanda"],
    ),
    (FilingKind::Referral, ["الإحالة", "ڕەوانەکردن", "referral", "remisión"]),
    (
        FilingKind::ReturnToCouncil,
        ["الإعادة إلى المجلس", "گەڕاندنەوە بۆ ئەنجوومەن", "return to the Council", "devolución"],
    ),
    (FilingKind::Query, ["الاستيضاح", "پرسیارکردن", "query", "requerimiento"]),
    (FilingKind::Answer, ["الجواب", "وەڵام", "answer", "desahogo del requerimiento"]),
    (FilingKind::RulingIssued, ["القرار القضائي", "بڕیاری دادوەری", "ruling", "sentencia"]),
    (FilingKind::ProofOfService, ["التبليغ", "ئاگادارکردنەوە", "service", "notificación"]),
    (
        FilingKind::ImplementationReport,
        ["تقرير التنفيذ", "ڕاپۆرتی جێبەجێکردن", "implementation report", "informe de cumplimiento"],
    ),
    (
        FilingKind::CriminalReferral,
        [
            "الإحالة إلى الجهات التحقيقية",
            "ڕەوانەکردن بۆ لایەنی لێکۆڵینەوە",
            "criminal referral",
            "vista al ministerio público",
        ],
    ),
    (
        FilingKind::ClosingCertificate,
        ["شهادة حسم الطعون", "بڕوانامەی یەکلاکردنەوە", "closing certificate", "cierre"],
    ),
    (
        FilingKind::ResultsAdopted,
        [
            "إقرار النتائج النهائية",
            "پەسەندکردنی ئەنجامی کۆتایی",
            "adoption of final results",
            "resultados definitivos",
        ],
    ),
    (
        FilingKind::RatificationRequest,
        [
            "طلب المصادقة",
            "داوای پەسەندکردن",
            "request for ratification",
            "solicitud de declaración de validez",
        ],
    ),
    (
        FilingKind::RatificationDecision,
        [
            "قرار المصادقة",
            "بڕیاری پەسەندکردن",
            "decision on ratification",
            "declaración de validez",
        ],
    ),
    (
        FilingKind::RatificationNotice,
        [
            "التبليغ بالمصادقة",
            "ئاگادارکردنەوە لە پەسەندکردن",
            "notice of ratification",
            "aviso de la declaración de validez",
        ],
    ),
    (
        FilingKind::ResultsAnnounced,
        [
            "إعلان النتائج",
            "ڕاگەیاندنی ئەنجامەکان",
            "announcement of results",
            "anuncio de resultados",
        ],
    ),
    (
        FilingKind::InterimOrder,
        ["الأمر الولائي", "فەرمانی ویلایی", "interim order", "medida cautelar"],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triggers_have_words_and_unknown_ones_stay_as_they_are() {
        for language in Language::ALL {
            assert!(!trigger(language, "publication-certificate").contains('-'));
            assert!(trigger(language, "no-such-kind").contains("no-such-kind"));
        }
        assert_eq!(trigger(Language::English, "polling"), "polling");
        assert_eq!(trigger(Language::Spanish, "key-event"), "key-event");
    }

    #[test]
    fn no_kind_has_words_in_some_languages_only() {
        for number in 0..=64 {
            let Ok(one) = FilingKind::try_from(number) else { continue };
            let empty = kind(one).iter().filter(|word| word.is_empty()).count();
            assert!(empty == 0 || empty == 4, "{one:?}");
        }
    }
}
