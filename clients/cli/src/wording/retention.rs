//! What is said about holds, destruction and redacted versions, in English, Arabic and Sorani:
//! whoever misses a document has to know why it is gone.

use super::Lang;

/// Something the command line says about what becomes of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RetentionMsg {
    /// A hold was filed.
    Held,
    /// A hold was lifted.
    Lifted,
    /// Documents were destroyed.
    Destroyed,
    /// On a docket: all documents are kept, and by what authority.
    KeepsAll,
    /// On a docket: a document is kept: digest, authority.
    Keeps,
    /// On a docket: a hold ends: digest of the filing that placed it, authority.
    Lifts,
    /// On a docket: a document is destroyed: digest, authority.
    Destroys,
    /// An exhibit is a redacted version: number, digest of the original, what was taken out.
    Redacted,
    /// The authority is a filing: its digest.
    ByFiling,
    /// The authority is an act: its number and institution.
    ByAct,
    /// A document in a report: name, leaf of the filing that destroyed it, digest.
    GoneInReport,
    /// On an archive's page: leaf.
    GoneInArchive,
}

impl RetentionMsg {
    fn wording(self) -> [&'static str; 3] {
        match self {
            Self::Held => [
                "From now on nobody can destroy them, until this institution lifts the hold.",
                "من الآن لا يستطيع أحد إتلافها حتى ترفع هذه المؤسسة الحفظ.",
                "لەمەودوا کەس ناتوانێت لەناویان ببات تا ئەم دامەزراوەیە پاراستنەکە هەڵدەگرێت.",
            ],
            Self::Lifted => ["The hold is lifted.", "رُفع الحفظ.", "پاراستنەکە هەڵگیرا."],
            Self::Destroyed => [
                "Their content is destroyed at the hub. Their digests stay proven.",
                "أُتلف محتواها في المركز. وتبقى بصماتها مثبتة.",
                "ناوەڕۆکەکەیان لە ناوەند لەناوبرا. پەنجەمۆرەکانیان سەلمێنراو دەمێننەوە.",
            ],
            Self::KeepsAll => [
                "All documents of the case must be kept, by authority of {}",
                "يجب حفظ كل وثائق الدعوى، استناداً إلى {}",
                "هەموو بەڵگەنامەکانی دۆسیەکە دەبێت بپارێزرێن، بەپێی {}",
            ],
            Self::Keeps => [
                "Must be kept: document {}, by authority of {}",
                "يجب حفظ الوثيقة {}، استناداً إلى {}",
                "دەبێت بپارێزرێت: بەڵگەنامەی {}، بەپێی {}",
            ],
            Self::Lifts => [
                "Ends the hold of the filing {}, by authority of {}",
                "يرفع الحفظ الوارد في المعاملة {}، استناداً إلى {}",
                "پاراستنی مامەڵەی {} هەڵدەگرێت، بەپێی {}",
            ],
            Self::Destroys => [
                "Destroyed: content of document {}, by authority of {}",
                "أُتلف محتوى الوثيقة {}، استناداً إلى {}",
                "لەناوبرا: ناوەڕۆکی بەڵگەنامەی {}، بەپێی {}",
            ],
            Self::Redacted => [
                "Exhibit {} is a redacted version of document {}; taken out: {}",
                "المستمسك {} نسخة محجوبة من الوثيقة {}؛ حُجب منها: {}",
                "بەڵگەی {} وەشانی پەردەپۆشکراوی بەڵگەنامەی {}ە؛ لێی لابراوە: {}",
            ],
            Self::ByFiling => ["the filing {}", "المعاملة {}", "مامەڵەی {}"],
            Self::ByAct => ["{} of {}", "{} الصادر عن {}", "{} لە {}"],
            Self::GoneInReport => [
                "Document {}, destroyed by the filing of leaf {}; proven by its digest: {}",
                "الوثيقة {}، أتلفتها معاملة الورقة {}؛ تثبتها بصمتها: {}",
                "بەڵگەنامەی {}، بە مامەڵەی پەڕەی {} لەناوبراوە؛ پەنجەمۆرەکەی دەیسەلمێنێت: {}",
            ],
            Self::GoneInArchive => [
                "destroyed by the filing of leaf {}",
                "أتلفتها معاملة الورقة {}",
                "بە مامەڵەی پەڕەی {} لەناوبراوە",
            ],
        }
    }

    /// The message with its values filled in.
    pub(crate) fn fill(self, lang: Lang, values: &[&str]) -> String {
        lang.fill_three(self.wording(), values)
    }
}
