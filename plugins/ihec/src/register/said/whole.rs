//! What is wrong with a register as a whole: its encoding, its size, its sheets.

use barid_plugin::{Place, Problems};
use barid_proto::text::isolate;

use super::{SPLIT, Three, three};

const RESAVE: Three<'static> = [
    ("ar", "احفظ الملف بصيغة CSV UTF-8 أو XLSX وأرسله ثانية."),
    ("ckb", "پەڕگەکە وەک CSV UTF-8 یان XLSX پاشەکەوت بکە و سەرلەنوێ بینێرە."),
    ("en", "Save it as CSV UTF-8 or as XLSX and send it again."),
];

/// `what` names the unit: bytes, rows.
pub(crate) fn too_large(problems: &mut Problems, what: &str, found: u64, most: u64) {
    let ar = format!("السجل أكبر من الحد: {} {found}، والحد {most}.", isolate(what));
    let ckb = format!("تۆمارەکە لە سنوور گەورەترە: {} {found}، سنوور {most}.", isolate(what));
    let en = format!("The register is too large: {found} {what}; the limit is {most}.");
    problems.error("too-large", Place::default(), &three(&ar, &ckb, &en), &SPLIT);
}

pub(crate) fn encoding_unknown(problems: &mut Problems, offset_bytes: usize) {
    problems.error(
        "encoding-unknown",
        Place::default().at_offset(offset_bytes as u64),
        &three(
            "ترميز النص غير معروف.",
            "کۆدکردنی دەقەکە نەناسراوە.",
            "The text is in no known encoding.",
        ),
        &RESAVE,
    );
}

/// `line` and `offset_bytes` say where; line 0: not known.
pub(crate) fn encoding_broken(
    problems: &mut Problems,
    encoding: &str,
    line: u32,
    offset_bytes: usize,
) {
    let ar = format!("النص بترميز {} لكنه معطوب.", isolate(encoding));
    let ckb = format!("دەقەکە بە کۆدکردنی {}ە بەڵام تێکچووە.", isolate(encoding));
    let en = format!("The text is {encoding}, but it is broken.");
    let place = Place::line(line, 0).at_offset(offset_bytes as u64);
    problems.error("encoding-broken", place, &three(&ar, &ckb, &en), &RESAVE);
}

pub(crate) fn nul(problems: &mut Problems, line: u32, offset_bytes: usize) {
    problems.error(
        "nul",
        Place::line(line, 0).at_offset(offset_bytes as u64),
        &three(
            "في النص بايت صفري: الملف تالف أو ليس نصاً.",
            "لە دەقەکەدا بایتی سفر هەیە: پەڕگەکە تێکچووە یان دەق نییە.",
            "The text holds a zero byte: it was damaged, or is no text.",
        ),
        &RESAVE,
    );
}

pub(crate) fn encoding_guessed(problems: &mut Problems, encoding: &str) {
    let ar = format!("النص ليس UTF-8؛ قُرئ على أنه {}.", isolate(encoding));
    let ckb = format!("دەقەکە UTF-8 نییە؛ وەک {} خوێنرایەوە.", isolate(encoding));
    let en = format!("The text is not UTF-8; it was read as {encoding}.");
    problems.warning("encoding-guessed", Place::default(), &three(&ar, &ckb, &en), &RESAVE);
}

pub(crate) fn headings_missing(problems: &mut Problems, known: &str) {
    let ar = format!("لا يوجد صف عناوين فيه عمود مثل {}.", isolate(known));
    let ckb = format!("ڕیزێکی سەردێڕ نییە کە ستوونێکی وەک {} تێدا بێت.", isolate(known));
    let en = format!("There is no row of headings with a column such as \u{2068}{known}\u{2069}.");
    problems.error(
        "headings-missing",
        Place::default(),
        &three(&ar, &ckb, &en),
        &three(
            "ضع صف عناوين فوق الصفوف.",
            "ڕیزێکی سەردێڕ لە سەرووی ڕیزەکان دابنێ.",
            "Put a row of headings above the rows: appeal no., appellant, date, outcome.",
        ),
    );
}

pub(crate) fn empty(problems: &mut Problems, place: Place) {
    problems.error(
        "register-empty",
        place,
        &three("السجل فارغ.", "تۆمارەکە بەتاڵە.", "The register is empty."),
        &three(
            "أرسل السجل مع صف العناوين.",
            "تۆمارەکە لەگەڵ ڕیزی سەردێڕەکانی بنێرە.",
            "Send the register with its row of headings.",
        ),
    );
}

pub(crate) fn sheet_hidden(problems: &mut Problems, sheet: &str) {
    problems.warning(
        "sheet-hidden",
        Place::default().on_sheet(sheet),
        &three(
            "ورقة مخفية لم تُقرأ.",
            "پەڕەیەکی شاراوە نەخوێنرایەوە.",
            "A hidden sheet was not read.",
        ),
        &three(
            "أظهرها إن كانت من السجل.",
            "ئەگەر هی تۆمارەکەیە دەریبخە.",
            "Unhide it if it belongs to the register.",
        ),
    );
}

pub(crate) fn sheet_not_read(problems: &mut Problems, sheet: &str) {
    problems.warning(
        "sheet-not-read",
        Place::default().on_sheet(sheet),
        &three(
            "ورقة بلا صف عناوين معروف لم تُقرأ.",
            "پەڕەیەک بەبێ ڕیزێکی سەردێڕی ناسراو نەخوێنرایەوە.",
            "A sheet without a known row of headings was not read.",
        ),
        &three(
            "ضع عناوين إن كانت من السجل.",
            "ئەگەر هی تۆمارەکەیە سەردێڕی بۆ دابنێ.",
            "Add headings if it belongs to the register.",
        ),
    );
}

pub(crate) fn sheets_several(problems: &mut Problems, sheet: &str) {
    problems.warning(
        "sheets-several",
        Place::default().on_sheet(sheet),
        &three(
            "السجل في أكثر من ورقة؛ ضُمّت صفوفها بالترتيب.",
            "تۆمارەکە لە چەند پەڕەیەکدایە؛ ڕیزەکانیان بە ڕیز خرانە پاڵ یەک.",
            "The register has several sheets; their rows were put one after the other.",
        ),
        &[],
    );
}

pub(crate) fn not_expressed(problems: &mut Problems, place: Place) {
    problems.warning(
        "not-expressed",
        place,
        &three(
            "السجل لا يعبّر عن هذا الحقل.",
            "تۆمار ئەم خانەیە دەرنابڕێت.",
            "A register cannot express this field.",
        ),
        &[],
    );
}

pub(crate) fn not_writable(problems: &mut Problems, reason: &str) {
    let ar = format!("تعذّرت كتابة هذا السجل: {}.", isolate(reason));
    let ckb = format!("ئەم تۆمارە نەتوانرا بنووسرێت: {}.", isolate(reason));
    let en = format!("This register cannot be written: \u{2068}{reason}\u{2069}.");
    problems.error(
        "not-writable",
        Place::default(),
        &three(&ar, &ckb, &en),
        &three("اطلبه بصيغة أخرى.", "بە فۆرماتێکی تر داوای بکە.", "Ask for it in another format."),
    );
}
