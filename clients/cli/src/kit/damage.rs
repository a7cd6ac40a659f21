//! Damages to one place of a good document: as wide as what they replace, so that all other places
//! stay where they are.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::family::Family;

/// Most places of one document that are tried.
const TRIED_MAX: usize = 48;

/// One place, and what may stand there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// Where in the document, in bytes.
    pub(super) range: Range<usize>,
    /// What to try, as many characters as were there.
    pub(super) instead: Vec<String>,
}

impl Spot {
    fn of(text: &str, range: Range<usize>, instead: &[&dyn Fn(usize) -> String]) -> Option<Self> {
        let width = text.get(range.clone())?.chars().count();
        let instead = instead.iter().map(|make| make(width)).collect();
        Some(Self { range, instead })
    }
}

/// Places of a document, spread over it; none where the family's notation is not understood.
pub(super) fn spots(family: Family, bytes: &[u8]) -> Vec<Spot> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Vec::new() };
    let all = match family {
        Family::Json => json(text),
        Family::Xml => xml(text),
        Family::Csv => csv(text),
        Family::Zip | Family::Other => Vec::new(),
    };
    let step = all.len().div_ceil(TRIED_MAX).max(1);
    all.into_iter().step_by(step).collect()
}

/// The document with these places replaced; they must not overlap.
pub(super) fn damaged(bytes: &[u8], damages: &[(&Spot, &str)]) -> Vec<u8> {
    let mut sorted = damages.to_vec();
    sorted.sort_by_key(|(spot, _)| spot.range.start);
    let mut copy = bytes.to_vec();
    for (spot, instead) in sorted.iter().rev() {
        if spot.range.end <= copy.len() {
            copy.splice(spot.range.clone(), instead.bytes());
        }
    }
    copy
}

/// Every scalar of a JSON text; a string becomes a number, anything else a truth value.
fn json(text: &str) -> Vec<Spot> {
    if serde_json::from_str::<serde::de::IgnoredAny>(text).is_err() {
        return Vec::new();
    }
    let number = |width| format!("{:<width$}", 0);
    let truth = |width| format!("{:<width$}", "true");
    let mut spots = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        if first == '"' {
            let mut escaped = false;
            let closing = rest.find(|(_, one)| {
                let closes = *one == '"' && !escaped;
                escaped = *one == '\\' && !escaped;
                closes
            });
            let end = closing.map_or(text.len(), |(at, _)| at + 1);
            let after = text.get(end..).unwrap_or_default().trim_start();
            if !after.starts_with(':') {
                spots.extend(Spot::of(text, start..end, &[&number]));
            }
        } else if first == '-' || first.is_ascii_alphanumeric() {
            let mut end = start + 1;
            while let Some((at, _)) = rest.next_if(|(_, one)| !",]} \t\r\n".contains(*one)) {
                end = at + 1;
            }
            let scalar = text.get(start..end).unwrap_or_default();
            if scalar.len() >= 4 && !["true", "null"].contains(&scalar) {
                spots.extend(Spot::of(text, start..end, &[&truth]));
            }
        }
    }
    spots
}

fn question_marks(width: usize) -> String {
    "?".repeat(width)
}

fn nines(width: usize) -> String {
    "9".repeat(width)
}

/// Every cell of the lower half of a table: headings stand in the upper, and of a column whose
/// heading is damaged the cells are not told. The dialect is found by the first line.
fn csv(text: &str) -> Vec<Spot> {
    let first = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| first.bytes().filter(|byte| byte == mark).count();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(count).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut starts = Vec::new();
    let mut row = csv::ByteRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        match reader.read_byte_record(&mut row) {
            Ok(true) => starts.push(start),
            _ => break,
        }
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let rows = starts.iter().copied().zip(ends).skip(starts.len().div_ceil(2));
    // Cells in quotes are left alone: what stands within them may be anything.
    rows.filter(|(start, end)| !text.get(*start..*end).is_none_or(|row| row.contains('"')))
        .flat_map(|(start, end)| cells(text, start, end, char::from(delimiter)))
        .filter_map(|range| Spot::of(text, range, &[&question_marks, &nines]))
        .collect()
}

fn cells(text: &str, start: usize, end: usize, delimiter: char) -> Vec<Range<usize>> {
    let row = text.get(start..end).unwrap_or_default().trim_end_matches(['\r', '\n']);
    let mut at = start;
    let mut found = Vec::new();
    for cell in row.split(delimiter) {
        // A line's end that belongs to the row before stands at its start.
        let lead = cell.len() - cell.trim_start_matches(['\r', '\n']).len();
        if cell.len() > lead {
            found.push(at + lead..at + cell.len());
        }
        at += cell.len() + delimiter.len_utf8();
    }
    found
}

