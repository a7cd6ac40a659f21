//! Reading takes memory for what is read, not for the file: a judgment of 50 MiB that is mostly
//! markup costs what its words cost, and one that is mostly words costs them about once.
//!
//! One test alone in its program: what others take would be counted too.

use barid_plugin::Problems;
use barid_trial::Peak;

/// Size of each judgment.
const SIZE_BYTES: usize = 50 << 20;

/// What reading may take beside the text itself: buffers, names of open elements, one page or other
/// of the program.
const OVERHEAD_MAX_BYTES: u64 = 4 << 20;

/// A judgment of paragraphs like this one, as many as its size takes.
fn judgment(paragraph: &str) -> Vec<u8> {
    let begin = "<akomaNtoso xmlns='http://docs.oasis-open.org/legaldocml/ns/akn/3.0'>\
        <judgment name='judgment'><meta><identification source='#c'><FRBRWork>\
        <FRBRdate date='2025-12-04' name='judgment'/></FRBRWork></identification></meta>\
        <header/><judgmentBody><decision>";
    let end = "</decision></judgmentBody></judgment></akomaNtoso>";
    let mut judgment = Vec::with_capacity(SIZE_BYTES + paragraph.len() + 1024);
    judgment.extend_from_slice(begin.as_bytes());
    while judgment.len() < SIZE_BYTES {
        judgment.extend_from_slice(paragraph.as_bytes());
    }
    judgment.extend_from_slice(end.as_bytes());
    judgment
}

/// By how much memory grew over reading, and how long the text is.
fn grown(input: &[u8]) -> Option<(u64, u64)> {
    let peak = Peak::begin()?;
    let mut problems = Problems::new();
    let paper = barid_akn::read(input, "court", &mut problems);
    let grown_bytes = peak.grown_bytes();
    assert_eq!(problems.into_vec(), []);
    let judgment = paper.and_then(|paper| paper.ruling.judgment).unwrap_or_default();
    Some((grown_bytes, judgment.body_text.len() as u64))
}

#[test]
fn memory_grows_with_the_text_and_not_with_the_file() {
    let style = "margin-left:0.5in;text-indent:-0.5in;".repeat(5);
    let markup = format!("<p class='ParaLevel1' style='{style}'>قرار</p>\n   ");
    let Some((grown_bytes, text_bytes)) = grown(&judgment(&markup)) else { return };
    println!("markup: {grown_bytes} bytes for a text of {text_bytes}");
    assert!(text_bytes < 4 << 20, "{text_bytes} bytes of text are not mostly markup");
    assert!(grown_bytes < text_bytes * 2 + OVERHEAD_MAX_BYTES, "{grown_bytes} bytes");

    let words = format!("<p>{}</p>", "تصديق قرار مجلس المفوضين. ".repeat(200));
    let Some((grown_bytes, text_bytes)) = grown(&judgment(&words)) else { return };
    println!("words: {grown_bytes} bytes for a text of {text_bytes}");
    assert!(text_bytes > 49 << 20, "{text_bytes} bytes of text are not mostly words");
    assert!(grown_bytes < text_bytes + text_bytes / 4 + OVERHEAD_MAX_BYTES, "{grown_bytes} bytes");
}
