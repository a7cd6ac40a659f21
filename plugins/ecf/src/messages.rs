//! The messages of the standard: what each is called and is for, and which of them are read.

/// Beginning of every namespace of ECF 4.0, which 4.01 keeps.
const ECF_4: &str = "urn:oasis:names:tc:legalxml-courtfiling:";

/// Beginning of every namespace of ECF 5.0.
pub(crate) const ECF_5: &str = "https://docs.oasis-open.org/legalxml-courtfiling/ns/v5.0/";

/// What a message is to Barid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reads {
    /// A filing.
    Filing,
    /// A wrapper around a filing and its payment.
    Wrapped,
    /// A court's review of a filing.
    Review,
    /// The end of docketing.
    Docketing,
    /// No filing and no answer to one.
    Nothing,
}

/// A message of the standard.
#[derive(Debug)]
pub(crate) struct KnownMessage {
    pub(crate) name: &'static str,
    pub(crate) reads: Reads,
    /// What it is, in Arabic and English.
    pub(crate) ar: &'static str,
    pub(crate) en: &'static str,
}

/// The messages whose own name says what they are to Barid. The others are told by the ending of
/// their name.
const MESSAGES: &[KnownMessage] = &[
    known("CoreFilingMessage", Reads::Filing, "إيداع", "a filing"),
    known("FilingMessage", Reads::Filing, "إيداع", "a filing"),
    known("RecordDocketingMessage", Reads::Filing, "إيداع راجعه الكاتب", "a reviewed filing"),
    known(
        "ReviewFilingRequestMessage",
        Reads::Wrapped,
        "طلب مراجعة إيداع",
        "a request to review a filing",
    ),
    known(
        "ReviewFilingRequest",
        Reads::Wrapped,
        "طلب مراجعة إيداع",
        "a request to review a filing",
    ),
    known("ReviewFilingCallbackMessage", Reads::Review, "نتيجة المراجعة", "the result of a review"),
    known(
        "RecordDocketingCallbackMessage",
        Reads::Docketing,
        "نتيجة القيد في السجل",
        "the result of docketing",
    ),
    nothing("NotifyFilingReviewCompleteMessage", "نتيجة المراجعة", "the result of a review"),
    nothing("NotifyDocketingCompleteMessage", "نتيجة القيد في السجل", "the result of docketing"),
    nothing("MessageReceiptMessage", "إشعار استلام", "a receipt for a message"),
    nothing("PaymentMessage", "دفع رسوم", "a payment"),
    nothing("PaymentReceiptMessage", "إيصال دفع", "a receipt for a payment"),
    nothing("ServiceReceiptMessage", "إشعار تبليغ", "a receipt for service"),
    nothing("CancelFilingMessage", "سحب إيداع", "the cancelling of a filing"),
    nothing("CaseListQueryMessage", "سؤال عن قضايا", "a query for a list of cases"),
    nothing("CaseListResponseMessage", "قائمة قضايا", "a list of cases"),
    nothing("CaseQueryMessage", "سؤال عن قضية", "a query for a case"),
    nothing("CaseResponseMessage", "بيانات قضية", "the description of a case"),
    nothing("CourtPolicyQueryMessage", "سؤال عن سياسة المحكمة", "a query for a court's policy"),
    nothing("CourtPolicyResponseMessage", "سياسة المحكمة", "a court's policy"),
    nothing("DocumentQueryMessage", "سؤال عن مستند", "a query for a document"),
    nothing("DocumentResponseMessage", "مستند من السجل", "a document from the court's record"),
    nothing("FeesCalculationQueryMessage", "سؤال عن الرسوم", "a query for fees"),
    nothing("FeesCalculationResponseMessage", "حساب الرسوم", "a calculation of fees"),
    nothing("FilingListQueryMessage", "سؤال عن إيداعات", "a query for a list of filings"),
    nothing("FilingListResponseMessage", "قائمة إيداعات", "a list of filings"),
    nothing(
        "FilingStatusQueryMessage",
        "سؤال عن حال إيداع",
        "a query for the progress of a filing",
    ),
    nothing("FilingStatusResponseMessage", "حال إيداع", "the progress of a filing"),
    nothing(
        "ServiceInformationQueryMessage",
        "سؤال عن عناوين التبليغ",
        "a query for addresses for service",
    ),
    nothing("ServiceInformationResponseMessage", "عناوين التبليغ", "addresses for service"),
    nothing(
        "GetCourtScheduleRequestMessage",
        "سؤال عن جدول الجلسات",
        "a query for a court's schedule",
    ),
    nothing("GetCourtScheduleResponseMessage", "جدول الجلسات", "a court's schedule"),
];

/// What other messages of ECF are, by how their names end.
const ENDINGS: &[KnownMessage] = &[
    nothing("QueryMessage", "سؤال", "a query"),
    nothing("RequestMessage", "طلب", "a request"),
    nothing("ResponseMessage", "جواب", "a response"),
    nothing("CallbackMessage", "نتيجة", "a callback"),
    nothing("Message", "رسالة أخرى", "another message"),
];

const fn known(
    name: &'static str,
    reads: Reads,
    ar: &'static str,
    en: &'static str,
) -> KnownMessage {
    KnownMessage { name, reads, ar, en }
}

const fn nothing(name: &'static str, ar: &'static str, en: &'static str) -> KnownMessage {
    known(name, Reads::Nothing, ar, en)
}

/// The message of this name. `None`: the standard has none that is called so or alike.
pub(crate) fn named(name: &str) -> Option<&'static KnownMessage> {
    let exact = MESSAGES.iter().find(|message| message.name == name);
    exact.or_else(|| ENDINGS.iter().find(|message| name.ends_with(message.name)))
}

/// The standard to which a namespace belongs. `None`: to neither.
pub(crate) fn standard(namespace: &str) -> Option<&'static str> {
    if namespace.starts_with(ECF_4) {
        Some("ECF 4.0")
    } else if namespace.starts_with(ECF_5) {
        Some("ECF 5.0")
    } else {
        None
    }
}
