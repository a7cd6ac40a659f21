//! The wording of every problem, in Arabic and English: what is wrong and how to mend it.

use barid_json_reading::shown;
use barid_plugin::problem::Wording;
use barid_plugin::{Place, Problems};
use serde_json::Value;

use crate::filing::LINE_MAX_BYTES;
use crate::filing::slot::{NotPut, Unusable};
use crate::messages::{KnownMessage, Reads};

const CHOOSE: Wording<'static> = &[
    ("ar", "أرسل رسالة الإيداع نفسها أو اختر الصيغة الصحيحة."),
    ("en", "Send the filing's own message, or choose the format that this is."),
];
const ASK: Wording<'static> = &[
    ("ar", "اطلبه من نظام المحكمة إن لزم؛ لم يُضف شيء مكانه."),
    ("en", "Ask the court's system for it if it is needed; nothing was put in its place."),
];
const EXPORT: Wording<'static> = &[
    ("ar", "صحّحه في البرنامج الذي أنشأ الرسالة وأعد الإرسال."),
    ("en", "Correct it in the program that made the message, and send it again."),
];

/// Something that Barid asks for and a message does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    CaseNumber,
    CaseTitle,
    Content,
    CourtCode,
    CourtName,
    Description,
    Digest,
    FilingNumber,
    LeadDocument,
    MediaType,
    Name,
    Participants,
    PostDate,
    Reason,
    RegisteredAt,
    ReviewCode,
    Role,
    Submitter,
}

impl Missing {
    /// Code, and what it is in Arabic and English.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::CaseNumber => ("missing-case-number", "رقم القضية", "the number of the case"),
            Self::CaseTitle => ("missing-case-title", "عنوان القضية", "the title of the case"),
            Self::Content => (
                "missing-content",
                "محتوى المستند ومكانه",
                "the document's bytes or where they are",
            ),
            Self::CourtCode => ("missing-court-code", "رمز المحكمة", "the court's identifier"),
            Self::CourtName => ("missing-court-name", "اسم المحكمة", "the court's name"),
            Self::Description => {
                ("missing-description", "اسم المستند", "what the document is called")
            }
            Self::Digest => (
                "missing-digest",
                "بصمة المستند، فمحتواه ليس في الرسالة",
                "the document's SHA-256: its bytes do not stand in the message",
            ),
            Self::FilingNumber => ("missing-filing-number", "رقم الإيداع", "the filing's number"),
            Self::LeadDocument => ("missing-lead-document", "المستند الرئيس", "a lead document"),
            Self::MediaType => ("missing-media-type", "نوع المستند", "the document's media type"),
            Self::Name => ("missing-name", "اسم المشارك", "the participant's name"),
            Self::Participants => ("missing-participants", "أطراف القضية", "who takes part"),
            Self::PostDate => ("missing-post-date", "تاريخ الإرسال", "when the message was sent"),
            Self::Reason => ("missing-reason", "سبب الرفض", "why the filing is rejected"),
            Self::RegisteredAt => (
                "missing-registered-at",
                "لحظة التسجيل مع المنطقة الزمنية",
                "the instant of registration, with its zone",
            ),
            Self::ReviewCode => {
                ("missing-review-code", "نتيجة المراجعة", "the result of the review")
            }
            Self::Role => ("missing-role", "صفة المشارك", "the participant's role"),
            Self::Submitter => ("missing-submitter", "من أرسل الإيداع", "who sent the filing"),
        }
    }
}

/// Something is not said, and the filing is read without it.
pub(crate) fn missing(problems: &mut Problems, path: String, what: Missing) {
    let (code, ar, en) = what.words();
    let (ar, en) = (format!("لا تذكر الرسالة: {ar}."), format!("The message does not say: {en}."));
    problems.warning(code, Place::path(path), &[("ar", &ar), ("en", &en)], ASK);
}

/// Something is not said, and without it there is nothing.
pub(crate) fn needed(problems: &mut Problems, path: String, what: Missing) {
    let (code, ar, en) = what.words();
    let ar = format!("لا تذكر الرسالة: {ar}، ولا غنى عنه.");
    let en = format!("The message does not say {en}, which is needed.");
    problems.error(code, Place::path(path), &[("ar", &ar), ("en", &en)], EXPORT);
}

pub(crate) fn untitled(problems: &mut Problems, path: String) {
    problems.warning(
        "missing-title",
        Place::path(path),
        &[
            ("ar", "لا اسم للمستند الرئيس ولا للقضية، فسُمّيت الورقة باسم الرسالة."),
            (
                "en",
                "Neither the lead document nor the case has a name: it is called as its message.",
            ),
        ],
        &[("ar", "سمّ المستند الرئيس."), ("en", "Name the lead document.")],
    );
}

