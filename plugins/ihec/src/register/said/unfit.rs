//! What was sent instead of a register that we read, by its name, and what to send.

use barid_plugin::{Place, Problems};

use super::{Three, three};

/// What was sent instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// Nothing that can be opened.
    Broken,
    /// A workbook behind a password.
    Encrypted,
    /// A workbook of before 2007.
    Legacy,
    /// A workbook with macros.
    Macros,
    /// A workbook in the binary notation (`.xlsb`).
    Binary,
    /// An OpenDocument table (`.ods`).
    OpenDocument,
    /// A text document (`.docx`).
    TextDocument,
    /// A workbook as one XML text (2003).
    SpreadsheetXml,
    /// A web page.
    WebPage,
    /// A PDF.
    Pdf,
    /// A workbook, where a CSV was announced.
    Workbook,
    /// A part of the archive declares a document type.
    DocType,
    /// A part of the archive has a name that leads out of it.
    PartName,
    /// Two parts of the archive have one name.
    PartTwice,
}

const SAVE_AS_XLSX: Three<'static> = [
    (
        "ar",
        "افتحه في برنامج الجداول واختر «حفظ باسم» ثم «مصنف Excel \u{2068}(*.xlsx)\u{2069}» وأرسله \
         ثانية.",
    ),
    (
        "ckb",
        "لە بەرنامەی خشتەکاندا بیکەرەوە، «Save As» پاشان «Excel Workbook \
         \u{2068}(*.xlsx)\u{2069}» هەڵبژێرە و سەرلەنوێ بینێرە.",
    ),
    (
        "en",
        "Open it in a spreadsheet program, choose “Save As”, “Excel Workbook (*.xlsx)”, and send \
         that.",
    ),
];

const SEND_THE_TABLE: Three<'static> = [
    ("ar", "أرسل الجدول نفسه بصيغة XLSX أو CSV، وأرفق هذه الوثيقة مستنداً عند الحاجة."),
    (
        "ckb",
        "خشتەکە خۆی وەک XLSX یان CSV بنێرە، و ئەگەر پێویست بوو ئەمە وەک بەڵگەنامەی هاوپێچ بنێرە.",
    ),
    ("en", "Send the table itself as XLSX or CSV, and file this as an exhibit if it is needed."),
];

const NO_PASSWORD: Three<'static> = [
    (
        "ar",
        "افتحه بكلمة المرور، ثم «ملف» ← «معلومات» ← «حماية المصنف» ← «تشفير بكلمة مرور»، واحذف \
         الكلمة واحفظه وأرسله ثانية.",
    ),
    (
        "ckb",
        "بە وشەی نهێنی بیکەرەوە، پاشان «File» ← «Info» ← «Protect Workbook» ← «Encrypt with \
         Password»، وشەکە بسڕەوە، پاشەکەوتی بکە و سەرلەنوێ بینێرە.",
    ),
    (
        "en",
        "Open it with the password, choose “File”, “Info”, “Protect Workbook”, “Encrypt with \
         Password”, delete the password, save it and send it again.",
    ),
];

const MADE_AGAIN: Three<'static> = [
    ("ar", "انسخ الجدول إلى مصنف جديد واحفظه بصيغة XLSX. إذا تكرر ذلك فأبلغ مسؤول أمن المعلومات."),
    (
        "ckb",
        "خشتەکە بۆ پەڕگەیەکی نوێ کۆپی بکە و وەک XLSX پاشەکەوتی بکە. ئەگەر دووبارە بووەوە، بەرپرسی \
         ئاسایشی زانیاری ئاگادار بکەرەوە.",
    ),
    (
        "en",
        "Copy the table into a new workbook and save it as XLSX. If this happens again, tell \
         whoever \
         answers for security: no spreadsheet program writes such a thing.",
    ),
];

/// Refuses what was sent.
pub(crate) fn unfit(problems: &mut Problems, unfit: Unfit, place: Place) {
    let (code, ar, ckb, en, remedy) = wording(unfit);
    problems.error(code, place, &three(ar, ckb, en), &remedy);
}

