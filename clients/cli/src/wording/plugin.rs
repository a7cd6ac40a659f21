//! What the conformance kit for plugins says: its checks, how they end, why one failed and how to
//! mend it.

use barid_plugin_host::CallFailure;

use super::{Both, Lang};
use crate::kit::{Check, Reason, Remark, Verdict};

/// A sentence or heading of `barid plugin`. `{}` stands for a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PluginMsg {
    /// Heading: the check.
    HeadCheck,
    /// Heading: how it ended.
    HeadVerdict,
    /// Heading: on how many inputs.
    HeadCases,
    /// Heading: what a reader should know besides.
    HeadRemark,
    /// Heading: the format.
    HeadFormat,
    /// Plugin, version, digest.
    PluginIs,
    /// All passed.
    AllPassed,
    /// This many failed.
    SomeFailed,
    /// This many more failures are not shown.
    More,
    /// The report was written there, signed by that key.
    Reported,
    /// No report, because something failed.
    NotReported,
    /// What to paste into the hub's settings.
    Settings,
    /// Who signed, when, with which kit.
    ReportOf,
    /// The report says this of another library.
    OtherLibrary,
    /// The report is for this library.
    SameLibrary,
    /// The report is signed by another key.
    OtherSigner,
    /// The report is worth nothing, and why.
    NoReport,
    /// Ask whose key it is.
    AskWhoseKey,
    /// Reads these kinds.
    Reads,
    /// Writes these kinds.
    Writes,
}

impl PluginMsg {
    #[cfg(test)]
    const ALL: [Self; 20] = [
        Self::HeadCheck,
        Self::HeadVerdict,
        Self::HeadCases,
        Self::HeadRemark,
        Self::HeadFormat,
        Self::PluginIs,
        Self::AllPassed,
        Self::SomeFailed,
        Self::More,
        Self::Reported,
        Self::NotReported,
        Self::Settings,
        Self::ReportOf,
        Self::OtherLibrary,
        Self::SameLibrary,
        Self::OtherSigner,
        Self::NoReport,
        Self::AskWhoseKey,
        Self::Reads,
        Self::Writes,
    ];

    /// English and Arabic.
    pub(crate) fn wording(self) -> Both {
        match self {
            Self::HeadCheck => ("check", "الفحص"),
            Self::HeadVerdict => ("verdict", "النتيجة"),
            Self::HeadCases => ("inputs", "المدخلات"),
            Self::HeadRemark => ("remark", "ملاحظة"),
            Self::HeadFormat => ("format", "الصيغة"),
            Self::PluginIs => ("Plugin {} {}, SHA-256 {}", "الملحق {} الإصدار {}، البصمة {}"),
            Self::AllPassed => ("Nothing failed.", "لم يفشل شيء."),
            Self::SomeFailed => ("Checks that failed: {}", "فحوص فشلت: {}"),
            Self::More => ("{}: {} more failures are not shown", "{}: {} إخفاقات أخرى لم تُعرض"),
            Self::Reported => ("Report: {}, signed by key {}", "التقرير: {}، موقّع بالمفتاح {}"),
            Self::NotReported => {
                ("No report is written, because something failed.", "لم يُكتب تقرير لأن شيئاً فشل.")
            }
            Self::Settings => (
                "For the hub's settings; set the limits to what the documents need:",
                "لإعدادات المنصة؛ اضبط الحدود بحسب حاجة المستندات:",
            ),
            Self::ReportOf => (
                "Signed by key {}, checked {} with version {} of the kit",
                "وقّعه المفتاح {}، فُحص {} بالإصدار {} من أداة الفحص",
            ),
            Self::OtherLibrary => (
                "The report is about another library: this one has SHA-256 {}",
                "التقرير عن مكتبة أخرى: بصمة هذه {}",
            ),
            Self::SameLibrary => ("It is about this library.", "التقرير عن هذه المكتبة."),
            Self::OtherSigner => (
                "The report is signed by key {}, not by the one you named",
                "وقّع التقرير المفتاح {} وليس المفتاح الذي سمّيته",
            ),
            Self::NoReport => ("Not valid: {}", "غير صالح: {}"),
            Self::AskWhoseKey => (
                "Ask the plugin's authors, by another way, whether this key is theirs.",
                "اسأل مؤلفي الملحق بطريق آخر هل هذا المفتاح لهم.",
            ),
            Self::Reads => ("reads", "تقرأ"),
            Self::Writes => ("writes", "تكتب"),
        }
    }
}