pub(crate) fn not_ecf(problems: &mut Problems, root: &str, namespace: &str) {
    let name =
        if namespace.is_empty() { root.to_owned() } else { format!("{{{namespace}}}{root}") };
    problems.error(
        "not-ecf",
        Place::path(format!("/{}", shortened(root))),
        &[
            ("ar", &format!("ليست رسالة من رسائل ECF بل {}.", shown(&name))),
            ("en", &format!("This is no message of ECF but {}.", shown(&name))),
        ],
        CHOOSE,
    );
}

/// JSON of another kind: what it is can only be told by some of its fields.
pub(crate) fn not_ecf_json(problems: &mut Problems, value: &Value) {
    let kind = match value {
        Value::Object(fields) => {
            fields.keys().take(3).map(String::as_str).collect::<Vec<_>>().join(", ")
        }
        Value::Array(_) => "[…]".to_owned(),
        other => other.to_string(),
    };
    problems.error(
        "not-ecf",
        Place::path("$"),
        &[
            ("ar", &format!("ليست رسالة ECF 5.0، وفيها: {}", shown(&kind))),
            ("en", &format!("This is no message of ECF 5.0; it has: {}", shown(&kind))),
        ],
        CHOOSE,
    );
}

fn of_another_kind(
    problems: &mut Problems,
    code: &str,
    root: &str,
    known: &KnownMessage,
    (ar, en): (&str, &str),
) {
    problems.error(
        code,
        Place::path(format!("/{}", shortened(root))),
        &[
            ("ar", &format!("الرسالة {}: {}. {ar}", shown(root), known.ar)),
            ("en", &format!("{} is {}. {en}", shown(root), known.en)),
        ],
        CHOOSE,
    );
}

pub(crate) fn not_filing(problems: &mut Problems, root: &str, known: &KnownMessage) {
    let said = ("ليست إيداعاً.", "It is no filing.");
    of_another_kind(problems, "not-filing", root, known, said);
}

pub(crate) fn answer_not_filing(problems: &mut Problems, root: &str, known: &KnownMessage) {
    let said = match known.reads {
        Reads::Review => ("صيغتها ecf/callback+xml.", "Its format is ecf/callback+xml."),
        _ => ("صيغتها ecf/docketing+xml.", "Its format is ecf/docketing+xml."),
    };
    of_another_kind(problems, "not-filing", root, known, said);
}

pub(crate) fn not_answer(problems: &mut Problems, root: &str, known: &KnownMessage) {
    let said = ("ليست الرد المنتظر.", "It is not the answer that was asked for.");
    of_another_kind(problems, "not-answer", root, known, said);
}

pub(crate) fn wraps_nothing(problems: &mut Problems, root: &str) {
    problems.error(
        "missing-filing",
        Place::path(format!("/{}/CoreFilingMessage", shortened(root))),
        &[("ar", "ليس في الطلب إيداع."), ("en", "There is no filing in the request.")],
        EXPORT,
    );
}

pub(crate) fn extended(problems: &mut Problems, root: &str, namespace: &str) {
    problems.warning(
        "message-extended",
        Place::path(format!("/{}", shortened(root))),
        &[
            ("ar", &format!("وسّعت جهة هذه الرسالة: {}", shown(namespace))),
            ("en", &format!("The message is extended by {}.", shown(namespace))),
        ],
        &[
            ("ar", "قُرئ ما في المعيار منها فقط."),
            ("en", "Only what the standard has of it was read."),
        ],
    );
}

pub(crate) fn payment_left(problems: &mut Problems, root: &str) {
    problems.warning(
        "payment-not-read",
        Place::path(format!("/{}/PaymentMessage", shortened(root))),
        &[
            ("ar", "مع الإيداع دفع لم يُقرأ؛ لا ينقل بريد المال."),
            ("en", "A payment beside the filing was not read: Barid carries no money."),
        ],
        &[],
    );
}

pub(crate) fn placeholder(problems: &mut Problems, path: String) {
    problems.warning(
        "value-placeholder",
        Place::path(path),
        &[
            ("ar", "القيمة هي اسم العنصر نفسه، وكأنها مثال لم يُملأ."),
            ("en", "The value is the element's own name, as in an example that was not filled in."),
        ],
        EXPORT,
    );
}

pub(crate) fn unusable(problems: &mut Problems, path: String, why: Unusable) {
    let (code, ar, en) = match why {
        Unusable::TooLong => (
            "value-too-long",
            format!("القيمة أطول من {LINE_MAX_BYTES} بايت ولم تُحفظ."),
            format!("The value is longer than {LINE_MAX_BYTES} bytes and was left out."),
        ),
        Unusable::Control(control) => {
            let control = format!("U+{:04X}", u32::from(control));
            (
                "value-control-character",
                format!("في القيمة رمز تحكم {control} ولم تُحفظ."),
                format!("The value has the control character {control} and was left out."),
            )
        }
    };
    problems.warning(code, Place::path(path), &[("ar", &ar), ("en", &en)], EXPORT);
}

