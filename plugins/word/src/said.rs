//! The wording of every problem, in Arabic, Sorani and English: what is wrong and how to mend it.

use barid_json_reading::shown;
use barid_plugin::problem::Wording;
use barid_plugin::{Place, Problems};

use crate::archive::{Fault, PARTS_MAX};
use crate::body::Doubts;
use crate::kind::Kind;
use crate::read::TEXT_MAX_BYTES;

const SAVE_AS_DOCX: Wording<'static> = &[
    ("ar", "افتحه في Word واحفظه بصيغة docx ثم أعد الإرسال."),
    ("ckb", "لە Word بیکەرەوە، وەک docx پاشەکەوتی بکە و سەرلەنوێ بینێرە."),
    ("en", "Open it in Word, save it as .docx, and send that."),
];
const SAVE_AGAIN: Wording<'static> = &[
    ("ar", "افتحه في Word واحفظه من جديد بصيغة docx."),
    ("ckb", "لە Word بیکەرەوە و سەرلەنوێ وەک docx پاشەکەوتی بکە."),
    ("en", "Open it in Word and save it again as .docx."),
];

/// Says that a file is no open Word file, and what it is.
pub(crate) fn not_word(problems: &mut Problems, name: &str, kind: Kind) {
    let (code, ar, ckb, en, remedy) = match kind {
        Kind::Legacy => (
            "word-legacy",
            "ملف Word قديم (doc. من قبل 2007)",
            "پەڕگەیەکی کۆنی Wordە (doc.، پێش 2007)",
            "an old Word file (.doc, of before 2007)",
            SAVE_AS_DOCX,
        ),
        Kind::Encrypted => (
            "word-encrypted",
            "ملف Word مقفل بكلمة سر",
            "پەڕگەیەکی Wordە بە وشەی نهێنی داخراوە",
            "a Word file locked with a password",
            &[
                ("ar", "أزل كلمة السر واحفظه؛ البريد يحميه في الطريق."),
                ("ckb", "وشەی نهێنییەکە لابە و پاشەکەوتی بکە؛ لە ڕێگادا بەبێ ئەویش پارێزراوە."),
                ("en", "Take the password off and save it; it travels protected anyway."),
            ] as Wording<'static>,
        ),
        Kind::Rtf => ("word-rtf", "ملف RTF", "پەڕگەی RTFە", "an RTF file", SAVE_AS_DOCX),
        Kind::Pdf => (
            "word-pdf",
            "ملف PDF",
            "پەڕگەی PDFە",
            "a PDF file",
            &[
                ("ar", "أرسل ملف Word الأصلي، وأرفق PDF مستنداً."),
                ("ckb", "پەڕگەی بنەڕەتیی Word بنێرە، و PDFەکە وەک بەڵگەنامەی هاوپێچ."),
                ("en", "Send the Word file it was made from; file the PDF as an exhibit."),
            ] as Wording<'static>,
        ),
        Kind::OpenDocument => (
            "word-opendocument",
            "ملف OpenDocument",
            "پەڕگەی OpenDocumentە",
            "an OpenDocument file",
            SAVE_AS_DOCX,
        ),
        Kind::Markup => (
            "word-markup",
            "صفحة XML أو HTML",
            "پەڕەی XML یان HTMLە",
            "a page of XML or HTML",
            SAVE_AS_DOCX,
        ),
        Kind::Empty => ("word-empty", "فارغ", "بەتاڵە", "empty", SAVE_AGAIN),
        Kind::Other => {
            ("word-missing", "ليس ملف Word", "پەڕگەی Word نییە", "no Word file", SAVE_AS_DOCX)
        }
    };
    problems.error(
        code,
        Place::path(name),
        &[
            ("ar", &format!("{}: {ar}.", shown(name))),
            ("ckb", &format!("{}: {ckb}.", shown(name))),
            ("en", &format!("{} is {en}.", shown(name))),
        ],
        remedy,
    );
}

impl Fault {
    /// Tells the sender why an archive, or a part of it, is not read. `name`: what it is called;
    /// empty for the document itself.
    pub fn say(&self, problems: &mut Problems, name: &str) {
        let (code, ar, ckb, en) = self.wording();
        let called = if name.is_empty() { String::new() } else { format!("{}: ", shown(name)) };
        problems.error(
            code,
            Place::path(name),
            &[
                ("ar", &format!("{called}الأرشيف {ar}.")),
                ("ckb", &format!("{called}ئەرشیفەکە {ckb}.")),
                ("en", &format!("{called}the archive {en}.")),
            ],
            SAVE_AGAIN,
        );
    }