/// Code, what is wrong in Arabic, Sorani and English, and how to mend it.
type Wording = (&'static str, &'static str, &'static str, &'static str, Three<'static>);

fn wording(unfit: Unfit) -> Wording {
    match unfit {
        Unfit::DocType | Unfit::PartName | Unfit::PartTwice => of_an_attack(unfit),
        Unfit::Encrypted => (
            "password-protected",
            "المصنف محمي بكلمة مرور ولا يمكن قراءته.",
            "پەڕگەکە بە وشەی نهێنی پارێزراوە و ناخوێنرێتەوە.",
            "The workbook is password-protected and cannot be read.",
            NO_PASSWORD,
        ),
        Unfit::Legacy => (
            "workbook-legacy",
            "هذا مصنف بصيغة Excel القديمة (xls، قبل 2007) أو وثيقة Office قديمة أخرى.",
            "ئەمە پەڕگەیەکی کۆنی Excelە (xls، پێش 2007)، یان بەڵگەنامەیەکی تری کۆنی Office.",
            "This is a workbook of the old kind (.xls, before 2007), or another old Office \
             document.",
            SAVE_AS_XLSX,
        ),
        Unfit::Macros => (
            "workbook-macros",
            "في المصنف وحدات ماكرو (xlsm)، ولا تُقبل برامج داخل السجلات.",
            "لە پەڕگەکەدا ماکرۆ هەیە (xlsm)؛ بەرنامە لەناو تۆمارەکاندا وەرناگیرێت.",
            "The workbook has macros (.xlsm); programs are not accepted inside registers.",
            SAVE_AS_XLSX,
        ),
        Unfit::Binary => (
            "workbook-binary",
            "هذا مصنف ثنائي (xlsb).",
            "ئەمە پەڕگەیەکی دووانەیییە (xlsb).",
            "This is a binary workbook (.xlsb).",
            SAVE_AS_XLSX,
        ),
        Unfit::OpenDocument => (
            "workbook-open-document",
            "هذا مصنف OpenDocument \u{2068}(ods)\u{2069}.",
            "ئەمە پەڕگەیەکی OpenDocumentە \u{2068}(ods)\u{2069}.",
            "This is an OpenDocument workbook (.ods).",
            SAVE_AS_XLSX,
        ),
        Unfit::SpreadsheetXml => (
            "workbook-xml-2003",
            "هذا مصنف بصيغة XML لعام 2003.",
            "ئەمە پەڕگەیەکە بە XMLی ساڵی 2003.",
            "This is a workbook in the XML of 2003.",
            SAVE_AS_XLSX,
        ),
        Unfit::WebPage | Unfit::TextDocument | Unfit::Pdf | Unfit::Workbook => {
            of_another_kind(unfit)
        }
        _ => (
            "not-a-workbook",
            "هذا ليس ملف XLSX سليماً.",
            "ئەمە پەڕگەی XLSXی دروست نییە.",
            "This is not a sound XLSX workbook.",
            SAVE_AS_XLSX,
        ),
    }
}

fn of_another_kind(unfit: Unfit) -> Wording {
    match unfit {
        Unfit::WebPage => (
            "web-page",
            "هذه صفحة ويب سُميت مصنفاً.",
            "ئەمە پەڕەیەکی وێبە کە ناوی پەڕگەی خشتەی لێنراوە.",
            "This is a web page that was called a workbook.",
            SAVE_AS_XLSX,
        ),
        Unfit::TextDocument => (
            "text-document",
            "هذه وثيقة Word لا سجل.",
            "ئەمە بەڵگەنامەی Wordە نەک تۆمار.",
            "This is a Word document and no register.",
            SEND_THE_TABLE,
        ),
        Unfit::Pdf => (
            "pdf",
            "هذا ملف PDF لا سجل.",
            "ئەمە پەڕگەی PDFە نەک تۆمار.",
            "This is a PDF and no register.",
            SEND_THE_TABLE,
        ),
        _ => (
            "csv-is-workbook",
            "هذا مصنف أو أرشيف لا ملف CSV.",
            "ئەمە پەڕگەی خشتە یان ئەرشیفە نەک CSV.",
            "This is a workbook or another archive, not a CSV.",
            [
                ("ar", "أرسله بصيغة السجل XLSX، أو احفظه «CSV UTF-8»."),
                ("ckb", "وەک تۆماری XLSX بینێرە، یان وەک «CSV UTF-8» پاشەکەوتی بکە."),
                ("en", "Send it as a register in XLSX, or save it as “CSV UTF-8”."),
            ],
        ),
    }
}

fn of_an_attack(unfit: Unfit) -> Wording {
    let (code, ar, ckb, en) = match unfit {
        Unfit::DocType => (
            "workbook-doctype",
            "في أحد أجزاء المصنف تعريف DOCTYPE، وهذا ممنوع في المصنفات.",
            "لە بەشێکی پەڕگەکەدا DOCTYPE هەیە، کە لە پەڕگەی خشتەدا قەدەغەیە.",
            "A part of the workbook declares a DOCTYPE, which workbooks must not have.",
        ),
        Unfit::PartName => (
            "workbook-part-name",
            "لأحد أجزاء المصنف اسم يقود إلى خارجه.",
            "بەشێکی پەڕگەکە ناوێکی هەیە کە دەباتە دەرەوەی.",
            "A part of the workbook has a name that leads out of it.",
        ),
        _ => (
            "workbook-part-twice",
            "لجزأين من المصنف اسم واحد، فلا يُعلم أيهما المقصود.",
            "دوو بەشی پەڕگەکە یەک ناویان هەیە، بۆیە نازانرێت مەبەست کامیانە.",
            "Two parts of the workbook have one name; which is meant cannot be known.",
        ),
    };
    (code, ar, ckb, en, MADE_AGAIN)
}
