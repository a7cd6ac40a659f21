//! The head (*rubro*) of a judgment: its parties and people by their labels, place and day, the
//! sentence that says what it decides.

use barid_mexico::words::words;
use barid_mexico::{days, facts, outcomes};
use barid_plugin::v1::{PilotFact, PilotPart};

/// Longest label, in bytes.
const LABEL_MAX: usize = 120;

/// Longest value of a label, in bytes; what is longer has swallowed the text.
const VALUE_MAX: usize = 16 * 1024;

/// Longest title, in bytes.
const TITLE_MAX: usize = 300;

/// Name of the part of the head that has no labels.
const PREAMBLE: &str = "proemio";

/// Words with which the sentence that says the sense begins.
const SENSE: [&str; 4] = ["sentencia", "resolucion", "acuerdo", "determinacion"];

/// Something said at a line.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) literal: String,
    /// From 1; 0 when it is not said.
    pub(super) line: u32,
}

/// What a head says.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) title: String,
    pub(super) docket: Said,
    pub(super) class: Option<Said>,
    pub(super) purpose: Option<String>,
    pub(super) facts: Vec<PilotFact>,
    pub(super) preamble: Option<PilotPart>,
}

/// A label with its value, as it grows line by line.
struct Labelled<'l> {
    name: &'static str,
    label: &'l str,
    value: String,
    line: u32,
}

pub(super) fn read(lines: &[&str]) -> Head {
    let mut head = Head::default();
    let mut open: Option<Labelled<'_>> = None;
    let mut preamble: Vec<(u32, &str)> = Vec::new();
    for (line, text) in (1_u32..).zip(lines) {
        if let Some((name, label, value)) = labelled(text) {
            head.keep(open.take());
            open = Some(Labelled { name, label, value: value.to_owned(), line });
            continue;
        }
        match &mut open {
            // An empty line ends a value, but not a label that still waits for its value.
            Some(labelled) if text.trim().is_empty() => {
                if !labelled.value.is_empty() {
                    head.keep(open.take());
                }
            }
            Some(labelled) if labelled.value.len() + text.len() < VALUE_MAX => {
                if !labelled.value.is_empty() {
                    labelled.value.push('\n');
                }
                labelled.value.push_str(text.trim());
            }
            _ => {
                if head.title.is_empty() && head.docket.line == 0 && text.len() <= TITLE_MAX {
                    text.trim().clone_into(&mut head.title);
                }
                preamble.push((line, text));
            }
        }
    }
    head.keep(open);
    head.finish(&preamble);
    head
}

/// A line that begins with a known label and a colon.
fn labelled(line: &str) -> Option<(&'static str, &str, &str)> {
    let (label, value) = line.split_once(':')?;
    let (label, value) = (label.trim(), value.trim());
    let fits = label.len() <= LABEL_MAX && value.len() <= VALUE_MAX;
    let short = fits && !label.chars().any(char::is_control);
    let name = short.then(|| facts::name_of(label))??;
    Some((name, label, value))
}

impl Head {
    fn keep(&mut self, labelled: Option<Labelled<'_>>) {
        let Some(Labelled { name, label, value, line }) = labelled else { return };
        match name {
            _ if value.is_empty() => {}
            facts::DOCKET if self.docket.line == 0 => {
                // A list of numbers may go over several lines.
                self.docket = Said { literal: value.replace('\n', " "), line };
            }
            facts::CLASS if self.class.is_none() => {
                self.class = Some(Said { literal: value, line });
            }
            facts::PURPOSE if self.purpose.is_none() => self.purpose = Some(value),
            _ => self.facts.push(facts::fact(name, label, &value)),
        }
    }

    /// Day and sense, which have no labels, and the title.
    fn finish(&mut self, preamble: &[(u32, &str)]) {
        let text: Vec<&str> = preamble.iter().map(|(_, text)| *text).collect();
        let text = text.join("\n");
        let text = text.trim();
        if facts::first(&self.facts, facts::DATE).is_none()
            && let Some(literal) = dated(text)
        {
            self.facts.push(facts::fact(facts::DATE, "", &literal));
        }
        if facts::first(&self.facts, facts::SENSE).is_none()
            && let Some(sense) = sense(text)
        {
            self.facts.push(facts::fact(facts::SENSE, "", sense));
        }
        if self.title.is_empty() {
            self.title = if self.docket.literal.is_empty() {
                "Sentencia".to_owned()
            } else {
                self.docket.literal.clone()
            };
        }
        let first = preamble.iter().find(|(_, line)| !line.trim().is_empty());
        self.preamble = first.map(|(line, _)| PilotPart {
            name: PREAMBLE.to_owned(),
            text: text.to_owned(),
            line: *line,
            ..PilotPart::default()
        });
    }
}

/// The day of the judgment: the one that follows the place, `Toluca, a quince de agosto de …`;
/// other days of the head are those of what happened before.
fn dated(text: &str) -> Option<String> {
    let paragraphs = text.split("\n\n").filter_map(|paragraph| {
        let day = days::find(paragraph)?;
        let before = paragraph.split_once(&day.literal).map_or("", |(before, _)| before);
        let follows_place = words(before).last().is_some_and(|word| word.folded == "a");
        Some((follows_place, day.literal))
    });
    let mut days: Vec<(bool, String)> = paragraphs.collect();
    // The sort is stable: the first paragraph that names a place, or else the first.
    days.sort_by_key(|(follows_place, _)| !follows_place);
    days.into_iter().next().map(|(_, literal)| literal)
}

/// The paragraph that says what is decided.
fn sense(text: &str) -> Option<&str> {
    text.split("\n\n").map(str::trim).find(|paragraph| {
        let begins = words(paragraph.get(..paragraph.floor_char_boundary(64)).unwrap_or_default())
            .first()
            .is_some_and(|word| SENSE.contains(&word.folded.as_str()));
        begins && paragraph.len() < VALUE_MAX && !outcomes::verbs(paragraph).is_empty()
    })
}