/// What is checked.
pub(crate) fn check(lang: Lang, check: Check) -> &'static str {
    lang.pick(match check {
        Check::Loads => ("loads as in a hub", "تُحمَّل كما في المنصة"),
        Check::Description => ("describes itself, always alike", "تصف نفسها، دائماً بالوصف نفسه"),
        Check::Documents => ("documents read as expected", "تُقرأ المستندات كما يُتوقع"),
        Check::Deterministic => ("same request, same reply", "الطلب نفسه والجواب نفسه"),
        Check::RoundTrips => ("read, written, read again", "قراءة ثم كتابة ثم قراءة"),
        Check::AllAtOnce => ("all problems at once", "كل المشكلات دفعة واحدة"),
        Check::Limits => ("the largest requests", "أكبر الطلبات"),
        Check::Hostile => ("hostile inputs", "مدخلات عدائية"),
        Check::Mutations => ("damaged documents", "مستندات تالفة"),
        Check::Concurrent => ("four calls at once", "أربعة طلبات معاً"),
        Check::Problems => ("problems can be acted on", "المشكلات قابلة للمعالجة"),
        Check::Confined => ("works while confined", "تعمل وهي معزولة"),
    })
}

/// How a check ended.
pub(crate) fn verdict(lang: Lang, verdict: Verdict) -> &'static str {
    lang.pick(match verdict {
        Verdict::Passed => ("passed", "نجح"),
        Verdict::Failed => ("FAILED", "فشل"),
        Verdict::NotApplicable => ("not applicable", "لا ينطبق"),
    })
}

/// What a reader should know of a check besides.
pub(crate) fn remark(lang: Lang, remark: &Remark) -> String {
    let (wording, values): (Both, Vec<String>) = match remark {
        Remark::Formats(ids) => (("formats: {}", "الصيغ: {}"), vec![lang.list(ids)]),
        Remark::WithContent(read, all) => (
            ("documents with content: {} of {}", "مستندات لها محتوى: {} من {}"),
            vec![read.to_string(), all.to_string()],
        ),
        Remark::ReadOnly(count) => (
            ("documents of formats that only read: {}", "مستندات بصيغ تُقرأ ولا تُكتب: {}"),
            vec![count.to_string()],
        ),
        Remark::Lossy(count) => (
            (
                "documents that lost what their format, as it said, cannot express: {}",
                "مستندات فقدت ما لا تعبّر عنه صيغتها كما قالت: {}",
            ),
            vec![count.to_string()],
        ),
        Remark::Unnoticed(count) => (
            (
                "documents with fewer than two places whose damage is noticed: {}",
                "مستندات فيها أقل من موضعين يُلاحظ تلفهما: {}",
            ),
            vec![count.to_string()],
        ),
        Remark::FullRequests(bytes) => (
            (
                "requests of {} bytes; a hub refuses larger ones before the plugin",
                "طلبات من {} بايت؛ والمنصة ترفض الأكبر قبل الملحق",
            ),
            vec![bytes.to_string()],
        ),
        Remark::NoRemedy(codes) => (
            ("without a remedy, so the sender cannot mend: {}", "بلا علاج فلا يصلحها المرسل: {}"),
            vec![lang.list(codes)],
        ),
        Remark::Confinement(sentence) => (
            ("here it {}; a hub's kernel may differ", "هنا: {}؛ وقد تختلف نواة المنصة"),
            vec![sentence.clone()],
        ),
    };
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    lang.fill(wording, &values)
}

/// Why a check failed. What the loader and the host say stays in English.
pub(crate) fn failed_because(lang: Lang, reason: &Reason) -> String {
    let values: Vec<String> = match reason {
        Reason::Call(failure) => vec![failure.to_string()],
        Reason::PaperTooLarge(bytes, max) => vec![bytes.to_string(), max.to_string()],
        Reason::GivenUp(count) => vec![count.to_string()],
        Reason::NotLoaded(one) | Reason::PlaceMissing(one) => vec![one.clone()],
        Reason::NotRead(codes) | Reason::NotWritten(codes) | Reason::NotReadAgain(codes) => {
            vec![lang.list(codes)]
        }
        Reason::ProblemsMissing(some, others) | Reason::Hidden(some, others) => {
            vec![lang.list(some), lang.list(others)]
        }
        Reason::WhatMissing(one, other) | Reason::RemedyMissing(one, other) => {
            vec![one.clone(), other.clone()]
        }
        Reason::Differs(path, before, after) => vec![path.clone(), before.clone(), after.clone()],
        Reason::DescribedOtherwise
        | Reason::ReadInSpite
        | Reason::Unsteady
        | Reason::NothingAnswered => Vec::new(),
    };
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    lang.fill(because(reason), &values)
}

