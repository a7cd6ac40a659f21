//! What an archive's page says, in its two languages, and what is said about bags.

use super::Both;

sentences! {
    /// A sentence or heading about archives. `{}` stands for a value.
    ArchiveMsg:

    /// The page's title; the case's identifier follows.
    Title: "Case file", "ملف القضية";
    /// When it was made.
    MadeAt: "Archived:", "تاريخ الأرشفة:";
    /// All holds.
    Valid:
        "Everything in it was verified when it was archived. Verify it again \
         below.",
        "تم التحقق من كل ما فيه عند الأرشفة. أعد التحقق كما هو مبيّن أدناه.";
    /// Something is open.
    Undecided:
        "When it was archived nothing was known to be wrong, and not everything \
         could be decided. Verify it again below.",
        "عند الأرشفة لم يُعرف فيه خطأ، ولم يمكن البت في كل شيء. أعد التحقق كما هو \
         مبيّن أدناه.";
    /// Something is wrong.
    Invalid:
        "When it was archived something in it did not hold. Verify it again below.",
        "عند الأرشفة كان فيه ما لا يصح. أعد التحقق كما هو مبيّن أدناه.";
    /// Heading: parties.
    Parties: "Parties", "الأطراف";
    /// Heading: what happened.
    Timeline: "What happened", "مجرى القضية";
    /// Heading: documents.
    Documents: "Documents", "الوثائق";
    /// Heading: what was left out.
    Withheld: "Left out", "ما لم يُضمّن";
    /// Why.
    WithheldWhy:
        "Restricted and sealed papers are for their recipients only. The log \
         proves that they exist.",
        "الأوراق المقيدة والمختومة لأصحابها وحدهم. ويثبت السجل وجودها.";
    /// Heading: how to verify.
    HowTo: "How to verify", "كيفية التحقق";
    /// The two steps.
    HowSteps:
        "In the folder of bagit.txt: first that no byte has changed, then what it \
         proves.",
        "في مجلد bagit.txt: أولاً أن شيئاً لم يتغير، ثم ما الذي يثبته.";
    /// Whom to believe.
    HowTrust:
        "Take policy and roots from a source you trust, never from this archive. \
         This page proves nothing.",
        "خذ السياسة والجذور من مصدر تثق به، لا من هذا الأرشيف. هذه الصفحة لا تثبت \
         شيئاً.";
    /// What proves.
    HowProof:
        "The proof, which any program opens as a ZIP file:",
        "الدليل، ويفتحه أي برنامج بوصفه ملف ZIP:";
    /// Not in the archive.
    NotHere: "not in this archive", "ليست في هذا الأرشيف";
    /// Heading: time.
    Time: "time", "الوقت";
    /// Heading: leaf.
    Leaf: "leaf", "الورقة";
    /// Heading: event.
    Event: "event", "الحدث";
    /// Heading: office.
    Office: "office", "المكتب";
    /// Heading: filing.
    Filing: "filing", "المعاملة";
    /// Heading: name.
    Name: "name", "الاسم";
    /// Heading: digest.
    Digest: "SHA-256", "البصمة SHA-256";
    /// It was written.
    Written:
        "Archived in {}: filings {}, documents {}, left out {}.",
        "أُرشفت في {}: المعاملات {}، الوثائق {}، ما لم يُضمّن {}.";
    /// The folder is in use.
    FolderUsed: "{} is there already, and not empty.", "{} موجود، وليس فارغاً.";
    /// The bag holds.
    BagHolds: "The bag is whole: no byte has changed.", "الحافظة كاملة: لم يتغير فيها شيء.";
    /// A tag file.
    BagForm: "{} is not what a bag of version 1.0 has.", "{} ليس كما في حافظة من الإصدار 1.0.";
    /// Something is missing.
    BagMissing: "Missing: {}", "مفقود: {}";
    /// Something was added.
    BagUnlisted: "Not listed: {}", "غير مدرج: {}";
    /// Something was changed.
    BagChanged: "Changed: {}", "تغيّر: {}";
    /// No bundle in it.
    NoBundle:
        "There is no case.barid in it: nothing is proven.",
        "ليس فيه case.barid: لا يثبت شيئاً.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sentence_has_both_languages_and_the_same_places() {
        for message in ArchiveMsg::ALL {
            let (english, arabic) = message.wording();
            assert!(!english.is_empty() && !arabic.is_empty(), "{message:?}");
            let places = |text: &str| text.matches("{}").count();
            assert_eq!(places(english), places(arabic), "{message:?}");
        }
    }
}
