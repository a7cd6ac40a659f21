//! What each kind of filing is called. The Arabic words are those of the law and of the
//! institutions' own papers.

use barid_proto::v1::FilingKind;

use super::{Both, Lang};

/// The name of a kind of filing, as a heading.
pub(crate) fn kind(lang: Lang, kind: FilingKind) -> &'static str {
    lang.pick(name(kind))
}

fn name(kind: FilingKind) -> Both {
    use FilingKind as K;
    match kind {
        K::Unspecified => ("Unknown kind", "نوع غير معروف"),
        K::ComplaintRegistered => ("Complaint registered", "تسجيل شكوى"),
        K::ComplaintClassified => ("Complaint classified", "تصنيف شكوى"),
        K::InquiryReported => ("Inquiry report", "تقرير تحقيق"),
        K::DelegationGranted => ("Delegation granted", "تخويل"),
        K::DelegatedDecision => ("Delegated decision", "قرار بالتخويل"),
        K::CallIn => ("Call-in of a delegated decision", "سحب القرار إلى المجلس"),
        K::CouncilDecision => ("Council decision", "قرار مجلس المفوضين"),
        K::PublicationCertificate => ("Publication certificate", "شهادة نشر"),
        K::AppealFiled => ("Appeal filed", "تقديم طعن"),
        K::SupplementFiled => ("Supplement to an appeal", "ملحق طعن"),
        K::AppealWithdrawn => ("Appeal withdrawn", "التنازل عن طعن"),
        K::Referral => ("Referral", "إحالة"),
        K::ReturnToCouncil => ("Return to the Council", "إعادة إلى المجلس"),
        K::Query => ("Query", "استيضاح"),
        K::Answer => ("Answer", "جواب"),
        K::RulingIssued => ("Ruling", "قرار قضائي"),
        K::ProofOfService => ("Proof of service", "محضر تبليغ"),
        K::ImplementationReport => ("Implementation report", "تقرير تنفيذ"),
        K::CriminalReferral => ("Criminal referral", "إحالة إلى الجهات التحقيقية"),
        K::CriminalReferralAcknowledged => ("Criminal referral received", "استلام إحالة جزائية"),
        K::ClosingCertificate => ("Closing certificate", "شهادة حسم الطعون"),
        K::ResultsAdopted => ("Final results adopted", "إقرار النتائج النهائية"),
        K::RatificationRequest => ("Request for ratification", "طلب المصادقة"),
        K::RatificationDecision => ("Decision on ratification", "قرار المصادقة"),
        K::RatificationNotice => ("Notice of ratification", "تبليغ بالمصادقة"),
        K::ResultsAnnounced => ("Results announced", "إعلان النتائج"),
        K::InterimOrder => ("Interim order", "أمر ولائي"),
        K::JoinCases => ("Joinder of cases", "توحيد الدعاوى"),
        K::SplitCases => ("Separation of cases", "تفريق الدعاوى"),
        K::LinkCases => ("Link between cases", "ربط الدعاوى"),
        K::CorrectIdentifier => ("Correction of a number", "تصحيح رقم"),
        K::RegisterStatement => ("Statement of a register", "كشف السجل"),
        K::LedgerDigest => ("Daily digest of a register", "خلاصة السجل اليومية"),
        K::ReconciliationException => ("Difference between registers", "فرق بين السجلات"),
        K::RuleSetPublished => ("Rule set published", "نشر القواعد"),
        K::HolidayCalendar => ("Calendar of holidays", "تقويم العطل"),
        K::OfficeDirectory => ("Directory of offices", "دليل المكاتب"),
        K::KeyEvent => ("Signing key", "مفتاح التوقيع"),
        K::PilotPaper => ("Pilot paper", "ورقة تجريبية"),
        K::Acknowledgement => ("Acknowledgement", "إشعار بالاستلام"),
        K::Registration => ("Registration on the docket", "تسجيل في سجل الأساس"),
        K::RefusalToRegister => ("Refusal to register", "رفض التسجيل"),
        K::ClockToken => ("Time-stamp of a third party", "ختم زمني من جهة ثالثة"),
        K::MembershipChanged => ("Change of membership", "تغيير في العضوية"),
        K::OutageReported => ("Report of an outage", "تقرير انقطاع"),
        K::DocumentsDestroyed => ("Destruction of documents", "إتلاف وثائق"),
        K::HoldPlaced => ("Hold on documents", "حفظ وثائق من الإتلاف"),
        K::HoldLifted => ("Hold lifted", "رفع حفظ الوثائق"),
        K::AccessGranted => ("Access to sealed exhibits", "منح الاطلاع على مستمسكات مختومة"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn all_kinds_have_names_of_their_own_in_both_languages() {
        for lang in [Lang::En, Lang::Ar] {
            let names: BTreeSet<_> =
                (0..=49).map(|number| kind(lang, FilingKind::try_from(number).unwrap())).collect();
            assert_eq!(names.len(), 50, "{lang:?}");
        }
        assert!(FilingKind::try_from(50).is_err(), "a new kind needs a name here");
    }
}