fn because(reason: &Reason) -> Both {
    match reason {
        Reason::NotLoaded(_) => ("the library {}", "المكتبة: {}"),
        Reason::DescribedOtherwise => {
            ("a fresh worker describes itself otherwise", "وصفت نفسها وصفاً آخر في عملية جديدة")
        }
        Reason::Call(_) => ("no usable reply: {}", "لا جواب صالح: {}"),
        Reason::PaperTooLarge(..) => {
            ("needs a request of {} bytes; allowed: {}", "يحتاج طلباً من {} بايت والمسموح {}")
        }
        Reason::NotRead(_) => ("expected to be read, but: {}", "يُتوقع أن يُقرأ، لكن: {}"),
        Reason::ReadInSpite => {
            ("expected to be refused, but it was read", "يُتوقع أن يُرفض لكنه قُرئ")
        }
        Reason::ProblemsMissing(..) => (
            "expected problems did not come: {}; these did: {}",
            "لم تأتِ المشكلات المتوقعة: {}؛ وأتت: {}",
        ),
        Reason::Unsteady => ("the same request got another reply", "أجيب الطلب نفسه بجواب آخر"),
        Reason::NotWritten(_) => ("cannot be written as it was read: {}", "لا يُكتب كما قُرئ: {}"),
        Reason::NotReadAgain(_) => ("what was written cannot be read: {}", "ما كُتب لا يُقرأ: {}"),
        Reason::Differs(..) => {
            ("comes back changed: {}: from {} to {}", "عاد متغيراً: {}: من {} إلى {}")
        }
        Reason::Hidden(..) => {
            ("damaged at the bytes {} it no longer tells: {}", "عند إتلاف البايتات {} لا يذكر: {}")
        }
        Reason::WhatMissing(..) => {
            ("{} does not say what is wrong, in the language {}", "{} لا يقول ما الخلل باللغة {}")
        }
        Reason::RemedyMissing(..) => {
            ("{} does not say how to mend it, in the language {}", "{} لا يقول ما العمل باللغة {}")
        }
        Reason::PlaceMissing(_) => ("{} does not say where", "{} لا يقول أين"),
        Reason::NothingAnswered => ("not one request was answered", "لم يُجَب عن أي طلب"),
        Reason::GivenUp(_) => (
            "{} calls had to be ended: the rest was not tried",
            "أُنهيت {} طلبات قسراً: لم يُجرَّب الباقي",
        ),
    }
}

/// How to mend it.
pub(crate) fn what_to_mend(lang: Lang, reason: &Reason) -> &'static str {
    lang.pick(match reason {
        Reason::NotLoaded(_) => (
            "Build it as plugins/README.md says, with everything but the C library linked in.",
            "ابنِها كما يقول plugins/README.md وفيها كل ما تحتاجه عدا مكتبة C.",
        ),
        Reason::DescribedOtherwise | Reason::Unsteady => (
            "Use no clock, no randomness, no order of hash tables, nothing kept between calls.",
            "لا تستخدم الساعة ولا العشوائية ولا ترتيب جداول التجزئة ولا شيئاً بين الطلبات.",
        ),
        Reason::Call(failure) => mend_call(failure),
        Reason::PaperTooLarge(..) => (
            "Raise --max-input-bytes, and tell the operator that documents are so large.",
            "ارفع --max-input-bytes وأخبر المشغّل أن المستندات بهذا الحجم.",
        ),
        Reason::NotRead(_) | Reason::ReadInSpite | Reason::ProblemsMissing(..) => (
            "Mend the format, or what check.toml expects of this document.",
            "أصلح الصيغة أو ما يتوقعه check.toml من هذا المستند.",
        ),
        Reason::NotWritten(_) | Reason::NotReadAgain(_) | Reason::Differs(..) => (
            "Let encode and decode agree; what the format cannot express needs a warning.",
            "وفّق بين الكتابة والقراءة؛ وما لا تعبّر عنه الصيغة يحتاج تحذيراً.",
        ),
        Reason::Hidden(..) => (
            "Go on reading behind the first problem and collect them all.",
            "تابع القراءة بعد أول مشكلة واجمع المشكلات كلها.",
        ),
        Reason::WhatMissing(..) | Reason::RemedyMissing(..) => (
            "Write the text in Arabic and English at least.",
            "اكتب النص بالعربية والإنجليزية على الأقل.",
        ),
        Reason::PlaceMissing(_) => (
            "Give line and column, cell or path; an empty place means the whole document.",
            "أعطِ السطر والعمود أو الخلية أو المسار؛ والموضع الفارغ يعني المستند كله.",
        ),
        Reason::NothingAnswered => (
            "Take what it needs along in the library: no files, network, processes, threads.",
            "ضمّن المكتبة كل ما تحتاجه: لا ملفات ولا شبكة ولا عمليات ولا خيوط.",
        ),
        Reason::GivenUp(_) => ("Mend what is told above first.", "أصلح أولاً ما ورد أعلاه."),
    })
}

