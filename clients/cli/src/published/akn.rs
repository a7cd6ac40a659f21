//! A published ruling as Akoma Ntoso 3.0: what it is, and its text where that is published.

use barid_proto::v1::DataClass;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::class_word;
use super::rulings::{Ruling, day};
use crate::archive::xml::Xml;
use crate::render::time;

/// The namespace.
const AKN: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";
/// Elements of running text: each is a paragraph.
const BLOCKS: [&str; 5] = ["p", "block", "heading", "num", "td"];
/// Most paragraphs taken from a text; the text itself lies beside.
const PARAGRAPHS_MAX: usize = 20_000;

/// The ruling. `text`: where its text lies, from the folder of the publication.
pub(crate) fn akn(ruling: &Ruling<'_>, text: Option<&str>, paragraphs: &[String]) -> String {
    let mut xml = Xml::new();
    xml.open("akomaNtoso", &[("xmlns", AKN)]).open("judgment", &[("name", "judgment")]);
    xml.open("meta", &[]);
    identification(&mut xml, ruling);
    xml.open("references", &[("source", "#barid")]);
    let court = format!("/ontology/organization/{}", ruling.court());
    let court = [("eId", "court"), ("href", court.as_str()), ("showAs", ruling.court())];
    xml.empty("TLCOrganization", &court);
    let program = [("eId", "barid"), ("href", "/ontology/process/barid"), ("showAs", "Barid")];
    xml.empty("TLCProcess", &program);
    xml.close().close();
    header(&mut xml, ruling);
    xml.open("judgmentBody", &[]);
    if !paragraphs.is_empty() {
        xml.open("motivation", &[]);
        for paragraph in paragraphs {
            xml.text("p", &[], paragraph);
        }
        xml.close();
    }
    xml.open("decision", &[]);
    xml.open("p", &[]).text("outcome", &[], ruling.outcome()).close();
    if let Some(text) = text {
        // Both lie in the same folder.
        let name = text.rsplit('/').next().unwrap_or(text);
        xml.open("p", &[]).text("ref", &[("href", name)], name).close();
    }
    xml.finish()
}

fn identification(xml: &mut Xml, ruling: &Ruling<'_>) {
    // A ruling that does not say its day has that on which it was filed.
    let said = ruling.act().and_then(|act| act.date).map(day);
    let what = if said.is_some() { "judgment" } else { "filed" };
    let accepted = i64::try_from(ruling.line.verified.accepted_at_ms).unwrap_or_default();
    let filed = || time::rfc3339(accepted, 0).unwrap_or_default().chars().take(10).collect();
    let date: String = said.unwrap_or_else(filed);
    let cited = ruling.citation.clone().unwrap_or_default();
    let (country, name) = match cited.split(':').collect::<Vec<_>>().as_slice() {
        [country, _, year, number] => (country.to_lowercase(), format!("{year}/{}", part(number))),
        _ => ("un".to_owned(), part(ruling.act().map_or("", |act| act.number.as_str()))),
    };
    let work = format!("/akn/{country}/judgment/{}/{name}", part(ruling.court()));
    // What language the text is in is the text's to say.
    let expression = format!("{work}/und@");
    xml.open("identification", &[("source", "#barid")]);
    let levels = [
        ("FRBRWork", work),
        ("FRBRExpression", expression.clone()),
        ("FRBRManifestation", format!("{expression}.akn")),
    ];
    for (level, uri) in levels {
        xml.open(level, &[]);
        xml.empty("FRBRthis", &[("value", &uri)]).empty("FRBRuri", &[("value", &uri)]);
        xml.empty("FRBRdate", &[("date", &date), ("name", what)]);
        xml.empty("FRBRauthor", &[("href", "#court")]);
        match level {
            "FRBRWork" => drop(xml.empty("FRBRcountry", &[("value", &country)])),
            "FRBRExpression" => drop(xml.empty("FRBRlanguage", &[("language", "und")])),
            _ => drop(xml.empty("FRBRformat", &[("value", "application/akn+xml")])),
        }
        xml.close();
    }
    xml.close();
}

fn header(xml: &mut Xml, ruling: &Ruling<'_>) {
    xml.open("header", &[]);
    if let Some(citation) = &ruling.citation {
        xml.open("p", &[]).text("neutralCitation", &[], citation).close();
    }
    for number in &ruling.said.docket_numbers {
        xml.open("p", &[]).text("docketNumber", &[], &number.literal).close();
    }
    if let Some(date) = ruling.act().and_then(|act| act.date).map(day) {
        xml.open("p", &[]).text("docDate", &[("date", &date)], &date).close();
    }
    if ruling.data_class != DataClass::Live {
        xml.text("p", &[], &format!("data class: {}", class_word(ruling.data_class)));
    }
    xml.close();
}

/// A part of an address: letters, digits and hyphens.
fn part(text: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let part: String = text.chars().map(safe).collect();
    let part = part.trim_matches('-').to_owned();
    if part.is_empty() { "none".to_owned() } else { part }
}

/// The paragraphs of a text, where it is plain or marked up. None: only the text itself has them.
pub(crate) fn paragraphs(media_type: &str, bytes: &[u8]) -> Vec<String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Vec::new() };
    match media_type.split(';').next().unwrap_or_default().trim() {
        "text/plain" => {
            let lines = text.split("\n\n").map(squeezed).filter(|line| !line.is_empty());
            lines.take(PARAGRAPHS_MAX).collect()
        }
        "application/xml" | "text/xml" | "application/akn+xml" => marked_up(text),
        _ => Vec::new(),
    }
}

/// The running text of a document in XML, without its metadata.
fn marked_up(text: &str) -> Vec<String> {
    let mut reader = Reader::from_str(text);
    let (mut found, mut line, mut meta) = (Vec::new(), String::new(), 0_usize);
    while found.len() < PARAGRAPHS_MAX {
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == "meta" => meta += 1,
            Ok(Event::End(tag)) if tag.local_name().as_ref() == "meta" => {
                meta = meta.saturating_sub(1);
            }
            Ok(Event::Text(text)) if meta == 0 => {
                line.push_str(&text);
            }
            Ok(Event::GeneralRef(_)) => line.push(' '),
            Ok(Event::End(tag)) if BLOCKS.contains(&tag.local_name().as_ref()) => {
                let whole = squeezed(&std::mem::take(&mut line));
                found.extend(Some(whole).filter(|line| !line.is_empty()));
            }
            // What is not well-formed lies beside as it is.
            Err(_) => return Vec::new(),
            Ok(Event::Eof) => break,
            Ok(_) => {}
        }
    }
    found
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_read_off_plain_and_marked_up_texts() {
        assert_eq!(paragraphs("text/plain", b"one\ntwo\n\nthree\n"), ["one two", "three"]);
        let akn = "<a><meta><p>who</p></meta><p>one <b>two</b></p><num>1</num></a>";
        assert_eq!(paragraphs("application/akn+xml", akn.as_bytes()), ["one two", "1"]);
        assert!(paragraphs("application/xml", b"<a><b></a>").is_empty());
        assert!(paragraphs("application/pdf", b"%PDF").is_empty());
    }
}