    /// Code, and what is wrong in Arabic, Sorani and English.
    fn wording(&self) -> (&'static str, String, String, String) {
        match self {
            Fault::NotAnArchive => (
                "archive-missing",
                "ليس أرشيف ZIP".to_owned(),
                "ئەرشیفی ZIP نییە".to_owned(),
                "is no ZIP archive".to_owned(),
            ),
            Fault::TooManyParts(count) => (
                "archive-too-many-parts",
                format!("فيه {count} جزءاً والحد {PARTS_MAX}"),
                format!("{count} بەشی تێدایە و سنوور {PARTS_MAX}ە"),
                format!("has {count} parts; the limit is {PARTS_MAX}"),
            ),
            Fault::Path(part) => (
                "archive-path",
                format!("فيه اسم يخرج من المجلد: {}", shown(part)),
                format!("بەشێکی تێدایە کە ناوەکەی لە بوخچەکە دەچێتە دەرەوە: {}", shown(part)),
                format!("has a part whose name leads out of its folder: {}", shown(part)),
            ),
            Fault::NamesTwice => (
                "archive-names-twice",
                "فيه جزآن باسم واحد".to_owned(),
                "دوو بەشی بە یەک ناوی تێدایە".to_owned(),
                "has two parts with one name".to_owned(),
            ),
            Fault::Overlapping => (
                "archive-overlapping",
                "أجزاؤه متداخلة".to_owned(),
                "بەشەکانی بەسەر یەکدا دەکەون".to_owned(),
                "has parts that overlap".to_owned(),
            ),
            Fault::Encrypted(part) => (
                "archive-encrypted",
                format!("فيه جزء مقفل بكلمة سر: {}", shown(part)),
                format!("بەشێکی بە وشەی نهێنی داخراوی تێدایە: {}", shown(part)),
                format!("has a part locked with a password: {}", shown(part)),
            ),
            Fault::TooLarge(part, max) => (
                "archive-part-too-large",
                format!("الجزء {} أكبر من {max} بايت", shown(part)),
                format!("بەشی {} تێیدا لە {max} بایت گەورەترە", shown(part)),
                format!("has a part, {}, of more than {max} bytes", shown(part)),
            ),
            Fault::Damaged(part) => (
                "archive-damaged",
                format!("الجزء {} تالف", shown(part)),
                format!("بەشی {} تێیدا تێکچووە", shown(part)),
                format!("has a damaged part: {}", shown(part)),
            ),
        }
    }
}

pub(crate) fn part_refused(problems: &mut Problems, name: &str, part: &str) {
    problems.error(
        "word-part-refused",
        Place::path(name),
        &[
            ("ar", &format!("الجزء {} من {} ليس XML سليماً.", shown(part), shown(name))),
            ("ckb", &format!("بەشی {} لە {} XMLی دروست نییە.", shown(part), shown(name))),
            ("en", &format!("The part {} of {} is no sound XML.", shown(part), shown(name))),
        ],
        SAVE_AGAIN,
    );
}

pub(crate) fn too_long(problems: &mut Problems, name: &str) {
    problems.error(
        "word-too-long",
        Place::path(name),
        &[
            ("ar", &format!("نص {} أطول من {TEXT_MAX_BYTES} بايت.", shown(name))),
            ("ckb", &format!("دەقی {} لە {TEXT_MAX_BYTES} بایت درێژترە.", shown(name))),
            ("en", &format!("The text of {} is longer than {TEXT_MAX_BYTES} bytes.", shown(name))),
        ],
        &[
            ("ar", "أرفق الأجزاء الكبيرة مستندات."),
            ("ckb", "بەشە گەورەکان وەک بەڵگەنامەی هاوپێچ بنێرە."),
            ("en", "File the large parts as exhibits."),
        ],
    );
}

pub(crate) fn empty(problems: &mut Problems, name: &str) {
    problems.error(
        "word-without-text",
        Place::path(name),
        &[
            ("ar", &format!("ليس في {} نص، ولعله صور.", shown(name))),
            ("ckb", &format!("لە {} دەق نییە؛ لەوانەیە وێنەی پەڕە بێت.", shown(name))),
            ("en", &format!("{} has no text; perhaps it has pictures of pages.", shown(name))),
        ],
        &[
            ("ar", "أرسل ملفاً فيه نص الحكم، وأرفق الصور مستنداً."),
            ("ckb", "پەڕگەیەک بنێرە کە دەقی حوکمەکەی تێدایە، و وێنەکان وەک بەڵگەنامەی هاوپێچ."),
            ("en", "Send one with the ruling's text; file the pictures as an exhibit."),
        ],
    );
}

