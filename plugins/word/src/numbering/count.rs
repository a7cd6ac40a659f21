//! Counting: which number a paragraph gets when those before it have had theirs.

use std::collections::{HashMap, HashSet};

use super::definitions::Found;
use super::{Definitions, LEVELS};
use crate::labels::Count;

/// The counters of a text, from its beginning to where it is being read.
#[derive(Debug)]
pub(crate) struct Counting<'d> {
    definitions: &'d Definitions,
    counters: HashMap<String, [Option<u32>; LEVELS]>,
    /// Levels of lists that have begun where they say they do.
    begun: HashSet<(String, usize)>,
    /// Whether a level counts in a way that is not known here.
    pub(crate) unknown: bool,
}

impl<'d> Counting<'d> {
    pub(crate) fn new(definitions: &'d Definitions) -> Self {
        Self { definitions, counters: HashMap::new(), begun: HashSet::new(), unknown: false }
    }

    /// What stands before the next paragraph, whose style, list and level are these. `None`: it is
    /// not numbered, or its level shows no number.
    pub(crate) fn next(
        &mut self,
        style: &str,
        list: Option<&str>,
        level: Option<usize>,
    ) -> Option<String> {
        let definitions = self.definitions;
        let (list, level) = definitions.of_paragraph(style, list, level)?;
        let found = definitions.list(&list)?;
        let start = found.levels.get(level)?.start;
        let begins = found.starts.get(level).copied().flatten();
        let counters = self.counters.entry(found.counts_as.to_owned()).or_default();
        let fresh = begins.is_some() && self.begun.insert((list, level));
        for (at, counter) in counters.iter_mut().enumerate() {
            let deeper = found.levels.get(at).is_some_and(|deeper| deeper.restarts);
            match at {
                _ if at == level => {
                    // Later beginnings are those of the level itself, as Word does it.
                    let first = if fresh { begins } else { None };
                    let next = counter.map(|number| number.saturating_add(1));
                    *counter = first.or(next).or(Some(start));
                }
                // A level above that no paragraph has had yet is shown as begun.
                _ if at < level && counter.is_none() => {
                    *counter = found.levels.get(at).map(|above| above.start);
                }
                _ if at > level && deeper => *counter = None,
                _ => {}
            }
        }
        let counters = *counters;
        self.unknown |= found.levels.get(level).is_some_and(|one| one.count == Count::Unknown);
        label(&found, level, counters)
    }
}

/// The text of a level with its numbers put in. `None`: it shows none.
fn label(found: &Found<'_>, level: usize, counters: [Option<u32>; LEVELS]) -> Option<String> {
    let shown = found.levels.get(level)?;
    match shown.count {
        Count::Unknown => return None,
        Count::Bullet => return Some(bullet(&shown.text)).filter(|sign| !sign.is_empty()),
        _ => {}
    }
    let mut label = String::new();
    let mut rest = shown.text.as_str();
    while let Some((before, after)) = rest.split_once('%') {
        label.push_str(before);
        let digit = after.chars().next().and_then(|c| c.to_digit(10)).filter(|digit| *digit > 0);
        let Some(digit) = digit else {
            label.push('%');
            rest = after;
            continue;
        };
        let at = digit as usize - 1;
        let number = counters.get(at).copied().flatten()?;
        let count = found.levels.get(at).map_or(Count::Decimal, |level| level.count);
        label.push_str(&if shown.legal { number.to_string() } else { count.write(number) });
        rest = after.get(1..).unwrap_or_default();
    }
    label.push_str(rest);
    Some(label).filter(|label| !label.trim().is_empty())
}

/// A bullet. Symbol fonts have theirs where Unicode has no characters; they look like this one.
fn bullet(text: &str) -> String {
    let private = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}');
    text.trim().chars().map(|c| if private(c) { '•' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";

    fn definitions(numbering: &str, styles: &str) -> Definitions {
        let mut definitions = Definitions::default();
        let numbering = format!("<w:numbering {W}>{numbering}</w:numbering>");
        barid_xml_reading::read(numbering.as_bytes(), &mut definitions.numbering()).unwrap();
        let styles = format!("<w:styles {W}>{styles}</w:styles>");
        barid_xml_reading::read(styles.as_bytes(), &mut definitions.styles()).unwrap();
        definitions
    }

    const LIST: &str = "<w:abstractNum w:abstractNumId='7'>\
        <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:pStyle w:val='Para'/>\
        <w:lvlText w:val='%1.'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/>\
        <w:lvlText w:val='(%2)'/></w:lvl>\
        <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='lowerRoman'/>\
        <w:lvlText w:val='%1.%2.%3'/></w:lvl>\
        <w:lvl w:ilvl='3'><w:start w:val='1'/><w:numFmt w:val='bullet'/>\
        <w:lvlText w:val='\u{F0B7}'/></w:lvl>\
        </w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>\
        <w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'>\
        <w:startOverride w:val='5'/></w:lvlOverride></w:num>";

    #[test]
    fn levels_count_restart_and_quote_those_above() {
        let definitions = definitions(LIST, "");
        let mut counting = Counting::new(&definitions);
        let mut next = |list: &str, level| counting.next("", Some(list), Some(level));
        let mut labels = Vec::new();
        for (list, level) in [
            ("1", 0),
            ("1", 1),
            ("1", 1),
            ("1", 2),
            ("1", 3),
            ("1", 0),
            ("1", 1),
            ("2", 0),
            ("1", 0),
        ] {
            labels.push(next(list, level).unwrap_or_default());
        }
        assert_eq!(labels, ["1.", "(a)", "(b)", "1.b.i", "•", "2.", "(a)", "5.", "6."]);
        assert_eq!(next("0", 0), None);
        assert_eq!(next("9", 0), None);
        assert_eq!(next("1", 9), None);
    }

    #[test]
    fn styles_number_paragraphs_and_paragraphs_can_leave_them() {
        let styles = "<w:style w:type='paragraph' w:styleId='Para'><w:basedOn w:val='Base'/>\
            </w:style><w:style w:type='paragraph' w:styleId='Base'><w:pPr><w:numPr>\
            <w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
            <w:style w:type='paragraph' w:styleId='Circle'><w:basedOn w:val='Circle'/></w:style>";
        let definitions = definitions(LIST, styles);
        let mut counting = Counting::new(&definitions);
        assert_eq!(counting.next("Para", None, None).as_deref(), Some("1."));
        assert_eq!(counting.next("Para", Some("0"), None), None);
        assert_eq!(counting.next("Para", None, None).as_deref(), Some("2."));
        assert_eq!(counting.next("Circle", None, None), None);
        assert_eq!(counting.next("", None, None), None);
    }

    #[test]
    fn a_way_of_counting_that_is_not_known_is_told() {
        let list = LIST.replace("'decimal'", "'hebrew2'");
        let definitions = definitions(&list, "");
        let mut counting = Counting::new(&definitions);
        assert_eq!(counting.next("", Some("1"), Some(0)), None);
        assert!(counting.unknown);
    }
}