/// A value that was understood but has no place, or a doubtful one.
pub(crate) fn not_put(problems: &mut Problems, path: String, why: &NotPut) {
    let (code, ar, en) = match why {
        NotPut::TooMany(most) => return too_many(problems, path, *most),
        NotPut::Deceptive(control) => return deceptive(problems, path, *control),
        NotPut::NumberTooLong => (
            "number-too-long",
            "رقم القضية أطول من أن يُحفظ.".to_owned(),
            "The number is too long.".to_owned(),
        ),
        NotPut::NotFlag(value) => (
            "flag-unreadable",
            format!("ليست true ولا false: {}", shown(value)),
            format!("This is neither true nor false: {}", shown(value)),
        ),
        NotPut::NoDay(literal) => (
            "date-unreadable",
            format!("حُفظ التاريخ نصاً ولم يُفهم: {}", shown(literal)),
            format!("The date was kept as text and not understood: {}", shown(literal)),
        ),
        NotPut::Ambiguous(literal) => (
            "date-ambiguous",
            format!("قد يكون اليوم قبل الشهر أو بعده: {}", shown(literal)),
            format!("Day and month may change places: {}", shown(literal)),
        ),
    };
    problems.warning(code, Place::path(path), &[("ar", &ar), ("en", &en)], EXPORT);
}

fn deceptive(problems: &mut Problems, path: String, control: char) {
    let control = format!("U+{:04X}", u32::from(control));
    problems.error(
        "number-deceptive",
        Place::path(path),
        &[
            ("ar", &format!("في رقم القضية رمز خفي {control} يغيّر شكله.")),
            ("en", &format!("The number has the invisible {control}, which changes how it looks.")),
        ],
        &[("ar", "اكتب الرقم من غيره."), ("en", "Write the number without it.")],
    );
}

pub(crate) fn too_many(problems: &mut Problems, path: String, most: usize) {
    problems.error(
        "too-many",
        Place::path(path),
        &[
            ("ar", &format!("أكثر من {most} من هذا النوع.")),
            ("en", &format!("There are more than {most} of these.")),
        ],
        &[("ar", "قسّم الإيداع."), ("en", "Divide the filing.")],
    );
}

pub(crate) fn too_much(problems: &mut Problems, most_bytes: usize) {
    problems.error(
        "too-much",
        Place::default(),
        &[
            ("ar", &format!("في الرسالة أكثر من {most_bytes} بايت من النصوص.")),
            ("en", &format!("The message says more than {most_bytes} bytes of text.")),
        ],
        &[("ar", "قسّم الإيداع."), ("en", "Divide the filing.")],
    );
}

pub(crate) fn not_base64(problems: &mut Problems, path: String) {
    problems.warning(
        "content-not-base64",
        Place::path(path),
        &[
            ("ar", "محتوى المستند ليس Base64 سليماً فلم تُحسب بصمته."),
            ("en", "The document's bytes are no valid base64; no digest was computed."),
        ],
        EXPORT,
    );
}

pub(crate) fn unresolved(problems: &mut Problems, path: String, target: &str) {
    problems.warning(
        "reference-unresolved",
        Place::path(path),
        &[
            ("ar", &format!("لا يوجد مشارك بهذا المعرّف: {}", shown(target))),
            ("en", &format!("No participant has the identifier {}.", shown(target))),
        ],
        EXPORT,
    );
}

pub(crate) fn partly(problems: &mut Problems, path: String) {
    problems.error(
        "partly-accepted",
        Place::path(path),
        &[
            ("ar", "قبلت المحكمة بعض المستندات؛ يُسجَّل الإيداع كله أو يُرفض."),
            ("en", "The court took in some of the documents; Barid registers or refuses a filing."),
        ],
        &[
            ("ar", "أرسل المقبول والمرفوض إيداعين."),
            ("en", "File what was taken in and what was not as two filings."),
        ],
    );
}

pub(crate) fn undecided(problems: &mut Problems, path: String) {
    problems.error(
        "not-reviewed",
        Place::path(path),
        &[
            ("ar", "استلمت المحكمة الإيداع ولم تبت فيه."),
            ("en", "The court has received the filing and not decided about it."),
        ],
        &[("ar", "انتظر نتيجة المراجعة."), ("en", "Wait for the result of the review.")],
    );
}

pub(crate) fn unknown_code(problems: &mut Problems, path: String, code: &str) {
    problems.error(
        "review-code-unknown",
        Place::path(path),
        &[
            ("ar", &format!("نتيجة غير معروفة: {}", shown(code))),
            ("en", &format!("The result is unknown: {}", shown(code))),
        ],
        &[
            ("ar", "استعمل accepted أو rejected."),
            ("en", "Use accepted or rejected, of the standard's list."),
        ],
    );
}

/// The beginning of a name from a document, for a path.
fn shortened(name: &str) -> String {
    name.chars().take(120).collect()
}
