//! What was found, for people: one line in each of the hub's languages.

mod marks;

use barid_proto::explain::Language;
use barid_proto::text::visible;

use crate::finding::{Contents, Look, Mark, Picture};
use crate::media::{Agreement, Media};

/// A wording in Arabic, Sorani, English and Spanish, as [`Language::ALL`] has them.
type Four = [&'static str; 4];

/// Longest claim that is repeated, in characters: longer than every media type that exists.
const CLAIM_CHARS_MAX: usize = 128;

const LEAD: Four = ["المستند الرئيس", "بەڵگەنامەی سەرەکی", "lead document", "documento principal"];
const EXHIBIT: Four = ["المرفق {0}", "پاشکۆی {0}", "exhibit {0}", "anexo {0}"];
const IS_NOT: Four = [
    "هو {0}، وليس {1} كما ذُكر",
    "{0}ە، نەک {1} وەک نووسراوە",
    "is {0}, and not {1} as it says",
    "es {0}, y no {1} como dice",
];
const UNKNOWN: Four = [
    "بيانات من نوع غير معروف",
    "داتا لە جۆرێکی نەناسراو",
    "bytes of an unknown kind",
    "bytes de un tipo desconocido",
];
const PAGES: Four = ["عدد الصفحات: {0}", "ژمارەی لاپەڕە: {0}", "pages: {0}", "páginas: {0}"];
const WITH_TEXT: Four = [
    "صفحات فيها نص: {0} من {1}",
    "لاپەڕەی بە دەق: {0} لە {1}",
    "pages with text: {0} of {1}",
    "páginas con texto: {0} de {1}",
];
const PIXELS: Four = ["{0} × {1} بكسل", "{0} × {1} پیکسڵ", "{0} × {1} pixels", "{0} × {1} píxeles"];
const TURNED: Four = [
    "تُعرض بعد تدوير (الاتجاه {0})",
    "دوای سووڕاندن پیشان دەدرێت (ئاراستە {0})",
    "to be turned when shown (orientation {0})",
    "se gira al mostrarse (orientación {0})",
];
const PARTS: Four = [
    "عدد الأجزاء: {0}، وحجمها بعد الفك {1} بايت",
    "ژمارەی بەشەکان: {0}، قەبارە دوای کردنەوە {1} بایت",
    "parts: {0}, {1} bytes when unpacked",
    "partes: {0}, {1} bytes al descomprimir",
];

/// What a clerk should know about a document, in one line: what it is, where it differs from what
/// was `claimed`, its measures, and what is wrong.
#[must_use]
pub fn told(language: Language, claimed: &str, look: &Look) -> String {
    let mut parts = Vec::new();
    parts.extend(kind(language, claimed, look));
    if let Some(pages) = look.pages {
        parts.push(fill(language, PAGES, &[&pages.to_string()]));
    }
    let seen = look.pdf.filter(|seen| seen.pages_looked_at > 0);
    if let Some(seen) = seen {
        let (with, of) = (seen.pages_with_text.to_string(), seen.pages_looked_at.to_string());
        parts.push(fill(language, WITH_TEXT, &[&with, &of]));
    }
    if let Some(Picture { width, height, orientation }) = look.picture {
        parts.push(fill(language, PIXELS, &[&width.to_string(), &height.to_string()]));
        let turned = orientation.filter(|turned| *turned > 1);
        parts.extend(turned.map(|turned| fill(language, TURNED, &[&turned.to_string()])));
    }
    if let Some(Contents { parts: count, unpacked_bytes }) = look.contents {
        parts.push(fill(language, PARTS, &[&count.to_string(), &unpacked_bytes.to_string()]));
    }
    parts.extend(look.marks.iter().map(|mark| mark_told(language, *mark).to_owned()));
    parts.join(pick(language, ["؛ ", "؛ ", "; ", "; "]))
}

/// As [`told`], with the name of the document before it: its number among the exhibits, as its
/// sender gave it. `None`: the lead document.
#[must_use]
pub fn told_of(language: Language, number: Option<&str>, claimed: &str, look: &Look) -> String {
    let name = match number {
        Some(number) => fill(language, EXHIBIT, &[number]),
        None => pick(language, LEAD).to_owned(),
    };
    format!("{name}: {}", told(language, claimed, look))
}

/// A mark in a sentence without a full stop.
#[must_use]
pub fn mark_told(language: Language, mark: Mark) -> &'static str {
    pick(language, marks::wording(mark))
}

