//! The sentences and headings of the command line. `{}` stands for a value, in the same order in
//! both languages.

use super::Both;

sentences! {
    /// Something the command line says.
    Msg:

    // Headings
    HeadNumber: "no.", "ت";
    HeadTime: "time", "الوقت";
    HeadFiling: "filing", "المعاملة";
    HeadFrom: "from", "من";
    HeadCase: "case", "القضية";
    HeadCursor: "position", "الموضع";
    HeadLeaf: "leaf", "الورقة";
    HeadSeverity: "", "";
    HeadPlace: "where", "الموضع";
    HeadWhat: "what", "ما الخلل";
    HeadRemedy: "what to do", "ما العمل";
    HeadDigest: "digest", "البصمة";
    HeadSequence: "sequence", "التسلسل";
    HeadDocketNumber: "docket number", "رقم الأساس";
    HeadSubject: "assessment", "التقييم";
    HeadFinding: "finding", "النتيجة";
    HeadExplanation: "how", "كيف";
    HeadInstitution: "institution", "المؤسسة";
    HeadOffice: "office", "المكتب";
    HeadName: "name", "الاسم";
    HeadFilings: "filings", "المعاملات";

    // Lines of a case
    CaseOfId: "Case {}", "القضية {}";
    CaseNumbers: "Docket numbers: {}", "أرقام الأساس: {}";
    CaseParties: "Parties: {}", "الأطراف: {}";
    CaseOpened: "Opened {} by: {}", "فُتحت {} بـ: {}";
    CaseClass:
        "Class of data: {}. Rules: {}. Event: {}",
        "صنف البيانات: {}. القواعد: {}. الحدث: {}";
    ReceiptLine: "receipt: leaf {}, accepted {}", "الإيصال: الورقة {}، قُبلت {}";
    Untrusted: "NOT PROVEN: {}", "غير مثبت: {}";
    DeliveryUnder: "{} under {}", "{} بالرقم {}";
    DeliveryExpired: "{}; silent when the limit passed", "{}؛ لم يُجب حتى انقضاء المهلة";
    StampLine: "stamp {}, {}", "الختم {}، {}";
    StampBy: "stamped by {}", "ختم {}";

    // Statements of the hub
    StatementLine: "leaf {}, {}: {}", "الورقة {}، {}: {}";
    StatementOffice: "office: {}", "المكتب: {}";
    StatementSpan: "{}: {} to {}", "{}: من {} إلى {}";
    StatementReason: "reason: {}", "السبب: {}";
    StatementLimit: "limit: {}", "المهلة: {}";
    StatementEnvelope: "envelope: {}", "المظروف: {}";

    // Periods
    NoPeriods:
        "Nothing was computed about these filings that has readings.",
        "لم يُحسب لهذه المعاملات شيء له قراءات.";
    PeriodOf: "== {}, {}, leaf {}", "== {}، {}، الورقة {}";
    PeriodNone:
        "the rule says nothing of this; it measures: {}",
        "لا تقول القاعدة شيئاً في ذلك؛ وهي تقيس: {}";
    // Outages
    HeadWho: "who says so", "القائل";
    HeadScope: "what", "ماذا";
    HeadSince: "since", "منذ";
    HeadUntil: "until", "حتى";
    HeadProvenBy: "proven by", "الدليل";
    WhoHub: "the hub", "المنصة";
    WhoWitnesses: "its witnesses", "شهودها";
    WhoOwn: "this office", "هذا المكتب";
    ProofLeaf: "leaf {}", "الورقة {}";
    ProofAgainstLeaf:
        "leaf {}, but it sealed leaf {} meanwhile",
        "الورقة {}، لكنها ختمت الورقة {} في أثنائه";
    ProofAgainstCosigned:
        "leaf {}, but witnesses cosigned at {}",
        "الورقة {}، لكن الشهود وقّعوا عند {}";
    ProofBracket:
        "tree of {} leaves before, leaf {} after",
        "شجرة من {} ورقة قبله، والورقة {} بعده";
    ProofReport: "leaf {}: {}", "الورقة {}: {}";
    ProofOwn: "noted here, {} attempts; not reported", "مدوّن هنا، {} محاولات؛ لم يُبلَّغ عنه";
    ProofOwnRefused:
        "noted here, {} attempts; the hub refused the report",
        "مدوّن هنا، {} محاولات؛ رفضت المنصة البلاغ";
    ProofLasts: "noted here, {} attempts; it lasts", "مدوّن هنا، {} محاولات؛ ما زال مستمراً";
    OutageLine: "{}: {}, {} to {}; {}", "{}: {}، من {} إلى {}؛ {}";
    HubHeardBefore:
        "Last cosigned before, as the hub says: {} leaves, {}",
        "آخر توقيع للشهود قبله بحسب المنصة: {} ورقة، {}";
    StatementCosigned: "Cosigned by: {}", "وقّع معها: {}";
    ReportSays: "Attempts: {}. In the way: {}", "المحاولات: {}. العائق: {}";
    NoOutages: "No outages are known.", "لا انقطاعات معروفة.";
    NoOutageToReport: "There is no outage to report.", "لا انقطاع للإبلاغ عنه.";

    // Outcomes
    Filed: "Filed. Leaf {}, accepted {}.", "قُدّمت. الورقة {}، قُبلت {}.";
    FiledBefore:
        "It had been filed before; this is the first receipt.",
        "سبق تقديمها؛ هذا هو الإيصال الأول.";
    ReceiptKept: "Receipt, checked and kept: {}", "الإيصال بعد التحقق محفوظ في: {}";
    KeptPending:
        "Signed and kept in the outbox; it goes out with: barid pending --send",
        "وُقّعت وحُفظت في صندوق الصادر؛ تُرسل بالأمر: barid pending --send";
    Acceptable: "The hub would accept this.", "المنصة ستقبل هذا.";
    NotAcceptable: "The hub would refuse this.", "المنصة سترفض هذا.";
    RereadRecorded: "Read when it was filed, by {}.", "قُرئ عند التقديم بواسطة {}.";
    RereadAgain: "The same plugin today: {}", "الملحق نفسه اليوم: {}";
    RereadNow: "The plugin of this format now: {}", "ملحق هذه الصيغة حالياً: {}";
    RereadSame: "  It reads the same.", "  يقرأ الشيء نفسه.";
    RereadDiffers: "  It reads otherwise, in {} places:", "  يقرأ خلاف ذلك في {} مواضع:";
    RereadFailed: "  There is no reading: {}", "  لا قراءة: {}";
    RereadNoReading:
        "No format read this filing: its content came ready-made.",
        "لم تقرأ أي صيغة هذا التقديم: وصل محتواه جاهزاً.";
    RereadPath: "element", "العنصر";
    RereadBefore: "recorded", "المسجَّل";
    RereadAfter: "today", "اليوم";
    NoProblems: "No problems.", "لا توجد مشاكل.";
    NothingPending: "Nothing is waiting to be sent.", "لا شيء بانتظار الإرسال.";
    InboxEmpty: "Nothing new in the inbox.", "لا جديد في الوارد.";
    NoCases: "No cases.", "لا توجد قضايا.";
    Saved: "Saved: {}", "حُفظ: {}";
    RangeUnproven:
        "Compared with what the hub says about the document. Give --root from the envelope to prove \
         it.",
        "قورن بما تقوله المنصة عن الوثيقة. أعطِ --root من المظروف لإثباته.";
    ProfileWritten: "Profile written: {}", "كُتب الملف الشخصي: {}";
    ProfileNext:
        "Next: barid key new, then barid enrol.",
        "التالي: barid key new ثم barid enrol.";
    KeyMade: "New signing key: {}", "مفتاح توقيع جديد: {}";
    KeyIdentifier: "Key identifier: {}", "معرّف المفتاح: {}";
    KeySafe:
        "Keep a copy of {} in a safe: who has it signs for this office.",
        "احفظ نسخة من {} في مكان آمن: من يملكه يوقّع عن المكتب.";
    YouAre: "The hub takes you for {}.", "تعرفك المنصة باسم {}.";
    HubIs: "Hub: {}. Its clock: {}.", "المنصة: {}. ساعتها: {}.";
    LogKeyPinned: "The hub's log key is the one you trust.", "مفتاح سجل المنصة هو الذي تثق به.";
    LogKeyOther:
        "The hub names a log key you do not trust: {}",
        "تذكر المنصة مفتاح سجل لا تثق به: {}";
    LogKeyFurther:
        "The hub names a further log key; compare it over a second channel, then pin it: {}",
        "تذكر المنصة مفتاح سجل إضافيًا؛ قارنه عبر قناة ثانية ثم ثبّته: {}";
    KeyEnrolled: "In use at the hub.", "مستعمل لدى المنصة.";
    KeyRetired:
        "Out of use from the next leaf on; what it signed stays valid.",
        "خارج الاستعمال اعتبارًا من الورقة التالية؛ وما وقّعه يبقى صحيحًا.";
    KeyRevoked:
        "Not trusted from leaf {} on, nor are the keys it vouched for from there.",
        "غير موثوق اعتبارًا من الورقة {}، وكذلك المفاتيح التي زكّاها بعدها.";
    KeyNotEnrolled: "Not in use at the hub: barid enrol.", "غير مستعمل لدى المنصة: barid enrol.";
    Checkpoint: "Log {}: {} leaves", "السجل {}: عدد الأوراق {}";
    CheckpointRoot: "Root {}", "الجذر {}";
    CheckpointAgrees:
        "It agrees with everything this office saw before.",
        "يتفق مع كل ما رآه هذا المكتب سابقاً.";
    Exported:
        "All checked and written to {}; new leaves: {}",
        "تم التحقق من كل شيء وكتابته في {}؛ الأوراق الجديدة: {}";
    ClockAsked:
        "A request over the log of {} leaves is in {}; keep {} beside it until the answer is filed",
        "كُتب طلب ختم زمني على السجل بعدد أوراق {} في {}؛ احتفظ بـ {} بجانبه حتى يُودَع الجواب";
    ClockSays:
        "Everything the checkpoint covers existed at {}, says {}",
        "كل ما تشمله نقطة التحقق كان موجوداً في {} بشهادة {}";

    Valid: "VALID", "صحيحة";
    Invalid: "NOT VALID", "غير صحيحة";
    Undecidable: "CANNOT DECIDE", "لا يمكن الحسم";
    Proven: "What is proven", "ما هو مثبت";
    ProvenNothing: "Nothing.", "لا شيء.";
    ProvenFiling: "{}, from {} to {}", "{}، من {} إلى {}";
    ProvenNobody: "nobody: it is only logged", "لا أحد: مدوّنة فقط";
    ProvenSigner: "Signed by {} with key {}", "وقّعها {} بالمفتاح {}";
    ProvenSignerSaid:
        "Signed with key {}, which is {}'s by the log; no authority confirms it",
        "موقّعة بالمفتاح {}، وهو بحسب السجل لـ {}؛ لا سلطة تؤكد ذلك";
    ProvenSignerNone:
        "Its signatures do not hold",
        "تواقيعها غير صالحة";
    ProvenAnswers: "It answers number {}", "جواب على رقم {}";
    ProvenUnder: "It gives the docket number {}", "تعطي رقم الأساس {}";
    ProvenWrong:
        "Something is wrong with it: see below",
        "فيها خلل: انظر أدناه";
    DocumentHere:
        "Document {}, here and unchanged: {}",
        "الوثيقة {}، موجودة دون تغيير: {}";
    DocumentElsewhere:
        "Document {}, not here: {}",
        "الوثيقة {}، غير موجودة هنا: {}";
    ProvenSignerOpen:
        "Signed with key {}; whose it is, is not proven",
        "موقّعة بالمفتاح {}؛ صاحبه غير مثبت";
    ProvenAuthority: "The key's certificate is from {}", "شهادة المفتاح من {}";
    ProvenBy:
        "In the log as leaf {} no later than {}; cosigned by {}",
        "في السجل بالورقة {} في موعد أقصاه {}؛ صادق الشهود: {}";
    ProvenUnwitnessed:
        "In the log as leaf {}; no witness dates it",
        "في السجل بالورقة {}؛ لا شاهد يؤرخها";
    ProvenStamped:
        "It existed no later than {}, says {}",
        "كانت موجودة في موعد أقصاه {}، بقول {}";
    ProvenAfter: "Not in the log before {}", "لم تكن في السجل قبل {}";
    ProvenSaid: "Accepted {} by the hub's own clock", "قُبلت {} بحسب ساعة المنصة";
    OrderWitnessed:
        "Came after the one above: witnesses saw the log between the two",
        "جاءت بعد التي فوقها: رأى الشهود السجل بينهما";
    OrderChained:
        "Came after the one above: the same key numbered both",
        "جاءت بعد التي فوقها: رقّمهما المفتاح نفسه";
    OrderAnswers:
        "Came after the one above: it answers it",
        "جاءت بعد التي فوقها: هي جواب عليها";
    OrderSimultaneous:
        "Counts as simultaneous with the one above: which came first is only the hub's word",
        "تُعدّ متزامنة مع التي فوقها: أيهما أسبق قول المنصة وحدها";
    ProvenStated: "The hub stated: {} {}, leaf {}", "صرّحت المنصة: {} {}، الورقة {}";
    ProvenComputed:
        "Computed again, and as logged: {}",
        "أُعيد حسابه وهو كما دُوّن: {}";
    ProvenUnconfirmed:
        "Logged by the hub, and not confirmed: {}",
        "دوّنته المنصة ولم يتأكد: {}";
    LawRests: "What the assessments rest on", "ما تستند إليه التقييمات";
    LawFiling: "{}, from {}, leaf {}", "{}، من {}، الورقة {}";
    LawOutage: "Outage that the hub stated, leaf {}", "انقطاع صرّحت به المنصة، الورقة {}";
    RulesGiven: "Rule set {}, known here: {}", "مجموعة القواعد {}، معروفة هنا: {}";
    RulesPublished:
        "Rule set {}, published by {} at leaf {}: {}",
        "مجموعة القواعد {}، نشرها {} بالورقة {}: {}";
    Recomputed:
        "{} assessments recomputed, all as logged",
        "أُعيد حساب التقييمات وعددها {}، وكلها كما دُوّنت";
    RecomputedSome:
        "{} of {} assessments recomputed and as logged; for the others see below",
        "أُعيد حساب {} من {} تقييماً وهي كما دُوّنت؛ والباقي انظره أدناه";
    ProvenDigest: "Envelope {}", "المغلّف {}";
    Found: "What was found", "ما وُجد";
    FoundAt: "At {}", "في {}";
    FoundLies: "Lies with: {}", "السبب لدى: {}";
    NotProven: "What is NOT proven", "ما ليس مثبتاً";
    OpenTruth:
        "that what the filings say is true",
        "أن ما تقوله المعاملات صحيح";
    OpenRead:
        "that anybody read them: an acknowledgement proves receipt, not reading",
        "أن أحداً قرأها: الإقرار يثبت الاستلام لا القراءة";
    OpenKeys:
        "that no key was declared stolen later than this bundle goes",
        "أن مفتاحاً لم يُعلن مسروقاً بعد ما تصل إليه هذه الحزمة";
    OpenHolder:
        "whose the signing keys are: no certificate authority was asked",
        "لمن مفاتيح التوقيع: لم تُسأل سلطة شهادات";
    OpenTime:
        "when: the policy asks for no witness, and the hub's clock is only its word",
        "متى: السياسة لا تطلب شاهداً، وساعة المنصة قولها وحدها";
    OpenEarliest:
        "when at the earliest: for some filings no earlier checkpoint is here",
        "أبكر وقت: لا نقطة تحقق سابقة لبعض المعاملات";
    OpenLaw:
        "that nothing else should have been counted: a calendar, say, that the hub passed over and \
         that nobody put in here",
        "أن لا شيء آخر كان ينبغي احتسابه: كتقويم تجاوزته المنصة ولم يضعه أحد هنا";
    OpenRules:
        "that whoever published a rule set in the log had the power to",
        "أن من نشر مجموعة قواعد في السجل كان مخولاً بذلك";
    OpenComplete:
        "that the bundle holds all filings of the case",
        "أن الحزمة تضم كل معاملات القضية";
    NoPolicy:
        "Give the policy with --policy: it says whom you believe. The policy.txt within a bundle is \
         for reading only.",
        "أعطِ السياسة بالخيار --policy: هي تقول بمن تثق. الملف policy.txt داخل الحزمة للقراءة فقط.";
    BundleWritten:
        "Written and checked: {}; filings: {}; documents: {}",
        "كُتبت وتم التحقق منها: {}؛ المعاملات: {}؛ الوثائق: {}";
    HeadEvent: "event", "الحدث";
    HeadSigned: "signed by", "وقّعه";
    SignedOffice: "the office", "المكتب";
    SignedLog: "hub and witnesses", "المنصة والشهود";
    CourseNone:
        "The bundle has no filing that opens a case.",
        "ليس في الحزمة معاملة تفتح قضية.";
    CourseWithoutRules:
        "The case names no rule set: its course is not known.",
        "لا تسمّي القضية مجموعة قواعد: مسارها غير معروف.";
    CourseRulesUnknown:
        "The rule set {} is not known: its course cannot be computed.",
        "مجموعة القواعد {} غير معروفة: لا يمكن حساب المسار.";
    CourseLeftOut:
        "Some filings were left out: this office may not read them, or there are too many.",
        "أُغفلت بعض المعاملات: لا يحق لهذا المكتب قراءتها، أو عددها كبير.";
    CustodyEmpty: "No event is proven.", "لا يوجد حدث مثبت.";
    CustodyTitle: "Chain of custody", "سلسلة الحيازة";
    Held: "The hub holds it: {} bytes.", "موجود لدى المنصة: {} بايت.";
    HeldPart: "The hub holds {} bytes of it.", "لدى المنصة {} بايت منه.";
    NotHeld: "The hub does not hold it.", "ليس لدى المنصة.";
    Uploaded: "Uploaded: {}", "رُفع: {}";
    Registered: "Registered under {}.", "سُجّلت بالرقم {}.";

    // Rule sets
    HeadRuleSet: "rule set", "مجموعة القواعد";
    HeadTitle: "title", "العنوان";
    HeadInForce: "in force", "النفاذ";
    HeadExtends: "builds on", "مبنية على";
    HeadElections: "elections", "الانتخابات";
    HeadRules: "rules", "القواعد";
    HeadSwitches: "open questions", "المسائل المفتوحة";
    HeadArticle: "article", "المادة";
    HeadRule: "rule", "القاعدة";
    HeadComputes: "computes", "تحسب";
    HeadSwitch: "switch", "الخيار";
    HeadQuestion: "question", "السؤال";
    HeadAnswers: "answers, preferred first", "الأجوبة، المرجَّح أولاً";
    HeadReason: "reason", "السبب";
    NoRuleSets: "No rule set is known.", "لا توجد مجموعة قواعد معروفة.";
    RuleSetIs: "{}: {}", "المجموعة {}: {}";
    RuleSetInForce: "In force {}, time zone {}", "نافذة {}، المنطقة الزمنية {}";
    RuleSetDigest: "SHA-256 {}", "البصمة {}";
    RuleSetExtends: "Builds on {}", "مبنية على {}";
    RuleSetEvent: "Election {}: {}, polling {}", "الانتخابات {}: {}، الاقتراع {}";
    RuleSetProcedure: "Procedure {}: {}, steps: {}", "الإجراءات {}: {}، الخطوات: {}";
    RuleIs: "{}: {}", "القاعدة {}: {}";
    RuleArticle: "Article {} of {} ({})", "المادة {} من {} ({})";
    RuleDoes: "What the software does: {}", "ما يفعله البرنامج: {}";
    SwitchAsks: "{}: {}", "السؤال {}: {}";
    SwitchPrefers: "preferred: {}: {}", "المرجَّح: {}: {}";
    SwitchAlso: "also: {}: {}", "أو: {}: {}";
    SwitchReason: "Why: {}", "السبب: {}";
    RulesGood:
        "{}: good: {}, rules {}, switches {}, SHA-256 {}",
        "{}: سليمة: {}، القواعد {}، الخيارات {}، البصمة {}";
    RulesOdd: "{}: odd: {}", "{}: للانتباه: {}";
    DiffFrom: "What changed from {} to {}", "ما تغيّر من {} إلى {}";
    DiffNothing: "Nothing.", "لا شيء.";
    DiffAdded: "new: {}", "جديد: {}";
    DiffRemoved: "gone: {}", "حُذف: {}";
    DiffChanged: "changed: {}", "تغيّر: {}";
    DiffFrame: "changed", "تغيّرت";
    DiffField: "{}: from {} to {}", "{}: من {} إلى {}";
    DiffFieldGone: "{}: {} is gone", "{}: حُذف {}";
    DiffFieldNew: "{}: now {}", "{}: صار {}";

    // Faults
    RefusedBecause: "Refused: {}", "رُفض: {}";
    WhoseFault: "Lies with: {}", "السبب لدى: {}";
    WhatToDo: "What to do: {}", "ما العمل: {}";
    RejectionLeaf: "The log states this refusal: leaf {}", "يثبت السجل هذا الرفض: الورقة {}";
    Correlation: "For the operator: {}", "للمشغّل: {}";
    CannotReach: "No connection to {}: {}", "لا اتصال مع {}: {}";
    Unwitnessed:
        "The hub has it as leaf {}, but too few witnesses have confirmed it: there is no receipt yet. Nothing is lost; barid pending --send asks again.",
        "وصل إلى المنصة (القيد {}) ولم يؤكده عدد كافٍ من الشهود: لا إيصال بعد. لم يضِع شيء، والأمر barid pending --send يسأل من جديد.";
    EvidenceBroken: "The evidence does not hold: {}", "الدليل لا يثبت: {}";
    EvidenceAdvice:
        "Do not try again and delete nothing: keep the profile folder and tell the other institutions.",
        "لا تُعد المحاولة ولا تحذف شيئاً: احفظ مجلد الملف الشخصي وأبلغ المؤسسات الأخرى.";
    LocalFault: "On this machine: {}", "على هذا الجهاز: {}";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_everything_with_the_same_values() {
        for message in Msg::ALL {
            let (english, arabic) = message.wording();
            let values = |text: &str| text.matches("{}").count();
            assert_eq!(values(english), values(arabic), "{message:?}");
            assert_eq!(english.is_empty(), arabic.is_empty(), "{message:?}");
            let arabic_letter = |c: char| ('\u{600}'..='\u{6ff}').contains(&c);
            assert!(arabic.is_empty() || arabic.contains(arabic_letter), "{message:?}");
            assert!(english.is_ascii(), "{message:?}");
        }
    }
}
