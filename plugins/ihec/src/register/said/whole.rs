//! What is wrong with a register as a whole: its encoding, its size, its sheets.

use barid_plugin::{Place, Problems};
use barid_proto::text::isolate;

use super::{Both, SPLIT, both};

const RESAVE: Both<'static> = [
    ("ar", "احفظ الملف بصيغة CSV UTF-8 أو XLSX وأرسله ثانية."),
    ("en", "Save it as CSV UTF-8 or as XLSX and send it again."),
];

/// `what` names the unit: bytes, rows.
pub(crate) fn too_large(problems: &mut Problems, what: &str, found: u64, most: u64) {
    let ar = format!("السجل أكبر من الحد: {} {found}، والحد {most}.", isolate(what));
    let en = format!("The register is too large: {found} {what}; the limit is {most}.");
    problems.error("too-large", Place::default(), &both(&ar, &en), &SPLIT);
}

pub(crate) fn encoding_unknown(problems: &mut Problems, offset_bytes: usize) {
    problems.error(
        "encoding-unknown",
        Place::default().at_offset(offset_bytes as u64),
        &both("ترميز النص غير معروف.", "The text is in no known encoding."),
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
    let en = format!("The text is {encoding}, but it is broken.");
    let place = Place::line(line, 0).at_offset(offset_bytes as u64);
    problems.error("encoding-broken", place, &both(&ar, &en), &RESAVE);
}

pub(crate) fn nul(problems: &mut Problems, line: u32, offset_bytes: usize) {
    problems.error(
        "nul",
        Place::line(line, 0).at_offset(offset_bytes as u64),
        &both(
            "في النص بايت صفري: الملف تالف أو ليس نصاً.",
            "The text holds a zero byte: it was damaged, or is no text.",
        ),
        &RESAVE,
    );
}

pub(crate) fn encoding_guessed(problems: &mut Problems, encoding: &str) {
    let ar = format!("النص ليس UTF-8؛ قُرئ على أنه {}.", isolate(encoding));
    let en = format!("The text is not UTF-8; it was read as {encoding}.");
    problems.warning("encoding-guessed", Place::default(), &both(&ar, &en), &RESAVE);
}

pub(crate) fn headings_missing(problems: &mut Problems, known: &str) {
    let ar = format!("لا يوجد صف عناوين فيه عمود مثل {}.", isolate(known));
    let en = format!("There is no row of headings with a column such as \u{2068}{known}\u{2069}.");
    problems.error(
        "headings-missing",
        Place::default(),
        &both(&ar, &en),
        &both(
            "ضع صف عناوين فوق الصفوف.",
            "Put a row of headings above the rows: appeal no., appellant, date, outcome.",
        ),
    );
}

pub(crate) fn empty(problems: &mut Problems, place: Place) {
    problems.error(
        "register-empty",
        place,
        &both("السجل فارغ.", "The register is empty."),
        &both("أرسل السجل مع صف العناوين.", "Send the register with its row of headings."),
    );
}

pub(crate) fn sheet_hidden(problems: &mut Problems, sheet: &str) {
    problems.warning(
        "sheet-hidden",
        Place::default().on_sheet(sheet),
        &both("ورقة مخفية لم تُقرأ.", "A hidden sheet was not read."),
        &both("أظهرها إن كانت من السجل.", "Unhide it if it belongs to the register."),
    );
}

pub(crate) fn sheet_not_read(problems: &mut Problems, sheet: &str) {
    problems.warning(
        "sheet-not-read",
        Place::default().on_sheet(sheet),
        &both(
            "ورقة بلا صف عناوين معروف لم تُقرأ.",
            "A sheet without a known row of headings was not read.",
        ),
        &both("ضع عناوين إن كانت من السجل.", "Add headings if it belongs to the register."),
    );
}

pub(crate) fn sheets_several(problems: &mut Problems, sheet: &str) {
    problems.warning(
        "sheets-several",
        Place::default().on_sheet(sheet),
        &both(
            "السجل في أكثر من ورقة؛ ضُمّت صفوفها بالترتيب.",
            "The register has several sheets; their rows were put one after the other.",
        ),
        &[],
    );
}

pub(crate) fn not_expressed(problems: &mut Problems, place: Place) {
    problems.warning(
        "not-expressed",
        place,
        &both("السجل لا يعبّر عن هذا الحقل.", "A register cannot express this field."),
        &[],
    );
}

pub(crate) fn not_writable(problems: &mut Problems, reason: &str) {
    let ar = format!("تعذّرت كتابة هذا السجل: {}.", isolate(reason));
    let en = format!("This register cannot be written: \u{2068}{reason}\u{2069}.");
    problems.error(
        "not-writable",
        Place::default(),
        &both(&ar, &en),
        &both("اطلبه بصيغة أخرى.", "Ask for it in another format."),
    );
}