fn mend_call(failure: &CallFailure) -> Both {
    match failure {
        CallFailure::Died { .. } => (
            "Run it on this input under a debugger; a hub would put it in quarantine.",
            "شغّلها على هذا المدخل تحت مصحّح أخطاء؛ فالمنصة تعزله في الحجر.",
        ),
        CallFailure::TooSlow { .. } => (
            "Bound the work by the input's size: no quadratic search, no unfolding of entities.",
            "حدّ العمل بحجم المدخل: لا بحث تربيعياً ولا نشر للكيانات.",
        ),
        CallFailure::Failed { .. } => (
            "Answer every document with content or problems; a failure is for faults of its own.",
            "أجب عن كل مستند بمحتوى أو بمشكلات؛ فالإخفاق لأعطال الملحق نفسه.",
        ),
        CallFailure::ReplyInvalid(_) => (
            "Keep the rules of reading.proto: plain proto3, content or errors, bounded texts.",
            "التزم بقواعد reading.proto: ترميز proto3 بسيط، ومحتوى أو أخطاء، ونصوص محدودة.",
        ),
        CallFailure::ReplyTooLarge { .. } => (
            "Bound what is read of one document, or raise --max-output-bytes.",
            "حدّ ما يُقرأ من مستند واحد أو ارفع --max-output-bytes.",
        ),
        _ => ("Try again on a machine that is less busy.", "أعد المحاولة على جهاز أقل انشغالاً."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons() -> Vec<Reason> {
        let text = || "x".to_owned();
        let calls = [
            CallFailure::Died { how: text() },
            CallFailure::TooSlow { deadline_ms: 1 },
            CallFailure::Failed { code: 3, text: text() },
            CallFailure::ReplyInvalid(text()),
            CallFailure::ReplyTooLarge { bytes: 2, max: 1 },
            CallFailure::Busy,
        ];
        let others = [
            Reason::NotLoaded(text()),
            Reason::DescribedOtherwise,
            Reason::PaperTooLarge(2, 1),
            Reason::NotRead(vec![text()]),
            Reason::ReadInSpite,
            Reason::ProblemsMissing(vec![text()], vec![text()]),
            Reason::Unsteady,
            Reason::NotWritten(vec![text()]),
            Reason::NotReadAgain(vec![text()]),
            Reason::Differs(text(), text(), text()),
            Reason::Hidden(vec![text()], vec![text()]),
            Reason::WhatMissing(text(), text()),
            Reason::RemedyMissing(text(), text()),
            Reason::PlaceMissing(text()),
            Reason::NothingAnswered,
            Reason::GivenUp(8),
        ];
        calls.into_iter().map(Reason::Call).chain(others).collect()
    }

    fn arabic(text: &str) -> bool {
        text.chars().any(|one| ('\u{600}'..='\u{6ff}').contains(&one))
    }

    #[test]
    fn all_is_said_in_both_languages() {
        for message in PluginMsg::ALL {
            let (english, text) = message.wording();
            assert_eq!(english.matches("{}").count(), text.matches("{}").count(), "{message:?}");
            assert!(english.is_ascii() && arabic(text), "{message:?}");
        }
        for one in Check::ALL {
            assert!(check(Lang::En, one).is_ascii() && arabic(check(Lang::Ar, one)), "{one:?}");
        }
        for one in Verdict::ALL {
            assert!(verdict(Lang::En, one).is_ascii() && arabic(verdict(Lang::Ar, one)));
        }
    }

    #[test]
    fn every_remark_is_told_in_both_languages() {
        let text = || "x".to_owned();
        for one in [
            Remark::Formats(vec![text()]),
            Remark::WithContent(1, 2),
            Remark::ReadOnly(1),
            Remark::Lossy(1),
            Remark::Unnoticed(1),
            Remark::FullRequests(1),
            Remark::NoRemedy(vec![text()]),
            Remark::Confinement(text()),
        ] {
            let english = remark(Lang::En, &one);
            assert!(english.is_ascii() && !english.contains("{}"), "{english}");
            let told = remark(Lang::Ar, &one);
            assert!(arabic(&told) && !told.contains("{}"), "{told}");
        }
    }

    #[test]
    fn every_reason_is_told_whole_and_with_a_remedy() {
        for reason in reasons() {
            let english = failed_because(Lang::En, &reason);
            assert!(english.is_ascii() && !english.contains("{}"), "{english}");
            let (left, right) = because(&reason);
            assert_eq!(left.matches("{}").count(), right.matches("{}").count(), "{reason:?}");
            assert!(arabic(&failed_because(Lang::Ar, &reason)), "{reason:?}");
            let mend = what_to_mend(Lang::En, &reason);
            assert!(mend.is_ascii() && arabic(what_to_mend(Lang::Ar, &reason)), "{mend}");
        }
    }
}