pub(crate) fn macros(problems: &mut Problems, name: &str) {
    problems.warning(
        "word-macros",
        Place::path(name),
        &[
            ("ar", &format!("في {} وحدات ماكرو لم تقرأ ولم تشغل.", shown(name))),
            ("ckb", &format!("لە {} ماکرۆ هەیە؛ نە خوێنراوەتەوە و نە کارپێکراوە.", shown(name))),
            ("en", &format!("{} has macros; they were neither read nor run.", shown(name))),
        ],
        SAVE_AS_DOCX,
    );
}

/// Says what is doubtful about a text that was read.
pub(crate) fn doubts(problems: &mut Problems, name: &str, doubts: Doubts) {
    if doubts.tracked {
        say_tracked(problems, name);
    }
    if doubts.hidden > 0 {
        say_hidden(problems, name, doubts.hidden);
    }
    if doubts.symbols > 0 {
        say_symbols(problems, name, doubts.symbols);
    }
    if doubts.numbering {
        say_numbering(problems, name);
    }
}

fn say_tracked(problems: &mut Problems, name: &str) {
    problems.warning(
        "word-tracked-changes",
        Place::path(name),
        &[
            ("ar", &format!("في {} تغييرات متعقبة؛ قرئ كأنها قبلت.", shown(name))),
            (
                "ckb",
                &format!(
                    "لە {} گۆڕانکاریی شوێنپێهەڵگیراو هەیە؛ وەک پەسەندکراو خوێنرایەوە.",
                    shown(name)
                ),
            ),
            ("en", &format!("{} has tracked changes; it was read as accepted.", shown(name))),
        ],
        &[
            ("ar", "اقبل التغييرات أو ارفضها قبل التوقيع."),
            ("ckb", "پێش واژووکردن گۆڕانکارییەکان پەسەند یان ڕەت بکەرەوە."),
            ("en", "Accept or reject the changes before the ruling is signed."),
        ],
    );
}

fn say_hidden(problems: &mut Problems, name: &str, runs: usize) {
    problems.warning(
        "word-hidden-text",
        Place::path(name),
        &[
            ("ar", &format!("في {} نص مخفي لم يقرأ ({runs}).", shown(name))),
            ("ckb", &format!("لە {} دەقی شاراوە هەیە کە نەخوێنرایەوە ({runs}).", shown(name))),
            ("en", &format!("{} has hidden text, which was left out ({runs}).", shown(name))),
        ],
        &[
            ("ar", "احذف النص المخفي أو أظهره."),
            ("ckb", "دەقە شاراوەکە بسڕەوە یان دەریبخە."),
            ("en", "Delete the hidden text, or show it."),
        ],
    );
}

fn say_symbols(problems: &mut Problems, name: &str, count: usize) {
    problems.warning(
        "word-symbols",
        Place::path(name),
        &[
            ("ar", &format!("في {} رموز من خطوط خاصة لم تقرأ ({count}).", shown(name))),
            (
                "ckb",
                &format!("لە {} هێمای فۆنتی تایبەت هەیە کە نەخوێنرایەوە ({count}).", shown(name)),
            ),
            ("en", &format!("{} has symbols of special fonts, left out ({count}).", shown(name))),
        ],
        &[
            ("ar", "استعمل رموزاً من خط النص."),
            ("ckb", "هێمای فۆنتی دەقەکە خۆی بەکاربهێنە."),
            ("en", "Use characters of the text's own font."),
        ],
    );
}

fn say_numbering(problems: &mut Problems, name: &str) {
    problems.warning(
        "word-numbering",
        Place::path(name),
        &[
            ("ar", &format!("فقرات في {} مرقمة بطريقة لم تقرأ.", shown(name))),
            ("ckb", &format!("بڕگەکانی {} بە شێوەیەک ژمارەکراون کە نەخوێنرایەوە.", shown(name))),
            ("en", &format!("Paragraphs of {} are numbered in a way not read.", shown(name))),
        ],
        &[
            ("ar", "رقّم الفقرات بأرقام أو حروف."),
            ("ckb", "بڕگەکان بە ژمارە یان پیت ژمارە بکە."),
            ("en", "Number them with digits or letters."),
        ],
    );
}