/// Every text of an element without elements, and every value of an attribute.
fn xml(text: &str) -> Vec<Spot> {
    let mut reader = Reader::from_str(text);
    let mut spots = Vec::new();
    let place = |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(0);
    loop {
        let start = place(&reader);
        let event = match reader.read_event() {
            Ok(Event::Eof) => return spots,
            Ok(event) => event,
            Err(_) => return Vec::new(),
        };
        let end = place(&reader);
        match event {
            Event::Start(_) | Event::Empty(_) => {
                let values = attribute_values(text, start, end).into_iter();
                spots
                    .extend(values.filter_map(|at| Spot::of(text, at, &[&question_marks, &nines])));
            }
            Event::Text(_) => {
                let raw = text.get(start..end).unwrap_or_default();
                let (left, right) = (raw.trim_start().len(), raw.trim_end().len());
                let range = start + (raw.len() - left)..start + right;
                if left > 0 {
                    spots.extend(Spot::of(text, range, &[&question_marks, &nines]));
                }
            }
            _ => {}
        }
    }
}

/// Where the values of attributes are within a tag; namespaces are no values.
fn attribute_values(text: &str, start: usize, end: usize) -> Vec<Range<usize>> {
    let tag = text.get(start..end).unwrap_or_default();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(equals) = tag.get(at..).and_then(|rest| rest.find('=')) {
        let name = tag.get(at..at + equals).unwrap_or_default().trim();
        let after = at + equals + 1;
        let rest = tag.get(after..).unwrap_or_default();
        let quoted = rest.trim_start();
        let Some(quote) = quoted.chars().next().filter(|one| matches!(one, '"' | '\'')) else {
            break;
        };
        let open = after + (rest.len() - quoted.len()) + 1;
        let Some(length) = tag.get(open..).and_then(|value| value.find(quote)) else { break };
        let is_namespace = name.rsplit(' ').next().is_some_and(|name| name.starts_with("xmlns"));
        if length > 0 && !is_namespace {
            found.push(start + open..start + open + length);
        }
        at = open + length + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn damaged_texts(family: Family, text: &str) -> Vec<String> {
        let spots = spots(family, text.as_bytes());
        let change = |spot: &Spot| damaged(text.as_bytes(), &[(spot, spot.instead[0].as_str())]);
        spots.iter().map(|spot| String::from_utf8(change(spot)).unwrap()).collect()
    }

    #[test]
    fn json_scalars_change_their_type_and_keep_their_width() {
        let text = r#"{"اسم": "علي \" ب", "seat": 1234, "n": 5, "list": ["x", false]}"#;
        let found = damaged_texts(Family::Json, text);
        assert_eq!(found.len(), 4);
        assert!(found[0].contains(r#""اسم": 0         , "seat""#), "{}", found[0]);
        assert!(found[1].contains(r#""seat": true, "n": 5"#));
        assert!(found[2].contains(r"[0  , false]"));
        assert!(found[3].contains(r#"["x", true ]"#));
        for one in &found {
            assert_eq!(one.chars().count(), text.chars().count());
            serde_json::from_str::<serde_json::Value>(one).unwrap();
        }
        assert_eq!(spots(Family::Json, b"{\"open\": "), []);
    }

    #[test]
    fn csv_cells_far_below_the_headings_change() {
        let found = damaged_texts(Family::Csv, "رقم,date\r\n,\"a,b\"\r\n12,2025-01-02\r\n");
        let rows = [
            "رقم,date\r\n,\"a,b\"\r\n??,2025-01-02\r\n",
            "رقم,date\r\n,\"a,b\"\r\n12,??????????\r\n",
        ];
        assert_eq!(found, rows);
    }

    #[test]
    fn xml_texts_and_attributes_change() {
        let text = "<?xml version='1.0'?><a xmlns='n' x=\"1\"> <b y = 'zw'>نص</b><c/></a>";
        let found = damaged_texts(Family::Xml, text);
        assert_eq!(found.len(), 3);
        assert!(found[0].contains("x=\"?\""));
        assert!(found[1].contains("y = '??'"));
        assert!(found[2].contains(">??</b>"));
    }

    #[test]
    fn two_places_change_at_once() {
        let text = br#"{"a": "one", "b": "two"}"#;
        let found = spots(Family::Json, text);
        let both = damaged(text, &[(&found[1], "2"), (&found[0], "1")]);
        assert_eq!(both, br#"{"a": 1, "b": 2}"#);
    }

    #[test]
    fn what_is_not_understood_has_no_places() {
        assert_eq!(spots(Family::Xml, b"<a><b></a>"), []);
        assert_eq!(spots(Family::Json, b"\xFF"), []);
        assert_eq!(spots(Family::Other, b"a"), []);
    }
}