/// What it is. `None`: nobody has looked, or there is nothing to be anything.
fn kind(language: Language, claimed: &str, look: &Look) -> Option<String> {
    let unseen = [Mark::Empty, Mark::Sealed, Mark::NotInTime, Mark::NoLooker, Mark::LookerEnded];
    if look.media == Media::Unknown && unseen.iter().any(|mark| look.marks.contains(mark)) {
        return None;
    }
    let name = match (look.media, look.pdf.and_then(|seen| seen.version_tenths)) {
        (Media::Unknown, _) => pick(language, UNKNOWN).to_owned(),
        (media, Some(tenths)) => {
            exact(language, &format!("{} {}.{}", media.label(), tenths / 10, tenths % 10))
        }
        (media, None) => exact(language, media.label()),
    };
    if look.media.agreement(claimed) != Agreement::Differs {
        return Some(name);
    }
    let claim: String = claimed.chars().take(CLAIM_CHARS_MAX).collect();
    let claim = exact(language, &claim);
    Some(pick(language, IS_NOT).replacen("{1}", &claim, 1).replacen("{0}", &name, 1))
}

fn pick(language: Language, four: Four) -> &'static str {
    let [arabic, sorani, english, spanish] = four;
    match language {
        Language::Arabic => arabic,
        Language::Sorani => sorani,
        Language::English => english,
        Language::Spanish => spanish,
    }
}

/// A wording with numbers in its places.
fn fill(language: Language, four: Four, numbers: &[&str]) -> String {
    let mut filled = pick(language, four).to_owned();
    for (at, number) in numbers.iter().enumerate() {
        filled = filled.replacen(&format!("{{{at}}}"), &exact(language, number), 1);
    }
    filled
}

/// What is read from left to right wherever it stands, and cannot leave its place.
fn exact(language: Language, text: &str) -> String {
    let text = visible(text);
    if language.right_to_left() { format!("\u{2066}{text}\u{2069}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::PdfLook;

    fn english(claimed: &str, look: &Look) -> String {
        told(Language::English, claimed, look)
    }

    #[test]
    fn a_line_says_what_it_is_and_what_is_wrong() {
        let mut pdf = Look::of(Media::Pdf).with(Mark::Restricted);
        pdf.pages = Some(12);
        pdf.pdf =
            Some(PdfLook { version_tenths: Some(17), pages_looked_at: 12, pages_with_text: 3 });
        assert_eq!(
            english("application/pdf", &pdf),
            "PDF 1.7; pages: 12; pages with text: 3 of 12; opens without a password, and asks not \
             to be printed, copied or changed"
        );
        let zip = Look::of(Media::Zip);
        assert_eq!(english("application/pdf", &zip), "is ZIP, and not application/pdf as it says");
        assert!(told(Language::Arabic, "application/pdf", &zip).contains("\u{2066}ZIP\u{2069}"));
        let unknown = Look::of(Media::Unknown);
        assert!(english("image/png", &unknown).starts_with("is bytes of an unknown kind"));
        let empty = unknown.with(Mark::Empty);
        assert_eq!(english("image/png", &empty), "holds nothing, or zero bytes only");
    }

    #[test]
    fn what_a_sender_claims_stays_in_its_place() {
        for language in Language::ALL {
            let line = told(language, "a\u{202e}b\u{2069}\n{0}", &Look::of(Media::Zip));
            assert!(!line.contains(['\u{202e}', '\n']), "{line:?}");
        }
        let long = "x/".repeat(10_000);
        assert!(told(Language::Arabic, &long, &Look::of(Media::Pdf)).len() < 1_000);
    }

    #[test]
    fn every_mark_has_a_sentence_in_every_language_and_its_own() {
        let mut sentences = std::collections::BTreeSet::new();
        for mark in Mark::ALL {
            for language in Language::ALL {
                let sentence = mark_told(language, *mark);
                assert!(!sentence.is_empty() && !sentence.ends_with('.'), "{mark:?}");
                assert!(sentences.insert(sentence), "{sentence} is there twice");
            }
        }
    }
}
